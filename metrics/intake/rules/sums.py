"""Do the parts add up to their total?

A relation is one total with its parts: for each breakdown that adds up, and each of its dimensions
where several are crossed, the cells along the dimension against the cell that holds their total. A
part may be missing or withheld: then the parts given may only stay below the total.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
import pandas as pd

from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions import Breakdown, Indicator
from metrics.core.tables import BREAKDOWNS, MEDIAN, STEP, TOTAL
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import once, rule
from metrics.intake.rules.values import DIVISIBLE, WITHOUT_VALUE, sound

NOT_ADDITIVE = (MEDIAN, STEP)
# Publishers that count the same thing in their own ways are no parts of a total.
COUNTED_BY = "counted_by"
# What stays the same within a relation, beside the breakdowns.
SAME = ["indicator", "component", "area", "period"]
ROUNDING = 0.005  # each part of a divisible unit may have been rounded by so much

Shape = tuple[tuple[str, ...], tuple[str, ...]]  # a breakdown, and along which dimensions to add


@dataclass(frozen=True)
class Additive:
    """The cells that can be added up, by the dimensions that they are broken down by."""

    by_label: dict[str, pd.DataFrame]
    filled: dict[str, set[str]]  # the indicators with a value, by the same label

    def of(self, by: Collection[str], indicators: Collection[str]) -> pd.DataFrame:
        cells = self.by_label.get(label(by), self.by_label[""])
        known = cells["indicator"].isin(indicators) & (label(by) in self.by_label)
        return cells[known]

    def has(self, by: Collection[str], indicator: str) -> bool:
        """Is any value of the indicator broken down so?"""
        return indicator in self.filled.get(label(by), ())


def label(by: Collection[str]) -> str:
    return "+".join(each for each in BREAKDOWNS if each in by)


@once
def additive(case: ValidationContext) -> Additive:
    cells = sound(case)
    cells = cells[~cells["component"].isin(NOT_ADDITIVE)]
    cells = cells.drop_duplicates([*SAME, *BREAKDOWNS])
    cells = cells.assign(filled=cells["value"].notna(), labels="")
    for by in BREAKDOWNS:
        if (apart := cells[by] != TOTAL).any():
            mark = np.where(cells["labels"] == "", by, "+" + by)
            cells["labels"] = cells["labels"] + np.where(apart, mark, "")
    by_label = {str(name): own for name, own in cells.groupby("labels", sort=False)}
    filled = {name: set(own.loc[own["filled"], "indicator"]) for name, own in by_label.items()}
    return Additive({"": cells.iloc[:0]} | by_label, filled)


@once
def relations(case: ValidationContext) -> pd.DataFrame:
    """Every total with the sum of its parts; one row a total, dimension and component."""
    cells = additive(case)
    shapes: dict[Shape, dict[str, int]] = {}
    for indicator, breakdown in broken_down(case, adds_up=True):
        for along in _dimensions(breakdown, indicator, cells):
            expected = _expected(breakdown, along)
            shapes.setdefault((breakdown.by, along), {})[indicator.code] = expected
    found = [_relation(cells, shape, expected) for shape, expected in shapes.items()]
    return pd.concat([_relation(cells, ((), ()), {}), *found], ignore_index=True)


def broken_down(case: ValidationContext, *, adds_up: bool) -> Iterator[tuple[Indicator, Breakdown]]:
    for indicator in case.indicators.values():
        for each in indicator.breakdowns:
            whole = each.adds_up and not each.chosen
            if indicator.has_total and COUNTED_BY not in each.by and whole is adds_up:
                yield indicator, each


def _dimensions(
    breakdown: Breakdown, indicator: Indicator, cells: Additive
) -> Iterator[tuple[str, ...]]:
    """Each dimension alone; several at once where the margins between were not reported."""
    if not cells.has(breakdown.by, indicator.code):
        return
    for size in range(1, len(breakdown.by) + 1):
        for along in combinations(breakdown.by, size):
            margin = [by for by in breakdown.by if by not in along[1:]]
            if size == 1 or not cells.has(margin, indicator.code):
                yield along


def _relation(cells: Additive, shape: Shape, expected: dict[str, int]) -> pd.DataFrame:
    by, along = shape
    fixed = [each for each in by if each not in along]
    keys = [*SAME, *fixed]
    sums = cells.of(by, expected).groupby(keys, sort=False).agg(
        parts=("value", "sum"), n_parts=("filled", "sum"),
        first=("cell", "first"), last=("cell", "last"),
    )  # fmt: skip
    totals = cells.of(fixed, expected)
    columns = [*keys, "sheet", "cell", "value", "form", "observation_status"]
    joined = totals[columns].merge(sums.reset_index(), on=keys)
    return joined.rename(columns={"value": "total"}).assign(
        by=" × ".join(along),
        cells=joined["first"] + ":" + joined["last"],
        expected_parts=joined["indicator"].map(expected).astype(float),
    )


def _expected(breakdown: Breakdown, along: tuple[str, ...]) -> int:
    """How many parts make the total whole."""
    counts = (len(breakdown.codes.get(by) or _codes(by)) for by in along)
    return int(np.prod([*counts]))


@cache
def _codes(by: str) -> tuple[str, ...]:
    return tuple(code for code in codelist(by) if code != TOTAL)


def _tolerance(found: pd.DataFrame, case: ValidationContext) -> pd.Series:
    units = {code: each.unit for code, each in case.indicators.items()}
    divisible = found["indicator"].map(units).isin(DIVISIBLE) & (found["component"] == "value")
    return (divisible * ROUNDING * found["expected_parts"] + 1e-9).astype(float)


def _shown(found: pd.DataFrame) -> pd.DataFrame:
    numbers = {name: found[name].map("{:.10g}".format) for name in ("total", "parts")}
    shown = found[["sheet", "cell", "cells", "by"]].assign(**numbers)
    return shown.assign(difference=(found["parts"] - found["total"]).map("{:+.10g}".format))


@rule(Severity.ERROR)
def parts_above_total(case: ValidationContext) -> pd.DataFrame:
    found = relations(case)
    return _shown(found[found["parts"] > found["total"] + _tolerance(found, case)])


@rule(Severity.ERROR)
def parts_below_total(case: ValidationContext) -> pd.DataFrame:
    found = relations(case)
    whole = found["n_parts"] >= found["expected_parts"]
    return _shown(found[whole & (found["parts"] < found["total"] - _tolerance(found, case))])


@rule(Severity.WARNING)
def total_left_out(case: ValidationContext) -> pd.DataFrame:
    """All parts are there, the total is not, and nothing says why."""
    found = relations(case)
    whole = found["n_parts"] >= found["expected_parts"]
    said = found["observation_status"].isin(WITHOUT_VALUE)
    found = found[whole & (found["form"] == "empty") & ~said]
    return _shown(found).drop(columns=["total", "difference"])


@rule(Severity.ERROR)
def part_above_total(case: ValidationContext) -> pd.DataFrame:
    """Where one case may stand in several parts, each part is still within the total."""
    cells = additive(case)
    shapes: dict[tuple[str, ...], list[str]] = {}
    for indicator, breakdown in broken_down(case, adds_up=False):
        if cells.has(breakdown.by, indicator.code):
            shapes.setdefault(breakdown.by, []).append(indicator.code)
    found = [_parts(cells, by, codes) for by, codes in shapes.items()]
    return pd.concat([_parts(cells, (), []), *found], ignore_index=True)


def _parts(cells: Additive, by: tuple[str, ...], indicators: list[str]) -> pd.DataFrame:
    totals = cells.of((), indicators)[[*SAME, "value", "cell"]]
    joined = cells.of(by, indicators).merge(totals, on=SAME, suffixes=("", "_of_total"))
    joined = joined[joined["value"] > joined["value_of_total"]]
    return joined[["sheet", "cell", "typed"]].assign(
        total=joined["value_of_total"].map("{:.10g}".format), total_cell=joined["cell_of_total"]
    )
