"""Report unexpected errors in one sentence, with a traceback that quotes no submitted data."""

import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import gettempdir
from traceback import TracebackException

from metrics.core.errors import MetricsError
from metrics.core.version import product_version

REPORT_FOLDER = Path("data", "failures")


class UnforeseenError(MetricsError):
    """A fault of the program, not of the file."""

    exit_code = 70  # as in sysexits.h

    def __init__(self, kind: str, report: Path) -> None:
        super().__init__(
            f"a fault of the program stopped it ({kind}); nothing was changed half. Try once more; "
            f"if it happens again, send {report} to those who run this service. "
            "It quotes nothing of any file"
        )
        self.report = report


@contextmanager
def report_unexpected(home: Path, *expected: type[BaseException]) -> Iterator[None]:
    """Let expected errors pass, and turn all others into `UnforeseenError` with a report."""
    try:
        yield
    except Exception as error:
        if isinstance(error, (MetricsError, *expected)) or _is_named_by_system(error):
            raise
        raise UnforeseenError(type(error).__name__, write_report(error, home)) from error


def _is_named_by_system(error: Exception) -> bool:
    """Whether the operating system names the cause, such as a full disk."""
    return isinstance(error, OSError) and error.errno is not None


def write_report(wrong: Exception, home: Path) -> Path:
    """Write the report into the workspace or, where that fails, into the temporary folder."""
    name = f"{datetime.now(UTC):%Y-%m-%dT%H%M%S.%fZ}.txt"
    for folder in (home / REPORT_FOLDER, Path(gettempdir(), "empact-failures")):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(describe_error(wrong), encoding="utf-8")
        except OSError:
            continue
        return folder / name
    return Path("the output of this command")


def describe_error(wrong: BaseException | None) -> str:
    """List the stack frames, without error messages, which may quote a file."""
    lines = [f"empact {product_version()}, Python {platform.python_version()}\n"]
    while wrong is not None:
        frames = TracebackException.from_exception(wrong).stack.format()
        lines += [f"\n{type(wrong).__name__}\n", *frames]
        wrong = wrong.__cause__ or wrong.__context__
    return "".join(lines)
