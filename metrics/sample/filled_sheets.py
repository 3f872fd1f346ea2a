"""Fill figures and actions into the sheets of the ordinary template."""

from collections.abc import Mapping
from typing import NamedTuple

from openpyxl.worksheet.worksheet import Worksheet

from metrics.catalogue.codelists import codelist, fold_spelling, member_states
from metrics.catalogue.loader import catalogue
from metrics.core.series import parse_series
from metrics.intake.templates import headings
from metrics.sample.figure_generator import FIRST_YEAR, Entry
from metrics.sample.planned_workbooks import PlannedSubmission


def fill(sheet: Worksheet, entries_by_series: Mapping[str, Entry]) -> None:
    """Write each entry into the row of its series, including rows whose code is chosen."""
    columns, header = _find_headings(sheet, "observations")
    if "series" not in columns:
        return
    unused = dict(entries_by_series)
    for row in range(header + 1, sheet.max_row + 1):
        series = str(sheet.cell(row, columns["series"]).value or "")
        if series in unused:
            _write_entry(sheet, row, columns, unused.pop(series))
    _fill_open_rows(sheet, header, columns, unused)


def _fill_open_rows(
    sheet: Worksheet, header: int, columns: Mapping[str, int], unused: dict[str, Entry]
) -> None:
    """Fill rows in which the submitter chooses a code of a long list."""
    names = catalogue().indicators
    for row in range(header + 1, sheet.max_row + 1):
        name = sheet.cell(row, columns["indicator"]).value
        if sheet.cell(row, columns["series"]).value or not name:
            continue
        fitting = (series for series in unused if names[parse_series(series)[0]].name.en == name)
        if series := next(fitting, ""):
            sheet.cell(row, columns["series"]).value = series
            _write_entry(sheet, row, columns, unused.pop(series))


def _write_entry(sheet: Worksheet, row: int, columns: Mapping[str, int], entry: Entry) -> None:
    cells = {
        "value": entry.value,
        "observation_status": _code_with_name("observation_status", entry.observation_status),
        "confidentiality_status": _code_with_name(
            "confidentiality_status", entry.confidentiality_status
        ),
        "since": entry.since,
        "reference": entry.reference,
        "remark": entry.remark,
    }
    for name, value in cells.items():
        if name in columns and value not in {None, ""}:
            sheet.cell(row, columns[name]).value = value


def _code_with_name(list_name: str, code: str) -> str:
    return f"{code} – {codelist(list_name)[code].en}" if code else ""


def _find_headings(sheet: Worksheet, section: str) -> tuple[dict[str, int], int]:
    """Find the template's headings: name → column, and their row."""
    known = headings(section)
    for row in sheet.iter_rows(max_row=10):
        found = {
            known[text]: cell.column
            for cell in row
            if cell.column
            and (text := fold_spelling(str(cell.value or "").split(" 2")[0])) in known
        }
        if len(found) > 3:  # noqa: PLR2004
            return found, int(row[0].row or 0)
    return {}, 0


class InventedAction(NamedTuple):
    """One row of the sheet of actions, without its timeframe."""

    policy_target: str  # or the framework, if it has none
    goal: str
    status: str
    progress: str
    description: str
    partner: str = ""
    theme: str = ""


ACTIONS = tuple(InventedAction(*row) for row in (
    ("GA-1", "GA-1.1", "undertaken", "done", "A unit for victim identification was set up."),
    ("CC2019", "CC2019-24", "undertaken", "done", "Training of investigators.", "AL", "CAPACITY"),
    ("GA-2", "GA-2.1", "planned", "under_way", "A bill on the solicitation of children online."),
    ("GA-2", "GA-2.2", "planned", "under_way", "A joint team with neighbouring States."),
    ("CC2019", "CC2019-24", "planned", "under_way", "Notices on travelling offenders.", "TH",
     "TRAVELLING_OFFENDERS"),
    ("GA-3", "GA-3.1", "undertaken", "done", "A campaign on risks online was held in schools."),
    ("GA-3", "GA-3.2", "planned", "not_started", "A guide of good practice for teachers."),
    ("CC2019", "CC2019-24", "undertaken", "done", "Advice on legislation.", "MD", "LEGISLATION"),
    ("GA-4", "GA-4.1", "planned", "under_way", "An agreement with hosting providers."),
    ("GA-4", "GA-4.2", "planned", "postponed", "A shared procedure for removal with hotlines."),
    ("CC2019", "CC2019-24", "planned", "not_started", "Help against live-streamed abuse.", "PH",
     "LIVE_STREAMING"),
    ("PC-FI", "PC-FI", "undertaken", "done", "A training module for professionals was translated."),
))  # fmt: skip


def _timeframe(action: InventedAction, year: int) -> str:
    """What was undertaken is over when the round closes; what is planned follows it."""
    first = year - 1 if action.status == "undertaken" else year
    return f"{first}-{first + 1}"


def fill_actions(sheet: Worksheet, planned: PlannedSubmission) -> None:
    """Declare a few invented actions per State and year on the sheet of actions."""
    columns, header = _find_headings(sheet, "actions")
    if "goals" not in columns:
        return
    first = header + 1
    while sheet.cell(first, columns["description"]).value:  # earlier actions stay in the sheet
        first += 1
    year = planned.round.periods[0].year
    numbers = range(year, year + 3) if year == FIRST_YEAR else [year + 2]
    for row, number in enumerate(numbers, start=first):
        chosen = (member_states().index(planned.area) + number) % len(ACTIONS)
        action = ACTIONS[chosen]
        declared = {
            "policy_target": action.policy_target,
            "goals": action.goal,
            "status": codelist("action_status")[action.status].en,
            "description": f"{action.description} Invented action {number - FIRST_YEAR + 1}.",
            "timeframe": _timeframe(action, int(planned.round.code)),
            "progress": codelist("progress")[action.progress].en,
            "partner": codelist("partner")[action.partner].en if action.partner else None,
            "theme": codelist("theme")[action.theme].en if action.theme else None,
        }
        for name, value in declared.items():
            sheet.cell(row, columns[name]).value = value
