"""What waits and what is kept beside the archive: for how long, how large, and under which name."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import algorithms_guaranteed, new, sha256
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest

from metrics.core.atomic_files import AtomicFile, digest_of_file, make_folder
from metrics.core.errors import SubmissionError, UnknownNameError
from metrics.intake.formats.limits import MEGABYTE
from metrics.submissions.accepted_cache import concat_tables, scope_of_submission
from metrics.submissions.archive import MANY_AREAS, Archive, RawFile, SubmissionKey
from metrics.submissions.uploads import (
    NAME_BYTES,
    SENDER,
    Announced,
    BrokenOffError,
    Quota,
    QuotaError,
    Uploads,
    harmless_name,
)

FI = SubmissionKey("empact-cse", "2025", "FI")


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path / "uploads", most_megabytes=1)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "raw")


def kept(archive: Archive, words: str, vintage: str = "2026-03-31T0915Z") -> RawFile:
    source = archive.folder.parent / "submitted.csv"
    source.write_text(words)
    raw = RawFile(FI, vintage, digest_of_file(source)[:8], "csv")
    archive.keep(source, raw)
    return raw


def test_a_file_of_exactly_the_largest_size_is_taken(uploads: Uploads) -> None:
    digest = uploads.receive(BytesIO(bytes(MEGABYTE)), "figures.csv")
    with pytest.raises(SubmissionError, match=r"“figures.csv” is larger than 1 MB"):
        uploads.receive(BytesIO(bytes(MEGABYTE + 1)), "figures.csv")

    assert [*uploads.folder.iterdir()] == [uploads.path(digest)]


@pytest.mark.parametrize(("hours", "waits"), [(23, True), (25, False)])
def test_an_upload_is_forgotten_after_a_day(uploads: Uploads, hours: int, waits: bool) -> None:
    old = uploads.path(uploads.receive(BytesIO(b"old"), "old.csv"))
    since = time.time() - hours * 60 * 60
    os.utime(old, (since, since))
    uploads.receive(BytesIO(b"new"), "new.csv")

    assert old.exists() is waits


def test_a_part_that_a_killed_process_left_is_forgotten_too(uploads: Uploads) -> None:
    digest = uploads.receive(BytesIO(b"new"), "new.csv")
    part = uploads.folder / ".old.csv.7.part"
    part.write_text("half")
    os.utime(part, (0, 0))
    uploads.drop_abandoned()

    assert [*uploads.folder.iterdir()] == [uploads.path(digest)]


def test_to_drop_what_is_gone_does_no_harm(uploads: Uploads) -> None:
    digest = uploads.receive(BytesIO(b"new"), "new.csv")
    uploads.drop(digest)
    uploads.drop(digest)

    with pytest.raises(UnknownNameError, match=f"“{digest[:8]}” waits for confirmation"):
        uploads.name(digest)


@pytest.mark.parametrize("name", ["a" * 64 + "-b.csv", "-.csv", "x-y-z.csv"])
def test_the_digest_before_a_name_is_no_part_of_it(uploads: Uploads, name: str) -> None:
    assert uploads.name(uploads.receive(BytesIO(b"x"), name)) == name


@pytest.mark.parametrize(
    ("name", "kept_name"),
    [
        ("n" * 400 + ".csv", "n" * (NAME_BYTES - 4) + ".csv"),
        ("Ω" * 400 + ".ods", "Ω" * ((NAME_BYTES - 4) // 2) + ".ods"),
        ("n." + "s" * 40, "n." + "s" * 16),
    ],
)
def test_a_long_name_is_cut_before_its_suffix(name: str, kept_name: str) -> None:
    assert harmless_name(name) == kept_name


@pytest.mark.parametrize(
    ("place", "asked"),
    [
        (FI, {"collection": "empact-cse", "round": "2025", "area": "FI"}),
        (
            SubmissionKey("published", "2025", MANY_AREAS),
            {"collection": "published", "round": "2025"},
        ),
    ],
)
def test_of_a_file_of_many_areas_none_is_asked_for(
    place: SubmissionKey, asked: dict[str, str]
) -> None:
    assert scope_of_submission(place) == asked


def test_tables_that_say_nothing_leave_their_columns() -> None:
    nothing = pd.DataFrame({"area": pd.Series([], dtype="str")})
    said = pd.DataFrame({"area": ["FI"]})

    assert [*concat_tables([nothing, nothing]).columns] == ["area"]
    assert concat_tables([nothing, said, said]).to_dict("list") == {"area": ["FI", "FI"]}


@pytest.fixture
def limited(tmp_path: Path) -> Uploads:
    of_sender, of_all = Quota(files=2, megabytes=2), Quota(files=3, megabytes=3)
    return Uploads(tmp_path / "uploads", 2, of_sender, of_all)


def test_a_sender_may_have_so_many_files_waiting(limited: Uploads) -> None:
    first, _ = (receive(limited, content, "one") for content in (b"a", b"b"))
    with pytest.raises(QuotaError, match="you have sent 2 files"):
        receive(limited, b"c", "one")
    receive(limited, b"c", "two")
    with pytest.raises(QuotaError, match="3 files of"):
        receive(limited, b"d", "two")

    limited.drop(first)
    assert receive(limited, b"d", "one")


def test_a_sender_may_have_so_many_bytes_waiting(limited: Uploads) -> None:
    receive(limited, bytes(MEGABYTE), "one")
    with pytest.raises(QuotaError, match="you have sent"):
        receive(limited, bytes(MEGABYTE + 1), "one")
    receive(limited, bytes(MEGABYTE + 1), "two")
    with pytest.raises(QuotaError, match="wait for confirmation"):
        receive(limited, bytes(MEGABYTE), "three")


def test_what_is_being_received_counts_for_all(limited: Uploads) -> None:
    make_folder(limited.folder, limited.folder)
    with AtomicFile(limited.folder / "slow.csv") as writing:
        writing.file.write(bytes(2 * MEGABYTE))
        writing.file.flush()
        with pytest.raises(QuotaError, match="wait for confirmation"):
            receive(limited, bytes(2 * MEGABYTE), "one")


def test_files_that_come_together_do_not_pass_the_quota(limited: Uploads) -> None:
    """The first is received while the second is; there is room for one."""

    class Slow(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if not self.tell():
                receive(limited, bytes(MEGABYTE + 1), "one")
            return super().read(size)

    slow = Slow(bytes(MEGABYTE))
    with pytest.raises(QuotaError, match="you have sent 1 files"):
        limited.receive(slow, "b.csv", Announced("one"))
    assert len([*limited.folder.glob("*-*.csv")]) == 1


def test_the_address_of_a_sender_is_not_kept(limited: Uploads) -> None:
    receive(limited, b"a", "192.0.2.7")

    assert all(b"192.0.2.7" not in path.read_bytes() for path in limited.folder.iterdir())


def test_the_address_of_a_sender_is_not_found_by_trying_all(limited: Uploads) -> None:
    receive(limited, b"a", "192.0.2.7")
    noted = next(limited.folder.glob(f"*.{SENDER}")).read_text()
    digests = [new(name) for name in algorithms_guaranteed if not name.startswith("shake")]
    for digest in digests:
        digest.update(b"192.0.2.7")

    assert noted not in {digest.hexdigest() for digest in digests}


def receive(uploads: Uploads, content: bytes, sender: str) -> str:
    return uploads.receive(BytesIO(content), "a.csv", Announced(sender, len(content)))


@pytest.mark.parametrize(
    "announced",
    [
        Announced(size=11),
        Announced(size=9),
        Announced(size=0),
        Announced(digest=sha256(b"another").hexdigest()),
    ],
)
def test_what_is_not_the_announced_file_is_not_kept(uploads: Uploads, announced: Announced) -> None:
    with pytest.raises(BrokenOffError, match="did not arrive whole"):
        uploads.receive(BytesIO(b"victims,12"), "a.csv", announced)

    assert [*uploads.folder.iterdir()] == []


def test_what_is_the_announced_file_is_kept(uploads: Uploads) -> None:
    content = b"victims,12"
    digest = sha256(content).hexdigest()

    assert uploads.receive(BytesIO(content), "a.csv", Announced("", len(content), digest)) == digest


def test_an_upload_is_gone_when_its_day_is_over_even_if_nobody_deleted_it(uploads: Uploads) -> None:
    digest = uploads.receive(BytesIO(b"old"), "old.csv")
    path = uploads.path(digest)
    os.utime(path, (0, 0))

    with pytest.raises(UnknownNameError, match="send it again"):
        uploads.path(digest)
    assert path.exists()
    uploads.drop_abandoned()
    assert [*uploads.folder.iterdir()] == []


def test_a_folder_that_a_killed_process_left_is_deleted(uploads: Uploads) -> None:
    left = uploads.folder / "tmp1"
    left.mkdir(parents=True)
    (left / "copy").write_text("x")
    os.utime(left, (0, 0))
    uploads.drop_abandoned()

    assert not left.exists()


@pytest.mark.parametrize("names", [("a.csv", "a.csv"), ("a.csv", "b.csv")])
def test_uploads_of_the_same_bytes_at_one_moment_are_both_found(
    uploads: Uploads, names: tuple[str, str]
) -> None:
    """An examination that is stored beside the file stays as well."""
    content = b"victims,12"
    digest = sha256(content).hexdigest()
    make_folder(uploads.folder, uploads.folder)
    uploads.path_beside(digest, "examined").write_text("x")

    def receive_and_find(name: str) -> bool:
        for _ in range(20):
            uploads.receive(BytesIO(content), name)
            if uploads.path(digest).name not in {f"{digest}-{known}" for known in names}:
                return False
        return True

    with ThreadPoolExecutor(2) as senders:
        assert all(senders.map(receive_and_find, names))
    assert len([*uploads.folder.glob(f"{digest}-*")]) == 1
    assert uploads.path_beside(digest, "examined").exists()


# The archive


def test_a_file_that_is_gone_is_said_to_be_gone(archive: Archive) -> None:
    raw = kept(archive, "victims,12")
    archive.path(raw.key).unlink()

    with pytest.raises(SubmissionError, match="is not in the archive; restore it from a backup"):
        archive.digest(raw)


def test_a_source_that_is_not_what_was_examined_leaves_nothing(archive: Archive) -> None:
    source = archive.folder.parent / "submitted.csv"
    source.write_text("victims,12")

    with pytest.raises(SubmissionError, match="was changed after it was read"):
        archive.keep(source, RawFile(FI, "2026-03-31T0915Z", "00000000", "csv"))
    assert [path for path in archive.folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("name", [".hidden.csv", ".git/config", "sub/.x/y.csv"])
def test_what_is_hidden_is_no_file_of_the_archive(archive: Archive, name: str) -> None:
    raw = kept(archive, "victims,12")
    hidden = archive.folder / name
    hidden.parent.mkdir(parents=True, exist_ok=True)
    hidden.write_text("x")

    assert [*archive.keys()] == [raw.key]


def test_the_vintages_of_a_place_are_listed_the_oldest_first(archive: Archive) -> None:
    later = kept(archive, "second", "2026-04-01T0000Z")
    first = kept(archive, "first", "2026-03-31T2359Z")
    (archive.path(first.key).parent / "notes.txt").write_text("x")

    assert archive.files_of(FI) == [first, later]


@pytest.mark.parametrize("vintage", ["2026-02-30T0915Z", "2026-03-31T2460Z", "2026-13-01T0915Z"])
def test_a_day_that_does_not_exist_is_no_vintage(vintage: str) -> None:
    with pytest.raises(SubmissionError, match="so it is not a file of the archive"):
        RawFile.parse(f"empact-cse/2025/FI/{vintage}-1f3a9c2e.csv")


def test_a_file_stands_under_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "whole.csv"
    with AtomicFile(target) as writing:
        writing.file.write(b"half")
        assert not target.exists()
        assert writing.part.name.startswith(".whole.csv.")

    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [
        ("whole.csv", b"half")
    ]


def test_folders_are_made_as_deep_as_needed_and_may_be_there(tmp_path: Path) -> None:
    for _ in range(2):
        make_folder(tmp_path / "a" / "b" / "c", tmp_path)

    assert (tmp_path / "a" / "b" / "c").is_dir()
