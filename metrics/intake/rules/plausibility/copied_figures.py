"""Were the figures of an earlier year typed, or left, as those of this one?

A figure that stays the same may be right; most figures of a table that stay the same hardly are.
Small counts are often the same by chance, and zeros say nothing.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from metrics.core.tables import KEY, SERIES, STEP
from metrics.intake.findings import Severity, ValidationContext, format_ranges
from metrics.intake.rules import rule
from metrics.intake.rules.values import SMALLEST_CHANGE, sound_observations

FEWEST_EQUAL = 5
# What is searched for copied figures: the file, each sheet, each indicator of a sheet.
EXTENTS = ((), ("sheet",), ("sheet", "indicator"))
FOUND = ["sheet", "cell", "equal", "compared", "when", "cells"]


@rule(Severity.WARNING)
def figures_of_earlier_year(context: ValidationContext) -> pd.DataFrame:
    """One question about all figures, where most of a file, sheet or indicator are the same."""
    pairs = _pairs_with_earlier(context)
    by_year = [_copied(year) for _, year in pairs.groupby("period_was", sort=True)]
    copied = max(by_year, key=lambda own: own["is_equal"].sum(), default=pairs.iloc[:0])
    equal = copied[copied["is_equal"]]
    if equal.empty:
        return pd.DataFrame(columns=FOUND, dtype="str")
    return (
        equal[["sheet", "cell"]]
        .head(1)
        .assign(
            equal=str(len(equal)),
            compared=str(len(copied)),
            when=equal["period_was"].iloc[0],
            cells="; ".join(_ranges(equal)),
        )
    )


def _pairs_with_earlier(context: ValidationContext) -> pd.DataFrame:
    """Each figure beside each earlier one of its series; both from a size that tells them apart."""
    cells = sound_observations(context)
    cells = cells[cells["value"].notna() & (cells["component"] != STEP) & (cells["period"] != "")]
    tables = [context.history, context.reading.other_periods]
    known = [table[[*KEY, "value"]] for table in tables if table is not None and len(table)]
    own = cells[[*KEY, "sheet", "cell", "value"]]
    if not known or own.empty:
        return own.iloc[:0].assign(period_was="", is_equal=False)
    before = pd.concat(known, ignore_index=True).dropna(subset="value").drop_duplicates([*KEY])
    pairs = own.merge(before, on=list(SERIES), suffixes=("", "_was"))
    is_earlier = pairs["period_was"] < pairs["period"]
    is_earlier &= pairs["period_was"].str.len() == pairs["period"].str.len()
    is_earlier &= np.maximum(pairs["value"], pairs["value_was"]) >= SMALLEST_CHANGE
    pairs = pairs[is_earlier]
    return pairs.assign(is_equal=pairs["value"] == pairs["value_was"])


def _copied(pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs of every file, sheet or indicator in which most figures are the same."""
    is_copied = pd.Series(data=False, index=pairs.index)
    for extent in EXTENTS:
        groups = pairs.assign(file="").groupby(["file", *extent])["is_equal"]
        equal, compared = groups.transform("sum"), groups.transform("size")
        is_copied |= (equal >= FEWEST_EQUAL) & (2 * equal > compared)
    return pairs[is_copied]


def _ranges(equal: pd.DataFrame) -> Iterator[str]:
    for sheet, own in equal.groupby("sheet", sort=False):
        yield f"{sheet}!{format_ranges(own['cell'])}"
