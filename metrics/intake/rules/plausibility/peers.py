"""Is the change on the year before plausible beside the changes of the other states?

No figure of another state is ever repeated: a finding says how many states were compared.
"""

import numpy as np
import pandas as pd

from metrics.core.tables import BREAKDOWNS, SERIES, TOTAL
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule
from metrics.intake.rules.plausibility.hidiroglou_berthelot import outlying, ratios
from metrics.intake.rules.plausibility.history import (
    SMALLEST_CHANGE,
    SMALLEST_FACTOR,
    compared,
    shown,
)

# With fewer, a quartile rests on one or two states.
FEWEST_STATES = 10
SAME = [name for name in SERIES if name != "area"]
YEARS = ["period", "period_was"]


@rule(Severity.WARNING)
def unlike_peers(case: ValidationContext) -> pd.DataFrame:
    """Totals only: in a breakdown most states count too few to be compared."""
    cells = compared(case)
    if case.peers is None or cells.empty:
        return cells.iloc[:0]
    cells = cells[(cells[[*BREAKDOWNS]] == TOTAL).all(axis=1)]
    changes = {
        tuple(key): group
        for key, group in _changes(case.peers).groupby([*SAME, *YEARS], sort=False)
    }
    states = [_states(row, changes.get(row[:-2])) for row in _rows(cells)]
    odd = cells.assign(states=np.array(states, dtype=int)).query("states > 0")
    return shown(odd).assign(states=odd["states"].astype("str"))


def _changes(peers: pd.DataFrame) -> pd.DataFrame:
    """Each value of another state with each earlier one of the same series."""
    known = peers[[*SERIES, "period", "value"]].dropna(subset="value")
    joined = known.merge(known, on=list(SERIES), suffixes=("", "_was"))
    return joined[joined["period_was"] < joined["period"]]


def _rows(cells: pd.DataFrame) -> list[tuple[object, ...]]:
    names = [*SAME, *YEARS, "value_was", "value"]
    return [tuple(row) for row in cells[names].astype(object).to_numpy()]


def _states(row: tuple[object, ...], peers: pd.DataFrame | None) -> int:
    """How many states were compared, where the change is unlike theirs; 0 where it is not."""
    if peers is None:
        return 0
    own = pd.Series([float(str(row[-2])), float(str(row[-1]))])
    before = pd.concat([own[:1], peers["value_was"]], ignore_index=True)
    now = pd.concat([own[1:], peers["value"]], ignore_index=True)
    change = ratios(before, now)
    states = int(change.count())
    odd = bool(outlying(before, now)[0]) and _is_large(before[0], now[0], float(change.median()))
    return states if odd and states >= FEWEST_STATES else 0


def _is_large(before: float, now: float, usual: float) -> bool:
    """Whether it matters how far the value is from what the usual change would make of it."""
    expected = before * usual
    factor = max(now, expected) / min(now, expected)
    return factor > SMALLEST_FACTOR and abs(now - expected) >= SMALLEST_CHANGE
