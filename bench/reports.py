"""The follow-up report on the sample as a file: processor time, pages and size.

`python -m bench.reports [HOME]` measures nothing else. The time is that of the whole command with
all processes and threads, so it hardly depends on what else runs.
"""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from pypdf import PdfReader

from bench.pages import made_home

SECONDS = 15.0  # of processor time, for about 60 pages
ENDINGS = ("pdf", "docx")


def main(home: Path | None = None) -> None:
    workspace = home or made_home()
    print(f"\nfollow-up report, bar {SECONDS:g} s of processor time")
    with tempfile.TemporaryDirectory() as folder:
        for ending in ENDINGS:
            file = Path(folder) / f"report.{ending}"
            seconds = processor_seconds(workspace, file)
            print(line_of(file, seconds), flush=True)


def processor_seconds(home: Path, file: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    empact = [sys.executable, "-m", "metrics", "--home", str(home)]
    subprocess.run([*empact, "report", "-o", str(file), "--collection", "sample"], check=True,
                   capture_output=True)  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def line_of(file: Path, seconds: float) -> str:
    pages = f"{len(PdfReader(file).pages):4} pages" if file.suffix == ".pdf" else " " * 10
    verdict = "met" if seconds <= SECONDS else "MISSED"
    megabytes = file.stat().st_size / 2**20
    return f"  {file.suffix:<6} {seconds:6.1f} s {pages}  {megabytes:5.1f} MB  {verdict}"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else None)
