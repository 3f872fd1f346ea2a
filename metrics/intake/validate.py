"""Observations held against every rule: all findings at once, none capped."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from metrics.core.cells import column_number
from metrics.intake.findings import Finding, Rule, Severity, ValidationContext
from metrics.intake.rules import EXPLAINED, group_findings, rules
from metrics.intake.workbook import ParsedSubmission, Workbook

__all__ = ["accepted_observations", "cell_position", "group_findings", "validate"]

ORDER = {severity: place for place, severity in enumerate(Severity)}
CELL = re.compile(r"([A-Z]+)(\d+)")
PLACE = ["sheet", "cell"]
FEWEST_LETTERS = 5  # "ok", "none" and "-" beside a value explain nothing


def validate(case: ValidationContext) -> list[Finding]:
    """Everything that is wrong, the gravest first, then in the order of the sheets and rows."""
    found = [finding for each in rules().values() for finding in _findings(each, case)]
    sheets = {each.name: place for place, each in enumerate(case.reading.workbook.sheets)}
    said = _explained(_masked(found, case.reading.workbook), case.reading.observations)
    return sorted(said, key=lambda each: _order(each, sheets))


def _explained(found: Sequence[Finding], observations: pd.DataFrame) -> list[Finding]:
    """A warning with the remark that its sender wrote beside the value."""
    if any(_is_personal(each) and each.severity is Severity.ERROR for each in found):
        return list(found)  # of a file with data about a person no text is repeated
    told = observations[observations["remark"] != ""]
    places = zip(told["sheet"], told["cell"], strict=True)
    remarks = dict(zip(places, told["remark"], strict=True))
    return [_with(each, remarks.get((each.sheet, each.cell), "")) for each in found]


def _with(finding: Finding, remark: str) -> Finding:
    says = sum(map(str.isalpha, remark)) >= FEWEST_LETTERS
    if finding.severity is not Severity.WARNING or not says:
        return finding
    return replace(finding, values={**finding.values, EXPLAINED: remark})


def _is_personal(finding: Finding) -> bool:
    return rules()[finding.rule].family == "identifying"


def _findings(rule: Rule, case: ValidationContext) -> Iterator[Finding]:
    offending = rule.offends(case)
    if offending.empty:
        return
    offending = offending.fillna("").astype("str")
    names = [str(name) for name in offending.columns if name not in PLACE]
    columns = [offending[name].tolist() for name in [*PLACE, *names] if name in offending]
    for sheet, cell, *row in zip(*columns, strict=True):
        said = {name: value for name, value in zip(names, row, strict=True) if value}
        yield Finding(rule.name, rule.severity, sheet, cell, said)


def _order(finding: Finding, sheets: Mapping[str, int]) -> tuple[int, int, int, int, str, str]:
    column, row = cell_position(finding.cell)
    sheet = sheets.get(finding.sheet, len(sheets))
    return ORDER[finding.severity], sheet, row, column, finding.sheet, finding.rule


def cell_position(cell: str) -> tuple[int, int]:
    """Column and row from 1; (0, 0) for what is not one cell."""
    match = CELL.fullmatch(cell)
    if match is None:
        return 0, 0
    return column_number(match[1]), int(match[2])


def _masked(found: Sequence[Finding], workbook: Workbook) -> list[Finding]:
    """No finding repeats data about a person: neither from the same cell, nor as a sheet's name."""
    personal = [each for each in found if _is_personal(each)]
    if not personal:
        return list(found)
    cells = {each.place for each in personal}
    sheets = {
        name: f"#{number}" for number, name in enumerate((each.name for each in workbook.sheets), 1)
    }
    named = {name: number for name, number in sheets.items() if number in cells}
    return [_without(each, cells, named) for each in found]


def _without(finding: Finding, cells: Collection[str], named: Mapping[str, str]) -> Finding:
    quotes = not _is_personal(finding) and (finding.place in cells or bool(named))
    sheet = named.get(finding.sheet, finding.sheet)
    return replace(finding, sheet=sheet, values={} if quotes else finding.values)


def accepted_observations(reading: ParsedSubmission, findings: Sequence[Finding]) -> pd.DataFrame:
    """The observations that say something, by a value or a status, and are in no error."""
    cells = reading.observations
    errors = {
        (each.sheet, each.cell)
        for each in findings
        if each.severity is Severity.ERROR and each.cell
    }
    says = cells["value"].notna() | ~cells["observation_status"].isin(["", "A"])
    beside = [name for name in cells.columns if name == "cell" or name.endswith("_cell")]
    places = (zip(cells["sheet"], cells[name], strict=True) for name in beside)
    wrong = pd.concat(
        [pd.Series([place in errors for place in each], cells.index) for each in places], axis=1
    )
    return cells[says & ~wrong.any(axis=1)]
