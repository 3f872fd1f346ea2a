"""The life of a submission: received, examined, confirmed, replaced by a later vintage."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Unpack

import pandas as pd

from metrics.core.atomic_files import digest_of_file
from metrics.core.errors import (
    SubmissionError,
    SupersededError,
    UnknownNameError,
    UnreadableError,
)
from metrics.intake.findings import Finding
from metrics.intake.findings_list import ReportedFile
from metrics.intake.limited_process import ANNOTATION, LISTING, run_limited
from metrics.intake.sandbox import open_file, unpack
from metrics.submissions.accepted_cache import AcceptedTables, key_of_submission
from metrics.submissions.archive import MANY_AREAS, SubmissionKey
from metrics.submissions.contests import check_contests
from metrics.submissions.examination import (
    Examination,
    OpenedFile,
    Outcome,
    RequestedScope,
    choose_language,
    is_superseded,
    resolve_scope,
)
from metrics.submissions.file_names import refuse_personal_name, refuse_personal_text
from metrics.submissions.ledger import Extent, Submission
from metrics.submissions.refusals import find_refusal
from metrics.submissions.submission_store import AcceptedFile
from metrics.submissions.submitted_collections import SubmittedCollections
from metrics.submissions.uploads import Announced
from metrics.submissions.withdrawals import (
    WITHDRAWAL_SUFFIX,
    Withdrawal,
    refuse_numbers,
    refuse_unknown_figures,
)

__all__ = ["Desk", "Examination", "Outcome", "RequestedScope"]


class Desk(SubmittedCollections):
    """A workspace: the submissions to it, and what becomes of them."""

    # One file

    def submit(
        self,
        path: Path,
        name: str = "",
        received: datetime | None = None,
        **scope: Unpack[RequestedScope],
    ) -> Examination:
        """Examine a file, and keep it if it is accepted, as received now or at `received`."""
        with TemporaryDirectory() as folder:
            copy = Path(folder) / "copy"
            examination = self.examiner.examine(path, name, opened=copy, **scope)
            return self.keep_file(path, examination, received, copy)

    def keep_file(
        self,
        path: Path,
        examination: Examination,
        received: datetime | None = None,
        copy: Path | None = None,
    ) -> Examination:
        """Keep the clean copy of an examined file if it was accepted, and the report in any case.

        `copy` is the clean copy if it was written when the file was examined. The latest vintage
        sent again changes nothing. A replaced file sent again becomes the newest vintage, unless
        it was `received` before the current one. SubmissionError if another vintage came since.
        """
        if (
            examination.same_as_current
            or not examination.digest
            or is_superseded(examination, received)
        ):
            return examination
        if examination.outcome is Outcome.ACCEPTED:
            with nullcontext(copy) if copy else written_copy(path, examination) as clean:
                refuse_changed(path, examination)
                examination = self._keep_copy(clean, examination, received)
            if examination.submission is None:
                return examination
        self.ledger.record(examination.report())
        return examination

    def _keep_copy(
        self, copy: Path, examination: Examination, received: datetime | None
    ) -> Examination:
        """Keep a clean copy, unless the archive has it: then the file was sent before."""
        examination = self._with_kept_copy(copy, examination)
        if examination.same_as_current or is_superseded(examination, received):
            return examination
        self._write_accepted(examination)
        submission = self.store.enter(examination.accepted_file(copy, received))
        return replace(examination, submission=submission)

    def _with_kept_copy(self, copy: Path, examination: Examination) -> Examination:
        kept = replace(examination.received, kept=digest_of_file(copy))
        return self.examiner.find_same(replace(examination, received=kept))

    def _write_accepted(self, examination: Examination) -> None:
        tables = AcceptedTables(examination.observations, examination.actions)
        self.accepted.write(examination.received.kept, examination.submission_key, tables)

    def keep_uploads(self, examinations: Sequence[Examination]) -> list[Examination]:
        """Keep accepted uploads as the parts of one report: all of them, or none.

        Each is taken to replace the one before it of the same area and round.
        """
        cleaned = [*map(self._with_clean_copy, examinations)]
        paths = [self.uploads.path(examination.digest) for examination in cleaned]
        examined = [*map(self._with_kept_copy, paths, cleaned)]
        files: list[AcceptedFile] = []
        latest: dict[SubmissionKey, str] = {}
        for path, examination in zip(paths, examined, strict=True):
            refuse_changed(path, examination)
            self._write_accepted(examination)
            file = examination.accepted_file(path)
            if before := latest.get(file.submission_key):
                file = replace(file, replaces=before)
            if not examination.same_as_current:
                latest[file.submission_key] = file.digest
            files.append(file)
        submissions = self.store.enter_together(files)
        for examination in examined:
            self.ledger.record(examination.report())
            self.uploads.drop(examination.digest)
        pairs = zip(examined, submissions, strict=True)
        return [replace(examination, submission=submission) for examination, submission in pairs]

    def annotate_file(
        self,
        path: Path,
        name: str = "",
        language: str = "",
        examined: Callable[[Examination], object] = bool,
        *,
        with_cells: bool = False,
        **scope: Unpack[RequestedScope],
    ) -> bytes:
        """Copy the submitter's own workbook as .xlsx, with every finding at its cell.

        `examined` is called with what was found, before the copy is made.
        """
        with TemporaryDirectory() as folder:
            copy = Path(folder) / "copy"
            opened = open_file(path, name or path.name, copy)
            examination = self.examiner.examine(
                path, name, language, lambda: opened, with_cells=with_cells, **scope
            )
            examined(examination)
            if examination.refusal is not None:
                raise UnreadableError.of_text(examination.refusal)
            findings, spoken = examination.findings, examination.language
            file = reported_file(examination)
            del examination  # its tables are not needed any more
            return run_limited(
                annotate, ANNOTATION, name or path.name, copy, opened, findings, spoken, file
            )

    # What was submitted no longer holds

    def figures_in_force(
        self, collection: str, area: str, round_: str
    ) -> tuple[Submission, pd.DataFrame]:
        """The current submission of an area and round, and its observations by sheet and cell.

        SubmissionError if there is none.
        """
        scope = resolve_scope(self.catalogue, collection=collection, area=area, round_=round_)
        key = SubmissionKey(scope["collection"], scope["round"], scope["area"] or MANY_AREAS)
        found = self.in_force(key)
        if not found:
            raise SubmissionError("not_in_force", place=str(key))
        ((submission, observations),) = self.accepted.observations(found)
        return submission, observations

    def in_force(self, key: SubmissionKey) -> list[Submission]:
        """The current submission of an area and round; none if none of its figures are in force."""
        current = [] if self.store.is_new else self.store.current(key.collection)
        return [submission for submission in current if key_of_submission(submission) == key]

    def file_in_force(self, submission: Submission) -> Submission:
        """The submission whose file a withdrawal of single figures leaves in force."""
        while submission.extent == Extent.FIGURES:
            before = self.store.vintage_before(submission)
            if before is None:
                break
            submission = before
        return submission

    def check_reason(self, reason: str) -> None:
        """SubmissionError if the reason of a withdrawal holds data about a person, or a number."""
        refuse_personal_text(reason, self.catalogue)
        refuse_numbers(reason)

    def withdraw(
        self, submission: Submission, reason: str, figures: Sequence[str] = ()
    ) -> Submission:
        """Withdraw a current submission, or the named figures of it; its file stays in the archive.

        SupersededError if another submission came meanwhile.
        """
        key = key_of_submission(submission)
        withdrawal = Withdrawal(submission.vintage, " ".join(reason.split()), tuple(figures))
        self.check_reason(reason)
        ((_, observations),) = self.accepted.observations([submission])
        refuse_unknown_figures(withdrawal.figures, observations)
        is_whole = withdrawal.is_whole or len({*withdrawal.figures}) >= len(observations)
        with TemporaryDirectory() as folder:
            path = Path(folder) / WITHDRAWAL_SUFFIX
            withdrawal = replace(withdrawal, figures=() if is_whole else withdrawal.figures)
            withdrawal.write(path)
            file = AcceptedFile(
                path,
                WITHDRAWAL_SUFFIX,
                WITHDRAWAL_SUFFIX,
                path.stat().st_size,
                digest_of_file(path),
                key,
                0 if is_whole else len(withdrawal.drop_figures(observations)),
                0,
                submission.digest,
                datetime.now(UTC),
                extent=Extent.WITHDRAWAL if is_whole else Extent.FIGURES,
                reason=withdrawal.reason,
            )
            return self.store.enter(file)

    # An uploaded file, until it is confirmed

    def receive_upload(
        self, stream: IO[bytes], name: str, announced: Announced | None = None
    ) -> str:
        """Keep an upload until it is confirmed, for a day at most; return its digest.

        SubmissionError if its name holds data about a person: no file is written under it. So does
        a reason, announced with the file, why what looks like such data is none; or an empty one.
        """
        announced = announced or Announced()
        refuse_personal_name(name, self.catalogue)
        if announced.contested is not None:
            checked = check_contests(announced.contested, self.catalogue)
            announced = replace(announced, contested=checked)
        return self.uploads.receive(stream, name, announced)

    def examine_upload(
        self,
        digest: str,
        language: str = "",
        *,
        patient: bool = True,
        **scope: Unpack[RequestedScope],
    ) -> Examination:
        """Examine an upload once, and give the stored examination whenever it is asked for again.

        A report is kept of what is not accepted, and nothing of a file with data about a person.
        WaitingError, if the caller is not `patient`, as long as it is not the turn of the upload.
        """
        try:
            examination = self.examiner.examine_upload(digest, language, scope, patient=patient)
        except UnknownNameError:
            if self.store.is_new or not (refused := self._find_refusal(digest, language)):
                raise
            return refused
        if examination.outcome is not Outcome.ACCEPTED:
            self.ledger.record(examination.report())
        if examination.outcome in {Outcome.IDENTIFYING, Outcome.UNREADABLE}:
            self.uploads.drop(digest)
        return examination

    def _find_refusal(self, digest: str, language: str) -> Examination | None:
        """The answer to another sender of the same bytes, whose examination deleted the file."""
        return find_refusal(self.ledger, digest, choose_language(language))

    def confirm_upload(
        self,
        digest: str,
        replaces: str | None = None,
        texts: Collection[str] | None = None,
        **scope: Unpack[RequestedScope],
    ) -> Examination:
        """Submit an upload. `replaces`: digest of the vintage shown as replaced, `""` for none.

        `texts`: digests of the texts beside figures that the sender confirmed.
        """
        examination = self.examiner.examine_upload(digest, "", scope)
        latest = examination.replaces.digest if examination.replaces else ""
        if replaces not in {None, latest} and not examination.same_as_current:
            key = examination.submission_key
            raise SupersededError("replaced_meanwhile", place=str(key))
        if texts is not None:
            examination = examination.confirm_texts(texts)
        examination = self._with_clean_copy(examination)
        copy = self.uploads.path(digest)
        examination = self.keep_file(copy, examination, copy=copy)
        if examination.outcome is not Outcome.HAS_ERRORS:
            self.uploads.drop(digest)
        return examination

    def _with_clean_copy(self, examination: Examination) -> Examination:
        """Name the clean copy of an accepted upload, made again if the file was sent again."""
        if examination.outcome is not Outcome.ACCEPTED:
            return examination
        kept = self.examiner.open_clean_upload(examination.digest).received.kept
        return replace(examination, received=replace(examination.received, kept=kept))

    def annotate_upload(
        self, digest: str, language: str = "", **scope: Unpack[RequestedScope]
    ) -> bytes:
        """Copy an upload as `annotate_file` does."""
        examination = self.examine_upload(digest, language, **scope)
        if examination.refusal is not None:
            raise UnreadableError.of_text(examination.refusal)
        if examination.outcome is Outcome.IDENTIFYING:
            raise SubmissionError("personal_file")
        opened = self.examiner.open_clean_upload(digest)
        path, file = self.uploads.path(digest), reported_file(examination)
        findings, spoken = examination.findings, examination.language
        with self.queue.reserve(), self.queue.turn(f"{digest}.xlsx"):
            return run_limited(
                annotate, ANNOTATION, file.name, path, opened, findings, spoken, file
            )

    def write_findings(
        self,
        digest: str,
        language: str = "",
        *,
        write: Callable[[object, Sequence[Finding], str], bytes],
        **scope: Unpack[RequestedScope],
    ) -> bytes:
        """The findings of an upload as a file, which `write` makes in a process of its own."""
        examination = self.examine_upload(digest, language, **scope)
        if examination.refusal is not None:
            raise UnreadableError.of_text(examination.refusal)
        name, spoken = examination.received.name, examination.language
        with self.queue.reserve(), self.queue.turn(f"{digest}.findings"):
            return run_limited(write, LISTING, name, examination.findings, spoken)


def reported_file(examination: Examination) -> ReportedFile:
    return ReportedFile(
        examination.received.name, examination.collection, examination.area, examination.round
    )


def annotate(
    _ask: object,
    path: Path,
    opened: OpenedFile,
    findings: Sequence[Finding],
    language: str,
    file: ReportedFile,
) -> bytes:
    """Annotate a workbook, in the process that was started for it."""
    # Imported here: importing openpyxl takes longer than examining a small file.
    from metrics.intake.annotated_workbook import annotate_workbook  # noqa: PLC0415

    workbook = replace(opened.workbook, text_fragments=())  # such as the author, who is not kept
    return annotate_workbook(path, workbook, findings, language, file)


@contextmanager
def written_copy(path: Path, examination: Examination) -> Iterator[Path]:
    """The clean copy of a file, for as long as it takes to keep it."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        unpack(path, examination.received.name, copy)
        yield copy


def refuse_changed(path: Path, examination: Examination) -> None:
    """SubmissionError if a file is no longer the one that was examined, or its clean copy."""
    received = examination.received
    if digest_of_file(path) not in {received.digest, received.kept}:
        raise SubmissionError("changed_since", file=received.name)
