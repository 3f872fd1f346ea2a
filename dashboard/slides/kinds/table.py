"""The figures of a goal by period, as the tab Table of its page has them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.addresses.selection import Selection
from dashboard.addresses.view_files import trend_rows
from dashboard.charts.breakdown import PartsChart, charts_of_parts
from dashboard.charts.captions import source_of, unit_in_words
from dashboard.charts.native_numbers import NO_FIGURE_SIGN
from dashboard.charts.slide_shapes import SlideBox
from dashboard.contents.figure_columns import (
    decimals_of_table,
    value_in_words,
    with_growth,
)
from dashboard.data import records
from dashboard.released.series import AssessedSeries, is_full
from dashboard.released.table_views import series_parts
from dashboard.rows_by_key import Record
from dashboard.slides.compared_figures import shortened, with_flags
from dashboard.slides.content import (
    Footnote,
    SlideContent,
    SlideFigure,
    SlideKind,
    SlideRequest,
    words_of_footnote,
)
from dashboard.slides.goal_link import read_selection
from dashboard.slides.kinds.goal import (
    care_of_goal,
    caveats_of_goal,
    goal_line,
    missing_from_count,
    named_context,
    part_without_figure,
    short_path,
)
from dashboard.slides.lettered_figures import lettered_figure, mark_of_cell
from dashboard.slides.links import full_link, short_link
from dashboard.slides.measured_tables import TableWords, measure_table
from dashboard.slides.measures import CONTENT_HEIGHT, CONTENT_LEFT, CONTENT_TOP, CONTENT_WIDTH
from dashboard.slides.parts import SlidePart
from dashboard.slides.period_columns import (
    FIGURE_SIZE,
    FIGURE_WIDTH,
    PeriodColumns,
    with_unit,
)
from dashboard.slides.tables import cell
from dashboard.slides.words import (
    changed_definitions,
    letters_footnote,
    published_by,
)
from dashboard.texts import Text
from dashboard.wording.goal_finding import goal_finding
from dashboard.wording.series_facts import (
    MIDDLE_DOT,
    area_name,
    flags_in_words,
    invented_mark,
    series_in_area,
    without_mark,
)
from metrics.core.period import parse_periods
from metrics.messages.sentences import as_sentence

TABLE_TAB = "table"
YEARS_OF_PARTS, PARTS_OF_YEARS = 6, 3  # columns: the names of parts of years are longer
NAME_WIDTH = 2.4  # of a part, in the unit of the width of a figure


@dataclass(frozen=True)
class GoalTable:
    """A table of the page of a goal, before it is a slide."""

    part: SlidePart
    shown_rows: Sequence[Record] = ()  # the figures that have room
    rows: Sequence[Record] = ()  # all of them
    figures: Mapping[str, SlideFigure] = field(default_factory=dict)
    in_words: Sequence[str] = ()  # every row in full, for the notes
    footnotes: Sequence[str] = ()  # how many rows are shown, and what columns mean


def read_table(request: SlideRequest) -> list[SlideContent]:
    selection, whole = read_selection(request)
    series, finding = whole.as_of(selection.period), goal_finding(selection, whole)
    tables = [*tables_of_goal(selection, series)]
    return [content_of_table(request, selection, series, own, finding) for own in tables]


def tables_of_goal(selection: Selection, series: AssessedSeries) -> Iterator[GoalTable]:
    """As on the page; a pair of breakdowns is a table for each code of the first."""
    parts = series_parts(series, selection.release, selection.breakdown)
    if selection.breakdown and parts:
        charts = charts_of_parts(parts, selection.breakdown, selection.text)
        yield from (table_of_parts(selection, series, chart) for chart in charts)
    elif series.last_known is None:
        box = SlideBox(CONTENT_LEFT, CONTENT_TOP, CONTENT_WIDTH, CONTENT_HEIGHT)
        yield GoalTable(part_without_figure(selection, series, box))
    else:
        yield table_of_periods(selection, series)


def content_of_table(
    request: SlideRequest,
    selection: Selection,
    series: AssessedSeries,
    table: GoalTable,
    finding: str,
) -> SlideContent:
    text = selection.text
    care, changed = [*care_of_goal(selection, series)], [*changed_definitions(series, text)]
    missing, published = missing_from_count(series, selection), published_by(table.rows, text)
    marks = dict.fromkeys(mark_of_cell(row, text) for row in table.shown_rows)
    letters = letters_footnote(flags_in_words(filter(None, marks), text))
    in_full = [*map(words_of_footnote, care), missing, words_of_footnote(published), *changed]
    about = goal_line(selection, series, area_name(selection.area, text))
    return SlideContent(
        title=finding,
        goal_line=MIDDLE_DOT.join([about, text("goal.table")]),
        parts=lambda: [table.part],
        footnotes=(*map(Footnote, table.footnotes), *care, letters, missing, published, *changed),
        notes=tuple(dict.fromkeys(filter(None, [*table.in_words, *table.footnotes, *in_full]))),
        short_path=short_link(request, short_path(selection, TABLE_TAB)),
        link=full_link(request, named_context(selection).with_changes(view=TABLE_TAB)),
        source=without_mark(source_of(selection.context)),
        figures=table.figures,
        caveats=caveats_of_goal(selection, series),
    )


def table_of_periods(selection: Selection, series: AssessedSeries) -> GoalTable:
    """A row for each period with the columns of the page; the newest ones, where not all fit."""
    text = selection.text
    table = with_growth(trend_rows(selection, series), series, selection.release, text)
    columns = PeriodColumns(series, records(table), [*map(str, table.columns)], text)
    rows, newest_first = columns.rows, [*reversed(range(len(table)))]
    words = TableWords(
        name_of_table(selection, series), columns.heads, [*map(columns.cells_of, rows)],
        columns.widths, newest_first,
    )  # fmt: skip
    measured = measure_table(words, CONTENT_TOP)
    shown_rows = [rows[at] for at in measured.places]
    carried = carried_in_words(shown_rows, text)
    newest = newest_in_words(len(shown_rows), len(rows), text)
    return GoalTable(
        measured.part,
        shown_rows,
        rows,
        {columns.name_of(row): columns.figure_of(row) for row in rows},
        [columns.in_words(row) for row in rows],
        [*filter(None, [newest, carried])],
    )


def carried_in_words(rows: Sequence[Record], text: Text) -> str:
    """`2024, 2025: starting value computed from this figure …`: the periods of a remark."""
    periods = [text.period(row["period"]) for row in rows if row.get("path_carried_back") is True]
    return as_sentence(f"{', '.join(periods)}: {text('table.carried_back')}") if periods else ""


def newest_in_words(most: int, number: int, text: Text) -> str:
    """`The newest 8 of 14 periods; the page at the link has the others.`"""
    if most >= number:
        return ""
    return text.counted("slides.newest_periods", number, first=text.number(most, 0))


def name_of_table(selection: Selection, series: AssessedSeries) -> str:
    """`Victims identified · persons · Sample figures (invented)`."""
    unit = unit_in_words(series, selection.text)
    named = [series.title(selection.text), unit, invented_mark(selection.context)]
    return MIDDLE_DOT.join(filter(None, named))


def table_of_parts(selection: Selection, series: AssessedSeries, own: PartsChart) -> GoalTable:
    """A row for each part and a column for each of the newest periods: parts may be many."""
    text = selection.text
    every = [row for _, part in own.lines for row in part.values]
    digits = decimals_of_table(every, series).figures
    periods = periods_in_order(every)
    newest = newest_periods(periods)
    by_period = [{row["period"]: row for row in part.values} for _, part in own.lines]
    rows = [
        [cell(name, FIGURE_SIZE, is_bold=True),
         *(cell(part_in(found.get(period), series, text, digits), FIGURE_SIZE)
           for period in newest)]
        for (name, _), found in zip(own.lines, by_period, strict=True)
    ]  # fmt: skip
    name = with_unit(own.title or text("slides.part"), series, text)
    heads = [name, *map(text.period, newest)]
    widths = [NAME_WIDTH, *[FIGURE_WIDTH] * len(newest)]
    words = TableWords(name_of_table(selection, series), heads, rows, widths, [*range(len(rows))])
    measured = measure_table(words, CONTENT_TOP)
    first = text.number(len(measured.places), 0)
    cut = [text.counted("slides.first_rows", len(rows), first=first)]
    return GoalTable(
        measured.part,
        [found[period] for at in measured.places for period in newest
         if (found := by_period[at]) and period in found],
        every,
        figures_of_parts(selection, series, own, digits),
        [part_in_words(name, part.values, series, text, digits) for name, part in own.lines],
        [*(cut if len(measured.places) < len(rows) else []),
         *filter(None, [newest_in_words(len(newest), len(periods), text)])],
    )  # fmt: skip


def periods_in_order(rows: Sequence[Record]) -> list[str]:
    parsed = parse_periods(str(row["period"]) for row in rows)
    return sorted(parsed, key=parsed.__getitem__)


def newest_periods(periods: Sequence[str]) -> Sequence[str]:
    newest = periods[-YEARS_OF_PARTS:]
    return newest if all(map(is_full, newest)) else newest[-PARTS_OF_YEARS:]


def part_in(row: Record | None, series: AssessedSeries, text: Text, digits: int) -> str:
    return lettered_figure(series, row, text, digits) if row else NO_FIGURE_SIGN


def part_in_words(
    name: str, rows: Sequence[Record], series: AssessedSeries, text: Text, digits: int
) -> str:
    """`girls: 2024 5,120 persons; 2025 5,310 persons, provisional value`."""
    listed = (
        f"{text.period(row['period'])} "
        f"{with_flags(value_in_words(row, series, text, digits), row, text)}"
        for row in rows
    )
    return as_sentence(f"{name}: {text.listed(listed)}")


def figures_of_parts(
    selection: Selection, series: AssessedSeries, own: PartsChart, digits: int
) -> dict[str, SlideFigure]:
    text = selection.text
    named = series_in_area(series, selection.area, text)
    return {
        ", ".join(filter(None, [named, own.title, name, text.period(row["period"])])): SlideFigure(
            with_flags(value_in_words(row, series, text, digits), row, text),
            exact=(shortened(row["value"]), mark_of_cell(row, text).code),
        )
        for name, part in own.lines
        for row in part.values
    }


TABLE_SLIDE = SlideKind(TABLE_TAB, read_table, paths=(GOAL_PATH,), views=(TABLE_TAB,))
