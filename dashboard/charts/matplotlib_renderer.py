"""Draw a picture with matplotlib: the chart with all words around it, as SVG or PNG.

The same specification gives the same bytes, in every process.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from typing import Any

import matplotlib as mpl

from dashboard import theme
from dashboard.charts.canvas import PIXELS_PER_INCH, PictureCanvas
from dashboard.charts.chart_widths import SCREENS, Screen
from dashboard.charts.drawing import Canvas, Room
from dashboard.charts.drawn_multiples import draw_grid, frame_grid
from dashboard.charts.drawn_states import draw_states, states_plot
from dashboard.charts.drawn_tiles import draw_tiles, tiles_plot
from dashboard.charts.drawn_times import draw_times
from dashboard.charts.labels import are_beside, labels_above
from dashboard.charts.picture import PIXELS_OF_SCREEN, Picture
from dashboard.charts.picture_text import Paragraph, Span, plain_paragraph, set_paragraph
from dashboard.charts.specification import MultiplesChart, StatesChart, TilesChart, TimeChart
from dashboard.charts.svg_figures import describe_svg
from metrics.messages import language_of_most_texts
from metrics.messages.language_marks import unmarked

SHAPE_OF_PICTURE = 675 / 1200  # height to width, unless the content needs more
SHAPE_OF_PLOT = 0.38
MARGIN, NARROW_MARGIN = 36, 20
LEAST_PLOT_HEIGHT = 300
WIDEST_LABEL = 0.26  # beside the end of a line, as a share of the width
TITLE_SIZE, CAPTION_SIZE, SUBTITLE_SIZE, NOTE_SIZE, SOURCE_SIZE = 26, 18, 16, 14, 14
NARROW_TITLE_SIZE = 21
BADGE_SIZE, BADGE_PADDING = 15, 10
BADGE_FILL, BADGE_WORDS = "#fff1cf", "#4d3500"
SMALL_GAP, GAP = 6, 14
WITHOUT_DATE = {"Creator": None, "Date": None, "Format": None, "Type": None}


@dataclass(frozen=True)
class Block:
    """What takes a height of the picture, and how it is drawn at a place from the top."""

    height: float
    draw: Callable[[Canvas, float], None]
    above: float = 0.0  # room between it and the part before


def picture_as_svg(picture: Picture) -> bytes:
    source = unmarked(str(picture.caption.source))
    language = language_of_most_texts(picture.language)
    described = {"Title": unmarked(picture.title), "Source": source, "Language": language}
    drawn = save(picture, "svg", metadata={**WITHOUT_DATE, **described})
    return describe_svg(drawn, picture)


def picture_as_png(picture: Picture) -> bytes:
    described = {
        "Title": unmarked(picture.title),
        "Description": unmarked(picture.description),
        "Source": unmarked(str(picture.caption.source)),
    }
    return save(picture, "png", dpi=PIXELS_PER_INCH * PIXELS_OF_SCREEN,
                metadata={"Software": None, **described})  # fmt: skip


def plot_as_svg(picture: Picture) -> bytes:
    """The plot with its key alone, for a document that has all other words as text."""
    return save(picture, "svg", draw_plot, metadata=WITHOUT_DATE)


def save(
    picture: Picture, kind: str, draw: Callable[[Picture], PictureCanvas] | None = None,
    **options: Any,  # noqa: ANN401 - of a backend
) -> bytes:  # fmt: skip
    """Draw with settings of our own, whatever those of the user are."""
    written = BytesIO()
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rc("svg", fonttype="path", hashsalt="empact-metrics")
        (draw or draw_picture)(picture).figure.savefig(written, format=kind, **options)
    return written.getvalue()


def draw_picture(picture: Picture) -> PictureCanvas:
    layout = PictureLayout(picture)
    return draw_between(layout, list(layout.head()), list(layout.foot()), SHAPE_OF_PICTURE)


def draw_plot(picture: Picture) -> PictureCanvas:
    """Without margins: they are those of the document."""
    layout = PictureLayout(picture, margin=0)
    return draw_between(layout, list(layout.key()), [], SHAPE_OF_PLOT)


def draw_between(
    layout: "PictureLayout", head: list[Block], foot: list[Block], shape: float
) -> PictureCanvas:
    """The plot between the parts above and below it, in a height by the width, or more."""
    picture = layout.picture
    taken = sum(part.above + part.height for part in (*head, *foot)) + 2 * layout.margin
    body = layout.body(picture.width * shape - taken - GAP)
    parts = [*head, replace(body, above=GAP), *foot]
    height = round(taken + body.height + GAP)
    canvas = PictureCanvas(picture.width, height)
    top = float(layout.margin)
    for part in parts:
        part.draw(canvas, top + part.above)
        top += part.above + part.height
    return canvas


class PictureLayout:
    """The parts of a picture from above, each as wide as the picture without its margins."""

    def __init__(self, picture: Picture, margin: int | None = None) -> None:
        self.picture = picture
        widest = SCREENS[0].least_width
        self.is_narrow = picture.width < widest
        usual = NARROW_MARGIN if self.is_narrow else MARGIN
        self.margin = usual if margin is None else margin
        self.width = float(picture.width - 2 * self.margin)

    @property
    def screen(self) -> Screen:
        """The sizes of words in a place of this width."""
        known = (screen for screen in SCREENS if screen.least_width <= self.width)
        screen = next(known, SCREENS[-1])
        widest = max(screen.widest_label, round(self.width * WIDEST_LABEL))
        return replace(screen, least_width=round(self.width), widest_label=widest)

    def paragraph(self, paragraph: Paragraph, above: float = 0.0) -> Block:
        def draw(canvas: Canvas, top: float) -> None:
            paragraph.draw(canvas, self.margin, top)

        return Block(paragraph.height, draw, above)

    def head(self) -> Iterator[Block]:
        """Subject and mark of invented figures, finding, title, rule of the target and marks."""
        picture, caption = self.picture, self.picture.caption
        if picture.subject or picture.invented:
            yield self.subject_line()
        size = NARROW_TITLE_SIZE if self.is_narrow else TITLE_SIZE
        title = plain_paragraph(picture.title, size, self.width, theme.OBSERVED, is_bold=True)
        yield self.paragraph(title, SMALL_GAP)
        if picture.finding:
            named = plain_paragraph(
                caption.title, CAPTION_SIZE, self.width, theme.INK, is_bold=True
            )
            yield self.paragraph(named, SMALL_GAP)
        yield from self.words_in_line(self.words_below_title())
        if self.needs_key:
            yield from self.words_in_line(self.names_of_lines())

    def key(self) -> Iterator[Block]:
        """The marks in use and, where the plot has no room for them, the names of lines."""
        yield from self.words_in_line(self.marks_in_use())
        if self.needs_key:
            yield from self.words_in_line(self.names_of_lines())

    def words_in_line(self, spans: Iterable[Span]) -> Iterator[Block]:
        written = set_paragraph(list(spans), SUBTITLE_SIZE, self.width)
        if written.lines:
            yield self.paragraph(written, SMALL_GAP)

    def subject_line(self) -> Block:
        picture = self.picture
        badge = plain_paragraph(picture.invented, BADGE_SIZE, self.width, BADGE_WORDS, is_bold=True)
        box = Room(
            self.margin + self.width - badge.width - 2 * BADGE_PADDING, 0.0,
            badge.width + 2 * BADGE_PADDING, badge.height + SMALL_GAP,
        )  # fmt: skip
        room = box.left - self.margin - GAP if badge.lines else self.width
        subject = plain_paragraph(picture.subject, SUBTITLE_SIZE, room)

        def draw(canvas: Canvas, top: float) -> None:
            subject.draw(canvas, self.margin, top)
            if badge.lines:
                canvas.box(replace(box, top=top), BADGE_FILL, BADGE_WORDS)
                badge.draw(canvas, box.left + BADGE_PADDING, top + SMALL_GAP / 2)

        return Block(max(subject.height, box.height if badge.lines else 0.0), draw)

    def words_below_title(self) -> Iterator[Span]:
        if self.picture.caption.subtitle:
            yield Span(self.picture.caption.subtitle)
        yield from self.marks_in_use()

    def marks_in_use(self) -> Iterator[Span]:
        for entry in self.picture.marks:
            yield entry_span(entry.symbol, entry.words, entry.colour)

    def names_of_lines(self) -> Iterator[Span]:
        for entry in self.picture.lines:
            yield entry_span(entry.symbol, entry.words, entry.colour, colour=entry.colour)

    @property
    def needs_key(self) -> bool:
        """Whether the lines have no room for their names beside their ends."""
        chart = self.picture.chart
        return (
            isinstance(chart, TimeChart)
            and bool(self.picture.lines)
            and (self.picture.has_key or not are_beside(chart, self.screen, LEAST_PLOT_HEIGHT))
        )

    def body(self, height: float) -> Block:
        """The plot in a height or, if it needs more, in that."""
        chart, screen, left = self.picture.chart, self.screen, self.margin
        if isinstance(chart, MultiplesChart):
            grid = frame_grid(chart, self.width)
            return Block(max(height, grid.height), partial(draw_grid, grid, left))
        if not chart.has_value:
            words = plain_paragraph(self.picture.absence, CAPTION_SIZE, self.width)
            return replace(self.paragraph(words), height=max(height, words.height))
        if isinstance(chart, TilesChart):
            tiles = tiles_plot(chart, screen, self.width, height)
            return Block(max(height, tiles.height), partial(draw_tiles, tiles, left))
        if isinstance(chart, StatesChart):
            plot = states_plot(chart, screen, self.width)
            return Block(max(height, plot.height), partial(draw_states, plot, left))
        is_beside = are_beside(chart, screen, LEAST_PLOT_HEIGHT)
        above = 0.0 if is_beside else words_above(chart, screen)
        given = max(height, LEAST_PLOT_HEIGHT + above)

        def draw(canvas: Canvas, top: float) -> None:
            draw_times(chart, canvas, screen, Room(left, top, self.width, given))

        return Block(given, draw)

    def foot(self) -> Iterator[Block]:
        """Notes, and behind a rule where the figures are from and the page that shows the same."""
        for number, note in enumerate(self.picture.notes):
            lead = [Span(note.lead, is_bold=True)] if note.lead else []
            spans = [*lead, Span("".join(note.pieces))]
            paragraph = set_paragraph(spans, NOTE_SIZE, self.width)
            yield self.paragraph(paragraph, 0.0 if number else GAP)
        yield self.rule()
        source = Span(str(self.picture.caption.source))
        address = Span(self.picture.address, colour=theme.OBSERVED)
        together = set_paragraph([source, Span("·"), address], SOURCE_SIZE, self.width)
        is_one_line = len(together.lines) == 1 and bool(address.words)
        for spans in [[source, Span("·"), address]] if is_one_line else [[source], [address]]:
            yield self.paragraph(set_paragraph(spans, SOURCE_SIZE, self.width))

    def rule(self) -> Block:
        def draw(canvas: Canvas, top: float) -> None:
            middle = top + SMALL_GAP / 2
            canvas.line([(self.margin, middle), (self.margin + self.width, middle)], theme.RULE, 1)

        return Block(2 * SMALL_GAP, draw, SMALL_GAP)


def words_above(chart: TimeChart, screen: Screen) -> float:
    """The height of words above the highest value."""
    return sum(label.room[1] for label in labels_above(chart, screen))


def entry_span(symbol: str, words: str, symbol_colour: str, colour: str = theme.INK_SOFT) -> Span:
    return Span(words, False, colour, symbol, symbol_colour)
