"""What a chart on a slide knows besides its figures: where it stands, its colours, its words."""

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
