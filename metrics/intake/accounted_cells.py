"""Account for every filled cell of a submission: it is read, asked about, or left out and why."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from string import ascii_uppercase, digits

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.catalogue.codelists.components import unit_of_component
from metrics.catalogue.loader import Catalogue
from metrics.core.cells import column_letters, column_number, row_and_column
from metrics.core.series import format_series
from metrics.core.tables import BREAKDOWNS
from metrics.intake.findings import Finding, Severity
from metrics.intake.reading.cell_roles import SheetRoles, label_cells
from metrics.intake.reading.layout import Layout, square_rows
from metrics.intake.reading.numbers import cell_text
from metrics.intake.reading.qualifiers import QUALIFIER_CHECKS
from metrics.intake.reading.scope import ScopeClaim, claims_of_labels
from metrics.intake.reading.unmapped import template_texts
from metrics.intake.validate import accepted_observations, is_about_person
from metrics.intake.workbook import ParsedSubmission, Sheet

TEXTS_OF_VALUE = (
    "series", "area", "period", "unit", "observation_status", "confidentiality_status", "limit",
)  # fmt: skip
CELL_COLUMNS = (
    "sheet", "row", "cell", "role", "typed", "handling", "reason", "understood", "value",
    *TEXTS_OF_VALUE,
)  # fmt: skip
# Columns with few different texts are stored as their codes.
COLUMN_TYPES = {
    **dict.fromkeys(("sheet", "role", "handling", "reason", *TEXTS_OF_VALUE), "category"),
    **dict.fromkeys(("cell", "typed", "understood"), "str"),
}
# Rules about a whole sheet, whose cells they leave out or ask about.
LEAVING_OUT, ASKING = (
    ("hidden_sheet_with_values", "sheet_not_understood"), ("header_missing", "column_missing"),
)  # fmt: skip
# Roles in which an error is about the whole row.
ROLES_OF_ROW = (*QUALIFIER_CHECKS, "description", "status", "goals", "policy_target")
# The cells of an observation, and what each was understood as.
UNDERSTOOD_AS = {
    "cell": "understood", "key_cell": "series", "area_cell": "area", "period_cell": "period",
    "observation_status_cell": "observation_status",
    "confidentiality_status_cell": "confidentiality_status", "since_cell": "since",
    "limit_cell": "limit",
}  # fmt: skip
ADDRESSES = (*UNDERSTOOD_AS, "remark_cell")

Texts = NDArray[np.object_]
Positions = NDArray[np.int64]  # of cells, counted along the rows of a sheet from 0


class Handling(StrEnum):
    """The first wins for a cell that serves several observations."""

    READ = "read"
    ASKED = "asked"  # nothing of it is accepted until the sender has corrected it
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Statements:
    """The observations of one sheet with something typed, and the position of each value."""

    columns: Mapping[str, Texts]
    addresses: Mapping[str, Positions]  # -1 where there is no such cell
    values: NDArray[np.float64]


@dataclass(frozen=True)
class CellAccount:
    """How each cell of one sheet is handled, and why; `rules` are those with findings at it."""

    labelled: SheetRoles
    handling: Texts
    reasons: Texts
    rules: Texts
    refuses: NDArray[np.bool_]
    may_be_quoted: NDArray[np.bool_]

    @property
    def width(self) -> int:
        return int(self.labelled.roles.shape[1])


def account_for_cells(
    reading: ParsedSubmission,
    layouts: Iterable[Layout],
    findings: Sequence[Finding],
    catalogue: Catalogue,
) -> pd.DataFrame:
    """One row for each filled cell of the file, in its order; the columns are `CELL_COLUMNS`."""
    stated, numbered = _stated_observations(reading, findings, catalogue), _numbers(reading)
    by_name = {layout.sheet.name: layout for layout in layouts}
    claims = [*claims_of_labels(by_name.values(), catalogue)]
    our_texts, tables = template_texts(catalogue), []
    of_file = ";".join({one.rule: "" for one in findings if one.severity is Severity.ERROR})
    for sheet in reading.workbook.sheets:
        layout = by_name.get(sheet.name)
        if layout and not sheet.merged:
            squared = layout.sheet
        else:  # with the content of covered cells
            squared = Sheet(sheet.name, square_rows(sheet.rows))
        if layout:
            labelled = _label_sheet(layout, reading, claims, our_texts)
        else:
            labelled = SheetRoles.of_sheet(squared, _reason_of_sheet(sheet, reading))
        here = [one for one in findings if numbered.get(one.sheet, one.sheet) == sheet.name]
        account = _handle_by_findings(labelled, here)
        statements = _statements(stated[stated["sheet"] == sheet.name], account.width)
        _handle_by_observations(account, statements)
        _ask_about_rows(account)
        unexplained = (account.handling == Handling.ASKED) & (account.reasons == "")
        account.reasons[unexplained] = of_file  # one finding may stand for all others
        tables.append(_table_of_sheet(squared, account, statements))
    return _join_sheets(tables, findings, numbered)


def _numbers(reading: ParsedSubmission) -> dict[str, str]:
    """The names of the sheets by their numbers, which stand for names that are not repeated."""
    return {f"#{number}": sheet.name for number, sheet in enumerate(reading.workbook.sheets, 1)}


def _stated_observations(
    reading: ParsedSubmission, findings: Sequence[Finding], catalogue: Catalogue
) -> pd.DataFrame:
    """The observations with something typed, and how each is handled."""
    cells, other = reading.observations, reading.other_periods
    accepted = cells.index.isin(accepted_observations(reading, findings).index)
    is_stated = (cells["typed"] != "").to_numpy() | accepted
    cells, accepted = cells[is_stated], accepted[is_stated]
    other = other[other["typed"] != ""]
    is_read = accepted & ((cells["typed"] == "") | cells["value"].notna()).to_numpy()
    handling = [Handling.READ if read else Handling.ASKED for read in is_read]
    both = pd.concat([cells, other], ignore_index=True)
    return both.assign(
        series=_series_of_rows(both),
        unit=_units_of_rows(both, catalogue),
        handling=[*handling, *[Handling.LEFT_OUT] * len(other)],
        reason=[*[""] * len(cells), *["periods_passed_over"] * len(other)],
    )


def _series_of_rows(cells: pd.DataFrame) -> Texts:
    names = ("indicator", "component", *BREAKDOWNS)
    return _map_distinct_rows(
        cells, names, lambda *row: format_series(row[0], row[1], dict(zip(names, row, strict=True)))
    )


def _units_of_rows(cells: pd.DataFrame, catalogue: Catalogue) -> Texts:
    def unit(code: str, component: str, period: str) -> str:
        return unit_of_component(component, catalogue.indicators[code].unit_in(period))

    return _map_distinct_rows(cells, ("indicator", "component", "period"), unit)


def _map_distinct_rows(
    cells: pd.DataFrame, names: Sequence[str], function: Callable[..., str]
) -> Texts:
    """The text for each row, made once for each distinct row of these columns."""
    numbers = cells.groupby([*names], sort=False).ngroup()
    distinct = cells.loc[~numbers.duplicated(), [*names]]
    texts = [function(*row) for row in distinct.itertuples(index=False, name=None)]
    return np.array(texts, object)[numbers.to_numpy()]


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


def _handle_by_findings(labelled: SheetRoles, findings: Iterable[Finding]) -> CellAccount:
    """Cells with a reason are left out; findings give reasons, and errors ask."""
    rules = np.full(labelled.roles.shape, "", object)
    refuses, may_be_quoted = np.zeros(rules.shape, bool), np.ones(rules.shape, bool)
    for finding in findings:
        for position in _positions_of_range(finding.cell):
            here = rules[position]
            rules[position] = f"{here};{finding.rule}" if here else finding.rule
            refuses[position] |= finding.severity is Severity.ERROR
            may_be_quoted[position] &= not is_about_person(finding)
    about = _cells_with_findings_about(labelled, rules)
    reasons, is_asked = labelled.reasons.ravel().copy(), refuses.ravel()[about]
    handling = np.where(reasons == "", Handling.READ, Handling.LEFT_OUT).astype(object)
    handling[is_asked | np.isin(reasons, ASKING)] = Handling.ASKED
    found = rules.ravel()[about]
    reasons = np.where(found != "", found, reasons)
    return CellAccount(
        labelled, handling, reasons, rules.ravel(), refuses.ravel(), may_be_quoted.ravel()
    )


def _positions_of_range(cell: str) -> list[tuple[int, int]]:
    """The positions of `B3`, or of each cell of `B3:B5`; none without an address."""
    if ":" not in cell:
        return [row_and_column(cell)] if cell else []
    (top, left), (bottom, right) = map(row_and_column, cell.split(":"))
    return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]


def _cells_with_findings_about(labelled: SheetRoles, rules: Texts) -> Positions:
    """For each cell the one whose findings are about it: of a row not read, its first."""
    has_rule, about = rules != "", labelled.about.copy()
    if not has_rule.size:
        return about.ravel()
    first = np.take_along_axis(about, has_rule.argmax(axis=1)[:, np.newaxis], axis=1)
    unread = (labelled.reasons == "row_not_filled_in") & has_rule.any(axis=1, keepdims=True)
    return np.where(unread, first, about).ravel()


def _statements(stated: pd.DataFrame, width: int) -> Statements:
    names = {*UNDERSTOOD_AS.values(), *TEXTS_OF_VALUE, "typed", "handling", "reason"}
    columns = {name: _shared_texts(stated[name]) for name in names}
    addresses = {name: _positions(stated[name], width) for name in ADDRESSES}
    return Statements(columns, addresses, stated["value"].to_numpy())


def _shared_texts(column: pd.Series) -> Texts:
    """A column as objects, with one object for all cells of one text."""
    codes, distinct = pd.factorize(column)
    return distinct.to_numpy(dtype=object)[codes]


def _positions(addresses: pd.Series, width: int) -> Positions:
    """The positions of the addressed cells; -1 where the address is empty."""
    letters, inverse = np.unique(
        addresses.str.rstrip(digits).to_numpy(dtype=object), return_inverse=True
    )
    columns = np.array([column_number(text) - 1 for text in letters], dtype=np.int64)
    rows = pd.to_numeric(addresses.str.lstrip(ascii_uppercase)).fillna(0).to_numpy(dtype=np.int64)
    positions: Positions = (rows - 1) * width + columns[inverse] if len(rows) else rows
    return np.where(rows > 0, positions, -1)


def _handle_by_observations(account: CellAccount, statements: Statements) -> None:
    """Values are handled as their observations are; the other cells of a row as the best of it."""
    handling, positions = statements.columns["handling"], statements.addresses["cell"]
    why = _reasons_of_observations(account, statements)
    rank = np.array([[*Handling].index(text) for text in handling], dtype=np.int64)
    order = np.lexsort((rank, positions // account.width if account.width else positions))
    rows, first = np.unique(positions[order] // max(account.width, 1), return_index=True)
    of_row = np.full(len(account.labelled.roles), -1)
    of_row[rows] = order[first]
    best = of_row.repeat(account.width)
    is_used = (best >= 0) & (account.handling == Handling.READ)
    is_used &= ~np.isin(account.labelled.roles.ravel(), ("", "heading"))
    _handle_as(account, is_used.nonzero()[0], handling[best[is_used]], why[best[is_used]])
    is_typed = statements.columns["typed"] != ""
    _handle_as(account, positions[is_typed], handling[is_typed], why[is_typed])


def _handle_as(account: CellAccount, cells: Positions, handling: Texts, why: Texts) -> None:
    account.handling[cells] = handling
    account.reasons[cells] = np.where(why != "", why, account.reasons[cells])


def _reasons_of_observations(account: CellAccount, statements: Statements) -> Texts:
    """Why observations are left out, or the rules with errors at the cells of those asked about."""
    reasons = statements.columns["reason"].copy()
    is_open = statements.columns["handling"] == Handling.ASKED
    for positions in statements.addresses.values():
        found = is_open & (positions >= 0) & account.refuses[positions]
        reasons[found] = account.rules[positions[found]]
        is_open &= ~found
    return reasons


def _ask_about_rows(account: CellAccount) -> None:
    """Ask about all cells of a row whose unit, action or the like has an error."""
    doubtful = account.refuses & np.isin(account.labelled.roles.ravel(), ROLES_OF_ROW)
    for position in doubtful.nonzero()[0]:
        first = position - position % account.width
        row = np.arange(first, first + account.width)
        used = row[account.handling[row] == Handling.READ]
        account.handling[used] = Handling.ASKED
        account.reasons[used] = account.rules[position]


def _table_of_sheet(squared: Sheet, account: CellAccount, statements: Statements) -> pd.DataFrame:
    cells = np.empty(len(account.handling), object)
    cells[:] = [cell for row in squared.rows for cell in row]
    filled = np.array([cell is not None for cell in cells], dtype=bool).nonzero()[0]
    rows, columns = np.divmod(filled, max(account.width, 1))
    letters = [column_letters(column + 1) for column in range(account.width)]
    places = zip(columns.tolist(), (rows + 1).tolist(), strict=True)
    # Each column is packed before the next is made: as objects they would fill much memory.
    return pd.DataFrame({
        "sheet": _pack("sheet", np.full(len(filled), squared.name, object)),
        "row": rows + 1,
        "cell": _pack("cell", [f"{letters[column]}{row}" for column, row in places]),
        "role": _pack("role", account.labelled.roles.ravel()[filled]),
        "typed": _pack("typed", _typed_texts(cells, account, filled)),
        "handling": _pack("handling", account.handling[filled]),
        "reason": _pack("reason", account.reasons[filled]),
        "understood": _pack("understood", _understood_texts(statements, account)[filled]),
        **_columns_of_values(statements, len(cells), filled),
    })  # fmt: skip


def _pack(name: str, content: Sequence[str] | Texts) -> pd.Series:
    return pd.Series(content, dtype=COLUMN_TYPES[name])


def _typed_texts(cells: Texts, account: CellAccount, filled: Positions) -> list[str]:
    """The contents as typed. Of what is left out only numbers, as texts may be about a person."""
    rows = zip(
        cells[filled], account.handling[filled], account.may_be_quoted[filled], strict=True
    )  # fmt: skip
    return [
        cell_text(cell) if quoted and (how != Handling.LEFT_OUT or type(cell) is float) else ""
        for cell, how, quoted in rows
    ]


def _understood_texts(statements: Statements, account: CellAccount) -> Texts:
    """What each cell of the observations was understood as, in codes."""
    understood = np.full(len(account.handling), "", object)
    for name, meaning in UNDERSTOOD_AS.items():
        positions = statements.addresses[name]
        there = positions >= 0
        understood[positions[there]] = statements.columns[meaning][there]
    understood[~account.may_be_quoted] = ""
    return understood


def _columns_of_values(
    statements: Statements, cells: int, filled: Positions
) -> dict[str, pd.Series | NDArray[np.float64]]:
    """What the observation of each filled cell that holds a value says of it."""
    numbers = np.full(cells, -1)
    numbers[statements.addresses["cell"]] = np.arange(len(statements.values))
    is_value, numbers = numbers[filled] >= 0, numbers[filled]
    values = np.full(len(filled), np.nan)
    values[is_value] = statements.values[numbers[is_value]]
    columns: dict[str, pd.Series | NDArray[np.float64]] = {"value": values}
    for name in TEXTS_OF_VALUE:
        texts = np.full(len(filled), "", object)
        texts[is_value] = statements.columns[name][numbers[is_value]]
        columns[name] = _pack(name, texts)
    return columns


def _join_sheets(
    tables: Sequence[pd.DataFrame], findings: Iterable[Finding], numbered: Mapping[str, str]
) -> pd.DataFrame:
    """The cells of the whole file; sheets whose names may be about a person go by their number."""
    doubtful = {
        numbered[finding.sheet]: finding.sheet
        for finding in findings
        if is_about_person(finding) and not finding.cell and finding.sheet in numbered
    }
    whole = pd.concat(tables, ignore_index=True)[[*CELL_COLUMNS]]
    names = whole["sheet"].astype("str").replace(doubtful)
    return whole.assign(sheet=names).astype(COLUMN_TYPES)
