"""How far each figure is from that of every earlier year: index and change.

A table of its own, because the base of a comparison is chosen by its reader: the first year that
all compared areas have.
"""

import pandas as pd

from metrics.catalogue.codelists.groups import groups
from metrics.catalogue.definitions.indicators import Kind
from metrics.core.keys import is_among, keys_of_rows
from metrics.core.period import parse_periods
from metrics.core.schemas import conform_table
from metrics.core.series import dimensions_of_rows, parse_dimensions
from metrics.core.tables import (
    BREAK,
    EITHER_LIMIT,
    KEY,
    KEY_WITHOUT_COMPONENT,
    PER_100_000_CHILDREN,
    SERIES,
    SPECIAL_EVENT,
    VALUE,
    YEARLY_CHANGES,
)
from metrics.statistics.aggregation.panel import chain_index
from metrics.statistics.aggregation.rates import (
    OTHER_SUFFIX,
    Indicators,
    codes_of_kind,
    compared_limits,
    has_yearly_change,
    is_percentage,
    percent_change,
)
from metrics.statistics.assessment.histories import PANEL_KEY, reporting_areas
from metrics.statistics.group_changes import (
    COMPARED_YEARS,
    changed_components,
    periods_before,
    released_changes,
    with_released_changes,
)
from metrics.statistics.material_changes import (
    CHAINED,
    STATES,
    WEIGHTS,
    add_weights,
    materiality_of_changes,
)
from metrics.statistics.special_event_links import COVERED_PART, SUM_KEY, link_special_years

INDEX_BASE = 100.0
SERIES_OF_PARTS = [*SERIES, COVERED_PART]
WITHIN = [*SERIES_OF_PARTS, "segment"]  # years of one series without a break between them
REPORTING = "reporting"  # the areas behind a figure of a group


def period_changes(values: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """One row for each year with a figure and each base year up to it, itself included.

    Takes indicator values after disclosure control, so that nothing suppressed can be worked out.
    `index` is 100 in the base year; `change` is in per cent, or in percentage points of a share,
    which has no index. There are none across a break, with a year of a special event, on a base of
    zero, or where limits leave the direction open. Parts of years are compared with the same part.
    A figure computed for a group changes as the areas that report in both years, whose number is
    `areas_reporting`; every released yearly change of a group has a row. A rate is compared only
    where its count is, and that of a group only where the same areas are behind both years.
    `materiality` says by the rule of the verdicts whether a change is clear, or why it is not.
    """
    rows = add_reporting_areas(comparable_rows(values, indicators), values)
    rows = add_weights(rows, values, indicators)
    bases = rows[[*WITHIN, "period", "year", "value", "limit", REPORTING, *WEIGHTS]]
    pairs = rows.merge(bases, on=WITHIN, suffixes=("", OTHER_SUFFIX))
    pairs = pairs[pairs["year" + OTHER_SUFFIX] <= pairs["year"]]
    pairs = drop_incomparable_rates(pairs.assign(base_period=pairs["period" + OTHER_SUFFIX]))
    changed = with_fewest_areas(with_changes(pairs, indicators))
    changes = with_released_changes(changed, values, indicators)
    weighed = changes.assign(materiality=materiality_of_changes(changes, indicators))
    return conform_table("period_changes", weighed)


def name_materiality(
    values: pd.DataFrame, changes: pd.DataFrame, indicators: Indicators
) -> pd.DataFrame:
    """Name beside each released yearly change its `materiality` in the table of changes."""
    yearly = values[values["component"].isin(YEARLY_CHANGES) & values["value"].notna()]
    pairs = yearly.assign(
        component=changed_components(yearly, indicators),
        base_period=yearly["period"].map(periods_before(yearly)),
    )
    weighed = changes[changes["base_period"].eq(changes["period"].map(periods_before(changes)))]
    reasons = dict(zip(keys_of_rows(weighed, COMPARED_YEARS), weighed["materiality"], strict=True))
    found = [reasons.get(key, "") for key in keys_of_rows(pairs, COMPARED_YEARS)]
    named = pd.Series(found, yearly.index, dtype="str").reindex(values.index, fill_value="")
    return conform_table("indicator_values", values.assign(materiality=named))


def drop_incomparable_rates(pairs: pd.DataFrame) -> pd.DataFrame:
    """Keep pairs of rates only if their counts are compared, and the same areas are behind them."""
    is_rate = pairs["component"].eq(PER_100_000_CHILDREN)
    rates = pairs[is_rate & pairs["base_period"].ne(pairs["period"])]
    counts = pairs[pairs["component"].eq(VALUE) & pairs["indicator"].isin(rates["indicator"])]
    is_count_compared = is_among(rates, counts, [*KEY_WITHOUT_COMPONENT, "base_period"])
    are_same_areas = rates[REPORTING].eq(rates[REPORTING + OTHER_SUFFIX])
    return pairs.drop(rates.index[~(is_count_compared & are_same_areas)])


def add_reporting_areas(rows: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    """Name the areas behind each rate that is computed for a group, and their number.

    Areas with a suppressed figure are named too: the number says whether they are in the sum.
    """
    is_rate = rows["component"].eq(PER_100_000_CHILDREN) & is_computed_for_group(rows, values)
    named = areas_behind(rows[is_rate], values).reindex(rows.index, fill_value="")
    return rows.assign(**{REPORTING: named.astype("str")})


def areas_behind(figures: pd.DataFrame, values: pd.DataFrame) -> pd.Series:
    """The number and the codes of the areas behind each figure of a group."""
    counts = values[values["component"].eq(VALUE)]
    named = pd.Series("", figures.index, dtype="str")
    for code, own in figures.groupby("area"):
        members = (member.area for member in groups()[str(code)].members)
        areas = reporting_areas(counts[counts["indicator"].isin(own["indicator"])], members)
        behind = [" ".join(sorted(areas.get(key, ()))) for key in keys_of_rows(own, PANEL_KEY)]
        number = own["areas_reporting"].astype(int).astype("str")
        named[own.index] = number + " " + pd.Series(behind, own.index)
    return named


def with_changes(pairs: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """Index, change and limit of values in pairs; a year beside itself is the base."""
    is_base = pairs["base_period"] == pairs["period"]
    limit = compared_limits(pairs).mask(is_base, "")
    now, before = pairs["value"], pairs["value" + OTHER_SUFFIX]
    in_points = is_percentage(pairs, indicators)
    percent = percent_change(now, before)
    change = percent.mask(in_points, now - before)
    index = (INDEX_BASE + percent).mask(in_points)
    table = pairs.assign(index=index, change=change, limit=limit)
    return table[table["change"].notna() & limit.ne(EITHER_LIMIT)]


def with_fewest_areas(changes: pd.DataFrame) -> pd.DataFrame:
    """The number of areas behind each change; over several years of a group, in any of them."""
    chained = changes[changes[CHAINED]].sort_values("year")
    number = chained["areas_reporting"].fillna(chained[STATES])
    linked = number.where(chained["base_period"].ne(chained["period"]))
    spans = [chained[name] for name in [*WITHIN, "base_period"]]
    fewest = linked.groupby(spans, sort=False).cummin().fillna(chained[STATES])
    return changes.assign(areas_reporting=fewest.combine_first(changes["areas_reporting"]))


def comparable_rows(values: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """Figures that can be compared over time, with the segment that each is in.

    In place of those that are computed for a group, their index: see `chained_rows`.
    """
    dated = with_dates(values)
    is_figure = dated["value"].notna() & dated["observation_status"].ne(SPECIAL_EVENT)
    figures = dated[is_figure & has_change(dated, indicators)]
    is_chained = is_computed_for_group(figures, values)
    is_chained &= figures["component"].ne(PER_100_000_CHILDREN)
    own = figures[~is_chained]
    chained = chained_rows(dated, indicators)
    chained = chained[~is_among(chained, own, SERIES_OF_PARTS)]
    rows = [own.assign(**{CHAINED: False}), chained.assign(**{CHAINED: True})]
    numbered = number_segments(pd.concat(rows, ignore_index=True), indicators)
    return numbered[is_among(numbered, figures, KEY)]


def with_dates(values: pd.DataFrame) -> pd.DataFrame:
    """Name the year of each row, and which part of it, if not the whole, is compared."""
    periods = parse_periods(values["period"].unique())
    years = {text: period.year for text, period in periods.items()}
    parts = {text: period.first_month * 100 + period.months for text, period in periods.items()}
    dates = {"year": years, COVERED_PART: parts}
    return values.assign(
        **{name: values["period"].map(found).astype(int) for name, found in dates.items()}
    )


def has_change(values: pd.DataFrame, indicators: Indicators) -> pd.Series:
    is_rate = values["component"].eq(PER_100_000_CHILDREN)
    return has_yearly_change(values, indicators) | is_rate


def is_computed_for_group(rows: pd.DataFrame, values: pd.DataFrame) -> pd.Series:
    """Figures of a group that are computed here, from the areas that happen to have reported.

    A share is not if the group itself reported its parts, nor a rate of a count that it reported.
    """
    of_groups = values[values["area"].isin(list(groups()))]
    reported = of_groups[of_groups["submission"].ne("")]
    is_reported = is_among(rows, reported, KEY_WITHOUT_COMPONENT)
    return rows["area"].isin(list(groups())) & ~is_reported


def chained_rows(values: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """Figures of groups as an index, chained from the changes of areas that report in both years.

    From released changes: of shares in percentage points. That of counts goes on across a year of
    a special event. `areas_reporting` is the number of areas behind the change to each year;
    empty across such a year, where all areas of the figure are behind it.
    """
    indices = with_dates(chain_index(released_changes(values, indicators)))
    is_count = indices["indicator"].isin(codes_of_kind(indicators, Kind.FLOW, Kind.STOCK))
    of_counts, others = indices[is_count], indices[~is_count]
    is_sum = values["area"].isin(list(groups())) & values["component"].eq(VALUE)
    sums = values[is_sum & is_among(values, of_counts, SUM_KEY)]
    linked = link_special_years(of_counts, sums, areas_behind(sums, values))
    is_across = of_counts["observation_status"].ne(linked["observation_status"])
    linked = linked.assign(areas_reporting=linked["areas_reporting"].mask(is_across))
    rows = pd.concat([linked, others], ignore_index=True)
    return rows.assign(component=changed_components(rows, indicators))


def number_segments(rows: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """Number the years of each series between its breaks, and between those of its definition."""
    ordered = rows.sort_values([*SERIES_OF_PARTS, "year"], ignore_index=True)
    is_break = ordered["observation_status"].eq(BREAK)
    segment = is_break.groupby([ordered[name] for name in SERIES_OF_PARTS], sort=False).cumsum()
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
