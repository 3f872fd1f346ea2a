"""A step to be reached by every Member State by a day: assessed as a count, never a rate."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from metrics.catalogue.definitions.base import Words
from metrics.catalogue.definitions.indicators import Direction
from metrics.catalogue.definitions.targets import AllAreasByDate
from metrics.catalogue.methods import Method, answer_refusals, build_verdict, difference_step
from metrics.catalogue.methods.milestone_by_date import (
    DayReached,
    assess_by_day,
    milestone_steps,
    when_reached,
)
from metrics.core.series_window import Window, observed_window
from metrics.core.verdicts import CalculationStep, Point, Verdict


@answer_refusals
def assess(
    points: Sequence[Point], target: AllAreasByDate, direction: Direction, on: date
) -> Verdict:
    """A point's value is the number of States that have reached the step in its period.

    If all have reached it, its `since` is the day on which the last one did.
    """
    del direction  # more is always better
    window = observed_window(points, any_length=True)
    number_asked = len(target.bound_states)
    reached = _when_all_reached(window, number_asked)
    assessed = assess_by_day(reached, target.by, on)
    count = window.last.value
    return build_verdict(
        window,
        assessed,
        [
            CalculationStep("states_asked", number_asked),
            difference_step("states_still_to_reach_it", number_asked, count),
            *milestone_steps(assessed, target.by, on, reached),
        ],
        expected_value=float(number_asked),
        gap=count - number_asked,
    )


def _when_all_reached(window: Window, number_asked: int) -> DayReached | None:
    """Counted from the number of all States, as a State's steps are from the one required."""
    points = tuple(replace(point, value=point.value - number_asked) for point in window.points)
    return when_reached(replace(window, points=points), [point.value >= 0 for point in points])


METHOD = Method(
    name="all_areas_by_date",
    title=Words(en="All Member States by a date"),
    source=Words(
        en="Binary indicators of Open SDG (https://open-sdg.readthedocs.io/en/latest/"
        "progress-methodology/): achieved only if all conditions are met"
    ),
    rules=frozenset({"all_areas_by_date", "milestone_by_date"}),
    assess=assess,
    state_method="milestone_by_date",
)
