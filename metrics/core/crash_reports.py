"""Report unexpected errors in one sentence, with a traceback that quotes no submitted data."""

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import gettempdir
from traceback import TracebackException

from metrics.core.atomic_files import create_private, make_folder
from metrics.core.error_origins import faulty_parts
from metrics.core.errors import MetricsError
from metrics.core.version import product_version

REPORT_FOLDER = Path("data", "failures")


class UnforeseenError(MetricsError):
    """An internal error: the program failed, and not the file."""

    exit_code = 70  # as in sysexits.h

    def __init__(self, fault: str, report: Path) -> None:
        super().__init__("unforeseen", fault=fault, report=str(report))
        self.report = report


class ReportedFaultError(Exception):
    """An internal error in another process of the program, which has described it."""

    def __init__(self, fault: str, description: str) -> None:
        super().__init__(fault)
        self.fault = fault
        self.description = description


@contextmanager
def report_unexpected(home: Path, *expected: type[BaseException]) -> Iterator[None]:
    """Let expected errors pass, and turn all others into `UnforeseenError` with a report."""
    try:
        yield
    except Exception as error:
        if isinstance(error, (MetricsError, *expected)) or _is_named_by_system(error):
            raise
        raise UnforeseenError(name_fault(error), write_report(error, home)) from error


def name_fault(error: BaseException) -> str:
    """The kind of error and the innermost part of the program: `KeyError in rule large_change`."""
    if isinstance(error, ReportedFaultError):
        return error.fault
    parts = faulty_parts(error)
    return f"{type(error).__name__} in {parts[0]}" if parts else type(error).__name__


def _is_named_by_system(error: Exception) -> bool:
    """Whether the operating system names the cause, such as a full disk."""
    return isinstance(error, OSError) and error.errno is not None


def write_report(wrong: Exception, home: Path) -> Path:
    """Write the report into the workspace or, where that fails, into the temporary folder."""
    name = f"{datetime.now(UTC):%Y-%m-%dT%H%M%S.%fZ}.txt"
    for folder in (home / REPORT_FOLDER, Path(gettempdir(), "empact-failures")):
        try:
            make_folder(folder, folder)
            with os.fdopen(create_private(folder / name), "w", encoding="utf-8") as file:
                file.write(describe_error(wrong))
        except OSError:
            continue
        return folder / name
    return Path("the output of this command")


def describe_error(wrong: BaseException | None) -> str:
    """List the stack frames, without error messages, which may quote a file."""
    lines = [f"empact {product_version()}, Python {platform.python_version()}\n"]
    while wrong is not None:
        frames = TracebackException.from_exception(wrong).stack.format()
        named = [f"in {part}\n" for part in faulty_parts(wrong)]
        lines += [f"\n{type(wrong).__name__}\n", *named, *frames]
        if isinstance(wrong, ReportedFaultError):
            lines.append(f"\nIn another process: {wrong.description}")
        wrong = wrong.__cause__ or wrong.__context__
    return "".join(lines)
