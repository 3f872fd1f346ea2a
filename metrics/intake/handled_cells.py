"""What becomes of some rows of a sheet, by its findings and by the figures that were read."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from metrics.core.cells import positions_of_range
from metrics.core.shared_texts import Texts
from metrics.intake.findings import Finding, Severity
from metrics.intake.reading.cell_roles import SheetRoles
from metrics.intake.reading.qualifiers import QUALIFIER_CHECKS
from metrics.intake.rules import is_about_person
from metrics.intake.stated_figures import Handling, Positions, Statements

# Rules about a whole sheet, whose cells they ask about.
ASKING = ("header_missing", "column_missing", "heading_not_of_values")
# Rules about a cell that no figure keeps.
NOT_KEPT = "remark_without_value"
# Roles in which an error is about the whole row.
ROLES_OF_ROW = (*QUALIFIER_CHECKS, "description", "status", "goals", "policy_target")


@dataclass(frozen=True)
class CellFindings:
    """The cells of a sheet with findings, in their order, and what these say about each."""

    positions: Positions
    rules: Texts  # their names, joined by `;`
    refuses: NDArray[np.bool_]
    may_be_quoted: NDArray[np.bool_]

    @classmethod
    def of_sheet(cls, findings: Iterable[Finding], width: int) -> Self:
        by_position: dict[int, list[Finding]] = {}
        for finding in findings:
            for row, column in positions_of_range(finding.cell):
                by_position.setdefault(row * width + column, []).append(finding)
        found = [by_position[position] for position in sorted(by_position)]
        return cls(
            np.array(sorted(by_position), dtype=np.int64),
            np.array([";".join(one.rule for one in own) for own in found], object),
            np.array([any(one.severity is Severity.ERROR for one in own) for own in found], bool),
            np.array([not any(map(is_about_person, own)) for own in found], bool),
        )

    def rules_at(self, cells: Positions) -> Texts:
        return self._look_up(self.rules, cells, np.full(cells.shape, "", object))

    def refuses_at(self, cells: Positions) -> NDArray[np.bool_]:
        return self._look_up(self.refuses, cells, np.zeros(cells.shape, bool))

    def may_be_quoted_at(self, cells: Positions) -> NDArray[np.bool_]:
        return self._look_up(self.may_be_quoted, cells, np.ones(cells.shape, bool))

    def _look_up(
        self, contents: NDArray[Any], cells: Positions, default: NDArray[Any]
    ) -> NDArray[Any]:
        if len(self.positions):
            index = self.positions.searchsorted(cells).clip(max=len(self.positions) - 1)
            there = self.positions[index] == cells
            default[there] = contents[index[there]]
        return default


@dataclass(frozen=True)
class CellAccount:
    """How each cell of some rows is handled, and why; cells are counted from `first`."""

    labelled: SheetRoles
    findings: CellFindings
    first: int
    handling: Texts
    reasons: Texts

    @property
    def width(self) -> int:
        return int(self.labelled.roles.shape[1])

    @property
    def cells(self) -> Positions:
        """Their positions on the sheet."""
        return np.arange(self.first, self.first + len(self.handling), dtype=np.int64)

    def is_here(self, positions: Positions) -> NDArray[np.bool_]:
        return (positions >= self.first) & (positions < self.first + len(self.handling))


def handle_by_findings(labelled: SheetRoles, findings: CellFindings, first: int) -> CellAccount:
    """Cells with a reason are left out; findings give reasons, and errors ask."""
    about = _cells_with_findings_about(labelled, findings, first)
    reasons = labelled.reasons.ravel()
    handling = np.where(reasons == "", Handling.READ, Handling.LEFT_OUT).astype(object)
    handling[findings.refuses_at(about) | np.isin(reasons, ASKING)] = Handling.ASKED
    rules = findings.rules_at(about)
    handling[(rules == NOT_KEPT) & (labelled.roles.ravel() == "remark")] = Handling.LEFT_OUT
    return CellAccount(labelled, findings, first, handling, np.where(rules != "", rules, reasons))


def _cells_with_findings_about(
    labelled: SheetRoles, findings: CellFindings, first: int
) -> Positions:
    """For each cell the one whose findings are about it: of a row not read, its first."""
    about = labelled.about
    own = np.arange(first, first + about.size, dtype=np.int64).reshape(about.shape)
    has_rule = np.isin(own, findings.positions)
    if not has_rule.any():
        return about.ravel()
    about = np.where(has_rule, own, about)
    first_of_row = np.take_along_axis(about, has_rule.argmax(axis=1)[:, np.newaxis], axis=1)
    unread = (labelled.reasons == "row_not_filled_in") & has_rule.any(axis=1, keepdims=True)
    return np.where(unread, first_of_row, about).ravel()


def handle_by_observations(account: CellAccount, statements: Statements) -> None:
    """Values are handled as their observations are; the other cells of a row as the best of it."""
    own = statements.select(account.is_here(statements.addresses["cell"]))
    handling, positions = own.columns["handling"], own.addresses["cell"] - account.first
    why = _reasons_of_observations(account, own)
    rank = np.array([[*Handling].index(text) for text in handling], dtype=np.int64)
    order = np.lexsort((rank, positions // max(account.width, 1)))
    rows, first = np.unique(positions[order] // max(account.width, 1), return_index=True)
    of_row = np.full(len(account.labelled.roles), -1)
    of_row[rows] = order[first]
    best = of_row.repeat(account.width)
    is_used = (best >= 0) & (account.handling == Handling.READ)
    is_used &= ~np.isin(account.labelled.roles.ravel(), ("", "heading"))
    _handle_as(account, is_used.nonzero()[0], handling[best[is_used]], why[best[is_used]])
    is_typed = own.columns["typed"] != ""
    _handle_as(account, positions[is_typed], handling[is_typed], why[is_typed])


def _handle_as(account: CellAccount, cells: Positions, handling: Texts, why: Texts) -> None:
    account.handling[cells] = handling
    account.reasons[cells] = np.where(why != "", why, account.reasons[cells])


def _reasons_of_observations(account: CellAccount, statements: Statements) -> Texts:
    """Why observations are left out, or the rules with errors at the cells of those asked about."""
    reasons = statements.columns["reason"].copy()
    is_open = statements.columns["handling"] == Handling.ASKED
    for positions in statements.addresses.values():
        found = is_open & account.findings.refuses_at(positions)
        reasons[found] = account.findings.rules_at(positions[found])
        is_open &= ~found
    return reasons


def ask_about_rows(account: CellAccount) -> None:
    """Ask about all cells of a row whose unit, action or the like has an error, or a mark."""
    refuses = account.findings.refuses_at(account.cells)
    is_of_row = np.isin(account.labelled.roles.ravel(), ROLES_OF_ROW)
    doubtful = refuses & (is_of_row | (account.reasons == "row_marked"))
    for position in doubtful.nonzero()[0]:
        first = position - position % account.width
        row = np.arange(first, first + account.width)
        used = row[account.handling[row] == Handling.READ]
        account.handling[used] = Handling.ASKED
        account.reasons[used] = account.findings.rules_at(account.cells[position : position + 1])
