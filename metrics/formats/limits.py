"""How much of a stranger's file is read; stated in docs/files.md and in every refusal."""

import resource

from metrics.errors import UnreadableError

MEGABYTE = 1 << 20

FILE_MEGABYTES = 50
UNPACKED_MEGABYTES = 256  # of all the XML inside a workbook
PARTS = 2_000
SHEETS = 256
CELLS = 2_000_000  # that hold something, in all sheets
AREA = 5_000_000  # from A1 to the last one that holds something, in all sheets
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of Excel and LibreOffice

MEMORY_MEGABYTES = 512  # of the reading process, address space and so resident memory
ANSWER_MEGABYTES = 96
LEAST_SECONDS, MOST_SECONDS = 4, 10
MEGABYTES_PER_SECOND = 2


def seconds(file_bytes: int) -> int:
    """Processor time a file may take: a small one has no reason to take long."""
    return min(LEAST_SECONDS + file_bytes // (MEGABYTES_PER_SECOND * MEGABYTE), MOST_SECONDS)


def impose(file_bytes: int) -> None:
    """The kernel keeps this process within them, whatever happens in it."""
    within(resource.RLIMIT_AS, MEMORY_MEGABYTES * MEGABYTE)
    within(resource.RLIMIT_FSIZE, ANSWER_MEGABYTES * MEGABYTE)
    within(resource.RLIMIT_CPU, seconds(file_bytes))
    within(resource.RLIMIT_CORE, 0)


def within(limit: int, most: int) -> None:
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
