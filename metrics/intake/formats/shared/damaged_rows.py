"""Refuse text files in which line ends were lost or added, so that rows are joined or cut."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from metrics.core.errors import UnreadableError

Row = Sequence[str | None]

FEWEST_CELLS = 2
YEAR_CELL = re.compile(r"\s*(?:19|20)\d\d\b.{0,4}")
KEY = re.compile(r"(?=.*[^\W\d]).{1,100}")
NUMBER_CELL = re.compile(r"\s*-?\d[\d.,\s]*%?\s*")
SHORTEST_KEY = 6  # letters of the first two cells of a row together


@dataclass
class SeparatedTable:
    """Rows without an empty line between them, from the first one with several cells."""

    first: int  # the number of the row of headings, from 1
    rows: list[Row] = field(default_factory=list)

    @property
    def headings(self) -> Row:
        return self.rows[0]

    def numbered(self) -> Iterator[tuple[int, Row]]:
        return enumerate(self.rows, self.first)


def refuse_damaged_rows(rows: Sequence[Row]) -> None:
    """UnreadableError where a row holds the beginning of another, or is only the rest of one."""
    for table in _tables(rows):
        _refuse_row_in_headings(table)
        _refuse_joined_rows(table)
        _refuse_cut_rows(table)
        _refuse_lone_numbers(table)


def _tables(rows: Sequence[Row]) -> Iterator[SeparatedTable]:
    table: SeparatedTable | None = None
    for number, row in enumerate(rows, 1):
        filled = sum(cell is not None for cell in row)
        if not filled and table:
            yield table
            table = None
        elif filled >= FEWEST_CELLS and table is None:
            table = SeparatedTable(number)
        if table:
            table.rows.append(row)
    if table:
        yield table


def _refuse_row_in_headings(table: SeparatedTable) -> None:
    """Headings of empty columns are data if they are figures, or a lone year."""
    filled = max(map(_filled_width, table.rows[1:]), default=0)
    used, surplus = table.headings[:filled], table.headings[filled:]
    figures = [cell for cell in surplus if cell and NUMBER_CELL.fullmatch(cell)]
    if any(cell and YEAR_CELL.fullmatch(cell) for cell in used):
        figures = [cell for cell in figures if not YEAR_CELL.fullmatch(cell)]
    if figures and filled >= FEWEST_CELLS:
        raise _joined_rows_error(table.first)


def _filled_width(row: Row) -> int:
    return max((position for position, cell in enumerate(row, 1) if cell is not None), default=0)


def _refuse_joined_rows(table: SeparatedTable) -> None:
    """A row that goes on, after its beginning, with the first two cells of a row."""
    keys = {_key_head(row[0]) for row in table.rows[1:] if row and row[0]} - {""}
    lengths = sorted({len(key) for key in keys})
    seconds = {row[1] for row in table.rows[1:] if len(row) > 1 and row[1]}
    for number, row in table.numbered():
        for cell, following in pairwise(row[1:]):
            if not cell or not following or following not in seconds:
                continue
            if head := _key_head(cell):
                key = next((head[-length:] for length in lengths if head[-length:] in keys), "")
                if key and len(key) + len(following) * (key != head) >= SHORTEST_KEY:
                    raise _joined_rows_error(number)


def _key_head(cell: str) -> str:
    """The part of a key before its breakdowns; empty if it is no word."""
    head = cell.partition("[")[0]
    return head if KEY.fullmatch(head) else ""


def _refuse_cut_rows(table: SeparatedTable) -> None:
    """Short rows, one after the other, that together have as many cells as a row has."""
    lengths = Counter(len(row) for row in table.rows[1:])
    for width in {len(table.headings), *[length for length, _ in lengths.most_common(1)]}:
        for run in _runs_of_short_rows(table, width):
            rests = _rests(table, run, width)
            if rests and not _fits_columns(table, rests, run):
                raise _cut_row_error(table.first + rests[0])


def _runs_of_short_rows(table: SeparatedTable, width: int) -> Iterator[list[int]]:
    """The positions of the rows below the headings that are shorter, each run of them by itself."""
    run: list[int] = []
    for position, row in enumerate(table.rows[1:], 1):
        if len(row) < width:
            run.append(position)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _rests(table: SeparatedTable, run: Sequence[int], width: int) -> list[int]:
    """The rows of a run that continue the one before; none if the run is not made of whole rows."""
    rests, cells = [], 0
    for position in run:
        if cells:
            rests.append(position)
        cells += len(table.rows[position]) - bool(cells)
        if cells == width:
            cells = 0
    return [] if cells else rests


def _fits_columns(table: SeparatedTable, rests: Sequence[int], run: Sequence[int]) -> bool:
    """Whether a row has a text that another row, which is whole, has in the same column."""
    apart = {*run}
    known = {
        (column, cell)
        for position, row in enumerate(table.rows)
        if position not in apart
        for column, cell in enumerate(row)
        if cell is not None
    }
    return any(known.intersection(enumerate(table.rows[position])) for position in rests)


def _refuse_lone_numbers(table: SeparatedTable) -> None:
    """A number alone on its line, where rows begin with a text, is the rest of a value."""
    if any(row[0] and NUMBER_CELL.fullmatch(row[0]) for row in table.rows if len(row) > 1):
        return
    for number, row in table.numbered():
        alone = row[0] if len(row) == 1 else None
        if alone and NUMBER_CELL.fullmatch(alone) and not YEAR_CELL.fullmatch(alone):
            raise _cut_row_error(number)


def _joined_rows_error(row: int) -> UnreadableError:
    return UnreadableError("rows_joined", row=row)


def _cut_row_error(row: int) -> UnreadableError:
    return UnreadableError("row_cut", row=row)
