"""Processor time of a release after one changed cell: `python -m bench.second_release HOME`.

HOME is a workspace with the sample, as `make run` leaves it. It is copied and stays as it is.
"""

import subprocess
import sys
from functools import partial
from operator import attrgetter
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from openpyxl import load_workbook

from bench.confirming import processor_seconds
from metrics.submissions.desk import Desk
from metrics.submissions.examination import Outcome

EMPACT = Path(sys.executable).parent / "empact"
COLLECTION, AREA = "sample", "FI"
VALUE_COLUMN = 6
# One on which little depends, and one of the indicators with the most figures.
CHANGED = ("SPECIALISED_STAFF", "VICTIMS_RECORDED[sphere=ONLINE]")
BAR_SECONDS = 15.0


def release(home: Path) -> None:
    subprocess.run(
        [EMPACT, "--home", home, "release", COLLECTION], check=True, stdout=subprocess.DEVNULL
    )


def send_changed(home: Path, series: str) -> None:
    """Send the last workbook of the area again, with one value raised by 1."""
    desk = Desk(home)
    sent = [one for one in desk.ledger.submissions(COLLECTION) if one.area == AREA]
    latest = max(sent, key=attrgetter("round", "vintage"))
    workbook = load_workbook(desk.archive.path(latest.key))
    rows = (row for sheet in workbook for row in sheet.iter_rows(min_col=1, max_col=VALUE_COLUMN))
    changed = next(row[-1] for row in rows if row[0].value == series)
    changed.value = int(str(changed.value)) + 1
    workbook.save(home / "changed.xlsx")
    examination = desk.submit(home / "changed.xlsx")
    desk.close()
    if examination.outcome is not Outcome.ACCEPTED:
        sys.exit(f"the workbook with another {series} is not accepted")


def main() -> None:
    with TemporaryDirectory() as folder:
        released = Path(folder) / "released"
        copytree(Path(sys.argv[1]) / "data", released / "data")
        release(released)
        for series in CHANGED:
            home = copytree(released, Path(folder) / series)
            send_changed(home, series)
            print(f"  {series:<40} {processor_seconds(partial(release, home)):6.2f} s", flush=True)
    print(f"bar: {BAR_SECONDS:g} s")


if __name__ == "__main__":
    main()
