"""The rule of a search as a form: each choice has a place in the address of the result."""

from collections.abc import Iterator, Mapping

from dash import dcc, html

from dashboard.components.comparison.choices import indicator_options, part_picker_of, series_name
from dashboard.components.layout import Drawn, attributes, page_link
from dashboard.components.pickers import labelled_links, picker
from dashboard.contents.rule_search import SearchResult
from dashboard.contents.search_rule import (
    MOST_YEARS_SEARCHED,
    SearchMatch,
    SearchMeasure,
    SearchRelation,
)
from dashboard.contents.searched_figures import unit_of_measure
from dashboard.texts import Text
from metrics.core.verdicts import Status
from metrics.messages.sentences import with_capital

FIND_PATH = "/find"
# What the form keeps of the address and offers no choice of.
KEPT = ("lang", "collection", "release", "goal", "indicator")


def search_choices(result: SearchResult) -> html.Div:
    context, text = result.context, result.context.text
    parsed = result.rule.parsed
    names = indicator_options(context)
    shown_name = series_name(parsed)
    main = next((name for name in names if name.partition("[")[0] == parsed.indicator), shown_name)
    pickers = [picker("indicator", text("goal.indicator"), names, main),
               *part_picker_of(parsed, context)]  # fmt: skip
    return html.Div(
        [html.Div(pickers, className="filters"), measure_choice(result), rule_form(result)],
        className="card compare-choices",
    )


def measure_choice(result: SearchResult) -> html.Div:
    """The measures that the series has, as links: each begins with its usual threshold."""
    text, view = result.context.text, result.context.view
    links = [
        html.Span(measure_label(measure, text), className="current",
                  **attributes(aria_current="true"))
        if measure is result.rule.measure
        else page_link(measure_label(measure, text),
                       href=view.link(FIND_PATH, unit=measure, threshold=""))
        for measure in result.measures
    ]  # fmt: skip
    return labelled_links(text("find.measure"), links)


def measure_label(measure: str, text: Text) -> str:
    words = text(f"find.measure_{measure}")
    return with_capital(words)


def rule_form(result: SearchResult) -> html.Form:
    """A native form, which needs no script: the browser writes the choices into the address."""
    rule, text = result.rule, result.context.text
    kept = {name: getattr(result.context.view, name) for name in KEPT}
    kept |= {"indicator": series_name(rule.parsed), "unit": str(rule.measure)}
    hidden = [dcc.Input(type="hidden", name=name, value=value, id=f"find-{name}")
              for name, value in kept.items() if value]  # fmt: skip
    years = {str(n): text.number(n, 0) for n in range(1, MOST_YEARS_SEARCHED + 1)}
    until = {year: year for year in result.years}
    matches = {str(match): text(f"find.match_{match}") for match in SearchMatch}
    fields = [
        *condition_fields(result),
        form_list("last", text("find.last"), years, str(len(rule.periods))),
        form_list("period", text("find.until"), until, rule.periods[-1]),
        form_list("match", text("find.match"), matches, str(rule.match)),
        html.Button(text("find.submit"), type="submit", className="button"),
    ]
    return html.Form(
        [*hidden, *fields], action=FIND_PATH, method="GET", className="rule-form",
        **attributes(aria_label=text("find.ask")),
    )  # fmt: skip


def condition_fields(result: SearchResult) -> Iterator[Drawn]:
    """A status, or a comparison with a threshold in the unit of the measure."""
    rule, text = result.rule, result.context.text
    if rule.measure is SearchMeasure.STATUS:
        statuses = {str(status): text(f"status.{status}") for status in Status
                    if status is not Status.NOT_ASSESSED}  # fmt: skip
        yield form_list("status", text("find.status"), statuses, rule.status)
        return
    relations = {str(relation): text(f"find.relation_{relation}") for relation in SearchRelation}
    yield form_list("relation", text("find.relation"), relations, str(rule.relation))
    unit = text.unit(unit_of_measure(rule.measure, result.series))
    label = f"{text('find.threshold')} ({unit})"
    box = dcc.Input(type="text", name="threshold", value=plain_number(rule.threshold, text),
                    id="find-threshold")  # fmt: skip
    yield html.Label([html.Span(label, className="picker-label"), box], className="form-field")


def plain_number(number: float, text: Text) -> str:
    """The number as a reader of the language types it, without thousands separators."""
    written = str(int(number)) if number.is_integer() else repr(number)
    return written.replace(".", text.separators[0])


def form_list(name: str, label: str, options: Mapping[str, str], chosen: str) -> html.Label:
    listed = [html.Option(words, value=value, selected=value == chosen)
              for value, words in options.items()]  # fmt: skip
    return html.Label(
        [html.Span(label, className="picker-label"), html.Select(listed, name=name)],
        className="form-field",
    )
