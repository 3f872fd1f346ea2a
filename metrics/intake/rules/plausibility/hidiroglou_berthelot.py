"""Outliers among the changes of many units between two periods.

Hidiroglou and Berthelot (1986), "Statistical editing and imputation for periodic business surveys",
Survey Methodology 12(1), with the defaults of `HBmethod` in the R package univOutl.
"""

import numpy as np
import pandas as pd

U = 0.5  # how much the size of a unit counts: 0 not at all, 1 as much as its change
A = 0.05  # minimum distance of the bounds, if effects are close together
C = 4.0  # usual: within so many times the distance to the quartile


def ratios(before: pd.Series, now: pd.Series) -> pd.Series:
    """The value now over the value before; NaN if one of the two is zero or missing."""
    return now.where(now > 0) / before.where(before > 0)


def effects(before: pd.Series, now: pd.Series, u: float = U) -> pd.Series:
    """The symmetric distance of each ratio from the median ratio, weighted by size.

    With the median ratio m: s = 1 - m / r below it, r / m - 1 above it; E = s max(before, now)^U.
    """
    ratio = ratios(before, now)
    median = ratio.median()
    centred = (1 - median / ratio).where(ratio < median, ratio / median - 1)
    return centred * np.maximum(before, now) ** u


def outlying(before: pd.Series, now: pd.Series, c: float = C) -> pd.Series:
    """Whether each unit's effect lies outside (M - C d1, M + C d3).

    d1 = max(M - Q1, |A M|), d3 = max(Q3 - M, |A M|), with median and quartiles of the effects.
    False for zero and missing values, and on a side where the distance is zero.
    """
    effect = effects(before, now)
    first, median, third = effect.quantile([0.25, 0.5, 0.75])
    least = abs(A * median)
    below, above = max(median - first, least), max(third - median, least)
    low = (effect < median - c * below) & (below > 0)
    return low | ((effect > median + c * above) & (above > 0))
