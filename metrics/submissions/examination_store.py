"""Examinations of uploads, stored so that a file is opened, read and validated once.

An examination is stored under everything that it depends on: the file and its name, the scope
that was requested, the code and definitions, and the submissions that the file was compared with.
The language does not count, because findings are put into words when they are shown.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

import pandas as pd
from pydantic import TypeAdapter

from metrics.core.atomic_files import AtomicFile, digest_of_file
from metrics.core.version import digest_of_source
from metrics.intake.findings import Finding
from metrics.intake.formats.reader_answers import without_left_out
from metrics.intake.grouped_texts import NO_TEXTS, FreeTexts
from metrics.intake.reading.carried_texts import kept_words_of
from metrics.intake.reading.version import READING, reading_version
from metrics.intake.sandbox import open_answer
from metrics.intake.workbook import Workbook
from metrics.submissions.examination import Examination, Outcome
from metrics.submissions.ledger import Extent
from metrics.submissions.submission_store import UploadedFile
from metrics.submissions.uploads import Uploads

RECORD, ANSWER = "examination.json", "answer.json"
OPENED = "opened.zip"  # what was read of an upload, beside it


@dataclass(frozen=True)
class ExaminationRequest:
    """An upload, with the collection, round and area that its sender requested."""

    received: UploadedFile
    scope: Mapping[str, str]

    @property
    def file_name(self) -> str:
        """A name from everything that an examination depends on before the file is opened."""
        today = f"{datetime.now(UTC):%Y-%m-%d}"  # rules may compare dates with it
        parts = [self.received.name, sorted(self.scope.items()), examination_version(), today]
        return f"{sha256(json.dumps(parts).encode()).hexdigest()}.zip"


@dataclass(frozen=True)
class OpenedUpload:
    """An upload that was opened: what was received, and the answer of the reading process."""

    received: UploadedFile
    answer: bytes

    @property
    def workbook(self) -> Workbook:
        return open_answer(self.answer, self.received.name)


@dataclass(frozen=True)
class StoredExamination:
    """An examination, the workbook's own language, and the submissions compared with."""

    examination: Examination
    workbook_language: str
    compared_with: str  # the digest of the selected submissions


@dataclass(frozen=True)
class ExaminationRecord:
    """The part of a stored examination that is not a table."""

    outcome: Outcome
    format: str
    collection: str
    area: str
    round: str
    findings: tuple[Finding, ...]
    workbook_language: str
    compared_with: str
    extent: Extent = Extent.WHOLE
    not_asked: tuple[tuple[str, str, int], ...] = ()
    texts: FreeTexts = NO_TEXTS


RECORDS = TypeAdapter(ExaminationRecord)
RECEIVED = TypeAdapter(UploadedFile)


def examination_version() -> str:
    """Digest of the code and definitions that decide what is found in a file."""
    return f"{digest_of_source(*READING, 'intake', 'submissions')}{reading_version()}"


class ExaminationStore:
    """Keep each examination in one file beside its upload, written atomically."""

    def __init__(self, uploads: Uploads) -> None:
        self.uploads = uploads

    def keep_opened(self, opened: OpenedUpload, copy: Path) -> None:
        """Keep what was read of an upload, and its clean copy in place of the file as sent.

        The texts that the copy leaves out were searched. Of them only words about the figures,
        such as units and years, are kept with the answer.
        """
        received = opened.received
        path = self.uploads.path_beside(received.digest, OPENED)
        with AtomicFile(path) as writing, ZipFile(writing.file, "w", ZIP_STORED) as parts:
            parts.writestr(RECORD, RECEIVED.dump_json(received))
            answer = without_left_out(opened.answer, kept_words_of(lambda: opened.workbook))
            parts.writestr(ANSWER, answer, ZIP_DEFLATED, compresslevel=1)
        with copy.open("rb+") as file:
            os.fsync(file.fileno())
        copy.replace(self.uploads.path(received.digest))

    def read_opened(self, digest: str) -> OpenedUpload | None:
        """Read what was read of an upload; None if it was not opened, or not to the end."""
        try:
            with ZipFile(self.uploads.path_beside(digest, OPENED)) as parts:
                received = RECEIVED.validate_json(parts.read(RECORD))
                opened = OpenedUpload(received, parts.read(ANSWER))
        except (OSError, BadZipFile, KeyError, ValueError):
            return None
        is_clean = digest_of_file(self.uploads.path(digest)) == received.kept
        return opened if is_clean else None

    def write(self, request: ExaminationRequest, stored: StoredExamination) -> None:
        """Store an examination.

        Of a file with data about a person nothing is stored. Neither is an examination that could
        not read all other submissions, because the missing ones may be restored.
        """
        examination = stored.examination
        if (
            not examination.outcome.has_figures
            or examination.unread_peers
            or examination.difference is None
        ):
            return
        record = ExaminationRecord(
            examination.outcome,
            examination.format,
            examination.collection,
            examination.area,
            examination.round,
            examination.findings,
            stored.workbook_language,
            stored.compared_with,
            examination.extent,
            examination.not_asked,
            examination.texts,
        )
        path = self.uploads.path_beside(request.received.digest, request.file_name)
        with AtomicFile(path) as writing, ZipFile(writing.file, "w", ZIP_STORED) as parts:
            parts.writestr(RECORD, RECORDS.dump_json(record))
            _write_table(parts, "observations", examination.observations)
            _write_table(parts, "actions", examination.actions)
            _write_table(parts, "difference", examination.difference)
            _write_table(parts, "action_changes", examination.action_changes)
            _write_table(parts, "cells", examination.cells)

    def read(self, request: ExaminationRequest) -> StoredExamination | None:
        """Read an examination; None if there is none, or if its file is damaged."""
        path = self.uploads.path_beside(request.received.digest, request.file_name)
        try:
            with ZipFile(path) as parts:
                record = RECORDS.validate_json(parts.read(RECORD))
                examination = Examination(
                    request.received,
                    record.outcome,
                    format=record.format,
                    collection=record.collection,
                    area=record.area,
                    round=record.round,
                    findings=record.findings,
                    extent=record.extent,
                    not_asked=record.not_asked,
                    texts=record.texts,
                    difference=_read_table(parts, "difference"),
                    observations=_read_table(parts, "observations"),
                    actions=_read_table(parts, "actions"),
                    action_changes=_read_table(parts, "action_changes"),
                    cells=_read_table(parts, "cells"),
                )
        except (OSError, BadZipFile, KeyError, ValueError):
            return None
        return StoredExamination(examination, record.workbook_language, record.compared_with)


def _write_table(parts: ZipFile, name: str, table: pd.DataFrame) -> None:
    parts.writestr(f"{name}.parquet", table.to_parquet(index=False, compression="zstd"))


def _read_table(parts: ZipFile, name: str) -> pd.DataFrame:
    return pd.read_parquet(BytesIO(parts.read(f"{name}.parquet")))
