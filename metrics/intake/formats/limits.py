"""Limits on a submitted file; stated in docs/files.md and in every refusal."""

import os
import resource
from pathlib import Path

from metrics.core.errors import KeyedText, UnreadableError

MEGABYTE = 1 << 20
NICENESS = 10  # of work that gives way to readers of pages

FILE_MEGABYTES = 50
UNPACKED_MEGABYTES = 256  # of all the XML inside a workbook
PARTS = 2_000
SHEETS = 256
CELLS = 2_000_000  # non-empty cells of all sheets
AREA = 5_000_000  # cells from A1 to the last non-empty one, of all sheets
LONGEST_TEXT = 1_000_000  # in a cell of a text file
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of Excel and LibreOffice

MEMORY_MEGABYTES = 352  # of the reading process; with the waiting process, within 512
ANSWER_MEGABYTES = 96
# A small file must not take long. 100,000 rows of Excel take a quarter to a third of what they may
# (docs/files.md); OpenDocument needs four times as much XML for the same content.
# A file is opened once more to write its clean copy, and the copy is read.
TIMES_WITH_COPY = 2
SECONDS, SECONDS_PER_MEGABYTE, MOST_SECONDS = 4, 2, 20
OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
OPEN_DOCUMENT_SECONDS_PER_MEGABYTE, OPEN_DOCUMENT_MOST_SECONDS = 4, 25


def allowed_seconds(path: Path) -> int:
    """The processor time for a file of its kind and size."""
    megabytes = path.stat().st_size // MEGABYTE
    with path.open("rb") as file:
        if OPEN_DOCUMENT in file.read(200):
            more = OPEN_DOCUMENT_SECONDS_PER_MEGABYTE * megabytes
            return min(SECONDS + more, OPEN_DOCUMENT_MOST_SECONDS)
    return min(SECONDS + SECONDS_PER_MEGABYTE * megabytes, MOST_SECONDS)


def impose_limits(path: Path, times: int = 1) -> None:
    """Let the kernel enforce the limits on this process, which opens a file so many times."""
    os.nice(NICENESS)
    set_limit(resource.RLIMIT_AS, MEMORY_MEGABYTES * MEGABYTE)
    set_limit(resource.RLIMIT_FSIZE, ANSWER_MEGABYTES * MEGABYTE)
    set_limit(resource.RLIMIT_CPU, times * allowed_seconds(path))
    set_limit(resource.RLIMIT_CORE, 0)


def set_limit(limit: int, most: int) -> None:
    """Set a limit; for processor time the hard limit is a second more, so SIGXCPU comes first."""
    resource.setrlimit(limit, (most, most + (limit == resource.RLIMIT_CPU)))


class Budget:
    """Counts cells over all sheets of a workbook, before memory is allocated for them.

    A sheet may be charged again as it grows: with `rows` and `columns` in total, and new `cells`.
    """

    def __init__(self) -> None:
        self.areas: dict[int, int] = {}
        self.cells = 0

    def charge(self, sheet: int, rows: int, columns: int, cells: int) -> None:
        if rows > LAST_ROW or columns > LAST_COLUMN:
            raise UnreadableError(
                "no_such_place",
                row=rows,
                column=columns,
                sheet=KeyedText.filled("sheet", number=sheet),
            )
        self.areas[sheet] = rows * columns
        self.cells += cells
        if sum(self.areas.values()) > AREA:
            raise UnreadableError(
                "far_cell",
                row=rows,
                column=columns,
                sheet=KeyedText.filled("sheet", number=sheet),
                places=AREA,
            )
        if self.cells > CELLS:
            raise UnreadableError("many_cells", cells=CELLS)
