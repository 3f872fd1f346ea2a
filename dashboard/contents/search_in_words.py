"""A search by a rule as a sentence, and what it finds in an area as words of a table."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from dashboard.charts.marks import why_absent
from dashboard.contents.rule_search import AreaFound, SearchOutcome, SearchResult
from dashboard.contents.search_rule import SearchMatch, SearchMeasure, SearchRule
from dashboard.contents.searched_figures import UsedFigure, side_of, unit_of_measure
from dashboard.rounding import MOST_DECIMALS, Comparison, compare, decimals_in, round_for_print
from dashboard.texts import Text
from metrics.catalogue.codelists import member_states


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


def refused_in_words(result: SearchResult, key: str = "find.no_measure") -> str:
    """Which measure the series does not have, if the address names one; else empty."""
    if not result.refused:
        return ""
    text = result.context.text
    measure = text(f"find.measure_{result.refused}")
    return text(key, name=result.series.title(text), measure=measure)


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


def has_own_column(rule: SearchRule) -> bool:
    """Whether the measure is another number than the figure itself."""
    return rule.measure is not SearchMeasure.VALUE


def figure_cell(found: AreaFound, year: str, text: Text) -> Mapping[str, str]:
    row = found.figures.get(year)
    if row is None:
        return {"absent": text("absent.not_reported")}
    if row["value"] != row["value"]:
        return {"absent": why_absent(row, text)}
    return {"value": found.series.format_figure(row, text)}


def decimals_of_growth(result: SearchResult) -> int:
    """Of all yearly changes that are found, as many as any needs; other measures have their own."""
    if result.rule.measure is not SearchMeasure.CHANGE:
        return 0
    numbers = (
        printed_measure(figure, result.rule.threshold)
        for found in result.areas
        for figure in found.used
        if figure.value == figure.value and not (figure.why or figure.no_change)
    )
    return max((number.decimals for number in numbers), default=0)


def measured_cell(
    figure: UsedFigure, found: AreaFound, rule: SearchRule, text: Text, decimals: int = 0
) -> Mapping[str, Any]:
    """The measured number in the unit of the threshold, with at least so many decimals."""
    if figure.why and figure.value != figure.value:
        return {"absent": text(figure.why)}
    if figure.status:
        return {"value": text(f"status.{figure.status}"), "holds": figure.holds}
    if figure.no_change:
        return {"value": text(figure.no_change), "holds": figure.holds}
    printed = printed_measure(figure, rule.threshold)
    number, digits, fixed = printed.value, printed.decimals, printed.is_fixed
    if digits < decimals:
        number, digits = round_for_print(figure.value, decimals), decimals
    fixed = fixed or bool(decimals)
    unit = unit_of_measure(rule.measure, found.series)
    if rule.measure is SearchMeasure.RATE:
        return {"value": text.limited(text.number(number, digits, fixed=fixed), figure.limit),
                "holds": figure.holds}  # fmt: skip
    sign = "+" if number > 0 and rule.measure is not SearchMeasure.VALUE else ""
    words = sign + text.quantity(number, unit, digits, fixed=fixed)
    return {"value": text.limited(words, figure.limit), "holds": figure.holds}


def printed_measure(figure: UsedFigure, threshold: float) -> Comparison:
    """As the page of the goal prints it; more exact where that hides on which side it is."""
    usual = figure.printed
    is_shown = usual and side_of(float(usual.value), threshold) == side_of(figure.value, threshold)
    if usual and is_shown:
        return usual
    return replace(compare(figure.value, threshold), is_fixed=True)


def reasons_in_words(found: AreaFound, text: Text) -> Iterator[str]:
    """`2025: not available`, each once."""
    yield from dict.fromkeys(f"{text.period(period)}: {text(why)}" for why, period in found.reasons)
