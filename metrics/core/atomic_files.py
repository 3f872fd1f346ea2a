"""Files that are written whole or not at all, and are on the disk when that is said."""

import os
from hashlib import file_digest
from pathlib import Path
from typing import Self


class Writing:
    """A file that stands under its name only when it is whole and on the disk."""

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
        sync(self.target.parent)


def make_folder(folder: Path, below: Path) -> None:
    """The folder and those above it, each noted on the disk by the one it stands in."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for each in missing:
        if each.is_relative_to(below):
            sync(each.parent)


def sync(folder: Path) -> None:
    """A rename is on the disk when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
