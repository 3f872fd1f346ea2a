"""Processor time and memory of an annotated copy: `python -m bench.annotating`.

The file has 100,000 rows, of which more than a third have a value that is no number. Beside it
is what openpyxl needs to read the same file and save it, without any finding in it.
"""

import os
import pickle
import resource
import sys
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import openpyxl

from bench.workbooks import long_list
from metrics.intake.annotated_workbook import annotate_workbook
from metrics.intake.findings import Finding, Severity
from metrics.intake.sandbox import open_file
from metrics.intake.workbook import Workbook
from metrics.submissions.desk import Desk
from metrics.submissions.examination_store import examination_version

OUT = Path(__file__).parent / "out"
ROWS, ODD_ROWS = 100_000, 37_000
# In seconds on an idle machine, or as a share of what openpyxl needs, which is 30 s on that.
BAR_SECONDS, BAR_SHARE, BAR_MEGABYTES = 12, 0.4, 400


def faulty_list(folder: Path) -> Path:
    """The long list, with texts in place of every value in the first rows."""
    return long_list(folder, ROWS, ODD_ROWS)


def examined(path: Path) -> tuple[Workbook, tuple[Finding, ...]]:
    """The file and its errors, one for each odd row; read and examined once by each version."""
    kept = path.with_suffix(f".{examination_version()}.pickle")
    if not kept.exists():
        opened_file = open_file(path)
        found = Desk(OUT / "home").examiner.examine(
            path, opened=lambda: opened_file, collection="published-figures", round_="2026"
        )
        errors = tuple(f for f in found.findings if f.severity is Severity.ERROR)
        kept.write_bytes(pickle.dumps((opened_file.workbook, errors)))
    opened: tuple[Workbook, tuple[Finding, ...]] = pickle.loads(kept.read_bytes())
    return opened


def save_again(path: Path) -> int:
    target = path.with_suffix(".again")
    openpyxl.load_workbook(path).save(target)
    return target.stat().st_size


def annotate(path: Path) -> int:
    workbook, findings = examined(path)
    return len(annotate_workbook(path, workbook, findings))


def measure(work: Callable[[Path], int], path: Path) -> tuple[float, float]:
    """Seconds of processor time and megabytes, in a process that does nothing else."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_report, args=(work, path, theirs))
    process.start()
    theirs.close()
    seconds, megabytes = ours.recv()
    process.join()
    return seconds, megabytes


def _report(work: Callable[[Path], int], path: Path, theirs: object) -> None:
    before = sum(os.times()[:2])
    work(path)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    theirs.send((sum(os.times()[:2]) - before, peak))  # type: ignore[attr-defined]


def main() -> None:
    OUT.mkdir(exist_ok=True)
    path = faulty_list(OUT)
    print(f"{len(examined(path)[1]):,} findings", flush=True)
    other, other_megabytes = measure(save_again, path)
    ours, megabytes = measure(annotate, path)
    print(f"  openpyxl, read and saved   {other:6.2f} s  {other_megabytes:5.0f} MB")
    print(f"  empact, annotated copy     {ours:6.2f} s  {megabytes:5.0f} MB  x {ours / other:.2f}")
    is_fast = ours < max(BAR_SECONDS, BAR_SHARE * other)
    verdict = "met" if is_fast and megabytes < BAR_MEGABYTES else "MISSED"
    bar = f"{BAR_SECONDS} s, or {BAR_SHARE} of openpyxl's time, and {BAR_MEGABYTES} MB"
    print(f"bar: {bar}: {verdict}")
    sys.exit(verdict != "met")


if __name__ == "__main__":
    main()
