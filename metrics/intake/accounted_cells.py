"""Account for every filled cell of a submission: it is read, asked about, or left out and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.types import union_categoricals

from metrics.catalogue.loader import Catalogue
from metrics.core.cells import column_letters, row_and_column
from metrics.core.memory import IN_ARROW
from metrics.core.shared_texts import Texts
from metrics.intake.findings import Finding, Severity
from metrics.intake.handled_cells import (
    ASKING,
    CellAccount,
    CellFindings,
    ask_about_rows,
    handle_by_findings,
    handle_by_observations,
)
from metrics.intake.reading.carried_texts import carried_texts, with_own_texts
from metrics.intake.reading.cell_roles import SheetRoles, label_cells
from metrics.intake.reading.layout import Layout, square_rows
from metrics.intake.reading.numbers import cell_text
from metrics.intake.reading.scope import ScopeClaim, claims_of_labels
from metrics.intake.reading.unmapped import template_texts
from metrics.intake.rules import is_about_person
from metrics.intake.stated_figures import (
    TEXTS_OF_VALUE,
    UNDERSTOOD_AS,
    Handling,
    Positions,
    Statements,
    stated_observations,
    statements_of_sheet,
)
from metrics.intake.workbook import ParsedSubmission, Sheet

CELL_COLUMNS = (
    "sheet", "row", "cell", "role", "typed", "handling", "reason", "understood", "value",
    *TEXTS_OF_VALUE,
)  # fmt: skip
# Columns with few different texts are stored as their codes, and the others in Arrow.
FEW_TEXTS = ("sheet", "role", "handling", "reason", *TEXTS_OF_VALUE)
CELLS_AT_ONCE = 100_000  # a file may have a million, and objects for each would take much memory
# Roles of texts that are kept as they were typed, wherever they are read.
KEPT_AS_TYPED = ("reference", "source", "address", "description", "timeframe")
# Rules about a whole sheet, whose cells they leave out.
LEAVING_OUT = ("hidden_sheet_with_values", "sheet_not_understood")


def account_for_cells(
    reading: ParsedSubmission,
    layouts: Iterable[Layout],
    findings: Sequence[Finding],
    catalogue: Catalogue,
) -> pd.DataFrame:
    """One row for each filled cell of the file, in its order; the columns are `CELL_COLUMNS`."""
    stated, numbered = stated_observations(reading, findings, catalogue), names_by_number(reading)
    of_file = ";".join({one.rule: "" for one in findings if one.severity is Severity.ERROR})
    tables = []
    for squared, labelled in labelled_sheets(reading, layouts, catalogue):
        here = [one for one in findings if numbered.get(one.sheet, one.sheet) == squared.name]
        width = labelled.roles.shape[1]
        found = CellFindings.of_sheet(here, width)
        statements = statements_of_sheet(stated[stated["sheet"] == squared.name], width)
        for rows in _slices_of_rows(labelled):
            account = handle_by_findings(labelled.select_rows(rows), found, rows.start * width)
            handle_by_observations(account, statements)
            ask_about_rows(account)
            unexplained = (account.handling == Handling.ASKED) & (account.reasons == "")
            account.reasons[unexplained] = of_file  # one finding may stand for all others
            part = Sheet(squared.name, squared.rows[rows])
            tables.append(_table_of_rows(part, account, statements))
    return _join_tables(tables, findings, numbered)


def _slices_of_rows(labelled: SheetRoles) -> Iterator[slice]:
    """The rows of a sheet, so many at a time that little memory is needed."""
    rows, width = labelled.roles.shape
    length = CELLS_AT_ONCE // max(width, 1) + 1
    yield from (slice(first, first + length) for first in range(0, max(rows, 1), length))


def labelled_sheets(
    reading: ParsedSubmission, layouts: Iterable[Layout], catalogue: Catalogue
) -> Iterator[tuple[Sheet, SheetRoles]]:
    """Each sheet, with the content of covered cells, and the roles of its cells."""
    by_name = {layout.sheet.name: layout for layout in layouts}
    claims = claims_of_labels(by_name.values(), catalogue)
    our_texts, own = template_texts(catalogue), carried_texts(reading.workbook)
    for sheet in reading.workbook.sheets:
        layout = by_name.get(sheet.name)
        if layout and not sheet.merged:
            squared = layout.sheet
        else:
            squared = Sheet(sheet.name, square_rows(sheet.rows))
        if layout:
            texts = with_own_texts(layout, own, our_texts)
            yield squared, _label_sheet(layout, reading, claims, texts)
        else:
            yield squared, SheetRoles.of_sheet(squared, _reason_of_sheet(sheet, reading))


def names_by_number(reading: ParsedSubmission) -> dict[str, str]:
    """The names of the sheets by their numbers, which replace names that must not be repeated."""
    return {f"#{number}": sheet.name for number, sheet in enumerate(reading.workbook.sheets, 1)}


def _label_sheet(
    layout: Layout,
    reading: ParsedSubmission,
    claims: Iterable[ScopeClaim],
    our_texts: frozenset[str],
) -> SheetRoles:
    """The roles of the cells of a visible sheet; what lies under merged cells has none."""
    name, is_read = layout.sheet.name, np.zeros(len(layout.sheet.rows), dtype=bool)
    for table in (reading.observations, reading.other_periods, reading.actions):
        is_read[table.loc[table["sheet"] == name, "row"].to_numpy(dtype=np.int64) - 1] = True
    on_sheet = [claim for claim in claims if claim.sheet == name]
    labelled = label_cells(layout, is_read, on_sheet, our_texts)
    issues = reading.issues[reading.issues["sheet"] == name]
    whole = [rule for rule in (*LEAVING_OUT, *ASKING) if (issues["rule"] == rule).any()]
    if whole and not layout.tables:
        labelled.reasons[:] = whole[0]
    covered = issues.loc[issues["rule"] == "covered_cell_not_read", "cell"]
    for position in map(row_and_column, covered):
        labelled.roles[position], labelled.reasons[position] = "", "covered_cell_not_read"
    return labelled


def _reason_of_sheet(sheet: Sheet, reading: ParsedSubmission) -> str:
    """Why a sheet is not looked at: it is ours, or hidden."""
    issues = reading.issues
    is_hidden = (issues["sheet"] == sheet.name) & (issues["rule"] == "hidden_sheet_with_values")
    return "hidden_sheet_with_values" if is_hidden.any() else "our_sheet"


def _table_of_rows(part: Sheet, account: CellAccount, statements: Statements) -> pd.DataFrame:
    """The filled cells of some rows of a sheet."""
    contents = np.empty(len(account.handling), object)
    contents[:] = [cell for row in part.rows for cell in row]
    filled = np.array([cell is not None for cell in contents], dtype=bool).nonzero()[0]
    rows, columns = np.divmod(filled + account.first, max(account.width, 1))
    letters = [column_letters(column + 1) for column in range(account.width)]
    places = zip(columns.tolist(), (rows + 1).tolist(), strict=True)
    roles, handling = account.labelled.roles.ravel()[filled], account.handling[filled]
    typed = np.array(_typed_texts(contents, account, filled), dtype=object)
    understood = _understood_texts(statements, account)[filled]
    is_kept = np.isin(roles, KEPT_AS_TYPED) & (handling == Handling.READ) & (understood == "")
    return pd.DataFrame({
        "sheet": _pack("sheet", np.full(len(filled), part.name, object)),
        "row": (rows + 1).astype("int32"),
        "cell": _pack("cell", [f"{letters[column]}{row}" for column, row in places]),
        "role": _pack("role", roles),
        "typed": _pack("typed", typed),
        "handling": _pack("handling", handling),
        "reason": _pack("reason", account.reasons[filled]),
        "understood": _pack("understood", np.where(is_kept, typed, understood)),
        **_columns_of_values(statements, account, filled),
    })  # fmt: skip


def _pack(name: str, content: Sequence[str] | Texts) -> pd.Series:
    return pd.Series(content, dtype="category" if name in FEW_TEXTS else IN_ARROW)


def _typed_texts(contents: Texts, account: CellAccount, filled: Positions) -> list[str]:
    """The contents as typed. Of what is left out only numbers, as texts may be about a person."""
    may_be_quoted = account.findings.may_be_quoted_at(account.cells[filled])
    rows = zip(contents[filled], account.handling[filled], may_be_quoted, strict=True)
    return [
        cell_text(cell) if quoted and (how != Handling.LEFT_OUT or type(cell) is float) else ""
        for cell, how, quoted in rows
    ]


def _understood_texts(statements: Statements, account: CellAccount) -> Texts:
    """What each cell of the observations was understood as, in codes."""
    understood = np.full(len(account.handling), "", object)
    for name, meaning in UNDERSTOOD_AS.items():
        positions = statements.addresses[name]
        here = account.is_here(positions)
        understood[positions[here] - account.first] = statements.columns[meaning][here]
    understood[~account.findings.may_be_quoted_at(account.cells)] = ""
    return understood


def _columns_of_values(
    statements: Statements, account: CellAccount, filled: Positions
) -> dict[str, pd.Series | NDArray[np.float64]]:
    """What the observation of each filled cell that holds a value says about it."""
    positions = statements.addresses["cell"]
    here = account.is_here(positions).nonzero()[0]
    numbers = np.full(len(account.handling), -1)
    numbers[positions[here] - account.first] = here
    is_value, numbers = numbers[filled] >= 0, numbers[filled]
    values = np.full(len(filled), np.nan)
    values[is_value] = statements.values[numbers[is_value]]
    columns: dict[str, pd.Series | NDArray[np.float64]] = {"value": values}
    for name in TEXTS_OF_VALUE:
        texts = np.full(len(filled), "", object)
        texts[is_value] = statements.columns[name][numbers[is_value]]
        columns[name] = _pack(name, texts)
    return columns


def _join_tables(
    tables: list[pd.DataFrame], findings: Iterable[Finding], numbered: Mapping[str, str]
) -> pd.DataFrame:
    """The cells of the whole file; sheets whose names may be about a person go by their number."""
    doubtful = {
        numbered[finding.sheet]: finding.sheet
        for finding in findings
        if is_about_person(finding) and not finding.cell and finding.sheet in numbered
    }
    columns = {name: _join_columns([table.pop(name) for table in tables]) for name in CELL_COLUMNS}
    sheets = columns["sheet"].cat
    renamed = [doubtful.get(sheet, sheet) for sheet in sheets.categories]
    return pd.DataFrame({**columns, "sheet": sheets.rename_categories(renamed)}, copy=False)


def _join_columns(parts: Sequence[pd.Series]) -> pd.Series:
    """Join the parts of a column; one of empty rows has no texts, and so another type of them."""
    parts = [part for part in parts if len(part)] or parts[:1]
    if not isinstance(parts[0].dtype, pd.CategoricalDtype):
        return pd.concat(parts, ignore_index=True)
    return pd.Series(union_categoricals([part.cat.remove_unused_categories() for part in parts]))
