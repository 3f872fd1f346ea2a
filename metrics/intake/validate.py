"""Apply every rule to a submission, and return all findings without a limit."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from metrics.core.cells import column_number
from metrics.core.error_origins import name_faulty_part
from metrics.core.shared_texts import series_of_rows, shared_texts
from metrics.core.tables import NORMAL
from metrics.intake.consequential_findings import without_consequences
from metrics.intake.contested_findings import parse_contests, reason_for
from metrics.intake.finding_texts import (
    ABOUT,
    CONTESTED,
    EXPLAINED,
    IS_NUMBER,
    SEEN,
    shorten_text,
    states_number,
)
from metrics.intake.findings import SEVERITY_RANKS, Finding, Rule, Severity, ValidationContext
from metrics.intake.reading.numbers import cell_text
from metrics.intake.rules import is_about_person, rules
from metrics.intake.templates import sheet_names
from metrics.intake.workbook import ParsedSubmission, Workbook

SHEET_NUMBER = re.compile(r"#\d+")
CELLS = re.compile(r"[A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?")
CODED_VALUES = ("where", "state")  # of findings about persons: codes, and no text of the file
CELL_ADDRESS = re.compile(r"([A-Z]+)(\d+)")
# The file belongs to another collection, round or State.
CHANGED_CELL, OTHER_PERIOD = "scope_cell_changed", "period_not_asked"
WRONG_FILE = (
    "collection_mismatch", "round_mismatch", "file_of_other_area", "area_not_reporting",
    CHANGED_CELL,
)  # fmt: skip
# What is found in the cells of such a file all the same: these families, but for what depends on
# collection, round or State.
FAMILIES_OF_CELLS = (
    "structure", "codes", "values", "relations", "duplicates", "sums", "quotations", "actions",
)  # fmt: skip
OF_SCOPE = (
    OTHER_PERIOD, "period_in_future", "parts_of_period", "period_missing", "indicator_not_asked",
    "area_mismatch", "area_missing", "title_with_period", "title_with_area", "name_with_area",
    "name_with_period", "name_of_other_year", "name_of_other_state", "policy_target_unknown",
    "goal_unknown",
)  # fmt: skip
LETTERS_OF_AN_EXPLANATION = 5  # shorter remarks, such as "ok" or "-", explain nothing


def validate(context: ValidationContext) -> list[Finding]:
    """All findings, the most severe first, then in the order of sheets and rows."""
    workbook = context.reading.workbook
    findings = [finding for rule in rules().values() for finding in _apply_rule(rule, context)]
    sheets = {sheet.name: rank for rank, sheet in enumerate(workbook.sheets)}
    if contests := parse_contests(context.asked.get(CONTESTED, "")):
        findings = [
            _contest(finding, reason_for(finding, contests, sheets)) for finding in findings
        ]
    findings = _restate_changed_headings(findings, context)
    if any(finding.rule in WRONG_FILE for finding in findings):
        findings = [finding for finding in findings if _holds_for_wrong_file(finding)]
    findings = without_consequences(findings, context.reading.observations)
    findings = sorted(findings, key=lambda finding: _sort_key(finding, sheets))
    if holds_personal_data(findings):
        return [_withhold_texts(found, sheets) for found in findings if is_about_person(found)]
    _name_rows(findings, context.reading.observations)
    findings = _state_numbers(findings, context.reading.observations)
    findings = [_quote_cell(finding, sheets, workbook) for finding in findings]
    findings = _mask_doubtful_cells(findings, workbook)
    return _add_explanations(findings, context.reading.observations)


def _apply_rule(rule: Rule, context: ValidationContext) -> Iterator[Finding]:
    """A finding for each offending row; its other columns, if filled, are the values."""
    with name_faulty_part(f"rule {rule.name}"):
        offending = rule.offends(context)
        if offending.empty:
            return
        offending = offending.fillna("").astype("str")
        names = [str(name) for name in offending.columns if name not in {"sheet", "cell"}]
        columns = [shared_texts(offending[name]) for name in ("sheet", "cell", *names)]
    # Findings that say the same share what they say: there may be as many as cells.
    shared: dict[tuple[str, ...], Mapping[str, str]] = {}
    for sheet, cell, *row in zip(*columns, strict=True):
        key = tuple(row)
        if (values := shared.get(key)) is None:
            values = {name: value for name, value in zip(names, row, strict=True) if value}
            shared[key] = values
        yield Finding(rule.name, rule.severity, sheet, cell, values)


def holds_personal_data(findings: Iterable[Finding]) -> bool:
    """Whether the file of the findings is refused because it holds data about a person."""
    return any(
        is_about_person(finding) and finding.severity is Severity.ERROR for finding in findings
    )


def _contest(finding: Finding, reason: str) -> Finding:
    """Keep why the sender says that a finding is about no person; it refuses no longer."""
    if not reason or not is_about_person(finding):
        return finding
    values = {**finding.values, CONTESTED: reason}
    return replace(finding, severity=Severity.WARNING, values=values)


def _withhold_texts(finding: Finding, sheets: Mapping[str, int]) -> Finding:
    """Only rule and place: no text of a file with data about a person is repeated.

    Neighbouring cells are often about the same person. Sheets are named by number, except those
    that have the names of our own.
    """
    number = f"#{sheets[finding.sheet] + 1}" if finding.sheet in sheets else ""
    is_ours = finding.sheet in sheet_names() or SHEET_NUMBER.fullmatch(finding.sheet) is not None
    cells = finding.cell if CELLS.fullmatch(finding.cell) else ""
    coded = {name: value for name, value in finding.values.items() if name in CODED_VALUES}
    return replace(finding, sheet=finding.sheet if is_ours else number, cell=cells, values=coded)


def _mask_doubtful_cells(findings: list[Finding], workbook: Workbook) -> list[Finding]:
    """Repeat no text of a cell or sheet name that may be about a person."""
    locations = {finding.location for finding in findings if is_about_person(finding)}
    if not locations:
        return findings
    numbered = {sheet.name: f"#{number}" for number, sheet in enumerate(workbook.sheets, 1)}
    masked_sheets = {name: number for name, number in numbered.items() if number in locations}
    return [_mask_finding(finding, locations, masked_sheets) for finding in findings]


def _mask_finding(
    finding: Finding, locations: Collection[str], masked_sheets: Mapping[str, str]
) -> Finding:
    may_quote = is_about_person(finding) or not (finding.location in locations or masked_sheets)
    sheet = masked_sheets.get(finding.sheet, finding.sheet)
    return replace(finding, sheet=sheet, values=finding.values if may_quote else {})


def _restate_changed_headings(findings: list[Finding], context: ValidationContext) -> list[Finding]:
    """One error a heading where a workbook of a round has another one's period above all figures.

    It is last year's workbook with this year's figures, and no row of it is wrong by itself.
    """
    stamped = context.reading.workbook.stamp.get("round", "")
    other = _round_of_all_figures(context) if stamped else ""
    if other in {"", stamped}:
        return findings
    return [
        replace(
            finding,
            rule=CHANGED_CELL,
            values={
                "typed": finding.values.get("typed", ""),
                "understood": other,
                "expected": stamped,
                "detail": "round",
            },
        )
        if finding.rule == OTHER_PERIOD
        else finding
        for finding in findings
    ]


def _round_of_all_figures(context: ValidationContext) -> str:
    """The round that asks for the one period of all figures; empty if they have several."""
    observations = context.reading.observations
    periods = {*observations.loc[observations["value"].notna(), "period"]}
    rounds = [
        known.code for known in context.collection.rounds if periods == {*map(str, known.periods)}
    ]
    return rounds[0] if len(rounds) == 1 else ""


def _holds_for_wrong_file(finding: Finding) -> bool:
    """Whether a finding also holds for a file of another collection, round or State.

    Faults in cells and data about persons do; notes and comparisons depend on the scope.
    """
    if finding.rule in WRONG_FILE or is_about_person(finding):
        return True
    if not finding.cell or finding.severity is Severity.NOTE or finding.rule in OF_SCOPE:
        return False
    return rules()[finding.rule].family in FAMILIES_OF_CELLS


def _quote_cell(finding: Finding, sheets: Mapping[str, int], workbook: Workbook) -> Finding:
    """Add the text of the cell, where what a finding names is a code or another text.

    A number in a cell is marked, as each reader's sheet writes its decimals in its own way.
    """
    typed = finding.values.get("typed", "")
    if not typed or finding.sheet not in sheets:
        return finding
    column, row = cell_position(finding.cell.partition(":")[0])
    cells = workbook.sheets[sheets[finding.sheet]].rows[row - 1 : row] if row else []
    content = cells[0][column - 1] if cells and column <= len(cells[0]) else None
    text, added = cell_text(content), {}
    if isinstance(content, float) and not content.is_integer():
        added[IS_NUMBER] = "yes"
    if text.strip() and typed not in text:
        added[SEEN] = shorten_text(text)
    return replace(finding, values={**finding.values, **added}) if added else finding


def _state_numbers(findings: list[Finding], observations: pd.DataFrame) -> list[Finding]:
    """Give sentences that state a number that number, and not as the sender spelt it: `1.234,5`."""
    is_spelt = (observations["form"] == "number") & (
        observations["typed"] != observations["understood"]
    )
    spelt = observations[is_spelt]
    cells = zip(spelt["sheet"], spelt["cell"], strict=True)
    numbers = dict(zip(cells, spelt["understood"], strict=True))
    return [
        replace(finding, values={**finding.values, "typed": number})
        if (number := numbers.get((finding.sheet, finding.cell), ""))
        and "typed" in finding.values
        and states_number(finding.rule)
        else finding
        for finding in findings
    ]


def _name_rows(findings: list[Finding], observations: pd.DataFrame) -> None:
    """Give each finding in a row the series of that row, if the row has one only.

    One after the other in the list: a file may have more findings than fit into memory twice.
    """
    rows = [(finding.sheet, cell_position(finding.cell)[1]) for finding in findings]
    located = pd.MultiIndex.from_frame(observations[["sheet", "row"]])
    named = observations[located.isin([*dict.fromkeys(rows)])]
    series = _series_by_row(named)
    shared: dict[tuple[int, str], Mapping[str, str]] = {}  # by the values before, which all stay
    kept = [finding.values for finding in findings]
    for position, (finding, row) in enumerate(zip(findings, rows, strict=True)):
        if row in series and finding.rule not in WRONG_FILE:
            key = id(kept[position]), series[row]
            if key not in shared:
                shared[key] = {**finding.values, ABOUT: series[row]}
            findings[position] = replace(finding, values=shared[key])


def _series_by_row(observations: pd.DataFrame) -> dict[tuple[str, int], str]:
    """The series of each sheet and row that is about one only."""
    found: dict[tuple[str, int], str] = {}
    about_several = set()
    rows = zip(shared_texts(observations["sheet"]), observations["row"].tolist(), strict=True)
    for row, series in zip(rows, series_of_rows(observations), strict=True):
        if found.setdefault(row, series) != series:
            about_several.add(row)
    return {row: series for row, series in found.items() if row not in about_several}


def _add_explanations(findings: list[Finding], observations: pd.DataFrame) -> list[Finding]:
    """Give each warning the remark beside the value; one without a value or status is not kept."""
    remarked = observations[(observations["remark"] != "") & _says_something(observations)]
    cells = zip(remarked["sheet"], remarked["cell"], strict=True)
    remarks = dict(zip(cells, remarked["remark"], strict=True))
    return [
        _add_explanation(finding, remarks.get((finding.sheet, finding.cell), ""))
        for finding in findings
    ]


def _add_explanation(finding: Finding, remark: str) -> Finding:
    explains = sum(map(str.isalpha, remark)) >= LETTERS_OF_AN_EXPLANATION and not is_about_person(
        finding
    )
    if finding.severity is not Severity.WARNING or not explains:
        return finding
    return replace(finding, values={**finding.values, EXPLAINED: remark})


def _sort_key(
    finding: Finding, sheets: Mapping[str, int]
) -> tuple[int, bool, int, int, int, str, str]:
    column, row = cell_position(finding.cell)
    sheet = sheets.get(finding.sheet, len(sheets)) if finding.sheet else -1
    of_part = finding.rule not in WRONG_FILE
    rank = SEVERITY_RANKS[finding.severity]
    return rank, of_part, sheet, row, column, finding.sheet, finding.rule


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
    cell_columns = [
        name for name in observations.columns if name == "cell" or name.endswith("_cell")
    ]
    # As arrays of objects, because iterating over a column of texts creates each of them again.
    sheets = observations["sheet"].to_numpy(dtype=object)
    wrong = np.zeros(len(observations), dtype=bool)
    for name in cell_columns if errors else ():
        cells = zip(sheets, observations[name].to_numpy(dtype=object), strict=True)
        wrong |= np.fromiter((cell in errors for cell in cells), bool, len(observations))
    return observations[_says_something(observations) & ~wrong]


def _says_something(observations: pd.DataFrame) -> pd.Series:
    """Which rows have a value, or a status that says why there is none; others are not kept."""
    has_status = ~observations["observation_status"].isin(["", NORMAL])
    return observations["value"].notna() | has_status
