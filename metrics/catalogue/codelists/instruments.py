"""When the legal instruments of the code list were adopted."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from metrics.core.discover import read_csv


@cache
def adoption_days() -> Mapping[str, date]:
    """The day on which each instrument was adopted: `adopted` in `instrument.csv`."""
    rows = read_csv(__package__, "instrument.csv")
    return {row["code"]: date.fromisoformat(row["adopted"]) for row in rows}
