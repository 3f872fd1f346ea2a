"""A step that was reached stands until the area says otherwise; nothing else is carried forward."""

from typing import Any

import pandas as pd
import pytest

from metrics.catalogue.codelists.groups import groups
from metrics.catalogue.loader import Catalogue
from metrics.core.tables import EU
from metrics.statistics.aggregation.aggregate import aggregate, aggregate_group
from tests.drawn_values import LADDER, catalogue_of, every_state, values_of
from tests.tables import indicator

IN_FORCE = {"rule": "milestone_by_date", "step": "in_force", "applies_to": "states"}


def counts(
    states: dict[str, str], defined: Catalogue | None = None
) -> dict[str, tuple[float, int, int]]:
    """By period: how many have reached the step, how many reported, and of how many."""
    rows = aggregate(values_of(states, component="step"), defined or catalogue_of(LADDER, IN_FORCE))
    union = rows[(rows["area"] == EU) & (rows["component"] == "reached")]
    cells = zip(union["value"], union["areas_reporting"], union["areas_expected"], strict=True)
    return dict(zip(union["period"], cells, strict=True))


def test_a_law_in_force_is_not_repealed_by_a_late_workbook() -> None:
    """21 in force in 2024; three of them send nothing for 2025: 18 of 24, and still 21."""
    late = dict.fromkeys(("BE", "BG", "CZ"), "2024 2")
    not_yet = dict.fromkeys(("DK", "DE", "EE", "IE", "EL", "ES"), "2024 1 | 2025 1")

    found = counts(every_state("2024 2 | 2025 2", **not_yet, **late))

    assert found == {"2024": (21, 27, 27), "2025": (21, 24, 27)}


@pytest.mark.parametrize(
    ("drawn", "reached"),
    [
        ("2023 2 | 2024 : O", [1, 1, 1]),  # missing is no answer
        ("2023 2 | 2025 1", [1, 1, 0]),  # it says otherwise
        ("2024 2", [0, 1, 1]),  # nothing is carried backwards
        ("2023 2 | 2024 : M", [1, 0, 0]),  # does not apply any more
        ("2023 2 Q", [1, 0, 0]),  # suppressed steps are not carried: they would be disclosed
    ],
)
def test_the_last_known_step_counts(drawn: str, reached: list[int]) -> None:
    found = counts({"FI": drawn, "SE": "2023 1 | 2024 1 | 2025 1"})

    assert [found[year][0] for year in ("2023", "2024", "2025")] == reached


def test_states_that_are_not_bound_are_not_counted() -> None:
    bound = catalogue_of(LADDER, {**IN_FORCE, "not_bound": ("DK",)})

    assert counts(every_state("2025 2"), bound) == {"2025": (26, 26, 26)}


def test_a_member_that_has_left_is_not_carried_on() -> None:
    rows = values_of({"GB": "2019 2", "FI": "2019 2 | 2020 2"}, component="step")

    union = aggregate_group(rows, catalogue_of(LADDER, IN_FORCE), groups()["EU28"])

    reached: Any = union[union["component"] == "reached"].set_index("period")["value"]
    assert reached.to_dict() == {"2019": 2}


def test_annual_flows_are_never_carried_forward() -> None:
    flow = indicator("DRAWN", coverage={"areas": 0, "children": 0})
    rows = values_of({"FI": "2024 10", "SE": "2024 20 | 2025 20"})

    values = aggregate(rows, catalogue_of(flow))

    union = values[(values["area"] == EU) & (values["component"] == "value")]
    assert dict(zip(union["period"], union["value"], strict=True)) == {"2024": 30, "2025": 20}


def test_a_table_without_steps_has_no_counts() -> None:
    rows = values_of({"FI": "2024 : O"}, component="step")

    found = aggregate(rows, catalogue_of(LADDER, IN_FORCE))

    assert "reached" not in set(found["component"])


def test_two_answers_of_one_state_for_one_period_are_refused() -> None:
    """The steps are unique by their key before; if not, neither row may be preferred."""
    states = values_of(every_state("2025 2"), component="step")
    twice = pd.concat([states, states[states["area"] == "FI"]], ignore_index=True)

    with pytest.raises(ValueError, match="duplicate"):
        aggregate(twice, catalogue_of(LADDER, IN_FORCE))
