"""The table behind a chart: what is calculated back is compared with nothing that others reported."""

from dataclasses import replace

import pandas as pd

from dashboard.components.goal.data_tables import trend_table
from dashboard.data import records
from dashboard.released.assessments import Assessment
from dashboard.released.series import AssessedSeries
from dashboard.released.table_views import states_view, trend_view
from dashboard.server.routes import path_names
from dashboard.texts import texts
from metrics.catalogue.loader import catalogue
from metrics.core.verdicts import Status, Verdict
from tests.dashboard.reading import of_type, words

EN = texts("en")
VALUES = pd.DataFrame(
    {
        "period": ["2023", "2024", "2025"],
        "value": [5622.0, 5300.0, 4846.0],
        "component": "value",
        "observation_status": "A",
    }
)
# As released: the level calculated back to 2023, and the gap of each reported value to it.
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
        catalogue().indicators["VICTIMS_RECORDED"], "EU27_2020", {}, records(VALUES), (official,),
        trajectory=TRAJECTORY,
    )  # fmt: skip


def test_figures_of_other_states_have_no_gap_to_a_path_carried_back() -> None:
    table = trend_view(union("matched_panel")).set_index("period")

    for column in ("path", "gap"):
        assert table[column].isna().to_dict() == {"2023": True, "2024": True, "2025": False}
    assert table.loc["2025", "gap"] == 364


def test_figures_of_the_same_states_have_a_gap_in_every_period() -> None:
    assert trend_view(union(""))["gap"].notna().all()


def test_each_period_says_whether_its_path_was_carried_back() -> None:
    """A verdict of then may rest on other figures than that of today."""
    history = {"2024": {"reason": "", "gap": -90.0, "expected_value": 5210.0, "status": "behind",
                        "category": ""}}  # fmt: skip
    today, then = union("matched_panel"), replace(union("matched_panel"), status_history=history)

    assert list(trend_view(today)["path_carried_back"]) == [False, False, True]
    assert path_names(trend_view(today), EN) == ["", "", "Starting level (calculated back)"]
    assert path_names(trend_view(then), EN)[1] == "Starting level"


def test_a_table_says_so_in_its_notes() -> None:
    series = union("matched_panel")

    table = trend_table("", series, trend_view(series), EN)

    assert "Starting level" in words(of_type(table, "Thead"))
    assert words(of_type(table, "Tbody")).count("Starting value computed from this figure") == 1


def test_a_file_says_what_the_path_is() -> None:
    rules = ("direction_only", "level_by_date", "all_areas_by_date")
    start, agreed, counted = (path_names(trend_view(union("", rule=rule)), EN)[0] for rule in rules)
    carried = path_names(trend_view(union("matched_panel")), EN)[-1]

    assert (start, agreed, counted) == ("Starting level", "Target path", "Target")
    assert carried == "Starting level (calculated back)"


def test_each_state_names_its_own_path() -> None:
    by_state = {"CZ": union(""), "DE": union("", rule="level_by_date")}

    assert list(states_view(by_state, "2025")["path_key"]) == ["chart.start", "chart.path"]
