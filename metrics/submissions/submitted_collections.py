"""All submissions of a collection: the register, explanations, observations, templates."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

import pandas as pd

from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import Catalogue
from metrics.core.actions import latest_actions
from metrics.core.errors import (
    KeyedText,
    MetricsError,
    SubmissionError,
    UnknownNameError,
)
from metrics.intake.templates import TemplateRequest, template_of
from metrics.messages import languages
from metrics.submissions.accepted_cache import (
    concat_submissions,
    key_of_submission,
    scope_of_submission,
)
from metrics.submissions.archive import SubmissionKey
from metrics.submissions.examination import (
    resolve_scope,
)
from metrics.submissions.explanations import (
    SUBMISSION_KEY_COLUMNS,
    add_explanations,
    explanations_table,
    submissions_without_report,
)
from metrics.submissions.ledger import Submission
from metrics.submissions.partial_reports import CARRIED_FROM, is_carried, name_origins
from metrics.submissions.validity import Standing, Validity, validity_of_submissions
from metrics.submissions.vintages import AcceptedHistory
from metrics.submissions.workspace import Workspace


class SubmittedCollections(Workspace):
    """A workspace, asked what was submitted to a collection."""

    def submissions_table(self, collection: str = "") -> pd.DataFrame:
        """One row for each submission, the newest first.

        `again` is the first vintage with the same file, if the file was sent again; `standing` says
        whether the submission is in force.
        """
        columns = [column.name for column in Submission.__table__.columns]
        submissions = self._submissions(collection)
        validities = self.validity_of(submissions)
        rows = [[getattr(submission, name) for name in columns] for submission in submissions]
        table = pd.DataFrame(rows, columns=columns)
        table["standing"] = [str(validities[submission.key].standing) for submission in submissions]
        table["reason"] = table["reason"].fillna("")
        first = table.groupby([*SUBMISSION_KEY_COLUMNS, "digest"])["vintage"].transform("min")
        table = table.assign(again=first.where(first < table["vintage"], ""))
        return table.sort_values(["vintage", "key"], ascending=False, ignore_index=True)

    def validity_of(self, submissions: Sequence[Submission]) -> Mapping[str, Validity]:
        """The state of each submission by its key; in force if no later part took a figure."""
        validities = dict(validity_of_submissions(submissions))
        by_key = {submission.key: submission for submission in submissions}
        for key, validity in validities.items():
            is_in_part = validity.standing == Standing.IN_PART
            if is_in_part and self._is_untouched(by_key[key], validity.through):
                validities[key] = Validity(Standing.IN_FORCE)
        return validities

    def _is_untouched(self, submission: Submission, later: Sequence[Submission]) -> bool:
        """Whether every figure of a submission is in force, and no later one states actions."""
        if any(one.actions for one in later) and submission.actions:
            return False
        pairs = self.accepted.columns_or_error([submission, later[-1]], [])
        own, now = (table for _, table in pairs)
        if isinstance(own, MetricsError) or isinstance(now, MetricsError):
            return False
        carried = now[CARRIED_FROM] == submission.vintage if CARRIED_FROM in now else pd.Series()
        return int(carried.sum()) == int((~is_carried(own)).sum())

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
            raise SubmissionError("nothing_submitted", collection=collection)
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

        `address` is that of the page to which it must be sent, if it is known.
        """
        language = language or languages()[0]
        if language not in languages():
            raise UnknownNameError.with_hint("a_language", language, languages())
        codes = resolve_scope(self.catalogue, collection=collection, area=area, round_=round_)
        key = SubmissionKey(codes["collection"], codes["round"], codes["area"])
        asking = self.catalogue.collection(collection)
        if asking.areas == "member_states" and key.area not in member_states():
            kind = KeyedText.filled("a_reporting_state", collection=collection)
            raise UnknownNameError.with_hint(kind, area, known=member_states())
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


def template_request(found: Catalogue, key: SubmissionKey, language: str) -> TemplateRequest:
    collection = found.collection(key.collection)
    round_ = next(known for known in collection.rounds if known.code == key.round)
    asked = found.restrict_to(collection)
    definitions = (asked.indicators, asked.goals, asked.frameworks)
    return TemplateRequest(collection, key.area, round_, *definitions, found.version, language)
