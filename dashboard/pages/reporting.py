"""Reporting: who has answered which round, who was late, and who is missing now."""

from collections.abc import Iterator, Sequence
from typing import Any

from dash import html

from dashboard.components.downloads import file_links
from dashboard.components.frame import frame, without_unknown
from dashboard.components.guide_links import guide_link
from dashboard.components.layout import Drawn, filters, join_links, page_link
from dashboard.components.notes import no_release, source_line
from dashboard.components.page_registry import register_page
from dashboard.components.pickers import picker
from dashboard.components.records.reporting import (
    REPORTING_PATH,
    record_table,
    reports_table,
)
from dashboard.components.release_filters import release_choices
from dashboard.contents.reporting_in_words import (
    days_in_words,
    finding_of_round,
    finding_of_state,
)
from dashboard.context import PageContext, resolve_context
from dashboard.released.reporting import (
    LATE_ANSWER,
    MISSING_ANSWER,
    NOT_ON_TIME,
    ReportingRecord,
    next_round,
    reporting_record,
)
from dashboard.rows_by_key import Record
from dashboard.view import View
from metrics.core.tables import EU

register_page(__name__, REPORTING_PATH, order=36, is_kept=True, slides=("reporting",))

MOST_MISSING_NAMED = 8  # States in the heading; all of them are below it


def layout(**query: str) -> html.Div:
    asked = resolve_context(View.from_query(query))
    known = without_unknown(asked)
    record = reporting_record(known.release)
    if known.release is None or known.is_published or not record.rounds:
        return frame(REPORTING_PATH, asked, [*not_asked(known)], html.Div(html.H1(why_none(known))))
    context = with_reports(record, known)
    title = html.H1(reporting_finding(record, context))
    stated = html.Div([title, reporting_subtitle(record, context)])
    heading = html.Div([stated, reporting_filters(record, context)], className="record-head")
    body = [*choices_without_reports(record, known), *reporting_sections(record, context)]
    return frame(REPORTING_PATH, asked, body, heading, of_release=False, lasting={})


def with_reports(record: ReportingRecord, context: PageContext) -> PageContext:
    """The context without a round that has not opened, and without an area that does not report."""
    view = context.view
    codes = {row["round"] for row in record.rounds}
    return context.with_changes(
        area=view.area if view.area in record.areas else "",
        round=view.round if view.round in codes else "",
    )


def choices_without_reports(record: ReportingRecord, context: PageContext) -> Iterator[html.P]:
    """What says that a round has not opened, or that an area does not report."""
    text, view, reported = context.text, context.view, with_reports(record, context).view
    if view.round != reported.round:
        turn = next(turn for turn in context.collection.rounds if turn.code == view.round)
        words = text("reporting.not_open", round=turn.code, opens=text.date(turn.opens))
        yield html.P(words, role="alert", className="absent")
    if view.area not in {reported.area, EU}:
        words = text("reporting.not_a_reporter", area=text.code("area", view.area))
        yield html.P(words, role="alert", className="absent")


def why_none(context: PageContext) -> str:
    """Why there are no reports: nobody is asked for any, no round has opened, or no release."""
    name = context.collection.name(context.language)
    if context.release is None:
        return context.text("reporting.title")
    key = "reporting.nobody_asked" if context.is_published else "reporting.no_round"
    return context.text(key, collection=name)


def not_asked(context: PageContext) -> Iterator[Any]:
    """What a page without reports shows: where its figures come from, or what to do."""
    text = context.text
    if context.release is None:
        yield no_release(context)
        return
    if context.is_published:
        yield html.P(text("reporting.published"), className="lead")
    yield html.P(source_line(context), className="source")


def reporting_finding(record: ReportingRecord, context: PageContext) -> list[Drawn]:
    """Who is missing in the latest round that has closed, or in the chosen one; or one State."""
    if context.view.area:
        return [finding_of_state(record.of_area(context.view.area), context)]
    code = context.view.round or record.latest_closed
    finding = finding_of_round(code, record, context)
    missing = record.with_answer(MISSING_ANSWER, code)
    names = join_links(names_of_missing(missing, context), context.text)
    return [f"{finding}: ", *names] if missing else [finding]


def names_of_missing(missing: Sequence[Record], context: PageContext) -> list[Drawn]:
    links = [state_page_link(report, context) for report in missing[:MOST_MISSING_NAMED]]
    others = len(missing) - len(links)
    return [*links, *([context.text.counted("reporting.others", others)] if others else [])]


def reporting_subtitle(record: ReportingRecord, context: PageContext) -> html.Div:
    """Who was late or withdrew in the round of the heading, and what is due next."""
    stated = html.Dl([*facts(record, context)], className="record-facts")
    return html.Div([stated, release_choices(context)], className="record-subtitle")


def facts(record: ReportingRecord, context: PageContext) -> Iterator[Drawn]:
    text, code = context.text, context.view.round or record.latest_closed
    for answer in NOT_ON_TIME:
        reports = record.with_answer(answer, code)
        is_in_heading = answer == MISSING_ANSWER and len(reports) <= MOST_MISSING_NAMED
        if reports and not context.view.area and not is_in_heading:
            yield html.Dt(
                text("reporting.answer_in", answer=text(f"reporting.{answer}"), round=code)
            )
            yield html.Dd(join_links([named_report(report, context) for report in reports], text))
    ahead = next_round(record, context.collection.rounds)
    if ahead:
        days = {"opens": text.date(ahead.opens), "due": text.date(ahead.due)}
        yield html.Dt(text("reporting.next"))
        yield html.Dd(text("reporting.next_round", round=ahead.code, **days))


def named_report(report: Record, context: PageContext) -> Drawn:
    """A State, with the days of a late report."""
    link = state_page_link(report, context)
    if report["status"] != LATE_ANSWER:
        return link
    return html.Span([link, f" ({days_in_words(report, context.text)})"])


def state_page_link(report: Record, context: PageContext) -> Drawn:
    area = report["area"]
    href = context.view.lasting_choices.link("/state", area=area)
    return page_link(context.text.code("area", area), href=href)


def reporting_sections(record: ReportingRecord, context: PageContext) -> Iterator[Any]:
    text = context.text
    yield reports_as_asked(record, context)
    yield html.P(text("reporting.note"), className="quiet")
    yield html.P([*file_links(("reporting", "timeliness"), context)])
    yield guide_link("policy-officer", context)
    yield html.P(source_line(context), className="source")


def reporting_filters(record: ReportingRecord, context: PageContext) -> html.Div:
    text = context.text
    areas = {"": text("reporting.all_states")} | {
        area: text.code("area", area) for area in record.areas
    }
    rounds = {"": text("reporting.all_rounds")} | {
        row["round"]: row["round"] for row in reversed(record.rounds)
    }
    return filters(
        picker("area", text("state.area"), areas, context.view.area),
        picker("round", text("reporting.round"), rounds, context.view.round),
    )


def reports_as_asked(record: ReportingRecord, context: PageContext) -> html.Div:
    """Every State and round; of one State or round, each report with its days."""
    text, state, code = context.text, context.view.area, context.view.round
    if state:
        reports = [row for row in record.of_area(state) if code in {"", row["round"]}]
        caption = text("reporting.caption_state", state=text.code("area", state))
        return reports_table(reports, "round", caption, context)
    if code:
        found = (record.reports.get((area, code)) for area in record.areas)
        reports = [row for row in found if row is not None]
        return reports_table(reports, "state", text("reporting.caption_round", round=code), context)
    return record_table(record, context)
