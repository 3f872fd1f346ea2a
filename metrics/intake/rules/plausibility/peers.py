"""Is the yearly change plausible compared with the changes of the other States?

No figure of another State is ever quoted: a finding only says how many States were compared.
"""

import numpy as np
import pandas as pd

from metrics.core.tables import BREAKDOWNS, SERIES, TOTAL
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule
from metrics.intake.rules.plausibility.hidiroglou_berthelot import outlying, ratios
from metrics.intake.rules.plausibility.history import (
    SMALLEST_FACTOR,
    compare_with_history,
    format_changes,
)
from metrics.intake.rules.values import SMALLEST_CHANGE

# With fewer, a quartile rests on one or two states.
FEWEST_STATES = 10
PEER_SERIES_KEY = [name for name in SERIES if name != "area"]
COMPARED_PERIODS = ["period", "period_was"]


@rule(Severity.WARNING)
def unlike_peers(context: ValidationContext) -> pd.DataFrame:
    """Totals only: in a breakdown, most States' counts are too small to compare."""
    cells = compare_with_history(context)
    if context.peers is None or cells.empty:
        return cells.iloc[:0]
    cells = cells[(cells[[*BREAKDOWNS]] == TOTAL).all(axis=1)]
    changes = {
        tuple(key): group
        for key, group in _changes(context.peers).groupby(
            [*PEER_SERIES_KEY, *COMPARED_PERIODS], sort=False
        )
    }
    rows = cells[[*PEER_SERIES_KEY, *COMPARED_PERIODS, "value_was", "value"]].astype(object)
    states = [
        _count_unlike_states(before, now, changes.get(tuple(key)))
        for *key, before, now in rows.to_numpy()
    ]
    unlike = cells.assign(states=np.array(states, dtype=int)).query("states > 0")
    return format_changes(unlike).assign(states=unlike["states"].astype("str"))


def _changes(peers: pd.DataFrame) -> pd.DataFrame:
    """Each value of another State with each earlier one of the same series."""
    values = peers[[*SERIES, "period", "value"]].dropna(subset="value")
    joined = values.merge(values, on=list(SERIES), suffixes=("", "_was"))
    return joined[joined["period_was"] < joined["period"]]


def _count_unlike_states(before: float, now: float, peers: pd.DataFrame | None) -> int:
    """The number of States compared if the change is unlike theirs; else 0."""
    if peers is None:
        return 0
    all_before = pd.concat([pd.Series([float(before)]), peers["value_was"]], ignore_index=True)
    all_now = pd.concat([pd.Series([float(now)]), peers["value"]], ignore_index=True)
    change = ratios(all_before, all_now)
    states = int(change.count())
    is_unlike = bool(outlying(all_before, all_now)[0])
    is_unlike = is_unlike and _is_large(before, now, float(change.median()))
    return states if is_unlike and states >= FEWEST_STATES else 0


def _is_large(before: float, now: float, usual: float) -> bool:
    """Whether the value differs enough from what the usual change would make of it."""
    expected = before * usual
    factor = max(now, expected) / min(now, expected)
    return factor > SMALLEST_FACTOR and abs(now - expected) >= SMALLEST_CHANGE
