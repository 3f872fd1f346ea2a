"""What is written below `data` is for its owner only, whatever the umask."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from metrics.core.atomic_files import AtomicFile, create_private, is_open_to_others, make_folder


@pytest.fixture(autouse=True)
def widest_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def test_a_file_and_its_folders_are_for_their_owner(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "raw" / "FI"
    make_folder(folder, tmp_path)
    with AtomicFile(folder / "a.csv") as writing:
        writing.file.write(b"x")
        assert not is_open_to_others(writing.part)

    assert not any(is_open_to_others(path) for path in (tmp_path / "data").rglob("*"))


def test_a_file_that_exists_keeps_its_mode_and_content(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.write_text("x")
    path.chmod(0o640)
    os.close(create_private(path))

    assert is_open_to_others(path)
    assert path.read_text() == "x"


def test_what_does_not_exist_is_open_to_nobody(tmp_path: Path) -> None:
    assert not is_open_to_others(tmp_path / "nothing")


def test_two_threads_may_write_one_file(tmp_path: Path) -> None:
    target = tmp_path / "a"

    def write(letter: bytes) -> None:
        for _ in range(20):
            with AtomicFile(target) as writing:
                writing.file.write(letter * 100)

    with ThreadPoolExecutor(2) as writers:
        list(writers.map(write, [b"a", b"b"]))

    assert target.read_bytes() in {b"a" * 100, b"b" * 100}
    assert [*tmp_path.iterdir()] == [target]
