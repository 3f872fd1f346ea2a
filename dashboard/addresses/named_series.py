"""The series that an address names for several areas, or the one that is compared by default."""

from collections.abc import Sequence

from dashboard.addresses.address import no_such_series, unknown_indicator
from dashboard.context import PageContext
from dashboard.data import PartKey, Release
from dashboard.released.released_parts import headline_parts, parts_of_indicator
from dashboard.released.series import AssessedSeries, read_series, series_of_goal
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.loader import catalogue
from metrics.core.series import ParsedSeries, format_codes, parse_series
from metrics.core.tables import VALUE


def default_series(context: PageContext) -> ParsedSeries:
    """The first series, those of goals first, that has figures in many areas, and rates.

    Many are at least half as many as any series has. Of a goal that the address names, its own.
    """
    indicators = context.definitions.indicators
    ordered = series_of_named_goal(context)
    if not ordered:
        of_goals = [code for goal in goals_in_order(context) for code in goal.indicators]
        codes = dict.fromkeys([*of_goals, *indicators])
        ordered = [ParsedSeries(code, VALUE, {}) for code in codes]
    areas = {series.indicator: len(parts_of_series(series, context.release)) for series in ordered}
    enough = max(areas.values()) / 2
    known = [series for series in ordered if areas[series.indicator] >= enough]
    rated = [series for series in known if indicators[series.indicator].per_100_000_children]
    return next(iter([*rated, *known]))


def series_of_named_goal(context: PageContext) -> list[ParsedSeries]:
    """The headline of the goal in the address or, where it has none, its indicators."""
    goal = context.definitions.goals.get(context.view.goal)
    if goal is None:
        return []
    headline = [ParsedSeries(code, VALUE, dict(codes)) for code, codes in goal.headline_series]
    return headline or [ParsedSeries(code, VALUE, {}) for code in goal.indicators]


def goals_in_order(context: PageContext) -> Sequence[Goal]:
    """The goals by framework and by their order in it."""
    frameworks = list(context.definitions.frameworks)
    return sorted(
        context.definitions.goals.values(),
        key=lambda goal: (frameworks.index(goal.framework), goal.order),
    )


def parse_known_series(written: str, context: PageContext) -> ParsedSeries:
    """The series as an address writes it; UnavailableError if the release has none of it."""
    try:
        parsed = parse_series(written)
    except ValueError:
        raise unknown_indicator(written, context) from None
    if parsed.indicator not in catalogue().indicators:
        raise unknown_indicator(parsed.indicator, context)
    return require_figures(parsed, context)


def require_figures(parsed: ParsedSeries, context: PageContext) -> ParsedSeries:
    """The series itself; UnavailableError if no area of the release has a figure of it."""
    if not parts_of_series(parsed, context.release):
        raise no_such_series(parsed, context)
    return parsed


def parts_of_series(parsed: ParsedSeries, release: Release | None) -> list[PartKey]:
    """The areas' parts of a series with a value; of its headline component by default."""
    indicator, codes = catalogue().indicators[parsed.indicator], format_codes(parsed.codes)
    parts = [part for part in parts_of_indicator(release, indicator.code) if part.codes == codes]
    if parsed.component == VALUE:
        return headline_parts(indicator, parts)
    return [part for part in parts if part.component == parsed.component]


def read_assessed(parsed: ParsedSeries, area: str, context: PageContext) -> AssessedSeries:
    """The series with its assessments under the goal of the page."""
    found = read_series(context.release, parsed.indicator, area, parsed.codes, parsed.component)
    goal = goal_of_series(parsed, context)
    followed = series_of_goal(goal, area, context.release) if goal else ()
    return next((series for series in followed if series.name == found.name), found)


def goal_of_series(parsed: ParsedSeries, context: PageContext) -> Goal | None:
    """The goal of the address if the series serves it, else the first that it serves."""
    serving = [goal for goal in goals_in_order(context) if parsed.indicator in goal.indicators]
    named = context.definitions.goals.get(context.view.goal)
    return named if named in serving else next(iter(serving), None)
