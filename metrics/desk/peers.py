"""What the other states have reported, to hold a new figure against: totals only."""

from collections.abc import Iterable

import pandas as pd

from metrics.archive import MANY_AREAS, Place
from metrics.desk.shelf import Shelf, joined
from metrics.ledger import Submission
from metrics.rules.plausibility.peers import FEWEST_STATES
from metrics.tables import BREAKDOWNS, KEY, TOTAL


class Peers:
    """Reads each submission once: those who send many workbooks compare them with the same."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self._totals: dict[str, pd.DataFrame] = {}

    def of(
        self, place: Place, current: Iterable[Submission], rounds: list[str]
    ) -> pd.DataFrame | None:
        """Of this round and the one before it; None where there are too few states to compare."""
        number = rounds.index(place.round)
        asked = rounds[max(number - 1, 0) : number + 1]
        others = [each for each in current if each.area != place.area and each.round in asked]
        here = {each.area for each in others if each.round == place.round}
        if place.area == MANY_AREAS or len(here) + 1 < FEWEST_STATES:
            return None
        self._read([each for each in others if each.key not in self._totals])
        return joined([self._totals[each.key] for each in others])

    def _read(self, unread: list[Submission]) -> None:
        for submission, said in zip(unread, self.shelf.all(unread), strict=True):
            self._totals[submission.key] = totals(said.observations)


def totals(observations: pd.DataFrame) -> pd.DataFrame:
    """Values that are not broken down, without what was said beside them."""
    whole = (observations[[*BREAKDOWNS]] == TOTAL).all(axis=1) & observations["value"].notna()
    return observations.loc[whole, [*KEY, "value"]]
