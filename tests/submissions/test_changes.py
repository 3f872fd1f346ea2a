"""What is said again, said otherwise, said twice: differences and what stands, and what they are made of."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from metrics.catalogue.loader import catalogue
from metrics.release.build import ReleaseInputs
from metrics.submissions.archive import SubmissionKey
from metrics.submissions.ledger import State, Submission
from metrics.submissions.vintages import AcceptedHistory, compare_vintages
from tests.tables import observations

HEAD = "indicator | period | value | observation_status | confidentiality_status | since | cell\n"


def row(value: object = 5, status: str = "A", free: str = "F", since: str = "", cell: str = "F5") -> str:  # fmt: skip
    return f"AA | 2024 | {value} | {status} | {free} | {since} | {cell}"


def change(before: str, now: str) -> list[str]:
    return [*compare_vintages(observations(HEAD + before), observations(HEAD + now))["change"]]


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (row(), row(), "unchanged"),
        (row("", "O"), row("", "O"), "unchanged"),
        (row("", "O"), row("", "L"), "changed"),
        (row("", "O"), row(0), "changed"),
        (row(), row(free="C"), "changed"),
        (row(), row(status="P"), "changed"),
        (row(1, since="2024-01-01"), row(1, since="2024-02-01"), "changed"),
        (row(cell="F5"), row(cell="G9"), "unchanged"),
    ],
)
def test_what_a_submitter_says_is_value_statuses_and_day(before: str, now: str, said: str) -> None:
    assert change(before, now) == [said]


def test_of_a_key_that_stands_twice_the_last_counts() -> None:
    assert change(f"{row(1)}\n{row(5)}", row(5)) == ["unchanged"]


def test_a_figure_that_is_removed_is_found_on_its_old_sheet() -> None:
    before = observations(HEAD + row()).assign(sheet="Old")
    (found,) = compare_vintages(before, before.head(0)).to_dict("records")

    assert (found["sheet"], found["cell"], found["previous_value"]) == ("Old", "F5", 5.0)


def vintage(said: str, round_: str, moment: str, state: State = State.CURRENT) -> dict[str, str]:
    return {"said": said, "round": round_, "vintage": moment, "state": str(state)}


def stands(*vintages: dict[str, str]) -> list[dict[str, object]]:
    tables = [observations(HEAD + sent.pop("said")).assign(**sent) for sent in vintages]
    history = AcceptedHistory(pd.concat(tables, ignore_index=True), ["2024", "2025"])
    found = history.current_observations()
    return [{str(name): value for name, value in row.items()} for row in found.to_dict("records")]


def test_three_vintages_remember_the_one_right_before_and_the_first() -> None:
    (now,) = stands(
        vintage(row(1), "2024", "2025-01-01T0000Z", State.REPLACED),
        vintage(row(2, "P"), "2024", "2025-01-02T0000Z", State.REPLACED),
        vintage(row(3), "2024", "2025-01-03T0000Z"),
    )

    assert (now["value"], now["previous_value"], now["previous_observation_status"]) == (3, 2, "P")
    assert (now["previous_vintage"], now["first_vintage"]) == (
        "2025-01-02T0000Z",
        "2025-01-01T0000Z",
    )


def test_the_first_vintage_is_that_of_the_round_that_stands() -> None:
    (now,) = stands(
        vintage(row(1), "2024", "2025-01-01T0000Z"), vintage(row(2), "2025", "2026-01-01T0000Z")
    )

    assert (now["value"], now["previous_value"], now["first_vintage"]) == (2, 1, "2026-01-01T0000Z")


def test_a_vintage_of_a_round_that_was_given_up_comes_before_all_others() -> None:
    (now,) = stands(
        vintage(row(1), "2023", "2027-01-01T0000Z"), vintage(row(2), "2024", "2025-01-01T0000Z")
    )

    assert now["value"] == 2


def test_a_cell_that_was_empty_first_has_its_first_vintage_when_it_was_filled() -> None:
    (now,) = stands(
        vintage(row(""), "2024", "2025-01-01T0000Z", State.REPLACED),
        vintage(row(3), "2024", "2025-01-03T0000Z"),
    )

    assert (now["first_vintage"], now["previous_vintage"]) == ("2025-01-03T0000Z", "")


# What a release is made of


def submission(area: str, vintage_: str) -> Submission:
    place = SubmissionKey("sample", "2024", area)
    return Submission(
        collection="sample", round="2024", area=area, digest=area * 32, vintage=vintage_, file="a",
        format="csv", size=1, key=f"{place}/{vintage_}", received_at="",
    )  # fmt: skip


FIRST, LATER = submission("FI", "2025-03-01T2359Z"), submission("SE", "2025-03-02T0000Z")
INPUTS = ReleaseInputs(catalogue().collections["sample"], (FIRST, LATER), "catalogue", "code")


def test_a_release_is_as_of_the_day_of_its_newest_vintage() -> None:
    assert INPUTS.as_of == date(2025, 3, 2)
    assert INPUTS.label == f"2025-03-02-{INPUTS.digest[:6]}"


def test_the_order_of_submissions_makes_no_other_release() -> None:
    assert replace(INPUTS, submissions=(LATER, FIRST)).digest == INPUTS.digest


@pytest.mark.parametrize(
    "other",
    [
        {"submissions": (FIRST,)},
        {"submissions": (FIRST, submission("SE", "2025-03-02T0001Z"))},
        {"catalogue": "another"},
        {"code": "another"},
        {"overrides": "- goal: GA-1"},
        {"collection": catalogue().collections["empact-cse"]},
    ],
    ids=", ".join,
)
def test_whatever_goes_into_a_release_makes_it_another(other: dict[str, Any]) -> None:
    assert replace(INPUTS, **other).digest != INPUTS.digest
