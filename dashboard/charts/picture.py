"""A chart as a picture that is complete in itself: all words that a reader needs beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dashboard import theme
from dashboard.charts.specification import (
    AnyChart,
    Caption,
    ChartLine,
    MultiplesChart,
    Note,
    StatesChart,
    TilesChart,
)
from dashboard.texts import Text, texts
from metrics.messages.sentences import as_sentence

WIDTH = 1200  # pixels
PIXELS_OF_SCREEN = 2  # of a bitmap, for each pixel of the picture


def points_in_words(line: ChartLine, text: Text) -> str:
    """`2024: 40 persons; 2025: suppressed`: every figure of a line, as an alternative text."""
    return text.listed(f"{point.label}: {point.printed}" for point in line.points)


@dataclass(frozen=True)
class KeyEntry:
    """A symbol, by plotly's name of it, and its meaning."""

    symbol: str
    words: str
    colour: str = theme.INK_SOFT


@dataclass(frozen=True)
class Picture:
    chart: AnyChart
    language: str
    kind: str  # in words: `Line chart`
    subject: str = ""  # the goal, above the title
    finding: str = ""  # the title; without one, that of the chart
    invented: str = ""  # the mark of invented figures
    marks: tuple[KeyEntry, ...] = ()  # in use, explained beside the subtitle
    lines: tuple[KeyEntry, ...] = ()  # of several lines, for where the plot has no room for names
    has_key: bool = False  # the lines are named in a key, although the plot has room for labels
    absence: str = ""  # in place of the plot, if there is no value
    further_notes: tuple[Note, ...] = ()
    address: str = ""  # of the page that shows the same
    file_stem: str = ""  # the name of its file, without the ending
    width: int = WIDTH

    @property
    def caption(self) -> Caption:
        return self.chart.caption

    @property
    def title(self) -> str:
        return self.finding or self.caption.title

    @property
    def notes(self) -> tuple[Note, ...]:
        return (*self.caption.notes, *self.further_notes)

    @property
    def description(self) -> str:
        """The alternative text: every word and figure of the picture, in their order."""
        sentences = filter(None, self._sentences())
        return " ".join(map(as_sentence, sentences))

    def _sentences(self) -> Iterator[str]:
        caption = self.caption
        yield f"{self.kind}: {caption.title}"
        yield caption.subtitle
        yield from self._figures()
        yield self.absence
        yield from map(str, self.notes)
        yield str(caption.source)
        yield self.address

    def _figures(self) -> Iterator[str]:
        chart = self.chart
        if isinstance(chart, StatesChart):
            yield self.listed(f"{row.name}: {row.printed}" for row in chart.rows)
        elif isinstance(chart, TilesChart):
            union = chart.union
            yield f"{union.name}: {union.printed}" if union.printed else ""
            yield self.listed(tile.words for tile in chart.tiles)
        elif isinstance(chart, MultiplesChart):
            yield from (", ".join(filter(None, [frame.status, self.figures_in_words(frame.line)]))
                        for frame in chart.frames)  # fmt: skip
        else:
            yield from map(self.figures_in_words, chart.lines)

    def figures_in_words(self, line: ChartLine) -> str:
        """`Reported figure, 2024: 40 persons; 2025: suppressed`."""
        return f"{line.name}, {points_in_words(line, texts(self.language))}"

    def listed(self, clauses: Iterable[str]) -> str:
        return texts(self.language).listed(clauses)
