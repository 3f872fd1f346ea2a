"""Vintages of observations: what changes between two, and which observations are current."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd

from metrics.core.cells import row_and_column
from metrics.core.keys import is_among
from metrics.core.tables import ATTRIBUTES, KEY, NORMAL
from metrics.submissions.partial_reports import CARRIED_FROM, name_origins

NEW, CHANGED, UNCHANGED, REMOVED = "new", "changed", "unchanged", "removed"
CURRENT = "current"  # the state of the current vintage of an area and round
CHANGES = (NEW, CHANGED, UNCHANGED, REMOVED)
# An observation was changed if one of these differs.
STATED_COLUMNS = ("value", "observation_status", "confidentiality_status", "since")
PREVIOUS_COLUMNS = tuple(f"previous_{name}" for name in (*STATED_COLUMNS, "vintage"))
CELL_COLUMNS = ("sheet", "cell", "typed")
# Of these, the previous text is shown beside the new one, because a change of them is a correction.
CORRECTED_TEXTS = ("reference", "limit")
COMPARED_COLUMNS = (*STATED_COLUMNS, *CORRECTED_TEXTS)
TEXTS_BESIDE = tuple(name for name in ATTRIBUTES if name not in STATED_COLUMNS)  # such as a remark


def is_stated(observations: pd.DataFrame) -> pd.Series:
    """Which rows hold a value, or a status that says why there is none."""
    has_status = ~observations["observation_status"].isin(["", NORMAL])
    return observations["value"].notna() | has_status


def compare_vintages(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """One row for each key: its kind of change, both values, and the change in per cent.

    Rows are in the order of the sheets and cells of the file; what is removed keeps its old cell.
    """
    columns = (*COMPARED_COLUMNS, *CELL_COLUMNS)
    old = _last_of_each_key(before, CORRECTED_TEXTS)
    old = old.rename(columns={name: f"previous_{name}" for name in columns})
    new = _last_of_each_key(now, TEXTS_BESIDE)
    both = new.merge(old, on=list(KEY), how="outer", indicator="where")
    texts = [*TEXTS_BESIDE, *(f"previous_{name}" for name in CORRECTED_TEXTS)]
    both = both.assign(**{name: both[name].fillna("").astype("str") for name in texts})
    same = pd.concat(
        [_is_equal(both[name], both[f"previous_{name}"]) for name in COMPARED_COLUMNS], axis=1
    )
    change = both["where"].map({"left_only": NEW, "right_only": REMOVED, "both": CHANGED})
    ratio = both["value"] / both["previous_value"].where(both["previous_value"] != 0)
    compared = both.assign(
        change=change.astype("str").mask(same.all(axis=1), UNCHANGED),
        change_percent=100 * (ratio - 1),
        sheet=both["sheet"].fillna(both["previous_sheet"]),
        cell=both["cell"].fillna(both["previous_cell"]),
        typed=both["typed"].fillna(""),
    ).drop(columns=["where", *(f"previous_{name}" for name in CELL_COLUMNS)])
    return _sort_by_cell(compared, [*now["sheet"].unique(), *before["sheet"].unique()])


def _sort_by_cell(rows: pd.DataFrame, sheets: Sequence[str]) -> pd.DataFrame:
    """Sort by sheet in the given order, by row, and by column."""
    ranks = {sheet: rank for rank, sheet in reversed([*enumerate(sheets)])}
    nowhere = (np.inf, np.inf)  # last
    cells = rows["cell"].tolist()
    positions = np.array([row_and_column(own) if own else nowhere for own in cells], float)
    row, column = positions.reshape(-1, 2).T
    order = np.lexsort((column, row, rows["sheet"].map(ranks).to_numpy(float)))
    return rows.iloc[order].reset_index(drop=True)


def decimals_of_change(percent: float) -> int:
    """Decimals for a change in per cent: one, or as many as a small one needs to be seen."""
    is_small = 0 < abs(percent) < 1
    return int(-np.floor(np.log10(abs(percent)))) if is_small else 1


def values_before_last_change(vintages: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The value of each key before its current one; vintages come newest first."""
    keyed = (
        vintage.drop_duplicates(list(KEY)).set_index(list(KEY))["value"] for vintage in vintages
    )
    wide = pd.concat(dict(enumerate(keyed)), axis=1)
    values = wide.to_numpy(float)
    now = values[:, :1]
    differs = (values != now) & ~(np.isnan(values) & np.isnan(now))
    before = values[np.arange(len(values)), differs.argmax(axis=1)]
    return wide.index.to_frame(index=False).assign(value_before=before)


def drop_keys_of(observations: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Drop observations whose key occurs among the others."""
    return observations[~is_among(observations, others, KEY)]


def count_changes(changes: pd.DataFrame) -> dict[str, int]:
    """Count the observations that are new, changed, unchanged and removed."""
    counts = changes["change"].value_counts()
    return {change: int(counts.get(change, 0)) for change in CHANGES}


class AcceptedHistory:
    """The accepted observations of every vintage, read once and sorted by time."""

    def __init__(self, vintages: pd.DataFrame, rounds: Sequence[str]) -> None:
        numbers = {code: number for number, code in enumerate(rounds)}
        rows = vintages.assign(order=vintages["round"].map(numbers).fillna(-1))
        rows = rows.sort_values(["order", "vintage"], kind="stable", ignore_index=True)
        carried = rows[CARRIED_FROM].fillna("") if CARRIED_FROM in rows else ""
        self._rows = rows.drop(columns="order").assign(
            key=rows.groupby(list(KEY), sort=False, dropna=False).ngroup(),
            is_stated=is_stated(rows),
            **{CARRIED_FROM: carried},
        )

    def current_observations(
        self, states: Mapping[str, str] | None = None, indicators: Collection[str] | None = None
    ) -> pd.DataFrame:
        """The current vintage of each area and round, later rounds over earlier ones.

        `states` of submissions by name choose the vintages that were known to an earlier release,
        and which of them were current then; `indicators` limits the rows. Each row is given what
        was stated for its key before (`previous_value`, its statuses and vintage; the last version
        with another value) and the vintage in which its round first stated anything
        (`first_vintage`).
        """
        rows = self._rows
        if indicators is not None:
            rows = rows[rows["indicator"].isin(indicators)].reset_index(drop=True)
        if states is not None:
            rows = rows.assign(state=rows["submission"].map(states))
            rows = rows[rows["state"].notna()].reset_index(drop=True)
        stated = rows[rows["is_stated"] & (rows[CARRIED_FROM] == "")]
        before = _last_other_versions(stated)
        first = stated.groupby(["key", "round"], sort=False)["vintage"].transform("first")
        rows = rows.assign(
            **{
                name: before[name.removeprefix("previous_")].reindex(rows.index)
                for name in PREVIOUS_COLUMNS
            },
            first_vintage=first.reindex(rows.index).fillna(rows["vintage"]),
        )
        rows = _with_history_of_origin(rows)
        # An empty cell never replaces a figure of an earlier round.
        current = rows[rows["state"] == CURRENT].sort_values("is_stated", kind="stable")
        current = current.drop_duplicates("key", keep="last").sort_index()
        texts = [name for name in PREVIOUS_COLUMNS if name != "previous_value"]
        return (
            current.assign(
                **{name: current[name].fillna("").astype("str") for name in texts},
                previous_value=current["previous_value"].astype(float),
            )
            .drop(columns=["key", "is_stated", "state"])
            .pipe(name_origins)
        )


def _last_other_versions(stated: pd.DataFrame) -> pd.DataFrame:
    """What was stated last with another value; with none, what was stated before.

    A figure that is sent again unchanged does not hide that it was revised.
    """
    by_key = stated.groupby("key", sort=False)
    before = by_key[[*STATED_COLUMNS, "vintage"]].shift()
    is_other = ~_is_equal(stated["value"], before["value"]) | before["vintage"].isna()
    positions = pd.Series(np.arange(len(stated)), stated.index).where(is_other)
    first = positions.groupby(stated["key"], sort=False).ffill().astype(int)
    other = before.iloc[first.to_numpy()].set_axis(stated.index)
    return other.where(other["vintage"].notna(), before)


def _with_history_of_origin(rows: pd.DataFrame) -> pd.DataFrame:
    """Give carried rows what came before the vintage whose file holds them."""
    carried = rows[rows[CARRIED_FROM] != ""]
    if carried.empty:
        return rows
    names = [*PREVIOUS_COLUMNS, "first_vintage"]
    identity = ["key", "submission"]
    own = rows.loc[rows[CARRIED_FROM] == "", [*identity, *names]].drop_duplicates(identity)
    origins = name_origins(carried)[identity].merge(own, on=identity, how="left")
    filled = origins.set_index(carried.index)[names]
    filled["first_vintage"] = filled["first_vintage"].fillna(carried[CARRIED_FROM])
    changed = rows[names].astype(object)
    changed.loc[carried.index] = filled.astype(object)
    return rows.assign(**{name: changed[name].astype(rows[name].dtype) for name in names})


def _last_of_each_key(observations: pd.DataFrame, beside: Sequence[str] = ()) -> pd.DataFrame:
    columns = [*KEY, *STATED_COLUMNS, *CELL_COLUMNS, *beside]
    return observations[is_stated(observations)][columns].drop_duplicates(list(KEY), keep="last")


def _is_equal(one: pd.Series, other: pd.Series) -> pd.Series:
    return (one == other) | (one.isna() & other.isna())
