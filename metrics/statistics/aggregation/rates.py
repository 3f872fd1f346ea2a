"""Shares, yearly changes and rates per children, for single areas and for groups."""

from collections.abc import Callable, Iterable, Mapping

import numpy as np
import pandas as pd

from metrics.catalogue.codelists.limits import opposite_limits, unite_limits
from metrics.catalogue.codelists.statuses import MISSING, unite_statuses
from metrics.catalogue.codelists.units import PER_CENT, growing_units
from metrics.catalogue.definitions.indicators import Indicator, Kind
from metrics.catalogue.denominators import children, denominator
from metrics.core.break_causes import parse_causes, write_causes
from metrics.core.error_origins import name_faulty_part
from metrics.core.keys import has_key
from metrics.core.period import parse_periods
from metrics.core.schemas import ORIGIN, conform_table
from metrics.core.tables import (
    BREAK,
    BREAKDOWNS,
    CASES,
    CHANGE_IN_POINTS,
    DENOMINATOR,
    EITHER_LIMIT,
    FREE,
    KEY_WITHOUT_COMPONENT,
    NORMAL,
    NOT_APPLICABLE,
    NUMERATOR,
    PER_100_000_CHILDREN,
    SERIES,
    SPECIAL_EVENT,
    STATUSES,
    TOTAL,
    VALUE,
    YEAR_ON_YEAR,
)
from metrics.core.tables import MISSING as NO_VALUE

Indicators = Mapping[str, Indicator]

OTHER_SUFFIX = "_other"
COUNTED_ON = 100_000


def codes_of_kind(indicators: Indicators, *kinds: Kind) -> list[str]:
    return [code for code, indicator in indicators.items() if indicator.kind in kinds]


def apply_formula(indicator: Indicator, values: pd.DataFrame) -> pd.DataFrame:
    """The rows of a derived indicator, computed from the values of its source indicators.

    They have no cell in a submission, even if a formula returns the cell of one of its inputs.
    """
    inputs = values[values["indicator"].isin(indicator.derived_from)]
    if indicator.formula is None or inputs.empty:
        return conform_values(inputs.head(0))
    with name_faulty_part(f"formula of {indicator.code}"):
        rows = indicator.formula(inputs)
        return conform_values(rows.assign(indicator=indicator.code, **dict.fromkeys(ORIGIN, "")))


def shares(values: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """100 * numerator / denominator; NaN where either is missing or the denominator is 0."""
    rows = values[values["indicator"].isin(codes_of_kind(indicators, Kind.SHARE))]
    if rows.empty:
        return conform_values(rows)
    pairs = pair_rows(
        rows[rows["component"] == NUMERATOR],
        rows[rows["component"] == DENOMINATOR],
        KEY_WITHOUT_COMPONENT,
        "outer",
    )
    limited = pairs.assign(limit=compared_limits(pairs))
    return derived_rows(limited, VALUE, percentage(pairs["value"], pairs["value" + OTHER_SUFFIX]))


def percentage(numerator: pd.Series, denominator: pd.Series) -> pd.Series:
    return 100 * numerator / denominator.where(denominator != 0)


def year_on_year(values: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """The change of each value on the period exactly one year earlier: see `changes`.

    There is none across a break in the series, from or to a year of a special event, or if either
    value is missing. On a base of zero it is not applicable but still has a row: a missing row
    would disclose a suppressed base.
    """
    rows = values[has_yearly_change(values, indicators) & is_known(values)]
    pairs = pair_rows(rows, move_to_next_year(rows), (*SERIES, "period"), "inner")
    return changes(drop_incomparable(pairs), indicators)


def changes(pairs: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """The change between paired values, in per cent or, for percentages, in percentage points.

    A change from or to a limit is a limit; there is none if the true change may be larger or
    smaller.
    """
    pairs = pairs.assign(limit=compared_limits(pairs))
    pairs = pairs[pairs["limit"] != EITHER_LIMIT]
    now, before = pairs["value"], pairs["value" + OTHER_SUFFIX]
    in_points = is_percentage(pairs, indicators)
    component = in_points.map({True: CHANGE_IN_POINTS, False: YEAR_ON_YEAR}).astype("str")
    return derived_rows(pairs, component, percent_change(now, before).mask(in_points, now - before))


def is_percentage(rows: pd.DataFrame, indicators: Indicators) -> pd.Series:
    """Which rows are of percentages, whose changes are in percentage points."""
    percentages = [code for code, own in indicators.items() if own.unit == PER_CENT]
    return rows["indicator"].isin(percentages)


def compared_limits(pairs: pd.DataFrame) -> pd.Series:
    """The limits of differences or ratios of the values in pairs."""
    return unite_limits([pairs["limit"], opposite_limits(pairs["limit" + OTHER_SUFFIX])])


def drop_incomparable(pairs: pd.DataFrame) -> pd.DataFrame:
    """Drop pairs with a break between the years, or with a special event in one of them."""
    is_separate = pairs["own_status"].isin([BREAK, SPECIAL_EVENT])
    return pairs[~is_separate & pairs["observation_status" + OTHER_SUFFIX].ne(SPECIAL_EVENT)]


def is_known(values: pd.DataFrame) -> pd.Series:
    """Whether a row has a value, or is a ratio of known parts with a denominator of zero."""
    derived = values["observation_status"].eq(NOT_APPLICABLE) & values["cell"].eq("")
    return values["value"].notna() | derived


def percent_change(value: pd.Series, before: pd.Series) -> pd.Series:
    """The change in per cent of the absolute earlier value; NaN if that was 0."""
    return 100 * (value - before) / before.abs().where(before != 0)


def has_yearly_change(values: pd.DataFrame, indicators: Indicators) -> pd.Series:
    """Whether rows have a yearly change: headline components, and a duration's cases by band."""
    headlines = {
        (code, indicator.headline)
        for code, indicator in indicators.items()
        if indicator.unit in growing_units()
    }
    milestones = codes_of_kind(indicators, Kind.MILESTONE)
    is_headline = has_key(values, ["indicator", "component"], headlines)
    is_headline &= ~values["indicator"].isin(milestones)
    in_band = (values["component"] == CASES) & (values["band"] != TOTAL)
    durations = codes_of_kind(indicators, Kind.DURATION)
    return is_headline | (in_band & values["indicator"].isin(durations))


def move_to_next_year(rows: pd.DataFrame) -> pd.DataFrame:
    """Add a year to the period, to join by period: a shift by rows would skip missing years.

    A break at the earlier value precedes both values, so it does not affect their change.
    """
    periods = parse_periods(rows["period"].unique())
    later = {text: str(period.year_after) for text, period in periods.items()}
    status = rows["observation_status"].replace(BREAK, NORMAL)
    return rows.assign(period=rows["period"].map(later).astype("str"), observation_status=status)


def per_100_000_children(values: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """Figures of full years per 100,000 residents aged 0 to 17.

    Only totals have one, because a rate for girls would require the number of girls, and the parts
    that an indicator without a total names. The remark states the year of the denominator; without
    a denominator there is no rate.
    """
    rows = values[has_rate(values, indicators) & values["value"].notna()]
    return rates_per_children(rows, resident_children(rows))


def has_rate(values: pd.DataFrame, indicators: Indicators) -> pd.Series:
    """Whether rows have a rate per 100,000 children."""
    is_total = values[list(BREAKDOWNS)] == TOTAL
    chosen = [code for code, indicator in indicators.items() if indicator.per_100_000_children]
    is_rated = values["indicator"].isin(chosen) & is_total.all(axis=1)
    for code in chosen:
        for by, rated in indicators[code].rated_parts.items():
            is_part = values[by].isin(rated) & is_total.drop(columns=by).all(axis=1)
            is_rated |= values["indicator"].eq(code) & is_part
    return is_rated & values["component"].eq(VALUE)


def resident_children(rows: pd.DataFrame) -> pd.Series:
    """Children in each row's area and year; NaN where the number is not known."""
    periods = parse_periods(rows["period"].unique())
    years = {text: period.year for text, period in periods.items() if period.is_full_year}
    pairs = zip(rows["area"], rows["period"].map(years), strict=True)
    return pd.Series([children().get(pair, np.nan) for pair in pairs], rows.index, dtype=float)


def rates_per_children(rows: pd.DataFrame, persons: pd.Series) -> pd.DataFrame:
    known = rows[persons.notna()]
    source = denominator("children")
    projected = known["period"].astype(int) > source.projected_after
    year = known["period"] + projected.map({True: " (projection)", False: ""})
    remark = source.name.en + ", " + year + ": " + source.source.en
    stated = known.assign(remark=remark.astype("str") + append_break_causes(known["remark"]))
    return derived_rows(
        stated, PER_100_000_CHILDREN, COUNTED_ON * known["value"] / persons[known.index]
    )


def append_break_causes(remarks: pd.Series) -> pd.Series:
    """The causes of a break in each remark, in a form that can be added to another remark."""
    written = [write_causes(parse_causes(remark)) for remark in remarks]
    return pd.Series([f"; {causes}" if causes else "" for causes in written], remarks.index)


def pair_rows(
    left: pd.DataFrame, right: pd.DataFrame, keys: Iterable[str], how: str
) -> pd.DataFrame:
    """Join each row with its counterpart (columns ending in `_other`), and unite statuses."""
    join: Callable[..., pd.DataFrame] = left.merge
    columns = [*keys, "value", *STATUSES, "late", "limit"]
    pairs = join(right[columns], on=list(keys), how=how, suffixes=("", OTHER_SUFFIX))
    both = [_statuses_or_missing(pairs, ""), _statuses_or_missing(pairs, OTHER_SUFFIX)]
    late = pairs[["late", "late" + OTHER_SUFFIX]].fillna(value=False).astype(bool).any(axis=1)
    return pairs.assign(late=late, own_status=both[0]["observation_status"], **unite_statuses(both))


def _statuses_or_missing(pairs: pd.DataFrame, suffix: str) -> pd.DataFrame:
    """Give rows without a counterpart the statuses missing and free."""
    statuses = pairs[[column + suffix for column in STATUSES]].set_axis(list(STATUSES), axis=1)
    return statuses.fillna(dict(zip(STATUSES, (NO_VALUE, FREE), strict=True)))


def derived_rows(rows: pd.DataFrame, component: str | pd.Series, value: pd.Series) -> pd.DataFrame:
    """Make rows of a component from other rows; they have no cell in a submission."""
    status = rows["observation_status"]
    unknown = value.isna() & ~status.isin(list(MISSING))
    status = status.mask(unknown, NOT_APPLICABLE).mask(value.notna() & status.eq(""), NORMAL)
    limit = rows["limit"].where(value.notna(), "") if "limit" in rows else ""
    origin = dict.fromkeys(ORIGIN, "")
    table = rows.assign(
        component=component, value=value, observation_status=status, limit=limit, **origin
    )
    return conform_values(table)


def conform_values(table: pd.DataFrame) -> pd.DataFrame:
    """Give rows the columns of indicator values; the number of areas defaults to one."""
    counts = ("areas_reporting", "areas_expected")
    areas = {name: table[name].fillna(1) if name in table else 1 for name in counts}
    return conform_table("indicator_values", table.assign(**areas))
