"""A canvas that writes SVG with words as words: for documents that a browser shows.

A browser sets the letters, so they can be read out, searched and copied. A picture that is to look
the same everywhere has outlines instead (`canvas`).
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from dashboard import theme
from dashboard.charts.drawing import DASH_PATTERNS, MIDDLE_OF_CAPITAL, Align, Corner, Room
from dashboard.charts.mark_pictures import (
    MIDDLE,
    OPEN_SYMBOL,
    RADIUS,
    ROUND,
    is_closed,
    is_filled,
    outline,
)
from dashboard.charts.svg_figures import FigureData

ANCHORS: Mapping[Align, str] = {"left": "start", "center": "middle", "right": "end"}


class SvgCanvas:
    def __init__(self, width: float, height: float, figures: Iterable[FigureData] = ()) -> None:
        self.width, self.height = width, height
        self.figures = {figure.name: figure for figure in figures}
        self.pieces: list[str] = []

    def write(  # noqa: PLR0913 - as every canvas
        self, words: str, x: float, y: float, size: float, colour: str = theme.INK_SOFT,
        *, is_bold: bool = False, align: Align = "left", is_upright: bool = False,
    ) -> None:  # fmt: skip
        weight = ' font-weight="700"' if is_bold else ""
        anchor = f' text-anchor="{ANCHORS[align]}"' if align != "left" else ""
        below = MIDDLE_OF_CAPITAL * size
        turn = f' transform="rotate(-90 {x:.1f} {y:.1f})"' if is_upright else ""
        self.pieces.append(
            f'<text x="{x:.1f}" y="{y + below:.1f}" font-size="{size:g}" fill="{colour}"'
            f"{weight}{anchor}{turn}>{escape(words, quote=False)}</text>"
        )

    def line(
        self, corners: Sequence[Corner], colour: str, width: float, dash: str = "solid",
        *, opacity: float = 1.0,
    ) -> None:  # fmt: skip
        dashes = " ".join(f"{length * width:g}" for length in DASH_PATTERNS.get(dash, ()))
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self.pieces.append(
            f'<path d="{path_through(corners)}" fill="none" stroke="{colour}"'
            f' stroke-width="{width:g}" stroke-linejoin="round"{dashed}{opacity_of(opacity)}/>'
        )

    def area(self, corners: Sequence[Corner], colour: str, opacity: float = 1.0) -> None:
        path = path_through(corners)
        self.pieces.append(f'<path d="{path}Z" fill="{colour}"{opacity_of(opacity)}/>')

    def box(self, room: Room, fill: str, edge: str, *, name: str = "") -> None:
        self.pieces.append(self.named(
            f'<rect x="{room.left:.1f}" y="{room.top:.1f}" width="{room.width:.1f}"'
            f' height="{room.height:.1f}" fill="{fill}" stroke="{edge}"/>', name))  # fmt: skip

    def mark(  # noqa: PLR0913
        self, symbol: str, x: float, y: float, size: float, colour: str,
        *, stroke: float = 2, name: str = "",
    ) -> None:  # fmt: skip
        fill = colour if is_filled(symbol) else theme.CARD if is_closed(symbol) else "none"
        shape, scale = symbol.removesuffix(OPEN_SYMBOL), size / (2 * RADIUS)
        look = (
            f'fill="{fill}" stroke="{colour}" stroke-width="{stroke / scale:.2f}"'
            ' stroke-linejoin="round"'
        )
        drawn = (f'<circle cx="{MIDDLE}" cy="{MIDDLE}" r="{RADIUS}" {look}/>' if shape == ROUND
                 else f'<path d="{outline(shape)}" {look}/>')  # fmt: skip
        left, top = x - MIDDLE * scale, y - MIDDLE * scale
        placed = f'<g transform="translate({left:.2f} {top:.2f}) scale({scale:.4f})">{drawn}</g>'
        self.pieces.append(self.named(placed, name))

    def named(self, drawn: str, name: str) -> str:
        """A mark with its figure as data, and in words for readers who point at it."""
        figure = self.figures.get(name)
        if figure is None:
            return drawn
        data = " ".join(f'{key}="{escape(text)}"' for key, text in figure.attributes.items())
        return f"<g {data}><title>{escape(figure.words, quote=False)}</title>{drawn}</g>"

    def svg(self, description: str) -> str:
        """What was drawn, as an element of a document; the description is read out in its place."""
        return (
            f'<svg viewBox="0 0 {self.width:g} {self.height:g}" role="img"'
            f' aria-label="{escape(description)}">{"".join(self.pieces)}</svg>'
        )

    def file(self, typeface: str) -> str:
        """What was drawn, as a file of its own, for a program that sets the letters."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width:g}"'
            f' height="{self.height:g}" font-family="{typeface}">{"".join(self.pieces)}</svg>'
        )


def path_through(corners: Sequence[Corner]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners)


def opacity_of(share: float) -> str:
    return "" if share == 1 else f' opacity="{share:g}"'
