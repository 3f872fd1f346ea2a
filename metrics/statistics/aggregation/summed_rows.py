"""Select the rows of a group's members that are added up to the group's values."""

import pandas as pd

from metrics.catalogue.codelists.groups import AreaGroup
from metrics.catalogue.definitions.indicators import Kind
from metrics.core.keys import has_key
from metrics.core.period import parse_periods
from metrics.core.tables import (
    CASES,
    DENOMINATOR,
    KEY_WITHOUT_COMPONENT,
    NUMERATOR,
    VALUE,
)
from metrics.statistics.aggregation.durations import drop_partial_bands
from metrics.statistics.aggregation.rates import Indicators, codes_of_kind

ADDITIVE = {
    Kind.FLOW: (VALUE,),
    Kind.STOCK: (VALUE,),
    Kind.SHARE: (NUMERATOR, DENOMINATOR),
    Kind.DURATION: (CASES,),
}


def member_rows(values: pd.DataFrame, group: AreaGroup) -> pd.DataFrame:
    """Keep the rows of areas that belonged to the group in the row's period."""
    periods = parse_periods(values["period"].unique())
    pairs = [(text, area) for text, period in periods.items() for area in group.at(period)]
    return values[has_key(values, ["period", "area"], pairs)]


def addends(members: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """Keep known values that add up over areas, without incomplete shares and band counts."""
    summable = [code for code, indicator in indicators.items() if indicator.adds_up_over_areas]
    pairs = [(code, part) for code in summable for part in ADDITIVE.get(indicators[code].kind, ())]
    adds = has_key(members, ["indicator", "component"], pairs)
    known = members[adds & members["value"].notna()]
    return drop_incomplete(known, indicators)


def drop_incomplete(rows: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """Keep areas that have every part of a value, so that all its sums are of the same areas."""
    return drop_partial_bands(drop_unpaired_parts(rows, indicators), indicators)


def drop_unpaired_parts(rows: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """Drop numerators without their denominator, and denominators without their numerator."""
    of_shares = rows[rows["indicator"].isin(codes_of_kind(indicators, Kind.SHARE))]
    if of_shares.empty:
        return rows
    parts = of_shares.groupby(KEY_WITHOUT_COMPONENT, sort=False)["component"].transform("size")
    return rows.drop(parts.index[parts != len(ADDITIVE[Kind.SHARE])])
