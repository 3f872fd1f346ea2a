"""A verdict names its period, and says if a later one was due."""

from datetime import date
from typing import Any

import pytest

from metrics.catalogue.definitions.collections import Collection
from metrics.catalogue.loader import catalogue
from metrics.core.period import ReferencePeriod
from metrics.statistics.assessment.assess import assess
from metrics.statistics.assessment.basis import assessment_basis
from metrics.statistics.assessment.timeliness import is_older, latest_due
from tests.drawn_values import LADDER, catalogue_of, every_state, values_of
from tests.tables import indicator

FLOW = indicator("DRAWN")
DAYS = indicator("DRAWN", kind="published_ratio", unit="DAYS", direction="down")
DIRECTION = {"rule": "direction_only"}
IN_FORCE = {"rule": "milestone_by_date", "step": "in_force"}
GERMAN_DAYS = "2014 1.88 | 2016 2.93 | 2017 2.01 | 2019 1.42 | 2020 1.66 | 2021 2.55 | 2022 1.54"


def collection(code: str) -> Collection:
    return catalogue().collection(code)


def verdict_on(
    drawn: dict[str, str], code: str, on: date, defined: Any = FLOW, area: str = "FI", **target: Any
) -> Any:
    rows = values_of(drawn, component=defined.headline)
    wanted = catalogue_of(defined, target or DIRECTION)
    table = assess(assessment_basis(rows, wanted, on, collection(code)))
    return table[table["area"] == area].iloc[0]


@pytest.mark.parametrize(
    ("code", "on", "due"),
    [
        ("sample", date(2026, 11, 28), "2025"),
        ("sample", date(2026, 3, 31), "2024"),  # the round of 2025 is due today, and open
        ("sample", date(2026, 4, 1), "2025"),
        ("sample", date(2021, 1, 1), "None"),
        ("published-figures", date(2026, 11, 27), "2024"),  # rounds without periods: two years
    ],
)
def test_the_latest_period_due(code: str, on: date, due: str) -> None:
    assert str(latest_due(collection(code), on)) == due


@pytest.mark.parametrize(
    ("period", "due", "older"),
    [
        ("2024", "2025", True),
        ("2025", "2025", False),
        ("2025-S1", "2025", False),  # within the year that is due
        ("2024-S2", "2025", True),
        ("2025-Q1", "2025-Q3", True),
        ("2024-02", "2024-03/P2M", True),  # adjacent
    ],
)
def test_older_is_what_ended_before_the_due_period_began(
    period: str, due: str, older: bool
) -> None:
    assert is_older(ReferencePeriod.parse(period), ReferencePeriod.parse(due)) is older


def test_a_verdict_of_four_years_ago_is_not_current() -> None:
    """The fault of the published figures: no other area has a later value either."""
    verdict = verdict_on(
        {"DE": GERMAN_DAYS}, "published-figures", date(2026, 11, 27), DAYS, area="DE"
    )

    assert (verdict["status"], verdict["period"]) == ("wanted_direction", "2022")
    assert "not_current" in verdict["reason"].split(";")


@pytest.mark.parametrize(
    ("drawn", "reason"),
    [
        ({"FI": "2023 100 | 2024 200"}, "not_current"),
        ({"FI": "2023 100 | 2024 200", "SE": "2024 1 | 2025 2"}, "not_current"),
        ({"FI": "2023 100 | 2024 200 | 2025 : O"}, "not_current"),
        ({"FI": "2023 100 | 2024 200 | 2025 300"}, ""),
    ],
)
def test_age_is_seen_from_the_closed_round_whether_or_not_others_are_later(
    drawn: dict[str, str], reason: str
) -> None:
    assert verdict_on(drawn, "sample", date(2026, 6, 1))["reason"] == reason


def test_while_a_round_is_open_the_year_before_is_current() -> None:
    drawn = {"FI": "2023 100 | 2024 200", "SE": "2024 100 | 2025 200"}

    assert verdict_on(drawn, "sample", date(2026, 2, 1))["reason"] == "latest_missing"


def test_a_step_stands_and_is_said_not_to_be_confirmed() -> None:
    verdict = verdict_on({"FI": "2024 2"}, "sample", date(2026, 6, 1), LADDER, **IN_FORCE)

    assert (verdict["status"], verdict["reason"]) == ("achieved", "not_confirmed")


def test_no_verdict_has_no_age() -> None:
    drawn = every_state("2025 1", but=["FI"])

    assert verdict_on(drawn, "sample", date(2026, 6, 1))["reason"] == "no_value"
