"""The database of submissions, of reports on examined files, and of releases."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    Engine,
    Select,
    String,
    Text,
    create_engine,
    event,
    inspect,
    or_,
    select,
    text,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, Session, mapped_column
from sqlalchemy.pool import NullPool

from metrics.core.atomic_files import create_private, make_folder
from metrics.core.errors import MetricsError
from metrics.submissions.archive import SubmissionKey

MIGRATIONS = Path(__file__).parent / "migrations"
# The number of the newest migration; repeated here because importing alembic is slow.
NEWEST_MIGRATION = max(path.stem[1:5] for path in (MIGRATIONS / "versions").glob("v*.py"))
# How long a writer waits for the lock, which a submission holds for milliseconds.
PATIENCE_MS = 20_000
PRAGMAS = (
    f"busy_timeout = {PATIENCE_MS}",
    "journal_mode = WAL",  # readers never wait for a writer
    "foreign_keys = ON",
    "synchronous = FULL",  # a confirmed submission survives a power cut
)


class LedgerError(MetricsError):
    """The database cannot be opened, or is not a ledger."""


class State(StrEnum):
    CURRENT = "current"  # the latest vintage of an area and round
    REPLACED = "replaced"  # a later vintage came
    WITHDRAWN = "withdrawn"  # its area withdrew it; so is the entry of the withdrawal itself


class Extent(StrEnum):
    """How much of the previous vintage an entry replaces."""

    WHOLE = "whole"
    PART = "part"  # only the figures that it states
    WITHDRAWAL = "withdrawal"  # all of it, by nothing
    FIGURES = "figures"  # single figures, by nothing


class Base(MappedAsDataclass, DeclarativeBase):
    type_annotation_map = {list[dict[str, Any]]: JSON}  # noqa: RUF012


SUBMISSION_NAME = "{round}/{area}/{vintage}"  # a submission's name, also in `build.json`


class Submission(Base):
    """A file that was accepted and is kept in the archive under `key`.

    The same file sent again after a later one replaced it is a vintage of its own.
    """

    __tablename__ = "submissions"

    collection: Mapped[str] = mapped_column(String(64), primary_key=True)
    round: Mapped[str] = mapped_column(String(64), primary_key=True)
    area: Mapped[str] = mapped_column(String(64), primary_key=True)
    vintage: Mapped[str] = mapped_column(String(16), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    file: Mapped[str] = mapped_column(String(255))
    format: Mapped[str] = mapped_column(String(16))
    size: Mapped[int]
    key: Mapped[str] = mapped_column(String(255))
    received_at: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(16), default=State.CURRENT)
    # Unknown for a file recovered from the archive, until it is read again.
    observations: Mapped[int | None] = mapped_column(default=None)
    actions: Mapped[int | None] = mapped_column(default=None)
    # Of the file as sent; `digest` is that of the clean copy in the archive. Unknown for a file
    # recovered from the archive.
    sent_digest: Mapped[str | None] = mapped_column(String(64), default=None)
    extent: Mapped[str] = mapped_column(String(16), default=Extent.WHOLE)
    reason: Mapped[str | None] = mapped_column(Text, default=None)  # why figures were withdrawn

    @property
    def is_withdrawal(self) -> bool:
        """Whether it withdraws figures, instead of being a file of its sender."""
        return self.extent in {Extent.WITHDRAWAL, Extent.FIGURES}

    @property
    def name(self) -> str:
        """The submission's name within its collection, published in place of the digest.

        Anyone who knows all but one figure of a file could guess it by comparing digests.
        """
        return SUBMISSION_NAME.format(round=self.round, area=self.area, vintage=self.vintage)


class ExaminationReport(Base):
    """The findings of a file. Kept for refused files too, although the file itself is not."""

    __tablename__ = "reports"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    collection: Mapped[str] = mapped_column(String(64), primary_key=True)
    round: Mapped[str] = mapped_column(String(64), primary_key=True)
    area: Mapped[str] = mapped_column(String(64), primary_key=True)
    file: Mapped[str] = mapped_column(String(255))
    outcome: Mapped[str] = mapped_column(String(16))
    refusal: Mapped[str] = mapped_column("sentence", Text)  # a KeyedText in JSON, or nothing
    findings: Mapped[list[dict[str, Any]]]
    received_at: Mapped[str] = mapped_column(String(20))
    # The texts beside its figures that the sender confirmed: they change no figure.
    texts: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)


class ReleaseEntry(Base):
    """A release that was built, with the digest of its inputs."""

    __tablename__ = "releases"

    collection: Mapped[str] = mapped_column(String(64), primary_key=True)
    label: Mapped[str] = mapped_column(String(64), primary_key=True)
    inputs: Mapped[str] = mapped_column(String(64))
    as_of: Mapped[str] = mapped_column(String(10))
    built_at: Mapped[str] = mapped_column(String(20))


class Ledger:
    """The database; opened at first use, and migrated before anything is read."""

    def __init__(self, url: str) -> None:
        self.url = url

    @classmethod
    def at(cls, folder: Path) -> "Ledger":
        """The ledger of a workspace: a file in its data folder, or the URL in `EMPACT_LEDGER`."""
        return cls(os.environ.get("EMPACT_LEDGER") or f"sqlite:///{folder / 'ledger.sqlite'}")

    @property
    def exists(self) -> bool:
        return not self.url.startswith("sqlite:///") or self._file.exists()

    @property
    def _file(self) -> Path:
        return Path(self.url.removeprefix("sqlite:///"))

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Hold the write lock for the whole transaction, so that reads inside cannot go stale."""
        engine = self.engine.execution_options(immediate=True)
        with Session(engine, expire_on_commit=False) as session, session.begin():
            session.connection()  # take the lock now, not at the first query
            yield session

    @cached_property
    def engine(self) -> Engine:
        if self.url.startswith("sqlite:///"):
            make_folder(self._file.parent, self._file.parent)
            if not self._file.exists():  # to close a database elsewhere would end its locks
                os.close(create_private(self._file))
        # Connections are not pooled, so that no two processes share one after a fork.
        engine = create_engine(self.url, poolclass=NullPool)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_connection)
            event.listen(engine, "begin", _begin_transaction)
        try:
            migrate(engine)
        except (SQLAlchemyError, sqlite3.Error) as error:
            reason, *_ = str(error).splitlines()
            raise LedgerError("no_ledger", ledger=self.url, reason=reason) from error
        return engine

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        if "engine" in self.__dict__:
            self.engine.dispose()
            del self.__dict__["engine"]

    def submissions(self, collection: str = "", digest: str = "") -> Sequence[Submission]:
        """Submissions in the order of their vintages, optionally of one collection or one file.

        A file is found by its digest as sent or as kept.
        """
        wanted = select(Submission).order_by(
            Submission.collection, Submission.round, Submission.area, Submission.vintage
        )
        if collection:
            wanted = wanted.where(Submission.collection == collection)
        if digest:
            wanted = wanted.where(
                or_(Submission.digest == digest, Submission.sent_digest == digest)
            )
        with self.reading() as session:
            return session.scalars(wanted).all()

    def reports(self, collection: str = "", area: str = "") -> Sequence[ExaminationReport]:
        """Reports, the newest first, optionally of one collection or area."""
        wanted = select(ExaminationReport).order_by(
            ExaminationReport.received_at.desc(), ExaminationReport.digest
        )
        if collection:
            wanted = wanted.where(ExaminationReport.collection == collection)
        if area:
            wanted = wanted.where(ExaminationReport.area == area)
        with self.reading() as session:
            return session.scalars(wanted).all()

    def vintages(self, key: SubmissionKey) -> Sequence[Submission]:
        """Every vintage of one collection, round and area, the oldest first."""
        with self.reading() as session:
            return [*reversed(session.scalars(select_vintages(key)).all())]

    def report(self, submission: Submission) -> ExaminationReport | None:
        """The report on the file of a submission; None if it was recovered from the archive."""
        key = (submission.digest, submission.collection, submission.round, submission.area)
        with self.reading() as session:
            return session.get(ExaminationReport, key)

    def releases(self, collection: str = "") -> Sequence[ReleaseEntry]:
        """The releases of a collection, the newest first."""
        wanted = select(ReleaseEntry).order_by(ReleaseEntry.built_at.desc(), ReleaseEntry.label)
        if collection:
            wanted = wanted.where(ReleaseEntry.collection == collection)
        with self.reading() as session:
            return session.scalars(wanted).all()

    def record(self, entry: ExaminationReport | ReleaseEntry) -> None:
        """Insert or update an entry by its key, so that recording it twice changes nothing."""
        with self.writing() as session:
            session.merge(entry)


def enter_submission(session: Session, submission: Submission) -> None:
    """Add a submission; afterwards at most the newest vintage of its area and round is current."""
    session.add(submission)
    session.flush()
    key = SubmissionKey(submission.collection, submission.round, submission.area)
    later = None
    for vintage in session.scalars(select_vintages(key)):
        is_withdrawn = Extent.WITHDRAWAL in {vintage.extent, later.extent if later else ""}
        state = State.REPLACED if later else State.CURRENT
        vintage.state = State.WITHDRAWN if is_withdrawn else state
        later = vintage


def select_vintages(key: SubmissionKey) -> Select[Submission]:
    """Select every vintage of one collection, round and area, the newest first."""
    return (
        select(Submission)
        .where(Submission.collection == key.collection, Submission.round == key.round)
        .where(Submission.area == key.area)
        .order_by(Submission.vintage.desc())
    )


def migrate(engine: Engine) -> None:
    with engine.connect() as connection:
        if migration_of(connection) == NEWEST_MIGRATION:
            return
    with engine.execution_options(immediate=True).begin() as connection:
        # Another process may have migrated while this one waited for the lock.
        if migration_of(connection) != NEWEST_MIGRATION:
            # Imported here: alembic takes longer to import than a small command takes to run.
            from metrics.submissions.ledger.migrations import upgrade  # noqa: PLC0415

            upgrade(connection)


def migration_of(connection: Connection) -> str:
    """The number of the database's last migration; empty for a new database."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.scalar(text("SELECT version_num FROM alembic_version")) or ""


def _prepare_connection(connection: Any, _record: object) -> None:  # noqa: ANN401
    connection.isolation_level = None  # transactions begin when _begin says so, DDL included
    for setting in PRAGMAS:
        connection.execute(f"PRAGMA {setting}")


def _begin_transaction(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
