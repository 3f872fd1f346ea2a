"""Every Member State by a day: how many have reached the step, as a count and never a rate."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions import AllAreasByDate, Direction, Words
from metrics.catalogue.methods import Method, num, refusing, verdict
from metrics.catalogue.methods.milestone_by_date import Reached, by_the_day, lines_of, when_reached
from metrics.core.series_window import Window, series
from metrics.core.verdicts import ArithmeticStep, Point, Verdict


@refusing
def judge(
    points: Sequence[Point], target: AllAreasByDate, direction: Direction, on: date
) -> Verdict:
    """A point's value is the number of states that have reached the step in its period.

    Its `since`, where all have reached it, is the day on which the last of them did.
    """
    del direction  # all is the only way
    window = series(points, any_length=True)
    asked = len(target.areas) or len(member_states())
    reached = _all_reached(window, asked)
    judged = by_the_day(reached, target.by, on)
    count = window.last.value
    return verdict(
        window,
        judged,
        [
            ArithmeticStep("states asked", "", asked),
            ArithmeticStep("states still to reach it", f"{asked} − {num(count)}", asked - count),
            *lines_of(judged, target.by, on, reached),
        ],
        expected_value=float(asked),
        gap=count - asked,
    )


def _all_reached(window: Window, asked: int) -> Reached | None:
    """Counted from all, as a state's steps are from the one that is asked for."""
    points = tuple(replace(each, value=each.value - asked) for each in window.points)
    return when_reached(replace(window, points=points), [each.value >= 0 for each in points])


METHOD = Method(
    name="all_areas_by_date",
    title=Words(
        en="All Member States by a day",
        fi="Kaikki jäsenvaltiot päivämäärään mennessä",
        el="Όλα τα κράτη μέλη έως ημερομηνία",
    ),
    source="Binary indicators of Open SDG (https://open-sdg.readthedocs.io/en/latest/"
    "progress-methodology/): achieved only if all conditions are met",
    rules=frozenset({"all_areas_by_date", "milestone_by_date"}),
    judge=judge,
    state_method="milestone_by_date",
)
