"""The archive keeps a file whole or not at all, and never writes over one."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.core.atomic_files import AtomicFile, digest_of_file
from metrics.core.errors import SubmissionError
from metrics.submissions.archive import Archive, RawFile, SubmissionKey, minute_after

FI = SubmissionKey("empact-cse", "2025", "FI")
MORNING = datetime(2026, 3, 31, 9, 15, 42, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "raw")


def kept(
    archive: Archive, words: str, place: SubmissionKey = FI, at: datetime = MORNING
) -> RawFile:
    source = archive.folder.parent / "submitted.csv"
    source.write_text(words)
    raw = RawFile(place, archive.next_vintage(place, at), digest_of_file(source)[:8], "csv")
    archive.keep(source, raw)
    return raw


def test_a_file_is_kept_under_collection_round_area_vintage_and_digest(archive: Archive) -> None:
    raw = kept(archive, "victims,12")

    assert raw.key == f"empact-cse/2025/FI/2026-03-31T0915Z-{raw.digest8}.csv"
    assert (archive.folder / raw.key).read_text() == "victims,12"


def test_what_is_kept_is_listed_and_its_digest_verified(archive: Archive) -> None:
    raw = kept(archive, "victims,12")

    assert archive.files_of(FI) == [raw]
    assert archive.digest(raw).startswith(raw.digest8)


def test_a_second_file_in_the_same_minute_gets_the_next_free_one(archive: Archive) -> None:
    vintages = [kept(archive, f"victims,{count}").vintage for count in (1, 2, 3)]

    assert vintages == ["2026-03-31T0915Z", "2026-03-31T0916Z", "2026-03-31T0917Z"]


def test_a_vintage_never_goes_back_even_when_the_clock_does(archive: Archive) -> None:
    kept(archive, "first")

    assert kept(archive, "second", at=MORNING - timedelta(days=9)).vintage == "2026-03-31T0916Z"


def test_areas_do_not_share_their_minutes(archive: Archive) -> None:
    kept(archive, "first")

    sweden = SubmissionKey("empact-cse", "2025", "SE")
    assert kept(archive, "second", sweden).vintage == "2026-03-31T0915Z"


def test_a_vintage_is_in_universal_time(archive: Archive) -> None:
    in_helsinki = datetime.fromisoformat("2026-03-31T12:15:42+03:00")

    assert archive.next_vintage(FI, in_helsinki) == "2026-03-31T0915Z"


def test_nothing_is_written_over(archive: Archive) -> None:
    raw = kept(archive, "victims,12")

    with pytest.raises(SubmissionError, match="never overwritten"):
        archive.keep(archive.folder.parent / "submitted.csv", raw)


def test_a_file_that_was_edited_is_not_believed(archive: Archive) -> None:
    raw = kept(archive, "victims,12")
    archive.path(raw.key).write_text("victims,13")

    with pytest.raises(SubmissionError, match="was changed after it was read"):
        archive.digest(raw)


@pytest.mark.parametrize(
    "key",
    [
        "empact-cse/2025/FI/notes.txt",
        "empact-cse/2025/2026-03-31T0915Z-1f3a9c2e.xlsx",
        "../../etc/2026-03-31T0915Z-1f3a9c2e.xlsx",
        "a/b/c/d/2026-03-31T0915Z-1f3a9c2e.xlsx",
        "empact-cse/2025/FI/2026-03-31T0915Z-1F3A9C2E.xlsx",
        "/empact-cse/2025/FI/2026-03-31T0915Z-1f3a9c2e.xlsx",
    ],
)
def test_a_path_that_is_not_of_the_archive_is_refused(archive: Archive, key: str) -> None:
    with pytest.raises(SubmissionError):
        archive.path(key)


@pytest.mark.parametrize("odd", ["", ".", "..", "a/b", "-x", "FI\n", "è", "x" * 65])
def test_only_plain_names_become_folders(odd: str) -> None:
    with pytest.raises(SubmissionError, match="cannot name a folder"):
        SubmissionKey("empact-cse", "2025", odd)


def test_a_write_that_fails_leaves_neither_file_nor_part(tmp_path: Path) -> None:
    with pytest.raises(TypeError), AtomicFile(tmp_path / "whole.csv") as writing:
        writing.file.writelines([b"half", "no bytes"])  # type: ignore[list-item]

    assert list(tmp_path.iterdir()) == []


def test_a_part_that_was_left_behind_is_not_listed(archive: Archive) -> None:
    raw = kept(archive, "victims,12")
    left = archive.path(raw.key).with_name(".2026-03-31T0916Z-1f3a9c2e.csv.77.part")
    left.write_text("half")

    assert archive.files_of(FI) == [raw]
    assert list(archive.unfinished()) == [left]


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1)))  # noqa: DTZ001
def test_the_minute_after_sorts_right_behind(moment: datetime) -> None:
    vintage = f"{moment:%Y-%m-%dT%H%MZ}"

    assert minute_after(vintage) > vintage
    assert minute_after(vintage) == f"{moment + timedelta(minutes=1):%Y-%m-%dT%H%MZ}"


names = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,20}", fullmatch=True)


@given(names, names, names, st.from_regex(r"[0-9a-f]{8}", fullmatch=True))
def test_a_key_says_all_there_is_to_know(one: str, two: str, three: str, digest8: str) -> None:
    raw = RawFile(SubmissionKey(one, two, three), "2026-03-31T0915Z", digest8, "ods")

    assert RawFile.parse(raw.key) == raw
