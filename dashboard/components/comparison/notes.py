"""What cannot be compared, what is marked, and where a line ends: sentences with a way on."""

from collections.abc import Iterator, Sequence
from typing import Any

from dash import html

from dashboard.alternatives import GOAL_PATH
from dashboard.charts.marks import coverage_note, is_total
from dashboard.compared_series import ComparedSeries, ComparisonUnit
from dashboard.comparison import SeriesComparison, early_ends, marked_areas
from dashboard.components.comparison.choices import COMPARE_PATH, unit_words
from dashboard.components.layout import Drawn, page_link
from dashboard.texts import Text
from metrics.catalogue.denominators import denominator
from metrics.core.tables import EU


def comparison_notes(comparison: SeriesComparison) -> Iterator[html.Div]:
    """Nothing where all series are compared without a reservation."""
    text = comparison.context.text
    notes = [
        *(set_aside_note(series, comparison) for series in comparison.set_aside),
        *marked_notes(comparison),
        *end_notes(comparison),
    ]
    if notes:
        yield html.Div([html.H3(text("compare.not_all")), *notes], className="compare-note")


def set_aside_note(series: ComparedSeries, comparison: SeriesComparison) -> html.P:
    """Why a series is not drawn, and the link that shows it all the same or shows what it has."""
    text, view, area = comparison.context.text, comparison.context.view, series.name
    marked = view.link(COMPARE_PATH, areas=",".join(comparison.areas),
                       marked=marked_areas(comparison, series.area))  # fmt: skip
    if series.known and series.unit_code != drawn_unit(comparison):
        words = text("compare.other_unit", area=area, unit=text.unit(series.unit_code))
        alone = view.link(COMPARE_PATH, areas=series.area)
        return with_link(words, text("compare.only_area", area=area), alone)
    if series.known and series.breaks:
        words = text("compare.break", area=area, periods=", ".join(series.breaks))
        return with_link(words, text("compare.add_break", area=area), marked)
    if series.known and series.differing:
        words = text("compare.definition", area=area, periods=", ".join(series.differing))
        return with_link(words, text("compare.add_definition", area=area), marked)
    if series.unit is ComparisonUnit.INDEX and has_figures(series):
        words = text("compare.no_base", area=area, base=comparison.base)
        figures = view.link(COMPARE_PATH, unit=ComparisonUnit.VALUE)
        return with_link(words, text("compare.as_figures"), figures)
    words = text("compare.no_figure", area=area, why=reasons_of_series(series, text))
    own = view.lasting_choices.link(GOAL_PATH, indicator=series.series.name, area=series.area)
    return with_link(words, text("compare.see_area", area=area), own)


def drawn_unit(comparison: SeriesComparison) -> str:
    """The unit of the drawn series; two indicators may have one each."""
    if comparison.second or not comparison.drawn:
        return ""
    return comparison.drawn[0].unit_code


def has_figures(series: ComparedSeries) -> bool:
    return series.series.last_known is not None


def with_link(words: str, label: str, href: str) -> html.P:
    return html.P([words, " ", page_link(label, href=href)])


def reasons_of_series(series: ComparedSeries, text: Text) -> str:
    """`suppressed (2020, 2021); not available (2022)`."""
    reasons: dict[str, list[str]] = {}
    for row in series.figures:
        reasons.setdefault(text(row["why"] or "absent.not_reported"), []).append(
            text.period(row["period"])
        )
    listed = text.listed(f"{why} ({', '.join(years)})" for why, years in reasons.items())
    return listed or text("absent.not_reported")


def marked_notes(comparison: SeriesComparison) -> Iterator[html.P]:
    text = comparison.context.text
    for series in comparison.drawn:
        if series.breaks:
            periods = ", ".join(series.breaks)
            yield html.P(text("compare.marked_break", area=series.name, periods=periods))
        if series.differing:
            periods = ", ".join(series.differing)
            yield html.P(text("compare.definition", area=series.name, periods=periods))


def end_notes(comparison: SeriesComparison) -> Iterator[html.P]:
    """`Bulgaria, Hungary: not available for 2025; the line ends in 2024.`"""
    text = comparison.context.text
    for (newest, why, last), ended in early_ends(comparison).items():
        names = ", ".join(series.name for series in ended)
        yield html.P(text("compare.ends", areas=names, why=text(why),
                          period=text.period(newest), last=text.period(last)))  # fmt: skip


def units_differ(comparison: SeriesComparison) -> html.Div:
    """Two indicators that have no common axis, and the units in which they have one."""
    text, view = comparison.context.text, comparison.context.view
    first, second = comparison.drawn
    words = text("compare.units_differ", first=first.name, second=second.name,
                 unit=text.unit(first.unit_code), other=text.unit(second.unit_code))  # fmt: skip
    ways = [unit for unit in (ComparisonUnit.INDEX, ComparisonUnit.CHANGE)
            if unit in comparison.units]  # fmt: skip
    links: list[Drawn] = []
    for unit in ways:
        label = text("compare.use_unit", unit=unit_words(unit, text))
        links += [" ", page_link(label, href=view.link(COMPARE_PATH, unit=unit))]
    return html.Div(html.P([words, *links]), className="compare-note", role="alert")


def chart_notes(comparison: SeriesComparison) -> Iterator[html.P]:
    """The denominator of rates, who is in the Union's sum, and that the order is no ranking."""
    text, notes = comparison.context.text, []
    if comparison.unit is ComparisonUnit.RATE:
        source = denominator("children")
        notes.append(text("compare.denominator", name=source.name(text.language),
                          source=source.source))  # fmt: skip
    notes += union_coverage(comparison.drawn, text)
    if notes:
        yield html.P(" ".join(note if note.endswith(".") else f"{note}." for note in notes),
                     className="quiet")  # fmt: skip
    if not comparison.second:
        yield html.P(text("compare.no_ranking"), className="quiet")


def union_coverage(drawn: Sequence[ComparedSeries], text: Text) -> Iterator[Any]:
    for series in drawn:
        row = series.last
        if series.area == EU and row is not None and is_total(row):
            period = text.period(row["period"])
            yield f"{text('compare.union')}, {period}: {coverage_note(row, text, 'card.coverage')}"
