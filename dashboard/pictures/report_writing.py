"""Write documents in a process of its own, as pictures are drawn; the last ones are kept."""

from dataclasses import dataclass
from hashlib import sha256
from threading import BoundedSemaphore

from dashboard.answer_cache import AnswerCache, KeptAnswer
from dashboard.exports import formats_of
from dashboard.pictures.drawing import SUCCESS
from dashboard.pictures.progress_board import ProgressBoard
from dashboard.progress import Advance
from dashboard.report.document import ReportDocument, ReportTask
from metrics.core.errors import SubmissionError, UnreadableError
from metrics.intake.formats.limits import MEGABYTE
from metrics.intake.limited_process import Ask, WorkLimits, run_limited

WRITING = WorkLimits(60, 800, "to_write_report")
WRITERS = BoundedSemaphore(1)  # of each worker
WAITING_FOR_OTHERS = 120  # seconds
KEPT_REPORTS = AnswerCache(32 * MEGABYTE)  # of each worker
BOARD = ProgressBoard()


class NotWrittenError(SubmissionError):
    """A document needs more than it is given, or others are written for too long."""

    def __init__(self) -> None:
        super().__init__("report_not_written")


@dataclass(frozen=True)
class ReportFile:
    """What decides the bytes of a document: its name, the release, language and format."""

    name: str
    collection: str
    digest: str  # of the release
    language: str
    format_name: str


def write_apart(document: ReportDocument, format_name: str, advance: Advance) -> KeptAnswer:
    """The file of a document, and its digest."""
    if not WRITERS.acquire(timeout=WAITING_FOR_OTHERS):
        raise NotWrittenError
    try:
        content = run_limited(
            write_for_asker, WRITING, "", document, format_name,
            answer=lambda steps: advance(*steps),
        )  # fmt: skip
    except UnreadableError as error:
        raise NotWrittenError from error
    finally:
        WRITERS.release()
    return KeptAnswer(content, sha256(content).hexdigest()[:32], SUCCESS)


def write_for_asker(ask: Ask, document: ReportDocument, format_name: str) -> bytes:
    task = ReportTask(document, lambda done, total: ask((done, total)))
    return formats_of(ReportTask)[format_name].write(task)
