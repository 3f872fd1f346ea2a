"""Check indicators against code lists and other indicators."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from metrics.catalogue.checks import DefinitionLocation
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import (
    ASSESSED,
    Breakdown,
    Direction,
    Indicator,
    Kind,
    Measure,
)
from metrics.core.series import parse_series
from metrics.core.tables import BREAKDOWNS

# Units that rules, rates and charts assume for a kind.
UNITS = {Kind.SHARE: ("PC", "PER_100"), Kind.DURATION: ("HOURS",), Kind.MILESTONE: ("STEP",)}
FEWEST_STEPS = 2
MEASURE_NAMES = " or ".join(measure for measure in Measure if measure not in ASSESSED)


def check_indicator(
    indicator: Indicator, indicators: Mapping[str, Indicator], goals: Mapping[str, Goal]
) -> Iterator[str]:
    is_module = indicator.formula and not indicator.ratio
    location = DefinitionLocation(f"indicators/{indicator.code}.{'py' if is_module else 'yaml'}")
    for check in (check_unit, check_ladder, check_bands, check_breakdowns, check_collecting):
        yield from check(location, indicator)
    yield from check_rated_parts(location, indicator)
    yield from check_changes(location, indicator)
    yield from check_relations(location, indicator, indicators)
    yield from check_measure(location, indicator, indicators)
    yield from check_ratio(location, indicator, indicators)
    yield from check_ratio_measure(location, indicator, indicators)
    yield from check_use(location, indicator, goals)


def check_changes(location: DefinitionLocation, indicator: Indicator) -> Iterator[str]:
    """Changes must be in order of time, and each earlier version must pass the checks too."""
    starts = [change.since for change in indicator.changes]
    for start, following in pairwise(starts):
        if not start.begins_before(following):
            why = f"is not after {start}; write the earliest change first, each period once"
            yield location.error("changes.from", str(following), why)
    for change in indicator.changes:
        within = location.within(f"changes.{change.since}")
        if not change.before.stated_fields:
            why = "names nothing; give the definition, unit or breakdowns until then"
            yield within.error("before", {}, why)
        earlier = indicator.in_period(change.since.just_before)
        for check in (check_unit, check_bands, check_breakdowns):
            yield from check(within.within("before"), earlier)


def check_unit(location: DefinitionLocation, indicator: Indicator) -> Iterator[str]:
    yield from location.unlisted("unit", [indicator.unit], "unit")
    fitting = UNITS.get(indicator.kind, (indicator.unit,))
    if indicator.unit not in fitting:
        why = f"is not the unit of a {indicator.kind}; write {fitting[0]}"
        yield location.error("unit", indicator.unit, why)


def check_ladder(location: DefinitionLocation, indicator: Indicator) -> Iterator[str]:
    yield from location.unlisted("ladder", indicator.ladder, "step")
    yield from location.duplicates("ladder", indicator.ladder)
    if indicator.kind is Kind.MILESTONE and len(indicator.ladder) < FEWEST_STEPS:
        why = "leads nowhere; a ladder has two steps or more, the lowest first"
        yield location.error("ladder", list(indicator.ladder), why)


def check_breakdowns(location: DefinitionLocation, indicator: Indicator) -> Iterator[str]:
    if not indicator.has_total and not indicator.breakdowns:
        yield location.error("has_total", value=False, why="leaves no value; add a breakdown")
    yield from location.duplicates(
        "breakdowns.by", [breakdown.by for breakdown in indicator.breakdowns]
    )
    for breakdown in indicator.breakdowns:
        within = location.within(f"breakdowns.{'×'.join(breakdown.by)}")
        yield from check_breakdown(within, breakdown)
        yield from check_sum(within, breakdown, indicator)


def check_rated_parts(location: DefinitionLocation, indicator: Indicator) -> Iterator[str]:
    """Parts may have a rate only if there is no total, and only by a breakdown of theirs."""
    parts = indicator.rated_parts
    if parts and (indicator.has_total or not indicator.per_100_000_children):
        why = "needs per_100_000_children, and an indicator without a total"
        yield location.error("rated_parts", {**parts}, why)
    known = {by for breakdown in indicator.breakdowns for by in breakdown.by}
    yield from location.unknown("rated_parts", parts, known, "among its breakdowns")
    for by in known & {*parts}:
        yield from location.unlisted(f"rated_parts.{by}", parts[by], by)


def check_bands(location: DefinitionLocation, indicator: Indicator) -> Iterator[str]:
    """A duration needs its bands, or it cannot be added up over States."""
    banded = any("band" in breakdown.by for breakdown in indicator.breakdowns)
    if banded != (indicator.kind is Kind.DURATION):
        why = f"is a {indicator.kind}: a duration, and no other kind, has a breakdown by: [band]"
        yield location.error("kind", str(indicator.kind), why)


def check_sum(
    location: DefinitionLocation, breakdown: Breakdown, indicator: Indicator
) -> Iterator[str]:
    if breakdown.adds_up and indicator.kind in {Kind.MILESTONE, Kind.PUBLISHED_RATIO}:
        why = f"cannot be for a {indicator.kind}; write adds_up: false"
        yield location.error("adds_up", value=True, why=why)


def check_breakdown(location: DefinitionLocation, breakdown: Breakdown) -> Iterator[str]:
    yield from location.unknown("by", breakdown.by, BREAKDOWNS, "a breakdown")
    yield from location.duplicates("by", breakdown.by)
    yield from location.unknown("codes", breakdown.codes, breakdown.by, "among its by")
    for by, codes in breakdown.codes.items():
        if by in BREAKDOWNS:
            yield from location.unlisted(f"codes.{by}", codes, by)
            yield from location.duplicates(f"codes.{by}", codes)


def check_relations(
    location: DefinitionLocation, indicator: Indicator, indicators: Mapping[str, Indicator]
) -> Iterator[str]:
    whole = [indicator.parts_of] if indicator.parts_of else []
    beside = {
        "derived_from": indicator.derived_from,
        "parts_of": whole,
        "follows": [indicator.follows] if indicator.follows else [],
        "people_per": [indicator.people_per.indicator] if indicator.people_per else [],
    }
    for field, named in beside.items():
        yield from location.unknown(field, named, indicators, "an indicator")
        if indicator.code in named:
            yield location.error(field, indicator.code, "is the indicator itself")
    for code in whole:
        if code in indicators and (kind := indicators[code].kind) is not indicator.kind:
            why = f"is a {kind} and cannot be the whole of a {indicator.kind}"
            yield location.error("parts_of", code, why)


def check_collecting(location: DefinitionLocation, indicator: Indicator) -> Iterator[str]:
    if indicator.formula and indicator.collected:
        why = "cannot be: a derived indicator is not submitted; write collected=False"
        yield location.error("collected", value=True, why=why)


def check_measure(
    location: DefinitionLocation, indicator: Indicator, indicators: Mapping[str, Indicator]
) -> Iterator[str]:
    """An indicator of workload has no desired direction, and names the series to assess instead."""
    named = [parse_series(indicator.assessed_by).indicator] if indicator.assessed_by else []
    yield from location.unknown("assessed_by", named, indicators, "an indicator")
    if indicator.measures in ASSESSED:
        if named:
            why = f"is assessed instead of {MEASURE_NAMES}; remove it, or say what a rise means"
            yield location.error("assessed_by", indicator.assessed_by, why)
        return
    if indicator.direction is not Direction.NONE:
        why = f"is wanted of what measures {indicator.measures}; write direction: none"
        yield location.error("direction", str(indicator.direction), why)
    for code in named:
        if code in indicators and indicators[code].measures not in ASSESSED:
            why = f"measures {indicators[code].measures} as well; name a share or rate, or none"
            yield location.error("assessed_by", indicator.assessed_by, why)


def check_ratio(
    location: DefinitionLocation, indicator: Indicator, indicators: Mapping[str, Indicator]
) -> Iterator[str]:
    """Both counts of a ratio must be reported totals."""
    for code, component in indicator.ratio.series if indicator.ratio else ():
        if code not in indicators:
            continue  # named among derived_from
        counted = indicators[code]
        yield from location.unknown(
            "ratio", [component], counted.components, f"a component of {code}"
        )
        if not counted.has_total:
            yield location.error("ratio", code, "has no total to derive a ratio from")


def check_ratio_measure(
    location: DefinitionLocation, indicator: Indicator, indicators: Mapping[str, Indicator]
) -> Iterator[str]:
    """A rate per unit of workload falls as that rises, unless it is a share of the same cases."""
    if not indicator.ratio or indicator.role == "context" or indicator.measures not in ASSESSED:
        return
    (part, _), (whole, _) = indicator.ratio.series
    if not {part, whole} <= {*indicators}:
        return
    moves = indicators[whole].measures
    if moves not in ASSESSED and indicators[part].parts_of != whole:
        why = f"is a rate per unit of {whole}, which measures {moves}; write role: context"
        yield location.error("measures", str(indicator.measures), why)


def check_use(
    location: DefinitionLocation, indicator: Indicator, goals: Mapping[str, Goal]
) -> Iterator[str]:
    """States must not be asked for an indicator that no goal uses."""
    followed = any(indicator.code in goal.indicators for goal in goals.values())
    if indicator.role == "follow_up" and not followed:
        why = "follows up no goal; add it to a goal's indicators, or write role: context"
        yield location.error("code", indicator.code, why)
