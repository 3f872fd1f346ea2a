"""Check that one threshold of materiality applies to each indicator, and names its source."""

from collections.abc import Iterator, Mapping

from metrics.catalogue.checks import DefinitionLocation
from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions.indicators import Indicator, Kind
from metrics.catalogue.materiality import Materiality, MaterialityRule
from metrics.core.errors import KeyedText


def check_materiality(
    declared: Materiality, indicators: Mapping[str, Indicator]
) -> Iterator[KeyedText]:
    location = DefinitionLocation("materiality.yaml")
    yield from location.duplicates("rules", [rule.code for rule in declared.rules])
    for rule in declared.rules:
        yield from _check_rule(location.within(f"rules.{rule.code}"), rule)
    for indicator in indicators.values():
        if indicator.kind is not Kind.MILESTONE:
            yield from _check_coverage(location, declared, indicator)


def _check_rule(location: DefinitionLocation, rule: MaterialityRule) -> Iterator[KeyedText]:
    units, in_units = codelist("unit"), KeyedText.filled("in_code_list", list="unit")
    yield from location.unknown("units", rule.units, units, in_units)
    yield from location.unknown("multiples", rule.multiples, units, in_units)
    if not rule.sources and not rule.our_choice:
        yield location.error("sources", list(rule.sources), KeyedText("fault_needs_source"))


def _check_coverage(
    location: DefinitionLocation, declared: Materiality, indicator: Indicator
) -> Iterator[KeyedText]:
    codes = [rule.code for rule in declared.rules_for(indicator.kind, indicator.unit)]
    if len(codes) != 1:
        code, unit, kind = indicator.code, indicator.unit, indicator.kind.value
        why = KeyedText.filled("fault_one_rule", indicator=code, kind=kind, unit=unit)
        yield location.error("rules", codes, why)
