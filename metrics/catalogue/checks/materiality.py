"""Check that one threshold of materiality applies to each indicator, and names its source."""

from collections.abc import Iterator, Mapping

from metrics.catalogue.checks import DefinitionLocation
from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions.indicators import Indicator, Kind
from metrics.catalogue.materiality import Materiality, MaterialityRule


def check_materiality(declared: Materiality, indicators: Mapping[str, Indicator]) -> Iterator[str]:
    location = DefinitionLocation("materiality.yaml")
    yield from location.duplicates("rules", [rule.code for rule in declared.rules])
    for rule in declared.rules:
        yield from _check_rule(location.within(f"rules.{rule.code}"), rule)
    for indicator in indicators.values():
        if indicator.kind is not Kind.MILESTONE:
            yield from _check_coverage(location, declared, indicator)


def _check_rule(location: DefinitionLocation, rule: MaterialityRule) -> Iterator[str]:
    units = codelist("unit")
    yield from location.unknown("units", rule.units, units, "in codelists/unit.csv")
    yield from location.unknown("multiples", rule.multiples, units, "in codelists/unit.csv")
    if not rule.sources and not rule.our_choice:
        why = "needs the publication that states it, or our_choice with the reason"
        yield location.error("sources", list(rule.sources), why)


def _check_coverage(
    location: DefinitionLocation, declared: Materiality, indicator: Indicator
) -> Iterator[str]:
    codes = [rule.code for rule in declared.rules_for(indicator.kind, indicator.unit)]
    if len(codes) != 1:
        why = f"apply to {indicator.code}, a {indicator.kind} in {indicator.unit}; one rule must"
        yield location.error("rules", codes, why)
