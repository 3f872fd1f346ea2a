"""The figures of a comparison: latest value, change and status beside the chart, and all years."""

from collections.abc import Mapping
from typing import Any

from dash import html

from dashboard import theme
from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.charts.marks import dated_status
from dashboard.components.definition_links import about_address
from dashboard.components.html_block import html_block
from dashboard.contents.comparison import SeriesComparison
from dashboard.contents.comparison_chart import comparison_title, decimals_of_comparison
from dashboard.released.compared_series import (
    ComparedSeries,
    ComparisonUnit,
    is_reserved,
    why_not_compared_since,
)
from dashboard.released.goal_statuses import status_of_series
from dashboard.released.printed_changes import points_in_words
from dashboard.released.unclear_changes import why_unclear
from dashboard.texts import Text
from dashboard.wording.status_ages import age_note
from dashboard.wording.status_reasons import not_assessed_reason
from metrics.catalogue.codelists.units import POINTS
from metrics.core.tables import BREAK

DECIMALS_OF_CHANGE = 1


def comparison_table(comparison: SeriesComparison) -> html.Div:
    text = comparison.context.text
    decimals = decimals_of_comparison(comparison)
    heads = {
        "area": text("goal.indicator" if comparison.second else "overview.area"),
        "latest": text("compare.latest"),
        "year": text("scoreboard.period"),
        "change": text("compare.change_since", base=comparison.base) if has_change(comparison)
        else "",
        "status": text("scoreboard.status"),
        "all_years": text("compare.all_years"),
    }  # fmt: skip
    rows = [row_of_series(at, series, comparison, decimals)
            for at, series in enumerate(comparison.drawn)]  # fmt: skip
    caption = text("compare.caption", name=comparison_title(comparison))
    return html_block(
        "comparison.html", caption=caption, heads=heads, rows=rows, periods=comparison.periods,
        flags=flags_in_words(comparison), has_status=any(row["status"] for row in rows),
        is_drawn=comparison.is_drawn, is_of_indicators=comparison.second is not None,
        about=about_address(comparison.context),
    )  # fmt: skip


def has_change(comparison: SeriesComparison) -> bool:
    """Whether a change since the base year says more than the figures do."""
    return bool(comparison.base) and comparison.unit is not ComparisonUnit.CHANGE


def row_of_series(
    position: int, series: ComparedSeries, comparison: SeriesComparison, decimals: int
) -> Mapping[str, Any]:
    text, view = comparison.context.text, comparison.context.view.lasting_choices
    latest, own, status = series.last, series.series, status_of_series(series.series)
    apart = status.period if latest and status.period != latest["period"] else ""
    return {
        "mark": position % len(theme.SYMBOLS),
        "name": f"{series.letter} {series.name}" if comparison.second else series.name,
        "href": view.link(GOAL_PATH, indicator=series.series.name, area=series.area),
        "latest": series.format(latest, text, decimals) if latest else "–",
        "flag": flag_of(latest, text) if latest else None,
        "period": text.period(latest["period"]) if latest else "",
        "change": change_since_base_in_words(series, comparison),
        "status": status.mark if own.official else "",
        "status_word": dated_status(status.mark, apart, text, last=status.last)
        if own.official
        else "",
        "status_note": not_assessed_reason(own.official, text) or age_note(own.official, text),
        "cells": [cell_of_period(series, year, text, decimals) for year in comparison.periods],
    }  # fmt: skip


def change_since_base_in_words(series: ComparedSeries, comparison: SeriesComparison) -> str:
    """`+46.0 %` from the released change, or why there is none; a dash in the base year itself."""
    row, text = series.change, comparison.context.text
    if row is None:
        return why_no_change(series, comparison)
    if row["base_period"] == row["period"]:
        return "–"
    if why := why_unclear(row):
        return text(why)
    if series.change_unit == POINTS:
        return text.limited(points_in_words(series.series, row, text), row["limit"])
    sign = "+" if row["change"] > 0 else ""
    words = sign + text.quantity(row["change"], series.change_unit, DECIMALS_OF_CHANGE, fixed=True)
    return text.limited(words, row["limit"])


def why_no_change(series: ComparedSeries, comparison: SeriesComparison) -> str:
    """`break in the series`, `suppressed`: what keeps the latest figure from the base year."""
    if series.last is None:
        return "–"
    period, context = str(series.last["period"]), comparison.context
    why = why_not_compared_since(series, period, context.release)
    return context.text(why) if why else "–"


def cell_of_period(
    series: ComparedSeries, period: str, text: Text, decimals: int
) -> Mapping[str, Any]:
    row = next((row for row in series.figures if row["period"] == period), None)
    if row is None or row["why"]:
        return {"absent": text(row["why"] if row else "absent.not_reported")}
    return {"value": series.format(row, text, decimals), "flag": flag_of(row, text)}


def flag_of(row: Mapping[str, Any], text: Text) -> Mapping[str, str] | None:
    """The letter of a qualified figure and its meaning: `p`, provisional value."""
    status = str(row["observation_status"] or "")
    if not (is_reserved(row) or status == BREAK):
        return None
    return {
        "letter": status.lower(),
        "code": status,
        "words": text.code("observation_status", status),
    }


def flags_in_words(comparison: SeriesComparison) -> str:
    """`p provisional value; e estimated value`: the letters in use."""
    text = comparison.context.text
    found = {flag["letter"]: flag["words"] for series in comparison.drawn for row in series.known
             if (flag := flag_of(row, text))}  # fmt: skip
    return text.listed(f"{letter} {words}" for letter, words in sorted(found.items()))
