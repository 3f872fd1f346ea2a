"""Suppress every row that is derived from a suppressed value or would disclose it.

A derived row is shown only if it can be computed from rows that are shown.
"""

import numpy as np
import pandas as pd

from metrics.catalogue.codelists.groups import groups
from metrics.catalogue.definitions.indicators import Kind
from metrics.core.keys import is_among
from metrics.core.tables import (
    AREAS_REACHED,
    CASES,
    CHAINED_INDEX,
    DENOMINATOR,
    KEY,
    KEY_WITHOUT_COMPONENT,
    MEDIAN,
    NUMERATOR,
    PER_100_000_CHILDREN,
    SERIES,
    STEP,
    VALUE,
    WITHHELD,
    YEAR_ON_YEAR,
    YEARLY_CHANGES,
)
from metrics.statistics.aggregation.rates import (
    Indicators,
    apply_formula,
    codes_of_kind,
    has_yearly_change,
    move_to_next_year,
    shares,
    year_on_year,
)

WITHOUT_AREA_AND_COMPONENT = [name for name in KEY_WITHOUT_COMPONENT if name != "area"]
DERIVED = (*YEARLY_CHANGES, PER_100_000_CHILDREN, AREAS_REACHED, CHAINED_INDEX)


def is_derived(values: pd.DataFrame, indicators: Indicators) -> pd.Series:
    """Rows derived from other rows, except sums of a group, whose parts are not all shown."""
    by_formula = [code for code, indicator in indicators.items() if indicator.formula]
    ratio = values["indicator"].isin(codes_of_kind(indicators, Kind.SHARE))
    return (
        values["component"].isin(DERIVED)
        | (ratio & (values["component"] == VALUE))
        | ((values["component"] == MEDIAN) & (values["submission"] == ""))
        | values["indicator"].isin(by_formula)
    )


def suppress_derived(values: pd.DataFrame, hidden: pd.Series, indicators: Indicators) -> pd.Series:
    """Extend the suppressed rows by those that must be suppressed because of them."""
    hidden = hidden | is_not_recomputable(values, hidden, indicators)
    hidden = hidden | is_made_of_hidden(values, hidden)
    hidden = hidden | is_change_from_hidden(values, hidden, indicators)
    return hidden | is_chained_over_hidden(values, hidden)


def is_made_of_hidden(values: pd.DataFrame, hidden: pd.Series) -> pd.Series:
    """Shares, rates, medians and counts of States with a hidden part."""
    component = values["component"]
    pairs = [
        (VALUE, (NUMERATOR, DENOMINATOR), KEY_WITHOUT_COMPONENT),
        (PER_100_000_CHILDREN, (VALUE,), KEY_WITHOUT_COMPONENT),
        (MEDIAN, (CASES,), [name for name in KEY_WITHOUT_COMPONENT if name != "band"]),
        (AREAS_REACHED, (STEP,), WITHOUT_AREA_AND_COMPONENT),
    ]
    is_hidden = pd.Series(data=False, index=values.index)
    for derived, parts, keys in pairs:
        missing = values[hidden & component.isin(parts)]
        is_hidden |= (component == derived) & is_among(values, missing, keys)
    return is_hidden


def is_not_recomputable(
    values: pd.DataFrame, hidden: pd.Series, indicators: Indicators
) -> pd.Series:
    """Rows of derived indicators that their formula does not reproduce from shown values.

    Rows of a group are hidden with those of any member, unless the formula reproduces them from
    the group's own rows.
    """
    visible = values.assign(
        value=values["value"].mask(hidden),
        observation_status=values["observation_status"].mask(hidden, WITHHELD),
    )
    is_different = pd.Series(data=False, index=values.index)
    for code, indicator in indicators.items():
        if indicator.formula is None or not (values["indicator"] == code).any():
            continue
        rows = values[values["indicator"] == code]
        parts = apply_formula(indicator, visible)
        again = pd.concat([parts, shares(parts, indicators)])
        is_different[rows.index] = _differing_rows(rows, again)
    return is_different & values["value"].notna()


def _differing_rows(rows: pd.DataFrame, again: pd.DataFrame) -> pd.Series:
    """Rows of areas that differ from the recomputed ones, and the rows of their groups."""
    remade = rows[list(KEY)].merge(again[[*KEY, "value"]], on=list(KEY), how="left")["value"]
    same = np.isclose(rows["value"], remade.to_numpy(), rtol=1e-12, atol=0)
    own = rows["component"].isin({NUMERATOR, DENOMINATOR, VALUE})
    of_group = rows["area"].isin(list(groups()))
    differs = pd.Series(~same, rows.index) & own & rows["value"].notna()
    members = rows[differs & ~of_group]
    keys = [*WITHOUT_AREA_AND_COMPONENT, "component"]
    return (differs & ~of_group) | (of_group & differs & is_among(rows, members, keys))


def is_change_from_hidden(
    values: pd.DataFrame, hidden: pd.Series, indicators: Indicators
) -> pd.Series:
    """Changes from or to a hidden value; for a group, from or to that of any member.

    The change of a group is shown if it follows from two shown values of the group.
    """
    bases = has_yearly_change(values, indicators)
    rows = values["component"].isin(YEARLY_CHANGES)
    ends = values.loc[bases & hidden, KEY_WITHOUT_COMPONENT]
    missing = pd.concat([ends, move_to_next_year(values[bases & hidden])[KEY_WITHOUT_COMPONENT]])
    own = is_among(values, missing, KEY_WITHOUT_COMPONENT)
    # The median of a group is computed from all bands of its members.
    keys = [name for name in WITHOUT_AREA_AND_COMPONENT if name != "band"]
    across = values["area"].isin(list(groups())) & is_among(values, missing, keys)
    plain = year_on_year(values[~hidden & values["area"].isin(list(groups()))], indicators)
    known = values[[*KEY]].merge(plain[[*KEY, "value"]], on=list(KEY), how="left")["value"]
    redundant = np.isclose(values["value"], known.to_numpy(), rtol=1e-9)
    return rows & (own | (across & ~redundant))


def is_chained_over_hidden(values: pd.DataFrame, hidden: pd.Series) -> pd.Series:
    """Chained indices from a hidden link on: the ratio of two of them would disclose the link.

    Before it, an index is the product of shown changes. If no change of a run is shown, its base is
    hidden too.
    """
    runs = _number_index_runs(values)
    links = values["component"].eq(YEAR_ON_YEAR)
    over = is_among(runs, values[hidden & links], CHAIN_CELL)
    first = over.groupby(runs["run"]).shift(-1, fill_value=False) & runs["is_base"]
    broken = (over | first).groupby(runs["run"]).cummax()
    return broken.reindex(values.index, fill_value=False)


CHAIN_CELL = [*(name for name in SERIES if name != "component"), "period"]


def _number_index_runs(values: pd.DataFrame) -> pd.DataFrame:
    """The rows of chained indices in order of time, with the run that each belongs to.

    A run begins at its base, a period without a link. Parts of years have runs of their own.
    """
    rows = values.loc[values["component"] == CHAINED_INDEX, CHAIN_CELL]
    is_link = values["component"].eq(YEAR_ON_YEAR) & values["limit"].eq("")
    linked = values[is_link & values["value"].notna()]
    dated = rows.assign(
        part=rows["period"].str.slice(len("2024")),
        is_base=~is_among(rows, linked, CHAIN_CELL),
    ).sort_values([*CHAIN_CELL[:-1], "part", "period"], kind="stable")
    return dated.assign(run=dated["is_base"].cumsum())
