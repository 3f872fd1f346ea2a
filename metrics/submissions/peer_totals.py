"""What the other states have reported, to hold a new figure against: totals only."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from metrics.core.errors import MetricsError
from metrics.core.tables import BREAKDOWNS, KEY, TOTAL
from metrics.intake.rules.plausibility.peers import FEWEST_STATES
from metrics.submissions.accepted_cache import AcceptedObservations, joined
from metrics.submissions.archive import MANY_AREAS, SubmissionKey
from metrics.submissions.ledger import Submission

Watch = Callable[[Sequence[Submission]], Iterable[Submission]]


@dataclass(frozen=True)
class PeerTotals:
    """What others have sent; None where too few have. And which of their files are unreadable."""

    totals: pd.DataFrame | None = None
    passed_over: tuple[str, ...] = ()


class Peers:
    """Reads each submission once: those who send many workbooks compare them with the same."""

    def __init__(self, shelf: AcceptedObservations, watch: Watch = iter) -> None:
        self.shelf = shelf
        self.watch = watch
        self._totals: dict[str, pd.DataFrame] = {}

    def of(
        self, place: SubmissionKey, current: Iterable[Submission], rounds: list[str]
    ) -> PeerTotals:
        """Of this round and the one before it."""
        number = rounds.index(place.round)
        asked = rounds[max(number - 1, 0) : number + 1]
        others = [each for each in current if each.area != place.area and each.round in asked]
        if place.area == MANY_AREAS or not are_enough(others, place):
            return PeerTotals()
        # A file that was lost is tried again each time: somebody may have restored it.
        passed_over = self._read([each for each in others if each.key not in self._totals])
        known = [each for each in others if each.key in self._totals]
        if not are_enough(known, place):
            return PeerTotals(passed_over=passed_over)
        return PeerTotals(joined([self._totals[each.key] for each in known]), passed_over)

    def _read(self, unread: list[Submission]) -> tuple[str, ...]:
        if not unread:
            return ()
        wrong = []
        read = self.shelf.figures(unread, [*KEY, "value"])
        for submission, said in zip(self.watch(unread), read, strict=True):
            if isinstance(said, MetricsError):
                wrong.append(str(said))
            else:
                self._totals[submission.key] = totals(said)
        return tuple(wrong)


def are_enough(others: Iterable[Submission], place: SubmissionKey) -> bool:
    here = {each.area for each in others if each.round == place.round}
    return len(here) + 1 >= FEWEST_STATES


def totals(observations: pd.DataFrame) -> pd.DataFrame:
    """Values that are not broken down, without what was said beside them."""
    whole = (observations[[*BREAKDOWNS]] == TOTAL).all(axis=1) & observations["value"].notna()
    return observations.loc[whole, [*KEY, "value"]]
