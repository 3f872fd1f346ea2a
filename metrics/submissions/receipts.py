"""The receipt of a submission, which can be asked for again as long as the register keeps it."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd
from pydantic import TypeAdapter

from metrics.core.errors import UnknownNameError
from metrics.intake.finding_texts import CONTESTED, EXPLAINED, group_findings
from metrics.intake.findings import Finding, FindingGroup, Severity
from metrics.intake.grouped_texts import NO_TEXTS, FreeTexts
from metrics.submissions.desk import Desk
from metrics.submissions.ledger import ExaminationReport, Submission
from metrics.submissions.partial_reports import is_carried
from metrics.submissions.refusals import FINDINGS
from metrics.submissions.validity import Validity
from metrics.submissions.vintages import compare_vintages, count_changes, drop_keys_of

TEXTS = TypeAdapter(FreeTexts)


@dataclass(frozen=True)
class Receipt:
    """What was received, what it changed, what was found in it, and its current state."""

    submission: Submission
    validity: Validity
    changes: pd.DataFrame  # as `compare_vintages` gives them, without carried figures
    findings: tuple[Finding, ...] | None  # None if they are not known
    texts: FreeTexts = NO_TEXTS  # of which the sender confirmed that they change no figure

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many figures are new, changed, unchanged and removed."""
        return count_changes(self.changes)

    @cached_property
    def groups(self) -> tuple[FindingGroup, ...]:
        return tuple(group_findings(self.findings or ()))

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings or ())

    @property
    def answered(self) -> int:
        """How many warnings the sender explained or contested."""
        values = (finding.values for finding in self.findings or ())
        return sum(bool(given.get(EXPLAINED) or given.get(CONTESTED)) for given in values)


def receipt_number(submission: Submission) -> str:
    """`empact-cse/2025/FI/2026-11-29T1512Z`."""
    return f"{submission.collection}/{submission.name}"


def read_receipt(desk: Desk, number: str) -> Receipt:
    """The receipt with a number; UnknownNameError if there is none."""
    collection = number.partition("/")[0]
    submissions = [] if desk.store.is_new else desk.ledger.submissions(collection)
    found = next((one for one in submissions if receipt_number(one) == number), None)
    if found is None:
        raise UnknownNameError("no_receipt", receipt=number)
    validity = desk.validity_of(submissions)[found.key]
    changes = changes_through(desk, found)
    if found.is_withdrawal:
        return Receipt(found, validity, changes, ())
    report = desk.ledger.report(found)
    findings = FINDINGS.validate_python(report.findings) if report else None
    return Receipt(found, validity, changes, findings, confirmed_texts(report))


def find_receipts(desk: Desk, digest: str) -> list[Submission]:
    """The submissions of a file by its digest as sent or kept, the newest first."""
    is_known = digest and not desk.store.is_new
    found = desk.ledger.submissions(digest=digest) if is_known else []
    return sorted(found, key=lambda one: one.vintage, reverse=True)


def changes_through(desk: Desk, submission: Submission) -> pd.DataFrame:
    """What a submission changed of the one before it, without the figures that it left alone."""
    before = desk.store.vintage_before(submission)
    pair = [submission, *([before] if before else [])]
    now, *earlier = (table for _, table in desk.accepted.observations(pair))
    carried = is_carried(now)
    previous = drop_keys_of(earlier[0], now[carried]) if earlier else now.head(0)
    return compare_vintages(previous, now[~carried])


def confirmed_texts(report: ExaminationReport | None) -> FreeTexts:
    """The texts beside figures that the sender confirmed; none if they were not asked about."""
    return TEXTS.validate_python(report.texts) if report and report.texts else NO_TEXTS
