"""Invented figures: consistent within themselves, and the same for the same seed."""

from collections import Counter

import pytest

from metrics.catalogue.definitions.indicators import Indicator, Kind
from metrics.catalogue.indicators import indicators
from metrics.core.series import parse_series
from metrics.core.tables import CASES, DENOMINATOR, NUMERATOR, VALUE
from metrics.sample.figure_generator import Entry, SeriesRequest, figures

FINLAND = SeriesRequest("FI", 2024)
ASKED = [known for known in indicators() if known.collected and not known.formula]


def values(rows: dict[str, Entry], component: str) -> dict[tuple[tuple[str, str], ...], float]:
    """Breakdown codes to value, of one component."""
    found = {}
    for series, entry in rows.items():
        _, which, codes = parse_series(series)
        if which == component and isinstance(entry.value, float):
            found[tuple(sorted(codes.items()))] = entry.value
    return found


@pytest.mark.parametrize("indicator", ASKED, ids=lambda known: known.code)
def test_the_same_place_has_the_same_figures(indicator: Indicator) -> None:
    assert figures(indicator, FINLAND) == figures(indicator, SeriesRequest("FI", 2024))


@pytest.mark.parametrize("indicator", ASKED, ids=lambda known: known.code)
def test_what_adds_up_adds_up(indicator: Indicator) -> None:
    rows = figures(indicator, FINLAND)
    for component in (VALUE, CASES, NUMERATOR, DENOMINATOR):
        found = values(rows, component)
        for breakdown in indicator.breakdowns:
            if not (breakdown.adds_up and breakdown.collected and found):
                continue
            names = set(breakdown.by)
            parts = [value for codes, value in found.items() if {by for by, _ in codes} == names]
            assert sum(parts) == found[()], (component, breakdown.by)


@pytest.mark.parametrize(
    "indicator",
    [known for known in ASKED if known.kind is Kind.SHARE],
    ids=lambda known: known.code,
)
def test_no_numerator_exceeds_its_denominator(indicator: Indicator) -> None:
    rows = figures(indicator, FINLAND)
    wholes = values(rows, DENOMINATOR)
    assert all(part <= wholes[codes] for codes, part in values(rows, NUMERATOR).items())


def test_a_part_stays_within_its_whole() -> None:
    processed = next(known for known in ASKED if known.parts_of)
    rows = figures(processed, FINLAND, 50.0)
    assert 0 < values(rows, VALUE)[()] <= 50


def test_no_step_goes_back() -> None:
    milestone = next(known for known in ASKED if known.kind is Kind.MILESTONE)
    steps = {year: figures(milestone, SeriesRequest("FI", year)) for year in range(2020, 2026)}
    for series in steps[2020]:
        said = [str(steps[year][series].since or "") for year in sorted(steps)]
        assert said == sorted(said)


def test_states_and_years_differ() -> None:
    trained = next(known for known in ASKED if known.code == "TRAINING_PARTICIPANTS")
    places = [SeriesRequest(area, year) for area in ("FI", "DE", "EL") for year in (2020, 2025)]
    totals = Counter(figures(trained, place)[trained.code].value for place in places)
    assert len(totals) == len(places)
