"""Declared actions: what a State has done, or will do, towards an operational goal.

The columns are those of the declaration form of the Global Alliance: policy target, operational
goals, actions already undertaken or that will be undertaken, with their timeframe, and on
follow-up the result of each.
"""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from metrics.core.schemas import ACTION_CELLS, DECLARED_ACTION

ACTION_COLUMNS = ("area", *DECLARED_ACTION, "sheet", "row", "cell", *ACTION_CELLS)


def actions_table(rows: Iterable[Mapping[str, object]] = ()) -> pd.DataFrame:
    """Make the table of declared actions, one action per row."""
    known = [*rows]
    kinds = dict.fromkeys(ACTION_COLUMNS, "str") | {"row": "int64"}
    return pd.DataFrame(
        {name: pd.Series([row.get(name, "") for row in known], dtype=kind)
         for name, kind in kinds.items()}
    )  # fmt: skip


# An action equal in these columns was declared again; its progress may differ.
SAME_ACTION = ["area", "goals", "description", "partner"]


def latest_actions(actions: pd.DataFrame, rounds: Sequence[str]) -> pd.DataFrame:
    """Keep each action from its latest round, with the `first_round` that declared it."""
    order = {code: position for position, code in enumerate(rounds)}
    ordered = actions.sort_values("round", key=lambda codes: codes.map(order), kind="stable")
    first = ordered.groupby(SAME_ACTION, sort=False)["round"].transform("first")
    return ordered.assign(first_round=first).drop_duplicates(
        SAME_ACTION, keep="last", ignore_index=True
    )
