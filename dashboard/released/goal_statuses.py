"""The status of a goal in an area as of a period, by the verdict of its headline series."""

from collections.abc import Collection
from dataclasses import dataclass, field

from dashboard.data import Release
from dashboard.released.assessments import SHOWN_STATUSES, Assessment
from dashboard.released.goal_figures import has_figure
from dashboard.released.series import AssessedSeries, followed_in_area
from dashboard.rows_by_key import Record
from metrics.catalogue.codelists import member_states
from metrics.catalogue.codelists.statuses import NOT_APPLICABLE_KEY, SUPPRESSED_KEY, absence_key
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.loader import catalogue
from metrics.core.load_once import load_once
from metrics.core.verdict_codes import Reason
from metrics.core.verdicts import Status, split_reasons
from metrics.release.official_statuses import NOT_CURRENT, current_status, official_status

# How a goal without a status of the period is marked: its verdict is older, its figures are
# suppressed, or there are none.
SUPPRESSED, NO_FIGURE = "suppressed", "no_figure"
SCOREBOARD_MARKS = (*map(str, SHOWN_STATUSES), NOT_CURRENT, SUPPRESSED, NO_FIGURE)
# Of a series without a verdict and without a figure, by the reason of its newest row.
MARKS_OF_ABSENCE = {SUPPRESSED_KEY: SUPPRESSED, NOT_APPLICABLE_KEY: str(Status.NOT_ASSESSED)}
ABSENCES = {Reason.SUPPRESSED: SUPPRESSED, Reason.NO_VALUE: NO_FIGURE, Reason.MISSING: NO_FIGURE}


@dataclass(frozen=True)
class GoalStatus:
    """The status of the headline series of a goal in one area, as the scoreboard marks it."""

    area: str
    mark: str
    status: str = Status.NOT_ASSESSED
    period: str = ""  # that the verdict is about
    official: Assessment | None = field(default=None, compare=False, repr=False)

    @property
    def last(self) -> str:
        """The last verdict where that is not current; else empty."""
        return self.status if self.mark == NOT_CURRENT else ""


# A release never changes: room for the goals of an open release, today and in some periods.
@load_once(maxsize=512)
def statuses_in_states(code: str, release: Release, period: str = "") -> tuple[GoalStatus, ...]:
    goal = catalogue().goals[code]
    return tuple(goal_status(goal, state, release, period) for state in member_states())


def goal_status(goal: Goal, area: str, release: Release, period: str = "") -> GoalStatus:
    """The status of a goal in an area, by its headline series as of a period; of today without one.

    Where that has no figure, a figure of another series or of a part leaves the goal not assessed.
    """
    headline = followed_in_area(goal.code, area, release).headline
    found = status_of_series(headline.as_of(period)) if headline else GoalStatus(area, NO_FIGURE)
    if found.mark == NO_FIGURE and has_figure(goal, area, release, period):
        return GoalStatus(area, Status.NOT_ASSESSED)
    return found


def status_of_series(series: AssessedSeries) -> GoalStatus:
    """As every page, file and slide names it: an old verdict is not current, and stands second."""
    status = str(series.status)
    mark, official = mark_of_series(series), series.official
    return GoalStatus(series.area, mark, status, series.status_period, official)


def mark_of_series(series: AssessedSeries) -> str:
    """The status of a series; an old verdict and an absence are marks of their own."""
    official = series.official
    if official is None:
        return status_without_verdict(series).mark
    reasons = official.verdict.reasons
    is_without_figures = official.status == Status.NOT_ASSESSED and series.last_known is None
    if is_without_figures and Reason.NOT_BOUND in reasons:
        return NO_FIGURE
    return mark_of_status(official.status, reasons)


def status_without_verdict(series: AssessedSeries) -> GoalStatus:
    """Why a series without a verdict has no status: not assessed, suppressed, or no figure."""
    if series.last_known is not None:
        return GoalStatus(series.area, Status.NOT_ASSESSED)
    absent = absence_key(series.last_row) if series.last_row else ""
    return GoalStatus(series.area, MARKS_OF_ABSENCE.get(absent, NO_FIGURE))


def status_of_assessment(area: str, assessment: Assessment) -> GoalStatus:
    """The same of one method's verdict."""
    mark = mark_of_status(assessment.status, assessment.verdict.reasons)
    return GoalStatus(area, mark, assessment.status, assessment.verdict.period)


def status_of_row(area: str, row: Record) -> GoalStatus:
    """The reviewer's status or else the computed one; an age or absence is a mark of its own."""
    status = Status(official_status(row))
    mark = mark_of_status(status, split_reasons(row["reason"]))
    return GoalStatus(area, mark, str(status), str(row["period"]))


def mark_of_status(status: str, reasons: Collection[str]) -> str:
    """The mark of a status with its reasons: why there is none, or whether it is an old one."""
    if status == Status.NOT_ASSESSED:
        absence = next((ABSENCES[reason] for reason in ABSENCES if reason in reasons), None)
        return str(absence or status)
    return current_status(status, reasons)
