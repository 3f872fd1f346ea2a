"""Is a value plausible beside what the same state reported for earlier years?

Annual series are short. The change on the year before is held against the usual change of the
series itself: the logarithm of the ratio, its median, and its median absolute deviation, which one
odd year does not move.
"""

import numpy as np
import pandas as pd

from metrics.model import Case, Severity
from metrics.rules import rule
from metrics.tables import KEY, MEDIAN, SERIES, STEP

# Iglewicz and Hoaglin (1993): a modified z-score above 3.5 is an outlier.
OUTLIER = 3.5
NORMAL_MAD = 0.6745  # of a normal distribution with standard deviation 1
# However steady a series is, a change of less than about a quarter raises no question.
STEADIEST = 0.25 * NORMAL_MAD / OUTLIER
SHORTEST = 4  # earlier values from which on a series has a usual change
# With fewer earlier values only a change by this factor is asked about.
FACTOR = 3
SMALLEST_CHANGE = 10  # in cases: below, every factor is chance


def compared(case: Case) -> pd.DataFrame:
    """Each new value with the latest earlier one of its series, and the series' usual change."""
    cells = case.reading.observations
    cells = cells[cells["value"].notna() & ~cells["component"].isin([STEP, MEDIAN])]
    if case.history is None or case.history.empty or cells.empty:
        return cells.iloc[:0]
    known = _changes(case.history, before=cells["period"].min())
    latest = known.drop_duplicates(list(SERIES), keep="last")
    joined = cells.merge(latest, on=list(SERIES), suffixes=("", "_was"))
    # Years with years, quarters with quarters: texts of one length are periods of one kind.
    return joined[joined["period"].str.len() == joined["period_was"].str.len()]


def _changes(history: pd.DataFrame, before: str) -> pd.DataFrame:
    """Earlier values with the median and the spread of the changes of their series."""
    known = history.loc[history["period"] < before, [*KEY, "value"]].dropna(subset="value")
    known = known.sort_values("period", kind="stable").drop_duplicates(list(KEY), keep="last")
    series = known.groupby(list(SERIES), sort=False).ngroup()
    logs = np.log(known["value"].where(known["value"] > 0))
    change = logs - logs.groupby(series).shift()
    usual = change.groupby(series).transform("median")
    spread = (change - usual).abs().groupby(series).transform("median")
    count = change.groupby(series).transform("count") + 1
    return known.assign(usual=usual, spread=spread, count=count)


@rule(Severity.WARNING)
def unlike_own_history(case: Case) -> pd.DataFrame:
    """The change on the latest earlier value, beside the changes that are usual for the series."""
    cells = compared(case)
    if cells.empty:
        return cells
    cells = cells[(cells["value"] > 0) & (cells["value_was"] > 0) & (cells["count"] >= SHORTEST)]
    change = np.log(cells["value"] / cells["value_was"])
    spread = cells["spread"].clip(lower=STEADIEST)
    offends = NORMAL_MAD * (change - cells["usual"]).abs() / spread > OUTLIER
    return shown(cells[offends & _large(cells)])


@rule(Severity.WARNING)
def far_from_last(case: Case) -> pd.DataFrame:
    """Too few earlier values to know what is usual: only a large factor is asked about."""
    cells = compared(case)
    if cells.empty:
        return cells
    cells = cells[(cells["value"] > 0) & (cells["value_was"] > 0) & (cells["count"] < SHORTEST)]
    low, high = cells[["value", "value_was"]].min(axis=1), cells[["value", "value_was"]].max(axis=1)
    return shown(cells[(high > FACTOR * low) & _large(cells)])


@rule(Severity.WARNING)
def zero_where_counted(case: Case) -> pd.DataFrame:
    """A zero after a count, or a count after a zero: zero says that there were none."""
    cells = compared(case)
    if cells.empty:
        return cells
    one_zero = (cells["value"] == 0) != (cells["value_was"] == 0)
    return shown(cells[one_zero & _large(cells)])


def _large(cells: pd.DataFrame) -> pd.Series:
    return (cells["value"] - cells["value_was"]).abs() >= SMALLEST_CHANGE


def shown(cells: pd.DataFrame) -> pd.DataFrame:
    was = cells["value_was"].map("{:.10g}".format)
    change = (cells["value"] / cells["value_was"].where(cells["value_was"] > 0) - 1) * 100
    percent = change.map("{:+.0f} %".format).replace("+nan %", "–").replace("nan %", "–")
    shown = cells.assign(was=was, when=cells["period_was"], change=percent)
    return shown[["sheet", "cell", "typed", "was", "when", "change"]]
