"""Index and change of each figure compared with every earlier year.

A separate table, because the reader of a comparison chooses its areas, and so its base year: the
first year for which all of them have figures.
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
    add_released_changes,
    changed_components,
    periods_before,
    released_changes,
)
from metrics.statistics.material_changes import (
    CHAINED,
    MATERIALITY_INPUTS,
    STATES,
    add_materiality_inputs,
    materiality_of_changes,
)
from metrics.statistics.special_event_links import COVERED_PART, SUM_KEY, link_special_years

INDEX_BASE = 100.0
SERIES_OF_PARTS = [*SERIES, COVERED_PART]
SEGMENT_KEY = [*SERIES_OF_PARTS, "segment"]  # years of a series without a break between them
REPORTING = "reporting"  # the areas whose figures are in a figure of a group


def period_changes(values: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """One row for each year with a figure and each base year up to it, itself included.

    Takes indicator values after disclosure control, so that no suppressed value can be calculated.
    `index` is 100 in the base year; `change` is in per cent or, for a share, in percentage points;
    a share has no index. There is no row across a break, with a year of a special event, on a base
    of zero, or if limits leave the direction open. Parts of years are compared with the same part.
    The change of a figure computed for a group is that of the areas that report in both years,
    whose number is `areas_reporting`; every released yearly change of a group has a row. A rate is
    compared only if its count is, and the rate of a group only if it is of the same areas in both
    years. `materiality` is `material`, or the reason why the change is not clear.
    """
    rows = add_reporting_areas(comparable_rows(values, indicators), values)
    rows = add_materiality_inputs(rows, values, indicators)
    bases = rows[[*SEGMENT_KEY, "period", "year", "value", "limit", REPORTING, *MATERIALITY_INPUTS]]
    pairs = rows.merge(bases, on=SEGMENT_KEY, suffixes=("", OTHER_SUFFIX))
    pairs = pairs[pairs["year" + OTHER_SUFFIX] <= pairs["year"]]
    pairs = drop_incomparable_rates(pairs.assign(base_period=pairs["period" + OTHER_SUFFIX]))
    changed = add_fewest_areas(add_changes(pairs, indicators))
    changes = add_released_changes(changed, values, indicators)
    result = changes.assign(materiality=materiality_of_changes(changes, indicators))
    return conform_table("period_changes", result)


def add_yearly_materiality(
    values: pd.DataFrame, changes: pd.DataFrame, indicators: Indicators
) -> pd.DataFrame:
    """Give each released yearly change its `materiality` from the table of changes."""
    yearly = values[values["component"].isin(YEARLY_CHANGES) & values["value"].notna()]
    pairs = yearly.assign(
        component=changed_components(yearly, indicators),
        base_period=yearly["period"].map(periods_before(yearly)),
    )
    is_yearly = changes["base_period"].eq(changes["period"].map(periods_before(changes)))
    known = changes[is_yearly]
    results = dict(zip(keys_of_rows(known, COMPARED_YEARS), known["materiality"], strict=True))
    own = [results.get(key, "") for key in keys_of_rows(pairs, COMPARED_YEARS)]
    column = pd.Series(own, yearly.index, dtype="str").reindex(values.index, fill_value="")
    return conform_table("indicator_values", values.assign(materiality=column))


def drop_incomparable_rates(pairs: pd.DataFrame) -> pd.DataFrame:
    """Keep pairs of rates only if their counts are compared, and both are of the same areas."""
    is_rate = pairs["component"].eq(PER_100_000_CHILDREN)
    rates = pairs[is_rate & pairs["base_period"].ne(pairs["period"])]
    counts = pairs[pairs["component"].eq(VALUE) & pairs["indicator"].isin(rates["indicator"])]
    is_count_compared = is_among(rates, counts, [*KEY_WITHOUT_COMPONENT, "base_period"])
    are_same_areas = rates[REPORTING].eq(rates[REPORTING + OTHER_SUFFIX])
    return pairs.drop(rates.index[~(is_count_compared & are_same_areas)])


def add_reporting_areas(rows: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    """Add the number and the codes of the areas in each rate that is computed for a group.

    The codes include areas with a suppressed figure; the number shows whether they are in the sum.
    """
    is_rate = rows["component"].eq(PER_100_000_CHILDREN) & is_computed_for_group(rows, values)
    areas = areas_of_figures(rows[is_rate], values).reindex(rows.index, fill_value="")
    return rows.assign(**{REPORTING: areas.astype("str")})


def areas_of_figures(figures: pd.DataFrame, values: pd.DataFrame) -> pd.Series:
    """The number and the codes of the areas that are in each figure of a group."""
    counts = values[values["component"].eq(VALUE)]
    texts = pd.Series("", figures.index, dtype="str")
    for code, own in figures.groupby("area"):
        members = (member.area for member in groups()[str(code)].members)
        areas = reporting_areas(counts[counts["indicator"].isin(own["indicator"])], members)
        codes = [" ".join(sorted(areas.get(key, ()))) for key in keys_of_rows(own, PANEL_KEY)]
        number = own["areas_reporting"].astype(int).astype("str")
        texts[own.index] = number + " " + pd.Series(codes, own.index)
    return texts


def add_changes(pairs: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """Add index, change and limit to pairs of values; a year paired with itself is the base."""
    is_base = pairs["base_period"] == pairs["period"]
    limit = compared_limits(pairs).mask(is_base, "")
    now, before = pairs["value"], pairs["value" + OTHER_SUFFIX]
    in_points = is_percentage(pairs, indicators)
    percent = percent_change(now, before)
    change = percent.mask(in_points, now - before)
    index = (INDEX_BASE + percent).mask(in_points)
    table = pairs.assign(index=index, change=change, limit=limit)
    return table[table["change"].notna() & limit.ne(EITHER_LIMIT)]


def add_fewest_areas(changes: pd.DataFrame) -> pd.DataFrame:
    """Add the number of areas of each change; for a group over several years the smallest one."""
    chained = changes[changes[CHAINED]].sort_values("year")
    number = chained["areas_reporting"].fillna(chained[STATES])
    linked = number.where(chained["base_period"].ne(chained["period"]))
    spans = [chained[name] for name in [*SEGMENT_KEY, "base_period"]]
    fewest = linked.groupby(spans, sort=False).cummin().fillna(chained[STATES])
    return changes.assign(areas_reporting=fewest.combine_first(changes["areas_reporting"]))


def comparable_rows(values: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """Figures that can be compared over time, each with the number of its segment.

    Figures that are computed for a group are replaced by their index: see `chained_rows`.
    """
    dated = add_dates(values)
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


def add_dates(values: pd.DataFrame) -> pd.DataFrame:
    """Add the year of each row, and the part of the year that it covers."""
    periods = parse_periods(values["period"].unique())
    years = {text: period.year for text, period in periods.items()}
    parts = {text: period.first_month * 100 + period.months for text, period in periods.items()}
    dates = {"year": years, COVERED_PART: parts}
    return values.assign(
        **{name: values["period"].map(numbers).astype(int) for name, numbers in dates.items()}
    )


def has_change(values: pd.DataFrame, indicators: Indicators) -> pd.Series:
    is_rate = values["component"].eq(PER_100_000_CHILDREN)
    return has_yearly_change(values, indicators) | is_rate


def is_computed_for_group(rows: pd.DataFrame, values: pd.DataFrame) -> pd.Series:
    """Figures of a group that are computed from those of the areas that have reported.

    A share is not computed if the group itself reported its parts, nor a rate if it reported the
    count.
    """
    of_groups = values[values["area"].isin(list(groups()))]
    reported = of_groups[of_groups["submission"].ne("")]
    is_reported = is_among(rows, reported, KEY_WITHOUT_COMPONENT)
    return rows["area"].isin(list(groups())) & ~is_reported


def chained_rows(values: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """Figures of groups as an index, chained from the changes of areas that report in both years.

    The changes are the released ones, for shares in percentage points. The index of counts
    continues across a year of a special event. `areas_reporting` is the number of areas in the
    change to each year. It is empty across such a year, because the change is then that of all
    areas in the figure.
    """
    indices = add_dates(chain_index(released_changes(values, indicators)))
    is_count = indices["indicator"].isin(codes_of_kind(indicators, Kind.FLOW, Kind.STOCK))
    of_counts, others = indices[is_count], indices[~is_count]
    is_sum = values["area"].isin(list(groups())) & values["component"].eq(VALUE)
    sums = values[is_sum & is_among(values, of_counts, SUM_KEY)]
    linked = link_special_years(of_counts, sums, areas_of_figures(sums, values))
    is_across = of_counts["observation_status"].ne(linked["observation_status"])
    linked = linked.assign(areas_reporting=linked["areas_reporting"].mask(is_across))
    rows = pd.concat([linked, others], ignore_index=True)
    return rows.assign(component=changed_components(rows, indicators))


def number_segments(rows: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """Number the segments of each series: its breaks and those of its definition separate them."""
    ordered = rows.sort_values([*SERIES_OF_PARTS, "year"], ignore_index=True)
    is_break = ordered["observation_status"].eq(BREAK)
    segment = is_break.groupby([ordered[name] for name in SERIES_OF_PARTS], sort=False).cumsum()
    return ordered.assign(segment=segment + count_definition_breaks(ordered, indicators))


def count_definition_breaks(rows: pd.DataFrame, indicators: Indicators) -> pd.Series:
    """How many changes of the definition precede each row, even without a shown value since."""
    number = pd.Series(0, rows.index)
    changed = [code for code, indicator in indicators.items() if indicator.changes]
    own = rows[rows["indicator"].isin(changed)]
    dimensions = pd.Series(dimensions_of_rows(own), own.index, dtype="str")
    for key, part in own.groupby(["indicator", dimensions]):
        code, by = map(str, key)
        years = [period.year for period in indicators[code].breaks(parse_dimensions(by))]
        number[part.index] = sum((part["year"] >= year).astype(int) for year in years)
    return number
