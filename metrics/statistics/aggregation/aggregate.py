"""From the values of Member States to those of the Union, or of any other group of areas."""

from collections.abc import Iterable, Sequence

import pandas as pd

from metrics.catalogue.codelists.bands import Estimate, median
from metrics.catalogue.codelists.groups import AreaGroup, union
from metrics.catalogue.codelists.statuses import THRESHOLD, borne, united_by
from metrics.catalogue.definitions import Kind
from metrics.catalogue.denominators import children_near
from metrics.catalogue.loader import Catalogue
from metrics.core.period import parse_periods
from metrics.core.tables import (
    AREAS_REACHED,
    BREAK,
    BREAKDOWNS,
    CHAINED_INDEX,
    DENOMINATOR,
    FREE,
    KEY,
    MEDIAN,
    NORMAL,
    NOT_APPLICABLE,
    STEP,
    TOTAL,
    VALUE,
    WITHHELD,
    YEAR_ON_YEAR,
)
from metrics.core.tables import MISSING as NO_VALUE
from metrics.statistics.aggregation.addends import addends, complete, members_of
from metrics.statistics.aggregation.panel import chained, growth, matched
from metrics.statistics.aggregation.rates import (
    OTHER,
    Indicators,
    changing,
    conform,
    derived_rows,
    of_kind,
    per_children,
    residents,
    shares,
)

PLACE = [name for name in KEY if name != "area"]
# What a coverage rule counts, and out of what.
SCOPE = {"areas_reporting": "areas_expected", "weight": "weight_expected"}
ROUNDING = 1e-9  # two thirds of 27 are 18 also in binary numbers


def aggregate(values: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """The same values with rows for `EU27_2020`, "n of 27" in their `areas_…` columns.

    A figure for the Union that was itself reported or published is kept, and none put beside it.
    """
    computed = of_group(values, catalogue, union())
    own = pd.MultiIndex.from_frame(values[list(KEY)])
    new = computed[~pd.MultiIndex.from_frame(computed[list(KEY)]).isin(own)]
    return pd.concat([values, new], ignore_index=True).sort_values(list(KEY), ignore_index=True)


def of_group(values: pd.DataFrame, catalogue: Catalogue, group: AreaGroup) -> pd.DataFrame:
    """Sums, ratios of sums, rates from sums, medians from bands, and counts of states, for a group.

    Where fewer have reported than the indicator's coverage rule asks for, the value is NaN with
    status `O`, and `areas_reporting` is still the number that did.
    """
    indicators = catalogue.indicators
    members = members_of(values, group)
    parts = addends(members, indicators)
    sums = covered(summed(parts, group), members, indicators)
    ratios = shares(sums, indicators)
    tables = [
        sums,
        with_coverage_of(ratios, sums),
        medians(sums, indicators),
        reached(members, indicators, group),
        rates(sums, parts, indicators),
        *changes(parts, members, indicators, group),
    ]
    return conform(pd.concat(tables, ignore_index=True))


def of_released(values: pd.DataFrame, catalogue: Catalogue, group: AreaGroup) -> pd.DataFrame:
    """The same from what a release shows; withheld wherever the figure of a member is.

    It is made of shown values alone, so it tells nothing that the release does not.
    """
    rows = of_group(values, catalogue, group)
    lost = withheld(members_of(values, group), group)
    is_lost = pd.MultiIndex.from_frame(rows[PLACE]).isin(pd.MultiIndex.from_frame(lost[PLACE]))
    shown = rows[~is_lost & (rows["component"] != CHAINED_INDEX)]
    links = shown[shown["component"] == YEAR_ON_YEAR]
    tables = [shown, indexed(links, catalogue.indicators), lost]
    return conform(pd.concat(tables, ignore_index=True))


def withheld(members: pd.DataFrame, group: AreaGroup) -> pd.DataFrame:
    """A row for each figure of the group of which a member's, or a band or step, is withheld."""
    members = members.assign(component=members["component"].replace(STEP, AREAS_REACHED))
    hidden = members["observation_status"] == WITHHELD
    said = members[hidden | members["value"].notna()].groupby(PLACE, sort=False)["area"]
    rows = members[hidden].merge(said.nunique().rename("said").reset_index(), on=PLACE)
    medians = rows[rows["band"] != TOTAL].assign(component=MEDIAN, band=TOTAL)
    places = pd.concat([rows, medians], ignore_index=True).drop_duplicates(PLACE)
    marks = ["observation_status", "confidentiality_status"]
    return places[[*PLACE, *marks]].assign(
        area=group.code, areas_reporting=places["said"], **expected(places["period"], group)
    )


def changes(
    parts: pd.DataFrame, members: pd.DataFrame, indicators: Indicators, group: AreaGroup
) -> Iterable[pd.DataFrame]:
    """Growth of the matched panel and, for what is not broken down, the index chained from it."""
    pairs = complete(matched(parts), indicators)
    now = covered(summed(pairs, group), members, indicators)
    before = summed(pairs.assign(value=pairs["value" + OTHER]), group)
    links = growth(comparable(now, indicators), comparable(before, indicators))
    yield links
    yield indexed(links, indicators)


def indexed(links: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """The index of what is counted and not broken down."""
    counts = links["indicator"].isin(of_kind(indicators, Kind.FLOW, Kind.STOCK))
    return chained(links[counts & (links[list(BREAKDOWNS)] == TOTAL).all(axis=1)])


def comparable(sums: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """The values whose change is stated: sums, ratios of sums, and medians that are not open."""
    middles = medians(sums, indicators)
    tables = [
        sums,
        with_coverage_of(shares(sums, indicators), sums),
        middles[middles["remark"] == ""],
    ]
    whole = pd.concat(tables, ignore_index=True)
    return whole[changing(whole, indicators)]


def summed(parts: pd.DataFrame, group: AreaGroup) -> pd.DataFrame:
    """One row a group of addends: the sum, how many areas it has, and their share of children."""
    weighed = parts.assign(weight=weights(parts))
    groups = weighed.groupby(PLACE, sort=False)
    sums = groups.agg(
        value=("value", "sum"),
        areas_reporting=("area", "nunique"),
        weight=("weight", "sum"),
        late=("late", "any"),
    )
    # A sum is free although a part is confidential: disclosure control sees to it that the part
    # cannot be worked out from it.
    free = without_small_breaks(weighed).assign(confidentiality_status=FREE)
    statuses = united_by(free, PLACE)
    table = sums.join(statuses).reset_index().assign(area=group.code)
    return table.assign(**expected(table["period"], group))


def weights(rows: pd.DataFrame) -> pd.Series:
    """Children living in each row's area, in the nearest year that is known."""
    pairs = rows[["area", "period"]].drop_duplicates()
    periods = parse_periods(pairs["period"])
    known = [
        children_near(area, periods[text].year)
        for area, text in zip(pairs["area"], pairs["period"], strict=True)
    ]
    return rows[["area", "period"]].merge(pairs.assign(weight=known))["weight"].set_axis(rows.index)


def without_small_breaks(weighed: pd.DataFrame) -> pd.DataFrame:
    """A break in few states does not break the series of all: it must bear half of the weight."""
    broken = weighed["observation_status"] == BREAK
    share = borne(broken, weighed["weight"], [weighed[name] for name in PLACE])
    small = broken & (share < THRESHOLD)
    return weighed.assign(observation_status=weighed["observation_status"].mask(small, NORMAL))


def expected(periods: pd.Series, group: AreaGroup) -> dict[str, pd.Series]:
    """How many areas belong to the group, and how many children live in them."""
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


def covered(sums: pd.DataFrame, members: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """The same rows, without a value where too few areas, or too small ones, have reported.

    Counted over the areas to which the row applies: one that says it cannot exist lacks nothing.
    """
    beyond = sums[PLACE].merge(out_of_scope(members), on=PLACE, how="left").set_axis(sums.index)
    rules = {code: each.coverage for code, each in indicators.items()}
    few = pd.Series(False, sums.index)
    for reporting, share in (("areas_reporting", "areas"), ("weight", "children")):
        whole = sums[SCOPE[reporting]] - beyond[reporting].fillna(0)
        least = sums["indicator"].map({code: getattr(rules[code], share) for code in rules})
        few |= sums[reporting] < least.astype(float) * whole * (1 - ROUNDING)
    status = sums["observation_status"].mask(few, NO_VALUE)
    return sums.assign(value=sums["value"].mask(few), observation_status=status)


def out_of_scope(members: pd.DataFrame) -> pd.DataFrame:
    """How many areas, and how many children in them, a row does not apply to."""
    rows = members[members["observation_status"] == NOT_APPLICABLE]
    weighed = rows.assign(weight=weights(rows)).groupby(PLACE, sort=False)
    return weighed.agg(areas_reporting=("area", "nunique"), weight=("weight", "sum")).reset_index()


def with_coverage_of(ratios: pd.DataFrame, sums: pd.DataFrame) -> pd.DataFrame:
    """Ratios with the coverage of the sums that they are made of."""
    counts = ["areas_reporting", "areas_expected"]
    keys = [name for name in KEY if name != "component"]
    bases = sums.loc[sums["component"] == DENOMINATOR, [*keys, *counts]]
    return ratios.drop(columns=counts).merge(bases, on=keys, how="left")


def medians(sums: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """The median of each duration in hours, estimated within the band of the summed counts."""
    durations = sums["indicator"].isin(of_kind(indicators, Kind.DURATION))
    banded = sums[durations & (sums["band"] != TOTAL)]
    keys = [name for name in PLACE if name != "band"]
    known = banded.groupby(keys, sort=False)["value"].transform("count")
    banded = banded[known == banded.groupby(keys, sort=False)["value"].transform("size")]
    rows = banded.drop_duplicates(keys).assign(band=TOTAL, remark="")
    counts = [
        dict(zip(each["band"], each["value"], strict=True))
        for _, each in banded.groupby(keys, sort=False)
    ]
    statuses = united_by(banded, keys).set_axis(rows.index)
    return estimated(rows.assign(**statuses), [median(each) for each in counts])


def estimated(rows: pd.DataFrame, found: Sequence[Estimate | None]) -> pd.DataFrame:
    hours = pd.Series([each.hours if each else None for each in found], rows.index, dtype=float)
    remarks = ["more than" if each and each.more_than else "" for each in found]
    return derived_rows(rows.assign(remark=remarks), MEDIAN, hours)


def reached(members: pd.DataFrame, indicators: Indicators, group: AreaGroup) -> pd.DataFrame:
    """How many areas stand at the step from which each milestone's commitment is met, or above.

    A count of areas, out of those that have said where they stand; never a mean of steps.
    """
    levels = {
        code: each.ladder.index(each.reached_at or each.ladder[-1])
        for code, each in indicators.items()
        if each.kind is Kind.MILESTONE
    }
    steps = members[(members["component"] == STEP) & members["indicator"].isin(list(levels))]
    steps = steps[steps["value"].notna()]
    met = (steps["value"] >= steps["indicator"].map(levels).astype(float)).astype(float)
    return made_counts(summed(steps.assign(value=met), group))


def made_counts(sums: pd.DataFrame) -> pd.DataFrame:
    return derived_rows(sums, AREAS_REACHED, sums["value"])


def rates(sums: pd.DataFrame, parts: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """Per 100,000 children, both of the areas that reported: a rate from sums, never a mean."""
    chosen = [code for code, each in indicators.items() if each.per_100_000_children]
    whole = (parts[list(BREAKDOWNS)] == TOTAL).all(axis=1)
    counted = parts[whole & parts["indicator"].isin(chosen) & (parts["component"] == VALUE)]
    persons = counted.assign(persons=residents(counted)).groupby(PLACE, sort=False)["persons"]
    known = persons.sum(min_count=1).where(persons.count() == persons.size()).reset_index()
    rows = sums[sums["value"].notna()].merge(known, on=PLACE)
    return per_children(rows, rows["persons"])
