"""What was published before and is another figure now, where both may be shown."""

from collections.abc import Iterable, Mapping

import pandas as pd

from metrics.catalogue.definitions import Indicator
from metrics.core.tables import FREE, KEY, WITHHELD

OF = ["indicator", "area", "period"]
BEFORE = {"value": "previous_value", "observation_status": "previous_observation_status"}
COLUMNS = (
    *KEY,
    "previous_value",
    "value",
    "previous_vintage",
    "vintage",
    "previous_observation_status",
    "observation_status",
    "confidentiality_status",
)


def before(observations: pd.DataFrame) -> pd.DataFrame:
    """The observations as they stood before the latest vintage of each."""
    earlier = observations["previous_vintage"] != ""
    said = {
        name: observations[name].mask(earlier, observations[f"previous_{name}"])
        for name in ("value", "observation_status", "confidentiality_status", "vintage")
    }
    return observations.assign(**said)


def revisions(
    observations: pd.DataFrame, values: pd.DataFrame, earlier: pd.DataFrame
) -> pd.DataFrame:
    """One row for each observation that was changed; NaN where a figure may not be shown.

    `values` and `earlier` are what may be shown of the figures now and of those before. The status
    before says why there is no figure of then: one that may not be told is suppressed.
    """
    revised = observations.loc[is_changed(observations), [*KEY, "previous_vintage", "vintage"]]
    now = values[[*KEY, "value", "observation_status", "confidentiality_status"]]
    was = earlier[[*KEY, "value", "observation_status"]].rename(columns=BEFORE)
    table = revised.merge(now, on=list(KEY)).merge(was, on=list(KEY))
    hidden = in_company(table, values, earlier)
    table = table.assign(
        previous_value=table["previous_value"].mask(hidden),
        previous_observation_status=table["previous_observation_status"].mask(hidden, WITHHELD),
    )
    same = table["value"] == table["previous_value"]
    unknown = table["value"].isna() & table["previous_value"].isna()
    return table.loc[~same & ~unknown, list(COLUMNS)].sort_values(list(KEY), ignore_index=True)


def is_changed(observations: pd.DataFrame) -> pd.Series:
    """A figure that was sent again as it was is none that was revised."""
    both = observations["value"].isna() & observations["previous_value"].isna()
    same = both | (observations["value"] == observations["previous_value"])
    return ~same & (observations["previous_vintage"] != "")


def related(codes: Iterable[str], indicators: Mapping[str, Indicator]) -> set[str]:
    """These indicators and all that a sum, a share or a formula ties them to, however far."""
    ties = [
        {code, *each.derived_from, *filter(None, [each.parts_of])}
        for code, each in indicators.items()
    ]
    found, size = set(codes), -1
    while len(found) > size:
        size = len(found)
        found.update(*(tie for tie in ties if tie & found))
    return found


def in_company(table: pd.DataFrame, values: pd.DataFrame, earlier: pd.DataFrame) -> pd.Series:
    """Whether anything of the same indicator, area and period is withheld, now or before.

    Two vintages that withhold different parts of one total would together give a part away.
    """
    both = pd.concat([values, earlier], ignore_index=True)
    withheld = both.loc[is_withheld(both), OF]
    places = pd.MultiIndex.from_frame(table[OF])
    return pd.Series(places.isin(pd.MultiIndex.from_frame(withheld)), table.index)


def is_withheld(rows: pd.DataFrame) -> pd.Series:
    """By disclosure control, or by the sender, who may say so in either status."""
    return (rows["confidentiality_status"] != FREE) | (rows["observation_status"] == WITHHELD)
