"""Do the parts add up to their total?

A relation is one total with its parts: for each breakdown that adds up, and each of its dimensions
where several are crossed, the cells along the dimension and the cell that holds their total. If a
part is missing or suppressed, the sum of the other parts may be below the total, but not above it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import nan, prod

import pandas as pd

from metrics.catalogue.codelists import codelist
from metrics.catalogue.codelists.units import counting_units, divisible_units
from metrics.catalogue.definitions.indicators import Breakdown, Indicator
from metrics.core.keys import has_key, keys_of_rows
from metrics.core.period import ReferencePeriod
from metrics.core.series import dimensions_of_rows, format_dimensions
from metrics.core.tables import BREAKDOWNS, MEDIAN, STEP, TOTAL, WITHOUT_VALUE
from metrics.intake.findings import Severity, ValidationContext, format_ranges, plain_digits
from metrics.intake.rules import remember_result, rule
from metrics.intake.rules.values import row_units, sound_observations

NOT_ADDITIVE = (MEDIAN, STEP)
# Publishers count the same cases in different ways, so they are not parts of a total.
COUNTED_BY = "counted_by"
# Equal within a relation, besides the breakdowns.
RELATION_KEY = ["indicator", "component", "area", "period"]
# The columns needed of a part or a total; narrow tables are joined much faster.
SUMMED_COLUMNS = [
    *RELATION_KEY, *BREAKDOWNS, "sheet", "cell", "typed", "value", "form", "observation_status",
]  # fmt: skip
ROUNDING_OF_PART = 0.005  # rounding error allowed for each part in a divisible unit


@dataclass(frozen=True)
class Additive:
    """The cells that can be added up, by the dimensions of their breakdown."""

    by_label: dict[str, pd.DataFrame]
    filled: dict[str, set[str]]  # the indicators with a value, by the same label

    def select(self, by: Collection[str], indicators: Collection[str]) -> pd.DataFrame:
        cells = self.by_label.get(format_dimensions(by), self.by_label[""])
        return cells[cells["indicator"].isin(indicators) & (format_dimensions(by) in self.by_label)]

    def has_values(self, by: Collection[str], indicator: str) -> bool:
        """Whether any value of the indicator has this breakdown."""
        return indicator in self.filled.get(format_dimensions(by), ())


@remember_result
def additive_cells(context: ValidationContext) -> Additive:
    cells = sound_observations(context)
    cells = cells.loc[~cells["component"].isin(NOT_ADDITIVE), SUMMED_COLUMNS]
    cells = cells.drop_duplicates([*RELATION_KEY, *BREAKDOWNS])
    cells = cells.assign(filled=cells["value"].notna(), labels=dimensions_of_rows(cells))
    by_label = {str(name): own for name, own in cells.groupby("labels", sort=False)}
    filled = {name: set(own.loc[own["filled"], "indicator"]) for name, own in by_label.items()}
    return Additive({"": cells.iloc[:0]} | by_label, filled)


@remember_result
def sums_of_parts(context: ValidationContext) -> pd.DataFrame:
    """Every total with the sum of its parts: one row per total, dimension and component."""
    cells = additive_cells(context)
    # Breakdown and dimensions to add along → the indicators that have it.
    summed: dict[tuple[tuple[str, ...], tuple[str, ...]], dict[str, Indicator]] = {}
    for indicator, breakdown in totalled_breakdowns(context, adds_up=True):
        for along in _summed_dimensions(breakdown, indicator, cells):
            summed.setdefault((breakdown.by, along), {})[indicator.code] = indicator
    tables = [
        _sums_along(cells, by, along, indicators) for (by, along), indicators in summed.items()
    ]
    return pd.concat(tables or [_sums_along(cells, (), (), {})], ignore_index=True)


def totalled_breakdowns(
    context: ValidationContext, *, adds_up: bool
) -> Iterator[tuple[Indicator, Breakdown]]:
    for indicator in context.indicators.values():
        for breakdown in indicator.every_breakdown:
            sums_to_total = breakdown.adds_up and not breakdown.chosen
            has_parts = indicator.has_total and COUNTED_BY not in breakdown.by
            if has_parts and sums_to_total is adds_up:
                yield indicator, breakdown


def _summed_dimensions(
    breakdown: Breakdown, indicator: Indicator, cells: Additive
) -> Iterator[tuple[str, ...]]:
    """Each dimension alone; several at once if the margins between were not reported."""
    if not cells.has_values(breakdown.by, indicator.code):
        return
    for size in range(1, len(breakdown.by) + 1):
        for along in combinations(breakdown.by, size):
            margin = [by for by in breakdown.by if by not in along[1:]]
            if size == 1 or not cells.has_values(margin, indicator.code):
                yield along


def _sums_along(
    cells: Additive,
    by: Collection[str],
    along: Collection[str],
    indicators: Mapping[str, Indicator],
) -> pd.DataFrame:
    """Join the sum of the parts along some dimensions of a breakdown to their total."""
    fixed = [dimension for dimension in by if dimension not in along]
    keys = [*RELATION_KEY, *fixed]
    sums = cells.select(by, indicators).groupby(keys, sort=False).agg(
        parts=("value", "sum"), n_parts=("filled", "sum"),
        cells=("cell", list),
    )  # fmt: skip
    totals = cells.select(fixed, indicators)
    columns = [*keys, "sheet", "cell", "value", "form", "observation_status"]
    joined = totals[columns].merge(sums.reset_index(), on=keys)
    expected = [
        _count_expected_parts(indicators[code], period, by, along)
        for code, period in joined[["indicator", "period"]].itertuples(index=False)
    ]
    return joined.rename(columns={"value": "total"}).assign(
        by=" × ".join(along),
        expected_parts=pd.Series(expected, joined.index, dtype=float),
    )


def _count_expected_parts(
    defined: Indicator, period: str, dimensions: Collection[str], along: Collection[str]
) -> float:
    """The number of parts of a complete total; NaN where they did not add up in the period."""
    indicator = defined.in_period(ReferencePeriod.parse(period)) if period else defined
    for breakdown in indicator.breakdowns:
        if {*breakdown.by} == {*dimensions} and breakdown.adds_up:
            return prod(len(breakdown.codes.get(by) or _part_codes(by)) for by in along)
    return nan


@cache
def _part_codes(by: str) -> tuple[str, ...]:
    return tuple(code for code in codelist(by) if code != TOTAL)


def _tolerance(sums: pd.DataFrame, context: ValidationContext) -> pd.Series:
    units = row_units(sums, context.indicators)
    divisible = units.isin(divisible_units()) & (sums["component"] == "value")
    return (divisible * ROUNDING_OF_PART * sums["expected_parts"] + 1e-9).astype(float)


def _signed_digits(difference: float) -> str:
    return f"{'+' if difference > 0 else ''}{plain_digits(difference)}"


def _format_sums(sums: pd.DataFrame) -> pd.DataFrame:
    numbers = {name: sums[name].map(plain_digits) for name in ("total", "parts")}
    difference = (sums["parts"] - sums["total"]).map(_signed_digits)
    return sums[["sheet", "cell", "by"]].assign(
        cells=sums["cells"].map(format_ranges), **numbers, difference=difference
    )


@rule(Severity.ERROR)
def parts_above_total(context: ValidationContext) -> pd.DataFrame:
    sums = sums_of_parts(context)
    return _format_sums(sums[sums["parts"] > sums["total"] + _tolerance(sums, context)])


@rule(Severity.ERROR)
def parts_below_total(context: ValidationContext) -> pd.DataFrame:
    sums = sums_of_parts(context)
    whole = sums["n_parts"] >= sums["expected_parts"]
    return _format_sums(sums[whole & (sums["parts"] < sums["total"] - _tolerance(sums, context))])


@rule(Severity.WARNING)
def total_left_out(context: ValidationContext) -> pd.DataFrame:
    """All parts are reported, but neither the total nor a reason for its absence."""
    sums = sums_of_parts(context)
    whole = sums["n_parts"] >= sums["expected_parts"]
    has_reason = sums["observation_status"].isin(WITHOUT_VALUE)
    sums = sums[whole & (sums["form"] == "empty") & ~has_reason]
    return _format_sums(sums).drop(columns=["total", "difference"])


@rule(Severity.ERROR)
def part_above_total(context: ValidationContext) -> pd.DataFrame:
    """If one case may be in several parts, each part must still not exceed the total."""
    return _single_parts_above_total(context)


@rule(Severity.NOTE)
def parts_overlap(context: ValidationContext) -> pd.DataFrame:
    """Parts that may overlap come to more than the total, and none of them is more than it."""
    cells, overlapping = additive_cells(context), _overlapping_breakdowns(context)
    tables = [_sums_along(cells, by, by, known) for by, known in overlapping.items()]
    sums = pd.concat(tables or [_sums_along(cells, (), (), {})], ignore_index=True)
    is_count = row_units(sums, context.indicators).isin(counting_units())
    wrong = _single_parts_above_total(context)[["sheet", "total_cell"]]
    has_error = has_key(sums, ["sheet", "cell"], {*keys_of_rows(wrong, wrong.columns)})
    return _format_sums(sums[is_count & (sums["parts"] > sums["total"]) & ~has_error])


@remember_result
def _single_parts_above_total(context: ValidationContext) -> pd.DataFrame:
    cells, overlapping = additive_cells(context), _overlapping_breakdowns(context)
    tables = [_parts_above_total(cells, by, [*known]) for by, known in overlapping.items()]
    return pd.concat(tables or [_parts_above_total(cells, (), [])], ignore_index=True)


def _overlapping_breakdowns(
    context: ValidationContext,
) -> dict[tuple[str, ...], dict[str, Indicator]]:
    """The breakdowns with values whose parts may overlap, with the indicators that have them."""
    cells = additive_cells(context)
    found: dict[tuple[str, ...], dict[str, Indicator]] = {}
    for indicator, breakdown in totalled_breakdowns(context, adds_up=False):
        if cells.has_values(breakdown.by, indicator.code):
            found.setdefault(breakdown.by, {})[indicator.code] = indicator
    return found


def _parts_above_total(cells: Additive, by: tuple[str, ...], indicators: list[str]) -> pd.DataFrame:
    totals = cells.select((), indicators)[[*RELATION_KEY, "value", "cell"]]
    joined = cells.select(by, indicators).merge(totals, on=RELATION_KEY, suffixes=("", "_of_total"))
    joined = joined[joined["value"] > joined["value_of_total"]]
    return joined[["sheet", "cell", "typed"]].assign(
        total=joined["value_of_total"].map(plain_digits), total_cell=joined["cell_of_total"]
    )
