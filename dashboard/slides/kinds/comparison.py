"""Series compared on one axis: a line for each or, of many areas, a column for each."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import isnan

from dashboard.addresses.alternatives import UnavailableError
from dashboard.charts.chart_parts import StatesPart, TimePart
from dashboard.charts.slide_shapes import ChartLook, SlideBox
from dashboard.charts.specification import StatesChart, TimeChart
from dashboard.contents.comparison import (
    COMPARE_PATH,
    SeriesComparison,
    choices_of_comparisons,
    read_comparison,
)
from dashboard.contents.comparison_chart import (
    chart_of_comparison,
    comparison_title,
    decimals_of_comparison,
    dots_in_words,
    ends_in_words,
    ends_of_series,
    finding_of_comparison,
    heading_of_comparison,
    marked_in_words,
    notes_in_words,
    notes_on_all,
    short_name,
    unclear_series,
    unit_in_words,
    why_set_aside,
)
from dashboard.context import PageContext
from dashboard.released.compared_series import ComparedSeries, ComparisonUnit
from dashboard.slides.compared_figures import figure_of_series, with_flags
from dashboard.slides.content import (
    Footnote,
    SlideContent,
    SlideFigure,
    SlideKind,
    SlideRequest,
    words_of_footnote,
)
from dashboard.slides.kinds.goal import description_of
from dashboard.slides.links import full_link, short_link
from dashboard.slides.listed_rows import ROWS_OF_A_WHOLE_LIST, ListedRows, measure_list
from dashboard.slides.measures import CONTENT_LEFT, CONTENT_WIDTH
from dashboard.slides.parts import SlidePart
from dashboard.slides.words import caveats, is_title, letters_of_chart, published_by
from dashboard.wording.series_facts import (
    MIDDLE_DOT,
    invented_mark,
    series_in_area,
    without_mark,
)
from metrics.core.errors import SubmissionError
from metrics.core.tables import EU
from metrics.messages.local_formats import HARD_SPACE

YEARS_OF_A_TABLE, AREA_WIDTH = 6, 1.4  # columns; the width of the first, as a multiple of theirs


def read_compared(request: SlideRequest) -> list[SlideContent]:
    context, text = request.context, request.context.text
    try:
        comparison = read_comparison(context)
    except UnavailableError as missing:
        raise SubmissionError("deck_nothing_there", why=str(missing)) from missing
    if not comparison.drawn or not comparison.has_one_unit:
        raise SubmissionError("deck_nothing_there", why=text("compare.nothing"))
    chart, listed = drawn_chart(comparison), listed_changes(comparison)
    period = [*period_in_words(context)]
    left_out = [] if listed else [*left_out_in_words(comparison)]
    published = published_by((own.last for own in comparison.drawn), text)
    said_of_lines = [*marked_in_words(comparison), *ends_in_words(comparison)]
    notes = [*said_of_lines, *notes_in_words(comparison)]
    notes += dots_in_words(comparison, "slides.columns")
    in_full = [*period, *notes, *(str(note) for note in chart.caption.notes)]
    cautions = [note for series in comparison.named_series for note in caveats(series.series, text)]
    figures = figures_of_comparison(comparison)
    return [
        SlideContent(
            title=title_of_comparison(comparison),
            goal_line=comparison_title(comparison),
            parts=lambda: (
                [measure_list(listed, context).part]
                if listed
                else parts_of_comparison(comparison, chart)
            ),
            footnotes=(
                *period,
                *cautions,
                *left_out,
                "" if listed else letters_of_chart(chart, text),
                published,
                *notes,
            ),
            notes=(
                *map(words_of_footnote, left_out),
                *in_full,
                words_of_footnote(published),
                text.listed(f"{name}: {own.words}" for name, own in figures.items()),
            ),
            short_path=short_link(request, compared_path(context)),
            link=full_link(request, context),
            source=without_mark(chart.caption.source),
            figures=figures,
            caveats=tuple(
                dict.fromkeys(
                    [*period, *map(words_of_footnote, cautions), *caveats_by_series(comparison)]
                )
            ),
        )
    ]


def title_of_comparison(comparison: SeriesComparison) -> str:
    """The heading of the page; where it names fewer areas, the finding, below the indicator."""
    heading, finding = heading_of_comparison(comparison), finding_of_comparison(comparison)
    return finding if finding not in heading and is_title(finding) else heading


def listed_changes(comparison: SeriesComparison) -> ListedRows | None:
    """Of yearly changes, where an area has none that is clear, a table says so for each year.

    A chart would be almost empty. None where it is not, or the areas are too many.
    """
    text, every = comparison.context.text, (*comparison.drawn, *comparison.set_aside)
    is_listed = comparison.set_aside and len(every) <= ROWS_OF_A_WHOLE_LIST
    if comparison.unit is not ComparisonUnit.CHANGE or comparison.second or not is_listed:
        return None
    periods = comparison.periods[-YEARS_OF_A_TABLE:]
    by_area = {series.area: series for series in every}
    rows = [
        [short_name(by_area[area], text), *changes_in_words(by_area[area], periods, comparison)]
        for area in comparison.areas
        if area in by_area
    ]
    heads = [text("overview.area"), *map(text.period, periods)]
    widths = [AREA_WIDTH, *[1.0] * len(periods)]
    return ListedRows(unit_in_words(comparison), heads, rows, widths, len(rows), 1)


def changes_in_words(
    series: ComparedSeries, periods: Sequence[str], comparison: SeriesComparison
) -> Iterator[str]:
    """`+27.7 %`, `no clear change`: of each year, with why there is none."""
    text, decimals = comparison.context.text, decimals_of_comparison(comparison)
    rows = {str(row["period"]): row for row in series.figures}
    for period in periods:
        row = rows.get(period)
        if row is None or isnan(row["value"]):
            yield text((row or {}).get("why") or "absent.not_reported")
        else:
            printed = HARD_SPACE.join([series.format(row, text, decimals),
                                       text.unit(series.unit_code)])  # fmt: skip
            yield with_flags(printed, row, text)


def figures_of_comparison(comparison: SeriesComparison) -> dict[str, SlideFigure]:
    """The latest figure of each drawn series, with its flags and its period."""
    text, decimals = comparison.context.text, decimals_of_comparison(comparison)
    return {
        series_in_area(own.series, own.area, text): figure_of_series(
            f"{with_flags(own.format(own.last, text, decimals), own.last, text)} "
            f"({text.period(own.last['period'])})",
            own.series,
            own.last,
        )
        for own in comparison.drawn
        if own.last
    }


def period_in_words(context: PageContext) -> Iterator[str]:
    """That the figures are as of a period, where the link names one."""
    if period := context.view.period:
        yield context.text("period.note", period=context.text.period(period))


def left_out_in_words(comparison: SeriesComparison) -> Iterator[Footnote]:
    """Which series are not drawn and why, as on the page; without room, which."""
    text, set_aside = comparison.context.text, comparison.set_aside
    if set_aside:
        reasons = " ".join(why_set_aside(series, comparison) for series in set_aside)
        named = ", ".join(dict.fromkeys(
            series.name if comparison.second else series.area for series in set_aside))  # fmt: skip
        yield Footnote(reasons, (text("slides.not_drawn", series=named),))


def caveats_by_series(comparison: SeriesComparison) -> Iterator[str]:
    """Each names its area, so that a change is about one; then the notes on all."""
    if not listed_changes(comparison):
        yield from (why_set_aside(series, comparison) for series in comparison.set_aside)
    yield from marked_in_words(comparison)
    yield from ends_of_series(comparison)
    yield from notes_on_all(comparison)
    yield from unclear_series(comparison)
    yield from dots_in_words(comparison, "slides.columns")


def compared_path(context: PageContext) -> str:
    """The page with what is compared, and without the language of the deck."""
    view = context.view.with_changes(lang="", collection="", release="")
    return view.printed_link(COMPARE_PATH)


def drawn_chart(comparison: SeriesComparison) -> TimeChart | StatesChart:
    """The chart of the page, of which the Union has a short name below its column."""
    chart, union = chart_of_comparison(comparison), comparison.context.text("compare.union")
    if not isinstance(chart, StatesChart):
        return chart
    named = (replace(row, area=union) if row.area == EU else row for row in chart.rows)
    return replace(chart, rows=tuple(named))


def parts_of_comparison(
    comparison: SeriesComparison, chart: TimeChart | StatesChart
) -> Iterator[SlidePart]:
    text = comparison.context.text
    parts = [unit_in_words(comparison), invented_mark(comparison.context)]
    title = MIDDLE_DOT.join(filter(None, parts))
    box = SlideBox(CONTENT_LEFT, 118, CONTENT_WIDTH, 336)
    if isinstance(chart, TimeChart):
        look = ChartLook(text.language, chart.caption.title, description_of(chart, text),
                         title)  # fmt: skip
        yield TimePart(chart, box, look)
        return
    words = text.listed(f"{row.name} {row.printed}" for row in chart.rows)
    look = ChartLook(text.language, chart.caption.title, f"{chart.caption.title}. {words}.", title)
    yield StatesPart(chart, box, look)


COMPARISON_SLIDE = SlideKind(
    "comparison", read_compared, (COMPARE_PATH,), is_usual=True, choices=choices_of_comparisons
)
