"""The dashboard as `empact serve` starts it, and requests to it."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

SENDER = {"X-Requested-With": "EMPACT", "X-File-Name": "finland.csv"}
PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Served:
    port: int
    home: Path
    process: int

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        connection.request(method, path, body, dict(headers or {}))
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, content

    def connect(self, sent: bytes, receive_buffer: int = 0) -> socket.socket:
        connection = socket.socket()
        if receive_buffer:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        connection.settimeout(PATIENCE_SECONDS)
        connection.connect(("127.0.0.1", self.port))
        connection.sendall(sent)
        return connection

    def seconds_to_answer(self) -> float:
        began = time.monotonic()
        assert self.ask("GET", "/")[0] == 200
        return time.monotonic() - began

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process}/task/{self.process}/children").read_text()
        return [int(process) for process in children.split()]


@contextmanager
def serving(home: Path) -> Iterator[Served]:
    """Serve a workspace with its intake open for this machine; its log is `log` in it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "metrics", "--home", str(home), "serve", "--port", str(port),
               "--intake", "local"]  # fmt: skip
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        running = Served(port, home, process.pid)
        try:
            _wait_for_answer(running)
            yield running
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=PATIENCE_SECONDS)


def _wait_for_answer(served: Served) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            served.ask("GET", "/")
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail((served.home / "log").read_text())
