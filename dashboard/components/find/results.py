"""What a search finds: areas that match, that cannot be computed, and that do not match."""

from collections.abc import Iterator, Mapping
from typing import Any

from dash import html

from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.charts.marks import why_absent
from dashboard.components.comparison.choices import series_name
from dashboard.components.html_block import html_block
from dashboard.components.layout import page_link
from dashboard.contents.comparison import COMPARE_PATH
from dashboard.contents.rule_search import (
    AreaFound,
    SearchMatch,
    SearchMeasure,
    SearchOutcome,
    SearchResult,
    SearchRule,
    UsedFigure,
    unit_of_measure,
)
from dashboard.rounding import MOST_DECIMALS, compare, decimals_in
from dashboard.texts import Text
from metrics.catalogue.codelists import member_states

FEW_NAMED = 6  # areas in the heading


def finding_of_search(result: SearchResult) -> str:
    """`6 of 27 Member States: figure below 10, in 2025; cannot be computed for 3 areas`."""
    text = result.context.text
    matching = result.with_outcome(SearchOutcome.MATCHES)
    uncomputed = len(result.with_outcome(SearchOutcome.UNCOMPUTED))
    every = text.number(len(result.areas), 0)
    are_states = {found.area for found in result.areas} <= {*member_states()}
    key = "find.finding_states" if are_states else "find.finding"
    found = text.counted(key, len(matching), all=every, rule=rule_in_words(result))
    return text.listed([found, text.counted("find.cannot", uncomputed) if uncomputed else ""])


def rule_in_words(result: SearchResult) -> str:
    rule, text = result.rule, result.context.text
    periods = periods_in_words(rule, text)
    if rule.measure is SearchMeasure.STATUS:
        return text("find.rule_status", status=text(f"status.{rule.status}"), periods=periods)
    return text(
        "find.rule",
        measure=text(f"find.measure_{rule.measure}"),
        relation=text(f"find.relation_{rule.relation}"),
        threshold=threshold_in_words(result),
        periods=periods,
    )


def threshold_in_words(result: SearchResult) -> str:
    """The threshold with all its decimals; a rate has its unit in the name of the measure."""
    rule, text = result.rule, result.context.text
    places = decimals_in(rule.threshold, MOST_DECIMALS)
    if rule.measure is SearchMeasure.RATE:
        return text.number(rule.threshold, places)
    return text.quantity(rule.threshold, unit_of_measure(rule.measure, result.series), places)


def periods_in_words(rule: SearchRule, text: Text) -> str:
    if len(rule.periods) == 1:
        return text("find.in_one", period=text.period(rule.periods[0]))
    key = "find.in_each" if rule.match is SearchMatch.EACH else "find.in_any"
    return text(key, periods=", ".join(map(text.period, rule.periods)))


def search_results(result: SearchResult) -> html.Div:
    text, rule = result.context.text, result.rule
    measure = text(f"find.measure_{rule.measure}")
    groups = [
        {
            "key": str(outcome),
            "title": text(f"find.{outcome}"),
            "count": text.number(len(found), 0),
            "rows": [row_of_area(area, result) for area in found],
        }
        for outcome in SearchOutcome
        if (found := result.with_outcome(outcome))
    ]
    heads = {
        "area": text("overview.area"),
        "figures": [text.period(year) for year in rule.years_of_figures],
        "figure": text("compare.unit_value"),
        "measured": [text.period(period) for period in rule.periods],
        "measure": measure[:1].upper() + measure[1:],
        "why": text("find.why"),
    }
    return html_block(
        "search_results.html", heads=heads, groups=groups, has_measure=has_own_column(rule),
        caption=text("find.result"), uncomputed_note=text("find.suppressed_note"),
    )  # fmt: skip


def has_own_column(rule: SearchRule) -> bool:
    """Whether the measure is another number than the figure itself."""
    return rule.measure is not SearchMeasure.VALUE


def row_of_area(found: AreaFound, result: SearchResult) -> Mapping[str, Any]:
    rule, text = result.rule, result.context.text
    view = result.context.view.lasting_choices
    href = view.link(GOAL_PATH, indicator=series_name(rule.parsed), area=found.area,
                     goal=rule.goal.code if rule.goal else "")  # fmt: skip
    return {
        "name": text.code("area", found.area),
        "href": href,
        "figures": [figure_cell(found, year, text) for year in rule.years_of_figures],
        "measured": [measured_cell(figure, found, rule, text) for figure in found.used],
        "why": text.listed(reasons_in_words(found, text)),
    }


def figure_cell(found: AreaFound, year: str, text: Text) -> Mapping[str, str]:
    row = found.figures.get(year)
    if row is None:
        return {"absent": text("absent.not_reported")}
    if row["value"] != row["value"]:
        return {"absent": why_absent(row, text)}
    return {"value": found.series.format_figure(row, text)}


def measured_cell(
    figure: UsedFigure, found: AreaFound, rule: SearchRule, text: Text
) -> Mapping[str, Any]:
    """The measured number with as many decimals as show on which side of the threshold it is."""
    if figure.why and figure.value != figure.value:
        return {"absent": text(figure.why)}
    if figure.status:
        return {"value": text(f"status.{figure.status}"), "holds": figure.holds}
    digits = compare(figure.value, rule.threshold).decimals
    unit = unit_of_measure(rule.measure, found.series)
    if rule.measure is SearchMeasure.RATE:
        return {"value": text.limited(text.number(figure.value, digits, fixed=True), figure.limit),
                "holds": figure.holds}  # fmt: skip
    sign = "+" if figure.value > 0 and rule.measure is not SearchMeasure.VALUE else ""
    words = sign + text.quantity(figure.value, unit, digits, fixed=True)
    return {"value": text.limited(words, figure.limit), "holds": figure.holds}


def reasons_in_words(found: AreaFound, text: Text) -> Iterator[str]:
    """`2025: not available`, each once."""
    yield from dict.fromkeys(f"{text.period(period)}: {text(why)}" for why, period in found.reasons)


def compare_matching(result: SearchResult) -> Iterator[html.P]:
    """The areas that match as a chart."""
    matching = result.with_outcome(SearchOutcome.MATCHES)
    if not matching:
        yield html.P(result.context.text("find.none"), className="absent")
        return
    view = result.context.view.lasting_choices
    href = view.link(COMPARE_PATH, indicator=series_name(result.rule.parsed),
                     areas=",".join(found.area for found in matching), area="")  # fmt: skip
    yield html.P(page_link(result.context.text("find.compare_matching"), href=href))
