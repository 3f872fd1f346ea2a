"""`make bench`: reports on 1,000 and 100,000 rows, and the pages, beside what else does that."""

import sys
from pathlib import Path

from bench import pages, reports
from bench.processes import Run, measured
from bench.workbooks import long_list

OUT = Path(__file__).parent / "out"
BIN = Path(sys.executable).parent
# rows -> counted runs, and the bars of the product: seconds and megabytes
SIZES = {1_000: (5, 2.0, 1_000), 100_000: (3, 10.0, 1_000)}

PANDAS = "import sys, pandas; pandas.read_excel(sys.argv[1], engine='openpyxl')"
# Without a cap on errors, and from the folder of the file, as it refuses absolute paths.
FRICTIONLESS = """
import os, sys, frictionless
os.chdir(os.path.dirname(sys.argv[1]))
frictionless.validate(os.path.basename(sys.argv[1]), limit_errors=10**9)
"""


def contenders(workbook: Path) -> dict[str, list[str]]:
    ours = ["validate", str(workbook), "--collection", "published-figures", "--round", "2026"]
    return {
        "empact validate": [str(BIN / "empact"), "--home", str(OUT), *ours, "--json"],
        "pandas.read_excel, openpyxl (reads only)": [sys.executable, "-c", PANDAS, str(workbook)],
        "frictionless validate": [sys.executable, "-c", FRICTIONLESS, str(workbook)],
    }


def table(rows: int) -> list[str]:
    times, seconds, megabytes = SIZES[rows]
    workbook = long_list(OUT, rows)
    runs = {name: measured(cmd, times) for name, cmd in contenders(workbook).items()}
    ours = runs["empact validate"]
    head = f"\n{rows:,} rows ({workbook.stat().st_size / 2**20:.1f} MB), median of {times}"
    verdict = "met" if ours.seconds < seconds and ours.megabytes < megabytes else "MISSED"
    bar = f"bar for empact: {seconds:g} s and {megabytes:,} MB: {verdict}"
    return [head, *(line(name, run, ours) for name, run in runs.items()), bar]


def line(name: str, run: Run, ours: Run) -> str:
    return (
        f"  {name:<42} {run.seconds:7.2f} s  {run.megabytes:7.0f} MB"
        f"  x {run.seconds / ours.seconds:5.2f}  (exit {run.exit_code})"
    )


def main() -> None:
    OUT.mkdir(exist_ok=True)
    for rows in SIZES:
        print("\n".join(table(rows)), flush=True)
    pages.main()
    reports.main()


if __name__ == "__main__":
    main()
