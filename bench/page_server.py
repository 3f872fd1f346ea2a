"""The server of the pages under load: processor time, answers a second, memory of its workers."""

import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import islice, product
from pathlib import Path
from queue import Empty, SimpleQueue
from socket import socket
from typing import Self
from urllib.parse import urlsplit

from bench.processes import family
from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import catalogue
from metrics.messages import languages

PATIENCE_SECONDS = 120
TICKS = os.sysconf("SC_CLK_TCK")
CLIENTS = 8
SEED = 4
HEADERS = {"Accept-Encoding": "br", "Accept-Language": "en"}
AT_A_TIME = 1_000  # views between two looks at the memory


@dataclass(frozen=True)
class ServedPages:
    """A server, by its address and the process that started it."""

    address: str
    process: int

    @property
    def port(self) -> int:
        return int(urlsplit(self.address).port or 0)

    @classmethod
    @contextmanager
    def of_workspace(cls, home: Path) -> Iterator[Self]:
        """`empact serve` on a free port."""
        port = free_port()
        empact = [sys.executable, "-m", "metrics", "--home", str(home)]
        command = [*empact, "serve", "--port", str(port)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            served = cls(f"http://127.0.0.1:{port}", process.pid)
            try:
                served.wait()
                yield served
            finally:
                process.terminate()

    def wait(self) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            try:
                self.ask(["/"])
            except OSError:
                time.sleep(0.2)
            else:
                return
        sys.exit(f"{self.address} does not answer")

    def connect(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)

    def ask(self, views: Iterable[str]) -> list[float]:
        """Seconds of each answer, one after the other on one connection."""
        connection = self.connect()
        found = []
        for view in views:
            began = time.perf_counter()
            connection.request("GET", view, headers=HEADERS)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                sys.exit(f"{view}: {answer.status}")
            found.append(time.perf_counter() - began)
        connection.close()
        return found

    def processor_seconds(self) -> float:
        return sum(map(processor_seconds_of, family(self.process)))

    def worker_memory(self) -> "Memory":
        """That of the largest worker."""
        workers = [member for member in family(self.process) if member != self.process]
        return max(map(Memory.of_process, workers), key=lambda memory: memory.resident)


@dataclass(frozen=True)
class Memory:
    """Megabytes of a process: with all that it shares with others, and with its part of that."""

    resident: float
    proportional: float

    @classmethod
    def of_process(cls, pid: int) -> Self:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()[1:]
        except OSError:
            return cls(0, 0)
        kilobytes = {name: int(number) for name, number, *_ in map(str.split, lines)}
        return cls(kilobytes["Rss:"] / 1024, kilobytes["Pss:"] / 1024)


def free_port() -> int:
    with closing(socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def processor_seconds_of(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return 0
    return (int(fields[11]) + int(fields[12])) / TICKS


def new_views(number: int) -> Iterator[str]:
    """Different views of scoreboard, goals and States, in an order that is always the same."""
    goals = catalogue().restrict_to(catalogue().collections["sample"]).goals
    periods = ("", *(f"&period={year}" for year in range(2020, 2026)))
    of_goals = (
        f"/goal?collection=sample&goal={goal}&area={area}&lang={language}{period}"
        for goal, area, language, period in product(goals, member_states(), languages(), periods)
    )
    of_areas = (
        f"{path}?collection=sample&area={area}&lang={language}{period}"
        for path, area, language, period in product(
            ("/", "/state"), member_states(), languages(), periods
        )
    )
    found = [*of_goals, *of_areas]
    random.Random(SEED).shuffle(found)
    return islice(found, number)


def measure_processor_time(served: ServedPages, views: Sequence[str]) -> float:
    """Milliseconds of processor time for each view, of all processes of the server."""
    served.ask(views[:1])
    before = served.processor_seconds()
    served.ask(views)
    return (served.processor_seconds() - before) / len(views) * 1000


def measure_throughput(served: ServedPages, views: Sequence[str]) -> float:
    """Answers a second to several clients, who share the processors with the server."""
    asked: SimpleQueue[str] = SimpleQueue()
    for view in views:
        asked.put(view)

    def client() -> None:
        served.ask(drain(asked))

    clients = [threading.Thread(target=client) for _ in range(CLIENTS)]
    began = time.perf_counter()
    for thread in clients:
        thread.start()
    for thread in clients:
        thread.join()
    return len(views) / (time.perf_counter() - began)


def drain(queue: "SimpleQueue[str]") -> Iterator[str]:
    while True:
        try:
            yield queue.get_nowait()
        except Empty:
            return


@dataclass(frozen=True)
class FakeReaders:
    """People who read: each asks for a view, reads it, and asks for the next."""

    served: ServedPages
    number: int
    seconds: float
    pause: float

    def slowest_of_twenty(self, new: Sequence[str], seen: Sequence[str]) -> float:
        """The 95th percentile of the answers, in milliseconds; half of the views are new."""
        found: list[float] = []
        unseen = iter(new)
        until = time.monotonic() + self.seconds

        def read(number: int) -> None:
            chance = random.Random(number)
            time.sleep(chance.uniform(0, self.pause))
            while time.monotonic() < until:
                view = next(unseen, None) if chance.random() < 1 / 2 else None
                found.extend(self.served.ask([view or chance.choice(seen)]))
                time.sleep(self.pause)

        readers = [threading.Thread(target=read, args=(number,)) for number in range(self.number)]
        for thread in readers:
            thread.start()
        for thread in readers:
            thread.join()
        return statistics.quantiles(found, n=20)[-1] * 1000


def measure_memory(served: ServedPages, views: Iterator[str], number: int) -> tuple[Memory, Memory]:
    """The memory of a worker after the first views, and after all of them."""
    found = []
    for _ in range(max(1, number // AT_A_TIME)):
        measure_throughput(served, list(islice(views, AT_A_TIME)))
        found.append(served.worker_memory())
    return found[0], found[-1]
