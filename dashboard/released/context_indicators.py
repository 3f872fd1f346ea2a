"""Indicators of context: background to the goals, shown for information and never assessed."""

from collections.abc import Iterator

from dashboard.context import PageContext
from dashboard.data import Release
from dashboard.released.released_parts import (
    codes_of,
    headline_parts,
    parts_of_indicator,
    preferred_area,
)
from dashboard.released.series import AssessedSeries, read_series
from metrics.catalogue.definitions.indicators import Indicator
from metrics.core.tables import EU


def context_series(context: PageContext) -> Iterator[AssessedSeries]:
    """The indicators of context: in the chosen area, or in the first that has a value.

    Those of a goal without targets are under the goal.
    """
    goals = context.definitions.goals.values()
    under_goals = {code for goal in goals if not goal.targets for code in goal.indicators}
    for indicator in context.definitions.indicators.values():
        if indicator.role == "context" and indicator.code not in under_goals:
            yield from total_or_parts(indicator, context.view.area, context.release)


def context_figures(context: PageContext) -> list[AssessedSeries]:
    """The series of the area of the page that follow up no goal and have a figure by its period."""
    area, period, release = context.view.area, context.view.period, context.release
    of_goals = {code for goal in context.definitions.goals.values() for code in goal.indicators}
    found = (
        series.as_of(period)
        for indicator in context.definitions.indicators.values()
        if indicator.code not in of_goals and parts_of_indicator(release, indicator.code, area)
        for series in total_or_parts(indicator, area, release)
    )
    return [series for series in found if series.last_known]


def total_or_parts(
    indicator: Indicator, area: str, release: Release | None
) -> list[AssessedSeries]:
    """The total of an indicator or, where the release has none, each of its parts."""
    parts = headline_parts(indicator, parts_of_indicator(release, indicator.code))
    whole = [part.area for part in parts if not part.codes]
    if whole or not parts:
        return [read_series(release, indicator.code, area or preferred_area(whole, EU) or EU)]
    first = area or preferred_area([part.area for part in parts], EU)
    known = codes_of([part for part in parts if part.area == first], indicator.headline)
    return [read_series(release, indicator.code, first, codes) for codes in known]
