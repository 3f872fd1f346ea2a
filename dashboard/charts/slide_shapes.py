"""What a chart on a slide knows besides its figures: its position, its colours, its words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ThemeColour(StrEnum):
    """Colours that change with the template of an administration, by their names in its theme."""

    INK = "dk1"
    OBSERVED = "accent1"
    PATH = "accent2"
    SOFT = "accent6"


Colour = str  # of the theme, or six hexadecimal digits
# Of the usual theme of slides and documents.
THEME_COLOURS = {
    "dk1": "17202E", "lt1": "FFFFFF", "dk2": "12305C", "lt2": "EEF1F5",
    "accent1": "12305C", "accent2": "A3480C", "accent3": "1B7A6E", "accent4": "801650",
    "accent5": "6A4FB0", "accent6": "4A5567", "hlink": "174F91", "folHlink": "5B4A9C",
}  # fmt: skip


def css_colour(colour: Colour) -> str:
    """As browsers write it: a colour of the theme as in the usual one."""
    return f"#{THEME_COLOURS.get(colour, colour).removeprefix('#')}"


def with_theme_colours(theme: str) -> str:
    """The XML of a theme with the usual colours."""
    for name, value in THEME_COLOURS.items():
        inside = f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>'
        theme = re.sub(rf"<a:{name}>.*?</a:{name}>", inside, theme, flags=re.DOTALL)
    return theme


@dataclass(frozen=True)
class SlideBox:
    """A rectangle on a slide, in points."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class ChartLook:
    """What a chart does not know of itself: its words for the reader, and the slide's."""

    language: str
    name: str
    description: str  # the alternative text
    title: str = ""  # unit and mark, in the chart itself
    size: float = 16
    fills: Mapping[str, str] = field(default_factory=dict)  # the colour of a State's column
