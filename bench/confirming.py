"""Processor time of what a submitter waits for: `python -m bench.confirming`.

One State sends its workbooks of the sample year after year. Its last one is uploaded, looked at,
copied with its findings and confirmed; processes that open the file count too.
"""

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from metrics.sample.planned_workbooks import submissions_planned_for
from metrics.sample.workbooks import workbook
from metrics.submissions.desk import Desk

AREA = "FI"
BAR_SECONDS = 0.2  # for a confirmation


def processor_seconds(work: Callable[[], object]) -> float:
    """Of this process and of the processes that it started and waited for."""
    before = os.times()
    work()
    return sum(os.times()[:4]) - sum(before[:4])


def main() -> None:
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        *earlier, last = sorted(submissions_planned_for(AREA), key=lambda planned: planned.received)
        path = desk.home / "sent.xlsx"
        for planned in earlier:
            path.write_bytes(workbook(desk, planned))
            desk.submit(path, received=planned.received)
        path.write_bytes(workbook(desk, last))
        with path.open("rb") as stream:
            digest = desk.receive_upload(stream, path.name)
        requests: dict[str, Callable[[], object]] = {
            "the page, the first time": lambda: desk.examine_upload(digest),
            "the page again, in another language": lambda: desk.examine_upload(digest, "fi"),
            "the annotated workbook": lambda: desk.annotate_upload(digest),
            "the confirmation": lambda: desk.confirm_upload(digest),
        }
        for name, request in requests.items():
            print(f"  {name:<40} {processor_seconds(request):6.2f} s", flush=True)
        print(f"bar for the confirmation: {BAR_SECONDS} s")


if __name__ == "__main__":
    main()
