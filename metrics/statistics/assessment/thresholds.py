"""The threshold that a change must exceed to be clear: its terms, by kind of figure.

The formulas take columns of pairs of values; a verdict has one pair. So the same formulas serve
verdicts and tables of changes.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from metrics.catalogue.codelists.bands import bands
from metrics.catalogue.definitions.indicators import Direction
from metrics.catalogue.materiality import MaterialityRule, materiality
from metrics.catalogue.methods import ROUNDING
from metrics.catalogue.methods.growth_ratio.formulas import limit_scalings

Column = NDArray[np.float64]
Positions = NDArray[np.intp]
Flags = NDArray[np.bool_]
PER_CENT = 100.0


class TermKey(StrEnum):
    """The terms of a threshold, by the key of the step that computes the size of each."""

    YEARLY_FLOOR = "smallest_yearly_growth_that_counts"
    OVERALL_FLOOR = "smallest_overall_growth_that_counts"
    SMALLEST_CHANGE = "smallest_change_that_counts"
    WIDTH_OF_BANDS = "half_the_widths_of_the_bands"
    CHANCE = "chance_variation"


@dataclass(frozen=True)
class ValueEnds:
    """The first or the last values of pairs, with their numbers of cases and their bands."""

    value: Column
    cases: Column  # NaN if unknown
    band: Positions  # of a median


@dataclass(frozen=True)
class ValuePairs:
    """Two values of each series."""

    base: ValueEnds
    last: ValueEnds
    years: Column  # between them
    unit: float = 1.0  # the number of cases in one unit

    @property
    def changes(self) -> Column:
        return np.abs(self.last.value - self.base.value)


def numbers_of_cases(
    values: Column, denominators: Column, rule: MaterialityRule, unit: float
) -> Column:
    """The number of cases on which each value is based; NaN if unknown or not needed."""
    if rule.varies_as == "count":
        return np.abs(values) * unit
    if rule.varies_as == "rate":
        return denominators * values / PER_CENT
    return denominators if rule.varies_as else np.full_like(values, np.nan)


def are_small(cases: Column) -> Flags:
    """Whether cases are known and fewer than the smallest base."""
    return cases < materiality().smallest_base


def exceed(changes: Column, thresholds: Column) -> Flags:
    return changes > thresholds * (1 + ROUNDING)


def are_clear(
    pairs: ValuePairs, rule: MaterialityRule, direction: Direction, participants: Column
) -> Flags:
    """Whether each change exceeds the largest of the terms that apply to it."""
    sizes = [size for _, size in sizes_of_terms(pairs, rule, direction, participants)]
    return exceed(pairs.changes, np.fmax.reduce(sizes))


def sizes_of_terms(
    pairs: ValuePairs, rule: MaterialityRule, direction: Direction, participants: Column
) -> Iterator[tuple[TermKey, Column]]:
    """The size of each term that the rule declares; NaN where it does not apply to a pair.

    For events that several States count, with the number of participants of each event.
    """
    start, floors = np.abs(pairs.base.value), floors_near_limit(pairs.base.value, rule, direction)
    yield TermKey.YEARLY_FLOOR, start * (floors.yearly_factor**pairs.years - 1)
    yield TermKey.OVERALL_FLOOR, start * floors.overall_share
    if rule.smallest_change:
        yield TermKey.SMALLEST_CHANGE, np.full_like(start, rule.smallest_change)
    if rule.from_bands:
        yield TermKey.WIDTH_OF_BANDS, half_the_widths(pairs.base.band, pairs.last.band)
    if rule.varies_as:
        yield TermKey.CHANCE, chance_variation(pairs, rule, participants)


@dataclass(frozen=True)
class Floors:
    """The growth below which a value counts as unchanged."""

    yearly_factor: Column  # of the value of a year before
    overall_share: Column  # of the value at the start


def floors_near_limit(starts: Column, rule: MaterialityRule, direction: Direction) -> Floors:
    """Scaled near a natural limit in the desired direction."""
    declared = materiality()
    is_scaled = rule.limit is not None and direction is Direction.UP
    scaling = limit_scalings(starts, rule.limit if is_scaled else None)
    return Floors(
        1 + declared.yearly_floor.percent / PER_CENT * scaling,
        declared.overall_floor.percent / PER_CENT * scaling,
    )


def chance_variation(pairs: ValuePairs, rule: MaterialityRule, participants: Column) -> Column:
    """A multiple of the standard error of the difference of two independent values.

    A count of participations varies with the number of events, because each event has several
    participants. If the cases of one value are unknown, the variation of the other is the least
    that the difference can have.
    """
    variance_of = VARIANCES[str(rule.varies_as)]
    first, last = (variance_of(end.value, end.cases) for end in (pairs.base, pairs.last))
    is_unknown = np.isnan(first) & np.isnan(last)
    variance = np.where(is_unknown, np.nan, np.nan_to_num(first) + np.nan_to_num(last))
    return rule.standard_errors * np.sqrt(participants * variance) / pairs.unit


def _variance_of_count(_: Column, cases: Column) -> Column:
    return cases


def _variance_of_share(per_cent: Column, cases: Column) -> Column:
    return _per_case(np.maximum(per_cent * (PER_CENT - per_cent), 0.0), cases)


def _variance_of_rate(rate: Column, cases: Column) -> Column:
    return _per_case(rate**2, cases)


def _per_case(amounts: Column, cases: Column) -> Column:
    """Zero where there are no cases."""
    return amounts / np.where(cases == 0, np.inf, cases)


VARIANCES: Mapping[str, Callable[[Column, Column], Column]] = {
    "count": _variance_of_count,
    "share": _variance_of_share,
    "rate": _variance_of_rate,
}


def half_the_widths(base_bands: Positions, last_bands: Positions) -> Column:
    """Half the widths of the bands of two medians; NaN unless these are the same or adjacent.

    If they are not adjacent, the median has changed for certain.
    """
    widths = np.array(widths_of_bands())
    half = (widths[base_bands] + widths[last_bands]) / 2
    return np.where(np.abs(base_bands - last_bands) <= 1, half, np.nan)


def widths_of_bands() -> list[float]:
    """In hours; the open last band is assumed to be as wide as the one before it."""
    closed = [band.to_hours - band.from_hours for band in bands()[:-1]]
    return [*closed, closed[-1]]
