"""Write documents in a process of its own, as pictures are drawn; the last ones are kept."""

from dataclasses import dataclass

from dashboard.answer_cache import AnswerCache, KeptAnswer, kept_file
from dashboard.exports import formats_of
from dashboard.pictures.limited_process import OneAtATime, advance_of
from dashboard.pictures.progress_board import ProgressBoard
from dashboard.progress import Advance
from dashboard.report.document import ReportDocument, ReportTask
from metrics.intake.formats.limits import MEGABYTE
from metrics.intake.limited_process import Ask, WorkLimits

WRITING = OneAtATime(
    WorkLimits(60, 800, "to_write_report"), waiting_seconds=120, refusal="report_not_written"
)
KEPT_REPORTS = AnswerCache(32 * MEGABYTE)  # of each worker
BOARD = ProgressBoard()


@dataclass(frozen=True)
class ReportFile:
    """What decides the bytes of a document: its name, the release, language and format."""

    name: str
    collection: str
    digest: str  # of the release
    language: str
    format_name: str


def write_in_process(document: ReportDocument, format_name: str, advance: Advance) -> KeptAnswer:
    """The file of a document, and its digest."""
    return kept_file(WRITING.run(write_for_asker, document, format_name, advance=advance))


def write_for_asker(ask: Ask, document: ReportDocument, format_name: str) -> bytes:
    return formats_of(ReportTask)[format_name].write(ReportTask(document, advance_of(ask)))
