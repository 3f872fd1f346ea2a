"""What the desk gives of other states: totals of this round and the one before, and no more."""

from pathlib import Path

import pandas as pd
import pytest

from metrics.archive import MANY_AREAS, Archive, Place
from metrics.catalogue import catalogue
from metrics.desk.peers import Peers, totals
from metrics.desk.shelf import Accepted, Shelf
from metrics.desk.staging import Staging
from metrics.ledger import Submission
from metrics.tables import KEY
from tests.rules.broken import STATES
from tests.tables import observations

ROUNDS = ["2022", "2023", "2024"]
FINLAND = Place("sample", "2024", "FI")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(Archive(tmp_path / "raw"), Staging(tmp_path / "staging"), catalogue())


def sent(shelf: Shelf, area: str, round_: str) -> Submission:
    """A submission whose tables stand on the shelf."""
    digest, place = f"{area}{round_}".ljust(64, "0"), Place("sample", round_, area)
    said = observations(f"""
        indicator | sex | period   | area   | value
        AA        | _T  | {round_} | {area} | 10
        AA        | F   | {round_} | {area} | 6
        AA        | M   | {round_} | {area} |
    """)  # fmt: skip
    shelf.keep(digest, place, Accepted(said, pd.DataFrame({"goals": ["GA-1.1"]})))
    return Submission(
        collection="sample", round=round_, area=area, digest=digest, vintage="2025-03-01T0900Z",
        file="a.csv", format="csv", size=1, key=f"{place}/{digest[:8]}", received_at="",
    )  # fmt: skip


def everybody(shelf: Shelf, states: tuple[str, ...] = STATES) -> list[Submission]:
    return [sent(shelf, area, round_) for area in (*states, "FI") for round_ in ROUNDS]


def test_the_others_are_given_for_this_round_and_the_one_before(shelf: Shelf) -> None:
    found = Peers(shelf).of(FINLAND, everybody(shelf), ROUNDS)

    assert found is not None
    assert (set(found["area"]), set(found["period"])) == (set(STATES), {"2023", "2024"})


def test_only_totals_that_have_a_value_are_given(shelf: Shelf) -> None:
    found = Peers(shelf).of(FINLAND, everybody(shelf), ROUNDS)

    assert found is not None
    assert (set(found["sex"]), set(found["value"]), len(found)) == ({"_T"}, {10.0}, 24)
    assert list(found.columns) == [*KEY, "value"]


@pytest.mark.parametrize(("others", "compared"), [(8, False), (9, True)])
def test_with_too_few_states_nothing_is_read(shelf: Shelf, others: int, compared: bool) -> None:
    peers = Peers(shelf)
    found = peers.of(FINLAND, everybody(shelf, STATES[:others]), ROUNDS)

    assert (found is not None) is compared


def test_a_file_of_many_areas_has_no_peers(shelf: Shelf) -> None:
    many = Place("sample", "2024", MANY_AREAS)

    assert Peers(shelf).of(many, everybody(shelf), ROUNDS) is None


def test_a_value_of_zero_is_a_value() -> None:
    said = observations("indicator | value\nAA | 0\nBB | ")

    assert list(totals(said)["indicator"]) == ["AA"]
