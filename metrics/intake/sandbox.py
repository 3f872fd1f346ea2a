"""Opens a submitted file in a process of its own, and gives what it holds."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from pathlib import Path
from signal import SIGXCPU
from tempfile import TemporaryFile
from typing import Any

from metrics.core.errors import UnreadableError
from metrics.intake.formats import limits
from metrics.intake.formats.wire import understood
from metrics.intake.workbook import NonValue, Percent, Sheet, TextFragment, Workbook

SOURCE = Path(__file__).parents[2]
# -I: nothing from the environment or the working directory. The path comes back for our own code.
START = """
import sys
sys.path.insert(0, sys.argv.pop(1))
from metrics.intake.formats.__main__ import main
main()
"""
LONGEST_NAME = 120
# The kernel stops a file at its processor time. On a busy machine that may take many times longer.
PATIENCE = 10
CELLS: Mapping[str, Callable[[str], object]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "error": partial(NonValue, "error"),
    "formula": partial(NonValue, "formula"),
    "percent": Percent,
}


def unpack(path: Path, name: str = "") -> Workbook:
    """What the file holds; UnreadableError says in one sentence why it cannot be read."""
    shown = printable(name or path.name)
    try:
        return workbook(shown, understood(answered(path, shown), dict(CELLS)))
    except UnreadableError as wrong:
        raise UnreadableError(f"{shown} {wrong}") from wrong


def printable(name: str) -> str:
    kept = "".join(letter if letter.isprintable() else "\ufffd" for letter in name)
    return kept if len(kept) <= LONGEST_NAME else f"{kept[:60]}…{kept[-50:]}"


def answered(path: Path, name: str) -> bytes:
    """What the process answers. It writes to a file, which the kernel keeps from growing."""
    refuse_size(path)
    allowed = limits.seconds(path)
    command = [sys.executable, "-I", "-c", START, str(SOURCE), str(path.resolve()), name]
    with TemporaryFile() as answer:
        try:
            ended = subprocess.run(  # noqa: S603
                command, stdin=subprocess.DEVNULL, stdout=answer, stderr=subprocess.DEVNULL,
                timeout=PATIENCE * allowed, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as wrong:
            raise too_long(allowed) from wrong
        refuse_death(ended.returncode, allowed)
        answer.seek(0)
        return answer.read()


def refuse_size(path: Path) -> None:
    if not path.is_file():
        raise UnreadableError("is not there, or is no file")
    size = path.stat().st_size
    if size > limits.FILE_MEGABYTES * limits.MEGABYTE:
        raise UnreadableError(
            f"has {size // limits.MEGABYTE:,} MB; at most {limits.FILE_MEGABYTES} MB are read. "
            "Remove pictures and sheets that are not needed, or send it in parts"
        )


def too_long(allowed: int) -> UnreadableError:
    return UnreadableError(
        f"takes longer to read than the {allowed} s given to a file of its kind and size; "
        "remove what is not needed, or send it in parts"
    )


def refuse_death(code: int, allowed: int) -> None:
    if code == -SIGXCPU:
        raise too_long(allowed)
    if code:
        raise UnreadableError(
            f"cannot be read (the reader ended with {code}): it is damaged, or needs more than "
            f"{limits.MEMORY_MEGABYTES} MB of memory. "
            "Open it in a spreadsheet program and save it again as .xlsx"
        )


def workbook(name: str, answer: Mapping[str, Any]) -> Workbook:
    return Workbook(
        name,
        answer["format"],
        tuple(sheet(page) for page in answer["pages"]),
        tuple(TextFragment(**note) for note in answer["notes"]),
        dict(answer["stamp"]),
        tuple(answer["remarks"]),
    )


def sheet(page: Mapping[str, Any]) -> Sheet:
    return Sheet(page["name"], page["rows"], page["visible"], frozenset(page["hidden_rows"]))
