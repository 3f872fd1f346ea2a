"""Where the tables are on a sheet: found by the words of their headings, wherever they stand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, groupby

from metrics.intake.reading.headings import Heading, as_period, heading, may_head, period_of
from metrics.intake.reading.numbers import as_typed
from metrics.intake.workbook import Sheet

# A row of headings names a key and something that is said of it.
KEYS = {"observations": ("series", "indicator"), "actions": ("description",)}
SAID = {
    "observations": ("value",),
    "actions": ("policy_target", "goals", "status", "timeframe", "progress"),
}
KEY_ROLES = {role for roles in KEYS.values() for role in roles}
# Fewer recognised headings than this are a text that happens to hold such words.
HEADINGS_OF_A_BROKEN_HEADER = 3

# A sheet with more different tables than this is no form that anybody filled in.
MOST_TABLES = 200

Row = Sequence[object]


@dataclass(frozen=True)
class Column:
    """One column of a table: where its heading stands, and what it says."""

    index: int
    header_row: int
    typed: str
    heading: Heading | None

    @property
    def role(self) -> str:
        return self.heading.role if self.heading else ""

    @property
    def period(self) -> str:
        return self.heading.period if self.heading else ""


@dataclass(frozen=True)
class Table:
    """A header and the rows below it, up to the next header; rows count from 0."""

    sheet: Sheet
    kind: str
    columns: tuple[Column, ...]
    top: int  # the first row of its header
    first: int  # the first row below it
    last: int  # the row after its last
    repeats: frozenset[int] = frozenset()  # rows that say its header again, as for print

    def of(self, role: str) -> list[Column]:
        return [column for column in self.columns if column.role == role]

    @property
    def key(self) -> Column:
        """The column that names what a row is about."""
        return self.one(*KEYS[self.kind]) or self.columns[0]

    def one(self, *roles: str) -> Column | None:
        """The first column of a role; the first of several roles that is there."""
        return next((column for role in roles for column in self.of(role)), None)


@dataclass(frozen=True)
class Header:
    """The rows that head a table, joined to one heading a column."""

    kind: str
    columns: tuple[Column, ...]
    top: int
    first: int

    @property
    def missing(self) -> str:
        """The column without which the table cannot be read; empty where none is missing."""
        roles = {column.role for column in self.columns}
        if not roles & {*KEYS[self.kind]}:
            return KEYS[self.kind][0]
        return "" if roles & {*SAID[self.kind]} else SAID[self.kind][0]

    @property
    def recognised(self) -> int:
        return sum(1 for column in self.columns if column.heading)


@dataclass(frozen=True)
class Layout:
    """What was found on one sheet."""

    sheet: Sheet
    tables: tuple[Table, ...]
    broken: tuple[Header, ...]  # headers that lack a column

    def of(self, kind: str) -> list[Table]:
        return [table for table in self.tables if table.kind == kind]


def layout(sheet: Sheet) -> Layout:
    """The tables of a sheet, also several below or beside one another."""
    headers = [*_headers(sheet.rows)]
    whole = (each for each in headers if not each.missing)
    groups = [[*same] for _, same in groupby(whole, _words)]
    if len(groups) > MOST_TABLES:
        return Layout(sheet, (), ())
    broken = tuple(each for each in headers if each.missing)
    return Layout(sheet, tuple(_tables(sheet, groups)), broken)


def _tables(sheet: Sheet, groups: Sequence[Sequence[Header]]) -> Iterator[Table]:
    """Each goes down to the header of the next."""
    ends = [*(group[0].top for group in groups), len(sheet.rows)][1:]
    for group, end in zip(groups, ends, strict=True):
        for part in _side_by_side(group[0]):
            yield Table(sheet, part.kind, part.columns, part.top, part.first, end, _repeats(group))


def _words(header: Header) -> tuple[object, ...]:
    """Headers that say the same in the same columns head one table."""
    return (header.kind, *((column.index, column.typed) for column in header.columns))


def _repeats(headers: Sequence[Header]) -> frozenset[int]:
    return frozenset(row for header in headers[1:] for row in range(header.top, header.first))


def squared(rows: Sequence[Row]) -> list[list[object]]:
    """Rows of one length, in which a cell without anything visible is None."""
    width = max(map(len, rows), default=0)
    return [
        [cell if type(cell) is not str or (cell and not cell.isspace()) else None for cell in row]
        + [None] * (width - len(row))
        for row in rows
    ]


def _headers(rows: Sequence[Row]) -> Iterator[Header]:
    below = 0
    for number in _candidates(rows):
        if number < below:
            continue
        headers = [_header(rows, number, kind) for kind in KEYS]
        # The kind of which more headings were recognised, as both may be called "Area".
        best = max(headers, key=lambda header: (not header.missing, header.recognised))
        if not best.missing or best.recognised >= HEADINGS_OF_A_BROKEN_HEADER:
            below = best.first
            yield best


def _candidates(rows: Sequence[Row]) -> list[int]:
    """Rows with a key's heading or two others: sought among the different texts of the sheet."""
    keys, words = _that_head({cell for row in rows for cell in row if type(cell) is str})
    return [
        number
        for number, row in enumerate(rows)
        if not keys.isdisjoint(row) or _some_of(row, words) > 1
    ]


def _that_head(texts: Iterable[str]) -> tuple[set[str], set[str]]:
    """Those that head a key, and all that head any column; a period alone does not count."""
    roles = {text: _roles(text) for text in texts if may_head(text)}
    words = {text for text, named in roles.items() if named and not period_of(text)}
    return {text for text in words if roles[text] & KEY_ROLES}, words


def _roles(text: str) -> set[str]:
    return {found.role for kind in KEYS if (found := heading(text, kind))}


def _some_of(row: Row, words: set[str]) -> int:
    # Most rows hold none, which is found out without looking at what each cell is.
    found = () if words.isdisjoint(row) else row
    return sum(1 for cell in found if type(cell) is str and cell in words)


def _is_period(cell: object) -> bool:
    return cell is not None and not isinstance(cell, bool) and bool(as_period(cell))


def _header(rows: Sequence[Row], number: int, kind: str) -> Header:
    """The header at a row, with the periods that may stand in the row above or below it."""
    nothing = [None] * len(rows[number])
    above, below = _above(rows, number), _below(rows, number, kind)
    cells = zip(above or nothing, rows[number], below or nothing, strict=True)
    columns = [
        _column(index, number + (parts[2] is not None), parts, kind)
        for index, parts in enumerate(cells)
    ]
    first = number + (2 if below else 1)
    return Header(kind, tuple(filter(None, columns)), number - bool(above), first)


def _column(index: int, row: int, parts: tuple[object, ...], kind: str) -> Column | None:
    """One heading of up to three cells: the period above, the words, the period below."""
    if parts[1] is None and parts[2] is None:
        return None
    typed = " ".join(_written(part) for part in parts if part is not None)
    own = " ".join(_written(part) for part in parts[1:] if part is not None)
    return Column(index, row, own, heading(typed, kind) or heading(own, kind))


def _written(cell: object) -> str:
    """A period as it is stored, also where the cell holds the number 2024 or a date."""
    return as_period(cell) if isinstance(cell, float | int | date) else as_typed(cell)


def _only_periods(row: Row) -> bool:
    filled = [cell for cell in row if cell is not None]
    return bool(filled) and all(map(_is_period, filled))


def _above(rows: Sequence[Row], number: int) -> Row:
    """The row above, where it says of which periods the columns are."""
    row = rows[number - 1] if number else ()
    # A merged cell holds its text only once, on the left.
    spread: Iterator[object] = accumulate(row, lambda left, cell: left if cell is None else cell)
    return [*spread] if _only_periods(row) else ()


def _below(rows: Sequence[Row], number: int, kind: str) -> Row:
    """The next row, where it still belongs to the header: periods under a merged `Value`."""
    row = next(iter(rows[number + 1 : number + 2]), ())
    if kind != "observations" or not _only_periods(row):
        return ()
    keys = _keys_of(rows[number], kind)
    return row if keys and all(row[index] is None for index in keys) else ()


def _keys_of(row: Row, kind: str) -> list[int]:
    texts = ((index, cell) for index, cell in enumerate(row) if isinstance(cell, str))
    named = ((index, heading(cell, kind)) for index, cell in texts)
    return [index for index, found in named if found and found.role in KEYS[kind]]


def _side_by_side(header: Header) -> Iterator[Header]:
    """The tables that stand beside one another, parted by a column without heading."""
    parts = [
        Header(header.kind, tuple(columns), header.top, header.first)
        for columns in _neighbours(header.columns)
    ]
    whole = [part for part in parts if not part.missing]
    yield from whole if len(whole) > 1 else [header]


def _neighbours(columns: Iterable[Column]) -> list[list[Column]]:
    ordered = enumerate(columns)
    runs = groupby(ordered, key=lambda each: each[1].index - each[0])
    return [[column for _, column in run] for _, run in runs]


def counted(sheet: Sheet) -> int:
    """The cells of a sheet that hold anything."""
    return sum(len(row) - row.count(None) for row in sheet.rows)
