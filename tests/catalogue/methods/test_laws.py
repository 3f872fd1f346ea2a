"""What no verdict depends on: the order of rows, the sense of the scale, the unit."""

from dataclasses import replace
from datetime import date
from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.indicators import Direction
from metrics.catalogue.methods import methods
from metrics.core.period import ReferencePeriod
from metrics.core.verdicts import Point, Verdict
from tests.drawn_series import DIRECTION, DOWN, GROWTH, UP, target
from tests.tables import indicator

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
    indicator for indicator in ALL if indicator[0] not in {"yearly_growth", "milestone_by_date", "all_areas_by_date"}
    and indicator[1].rule != "growth_per_year"
]  # fmt: skip


# Steps are counted, not measured.
SCALED = [
    indicator for indicator in ALL if indicator[0] not in {"milestone_by_date", "all_areas_by_date"}
]


def points(values: list[float]) -> list[Point]:
    first = 2026 - len(values)
    return [Point(ReferencePeriod(first + n), value) for n, value in enumerate(values)]


def assess(
    method: str, given_points: list[Point], agreed_target: Any, direction: Direction
) -> Verdict:
    return methods()[method].assess(given_points, agreed_target, direction, ON)


def upside_down(agreed_target: Any) -> Any:
    level = getattr(agreed_target, "value", None)
    return agreed_target if level is None else agreed_target.model_copy(update={"value": -level})


@pytest.mark.parametrize(("method", "agreed_target"), ALL)
@LAWS
@given(values=series, direction=directions, order=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(
    method: str, agreed_target: Any, values: list[float], direction: Direction, order: Random
) -> None:
    shuffled = points(values)
    order.shuffle(shuffled)

    assert assess(method, shuffled, agreed_target, direction) == assess(
        method, points(values), agreed_target, direction
    )


@st.composite
def rows(draw: st.DrawFn) -> list[Point]:
    """Rows as they may come: twice, suppressed, missing, forecast, provisional, with a break."""
    period = ReferencePeriod(draw(st.integers(2018, 2025)))
    status = draw(st.sampled_from(["A", "A", "A", "P", "B", "E", "F", "O", "Q", "M"]))
    absent = status in {"O", "Q", "M"}
    number = float("nan") if absent else draw(st.sampled_from([40.0, 44.0, 61.0]))
    return draw(st.integers(1, 2)) * [Point(period, number, status, "C" if status == "Q" else "F")]


@pytest.mark.parametrize(("method", "agreed_target"), ALL)
@LAWS
@given(drawn=st.lists(rows(), max_size=8), order=st.randoms(use_true_random=False))
def test_nor_does_the_order_of_rows_that_say_the_same_period_twice(
    method: str, agreed_target: Any, drawn: list[list[Point]], order: Random
) -> None:
    given_points = [point for pair in drawn for point in pair]
    shuffled = list(given_points)
    order.shuffle(shuffled)

    assert repr(assess(method, shuffled, agreed_target, UP)) == repr(
        assess(method, given_points, agreed_target, UP)
    )


@pytest.mark.parametrize(("method", "agreed_target"), REVERSIBLE)
@LAWS
@given(values=series, direction=directions)
def test_turning_the_scale_upside_down_changes_no_verdict(
    method: str, agreed_target: Any, values: list[float], direction: Direction
) -> None:
    turned = points([-value for value in values])

    upright = assess(method, points(values), agreed_target, direction)
    other = assess(method, turned, upside_down(agreed_target), OPPOSITE[direction])

    assert (other.status, other.category) == (upright.status, upright.category)
    assert (other.gap, other.months_late) == (upright.gap, upright.months_late)


def in_thousandths(agreed_target: Any) -> Any:
    level = getattr(agreed_target, "value", None)
    return (
        agreed_target if level is None else agreed_target.model_copy(update={"value": 1000 * level})
    )


@pytest.mark.parametrize(("method", "agreed_target"), SCALED)
@LAWS
@given(values=st.lists(st.integers(10, 500).map(float), min_size=2, max_size=12))
def test_the_unit_changes_no_verdict(method: str, agreed_target: Any, values: list[float]) -> None:
    """Persons or thousands of persons; counts below ten are small in one of the two only."""
    small = points([value * 1000 for value in values])

    one, other = (
        assess(method, points(values), agreed_target, UP),
        assess(method, small, in_thousandths(agreed_target), UP),
    )

    assert (one.status, one.category, one.reason) == (other.status, other.category, other.reason)
    assert one.score == pytest.approx(other.score)


@LAWS
@given(values=st.lists(st.integers(100, 900).map(float), min_size=2, max_size=8))
def test_growth_upside_down_is_growth_of_the_other_part_of_the_ratio(values: list[float]) -> None:
    """Reports per officer up by 10 % a year are officers per report down by 1 − 1/1.1."""
    turned = target("growth_per_year", percent=100 * (1 / 1.1 - 1))

    upright = assess("yearly_growth", points(values), GROWTH, UP)
    other = assess("yearly_growth", points([1 / value for value in values]), turned, DOWN)

    assert (other.status, other.category) == (upright.status, upright.category)
    assert other.months_late == pytest.approx(upright.months_late)


@LAWS
@given(
    pairs=st.lists(st.tuples(value, value), min_size=14, max_size=27),
    kind=st.sampled_from(["PC", "HOURS"]),
    order=st.randoms(use_true_random=False),
)
def test_states_are_placed_alike_in_any_order_unit_and_sense(
    pairs: list[tuple[float, float]], kind: str, order: Random
) -> None:
    given_points = {area: list(pair) for area, pair in zip(member_states(), pairs, strict=False)}
    shuffled = list(given_points)
    order.shuffle(shuffled)

    before = places(given_points, kind, "up")
    assert places({area: given_points[area] for area in shuffled}, kind, "up") == before
    assert places(given_points, kind, "down", -1) == before
    assert places(given_points, kind, "up", 1000) == before


def places(
    values: dict[str, list[float]], unit: str, direction: str, times: float = 1
) -> dict[str, str]:
    assess_all = methods()["level_and_change"].assess_all
    assert assess_all
    given_points = {
        area: points([times * point for point in pair]) for area, pair in values.items()
    }
    found = assess_all(given_points, indicator("DRAWN", unit=unit, direction=direction))
    return {area: verdict.category for area, verdict in found.items()}


@pytest.mark.parametrize(("method", "agreed_target"), ALL)
@LAWS
@given(values=series, direction=directions)
def test_values_that_are_absent_change_nothing_but_what_is_said(
    method: str, agreed_target: Any, values: list[float], direction: Direction
) -> None:
    """A missing value before the series begins is no value."""
    absent = Point(ReferencePeriod(2000), float("nan"), "O")

    with_absent = assess(method, [absent, *points(values)], agreed_target, direction)

    without = assess(method, points(values), agreed_target, direction)
    assert replace(with_absent, arithmetic=()) == replace(without, arithmetic=())


def test_every_order_of_a_short_series_gives_the_same_arithmetic() -> None:
    given_points = points([40.0, 44.0, 45.0, 61.0])

    verdicts = [
        assess("yearly_growth", list(order), GROWTH, UP) for order in permutations(given_points)
    ]

    assert all(verdict == verdicts[0] for verdict in verdicts)
