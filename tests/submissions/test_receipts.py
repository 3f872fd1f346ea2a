"""A receipt says what a submission changed, and can be asked for again."""

from pathlib import Path

import pytest

from metrics.core.errors import UnknownNameError
from metrics.intake.findings import Severity
from metrics.submissions.desk import Desk, RequestedScope
from metrics.submissions.ledger import Submission
from metrics.submissions.receipts import find_receipts, read_receipt, receipt_number
from tests.submitted import FINLAND, csv

REASON = "counted twice by mistake"


def kept(desk: Desk, path: Path, scope: RequestedScope = FINLAND) -> Submission:
    submission = desk.submit(path, **scope).submission
    assert submission is not None
    return submission


def test_a_receipt_counts_what_was_changed_by_each_kind_of_entry(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "home")
    part = tmp_path / "part.csv"
    part.write_text("series,period,value\nINVESTIGATIONS_OPENED,2024,140\n")
    first = kept(desk, csv(tmp_path / "1.csv"))
    second = kept(desk, csv(tmp_path / "2.csv", INVESTIGATIONS_OPENED="130"))
    third = kept(desk, part, FINLAND | {"extent": "part"})
    fourth = desk.withdraw(third, REASON, ["ICSE_VICTIMS FI 2024"])
    fifth = desk.withdraw(fourth, REASON)

    receipts = [read_receipt(desk, receipt_number(one))
                for one in (first, second, third, fourth, fifth)]  # fmt: skip

    kinds = [{name: n for name, n in receipt.counts.items() if n} for receipt in receipts]
    assert kinds == [
        {"new": 4}, {"changed": 1, "unchanged": 3}, {"changed": 1}, {"removed": 1}, {"removed": 3},
    ]  # fmt: skip
    assert [receipt.count(Severity.ERROR) for receipt in receipts] == [0] * 5
    assert receipts[0].findings
    assert receipts[4].findings == ()


def test_a_receipt_is_found_by_the_digest_of_the_file_as_sent(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "home")
    submission = kept(desk, csv(tmp_path / "1.csv"))

    assert find_receipts(desk, submission.sent_digest or "") == [submission]
    assert find_receipts(desk, "") == []


def test_an_unknown_receipt_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="no receipt “empact-cse/2024/FI/1”"):
        read_receipt(Desk(tmp_path), "empact-cse/2024/FI/1")
