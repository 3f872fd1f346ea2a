"""Limits on a submitted file; stated in docs/files.md and in every refusal."""

import resource
from pathlib import Path

from metrics.core.errors import UnreadableError

MEGABYTE = 1 << 20

FILE_MEGABYTES = 50
UNPACKED_MEGABYTES = 256  # of all the XML inside a workbook
PARTS = 2_000
SHEETS = 256
CELLS = 2_000_000  # that hold something, in all sheets
AREA = 5_000_000  # from A1 to the last one that holds something, in all sheets
LONGEST_TEXT = 1_000_000  # in a cell of a text file
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of Excel and LibreOffice

MEMORY_MEGABYTES = 352  # of the reading process: with the one that waits for it, within 512
ANSWER_MEGABYTES = 96
# A small file has no reason to take long. OpenDocument says the same in four times as many words.
SECONDS, SECONDS_PER_MEGABYTE, MOST_SECONDS = 4, 1, 10
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


def impose_limits(path: Path) -> None:
    """Let the kernel keep this process within the limits, whatever happens in it."""
    set_limit(resource.RLIMIT_AS, MEMORY_MEGABYTES * MEGABYTE)
    set_limit(resource.RLIMIT_FSIZE, ANSWER_MEGABYTES * MEGABYTE)
    set_limit(resource.RLIMIT_CPU, allowed_seconds(path))
    set_limit(resource.RLIMIT_CORE, 0)


def set_limit(limit: int, most: int) -> None:
    """The hard limit of processor time is a second more, so that the signal says what was met."""
    resource.setrlimit(limit, (most, most + (limit == resource.RLIMIT_CPU)))


class Budget:
    """Counts cells over all sheets of a workbook, before room is made for them.

    A sheet may be charged again as it grows: `rows` and `columns` in all, `cells` that are new.
    """

    def __init__(self) -> None:
        self.areas: dict[str, int] = {}
        self.cells = 0

    def charge(self, where: str, rows: int, columns: int, cells: int) -> None:
        if rows > LAST_ROW or columns > LAST_COLUMN:
            raise UnreadableError(f"has a cell in row {rows}, column {columns} of {where}; "
                                  "no spreadsheet program has such a place")  # fmt: skip
        self.areas[where] = rows * columns
        self.cells += cells
        if sum(self.areas.values()) > AREA:
            raise UnreadableError(
                f"has a cell as far as row {rows:,}, column {columns:,} of {where}: more than "
                f"{AREA:,} places are not read; delete what stands far from the table"
            )
        if self.cells > CELLS:
            raise UnreadableError(f"has more than {CELLS:,} cells that hold something; "
                                  "send it in parts")  # fmt: skip
