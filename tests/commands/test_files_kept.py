"""A workbook that somebody may have filled in is never written over."""

from pathlib import Path

import pytest

from metrics.commands import WORKBOOK, give
from metrics.errors import MetricsError


def test_a_workbook_is_not_written_over(tmp_path: Path) -> None:
    filled = tmp_path / "FI.xlsx"
    filled.write_bytes(WORKBOOK + b"filled in")
    with pytest.raises(MetricsError, match=r"FI\.xlsx exists and is not overwritten"):
        give(WORKBOOK + b"empty", filled)
    assert filled.read_bytes() == WORKBOOK + b"filled in"


def test_text_is_written_anew(tmp_path: Path) -> None:
    page = tmp_path / "catalogue.md"
    page.write_text("old", encoding="utf-8")
    give(b"new", page)
    assert page.read_text(encoding="utf-8") == "new"
