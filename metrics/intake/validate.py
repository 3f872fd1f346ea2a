"""Apply every rule to a submission, and return all findings without a limit."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from metrics.core.cells import column_number
from metrics.core.faulty_parts import name_faulty_part
from metrics.intake.finding_texts import EXPLAINED
from metrics.intake.findings import SEVERITY_RANKS, Finding, Rule, Severity, ValidationContext
from metrics.intake.rules import rules
from metrics.intake.workbook import ParsedSubmission, Workbook

CELL_ADDRESS = re.compile(r"([A-Z]+)(\d+)")
FEWEST_LETTERS = 5  # shorter remarks, such as "ok" or "-", explain nothing


def validate(case: ValidationContext) -> list[Finding]:
    """All findings, the most severe first, then in the order of sheets and rows."""
    workbook = case.reading.workbook
    findings = [finding for rule in rules().values() for finding in _apply_rule(rule, case)]
    findings = _mask_personal_data(findings, workbook)
    findings = _add_explanations(findings, case.reading.observations)
    sheets = {sheet.name: rank for rank, sheet in enumerate(workbook.sheets)}
    return sorted(findings, key=lambda finding: _sort_key(finding, sheets))


def _apply_rule(rule: Rule, case: ValidationContext) -> Iterator[Finding]:
    """A finding for each offending row; its other columns, if filled, are the values."""
    with name_faulty_part(f"rule {rule.name}"):
        offending = rule.offends(case)
        if offending.empty:
            return
        offending = offending.fillna("").astype("str")
        names = [str(name) for name in offending.columns if name not in {"sheet", "cell"}]
        columns = [offending[name].tolist() for name in ("sheet", "cell", *names)]
    for sheet, cell, *row in zip(*columns, strict=True):
        values = {name: value for name, value in zip(names, row, strict=True) if value}
        yield Finding(rule.name, rule.severity, sheet, cell, values)


def _mask_personal_data(findings: list[Finding], workbook: Workbook) -> list[Finding]:
    """Mask data about a person: in other findings on the cell, and in a sheet's name."""
    locations = {finding.location for finding in findings if _is_personal(finding)}
    if not locations:
        return findings
    numbered = {sheet.name: f"#{number}" for number, sheet in enumerate(workbook.sheets, 1)}
    masked_sheets = {name: number for name, number in numbered.items() if number in locations}
    return [_mask_finding(finding, locations, masked_sheets) for finding in findings]


def _mask_finding(
    finding: Finding, locations: Collection[str], masked_sheets: Mapping[str, str]
) -> Finding:
    may_quote = _is_personal(finding) or not (finding.location in locations or masked_sheets)
    sheet = masked_sheets.get(finding.sheet, finding.sheet)
    return replace(finding, sheet=sheet, values=finding.values if may_quote else {})


def _is_personal(finding: Finding) -> bool:
    return rules()[finding.rule].family == "identifying"


def _add_explanations(findings: list[Finding], observations: pd.DataFrame) -> list[Finding]:
    """Give each warning the remark that was written beside the value."""
    if any(_is_personal(found) and found.severity is Severity.ERROR for found in findings):
        return findings  # no text of a file with data about a person is repeated
    remarked = observations[observations["remark"] != ""]
    cells = zip(remarked["sheet"], remarked["cell"], strict=True)
    remarks = dict(zip(cells, remarked["remark"], strict=True))
    return [
        _add_explanation(finding, remarks.get((finding.sheet, finding.cell), ""))
        for finding in findings
    ]


def _add_explanation(finding: Finding, remark: str) -> Finding:
    explains = sum(map(str.isalpha, remark)) >= FEWEST_LETTERS
    if finding.severity is not Severity.WARNING or not explains:
        return finding
    return replace(finding, values={**finding.values, EXPLAINED: remark})


def _sort_key(finding: Finding, sheets: Mapping[str, int]) -> tuple[int, int, int, int, str, str]:
    column, row = cell_position(finding.cell)
    sheet = sheets.get(finding.sheet, len(sheets))
    return SEVERITY_RANKS[finding.severity], sheet, row, column, finding.sheet, finding.rule


def cell_position(cell: str) -> tuple[int, int]:
    """Column and row from 1; (0, 0) for anything but a single cell."""
    match = CELL_ADDRESS.fullmatch(cell)
    if match is None:
        return 0, 0
    return column_number(match[1]), int(match[2])


def accepted_observations(reading: ParsedSubmission, findings: Sequence[Finding]) -> pd.DataFrame:
    """The observations with a value or status, without an error in any of their cells."""
    observations = reading.observations
    errors = {
        (finding.sheet, finding.cell)
        for finding in findings
        if finding.severity is Severity.ERROR and finding.cell
    }
    has_value = observations["value"].notna()
    has_status = ~observations["observation_status"].isin(["", "A"])
    cell_columns = [
        name for name in observations.columns if name == "cell" or name.endswith("_cell")
    ]
    rows = zip(*(observations[name] for name in ("sheet", *cell_columns)), strict=True)
    in_error = [any((sheet, cell) in errors for cell in cells) for sheet, *cells in rows]
    wrong = pd.Series(in_error, observations.index, dtype="bool")
    return observations[(has_value | has_status) & ~wrong]
