"""What merged cells mean: the text of a block applies to every row that it covers."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

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
    """Cells within a block that do not begin it, row by row; blocks may overlap."""
    height, width = len(sheet.rows), max(map(len, sheet.rows), default=0)
    blocks = [block for block in sheet.merged if block.top < height and block.left < width]
    if not blocks:
        return
    for row, covered in enumerate(_count_blocks(blocks, height, width) > 0):
        for column in np.flatnonzero(covered[: len(sheet.rows[row])]):
            yield row, int(column)


def _count_blocks(blocks: Sequence[MergedCells], height: int, width: int) -> npt.NDArray[np.int32]:
    """How many of the blocks that do not begin there cover each cell.

    Each block changes four numbers, whose sums over rows and columns are the counts: the work is
    that of the cells and the blocks, not of one times the other.
    """
    top, left, bottom, right = np.array(blocks).T
    below, beside = np.minimum(bottom + 1, height), np.minimum(right + 1, width)
    counts = np.zeros((height + 1, width + 1), dtype=np.int32)
    for rows, columns, change in (
        (top, left, 1), (below, left, -1), (top, beside, -1), (below, beside, 1),
    ):  # fmt: skip
        np.add.at(counts, (rows, columns), change)
    counts.cumsum(axis=0, out=counts).cumsum(axis=1, out=counts)
    np.subtract.at(counts, (top, left), 1)
    return counts[:height, :width]


def blocks_over_rows(sheet: Sheet, column: int, first: int, last: int) -> Iterator[MergedCells]:
    """The merged cells that begin in a column and cover several of these rows, `last` excluded."""
    end = first
    for block in sheet.merged_by_column.get(column, ()):
        if end <= block.top < min(block.bottom, last - 1):
            end = block.bottom + 1
            yield block._replace(bottom=min(block.bottom, last - 1))
