"""Is anything reported twice?"""

import pandas as pd

from metrics.core.tables import KEY, STATUSES
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule

SHOWN = 5


def repeated(case: ValidationContext) -> pd.DataFrame:
    """The filled cells of every key that stands more than once, with all the places it stands."""
    cells = case.reading.observations
    cells = cells[(cells["indicator"] != "") & (cells["form"] != "empty")]
    cells = cells[cells.duplicated(list(KEY), keep=False)]
    keys = cells.groupby(list(KEY), sort=False).ngroup()
    # `12` and `12.0` are the same value, however they were typed.
    alike = cells.assign(typed=cells["typed"].where(cells["value"].isna(), ""))
    says = alike.groupby(["value", "typed", *STATUSES], dropna=False, sort=False).ngroup()
    return pd.DataFrame(
        {
            "sheet": cells["sheet"],
            "cell": cells["cell"],
            "typed": cells["typed"],
            "others": keys.map(_places(cells, keys)).astype(object),
            "differ": says.groupby(keys).transform("nunique") > 1,
        }
    )


def _places(cells: pd.DataFrame, keys: pd.Series) -> dict[int, str]:
    places: dict[int, list[str]] = {}
    for key, sheet, cell in zip(keys, cells["sheet"], cells["cell"], strict=True):
        places.setdefault(key, []).append(f"{sheet}!{cell}")
    return {key: _listed(each) for key, each in places.items()}


def _listed(places: list[str]) -> str:
    return ", ".join(places[:SHOWN]) + (", …" if len(places) > SHOWN else "")


@rule(Severity.ERROR)
def reported_twice(case: ValidationContext) -> pd.DataFrame:
    cells = repeated(case)
    return cells[cells["differ"]].drop(columns="differ")


@rule(Severity.NOTE)
def repeated_alike(case: ValidationContext) -> pd.DataFrame:
    cells = repeated(case)
    return cells[~cells["differ"]].drop(columns="differ")
