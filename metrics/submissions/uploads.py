"""Uploaded files, kept under their digest from upload to confirmation."""

import re
import time
from hashlib import sha256
from pathlib import Path
from typing import IO

from metrics.core.atomic_files import AtomicFile, make_folder
from metrics.core.errors import SubmissionError, UnknownNameError
from metrics.intake.formats.limits import FILE_MEGABYTES, MEGABYTE

# An upload that is not confirmed within a day is deleted.
PATIENCE_SECONDS = 24 * 60 * 60
DIGEST = re.compile(r"[0-9a-f]{64}")
UPLOAD_NAME = re.compile(rf"({DIGEST.pattern})-")
NAME_BYTES = 150  # with the digest before it, short enough for any file system


class Uploads:
    def __init__(self, folder: Path, most_megabytes: int = FILE_MEGABYTES) -> None:
        self.folder = folder
        self.most_megabytes = most_megabytes

    def receive(self, stream: IO[bytes], name: str) -> str:
        """Keep a file until it is confirmed, for a day at most; return its digest."""
        self.drop_abandoned()
        make_folder(self.folder, self.folder.parent)
        digest = sha256()
        size = 0
        writing = AtomicFile(self.folder / harmless_name(name))
        with writing:
            while piece := stream.read(MEGABYTE):
                size += len(piece)
                self._refuse_larger(size, name)
                digest.update(piece)
                writing.file.write(piece)
            self.drop(digest.hexdigest())
            writing.target = self.folder / f"{digest.hexdigest()}-{harmless_name(name)}"
        return digest.hexdigest()

    def path(self, digest: str) -> Path:
        paths = self._paths(digest)
        if not paths:
            raise UnknownNameError(
                f"no file with the digest {digest[:8]!r} waits for confirmation; send it again"
            )
        return paths[0]

    def name(self, digest: str) -> str:
        """The submitter's name of the file, made harmless."""
        return self.path(digest).name.removeprefix(f"{digest}-")

    def path_beside(self, digest: str, name: str) -> Path:
        """The path of a further file that is deleted together with the upload."""
        return self.folder / f"{_verified_digest(digest)}.{name}"

    def drop(self, digest: str) -> None:
        """Delete an upload and everything stored beside it."""
        for path in self.folder.glob(f"{_verified_digest(digest)}[-.]*"):
            path.unlink(missing_ok=True)

    def drop_abandoned(self) -> None:
        """Delete unconfirmed uploads, and partial files of a killed process."""
        oldest = time.time() - PATIENCE_SECONDS
        for path in self.folder.glob("*"):
            if path.is_file() and path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
                if upload := UPLOAD_NAME.match(path.name):
                    self.drop(upload[1])

    def _refuse_larger(self, size: int, name: str) -> None:
        if size > self.most_megabytes * MEGABYTE:
            raise SubmissionError(
                f"{harmless_name(name)!r} is larger than {self.most_megabytes} MB, the "
                "largest file that is taken; send the figures without pictures and other sheets"
            )

    def _paths(self, digest: str) -> list[Path]:
        return list(self.folder.glob(f"{_verified_digest(digest)}-*"))


def _verified_digest(text: str) -> str:
    """Refuse a text that is no digest, because it could name another file."""
    if not DIGEST.fullmatch(text):
        raise UnknownNameError(f"{text!r} is not the digest of a file")
    return text


def harmless_name(name: str) -> str:
    """The last part of a path, without characters that file systems and terminals cannot take."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(letter for letter in last if letter.isprintable()).lstrip(". ") or "file"
    stem, dot, suffix = plain.rpartition(".")
    suffix = dot + suffix[:16]
    cut = (stem or plain).encode()[: NAME_BYTES - len(suffix.encode())].decode(errors="ignore")
    return cut + suffix if stem else cut
