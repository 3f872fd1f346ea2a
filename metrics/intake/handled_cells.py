"""What becomes of the cells of one sheet, by its findings and by the figures that were read."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics.core.cells import row_and_column
from metrics.core.shared_texts import Texts
from metrics.intake.findings import Finding, Severity
from metrics.intake.reading.cell_roles import SheetRoles
from metrics.intake.reading.qualifiers import QUALIFIER_CHECKS
from metrics.intake.stated_figures import Handling, Positions, Statements
from metrics.intake.validate import is_about_person

# Rules about a whole sheet, whose cells they ask about.
ASKING = ("header_missing", "column_missing")
# Roles in which an error is about the whole row.
ROLES_OF_ROW = (*QUALIFIER_CHECKS, "description", "status", "goals", "policy_target")


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


def handle_by_findings(labelled: SheetRoles, findings: Iterable[Finding]) -> CellAccount:
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


def handle_by_observations(account: CellAccount, statements: Statements) -> None:
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


def ask_about_rows(account: CellAccount) -> None:
    """Ask about all cells of a row whose unit, action or the like has an error."""
    doubtful = account.refuses & np.isin(account.labelled.roles.ravel(), ROLES_OF_ROW)
    for position in doubtful.nonzero()[0]:
        first = position - position % account.width
        row = np.arange(first, first + account.width)
        used = row[account.handling[row] == Handling.READ]
        account.handling[used] = Handling.ASKED
        account.reasons[used] = account.rules[position]
