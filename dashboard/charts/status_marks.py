"""How a slide marks a status: an icon that is a letter, and the colours of the pages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dashboard.released.goal_statuses import NO_FIGURE, SUPPRESSED
from metrics.core.verdicts import Status
from metrics.release.official_statuses import NOT_CURRENT

# Icons are letters, like those of the pages: they are copied, edited and searched for.
# Beside each, the name of its colour in tokens.css.
ICONS: Mapping[str, tuple[str, str]] = {
    Status.ACHIEVED: ("✓", "reached"),
    Status.ACHIEVED_LATE: ("✓", "reached"),
    Status.BEST_VALUE: ("★", "reached"),
    Status.ON_TRACK: ("→", "well"),
    Status.WANTED_DIRECTION: ("↗", "well"),
    Status.NO_CLEAR_CHANGE: ("≈", "even"),
    Status.BEHIND: ("▲", "behind"),
    Status.UNWANTED_DIRECTION: ("↘", "away"),
    Status.MOVING_AWAY: ("←", "away"),
    Status.NOT_ACHIEVED: ("×", "missed"),
    Status.NOT_YET_DUE: ("○", "open"),
    Status.NOT_YET_MET: ("○", "open"),
    Status.NOT_ASSESSED: ("–", "none"),
    NOT_CURRENT: ("◷", "none"),
    SUPPRESSED: ("c", "none"),
    NO_FIGURE: (":", "none"),
}
ON_WHITE = frozenset({NOT_CURRENT, NO_FIGURE, SUPPRESSED})
WHITE_GROUND = "FFFFFF"


@dataclass(frozen=True)
class StatusColour:
    """The colours of a status that are not its ground and the ink on it."""

    column: str  # a dark mark of a target shows on it
    word: str  # in tokens.css, of words on white


STATUS_COLOURS: Mapping[str, StatusColour] = {
    "reached": StatusColour("4F9E97", "achieved"),
    "well": StatusColour("5B8FD1", "on_track"),
    "even": StatusColour("A39A7C", "no_clear_change"),
    "behind": StatusColour("C98A1B", "behind"),
    "away": StatusColour("98202F", "moving_away"),
    "missed": StatusColour("5B1A5E", "not_achieved"),
    "open": StatusColour("8A97AB", "not_yet"),
    "none": StatusColour("9AA5B5", "none"),
}


@dataclass(frozen=True)
class StatusMark:
    icon: str
    ink: str
    ground: str
    column: str  # the colour of a column
    on_white: str  # of words on white


@cache
def page_colours() -> Mapping[str, str]:
    """The colours of the light pages, by their names in tokens.css, in six digits."""
    written = files("dashboard").joinpath("assets/tokens.css").read_text(encoding="utf-8")
    light = written.partition("@media")[0]
    found = re.findall(r"--([\w-]+):\s*#([0-9a-fA-F]{3,6})\b", light)
    return {name: doubled(digits).upper() for name, digits in found}


def doubled(digits: str) -> str:
    return digits if len(digits) == len(WHITE_GROUND) else "".join(digit * 2 for digit in digits)


@cache
def status_mark(mark: str) -> StatusMark:
    icon, name = ICONS[mark]
    colours = page_colours()
    ground = WHITE_GROUND if mark in ON_WHITE else colours[f"mark-{name}"]
    colour = STATUS_COLOURS[name]
    return StatusMark(icon, colours[f"on-{name}"], ground, colour.column, colours[colour.word])
