"""Durations: counts of cases by time band, and the median estimated from them."""

from collections.abc import Sequence

import pandas as pd

from metrics.catalogue.codelists.bands import Estimate, bands, median
from metrics.catalogue.codelists.limits import unite_limits_by
from metrics.catalogue.codelists.statuses import unite_statuses_by
from metrics.catalogue.definitions.indicators import Kind
from metrics.core.keys import is_among
from metrics.core.tables import (
    CASES,
    EITHER_LIMIT,
    ESTIMATED,
    KEY,
    LOWER_LIMIT,
    MEDIAN,
    MISSING,
    NORMAL,
    TOTAL,
)
from metrics.statistics.aggregation.rates import (
    Indicators,
    codes_of_kind,
    conform_values,
    derived_rows,
)


def with_estimated_medians(values: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """Estimate the median of each area that reported all bands and no median.

    A stated reason for having no median, such as not collected, is kept.
    """
    known = values[values["component"].eq(CASES) & values["value"].notna()]
    estimates = medians(drop_partial_bands(known, indicators), indicators)
    is_unreported = values["component"].eq(MEDIAN) & values["observation_status"].eq(MISSING)
    others = values[~(is_unreported & is_among(values, estimates, KEY))]
    new = estimates[~is_among(estimates, others, KEY)]
    return pd.concat([others, new], ignore_index=True)


def medians(sums: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """The median of each duration in hours, interpolated within its band.

    Its status is that of the counts, or estimated (`E`) if these are normal. Without any case the
    median is not applicable.
    """
    durations = sums["indicator"].isin(codes_of_kind(indicators, Kind.DURATION))
    banded = sums[durations & sums["component"].eq(CASES) & (sums["band"] != TOTAL)]
    if banded.empty:
        return conform_values(banded)
    keys = [name for name in KEY if name != "band"]
    known = banded.groupby(keys, sort=False)["value"].transform("count")
    banded = banded[known == banded.groupby(keys, sort=False)["value"].transform("size")]
    rows = banded.drop_duplicates(keys).assign(band=TOTAL)
    counts = [
        dict(zip(group["band"], group["value"], strict=True))
        for _, group in banded.groupby(keys, sort=False)
    ]
    statuses = unite_statuses_by(banded, keys).set_axis(rows.index)
    status = statuses["observation_status"].replace(NORMAL, ESTIMATED)
    of_limits = unite_limits_by(banded, keys).ne("").set_axis(rows.index)
    limit = of_limits.map({True: EITHER_LIMIT, False: ""})
    return median_rows(
        rows.assign(limit=limit, **statuses.assign(observation_status=status)),
        [median(cases) for cases in counts],
    )


def median_rows(rows: pd.DataFrame, estimates: Sequence[Estimate | None]) -> pd.DataFrame:
    hours = pd.Series(
        [estimate.hours if estimate else None for estimate in estimates], rows.index, dtype=float
    )
    is_open = pd.Series(
        [bool(estimate and estimate.more_than) for estimate in estimates], rows.index
    )
    limit = rows["limit"].mask(is_open & rows["limit"].eq(""), LOWER_LIMIT)
    return derived_rows(rows.assign(limit=limit), MEDIAN, hours)


def drop_partial_bands(rows: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """Drop counts by band that do not cover all cases: their median would be of some only.

    They cover all cases if every band has a count, or if the counts add up to the total.
    """
    durations = rows[rows["indicator"].isin(codes_of_kind(indicators, Kind.DURATION))]
    if durations.empty:
        return rows
    key = [durations[name] for name in KEY if name != "band"]
    banded = durations["band"] != TOTAL
    counts = durations["value"].where(banded).groupby(key, sort=False)
    totals = durations["value"].where(~banded).groupby(key, sort=False).transform("max")
    whole = (counts.transform("count") == len(bands())) | (counts.transform("sum") == totals)
    return rows.drop(durations.index[banded & ~whole])
