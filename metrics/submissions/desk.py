"""The life of a submission: received, examined, confirmed, replaced by a later vintage."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Unpack

import pandas as pd

from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import Catalogue, catalogue
from metrics.core.actions import latest_actions
from metrics.core.atomic_files import digest_of_file
from metrics.core.errors import (
    SubmissionError,
    SupersededError,
    UnknownNameError,
    UnreadableError,
)
from metrics.intake.limited_process import ANNOTATION, run_limited
from metrics.intake.sandbox import unpack
from metrics.intake.templates import TemplateRequest, template_of
from metrics.intake.workbook import Workbook
from metrics.messages import languages
from metrics.submissions.accepted_cache import (
    AcceptedObservations,
    AcceptedTables,
    concat_submissions,
    key_of_submission,
    scope_of_submission,
)
from metrics.submissions.archive import MANY_AREAS, Archive, SubmissionKey
from metrics.submissions.examination import (
    Examination,
    Outcome,
    RequestedScope,
    choose_language,
    is_superseded,
    resolve_scope,
)
from metrics.submissions.examination_queue import ExaminationQueue
from metrics.submissions.examination_store import (
    OpenedUpload,
)
from metrics.submissions.examiner import Examiner
from metrics.submissions.explanations import (
    SUBMISSION_KEY_COLUMNS,
    add_explanations,
    explanations_table,
    submissions_without_report,
)
from metrics.submissions.file_names import refuse_personal_name, refuse_personal_text
from metrics.submissions.ledger import Extent, Ledger, Submission
from metrics.submissions.parts import name_origins
from metrics.submissions.peer_totals import Peers, ProgressBar
from metrics.submissions.prior_data import PriorSubmissions
from metrics.submissions.refusals import find_refusal
from metrics.submissions.submission_store import AcceptedFile, SubmissionStore
from metrics.submissions.table_cache import TableCache
from metrics.submissions.uploads import Announced, Uploads
from metrics.submissions.vintages import AcceptedHistory
from metrics.submissions.withdrawals import (
    WITHDRAWAL_SUFFIX,
    Withdrawal,
    refuse_unknown_figures,
)

__all__ = ["Desk", "Examination", "Outcome", "RequestedScope"]


class Desk:
    """A workspace: the submissions to it, and what became of them.

    `watch` may wrap a long walk over submissions, to show its progress.
    """

    def __init__(self, home: Path, watch: ProgressBar = iter) -> None:
        self.home = home
        self.watch = watch
        self.processed = home / "data" / "processed"
        self.archive = Archive(home / "data" / "raw")
        self.uploads = Uploads(home / "data" / "staging" / "uploads")
        self.queue = ExaminationQueue(home / "data" / "staging" / "queue")
        self.table_cache = TableCache(home / "data" / "staging" / "tables")
        self.store = SubmissionStore(self.archive, Ledger.at(home / "data"))

    @property
    def catalogue(self) -> Catalogue:
        return catalogue()

    @property
    def ledger(self) -> Ledger:
        return self.store.ledger

    @cached_property
    def accepted(self) -> AcceptedObservations:
        return AcceptedObservations(
            self.archive, self.table_cache, self.catalogue, self.store.vintage_before
        )

    @cached_property
    def prior(self) -> PriorSubmissions:
        return PriorSubmissions(self.accepted, Peers(self.accepted, self.watch))

    @cached_property
    def examiner(self) -> Examiner:
        return Examiner(self.store, self.prior, self.uploads, self.queue)

    def close(self) -> None:
        self.store.close()

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
            examination = self.examiner.examine(path, name, unpacked=copy, **scope)
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
        paths = [self.uploads.path(examination.digest) for examination in examinations]
        examined = [*map(self._with_kept_copy, paths, examinations)]
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
        self, path: Path, name: str = "", language: str = "", **scope: Unpack[RequestedScope]
    ) -> bytes:
        """Copy the submitter's own workbook as .xlsx, with every finding at its cell."""
        with TemporaryDirectory() as folder:
            copy = Path(folder) / "copy"
            workbook = unpack(path, name or path.name, copy)
            examination = self.examiner.examine(
                path, name, language, unpacked=lambda: workbook, **scope
            )
            return run_limited(annotate, ANNOTATION, name or path.name, copy, workbook, examination)

    # What was submitted no longer holds

    def figures_in_force(
        self, collection: str, area: str, round_: str
    ) -> tuple[Submission, pd.DataFrame]:
        """The current submission of an area and round, and its observations by sheet and cell.

        SubmissionError if there is none.
        """
        scope = resolve_scope(self.catalogue, collection=collection, area=area, round_=round_)
        key = SubmissionKey(scope["collection"], scope["round"], scope["area"] or MANY_AREAS)
        current = [] if self.store.is_new else self.store.current(key.collection)
        found = [submission for submission in current if key_of_submission(submission) == key]
        if not found:
            raise SubmissionError(f"{key} has no submission in force, so nothing can be withdrawn")
        ((submission, observations),) = self.accepted.observations(found)
        return submission, observations

    def file_in_force(self, submission: Submission) -> Submission:
        """The submission whose file a withdrawal of single figures leaves in force."""
        while submission.extent == Extent.FIGURES:
            before = self.store.vintage_before(submission)
            if before is None:
                break
            submission = before
        return submission

    def withdraw(
        self, submission: Submission, reason: str, figures: Sequence[str] = ()
    ) -> Submission:
        """Withdraw a current submission, or the named figures of it; its file stays in the archive.

        SupersededError if another submission came meanwhile.
        """
        refuse_personal_text(reason, self.catalogue)
        key = key_of_submission(submission)
        withdrawal = Withdrawal(submission.vintage, " ".join(reason.split()), tuple(figures))
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

        SubmissionError if its name holds data about a person: no file is written under it.
        """
        refuse_personal_name(name, self.catalogue)
        return self.uploads.receive(stream, name, announced or Announced())

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
        """What another sender of the same bytes was told, whose examination deleted them."""
        return find_refusal(self.ledger, digest, choose_language(language))

    def confirm_upload(
        self, digest: str, replaces: str | None = None, **scope: Unpack[RequestedScope]
    ) -> Examination:
        """Submit an upload. `replaces`: digest of the vintage shown as replaced, `""` for none."""
        examination = self.examiner.examine_upload(digest, "", scope)
        latest = examination.replaces.digest if examination.replaces else ""
        if replaces not in {None, latest} and not examination.same_as_current:
            key = examination.submission_key
            raise SupersededError(f"{key} was submitted meanwhile; look at it again")
        copy = self.uploads.path(digest)
        examination = self.keep_file(copy, examination, copy=copy)
        if examination.outcome is not Outcome.HAS_ERRORS:
            self.uploads.drop(digest)
        return examination

    def annotate_upload(
        self, digest: str, language: str = "", **scope: Unpack[RequestedScope]
    ) -> bytes:
        """Copy an upload as `annotate_file` does."""
        examination = self.examine_upload(digest, language, **scope)
        if examination.outcome is Outcome.UNREADABLE:
            raise UnreadableError(examination.sentence)
        if examination.outcome is Outcome.IDENTIFYING:
            raise SubmissionError("the file holds data about a person, so no copy of it is made")
        opened = self.examiner.open_upload(digest, Path())
        path, name = self.uploads.path(digest), examination.received.name
        with self.queue.reserve(), self.queue.turn(f"{digest}.xlsx"):
            return run_limited(annotate, ANNOTATION, name, path, opened, examination)

    # All submissions of a collection

    def submissions_table(self, collection: str = "") -> pd.DataFrame:
        """One row for each submission, the newest first.

        `again` is the first vintage with the same file, if the file was sent again.
        """
        columns = [column.name for column in Submission.__table__.columns]
        rows = [
            [getattr(submission, name) for name in columns]
            for submission in self._submissions(collection)
        ]
        table = pd.DataFrame(rows, columns=columns)
        table["reason"] = table["reason"].fillna("")
        first = table.groupby([*SUBMISSION_KEY_COLUMNS, "digest"])["vintage"].transform("min")
        table = table.assign(again=first.where(first < table["vintage"], ""))
        return table.sort_values(["vintage", "key"], ascending=False, ignore_index=True)

    def explanations(self, collection: str = "", area: str = "") -> pd.DataFrame:
        """How warnings were explained: one row for each, the newest submission first."""
        submissions = [
            submission
            for submission in self._submissions(collection)
            if area in {"", submission.area} and not submission.is_withdrawal
        ]
        for submission in submissions_without_report(
            submissions, self.ledger.reports(collection, area)
        ):
            self._report_again(submission)
        newest_first = sorted(submissions, key=attrgetter("vintage"), reverse=True)
        return explanations_table(newest_first, self.ledger.reports(collection, area))

    def accepted_history(self, collection: str) -> AcceptedHistory:
        """Read the accepted observations of all submissions to a collection, each table once."""
        submissions = self._submissions(collection)
        if not submissions:
            raise SubmissionError(f"nothing was submitted to {collection} yet; see `empact submit`")
        read = self.accepted.observations(submissions)
        tables = (table for _, table in zip(self.watch(submissions), read, strict=True))
        rounds = self.catalogue.collection(collection).round_codes
        return AcceptedHistory(concat_submissions(tables), rounds)

    def observations(
        self, collection: str, states: Mapping[str, str] | None = None
    ) -> pd.DataFrame:
        """The current observations, or those that were current when submissions had `states`."""
        return self.accepted_history(collection).current_observations(states)

    def actions(self, collection: str) -> pd.DataFrame:
        """Each declared action once, from the latest vintage of the last round that has it."""
        tables = self.accepted.actions(self.store.current(collection))
        rounds = self.catalogue.collection(collection).round_codes
        return latest_actions(name_origins(concat_submissions(tables)), rounds)

    def template(
        self, collection: str, area: str, round_: str, language: str = "", address: str = ""
    ) -> bytes:
        """The workbook for one area and round, with the area's latest values and explanations.

        `address` is that of the page to which it is to be sent, if it is known.
        """
        language = language or languages()[0]
        if language not in languages():
            raise UnknownNameError.with_hint("a language of the workbooks", language, languages())
        codes = resolve_scope(self.catalogue, collection=collection, area=area, round_=round_)
        key = SubmissionKey(codes["collection"], codes["round"], codes["area"])
        asking = self.catalogue.collection(collection)
        if asking.areas == "member_states" and key.area not in member_states():
            what = f"a Member State, and only these report to {collection}"
            raise UnknownNameError.with_hint(what, area, known=member_states())
        selection, rounds = self.examiner.select_prior(key), asking.round_codes
        previous = self.prior.history(selection, rounds)
        if previous is not None:
            previous = add_explanations(previous, self.explanations(collection, key.area))
        request = replace(
            template_request(self.catalogue, key, language),
            address=address,
            previous=previous,
            actions=self.prior.actions(selection, rounds),
        )
        return template_of(request.collection).write(request)

    def _submissions(self, collection: str = "") -> Sequence[Submission]:
        if collection:
            self.catalogue.collection(collection)
        return self.ledger.submissions(collection)

    def _report_again(self, submission: Submission) -> None:
        """Renew the report of an archived file, compared with what was accepted before it."""
        area = scope_of_submission(key_of_submission(submission)).get("area", "")
        examination = self.examiner.examine(
            self.archive.path(submission.key),
            submission.file,
            until=submission,
            collection=submission.collection,
            round_=submission.round,
            area=area,
        )
        if examination.digest == submission.digest:
            self.ledger.record(examination.report())


def annotate(
    _ask: object, path: Path, opened: Workbook | OpenedUpload, examination: Examination
) -> bytes:
    """Annotate a workbook, in the process that was started for it."""
    # Imported here: importing openpyxl takes longer than examining a small file.
    from metrics.intake.annotated_workbook import annotate_workbook  # noqa: PLC0415

    workbook = opened if isinstance(opened, Workbook) else opened.workbook
    workbook = replace(workbook, text_fragments=())  # such as the author, which is not kept
    return annotate_workbook(path, workbook, examination.findings, examination.language)


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
        raise SubmissionError(f"{received.name} was changed after it was read; send it again")


def template_request(found: Catalogue, key: SubmissionKey, language: str) -> TemplateRequest:
    collection = found.collection(key.collection)
    round_ = next(known for known in collection.rounds if known.code == key.round)
    asked = found.restrict_to(collection)
    definitions = (asked.indicators, asked.goals, asked.frameworks)
    return TemplateRequest(collection, key.area, round_, *definitions, found.version, language)
