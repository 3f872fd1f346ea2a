"""The accepted observations of a collection are read once, for this release and all before it."""

from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from metrics.submissions.desk import Desk
from metrics.submissions.ledger import State
from metrics.submissions.table_cache import TableCache
from tests.submitted import FINLAND, csv, place

EMPACT = "empact-cse"


class CountingCache(TableCache):
    """A real cache that writes down what is read from it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.read_keys: list[str] = []

    def read(self, key: str, columns: list[str] | None = None) -> pd.DataFrame | None:
        self.read_keys.append(key)
        return super().read(key, columns)


@pytest.fixture
def first(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "home")
    desk.submit(csv(tmp_path / "1.csv"), **FINLAND)
    return desk


@pytest.fixture
def all_three(first: Desk, tmp_path: Path) -> Desk:
    """The first submission, a later vintage of it, and one of another State."""
    first.submit(csv(tmp_path / "2.csv", INVESTIGATIONS_OPENED="150"), **FINLAND)
    first.submit(csv(tmp_path / "3.csv"), **place("SE"))
    first.close()
    return Desk(first.home)


def states(desk: Desk) -> dict[str, str]:
    return {submission.name: submission.state for submission in desk.ledger.submissions(EMPACT)}


def test_each_table_is_read_once_however_many_releases_are_out(all_three: Desk) -> None:
    all_three.table_cache = cache = CountingCache(all_three.table_cache.folder)
    names = [*states(all_three)]

    history = all_three.accepted_history(EMPACT)
    for number in range(1, len(names) + 1):
        history.current_observations(dict.fromkeys(names[:number], State.CURRENT))
    history.current_observations()
    assert len(cache.read_keys) == len(set(cache.read_keys)) == 3
    assert all(key.endswith("-observations") for key in cache.read_keys)


def test_actions_are_read_of_current_submissions_only(all_three: Desk) -> None:
    all_three.table_cache = cache = CountingCache(all_three.table_cache.folder)

    all_three.actions(EMPACT)
    assert len(cache.read_keys) == 2
    assert all(key.endswith("-actions") for key in cache.read_keys)


def test_what_was_current_for_an_earlier_release_is_chosen_from_the_history(
    first: Desk, tmp_path: Path
) -> None:
    known, current_then = states(first), first.observations(EMPACT)
    first.submit(csv(tmp_path / "2.csv", INVESTIGATIONS_OPENED="150"), **FINLAND)
    history = first.accepted_history(EMPACT)

    assert_frame_equal(history.current_observations(known), current_then)
    assert set(history.current_observations()["value"].dropna()) == {150, 14, 10, 4}
