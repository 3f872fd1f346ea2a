"""Process untrusted text in a process of its own, within limits of time and memory.

The process is forked from this one, which has loaded everything that it needs. Where threads run,
a fork could copy a lock that one of them holds: there it is forked from a server process instead,
which has no threads. Results and questions travel between processes of the same program.
"""

import gc
import os
import pickle
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from io import BytesIO
from multiprocessing import forkserver, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from signal import SIGXCPU
from time import monotonic
from typing import Any, TypeVar, cast

from metrics.core.crash_reports import ReportedFaultError, describe_error, name_fault
from metrics.core.errors import KeyedText, MetricsError, UnreadableError
from metrics.core.freed_memory import return_freed_memory
from metrics.core.printable_names import printable_name
from metrics.intake.formats.limits import MEGABYTE, NICENESS, set_limit

POLL_SECONDS = 0.25
# The kernel limits processor time; on a busy machine, elapsed time may be many times longer.
WAITING_FACTOR = 10

Result = TypeVar("Result")
Ask = Callable[[Any], Any]


@dataclass(frozen=True)
class WorkLimits:
    """Processor time and memory for one piece of work, and what it does."""

    seconds: int
    megabytes: int
    what: str


EXAMINATION = WorkLimits(30, 640, "to_examine")
ANNOTATION = WorkLimits(60, 640, "to_annotate")
LISTING = WorkLimits(60, 640, "to_list_findings")


class LimitError(UnreadableError):
    """A limit of a disposable process was reached."""


class AbandonedError(MetricsError):
    """The client that requested the work has disconnected."""

    exit_code = 14


class StartMethod:
    """How a process is started: a fork of this process, or of a server without threads."""

    name = "fork"


def fork_from_server(*preloaded: str) -> None:
    """Fork from a server process that has loaded these modules, as this process has threads."""
    StartMethod.name = "forkserver"
    get_context("forkserver").set_forkserver_preload([*preloaded])


def start_server() -> None:
    """Start the server process before it is needed: to load everything takes seconds."""
    forkserver.ensure_running()


def _never() -> bool:
    return False


# Called at intervals during the work: whether nobody waits for it any more.
_has_left: ContextVar[Callable[[], bool]] = ContextVar("has_left", default=_never)


@contextmanager
def abandoned_when(has_left: Callable[[], bool]) -> Iterator[None]:
    """Let work that the block starts end as soon as nobody waits for it."""
    token = _has_left.set(has_left)
    try:
        yield
    finally:
        _has_left.reset(token)


def refuse_abandoned() -> None:
    """AbandonedError if nobody waits any more for what is being done."""
    if _has_left.get()():
        raise AbandonedError("abandoned")


def run_limited(
    work: Callable[..., Result],
    limits: WorkLimits,
    file: str,
    *arguments: object,
    answer: Ask | None = None,
) -> Result:
    """Return the result of `work(ask, *arguments)`, which runs in a process of its own.

    `ask` lets the work put a question to this process, which `answer` answers. UnreadableError,
    with the name of the file, if a limit is reached; errors of the program are raised as
    `ReportedFaultError`.
    """
    context = get_context(StartMethod.name)
    ours, theirs = context.Pipe()
    process = context.Process(  # type: ignore[attr-defined]
        target=_run, args=(work, limits, theirs, arguments), daemon=True
    )
    with ours:
        process.start()
        theirs.close()
        try:
            return cast("Result", _await_result(ours, process, limits, answer))
        except LimitError as error:
            raise error.naming(printable_name(file)) from error
        finally:
            process.kill()
            process.join()
            process.close()


def _await_result(
    ours: Connection, process: BaseProcess, limits: WorkLimits, answer: Ask | None
) -> object:
    until = monotonic() + WAITING_FACTOR * limits.seconds
    while True:
        while not ours.poll(POLL_SECONDS):
            refuse_abandoned()
            if not process.is_alive() and not ours.poll():
                raise _ended(process.exitcode, limits)
            if monotonic() > until:
                raise _too_slow(limits)
        try:
            kind, content = ours.recv()
        except EOFError:
            raise _ended_early(process, limits) from None
        if kind == "question" and answer:
            ours.send(answer(content))
        elif kind == "result":
            return _receive_result(ours, process, limits)
        else:
            raise content if kind == "error" else ReportedFaultError(*content)


def _receive_result(ours: Connection, process: BaseProcess, limits: WorkLimits) -> object:
    try:
        return pickle.load(PipeFile(ours))  # noqa: S301 - from a process of this program
    except EOFError:
        raise _ended_early(process, limits) from None


def _ended_early(process: BaseProcess, limits: WorkLimits) -> LimitError:
    process.join()
    return _ended(process.exitcode, limits)


def _send_result(result: object, theirs: Connection) -> None:
    """Send a result; where memory does not suffice, the connection ends before it."""
    try:
        pickle.dump(result, PipeFile(theirs), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        theirs.close()


class PipeFile:
    """A connection as a file, so that a large result is never in memory as one text of bytes."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._received = connection, BytesIO()

    def write(self, content: bytes | memoryview | pickle.PickleBuffer) -> int:
        raw = pickle.PickleBuffer(content).raw()
        self._connection.send_bytes(raw)
        return raw.nbytes

    def read(self, size: int) -> bytes:
        found = self._received.read(size)
        while len(found) < size:
            self._received = BytesIO(self._connection.recv_bytes())
            found += self._received.read(size - len(found))
        return found

    def readline(self) -> bytes:
        line = self._received.readline()
        while not line.endswith(b"\n"):
            self._received = BytesIO(self._connection.recv_bytes())
            line += self._received.readline()
        return line


def _run(
    work: Callable[..., object],
    limits: WorkLimits,
    theirs: Connection,
    arguments: tuple[object, ...],
) -> None:
    """Do the work in the new process, and send its result or its error."""

    def ask(question: object) -> object:
        theirs.send(("question", question))
        return theirs.recv()

    # The process ends with its work: to search a million cells for garbage again and again finds
    # nothing, and to search what came with the fork would copy all its memory.
    gc.disable()
    gc.freeze()
    try:
        _impose(limits)
        result = work(ask, *arguments)
        return_freed_memory()  # while the other process receives the result
        theirs.send(("result", None))
        _send_result(result, theirs)
    except MetricsError as error:
        theirs.send(("error", error))
    except MemoryError:
        theirs.send(("error", _too_large(limits)))
    except Exception as error:  # noqa: BLE001 - whatever it is, the sender must not be blamed
        theirs.send(("fault", (name_fault(error), describe_error(error))))


def _impose(limits: WorkLimits) -> None:
    """Let the kernel enforce the limits, beyond what the process began with."""
    os.nice(NICENESS)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
    used = pages * resource.getpagesize()
    set_limit(resource.RLIMIT_DATA, used + limits.megabytes * MEGABYTE)
    set_limit(resource.RLIMIT_CPU, limits.seconds)
    set_limit(resource.RLIMIT_CORE, 0)


def _too_slow(limits: WorkLimits) -> LimitError:
    return LimitError("much_time", work=KeyedText(limits.what), seconds=limits.seconds)


def _too_large(limits: WorkLimits) -> LimitError:
    return LimitError("much_memory", work=KeyedText(limits.what), megabytes=limits.megabytes)


def _ended(code: int | None, limits: WorkLimits) -> LimitError:
    return _too_slow(limits) if code == -SIGXCPU else _too_large(limits)
