"""The matrix of the Social Scoreboard over Member States."""

import pytest

from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.indicators import Direction, Indicator
from metrics.catalogue.methods import methods
from metrics.catalogue.methods.level_and_change import Rank, Spread, matrix_class
from metrics.core.verdicts import Point, Status, Verdict
from tests.drawn_series import DIRECTION, assess, formula, line, points
from tests.tables import indicator

METHOD = methods()["level_and_change"]
SHARE = indicator("SHARE", kind="share", unit="PC", numerator={"en": "n"}, denominator={"en": "d"})


@pytest.mark.parametrize(
    ("level", "change", "category"),
    [
        (1.1, 0, "least_favourable"),
        (1.1, -1, "unfavourable_improving"),
        (1.0, 0, "to_follow"),
        (0.6, -1, "unfavourable_improving"),
        (0.5, 1.1, "to_follow"),
        (0.5, 1.0, "around_mean"),
        (0.0, 0.0, "around_mean"),
        (0.0, -1.0, "favourable"),
        (-0.5, 1.0, "favourable"),
        (-0.5, 1.1, "favourable_worsening"),
        (-1.0, 1.1, "favourable_worsening"),
        (-0.9, -2.0, "favourable"),
        (-1.0, 1.0, "most_favourable"),
    ],
)
def test_class_of_the_matrix(level: float, change: float, category: str) -> None:
    assert matrix_class(Rank(level, change)) == category


@pytest.mark.parametrize(
    ("level", "category"),
    [(0.0, "around_mean"), (-0.6, "favourable"), (-1.2, "most_favourable"), (0.6, "to_follow")],
)
def test_a_small_gain_where_others_gained_more_is_no_loss(level: float, category: str) -> None:
    assert matrix_class(Rank(level, 1.5, adverse=False)) == category


@pytest.mark.parametrize(
    ("values", "places"),
    [
        ([1, 2, 3], [1.224745, 0, -1.224745]),  # from the unweighted mean, divided by n
        ([0.1, 0.1, 0.1], [0, 0, 0]),
    ],
)
def test_a_place_is_counted_in_standard_deviations(
    values: list[float], places: list[float]
) -> None:
    found = Spread.from_values(values)

    assert [found.position(value, 1) for value in values] == pytest.approx(places, abs=1e-6)


def of_states(states: dict[str, str], of: Indicator = SHARE) -> dict[str, Verdict]:
    assert METHOD.assess_all is not None
    return METHOD.assess_all({area: points(drawn) for area, drawn in states.items()}, of)


def all_states(**others: str) -> dict[str, str]:
    """Every state gains one percentage point; each is one above the state before it."""
    usual = {
        area: f"2023 {40 + place} | 2024 {41 + place}" for place, area in enumerate(member_states())
    }
    return usual | others


def test_states_are_placed_and_the_target_is_not_assessed() -> None:
    found = of_states(all_states())

    assert {verdict.status for verdict in found.values()} == {Status.NOT_ASSESSED}
    assert {verdict.reason for verdict in found.values()} == {"compares_states"}
    assert (found["BE"].category, found["SE"].category) == ("least_favourable", "most_favourable")


def test_where_less_is_wanted_the_order_turns_round() -> None:
    found = of_states(all_states(), SHARE.model_copy(update={"direction": Direction.DOWN}))

    assert (found["BE"].category, found["SE"].category) == ("most_favourable", "least_favourable")


@pytest.mark.parametrize(
    ("drawn", "reason"),
    [
        ("2024 50", "no_value_for_year"),
        ("2023 50 | 2024 : Q", "suppressed"),
        ("2023 50 | 2024 60 B", "no_value_for_year"),
        ("2022 50 | 2024 60", "no_value_for_year"),
    ],
)
def test_a_state_without_both_years_has_no_place(drawn: str, reason: str) -> None:
    assert of_states(all_states(FI=drawn))["FI"].reason == reason


def test_half_of_the_states_are_too_few() -> None:
    some = dict(list(all_states().items())[:13])

    assert {verdict.reason for verdict in of_states(some).values()} == {"too_few_states"}


def test_change_of_a_duration_is_in_per_cent_of_the_year_before() -> None:
    hours = SHARE.model_copy(update={"unit": "HOURS"})
    found = of_states(all_states(BE="2023 0 | 2024 5"), hours)

    assert found["BE"].reason == "zero_baseline"
    assert line(found["BG"], "change_in_standard_deviations") < 0  # the largest gain


def test_the_place_of_a_state_can_be_followed_by_hand() -> None:
    """Levels 41 to 67: mean 54, deviation √((27² − 1) / 12) = 7.7889; Belgium is 13 below."""
    found = of_states(all_states())["BE"]

    assert (line(found, "mean_of_the_states"), line(found, "value")) == (54, 40)
    assert line(found, "standard_deviation_of_the_states") == pytest.approx(7.788881)
    assert formula(found, "level_in_standard_deviations") == "−(41 − 54) / 7.788880964"
    assert line(found, "level_in_standard_deviations") == pytest.approx(13 / 7.788881)


def test_where_too_few_have_reported_the_latest_year_the_one_before_is_compared() -> None:
    early = {area: f"{drawn} | 2025 70" for area, drawn in list(all_states().items())[:13]}

    assert {verdict.period for verdict in of_states(all_states(**early)).values()} == {"2024"}


def test_one_state_alone_is_not_compared() -> None:
    assert assess("level_and_change", "2023 1 | 2024 2", DIRECTION).reason == "compares_states_only"


def test_points_of_no_state_are_none() -> None:
    empty: dict[str, list[Point]] = {area: [] for area in member_states()}

    assert METHOD.assess_all is not None
    assert {verdict.reason for verdict in METHOD.assess_all(empty, SHARE).values()} == {
        "too_few_states"
    }


@pytest.mark.parametrize("drawn", [(0.3, 0.1 + 0.2), (0.1 + 0.2, 0.3), (0, 1e-17)])
def test_binary_numbers_are_no_deviation(drawn: tuple[float, float]) -> None:
    before, latest = drawn
    usual = dict.fromkeys(member_states(), f"2023 {before} | 2024 {before}")
    found = of_states(usual | {"FI": f"2023 {before} | 2024 {latest}"})["FI"]

    assert line(found, "level_in_standard_deviations") == 0
    assert line(found, "change_in_standard_deviations") == 0
