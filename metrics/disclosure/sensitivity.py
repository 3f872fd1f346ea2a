"""Which values may not be shown for their own sake: primary suppression.

Source of the rules: Handbook on Statistical Disclosure Control (sdcTools/HandbookSDC at eef4a18),
chapter 4.2. X is a cell's value, x1 >= x2 >= ... what its contributors put in.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from metrics.aggregation.rates import Indicators, of_kind
from metrics.codelists.statuses import CONFIDENTIALITY_ORDER
from metrics.definitions import DisclosurePolicy, Kind
from metrics.tables import (
    CASES,
    DENOMINATOR,
    FREE,
    NUMERATOR,
    VALUE,
)

Floats = npt.NDArray[np.float64]

COUNTS = (VALUE, NUMERATOR, DENOMINATOR, CASES)


def dominated(contributions: Sequence[float], n: int, k: float) -> bool:
    """The (n,k) rule: the n largest have more than k per cent of the whole."""
    return sum(_largest(contributions, n)) > k / 100 * sum(contributions)


def estimable(contributions: Sequence[float], p: float) -> bool:
    """The p% rule: the second contributor can estimate the first to within p per cent."""
    first, second = _largest(contributions, 2)
    return sum(contributions) - second - first < p / 100 * first


def dominance_protection(contributions: Sequence[float], n: int, k: float) -> float:
    """How far above the value an attacker's upper bound must stay: 100/k * (x1+...+xn) - X."""
    return max(0.0, 100 / k * sum(_largest(contributions, n)) - sum(contributions))


def p_percent_protection(contributions: Sequence[float], p: float) -> float:
    """The same for the p% rule: p/100 * x1 - (X - x1 - x2)."""
    first, second = _largest(contributions, 2)
    return max(0.0, p / 100 * first - (sum(contributions) - first - second))


def equivalent_k(p: float) -> float:
    """The k for which (2,k) protects the largest contributor as p% does: 100 * 100 / (100 + p)."""
    return 100 * 100 / (100 + p)


def _largest(contributions: Sequence[float], n: int) -> list[float]:
    return (sorted(contributions, reverse=True) + [0.0] * n)[:n]


def sensitive(values: pd.DataFrame, policy: DisclosurePolicy, indicators: Indicators) -> pd.Series:
    """Rows that are primary: what the sender keeps confidential, and small counts of people."""
    return kept_by_sender(values) | small_count(values, policy, indicators)


def kept_by_sender(values: pd.DataFrame) -> pd.Series:
    return values["confidentiality_status"].isin(list(CONFIDENTIALITY_ORDER.replace(FREE, "")))


def protection_levels(values: pd.DataFrame, policy: DisclosurePolicy) -> Floats:
    """How far above each value an attacker's upper bound must stay.

    A value that its sender keeps confidential is taken for the work of one contributor. A small
    count needs only not to be exact: its level is 0, as the handbook has it.
    """
    shares = [0.0]
    if policy.p_percent is not None:
        shares.append(p_percent_protection([1.0], policy.p_percent))
    if policy.dominance is not None:
        shares.append(dominance_protection([1.0], policy.dominance.n, policy.dominance.k))
    return (max(shares) * values["value"]).where(kept_by_sender(values), 0.0).to_numpy(dtype=float)


def small_count(
    values: pd.DataFrame, policy: DisclosurePolicy, indicators: Indicators
) -> pd.Series:
    """Above zero and below the minimum frequency; zeros too where the policy says so."""
    counted = [code for code, each in indicators.items() if each.counts_people]
    people = values["indicator"].isin(counted) & values["component"].isin(COUNTS)
    is_ratio = values["indicator"].isin(of_kind(indicators, Kind.SHARE))
    people &= ~(is_ratio & (values["component"] == VALUE))
    low = (values["value"] > 0) & (values["value"] < policy.minimum_frequency)
    return people & (low | ((values["value"] == 0) & policy.zeros_confidential))
