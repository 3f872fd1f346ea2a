"""The reports of a State as a sentence."""

from collections.abc import Sequence

from dashboard.context import PageContext
from dashboard.keyed_rows import Record
from dashboard.released.reporting import (
    AWAITED_ANSWER,
    LATE_ANSWER,
    MISSING_ANSWER,
    ON_TIME_ANSWER,
)
from dashboard.texts import Text


def finding_of_state(reports: Sequence[Record], context: PageContext) -> str:
    """`Greece reported on time in 5 of 6 rounds; late in 2025 (12 days)`."""
    text = context.text
    closed = [report for report in reports if report["status"] != AWAITED_ANSWER]
    on_time = sum(report["status"] == ON_TIME_ANSWER for report in closed)
    names = {"state": text.code("area", context.view.area), "all": text.number(len(closed), 0)}
    late = [f"{report['round']} ({days_in_words(report, text)})"
            for report in closed if report["status"] == LATE_ANSWER]  # fmt: skip
    missing = [str(report["round"]) for report in closed if report["status"] == MISSING_ANSWER]
    clauses = [
        text("reporting.state_late", rounds=", ".join(late)) if late else "",
        text("reporting.state_missing", rounds=", ".join(missing)) if missing else "",
    ]
    return text.listed([text.counted("reporting.finding_state", on_time, **names), *clauses])


def days_in_words(report: Record, text: Text) -> str:
    return text.counted("reporting.days", int(report["days_late"]))
