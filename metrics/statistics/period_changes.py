"""How far each figure of a full year is from that of every earlier year: index and change.

A table of its own, because the base of a comparison is chosen by its reader: the first year that
all compared areas have.
"""

import pandas as pd

from metrics.catalogue.codelists.groups import groups
from metrics.catalogue.definitions.indicators import Kind
from metrics.core.keys import is_among
from metrics.core.period import parse_periods
from metrics.core.schemas import conform_table
from metrics.core.series import dimensions_of_rows, parse_dimensions
from metrics.core.tables import (
    BREAK,
    CASES,
    CHAINED_INDEX,
    EITHER_LIMIT,
    KEY,
    PER_100_000_CHILDREN,
    SERIES,
    SPECIAL_EVENT,
    VALUE,
)
from metrics.statistics.aggregation.rates import (
    OTHER_SUFFIX,
    Indicators,
    codes_of_kind,
    compared_limits,
    has_yearly_change,
    percent_change,
)

INDEX_BASE = 100.0
WITHIN = [*SERIES, "segment"]  # years of one series without a break between them


def period_changes(values: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """One row for each full year with a figure and each base year up to it, itself included.

    Takes indicator values after disclosure control, so that nothing suppressed can be worked out.
    `index` is 100 in the base year; `change` is in per cent, or in percentage points of a share,
    which has no index. There are none across a break, with a year of a special event, on a base of
    zero, or where limits leave the direction open. A sum over areas changes as the areas that
    report in both years: its index is the chained one.
    """
    rows = number_segments(comparable_rows(values, indicators), indicators)
    bases = rows[[*WITHIN, "period", "year", "value", "limit"]]
    pairs = rows.merge(bases, on=WITHIN, suffixes=("", OTHER_SUFFIX))
    pairs = pairs[pairs["year" + OTHER_SUFFIX] <= pairs["year"]]
    pairs = pairs.assign(base_period=pairs["period" + OTHER_SUFFIX])
    return conform_table("period_changes", with_changes(pairs, indicators))


def with_changes(pairs: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """Index, change and limit of values in pairs; a year beside itself is the base."""
    is_base = pairs["base_period"] == pairs["period"]
    limit = compared_limits(pairs).mask(is_base, "")
    now, before = pairs["value"], pairs["value" + OTHER_SUFFIX]
    in_points = pairs["indicator"].isin(
        [code for code, indicator in indicators.items() if indicator.unit == "PC"]
    )
    percent = percent_change(now, before)
    change = percent.mask(in_points, now - before)
    index = (INDEX_BASE + percent).mask(in_points)
    table = pairs.assign(index=index, change=change, limit=limit)
    return table[table["change"].notna() & limit.ne(EITHER_LIMIT)]


def comparable_rows(values: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """Figures of full years that can be compared over time; sums over areas as their index."""
    periods = parse_periods(values["period"].unique())
    years = values["period"].map(
        {text: period.year for text, period in periods.items() if period.is_full_year}
    )
    is_figure = years.notna() & values["value"].notna()
    is_figure &= values["observation_status"] != SPECIAL_EVENT
    has_change = has_yearly_change(values, indicators) & values["component"].ne(CASES)
    has_change |= values["component"] == PER_100_000_CHILDREN
    is_sum = is_sum_of_areas(values, indicators)
    own = values[is_figure & has_change & ~is_sum]
    index = values[is_figure & values["component"].eq(CHAINED_INDEX)].assign(component=VALUE)
    index = index[~is_among(index, own, SERIES) & is_among(index, values[is_figure & is_sum], KEY)]
    rows = pd.concat([own, index], ignore_index=True)
    return rows.assign(year=pd.concat([years[own.index], years[index.index]]).to_numpy(dtype=int))


def is_sum_of_areas(values: pd.DataFrame, indicators: Indicators) -> pd.Series:
    """Counts of a group that are summed here, over the areas that happen to have reported."""
    counts = codes_of_kind(indicators, Kind.FLOW, Kind.STOCK)
    is_computed = values["area"].isin(list(groups())) & values["submission"].eq("")
    return is_computed & values["indicator"].isin(counts) & values["component"].eq(VALUE)


def number_segments(rows: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """Number the years of each series between its breaks, and between those of its definition."""
    ordered = rows.sort_values([*SERIES, "year"], ignore_index=True)
    is_break = ordered["observation_status"].eq(BREAK)
    segment = is_break.groupby([ordered[name] for name in SERIES], sort=False).cumsum()
    return ordered.assign(segment=segment + count_definition_breaks(ordered, indicators))


def count_definition_breaks(rows: pd.DataFrame, indicators: Indicators) -> pd.Series:
    """How many breaks of its definition lie before each row, even if no row of theirs is shown."""
    found = pd.Series(0, rows.index)
    changed = [code for code, indicator in indicators.items() if indicator.changes]
    own = rows[rows["indicator"].isin(changed)]
    dimensions = pd.Series(dimensions_of_rows(own), own.index, dtype="str")
    for key, part in own.groupby(["indicator", dimensions]):
        code, by = map(str, key)
        years = [period.year for period in indicators[code].breaks(parse_dimensions(by))]
        found[part.index] = sum((part["year"] >= year).astype(int) for year in years)
    return found
