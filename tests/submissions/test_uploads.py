"""Files that wait, under names that do no harm."""

import os
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.core.errors import SubmissionError, UnknownNameError
from metrics.intake.formats.limits import MEGABYTE
from metrics.submissions.uploads import NAME_BYTES, Uploads, harmless_name


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path / "uploads", most_megabytes=2)


def test_a_file_is_found_by_its_digest_and_keeps_its_name(uploads: Uploads) -> None:
    digest = uploads.receive(BytesIO(b"victims,12"), "Suomi 2024.csv")

    assert uploads.name(digest) == "Suomi 2024.csv"
    assert uploads.path(digest).read_bytes() == b"victims,12"


def test_the_same_file_under_another_name_waits_once(uploads: Uploads) -> None:
    for name in ("one.csv", "two.csv"):
        digest = uploads.receive(BytesIO(b"victims,12"), name)

    assert uploads.name(digest) == "two.csv"
    assert len(list(uploads.folder.iterdir())) == 1


def test_a_file_that_is_too_large_is_refused_while_it_comes_in(uploads: Uploads) -> None:
    stream = BytesIO(bytes(5 * MEGABYTE))

    with pytest.raises(SubmissionError, match=r"“big.csv” is larger than 2 MB"):
        uploads.receive(stream, "big.csv")
    assert stream.tell() == 3 * MEGABYTE
    assert list(uploads.folder.iterdir()) == []


def test_what_waited_too_long_is_forgotten_when_the_next_file_comes(uploads: Uploads) -> None:
    old = uploads.receive(BytesIO(b"old"), "old.csv")
    os.utime(uploads.path(old), (0, 0))
    uploads.receive(BytesIO(b"new"), "new.csv")

    with pytest.raises(UnknownNameError, match="send it again"):
        uploads.path(old)


@pytest.mark.parametrize("digest", ["", "..", "*", "a" * 63, "A" * 64, f"{'a' * 64}/../x"])
def test_only_a_digest_finds_a_file(uploads: Uploads, digest: str) -> None:
    with pytest.raises(UnknownNameError, match="is not the digest of a file"):
        uploads.path(digest)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("fi.xlsx", "fi.xlsx"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\a\fi.xlsx", "fi.xlsx"),
        (".hidden.csv", "hidden.csv"),
        ("a\nb\x1b[2J.csv", "ab[2J.csv"),
        ("", "file"),
        ("..", "file"),
        ("Δεδομένα.ods", "Δεδομένα.ods"),
        ("no suffix", "no suffix"),
    ],
)
def test_a_name_keeps_what_is_harmless(name: str, kept: str) -> None:
    assert harmless_name(name) == kept


@given(st.text(max_size=400))
def test_any_name_becomes_one_that_a_file_may_have(name: str) -> None:
    kept = harmless_name(name)

    assert kept
    assert "/" not in kept
    assert kept.isprintable()
    assert len(kept.encode()) <= NAME_BYTES + len("x" * 64 + "-")
    assert harmless_name(kept) == kept
