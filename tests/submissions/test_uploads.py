"""Files that wait, under names that do no harm."""

import os
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.core.errors import SubmissionError, UnknownNameError
from metrics.submissions.uploads import MEGABYTE, NAME_BYTES, Staging, safe


@pytest.fixture
def staging(tmp_path: Path) -> Staging:
    return Staging(tmp_path / "staging", most_megabytes=2)


def test_a_file_is_found_by_its_digest_and_keeps_its_name(staging: Staging) -> None:
    digest = staging.receive(BytesIO(b"victims,12"), "Suomi 2024.csv")

    assert staging.name(digest) == "Suomi 2024.csv"
    assert staging.path(digest).read_bytes() == b"victims,12"


def test_the_same_file_under_another_name_waits_once(staging: Staging) -> None:
    for name in ("one.csv", "two.csv"):
        digest = staging.receive(BytesIO(b"victims,12"), name)

    assert staging.name(digest) == "two.csv"
    assert len(list(staging.uploads.iterdir())) == 1


def test_a_file_that_is_too_large_is_refused_while_it_comes_in(staging: Staging) -> None:
    stream = BytesIO(bytes(5 * MEGABYTE))

    with pytest.raises(SubmissionError, match=r"'big.csv' is larger than 2 MB"):
        staging.receive(stream, "big.csv")
    assert stream.tell() == 3 * MEGABYTE
    assert list(staging.uploads.iterdir()) == []


def test_what_waited_too_long_is_forgotten_when_the_next_file_comes(staging: Staging) -> None:
    old = staging.receive(BytesIO(b"old"), "old.csv")
    os.utime(staging.path(old), (0, 0))
    staging.receive(BytesIO(b"new"), "new.csv")

    with pytest.raises(UnknownNameError, match="send it again"):
        staging.path(old)


@pytest.mark.parametrize("digest", ["", "..", "*", "a" * 63, "A" * 64, f"{'a' * 64}/../x"])
def test_only_a_digest_finds_a_file(staging: Staging, digest: str) -> None:
    with pytest.raises(UnknownNameError, match="is not the digest of a file"):
        staging.path(digest)


def test_a_table_is_kept_until_it_is_asked_for(staging: Staging) -> None:
    table = pd.DataFrame({"area": ["FI"], "value": [12.0]})
    staging.keep_table("a/b/c", table)

    found = staging.table("a/b/c")
    assert found is not None
    assert found.equals(table)
    assert staging.table("a/b/d") is None


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
    assert safe(name) == kept


@given(st.text(max_size=400))
def test_any_name_becomes_one_that_a_file_may_have(name: str) -> None:
    kept = safe(name)

    assert kept
    assert "/" not in kept
    assert kept.isprintable()
    assert len(kept.encode()) <= NAME_BYTES + len("x" * 64 + "-")
    assert safe(kept) == kept
