"""Check indicators against code lists and other indicators."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from metrics.catalogue.checks import DefinitionLocation
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import (
    ASSESSED,
    NO_RATE_OF_KIND,
    Breakdown,
    Direction,
    Indicator,
    Kind,
    Measure,
)
from metrics.core.errors import KeyedText
from metrics.core.series import parse_series
from metrics.core.tables import BREAKDOWNS

# Units that rules, rates and charts assume for a kind.
UNITS = {Kind.SHARE: ("PC", "PER_100"), Kind.DURATION: ("HOURS",), Kind.MILESTONE: ("STEP",)}
WITHOUT_COUNT = (Kind.MILESTONE, Kind.PUBLISHED_RATIO)  # nothing counted is submitted
FEWEST_STEPS = 2
MEASURE_NAMES = ", ".join(measure for measure in Measure if measure not in ASSESSED)


def check_indicator(
    indicator: Indicator, indicators: Mapping[str, Indicator], goals: Mapping[str, Goal]
) -> Iterator[KeyedText]:
    is_module = indicator.formula and not indicator.ratio
    location = DefinitionLocation(f"indicators/{indicator.code}.{'py' if is_module else 'yaml'}")
    for check in (check_unit, check_ladder, check_bands, check_breakdowns, check_collecting):
        yield from check(location, indicator)
    yield from check_rate(location, indicator)
    yield from check_questioned_level(location, indicator)
    yield from check_rated_parts(location, indicator)
    yield from check_changes(location, indicator)
    yield from check_relations(location, indicator, indicators)
    yield from check_measure(location, indicator, indicators)
    yield from check_ratio(location, indicator, indicators)
    yield from check_ratio_measure(location, indicator, indicators)
    yield from check_use(location, indicator, goals)


def check_changes(location: DefinitionLocation, indicator: Indicator) -> Iterator[KeyedText]:
    """Changes must be in order of time, and each earlier version must pass the checks too."""
    starts = [change.since for change in indicator.changes]
    for start, following in pairwise(starts):
        if not start.begins_before(following):
            why = KeyedText.filled("fault_not_after", start=str(start))
            yield location.error("changes.from", str(following), why)
    for change in indicator.changes:
        within = location.within(f"changes.{change.since}")
        if not change.before.stated_fields:
            yield within.error("before", {}, KeyedText("fault_names_nothing"))
        earlier = indicator.in_period(change.since.just_before)
        for check in (check_unit, check_bands, check_breakdowns):
            yield from check(within.within("before"), earlier)


def check_unit(location: DefinitionLocation, indicator: Indicator) -> Iterator[KeyedText]:
    yield from location.unlisted("unit", [indicator.unit], "unit")
    fitting = UNITS.get(indicator.kind, (indicator.unit,))
    if indicator.unit not in fitting:
        why = KeyedText.filled("fault_unit_of_kind", kind=indicator.kind.value, unit=fitting[0])
        yield location.error("unit", indicator.unit, why)


def check_ladder(location: DefinitionLocation, indicator: Indicator) -> Iterator[KeyedText]:
    yield from location.unlisted("ladder", indicator.ladder, "step")
    yield from location.duplicates("ladder", indicator.ladder)
    if indicator.kind is Kind.MILESTONE and len(indicator.ladder) < FEWEST_STEPS:
        yield location.error("ladder", list(indicator.ladder), KeyedText("fault_short_ladder"))


def check_breakdowns(location: DefinitionLocation, indicator: Indicator) -> Iterator[KeyedText]:
    if not indicator.has_total and not indicator.breakdowns:
        yield location.error("has_total", value=False, why=KeyedText("fault_no_value"))
    yield from location.duplicates(
        "breakdowns.by", [breakdown.by for breakdown in indicator.breakdowns]
    )
    for breakdown in indicator.breakdowns:
        within = location.within(f"breakdowns.{'×'.join(breakdown.by)}")
        yield from check_breakdown(within, breakdown)
        yield from check_sum(within, breakdown, indicator)


def check_rate(location: DefinitionLocation, indicator: Indicator) -> Iterator[KeyedText]:
    """A count has a rate per 100,000 children, or says why that would have no meaning."""
    is_count = indicator.kind not in NO_RATE_OF_KIND
    if is_count and indicator.per_100_000_children == bool(indicator.no_rate):
        yield location.error("no_rate", indicator.no_rate, KeyedText("fault_count_without_rate"))
    elif not is_count and (indicator.no_rate or indicator.per_100_000_children):
        why = KeyedText.filled("fault_rate_of_kind", kind=indicator.kind.value)
        yield location.error("no_rate", indicator.no_rate, why)
    yield from location.unlisted("no_rate", filter(None, [indicator.no_rate]), "no_rate")


def check_questioned_level(
    location: DefinitionLocation, indicator: Indicator
) -> Iterator[KeyedText]:
    """A count says above what it is questioned, so that no typing mistake is accepted."""
    level = indicator.questioned_above
    is_counted = indicator.kind not in WITHOUT_COUNT and not indicator.formula
    if is_counted != bool(level):
        key = "fault_count_without_level" if is_counted else "fault_level_without_count"
        yield location.error("questioned_above", level and level.model_dump(), KeyedText(key))
    if level:
        yield from location.unlisted("questioned_above.basis", [level.basis], "level_basis")


def check_rated_parts(location: DefinitionLocation, indicator: Indicator) -> Iterator[KeyedText]:
    """Parts may have a rate only if there is no total, and only by a breakdown of theirs."""
    parts = indicator.rated_parts
    if parts and (indicator.has_total or not indicator.per_100_000_children):
        yield location.error("rated_parts", {**parts}, KeyedText("fault_rated_parts"))
    known = {by for breakdown in indicator.breakdowns for by in breakdown.by}
    yield from location.unknown("rated_parts", parts, known, KeyedText("among_its_breakdowns"))
    for by in known & {*parts}:
        yield from location.unlisted(f"rated_parts.{by}", parts[by], by)


def check_bands(location: DefinitionLocation, indicator: Indicator) -> Iterator[KeyedText]:
    """A duration needs its bands, or it cannot be added up over States."""
    banded = any("band" in breakdown.by for breakdown in indicator.breakdowns)
    if banded != (indicator.kind is Kind.DURATION):
        why = KeyedText.filled("fault_bands", kind=indicator.kind.value)
        yield location.error("kind", str(indicator.kind), why)


def check_sum(
    location: DefinitionLocation, breakdown: Breakdown, indicator: Indicator
) -> Iterator[KeyedText]:
    if breakdown.adds_up and indicator.kind in {Kind.MILESTONE, Kind.PUBLISHED_RATIO}:
        why = KeyedText.filled("fault_adds_up", kind=indicator.kind.value)
        yield location.error("adds_up", value=True, why=why)


def check_breakdown(location: DefinitionLocation, breakdown: Breakdown) -> Iterator[KeyedText]:
    yield from location.unknown("by", breakdown.by, BREAKDOWNS, KeyedText("a_breakdown"))
    yield from location.duplicates("by", breakdown.by)
    yield from location.unknown("codes", breakdown.codes, breakdown.by, KeyedText("among_its_by"))
    for by, codes in breakdown.codes.items():
        if by in BREAKDOWNS:
            yield from location.unlisted(f"codes.{by}", codes, by)
            yield from location.duplicates(f"codes.{by}", codes)


def check_relations(
    location: DefinitionLocation, indicator: Indicator, indicators: Mapping[str, Indicator]
) -> Iterator[KeyedText]:
    whole = [indicator.parts_of] if indicator.parts_of else []
    beside = {
        "derived_from": indicator.derived_from,
        "parts_of": whole,
        "follows": [indicator.follows] if indicator.follows else [],
        "cases_from": [indicator.cases_from] if indicator.cases_from else [],
        "people_per": [indicator.people_per.indicator] if indicator.people_per else [],
    }
    for field, named in beside.items():
        yield from location.unknown(field, named, indicators, KeyedText("an_indicator"))
        if indicator.code in named:
            yield location.error(field, indicator.code, KeyedText("fault_itself"))
    for code in whole:
        if code in indicators and (kind := indicators[code].kind) is not indicator.kind:
            parts = indicator.kind.value
            why = KeyedText.filled("fault_whole_of_other_kind", kind=kind.value, parts=parts)
            yield location.error("parts_of", code, why)


def check_collecting(location: DefinitionLocation, indicator: Indicator) -> Iterator[KeyedText]:
    if indicator.formula and indicator.collected:
        yield location.error("collected", value=True, why=KeyedText("fault_derived_collected"))


def check_measure(
    location: DefinitionLocation, indicator: Indicator, indicators: Mapping[str, Indicator]
) -> Iterator[KeyedText]:
    """An indicator of workload has no desired direction, and names the series to assess instead."""
    named = [parse_series(indicator.assessed_by).indicator] if indicator.assessed_by else []
    yield from location.unknown("assessed_by", named, indicators, KeyedText("an_indicator"))
    if indicator.measures in ASSESSED:
        if named:
            why = KeyedText.filled("fault_assessed_by", measures=MEASURE_NAMES)
            yield location.error("assessed_by", indicator.assessed_by, why)
        return
    if indicator.direction is not Direction.NONE:
        why = KeyedText.filled("fault_direction_of", measures=indicator.measures.value)
        yield location.error("direction", str(indicator.direction), why)
    for code in named:
        if code in indicators and indicators[code].measures not in ASSESSED:
            why = KeyedText.filled("fault_measures_too", measures=indicators[code].measures.value)
            yield location.error("assessed_by", indicator.assessed_by, why)


def check_ratio(
    location: DefinitionLocation, indicator: Indicator, indicators: Mapping[str, Indicator]
) -> Iterator[KeyedText]:
    """Both counts of a ratio must be reported totals."""
    for code, component in indicator.ratio.series if indicator.ratio else ():
        if code not in indicators:
            continue  # named among derived_from
        counted = indicators[code]
        yield from location.unknown(
            "ratio", [component], counted.components, KeyedText.filled("a_component_of", code=code)
        )
        if not counted.has_total:
            yield location.error("ratio", code, KeyedText("fault_no_total_for_ratio"))


def check_ratio_measure(
    location: DefinitionLocation, indicator: Indicator, indicators: Mapping[str, Indicator]
) -> Iterator[KeyedText]:
    """A rate per unit of workload falls as that rises, unless it is a share of the same cases."""
    if not indicator.ratio or indicator.role == "context" or indicator.measures not in ASSESSED:
        return
    (part, _), (whole, _) = indicator.ratio.series
    if not {part, whole} <= {*indicators}:
        return
    moves = indicators[whole].measures
    if moves not in ASSESSED and indicators[part].parts_of != whole:
        why = KeyedText.filled("fault_rate_of_workload", whole=whole, measures=moves.value)
        yield location.error("measures", str(indicator.measures), why)


def check_use(
    location: DefinitionLocation, indicator: Indicator, goals: Mapping[str, Goal]
) -> Iterator[KeyedText]:
    """States must not be asked for an indicator that no goal uses."""
    followed = any(indicator.code in goal.indicators for goal in goals.values())
    if indicator.role == "follow_up" and not followed:
        yield location.error("code", indicator.code, KeyedText("fault_no_goal"))
