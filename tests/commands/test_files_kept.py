"""A workbook that somebody may have filled in is never written over."""

from pathlib import Path

import pytest

from metrics.commands import WORKBOOK, write_output
from metrics.core.errors import MetricsError, UnknownNameError
from metrics.submissions.desk import Desk


def test_a_workbook_is_not_written_over(tmp_path: Path) -> None:
    filled = tmp_path / "FI.xlsx"
    filled.write_bytes(WORKBOOK + b"filled in")
    with pytest.raises(MetricsError, match=r"FI\.xlsx exists and is not overwritten"):
        write_output(WORKBOOK + b"empty", filled)
    assert filled.read_bytes() == WORKBOOK + b"filled in"


def test_text_is_written_anew(tmp_path: Path) -> None:
    page = tmp_path / "catalogue.md"
    page.write_text("old", encoding="utf-8")
    write_output(b"new", page)
    assert page.read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize("area", ["US", "EU27_2020"])
def test_only_a_member_state_is_given_a_workbook_to_fill_in(tmp_path: Path, area: str) -> None:
    with pytest.raises(UnknownNameError, match=f"“{area}” is not a Member State"):
        Desk(tmp_path).template("empact-cse", area, "2025")
