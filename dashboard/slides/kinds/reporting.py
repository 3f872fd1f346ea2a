"""Who has not answered a round, or was late; of one State, its answers to every round."""

from collections.abc import Sequence

from dashboard.contents.reporting_in_words import (
    days_of_report,
    finding_of_round,
    finding_of_state,
)
from dashboard.context import PageContext
from dashboard.released.reporting import (
    MISSING_ANSWER,
    NOT_ON_TIME,
    ON_TIME_ANSWER,
    ReportingRecord,
    reporting_record,
)
from dashboard.rows_by_key import Record
from dashboard.slides.content import SlideContent, SlideKind, SlideRequest
from dashboard.slides.listed_rows import ListedRows, ListFinding, content_of_rows, rows_listed
from dashboard.texts import Text
from dashboard.wording.series_facts import MIDDLE_DOT
from metrics.core.errors import SubmissionError
from metrics.core.tables import EU

REPORTING_PAGE = "/reporting"
WIDTHS = (2.0, 1.6, 1.2, 1.2, 1.0)


def read_reporting(request: SlideRequest) -> list[SlideContent]:
    context = request.context
    record = reporting_record(context.release)
    view, text = context.view, context.text
    if context.is_published or not record.rounds:
        name = context.collection.name(context.language)
        why = text("reporting.nobody_asked", collection=name)
        raise SubmissionError("deck_nothing_there", why=why)
    area = "" if view.area == EU else view.area
    codes = [str(row["round"]) for row in record.rounds]
    refuse_unknown_choice("round", view.round, codes, text)
    refuse_unknown_choice("area", area, record.areas, text)
    if area:
        return [content_of_state(request, record, area)]
    return [content_of_round(request, record, view.round or record.latest_closed)]


def refuse_unknown_choice(name: str, value: str, known: Sequence[str], text: Text) -> None:
    if value and value not in known:
        why = text("missing.choice", value=value, what=text(f"choice.{name}"))
        raise SubmissionError("deck_nothing_there", why=why)


def content_of_round(request: SlideRequest, record: ReportingRecord, code: str) -> SlideContent:
    """The States that are not on time; those that are have a number alone."""
    context, text = request.context, request.context.text
    found = [row for answer in NOT_ON_TIME for row in record.with_answer(answer, code)]
    title = title_of_round(code, record, context)
    on_time = record.with_answer(ON_TIME_ANSWER, code)
    counted = text.counted("slides.on_time", len(on_time), round=code)
    finding = ListFinding(title, MIDDLE_DOT.join([text("reporting.menu"), code]), (counted,))
    rows = [[text.code("area", row["area"]), *words_of_report(row, text)] for row in found]
    heads = [text("reporting.state"), *heads_of_reports(text)]
    listed = ListedRows(
        text("reporting.caption"), heads, rows[: rows_listed(len(rows))], WIDTHS, len(rows)
    )
    return content_of_rows(request, finding, listed)


def content_of_state(request: SlideRequest, record: ReportingRecord, area: str) -> SlideContent:
    text = request.context.text
    found = record.of_area(area)
    title = finding_of_state(found, request.context)
    finding = ListFinding(title, MIDDLE_DOT.join([text("reporting.menu"), text.code("area", area)]))
    rows = [[str(row["round"]), *words_of_report(row, text)] for row in found]
    heads = [text("choice.round"), *heads_of_reports(text)]
    latest = rows[-rows_listed(len(rows)) :]
    listed = ListedRows(text("reporting.caption"), heads, latest, WIDTHS, len(rows))
    return content_of_rows(request, finding, listed)


def title_of_round(code: str, record: ReportingRecord, context: PageContext) -> str:
    """As on the page, with the codes of the States that are missing."""
    missing = [str(report["area"]) for report in record.with_answer(MISSING_ANSWER, code)]
    finding = finding_of_round(code, record, context)
    return f"{finding}: {', '.join(missing)}" if missing else finding


def heads_of_reports(text: Text) -> list[str]:
    return [text(f"slides.report_{name}") for name in ("answer", "due", "received", "late")]


def words_of_report(row: Record, text: Text) -> list[str]:
    days = days_of_report(row, text)
    return [text(f"reporting.{row['status']}"), days.due, days.received, days.late_by]


REPORTING_SLIDE = SlideKind("reporting", read_reporting, paths=(REPORTING_PAGE,), is_usual=True)
