"""The findings in a refused file, which is not kept, for others who send the same bytes."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from pydantic import TypeAdapter
from sqlalchemy import select

from metrics.core.errors import KeyedText
from metrics.intake.findings import Finding
from metrics.submissions.examination import Examination, Outcome
from metrics.submissions.ledger import ExaminationReport, Ledger
from metrics.submissions.submission_store import MOMENT, UploadedFile

REFUSALS = (Outcome.IDENTIFYING, Outcome.UNREADABLE)
REMEMBERED = timedelta(hours=1)
FINDINGS = TypeAdapter(tuple[Finding, ...])


def find_refusal(ledger: Ledger, digest: str, language: str) -> Examination | None:
    """Find the examination of a file that was refused within the last hour."""
    since = f"{datetime.now(UTC) - REMEMBERED:{MOMENT}}"
    wanted = (
        select(ExaminationReport)
        .where(ExaminationReport.digest == digest, ExaminationReport.received_at >= since)
        .where(ExaminationReport.outcome.in_(REFUSALS))
        .order_by(ExaminationReport.received_at.desc())
    )
    with ledger.reading() as session:
        report = session.scalars(wanted).first()
    return examination_of_report(report, language) if report else None


def _refusal_of_report(report: ExaminationReport) -> KeyedText | None:
    """Why a file could not be read; earlier versions kept a sentence in English."""
    with suppress(ValueError):
        return KeyedText.from_json(json.loads(report.refusal))
    return KeyedText.filled("not_readable") if report.refusal else None


def examination_of_report(report: ExaminationReport, language: str) -> Examination:
    """What was found in a file, as the ledger keeps it, without any figure."""
    return Examination(
        UploadedFile(report.file, report.digest, 0),
        Outcome(report.outcome),
        language,
        collection=report.collection,
        area=report.area,
        round=report.round,
        refusal=_refusal_of_report(report),
        findings=FINDINGS.validate_python(report.findings),
    )
