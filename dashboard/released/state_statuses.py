"""How many Member States have the status of the Union in the same series."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Self

from dashboard.data import Release
from dashboard.released.assessments import COUNTED_RULES, Assessment
from dashboard.released.goal_statuses import (
    NO_FIGURE,
    SCOREBOARD_MARKS,
    mark_of_series,
    status_of_row,
)
from dashboard.released.scoreboard import ScoreboardRow, read_row
from dashboard.released.series import AssessedSeries, leads_goal
from dashboard.released.states_by_status import marks_of_goal
from dashboard.texts import Text
from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.goals import Goal
from metrics.core.load_once import load_once
from metrics.core.status_by_rule import KEEP_AT
from metrics.core.tables import EU
from metrics.core.verdicts import Status, Verdict
from metrics.release.official_statuses import official_by_series

# What goes well: the goal is met, or the figure is on its path or moves in the desired direction.
# Where only a direction was asked for, even the best possible value meets no agreed level.
MET = (Status.ACHIEVED, Status.ACHIEVED_LATE)
FAVOURABLE = (Status.ON_TRACK, Status.BEST_VALUE, Status.WANTED_DIRECTION)
MET_OR_FAVOURABLE = (*MET, *FAVOURABLE)
CURRENT_STATUSES = tuple(status for status in Status if status != Status.NOT_ASSESSED)


def going_well(counts: Mapping[str, int]) -> int:
    return count_marks(counts, MET_OR_FAVOURABLE)


def current_statuses(counts: Mapping[str, int]) -> int:
    """How many have a current status."""
    return count_marks(counts, CURRENT_STATUSES)


def count_marks(counts: Mapping[str, int], marks: Iterable[str]) -> int:
    return sum(counts.get(mark, 0) for mark in marks)


@dataclass(frozen=True)
class StatesDoingWell:
    """How many States have met a goal or progress, of those with a current status.

    Of a step: how many have met it, of the States bound. Of a level to keep: how many have met it.
    """

    number: int
    of_all: int
    have_met: bool


def states_doing_well(
    goal: Goal | None, counts: Mapping[str, int], release: Release | None, period: str = ""
) -> StatesDoingWell | None:
    """As the page of the goal counts them; None where no State has a current status.

    Without a goal, as those of a series that leads none: all of them progress, none has met it.
    """
    of_all = current_statuses(counts)
    if release is None or not of_all:
        return None
    official = official_of_goal(goal, release, period) if goal else None
    if official is not None and official.rule in COUNTED_RULES and official.verdict.expected_value:
        return states_at_step(official.verdict)
    have_met = official is not None and official.rule in {*COUNTED_RULES, KEEP_AT}
    return StatesDoingWell(going_well(counts), of_all, have_met)


def official_of_goal(goal: Goal, release: Release, period: str) -> Assessment | None:
    """Of the Union as of a period, if the series with a figure leads the goal."""
    union = read_row(goal.code, EU, release, period).series
    return union.official if union and leads_goal(goal, union) else None


def states_at_step(verdict: Verdict) -> StatesDoingWell:
    """How many of the States bound have reached a step, from the released verdict of the Union."""
    number, of_all = verdict.value or 0, verdict.expected_value or 0
    return StatesDoingWell(int(number), int(of_all), have_met=True)


def doing_well_in_words(found: StatesDoingWell | None, text: Text) -> str:
    """`9 of 24`; a dash where no State is assessed, which is not the same as none."""
    if found is None:
        return "–"
    number, of_all = text.number(found.number, 0), text.number(found.of_all, 0)
    return text("state.of_states", n=number, all=of_all)


def doing_well_in_row(row: ScoreboardRow, release: Release | None) -> StatesDoingWell | None:
    counts = Counter(state.mark for state in row.states)
    return states_doing_well(row.goal, counts, release, row.period)


@dataclass(frozen=True)
class StateStatuses:
    """The status of a series in the Union, and how many States have which mark.

    The marks are those of the scoreboard: one that is not current is counted separately.
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
        return current_statuses(self.counts)

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
