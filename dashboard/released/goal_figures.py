"""Which figures of a goal an area has: of a series that follows it up, or of parts alone."""

from collections.abc import Iterator

from dashboard.data import Release
from dashboard.released.released_parts import codes_of, headline_parts, parts_of_indicator
from dashboard.released.series import (
    MOST_FOLLOWED,
    AssessedSeries,
    followed_in_area,
    headline_series,
    read_series,
    series_of_goal,
)
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.loader import catalogue
from metrics.core.load_once import load_once
from metrics.core.series import format_series
from metrics.core.tables import VALUE


def has_figure(goal: Goal, area: str, release: Release, period: str = "") -> bool:
    """Whether a series of the goal, or a part of one, has a figure for the area."""
    if not any(area in release.areas_of.get(code, ()) for code in goal.indicators):
        return False
    series = series_with_figure(goal, area, release, period)
    return series is not None and series.last_known is not None


def series_with_figure(
    goal: Goal, area: str, release: Release | None, period: str = ""
) -> AssessedSeries | None:
    """The headline series as of a period; without a figure by then, the first that has one.

    Where none has one, the first part of an indicator that has one.
    """
    followed = followed_in_area(goal.code, area, release)
    leading = headline_series(goal, area, release)
    first = () if leading is None else (leading,)
    as_of_period = (own.as_of(period) for own in (*first, *followed.every))
    found = next((own for own in as_of_period if own.last_known), None)
    found = found or next(parts_as_of(goal, area, release, period), None)
    return found or (leading.as_of(period) if leading else None)


def parts_as_of(
    goal: Goal, area: str, release: Release | None, period: str = ""
) -> Iterator[AssessedSeries]:
    """The parts of the goal's indicators that have a figure as of a period."""
    by_then = (own.as_of(period) for own in parts_with_figure(goal.code, area, release))
    return (own for own in by_then if own.last_known)


def known_of_goal(goal: Goal, area: str, release: Release | None) -> list[AssessedSeries]:
    """The series of a goal that have a figure in an area; where none has one, the parts that do."""
    known = [own for own in series_of_goal(goal, area, release) if own.last_known]
    return known or [*parts_as_of(goal, area, release)]


@load_once(maxsize=MOST_FOLLOWED)
def parts_with_figure(code: str, area: str, release: Release | None) -> tuple[AssessedSeries, ...]:
    """Each part of the goal's indicators with a figure in the area that is no series of its own."""
    named = followed_in_area(code, area, release).named
    return tuple(
        read_series(release, indicator, area, codes)
        for indicator in catalogue().goals[code].indicators
        for codes in codes_in_area(indicator, area, release)
        if format_series(indicator, VALUE, codes) not in named
    )


def codes_in_area(code: str, area: str, release: Release | None) -> list[dict[str, str]]:
    """The codes of the parts of an indicator that have its headline figure in the area."""
    indicator = catalogue().indicators[code]
    parts = headline_parts(indicator, parts_of_indicator(release, code, area))
    return [codes for component in {part.component for part in parts}
            for codes in codes_of(parts, component)]  # fmt: skip
