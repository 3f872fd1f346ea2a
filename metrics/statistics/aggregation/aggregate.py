"""Aggregate the values of Member States to the Union, or to any other group of areas."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from metrics.catalogue.codelists.groups import AreaGroup, union
from metrics.catalogue.codelists.limits import unite_limits_by
from metrics.catalogue.codelists.statuses import share_of_weight, unite_statuses_by
from metrics.catalogue.definitions.indicators import Kind
from metrics.catalogue.denominators import children_near
from metrics.catalogue.loader import Catalogue
from metrics.core.keys import is_among
from metrics.core.period import parse_periods
from metrics.core.series import is_broken_down
from metrics.core.tables import (
    AREAS_REACHED,
    BREAK,
    CASES,
    CHAINED_INDEX,
    CONFIDENTIAL,
    DENOMINATOR,
    EU,
    FREE,
    KEY,
    KEY_WITHOUT_COMPONENT,
    MEDIAN,
    NORMAL,
    NOT_APPLICABLE,
    NUMERATOR,
    SPECIAL_EVENT,
    STEP,
    TOTAL,
    WITHHELD,
    YEAR_ON_YEAR,
)
from metrics.core.tables import MISSING as NO_VALUE
from metrics.statistics.aggregation.changing_coverage import (
    MATERIAL_SHARE,
    mark_changed_sets,
    whole_values,
)
from metrics.statistics.aggregation.durations import medians
from metrics.statistics.aggregation.latest_known_steps import (
    SERIES_OF_STEPS,
    latest_known_steps,
    states_not_bound,
)
from metrics.statistics.aggregation.panel import chain_index, match_areas, panel_growth
from metrics.statistics.aggregation.rates import (
    OTHER_SUFFIX,
    Indicators,
    codes_of_kind,
    conform_values,
    derived_rows,
    has_rate,
    has_yearly_change,
    rates_per_children,
    resident_children,
    shares,
)
from metrics.statistics.aggregation.summed_rows import addends, drop_incomplete, member_rows

GROUP_KEY = [name for name in KEY if name != "area"]
# The columns that a coverage rule compares: what has reported, and what was expected.
COVERAGE_BASES = {"areas_reporting": "areas_expected", "weight": "weight_expected"}
SUMMED_PARTS = (NUMERATOR, DENOMINATOR, CASES)
ROUNDING = 1e-9  # so that 2/3 of 27 is 18 in floating point too


def aggregate(values: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Add rows for `EU27_2020`, with "n of 27" in their `areas_…` columns.

    A reported or published figure for the Union takes precedence over a computed one.
    """
    computed = aggregate_group(values, catalogue, union())
    new = computed[~is_among(computed, values[values["area"] == EU], KEY)]
    return pd.concat([values, new], ignore_index=True).sort_values(list(KEY), ignore_index=True)


def aggregate_group(
    values: pd.DataFrame,
    catalogue: Catalogue,
    group: AreaGroup,
    suppressed: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Sums, ratios of sums, rates of sums, medians from bands, and counts of States, for a group.

    If fewer areas have reported than the indicator's coverage rule requires, the value is NaN with
    status `O`; `areas_reporting` is still the number that have. Sums that are among the rows
    `suppressed` are not shown, and other sums are not compared with them.
    """
    indicators = catalogue.indicators
    members = member_rows(values, group)
    parts = addends(members, indicators)
    sums = apply_coverage(sum_addends(parts, group), members, indicators)
    sums = mark_changed_sets(sums, parts, suppressed)
    ratios = shares(sums, indicators)
    tables = [
        sums,
        take_coverage_of_denominators(ratios, sums),
        medians(sums, indicators),
        count_reached(members, catalogue, group),
        rates_of_sums(sums, parts, indicators),
        *panel_changes(parts, members, indicators, group),
    ]
    return conform_values(pd.concat(tables, ignore_index=True))


def aggregate_released(
    values: pd.DataFrame, catalogue: Catalogue, group: AreaGroup
) -> pd.DataFrame:
    """Aggregate released values; a figure is suppressed if that of any member is.

    Only released values are used, so the result discloses nothing more.
    """
    suppressed = suppressed_rows(member_rows(values, group), catalogue.indicators, group)
    rows = aggregate_group(values, catalogue, group, suppressed)
    is_suppressed = is_among(rows, suppressed, GROUP_KEY)
    released = rows[~is_suppressed & (rows["component"] != CHAINED_INDEX)]
    links = released[released["component"] == YEAR_ON_YEAR]
    tables = [released, index_counts(links, catalogue.indicators), suppressed]
    return conform_values(pd.concat(tables, ignore_index=True))


def suppressed_rows(
    members: pd.DataFrame, indicators: Indicators, group: AreaGroup
) -> pd.DataFrame:
    """A row for each figure of the group for which a member's value, band or step is suppressed.

    If one part of a share or duration is suppressed, its other parts are too, because their sums
    would not include the member.
    """
    members = members.assign(component=members["component"].replace(STEP, AREAS_REACHED))
    is_hidden = is_part_suppressed(members, indicators) | members["observation_status"].eq(WITHHELD)
    reporting = members[is_hidden | members["value"].notna()].groupby(GROUP_KEY, sort=False)["area"]
    number = reporting.nunique().rename("reporting").reset_index()
    rows = members[is_hidden].merge(number, on=GROUP_KEY)
    medians = rows[rows["band"] != TOTAL].assign(component=MEDIAN, band=TOTAL)
    figures = pd.concat([rows, medians], ignore_index=True).drop_duplicates(GROUP_KEY)
    return figures[GROUP_KEY].assign(
        area=group.code,
        observation_status=WITHHELD,
        confidentiality_status=CONFIDENTIAL,
        areas_reporting=figures["reporting"],
        **expected_coverage(figures["period"], group),
    )


def is_part_suppressed(members: pd.DataFrame, indicators: Indicators) -> pd.Series:
    """Parts of shares and durations of which another part of the same area is suppressed."""
    parted = codes_of_kind(indicators, Kind.SHARE, Kind.DURATION)
    is_part = members["indicator"].isin(parted) & members["component"].isin(SUMMED_PARTS)
    whole = [members[name] for name in KEY if name not in {"component", "band"}]
    suppressed = is_part & members["observation_status"].eq(WITHHELD)
    return is_part & suppressed.groupby(whole, sort=False).transform("any")


def panel_changes(
    parts: pd.DataFrame, members: pd.DataFrame, indicators: Indicators, group: AreaGroup
) -> Iterable[pd.DataFrame]:
    """Growth of the matched panel and, for totals, the index chained from it."""
    panel = sum_panel(parts, indicators, group)
    if panel is None:
        return
    now = apply_coverage(panel.now, members, indicators)
    links = panel_growth(
        rows_with_change(now, indicators), rows_with_change(panel.before, indicators), indicators
    )
    yield links
    yield index_counts(links, indicators)


@dataclass(frozen=True)
class PanelSums:
    """Two sums over the areas that report both years, for each cell of the later year."""

    now: pd.DataFrame
    before: pd.DataFrame  # under the later period


def sum_panel(parts: pd.DataFrame, indicators: Indicators, group: AreaGroup) -> PanelSums | None:
    """The matched panel of each period; None if no area reports two years in succession."""
    pairs = drop_incomplete(match_areas(parts), indicators)
    if pairs.empty:
        return None
    earlier = {name: pairs[name + OTHER_SUFFIX] for name in ("value", "limit")}
    return PanelSums(sum_addends(pairs, group), sum_addends(pairs.assign(**earlier), group))


def index_counts(links: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """Chain the index of counts, for totals only."""
    counts = links["indicator"].isin(codes_of_kind(indicators, Kind.FLOW, Kind.STOCK))
    return chain_index(links[counts & ~is_broken_down(links)])


def rows_with_change(sums: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """The values that have a yearly change: sums, ratios of sums, and medians in closed bands."""
    middles = medians(sums, indicators)
    tables = [
        sums,
        take_coverage_of_denominators(shares(sums, indicators), sums),
        middles[middles["limit"] == ""],
    ]
    whole = pd.concat(tables, ignore_index=True)
    return whole[has_yearly_change(whole, indicators)]


def sum_addends(parts: pd.DataFrame, group: AreaGroup) -> pd.DataFrame:
    """Sum the addends of each cell, with the number of areas and of children living there."""
    sum_number = parts.groupby(GROUP_KEY, sort=False).ngroup()
    weighed = parts.assign(weight=child_weights(parts), sum_number=sum_number)
    keys = weighed.drop_duplicates("sum_number").set_index("sum_number")[GROUP_KEY]
    sums = weighed.groupby("sum_number").agg(
        value=("value", "sum"),
        areas_reporting=("area", "nunique"),
        weight=("weight", "sum"),
        late=("late", "any"),
    )
    # A sum is free although a part is confidential: disclosure control ensures that the part
    # cannot be calculated from it.
    free = drop_small_marks(weighed).assign(confidentiality_status=FREE)
    statuses = unite_statuses_by(free, ["sum_number"])
    limits = unite_limits_by(weighed, ["sum_number"]).rename("limit")
    table = pd.concat([keys, sums, statuses, limits], axis=1).reset_index(drop=True)
    return table.assign(area=group.code, **expected_coverage(table["period"], group))


def child_weights(rows: pd.DataFrame) -> pd.Series:
    """Children living in each row's area, in the nearest year with a known number."""
    periods = parse_periods(rows["period"].unique())
    years = rows["period"].map({text: period.year for text, period in periods.items()})
    weights = [children_near(area, year) for area, year in zip(rows["area"], years, strict=True)]
    return pd.Series(weights, rows.index, dtype=float)


def drop_small_marks(weighed: pd.DataFrame) -> pd.DataFrame:
    """Drop the status of a break or special event of areas with less than a tenth of a sum."""
    status = weighed["observation_status"]
    if not status.isin([BREAK, SPECIAL_EVENT]).any():
        return weighed
    whole = whole_values(weighed)
    for mark in (BREAK, SPECIAL_EVENT):
        has_mark = weighed["observation_status"] == mark
        share = share_of_weight(has_mark, whole, [weighed["sum_number"]])
        is_small = has_mark & ~(share >= MATERIAL_SHARE)
        status = status.mask(is_small, NORMAL)
    return weighed.assign(observation_status=status)


def expected_coverage(periods: pd.Series, group: AreaGroup) -> dict[str, pd.Series]:
    """The number of areas in the group, and of children living in them."""
    parsed = parse_periods(periods.unique())
    count = {text: len(group.at(period)) for text, period in parsed.items()}
    weight = {
        text: sum(children_near(area, period.year) for area in group.at(period))
        for text, period in parsed.items()
    }
    return {
        "areas_expected": periods.map(count).astype(int),
        "weight_expected": periods.map(weight).astype(float),
    }


def apply_coverage(
    sums: pd.DataFrame, members: pd.DataFrame, indicators: Indicators
) -> pd.DataFrame:
    """Remove values for which too few areas, or areas with too few children, have reported.

    Areas to which a row does not apply are not expected to report.
    """
    out_of_scope = count_out_of_scope(sums, members)
    rules = {code: indicator.coverage for code, indicator in indicators.items()}
    few = pd.Series(False, sums.index)
    for reporting, share in (("areas_reporting", "areas"), ("weight", "children")):
        whole = sums[COVERAGE_BASES[reporting]] - out_of_scope[reporting]
        least = sums["indicator"].map({code: getattr(rules[code], share) for code in rules})
        few |= sums[reporting] < least.astype(float) * whole * (1 - ROUNDING)
    status = sums["observation_status"].mask(few, NO_VALUE)
    return sums.assign(
        value=sums["value"].mask(few), observation_status=status, limit=sums["limit"].mask(few, "")
    )


def count_out_of_scope(sums: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """The number of areas to which each sum does not apply, and of children living there."""
    rows = members[members["observation_status"] == NOT_APPLICABLE]
    if rows.empty:
        return pd.DataFrame(0.0, sums.index, list(COVERAGE_BASES))
    weighed = rows.assign(weight=child_weights(rows)).groupby(GROUP_KEY, sort=False)
    counts = weighed.agg(areas_reporting=("area", "nunique"), weight=("weight", "sum"))
    matched = sums[GROUP_KEY].merge(counts.reset_index(), on=GROUP_KEY, how="left")
    return matched[list(COVERAGE_BASES)].fillna(0).set_axis(sums.index)


def take_coverage_of_denominators(ratios: pd.DataFrame, sums: pd.DataFrame) -> pd.DataFrame:
    """Give ratios the coverage of their denominators."""
    if ratios.empty:
        return ratios
    counts = ["areas_reporting", "areas_expected"]
    bases = sums.loc[sums["component"] == DENOMINATOR, [*KEY_WITHOUT_COMPONENT, *counts]]
    return ratios.drop(columns=counts).merge(bases, on=KEY_WITHOUT_COMPONENT, how="left")


def count_reached(members: pd.DataFrame, catalogue: Catalogue, group: AreaGroup) -> pd.DataFrame:
    """The number of areas that have reached the step to which each milestone commits them.

    The last known step of each area counts, until the area reports another. Steps are never
    averaged. `areas_reporting` is the number that reported for the period itself, out of those
    that the commitment binds.
    """
    indicators = catalogue.indicators
    levels = {
        code: indicator.ladder.index(indicator.reached_at or indicator.ladder[-1])
        for code, indicator in indicators.items()
        if indicator.kind is Kind.MILESTONE
    }
    reported = members[(members["component"] == STEP) & members["indicator"].isin(list(levels))]
    if reported.empty:
        return conform_values(reported)
    exempt = states_not_bound(
        target for goal in catalogue.goals.values() for target in goal.targets
    )
    known_steps = member_rows(latest_known_steps(reported), group)
    steps = known_steps[~is_among(known_steps, exempt, exempt.columns)]
    met = (steps["value"] >= steps["indicator"].map(levels).astype(float)).astype(float)
    sums = sum_addends(steps.assign(value=met, limit=""), group)
    counts = _count_confirmed(sums, steps, exempt, group)
    return derived_rows(counts, AREAS_REACHED, counts["value"])


def _count_confirmed(
    sums: pd.DataFrame, steps: pd.DataFrame, exempt: pd.DataFrame, group: AreaGroup
) -> pd.DataFrame:
    """Count the areas that reported for the period itself, and those that are bound."""
    unconfirmed = steps[~steps["confirmed"].astype(bool)].groupby(GROUP_KEY).size()
    members = {area for period in parse_periods(sums["period"].unique()).values()
               for area in group.at(period)}  # fmt: skip
    exempt_members = exempt[exempt["area"].isin(members)].groupby(SERIES_OF_STEPS).size()
    return sums.assign(
        areas_reporting=sums["areas_reporting"] - _sizes(unconfirmed, sums, GROUP_KEY),
        areas_expected=sums["areas_expected"] - _sizes(exempt_members, sums, SERIES_OF_STEPS),
    )


def _sizes(sizes: pd.Series, rows: pd.DataFrame, keys: list[str]) -> pd.Series:
    """The size of the group of each row, 0 for none."""
    index = pd.MultiIndex.from_frame(rows[keys])
    matched = sizes.reindex(index) if len(sizes) else pd.Series(0, index)
    return pd.Series(matched.fillna(0).to_numpy(), rows.index).astype(int)


def rates_of_sums(sums: pd.DataFrame, parts: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """Per 100,000 children: a ratio of sums over the same areas, never a mean of rates."""
    counted = parts[has_rate(parts, indicators)]
    if counted.empty:
        return conform_values(counted)
    persons = counted.assign(persons=resident_children(counted)).groupby(GROUP_KEY, sort=False)[
        "persons"
    ]
    known = persons.sum(min_count=1).where(persons.count() == persons.size()).reset_index()
    rows = sums[sums["value"].notna()].merge(known, on=GROUP_KEY)
    return rates_per_children(rows, rows["persons"])
