"""The files below `data/raw`: submitted files, written once and never edited."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from typing import Self

from metrics.core.atomic_files import AtomicFile, digest_of_file, make_folder
from metrics.core.errors import SubmissionError

# The area of a submission about many areas, such as the published figures.
MANY_AREAS = "many"
VINTAGE = "%Y-%m-%dT%H%MZ"
GROUP = ".group"
FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
FILE_NAME = re.compile(
    r"(?P<vintage>\d{4}-\d\d-\d\dT\d{4}Z)-(?P<digest8>[0-9a-f]{8})(?P<part>-part)?\.(?P<suffix>\w+)"
)


@dataclass(frozen=True, order=True)
class SubmissionKey:
    """The collection, round and area that a submission is for."""

    collection: str
    round: str
    area: str

    def __str__(self) -> str:
        return f"{self.collection}/{self.round}/{self.area}"

    def __post_init__(self) -> None:
        for part in (self.collection, self.round, self.area):
            if not FOLDER.fullmatch(part):
                raise SubmissionError("no_folder_name", name=part)


@dataclass(frozen=True, order=True)
class RawFile:
    """One file of the archive, as its path describes it."""

    submission_key: SubmissionKey
    vintage: str
    digest8: str
    suffix: str
    is_part: bool = False  # figures that are not in it stay as in the vintage before

    @property
    def key(self) -> str:
        part = "-part" if self.is_part else ""
        return f"{self.submission_key}/{self.vintage}-{self.digest8}{part}.{self.suffix}"

    @property
    def received(self) -> datetime:
        return moment_of(self.vintage)

    @classmethod
    def parse(cls, key: str) -> Self:
        *folders, name = PurePosixPath(key).parts
        match = _match_name(name)
        if match is None or len(folders) != len(SubmissionKey.__dataclass_fields__):
            raise SubmissionError("not_of_archive", file=key)
        submission_key, is_part = SubmissionKey(*folders), match["part"] is not None
        return cls(submission_key, match["vintage"], match["digest8"], match["suffix"], is_part)


class Archive:
    """Keep files under their digest. An object store with put, list and get could replace it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, source: Path, raw: RawFile) -> Path:
        """Write a file once and atomically, even if the machine stops meanwhile."""
        target = self.path(raw.key)
        if target.exists():
            raise SubmissionError("archived_already", file=raw.key)
        make_folder(target.parent, self.folder)
        with source.open("rb") as reader, AtomicFile(target) as writer:
            copyfileobj(reader, writer.file)
            writer.file.flush()
            self._refuse_other(raw, digest_of_file(writer.part))
        return target

    def announce(self, keys: Sequence[str]) -> Path:
        """Write down, before the first is kept, which files will be kept together."""
        first = self.path(keys[0])
        make_folder(first.parent, self.folder)
        group = first.with_name(f".{first.name}{GROUP}")
        with AtomicFile(group) as writer:
            writer.file.write(json.dumps([*keys]).encode())
        return group

    def groups(self) -> Iterator[tuple[Path, list[RawFile]]]:
        """The groups that were announced and not yet kept to the end."""
        for path in self.folder.glob(f"*/*/*/.*{GROUP}"):
            yield path, [RawFile.parse(key) for key in json.loads(path.read_bytes())]

    def next_vintage(self, key: SubmissionKey, received: datetime, planned: str = "") -> str:
        """The minute of receipt, or the minute after the latest vintage: vintages only increase.

        `planned` is a vintage that will be kept before.
        """
        vintage = f"{received.astimezone(UTC):{VINTAGE}}"
        latest = max([planned, *(raw.vintage for raw in self.files_of(key))])
        return vintage if vintage > latest else minute_after(latest)

    def path(self, key: str) -> Path:
        return self.folder / RawFile.parse(key).key

    def files_of(self, key: SubmissionKey) -> list[RawFile]:
        """The vintages of one submission, oldest first; ignores other files."""
        paths = [path for path in self.keys(f"{key}/*") if _match_name(PurePosixPath(path).name)]
        return sorted(map(RawFile.parse, paths))

    def keys(self, pattern: str = "**/*") -> Iterator[str]:
        """The paths of all files that are not hidden, including files that do not belong there."""
        for path in self.folder.glob(pattern):
            key = path.relative_to(self.folder).as_posix()
            is_hidden = any(part.startswith(".") for part in PurePosixPath(key).parts)
            if path.is_file() and not is_hidden:
                yield key

    def digest(self, raw: RawFile) -> str:
        """Compute the digest of a file; SubmissionError if it is missing or was changed."""
        path = self.path(raw.key)
        if not path.exists():
            raise SubmissionError("not_archived", file=raw.key)
        digest = digest_of_file(path)
        self._refuse_other(raw, digest)
        return digest

    def _refuse_other(self, raw: RawFile, digest: str) -> None:
        if not digest.startswith(raw.digest8):
            raise SubmissionError("changed_in_archive", file=raw.key, digest=digest[:8])

    def unfinished(self) -> Iterator[Path]:
        """Partial files of a killed process: never part of the archive."""
        return self.folder.glob("*/*/*/.*.part")


def minute_after(vintage: str) -> str:
    return f"{moment_of(vintage) + timedelta(minutes=1):{VINTAGE}}"


def moment_of(vintage: str) -> datetime:
    return datetime.strptime(vintage, VINTAGE).replace(tzinfo=UTC)


def _match_name(name: str) -> re.Match[str] | None:
    match = FILE_NAME.fullmatch(name)
    try:
        moment_of(match["vintage"] if match else "")
    except ValueError:  # not a vintage, or an impossible date
        return None
    return match
