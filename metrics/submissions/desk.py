"""The life of a submission: received, examined, confirmed, replaced by a later vintage."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import IO, TypedDict, Unpack

import pandas as pd

from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import Catalogue, catalogue
from metrics.core.actions import last_words
from metrics.core.errors import SubmissionError, UnknownNameError, UnreadableError
from metrics.intake.formats import limits
from metrics.intake.reading import ingest
from metrics.intake.sandbox import unpack
from metrics.intake.templates import TemplateRequest, languages, template_of
from metrics.intake.workbook import Workbook
from metrics.submissions.accepted_cache import (
    Accepted,
    AcceptedObservations,
    asked_by,
    joined,
    place_of_submission,
)
from metrics.submissions.archive import Archive, SubmissionKey
from metrics.submissions.examination import (
    Examination,
    Outcome,
    PriorData,
    asked_for,
    case_of,
    examined,
    is_past,
    place_of,
    received_at,
    spoken,
    unreadable,
)
from metrics.submissions.explanations import PLACE, explanations, unreported, with_explanations
from metrics.submissions.ledger import Ledger, State, Submission
from metrics.submissions.peer_totals import Peers, Watch
from metrics.submissions.prior_data import PriorSubmissions, standing_at
from metrics.submissions.submission_store import RecoveredFiles, SubmissionStore
from metrics.submissions.uploads import Staging
from metrics.submissions.vintages import standing

__all__ = ["Desk", "Examination", "Outcome", "RequestedScope"]


class RequestedScope(TypedDict, total=False):
    """What a sender may say where the file does not; `""` is nothing said."""

    collection: str
    area: str
    round_: str


class Desk:
    """A workspace: what was submitted to it, and what became of it.

    `watch` may wrap a long walk over submissions, to show how far it has come.
    """

    def __init__(self, home: Path, watch: Watch = iter) -> None:
        self.home = home
        self.watch = watch
        self.processed = home / "data" / "processed"
        self.archive = Archive(home / "data" / "raw")
        self.staging = Staging(home / "data" / "staging", limits.FILE_MEGABYTES)
        self.adopted = RecoveredFiles()
        self._register = SubmissionStore(self.archive, Ledger.at(home / "data"))

    @property
    def catalogue(self) -> Catalogue:
        return catalogue()

    @property
    def ledger(self) -> Ledger:
        return self.books.ledger

    @cached_property
    def books(self) -> SubmissionStore:
        """Archive and ledger, the ledger opened with all in it that the archive holds."""
        self.adopt()
        return self._register

    @cached_property
    def shelf(self) -> AcceptedObservations:
        return AcceptedObservations(self.archive, self.staging, self.catalogue)

    @cached_property
    def earlier(self) -> PriorSubmissions:
        return PriorSubmissions(self.shelf, Peers(self.shelf, self.watch))

    def adopt(self) -> RecoveredFiles:
        """Enter files of the archive that the ledger does not know, verifying path and digest."""
        self.adopted = self._register.adopt()
        return self.adopted

    def close(self) -> None:
        self._register.ledger.close()

    # One file

    def examine(
        self,
        path: Path,
        name: str = "",
        language: str = "",
        unpacked: Callable[[], Workbook] | None = None,
        until: Submission | None = None,
        **said: Unpack[RequestedScope],
    ) -> Examination:
        """Everything there is to say of a file. Changes nothing, and makes no ledger.

        `unpacked` gives what the file holds where somebody has begun to open it already; `until`
        the submission whose file it is, held against what had come by then. Without a `language`
        it is said in that of the workbook.
        """
        asked = asked_for(self.catalogue, **said)
        received = received_at(path, name)
        try:
            workbook = unpacked() if unpacked else unpack(path, received.name)
        except UnreadableError as wrong:
            return unreadable(received, str(wrong), asked, spoken(language, {}))
        reading = ingest(workbook, self.catalogue, asked)
        place = place_of(reading, self.catalogue)
        before = self._beside(place, until) if place else PriorData()
        case = case_of(reading, asked, before, self.catalogue)
        told = examined(received, case, place, spoken(language, workbook.stamp))
        same = self._same(place, told.digest)
        stands = same is not None and same.state == State.CURRENT
        told = replace(told, already=same if stands else None, again=None if stands else same)
        return replace(told, replaces=before.submission, passed_over=before.passed_over)

    def submit(
        self,
        path: Path,
        name: str = "",
        received: datetime | None = None,
        **said: Unpack[RequestedScope],
    ) -> Examination:
        """Examine a file, and keep it when it is accepted; `received` now unless told."""
        return self.keep(path, self.examine(path, name, **said), received)

    def keep(self, path: Path, told: Examination, received: datetime | None = None) -> Examination:
        """Store what was examined: the file when it was accepted, the report in any case.

        The latest vintage sent again changes nothing; one that was replaced becomes the newest,
        unless it was `received` before that. SubmissionError where another came meanwhile.
        """
        if told.already or not told.digest or is_past(told, received):
            return told
        if told.outcome is Outcome.ACCEPTED:
            self.shelf.keep(told.digest, told.place, Accepted(told.observations, told.actions))
            told = replace(told, submission=self.books.enter(told.arrival(path, received)))
        self.ledger.record(told.report())
        return told

    def annotate(
        self, path: Path, name: str = "", language: str = "", **said: Unpack[RequestedScope]
    ) -> bytes:
        """The submitter's own workbook as .xlsx, with every finding at its cell."""
        # Writing workbooks takes longer to import than a small file takes to examine.
        from metrics.intake.annotated_workbook import annotated  # noqa: PLC0415

        workbook = unpack(path, name or path.name)
        told = self.examine(path, name, language, unpacked=lambda: workbook, **said)
        return annotated(path, workbook, told.findings, told.language)

    # A file that was dropped, and waits for a word

    def stage(self, stream: IO[bytes], name: str) -> str:
        """Keep an upload until it is confirmed, for a day at most; gives its digest."""
        return self.staging.receive(stream, name)

    def examine_staged(
        self, digest: str, language: str = "", **said: Unpack[RequestedScope]
    ) -> Examination:
        """As `examine`. What is not accepted is reported on, and no personal data is kept."""
        path, name = self.staging.path(digest), self.staging.name(digest)
        told = self.examine(path, name, language, **said)
        if told.outcome is not Outcome.ACCEPTED:
            self.ledger.record(told.report())
        if told.outcome in {Outcome.IDENTIFYING, Outcome.UNREADABLE}:
            self.staging.drop(digest)
        return told

    def confirm(
        self, digest: str, seen: str | None = None, **said: Unpack[RequestedScope]
    ) -> Examination:
        """Submit a staged file. `seen` is the digest of the vintage shown as replaced, or `""`."""
        path, name = self.staging.path(digest), self.staging.name(digest)
        told = self.examine(path, name, **said)
        latest = told.replaces.digest if told.replaces else ""
        if seen is not None and seen != latest and not told.already:
            raise SubmissionError(f"{told.place} was submitted meanwhile; look at it again")
        told = self.keep(path, told)
        if told.outcome is not Outcome.HAS_ERRORS:
            self.staging.drop(digest)
        return told

    def annotated(self, digest: str, language: str = "", **said: Unpack[RequestedScope]) -> bytes:
        """A staged file as `annotate` gives it."""
        path, name = self.staging.path(digest), self.staging.name(digest)
        return self.annotate(path, name, language, **said)

    # All files of a collection

    def register(self, collection: str = "") -> pd.DataFrame:
        """One row a submission, the newest first; `again`: the vintage that had the file first."""
        columns = [each.name for each in Submission.__table__.columns]
        rows = [[getattr(each, name) for name in columns] for each in self._known(collection)]
        table = pd.DataFrame(rows, columns=columns)
        first = table.groupby([*PLACE, "digest"])["vintage"].transform("min")
        table = table.assign(again=first.where(first < table["vintage"], ""))
        return table.sort_values(["vintage", "key"], ascending=False, ignore_index=True)

    def explanations(self, collection: str = "", area: str = "") -> pd.DataFrame:
        """How warnings were explained: one row a warning, the newest submission first."""
        known = [each for each in self._known(collection) if area in {"", each.area}]
        for each in unreported(known, self.ledger.reports(collection)):
            self._report_anew(each)
        newest = sorted(known, key=lambda each: each.vintage, reverse=True)
        return explanations(newest, self.ledger.reports(collection))

    def _report_anew(self, each: Submission) -> None:
        """Tell a file of the archive again what it was told, beside what stood when it came."""
        area = asked_by(place_of_submission(each)).get("area", "")
        said: RequestedScope = {"collection": each.collection, "round_": each.round, "area": area}
        told = self.examine(self.archive.path(each.key), each.file, until=each, **said)
        if told.digest == each.digest:
            self.ledger.record(told.report())

    def observations(
        self, collection: str, states: Mapping[str, str] | None = None
    ) -> pd.DataFrame:
        """What stands: the latest vintage of each area and round, later rounds over earlier.

        `states`, of the submissions by their name, gives what stood when they had these.
        """
        known = self._known(collection)
        if not known:
            raise SubmissionError(f"nothing was submitted to {collection} yet; see `empact submit`")
        then = {each.name: each.state for each in known} if states is None else states
        chosen = [each for each in known if each.name in then]
        tables = [
            each.observations.assign(state=then[submission.name])
            for submission, each in zip(chosen, self.shelf.all(self.watch(chosen)), strict=True)
        ]
        return standing(joined(tables), self._rounds(collection))

    def actions(self, collection: str) -> pd.DataFrame:
        """Each declared action once, as the latest vintage of the latest round has it."""
        current = self.books.current(collection)
        declared = joined([each.actions for each in self.shelf.all(current)])
        return last_words(declared, self._rounds(collection))

    def template(self, collection: str, area: str, round_: str, language: str = "") -> bytes:
        """The workbook for one area and round, with what the area sent and explained last."""
        language = language or languages()[0]
        if language not in languages():
            raise UnknownNameError.of("a language of the workbooks", language, languages())
        asked = asked_for(self.catalogue, collection=collection, area=area, round_=round_)
        place = SubmissionKey(asked["collection"], asked["round"], asked["area"])
        states_only = self.catalogue.collection(collection).areas == "member_states"
        if states_only and place.area not in member_states():
            what = f"a Member State, and only these report to {collection}"
            raise UnknownNameError.of(what, area, known=member_states())
        before = self.earlier.of(place, self._stood(collection), self._rounds(collection))
        order = order_of(self.catalogue, place, language)
        earlier = before.earlier
        if earlier is not None:
            earlier = with_explanations(earlier, self.explanations(collection, place.area))
        filled = replace(order, previous=earlier, actions=before.actions)
        return template_of(filled.collection).write(filled)

    def _known(self, collection: str = "") -> Sequence[Submission]:
        if collection:
            self.catalogue.collection(collection)
        return self.ledger.submissions(collection)

    def _rounds(self, collection: str) -> list[str]:
        return [each.code for each in self.catalogue.collection(collection).rounds]

    def _same(self, place: SubmissionKey | None, digest: str) -> Submission | None:
        if self._register.is_new or place is None:
            return None
        return self.books.same(place, digest)

    def _beside(self, place: SubmissionKey, until: Submission | None) -> PriorData:
        stood = self._stood(place.collection, until)
        before = self.earlier.beside(place, stood, self._rounds(place.collection))
        known = self.ledger.submissions(place.collection) if before.submission else ()
        return self.earlier.with_changes(before, known)

    def _stood(self, collection: str, until: Submission | None = None) -> Sequence[Submission]:
        """What stands, or what stood when a submission came."""
        if self._register.is_new:
            return []
        known = self.books.current(collection)
        return standing_at(until, self.ledger.submissions(collection)) if until else known


def order_of(found: Catalogue, place: SubmissionKey, language: str) -> TemplateRequest:
    collection = found.collection(place.collection)
    round_ = next(each for each in collection.rounds if each.code == place.round)
    defined = (found.indicators, found.goals, found.frameworks)
    return TemplateRequest(collection, place.area, round_, *defined, found.version, language)
