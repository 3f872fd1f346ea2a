"""What was accepted before a submission: of the same area, and of the others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from metrics.core.actions import last_words
from metrics.core.errors import MetricsError
from metrics.core.tables import KEY
from metrics.submissions.accepted_cache import AcceptedObservations, joined, place_of_submission
from metrics.submissions.archive import SubmissionKey
from metrics.submissions.examination import PriorData
from metrics.submissions.ledger import State, Submission
from metrics.submissions.peer_totals import Peers
from metrics.submissions.vintages import before_last_change, standing


@dataclass(frozen=True)
class PriorSubmissions:
    shelf: AcceptedObservations
    peers: Peers

    def beside(
        self, place: SubmissionKey, current: Sequence[Submission], rounds: list[str]
    ) -> PriorData:
        """What the area has sent before, and what the others have sent."""
        peers = self.peers.of(place, current, rounds)
        own = self.of(place, current, rounds)
        return replace(own, peers=peers.totals, passed_over=peers.passed_over)

    def of(
        self, place: SubmissionKey, current: Sequence[Submission], rounds: list[str]
    ) -> PriorData:
        """What the area has sent for this round and for the rounds before it."""
        past = rounds[: rounds.index(place.round)]
        mine = [each for each in current if each.area == place.area]
        here = next((each for each in mine if each.round == place.round), None)
        earlier = [each for each in mine if each.round in past]
        said = list(self.shelf.all(earlier))
        # What stood then stands here, though a later vintage may have come since.
        tables = [each.observations.assign(state=State.CURRENT) for each in said]
        return PriorData(
            self.shelf.one(here).observations if here else None,
            standing(joined(tables), rounds) if said else None,
            last_words(joined([each.actions for each in said]), rounds) if said else None,
            here,
        )

    def with_changes(self, before: PriorData, known: Iterable[Submission]) -> PriorData:
        """With what each figure was, before it became that of the vintage to be replaced."""
        here = before.submission
        if here is None or before.vintage is None:
            return before
        place = place_of_submission(here)
        same = [each for each in known if place_of_submission(each) == place]
        past = sorted(same, key=lambda each: each.vintage, reverse=True)
        older = [each for each in past if each.vintage < here.vintage]
        read = self.shelf.figures(older, [*KEY, "value"])
        said = [each for each in read if not isinstance(each, MetricsError)]
        return replace(before, changed=before_last_change([before.vintage, *said]))


def standing_at(submission: Submission, known: Iterable[Submission]) -> list[Submission]:
    """The latest of each area and round that had come when a submission came."""
    ordered = sorted(known, key=lambda each: each.vintage)
    came = [each for each in ordered if each.vintage <= submission.vintage]
    latest = {(each.round, each.area): each for each in came if each.key != submission.key}
    return list(latest.values())
