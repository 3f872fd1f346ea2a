"""Find revised figures, where both the old and the new figure may be shown."""

import pandas as pd

from metrics.catalogue.codelists.statuses import is_withheld
from metrics.core.keys import is_among
from metrics.core.schemas import conform_table
from metrics.core.tables import KEY, STATUSES, WITHHELD

WITHHELD_TOGETHER = ["indicator", "area", "period"]
PREVIOUS_STATED = tuple(f"previous_{name}" for name in ("value", *STATUSES))
PREVIOUS = {"value": "previous_value", "observation_status": "previous_observation_status"}


def previous_observations(observations: pd.DataFrame) -> pd.DataFrame:
    """The observations as of the vintage before the latest of each."""
    has_previous = observations["previous_vintage"] != ""
    columns = {
        name: observations[name].mask(has_previous, observations[f"previous_{name}"])
        for name in ("value", *STATUSES, "vintage")
    }
    return observations.assign(**columns)


def inputs_of_revisions(observations: pd.DataFrame) -> pd.DataFrame:
    """The observations without the vintages of figures that were not changed."""
    before, changed = previous_observations(observations), is_changed(observations)
    return observations.assign(
        **{f"previous_{name}": before[name] for name in ("value", *STATUSES)},
        **{name: observations[name].where(changed, "") for name in ("previous_vintage", "vintage")},
    )


def find_revisions(
    observations: pd.DataFrame, values: pd.DataFrame, previous: pd.DataFrame
) -> pd.DataFrame:
    """One row for each changed observation; NaN if a figure may not be shown.

    `values` and `previous` are the publishable indicator values, from the current and from the
    previous observations. If there is no previous figure, the previous status gives the reason; it
    is suppressed if the figure may not be shown.
    """
    changed = observations.loc[is_changed(observations), [*KEY, "previous_vintage", "vintage"]]
    shown_now = values[[*KEY, "value", *STATUSES]]
    shown_then = previous[[*KEY, *PREVIOUS]].rename(columns=PREVIOUS)
    table = changed.merge(shown_now, on=list(KEY)).merge(shown_then, on=list(KEY))
    hidden = is_withheld_nearby(table, values, previous)
    table = table.assign(
        previous_value=table["previous_value"].mask(hidden),
        previous_observation_status=table["previous_observation_status"].mask(hidden, WITHHELD),
    )
    same = table["value"] == table["previous_value"]
    unknown = table["value"].isna() & table["previous_value"].isna()
    revised = conform_table("revisions", table[~same & ~unknown])
    return revised.sort_values(list(KEY), ignore_index=True)


def is_changed(observations: pd.DataFrame) -> pd.Series:
    """Which figures differ from the previous vintage; an equal figure sent again does not."""
    both_missing = observations["value"].isna() & observations["previous_value"].isna()
    same = both_missing | (observations["value"] == observations["previous_value"])
    return ~same & (observations["previous_vintage"] != "")


def is_withheld_nearby(
    table: pd.DataFrame, values: pd.DataFrame, previous: pd.DataFrame
) -> pd.Series:
    """Whether any value of the same indicator, area and period is suppressed, now or before.

    Two vintages that suppress different parts of one total would together disclose a part.
    """
    both = pd.concat([values, previous], ignore_index=True)
    return is_among(table, both[is_withheld(both)], WITHHELD_TOGETHER)
