"""How many Member States have the status of the Union in the same series."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Self

from dashboard.assessments import COUNTED_RULES, SHOWN_STATUSES
from dashboard.data import Release
from dashboard.series import AssessedSeries
from dashboard.texts import Text
from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.goals import Goal
from metrics.core.load_once import load_once
from metrics.core.tables import EU
from metrics.core.verdicts import Status
from metrics.release.official_statuses import statuses_by_series


@dataclass(frozen=True)
class StateStatuses:
    """The status of a series in the Union, and how many States have which status."""

    of_union: str
    counts: Mapping[str, int]

    @classmethod
    def beside(cls, union: AssessedSeries, statuses: Iterable[str]) -> Self | None:
        """None where the Union has no status, or one that counts States already."""
        official = union.official if union.area == EU else None
        if official is None or official.rule in COUNTED_RULES:
            return None
        counts = Counter(map(str, statuses))
        is_judged = official.status != Status.NOT_ASSESSED and bool(counts)
        return cls(str(official.status), counts) if is_judged else None

    @property
    def judged(self) -> int:
        return sum(self.counts.values()) - self.counts.get(Status.NOT_ASSESSED, 0)

    @property
    def agreeing(self) -> int:
        return self.counts.get(self.of_union, 0)

    @property
    def is_of_few(self) -> bool:
        """Whether fewer than half of the States judged have the status of the Union."""
        return 2 * self.agreeing < self.judged


def released_statuses(
    goal: Goal, union: AssessedSeries, release: Release | None
) -> StateStatuses | None:
    """The States' statuses of today beside that of the Union."""
    if release is None:
        return None
    by_series = _statuses_by_series(goal.code, release)
    return StateStatuses.beside(union, by_series.get(union.name, ()))


# A release never changes: room for every goal of the releases that are open.
@load_once(maxsize=512)
def _statuses_by_series(goal: str, release: Release) -> Mapping[str, list[str]]:
    rows = (release.rows_of_goal("assessments", goal, area) for area in member_states())
    return statuses_by_series(chain.from_iterable(rows))


def counts_in_words(counts: Mapping[str, int], text: Text) -> str:
    """`Member States: On track 12; Behind 5.`; empty without any."""
    listed = status_counts(counts, text)
    return text("report.states", counts=listed) if listed else ""


def status_counts(counts: Mapping[str, int], text: Text) -> str:
    """`On track 12; Behind 5`, in the fixed order of the statuses."""
    return text.listed(
        f"{text(f'status.{status}')} {text.number(counts[status], 0)}"
        for status in SHOWN_STATUSES
        if counts.get(status)
    )


def sharing_states(statuses: StateStatuses | None, text: Text) -> str:
    """`Union total; same status in 3 of 26 Member States`; empty but for a status of the Union."""
    if statuses is None or not statuses.judged:
        return ""
    return agreeing_states(statuses.agreeing, statuses.judged, text)


def agreeing_states(agreeing: int, judged: int, text: Text) -> str:
    return text.counted("status.of_states", agreeing, judged=text.number(judged, 0))


def few_states_sentence(statuses: StateStatuses | None, text: Text) -> str:
    """A sentence that the status of the Union is not that of most States; empty where it is."""
    if statuses is None or not statuses.is_of_few:
        return ""
    judged = text.number(statuses.judged, 0)
    return text.counted("sentence.few_states", statuses.agreeing, judged=judged)
