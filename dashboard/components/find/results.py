"""What a search finds: areas that match, that cannot be computed, and that do not match."""

from collections.abc import Iterator, Mapping
from typing import Any

from dash import html

from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.components.comparison.choices import series_name
from dashboard.components.comparison.table import flag_of
from dashboard.components.definition_links import about_address
from dashboard.components.html_block import html_block
from dashboard.components.layout import page_link
from dashboard.contents.comparison import COMPARE_PATH
from dashboard.contents.rule_search import (
    AreaFound,
    SearchOutcome,
    SearchResult,
)
from dashboard.contents.search_in_words import (
    decimals_of_growth,
    figure_cell,
    has_own_column,
    measured_cell,
    reasons_in_words,
)
from dashboard.released.series import has_value
from dashboard.texts import Text
from metrics.messages.sentences import with_capital


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
        "measure": with_capital(measure),
        "why": text("find.why"),
    }
    return html_block(
        "search_results.html", heads=heads, groups=groups, has_measure=has_own_column(rule),
        caption=text("find.result"), uncomputed_note=text("find.suppressed_note"),
        letters=letters_in_use(result), about=about_address(result.context),
    )  # fmt: skip


def row_of_area(found: AreaFound, result: SearchResult) -> Mapping[str, Any]:
    rule, text = result.rule, result.context.text
    decimals = decimals_of_growth(result)
    view = result.context.view.lasting_choices
    href = view.link(GOAL_PATH, indicator=series_name(rule.parsed), area=found.area,
                     goal=rule.goal.code if rule.goal else "")  # fmt: skip
    return {
        "name": text.code("area", found.area),
        "href": href,
        "figures": [
            {**figure_cell(found, year, text), "flag": flag_of_year(found, year, text)}
            for year in rule.years_of_figures
        ],
        "measured": [measured_cell(figure, found, rule, text, decimals) for figure in found.used],
        "why": text.listed(reasons_in_words(found, text)),
    }


def flag_of_year(found: AreaFound, year: str, text: Text) -> Mapping[str, str] | None:
    """The letter of a qualified figure and its meaning, as in a comparison."""
    row = found.figures.get(year)
    return flag_of(row, text) if row is not None and has_value(row) else None


def letters_in_use(result: SearchResult) -> str:
    """`p provisional value; u low reliability`."""
    text, years = result.context.text, result.rule.years_of_figures
    flags = (flag_of_year(found, year, text) for found in result.areas for year in years)
    return text.listed(sorted({f"{flag['letter']} {flag['words']}" for flag in flags if flag}))


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
