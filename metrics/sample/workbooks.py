"""Fill invented figures into the ordinary template, and submit them to an invented collection."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from io import BytesIO
from multiprocessing import active_children, get_context
from operator import attrgetter
from pathlib import Path
from signal import SIGTERM, default_int_handler, signal
from tempfile import TemporaryDirectory
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from metrics.catalogue.codelists import codelist, fold_spelling, member_states
from metrics.catalogue.definitions.collections import Round
from metrics.catalogue.definitions.indicators import Indicator
from metrics.catalogue.denominators import children_near
from metrics.catalogue.loader import Catalogue, catalogue
from metrics.core.errors import SubmissionError
from metrics.core.period import ReferencePeriod
from metrics.core.series import parse_series
from metrics.core.tables import MISSING, NOT_APPLICABLE, NOT_COLLECTED, VALUE, WITHHELD
from metrics.intake.templates import headings
from metrics.sample.invented import FIRST_YEAR, Entry, SeriesRequest, figures, without_value
from metrics.sample.progress import SAMPLE
from metrics.sample.relations import CHILDREN, relation_of
from metrics.submissions.archive import VINTAGE
from metrics.submissions.desk import Desk, Outcome

INVENTED = "invented"  # the nature of a collection
SEED = 2026

# (round, area) of workbooks that are not sent, sent late, and sent again.
SILENT = {("2022", "MT"), ("2023", "CY"), ("2025", "HU"), ("2025", "MT"), ("2025", "BG")}
LATE = {("2021", "IT"), ("2023", "EL"), ("2024", "RO"), ("2025", "EL"), ("2025", "PT")}
SENT_AGAIN = {("2022", "DE"), ("2023", "FR"), ("2024", "FI"), ("2024", "NL"), ("2025", "SE")}

# Status of absent figures: how often in ten thousand rows, and the analyst's remark.
ABSENT = {
    MISSING: (120, "Not available for this year."),
    NOT_COLLECTED: (90, "Not collected by the competent authority."),
    NOT_APPLICABLE: (40, "Cannot exist in this State."),
    WITHHELD: (10, "Withheld by the competent authority."),
}
# Flags on figures: how often in ten thousand rows.
FLAGGED = {"E": 150, "B": 20, "D": 30, "U": 30, "P": 60, "I": 10, "N": 10, "V": 10, "J": 5, "S": 5}
WRITTEN_AT = re.compile(rb"<dcterms:modified.*?</dcterms:modified>")
REMARKS = {"B": "Counting rule changed this year.", "E": "Estimated from three quarters."}


@dataclass(frozen=True)
class PlannedSubmission:
    """One workbook on its way: whose, for which round, when, and as which version."""

    area: str
    round: Round
    received: datetime
    version: int = 0
    collection: str = SAMPLE

    @property
    def key(self) -> tuple[str, str, str]:
        """Area, round and vintage, as the ledger has them."""
        return self.area, self.round.code, f"{self.received:{VINTAGE}}"


def ignore_count(_done: int, _total: int) -> None:
    """Show nobody how far it is."""


def send_workbooks(
    home: Path,
    count: Callable[[int, int], None] = ignore_count,
    *,
    collection: str = SAMPLE,
    only_missing: bool = False,
    areas: Sequence[str] = member_states(),
) -> int:
    """Submit every invented workbook of a collection, or the missing ones; none twice.

    Two States at a time; each one's workbooks in the order of receipt. `count` is called with the
    number of workbooks submitted so far, and of all. Returns the number submitted now.
    """
    every = [planned for area in areas for planned in submissions_planned_for(area, collection)]
    waiting = group_by_area(find_missing(home, every, collection) if only_missing else every)
    number = sum(map(len, waiting.values()))
    done = len(every) - number
    if number:
        count(done, len(every))
        # Its processes may have children, as each workbook is examined in one of its own.
        with two_processes() as pool:
            sending = [
                pool.submit(send_workbooks_of_state, home, state) for state in waiting.items()
            ]
            for sent in as_completed(sending):
                done += sent.result()
                count(done, len(every))
    return number


@contextmanager
def two_processes() -> Iterator[ProcessPoolExecutor]:
    """Where the block is left early, what is being written is rolled back and nothing else done."""
    interrupted_by_sigterm = (SIGTERM, default_int_handler)
    with ProcessPoolExecutor(2, get_context("spawn"), signal, interrupted_by_sigterm) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in active_children():
                process.terminate()
            raise


def require_invented(collection: str) -> None:
    """SubmissionError unless the collection is one of invented figures, which may be filled in."""
    if catalogue().collection(collection).nature != INVENTED:
        every = catalogue().collections.values()
        invented = ", ".join(sorted(known.code for known in every if known.nature == INVENTED))
        raise SubmissionError(
            f"{collection!r} takes no invented figures; collections that do are {invented}"
        )


def find_missing(
    home: Path, planned_submissions: Iterable[PlannedSubmission], collection: str = SAMPLE
) -> list[PlannedSubmission]:
    """The workbooks that the ledger lacks, as after a build that was stopped."""
    with closing(Desk(home)) as desk:
        table = desk.submissions_table(collection)
    there = {*zip(table["area"], table["round"], table["vintage"], strict=True)}
    return [planned for planned in planned_submissions if planned.key not in there]


def group_by_area(
    planned_submissions: Iterable[PlannedSubmission],
) -> dict[str, list[PlannedSubmission]]:
    """Each State's workbooks in the order of receipt."""
    found: dict[str, list[PlannedSubmission]] = {}
    for planned in sorted(planned_submissions, key=attrgetter("received")):
        found.setdefault(planned.area, []).append(planned)
    return found


def send_workbooks_of_state(home: Path, waiting: tuple[str, Sequence[PlannedSubmission]]) -> int:
    """Submit the workbooks of one State; SubmissionError if one is not accepted."""
    area, planned_submissions = waiting
    with closing(Desk(home)) as desk, TemporaryDirectory() as folder:
        for planned in planned_submissions:
            path = Path(folder) / f"{planned.round.code}-{area}-{planned.version}.xlsx"
            path.write_bytes(workbook(desk, planned))
            examination = desk.submit(path, received=planned.received)
            if examination.outcome is not Outcome.ACCEPTED:
                reasons = examination.findings[:3]
                raise SubmissionError(f"{path.name}: {examination.outcome}: {reasons}")
    return len(planned_submissions)


def submissions_planned_for(area: str, collection: str = SAMPLE) -> Iterator[PlannedSubmission]:
    order = member_states().index(area)
    for round_ in catalogue().collection(collection).rounds:
        report = (round_.code, area)
        if report in SILENT:
            continue
        days = 12 if report in LATE else -5 - 2 * order
        sent = datetime.combine(round_.due, time(9, order), UTC) + timedelta(days=days)
        first = PlannedSubmission(area, round_, sent, collection=collection)
        yield first
        if report in SENT_AGAIN:
            yield replace(first, received=sent + timedelta(days=90), version=1)


def workbook(desk: Desk, planned: PlannedSubmission) -> bytes:
    """The ordinary template, filled in as an analyst would."""
    template = desk.template(planned.collection, planned.area, planned.round.code, "en")
    book = load_workbook(BytesIO(template))
    invented = entries(catalogue(), planned)
    for sheet in book.worksheets:
        fill(sheet, invented)
        fill_actions(sheet, planned)
    filled = BytesIO()
    book.save(filled)
    return remove_timestamps(filled)


def remove_timestamps(workbook: BytesIO) -> bytes:
    """Remove the timestamps that openpyxl writes, so that the bytes are deterministic."""
    packed = BytesIO()
    with ZipFile(workbook) as parts, ZipFile(packed, "w", ZIP_DEFLATED) as same:
        for name in parts.namelist():
            part = parts.read(name)
            part = WRITTEN_AT.sub(b"", part) if name == "docProps/core.xml" else part
            same.writestr(ZipInfo(name), part, ZIP_DEFLATED)
    return packed.getvalue()


def entries(known: Catalogue, planned: PlannedSubmission) -> dict[str, Entry]:
    """Every row of one workbook, by series."""
    period = planned.round.periods[0]
    request = SeriesRequest(planned.area, period.year, SEED, period.months)
    asked = known.restrict_to(known.collection(planned.collection))
    found: dict[str, Entry] = {}
    for indicator, rows in invent_rows(asked.indicators, request, period):
        found |= dict(_flagged_entries(indicator, rows, planned))
    return found


def invent_rows(
    indicators: Mapping[str, Indicator], request: SeriesRequest, period: ReferencePeriod
) -> Iterator[tuple[Indicator, dict[str, Entry]]]:
    """The figures of each indicator of a State and period, related to those before."""
    known: dict[str, Entry] = {}
    for defined in indicators_in_filling_order(indicators):
        indicator = defined.in_period(period)
        rows = figures(indicator, request, _base_value(indicator, request, known))
        known |= rows
        yield indicator, rows


def indicators_in_filling_order(known: Mapping[str, Indicator]) -> list[Indicator]:
    """The collected indicators, each after the one that it is related to."""
    collected = [
        indicator for indicator in known.values() if indicator.collected and not indicator.formula
    ]
    return sorted(collected, key=lambda indicator: _depth(indicator, known))


def _depth(indicator: Indicator, known: Mapping[str, Indicator]) -> int:
    relation = relation_of(indicator)
    before = known.get(relation.indicator) if relation else None
    return 1 + _depth(before, known) if before else 0


def _base_value(
    indicator: Indicator, request: SeriesRequest, rows: Mapping[str, Entry]
) -> float | None:
    """The value that the indicator's total is related to; None without one."""
    relation = relation_of(indicator)
    if relation and relation.per == CHILDREN:
        return children_near(request.area, request.year) / 1000
    base = rows.get(relation.per) if relation else None
    return base.value if base and isinstance(base.value, float) else None


def _flagged_entries(
    indicator: Indicator, rows: Mapping[str, Entry], planned: PlannedSubmission
) -> Iterator[tuple[str, Entry]]:
    """Leave some indicators out with a reason, flag some figures, and revise some."""
    key = [SEED, planned.round.periods[0].year, *planned.area.encode(), *indicator.code.encode()]
    drawn = int(np.random.default_rng([99, *key]).integers(10_000))
    absent = draw_code(drawn, {status: share for status, (share, _) in ABSENT.items()})
    flag = _provisional_flag(draw_code(9_999 - drawn, FLAGGED), planned)
    is_revised = bool(planned.version) and drawn % 7 == 0 and not indicator.breakdowns
    for series, entry in rows.items():
        if absent:
            yield series, without_value(entry, absent, ABSENT[absent][1])
        elif is_revised:
            yield series, _recounted_entry(entry)
        else:
            is_confidential = drawn % 997 == 0 and parse_series(series)[1] == VALUE
            yield (
                series,
                replace(
                    entry,
                    observation_status=flag,
                    confidentiality_status="C" if is_confidential else "",
                    remark=REMARKS.get(flag, ""),
                ),
            )


def _recounted_entry(entry: Entry) -> Entry:
    if not isinstance(entry.value, float):
        return entry
    return replace(entry, value=entry.value + 1, remark="Corrected after a recount.")


def _provisional_flag(flag: str, planned: PlannedSubmission) -> str:
    """Some States' newest figures are provisional until they are sent again."""
    is_newest = planned.round == catalogue().collection(planned.collection).rounds[-1]
    is_chosen = member_states().index(planned.area) % 4 == 0
    return flag or ("P" if is_newest and is_chosen and not planned.version else "")


def draw_code(number: int, shares: Mapping[str, int]) -> str:
    """The code that a number below 10,000 falls on, given the frequency of each; or none."""
    for code, share in shares.items():
        if number < share:
            return code
        number -= share
    return ""


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
