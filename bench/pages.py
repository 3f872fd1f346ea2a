"""Weight and speed of the pages in Chromium and of their server: part of `make bench`.

`python -m bench.pages [HOME [VIEWS]]` measures nothing else. HOME is a workspace with the sample,
as `make run` leaves it; without one, it is made. Beside each figure is that of the version of
28 November 2026, and that of a page of Streamlit with the same scoreboard and chart, measured in
the same run; with each, how many times better that of today is. Times hold for a machine that does
nothing else.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from shutil import copytree, which

from bench.page_loads import PageLoad, chromium, measure_choice, measure_load
from bench.page_server import (
    FakeReaders,
    ServedPages,
    free_port,
    measure_memory,
    measure_processor_time,
    measure_throughput,
    new_views,
)

SCOREBOARD = "/?collection=sample&lang=en"
GOAL = "/goal?collection=sample&goal=GA-1.1&lang=en"
READERS, READING_SECONDS, PAUSE_SECONDS = 50, 30, 2
VIEWS = 10_000
PROJECT = Path(__file__).parents[1]
OUT = PROJECT / "bench/out"
STREAMLIT = PROJECT / "bench/streamlit_page.py"
PUBLISHED = "data/raw/published-figures"
HOME_COMMANDS = {
    "published-figures": ["release", "published-figures"],
    "sample": ["sample", "--once", "--release"],
}


@dataclass(frozen=True)
class Line:
    """One measured quantity: its bar, what it was before, and what it is."""

    name: str
    unit: str
    bar: float
    before: float | None
    now: float
    is_at_least: bool = False
    streamlit: float | None = None

    def __str__(self) -> str:
        is_met = self.now >= self.bar if self.is_at_least else self.now <= self.bar
        sign = "≥" if self.is_at_least else "≤"
        verdict = "met" if is_met else "MISSED"
        line = (
            f"  {self.name:<44} {self.now:10,.4g} {self.unit:<5} {sign} {self.bar:<5,g} "
            f"{verdict:<7} {self.beside('before', self.before)} "
            f"{self.beside('Streamlit', self.streamlit)}"
        )
        return line.rstrip()

    def beside(self, name: str, other: float | None) -> str:
        """Another figure, and how many times better that of today is."""
        if other is None:
            return " " * (len(name) + 20)
        times = self.now / other if self.is_at_least else other / self.now
        return f" {name} {other:8,.4g} x {times:6.2f}"


def wire_lines(scoreboard: PageLoad, goal: PageLoad) -> Iterator[Line]:
    """Kilobytes of 1,024 bytes, and seconds; `before` is the overview, which came first then."""
    yield Line("scoreboard, cold, on the wire", "kB", 350, 591, scoreboard.cold_kilobytes)
    yield Line("scoreboard, warm, on the wire", "kB", 66, 66, scoreboard.warm_kilobytes)
    yield Line("goal, cold, on the wire", "kB", 800, 2007, goal.cold_kilobytes)
    yield Line("goal, warm, on the wire", "kB", 68, 68, goal.warm_kilobytes)
    yield Line("scoreboard, cold, until usable", "s", 1.0, 1.3, scoreboard.cold_seconds)
    yield Line("scoreboard, warm, until usable", "s", 0.6, 0.8, scoreboard.warm_seconds)
    yield Line("goal, cold, until its chart is drawn", "s", 1.5, 2.7, goal.cold_seconds)
    yield Line("goal, warm, until its chart is drawn", "s", 1.0, 1.1, goal.warm_seconds)


def server_lines(served: ServedPages) -> Iterator[Line]:
    views = new_views(5_000)
    new = measure_processor_time(served, [next(views) for _ in range(100)])
    seen = measure_processor_time(served, [SCOREBOARD] * 1_000)
    yield Line("server, a new view, processor time", "ms", 20, 99, new)
    yield Line("server, a view seen before, processor time", "ms", 5, 99, seen)
    new_rate = measure_throughput(served, [next(views) for _ in range(400)])
    seen_rate = measure_throughput(served, [SCOREBOARD, GOAL] * 1_000)
    yield Line("new views a second, two workers", "1/s", 30, 17.5, new_rate, is_at_least=True)
    yield Line("seen views a second, two workers", "1/s", 150, 17.5, seen_rate, is_at_least=True)
    readers = FakeReaders(served, READERS, READING_SECONDS, PAUSE_SECONDS)
    p95 = readers.slowest_of_twenty([next(views) for _ in range(500)], [SCOREBOARD, GOAL])
    yield Line(f"{READERS} readers, p95 of an answer", "ms", 300, None, p95)


def memory_lines(served: ServedPages, number: int) -> Iterator[Line]:
    first, last = measure_memory(served, new_views(number), number)
    yield Line("a worker after its first views, RSS", "MB", 300, 460, first.resident)
    yield Line(f"a worker after {number:,} views, RSS", "MB", 300, 460, last.resident)
    yield Line("  its share of common pages only, PSS", "MB", 300, None, last.proportional)


def page_lines(served: ServedPages, browser_path: str) -> Iterator[Line]:
    with chromium(browser_path) as browser:
        scoreboard = measure_load(browser, served.address + SCOREBOARD, "table.scoreboard tbody a")
        goal = measure_load(browser, served.address + GOAL, "main figure svg, main .main-svg")
        yield from wire_lines(scoreboard, goal)
        chosen = measure_choice(
            browser, served.address + SCOREBOARD, "area", "FI", "table.scoreboard tbody a"
        )
        yield Line("scoreboard, a choice until usable", "s", 0.2, 0.8, chosen)
        chosen = measure_choice(
            browser, served.address + GOAL, "area", "FI", "main figure svg, main .main-svg"
        )
        yield Line("goal, a choice until its chart is drawn", "s", 0.2, 1.1, chosen)


@contextmanager
def streamlit_served(home: Path, port: int) -> Iterator[str]:
    """The page of Streamlit, with its own settings for production."""
    command = [
        sys.executable, "-m", "streamlit", "run", str(STREAMLIT), "--server.port", str(port),
        "--server.headless", "true", "--browser.gatherUsageStats", "false",
        "--server.fileWatcherType", "none", "--server.address", "127.0.0.1",
    ]  # fmt: skip
    environment = os.environ | {"EMPACT_HOME": str(home)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            served = ServedPages(f"http://127.0.0.1:{port}", process.pid)
            served.wait()
            yield served.address
        finally:
            process.terminate()


def streamlit_figures(home: Path, browser_path: str) -> dict[str, float]:
    """What its pages take, by the names of the lines; nothing where Streamlit is not installed."""
    if find_spec("streamlit") is None:
        print("  Streamlit is not installed here, so there is no page of it to compare with.")
        return {}
    with streamlit_served(home, free_port()) as address, chromium(browser_path) as browser:
        scoreboard = measure_load(browser, f"{address}/?page=scoreboard", "table tbody td")
        goal = measure_load(browser, f"{address}/?page=goal", ".main-svg")
    return {line.name: line.now for line in wire_lines(scoreboard, goal)}


def made_home() -> Path:
    """A workspace with the sample and the published figures, built once."""
    home = OUT / "pages"
    if not (home / PUBLISHED).is_dir():
        copytree(PROJECT / PUBLISHED, home / PUBLISHED)
    for collection, command in HOME_COMMANDS.items():
        if not (home / "data/processed" / collection / "current").is_file():
            empact = [sys.executable, "-m", "metrics", "--home", str(home), *command]
            subprocess.run(empact, check=True, stdout=subprocess.DEVNULL)
    return home


def lines_of(served: ServedPages, browser_path: str, views: int) -> Iterator[Line]:
    yield from page_lines(served, browser_path)
    yield from server_lines(served)
    yield from memory_lines(served, views)


def main(home: Path | None = None, views: int = VIEWS) -> None:
    browser_path = which("chromium") or which("chromium-browser") or which("google-chrome")
    if browser_path is None:
        print("\npages: not measured, as there is no Chromium on this machine")
        return
    home = home or made_home()
    print(f"\npages, {os.cpu_count()} cores, load before: {os.getloadavg()[0]:.1f}", flush=True)
    beside = streamlit_figures(home, browser_path)
    with ServedPages.of_workspace(home) as served:
        for line in lines_of(served, browser_path, views):
            print(replace(line, streamlit=beside.get(line.name)), flush=True)


if __name__ == "__main__":
    home, views = [*sys.argv[1:], "", ""][:2]
    main(Path(home) if home else None, int(views or VIEWS))
