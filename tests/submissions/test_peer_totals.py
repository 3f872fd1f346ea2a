"""What the desk gives of other states: totals of this round and the one before, and no more."""

from pathlib import Path

import pandas as pd
import pytest

from metrics.catalogue.loader import catalogue
from metrics.core.tables import KEY
from metrics.submissions.accepted_cache import AcceptedObservations, AcceptedTables
from metrics.submissions.archive import MANY_AREAS, Archive, SubmissionKey
from metrics.submissions.ledger import Submission
from metrics.submissions.peer_totals import Peers, PeerTotals, observed_totals
from metrics.submissions.table_cache import TableCache
from tests.intake.rules.broken import STATES
from tests.tables import observations

ROUNDS = ["2022", "2023", "2024"]
FINLAND = SubmissionKey("sample", "2024", "FI")


@pytest.fixture
def accepted(tmp_path: Path) -> AcceptedObservations:
    return AcceptedObservations(
        Archive(tmp_path / "raw"), TableCache(tmp_path / "tables"), catalogue()
    )


def sent(accepted: AcceptedObservations, area: str, round_: str) -> Submission:
    """A submission whose tables are in the cache."""
    digest, place = f"{area}{round_}".ljust(64, "0"), SubmissionKey("sample", round_, area)
    said = observations(f"""
        indicator | sex | period   | area   | value
        AA        | _T  | {round_} | {area} | 10
        AA        | F   | {round_} | {area} | 6
        AA        | M   | {round_} | {area} |
    """)  # fmt: skip
    accepted.write(digest, place, AcceptedTables(said, pd.DataFrame({"goals": ["GA-1.1"]})))
    return Submission(
        collection="sample", round=round_, area=area, digest=digest, vintage="2025-03-01T0900Z",
        file="a.csv", format="csv", size=1, key=f"{place}/2025-03-01T0900Z-00000000.csv", received_at="",
    )  # fmt: skip


def everybody(accepted: AcceptedObservations, states: tuple[str, ...] = STATES) -> list[Submission]:
    return [sent(accepted, area, round_) for area in (*states, "FI") for round_ in ROUNDS]


def compared(peers: Peers, sent: list[Submission], key: SubmissionKey = FINLAND) -> PeerTotals:
    return peers.read(peers.select(key, sent, ROUNDS), key.round)


def test_the_others_are_given_for_this_round_and_the_one_before(
    accepted: AcceptedObservations,
) -> None:
    found = compared(Peers(accepted), everybody(accepted)).totals

    assert found is not None
    assert (set(found["area"]), set(found["period"])) == (set(STATES), {"2023", "2024"})


def test_only_totals_that_have_a_value_are_given(accepted: AcceptedObservations) -> None:
    found = compared(Peers(accepted), everybody(accepted)).totals

    assert found is not None
    assert (set(found["sex"]), set(found["value"]), len(found)) == ({"_T"}, {10.0}, 24)
    assert list(found.columns) == [*KEY, "value"]


@pytest.mark.parametrize(("others", "is_compared"), [(8, False), (9, True)])
def test_with_too_few_states_nothing_is_read(
    accepted: AcceptedObservations, others: int, is_compared: bool
) -> None:
    peers = Peers(accepted)
    found = compared(peers, everybody(accepted, STATES[:others])).totals

    assert (found is not None) is is_compared


def lost(accepted: AcceptedObservations, *areas: str) -> None:
    for area in areas:
        for kept in (accepted.cache.folder / "sample" / "2024" / area).glob("*.parquet"):
            kept.unlink()


def test_a_file_that_is_lost_is_named_and_passed_over(accepted: AcceptedObservations) -> None:
    sent = everybody(accepted)
    lost(accepted, STATES[0])
    found = compared(Peers(accepted), sent)

    assert found.totals is not None
    assert STATES[0] not in set(found.totals[found.totals["period"] == "2024"]["area"])
    (why,) = found.unread
    assert why.key == "not_archived"
    assert f"sample/2024/{STATES[0]}/" in str(why.parameters["file"])


def test_with_too_many_files_lost_nothing_is_compared(accepted: AcceptedObservations) -> None:
    sent = everybody(accepted, STATES[:9])
    lost(accepted, STATES[0])
    found = compared(Peers(accepted), sent)

    assert (found.totals, len(found.unread)) == (None, 1)


def test_a_file_of_many_areas_has_no_peers(accepted: AcceptedObservations) -> None:
    many = SubmissionKey("sample", "2024", MANY_AREAS)

    assert compared(Peers(accepted), everybody(accepted), many) == PeerTotals()


def test_a_value_of_zero_is_a_value() -> None:
    said = observations("indicator | value\nAA | 0\nBB | ")

    assert list(observed_totals(said)["indicator"]) == ["AA"]
