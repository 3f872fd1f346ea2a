"""A derived value is suppressed only if one of the values that it is made of is."""

from collections.abc import Iterator
from itertools import product

import pandas as pd
import pytest

from metrics.catalogue.definitions.collections import DisclosurePolicy
from metrics.catalogue.definitions.indicators import Coverage, Indicator, Kind
from metrics.catalogue.loader import Catalogue, catalogue
from metrics.core.tables import (
    BREAKDOWNS,
    CASES,
    DENOMINATOR,
    EU,
    NUMERATOR,
    TOTAL,
    VALUE,
    WITHHELD,
)
from metrics.statistics.aggregation.aggregate import aggregate
from metrics.statistics.derive import derive
from metrics.statistics.disclosure.disclose import disclose
from tests.tables import COLLECTION, observations

POLICY = DisclosurePolicy(minimum_frequency=3)
YEARS = ("2023", "2024")
STATES = ("DE", "FI", "FR", "MT", "SE")
OF_FEW = Coverage(areas=0, children=0)  # so that the few have a sum, in which one could be hidden
DERIVED = [code for code, indicator in catalogue().indicators.items() if indicator.formula]
# The share of submissions that are broken down by sex counts submissions, whatever their figures.
SHARES = [
    code
    for code in DERIVED
    if catalogue().indicators[code].kind is Kind.SHARE and code != "GENDER_BREAKDOWN_SHARE"
]
PARTS = (VALUE, NUMERATOR, DENOMINATOR)
SUBMITTED = {"submission": "0" * 64, "collection": "drawn", "round": "2024"}


def parts_of(indicator: Indicator) -> Iterator[dict[str, str]]:
    """The total of an indicator, and each combination of its breakdowns."""
    if indicator.has_total:
        yield {}
    for breakdown in indicator.breakdowns:
        yield from breakdown.combinations()


def cells_of(indicator: Indicator) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Component, value and codes of each cell; counts that add up, none of them small."""
    combinations = {breakdown.by: breakdown.combinations() for breakdown in indicator.breakdowns}
    for component, codes in product(indicator.components, parts_of(indicator)):
        if indicator.kind is Kind.MILESTONE:
            yield component, str(len(indicator.ladder) - 1), codes
        elif (component == CASES) or component != "median":
            cases = max(1, len(combinations.get(tuple(codes), [0])))
            yield component, str(240 // cases if codes else 240), codes


def released(*codes: str, confidential: tuple[str, str, str] | None = None) -> pd.DataFrame:
    """The values of indicators and their inputs, from figures of five States.

    Those of one input, State and year may be confidential.
    """
    known = catalogue().indicators
    inputs = dict.fromkeys(one for code in codes for one in known[code].derived_from)
    chosen = {one: known[one].model_copy(update={"coverage": OF_FEW}) for one in [*inputs, *codes]}
    cells = [
        {"indicator": one, "component": component, "value": value, "area": area, "period": year}
        | {by: codes.get(by, TOTAL) for by in BREAKDOWNS}
        | {"since": "2020-05-01" if chosen[one].kind is Kind.MILESTONE else ""}
        for one in inputs
        for component, value, codes in cells_of(chosen[one])
        for area, year in product(STATES, YEARS)
    ]
    lines = [list(cells[0]), *(list(cell.values()) for cell in cells)]
    drawn = "\n".join("|".join(line) for line in lines)
    figures = observations(drawn).assign(**SUBMITTED, vintage="2025-03-01T0900Z")
    if confidential:
        key = figures[["indicator", "area", "period"]]
        withheld = key.eq(list(confidential)).all(axis=1)
        figures["confidentiality_status"] = figures["confidentiality_status"].mask(withheld, "C")
    whole = Catalogue({}, {}, chosen, {"drawn": COLLECTION}, "drawn")
    return disclose(aggregate(derive(figures, whole), whole), POLICY, whole)


def places_of(rows: pd.DataFrame) -> set[tuple[str, str]]:
    return set(zip(rows["area"], rows["period"], strict=True))


@pytest.fixture(scope="module")
def every() -> pd.DataFrame:
    """All derived indicators, of figures none of which is confidential."""
    return released(*DERIVED)


@pytest.mark.parametrize("code", DERIVED)
def test_with_nothing_confidential_nothing_is_withheld(every: pd.DataFrame, code: str) -> None:
    values = every[every["indicator"] == code]

    assert EU in set(every["area"])
    assert not (values["observation_status"] == WITHHELD).any()
    assert values.loc[values["component"] == VALUE, "value"].notna().any()


@pytest.mark.parametrize("code", SHARES)
def test_only_what_is_made_of_a_withheld_figure_is_withheld(code: str) -> None:
    source = catalogue().indicators[code].derived_from[0]
    values = released(code, confidential=(source, "FI", "2024"))
    hidden = values[values["observation_status"] == WITHHELD]
    own = hidden[(hidden["indicator"] == code) & hidden["component"].isin(PARTS)]
    inputs = hidden[hidden["indicator"] != code]

    assert ("FI", "2024") in places_of(own[own["component"] == VALUE])
    assert places_of(own[own["area"] != EU]) <= places_of(inputs)
    assert values[values["indicator"] == code]["value"].notna().any()
