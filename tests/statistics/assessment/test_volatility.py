"""A status that rests on less than the series usually moves says so, and stands."""

from datetime import date

import pytest

from metrics.core.verdicts import split_reasons
from tests.drawn_values import assess_values, catalogue_of, values_of
from tests.statistics.assessment.test_worked_examples import (
    BROKEN_DAYS,
    SUSPECTS,
    in_release,
    is_written,
    steps,
)
from tests.tables import indicator

ON = date(2026, 6, 1)
UP = indicator("DRAWN")
DIRECTION = {"rule": "direction_only", "areas": ["FI"]}
GROWTH = {"rule": "growth_per_year", "percent": 10, "method": "yearly_growth", "areas": ["FI"]}
KEPT = {"rule": "keep_at", "value": 300, "areas": ["FI"]}
ROUGH = "2020 500 | 2021 900 | 2022 400 | 2023 1000 | 2024 600"


@pytest.mark.parametrize(
    ("series", "target", "status", "is_volatile"),
    [
        (ROUGH, DIRECTION, "wanted_direction", True),
        (SUSPECTS, DIRECTION, "wanted_direction", False),
        ("2020 500 | 2021 550 | 2022 600 | 2023 650", DIRECTION, "wanted_direction", False),
        (
            "2020 500 | 2021 1000 | 2022 600",
            DIRECTION,
            "wanted_direction",
            False,
        ),  # two changes only
        ("2020 500 | 2021 900 | 2022 400 | 2023 505", DIRECTION, "no_clear_change", False),
        (ROUGH, KEPT, "achieved", False),
        # The distance from the path of 10 % a year decides, and not the change since the baseline.
        ("2020 1000 | 2021 1100 | 2022 1010 | 2023 1090 | 2024 1010", GROWTH, "behind", False),
        ("2020 100 | 2021 150 | 2022 120 | 2023 160 | 2024 150", GROWTH, "on_track", True),
        (ROUGH.replace("600", "700"), GROWTH, "behind", True),
        (ROUGH.replace("600", "300"), GROWTH, "moving_away", True),
    ],
)
def test_a_volatile_series_keeps_its_status_and_says_so(
    series: str, target: dict[str, object], status: str, is_volatile: bool
) -> None:
    (found,) = assess_values(values_of({"FI": series}), catalogue_of(UP, target), ON).to_dict(
        "records"
    )

    assert found["status"] == status
    assert ("volatile" in split_reasons(found["reason"])) == is_volatile


def test_the_german_days_are_volatile() -> None:
    verdicts, history = in_release("TAKEDOWN_MEAN_DAYS", BROKEN_DAYS)
    official = verdicts[verdicts["official"]].iloc[0]
    usual = steps(official)["mean_change_from_one_value_to_the_next"]

    assert (official["status"], history.set_index("period").loc["2021", "status"]) == (
        "wanted_direction", "unwanted_direction",
    )  # fmt: skip
    assert "volatile" in split_reasons(official["reason"])
    is_written(
        f"(0.59 + 0.24 + 0.89 + 1.01) / 4 = {usual:.2f}: in the desired direction, **volatile**."
    )
