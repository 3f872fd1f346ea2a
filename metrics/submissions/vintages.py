"""What a submission changes: vintages held against each other, and the figures that stand now."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from metrics.core.tables import KEY, NORMAL

NEW, CHANGED, UNCHANGED, REMOVED = "new", "changed", "unchanged", "removed"
CURRENT = "current"  # the state of the latest vintage of an area and round
CHANGES = (NEW, CHANGED, UNCHANGED, REMOVED)
# What a submitter says of one key: when one of these differs, the observation was changed.
SAID = ("value", "observation_status", "confidentiality_status", "since")
PREVIOUS = tuple(f"previous_{name}" for name in (*SAID, "vintage"))


def stated(observations: pd.DataFrame) -> pd.DataFrame:
    """The rows that say something: an empty cell without a status says nothing."""
    has_status = ~observations["observation_status"].isin(["", NORMAL])
    return observations[observations["value"].notna() | has_status]


def difference(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """One row a key: its change, what was said before and is said now, and the change in %."""
    old = _said(before).rename(columns={name: f"previous_{name}" for name in (*SAID, *PLACES)})
    both = _said(now).merge(old, on=list(KEY), how="outer", indicator="where")
    same = pd.concat([_equal(both[name], both[f"previous_{name}"]) for name in SAID], axis=1)
    change = both["where"].map({"left_only": NEW, "right_only": REMOVED, "both": CHANGED})
    ratio = both["value"] / both["previous_value"].where(both["previous_value"] != 0)
    return both.assign(
        change=change.astype("str").mask(same.all(axis=1), UNCHANGED),
        change_percent=100 * (ratio - 1),
        sheet=both["sheet"].fillna(both["previous_sheet"]),
        cell=both["cell"].fillna(both["previous_cell"]),
    ).drop(columns=["where", *(f"previous_{name}" for name in PLACES)])


PLACES = ("sheet", "cell")


def before_last_change(vintages: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Each key of vintages, the newest first, with the value that it had before the newest one."""
    keyed = (each.drop_duplicates(list(KEY)).set_index(list(KEY))["value"] for each in vintages)
    wide = pd.concat(dict(enumerate(keyed)), axis=1)
    values = wide.to_numpy(float)
    now = values[:, :1]
    differs = (values != now) & ~(np.isnan(values) & np.isnan(now))
    was = values[np.arange(len(values)), differs.argmax(axis=1)]
    return wide.index.to_frame(index=False).assign(value_before=was)


def without(observations: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Those whose key is none of the others': what stands in error is neither kept nor removed."""
    keys = pd.MultiIndex.from_frame(observations[[*KEY]])
    return observations[~keys.isin(pd.MultiIndex.from_frame(others[[*KEY]]))]


def counted(changes: pd.DataFrame) -> dict[str, int]:
    """How many observations are new, changed, unchanged and removed."""
    counts = changes["change"].value_counts()
    return {change: int(counts.get(change, 0)) for change in CHANGES}


def standing(vintages: pd.DataFrame, rounds: Sequence[str]) -> pd.DataFrame:
    """What stands of all vintages: the current of each submission, later rounds over earlier ones.

    Each row is given what was said of its key before: `previous_value`, its statuses and vintage;
    and `first_vintage`, in which its round first said anything of it.
    """
    order = {code: place for place, code in enumerate(rounds)}
    ordered = vintages.assign(order=vintages["round"].map(order).fillna(-1))
    ordered = ordered.sort_values(["order", "vintage"], kind="stable", ignore_index=True)
    ordered["key"] = ordered.groupby(list(KEY), sort=False, dropna=False).ngroup()
    said = stated(ordered)
    before = said.groupby("key", sort=False)[[*SAID, "vintage"]].shift()
    ordered[list(PREVIOUS)] = before.reindex(ordered.index).to_numpy()
    first = said.groupby(["key", "round"], sort=False)["vintage"].transform("first")
    ordered["first_vintage"] = first.reindex(ordered.index).fillna(ordered["vintage"])
    # An empty cell never takes the place of a figure that an earlier round gave.
    ordered["said"] = ordered.index.isin(said.index)
    now = ordered[ordered["state"] == CURRENT].sort_values("said", kind="stable")
    return _typed(now.drop_duplicates("key", keep="last").sort_index())


def _typed(rows: pd.DataFrame) -> pd.DataFrame:
    texts = {name: rows[name].fillna("").astype("str") for name in PREVIOUS if "value" not in name}
    numbers = {"previous_value": rows["previous_value"].astype(float)}
    return rows.assign(**texts, **numbers).drop(columns=["order", "key", "said", "state"])


def _said(observations: pd.DataFrame) -> pd.DataFrame:
    columns = [*KEY, *SAID, *PLACES]
    return stated(observations)[columns].drop_duplicates(list(KEY), keep="last")


def _equal(one: pd.Series, other: pd.Series) -> pd.Series:
    return (one == other) | (one.isna() & other.isna())
