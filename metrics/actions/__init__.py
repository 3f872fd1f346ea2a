"""Declared actions: what a State says it has done, or will do, under an operational goal.

The columns are those of the declaration form of the Global Alliance: policy target, operational
goals, actions already undertaken or that will be undertaken, with their timeframe, and on
follow-up what became of each.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

DECLARED = (
    "policy_target", "goals", "status", "description", "timeframe", "progress", "partner",
)  # fmt: skip
CELLS = tuple(f"{name}_cell" for name in ("area", *DECLARED))
COLUMNS = ("area", *DECLARED, "sheet", "row", "cell", *CELLS)


def actions_table(rows: Iterable[Mapping[str, object]] = ()) -> pd.DataFrame:
    """Declared actions, one a row, in the columns of `docs/tables.md`; text columns are `str`."""
    known = [*rows]
    kinds = dict.fromkeys(COLUMNS, "str") | {"row": "int64"}
    return pd.DataFrame(
        {name: pd.Series([row.get(name, "") for row in known], dtype=kind)
         for name, kind in kinds.items()}
    )  # fmt: skip
