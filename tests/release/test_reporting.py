"""Who has reported in which round, on time or late, and who has not."""

from datetime import date

import pandas as pd
import pytest

from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.collections import Collection
from metrics.core.schemas import columns_of
from metrics.release.reporting import (
    areas_named,
    count_observations,
    latest_submissions,
    tabulate_reporting,
)
from metrics.submissions.ledger import Submission
from tests.tables import observations

COLLECTION = Collection.model_validate(
    {
        "code": "drawn", "name": {"en": "Drawn"}, "note": {"en": "For tests"},
        "nature": "invented", "areas": "member_states", "template": "follow_up",
        "disclosure": {"minimum_frequency": 3},
        "rounds": [
            {"code": "2023", "periods": [2023], "opens": "2024-01-15", "due": "2024-03-31"},
            {"code": "2024", "periods": [2024], "opens": "2025-01-15", "due": "2025-03-31"},
        ],
    }
)  # fmt: skip
OPEN_TO_ANY = COLLECTION.model_copy(update={"areas": "any"})
CLOSED = date(2025, 4, 1)
EARLY, LATE = "2025-03-01T0900Z", "2025-04-02T0900Z"


def submission(area: str, vintage: str, round_: str = "2024") -> Submission:
    key = f"drawn/{round_}/{area}/{vintage}-00000000.csv"
    return Submission("drawn", round_, area, vintage, area + vintage, "f", "csv", 1, key, "")


def drawn(lines: str = "") -> pd.DataFrame:
    return observations(f"indicator | area | round | submission | vintage | value\n{lines}")


def status(area: str, *received: Submission, on: date = CLOSED) -> str:
    rows = tabulate_reporting(COLLECTION, received, drawn(), on).set_index(["round", "area"])
    return str(rows.loc[("2024", area), "status"])


@pytest.mark.parametrize(
    ("vintages", "found"),
    [
        ((), "missing"),
        ((EARLY,), "on_time"),
        (("2025-03-31T2359Z",), "on_time"),
        ((LATE,), "late"),
        ((EARLY, LATE), "on_time"),
        ((LATE, EARLY), "on_time"),
    ],
)
def test_the_first_vintage_says_whether_it_was_on_time(
    vintages: tuple[str, ...], found: str
) -> None:
    assert status("FI", *(submission("FI", vintage) for vintage in vintages)) == found


@pytest.mark.parametrize(
    ("on", "found"),
    [(date(2025, 1, 15), "awaited"), (date(2025, 3, 31), "awaited"), (CLOSED, "missing")],
)
def test_until_the_round_is_due_a_report_is_awaited(on: date, found: str) -> None:
    assert status("SE", on=on) == found


@pytest.mark.parametrize(
    ("on", "rounds"),
    [(date(2024, 1, 15), 1), (date(2025, 1, 14), 1), (CLOSED, 2)],
)
def test_a_round_has_rows_from_the_day_it_opens(on: date, rounds: int) -> None:
    assert len(tabulate_reporting(COLLECTION, (), drawn(), on)) == rounds * len(member_states())


def test_the_latest_vintage_is_named_with_the_day_of_the_first() -> None:
    (row,) = latest_submissions([submission("FI", LATE), submission("FI", EARLY)]).to_dict(
        "records"
    )

    assert (row["received"], row["vintage"]) == ("2025-03-01", LATE)
    assert row["submission"] == f"2024/FI/{LATE}"


def test_a_file_ofmany_areas_is_no_area() -> None:
    assert latest_submissions([submission("many", EARLY)]).empty


def test_areas_in_the_submission_of_another_are_there_too() -> None:
    rows = drawn(f"VICTIMS | DE | 2024 | 2024/many/{EARLY} | {EARLY} | 3")
    found = areas_named(rows, [submission("many", EARLY)])

    assert found[["area", "received"]].values.tolist() == [["DE", "2025-03-01"]]


def test_observations_are_counted_by_area_and_round() -> None:
    rows = drawn(
        "A | FI | 2024 | x | 1 | 3\n B | FI | 2024 | x | 1 | 3\n A | SE | 2024 | y | 1 | 3"
    )

    assert dict(zip(count_observations(rows)["area"], count_observations(rows)["n_observations"], strict=True)) == {
        "FI": 2, "SE": 1,
    }  # fmt: skip


def test_where_nobody_is_asked_only_those_who_are_there_have_a_row() -> None:
    rows = tabulate_reporting(OPEN_TO_ANY, [submission("FI", EARLY)], drawn(), CLOSED)

    assert rows[["area", "round"]].values.tolist() == [["FI", "2024"]]


def test_each_state_has_one_row_a_round_in_order() -> None:
    rows = tabulate_reporting(
        COLLECTION, [submission("FI", EARLY), submission("FI", LATE)], drawn(), CLOSED
    )

    assert list(rows.columns) == columns_of("reporting")
    assert not rows.duplicated(["area", "round"]).any()
    assert rows[["round", "area"]].equals(rows[["round", "area"]].sort_values(["round", "area"]))
