"""The words around a chart: title, rule of the target, notes, and where figures are from."""

from collections.abc import Iterable, Sequence

from dashboard.charts.notes import (
    break_note,
    caveat_note,
    definition_notes,
    publisher,
)
from dashboard.charts.paths import start_of_path
from dashboard.charts.specification import Caption, ChartSource, Note
from dashboard.context import PageContext
from dashboard.released.assessments import Assessment
from dashboard.released.series import AssessedSeries, is_full
from dashboard.released.table_views import compare_with_path
from dashboard.target_text import target_text
from dashboard.texts import Text
from metrics.catalogue.definitions.indicators import Kind
from metrics.catalogue.definitions.targets import GrowthPerYear, LevelByDate
from metrics.core.tables import EU, STEP


def caption_of(series: AssessedSeries, context: PageContext, period: str = "") -> Caption:
    """The caption of one series in one area; publishers are those as of a period."""
    text = context.text
    area = text("goal.union") if series.area == EU else text.code("area", series.area)
    title = chart_title(series, text, area)
    publishers = publisher(series.as_of(period), text)
    return Caption(
        title,
        source_of(context, publishers),
        target_sentence(series, text),
        tuple(notes_of(series, text)),
    )


def chart_title(series: AssessedSeries, text: Text, *parts: str) -> str:
    """`Victims identified in the ICSE database, Finland, persons a year`."""
    return ", ".join(filter(None, [series.title(text), *parts, unit_in_words(series, text)]))


def unit_in_words(series: AssessedSeries, text: Text) -> str:
    """The unit, and that it is counted over a year; nothing for the names of steps."""
    if series.component == STEP:
        return ""
    unit = text.unit(series.unit)
    is_flow = series.indicator.kind is Kind.FLOW and not series.other_component
    is_yearly = all(is_full(row["period"]) for row in series.rows)
    return text("chart.unit_a_year", unit=unit) if is_flow and is_yearly else unit


def target_sentence(series: AssessedSeries, text: Text) -> str:
    target = series.official.asked if series.official else None
    return text("chart.target_rule", rule=target_text(target, text)) if target else ""


def notes_of(series: AssessedSeries, text: Text) -> Iterable[Note]:
    """The caveat of the indicator, where the path starts, breaks, and changes of the definition."""
    yield from caveat_note(series, text)
    if series.official and series.official.is_backcast:
        start = start_in_words(series, series.official, text)
        yield Note((" ".join(filter(None, [start, carried_note(series.official, text)])),))
    yield from break_note(series, text)
    yield from definition_notes(series, text)


def carried_note(official: Assessment, text: Text) -> str:
    """That a target path, or the starting level of a direction alone, rests on an estimate."""
    return text("chart.carried" if official.has_level else "chart.carried_start")


def start_in_words(series: AssessedSeries, official: Assessment, text: Text) -> str:
    """From which value the path starts, which the line of the figures does not show."""
    verdict, level = official.verdict, start_of_path(official)
    if level is None or not isinstance(official.asked, GrowthPerYear | LevelByDate):
        return ""
    value, expected = verdict.value or 0.0, verdict.expected_value or 0.0
    decimals = compare_with_path(series, value, expected).decimals
    return text(
        "chart.path_start",
        value=series.format_value(level, text, decimals),
        start=text.period(verdict.baseline_period),
        period=text.period(verdict.period),
    )


def source_of(context: PageContext, publishers: Sequence[Sequence[str]] = ()) -> ChartSource:
    """The collection, the release and its day, and the mark of invented figures."""
    text, release = context.text, context.release
    name = context.collection.name(text.language)
    invented = text("note.invented") if context.is_invented else ""
    return ChartSource(
        text("note.source", source=name),
        text("note.release", release=release.label) if release else "",
        text("frame.as_of", day=text.date(release.as_of)) if release and release.as_of else "",
        "" if invented == name else invented,
        tuple(map(tuple, publishers)),
    )
