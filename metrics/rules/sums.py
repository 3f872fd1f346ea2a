"""Do the parts add up to their total?

A relation is one total with its parts: for each breakdown that adds up, and each of its dimensions
where several are crossed, the cells along the dimension against the cell that holds their total. A
part may be missing or withheld: then the parts given may only stay below the total.
"""

from collections.abc import Iterator
from itertools import combinations

import pandas as pd

from metrics.codelists import codelist
from metrics.definitions import Breakdown, Indicator
from metrics.model import Case, Severity
from metrics.rules import rule
from metrics.rules.values import DIVISIBLE, WITHOUT_VALUE
from metrics.tables import BREAKDOWNS, MEDIAN, STEP, TOTAL

NOT_ADDITIVE = (MEDIAN, STEP)
# What stays the same within a relation, beside the breakdowns.
SAME = ["indicator", "component", "area", "period"]
ROUNDING = 0.005  # each part of a divisible unit may have been rounded by so much

RELATION = ["sheet", "cell", "total", "parts", "cells", "by"]


def relations(case: Case) -> pd.DataFrame:
    """Every total with the sum of its parts; one row a total, dimension and component."""
    found = [
        _relation(cells, each, along)
        for indicator, cells in _additive(case)
        for each in indicator.breakdowns
        if each.adds_up and not each.chosen
        for along in _dimensions(each, cells)
    ]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=RELATION)


def _additive(case: Case) -> Iterator[tuple[Indicator, pd.DataFrame]]:
    cells = case.reading.observations
    cells = cells[~cells["component"].isin(NOT_ADDITIVE)].drop_duplicates([*SAME, *BREAKDOWNS])
    for code, own in cells.groupby("indicator", sort=False):
        if code in case.indicators and case.indicators[str(code)].has_total:
            yield case.indicators[str(code)], own


def _dimensions(breakdown: Breakdown, cells: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    """Each dimension alone; several at once where the margins between were not reported."""
    for size in range(1, len(breakdown.by) + 1):
        for along in combinations(breakdown.by, size):
            fixed = [by for by in breakdown.by if by not in along]
            if size == 1 or not _broken_down(cells, (*fixed, along[0])).any():
                yield along


def _broken_down(cells: pd.DataFrame, by: tuple[str, ...]) -> pd.Series:
    """Rows that are broken down by just these dimensions."""
    apart = cells[list(BREAKDOWNS)] != TOTAL
    return apart[list(by)].all(axis=1) & ~apart.drop(columns=list(by)).any(axis=1)


def _relation(cells: pd.DataFrame, breakdown: Breakdown, along: tuple[str, ...]) -> pd.DataFrame:
    fixed = tuple(by for by in breakdown.by if by not in along)
    keys = [*SAME, *fixed]
    parts = cells[_broken_down(cells, breakdown.by)].assign(filled=lambda own: own["value"].notna())
    groups = parts.groupby(keys, sort=False)
    sums = groups.agg(parts=("value", "sum"), n_parts=("filled", "sum"), cells=("cell", _range))
    totals = cells[_broken_down(cells, fixed)]
    columns = [*keys, "sheet", "cell", "value", "form", "observation_status"]
    joined = totals[columns].merge(sums.reset_index(), on=keys)
    return joined.rename(columns={"value": "total"}).assign(
        by=" × ".join(along), expected_parts=_expected(breakdown, along)
    )


def _expected(breakdown: Breakdown, along: tuple[str, ...]) -> int:
    """How many parts make the total whole."""
    expected = 1
    for by in along:
        codes = breakdown.codes.get(by) or [code for code in codelist(by) if code != TOTAL]
        expected *= len(codes)
    return expected


def _range(cells: pd.Series) -> str:
    return cells.iloc[0] if len(cells) == 1 else f"{cells.iloc[0]}:{cells.iloc[-1]}"


def _tolerance(found: pd.DataFrame, case: Case) -> pd.Series:
    units = {code: each.unit for code, each in case.indicators.items()}
    divisible = found["indicator"].map(units).isin(DIVISIBLE) & (found["component"] == "value")
    return (divisible * ROUNDING * found["expected_parts"] + 1e-9).astype(float)


def _shown(found: pd.DataFrame) -> pd.DataFrame:
    numbers = {name: found[name].map("{:.10g}".format) for name in ("total", "parts")}
    shown = found[["sheet", "cell", "cells", "by"]].assign(**numbers)
    return shown.assign(difference=(found["parts"] - found["total"]).map("{:+.10g}".format))


@rule(Severity.ERROR)
def parts_above_total(case: Case) -> pd.DataFrame:
    found = relations(case)
    if found.empty:
        return found
    return _shown(found[found["parts"] > found["total"] + _tolerance(found, case)])


@rule(Severity.ERROR)
def parts_below_total(case: Case) -> pd.DataFrame:
    found = relations(case)
    if found.empty:
        return found
    whole = found["n_parts"] >= found["expected_parts"]
    return _shown(found[whole & (found["parts"] < found["total"] - _tolerance(found, case))])


@rule(Severity.WARNING)
def total_left_out(case: Case) -> pd.DataFrame:
    """All parts are there, the total is not, and nothing says why."""
    found = relations(case)
    if found.empty:
        return found
    whole = found["n_parts"] >= found["expected_parts"]
    said = found["observation_status"].isin(WITHOUT_VALUE)
    found = found[whole & (found["form"] == "empty") & ~said]
    return _shown(found).drop(columns=["total", "difference"])


@rule(Severity.ERROR)
def part_above_total(case: Case) -> pd.DataFrame:
    """Where one case may stand in several parts, each part is still within the total."""
    found = [
        _parts(cells, each)
        for indicator, cells in _additive(case)
        for each in indicator.breakdowns
        if not each.adds_up or each.chosen
    ]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=RELATION)


def _parts(cells: pd.DataFrame, breakdown: Breakdown) -> pd.DataFrame:
    totals = cells.loc[_broken_down(cells, ()), [*SAME, "value", "cell"]]
    parts = cells[_broken_down(cells, breakdown.by)]
    joined = parts.merge(totals, on=SAME, suffixes=("", "_of_total"))
    joined = joined[joined["value"] > joined["value_of_total"]]
    return joined[["sheet", "cell", "typed"]].assign(
        total=joined["value_of_total"].map("{:.10g}".format), total_cell=joined["cell_of_total"]
    )
