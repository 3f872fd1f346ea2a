"""The number, direction and size of revisions."""

from typing import Any

import pandas as pd
import pytest

from dashboard.data import records
from metrics.release.revision_summary import summarise_revisions


def summary(
    *rows: tuple[str, str, str, float | None, float | None],
) -> dict[tuple[str, ...], dict[str, Any]]:
    """By area, indicator and component."""
    names = ["area", "indicator", "component", "previous_value", "value"]
    revisions = pd.DataFrame(rows, columns=names).astype({"previous_value": float, "value": float})
    found = records(summarise_revisions(revisions))
    return {(row["area"], row["indicator"], row["component"]): row for row in found}


def test_revisions_up_and_down_cancel_in_the_mean_and_not_in_its_size() -> None:
    row = summary(("FI", "A", "value", 100, 110), ("FI", "A", "value", 50, 45))["FI", "A", "value"]

    assert (row["figures"], row["upward"], row["downward"]) == (2, 1, 1)
    assert (row["mean_revision"], row["mean_absolute_revision"]) == (2.5, 7.5)
    assert row["mean_relative_revision"] == pytest.approx(0)
    assert row["mean_absolute_relative_revision"] == pytest.approx(10)


def test_figures_of_several_units_have_a_relative_mean_only() -> None:
    row = summary(("FI", "A", "value", 100, 110), ("FI", "B", "median", 40, 50))["FI", "", ""]

    assert row["figures"] == 2
    assert pd.isna(row["mean_revision"])
    assert row["mean_relative_revision"] == pytest.approx(17.5)


def test_what_has_no_size_is_counted_alone() -> None:
    rows = summary(
        ("FI", "A", "value", 0, 4),  # in per cent of nothing
        ("FI", "A", "value", None, 4),
        ("FI", "L", "step", 1, 2),
    )

    counts, steps = rows["FI", "A", "value"], rows["FI", "L", "step"]
    assert (counts["figures"], counts["uncompared"], counts["mean_revision"]) == (1, 1, 4)
    assert all(pd.isna(row["mean_relative_revision"]) for row in rows.values())
    assert steps["upward"] == 1
    assert pd.isna(steps["mean_revision"])


def test_no_revision_gives_no_row() -> None:
    assert not summary()
