"""Whatever is sent, in whatever order and by whatever clock: the last that came is what stands."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from metrics.core.errors import SubmissionError
from metrics.submissions.archive import Archive, SubmissionKey
from metrics.submissions.desk import Desk
from metrics.submissions.ledger import Ledger, ReleaseEntry, State, Submission, enter_submission
from metrics.submissions.submission_store import AcceptedFile

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)
Sent = tuple[str, str, int]  # area, what the file says, minutes after noon by the clock

SEQUENCES = st.lists(
    st.tuples(st.sampled_from(["FI", "SE"]), st.sampled_from("abc"), st.integers(-3, 3)),
    min_size=1,
    max_size=6,
)


@contextmanager
def workspace() -> Iterator[Desk]:
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder) / "home")
        yield desk
        desk.close()


def arrival(desk: Desk, sent: Sent, replaces: str) -> AcceptedFile:
    area, says, minutes = sent
    path = desk.home.parent / f"{area}.csv"
    path.write_text(says)
    place = SubmissionKey("empact-cse", "2024", area)
    received = NOON + timedelta(minutes=minutes)
    return AcceptedFile(path, path.name, "csv", 1, digest(says), place, 1, 0, replaces, received)


def digest(says: str) -> str:
    return sha256(says.encode()).hexdigest()


def current(desk: Desk) -> dict[str, str]:
    return {submission.area: submission.digest for submission in desk.store.current("empact-cse")}


def send(desk: Desk, *sequence: Sent) -> list[Submission]:
    """Each sender has seen what stands."""
    return [
        desk.store.enter(arrival(desk, sent, current(desk).get(sent[0], ""))) for sent in sequence
    ]


def last(sequence: Sequence[Sent]) -> dict[str, str]:
    return {area: digest(says) for area, says, _ in sequence}


@settings(max_examples=8, deadline=None)
@given(SEQUENCES)
@example([("FI", "a", 0), ("FI", "b", 0), ("FI", "a", 0)])
@example([("FI", "a", 2), ("FI", "b", 0)])
def test_what_came_last_stands_and_is_told_first(sequence: list[Sent]) -> None:
    with workspace() as desk:
        send(desk, *sequence)
        table = desk.submissions_table("empact-cse")

        assert current(desk) == last(sequence)
        newest = table.drop_duplicates("area")
        assert dict(zip(newest["area"], newest["digest"], strict=True)) == last(sequence)
        assert set(newest["state"]) == {State.CURRENT}
        assert (table["state"] == State.CURRENT).sum() == len(newest)


@settings(max_examples=5, deadline=None)
@given(SEQUENCES)
@example([("FI", "a", 0), ("FI", "b", 0), ("FI", "a", 0)])
def test_a_ledger_that_was_lost_is_made_again_from_the_archive(sequence: list[Sent]) -> None:
    columns = ["area", "vintage", "digest", "state", "again"]
    with workspace() as desk:
        send(desk, *sequence)
        before = desk.submissions_table()[columns].sort_values(columns, ignore_index=True)
        desk.close()
        for path in (desk.home / "data").glob("ledger.sqlite*"):
            path.unlink()

        after = Desk(desk.home).submissions_table()[columns].sort_values(columns, ignore_index=True)
        assert after.equals(before)


@settings(max_examples=5, deadline=None)
@given(SEQUENCES)
def test_vintages_only_grow_and_only_a_file_that_stands_is_not_kept_again(
    sequence: list[Sent],
) -> None:
    with workspace() as desk:
        entered = [submission for submission in send(desk, *sequence) if submission.area == "FI"]
        kept = desk.archive.files_of(SubmissionKey("empact-cse", "2024", "FI"))

    vintages = [submission.vintage for submission in entered]
    assert vintages == sorted(vintages)
    assert sorted(set(vintages)) == [raw.vintage for raw in kept]
    repeats = sum(one.digest == other.digest for one, other in pairwise(entered))
    assert len(kept) == len(entered) - repeats


def test_what_a_sender_has_not_seen_is_not_replaced_and_leaves_no_file() -> None:
    with workspace() as desk:
        send(desk, ("FI", "a", 0))
        with pytest.raises(SubmissionError, match=r"was submitted for \S+ meanwhile"):
            desk.store.enter(arrival(desk, ("FI", "b", 1), replaces=""))

        assert len([*desk.archive.keys()]) == 1
        assert current(desk) == last([("FI", "a", 0)])


def test_a_sender_who_saw_what_is_gone_is_told_so() -> None:
    with workspace() as desk, pytest.raises(SubmissionError, match=r"meanwhile \(withdrawn\)"):
        desk.store.enter(arrival(desk, ("FI", "a", 0), replaces=digest("b")))


def test_a_file_that_was_half_written_is_swept_away() -> None:
    with workspace() as desk:
        (sent,) = send(desk, ("FI", "a", 0))
        part = desk.archive.path(sent.key).with_name(".half.csv.7.part")
        part.write_text("half")
        recovered = Desk(desk.home).store.recover_files()

        assert (recovered.entered, recovered.strays, part.exists()) == ((), (), False)


def test_what_only_the_archive_holds_is_entered_once() -> None:
    with workspace() as desk:
        (sent,) = send(desk, ("FI", "a", 0))
        desk.close()
        (desk.home / "data" / "ledger.sqlite").unlink()
        again = Desk(desk.home)

        assert [submission.key for submission in again.store.recover_files().entered] == [sent.key]
        assert again.store.recover_files().entered == ()


@pytest.mark.parametrize("changed", ["gone", "edited"])
def test_a_release_is_not_made_of_files_that_are_not_what_was_submitted(changed: str) -> None:
    with workspace() as desk:
        sent = send(desk, ("FI", "a", 0))
        path = desk.archive.path(sent[0].key)
        if changed == "gone":
            path.unlink()
        else:
            path.write_text("b")

        with pytest.raises(SubmissionError, match="restore it from a backup"):
            desk.store.verify(sent)


def test_of_the_whole_digest_not_only_its_beginning_counts() -> None:
    with workspace() as desk:
        (sent,) = send(desk, ("FI", "a", 0))
        sent.digest = sent.digest[:8] + "0" * 56

        with pytest.raises(SubmissionError, match="is not the file with the digest"):
            desk.store.verify([sent])


def submission(place: SubmissionKey, says: str, minute: int) -> Submission:
    vintage = f"2025-03-01T12{minute:02}Z"
    return Submission(
        collection=place.collection, round=place.round, area=place.area, vintage=vintage,
        digest=digest(says), file="a.csv", format="csv", size=1, received_at="",
        key=f"{place}/{vintage}-{digest(says)[:8]}.csv",
    )  # fmt: skip


PLACES = [
    SubmissionKey(*codes)
    for codes in (("a", "1", "FI"), ("a", "1", "SE"), ("a", "2", "FI"), ("b", "1", "FI"))
]


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.integers(0, 59)), unique=True, max_size=8))
def test_one_vintage_of_a_place_stands_the_newest(entries: list[tuple[SubmissionKey, int]]) -> None:
    with TemporaryDirectory() as folder:
        ledger = Ledger.at(Path(folder))
        for place, minute in entries:
            with ledger.writing() as session:
                enter_submission(session, submission(place, f"{minute}", minute))
        stands = {(submission.collection, submission.round, submission.area, submission.vintage[-3:-1])
                  for submission in ledger.submissions() if submission.state == State.CURRENT}  # fmt: skip
        ledger.close()

    newest = {place: max(minute for at, minute in entries if at == place) for place, _ in entries}
    assert stands == {(*str(place).split("/"), f"{minute:02}") for place, minute in newest.items()}


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    filled = Ledger.at(tmp_path)
    for place in PLACES:
        with filled.writing() as session:
            enter_submission(session, submission(place, str(place), 1))
    for collection, label in (("a", "2"), ("a", "1"), ("b", "3")):
        filled.record(
            ReleaseEntry(collection, label, "f" * 64, "2025-03-01", "2025-03-01T12:00:00Z")
        )
    return filled


@pytest.mark.parametrize(("collection", "places"), [("", PLACES), ("a", PLACES[:3]), ("c", [])])
def test_submissions_are_told_place_by_place(
    ledger: Ledger, collection: str, places: list[SubmissionKey]
) -> None:
    keys = [
        SubmissionKey(submission.collection, submission.round, submission.area)
        for submission in ledger.submissions(collection)
    ]

    assert keys == sorted(places)


def test_a_file_is_found_by_its_digest(ledger: Ledger) -> None:
    found = ledger.submissions(digest=digest(str(PLACES[1])))

    assert [submission.area for submission in found] == ["SE"]


@pytest.mark.parametrize(("collection", "labels"), [("", ["1", "2", "3"]), ("a", ["1", "2"])])
def test_releases_of_one_moment_are_told_by_their_labels(
    ledger: Ledger, collection: str, labels: list[str]
) -> None:
    assert [release.label for release in ledger.releases(collection)] == labels


def test_a_new_workspace_is_new_until_something_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    ledger = Ledger.at(folder)

    assert not ledger.exists
    assert ledger.submissions() == []
    assert ledger.exists
    assert not Archive(folder / "raw").folder.exists()


@pytest.mark.parametrize("url", ["postgresql://somewhere/ledger", "sqlite:////dev/null"])
def test_a_database_elsewhere_is_taken_to_be_there(url: str) -> None:
    assert Ledger(url).exists
