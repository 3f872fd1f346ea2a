"""What merged cells mean: the text of a block applies to every row that it covers."""

from collections.abc import Iterable, Iterator

from metrics.core.cells import cell_address
from metrics.intake.reading.issues import ReadIssue
from metrics.intake.reading.numbers import cell_text
from metrics.intake.workbook import MergedCells, Sheet


def clear_covered_cells(sheet: Sheet) -> list[ReadIssue]:
    """Empty the cells under merged cells, as nobody sees what they hold, and report them.

    A number is named; a text is not, as it may be about a person.
    """
    issues = []
    for row, column in _covered_cells(sheet):
        cell = sheet.rows[row][column]
        if cell is not None:
            sheet.rows[row][column] = None
            number = "" if isinstance(cell, str) else cell_text(cell)
            address = sheet.name, cell_address(row, column)
            issues.append(ReadIssue("covered_cell_not_read", *address, understood=number))
    return issues


def _covered_cells(sheet: Sheet) -> Iterator[tuple[int, int]]:
    for block in sheet.merged:
        for row in range(block.top, min(block.bottom + 1, len(sheet.rows))):
            for column in range(block.left, min(block.right + 1, len(sheet.rows[row]))):
                if (row, column) != (block.top, block.left):
                    yield row, column


def blocks_over_rows(
    merged: Iterable[MergedCells], column: int, first: int, last: int
) -> Iterator[MergedCells]:
    """The merged cells that begin in a column and cover several of these rows, `last` excluded."""
    end = first
    for block in sorted(merged):
        if block.left == column and end <= block.top < min(block.bottom, last - 1):
            end = block.bottom + 1
            yield block._replace(bottom=min(block.bottom, last - 1))
