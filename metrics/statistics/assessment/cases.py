"""Every target for every area by every method: what is to be judged on a day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from metrics.catalogue.codelists import codelist, member_states
from metrics.catalogue.definitions import Goal, Indicator, Target
from metrics.catalogue.loader import Catalogue
from metrics.core.tables import EU
from metrics.core.verdicts import Point
from metrics.statistics.assessment.histories import Codes, Histories

OF_STATES, OF_ALL, OF_ONE = "level_and_change", "all_areas_by_date", "milestone_by_date"


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

    def points(self, found: Histories, component: str = "", area: str = "") -> Sequence[Point]:
        component = component or self.indicator.headline
        return found.of(self.indicator.code, component, area or self.area, self.codes)


def cases_on(catalogue: Catalogue, on: date) -> Iterator[AssessmentCase]:
    """Every target that is valid on the day, for each of its areas, official method first."""
    for goal in catalogue.goals.values():
        for target in goal.targets:
            if is_valid(target, on):
                yield from _cases(goal, target, catalogue.indicators[target.indicator])


def is_valid(target: Target, on: date) -> bool:
    return (target.valid_from or on) <= on <= (target.valid_to or on)


def _cases(goal: Goal, target: Target, indicator: Indicator) -> Iterator[AssessmentCase]:
    names = (target.method, *target.beside)
    for codes, area in product(codes_of(target, indicator), areas_of(target)):
        for name in names:
            official = name == target.method
            method = _for_area(name, area)
            yield AssessmentCase(goal.code, target, indicator, codes, area, method, official)


def codes_of(target: Target, indicator: Indicator) -> list[Codes]:
    """Where an indicator has no total and the target names no part, it is about each of them."""
    if indicator.has_total or target.at:
        return [target.at]
    parts = indicator.breakdowns[0]
    lists = [parts.codes.get(by) or tuple(codelist(by)) for by in parts.by]
    return [dict(zip(parts.by, codes, strict=True)) for codes in product(*lists)]


def areas_of(target: Target) -> tuple[str, ...]:
    """A target of some states is not one of the Union, unless it is about how many they are."""
    states = target.areas or member_states()
    of_union = target.applies_to == "eu" or not target.areas
    union = (EU,) if target.applies_to != "states" and of_union else ()
    return union if target.applies_to == "eu" else (*union, *states)


def _for_area(method: str, area: str) -> str:
    """A step is counted for the Union and dated for a state, whichever of the two is named."""
    if method in {OF_ALL, OF_ONE}:
        return OF_ALL if area == EU else OF_ONE
    return method
