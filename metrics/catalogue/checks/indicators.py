"""Check indicators against code lists and other indicators."""

from collections.abc import Iterator, Mapping

from metrics.catalogue.checks import DefinitionLocation
from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions import Breakdown, Goal, Indicator, Kind
from metrics.core.tables import BREAKDOWNS

# Units that rules, rates and charts assume for a kind.
UNITS = {Kind.SHARE: ("PC",), Kind.DURATION: ("HOURS",), Kind.MILESTONE: ("STEP",)}
FEWEST_STEPS = 2


def check_indicator(
    indicator: Indicator, indicators: Mapping[str, Indicator], goals: Mapping[str, Goal]
) -> Iterator[str]:
    location = DefinitionLocation(
        f"indicators/{indicator.code}.{'py' if indicator.formula else 'yaml'}"
    )
    for check in (check_unit, check_ladder, check_bands, check_breakdowns, check_collecting):
        yield from check(location, indicator)
    yield from check_relations(location, indicator, indicators)
    yield from check_use(location, indicator, goals)


def check_unit(location: DefinitionLocation, indicator: Indicator) -> Iterator[str]:
    yield from location.unknown("unit", [indicator.unit], codelist("unit"), "in codelists/unit.csv")
    fitting = UNITS.get(indicator.kind, (indicator.unit,))
    if indicator.unit not in fitting:
        why = f"is not the unit of a {indicator.kind}; write {fitting[0]}"
        yield location.error("unit", indicator.unit, why)


def check_ladder(location: DefinitionLocation, indicator: Indicator) -> Iterator[str]:
    steps = codelist("step")
    yield from location.unknown("ladder", indicator.ladder, steps, "in codelists/step.csv")
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
            known = codelist(by)
            yield from location.unknown(f"codes.{by}", codes, known, f"in codelists/{by}.csv")
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


def check_use(
    location: DefinitionLocation, indicator: Indicator, goals: Mapping[str, Goal]
) -> Iterator[str]:
    """States must not be asked for an indicator that no goal uses."""
    followed = any(indicator.code in goal.indicators for goal in goals.values())
    if indicator.role == "follow_up" and not followed:
        why = "follows up no goal; add it to a goal's indicators, or write role: context"
        yield location.error("code", indicator.code, why)
