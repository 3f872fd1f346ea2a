"""Words of a picture as lines that fit its width, with symbols among them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard import theme
from dashboard.charts.canvas import width_of
from dashboard.charts.drawing import Canvas
from metrics.messages.language_marks import unmarked

LEADING = 1.38  # from one line to the next, as a multiple of the size
SYMBOL_ROOM, BETWEEN_ENTRIES = 1.25, 1.3  # multiples of the size
SYMBOL_SIZE = 0.75


@dataclass(frozen=True)
class Span:
    """Words of one look; a symbol before them stays with the first of them."""

    words: str
    is_bold: bool = False
    colour: str = theme.INK_SOFT
    symbol: str = ""
    symbol_colour: str = theme.INK_SOFT


@dataclass(frozen=True)
class PlacedSpan:
    span: Span
    left: float


@dataclass(frozen=True)
class Paragraph:
    """Lines of spans in one size."""

    lines: tuple[tuple[PlacedSpan, ...], ...]
    size: float

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * LEADING

    @property
    def width(self) -> float:
        ends = (line[-1].left + width_of_span(line[-1].span, self.size) for line in self.lines)
        return max(ends, default=0.0)

    def draw(self, canvas: Canvas, left: float, top: float) -> None:
        for number, line in enumerate(self.lines):
            middle = top + (number + 0.5) * self.size * LEADING
            for placed in line:
                self._draw_span(placed, canvas, left + placed.left, middle)

    def _draw_span(self, placed: PlacedSpan, canvas: Canvas, x: float, middle: float) -> None:
        span = placed.span
        if span.symbol:
            canvas.mark(span.symbol, x + SYMBOL_SIZE * self.size / 2, middle,
                        SYMBOL_SIZE * self.size, span.symbol_colour, stroke=1.6)  # fmt: skip
            x += SYMBOL_ROOM * self.size
        canvas.write(span.words, x, middle, self.size, span.colour, is_bold=span.is_bold)


def set_paragraph(spans: Sequence[Span], size: float, width: float) -> Paragraph:
    """Break lines at spaces, as late as possible; no-break spaces hold words together."""
    lines: list[list[PlacedSpan]] = []
    right = width
    for word in pieces_that_fit(words_of(spans), size, width):
        needed = width_of_span(word, size)
        gap = gap_before(word, size) if lines else 0.0
        if not lines or right + gap + needed > width:
            lines.append([])
            right, gap = 0.0, 0.0
        add_word(lines[-1], word, right + gap)
        right += gap + needed
    return Paragraph(tuple(map(tuple, lines)), size)


def plain_paragraph(
    words: str, size: float, width: float, colour: str = theme.INK_SOFT, *, is_bold: bool = False
) -> Paragraph:
    return set_paragraph([Span(words, is_bold, colour)] if words else [], size, width)


def words_of(spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        for number, word in enumerate(filter(None, unmarked(span.words).split(" "))):
            yield replace(span, words=word, symbol="" if number else span.symbol)


def pieces_that_fit(words: Iterable[Span], size: float, width: float) -> Iterator[Span]:
    """The words, of which one that is too wide for a line, such as an address, is cut."""
    for word in words:
        rest = word
        while len(rest.words) > 1 and width_of_span(rest, size) > width:
            kept = letters_that_fit(rest, size, width)
            yield replace(rest, words=rest.words[:kept])
            rest = replace(rest, words=rest.words[kept:], symbol="")
        yield rest


def letters_that_fit(word: Span, size: float, width: float) -> int:
    lengths = range(len(word.words) - 1, 1, -1)
    fitting = (
        kept for kept in lengths
        if width_of_span(replace(word, words=word.words[:kept]), size) <= width
    )  # fmt: skip
    return next(fitting, 1)


def gap_before(word: Span, size: float) -> float:
    return BETWEEN_ENTRIES * size if word.symbol else width_of(" ", size, is_bold=word.is_bold)


def width_of_span(span: Span, size: float) -> float:
    symbol = SYMBOL_ROOM * size if span.symbol else 0.0
    return symbol + width_of(span.words, size, is_bold=span.is_bold)


def add_word(line: list[PlacedSpan], word: Span, left: float) -> None:
    """Words of one look are one text."""
    last = line[-1] if line else None
    if last and not word.symbol and looks_alike(last.span, word):
        words = f"{last.span.words} {word.words}"
        line[-1] = replace(last, span=replace(last.span, words=words))
    else:
        line.append(PlacedSpan(word, left))


def looks_alike(span: Span, word: Span) -> bool:
    return replace(span, words="", symbol="") == replace(word, words="", symbol="")
