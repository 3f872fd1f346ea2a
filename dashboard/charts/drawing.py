"""What charts are drawn on, by pixels from its upper left corner, whatever draws it in the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

MIDDLE_OF_CAPITAL = 0.365  # above the line of the letters, as a share of their size
# Lengths of dashes and gaps, as multiples of the width of the line.
DASH_PATTERNS = {"dash": (4, 3), "dot": (1, 1.6), "dashdot": (4, 2, 1, 2), "longdash": (7, 3),
          "longdashdot": (7, 2, 1, 2)}  # fmt: skip

Corner = tuple[float, float]
Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Room:
    """Where something is drawn on a canvas."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height


class Canvas(Protocol):
    """A picture of a chart that is being drawn; what is added later lies above."""

    def write(  # noqa: PLR0913 - a text has a place and a look
        self, words: str, x: float, y: float, size: float, colour: str = ...,
        *, is_bold: bool = False, align: Align = "left",
    ) -> None:  # fmt: skip
        """One line of words, the middle of whose capital letters is at a height."""

    def line(
        self, corners: Sequence[Corner], colour: str, width: float, dash: str = "solid",
        *, opacity: float = 1.0,
    ) -> None: ...  # fmt: skip

    def area(self, corners: Sequence[Corner], colour: str, opacity: float = 1.0) -> None: ...

    def box(self, room: Room, fill: str, edge: str, *, name: str = "") -> None: ...

    def mark(  # noqa: PLR0913
        self, symbol: str, x: float, y: float, size: float, colour: str,
        *, stroke: float = 2, name: str = "",
    ) -> None:  # fmt: skip
        """A symbol, by plotly's name of it; an open shape hides the line that goes through it."""
