"""Read goal, area, series and breakdown from an address; refuse unknown ones."""

from collections.abc import Sequence
from itertools import product

from dashboard.addresses.alternatives import (
    GOAL_PATH,
    Offer,
    UnavailableError,
    area_offers,
    goal_offers,
    offers_of_indicator,
    offers_under,
    other_offers,
    with_nearest,
)
from dashboard.context import PageContext
from dashboard.data import PartKey, Release
from dashboard.released.released_parts import (
    breakdowns_of,
    components_of,
    headline_parts,
    parts_of_indicator,
)
from dashboard.released.series import headline_component, read_series
from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import Indicator, Kind
from metrics.catalogue.loader import catalogue
from metrics.core.series import (
    ParsedSeries,
    format_codes,
    format_dimensions,
    parse_dimensions,
    parse_series,
)
from metrics.core.similar_names import nearest_name
from metrics.core.tables import BREAKDOWNS, CASES, EU, TOTAL, VALUE


def requested_series(context: PageContext) -> ParsedSeries | None:
    written = context.view.indicator
    if not written:
        return None
    try:
        asked = parse_series(written)
    except ValueError:
        raise unreadable_series(written, context) from None
    if asked.indicator not in catalogue().indicators:
        raise unknown_indicator(asked.indicator, context)
    return with_known_component(asked, context.release)


def with_known_component(asked: ParsedSeries, release: Release | None) -> ParsedSeries:
    """The series asked for or, of a duration whose median no area gives, its counts of cases."""
    is_duration = catalogue().indicators[asked.indicator].kind is Kind.DURATION
    if release is None or asked.component != VALUE or not is_duration:
        return asked
    if has_rows(asked, release) or known_breakdowns(asked, release):
        return asked
    cases = asked._replace(component=CASES)
    return cases if has_rows(cases, release) else asked


def unreadable_series(written: str, context: PageContext) -> UnavailableError:
    """The error for a part that no indicator has; it offers the series of the named indicator."""
    code = written.partition("[")[0].strip()
    indicator = catalogue().indicators.get(code)
    if indicator is None:
        return unknown_indicator(code or written, context)
    sentence = context.text("missing.series", name=written)
    return UnavailableError(sentence, offers_of_indicator(indicator, context))


def unknown_indicator(code: str, context: PageContext) -> UnavailableError:
    """The nearest indicator is named and offered first."""
    known = context.definitions.indicators
    sentence = with_nearest(context.text("missing.indicator", code=code), code, known, context.text)
    nearest = known.get(nearest_name(code, known))
    offers = [nearest_offer(nearest, context)] if nearest else []
    return UnavailableError(sentence, [*offers, *other_offers(context)])


def nearest_offer(indicator: Indicator, context: PageContext) -> Offer:
    href = context.view.lasting_choices.link(GOAL_PATH, indicator=indicator.code)
    return Offer(indicator.name(context.language), href)


def requested_goal(context: PageContext, asked: ParsedSeries | None) -> Goal | None:
    """The requested goal; without one, the first that the series serves or that has a value."""
    view, goals = context.view, context.definitions.goals
    if view.goal and view.goal not in goals:
        sentence = context.text("missing.goal", code=view.goal)
        named = with_nearest(sentence, view.goal, goals, context.text)
        raise UnavailableError(named, goal_offers(context))
    if asked is None:
        return goals[view.goal] if view.goal else first_goal(context)
    indicator = catalogue().indicators[asked.indicator]
    serving = [goal for goal in goals.values() if indicator.code in goal.indicators]
    if not view.goal:
        return None if indicator.role == "context" or not serving else serving[0]
    if goals[view.goal] not in serving:
        names = {"goal": view.goal, "name": indicator.name(context.language)}
        offers = offers_under(serving or [None], indicator, context)
        raise UnavailableError(context.text("missing.served", **names), offers)
    return goals[view.goal]


def first_goal(context: PageContext) -> Goal:
    """The first goal with a value, or else the first goal."""
    goals = list(context.definitions.goals.values())
    given = set(context.release.shown_parts) if context.release else set()
    return next((goal for goal in goals if given & set(goal.indicators)), goals[0])


def requested_area(context: PageContext) -> str:
    area = context.view.area
    if area and area not in codelist("area"):
        sentence = context.text("missing.area", code=area)
        named = with_nearest(sentence, area, codelist("area"), context.text)
        raise UnavailableError(named, area_offers(context))
    return area


def requested_breakdown(asked: ParsedSeries, context: PageContext) -> tuple[str, ...]:
    """The dimensions by which to split the series; where it has no total, its first ones.

    UnavailableError if the release has neither the series nor the breakdown.
    """
    release, indicator = context.release, catalogue().indicators[asked.indicator]
    if release is None:
        return ()
    known = known_breakdowns(asked, release)
    wanted = sort_dimensions(context.view.breakdown)
    if wanted and wanted not in known:
        names = {"name": indicator.name(context.language), "by": context.view.breakdown}
        raise UnavailableError(context.text("missing.breakdown", **names),
                               offers_of_indicator(indicator, context))  # fmt: skip
    if wanted or has_rows(asked, release):
        return parse_dimensions(wanted)
    if not known:
        raise no_such_series(asked, context)
    return parse_dimensions(known[0])


def sort_dimensions(by: str) -> str:
    """The dimensions in the order of the tables; as written, if any is unknown."""
    named = parse_dimensions(by)
    return format_dimensions(named) if {*named} <= {*BREAKDOWNS} else by


def known_breakdowns(asked: ParsedSeries, release: Release) -> list[str]:
    parts = parts_of_component(asked, release)
    found = (breakdowns_of(parts, component, asked.codes) for component in components_of(parts))
    return list(dict.fromkeys(by for own in found for by in own))


def parts_of_component(asked: ParsedSeries, release: Release | None) -> list[PartKey]:
    """The parts of the requested component, by default of the headline component of each area."""
    parts = parts_of_indicator(release, asked.indicator)
    if asked.component == VALUE:
        return headline_parts(catalogue().indicators[asked.indicator], parts)
    return [part for part in parts if part.component == asked.component]


def has_rows(asked: ParsedSeries, release: Release) -> bool:
    """Whether any area has a row of the series, even if only with a reason for no value."""
    indicator, codes = catalogue().indicators[asked.indicator], format_codes(asked.codes)
    components = {asked.component} - {VALUE} or {
        headline_component(indicator, EU), indicator.headline
    }  # fmt: skip
    keys = product([asked.indicator], components, release.areas, [codes])
    return any(key in release.values for key in keys)


def no_such_series(asked: ParsedSeries, context: PageContext) -> UnavailableError:
    """The error for a series that the release lacks; it offers others of the indicator."""
    indicator = catalogue().indicators[asked.indicator]
    named = read_series(context.release, asked.indicator, EU, asked.codes, asked.component)
    sentence = context.text("missing.series", name=named.title(context.text))
    offers = offers_of_indicator(indicator, context)
    is_defined = all(code in codelist(by) for by, code in asked.codes.items() if code != TOTAL)
    has_others = bool(parts_of_indicator(context.release, asked.indicator))
    return UnavailableError(sentence, offers, is_in_catalogue=is_defined and not has_others)


def areas_with_value(
    asked: ParsedSeries, breakdown: Sequence[str], release: Release | None
) -> tuple[str, ...]:
    """The areas with a value of the series or, by breakdown, of any of its parts."""
    parts = parts_of_component(asked, release)
    if not breakdown:
        codes = format_codes(asked.codes)
        return tuple(part.area for part in parts if part.codes == codes)
    by = format_dimensions(breakdown)
    return tuple(dict.fromkeys(
        part.area for part in parts if by in breakdowns_of([part], part.component, asked.codes)
    ))  # fmt: skip
