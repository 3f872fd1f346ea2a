"""Examine files: alone, or as uploads that wait for their turn."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Unpack

from metrics.catalogue.loader import Catalogue, catalogue
from metrics.core.atomic_files import digest_of_file
from metrics.core.errors import UnreadableError
from metrics.intake.limited_process import EXAMINATION, run_limited
from metrics.intake.reading.headings import vocabulary
from metrics.intake.rules import rules
from metrics.intake.sandbox import open_file, read_answer
from metrics.submissions.accepted_before import PriorData, PriorSelection, PriorSubmissions
from metrics.submissions.archive import SubmissionKey
from metrics.submissions.examination import (
    Examination,
    OpenedFile,
    Outcome,
    RequestedScope,
    choose_language,
    describe_upload,
    examine_opened,
    find_submission_key,
    resolve_scope,
    unreadable_examination,
)
from metrics.submissions.examination_queue import ExaminationQueue
from metrics.submissions.examination_store import (
    ExaminationRequest,
    ExaminationStore,
    OpenedUpload,
    StoredExamination,
)
from metrics.submissions.ledger import State, Submission
from metrics.submissions.submission_store import SubmissionStore, UploadedFile
from metrics.submissions.uploads import Uploads

# An upload's digest selects one of these locks, so that uploads rarely wait for each other.
EXAMINING = tuple(Lock() for number in range(64))


@dataclass(frozen=True)
class Examiner:
    """Examines files against what was submitted before. Changes no ledger and no archive."""

    store: SubmissionStore
    prior: PriorSubmissions
    uploads: Uploads
    queue: ExaminationQueue

    @cached_property
    def examinations(self) -> ExaminationStore:
        return ExaminationStore(self.uploads)

    @property
    def catalogue(self) -> Catalogue:
        return catalogue()

    def examine(  # noqa: PLR0913 - a file, how it is opened, and what is asked of it
        self,
        path: Path,
        name: str = "",
        language: str = "",
        opened: Callable[[], OpenedFile] | Path | None = None,
        until: Submission | None = None,
        *,
        with_cells: bool = False,
        **scope: Unpack[RequestedScope],
    ) -> Examination:
        """Examine a file completely. Changes nothing and makes no ledger.

        `opened` returns the file if it is being opened already, or says where to write its clean
        copy. With `until`, a submission, its file is compared with what had come
        by then. The language is that of the workbook unless another is requested. Cells are
        accounted for with `with_cells`.
        """
        codes = resolve_scope(self.catalogue, **scope)
        received = describe_upload(path, name)
        try:
            if isinstance(opened, Path):
                file: OpenedFile = open_file(path, received.name, opened)
                kept = digest_of_file(opened) if opened.exists() else ""
                received = replace(received, kept=kept)
            else:
                file = opened() if opened else open_file(path, received.name)
            stored, selection = self._examine_opened(
                received, file, codes, until, with_cells=with_cells
            )
        except UnreadableError as error:
            return unreadable_examination(received, error.text, codes, choose_language(language))
        spoken = choose_language(language, stored.workbook_language)
        return self._relate(replace(stored.examination, language=spoken), selection)

    def examine_upload(
        self, digest: str, language: str, scope: RequestedScope, *, patient: bool = True
    ) -> Examination:
        """Examine an upload, or read its examination if the same submissions were compared."""
        request = self._examination_request(digest, scope)
        try:
            examine = self._examine_in_turn if patient else self._examine_at_once
            stored, selection = self._read_stored(request) or examine(request)
        except UnreadableError as error:
            spoken = choose_language(language)
            received, codes = request.received, request.scope
            return unreadable_examination(received, error.text, codes, spoken)
        spoken = choose_language(language, stored.workbook_language)
        return self._relate(replace(stored.examination, language=spoken), selection)

    def _read_stored(
        self, request: ExaminationRequest
    ) -> tuple[StoredExamination, PriorSelection] | None:
        """The stored examination of an upload, if it was compared with what would be compared."""
        stored = self.examinations.read(request)
        if stored is None:
            return None
        key = find_submission_key(stored.examination, self.catalogue)
        selection = self.select_prior(key) if key else PriorSelection()
        return (stored, selection) if stored.compared_with == selection.digest else None

    def _examine_in_turn(
        self, request: ExaminationRequest
    ) -> tuple[StoredExamination, PriorSelection]:
        """Examine an upload when its turn comes; other requests for it wait for the first."""
        lock = EXAMINING[int(request.received.digest, 16) % len(EXAMINING)]
        with self.queue.reserve(), lock:
            found = self._read_stored(request)
            if found is None:
                with self.queue.turn(request.received.digest):
                    found = self._examine_anew(request)
        return found

    def _examine_at_once(
        self, request: ExaminationRequest
    ) -> tuple[StoredExamination, PriorSelection]:
        """Examine an upload if its turn has come; WaitingError otherwise."""
        with self.queue.turn_at_once(request.received.digest):
            return self._read_stored(request) or self._examine_anew(request)

    def _examine_anew(
        self, request: ExaminationRequest
    ) -> tuple[StoredExamination, PriorSelection]:
        """Examine an upload, and then put its clean copy in the place of the file as sent."""
        with self._opened_beside_copy(request.received.digest) as (opened, copy):
            stored, selection = self._examine_opened(opened.received, opened, request.scope)
            if copy.exists() and stored.examination.outcome is not Outcome.IDENTIFYING:
                self.examinations.keep_opened(opened, copy)
        self.examinations.write(replace(request, received=opened.received), stored)
        return stored, selection

    def open_clean_upload(self, digest: str) -> OpenedUpload:
        """Open an examined upload; if it was sent again, its clean copy is made again."""
        with self._opened_beside_copy(digest) as (opened, copy):
            if copy.exists():
                self.examinations.keep_opened(opened, copy)
        return opened

    @contextmanager
    def _opened_beside_copy(self, digest: str) -> Iterator[tuple[OpenedUpload, Path]]:
        """An upload and its clean copy, if one was made now; what is not kept of it is removed."""
        copy = self.uploads.path_beside(digest, f"{os.getpid()}.copy")
        try:
            yield self.open_upload(digest, copy), copy
        finally:
            copy.unlink(missing_ok=True)

    def open_upload(self, digest: str, copy: Path) -> OpenedUpload:
        """Open an upload as sent, and write its clean copy; or read what was read of it before."""
        if opened := self.examinations.read_opened(digest):
            return opened
        path, name = self.uploads.path(digest), self.uploads.name(digest)
        answer = read_answer(path, name, copy)
        received = self._received(digest)
        if received.kept:  # another process has put the clean copy in its place meanwhile
            return self.open_upload(digest, copy)
        kept = digest_of_file(copy) if copy.exists() else ""
        return OpenedUpload(replace(received, kept=kept), answer)

    def _received(self, digest: str) -> UploadedFile:
        """An upload as it was received; what was damaged since must be sent again."""
        received = describe_upload(self.uploads.path(digest), self.uploads.name(digest))
        if opened := self.examinations.read_opened(digest):
            return opened.received
        if received.digest not in {digest, ""}:
            self.uploads.drop(digest)
            self.uploads.path(digest)
        return received

    def _examination_request(self, digest: str, scope: RequestedScope) -> ExaminationRequest:
        return ExaminationRequest(self._received(digest), resolve_scope(self.catalogue, **scope))

    def _examine_opened(
        self,
        received: UploadedFile,
        opened: OpenedFile,
        scope: Mapping[str, str],
        until: Submission | None = None,
        *,
        with_cells: bool = True,
    ) -> tuple[StoredExamination, PriorSelection]:
        """Examine an opened file in a process of its own, and name what it was compared with."""
        selection = PriorSelection()
        load_shared()

        def read_prior(key: SubmissionKey) -> PriorData:
            nonlocal selection
            selection = self.select_prior(key, until)
            rounds = self.catalogue.collection(key.collection).round_codes
            return self.prior.read(selection, key, rounds)

        examination, language = run_limited(
            examine_opened, EXAMINATION, received.name, received, opened, scope, with_cells,
            answer=read_prior,
        )  # fmt: skip
        return StoredExamination(examination, language, selection.digest), selection

    def _relate(self, examination: Examination, selection: PriorSelection) -> Examination:
        """Add how the file relates to the ledger: if it was sent before, and what it replaces."""
        return self.find_same(replace(examination, replaces=selection.replaced))

    def find_same(self, examination: Examination) -> Examination:
        """Find the submission of the same file: its digest as sent or as kept is the same."""
        same = None
        key = find_submission_key(examination, self.catalogue)
        if key and not self.store.is_new:
            received = examination.received
            kept = received.kept if examination.outcome is Outcome.ACCEPTED else ""
            same = self.store.find_file(key, examination.extent, received.digest, kept)
        is_current = same is not None and same.state == State.CURRENT
        return replace(
            examination,
            same_as_current=same if is_current else None,
            same_as_replaced=None if is_current else same,
        )

    def select_prior(self, key: SubmissionKey, until: Submission | None = None) -> PriorSelection:
        if self.store.is_new:
            return PriorSelection()
        submissions = self.store.ledger.submissions(key.collection)
        rounds = self.catalogue.collection(key.collection).round_codes
        return self.prior.select(key, submissions, rounds, until)


def load_shared() -> None:
    """Load here, once, what each process that is forked from this one would load for itself."""
    rules()
    for kind in ("observations", "actions"):
        vocabulary(kind)
