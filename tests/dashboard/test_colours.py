"""The colours of the style sheets can be read, in the light scheme and in the dark one."""

import re
from pathlib import Path

import pytest

from tests.dashboard.test_charts import contrast

TOKENS_FILE = Path("dashboard/assets/tokens.css")
TOKENS = TOKENS_FILE.read_text("utf-8")
DARK = "prefers-color-scheme: dark"
TEXT, ICON = 4.5, 3.0  # WCAG 2.2: 1.4.3 and 1.4.11
GROUNDS = ("card", "ground", "tint")
# Which words and icons stand on which ground, beside those whose names say it.
PAIRS = {
    **{(ink, ground): TEXT for ink in ("ink", "soft", "navy", "blue") for ground in GROUNDS},
    **{(line, "card"): ICON for line in ("rule-strong", "focus", "warning-rule", "note-rule")},
    **{("bar-ink", ground): TEXT for ground in ("bar", "bar-hover")},
    ("accent", "bar"): ICON, ("on-blue", "blue"): TEXT, ("on-blue", "navy"): TEXT,
    ("on-sample", "sample"): TEXT, ("on-building", "building"): TEXT,
}  # fmt: skip


def colours(scheme: str) -> dict[str, str]:
    """The colour of each name; the dark scheme overrides the light one."""
    light, dark = TOKENS.split(DARK)
    written = re.findall(r"--([\w-]+): (#\w+);", light if scheme == "light" else light + dark)
    return {name: six_digits(colour) for name, colour in written}


def six_digits(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_and_icon_can_be_read_on_its_ground(scheme: str) -> None:
    found = colours(scheme)
    statuses = {
        (name.removesuffix("-ground"), name): TEXT for name in found if name.endswith("-ground")
    }
    marks = {(f"on-{name[5:]}", name): ICON for name in found if name.startswith("mark-")}
    faint = {pair: round(contrast(found[pair[0]], found[pair[1]]), 2)
             for pair, least in (PAIRS | statuses | marks).items()
             if contrast(found[pair[0]], found[pair[1]]) < least}  # fmt: skip
    assert len(statuses) > 10
    assert len(marks) > 5
    assert not faint


def test_the_dark_scheme_has_every_colour_of_the_light_one() -> None:
    light, dark = TOKENS.split(DARK)
    names = [set(re.findall(r"--([\w-]+):", part)) for part in (light, dark)]
    assert names[0] == names[1]


@pytest.mark.parametrize(
    "sheet", sorted(TOKENS_FILE.parent.glob("*.css")), ids=lambda path: path.stem
)
def test_a_style_sheet_takes_its_colours_from_the_tokens(sheet: Path) -> None:
    """Otherwise they would stay light in the dark scheme; paper is white, and charts are inverted."""
    style = re.sub(r'url\("[^"]*"\)|--line-colour: #\w+', "", sheet.read_text("utf-8"))
    on_screen = style.split("@page")[0] if sheet != TOKENS_FILE else ""
    assert re.findall(r"#[0-9a-f]{3,6}\b", on_screen) == []
