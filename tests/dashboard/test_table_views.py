"""The table behind a chart: what is carried back is compared with nothing that others reported."""

import pandas as pd

from dashboard.assessments import Assessment
from dashboard.routes import path_names
from dashboard.series import AssessedSeries
from dashboard.table_views import states_view, trend_view
from dashboard.texts import texts
from metrics.catalogue.loader import catalogue
from metrics.core.verdicts import Status, Verdict

EN = texts("en")
VALUES = pd.DataFrame(
    {"period": ["2023", "2024", "2025"], "value": [5622.0, 5300.0, 4846.0], "component": "value"}
)
# As released: the level carried back to 2023, and the gap of each reported value to it.
TRAJECTORY = {
    "2023": {"expected_value": 5210.0, "gap": -412.0},
    "2024": {"expected_value": 5210.0, "gap": -90.0},
    "2025": {"expected_value": 5210.0, "gap": 364.0},
}


def union(reason: str, rule: str = "direction_only") -> AssessedSeries:
    verdict = Verdict(
        Status.ON_TRACK, reason=reason, period="2025", value=4846, baseline_period="2023",
        baseline_value=5210, expected_value=5210, gap=364,
    )  # fmt: skip
    official = Assessment("t", "direction_only", official=True, verdict=verdict, rule=rule)
    return AssessedSeries(
        catalogue().indicators["VICTIMS_RECORDED"], "EU27_2020", {}, VALUES, (official,),
        trajectory=TRAJECTORY,
    )  # fmt: skip


def test_figures_of_other_states_have_no_gap_to_a_path_carried_back() -> None:
    table = trend_view(union("matched_panel")).set_index("period")

    assert table["gap"].isna().to_dict() == {"2023": True, "2024": True, "2025": False}
    assert table.loc["2025", "gap"] == 364


def test_figures_of_the_same_states_have_a_gap_in_every_period() -> None:
    assert trend_view(union(""))["gap"].notna().all()


def test_a_file_says_what_the_path_is() -> None:
    carried, start, agreed = (
        path_names(trend_view(series), EN)[0]
        for series in (union("matched_panel"), union(""), union("", rule="level_by_date"))
    )

    assert (start, agreed) == ("Starting level", "Target path")
    assert carried == "Starting level (carried back)"


def test_each_state_names_its_own_path() -> None:
    by_state = {"CZ": union(""), "DE": union("", rule="level_by_date")}

    assert list(states_view(by_state, "2025")["path_key"]) == ["chart.start", "chart.path"]
