"""What is invented of one State and year is credible together, in every State and year."""

from itertools import product

import pytest

from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.indicators import Indicator, Kind
from metrics.catalogue.denominators import children_near
from metrics.catalogue.loader import catalogue
from metrics.core.period import ReferencePeriod
from metrics.core.series import format_series
from metrics.core.tables import CASES, DENOMINATOR
from metrics.sample.entries import SEED, invent_rows
from metrics.sample.figure_generator import SeriesRequest
from metrics.sample.relations import CHILDREN, declared_relations, relation_of

YEARS = range(2020, 2026)
COLLECTIONS = {"sample": YEARS, "sample-interim-regulation": range(2021, 2026)}
ROUNDING = 0.5


def invented_values(collection: str, area: str, year: int) -> dict[str, float]:
    """Series → value, of one State and year."""
    asked = catalogue().restrict_to(catalogue().collection(collection)).indicators
    tables = invent_rows(asked, SeriesRequest(area, year, SEED), ReferencePeriod(year))
    return {
        series: entry.value
        for _, rows in tables
        for series, entry in rows.items()
        if isinstance(entry.value, float)
    }


def total_of(indicator: Indicator) -> str:
    component = {Kind.SHARE: DENOMINATOR, Kind.DURATION: CASES}.get(indicator.kind, "value")
    return format_series(indicator.code, component)


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_relation_holds_in_every_state_and_year(collection: str) -> None:
    asked = catalogue().restrict_to(catalogue().collection(collection)).indicators
    related = 0
    for area, year in product(member_states(), COLLECTIONS[collection]):
        invented = invented_values(collection, area, year)
        for indicator in asked.values():
            relation = relation_of(indicator)
            if relation is None or relation.per not in {*invented, CHILDREN}:
                continue
            base = invented.get(relation.per, children_near(area, year) / 1000)
            total = invented[total_of(indicator)]
            bounds = base * relation.lowest - ROUNDING, base * relation.highest + ROUNDING
            assert bounds[0] <= total <= bounds[1], (indicator.code, area, year)
            related += 1
    assert related >= len(member_states()) * len(COLLECTIONS[collection])


def test_every_declared_relation_names_indicators_that_are_collected() -> None:
    known = catalogue().indicators
    named = {*declared_relations(), *(found.indicator for found in declared_relations().values())}
    named.remove(CHILDREN)

    assert {code for code in named if code not in known or not known[code].collected} == set()
    assert all(found.lowest < found.highest for found in declared_relations().values())


@pytest.mark.parametrize("code", ["SCHOOLS_REACHED", "ISPS_FILTERING"])
@pytest.mark.parametrize("area", ["CY", "DE", "EL"])
def test_what_a_state_has_hardly_changes_in_five_years(code: str, area: str) -> None:
    """The number of schools of a State does not triple, whatever it reports of them."""
    series = total_of(catalogue().indicators[code])
    first, last = (invented_values("sample", area, year)[series] for year in (2020, 2025))
    assert 0.75 <= last / first <= 4 / 3


def test_fewer_victims_are_in_the_database_than_are_recorded() -> None:
    """Of the whole Union too, where a reader compares the sums."""
    by_state = [invented_values("sample", area, 2025) for area in member_states()]
    sums = {
        code: sum(invented[code] for invented in by_state)
        for code in ("ICSE_VICTIMS", "VICTIMS_RECORDED", "AWARENESS_CAMPAIGNS", "PEOPLE_REACHED")
    }

    assert sums["ICSE_VICTIMS"] < sums["VICTIMS_RECORDED"] / 2
    assert sums["PEOPLE_REACHED"] > 1000 * sums["AWARENESS_CAMPAIGNS"]
