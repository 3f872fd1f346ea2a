"""Ask about a number in a row whose figure is empty: it may have been typed into another column."""

from collections.abc import Iterator, Sequence

from metrics.catalogue.codelists import find_code
from metrics.core.cells import cell_address
from metrics.core.tables import BREAKDOWNS, STATUSES, STEP
from metrics.intake.reading.attributes import parse_code
from metrics.intake.reading.headings import A_YEAR, period_of_cell
from metrics.intake.reading.issues import ReadIssue
from metrics.intake.reading.layout import SheetTable, TableColumn
from metrics.intake.reading.numbers import cell_text, parse_number
from metrics.intake.reading.series_keys import SeriesKey, UnknownSeries
from metrics.intake.reading.table_body import TableBody

# Columns in which a number is no figure, or has a rule of its own.
ROLES_WITH_NUMBERS = {
    "value",
    "previous",
    "format_attribute",
    "frequency",
    "multiplier",
    "deleted",
    "action",
    "age",
}
# Columns that may hold numbers of laws, rows or pages. They hold none of these where numbers stand
# in rows without a figure only.
ROLES_OF_OWN_NUMBERS = {"", "source", "reference", "address", "remark"}
ROLES_OF_STEPS = {*STATUSES, "unit"}
FORMS_OF_A_FIGURE = {"number", "percent", "ambiguous", "limit", "estimate"}

RowKey = SeriesKey | UnknownSeries


def misplaced_figure_issues(body: TableBody, keys: Sequence[RowKey]) -> Iterator[ReadIssue]:
    """An issue at each number, or step of a milestone, beside an empty figure."""
    has_value = body.filled("value")
    rows = zip(body.numbers, keys, has_value, strict=True)
    empty = [(number, key) for number, key, is_filled in rows if not is_filled]
    if not empty:
        return
    table = body.table
    filled = [number for number, has in zip(body.numbers, has_value, strict=True) if has]
    figure = table.columns_of("value")[0]
    for column in table.columns:
        if column.role in ROLES_WITH_NUMBERS or _holds_own_numbers(table, column, filled):
            continue
        if column is table.key and column is table.first_column("indicator"):
            continue  # nothing else says what the row is about
        for number, key in empty:
            cell = table.sheet.rows[number][column.index]
            if cell is not None and _may_be_figure(cell, column.role, key):
                yield ReadIssue(
                    "figure_in_other_column",
                    table.sheet.name,
                    cell_address(number, column.index),
                    cell_text(cell),
                    expected=cell_address(number, figure.index),
                )


def _holds_own_numbers(table: SheetTable, column: TableColumn, filled: Sequence[int]) -> bool:
    """Whether a column holds numbers beside figures, too, such as those of pages or rows."""
    return column.role in ROLES_OF_OWN_NUMBERS and any(
        is_number(table.sheet.rows[number][column.index]) for number in filled
    )


def _may_be_figure(cell: object, role: str, key: RowKey) -> bool:
    if isinstance(key, SeriesKey) and key.component == STEP:
        return role in ROLES_OF_STEPS and bool(parse_code(cell_text(cell), "step"))
    if not is_number(cell) or (role == "period" and period_of_cell(cell)):
        return False
    text = cell_text(cell)
    if role in ROLES_OF_OWN_NUMBERS:
        return A_YEAR.fullmatch(text) is None
    return role not in BREAKDOWNS or not find_code(text, role)


def is_number(cell: object) -> bool:
    if isinstance(cell, str):
        return parse_number(cell).form in FORMS_OF_A_FIGURE
    return isinstance(cell, int | float) and not isinstance(cell, bool)
