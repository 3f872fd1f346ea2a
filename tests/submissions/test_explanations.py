"""How warnings were explained, also those that an earlier version reported by other names."""

from typing import Any

import pytest

from metrics.intake.rules import RENAMED_RULES, rules
from metrics.submissions.explanations import explanations_table
from metrics.submissions.ledger import ExaminationReport, Submission

FINDING = {"sheet": "GA-1", "cell": "F7", "values": {"explained": "A large operation ended."}}
SENT = "2026-03-01T09:00:00Z"
BELONGS: dict[str, Any] = {
    "collection": "sample", "round": "2025", "area": "FI", "digest": "a" * 64,
    "file": "FI.xlsx", "received_at": SENT,
}  # fmt: skip


@pytest.mark.parametrize(("before", "now"), [*RENAMED_RULES.items(), ("fraction_of_whole",) * 2])
def test_a_rule_goes_by_the_name_that_it_has_now(before: str, now: str) -> None:
    submission = Submission(
        **BELONGS, vintage="2026-03-01T0900Z", state="current", format="xlsx", size=1, key="k"
    )
    report = ExaminationReport(
        **BELONGS, outcome="accepted", refusal="", findings=[{**FINDING, "rule": before}]
    )

    table = explanations_table([submission], [report])

    assert table["rule"].tolist() == [now]
    assert now in rules()
