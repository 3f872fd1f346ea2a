"""Find the tables of a sheet by the words of their headings, anywhere on the sheet."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate, groupby

from metrics.catalogue.codelists import find_code, fold_spelling, fold_text
from metrics.catalogue.indicators import indicators
from metrics.core.tables import BREAKDOWNS
from metrics.intake.reading.headings import (
    PUNCTUATION,
    Heading,
    may_be_heading,
    parse_heading,
    parse_period,
    period_in_text,
)
from metrics.intake.reading.numbers import cell_text
from metrics.intake.reading.numbers_with_text import STATUS_FLAGS
from metrics.intake.reading.years_and_parts import is_heading_of_parts
from metrics.intake.templates import words_meaning
from metrics.intake.workbook import Sheet

# A row of headings contains a key column and one of the other columns.
KEY_ROLES = {"observations": ("series", "indicator"), "actions": ("description",)}
VALUE_ROLES = {
    "observations": ("value",),
    "actions": ("policy_target", "goals", "status", "timeframe", "progress"),
}
ANY_KEY_ROLES = {role for roles in KEY_ROLES.values() for role in roles}
PART_OF_YEAR = "part_of_year"
# With fewer known headings, a row is text that happens to contain such words.
HEADINGS_OF_A_BROKEN_HEADER = 3

# č. in Czech and Slovak: without its accent it would mean "about".
NUMBER_SIGN_WITH_ACCENT = "č"

# A sheet with more tables than this is not a form that somebody filled in.
MOST_TABLES = 200

SheetRow = Sequence[object]


@dataclass(frozen=True)
class TableColumn:
    """One column of a table, with its heading and the heading's row."""

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

    @property
    def status(self) -> str:
        return self.heading.status if self.heading else ""


@dataclass(frozen=True)
class SheetTable:
    """A header and the rows below it, down to the next header; rows count from 0."""

    sheet: Sheet
    kind: str
    columns: tuple[TableColumn, ...]
    top: int  # the first row of its header
    first: int  # the first row below it
    last: int  # the row after its last
    repeats: frozenset[int] = frozenset()  # rows that repeat its header, for example for printing

    def columns_of(self, role: str) -> list[TableColumn]:
        return [column for column in self.columns if column.role == role]

    def has_cells(self, role: str) -> bool:
        """Whether a column of the role holds something; an empty one states nothing."""
        return any(self.is_filled(column) for column in self.columns_of(role))

    def cells_of(self, column: TableColumn) -> list[object]:
        return [row[column.index] for row in self.sheet.rows[self.first : self.last]]

    def is_filled(self, column: TableColumn) -> bool:
        return any(cell is not None for cell in self.cells_of(column))

    @property
    def names_periods(self) -> bool:
        return any(column.role == "period" or column.period for column in self.columns)

    @property
    def key(self) -> TableColumn:
        """The column that identifies what a row is about."""
        return self.first_column(*KEY_ROLES[self.kind]) or self.columns[0]

    def first_column(self, *roles: str) -> TableColumn | None:
        """The first column that has one of the roles, in the order of the roles."""
        return next((column for role in roles for column in self.columns_of(role)), None)


@dataclass(frozen=True)
class TableHeader:
    """The rows that head a table, joined into one heading per column."""

    kind: str
    columns: tuple[TableColumn, ...]
    top: int
    first: int

    @property
    def missing(self) -> str:
        """The column without which the table cannot be read; empty if none is missing."""
        if not self.roles & {*KEY_ROLES[self.kind]}:
            return KEY_ROLES[self.kind][0]
        return "" if self.roles & {*VALUE_ROLES[self.kind]} else VALUE_ROLES[self.kind][0]

    @property
    def roles(self) -> set[str]:
        return {column.role for column in self.columns if column.role}

    @property
    def recognised(self) -> int:
        return sum(1 for column in self.columns if column.heading)


@dataclass(frozen=True)
class Layout:
    """The tables found on one sheet."""

    sheet: Sheet
    tables: tuple[SheetTable, ...]
    broken: tuple[TableHeader, ...]  # headers that lack a column

    def tables_of(self, kind: str) -> list[SheetTable]:
        return [table for table in self.tables if table.kind == kind]


def find_layout(sheet: Sheet) -> Layout:
    """Find the tables of a sheet, including several below or beside one another."""
    headers = [*_find_headers(sheet)]
    complete = (header for header in headers if not header.missing)
    groups = [[*repeated] for _, repeated in groupby(complete, _header_words)]
    if len(groups) > MOST_TABLES:
        return Layout(sheet, (), ())
    broken = tuple(header for header in headers if header.missing)
    return Layout(sheet, tuple(_cut_tables(sheet, groups)), broken)


def _cut_tables(sheet: Sheet, groups: Sequence[Sequence[TableHeader]]) -> Iterator[SheetTable]:
    """Each table extends down to the next header."""
    ends = [*(group[0].top for group in groups), len(sheet.rows)][1:]
    for group, end in zip(groups, ends, strict=True):
        repeats = frozenset(row for header in group[1:] for row in range(header.top, header.first))
        for part in _split_header(group[0]):
            own = _with_column_of_codes(sheet, part, end)
            columns = (*_name_parts_of_years(own), *_flag_columns(sheet, part, end))
            yield SheetTable(sheet, part.kind, columns, part.top, part.first, end, repeats)


def _with_column_of_codes(sheet: Sheet, header: TableHeader, end: int) -> Sequence[TableColumn]:
    """The columns; one with an unknown heading and codes of indicators is that of the series."""
    if header.kind != "observations" or "series" in header.roles:
        return header.columns
    codes = {own.code for own in indicators()}
    rows = sheet.rows[header.first : end]
    named = []
    for column in header.columns:
        cells = {row[column.index] for row in rows} - {None} if not column.heading else set()
        if cells and all(isinstance(cell, str) and cell.strip() in codes for cell in cells):
            named.append(column)
    if len(named) != 1:
        return header.columns
    series = replace(named[0], heading=Heading("series"))
    return [series if column is named[0] else column for column in header.columns]


def _name_parts_of_years(columns: Sequence[TableColumn]) -> Iterator[TableColumn]:
    """The columns; beside one of years, one of quarters, half-years or months has its own role."""
    periods = [column for column in columns if column.role == "period"]
    parts = [column for column in periods if is_heading_of_parts(column.typed)]
    are_divided = len(parts) == 1 and len(periods) == len(parts) + 1
    for column in columns:
        is_part = are_divided and column in parts
        yield replace(column, heading=Heading(PART_OF_YEAR)) if is_part else column


def _flag_columns(sheet: Sheet, header: TableHeader, end: int) -> Iterator[TableColumn]:
    """Columns without a heading that hold only flags, as Eurostat writes beside each year.

    Beside a column of statuses, such a column is another one of that kind.
    """
    taken = {column.index: column for column in header.columns}
    for column in header.columns:
        before = taken.get(column.index + 1, column)
        before = before if before.role == "observation_status" else column
        index = before.index + 1
        if column.role == "value" and index not in taken:
            cells = {row[index] for row in sheet.rows[header.first : end] if index < len(row)}
            if cells - {None} and cells - {None} <= {*STATUS_FLAGS}:
                heading = Heading("observation_status", before.period)
                yield TableColumn(index, column.header_row, "", heading)


def _header_words(header: TableHeader) -> tuple[object, ...]:
    """A key for headers with the same words in the same columns, which repeat one table's."""
    return (header.kind, *((column.index, column.typed) for column in header.columns))


def square_rows(rows: Sequence[SheetRow]) -> list[list[object]]:
    """Pad rows to one length, and blank cells without visible content."""
    width = max(map(len, rows), default=0)
    blank: list[object] = [None] * width  # one list for all rows without content
    return [
        [cell if type(cell) is not str or (cell and not cell.isspace()) else None for cell in row]
        + blank[len(row) :]
        if row
        else blank
        for row in rows
    ]


def _find_headers(sheet: Sheet) -> Iterator[TableHeader]:
    rows = sheet.rows
    last: TableHeader | None = None
    for number in _candidate_rows(rows):
        if last and number < last.first:
            continue
        read = (_read_header(sheet, number, kind) for kind in KEY_ROLES)
        headers = [_with_numbers_as_values(header, rows) for header in read]
        # The kind with more known headings, because both kinds may have a column "Area".
        best = max(headers, key=lambda header: (not header.missing, header.recognised))
        if best.missing and best.recognised < HEADINGS_OF_A_BROKEN_HEADER:
            continue
        if last is None or best.roles >= last.roles or _stands_apart(rows, best.top):
            last = best
            yield best


def _stands_apart(rows: Sequence[SheetRow], number: int) -> bool:
    """Whether the row above is empty or a title: other rows in a table are no headers.

    A remark such as "figure" is a heading elsewhere, and the period 2025 one of a column.
    """
    return number == 0 or len(rows[number - 1]) - rows[number - 1].count(None) <= 1


def _candidate_rows(rows: Sequence[SheetRow]) -> list[int]:
    """Rows with a key heading or two others. Each distinct text is looked up once."""
    filled = filled_rows(rows)
    keys, words = _heading_texts({cell for _, row in filled for cell in row if type(cell) is str})
    return [
        number for number, row in filled if not keys.isdisjoint(row) or _count_words(row, words) > 1
    ]


def filled_rows(rows: Sequence[SheetRow]) -> list[tuple[int, SheetRow]]:
    """The rows that hold something, with their numbers: a million others cost little."""
    return [(number, row) for number, row in enumerate(rows) if row.count(None) < len(row)]


def _heading_texts(texts: Iterable[str]) -> tuple[set[str], set[str]]:
    """Texts that are key headings, and all heading texts; a period alone does not count."""
    roles = {text: _roles_of(text) for text in texts if may_be_heading(text)}
    words = {text for text, known in roles.items() if known and not period_in_text(text)}
    return {text for text in words if roles[text] & ANY_KEY_ROLES}, words


def _roles_of(text: str) -> set[str]:
    headings = (parse_heading(text, kind) for kind in KEY_ROLES)
    return {heading.role for heading in headings if heading}


def _count_words(row: SheetRow, words: set[str]) -> int:
    # Most rows hold none, which `isdisjoint` finds fastest.
    if words.isdisjoint(row):
        return 0
    return sum(1 for cell in row if type(cell) is str and cell in words)


def _is_period(cell: object) -> bool:
    return cell is not None and not isinstance(cell, bool) and bool(parse_period(cell))


def _read_header(sheet: Sheet, number: int, kind: str) -> TableHeader:
    """The header at a row, including periods in the row above or below it."""
    rows = sheet.rows
    nothing = [None] * len(rows[number])
    above, below = _periods_above(rows, number), _headings_below(rows, number, kind)
    own_row = _spread_over_periods(sheet, number, below)
    cells = zip(above or nothing, own_row, below or nothing, strict=True)
    columns = []
    for index, (period_above, words, words_below) in enumerate(cells):
        if words is None and words_below is None:
            continue
        own = _join_heading(words, words_below)
        last = parse_period(words_below) if _is_period(words_below) else words_below
        heading = parse_heading(_join_heading(_period_of_heading(period_above), words, last), kind)
        row = number + (words_below is not None)
        columns.append(TableColumn(index, row, own, heading or parse_heading(own, kind)))
    first = number + (2 if below else 1)
    return TableHeader(kind, tuple(columns), number - bool(above), first)


def _spread_over_periods(sheet: Sheet, number: int, below: SheetRow) -> SheetRow:
    """The row of headings; what is merged over several periods stands above each of them."""
    row = sheet.rows[number]
    if not sheet.merged or not below:
        return row
    spread = [*row]
    for block in sheet.merged:
        if block.top == number:
            for index in range(block.left + 1, min(block.right + 1, len(row))):
                spread[index] = row[block.left] if _is_period(below[index]) else row[index]
    return spread


def _with_numbers_as_values(header: TableHeader, rows: Sequence[SheetRow]) -> TableHeader:
    """The header; `No.` heads the values if nothing else does, and if it does not count rows."""
    if header.kind != "observations" or header.missing != "value":
        return header
    signs = [
        column for column in header.columns if not column.heading and is_number_sign(column.typed)
    ]
    if len(signs) != 1 or not _are_figures(rows, header.first, signs[0].index):
        return header
    columns = (
        replace(column, heading=Heading("value")) if column is signs[0] else column
        for column in header.columns
    )
    return replace(header, columns=tuple(columns))


def _are_figures(rows: Sequence[SheetRow], first: int, index: int) -> bool:
    """Whether a column has whole numbers and no more, which do not count the rows.

    The first text decides, as every row of a sheet may be such a header.
    """
    texts = []
    for number in range(first, len(rows)):
        if (cell := rows[number][index]) is None:
            continue
        if not (text := cell_text(cell)).isdecimal():
            return False
        texts.append(text)
    return not counts_rows(texts)


def is_number_sign(heading: str) -> bool:
    """Whether a heading is `No.` or the like, which stands above figures or counts the rows."""
    if fold_text(heading).strip(PUNCTUATION) == NUMBER_SIGN_WITH_ACCENT:
        return True
    return fold_spelling(heading).strip(PUNCTUATION) in words_meaning("number_sign")


def counts_rows(texts: Sequence[str]) -> bool:
    """Whether texts are 1, 2, 3 and so on, or there are none."""
    return [*texts] == [str(number) for number in range(1, len(texts) + 1)]


def _join_heading(*cells: object) -> str:
    """Join cells to one text, writing the number 2024 or the first of a month as a period."""
    return " ".join(
        parse_period(cell) or cell_text(cell)
        if isinstance(cell, float | int | date)
        else cell_text(cell)
        for cell in cells
        if cell is not None
    )


def _period_of_heading(cell: object) -> str | None:
    """The period without its word: `Year: 2024` stands above a column as `2024` does."""
    return None if cell is None else parse_period(cell)


def _only_periods(row: SheetRow) -> bool:
    filled = [cell for cell in row if cell is not None]
    return bool(filled) and all(map(_is_period, filled))


def _periods_above(rows: Sequence[SheetRow], number: int) -> SheetRow:
    """The row above, if it holds only the periods of the columns."""
    row = rows[number - 1] if number else ()
    # A merged cell has its text only in its first column.
    spread: Iterator[object] = accumulate(row, lambda left, cell: left if cell is None else cell)
    return [*spread] if _only_periods(row) else ()


def _headings_below(rows: Sequence[SheetRow], number: int, kind: str) -> SheetRow:
    """The next row, if it belongs to the header: periods, sexes or the like below a `Value`."""
    row = next(iter(rows[number + 1 : number + 2]), ())
    keys = _key_columns(rows[number], kind) if kind == "observations" else []
    if not row or not keys or any(row[index] is not None for index in keys):
        return ()
    return row if _only_periods(row) or _divides_values(rows[number], row) else ()


def _divides_values(header: SheetRow, row: SheetRow) -> bool:
    """Whether a row has headings or codes of a breakdown, and no more, below values or nothing.

    `Girls | Boys | Total` below `2025`, or `2025 | Remark` below `January to June`.
    """
    pairs = [(words, cell) for words, cell in zip(header, row, strict=True) if cell is not None]
    if len(pairs) <= 1 or not all(_is_heading_or_code(cell) for _, cell in pairs):
        return False
    above = [words for words, _ in pairs if words is not None]
    known = (parse_heading(_join_heading(words), "observations") for words in above)
    return all(heading is None or heading.role == "value" for heading in known)


def _is_heading_or_code(cell: object) -> bool:
    if _is_period(cell):
        return True
    if not isinstance(cell, str):
        return False
    is_total = fold_spelling(cell) in words_meaning("total")
    is_code = is_total or any(find_code(cell, name) for name in BREAKDOWNS)
    return is_code or parse_heading(cell, "observations") is not None


def _key_columns(row: SheetRow, kind: str) -> list[int]:
    texts = ((index, cell) for index, cell in enumerate(row) if isinstance(cell, str))
    headings = ((index, parse_heading(cell, kind)) for index, cell in texts)
    return [index for index, heading in headings if heading and heading.role in KEY_ROLES[kind]]


def _split_header(header: TableHeader) -> Iterator[TableHeader]:
    """Split the header of adjacent tables, which are separated by a column without heading."""
    parts = [
        TableHeader(header.kind, tuple(columns), header.top, header.first)
        for columns in _adjacent_columns(header.columns)
    ]
    complete = [part for part in parts if not part.missing]
    yield from complete if len(complete) > 1 else [header]


def _adjacent_columns(columns: Iterable[TableColumn]) -> list[list[TableColumn]]:
    # Index minus position is constant within a run of adjacent columns.
    runs = groupby(enumerate(columns), key=lambda numbered: numbered[1].index - numbered[0])
    return [[column for _, column in run] for _, run in runs]


def count_filled_cells(sheet: Sheet) -> int:
    """The number of non-empty cells of the sheet."""
    return sum(len(row) - row.count(None) for row in sheet.rows)
