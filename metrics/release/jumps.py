"""List published counts that double or halve in a year without a break or a reason."""

from collections.abc import Iterator, Mapping

import pandas as pd

from metrics.catalogue.definitions import Indicator
from metrics.core.series import format_series
from metrics.core.tables import BREAKDOWNS
from metrics.intake.rules.plausibility.jumps import find_jumps


def unexplained_jumps(values: pd.DataFrame, indicators: Mapping[str, Indicator]) -> Iterator[str]:
    """A line for each jump in submitted values that a person has yet to look at."""
    jumps = find_jumps(values[values["submission"] != ""], indicators)
    for row in jumps[~jumps["is_explained"]].to_dict("records"):
        codes = {by: str(row[by]) for by in BREAKDOWNS}
        series = format_series(row["indicator"], codes=codes)
        change = f"{row['value_was']:.10g} -> {row['value']:.10g}"
        yield f"{series} {row['area']} {row['period']}: {change}, and nothing says why"
