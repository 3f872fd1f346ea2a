"""Archive and ledger together: a file is in both or in neither, whenever the process ends."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, astuple, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from metrics.core.errors import SubmissionError
from metrics.submissions.archive import Archive, RawFile, SubmissionKey
from metrics.submissions.ledger import Ledger, State, Submission, enter, newest_first

MOMENT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True)
class UploadedFile:
    """A file as it came."""

    name: str
    digest: str
    size: int


@dataclass(frozen=True)
class AcceptedFile:
    """An accepted file, and the vintage that its sender was told it would replace."""

    path: Path
    name: str
    format: str
    size: int
    digest: str
    place: SubmissionKey
    observations: int
    actions: int
    replaces: str  # the digest of that vintage
    received: datetime


@dataclass(frozen=True)
class RecoveredFiles:
    """What was found in the archive that the ledger did not know."""

    entered: tuple[Submission, ...] = ()
    strays: tuple[str, ...] = ()  # sentences on files that cannot be part of it


class SubmissionStore:
    def __init__(self, archive: Archive, ledger: Ledger) -> None:
        self.archive = archive
        self.ledger = ledger

    @property
    def is_new(self) -> bool:
        return not self.ledger.exists and not self.archive.folder.exists()

    def current(self, collection: str) -> list[Submission]:
        """The latest vintage of every area and round."""
        known = self.ledger.submissions(collection)
        return [each for each in known if each.state == State.CURRENT]

    def same(self, place: SubmissionKey, digest: str) -> Submission | None:
        """The latest submission of this very file to this very place."""
        with self.ledger.reading() as session:
            return known(session, place, digest)

    def enter(self, arrival: AcceptedFile) -> Submission:
        """Into the archive, then into the ledger, as the only writer."""
        with ExitStack() as undo:
            with self.ledger.writing() as session:
                same = known(session, arrival.place, arrival.digest)
                if same and same.state == State.CURRENT:
                    return same
                refuse_unseen(session, arrival)
                submission = self._submission(arrival)
                stored = self.archive.keep(arrival.path, RawFile.parse(submission.key))
                undo.callback(partial(stored.unlink, missing_ok=True))
                enter(session, submission)
            undo.pop_all()
        return submission

    def adopt(self) -> RecoveredFiles:
        """Enter what only the archive holds: of a fresh clone, or of a process that was killed."""
        strange, strays = self._strange()
        if not strange and not any(self.archive.unfinished()):
            return RecoveredFiles(strays=strays)
        entered = []
        with self.ledger.writing() as session:
            # Nobody else writes now, so what is half written will never be finished.
            for part in self.archive.unfinished():
                part.unlink()
            for submission in self._found(session, strange):
                enter(session, submission)
                entered.append(submission)
        return RecoveredFiles(tuple(entered), strays)

    def verify(self, submissions: Sequence[Submission]) -> None:
        """SubmissionError names the first file that is gone or is not what was submitted."""
        for each in submissions:
            if self.archive.digest(RawFile.parse(each.key)) != each.digest:
                raise SubmissionError(
                    f"{each.key} is not the file with the digest {each.digest} that was "
                    "submitted; restore it from a backup"
                )

    def _submission(self, arrival: AcceptedFile) -> Submission:
        received = arrival.received.astimezone(UTC)
        vintage = self.archive.next_vintage(arrival.place, received)
        raw = RawFile(arrival.place, vintage, arrival.digest[:8], arrival.format)
        file = UploadedFile(arrival.name, arrival.digest, arrival.size)
        submission = submission_of(raw, file, received)
        submission.observations, submission.actions = arrival.observations, arrival.actions
        return submission

    def _strange(self) -> tuple[list[RawFile], tuple[str, ...]]:
        entered = {each.key for each in self.ledger.submissions()}
        strange: list[RawFile] = []
        strays: list[str] = []
        for key in sorted(set(self.archive.keys()) - entered):
            try:
                raw = RawFile.parse(key)
                self.archive.digest(raw)
                strange.append(raw)
            except SubmissionError as wrong:
                strays.append(str(wrong))
        return strange, tuple(strays)

    def _found(self, session: Session, strange: Sequence[RawFile]) -> Iterator[Submission]:
        for raw in strange:
            digest = self.archive.digest(raw)
            path = self.archive.path(raw.key)
            # It may have been entered while this process waited for its turn.
            if session.get(Submission, (*astuple(raw.place), raw.vintage)) is None:
                file = UploadedFile(path.name, digest, path.stat().st_size)
                yield submission_of(raw, file, raw.received)


def submission_of(raw: RawFile, file: UploadedFile, received: datetime) -> Submission:
    return Submission(
        **asdict(raw.place),
        vintage=raw.vintage,
        format=raw.suffix,
        key=raw.key,
        digest=file.digest,
        file=file.name,
        size=file.size,
        received_at=f"{received:{MOMENT}}",
    )


def known(session: Session, place: SubmissionKey, digest: str) -> Submission | None:
    same = newest_first(place).where(Submission.digest == digest)
    return session.scalars(same).first()


def refuse_unseen(session: Session, arrival: AcceptedFile) -> None:
    """What is replaced is what the sender was shown."""
    place = arrival.place
    latest = session.scalars(newest_first(place)).first()
    if (latest.digest if latest else "") != arrival.replaces:
        raise SubmissionError(
            f"{place} was submitted meanwhile ({latest.vintage if latest else 'withdrawn'}); "
            "look at the difference again"
        )
