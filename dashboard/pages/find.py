"""Find areas by a rule: a measure, a comparison, a threshold, and a run of years."""

from collections.abc import Iterator
from typing import Any

from dash import html

from dashboard.addresses.alternatives import UnavailableError
from dashboard.components.downloads import file_links
from dashboard.components.find.form import FIND_PATH, search_choices
from dashboard.components.find.results import compare_matching, search_results
from dashboard.components.frame import FILTERS, MANNERS, frame, without_unknown
from dashboard.components.notes import caveats, no_release, source_line
from dashboard.components.page_registry import answer_as_missing, register_page
from dashboard.components.release_choice import folded_release_choice
from dashboard.components.release_filters import drop_unknown
from dashboard.components.unavailable import unavailable_card
from dashboard.contents.rule_search import SearchResult, choices_of_searches, search_areas
from dashboard.contents.search_in_words import (
    finding_of_search,
    refused_in_words,
    rule_in_words,
    threshold_in_words,
)
from dashboard.contents.search_rule import SearchMeasure
from dashboard.context import PageContext, resolve_context
from dashboard.view import View
from dashboard.wording.rate_reasons import why_no_rate
from metrics.core.series import format_series

SEARCH_CHOICES = tuple(name for name in (*FILTERS, *MANNERS) if name != "status")
NO_SERIES = dict.fromkeys(("goal", "indicator", "unit", "period"), "")


def find_title(context: PageContext) -> str:
    """`Find: victims identified, yearly change below 10 %, in each of 2024, 2025`."""
    text = context.text
    if context.release is None:
        return text("find.title")
    try:
        result = search_areas(without_unknown(context, SEARCH_CHOICES))
    except UnavailableError:
        return text("missing.title")
    name = result.series.title(text)
    return f"{text('find.menu')}: {name}, {rule_in_words(result)}"


register_page(__name__, FIND_PATH, order=60, title=find_title, is_kept=True, slides=("search",))


def layout(**query: str) -> html.Div:
    asked = resolve_context(View.from_query(query))
    context = without_unknown(asked, SEARCH_CHOICES)
    if context.release is None:
        return frame(FIND_PATH, asked, [no_release(context)])
    context, notices = drop_unknown(context, choices_of_searches(context))
    try:
        result = search_areas(context)
    except UnavailableError as missing:
        answer_as_missing()
        card = unavailable_card(missing, context.text)
        return frame(FIND_PATH, asked, [card, *usual_choices(context)])
    heading = html.Div([html.H1(finding_of_search(result)), folded_release_choice(context)])
    body = [*notices, *search_sections(result)]
    rule, searched = result.rule, result.rule.parsed
    lasting = {
        "indicator": format_series(searched.indicator, searched.component, searched.codes),
        "unit": str(rule.measure),
        "relation": str(rule.relation),
        "threshold": f"{rule.threshold:g}",
        "last": str(len(rule.periods)),
        "match": str(rule.match),
        "period": rule.periods[-1],
    }
    return frame(FIND_PATH, asked, body, heading, of_release=False, lasting=lasting)


def usual_choices(context: PageContext) -> Iterator[html.Div]:
    """The form as it is without a choice, beside a series that cannot be searched."""
    try:
        yield search_choices(search_areas(context.with_changes(**NO_SERIES)))
    except UnavailableError:
        return


def search_sections(result: SearchResult) -> Iterator[Any]:
    context, text = result.context, result.context.text
    name = result.series.title(text)
    yield html.P(name, className="lead")
    if result.refused:
        words = refused_in_words(result)
        if result.refused == SearchMeasure.RATE:
            words = f"{why_no_rate(result.series, text)} {words}"
        yield html.P(words, role="alert", className="absent")
    if result.unread:
        words = text("find.no_number", value=result.unread, threshold=threshold_in_words(result))
        yield html.P(words, role="alert", className="absent")
    yield search_choices(result)
    yield html.P(finding_of_search(result), role="status", className="visually-hidden")
    yield from compare_matching(result)
    yield search_results(result)
    yield html.P(text("find.exact"), className="quiet")
    if result.rule.measure is SearchMeasure.CHANGE:
        yield html.P(text("find.not_clear"), className="quiet")
    yield from caveats(result.series, text)
    yield html.P(source_line(context), className="source")
    yield html.P([*file_links(["search"], context)])
