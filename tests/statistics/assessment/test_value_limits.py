"""A status from a limit holds for every value within it, or there is none."""

from datetime import date

import pandas as pd
import pytest

from metrics.catalogue.calculation_texts import StepText, describe_step
from metrics.core.verdicts import arithmetic_from_cell
from metrics.statistics.assessment.basis import assessment_basis
from metrics.statistics.trajectory import trajectory
from tests.drawn_values import assess_values, catalogue_of, values_of
from tests.tables import indicator

ON = date(2026, 6, 1)
UP = indicator("DRAWN", kind="flow", direction="up")
DOWN = indicator("DRAWN", kind="flow", direction="down")
DIRECTION = {"rule": "direction_only", "areas": ["FI"]}
ROSE, FELL, STOOD = "2020 100 | 2024 400", "2020 400 | 2024 100", "2020 400 | 2024 401"


def limited(series: str, **limits: str) -> pd.DataFrame:
    """Limits by period: `y2024="LOWER"`."""
    rows = values_of({"FI": series})
    by_period = {period.removeprefix("y"): limit for period, limit in limits.items()}
    return rows.assign(limit=rows["period"].map(by_period).fillna(""))


@pytest.mark.parametrize(
    ("wanted", "series", "limits", "status", "reason"),
    [
        (UP, ROSE, {"y2024": "LOWER"}, "wanted_direction", "limit"),
        (UP, ROSE, {"y2020": "UPPER"}, "wanted_direction", "limit"),
        (UP, ROSE, {"y2024": "UPPER"}, "not_assessed", "limit_undecided"),
        (UP, ROSE, {"y2020": "LOWER"}, "not_assessed", "limit_undecided"),
        (UP, ROSE, {"y2020": "LOWER", "y2024": "LOWER"}, "not_assessed", "limit_undecided"),
        (UP, FELL, {"y2024": "UPPER"}, "unwanted_direction", "limit"),
        (UP, FELL, {"y2024": "LOWER"}, "not_assessed", "limit_undecided"),
        (DOWN, FELL, {"y2024": "UPPER"}, "wanted_direction", "limit"),
        (DOWN, FELL, {"y2024": "LOWER"}, "not_assessed", "limit_undecided"),
        (DOWN, ROSE, {"y2024": "LOWER"}, "unwanted_direction", "limit"),
        (UP, STOOD, {"y2024": "LOWER"}, "not_assessed", "limit_undecided"),
        (UP, "2020 100 | 2022 9 | 2024 400", {"y2022": "LOWER"}, "wanted_direction", ""),
    ],
)
def test_only_a_status_that_the_limit_proves_is_given(
    wanted: object, series: str, limits: dict[str, str], status: str, reason: str
) -> None:
    catalogue = catalogue_of(wanted, DIRECTION)  # type: ignore[arg-type] # parametrised

    (found,) = assess_values(limited(series, **limits), catalogue, ON).to_dict("records")

    assert found["status"] == status
    given = {"limit", "limit_undecided"} & set(found["reason"].split(";"))
    assert given == {reason} - {""}
    assert pd.isna(found["gap"]) == bool(reason)


def test_no_gap_is_given_of_a_limit_or_from_one() -> None:
    series, catalogue = "2020 100 | 2022 300 | 2024 400", catalogue_of(UP, DIRECTION)
    last = trajectory(assessment_basis(limited(series, y2024="LOWER"), catalogue, ON))
    first = trajectory(assessment_basis(limited(series, y2020="UPPER"), catalogue, ON))

    assert last.dropna(subset="gap")["period"].tolist() == ["2020", "2022"]
    assert first["gap"].isna().all()


def test_the_arithmetic_says_which_value_is_a_limit() -> None:
    values = limited(ROSE, y2024="LOWER")

    (found,) = assess_values(values, catalogue_of(UP, DIRECTION), ON)["arithmetic"]

    first, *others = (describe_step(step, "en") for step in arithmetic_from_cell(found))
    assert (first.name.partition(";")[0], first.formula, first.value) == (
        "only a limit is published", "2024: > 400", "",
    )  # fmt: skip
    assert StepText("value", "2024", "> 400") in others
