"""Combine the limits of several values: what is computed from a limit is a limit itself."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from metrics.core.tables import EITHER_LIMIT, LOWER_LIMIT, UPPER_LIMIT

# A limit as the sides on which the true value may lie: 1 above, 2 below.
SIDES = {"": 0, LOWER_LIMIT: 1, UPPER_LIMIT: 2, EITHER_LIMIT: 3}
BY_SIDES = {sides: limit for limit, sides in SIDES.items()}
OPPOSITE = {LOWER_LIMIT: UPPER_LIMIT, UPPER_LIMIT: LOWER_LIMIT}


def unite_limits(parts: Sequence[pd.Series]) -> pd.Series:
    """The limit of a sum, row by row: a lower and an upper limit give one on either side."""
    sides = [part.fillna("").map(SIDES).fillna(0).astype(int) for part in parts]
    united = np.bitwise_or.reduce([part.to_numpy() for part in sides])
    return pd.Series(united, parts[0].index).map(BY_SIDES).astype("str")


def unite_limits_by(rows: pd.DataFrame, keys: Sequence[str]) -> pd.Series:
    """The limit of the sum of each group of rows, indexed by the keys."""
    is_limit = {
        limit: rows["limit"].isin([limit, EITHER_LIMIT]).groupby([rows[key] for key in keys],
                                                                 sort=False).any()
        for limit in (LOWER_LIMIT, UPPER_LIMIT)
    }  # fmt: skip
    return unite_limits([found.map({True: limit, False: ""}) for limit, found in is_limit.items()])


def opposite_limits(limits: pd.Series) -> pd.Series:
    """The limits of results that fall as values rise: a difference from them, a ratio to them."""
    return limits.fillna("").map(opposite_limit).astype("str")


def unite_limit_codes(*limits: str) -> str:
    """As `unite_limits`, of single values."""
    sides = 0
    for limit in limits:
        sides |= SIDES[limit]
    return BY_SIDES[sides]


def opposite_limit(limit: str) -> str:
    return OPPOSITE.get(limit, limit)
