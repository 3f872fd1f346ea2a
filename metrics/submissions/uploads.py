"""Files between drop and confirmation, and tables that can be made again: never a last copy."""

import re
import time
from hashlib import sha256
from pathlib import Path
from typing import IO

import pandas as pd

from metrics.core.atomic_files import Writing, make_folder
from metrics.core.errors import SubmissionError, UnknownNameError

MEGABYTE = 2**20
# A file that nobody confirmed within a day is forgotten.
PATIENCE_SECONDS = 24 * 60 * 60
DIGEST = re.compile(r"[0-9a-f]{64}")
NAME_BYTES = 150  # with the digest before it, within what file systems allow


class Staging:
    def __init__(self, folder: Path, most_megabytes: int = 50) -> None:
        self.most_megabytes = most_megabytes
        self.uploads = folder / "uploads"
        self.tables = folder / "tables"

    def receive(self, stream: IO[bytes], name: str) -> str:
        """Keep what is streamed until it is confirmed; its digest is what it goes by."""
        self.forget(older_than=PATIENCE_SECONDS)
        make_folder(self.uploads, self.uploads.parent)
        digest = sha256()
        size = 0
        writing = Writing(self.uploads / safe(name))
        with writing:
            while piece := stream.read(MEGABYTE):
                size += len(piece)
                self._refuse_larger(size, name)
                digest.update(piece)
                writing.file.write(piece)
            self.drop(digest.hexdigest())
            writing.target = self.uploads / f"{digest.hexdigest()}-{safe(name)}"
        return digest.hexdigest()

    def path(self, digest: str) -> Path:
        found = self._found(digest)
        if not found:
            raise UnknownNameError(
                f"no file with the digest {digest[:8]!r} waits for confirmation; send it again"
            )
        return found[0]

    def name(self, digest: str) -> str:
        """What the submitter calls the file."""
        return self.path(digest).name.removeprefix(f"{digest}-")

    def drop(self, digest: str) -> None:
        for path in self._found(digest):
            path.unlink(missing_ok=True)

    def forget(self, older_than: float) -> None:
        """Drop what was left waiting, also what a killed process had half received."""
        for path in self.uploads.glob("*"):
            if path.is_file() and time.time() - path.stat().st_mtime > older_than:
                path.unlink(missing_ok=True)

    def table(self, key: str, columns: list[str] | None = None) -> pd.DataFrame | None:
        """A table that was kept; None where it is gone or broken, and has to be made again."""
        path = self.tables / f"{key}.parquet"
        try:
            return pd.read_parquet(path, columns=columns)
        except (OSError, ValueError):  # pyarrow's error for what is no table is a ValueError
            return None

    def keep_table(self, key: str, table: pd.DataFrame) -> None:
        path = self.tables / f"{key}.parquet"
        make_folder(path.parent, self.tables)
        with Writing(path) as writing:
            table.to_parquet(writing.file, index=False, compression="zstd")

    def _refuse_larger(self, size: int, name: str) -> None:
        if size > self.most_megabytes * MEGABYTE:
            raise SubmissionError(
                f"{safe(name)!r} is larger than {self.most_megabytes} MB, the largest file that "
                "is taken; send the figures without pictures and other sheets"
            )

    def _found(self, digest: str) -> list[Path]:
        if not DIGEST.fullmatch(digest):
            raise UnknownNameError(f"{digest!r} is not the digest of a file")
        return list(self.uploads.glob(f"{digest}-*"))


def safe(name: str) -> str:
    """The last part of a name, without what a file system or a terminal would trip over."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(letter for letter in last if letter.isprintable()).lstrip(". ") or "file"
    stem, dot, suffix = plain.rpartition(".")
    suffix = dot + suffix[:16]
    cut = (stem or plain).encode()[: NAME_BYTES - len(suffix.encode())].decode(errors="ignore")
    return cut + suffix if stem else cut
