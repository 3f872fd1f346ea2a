"""The pitfalls that published methods have fallen into, P1 to P9: each rule has a case here."""

from collections import Counter
from datetime import date

import pytest

from metrics.catalogue.definitions.indicators import Direction
from metrics.catalogue.methods import methods, reason_sentences
from metrics.commands.assessment_report import format_assessment
from metrics.core.verdicts import Status
from metrics.messages import messages
from tests.drawn_series import (
    CZECH_SUSPECTS,
    DIRECTION,
    DOWN,
    GROWTH,
    ON,
    UP,
    assess,
    line,
    target,
)
from tests.drawn_values import assess_values, catalogue_of, values_of
from tests.tables import indicator

COMPARING = ["yearly_growth", "level_by_date", "direction_only", "growth_ratio", "projected_gap"]
IN_FORCE = target("milestone_by_date", step="in_force", by="2023-12-31")
TARGETS = {
    "yearly_growth": GROWTH,
    "level_by_date": target("level_by_date", value=60, by="2030"),
    "growth_ratio": target("level_by_date", value=60, by="2030"),
    "projected_gap": target("level_by_date", value=60, by="2030"),
    "direction_only": DIRECTION,
    "keep_at": target("keep_at", value=60),
}


def test_p1_growth_from_zero_is_refused_or_its_replacement_said() -> None:
    assert assess("yearly_growth", "2020 0 | 2025 50", GROWTH).reason == "zero_baseline"
    replaced = assess("growth_ratio", "2020 0 | 2025 50", TARGETS["growth_ratio"])
    assert "zero_replaced" in replaced.reason
    assert assess("direction_only", "2020 0 | 2025 50", DIRECTION).status is Status.ON_TRACK


def test_p1_growth_of_negative_values_is_refused_or_turned_round() -> None:
    assert assess("yearly_growth", "2020 50 | 2025 -5", GROWTH).reason == "negative_value"
    assert assess("growth_ratio", "2020 50 | 2025 -5", DIRECTION).reason == "mixed_signs"
    assert assess("growth_ratio", "2020 -50 | 2025 -40", DIRECTION).status is Status.ON_TRACK


LOST_SINCE = [
    ("2015 68.55 | 2024 46.73", 55, UP),  # CIF 14-2-1, published as deterioration
    ("2015 7.8 | 2024 13.5", 10, DOWN),  # CIF 3-13-1, published as deterioration
]


@pytest.mark.parametrize(("drawn", "level", "direction"), LOST_SINCE)
def test_p2_a_loss_from_beyond_the_target_is_a_loss(
    drawn: str, level: float, direction: Direction
) -> None:
    """Both rates point the same way here: their naive ratio is positive, and says on track."""
    agreed_target = target("level_by_date", value=level, by="2030")

    by_ratio = assess("growth_ratio", drawn, agreed_target, direction)

    assert by_ratio.category == "deterioration"
    assert line(by_ratio, "growth_required_a_year") * direction.sign < 0
    assert assess("level_by_date", drawn, agreed_target, direction).status is Status.MOVING_AWAY


@pytest.mark.parametrize(("drawn", "level", "direction"), LOST_SINCE)
def test_p2_no_path_leads_downhill_to_the_target(
    drawn: str, level: float, direction: Direction
) -> None:
    """A path from a better baseline to the target would ask for a loss, and forgive one."""
    agreed_target = target("level_by_date", value=level, by="2030")
    verdict = assess("level_by_date", drawn, agreed_target, direction)

    assert "baseline_met_target" in verdict.reason
    assert {value for _, value in verdict.path} == {verdict.expected_value} == {level}


def test_p2_the_latest_loss_is_not_carried_on_to_a_gain() -> None:
    drawn = "2021 68 | 2022 66 | 2023 60 | 2024 54"

    agreed_target = target("level_by_date", value=55, by="2030")
    assert assess("projected_gap", drawn, agreed_target).category == "thunderstorm"


def test_p3_less_growth_is_asked_near_a_natural_limit() -> None:
    near = "2020 98 | 2021 98.3"  # 0.3 %, of the 2 points that are left

    assert assess("growth_ratio", near, DIRECTION).category == "limited_progress"
    limited = target("direction_only", limit=100)
    assert assess("growth_ratio", near, limited).category == "substantial_progress"


def test_p3_a_share_that_is_to_rise_has_its_limit_without_being_told() -> None:
    share = indicator(
        "DRAWN", kind="share", unit="PC", numerator={"en": "n"}, denominator={"en": "d"}
    )
    target = {"rule": "direction_only", "method": "growth_ratio"}
    rows = values_of({"FI": "2020 98 | 2021 98.3"})

    of_share, of_count = (
        assess_values(rows, catalogue_of(defined, target), ON)
        .set_index("area")
        .loc["FI", "category"]
        for defined in (share, indicator("DRAWN"))
    )

    assert (of_share, of_count) == ("substantial_progress", "limited_progress")


@pytest.mark.parametrize("method", COMPARING)
def test_p4_a_break_inside_the_window_suspends_the_verdict(method: str) -> None:
    drawn = "2020 40 | 2021 42 | 2022 44 B | 2023 46"

    assert assess(method, drawn, TARGETS[method]).reason == "break_in_series"
    assert assess(method, drawn.replace(" B", ""), TARGETS[method]).status != "not_assessed"


def test_p5_missing_years_count_as_years() -> None:
    """20 % in two years is less than 10 % a year; over one step it would be twice that."""
    assert assess("yearly_growth", "2020 100 | 2022 120", GROWTH).status is Status.BEHIND
    agreed_target = target("level_by_date", value=60, by="2030")
    gap = assess("projected_gap", "2015 10 | 2017 12 | 2019 14 | 2021 16 | 2025 20", agreed_target)
    assert line(gap, "mean_change_a_year") == 1


def test_p6_growth_on_a_handful_of_cases_is_refused_with_the_counts() -> None:
    verdict = assess("yearly_growth", "2020 2 | 2021 4", GROWTH)

    assert verdict.reason == "small_base"
    assert line(verdict, "change") == 4
    beside = assess("growth_ratio", "2020 2 | 2021 4", GROWTH)
    assert "small_base_beside" in beside.reason


@pytest.mark.parametrize(
    ("method", "after"),
    [
        ("level_by_date", Status.ON_TRACK),  # still above the path to 2030
        ("growth_ratio", Status.ON_TRACK),
        ("projected_gap", Status.ON_TRACK),
        ("keep_at", Status.NOT_ACHIEVED),
    ],
)
def test_p7_a_target_met_and_lost_is_not_met(method: str, after: Status) -> None:
    met = assess(method, "2020 50 | 2021 55 | 2022 58 | 2023 61", TARGETS[method])
    lost = assess(method, "2020 50 | 2021 55 | 2022 58 | 2023 61 | 2024 59", TARGETS[method])

    assert (met.status, lost.status) == (Status.ACHIEVED, after)


@pytest.mark.parametrize("method", ["level_by_date", "growth_ratio", "projected_gap"])
def test_p7_nor_where_the_date_has_passed(method: str) -> None:
    drawn = "2020 50 | 2021 61 | 2022 62 | 2023 61 | 2024 59"
    verdict = assess(method, drawn, target("level_by_date", value=60, by="2022"))

    assert (verdict.status, "met_then_lost" in verdict.reason) == (Status.NOT_ACHIEVED, True)


def test_p7_nor_a_step_that_was_withdrawn() -> None:
    verdict = assess("milestone_by_date", "2020 -1 | 2021 0 | 2022 -1", IN_FORCE)

    assert (verdict.status, verdict.reason) == (Status.NOT_ACHIEVED, "met_then_lost")


@pytest.mark.parametrize("method", ["level_by_date", "growth_ratio", "projected_gap"])
@pytest.mark.parametrize(
    ("last", "status"), [("2026 60", Status.ACHIEVED_LATE), ("2026 59", Status.NOT_ACHIEVED)]
)
def test_p8_after_its_date_a_target_is_met_late_or_not_met(
    method: str, last: str, status: Status
) -> None:
    drawn = f"2022 50 | 2023 52 | 2024 54 | 2025 56 | {last}"
    agreed_target = target("level_by_date", value=60, by="2025")

    assert assess(method, drawn, agreed_target, on=date(2027, 6, 1)).status is status


@pytest.mark.parametrize("method", ["level_by_date", "growth_ratio", "projected_gap"])
def test_p8_nothing_is_extrapolated_to_a_date_that_has_passed(method: str) -> None:
    drawn, agreed_target = (
        "2020 40 | 2021 42 | 2022 44 | 2023 46",
        target("level_by_date", value=60, by="2025"),
    )

    assert (
        assess(method, drawn, agreed_target, on=date(2025, 12, 31)).status
        is not Status.NOT_ASSESSED
    )
    assert assess(method, drawn, agreed_target, on=date(2026, 1, 1)).reason == "target_date_passed"


@pytest.mark.parametrize(
    ("on", "status"),
    [(date(2023, 12, 31), Status.NOT_YET_DUE), (date(2024, 1, 1), Status.NOT_ACHIEVED)],
)
def test_p8_a_step_is_overdue_from_the_day_after(on: date, status: Status) -> None:
    assert assess("milestone_by_date", "2022 -1", IN_FORCE, on=on).status is status


def test_p9_methods_that_disagree_go_by_their_own_names() -> None:
    """The Czech series is above its path, and its last year but two was a fall of 28 %."""
    agreed_target = target("level_by_date", value=330, by="2026")
    found = {
        name: assess(name, CZECH_SUSPECTS, agreed_target, on=date(2026, 6, 1)).category
        for name in ("level_by_date", "growth_ratio", "projected_gap")
    }

    assert len(set(found.values())) == 3
    assert {f"{name}.{category}" for name, category in found.items()} <= set(
        messages("en", "categories")
    )


def test_p9_a_status_never_goes_without_the_name_of_its_method() -> None:
    """In the table, and in every line that is printed; one is official, none is merged."""
    beside = {"beside": ("growth_ratio", "projected_gap")}
    level = {"rule": "level_by_date", "value": 330, "by": "2026", **beside}
    table = assess_values(
        values_of({"CZ": CZECH_SUSPECTS}), catalogue_of(indicator("DRAWN"), level), ON
    )
    rows = table[table["area"] == "CZ"].assign(unit="persons").to_dict("records")

    heads = [
        next(format_assessment({str(name): cell for name, cell in row.items()})) for row in rows
    ]
    assert [head.partition("2025: ")[2] for head in heads] == [
        "on track (on or ahead of the path); method: Level against the agreed path",
        "on track; method: Actual against required growth (additional method)",
        "on track (symbol “sun”, the most favourable of four); method: Projection of the last five years (additional method)",
    ]


def test_p9_every_method_names_itself_and_its_source() -> None:
    assert all(name == method.name and method.source for name, method in methods().items())
    titles = Counter(method.title.en for method in methods().values())
    assert [*titles.values()] == [1] * len(methods()), (
        f"a reader must tell methods apart: give each its own title, not {titles.most_common(1)}"
    )


@pytest.mark.parametrize("method", COMPARING)
@pytest.mark.parametrize(
    "drawn", ["2020 : O", "2020 : Q", "2020 : M", "2020 5 | 2020 6", "2024-01/P8M 5"]
)
def test_every_reason_has_words_in_three_languages(method: str, drawn: str) -> None:
    reason = assess(method, drawn, TARGETS[method]).reason

    words = [reason_sentences(reason, language) for language in ("en", "fi", "el")]
    assert len(set(map(str, words))) == 3
