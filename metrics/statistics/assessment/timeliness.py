"""Whether a verdict is of the latest period that was due on a day."""

from dataclasses import dataclass
from datetime import date

from metrics.catalogue.definitions.collections import Collection
from metrics.core.period import ReferencePeriod


@dataclass(frozen=True)
class AssessmentDay:
    """The day of the verdicts, and the latest period that was due by then, if any was."""

    on: date
    due: ReferencePeriod | None = None


def latest_due(collection: Collection, on: date) -> ReferencePeriod | None:
    """The latest period of the rounds that had closed before a day.

    Rounds that ask for no periods in particular take over what others publish: there a figure is
    current for as many years as the collection says.
    """
    requested = [period for exercise in collection.rounds for period in exercise.periods]
    if not requested:
        return ReferencePeriod(on.year - collection.current_for_years)
    closed = [
        period for exercise in collection.rounds if exercise.due < on for period in exercise.periods
    ]
    return max(closed, key=lambda period: period.end, default=None)


def is_older(period: ReferencePeriod, due: ReferencePeriod | None) -> bool:
    """Whether a period was over before the latest due one began."""
    return due is not None and period.end <= due.just_before.end
