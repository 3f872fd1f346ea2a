"""The formulas of Statistics Canada, beyond the published cases."""

from datetime import date
from math import inf
from typing import Any

import pytest

from metrics.catalogue.definitions.indicators import Direction
from metrics.catalogue.methods.growth_ratio.formulas import (
    growth_rate,
    limit_scaling,
    progress_category,
    progress_with_target,
    progress_without_target,
    score_with_target,
    score_without_target,
)
from metrics.core.verdicts import Status
from tests.drawn_series import (
    CZECH_SUSPECTS,
    DIRECTION,
    DOWN,
    GROWTH,
    UP,
    assess,
    formula,
    line,
    target,
)

METHOD = "growth_ratio"


@pytest.mark.parametrize(
    ("start", "end", "years", "rate"),
    [(100, 121, 2, 0.1), (100, 100, 5, 0), (81124, 0, 8, -1), (0, 0.002, 1, 1), (-4, -1, 2, -0.5)],
)
def test_growth_rate(start: float, end: float, years: float, rate: float) -> None:
    assert growth_rate(start, end, years) == pytest.approx(rate)


@pytest.mark.parametrize(("start", "end", "years"), [(-1, 1, 1), (1, -1, 1), (1, 2, 0)])
def test_no_growth_rate_across_zero_or_within_no_time(
    start: float, end: float, years: float
) -> None:
    with pytest.raises(ValueError, match=f"from {start:g} to {end:g} in {years:g}"):
        growth_rate(start, end, years)


@pytest.mark.parametrize(
    ("growth", "required", "ratio"),
    [(0.05, 0.1, 0.5), (0.05, -0.1, 0.5), (-0.05, -0.1, -0.5), (0.1, 0, inf), (0, 0, 0),
     (2e-16, 0, 0), (-2e-16, 0, 0)],
)  # fmt: skip
def test_the_required_rate_counts_by_its_size(growth: float, required: float, ratio: float) -> None:
    assert progress_with_target(growth, required) == ratio


def test_negative_values_that_shrink_rise() -> None:
    assert progress_without_target(-4, -1, 2, 1) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("start", "limit", "scaling"),
    [
        (90, None, 1),
        (100, 100, 0),
        (50, 100, 1 - 0.5**4.44),
        (150, 100, 1 - 0.5**4.44),  # as far above a minimum as 50 is below a maximum
        (200, 100, 1),
        (5, 0, 1),
        (0, 0, 1),
    ],
)
def test_thresholds_shrink_near_a_natural_limit(
    start: float, limit: float | None, scaling: float
) -> None:
    assert limit_scaling(start, limit) == pytest.approx(scaling)


@pytest.mark.parametrize(
    ("ratio", "score"), [(-2, -5), (-0.6, -5), (0, -2.5), (0.6, 0), (1.3, 5), (9, 5), (-inf, -5)]
)
def test_score_with_target(ratio: float, score: float) -> None:
    assert score_with_target(ratio) == pytest.approx(score, abs=1e-3)


@pytest.mark.parametrize(
    ("rate", "scaling", "score"),
    [
        (-0.03, 1, -5),
        (-0.02, 1, -5),
        (-0.01, 0.1, -3.75),  # a loss is never scaled
        (0, 1, -2.5),
        (0.005, 1, 0),
        (0.015, 1, 2.5),
        (0.02, 1, 5),
        (0.0075, 0.5, 2.5),
        (0, 0, 5),  # kept at its natural limit
        (-0.01, 0, -3.75),
    ],
)
def test_score_without_target(rate: float, scaling: float, score: float) -> None:
    assert score_without_target(rate, scaling) == pytest.approx(score)


@pytest.mark.parametrize(
    ("drawn", "agreed_target", "said"),
    [
        ("2020 60 | 2021 59", target("level_by_date", value=60, by="2030"), "any loss is too much"),
        ("2020 60 | 2021 61", target("growth_per_year", percent=0), "any growth is enough"),
        ("2020 100 | 2024 100", target("direction_only", limit=100), "kept at its natural limit"),
    ],
)
def test_what_no_number_scores_is_said_in_words(drawn: str, agreed_target: Any, said: str) -> None:
    assert formula(assess(METHOD, drawn, agreed_target), "score") == said


def test_a_share_kept_at_100_per_cent_is_on_track() -> None:
    verdict = assess(METHOD, "2020 100 | 2024 100", target("direction_only", limit=100))

    assert (verdict.category, verdict.score) == ("substantial_progress", 5)


@pytest.mark.parametrize(
    ("drawn", "category"),
    [
        ("2020 100 | 2021 110", "substantial_progress"),
        ("2020 100 | 2021 109", "moderate_progress"),
        ("2020 100 | 2021 105", "limited_progress"),
        ("2020 100 | 2021 99", "deterioration"),
    ],
)
def test_growth_each_year_is_its_own_required_rate(drawn: str, category: str) -> None:
    assert assess(METHOD, drawn, GROWTH).category == category


def test_czech_suspects_by_hand() -> None:
    """(306/96)^(1/8) − 1 = 15.593 % a year, 156 % of the 10 % required."""
    verdict = assess(METHOD, CZECH_SUSPECTS, GROWTH)

    assert line(verdict, "growth_a_year_in_the_wanted_direction") == pytest.approx(
        0.15593, abs=1e-5
    )
    assert line(verdict, "progress") == pytest.approx(1.5593, abs=1e-4)
    assert (verdict.category, verdict.score) == ("substantial_progress", 5)


@pytest.mark.parametrize(
    ("drawn", "status", "category"),
    [
        ("2020 40 | 2025 61", Status.ACHIEVED, "target_achieved"),
        ("2024 40 | 2025 50 | 2026 60", Status.ACHIEVED_LATE, "target_achieved"),
        ("2020 40 | 2025 59", Status.NOT_ACHIEVED, "target_not_achieved"),
        ("2020 40 | 2024 50", Status.NOT_ASSESSED, ""),
    ],
)
def test_no_rate_is_required_after_the_date(drawn: str, status: Status, category: str) -> None:
    agreed_target = target("level_by_date", value=60, by="2025")
    verdict = assess(METHOD, drawn, agreed_target, on=date(2027, 6, 1))

    assert (verdict.status, verdict.category) == (status, category)


@pytest.mark.parametrize(
    ("drawn", "reason"),
    [
        ("2020 -5 | 2021 5", "mixed_signs"),
        ("2020 -5 | 2021 -4", "mixed_signs"),  # the target of 60 has another sign
        ("2020 5", "too_few_points"),
        ("2020 5 | 2021 6 B", "break_in_series"),
    ],
)
def test_says_why_there_is_no_verdict(drawn: str, reason: str) -> None:
    assert assess(METHOD, drawn, target("level_by_date", value=60, by="2030")).reason == reason


@pytest.mark.parametrize(
    ("drawn", "value", "direction"),
    [("2020 0 | 2021 50", 60, UP), ("2020 50 | 2021 40", 0, DOWN)],
)
def test_a_zero_is_replaced_as_published_and_said_so(
    drawn: str, value: float, direction: Direction
) -> None:
    verdict = assess(METHOD, drawn, target("level_by_date", value=value, by="2030"), direction)

    assert "zero_replaced" in verdict.reason


def test_a_loss_from_the_target_itself_is_infinitely_too_little() -> None:
    verdict = assess(METHOD, "2020 60 | 2021 59", target("level_by_date", value=60, by="2030"))

    assert (verdict.category, verdict.score) == ("deterioration", -5)
    assert "no_growth_required" in verdict.reason


@pytest.mark.parametrize(("base", "last"), [("0.3", 0.1 + 0.2), (str(0.1 + 0.2), 0.3)])
@pytest.mark.parametrize("direction", [UP, DOWN])
def test_binary_numbers_are_no_growth(base: str, last: float, direction: Direction) -> None:
    without = assess(METHOD, f"2020 {base} | 2022 {last}", target("direction_only"), direction)
    kept = target("growth_per_year", percent=0)

    assert line(without, "growth_a_year_in_the_wanted_direction") == 0
    verdict = assess(METHOD, f"2020 {base} | 2022 {last}", kept, direction)
    assert (verdict.category, line(verdict, "progress")) == ("limited_progress", 0)


@pytest.mark.parametrize(
    ("drawn", "category"),
    [
        ("2020 1000 | 2021 1015", "substantial_progress"),  # 1.5 %, and in floats a little less
        ("2020 1000 | 2021 1005", "moderate_progress"),
        ("2020 0.3 | 2021 0.1", "deterioration"),
        (f"2020 0.3 | 2021 {0.1 + 0.2}", "limited_progress"),
    ],
)
def test_a_threshold_is_met_exactly(drawn: str, category: str) -> None:
    assert assess(METHOD, drawn, DIRECTION).category == category


@pytest.mark.parametrize("ratio", [0.95, 0.6, 0.0])
def test_the_ratio_at_a_threshold_meets_it(ratio: float) -> None:
    """No growth counted in binary numbers falls below a threshold that it equals."""
    at, below = (progress_category(ratio - less, 0.95, 0.6) for less in (1e-12, 1e-6))

    assert at != below


@pytest.mark.parametrize(
    ("drawn", "limit", "direction", "shown"),
    [
        ("2020 62 | 2024 38", 100, UP, "1 − (62 / 100)^4.44"),
        ("2020 150 | 2024 130", 100, DOWN, "1 − (2 − 150 / 100)^4.44"),
        ("2020 300 | 2024 130", 100, DOWN, "1 − (0)^4.44"),
    ],
)
def test_the_scaling_can_be_followed_by_hand(
    drawn: str, limit: float, direction: Direction, shown: str
) -> None:
    verdict = assess(METHOD, drawn, target("direction_only", limit=limit), direction)

    assert formula(verdict, "scaling_near_the_natural_limit") == shown


def test_a_limit_against_the_wanted_direction_is_left_out() -> None:
    verdict = assess(METHOD, "2020 98 | 2021 97.7", target("direction_only", limit=100), DOWN)

    assert verdict.category == "limited_progress"
    assert line(verdict, "substantial_progress_from") == 0.015


@pytest.mark.parametrize(
    ("drawn", "agreed_target", "shown"),
    [
        ("2020 100 | 2021 101", DIRECTION, "250 × 0.01 − 1.25, from −5 to 5"),
        ("2020 100 | 2021 105", GROWTH, "4.1667 × 0.5 − 2.5, from −5 to 5"),
        (
            "2020 50 | 2021 50.5",
            target("direction_only", limit=100),
            "250 × 0.01 / 0.953929087 − 1.25, from −5 to 5",
        ),
        (
            "2020 50 | 2021 49",
            target("direction_only", limit=100),
            "125 × −0.02 − 2.5, from −5 to 5",
        ),
    ],
)
def test_the_score_can_be_followed_by_hand(drawn: str, agreed_target: Any, shown: str) -> None:
    verdict = assess(METHOD, drawn, agreed_target)

    assert formula(verdict, "score") == shown
    assert line(verdict, "score") == verdict.score


@pytest.mark.parametrize("agreed_target", [DIRECTION, GROWTH])
def test_from_zero_nothing_grows_below_it(agreed_target: Any) -> None:
    assert assess(METHOD, "2020 0 | 2021 -5", agreed_target).reason == "mixed_signs"


def test_a_direction_down() -> None:
    assert assess(METHOD, "2020 100 | 2021 97", DIRECTION, DOWN).category == "substantial_progress"
