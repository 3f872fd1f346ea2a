"""The level of a first submission: against the population, other States, and the definition."""

import pytest

from metrics.catalogue.denominators import children_near
from metrics.core.tables import KEY
from tests.intake.rules.broken import AA, PEERS_PER_CHILD, PERSONS, SHARE, STATES, TIME
from tests.intake.rules.offences import find_offences
from tests.tables import case, indicator, observations

CHILDREN = children_near("FI", 2024)
CASES = indicator("CASES", unit="CASES", measures="workload")
EFFORT = indicator("EFFORT", unit="PERSONS", measures="effort")


@pytest.mark.parametrize(
    ("numerator", "denominator", "found"),
    [("60", "100", True), ("60", "101", False), ("60", "99", False), ("120", "100", False)],
)
def test_a_denominator_of_exactly_100(numerator: str, denominator: str, found: bool) -> None:
    text = "indicator | component | value\nSHARE | numerator | {}\nSHARE | denominator | {}"

    whole = case(text.format(numerator, denominator), SHARE)

    assert bool(find_offences("denominator_of_hundred", whole)) is found


def test_persons_beside_the_population_with_the_calculation() -> None:
    whole = case(f"indicator | value\nPERSONS | {CHILDREN / 10:.0f}", PERSONS)

    [found] = find_offences("beyond_population", whole)

    assert (found["percent"], found["children"]) == ("10", f"{CHILDREN:.0f}")
    assert "World Population Prospects" in found["population"]


@pytest.mark.parametrize(("share", "found"), [(0.009, False), (0.011, True)])
def test_one_in_a_hundred_children_is_questioned(share: float, found: bool) -> None:
    whole = case(f"indicator | value\nPERSONS | {CHILDREN * share:.0f}", PERSONS)

    assert bool(find_offences("beyond_population", whole)) is found


@pytest.mark.parametrize(("times", "found"), [(6, False), (8, True)])
def test_adults_may_be_more_than_the_children(times: int, found: bool) -> None:
    whole = case(f"indicator | value\nEFFORT | {CHILDREN * times:.0f}", EFFORT)

    assert bool(find_offences("beyond_population", whole)) is found


@pytest.mark.parametrize(("times", "found"), [(6, False), (8, True)])
def test_cases_are_no_more_than_a_state_has_residents(times: int, found: bool) -> None:
    whole = case(f"indicator | value\nCASES | {CHILDREN * times:.0f}", CASES)

    offences = find_offences("beyond_population", whole)

    assert [one["unit"] for one in offences] == ["CASES"] * found


@pytest.mark.parametrize(("share", "found"), [(0.09, False), (0.11, True)])
def test_a_case_about_children_for_every_tenth_child_is_questioned(
    share: float, found: bool
) -> None:
    """250,000 investigations in Finland passed in silence."""
    known = CASES.model_copy(update={"per_100_000_children": True})
    whole = case(f"indicator | value\nCASES | {CHILDREN * share:.0f}", known)

    assert bool(find_offences("beyond_population", whole)) is found


@pytest.mark.parametrize(("times", "found"), [(1, False), (9, False), (12, True), (1 / 12, True)])
def test_a_level_is_compared_per_child(times: float, found: bool) -> None:
    text = f"indicator | value\nAA | {CHILDREN / 1000 * times:.0f}"

    offences = find_offences("level_unlike_peers", case(text, AA, peers=PEERS_PER_CHILD))

    assert [one["states"] for one in offences] == ([str(len(STATES))] if found else [])


def test_a_series_with_earlier_values_is_compared_with_these_alone() -> None:
    history = observations("indicator | period | value\nAA | 2023 | 90000")

    whole = case("indicator | value\nAA | 90000", AA, peers=PEERS_PER_CHILD, history=history)

    assert find_offences("level_unlike_peers", whole) == []


def test_few_states_are_no_comparison() -> None:
    peers = PEERS_PER_CHILD[PEERS_PER_CHILD["area"].isin(STATES[:5])][[*KEY, "value"]]

    assert (
        find_offences("level_unlike_peers", case("indicator | value\nAA | 90000", AA, peers=peers))
        == []
    )


@pytest.mark.parametrize(
    ("hours", "found"), [("0", True), ("0.01", True), ("0.5", False), ("60", False), ("1700", True)]
)
def test_a_median_from_a_minute_to_ten_times_the_last_band(hours: str, found: bool) -> None:
    whole = case(f"indicator | component | value\nTIME | median | {hours}", TIME)

    assert bool(find_offences("median_unusual", whole)) is found


@pytest.mark.parametrize(
    ("period", "value", "found"), [("2024", "12", True), ("2024", "", False), ("2099", "12", False)]
)
def test_a_forecast_is_of_a_period_that_has_not_ended(period: str, value: str, found: bool) -> None:
    whole = case(f"indicator | period | value | status\nAA | {period} | {value} | F", AA)

    assert bool(find_offences("forecast_of_past", whole)) is found
