"""Write files and folders so that a crash at any moment leaves the old state or the new one."""

import os
from hashlib import file_digest
from pathlib import Path
from typing import Self


class AtomicFile:
    """Write to a temporary file, fsync it, and rename it on success."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.part = target.with_name(f".{target.name}.{os.getpid()}.part")
        self.file = self.part.open("wb")

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
    folder.mkdir(parents=True, exist_ok=True)
    for path in missing:
        if path.is_relative_to(below):
            sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Fsync a folder: only then is a rename within it durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def digest_of_file(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
