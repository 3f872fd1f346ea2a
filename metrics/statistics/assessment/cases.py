"""Assessment cases: every target that is valid on a day, for every area by every method."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import Indicator
from metrics.catalogue.definitions.targets import Target
from metrics.catalogue.loader import Catalogue
from metrics.catalogue.methods import methods
from metrics.core.tables import BREAKDOWNS, DENOMINATOR, EU, TOTAL, VALUE
from metrics.core.verdicts import Point
from metrics.statistics.assessment.histories import Codes, Histories


@dataclass(frozen=True, eq=False)
class AssessmentCase:
    """One target for one area by one method."""

    goal: str
    target: Target
    indicator: Indicator
    codes: Codes
    area: str
    method: str
    official: bool

    @property
    def breakdown_codes(self) -> tuple[str, ...]:
        """The code of each breakdown, in the order of the tables; `_T` if not named."""
        return tuple(self.codes.get(by, TOTAL) for by in BREAKDOWNS)

    @property
    def key(self) -> tuple[str, ...]:
        """The cells that identify target and series in a table: `schemas.TARGETED_SERIES`."""
        return (self.goal, self.target.id, self.indicator.code, *self.breakdown_codes, self.area)

    def points(self, histories: Histories, component: str = "", area: str = "") -> Sequence[Point]:
        """The points of the case's series, or of another component or area of it."""
        component = component or self.indicator.headline
        return histories.points_of(self.indicator.code, component, area or self.area, self.codes)

    def numbers_of_cases(self, histories: Histories) -> Sequence[Point]:
        """The denominators of its shares, as reported, or as published with them."""
        counted_by = self.indicator.cases_from
        if not counted_by:
            return self.points(histories, DENOMINATOR)
        return histories.points_of(counted_by, VALUE, self.area, self.codes)


def cases_on(catalogue: Catalogue, on: date) -> Iterator[AssessmentCase]:
    """Every target valid on the day, for each of its areas, official method first."""
    for goal in catalogue.goals.values():
        for target in goal.targets:
            if (target.valid_from or on) <= on <= (target.valid_to or on):
                yield from _cases_of_target(goal, target, catalogue.indicators[target.indicator])


def _cases_of_target(goal: Goal, target: Target, indicator: Indicator) -> Iterator[AssessmentCase]:
    """A target that names no part applies to the total or, if there is none, to each part."""
    every_codes = [target.at] if target.at else indicator.total_or_parts()
    for codes, area in product(every_codes, areas_of_target(target)):
        for name in (target.method, *target.beside):
            method = methods()[name].name_for(area) if name in methods() else name
            official = name == target.method
            yield AssessmentCase(goal.code, target, indicator, codes, area, method, official)


def areas_of_target(target: Target) -> tuple[str, ...]:
    """The areas that a target applies to; a target for some States does not apply to the Union."""
    states = target.areas or member_states()
    of_union = target.applies_to == "eu" or not target.areas
    union = (EU,) if target.applies_to != "states" and of_union else ()
    return union if target.applies_to == "eu" else (*union, *states)
