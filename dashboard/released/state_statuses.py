"""How many Member States have the status of the Union in the same series."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Self

from dashboard.data import Release
from dashboard.released.assessments import COUNTED_RULES
from dashboard.released.scoreboard import NO_FIGURE, SCOREBOARD_MARKS, status_of_row
from dashboard.released.series import AssessedSeries
from dashboard.released.states_by_status import mark_of_series, marks_of_goal
from dashboard.texts import Text
from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.goals import Goal
from metrics.core.load_once import load_once
from metrics.core.tables import EU
from metrics.core.verdicts import Status
from metrics.release.official_statuses import official_by_series


@dataclass(frozen=True)
class StateStatuses:
    """The status of a series in the Union, and how many States have which mark.

    The marks are those of the scoreboard: a status that is not current is counted apart.
    """

    of_union: str
    counts: Mapping[str, int]

    @classmethod
    def beside(cls, union: AssessedSeries, marks: Iterable[str]) -> Self | None:
        """None where the Union has no status, or one that counts States already."""
        official = union.official if union.area == EU else None
        if official is None or official.rule in COUNTED_RULES:
            return None
        counts = Counter(map(str, marks))
        is_assessed = official.status != Status.NOT_ASSESSED and bool(counts.keys() - {NO_FIGURE})
        return cls(str(official.status), counts) if is_assessed else None

    @property
    def assessed(self) -> int:
        """How many States have a current status."""
        current = [status for status in Status if status != Status.NOT_ASSESSED]
        return sum(self.counts.get(status, 0) for status in current)

    @property
    def agreeing(self) -> int:
        return self.counts.get(self.of_union, 0)

    @property
    def is_of_few(self) -> bool:
        """Whether fewer than half of the States assessed have the status of the Union."""
        return 2 * self.agreeing < self.assessed


def released_statuses(
    goal: Goal, union: AssessedSeries, release: Release | None
) -> StateStatuses | None:
    """The States' statuses of today beside that of the Union."""
    if release is None:
        return None
    if of_goal := marks_of_goal(goal, union, release):
        return StateStatuses.beside(union, of_goal.values())
    by_series = _marks_by_series(goal.code, release)
    return StateStatuses.beside(union, by_series.get(union.name, ()))


# A release never changes: room for every goal of the releases that are open.
@load_once(maxsize=512)
def _marks_by_series(goal: str, release: Release) -> Mapping[str, list[str]]:
    rows = (release.assessments.rows_of(goal, area) for area in member_states())
    official = official_by_series(chain.from_iterable(rows))
    return {
        name: [status_of_row(row["area"], row).mark for row in of_states]
        for name, of_states in official.items()
    }


def marks_of_states(in_states: Iterable[AssessedSeries]) -> list[str]:
    """The mark of each State, as beside the chart; none if no State is assessed at all."""
    states = list(in_states)
    is_assessed = any(state.official for state in states)
    return [mark_of_series(state) for state in states] if is_assessed else []


def counts_in_words(counts: Mapping[str, int], text: Text) -> str:
    """`Member States: On track 12; Behind 5.`; empty without any."""
    listed = status_counts(counts, text)
    return text("report.states", counts=listed) if listed else ""


def status_counts(counts: Mapping[str, int], text: Text) -> str:
    """`On track 12; Behind 5; Not current 3`, in the fixed order of the marks."""
    return text.listed(
        f"{text(f'status.{mark}')} {text.number(counts[mark], 0)}"
        for mark in SCOREBOARD_MARKS
        if counts.get(mark)
    )


def sharing_states(statuses: StateStatuses | None, text: Text) -> str:
    """In how many States with a current status it is the same; empty but for the Union."""
    if statuses is None or not statuses.assessed:
        return ""
    assessed = text.number(statuses.assessed, 0)
    return text.counted("status.of_states", statuses.agreeing, assessed=assessed)


def few_states_sentence(statuses: StateStatuses | None, text: Text) -> str:
    """A sentence that the status of the Union is not that of most States; empty where it is."""
    if statuses is None or not statuses.is_of_few:
        return ""
    assessed = text.number(statuses.assessed, 0)
    return text.counted("sentence.few_states", statuses.agreeing, assessed=assessed)
