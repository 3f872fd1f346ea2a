"""The released yearly changes of groups, with the figures of the areas that report both years."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from metrics.catalogue.codelists.groups import AreaGroup, groups
from metrics.catalogue.definitions.indicators import Kind
from metrics.core.keys import is_among
from metrics.core.period import parse_periods
from metrics.core.tables import (
    CASES,
    CHANGE_IN_POINTS,
    DENOMINATOR,
    KEY,
    KEY_WITHOUT_COMPONENT,
    TOTAL,
    YEARLY_CHANGES,
)
from metrics.statistics.aggregation.aggregate import rows_with_change, sum_panel
from metrics.statistics.aggregation.panel import panel_growth
from metrics.statistics.aggregation.rates import OTHER_SUFFIX, Indicators, codes_of_kind
from metrics.statistics.aggregation.summed_rows import addends, member_rows
from metrics.statistics.material_changes import (
    CHAINED,
    DIVISOR,
    LIMIT_OF_FIGURE,
    MATERIALITY_INPUTS,
    OWN_FIGURE,
    STATES,
    add_materiality_inputs,
    materiality_of_changes,
)

INDEX_BASE = 100.0
COMPARED_YEARS = [*KEY, "base_period"]
SUM_TOLERANCE = 1e-9  # relative difference of two sums of the same figures
IS_PANEL_KNOWN = "is_panel_known"
PANEL_COLUMNS = [name + suffix for name in (OWN_FIGURE, DIVISOR) for suffix in ("", OTHER_SUFFIX)]


def released_changes(values: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """The yearly changes of groups that have a value; steps of milestones have none."""
    is_change = values["area"].isin(list(groups())) & values["component"].isin(YEARLY_CHANGES)
    is_step = values["indicator"].isin(codes_of_kind(indicators, Kind.MILESTONE))
    return values[is_change & ~is_step & values["value"].notna()]


def periods_before(rows: pd.DataFrame) -> Mapping[str, str]:
    """Each period of the rows → the same one a year earlier."""
    periods = parse_periods(rows["period"].unique())
    return {text: str(period.year_before) for text, period in periods.items()}


def changed_components(rows: pd.DataFrame, indicators: Indicators) -> pd.Series:
    """The component that each yearly change is of: the headline, or the cases of one band."""
    headlines = {code: indicator.headline for code, indicator in indicators.items()}
    durations = codes_of_kind(indicators, Kind.DURATION)
    is_of_band = rows["indicator"].isin(durations) & rows["band"].ne(TOTAL)
    return rows["indicator"].map(headlines).mask(is_of_band, CASES).astype("str")


def add_released_changes(
    changes: pd.DataFrame, values: pd.DataFrame, indicators: Indicators
) -> pd.DataFrame:
    """The changes, with a row for each released yearly change of a group.

    So every change that is printed has a `materiality`. For figures that are computed, it compares
    the figures of the areas that report in both years.
    """
    if released_changes(values, indicators).empty:
        return changes
    released = yearly_pairs(released_changes(values, indicators), indicators)
    of_groups = changes[changes["area"].isin(released["area"])]
    missing = released[~is_among(released, of_groups, COMPARED_YEARS)]
    every = changes.reset_index(drop=True)
    if not missing.empty:
        every = pd.concat(
            [every, add_inputs_of_both_periods(missing, values, indicators)], ignore_index=True
        )
    panels = released.merge(
        panel_figures(released, values, indicators), on=COMPARED_YEARS, how="left"
    )
    return use_panel_figures(every, panels)


def add_group_materiality(
    rows: pd.DataFrame, values: pd.DataFrame, indicators: Indicators, group: AreaGroup
) -> pd.DataFrame:
    """Add the `materiality` of each yearly change to figures of a group that no release has.

    Determined as for the Union, from the released values of its areas.
    """
    changes = rows[rows["component"].isin(YEARLY_CHANGES) & rows["value"].notna()]
    if changes.empty:
        return rows
    pairs = yearly_pairs(changes, indicators)
    figures = figures_of_group(pairs, values, indicators, group)
    panels = pairs.merge(figures, on=COMPARED_YEARS, how="left")
    inputs = use_panel_figures(add_inputs_of_both_periods(pairs, rows, indicators), panels)
    result = materiality_of_changes(inputs, indicators)
    return rows.assign(materiality=result.reindex(rows.index, fill_value=""))


def yearly_pairs(released: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """Yearly changes of groups, as rows of the table of changes."""
    periods = parse_periods(released["period"].unique())
    years = released["period"].map({text: period.year for text, period in periods.items()})
    in_points = released["component"].eq(CHANGE_IN_POINTS)
    pairs = released.assign(
        component=changed_components(released, indicators),
        base_period=released["period"].map(periods_before(released)).astype("str"),
        year=years,
        change=released["value"],
        index=(INDEX_BASE + released["value"]).mask(in_points),
    )
    return pairs.assign(**{"year" + OTHER_SUFFIX: years - 1}, **{CHAINED: True})


def add_inputs_of_both_periods(
    pairs: pd.DataFrame, values: pd.DataFrame, indicators: Indicators
) -> pd.DataFrame:
    """Add the columns that a test of materiality needs, for both periods."""
    bases = pairs[list(KEY)].assign(period=pairs["base_period"])
    earlier = add_materiality_inputs(bases, values, indicators)[
        list(MATERIALITY_INPUTS)
    ].add_suffix(OTHER_SUFFIX)
    return add_materiality_inputs(pairs, values, indicators).join(earlier)


def use_panel_figures(changes: pd.DataFrame, panels: pd.DataFrame) -> pd.DataFrame:
    """Replace the figures of yearly changes of groups by those of their panels, where known.

    Otherwise the first figure is calculated back by the change, as over several years.
    """
    chained = changes.loc[changes[CHAINED], COMPARED_YEARS].assign(
        row=changes.index[changes[CHAINED]]
    )
    matched = chained.merge(panels, on=COMPARED_YEARS).set_index("row")
    known = matched[matched[IS_PANEL_KNOWN].eq(True)]
    table = changes.copy()
    numbers = matched[["areas_reporting", "areas_reporting"]].to_numpy()
    table.loc[matched.index, [STATES, STATES + OTHER_SUFFIX]] = numbers
    table.loc[known.index, PANEL_COLUMNS] = known[PANEL_COLUMNS].to_numpy()
    table.loc[known.index, [LIMIT_OF_FIGURE, LIMIT_OF_FIGURE + OTHER_SUFFIX]] = ""
    table.loc[known.index, CHAINED] = False
    return table


def panel_figures(
    released: pd.DataFrame, values: pd.DataFrame, indicators: Indicators
) -> pd.DataFrame:
    """For each yearly change of a group, the sums of the areas that report both years.

    With their divisors. Only released figures are added up. Sums that do not give the released
    change are left out: the figure of an area is suppressed, or the group itself reported.
    """
    tables = [
        figures_of_group(own, values, indicators, groups()[str(code)])
        for code, own in released.groupby("area")
    ]
    return pd.concat(tables, ignore_index=True)


def figures_of_group(
    released: pd.DataFrame, values: pd.DataFrame, indicators: Indicators, group: AreaGroup
) -> pd.DataFrame:
    members = member_rows(values[values["indicator"].isin(released["indicator"])], group)
    panel = sum_panel(addends(members, indicators), indicators, group)
    if panel is None:
        return pd.DataFrame(columns=[*COMPARED_YEARS, *PANEL_COLUMNS, IS_PANEL_KNOWN])
    now, before = (rows_with_change(sums, indicators) for sums in (panel.now, panel.before))
    growth = panel_growth(now, before, indicators)
    again = growth[[*KEY_WITHOUT_COMPONENT, "value", "areas_reporting"]]
    rows = released[[*COMPARED_YEARS, "change", "areas_reporting"]].merge(
        again, on=KEY_WITHOUT_COMPONENT, suffixes=("", OTHER_SUFFIX)
    )
    is_same = np.isclose(rows["change"], rows["value"], rtol=SUM_TOLERANCE, atol=SUM_TOLERANCE)
    is_same &= rows["areas_reporting"].eq(rows["areas_reporting" + OTHER_SUFFIX]).to_numpy()
    same = rows.loc[is_same, COMPARED_YEARS].assign(**{IS_PANEL_KNOWN: True})
    for suffix, sums, figures in (("", panel.now, now), (OTHER_SUFFIX, panel.before, before)):
        divisors = sums[sums["component"].eq(DENOMINATOR)]
        for name, ends, keys in (
            (OWN_FIGURE, figures, list(KEY)), (DIVISOR, divisors, KEY_WITHOUT_COMPONENT),
        ):  # fmt: skip
            given = ends[[*keys, "value"]].rename(columns={"value": name + suffix})
            same = same.merge(given, on=keys, how="left")
    return same
