"""Serve the dashboard: workers that hold no thread for a slow client, and their settings.

gunicorn reads the settings from this module (`--config python:dashboard.server.serving`),
starts the workers and replaces them. waitress, in each worker, receives a request whole before a
thread answers it, and sends the answer without one.
"""

import gc
import logging
import os
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import copy
from functools import partial
from pathlib import Path
from threading import Thread, Timer
from typing import Any

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import TcpWSGIServer
from waitress.utilities import Error, RequestEntityTooLarge

from dashboard.access import UPLOAD_PATH, body_limit
from dashboard.data import collections_in_order, home, open_release, release_store
from dashboard.intake import desk, is_open
from dashboard.pictures.drawing import PRELOADED
from metrics.catalogue.definitions.collections import Collection
from metrics.catalogue.loader import catalogue
from metrics.core.atomic_files import OTHERS, is_open_to_others
from metrics.core.errors import MetricsError
from metrics.core.freed_memory import return_freed_memory
from metrics.intake.formats.limits import MEGABYTE
from metrics.intake.limited_process import fork_from_server, start_server
from metrics.submissions.file_names import refuse_personal_name

# Two processes of sixteen threads served most requests per second in trials on two cores.
workers, threads = 2, 16
preload_app = True
loglevel = "warning"
graceful_timeout = 10
worker_class = "dashboard.server.serving.BufferingWorker"

WAITRESS = {
    "threads": threads,
    "connection_limit": 400,  # of each worker; a process may usually open 1,024 files
    "channel_timeout": 30,  # seconds without a byte in either direction
    "cleanup_interval": 1,
    "max_request_header_size": 16 * 1024,
    "asyncore_use_poll": True,
    "channel_request_lookahead": 1,  # so that it is noticed when a client leaves
    "outbuf_high_watermark": 64 * MEGABYTE,  # beyond, a thread waits; from 1 MB on, it is on disk
    "ident": None,
}
CONNECTIONS_KEPT = 300  # of the 400: the others are for those who come while one client holds many
# How long a thread keeps the interpreter while others want it. Python's own 5 ms made a reader wait
# three times as long beside three threads that write findings of large files.
SWITCH_SECONDS = 0.001
# Where files are taken, pandas is loaded for them, so that slides need little more.
OF_FILES = ("metrics.submissions.preloaded", "dashboard.slides.preloaded")
PREPARE_SECONDS = 1  # after the start, when the first page was asked for
IDLE_SECONDS, BUSY_SECONDS = 0.2, 60  # without a request before each step, and waited for at most
UPLOADS_AT_ONCE = 4  # of each worker
BODY_SECONDS = 10  # for the headers and the body of a callback
BODY_BYTES_PER_SECOND = 100_000  # the slowest upload that is waited for
LINGER_SECONDS = 5
DISCARDED_BYTES = 64 * 1024  # at a time
LOOP_SECONDS = 0.5
CLEANING_SECONDS = 600
# A pause after each connection lets an idle worker take the next one; not where hundreds are
# opened, as all others would wait for the sum of the pauses.
ACCEPT_PAUSE_SECONDS = 0.005
CONNECTIONS_SHARED = 64
ACCEPTED_AT_ONCE = 32


class TooManyUploadsError(Error):
    """The answer while as many uploads as a worker takes are being received."""

    code = 503
    reason = "Service Unavailable"


class LimitedRequest(HTTPRequestParser):
    """A request whose body is refused by its headers where it is larger than its route takes."""

    def __init__(self, adj: Adjustments, channel: "Channel") -> None:
        super().__init__(copy(adj))
        self.channel = channel
        self.began = time.monotonic()

    def parse_header(self, header_plus: bytes) -> None:
        try:
            super().parse_header(header_plus)
        except ValueError as error:  # a length of thousands of digits
            raise ParsingError("Content-Length is invalid") from error
        limit = body_limit(self.path)
        self.adj.max_request_body_size = limit + 1  # waitress refuses what reaches it
        if self.content_length > limit:
            self.refuse(RequestEntityTooLarge(f"at most {limit} bytes are taken here"))
        elif self.is_upload and self.channel.uploads_in_receipt() > UPLOADS_AT_ONCE:
            self.refuse(TooManyUploadsError("too many files are being sent; try again"))

    @property
    def is_upload(self) -> bool:
        return self.body_rcv is not None and bool(self.path == UPLOAD_PATH)

    def refuse(self, error: Error) -> None:
        self.error = error
        self.completed = True
        self.channel.leaves_body_unread = True
        self.expect_continue = False  # otherwise waitress asks for the body first

    @property
    def is_late(self) -> bool:
        allowed = BODY_SECONDS + self.content_length / BODY_BYTES_PER_SECOND
        return bool(time.monotonic() - self.began > allowed)


class Channel(HTTPChannel):
    """One connection; it is not closed before a client who still sends has read its answer."""

    lingers_until = 0.0

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401
        self.parser_class = partial(LimitedRequest, channel=self)
        self.leaves_body_unread = False
        super().__init__(*arguments, **named)

    def uploads_in_receipt(self) -> int:
        channels = self.server.active_channels.values()
        return sum(channel.request is not None and channel.request.is_upload
                   for channel in channels)  # fmt: skip

    @property
    def is_overdue(self) -> bool:
        if self.lingers_until:
            return time.monotonic() > self.lingers_until
        return self.request is not None and self.request.is_late

    def readable(self) -> bool:
        return bool(self.lingers_until or super().readable())

    def received(self, data: bytes) -> bool:
        """Pass over blank lines before a request at once: waitress takes each for a request."""
        return bool(super().received(data if self.request else data.lstrip(b"\r\n")))

    def handle_read(self) -> None:
        if self.lingers_until:
            self.recv(DISCARDED_BYTES)  # closes the connection where the client has closed it
        else:
            super().handle_read()

    def handle_write(self) -> None:
        if not (self.leaves_body_unread and self.close_when_flushed):
            super().handle_write()
            return
        self._flush_exception(self._flush_some)
        if not self.total_outbufs_len and not self.will_close:
            self.linger()
        if self.will_close:
            self.handle_close()

    def linger(self) -> None:
        """End the answer, and discard what still comes: a reset could destroy the answer."""
        self.close_when_flushed = False
        self.lingers_until = time.monotonic() + LINGER_SECONDS
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            self.will_close = True


def surplus_channels(channels: list[Channel]) -> list[Channel]:
    """The connections beyond those that may stay: of the address that has most, the oldest.

    One on which an answer is being worked out stays. Behind a proxy all have one address.
    """
    held = Counter(channel.addr[0] for channel in channels)
    idle = [channel for channel in channels if not channel.requests]
    oldest = sorted(idle, key=lambda channel: (-held[channel.addr[0]], channel.creation_time))
    return oldest[: max(0, len(channels) - CONNECTIONS_KEPT)]


class Server(TcpWSGIServer):
    """The listening socket that the workers share, as one worker uses it."""

    channel_class = Channel

    def handle_accept(self) -> None:
        """Take a connection; where hundreds are opened, several before the others are looked at."""
        super().handle_accept()
        if len(self.active_channels) < CONNECTIONS_SHARED:
            time.sleep(ACCEPT_PAUSE_SECONDS)
            return
        for _ in range(ACCEPTED_AT_ONCE - 1):
            held = len(self.active_channels)
            super().handle_accept()
            if len(self.active_channels) == held:
                break

    def maintenance(self, now: float) -> None:
        """Close connections that are too slow, too many, or unable to receive anything."""
        super().maintenance(now)
        channels = [*self.active_channels.values()]
        surplus = surplus_channels(channels)
        for channel in channels:
            is_late = channel.is_overdue or channel in surplus
            if (is_late or channel.will_close) and not channel.requests:
                channel.handle_close()
            elif is_late:
                channel.will_close = True

    @property
    def is_busy(self) -> bool:
        channels = [*self.active_channels.values()]
        return any(channel.requests or channel.total_outbufs_len for channel in channels)


class BufferingWorker(Worker):
    """A gunicorn worker that lets waitress receive, answer and send."""

    def run(self) -> None:
        (listener,) = self.sockets
        bound = listener.sock
        sockinfo = (bound.family, bound.type, bound.proto, bound.getsockname())
        server = Server(self.wsgi, _sock=bound, bind_socket=False, sockinfo=sockinfo, **WAITRESS)
        preparing = Timer(PREPARE_SECONDS, prepare, [lambda: server.is_busy])
        preparing.daemon = True
        preparing.start()
        while self.alive and self.ppid == os.getppid():
            self.poll(server)
        self.finish(server)

    def poll(self, server: Server) -> None:
        self.notify()
        wasyncore.loop(timeout=LOOP_SECONDS, use_poll=True, map=server._map, count=1)  # noqa: SLF001

    def finish(self, server: Server) -> None:
        """Take no more connections, and answer the requests that came."""
        server.accepting = False
        until = time.monotonic() + graceful_timeout
        while server.is_busy and time.monotonic() < until:
            self.poll(server)
        server.task_dispatcher.shutdown(timeout=1)


def on_starting(_arbiter: object) -> None:
    """Restrict what other programs write for the dashboard to its owner."""
    os.umask(OTHERS)


def when_ready(_arbiter: object) -> None:
    """Say which files of the workspace other accounts of the machine may read."""
    for path in paths_open_to_others(home()):
        logging.getLogger("gunicorn.error").warning(
            "other accounts of this machine may read %s: chmod -R go= %s", path, path
        )


def paths_open_to_others(home: Path) -> list[Path]:
    """Find files and folders with unreleased figures that other accounts can read."""
    data_folder = home / "data"
    if any(not is_open_to_others(folder) for folder in (home, data_folder)):
        return []
    published = {known.code for known in collections_in_order() if known.nature == "published"}
    submitted = [path for path in data_folder.glob("raw/*") if path.name not in published]
    kept = (data_folder / name for name in ("ledger.sqlite", "staging", "overrides"))
    return [path for path in (*kept, *submitted) if is_open_to_others(path)]


def pre_fork(_arbiter: object, _worker: Worker) -> None:
    """Let the workers share what is loaded: garbage collection would write to every object."""
    gc.collect()
    gc.freeze()


def post_worker_init(_worker: Worker) -> None:
    """Delete uploads when their time is over; fork from a process without threads what is limited.

    Uploads are deleted also while nobody sends anything.
    """
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    let_readers_interrupt()
    fork_from_server(*(OF_FILES if is_open() else []), PRELOADED)
    Thread(target=empty_staging, daemon=True).start()


def let_readers_interrupt() -> None:
    """Let a thread that draws a page take over from one that works on a file soon."""
    sys.setswitchinterval(SWITCH_SECONDS)


def prepare(is_busy: Callable[[], bool]) -> None:
    """Load what the first reader and the first sender would otherwise wait for.

    Each step waits until nobody is being answered, as it slows the answers of its process.
    """
    for step in preparation_steps():
        wait_until_idle(is_busy)
        step()


def preparation_steps() -> Iterator[Callable[[], object]]:
    """Open the current release of every collection; load what a file needs where any is taken."""
    for collection in collections_in_order():
        yield partial(open_current_release, collection)
    yield keep_what_is_loaded
    if is_open():
        yield start_server
        yield partial(refuse_personal_name, "figures.csv", catalogue())


def keep_what_is_loaded() -> None:
    """Give back what loading took, and let no collection of garbage look at what stays.

    Such a collection took 0.3 s of a page now and then, as it looked at every loaded text.
    """
    gc.collect()
    gc.freeze()
    return_freed_memory()


def wait_until_idle(is_busy: Callable[[], bool]) -> None:
    until = time.monotonic() + BUSY_SECONDS
    idle_since = time.monotonic()
    while time.monotonic() < min(until, idle_since + IDLE_SECONDS):
        time.sleep(IDLE_SECONDS / 4)
        if is_busy():
            idle_since = time.monotonic()


def open_current_release(collection: Collection) -> None:
    """Open and index the current release; a page reports one that cannot be opened."""
    with suppress(MetricsError, OSError):
        release = open_release(collection, release_store().current(collection.code))
        if release:
            release.index()


def empty_staging() -> None:
    while True:
        drop_abandoned_uploads()
        time.sleep(CLEANING_SECONDS)


def drop_abandoned_uploads() -> None:
    """Delete the uploads that wait for more than a day, where this dashboard takes files."""
    try:
        if is_open():
            desk().uploads.drop_abandoned()
    except OSError as error:
        logging.getLogger(__name__).warning("cannot empty the staging folder: %s", error.strerror)
