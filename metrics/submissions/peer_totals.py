"""Totals reported by other States, to compare a new figure with."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from metrics.core.errors import KeyedText, MetricsError
from metrics.core.tables import BREAKDOWNS, KEY, TOTAL
from metrics.intake.rules.plausibility.peers import FEWEST_STATES
from metrics.submissions.accepted_cache import AcceptedObservations, concat_tables
from metrics.submissions.archive import MANY_AREAS, SubmissionKey
from metrics.submissions.ledger import Submission

ProgressBar = Callable[[Sequence[Submission]], Iterable[Submission]]


@dataclass(frozen=True)
class PeerTotals:
    """Totals of other States, None if too few reported, and why some cannot be read."""

    totals: pd.DataFrame | None = None
    unread: tuple[KeyedText, ...] = ()


class Peers:
    """Read each submission once, even if many workbooks are compared with it."""

    def __init__(self, accepted: AcceptedObservations, watch: ProgressBar = iter) -> None:
        self.accepted = accepted
        self.watch = watch
        self._totals: dict[str, pd.DataFrame] = {}

    def select(
        self, key: SubmissionKey, current: Iterable[Submission], rounds: Sequence[str]
    ) -> tuple[Submission, ...]:
        """The submissions of other States for this round and the previous one; none if too few."""
        number = rounds.index(key.round)
        compared = rounds[max(number - 1, 0) : number + 1]
        others = [
            submission
            for submission in current
            if submission.area != key.area and submission.round in compared
        ]
        is_comparable = key.area != MANY_AREAS and has_enough_states(others, key.round)
        return tuple(others) if is_comparable else ()

    def read(self, peers: Sequence[Submission], round_: str) -> PeerTotals:
        # A missing file is tried again each time, because somebody may have restored it.
        unread = self._read([peer for peer in peers if peer.key not in self._totals])
        known = [peer for peer in peers if peer.key in self._totals]
        if not has_enough_states(known, round_):
            return PeerTotals(unread=unread)
        return PeerTotals(concat_tables([self._totals[peer.key] for peer in known]), unread)

    def _read(self, peers: Sequence[Submission]) -> tuple[KeyedText, ...]:
        """Read the totals of peers; return why some cannot be read."""
        if not peers:
            return ()
        errors = []
        tables = self.accepted.columns_or_error(peers, [*KEY, "value"])
        for _, (peer, table) in zip(self.watch(peers), tables, strict=True):
            if isinstance(table, MetricsError):
                errors.append(table.text)
            else:
                self._totals[peer.key] = observed_totals(table)
        return tuple(errors)


def has_enough_states(others: Iterable[Submission], round_: str) -> bool:
    areas = {submission.area for submission in others if submission.round == round_}
    return len(areas) + 1 >= FEWEST_STATES


def observed_totals(observations: pd.DataFrame) -> pd.DataFrame:
    """Keys and values of the totals that have a value."""
    whole = (observations[[*BREAKDOWNS]] == TOTAL).all(axis=1) & observations["value"].notna()
    return observations.loc[whole, [*KEY, "value"]]
