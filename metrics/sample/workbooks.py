"""Fill invented figures into the ordinary template, and submit them to an invented collection."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import closing, contextmanager
from io import BytesIO
from multiprocessing import active_children, get_context
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import load_workbook

from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import catalogue
from metrics.core.errors import SubmissionError
from metrics.core.termination import exit_on_sigterm
from metrics.sample.entries import entries
from metrics.sample.filled_sheets import fill, fill_actions
from metrics.sample.planned_workbooks import PlannedSubmission, submissions_planned_for
from metrics.sample.progress import SAMPLE
from metrics.submissions.desk import Desk, Outcome

INVENTED = "invented"  # the nature of a collection
WRITTEN_AT = re.compile(rb"<dcterms:modified.*?</dcterms:modified>")


def ignore_count(_done: int, _total: int) -> None:
    """Report no progress."""


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
                pool.submit(send_workbooks_of_state, home, *state) for state in waiting.items()
            ]
            for sent in as_completed(sending):
                done += sent.result()
                count(done, len(every))
    return number


@contextmanager
def two_processes() -> Iterator[ProcessPoolExecutor]:
    """If the block is left early, running work is rolled back and no more is begun."""
    with ProcessPoolExecutor(2, get_context("spawn"), exit_on_sigterm) as pool:
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
        raise SubmissionError("not_invented", collection=collection, known=invented)


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


def send_workbooks_of_state(
    home: Path, area: str, planned_submissions: Sequence[PlannedSubmission]
) -> int:
    """Submit the workbooks of one State; SubmissionError if one is not accepted."""
    with closing(Desk(home)) as desk, TemporaryDirectory() as folder:
        for planned in planned_submissions:
            path = Path(folder) / f"{planned.round.code}-{area}-{planned.version}.xlsx"
            path.write_bytes(workbook(desk, planned))
            examination = desk.submit(path, received=planned.received)
            if examination.outcome is not Outcome.ACCEPTED:
                reasons = ", ".join(finding.rule for finding in examination.findings)
                raise SubmissionError("sample_refused", file=path.name, reasons=reasons)
    return len(planned_submissions)


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
