"""What differs between two releases."""

from typing import Any

import pandas as pd

from metrics.core.tables import BREAKDOWNS, TOTAL
from metrics.release.changes import changed_statuses


def assessments(*rows: dict[str, Any]) -> pd.DataFrame:
    usual = {
        "goal": "GA-1.1", "target": "ten-per-cent", "area": "FI", "indicator": "ICSE_VICTIMS",
        "official": True, "status": "on_track", "override_status": "",
    }  # fmt: skip
    return pd.DataFrame([usual | dict.fromkeys(BREAKDOWNS, TOTAL) | row for row in rows])


def test_a_status_that_differs_is_given_with_both() -> None:
    changed = changed_statuses(
        assessments({}, {"area": "SE"}), assessments({"status": "behind"}, {"area": "SE"})
    )

    assert changed[["area", "before", "after"]].to_dict("records") == [
        {"area": "FI", "before": "on_track", "after": "behind"}
    ]


def test_the_status_of_a_reviewer_counts() -> None:
    reviewed = assessments({"status": "behind", "override_status": "on_track"})

    assert changed_statuses(assessments({}), reviewed).empty


def test_other_methods_and_new_series_are_no_changes() -> None:
    beside = {"official": False, "status": "behind"}

    assert changed_statuses(assessments({}), assessments({}, beside, {"area": "SE"})).empty
