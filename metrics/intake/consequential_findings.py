"""Leave out findings that only follow from others, so that each cause is named once."""

import re
from collections.abc import Collection, Iterator, Sequence

import pandas as pd

from metrics.core.cells import cell_address, positions_of_range, row_and_column
from metrics.core.shared_texts import shared_texts
from metrics.intake.findings import Finding, Severity
from metrics.intake.rules import is_about_person, rules

NOTHING_READ, MISPLACED = "submission_empty", "figure_in_other_column"
# Errors of these families say that a figure, or what its row is about, was not read for certain.
OF_READING = ("structure", "codes", "values")
# Findings of these families compare figures with one another.
OF_COMPARISONS = ("sums", "relations", "plausibility")
# One figure that is read otherwise does not answer it.
OF_MANY_FIGURES = "figures_of_earlier_year"
# Values of a finding with the cells of the figures that it compares.
COMPARED_CELLS = ("cells", "total_cell", "other_cell")
RANGE = re.compile(r"[A-Z]+\d+(?::[A-Z]+\d+)?")
# Cells of a row with errors of their own, which leave its figure as it is.
APART = ("since_cell", "remark_cell", "observation_status_cell", "confidentiality_status_cell")

Place = tuple[str, str]  # sheet and cell


def without_consequences(findings: list[Finding], observations: pd.DataFrame) -> list[Finding]:
    """The findings without those that an error at the same cell, or at a compared one, answers."""
    wrong = {finding.location for finding in findings if finding.severity is Severity.ERROR}
    misplaced = {finding.location for finding in findings if finding.rule == MISPLACED}
    doubtful = _figures_in_doubt(findings, observations)
    findings = [
        finding
        for finding in findings
        if not finding.cell
        or not (finding.location in wrong and _is_answered_by(finding, misplaced))
        if not (doubtful and _compares_any(finding, doubtful))
    ]
    others = [finding for finding in findings if finding.rule != NOTHING_READ]
    return others if any(finding.severity is Severity.ERROR for finding in others) else findings


def _is_answered_by(finding: Finding, misplaced: Collection[str]) -> bool:
    """Whether a finding at a cell with an error adds nothing to it.

    What a misplaced figure is not, such as a code of its column, is no advice.
    """
    if finding.severity is Severity.NOTE:
        return True
    return (
        finding.location in misplaced and finding.rule != MISPLACED and not is_about_person(finding)
    )


def _figures_in_doubt(findings: Sequence[Finding], observations: pd.DataFrame) -> set[Place]:
    """The figures with an error of reading in their cell, or in a cell that their row is about.

    One of which no number was read is in no comparison.
    """
    errors = {
        (finding.sheet, finding.cell)
        for finding in findings
        if finding.severity is Severity.ERROR and finding.cell
        if rules()[finding.rule].family in OF_READING
    }
    if not errors:
        return set()
    sheets = shared_texts(observations["sheet"])
    figures = [*zip(sheets, shared_texts(observations["cell"]), strict=True)]
    apart = {
        cell
        for name in APART
        for cell in zip(sheets, shared_texts(observations[name]), strict=True)
    }
    rows = {
        (sheet, row_and_column(cell)[0])
        for sheet, cell in errors - {*figures} - apart
        if RANGE.fullmatch(cell) and ":" not in cell
    }
    is_read = observations["value"].notna()
    numbered = zip(figures, observations["row"].tolist(), is_read.tolist(), strict=True)
    return {
        cell
        for cell, number, has_value in numbered
        if has_value and (cell in errors or (cell[0], number - 1) in rows)
    }


def _compares_any(finding: Finding, doubtful: Collection[Place]) -> bool:
    """Whether a finding compares a figure that may be another one than was read."""
    family = rules()[finding.rule].family
    if family not in OF_COMPARISONS or finding.rule == OF_MANY_FIGURES:
        return False
    return any((finding.sheet, cell) in doubtful for cell in _compared_cells(finding))


def _compared_cells(finding: Finding) -> Iterator[str]:
    yield finding.cell
    for name in COMPARED_CELLS:
        for cells in RANGE.findall(finding.values.get(name, "")):
            yield from (cell_address(row, column) for row, column in positions_of_range(cells))
