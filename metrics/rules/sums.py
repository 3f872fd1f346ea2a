"""Do the parts add up to their total?

A relation is one total with its parts: for each breakdown that adds up, and each of its dimensions
where several are crossed, the cells along the dimension against the cell that holds their total. A
part may be missing or withheld: then the parts given may only stay below the total.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
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

PART = ["value", "filled", "cell"]
WHOLE = ["sheet", "cell", "value", "form", "observation_status"]
RELATION = ["sheet", "cell", "total", "parts", "cells", "by"]


@dataclass(frozen=True)
class Split:
    """A breakdown taken along some of its dimensions: the others stay fixed."""

    by: tuple[str, ...]
    along: tuple[str, ...]

    @property
    def fixed(self) -> tuple[str, ...]:
        return tuple(by for by in self.by if by not in self.along)


def relations(case: Case) -> pd.DataFrame:
    """Every total with the sum of its parts; one row a total, dimension and component."""
    cells = case.once(additive)
    splits: dict[Split, dict[str, int]] = {}
    for indicator, reported in _reported(cells, case):
        for each in indicator.breakdowns:
            for along in _dimensions(each, reported):
                expected = splits.setdefault(Split(each.by, along), {})
                expected[indicator.code] = _expected(each, along)
    found = [_relation(cells, split, expected) for split, expected in splits.items()]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=RELATION)


def additive(case: Case) -> pd.DataFrame:
    """Cells whose values can be added, with the dimensions by which each is broken down."""
    cells = case.reading.observations
    whole = [code for code, each in case.indicators.items() if each.has_total]
    cells = cells[cells["indicator"].isin(whole) & ~cells["component"].isin(NOT_ADDITIVE)]
    cells = cells.drop_duplicates([*SAME, *BREAKDOWNS])
    names = pd.Series("", index=cells.index, dtype="str")
    for by in BREAKDOWNS:
        names = names.where(cells[by] == TOTAL, names + f"{by} ")
    return cells.assign(broken_by=names, filled=cells["value"].notna())


def _named(by: Iterable[str]) -> str:
    """The dimensions as `additive` writes them."""
    return "".join(f"{each} " for each in BREAKDOWNS if each in set(by))


def _reported(cells: pd.DataFrame, case: Case) -> Iterator[tuple[Indicator, set[str]]]:
    """Each indicator with the ways in which it was broken down."""
    for code, ways in cells.groupby("indicator", sort=False)["broken_by"].unique().items():
        yield case.indicators[str(code)], set(ways)


def _dimensions(breakdown: Breakdown, reported: set[str]) -> Iterator[tuple[str, ...]]:
    """Each dimension alone; several at once where the margins between were not reported."""
    if not breakdown.adds_up or breakdown.chosen:
        return
    for size in range(1, len(breakdown.by) + 1):
        for along in combinations(breakdown.by, size):
            between = [by for by in breakdown.by if by not in along[1:]]
            if size == 1 or _named(between) not in reported:
                yield along


def _relation(cells: pd.DataFrame, split: Split, expected: Mapping[str, int]) -> pd.DataFrame:
    keys = [*SAME, *split.fixed]
    own = cells["indicator"].isin(list(expected))
    parts = cells.loc[own & (cells["broken_by"] == _named(split.by)), [*keys, *PART]]
    groups = parts.groupby(keys, sort=False)
    sums = groups.agg(
        parts=("value", "sum"),
        n_parts=("filled", "sum"),
        first=("cell", "first"),
        last=("cell", "last"),
    )
    totals = cells.loc[own & (cells["broken_by"] == _named(split.fixed)), [*keys, *WHOLE]]
    joined = totals.merge(sums.reset_index(), on=keys).rename(columns={"value": "total"})
    several = joined["first"] != joined["last"]
    return joined.assign(
        cells=joined["first"].where(~several, joined["first"] + ":" + joined["last"]),
        by=" × ".join(split.along),
        expected_parts=joined["indicator"].map(expected),
    )


def _expected(breakdown: Breakdown, along: tuple[str, ...]) -> int:
    """How many parts make the total whole."""
    expected = 1
    for by in along:
        codes = breakdown.codes.get(by) or [code for code in codelist(by) if code != TOTAL]
        expected *= len(codes)
    return expected


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
    found = case.once(relations)
    if found.empty:
        return found
    return _shown(found[found["parts"] > found["total"] + _tolerance(found, case)])


@rule(Severity.ERROR)
def parts_below_total(case: Case) -> pd.DataFrame:
    found = case.once(relations)
    if found.empty:
        return found
    whole = found["n_parts"] >= found["expected_parts"]
    return _shown(found[whole & (found["parts"] < found["total"] - _tolerance(found, case))])


@rule(Severity.WARNING)
def total_left_out(case: Case) -> pd.DataFrame:
    """All parts are there, the total is not, and nothing says why."""
    found = case.once(relations)
    if found.empty:
        return found
    whole = found["n_parts"] >= found["expected_parts"]
    said = found["observation_status"].isin(WITHOUT_VALUE)
    found = found[whole & (found["form"] == "empty") & ~said]
    return _shown(found).drop(columns=["total", "difference"])


@rule(Severity.ERROR)
def part_above_total(case: Case) -> pd.DataFrame:
    """Where one case may stand in several parts, each part is still within the total."""
    cells = case.once(additive)
    ways: dict[tuple[str, ...], list[str]] = {}
    for indicator in case.indicators.values():
        for each in indicator.breakdowns:
            if not each.adds_up or each.chosen:
                ways.setdefault(each.by, []).append(indicator.code)
    found = [_parts(cells, by, codes) for by, codes in ways.items()]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=RELATION)


def _parts(cells: pd.DataFrame, by: tuple[str, ...], codes: list[str]) -> pd.DataFrame:
    own = cells["indicator"].isin(codes)
    totals = cells.loc[own & (cells["broken_by"] == ""), [*SAME, "value", "cell"]]
    columns = [*SAME, "sheet", "cell", "typed", "value"]
    parts = cells.loc[own & (cells["broken_by"] == _named(by)), columns]
    joined = parts.merge(totals, on=SAME, suffixes=("", "_of_total"))
    joined = joined[joined["value"] > joined["value_of_total"]]
    return joined[["sheet", "cell", "typed"]].assign(
        total=joined["value_of_total"].map("{:.10g}".format), total_cell=joined["cell_of_total"]
    )
