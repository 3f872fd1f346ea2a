"""Rows without content cost next to nothing, however many there are."""

from pathlib import Path
from time import process_time

import pytest

from metrics.intake.reading.layout import find_layout, square_rows
from metrics.intake.reading.table_body import TableBody
from metrics.intake.sandbox import unpack
from metrics.intake.workbook import MergedCells, Sheet
from tests.hostile import spreadsheet, zipped

HEADER: list[object] = ["indicator", "area", "period", "value"]
MANY = 100_000


def rows_with_gap(gap: int, figures: int = 1) -> list[list[object]]:
    row: list[object] = ["ICSE_VICTIMS", "FI", "2024", 14.0]
    return [HEADER, *[row] * figures, *([] for _ in range(gap)), row]


def seconds_to_read(rows: list[list[object]]) -> float:
    began = process_time()
    (table,) = find_layout(Sheet("Figures", square_rows(rows))).tables
    assert len(TableBody.from_table(table)) >= 2
    return process_time() - began


def test_empty_rows_cost_a_fraction_of_rows_with_figures() -> None:
    empty = min(seconds_to_read(rows_with_gap(MANY)) for _ in range(3))

    assert empty < 0.6 * seconds_to_read(rows_with_gap(0, figures=MANY))


GAP = 1_000_000
LAST = b'<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
EMPTY = b'<table:table-row table:number-rows-repeated="%d"><table:table-cell/></table:table-row>'


@pytest.mark.parametrize("suffix", [".ods", ".csv"])
def test_a_file_of_a_million_empty_rows_is_read_within_the_limits(
    tmp_path: Path, suffix: str
) -> None:
    """Time and memory are those of any small file: the kernel would end the reader."""
    path = tmp_path / f"fi{suffix}"
    if suffix == ".ods":
        zipped(path, spreadsheet(EMPTY % GAP + LAST))
    else:
        path.write_bytes(b"a;b\n" + b"\n" * (GAP - 1) + b"1;2\n")

    (sheet,) = unpack(path).sheets

    assert len(sheet.rows) == GAP + 1
    assert [value for value in sheet.rows[GAP - 1] if value is not None] == []


def test_a_row_keeps_its_number_behind_empty_ones() -> None:
    (table,) = find_layout(Sheet("Figures", square_rows(rows_with_gap(1000)))).tables

    assert TableBody.from_table(table).numbers == [1, 1002]


def test_an_empty_merged_cell_takes_nothing_from_the_row_below() -> None:
    row = ["ICSE_VICTIMS", "FI", "2024", 14.0]
    rows = square_rows([HEADER, [None] * 4, row, row])
    sheet = Sheet("Figures", rows, merged=(MergedCells(1, 1, 2, 1),))
    (table,) = find_layout(sheet).tables
    area = next(column for column in table.columns if column.typed == "area")

    assert TableBody.from_table(table).cells(area) == ["FI", "FI"]
