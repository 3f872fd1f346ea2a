"""Combine statuses when several values make one."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from metrics.core.tables import FREE, NORMAL, NOT_APPLICABLE, NOT_COLLECTED, STATUSES, WITHHELD
from metrics.core.tables import MISSING as NO_VALUE

# Reasons for no value, the strongest first.
MISSING = "QOLHM"
# Qualifications of a value: the order of `eurostat/flagr` (at b933128), in SDMX codes.
HIERARCHY = "BJSDIFEPNUVGA"
OBSERVATION_ORDER = MISSING + HIERARCHY
# Whatever is derived from a confidential value is confidential too.
CONFIDENTIALITY_ORDER = "CNDSF"
NOT_FREE = {*CONFIDENTIALITY_ORDER} - {FREE}

SUPPRESSED_KEY, NOT_APPLICABLE_KEY = "absent.suppressed", "absent.not_applicable"
ABSENCE_KEYS = {
    NOT_APPLICABLE: NOT_APPLICABLE_KEY, WITHHELD: SUPPRESSED_KEY,
    NOT_COLLECTED: "absent.not_collected", NO_VALUE: "absent.missing",
}  # fmt: skip
ORDERS = dict(zip(STATUSES, (OBSERVATION_ORDER, CONFIDENTIALITY_ORDER), strict=True))
WEAKEST = dict(zip(STATUSES, (NORMAL, FREE), strict=True))


def is_withheld(rows: pd.DataFrame) -> pd.Series:
    """Which rows have a status that says that their value is not for publication.

    For points of a series, see `metrics.core.series_window.is_suppressed`.
    """
    return rows["confidentiality_status"].ne(FREE) | rows["observation_status"].eq(WITHHELD)


def absence_key(row: Mapping[str, Any]) -> str:
    """Why a value is absent: a key of the messages `interface`, such as `absent.suppressed`."""
    status = row.get("observation_status") or ""
    if not status and row.get("confidentiality_status") in NOT_FREE:
        status = WITHHELD
    return ABSENCE_KEYS.get(status, "absent.not_reported")


def status_ranks(statuses: pd.Series, column: str) -> pd.Series:
    """The rank of each status in its order, 0 being the strongest; unknown ones come last."""
    ranks = {code: rank for rank, code in enumerate(ORDERS[column])}
    return statuses.map(ranks).fillna(len(ranks) - 1).astype("int8")


def statuses_at_ranks(ranks: pd.Series, column: str) -> pd.Series:
    return ranks.map(dict(enumerate(ORDERS[column]))).fillna(WEAKEST[column]).astype("str")


def unite_statuses(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Combine both statuses of aligned tables row by row: the strongest of each.

    A derived value is as provisional, and as confidential, as anything it is made of.
    """
    statuses = {
        column: statuses_at_ranks(
            pd.concat([status_ranks(part[column], column) for part in parts], axis=1).min(axis=1),
            column,
        )
        for column in STATUSES
    }
    return pd.DataFrame(statuses, index=parts[0].index)


def unite_statuses_by(rows: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Both statuses of each group of rows, indexed by the keys."""
    ranked = rows.assign(**{column: status_ranks(rows[column], column) for column in STATUSES})
    least = ranked.groupby(list(keys), sort=False)[list(STATUSES)].min()
    return least.assign(**{column: statuses_at_ranks(least[column], column) for column in STATUSES})


def share_of_weight(bears: pd.Series, weights: pd.Series, keys: Sequence[pd.Series]) -> pd.Series:
    """The share of each row's group weight that marked rows have; NaN for no weight."""
    groups = pd.DataFrame({"bearing": weights.where(bears, 0.0), "whole": weights}).groupby(
        list(keys), sort=False
    )
    sums = groups.transform("sum")
    return sums["bearing"] / sums["whole"]
