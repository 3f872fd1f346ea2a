"""Explanations of warnings and of contested findings: kept with a report, offered next round."""

from collections.abc import Iterable, Iterator

import pandas as pd

from metrics.intake.finding_texts import CONTESTED, EXPLAINED
from metrics.intake.rules import current_rule_name
from metrics.submissions.ledger import ExaminationReport, Submission

SUBMISSION_KEY_COLUMNS = ("collection", "round", "area")
EXPLANATION_COLUMNS = [
    *SUBMISSION_KEY_COLUMNS, "vintage", "state", "sheet", "cell", "rule", EXPLAINED, "submission",
]  # fmt: skip
EXPLAINED_CELL_KEY = ["collection", "submission", "sheet", "cell"]


def explanations_table(
    submissions: Iterable[Submission], reports: Iterable[ExaminationReport]
) -> pd.DataFrame:
    """One row for each warning explained by a remark, in the order of the submissions."""
    known = {_report_key(report): report for report in reports}
    rows = [
        row
        for submission in submissions
        if (report := known.get(_report_key(submission)))
        for row in _explained_warnings(submission, report)
    ]
    return pd.DataFrame(rows, columns=EXPLANATION_COLUMNS).astype("str")


def submissions_without_report(
    submissions: Iterable[Submission], reports: Iterable[ExaminationReport]
) -> list[Submission]:
    """The submissions that have no report, such as those recovered from the archive."""
    known = {_report_key(report) for report in reports}
    return [submission for submission in submissions if _report_key(submission) not in known]


def add_explanations(observations: pd.DataFrame, explanations: pd.DataFrame) -> pd.DataFrame:
    """Add to accepted observations the remark that explained a warning, or `""`."""
    remarks = explanations[[*EXPLAINED_CELL_KEY, EXPLAINED]].drop_duplicates(EXPLAINED_CELL_KEY)
    explained = observations.merge(remarks, on=EXPLAINED_CELL_KEY, how="left")
    return explained.assign(**{EXPLAINED: explained[EXPLAINED].fillna("").astype("str")})


def _report_key(entry: Submission | ExaminationReport) -> tuple[str, str, str, str]:
    return entry.digest, entry.collection, entry.round, entry.area


def _explained_warnings(
    submission: Submission, report: ExaminationReport
) -> Iterator[dict[str, str]]:
    for finding in report.findings:
        values = finding["values"]
        if remark := values.get(EXPLAINED) or values.get(CONTESTED):
            names = (*SUBMISSION_KEY_COLUMNS, "vintage", "state")
            yield {
                **{name: getattr(submission, name) for name in names},
                "submission": submission.name,
                **{name: finding[name] for name in ("sheet", "cell")},
                "rule": current_rule_name(finding["rule"]),
                EXPLAINED: remark,
            }
