"""What the marks of a chart mean that are in use: a symbol and its words, for every renderer."""

from collections import Counter
from collections.abc import Iterator

from dashboard import theme
from dashboard.charts.picture import KeyEntry
from dashboard.charts.plotly_looks import line_colour, line_symbol, shape_of
from dashboard.charts.specification import (
    Chart,
    ChartKind,
    MultiplesChart,
    StatesChart,
    TimeChart,
)
from dashboard.texts import Text


def key_of_marks(chart: Chart, text: Text) -> Iterator[KeyEntry]:
    """The meaning of each mark; lines of several shapes have open marks instead."""
    is_several = isinstance(chart, TimeChart) and chart.kind is not ChartKind.TREND
    qualified = [mark for mark in chart.marks if not mark.is_absence]
    if is_several and qualified:
        words = text.listed(mark.words for mark in qualified)
        yield KeyEntry("circle-open", text("chart.open_mark", words=words))
    for mark in chart.marks:
        if mark.is_absence or not is_several:
            yield KeyEntry(shape_of(mark), mark.words)
    if isinstance(chart, TimeChart) and any(line.parts_of_years for line in chart.lines):
        yield KeyEntry("triangle-up-open", text("chart.partial"))
    yield from key_of_paths(chart)


def key_of_frames(chart: MultiplesChart, text: Text) -> Iterator[KeyEntry]:
    """The meaning of an open mark in small multiples."""
    points = (point for frame in chart.frames for point in frame.line.known)
    qualified = dict.fromkeys(point.mark.words for point in points if point.mark)
    if qualified:
        yield KeyEntry("circle-open", text("chart.open_mark", words=text.listed(qualified)))


def key_of_paths(chart: Chart) -> Iterator[KeyEntry]:
    """The marks at what is expected of a State, or of earlier years."""
    if isinstance(chart, StatesChart):
        expected = (row.expected_name for row in chart.rows if row.expected is not None)
        names, symbol = list(dict.fromkeys(expected)), "line-ns"
    else:
        is_marked = chart.path is not None and chart.path.earlier
        names = [chart.path.earlier_name] if chart.path and is_marked else []
        symbol = "line-ew"
    yield from (KeyEntry(symbol, name, theme.TARGET_PATH) for name in names)


def key_of_lines(chart: Chart) -> Iterator[KeyEntry]:
    """The names of several lines with their latest values."""
    if isinstance(chart, TimeChart) and chart.kind is not ChartKind.TREND:
        for number, line in enumerate(chart.lines):
            yield KeyEntry(line_symbol(number), line.label or line.name, line_colour(number))


def reasons_of_absence(chart: Chart, text: Text) -> str:
    """In place of an empty axis: why there is no figure, and how often."""
    absent = chart.rows if isinstance(chart, StatesChart) else [point for _, point in chart.table]
    if not absent:
        return text("goal.no_series")
    reasons = Counter(row.mark.words for row in absent)
    counted = text.listed(f"{why} ({text.number(n, 0)})" for why, n in reasons.items())
    return text("goal.nothing_shown", why=counted)
