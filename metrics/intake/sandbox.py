"""Open a submitted file in a process of its own, within limits of time and memory."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from multiprocessing.connection import wait
from pathlib import Path
from signal import SIGXCPU
from site import getsitepackages
from tempfile import TemporaryFile
from typing import IO, Any

from metrics.core.crash_reports import ReportedFaultError
from metrics.core.errors import UnreadableError
from metrics.core.printable_names import printable_name
from metrics.intake.formats import limits
from metrics.intake.formats.reader_answers import FAULT_OF_PROGRAM, decode_answer
from metrics.intake.workbook import (
    CellDisplay,
    MergedCells,
    NonValue,
    Percent,
    Sheet,
    TextFragment,
    Workbook,
)

SOURCE = Path(__file__).parents[2]
# -I ignores environment and working directory, -S the start-up files of installed packages; the
# paths to our own code and to the packages are added back. An error before the file is opened
# quotes nothing from it.
START = f"""
import sys
sys.path[:0] = sys.argv.pop(1).split({os.pathsep!r})
try:
    from metrics.intake.formats.__main__ import main
except Exception as error:
    import json, traceback
    fault = f"{{type(error).__name__}} in the reading process"
    print(json.dumps({{"fault": fault, "description": traceback.format_exc()}}))
    sys.exit({FAULT_OF_PROGRAM})
main()
"""
# The kernel limits processor time; on a busy machine, elapsed time may be many times longer.
WAITING_FACTOR = 10
CELL_TYPES: Mapping[str, Callable[[str], object]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "error": partial(NonValue, "error"),
    "formula": partial(NonValue, "formula"),
    "disguised": partial(NonValue, "disguised"),
    "marked": partial(NonValue, "marked"),
    "percent": Percent,
}


@dataclass(frozen=True)
class ReaderAnswer:
    """A file that was opened. What was read of it is decoded where it is needed, and not kept."""

    answer: bytes  # of the reading process
    name: str

    @property
    def workbook(self) -> Workbook:
        """The content; UnreadableError explains why there is none."""
        return open_answer(self.answer, self.name)


def open_file(path: Path, name: str = "", copy: Path | None = None) -> ReaderAnswer:
    """Open a file, and write its clean copy if a path for it is given."""
    return ReaderAnswer(read_answer(path, name, copy), name or path.name)


def unpack(path: Path, name: str = "", copy: Path | None = None) -> Workbook:
    """Read the content of a file, and write its clean copy if a path for it is given.

    UnreadableError explains why it cannot be read.
    """
    return open_file(path, name, copy).workbook


def read_answer(path: Path, name: str = "", copy: Path | None = None) -> bytes:
    """Let the reading process open a file; its answer can be stored and decoded later."""
    file = printable_name(name or path.name)
    try:
        return run_reader(path, file, copy)
    except UnreadableError as error:
        raise error.naming(file) from error


def open_answer(answer: bytes, name: str) -> Workbook:
    """Build the workbook from an answer; UnreadableError if the answer is a refusal."""
    file = printable_name(name)
    try:
        return build_workbook(file, decode_answer(answer, dict(CELL_TYPES)))
    except UnreadableError as error:
        raise error.naming(file) from error


def run_reader(path: Path, name: str, copy: Path | None = None) -> bytes:
    """Return the answer of the process, written to a file whose size the kernel limits."""
    refuse_size(path)
    allowed = limits.allowed_seconds(path) * (limits.TIMES_WITH_COPY if copy else 1)
    packages = os.pathsep.join((str(SOURCE), *getsitepackages()))
    command = [sys.executable, "-I", "-S", "-c", START, packages, str(path.resolve()), name]
    command += [str(copy.resolve())] if copy else []
    with TemporaryFile() as answer:
        code = wait_for_end(command, answer, allowed)
        answer.seek(0)
        if code == FAULT_OF_PROGRAM:
            raise ReportedFaultError(**json.load(answer))
        refuse_exit_code(code, allowed)
        return answer.read()


def wait_for_end(command: Sequence[str], answer: IO[bytes], allowed: int) -> int:
    """Run the process, and return its exit code; the kernel says when it ends."""
    with subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.DEVNULL, stdout=answer, stderr=subprocess.DEVNULL
    ) as process:
        end = os.pidfd_open(process.pid)
        try:
            if not wait([end], WAITING_FACTOR * allowed):
                process.kill()
                raise timeout_error(allowed)
        finally:
            os.close(end)
    return process.returncode


def refuse_size(path: Path) -> None:
    if not path.is_file():
        raise UnreadableError("no_file")
    size = path.stat().st_size
    if size > limits.FILE_MEGABYTES * limits.MEGABYTE:
        raise UnreadableError(
            "too_large", megabytes=size // limits.MEGABYTE, most=limits.FILE_MEGABYTES
        )


def timeout_error(allowed: int) -> UnreadableError:
    return UnreadableError("too_long", seconds=allowed)


def refuse_exit_code(code: int, allowed: int) -> None:
    if code == -SIGXCPU:
        raise timeout_error(allowed)
    if code:
        raise UnreadableError("reader_ended", code=str(code), megabytes=limits.MEMORY_MEGABYTES)


def build_sheet(
    name: str, rows: list[list[object]], merged: Iterable[Sequence[int]], *, visible: bool
) -> Sheet:
    return Sheet(name, rows, visible, tuple(MergedCells(*block) for block in merged))


def build_workbook(name: str, answer: Mapping[str, Any]) -> Workbook:
    return Workbook(
        name,
        answer["format"],
        tuple(build_sheet(**sheet) for sheet in answer["sheets"]),
        tuple(TextFragment(**text) for text in [*answer["texts"], *answer["left_out"]]),
        tuple(CellDisplay(**display) for display in answer["displays"]),
        dict(answer["stamp"]),
        tuple(answer["remarks"]),
    )
