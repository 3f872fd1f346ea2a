"""An attacker who reads released tables and knows how they were protected, but not with what.

That counts are whole, that a figure is suppressed (and by whom nobody says), which counts are none,
below which number they are suppressed for their own sake; and, if a state, its own figures. Slow and
plain on purpose: every equation that the drawn figures obey is written out again here.
"""

from collections.abc import Iterable, Iterator
from itertools import product

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from metrics.catalogue.denominators import children
from metrics.statistics.disclosure.constraint_system import Floats
from tests.statistics.disclosure.invented import AGES, BANDS, SEXES, STATES, YEARS

EU = "EU27_2020"
AREAS = (*STATES, EU)
Cell = tuple[str, str, str, str, str, str, str]
Terms = dict[Cell, float]
Codes = tuple[str, str, str]
PARTS = {
    "VICTIMS": ("value",),
    "HELPED": ("numerator", "denominator"),
    "REMOVED": ("cases",),
}


class Attacker:
    """Knows what several releases show, and works out what they do not."""

    def __init__(self, *released: pd.DataFrame, own: pd.DataFrame | None = None) -> None:
        self.known: dict[Cell, float] = {}
        for table in released if own is None else (*released, own):
            shown = table[table["value"].notna()]
            self.known |= dict(zip(cells_of(shown), shown["value"], strict=True))
        self.known = from_rates(self.known) | self.known
        self.unknown: dict[Cell, int] = {}
        self.rows: list[tuple[Terms, float]] = []
        for terms in [*sums(), *ratios(self.known)]:
            self.learn(terms)

    def learn(self, terms: Terms) -> None:
        """An equation whose terms add up to zero."""
        constant = -sum(f * self.known[cell] for cell, f in terms.items() if cell in self.known)
        open_ = {cell: factor for cell, factor in terms.items() if cell not in self.known}
        for cell in open_:
            self.unknown.setdefault(cell, len(self.unknown))
        if open_:
            self.rows.append((open_, constant))

    def interval(self, cell: Cell, zeros: Iterable[Cell] = ()) -> tuple[float, float]:
        """Of whole numbers, of which only `zeros` can be none."""
        cost = np.zeros(len(self.unknown))
        cost[self.unknown[cell]] = 1
        low, high = (self.extreme(sign * cost, zeros) for sign in (1, -1))
        return float(cost @ low), float(cost @ high)

    def extreme(self, cost: Floats, zeros: Iterable[Cell]) -> Floats:
        matrix, constants = self.equations()
        above, limits = self.limits()
        least = np.array([float(cell not in set(zeros)) for cell in self.unknown])
        found = milp(
            cost,
            constraints=[
                LinearConstraint(matrix, constants, constants),
                LinearConstraint(above, limits, np.inf),
            ],
            integrality=np.ones(len(cost), dtype=int),
            bounds=Bounds(least, 1e4),
        )
        return np.asarray(found.x)

    def limits(self) -> tuple[Floats, Floats]:
        """Nobody is helped who was not identified: denominator - numerator >= 0."""
        rows, lower = [np.zeros(len(self.unknown))], [0.0]
        for numerator in [cell for cell in self.helped() if cell[1] == "numerator"]:
            terms = {numerator: -1.0, (numerator[0], "denominator", *numerator[2:]): 1.0}
            row = np.zeros(len(self.unknown))
            for cell in terms.keys() & self.unknown.keys():
                row[self.unknown[cell]] = terms[cell]
            rows.append(row)
            lower.append(-sum(terms[cell] * self.known[cell] for cell in terms.keys() & self.known))
        return np.array(rows), np.array(lower)

    def helped(self) -> set[Cell]:
        return {cell for cell in {*self.unknown, *self.known} if cell[0] == "HELPED"}

    def equations(self) -> tuple[Floats, Floats]:
        matrix = np.zeros((len(self.rows), len(self.unknown)))
        for row, (terms, _) in enumerate(self.rows):
            for cell, factor in terms.items():
                matrix[row, self.unknown[cell]] = factor
        return matrix, np.array([constant for _, constant in self.rows])


def cells_of(table: pd.DataFrame) -> list[Cell]:
    names = ["indicator", "component", "area", "sex", "age", "band", "period"]
    return list(table[names].itertuples(index=False, name=None))


def sums() -> Iterator[Terms]:
    every = [(indicator, part) for indicator, parts in PARTS.items() for part in parts]
    for (indicator, part), period in product(every, YEARS):
        for area, terms in product(AREAS, margins(indicator)):
            yield {(indicator, part, area, *by, period): factor for by, factor in terms.items()}
        for by in _codes(indicator):
            members = {(indicator, part, area, *by, period): -1.0 for area in STATES}
            yield {(indicator, part, EU, *by, period): 1.0} | members


def _codes(indicator: str) -> Iterator[Codes]:
    sexes = ("_T", *SEXES) if indicator != "REMOVED" else ("_T",)
    ages = ("_T", *AGES) if indicator == "VICTIMS" else ("_T",)
    bands = ("_T", *BANDS) if indicator == "REMOVED" else ("_T",)
    return product(sexes, ages, bands)


def margins(indicator: str) -> list[dict[Codes, float]]:
    splits = {"VICTIMS": (SEXES, AGES, ()), "HELPED": (SEXES, (), ()), "REMOVED": ((), (), BANDS)}
    return [
        {by: 1.0} | {_with(by, axis, part): -1.0 for part in parts}
        for axis, parts in enumerate(splits[indicator])
        for by in _codes(indicator)
        if parts and by[axis] == "_T"
    ]


def _with(by: Codes, axis: int, part: str) -> Codes:
    sex, age, band = (part if place == axis else code for place, code in enumerate(by))
    return sex, age, band


def ratios(known: dict[Cell, float]) -> Iterator[Terms]:
    """Shares, changes, rates and indices give an equation between what they are made of."""
    for (indicator, component, area, sex, age, band, period), value in known.items():
        place = (area, sex, age, band)
        if indicator == "HELPED" and component == "value":
            part = (indicator, "numerator", *place, period)
            yield {part: 1.0, (indicator, "denominator", *place, period): -value / 100}
        now = known.get((indicator, "value", *place, period))
        if component == "change_points" and now is not None:
            earlier = str(int(period) - 1)
            part = (indicator, "numerator", *place, earlier)
            yield {part: 1.0, (indicator, "denominator", *place, earlier): -(now - value) / 100}
        if component == "year_on_year":
            base = PARTS[indicator][0]
            before = (indicator, base, *place, str(int(period) - 1))
            yield {(indicator, base, *place, period): 1.0, before: -(1 + value / 100)}
        if component == "chained_index" and period == YEARS[1]:
            before = (indicator, "value", *place, YEARS[0])
            yield {(indicator, "value", *place, period): 1.0, before: -value / 100}


def from_rates(known: dict[Cell, float]) -> dict[Cell, float]:
    """A rate and its denominator, which is public, are the count."""
    return {
        (indicator, "value", area, sex, age, band, period): value * _children(area, period) / 1e5
        for (indicator, component, area, sex, age, band, period), value in known.items()
        if component == "per_100_000_children"
    }


def _children(area: str, period: str) -> float:
    states = STATES if area == EU else (area,)
    return sum(children()[state, int(period)] for state in states)
