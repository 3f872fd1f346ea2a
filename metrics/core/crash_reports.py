"""What nobody foresaw: said in one sentence, with a report that quotes nothing of any file."""

import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import gettempdir
from traceback import TracebackException

from metrics.core.errors import MetricsError
from metrics.core.version import product_version

FOLDER = Path("data", "failures")


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
    """Let expected errors pass, and turn all others into an `UnforeseenError` with a report."""
    try:
        yield
    except Exception as error:
        if isinstance(error, (MetricsError, *expected)) or _is_named_by_system(error):
            raise
        raise UnforeseenError(type(error).__name__, written(error, home)) from error


def _is_named_by_system(error: Exception) -> bool:
    """The system says what is wrong with a disk or a file by a number."""
    return isinstance(error, OSError) and error.errno is not None


def written(wrong: Exception, home: Path) -> Path:
    """In the workspace, or beside everything temporary where nothing can be written there."""
    name = f"{datetime.now(UTC):%Y-%m-%dT%H%M%S.%fZ}.txt"
    for folder in (home / FOLDER, Path(gettempdir(), "empact-failures")):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(described(wrong), encoding="utf-8")
        except OSError:
            continue
        return folder / name
    return Path("the output of this command")


def described(wrong: BaseException | None) -> str:
    """Where in the program it happened. What an error says may quote a file, so it is left out."""
    told = [f"empact {product_version()}, Python {platform.python_version()}\n"]
    while wrong is not None:
        frames = TracebackException.from_exception(wrong).stack.format()
        told += [f"\n{type(wrong).__name__}\n", *frames]
        wrong = wrong.__cause__ or wrong.__context__
    return "".join(told)
