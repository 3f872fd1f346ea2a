"""What cannot be compared, what is marked, and where a line ends: sentences with a way on."""

from collections.abc import Iterator

from dash import html

from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.components.comparison.choices import unit_words
from dashboard.components.guide_links import which_index
from dashboard.components.layout import Drawn, page_link
from dashboard.contents.comparison import COMPARE_PATH, SeriesComparison, marked_areas
from dashboard.contents.comparison_chart import (
    SetAside,
    cause_of_absence,
    difference_of_units,
    dots_in_words,
    ends_in_words,
    marked_in_words,
    notes_in_words,
    why_set_aside,
)
from dashboard.released.compared_series import ComparedSeries, ComparisonUnit
from dashboard.released.series import component_of
from metrics.core.tables import CHAINED_INDEX


def comparison_notes(comparison: SeriesComparison) -> Iterator[html.Div]:
    """Nothing where all series are compared without a reservation."""
    text = comparison.context.text
    notes = [
        *(set_aside_note(series, comparison) for series in comparison.set_aside),
        *map(html.P, (*marked_in_words(comparison), *ends_in_words(comparison))),
    ]
    if notes:
        yield html.Div([html.H3(text("compare.not_all")), *notes], className="compare-note")


def set_aside_note(series: ComparedSeries, comparison: SeriesComparison) -> html.P:
    """Why a series is not drawn, and the link that shows it all the same or shows what it has."""
    text, view, area = comparison.context.text, comparison.context.view, series.name
    marked = view.link(COMPARE_PATH, areas=",".join(comparison.areas),
                       marked=marked_areas(comparison, series.area))  # fmt: skip
    words = why_set_aside(series, comparison)
    match cause_of_absence(series, comparison):
        case SetAside.OTHER_UNIT:
            alone = view.link(COMPARE_PATH, areas=series.area)
            return with_link(words, text("compare.only_area", area=area), alone)
        case SetAside.BREAK:
            return with_link(words, text("compare.add_break", area=area), marked)
        case SetAside.DEFINITION:
            return with_link(words, text("compare.add_definition", area=area), marked)
        case SetAside.NO_BASE:
            figures = view.link(COMPARE_PATH, unit=ComparisonUnit.VALUE)
            return with_link(words, text("compare.as_figures"), figures)
    own = view.lasting_choices.link(GOAL_PATH, indicator=series.series.name, area=series.area)
    return with_link(words, text("compare.see_area", area=area), own)


def with_link(words: str, label: str, href: str) -> html.P:
    return html.P([words, " ", page_link(label, href=href)])


def units_differ(comparison: SeriesComparison) -> html.Div:
    """Two indicators that have no common axis, and the units in which they have one."""
    text, view = comparison.context.text, comparison.context.view
    words = difference_of_units(comparison)
    ways = [unit for unit in (ComparisonUnit.INDEX, ComparisonUnit.CHANGE)
            if unit in comparison.units]  # fmt: skip
    links: list[Drawn] = []
    for unit in ways:
        label = text("compare.use_unit", unit=unit_words(unit, text))
        links += [" ", page_link(label, href=view.link(COMPARE_PATH, unit=unit))]
    return html.Div(html.P([words, *links]), className="compare-note", role="alert")


def chart_notes(comparison: SeriesComparison) -> Iterator[html.P]:
    sentences = (*dots_in_words(comparison), *notes_in_words(comparison))
    yield from (html.P(sentence, className="quiet") for sentence in sentences)
    release = comparison.context.release
    if comparison.unit is ComparisonUnit.INDEX and any(
        component_of(own.series, release, CHAINED_INDEX) for own in comparison.drawn
    ):
        yield which_index("index.compared", comparison.context)
