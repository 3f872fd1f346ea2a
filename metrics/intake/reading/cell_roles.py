"""Say what each cell of a sheet is: a value, a heading, a remark, or why it is not read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics.core.cells import row_and_column
from metrics.intake.reading.actions import ACTION_ROLES
from metrics.intake.reading.attributes import ATTRIBUTE_ROLES, column_beside
from metrics.intake.reading.layout import PART_OF_YEAR, Layout, SheetTable, TableColumn
from metrics.intake.reading.qualifiers import QUALIFYING_ROLES
from metrics.intake.reading.scope import ScopeClaim
from metrics.intake.reading.series_keys import ROLES
from metrics.intake.reading.unmapped import cells_outside_tables, is_our_text
from metrics.intake.workbook import Sheet

HEADING, VALUE_ROLE, PREVIOUS_ROLE = "heading", "value", "previous"
# Why a column is left out whose heading is known, or that has none.
REASONS_OF_ROLES = {
    "": "column_empty",
    PREVIOUS_ROLE: "last_period_printed",
    "format_attribute": "format_attribute",
}


@dataclass(frozen=True)
class SheetRoles:
    """For each cell its role, why it is not read, and the cell whose findings are about it.

    A reason is empty where findings give it; `about` holds positions, counted along the rows.
    """

    roles: NDArray[np.object_]
    reasons: NDArray[np.object_]
    about: NDArray[np.int64]

    @classmethod
    def of_sheet(cls, sheet: Sheet, reason: str = "") -> "SheetRoles":
        size = len(sheet.rows), len(sheet.rows[0]) if sheet.rows else 0
        positions = np.arange(size[0] * size[1], dtype=np.int64).reshape(size)
        return cls(np.full(size, "", object), np.full(size, reason, object), positions)

    def select_rows(self, rows: slice) -> "SheetRoles":
        return SheetRoles(self.roles[rows], self.reasons[rows], self.about[rows])


def label_cells(
    layout: Layout,
    is_read: NDArray[np.bool_],
    claims: Iterable[ScopeClaim],
    our_texts: frozenset[str],
) -> SheetRoles:
    """The roles of the cells of a sheet; `is_read` says which rows became observations, actions."""
    labelled = SheetRoles.of_sheet(layout.sheet, "text_outside_table")
    for cell in cells_outside_tables(layout):
        if is_our_text(layout.sheet.rows[cell.row], cell.column, our_texts):
            labelled.reasons[cell.row, cell.column] = "our_text"
    for table in layout.tables:
        _label_table(labelled, table, is_read)
    for claim in claims:
        position = row_and_column(claim.cell)
        labelled.roles[position], labelled.reasons[position] = claim.fact, ""
    return labelled


def _label_table(labelled: SheetRoles, table: SheetTable, is_read: NDArray[np.bool_]) -> None:
    """Headings, then the rows below them, column by column."""
    rows = slice(table.first, table.last)
    unread = table.first + np.flatnonzero(~is_read[rows])
    used = {column.index for column in _used_columns(table)}
    for column in table.columns:
        heading = slice(table.top, table.first), column.index
        labelled.roles[heading], labelled.reasons[heading] = HEADING, ""
        labelled.roles[rows, column.index] = column.role
        labelled.reasons[rows, column.index] = ""
        if column.index in used:
            labelled.reasons[unread, column.index] = "row_not_filled_in"
        else:
            _label_unused_column(labelled, table, column)
    for number in table.repeats:
        indices = [column.index for column in table.columns]
        labelled.roles[number, indices] = HEADING
        labelled.reasons[number, indices] = "heading_repeated"


def _label_unused_column(labelled: SheetRoles, table: SheetTable, column: TableColumn) -> None:
    """A column whose heading is unknown, or that of another column, or of the last period."""
    rows, width = slice(table.first, table.last), labelled.about.shape[1]
    reason = REASONS_OF_ROLES.get(column.role, "column_repeated")
    labelled.reasons[rows, column.index] = reason
    if column.role != PREVIOUS_ROLE:
        labelled.reasons[table.top : table.first, column.index] = reason
        labelled.about[rows, column.index] = column.header_row * width + column.index


def _used_columns(table: SheetTable) -> Iterator[TableColumn]:
    """The columns that the readers of a table take: the first of each role, and those beside."""
    single = (
        (*ROLES, "area", "period", PART_OF_YEAR) if table.kind == "observations" else ACTION_ROLES
    )
    yield from filter(None, map(table.first_column, single))
    if table.kind == "observations":
        yield from (column for role in QUALIFYING_ROLES for column in table.columns_of(role))
        for value in table.columns_of(VALUE_ROLE):
            yield value
            beside = (column_beside(table, role, value) for role in ATTRIBUTE_ROLES)
            yield from filter(None, beside)
