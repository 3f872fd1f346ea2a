"""Is anything reported twice?"""

import pandas as pd

from metrics.core.tables import KEY, STATUSES
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import remember_result, rule
from metrics.intake.rules.structure import are_misunderstood

MOST_CELLS_LISTED = 5  # cells of one key that a finding lists


@remember_result
def find_repeated_keys(context: ValidationContext) -> pd.DataFrame:
    """The filled cells of every key that occurs more than once.

    Areas or periods that were not understood have findings of their own, and are not one key.
    """
    cells = context.reading.observations
    is_filled = (cells["indicator"] != "") & (cells["form"] != "empty")
    is_filled &= ~are_misunderstood(cells)
    cells = cells.loc[is_filled, [*KEY, *STATUSES, "sheet", "cell", "typed", "value"]]
    cells = cells[cells.duplicated(list(KEY), keep=False)]
    if cells.empty:
        return cells[["sheet", "cell", "typed"]].assign(others="", differ=False)
    keys = cells.groupby(list(KEY), sort=False).ngroup()
    # `12` and `12.0` are the same value.
    comparable = cells.assign(typed=cells["typed"].where(cells["value"].isna(), ""))
    contents = comparable.groupby(["value", "typed", *STATUSES], dropna=False, sort=False).ngroup()
    return pd.DataFrame(
        {
            "sheet": cells["sheet"],
            "cell": cells["cell"],
            "typed": cells["typed"],
            "others": keys.map(_cells_by_key(cells, keys)).astype(object),
            "differ": contents.groupby(keys).transform("nunique") > 1,
        }
    )


def _cells_by_key(cells: pd.DataFrame, keys: pd.Series) -> dict[int, str]:
    by_key: dict[int, list[str]] = {}
    for key, sheet, cell in zip(keys, cells["sheet"], cells["cell"], strict=True):
        by_key.setdefault(key, []).append(f"{sheet}!{cell}")
    return {
        key: ", ".join(same[:MOST_CELLS_LISTED]) + (", …" if len(same) > MOST_CELLS_LISTED else "")
        for key, same in by_key.items()
    }


@rule(Severity.ERROR)
def reported_twice(context: ValidationContext) -> pd.DataFrame:
    cells = find_repeated_keys(context)
    return cells[cells["differ"]].drop(columns="differ")


@rule(Severity.NOTE)
def repeated_alike(context: ValidationContext) -> pd.DataFrame:
    cells = find_repeated_keys(context)
    return cells[~cells["differ"]].drop(columns="differ")
