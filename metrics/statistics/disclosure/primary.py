"""Primary suppression: which values are confidential in themselves.

Source of the rules: Handbook on Statistical Disclosure Control (sdcTools/HandbookSDC at eef4a18),
chapter 4.2. X is a cell's value; x1 >= x2 >= ... are the contributions to it.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from metrics.catalogue.codelists.statuses import CONFIDENTIALITY_ORDER
from metrics.catalogue.definitions.collections import DisclosurePolicy
from metrics.catalogue.definitions.indicators import Kind
from metrics.core.tables import CASES, DENOMINATOR, FREE, NUMERATOR, VALUE
from metrics.statistics.aggregation.rates import Indicators, codes_of_kind
from metrics.statistics.disclosure.constraint_system import Floats
from metrics.statistics.disclosure.relations import group_links

COUNTS = (VALUE, NUMERATOR, DENOMINATOR, CASES)


def dominance_protection(contributions: ArrayLike, n: int, k: float) -> Floats:
    """Upper protection level of the (n,k) rule: 100/k * (x1+...+xn) - X.

    Here and below, contributions are along the last axis; there may be one row for each cell.
    """
    level = 100 / k * _largest(contributions, n).sum(-1) - np.sum(contributions, -1)
    return np.asarray(np.maximum(0.0, level))


def p_percent_protection(contributions: ArrayLike, p: float) -> Floats:
    """Upper protection level of the p% rule: p/100 * x1 - (X - x1 - x2)."""
    first, _ = np.moveaxis(_largest(contributions, 2), -1, 0)
    return np.asarray(np.maximum(0.0, p / 100 * first - _sum_of_others(contributions)))


def _sum_of_others(contributions: ArrayLike) -> Floats:
    """The sum of all contributions except the two largest."""
    return np.asarray(np.sum(contributions, -1) - _largest(contributions, 2).sum(-1))


def _largest(contributions: ArrayLike, n: int) -> Floats:
    every = np.asarray(contributions, dtype=float)
    padded = np.concatenate([every, np.zeros((*every.shape[:-1], n))], axis=-1)
    return -np.sort(-padded, axis=-1)[..., :n]


def required_protection(contributions: ArrayLike, policy: DisclosurePolicy) -> Floats:
    """The highest upper protection level of the policy's rules; 0 for a safe cell.

    The upper bound that an attacker can find must exceed the sum of contributions by this level.
    """
    level = np.zeros(np.shape(contributions)[:-1])
    if policy.p_percent is not None:
        level = np.maximum(level, p_percent_protection(contributions, policy.p_percent))
    if policy.dominance is not None:
        n, k = policy.dominance.n, policy.dominance.k
        level = np.maximum(level, dominance_protection(contributions, n, k))
    return level


def protection_of_sums(
    values: pd.DataFrame, policy: DisclosurePolicy, indicators: Indicators
) -> pd.Series:
    """The protection levels of sums whose largest contributor keeps its own figure confidential."""
    none = pd.Series(0.0, values.index)
    if policy.p_percent is None and policy.dominance is None:
        return none
    links = group_links(values, indicators)[["total", "part"]]
    links = links.assign(value=values["value"].reindex(links["part"]).to_numpy())
    links = links.assign(is_kept=is_kept_by_sender(values).reindex(links["part"]).to_numpy())
    links = links.sort_values("value", ascending=False, kind="stable")
    first = links.drop_duplicates("total").set_index("total")["is_kept"]
    links = links.assign(rank=links.groupby("total").cumcount())
    table = links.pivot(index="total", columns="rank", values="value").fillna(0.0)
    levels = pd.Series(required_protection(table.to_numpy(), policy), table.index)
    return levels[first.reindex(levels.index)].reindex(values.index, fill_value=0.0)


def is_sensitive(
    values: pd.DataFrame, policy: DisclosurePolicy, indicators: Indicators
) -> pd.Series:
    """Primary cells: kept confidential by the sender, or small counts of people."""
    return is_kept_by_sender(values) | is_small_count(values, policy, indicators)


def is_kept_by_sender(values: pd.DataFrame) -> pd.Series:
    return values["confidentiality_status"].isin(list(CONFIDENTIALITY_ORDER.replace(FREE, "")))


def protection_levels(values: pd.DataFrame, policy: DisclosurePolicy) -> Floats:
    """By how much the upper bound that an attacker can find must exceed each value.

    A value that its sender keeps confidential is treated as having one contributor. For a small
    count it is enough that the exact value cannot be found: its level is 0, as in the handbook.
    """
    alone = values["value"].to_numpy(dtype=float)[:, np.newaxis]
    return np.where(is_kept_by_sender(values), required_protection(alone, policy), 0.0)


def is_small_count(
    values: pd.DataFrame, policy: DisclosurePolicy, indicators: Indicators
) -> pd.Series:
    """Above zero and below the minimum frequency; zeros too if the policy says so."""
    counted = [code for code, indicator in indicators.items() if indicator.counts_people]
    people = values["indicator"].isin(counted) & values["component"].isin(COUNTS)
    is_ratio = values["indicator"].isin(codes_of_kind(indicators, Kind.SHARE))
    people &= ~(is_ratio & (values["component"] == VALUE))
    low = (values["value"] > 0) & (values["value"] < policy.minimum_frequency)
    return people & (low | ((values["value"] == 0) & policy.zeros_confidential))
