"""What a workbook holds comes out as it was typed, whatever wrote the file."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from metrics.errors import UnreadableError
from metrics.model import Special
from metrics.unpack import unpack


def test_a_value_keeps_the_place_it_has_in_the_submitters_file(tmp_path: Path) -> None:
    path = tmp_path / "figures.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Data").write("F17", 12)
    rows = unpack(path).sheets[0].rows
    assert rows[16][5] == 12.0


def test_an_error_cell_is_told_apart_from_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "figures.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Data").write_formula("A1", "=1/0", None, "#DIV/0!")
    assert unpack(path).sheets[0].rows == [[Special("error", "#DIV/0!")]]


def test_a_date_stays_a_date(tmp_path: Path) -> None:
    path = tmp_path / "figures.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "dd.mm.yyyy"}) as book:
        book.add_worksheet("Data").write("A1", date(2024, 3, 1))
    assert unpack(path).sheets[0].rows == [[date(2024, 3, 1)]]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"absent\.xlsx is not there"):
        unpack(tmp_path / "absent.xlsx")
