"""Uploaded files, kept under their digest from upload to confirmation."""

import re
import time
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from hashlib import blake2b, sha256
from pathlib import Path
from secrets import token_bytes
from shutil import rmtree
from typing import IO

from metrics.core.atomic_files import AtomicFile, lock_folder, make_folder
from metrics.core.errors import SubmissionError, UnknownNameError
from metrics.intake.formats.limits import FILE_MEGABYTES, MEGABYTE

# An upload that is not confirmed within a day is deleted.
PATIENCE_SECONDS = 24 * 60 * 60
DIGEST = re.compile(r"[0-9a-f]{64}")
UPLOAD_NAME = re.compile(rf"({DIGEST.pattern})-")
NAME_BYTES = 150  # with the digest before it, short enough for any file system
SENDER = "sender"  # the file beside an upload that says whose quota it counts for
REASON = "reason"  # the file beside it that says why what looks like data about a person is none
# Made when the server starts, before it forks its workers, and written nowhere: without it nobody
# can try all addresses until one fits the digest that is stored beside an upload.
SENDER_KEY = token_bytes(32)


class QuotaError(SubmissionError):
    """The limit of unconfirmed uploads is reached."""


class BrokenOffError(SubmissionError):
    """The file that arrived is not the one that was announced."""


@dataclass(frozen=True)
class Quota:
    """How much may wait for confirmation at a time."""

    files: int
    megabytes: int

    def refuse_more(self, sizes: list[int], announced: int, whose: str) -> None:
        if len(sizes) >= self.files or sum(sizes) + announced > self.megabytes * MEGABYTE:
            raise QuotaError(
                whose,
                number=len(sizes),
                size=sum(sizes) // MEGABYTE,
                most=self.files,
                megabytes=self.megabytes,
            )


@dataclass(frozen=True)
class Announced:
    """What a sender announces of a file: size in bytes and SHA-256 digest, if known."""

    sender: str = ""  # any text that is the same for all files of one sender
    size: int | None = None
    digest: str = ""
    contested: str | None = None  # why what looks like data about a person is none, if contested

    def refuse_other(self, size: int, digest: str) -> None:
        if self.size not in {None, size} or self.digest not in {"", digest}:
            raise BrokenOffError("broken_off")


NOTHING_ANNOUNCED = Announced()


class Uploads:
    def __init__(
        self,
        folder: Path,
        most_megabytes: int = FILE_MEGABYTES,
        of_sender: Quota = Quota(files=100, megabytes=250),
        of_all: Quota = Quota(files=1000, megabytes=1000),
    ) -> None:
        self.folder = folder
        self.most_megabytes = most_megabytes
        self.of_sender = of_sender
        self.of_all = of_all

    def receive(
        self, stream: IO[bytes], name: str, announced: Announced = NOTHING_ANNOUNCED
    ) -> str:
        """Keep a file until it is confirmed, for a day at most; return its digest."""
        self.drop_abandoned()
        make_folder(self.folder, self.folder.parent)
        self._refuse_over_quota(announced.sender, announced.size or 0)
        with ExitStack() as kept, AtomicFile(self.folder / harmless_name(name)) as writing:
            digest, size = self._copy(stream, writing.file, name)
            announced.refuse_other(size, digest)
            kept.enter_context(lock_folder(self.folder))
            # Others may have been received since.
            self._refuse_over_quota(announced.sender, size, writing.part.name)
            self._note_sender(digest, announced.sender)
            self._note_reason(digest, announced.contested or "")
            writing.target = self.folder / f"{digest}-{harmless_name(name)}"
            kept.callback(self._drop_other_names, writing.target, digest)
        return digest

    def path(self, digest: str) -> Path:
        # While an upload gets its name, there may be none or two.
        with lock_folder(self.folder) if self.folder.exists() else nullcontext():
            paths = [path for path in self._paths(digest) if not _is_expired(path)]
        if not paths:
            raise UnknownNameError("no_upload", digest=digest[:8])
        return paths[0]

    def name(self, digest: str) -> str:
        """The submitter's name of the file, made harmless."""
        return self.path(digest).name.removeprefix(f"{digest}-")

    def contested(self, digest: str) -> str:
        """Why what looks like data about a person in an upload is none; empty if nobody says so."""
        note = self.path_beside(digest, REASON)
        return note.read_text(encoding="utf-8") if note.exists() else ""

    def path_beside(self, digest: str, name: str) -> Path:
        """The path of a further file that is deleted together with the upload."""
        return self.folder / f"{_verified_digest(digest)}.{name}"

    def drop(self, digest: str) -> None:
        """Delete an upload and everything stored beside it."""
        for path in self.folder.glob(f"{_verified_digest(digest)}[-.]*"):
            path.unlink(missing_ok=True)

    def drop_abandoned(self) -> None:
        """Delete unconfirmed uploads, and what a killed process left."""
        for path in filter(_is_expired, self.folder.glob("*")):
            if path.is_dir():
                rmtree(path, ignore_errors=True)
                continue
            path.unlink(missing_ok=True)
            if upload := UPLOAD_NAME.match(path.name):
                self.drop(upload[1])

    def _copy(self, stream: IO[bytes], target: IO[bytes], name: str) -> tuple[str, int]:
        """Copy a file; return its digest and size."""
        digest, size = sha256(), 0
        while piece := stream.read(MEGABYTE):
            size += len(piece)
            self._refuse_larger(size, name)
            digest.update(piece)
            target.write(piece)
        return digest.hexdigest(), size

    def _refuse_larger(self, size: int, name: str) -> None:
        if size > self.most_megabytes * MEGABYTE:
            raise SubmissionError(
                "large_upload", file=harmless_name(name), most=self.most_megabytes
            )

    def _refuse_over_quota(self, sender: str, coming: int, own_part: str = "") -> None:
        """Count what waits and what is being received now, of the sender and of all."""
        paths = [path for path in self.folder.iterdir() if path.name != own_part]
        sizes = {path.name: size for path in paths if (size := _size(path))}
        uploads = {name: size for name, size in sizes.items() if UPLOAD_NAME.match(name)}
        own = [size for name, size in uploads.items() if self._is_of(sender, name)]
        self.of_sender.refuse_more(own, coming, "quota_of_sender")
        parts = [size for name, size in sizes.items() if name.startswith(".")]
        self.of_all.refuse_more([*uploads.values(), *parts], coming, "quota_of_all")

    def _note_sender(self, digest: str, sender: str) -> None:
        if sender:
            with AtomicFile(self.path_beside(digest, SENDER)) as note:
                note.file.write(_pseudonym(sender).encode())

    def _note_reason(self, digest: str, reason: str) -> None:
        """Keep the reason of the last sender of a file; none of one before."""
        path = self.path_beside(digest, REASON)
        path.unlink(missing_ok=True)
        if reason:
            with AtomicFile(path) as note:
                note.file.write(reason.encode())

    def _is_of(self, sender: str, name: str) -> bool:
        note = self.path_beside(name[: len(sha256().hexdigest())], SENDER)
        try:
            return bool(sender) and note.read_text() == _pseudonym(sender)
        except OSError:  # it had no sender, or was confirmed meanwhile
            return False

    def _drop_other_names(self, newest: Path, digest: str) -> None:
        if newest.exists():
            for path in self._paths(digest):
                if path != newest:
                    path.unlink(missing_ok=True)

    def _paths(self, digest: str) -> list[Path]:
        return list(self.folder.glob(f"{_verified_digest(digest)}-*"))


def _is_expired(path: Path) -> bool:
    try:
        return path.stat().st_mtime < time.time() - PATIENCE_SECONDS
    except FileNotFoundError:
        return True


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _pseudonym(sender: str) -> str:
    return blake2b(sender.encode(), key=SENDER_KEY).hexdigest()


def _verified_digest(text: str) -> str:
    """Refuse a text that is no digest, because it could name another file."""
    if not DIGEST.fullmatch(text):
        raise UnknownNameError("no_digest", text=text)
    return text


def harmless_name(name: str) -> str:
    """The last part of a path, without characters that file systems and terminals cannot take."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(letter for letter in last if letter.isprintable()).lstrip(". ") or "file"
    stem, dot, suffix = plain.rpartition(".")
    suffix = dot + suffix[:16]
    cut = (stem or plain).encode()[: NAME_BYTES - len(suffix.encode())].decode(errors="ignore")
    return cut + suffix if stem else cut
