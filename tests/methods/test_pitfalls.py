"""One test for each pitfall that a published method has fallen into: P1 to P9."""

from datetime import date

import pytest

from metrics.definitions import Direction
from metrics.methods import SIGN, categories, in_words, methods
from metrics.model import Status
from tests.drawn_series import (
    CZECH_SUSPECTS,
    DIRECTION,
    DOWN,
    GROWTH,
    UP,
    judge,
    line,
    target,
)

COMPARING = ["yearly_growth", "level_by_date", "direction_only", "growth_ratio", "projected_gap"]
TARGETS = {
    "yearly_growth": GROWTH,
    "level_by_date": target("level_by_date", value=60, by="2030"),
    "growth_ratio": target("level_by_date", value=60, by="2030"),
    "projected_gap": target("level_by_date", value=60, by="2030"),
    "direction_only": DIRECTION,
    "keep_at": target("keep_at", value=60),
}


def test_p1_growth_from_zero_is_refused_or_its_replacement_said() -> None:
    assert judge("yearly_growth", "2020 0 | 2025 50", GROWTH).reason == "zero_baseline"
    replaced = judge("growth_ratio", "2020 0 | 2025 50", TARGETS["growth_ratio"])
    assert "zero_replaced" in replaced.reason
    assert judge("direction_only", "2020 0 | 2025 50", DIRECTION).status is Status.ON_TRACK


@pytest.mark.parametrize(
    ("drawn", "level", "direction"),
    [
        ("2015 68.55 | 2024 46.73", 55, UP),  # CIF 14-2-1, published as deterioration
        ("2015 7.8 | 2024 13.5", 10, DOWN),  # CIF 3-13-1, published as deterioration
    ],
)
def test_p2_a_loss_from_beyond_the_target_is_a_loss(
    drawn: str, level: float, direction: Direction
) -> None:
    """Both rates point the same way here: their naive ratio is positive, and says on track."""
    of = target("level_by_date", value=level, by="2030")

    by_ratio = judge("growth_ratio", drawn, of, direction)

    assert by_ratio.category == "deterioration"
    assert line(by_ratio, "growth required a year") * SIGN[direction] < 0
    assert judge("level_by_date", drawn, of, direction).status is Status.MOVING_AWAY


def test_p3_less_growth_is_asked_near_a_natural_limit() -> None:
    near = "2020 98 | 2021 98.3"  # 0.3 %, of the 2 points that are left

    assert judge("growth_ratio", near, DIRECTION).category == "limited_progress"
    limited = target("direction_only", limit=100)
    assert judge("growth_ratio", near, limited).category == "substantial_progress"


@pytest.mark.parametrize("method", COMPARING)
def test_p4_a_break_inside_the_window_suspends_the_verdict(method: str) -> None:
    drawn = "2020 40 | 2021 42 | 2022 44 B | 2023 46"

    assert judge(method, drawn, TARGETS[method]).reason == "break_in_series"
    assert judge(method, drawn.replace(" B", ""), TARGETS[method]).status != "not_assessed"


def test_p5_missing_years_count_as_years() -> None:
    """20 % in two years is less than 10 % a year; over one step it would be twice that."""
    assert judge("yearly_growth", "2020 100 | 2022 120", GROWTH).status is Status.BEHIND
    of = target("level_by_date", value=60, by="2030")
    gap = judge("projected_gap", "2015 10 | 2017 12 | 2019 14 | 2021 16 | 2025 20", of)
    assert line(gap, "mean change a year") == 1


def test_p6_growth_on_a_handful_of_cases_is_refused_with_the_counts() -> None:
    verdict = judge("yearly_growth", "2020 2 | 2021 4", GROWTH)

    assert verdict.reason == "small_base"
    assert line(verdict, "change") == 4
    beside = judge("growth_ratio", "2020 2 | 2021 4", GROWTH)
    assert "small_base_beside" in beside.reason


@pytest.mark.parametrize("method", ["level_by_date", "growth_ratio", "keep_at", "projected_gap"])
def test_p7_a_target_met_and_lost_is_not_met(method: str) -> None:
    met = judge(method, "2020 50 | 2021 55 | 2022 58 | 2023 61", TARGETS[method])
    lost = judge(method, "2020 50 | 2021 55 | 2022 58 | 2023 61 | 2024 59", TARGETS[method])

    assert met.status is Status.ACHIEVED
    assert lost.status is not Status.ACHIEVED


@pytest.mark.parametrize("method", ["level_by_date", "growth_ratio", "projected_gap"])
@pytest.mark.parametrize(
    ("last", "status"), [("2026 60", Status.ACHIEVED_LATE), ("2026 59", Status.NOT_ACHIEVED)]
)
def test_p8_after_its_date_a_target_is_met_late_or_not_met(
    method: str, last: str, status: Status
) -> None:
    drawn = f"2022 50 | 2023 52 | 2024 54 | 2025 56 | {last}"
    of = target("level_by_date", value=60, by="2025")

    assert judge(method, drawn, of, on=date(2027, 6, 1)).status is status


def test_p9_methods_that_disagree_go_by_their_own_names() -> None:
    """The Czech series is above its path, and its last year but two was a fall of 28 %."""
    of = target("level_by_date", value=330, by="2026")
    found = {
        name: judge(name, CZECH_SUSPECTS, of, on=date(2026, 6, 1)).category
        for name in ("level_by_date", "growth_ratio", "projected_gap")
    }

    assert len(set(found.values())) == 3
    assert {f"{name}.{category}" for name, category in found.items()} <= set(categories())


def test_p9_every_method_names_itself_and_its_source() -> None:
    assert all(name == each.name and each.source for name, each in methods().items())
    assert len({each.title.en for each in methods().values()}) == len(methods())


@pytest.mark.parametrize("method", COMPARING)
@pytest.mark.parametrize(
    "drawn", ["2020 : O", "2020 : Q", "2020 : M", "2020 5 | 2020 6", "2024-01/P8M 5"]
)
def test_every_reason_has_words_in_three_languages(method: str, drawn: str) -> None:
    reason = judge(method, drawn, TARGETS[method]).reason

    words = [in_words(reason, language) for language in ("en", "fi", "el")]
    assert len(set(map(str, words))) == 3
