"""A figure of matplotlib on which everything is placed by pixels from its upper left corner.

Letters are those of DejaVu Sans, which comes with matplotlib and has Latin, Greek and all signs
that are used: a picture looks the same wherever it is drawn.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path as FilePath

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from dashboard import theme
from dashboard.charts.drawing import DASH_PATTERNS, MIDDLE_OF_CAPITAL, Align, Corner, Room
from dashboard.charts.mark_pictures import is_closed, is_filled
from dashboard.charts.mark_shapes import shape_path
from metrics.messages.language_marks import unmarked

PIXELS_PER_INCH = 72  # so that a pixel is a point, in which sizes of letters are given
FINEST = 64  # steps of a pixel in which the widths of letters are measured


def font_file(*, is_bold: bool) -> FilePath:
    name = "DejaVuSans-Bold.ttf" if is_bold else "DejaVuSans.ttf"
    return FilePath(mpl.get_data_path()) / "fonts/ttf" / name


@cache
def font(*, is_bold: bool) -> FT2Font:
    opened = FT2Font(str(font_file(is_bold=is_bold)))
    opened.set_size(FINEST, PIXELS_PER_INCH)
    return opened


@cache
def width_of(words: str, size: float, *, is_bold: bool = False) -> float:
    """The width of words in pixels."""
    measured = font(is_bold=is_bold)
    measured.set_text(unmarked(words))
    return measured.get_width_height()[0] / FINEST * size / FINEST


class PictureCanvas:
    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        size = (width / PIXELS_PER_INCH, height / PIXELS_PER_INCH)
        self.figure = Figure(figsize=size, dpi=PIXELS_PER_INCH, facecolor=theme.CARD)
        inches = Affine2D().scale(1 / PIXELS_PER_INCH, -1 / PIXELS_PER_INCH)
        self.pixels = inches.translate(0, size[1]) + self.figure.dpi_scale_trans

    def write(  # noqa: PLR0913 - a text has a place and a look
        self, words: str, x: float, y: float, size: float, colour: str = theme.INK_SOFT,
        *, is_bold: bool = False, align: Align = "left",
    ) -> None:  # fmt: skip
        """One line of words, the middle of whose capital letters is at a height."""
        look = FontProperties(fname=str(font_file(is_bold=is_bold)), size=size)
        self._add(Text(x, y + MIDDLE_OF_CAPITAL * size, unmarked(words), color=colour,
                       fontproperties=look, horizontalalignment=align, verticalalignment="baseline",
                       parse_math=False))  # fmt: skip

    def line(
        self, corners: Sequence[Corner], colour: str, width: float, dash: str = "solid",
        *, opacity: float = 1.0,
    ) -> None:  # fmt: skip
        x, y = zip(*corners, strict=True)
        drawn = Line2D(x, y, color=colour, linewidth=width, alpha=opacity,
                       solid_joinstyle="round", solid_capstyle="butt")  # fmt: skip
        if dash in DASH_PATTERNS:
            drawn.set_linestyle((0, DASH_PATTERNS[dash]))
        self._add(drawn)

    def area(self, corners: Sequence[Corner], colour: str, opacity: float = 1.0) -> None:
        outline = Path([*corners, corners[0]], closed=True)
        self._add(PathPatch(outline, facecolor=colour, linewidth=0, alpha=opacity))

    def box(self, room: Room, fill: str, edge: str, *, name: str = "") -> None:
        left, top, right, bottom = room.left, room.top, room.right, room.bottom
        corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        self._add(PathPatch(Path(corners, closed=True), facecolor=fill, edgecolor=edge,
                            linewidth=1), name)  # fmt: skip

    def mark(  # noqa: PLR0913
        self, symbol: str, x: float, y: float, size: float, colour: str,
        *, stroke: float = 2, name: str = "",
    ) -> None:  # fmt: skip
        """A symbol, by plotly's name of it; an open shape hides the line that goes through it."""
        fill = colour if is_filled(symbol) else theme.CARD if is_closed(symbol) else "none"
        outline = shape_path(symbol).transformed(Affine2D().scale(size).translate(x, y))
        self._add(PathPatch(outline, facecolor=fill, edgecolor=colour, linewidth=stroke,
                            joinstyle="round"), name)  # fmt: skip

    def _add(self, artist: Artist, name: str = "") -> None:
        """Draw what is added later above what was added before."""
        artist.set_transform(self.pixels)
        artist.set_zorder(1)
        artist.set_clip_on(False)
        if name:
            artist.set_gid(name)
        self.figure.add_artist(artist)
