"""The parts of a breakdown of one series: a line for each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.charts.breaks import HALF_YEAR
from dashboard.charts.captions import caption_of, source_of
from dashboard.charts.notes import breaks_of_parts, publishers_of_rows
from dashboard.charts.points import decimals_of_chart, line_of, marks_in_use
from dashboard.charts.scales import value_axis, years_axis
from dashboard.charts.specification import (
    Break,
    Caption,
    ChartKind,
    ChartLine,
    ChartPoint,
    TimeChart,
)
from dashboard.context import PageContext
from dashboard.released.series import AssessedSeries, has_value
from dashboard.released.table_views import Part, midpoints
from dashboard.texts import Text

NamedPart = tuple[str, Part]
NAMED_AT_BREAK = 2  # parts, beside the line of their break


@dataclass(frozen=True)
class PartsChart:
    """The lines of one chart: the code that they share, and the name of each line."""

    title: str
    lines: Sequence[NamedPart]


def part_name(part: Part, text: Text) -> str:
    return ", ".join(text.code(by, code) for by, code in part.codes.items())


def charts_of_parts(parts: Sequence[Part], by: Sequence[str], text: Text) -> list[PartsChart]:
    """Split a pair of breakdowns into a chart for each code of the first: fewer lines cross."""
    if len(by) == 1:
        return [PartsChart("", [(part_name(part, text), part) for part in parts])]
    first, *others = by
    charts: dict[str, list[NamedPart]] = {}
    for part in parts:
        name = ", ".join(text.code(other, part.codes[other]) for other in others)
        charts.setdefault(text.code(first, part.codes[first]), []).append((name, part))
    return [PartsChart(title, lines) for title, lines in charts.items()]


def parts_chart(
    series: AssessedSeries,
    parts: Sequence[NamedPart],
    scaled_to: Sequence[NamedPart],
    context: PageContext,
    subtitle: str,
) -> TimeChart:
    """`scaled_to` holds the parts that set the axes, including those of neighbouring charts."""
    text = context.text
    every = [row for _, part in scaled_to for row in series.in_one_unit(part.values)]
    lines = named_lines(series, parts, text, decimals_of_chart(series, every))
    return TimeChart(
        ChartKind.PARTS,
        caption_of_parts(series, parts, context, subtitle),
        value_axis(series, [row["value"] for row in every if has_value(row)], text),
        years_axis(midpoints(every)),
        lines,
        marks_in_use([point for line in lines for point in line.points]),
        breaks=tuple(breaks_of_named_lines(lines, text)),
    )


def breaks_of_named_lines(lines: Sequence[ChartLine], text: Text) -> Iterator[Break]:
    """One for each period: of a single part in its colour; of some parts with their names."""
    broken: dict[str, list[int]] = {}
    starts: dict[str, ChartPoint] = {}
    for number, line in enumerate(lines):
        for run in list(filter(None, line.runs))[1:]:
            broken.setdefault(run[0].period, []).append(number)
            starts[run[0].period] = run[0]
    for period, numbers in sorted(broken.items()):
        start, is_of_all = starts[period], len(numbers) == len(lines)
        label = text("chart.break_in", period=start.label)
        if not is_of_all:
            parts = parts_at_break([lines[number].name for number in numbers], text)
            label = text("chart.break_of_parts", label=label, parts=parts)
        alone = numbers[0] if len(numbers) == 1 and not is_of_all else None
        yield Break(start.at - HALF_YEAR, period, label, cause="", line=alone)


def parts_at_break(names: Sequence[str], text: Text) -> str:
    """Their names or, of many, their number."""
    if len(names) <= NAMED_AT_BREAK:
        return ", ".join(names)
    return text.counted("chart.parts", len(names))


def caption_of_parts(
    series: AssessedSeries, parts: Iterable[NamedPart], context: PageContext, subtitle: str
) -> Caption:
    """No target applies to the parts; their breaks are named together."""
    whole, named = caption_of(replace(series, assessments=()), context), [*parts]
    breaks = breaks_of_parts([(name, part.values) for name, part in named], context.text)
    published = publishers_of_rows((part.latest for _, part in named), context.text)
    source = source_of(context, published)
    return replace(whole, source=source, subtitle=subtitle, notes=(*breaks, *whole.notes))


def named_lines(
    series: AssessedSeries, parts: Iterable[NamedPart], text: Text, decimals: int
) -> tuple[ChartLine, ...]:
    lines = [line_of(name, series, part.values, text, decimals) for name, part in parts]
    latest = max((line.joined[-1].at for line in lines if line.joined), default=None)
    return tuple(replace(line, label=end_label(line, text, latest)) for line in lines)


def end_label(line: ChartLine, text: Text, latest: float | None = None) -> str:
    """The name of a line beside its end, and its latest value; with its period if others go on."""
    if not line.joined:
        return ""
    last = line.joined[-1]
    is_old = latest is not None and last.at < latest
    value = text("chart.latest", value=last.number, period=last.label) if is_old else last.number
    return f"{line.name} {value}"
