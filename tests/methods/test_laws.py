"""What no verdict depends on: the order of rows, the sense of the scale, the unit."""

from dataclasses import replace
from datetime import date
from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.definitions import Direction
from metrics.methods import methods
from metrics.model import Point, Verdict
from metrics.period import ReferencePeriod
from tests.drawn_series import DIRECTION, DOWN, GROWTH, UP, target

ON = date(2026, 6, 1)
settings.register_profile("laws", max_examples=30, deadline=None)
LAWS = settings.get_profile("laws")
OPPOSITE = {UP: DOWN, DOWN: UP}
# Values as they are reported: to a tenth, so that turning the scale is exact.
value = st.integers(1, 5000).map(lambda tenths: tenths / 10)
series = st.lists(value, min_size=2, max_size=12)
directions = st.sampled_from([UP, DOWN])
ALL = [
    ("yearly_growth", GROWTH),
    ("growth_ratio", GROWTH),
    ("growth_ratio", DIRECTION),
    ("growth_ratio", target("level_by_date", value=60, by="2030")),
    ("level_by_date", target("level_by_date", value=60, by="2030")),
    ("level_by_date", target("level_by_date", value=60, by="2030", trajectory="compound")),
    ("level_by_date", target("level_by_date", value=60, by="2022")),
    ("projected_gap", target("level_by_date", value=60, by="2030")),
    ("projected_gap", target("keep_at", value=60)),
    ("projected_gap", DIRECTION),
    ("keep_at", target("keep_at", value=60)),
    ("direction_only", DIRECTION),
    ("milestone_by_date", target("milestone_by_date", step="in_force", by="2024-01-01")),
    ("all_areas_by_date", target("all_areas_by_date", step="connected", by="2024-01-01")),
]
# Growth is defined for positive values only, and steps for one direction only.
REVERSIBLE = [
    each for each in ALL if each[0] not in {"yearly_growth", "milestone_by_date", "all_areas_by_date"}
    and each[1].rule != "growth_per_year"
]  # fmt: skip


def points(values: list[float]) -> list[Point]:
    first = 2026 - len(values)
    return [Point(ReferencePeriod(first + n), each) for n, each in enumerate(values)]


def judge(method: str, given_points: list[Point], of: Any, direction: Direction) -> Verdict:
    return methods()[method].judge(given_points, of, direction, ON)


def upside_down(of: Any) -> Any:
    level = getattr(of, "value", None)
    return of if level is None else of.model_copy(update={"value": -level})


@pytest.mark.parametrize(("method", "of"), ALL)
@LAWS
@given(values=series, direction=directions, order=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(
    method: str, of: Any, values: list[float], direction: Direction, order: Random
) -> None:
    shuffled = points(values)
    order.shuffle(shuffled)

    assert judge(method, shuffled, of, direction) == judge(method, points(values), of, direction)


@pytest.mark.parametrize(("method", "of"), REVERSIBLE)
@LAWS
@given(values=series, direction=directions)
def test_turning_the_scale_upside_down_changes_no_verdict(
    method: str, of: Any, values: list[float], direction: Direction
) -> None:
    turned = points([-each for each in values])

    upright = judge(method, points(values), of, direction)
    other = judge(method, turned, upside_down(of), OPPOSITE[direction])

    assert (other.status, other.category) == (upright.status, upright.category)
    assert (other.gap, other.months_late) == (upright.gap, upright.months_late)


@LAWS
@given(values=st.lists(st.integers(10, 500).map(float), min_size=2, max_size=12))
def test_a_growth_target_does_not_depend_on_the_unit(values: list[float]) -> None:
    in_thousands = points([each * 1000 for each in values])

    one, other = (
        judge("yearly_growth", each, GROWTH, UP) for each in (points(values), in_thousands)
    )

    assert (one.status, one.category) == (other.status, other.category)


@pytest.mark.parametrize(("method", "of"), ALL)
@LAWS
@given(values=series, direction=directions)
def test_values_that_are_absent_change_nothing_but_what_is_said(
    method: str, of: Any, values: list[float], direction: Direction
) -> None:
    """A missing value before the series begins is no value."""
    absent = Point(ReferencePeriod(2000), float("nan"), "O")

    with_absent = judge(method, [absent, *points(values)], of, direction)

    without = judge(method, points(values), of, direction)
    assert replace(with_absent, arithmetic=()) == replace(without, arithmetic=())


def test_every_order_of_a_short_series_gives_the_same_arithmetic() -> None:
    given_points = points([40.0, 44.0, 45.0, 61.0])

    verdicts = [
        judge("yearly_growth", list(each), GROWTH, UP) for each in permutations(given_points)
    ]

    assert all(verdict == verdicts[0] for verdict in verdicts)
