"""What was accepted before a submission, from the same area and from the others."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

import pandas as pd

from metrics.core.actions import latest_actions
from metrics.core.errors import KeyedText, MetricsError
from metrics.core.tables import KEY
from metrics.submissions.accepted_cache import (
    AcceptedObservations,
    concat_submissions,
    key_of_submission,
)
from metrics.submissions.archive import SubmissionKey
from metrics.submissions.ledger import Extent, State, Submission
from metrics.submissions.partial_reports import name_origins
from metrics.submissions.peer_totals import Peers
from metrics.submissions.vintages import AcceptedHistory, values_before_last_change


@dataclass(frozen=True)
class PriorSelection:
    """The submissions that a file is compared with."""

    replaced: Submission | None = None  # the vintage that the file would replace
    older: tuple[Submission, ...] = ()  # earlier vintages, the newest first
    earlier_rounds: tuple[Submission, ...] = ()  # of the same area, for earlier rounds
    peers: tuple[Submission, ...] = ()  # of other States

    @property
    def digest(self) -> str:
        """Identifies the selection: a stored examination holds only for the same one."""
        replaced = (self.replaced,) if self.replaced else ()
        groups = (replaced, self.older, self.earlier_rounds, self.peers)
        names = [
            sorted((submission.name, submission.digest) for submission in group) for group in groups
        ]
        return sha256(json.dumps(names).encode()).hexdigest()


@dataclass(frozen=True)
class PriorData:
    """The tables of the selected submissions; None where there are none."""

    previous: pd.DataFrame | None = None  # observations of the vintage that would be replaced
    carried: pd.DataFrame | None = None  # of these, what a part of a report leaves as it is
    changed: pd.DataFrame | None = None  # the values of these before their last change
    history: pd.DataFrame | None = None  # current observations of earlier rounds
    peers: pd.DataFrame | None = None  # totals of other states
    actions: pd.DataFrame | None = None  # of the vintage that would be replaced
    unread_peers: tuple[KeyedText, ...] = ()  # why some of their submissions cannot be read


@dataclass(frozen=True)
class PriorSubmissions:
    accepted: AcceptedObservations
    peers: Peers

    def select(
        self,
        key: SubmissionKey,
        submissions: Sequence[Submission],
        rounds: Sequence[str],
        until: Submission | None = None,
    ) -> PriorSelection:
        """Select what a file is compared with: now, or when the submission `until` was received."""
        current = [submission for submission in submissions if submission.state == State.CURRENT]
        if until:
            current = current_at_receipt(until, submissions)
        own = [submission for submission in current if submission.area == key.area]
        replaced = next((submission for submission in own if submission.round == key.round), None)
        older = [
            submission
            for submission in submissions
            if replaced
            and key_of_submission(submission) == key
            and submission.vintage < replaced.vintage
        ]
        past = rounds[: rounds.index(key.round)]
        return PriorSelection(
            replaced,
            tuple(sorted(older, key=lambda submission: submission.vintage, reverse=True)),
            tuple(submission for submission in own if submission.round in past),
            self.peers.select(key, current, rounds),
        )

    def read(
        self, selection: PriorSelection, key: SubmissionKey, rounds: Sequence[str]
    ) -> PriorData:
        peers = self.peers.read(selection.peers, key.round)
        previous = self._previous(selection)
        return PriorData(
            previous,
            changed=self._before_last_change(previous, selection.older),
            history=self.history(selection, rounds),
            peers=peers.totals,
            actions=self._previous_actions(selection),
            unread_peers=peers.unread,
        )

    def history(self, selection: PriorSelection, rounds: Sequence[str]) -> pd.DataFrame | None:
        """The area's observations for earlier rounds, as they were current then."""
        if not selection.earlier_rounds:
            return None
        table = concat_submissions(self.accepted.observations(selection.earlier_rounds))
        # For a past selection, a later vintage may have been received since.
        return AcceptedHistory(table.assign(state=State.CURRENT), rounds).current_observations()

    def actions(self, selection: PriorSelection, rounds: Sequence[str]) -> pd.DataFrame | None:
        """The actions that the area declared in earlier rounds, each in its latest version."""
        if not selection.earlier_rounds:
            return None
        tables = self.accepted.actions(selection.earlier_rounds)
        return latest_actions(name_origins(concat_submissions(tables)), rounds)

    def _previous(self, selection: PriorSelection) -> pd.DataFrame | None:
        if selection.replaced is None:
            return None
        return concat_submissions(self.accepted.observations([selection.replaced]))

    def _previous_actions(self, selection: PriorSelection) -> pd.DataFrame | None:
        if selection.replaced is None:
            return None
        return concat_submissions(self.accepted.actions([selection.replaced]))

    def _before_last_change(
        self, previous: pd.DataFrame | None, older: Sequence[Submission]
    ) -> pd.DataFrame | None:
        if previous is None:
            return None
        tables = self.accepted.columns_or_error(older, [*KEY, "value"])
        readable = [table for _, table in tables if not isinstance(table, MetricsError)]
        return values_before_last_change([previous, *readable])


def current_at_receipt(
    submission: Submission, submissions: Iterable[Submission]
) -> list[Submission]:
    """The submissions that were current when a submission was received."""
    earlier = [
        other
        for other in sorted(submissions, key=lambda other: other.vintage)
        if other.vintage <= submission.vintage and other.key != submission.key
    ]
    latest = {(other.round, other.area): other for other in earlier}
    return [other for other in latest.values() if other.extent != Extent.WITHDRAWAL]
