"""Does a large count differ much from the year before, without a stated reason?"""

import re
from collections.abc import Mapping

import pandas as pd

from metrics.catalogue.definitions.indicators import Indicator, Kind
from metrics.core.period import parse_periods
from metrics.core.tables import BREAK, KEY, SPECIAL_EVENT, VALUE
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule
from metrics.intake.rules.plausibility.history import format_changes
from metrics.intake.rules.quotations import WORDS, quoted_values

FACTOR = 2
# The larger of the two counts: below it, such a change may be chance.
LARGE_COUNT = 100
COUNTS = (Kind.FLOW, Kind.STOCK)
REASON = re.compile(WORDS["reason_of_change"])


def find_jumps(values: pd.DataFrame, indicators: Mapping[str, Indicator]) -> pd.DataFrame:
    """Large counts that more than doubled, or fell to less than half, within a comparable year.

    `is_explained` says whether the remark gives a reason after `rise:` or `fall:`.
    """
    counts = [code for code, indicator in indicators.items() if indicator.kind in COUNTS]
    rows = values[values["indicator"].isin(counts) & values["component"].eq(VALUE)]
    pairs = _with_year_before(rows[rows["value"].notna() & (rows["period"] != "")])
    high = pairs[["value", "value_was"]].max(axis=1)
    low = pairs[["value", "value_was"]].min(axis=1)
    apart = pairs["observation_status"].isin([BREAK, SPECIAL_EVENT])
    apart |= pairs["observation_status_was"] == SPECIAL_EVENT
    jumps = pairs[(high >= LARGE_COUNT) & (high > FACTOR * low) & ~apart]
    explained = jumps["remark"].str.contains(REASON)
    return jumps.assign(is_explained=explained.astype(bool))


def _with_year_before(rows: pd.DataFrame) -> pd.DataFrame:
    periods = parse_periods(rows["period"].unique())
    next_year = {text: str(period.year_after) for text, period in periods.items()}
    before = rows[[*KEY, "value", "observation_status"]].assign(
        period=rows["period"].map(next_year).astype("str"), period_was=rows["period"]
    )
    return rows.merge(before, on=list(KEY), suffixes=("", "_was"))


@rule(Severity.WARNING)
def jump_unexplained(context: ValidationContext) -> pd.DataFrame:
    """A published count that more than doubled or halved, without a stated reason."""
    values = quoted_values(context)
    if values.empty:
        return values
    jumps = find_jumps(values, context.indicators)
    return format_changes(jumps[~jumps["is_explained"]])
