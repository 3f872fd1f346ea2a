"""What differs between two releases."""

from pathlib import Path
from shutil import copytree
from typing import Any

import pandas as pd
import pytest

from dashboard.data import records
from metrics.core.tables import BREAKDOWNS, EU, KEY, TOTAL
from metrics.release.build import build
from metrics.release.changes import (
    FIGURE_CHANGES,
    FigureChange,
    StatusCause,
    changed_figures,
    changed_statuses,
    compare_assessments,
    earlier_figures,
    explain_statuses,
)
from metrics.release.store import ReleaseStore, StoredRelease
from metrics.submissions.desk import Desk
from tests.release.two_states import EMPACT, send
from tests.tables import observations

NOTHING = observations("indicator | value")


def assessments(*rows: dict[str, Any]) -> pd.DataFrame:
    usual = {
        "goal": "GA-1.1", "target": "ten-per-cent", "area": "FI", "indicator": "ICSE_VICTIMS",
        "official": True, "status": "on_track", "override_status": "", "reason": "",
        "method": "level_by_date", "period": "2025", "value": 10.0, "baseline_period": "2020",
        "baseline_value": 5.0, "expected_value": 9.0,
    }  # fmt: skip
    return pd.DataFrame([usual | dict.fromkeys(BREAKDOWNS, TOTAL) | row for row in rows])


def test_a_status_that_differs_is_given_with_both() -> None:
    changed = changed_statuses(
        assessments({}, {"area": "SE"}), assessments({"status": "behind"}, {"area": "SE"})
    )

    assert changed[["area", "before", "after"]].to_dict("records") == [
        {"area": "FI", "before": "on_track", "after": "behind"}
    ]


def figure(area: str, status: str, value: float | None = 10.0) -> dict[str, Any]:
    is_withheld = status == "Q"
    return {
        **dict.fromkeys(BREAKDOWNS, TOTAL), "indicator": "ICSE_VICTIMS", "component": "value",
        "area": area, "period": "2024", "value": None if is_withheld else value,
        "observation_status": status, "confidentiality_status": "C" if is_withheld else "F",
        "limit": "", "materiality": "", "submission": f"2024/{area}/v", "vintage": "v",
    }  # fmt: skip


def test_a_value_that_became_final_is_a_change_of_its_own() -> None:
    before = pd.DataFrame([figure("FI", "P"), figure("SE", "P"), figure("DK", "A")])
    after = pd.DataFrame([figure("FI", "A"), figure("SE", "A", 12.0), figure("DK", "A")])

    found = changed_figures(before, after, pd.DataFrame(columns=[*KEY]))

    assert dict(zip(found["area"], found["kind"], strict=True)) == {
        "FI": FigureChange.OBSERVATION_STATUS, "SE": FigureChange.REVISED,
    }  # fmt: skip
    assert found.loc[found["area"].eq("FI"), "difference"].tolist() == [0.0]


def test_no_equal_value_is_told_beside_one_that_became_withheld() -> None:
    later = {"period": "2025"}
    before = pd.DataFrame([figure("FI", "P"), figure("FI", "A") | later])
    after = pd.DataFrame([figure("FI", "A"), figure("FI", "Q") | later])

    found = changed_figures(before, after, pd.DataFrame(columns=[*KEY]))

    assert list(found["kind"]) == [FigureChange.SUPPRESSED]


def test_the_status_of_a_reviewer_counts() -> None:
    reviewed = assessments({"status": "behind", "override_status": "on_track"})

    assert changed_statuses(assessments({}), reviewed).empty


def test_other_methods_and_new_series_are_no_changes() -> None:
    beside = {"official": False, "status": "behind"}

    assert changed_statuses(assessments({}), assessments({}, beside, {"area": "SE"})).empty


def test_the_status_of_a_figure_that_is_suppressed_now_is_left_out() -> None:
    withheld = {"status": "not_assessed", "reason": "suppressed", "period": "", "value": None}

    (row,) = changed_statuses(assessments({}), assessments(withheld)).to_dict("records")

    assert (row["before"], row["after"]) == ("", "not_assessed")


@pytest.mark.parametrize(
    ("now", "cause"),
    [
        ({"override_status": "achieved"}, StatusCause.REVIEWER),
        ({"method": "keep_at"}, StatusCause.METHOD),
        ({"period": "2026", "value": 11.0}, StatusCause.NEW_FIGURE),
        ({"value": 8.0}, StatusCause.REVISED_FIGURE),
        ({"period": "2024", "value": 7.0}, StatusCause.REMOVED_FIGURE),
        ({"baseline_value": 6.0}, StatusCause.REESTIMATED_START),
        ({}, StatusCause.TIME),
    ],
)
def test_the_cause_is_what_the_verdict_rests_on(now: dict[str, Any], cause: str) -> None:
    compared = compare_assessments(assessments({}), assessments({"status": "behind"} | now))

    (row,) = explain_statuses(compared, NOTHING, NOTHING, is_same_version=True).to_dict("records")

    assert row["cause"] == cause


def test_a_start_is_revised_only_where_its_released_figure_differs() -> None:
    compared = compare_assessments(
        assessments({}), assessments({"status": "behind", "baseline_value": 6.0})
    )
    start = {"period": compared["baseline_period_after"].item()}
    before, after = (pd.DataFrame([figure("FI", "A", value) | start]) for value in (5.0, 6.0))

    causes = {
        explain_statuses(compared, before, now, is_same_version=True)["cause"].item()
        for now in (before, after)
    }

    assert causes == {StatusCause.REESTIMATED_START, StatusCause.REVISED_START}


def test_the_same_figures_under_other_definitions_are_a_cause_of_their_own() -> None:
    compared = compare_assessments(assessments({}), assessments({"status": "behind"}))

    (row,) = explain_statuses(compared, NOTHING, NOTHING, is_same_version=False).to_dict("records")

    assert row["cause"] == StatusCause.DEFINITIONS


def test_states_that_joined_or_left_the_total_are_named() -> None:
    of_union = {"area": EU, "period": "2024"}
    compared = compare_assessments(
        assessments(of_union), assessments(of_union | {"status": "behind"})
    )
    before, after = (
        observations(f"indicator | area | value\nICSE_VICTIMS | FI | 4\nICSE_VICTIMS | {other} | 7")
        for other in ("SE", "DK")
    )

    (row,) = explain_statuses(compared, before, after, is_same_version=True).to_dict("records")

    assert (row["joined"], row["left"], row["cause"]) == ("DK", "SE", StatusCause.COVERAGE)


def changes(before: str, after: str, withdrawn: str = "") -> dict[str, dict[str, Any]]:
    """By area, the changes of the figures of one indicator; `Q` in place of a value suppresses it."""

    def figures(drawn: str) -> pd.DataFrame:
        rows = [line.split() for line in drawn.splitlines()]
        lines = [f"ICSE_VICTIMS | {area} | {value.strip('Q')}" for area, value in rows]
        table = observations("\n".join(["indicator | area | value", *lines]))
        is_withheld = ["Q" in value for _, value in rows]
        status = table["observation_status"].mask(pd.Series(is_withheld, table.index), "Q")
        return table.assign(
            observation_status=status,
            submission="2024/FI/2025-03-01T0900Z",
            vintage="",
            materiality="",
        )

    found = changed_figures(figures(before), figures(after), figures(withdrawn))
    return {row["area"]: row for row in records(found)}


def test_each_kind_of_change_is_named() -> None:
    found = changes("FI 3\nSE 5\nDK 8\nDE 2\nHU Q", "FI 4\nSE 5\nDE Q\nHU 6\nMT 9")

    kinds = {area: row["kind"] for area, row in found.items()}

    assert kinds == {
        "FI": FigureChange.REVISED, "DK": FigureChange.REMOVED, "DE": FigureChange.SUPPRESSED,
        "HU": FigureChange.UNSUPPRESSED, "MT": FigureChange.NEW,
    }  # fmt: skip


def test_the_difference_is_that_of_the_two_released_values() -> None:
    row = changes("FI 3\nSE 5", "FI 0\nSE 5")["FI"]

    assert (row["previous_value"], row["value"], row["difference"]) == (3, 0, -3)


@pytest.mark.parametrize(
    ("after", "shown_before"),
    [
        ("EU27_2020 22\nFI Q\nSE 18", {"EU27_2020": False, "FI": False, "SE": True}),
        ("EU27_2020 Q\nFI 4\nSE 18", {"EU27_2020": False, "FI": False, "SE": False}),
        ("EU27_2020 22\nFI 4\nSE 18", {"EU27_2020": True, "FI": True, "SE": True}),
    ],
)
def test_no_sum_or_part_of_what_may_be_shown_no_longer_is_given_as_it_was(
    after: str, shown_before: dict[str, bool]
) -> None:
    found = changes("EU27_2020 20\nFI 3\nSE 17", after)

    assert {area: not pd.isna(row["previous_value"]) for area, row in found.items()} == shown_before
    hidden = [row for area, row in found.items() if not shown_before[area]]
    assert all(row["previous_observation_status"] == "Q" for row in hidden)
    assert all(pd.isna(row["difference"]) for row in hidden)


def test_what_is_withheld_in_both_hides_nothing_beside_it() -> None:
    found = changes("FI Q\nSE 17", "FI Q\nSE 18")

    assert {area: row["previous_value"] for area, row in found.items()} == {"SE": 17}


def test_the_value_of_a_withdrawn_figure_is_not_repeated() -> None:
    figures = observations(
        "indicator | component | area | value\nICSE_VICTIMS | value | FI | 3\n"
        "ICSE_VICTIMS | year_on_year | FI | 50\nICSE_VICTIMS_RATE | numerator | FI | 3\n"
        "ICSE_USERS | value | FI | 8"
    ).assign(
        submission=["2024/FI/2025-03-01T0900Z", "", "", "2024/FI/2025-03-01T0900Z"],
        vintage="",
        materiality="",
    )

    found = changed_figures(figures, figures[:0], figures[:1])

    hidden = dict(
        zip(found["indicator"] + found["component"], found["previous_value"].isna(), strict=True)
    )
    assert hidden == {
        "ICSE_VICTIMSvalue": True, "ICSE_VICTIMSyear_on_year": True,
        "ICSE_VICTIMS_RATEnumerator": True, "ICSE_USERSvalue": False,
    }  # fmt: skip


@pytest.fixture(scope="module")
def two_releases(
    submitted: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[StoredRelease, StoredRelease]:
    """A figure of Sweden became small and is suppressed; those of Finland are no longer."""
    desk = Desk(copytree(submitted[0], tmp_path_factory.mktemp("changed") / "home"))
    store = ReleaseStore(desk.processed)
    before = store.open_current(EMPACT)
    send(desk, "SE", {"F": 2, "M": 9, "O": 7, "U": 12}, day=2)
    send(desk, "FI", {"F": 6, "M": 9, "O": 5, "U": 20}, day=2)
    build(desk, EMPACT)
    desk.close()
    return before, store.open_current(EMPACT)


def test_every_change_is_the_difference_of_two_releases_and_none_reveals_what_is_withheld(
    two_releases: tuple[StoredRelease, StoredRelease],
) -> None:
    old, new = (release.table("indicator_values").set_index([*KEY]) for release in two_releases)
    withdrawn = two_releases[1].table("withdrawals")

    found = changed_figures(old.reset_index(), new.reset_index(), withdrawn)

    assert {FigureChange.SUPPRESSED, FigureChange.UNSUPPRESSED} <= set(found["kind"])
    keys = old.index.union(new.index)
    value_old, value_new = (release["value"].reindex(keys) for release in (old, new))
    differs = ~(value_old.isna() & value_new.isna()) & (value_old != value_new)
    assert set(found.set_index([*KEY]).index) == set(keys[differs])
    for row in found.to_dict("records"):
        key = tuple(row[name] for name in KEY)
        assert row["value"] == new["value"].get(key) or pd.isna(row["value"])
        if not pd.isna(row["previous_value"]):
            assert row["previous_value"] == old["value"][key]
            assert new["observation_status"][key] != "Q"
    swedish = found[found["area"].eq("SE") & found["indicator"].eq("ICSE_VICTIMS")]
    assert swedish["previous_value"].isna().all()


def test_an_earlier_value_is_shown_under_the_same_rules(
    two_releases: tuple[StoredRelease, StoredRelease],
) -> None:
    old, new = (release.table("indicator_values") for release in two_releases)
    withdrawn = two_releases[1].table("withdrawals")
    own = dict.fromkeys(BREAKDOWNS, TOTAL) | {
        "indicator": "ICSE_VICTIMS", "component": "value", "period": "2024"
    }  # fmt: skip

    def earlier(area: str, sex: str) -> list[float]:
        key = own | {"area": area, "sex": sex}
        return earlier_figures(key, old, new, withdrawn)["previous_value"].tolist()

    assert earlier("FI", "M") == [9]  # the same in both
    assert pd.isna(earlier("SE", "F")).tolist() == [True]  # suppressed now
    assert pd.isna(earlier("SE", TOTAL)).tolist() == [True]  # would help to find it
    assert earlier("MT", TOTAL) == []


def test_a_release_of_older_form_is_compared_by_the_columns_that_it_has() -> None:
    usual = observations("indicator | area | value\nICSE_VICTIMS | FI | 4")
    usual = usual.assign(submission="", vintage="", materiality="")
    older = usual.assign(confidentiality_status="", limit="")

    found = changed_figures(older, usual.assign(value=5.0), NOTHING)

    assert list(found) == FIGURE_CHANGES
    assert found[["kind", "previous_value"]].to_numpy().tolist() == [["revised", 4.0]]
