"""The number, direction and size of revisions."""

import pandas as pd
import pytest

from metrics.release.revision_summary import summarise_revisions


def summary(*rows: tuple[str, str, str, float | None, float | None]) -> pd.DataFrame:
    names = ["area", "indicator", "component", "previous_value", "value"]
    revisions = pd.DataFrame(rows, columns=names).astype({"previous_value": float, "value": float})
    return summarise_revisions(revisions).set_index(["area", "indicator", "component"])


def test_revisions_up_and_down_cancel_in_the_mean_and_not_in_its_size() -> None:
    row = summary(("FI", "A", "value", 100, 110), ("FI", "A", "value", 50, 45)).loc[
        "FI", "A", "value"
    ]

    assert (row["figures"], row["upward"], row["downward"]) == (2, 1, 1)
    assert (row["mean_revision"], row["mean_absolute_revision"]) == (2.5, 7.5)
    assert row["mean_relative_revision"] == pytest.approx(0)
    assert row["mean_absolute_relative_revision"] == pytest.approx(10)


def test_figures_of_several_units_have_a_relative_mean_only() -> None:
    row = summary(("FI", "A", "value", 100, 110), ("FI", "B", "median", 40, 50)).loc["FI", "", ""]

    assert row["figures"] == 2
    assert pd.isna(row["mean_revision"])
    assert row["mean_relative_revision"] == pytest.approx(17.5)


def test_what_has_no_size_is_counted_alone() -> None:
    rows = summary(
        ("FI", "A", "value", 0, 4),  # in per cent of nothing
        ("FI", "A", "value", None, 4),
        ("FI", "L", "step", 1, 2),
    )

    assert rows.loc[("FI", "A", "value"), ["figures", "uncompared"]].tolist() == [1, 1]
    assert rows.loc[("FI", "A", "value"), "mean_revision"] == 4
    assert rows["mean_relative_revision"].isna().all()
    assert rows.loc[("FI", "L", "step"), "upward"] == 1
    assert pd.isna(rows.loc[("FI", "L", "step"), "mean_revision"])


def test_no_revision_gives_no_row() -> None:
    assert summary().empty
