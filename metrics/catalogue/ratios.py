"""Derive a ratio of two counts that were both reported: the formula of `ratio` in a definition."""

from collections.abc import Sequence

import pandas as pd

from metrics.catalogue.codelists.statuses import unite_statuses_by
from metrics.core.series import is_broken_down
from metrics.core.tables import DENOMINATOR, NUMERATOR, STATUSES

RATIO_PARTS = (NUMERATOR, DENOMINATOR)
PAIR_KEY = ["area", "period"]


def pair_totals(series: Sequence[tuple[str, str]], values: pd.DataFrame) -> pd.DataFrame:
    """Numerator and denominator of each area and period for which both were reported.

    The series are indicators with their components. Both values are NaN if either is not known, so
    that the sums over areas are of the same areas.
    """
    totals = values[~is_broken_down(values)]
    pairs = zip(series, RATIO_PARTS, strict=True)
    rows = pd.concat([select_series(totals, *one).assign(component=part) for one, part in pairs])
    groups = rows.groupby(PAIR_KEY, sort=False)
    known = groups["value"].transform("count") == len(RATIO_PARTS)
    paired = rows.assign(value=rows["value"].where(known), late=groups["late"].transform("any"))
    paired = paired[groups["component"].transform("size") == len(RATIO_PARTS)]
    united = unite_statuses_by(paired, PAIR_KEY)
    return paired.drop(columns=list(STATUSES)).join(united, on=PAIR_KEY)


def select_series(totals: pd.DataFrame, indicator: str, component: str) -> pd.DataFrame:
    return totals[(totals["indicator"] == indicator) & (totals["component"] == component)]
