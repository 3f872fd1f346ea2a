"""The reports of a round or of a State as a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.context import PageContext
from dashboard.released.reporting import (
    AWAITED_ANSWER,
    LATE_ANSWER,
    MISSING_ANSWER,
    ON_TIME_ANSWER,
    WITHDRAWN_ANSWER,
    ReportingRecord,
    is_closed,
)
from dashboard.rows_by_key import Record
from dashboard.texts import Text


def finding_of_round(code: str, record: ReportingRecord, context: PageContext) -> str:
    """`3 of 27 Member States have not reported for 2025`; which these are is not in it."""
    text, row = context.text, record.round_of(code)
    missing = len(record.with_answer(MISSING_ANSWER, code))
    asked = sum(own == code for _, own in record.reports)
    words = {"round": code, "all": text.number(asked, 0)}
    if not is_closed(row):
        day = text.date(row["due"])
        return text.counted("reporting.finding_open", int(row[ON_TIME_ANSWER]), day=day, **words)
    if missing:
        return text.counted("reporting.finding_missing", missing, **words)
    withdrawn = row[WITHDRAWN_ANSWER]
    return text(
        "reporting.finding_withdrawn" if withdrawn else "reporting.finding_complete", **words
    )


def finding_of_state(reports: Sequence[Record], context: PageContext) -> str:
    """`Greece reported on time in 5 of 6 rounds; late in 2025 (12 days)`."""
    text, closed = context.text, closed_reports(reports)
    late = [f"{report['round']} ({days_in_words(report, text)})"
            for report in closed if report["status"] == LATE_ANSWER]  # fmt: skip
    missing = [str(report["round"]) for report in closed if report["status"] == MISSING_ANSWER]
    clauses = [
        text("reporting.state_late", rounds=", ".join(late)) if late else "",
        text("reporting.state_missing", rounds=", ".join(missing)) if missing else "",
    ]
    return text.listed([on_time_in_words(reports, context), *clauses])


def on_time_in_words(reports: Sequence[Record], context: PageContext) -> str:
    """`Greece reported on time in 5 of 6 rounds`, of those that are closed."""
    text, closed = context.text, closed_reports(reports)
    on_time = sum(report["status"] == ON_TIME_ANSWER for report in closed)
    names = {"state": text.code("area", context.view.area), "all": text.number(len(closed), 0)}
    return text.counted("reporting.finding_state", on_time, **names)


def closed_reports(reports: Sequence[Record]) -> list[Record]:
    return [report for report in reports if report["status"] != AWAITED_ANSWER]


@dataclass(frozen=True)
class ReportDays:
    """When a report was due and received, and how late it is, in a narrow table."""

    due: str
    received: str
    late_by: str


def days_of_report(report: Record, text: Text) -> ReportDays:
    """`31 Mar 2026`, `12 Apr 2026`, `12 days`; a dash for what there is not."""
    due, received = (
        text.date(report[name], width="medium") if report[name] else "–"
        for name in ("due", "received")
    )
    is_late = report["status"] == LATE_ANSWER
    return ReportDays(due, received, days_in_words(report, text) if is_late else "–")


def days_in_words(report: Record, text: Text) -> str:
    return text.counted("reporting.days", int(report["days_late"]))
