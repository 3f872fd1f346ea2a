"""How warnings were explained: kept with the report of a submission, offered again next round."""

from collections.abc import Iterable

import pandas as pd

from metrics.intake.rules import EXPLAINED
from metrics.submissions.ledger import ExaminationReport, Submission

PLACE = ("collection", "round", "area")
COLUMNS = [*PLACE, "vintage", "state", "sheet", "cell", "rule", EXPLAINED]
CELL = ["collection", "submission", "sheet", "cell"]


def explanations(
    submissions: Iterable[Submission], reports: Iterable[ExaminationReport]
) -> pd.DataFrame:
    """One row for each warning that a remark explained, in the order of the submissions."""
    found = {_about(each): each for each in reports}
    rows = [
        {**row, "submission": each.name}
        for each in submissions
        if (report := found.get(_about(each)))
        for row in _of(each, report)
    ]
    return pd.DataFrame(rows, columns=[*COLUMNS, "submission"]).astype("str")


def unreported(
    submissions: Iterable[Submission], reports: Iterable[ExaminationReport]
) -> Iterable[Submission]:
    """Those of which the ledger does not know what they were told."""
    known = {_about(each) for each in reports}
    return [each for each in submissions if _about(each) not in known]


def _about(each: Submission | ExaminationReport) -> tuple[str, str, str, str]:
    return each.digest, each.collection, each.round, each.area


def _of(submission: Submission, report: ExaminationReport) -> Iterable[dict[str, str]]:
    belongs = {name: getattr(submission, name) for name in (*PLACE, "vintage", "state")}
    for each in report.findings:
        if said := each["values"].get(EXPLAINED):
            place = {name: each[name] for name in ("sheet", "cell", "rule")}
            yield {**belongs, **place, EXPLAINED: said}


def with_explanations(observations: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Accepted observations with the remark that explained a warning, `""` where none did."""
    remarks = known[[*CELL, EXPLAINED]].drop_duplicates(CELL)
    said = observations.merge(remarks, on=CELL, how="left")
    return said.assign(**{EXPLAINED: said[EXPLAINED].fillna("").astype("str")})
