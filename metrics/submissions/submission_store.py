"""Archive and ledger together: a file is in both or in neither, even after a crash."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, astuple, dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path

from sqlalchemy import or_
from sqlalchemy.orm import Session

from metrics.core.errors import KeyedText, SubmissionError, SupersededError
from metrics.submissions.archive import Archive, RawFile, SubmissionKey
from metrics.submissions.ledger import (
    Extent,
    Ledger,
    State,
    Submission,
    enter_submission,
    select_vintages,
)
from metrics.submissions.withdrawals import WITHDRAWAL_SUFFIX, Withdrawal

MOMENT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True)
class UploadedFile:
    """A file as it was received, and the digest of its clean copy once there is one."""

    name: str
    digest: str
    size: int
    kept: str = ""


@dataclass(frozen=True)
class AcceptedFile:
    """A file to keep, with the digest of the vintage that its sender agreed to replace.

    `path`, `size` and `digest` are of the clean copy, `sent` is the digest of the file as sent.
    """

    path: Path
    name: str
    format: str
    size: int
    digest: str
    submission_key: SubmissionKey
    observations: int
    actions: int
    replaces: str
    received: datetime
    sent: str = ""
    extent: Extent = Extent.WHOLE
    reason: str | None = None  # why figures are withdrawn


@dataclass(frozen=True)
class RecoveredFiles:
    """Archived files that the ledger did not know."""

    entered: tuple[Submission, ...] = ()
    strays: tuple[KeyedText, ...] = ()  # about files that do not belong in it


class SubmissionStore:
    def __init__(self, archive: Archive, ledger: Ledger) -> None:
        self.archive = archive
        self.recovered = RecoveredFiles()
        self._ledger = ledger

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger, with every file of the archive entered."""
        self.recover_files()
        return self._ledger

    @property
    def is_new(self) -> bool:
        return not self._ledger.exists and not self.archive.folder.exists()

    def close(self) -> None:
        self._ledger.close()

    def current(self, collection: str) -> list[Submission]:
        """The latest vintage of every area and round."""
        submissions = self.ledger.submissions(collection)
        return [submission for submission in submissions if submission.state == State.CURRENT]

    def find_file(self, key: SubmissionKey, extent: Extent, *digests: str) -> Submission | None:
        """Find the latest submission of a file to the same extent, by its digest as sent or kept.

        A part that the whole in force contains is found, too: it changes nothing.
        """
        with self.ledger.reading() as session:
            return _find_file(session, key, extent, digests)

    def vintage_before(self, submission: Submission) -> Submission | None:
        """The vintage of the same area and round that came before one."""
        key = SubmissionKey(submission.collection, submission.round, submission.area)
        earlier = select_vintages(key).where(Submission.vintage < submission.vintage)
        with self.ledger.reading() as session:
            return session.scalars(earlier).first()

    def enter(self, file: AcceptedFile) -> Submission:
        """Write a file to the archive and the ledger, holding the write lock."""
        return self.enter_together([file])[0]

    def enter_together(self, files: Sequence[AcceptedFile]) -> list[Submission]:
        """Write several files to the archive and the ledger: all of them, or none.

        Each may replace the one before it. One that is in force already is only named.
        """
        with ExitStack() as undo, ExitStack() as afterwards:
            with self.ledger.writing() as session:
                known = [_find_current(session, file) for file in files]
                submissions = self._plan_submissions(files, known)
                new = [pair for pair, same in zip(submissions, known, strict=True) if not same]
                if len(new) > 1:
                    group = self.archive.announce([submission.key for _, submission in new])
                    undo.callback(partial(group.unlink, missing_ok=True))
                    afterwards.callback(partial(group.unlink, missing_ok=True))
                for file, submission in new:
                    _refuse_unseen_vintage(session, file)
                    stored = self.archive.keep(file.path, RawFile.parse(submission.key))
                    undo.callback(partial(stored.unlink, missing_ok=True))
                    enter_submission(session, submission)
            undo.pop_all()
        return [submission for _, submission in submissions]

    def _plan_submissions(
        self, files: Sequence[AcceptedFile], known: Sequence[Submission | None]
    ) -> list[tuple[AcceptedFile, Submission]]:
        """The entry of each file: that in force, or a new one with a vintage of its own."""
        latest: dict[SubmissionKey, str] = {}
        planned = []
        for file, same in zip(files, known, strict=True):
            submission = same or self._submission(file, latest.get(file.submission_key, ""))
            latest[file.submission_key] = submission.vintage
            planned.append((file, submission))
        return planned

    def recover_files(self) -> RecoveredFiles:
        """Enter files that only the archive holds, as in a fresh clone or after a crash."""
        unknown, strays = self._unknown_files()
        entered = []
        if unknown or any(self.archive.unfinished()) or any(self.archive.groups()):
            with self._ledger.writing() as session:
                # The write lock is held, so nobody will finish the partial files.
                for part in self.archive.unfinished():
                    part.unlink()
                self._remove_incomplete_groups(session)
                there = [raw for raw in unknown if self.archive.path(raw.key).exists()]
                for submission in self._submissions_of(session, there):
                    enter_submission(session, submission)
                    entered.append(submission)
        self.recovered = RecoveredFiles(tuple(entered), strays)
        return self.recovered

    def _remove_incomplete_groups(self, session: Session) -> None:
        """Remove the files of a group of which a killed process did not write all."""
        for group, files in self.archive.groups():
            there = [raw for raw in files if self.archive.path(raw.key).exists()]
            for raw in there if len(there) < len(files) else ():
                if session.get(Submission, (*astuple(raw.submission_key), raw.vintage)) is None:
                    self.archive.path(raw.key).unlink()
            group.unlink()

    def verify(self, submissions: Sequence[Submission]) -> None:
        """Raise SubmissionError for the first file that is missing or was changed."""
        for submission in submissions:
            if self.archive.digest(RawFile.parse(submission.key)) != submission.digest:
                raise SubmissionError("other_digest", file=submission.key, digest=submission.digest)

    def _submission(self, file: AcceptedFile, latest: str) -> Submission:
        received = file.received.astimezone(UTC)
        vintage = self.archive.next_vintage(file.submission_key, received, latest)
        is_part = file.extent == Extent.PART
        raw = RawFile(file.submission_key, vintage, file.digest[:8], file.format, is_part)
        upload = UploadedFile(file.name, file.digest, file.size)
        submission = _new_submission(raw, upload, received)
        submission.extent, submission.reason = file.extent, file.reason
        submission.observations, submission.actions = file.observations, file.actions
        submission.sent_digest = file.sent or file.digest
        return submission

    def _unknown_files(self) -> tuple[list[RawFile], tuple[KeyedText, ...]]:
        """Files of the archive that the ledger lacks, and why others do not belong in it."""
        entered = {submission.key for submission in self._ledger.submissions()}
        unknown: list[RawFile] = []
        strays: list[KeyedText] = []
        for key in sorted(set(self.archive.keys()) - entered):
            try:
                raw = RawFile.parse(key)
                self.archive.digest(raw)
                unknown.append(raw)
            except SubmissionError as error:
                strays.append(error.text)
        return unknown, tuple(strays)

    def _submissions_of(self, session: Session, files: Sequence[RawFile]) -> Iterator[Submission]:
        for raw in files:
            digest = self.archive.digest(raw)
            path = self.archive.path(raw.key)
            # It may have been entered while this process waited for the lock.
            if session.get(Submission, (*astuple(raw.submission_key), raw.vintage)) is None:
                upload = UploadedFile(path.name, digest, path.stat().st_size)
                submission = _new_submission(raw, upload, raw.received)
                submission.extent, submission.reason = _extent_of(raw, path)
                yield submission


def _extent_of(raw: RawFile, path: Path) -> tuple[Extent, str | None]:
    """What an archived file replaces, and the reason that a withdrawal gives."""
    if raw.suffix == WITHDRAWAL_SUFFIX:
        withdrawal = Withdrawal.read(path)
        extent = Extent.WITHDRAWAL if withdrawal.is_whole else Extent.FIGURES
        return extent, withdrawal.reason
    return Extent.PART if raw.is_part else Extent.WHOLE, None


def _new_submission(raw: RawFile, upload: UploadedFile, received: datetime) -> Submission:
    return Submission(
        **asdict(raw.submission_key),
        vintage=raw.vintage,
        format=raw.suffix,
        key=raw.key,
        digest=upload.digest,
        file=upload.name,
        size=upload.size,
        received_at=f"{received:{MOMENT}}",
    )


def _find_file(
    session: Session, key: SubmissionKey, extent: Extent, digests: Sequence[str]
) -> Submission | None:
    known = [digest for digest in digests if digest]
    same = or_(Submission.digest.in_(known), Submission.sent_digest.in_(known))
    is_like = Submission.extent == extent
    if extent is Extent.PART:
        is_current = Submission.state == State.CURRENT
        is_like = is_current & Submission.extent.in_([Extent.PART, Extent.WHOLE])
    return session.scalars(select_vintages(key).where(same, is_like)).first()


def _find_current(session: Session, file: AcceptedFile) -> Submission | None:
    """The entry of the same file, if it is in force."""
    same = _find_file(session, file.submission_key, file.extent, (file.digest, file.sent))
    return same if same and same.state == State.CURRENT else None


def _refuse_unseen_vintage(session: Session, file: AcceptedFile) -> None:
    """Refuse a file if the vintage that it would replace is not the one its sender was shown."""
    latest = session.scalars(select_vintages(file.submission_key)).first()
    in_force = latest.digest if latest and latest.state == State.CURRENT else ""
    if in_force != file.replaces:
        vintage = latest.vintage if latest else KeyedText("withdrawn")
        raise SupersededError("replaced_by", place=str(file.submission_key), vintage=vintage)
