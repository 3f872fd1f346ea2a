"""What must go with a withheld value: every row that is made of it, or would give it back.

A derived row stays only where it can be made again from rows that are shown.
"""

import numpy as np
import pandas as pd

from metrics.catalogue.codelists.groups import groups
from metrics.catalogue.definitions import Kind
from metrics.core.tables import (
    AREAS_REACHED,
    CASES,
    CHAINED_INDEX,
    DENOMINATOR,
    KEY,
    MEDIAN,
    NUMERATOR,
    PER_100_000_CHILDREN,
    SERIES,
    STEP,
    VALUE,
    WITHHELD,
    YEAR_ON_YEAR,
)
from metrics.statistics.aggregation.rates import (
    Indicators,
    a_year_on,
    changing,
    conform,
    of_kind,
    year_on_year,
)

PLACE = [name for name in KEY if name != "component"]
ACROSS = [name for name in PLACE if name != "area"]
DERIVED = (YEAR_ON_YEAR, PER_100_000_CHILDREN, AREAS_REACHED, CHAINED_INDEX)


def is_derived(values: pd.DataFrame, indicators: Indicators) -> pd.Series:
    """Rows made of other rows; the sums of a group are not, for its parts do not show them all."""
    by_formula = [code for code, each in indicators.items() if each.formula]
    ratio = values["indicator"].isin(of_kind(indicators, Kind.SHARE))
    of_group = values["area"].isin(list(groups())) & (values["submission"] == "")
    return (
        values["component"].isin(DERIVED)
        | (ratio & (values["component"] == VALUE))
        | ((values["component"] == MEDIAN) & of_group)
        | values["indicator"].isin(by_formula)
    )


def with_consequences(values: pd.DataFrame, hidden: pd.Series, indicators: Indicators) -> pd.Series:
    """The rows that are withheld, and those that must be because they are."""
    hidden = hidden | unmade(values, hidden, indicators)
    hidden = hidden | following(values, hidden)
    hidden = hidden | changes(values, hidden, indicators)
    return hidden | broken_chains(values, hidden)


def following(values: pd.DataFrame, hidden: pd.Series) -> pd.Series:
    """Shares, rates, medians and counts of states, each with the part it is made of."""
    component = values["component"]
    pairs = [
        (VALUE, (NUMERATOR, DENOMINATOR), PLACE),
        (PER_100_000_CHILDREN, (VALUE,), PLACE),
        (MEDIAN, (CASES,), [name for name in PLACE if name != "band"]),
        (AREAS_REACHED, (STEP,), ACROSS),
    ]
    found = pd.Series(data=False, index=values.index)
    for made, parts, keys in pairs:
        gone = values.loc[hidden & component.isin(parts), keys]
        found |= (component == made) & among(values[keys], gone)
    return found


def among(rows: pd.DataFrame, places: pd.DataFrame) -> pd.Series:
    columns = list(rows.columns)
    index = pd.MultiIndex.from_frame(rows)
    return pd.Series(index.isin(pd.MultiIndex.from_frame(places[columns])), index=rows.index)


def unmade(values: pd.DataFrame, hidden: pd.Series, indicators: Indicators) -> pd.Series:
    """Rows of derived indicators that their formula no longer gives from what is shown.

    Those of a group go with those of any member, unless the formula gives them from the group's
    own rows.
    """
    shown = values.assign(
        value=values["value"].mask(hidden),
        observation_status=values["observation_status"].mask(hidden, WITHHELD),
    )
    found = pd.Series(data=False, index=values.index)
    for code, indicator in indicators.items():
        if indicator.formula is None or not (values["indicator"] == code).any():
            continue
        rows = values[values["indicator"] == code]
        inputs = shown[shown["indicator"].isin(indicator.derived_from)]
        again = conform(indicator.formula(inputs).assign(indicator=code))
        found[rows.index] = _unlike(rows, again)
    return found & values["value"].notna()


def _unlike(rows: pd.DataFrame, again: pd.DataFrame) -> pd.Series:
    """Rows of areas that differ from those made again, and with them the rows of their groups."""
    remade = rows[list(KEY)].merge(again[[*KEY, "value"]], on=list(KEY), how="left")["value"]
    same = np.isclose(rows["value"], remade.to_numpy(), rtol=1e-12, atol=0)
    own = rows["component"].isin({NUMERATOR, DENOMINATOR, VALUE})
    of_group = rows["area"].isin(list(groups()))
    lost = pd.Series(~same, rows.index) & own & rows["value"].notna()
    members = rows[lost & ~of_group]
    keys = [*ACROSS, "component"]
    return (lost & ~of_group) | (of_group & lost & among(rows[keys], members))


def changes(values: pd.DataFrame, hidden: pd.Series, indicators: Indicators) -> pd.Series:
    """Changes of which either end is withheld; for a group, either end of any of its members.

    A group's change stays where it is that of the group's own two values: it says nothing new.
    """
    bases = changing(values, indicators)
    rows = values["component"] == YEAR_ON_YEAR
    ends = values.loc[bases & hidden, PLACE]
    gone = pd.concat([ends, a_year_on(values[bases & hidden])[PLACE]])
    own = among(values[PLACE], gone)
    # A median of the group is made of all bands of its members.
    keys = [name for name in ACROSS if name != "band"]
    across = values["area"].isin(list(groups())) & among(values[keys], gone)
    plain = year_on_year(values[~hidden & values["area"].isin(list(groups()))], indicators)
    known = values[[*KEY]].merge(plain[[*KEY, "value"]], on=list(KEY), how="left")["value"]
    redundant = np.isclose(values["value"], known.to_numpy(), rtol=1e-9)
    return rows & (own | (across & ~redundant))


def broken_chains(values: pd.DataFrame, hidden: pd.Series) -> pd.Series:
    """Chained indices of a series in which a link is withheld: the ratio of two is the link."""
    series = [name for name in SERIES if name != "component"]
    gone = values.loc[hidden & (values["component"] == YEAR_ON_YEAR), series]
    return (values["component"] == CHAINED_INDEX) & among(values[series], gone)
