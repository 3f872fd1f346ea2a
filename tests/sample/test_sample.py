"""The sample: every status, breakdown, revision, late and missing report, by the ordinary way."""

from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from metrics.catalogue.codelists import codelist, member_states
from metrics.catalogue.loader import catalogue
from metrics.sample.entries import entries
from metrics.sample.planned_workbooks import (
    LATE,
    SENT_AGAIN,
    SILENT,
    PlannedSubmission,
    submissions_planned_for,
)
from metrics.sample.progress import SAMPLE
from metrics.sample.workbooks import send_workbooks, send_workbooks_of_state, workbook
from metrics.submissions.desk import Desk, Outcome

# Flags that no annual submission of this kind bears: a forecast, an experiment, a bank holiday.
NOT_USED = {"A", "F", "G", "H"}


@cache
def planned_submissions() -> tuple[PlannedSubmission, ...]:
    return tuple(planned for area in member_states() for planned in submissions_planned_for(area))


@cache
def statuses_used() -> set[str]:
    written = (entries(catalogue(), planned).values() for planned in planned_submissions())
    return {entry.observation_status for rows in written for entry in rows}


def one(area: str, round_: str, version: int = 0) -> PlannedSubmission:
    asked = (round_, version)
    return next(s for s in submissions_planned_for(area) if (s.round.code, s.version) == asked)


def test_27_states_and_six_years_but_for_the_silent() -> None:
    first = {
        (planned.round.code, planned.area)
        for planned in planned_submissions()
        if not planned.version
    }
    assert len(first) == 27 * 6 - len(SILENT)
    assert not first & SILENT


def test_the_late_are_late_and_nobody_else() -> None:
    late = {
        (planned.round.code, planned.area)
        for planned in planned_submissions()
        if not planned.version and planned.received.date() > planned.round.due
    }
    assert late == LATE


@pytest.mark.parametrize(("round_", "area"), sorted(SENT_AGAIN))
def test_a_revision_comes_later_and_differs(round_: str, area: str) -> None:
    before, after = one(area, round_), one(area, round_, version=1)
    assert after.received - before.received == timedelta(days=90)
    assert entries(catalogue(), before) != entries(catalogue(), after)


@pytest.mark.parametrize("status", sorted(set(codelist("observation_status")) - NOT_USED))
def test_every_status_is_used(status: str) -> None:
    assert status in statuses_used()


def test_every_series_that_is_asked_for_is_written() -> None:
    known = catalogue().restrict_to(catalogue().collection(SAMPLE)).indicators
    asked = {code for code, indicator in known.items() if indicator.collected}
    derived = {code for code, indicator in known.items() if indicator.formula}
    written = {series.split("[")[0] for series in entries(catalogue(), one("FI", "2024"))}
    assert written == asked - derived


def test_a_building_that_was_stopped_goes_on_with_what_is_missing(tmp_path: Path) -> None:
    first, second, *_ = submissions_planned_for("MT")
    send_workbooks_of_state(tmp_path, "MT", [first, second])
    seen: list[tuple[int, int]] = []

    sent = send_workbooks(
        tmp_path, lambda *count: seen.append(count), only_missing=True, areas=["MT"]
    )

    assert (sent, seen) == (2, [(2, 4), (4, 4)])
    assert len(Desk(tmp_path).submissions_table(SAMPLE)) == 4
    assert send_workbooks(tmp_path, only_missing=True, areas=["MT"]) == 0


def test_the_same_workbook_is_the_same_bytes(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert workbook(desk, one("MT", "2021")) == workbook(desk, one("MT", "2021"))


@pytest.mark.parametrize(("area", "round_"), [("DE", "2020"), ("LU", "2025")])
def test_the_desk_takes_it_without_an_error(tmp_path: Path, area: str, round_: str) -> None:
    path = tmp_path / "invented.xlsx"
    path.write_bytes(workbook(Desk(tmp_path), one(area, round_)))
    told = Desk(tmp_path).examiner.examine(path)
    assert told.outcome is Outcome.ACCEPTED
    assert (told.collection, told.area, told.round) == (SAMPLE, area, round_)
    assert len(told.actions) == (3 if round_ == "2020" else 1)
