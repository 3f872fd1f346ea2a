"""The level of a first submission: against the population, other States, and the definition."""

import pytest

from metrics.catalogue.denominators import children_near
from metrics.catalogue.loader import catalogue
from metrics.core.tables import KEY
from tests.intake.rules.broken import AA, PEERS_PER_CHILD, SHARE, STATES, TIME, VICTIMS
from tests.intake.rules.offences import find_offences
from tests.tables import case, indicator, observations

CHILDREN = children_near("FI", 2024)


@pytest.mark.parametrize(
    ("numerator", "denominator", "found"),
    [("60", "100", True), ("60", "101", False), ("60", "99", False), ("120", "100", False)],
)
def test_a_denominator_of_exactly_100(numerator: str, denominator: str, found: bool) -> None:
    text = "indicator | component | value\nSHARE | numerator | {}\nSHARE | denominator | {}"

    whole = case(text.format(numerator, denominator), SHARE)

    assert bool(find_offences("denominator_of_hundred", whole)) is found


def test_a_figure_above_its_level_with_the_calculation() -> None:
    whole = case(f"indicator | value\nVICTIMS | {CHILDREN / 10:.0f}", VICTIMS)

    [found] = find_offences("beyond_population", whole)

    assert (found["rate"], found["children"]) == ("10000", f"{CHILDREN:.0f}")
    assert (found["unit"], found["basis"]) == ("PERSONS", "offences")
    assert "World Population Prospects" in found["population"]


@pytest.mark.parametrize(
    ("area", "value", "found"),
    [
        ("FI", CHILDREN * 0.009, False),
        ("FI", CHILDREN * 0.012, True),
        ("MT", children_near("MT", 2024) * 0.012, True),
        ("LU", 500, False),
        ("W0", 10**7, False),  # of which no number of children is known
    ],
)
def test_the_level_follows_the_children_of_the_state(area: str, value: float, found: bool) -> None:
    whole = case(f"indicator | area | value\nVICTIMS | {area} | {value:.0f}", VICTIMS)

    assert bool(find_offences("beyond_population", whole)) is found


@pytest.mark.parametrize(("area", "value", "most"), [("FI", 250, []), ("W0", 251, ["250"])])
def test_a_level_may_be_the_same_for_all(area: str, value: int, most: list[str]) -> None:
    level = {"at_least": 250, "basis": "working_days"}
    known = indicator("EVENTS", questioned_above=level)
    whole = case(f"indicator | area | value\nEVENTS | {area} | {value}", known)

    offences = find_offences("beyond_population", whole)

    assert [one["most"] for one in offences] == most
    assert all(one["rate"] == "" for one in offences)


@pytest.mark.parametrize(
    ("code", "component", "usual"),
    [
        ("HOTLINE_REPORTS_RECEIVED", "value", 12_000),
        ("ICSE_VICTIMS", "value", 25),
        ("TRAININGS_HELD", "value", 12),
        ("SPECIALISED_STAFF", "value", 60),
        ("INVESTIGATIONS_OPENED", "value", 1_900),
        ("SCHOOLS_REACHED", "denominator", 2_100),
        ("TAKEDOWN_TIME", "cases", 900),
        ("SITES_BLOCKED", "value", 300),
    ],
)
def test_a_first_figure_with_three_digits_too_many_is_questioned(
    code: str, component: str, usual: int
) -> None:
    """Nothing else can be compared while fewer than ten States have reported."""
    known = catalogue().indicators[code]
    text = "indicator | component | value\n{} | {} | {}"

    found = [
        bool(find_offences("beyond_population", case(text.format(code, component, value), known)))
        for value in (usual, usual * 1000)
    ]

    assert found == [False, True]


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
