"""The store behind `data/raw`: what was submitted, written once and never edited."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from typing import Self

from metrics.core.atomic_files import Writing, digest_of, make_folder
from metrics.core.errors import SubmissionError

# The area of a submission that speaks of many areas, as published figures do.
MANY_AREAS = "many"
VINTAGE = "%Y-%m-%dT%H%MZ"
FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
NAME = re.compile(r"(?P<vintage>\d{4}-\d\d-\d\dT\d{4}Z)-(?P<digest8>[0-9a-f]{8})\.(?P<suffix>\w+)")


@dataclass(frozen=True, order=True)
class SubmissionKey:
    """Where a submission belongs."""

    collection: str
    round: str
    area: str

    def __str__(self) -> str:
        return f"{self.collection}/{self.round}/{self.area}"

    def __post_init__(self) -> None:
        for part in (self.collection, self.round, self.area):
            if not FOLDER.fullmatch(part):
                raise SubmissionError(
                    f"{part!r} cannot name a folder of the archive; collection, round and area "
                    "are written with letters, digits, - and _"
                )


@dataclass(frozen=True, order=True)
class RawFile:
    """One file of the archive, as its path says."""

    place: SubmissionKey
    vintage: str
    digest8: str
    suffix: str

    @property
    def key(self) -> str:
        return f"{self.place}/{self.vintage}-{self.digest8}.{self.suffix}"

    @property
    def received(self) -> datetime:
        return moment_of(self.vintage)

    @classmethod
    def parse(cls, key: str) -> Self:
        *folders, name = PurePosixPath(key).parts
        match = _parts_of(name)
        if match is None or len(folders) != len(SubmissionKey.__dataclass_fields__):
            raise SubmissionError(
                f"{key!r} is not <collection>/<round>/<area>/<vintage>-<digest>.<suffix>, "
                "so it is not a file of the archive; submit it with `empact submit`"
            )
        return cls(SubmissionKey(*folders), match["vintage"], match["digest8"], match["suffix"])


class Archive:
    """Keeps files under their digest. An object store that can put, list and get may replace it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, source: Path, raw: RawFile) -> Path:
        """Write a file once, whole or not at all, even when the machine stops meanwhile."""
        target = self.path(raw.key)
        if target.exists():
            raise SubmissionError(f"{raw.key} is in the archive already and is never overwritten")
        make_folder(target.parent, self.folder)
        with source.open("rb") as reader, Writing(target) as writer:
            copyfileobj(reader, writer.file)
            writer.file.flush()
            self._refuse_other(raw, digest_of(writer.part))
        return target

    def next_vintage(self, place: SubmissionKey, received: datetime) -> str:
        """The minute of receipt, or the first after the latest there is: vintages only grow."""
        vintage = f"{received.astimezone(UTC):{VINTAGE}}"
        latest = max((raw.vintage for raw in self.listed(place)), default="")
        return vintage if vintage > latest else minute_after(latest)

    def path(self, key: str) -> Path:
        return self.folder / RawFile.parse(key).key

    def listed(self, place: SubmissionKey) -> list[RawFile]:
        """Every file of one place, the oldest vintage first, without what does not belong."""
        keys = [key for key in self.keys(f"{place}/*") if _parts_of(PurePosixPath(key).name)]
        return sorted(map(RawFile.parse, keys))

    def keys(self, pattern: str = "**/*") -> Iterator[str]:
        """Every file below the folder, also one that does not belong there; no hidden ones."""
        for path in self.folder.glob(pattern):
            key = path.relative_to(self.folder).as_posix()
            if path.is_file() and not _is_hidden(key):
                yield key

    def digest(self, raw: RawFile) -> str:
        """The digest of what the file holds now; SubmissionError where it is not what it was."""
        path = self.path(raw.key)
        if not path.exists():
            raise SubmissionError(f"{raw.key} is not in the archive; restore it from a backup")
        digest = digest_of(path)
        self._refuse_other(raw, digest)
        return digest

    def _refuse_other(self, raw: RawFile, digest: str) -> None:
        if not digest.startswith(raw.digest8):
            raise SubmissionError(
                f"{raw.key} would hold a file with the digest {digest[:8]}: it was changed after "
                "it was read; send it again, or restore it from a backup"
            )

    def unfinished(self) -> Iterator[Path]:
        """What a killed process left half written: never part of the archive."""
        return self.folder.glob("*/*/*/.*.part")


def minute_after(vintage: str) -> str:
    return f"{moment_of(vintage) + timedelta(minutes=1):{VINTAGE}}"


def moment_of(vintage: str) -> datetime:
    return datetime.strptime(vintage, VINTAGE).replace(tzinfo=UTC)


def _parts_of(name: str) -> re.Match[str] | None:
    match = NAME.fullmatch(name)
    try:
        moment_of(match["vintage"] if match else "")
    except ValueError:  # no vintage, or the 30th of February
        return None
    return match


def _is_hidden(key: str) -> bool:
    return any(part.startswith(".") for part in PurePosixPath(key).parts)
