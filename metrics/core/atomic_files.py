"""Write files for their owner only, so that a crash leaves the old state or the new one."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import Self

OWNER_ONLY = 0o600
OWNER_ONLY_FOLDER = 0o700
OTHERS = 0o077


class AtomicFile:
    """Write to a temporary file, fsync it, and rename it on success."""

    def __init__(self, target: Path) -> None:
        self.target = target
        # Two threads may write files of one name at the same moment.
        self.part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
        self.file = os.fdopen(create_private(self.part), "wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self.file.flush()
            os.fsync(self.file.fileno())
        self.file.close()
        if kind is not None:
            self.part.unlink()
            return
        self.part.replace(self.target)
        sync_folder(self.target.parent)


def make_folder(folder: Path, below: Path) -> None:
    """Create a folder and its parents, and fsync the parent of each new one."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(mode=OWNER_ONLY_FOLDER, exist_ok=True)
    for path in missing:
        if path.is_relative_to(below):
            sync_folder(path.parent)


def create_private(path: Path) -> int:
    """Open a file to write, made for its owner only if it is missing; return its descriptor."""
    return os.open(path, os.O_WRONLY | os.O_CREAT, OWNER_ONLY)


def is_open_to_others(path: Path) -> bool:
    """Whether an account other than the owner's may do anything with a file or folder."""
    return path.exists() and bool(path.stat().st_mode & OTHERS)


def sync_folder(folder: Path) -> None:
    """Fsync a folder: only then is a rename within it durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Let threads and processes that change the files of a folder follow each other."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def digest_of_file(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
