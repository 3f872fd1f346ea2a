"""A command as a whole process: seconds, and the memory of it and of all that it starts."""

import os
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Run:
    seconds: float
    megabytes: float
    exit_code: int


def measured(command: list[str], times: int) -> Run:
    """The median of several runs after one that is not counted."""
    runs = [once(command) for _ in range(times + 1)][1:]
    return Run(
        statistics.median(run.seconds for run in runs),
        max(run.megabytes for run in runs),
        runs[-1].exit_code,
    )


def once(command: list[str]) -> Run:
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = [0]
    watcher = threading.Thread(target=watch, args=(process, peak), daemon=True)
    watcher.start()
    code = process.wait()
    return Run(time.perf_counter() - start, peak[0] / 2**20, code)


def watch(process: subprocess.Popen[bytes], peak: list[int]) -> None:
    """Linux only: resident memory of the whole family, looked at fifty times a second."""
    while process.poll() is None and sys.platform == "linux":
        peak[0] = max(peak[0], sum(map(resident, family(process.pid))))
        time.sleep(0.02)


def family(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except OSError:
        return [pid]
    return [pid, *(member for child in text.split() for member in family(int(child)))]


def resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * PAGE
    except (OSError, IndexError):
        return 0
