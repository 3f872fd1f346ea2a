"""The median of what was counted in bands of time."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.catalogue.codelists import codelist
from metrics.catalogue.codelists.bands import Estimate, bands, bands_within, median

COUNTS = st.fixed_dictionaries({}, optional={band.code: st.integers(0, 500) for band in bands()})
CODES = [band.code for band in bands()]


@pytest.mark.parametrize(
    ("cases", "hours"),
    [
        ({"LE24H": 10}, 12),
        ({"LE24H": 1, "H24_48": 1}, 24),
        ({"LE24H": 10, "H24_48": 20}, 30),
        ({"H48_72": 4}, 60),
        ({"D3_7": 1}, 120),
        ({"LE24H": 3, "D3_7": 1}, 16),
        ({"LE24H": 0, "H24_48": 8}, 36),
    ],
)
def test_cases_lie_evenly_within_their_band(cases: dict[str, float], hours: float) -> None:
    estimate = median(cases)

    assert estimate is not None
    assert not estimate.more_than
    assert estimate.hours == pytest.approx(hours)


@pytest.mark.parametrize("cases", [{}, {"LE24H": 0}, dict.fromkeys(CODES, 0.0)])
def test_nothing_counted_has_no_median(cases: dict[str, float]) -> None:
    assert median(cases) is None


def test_in_the_open_band_only_its_beginning_is_known() -> None:
    assert median({"LE24H": 1, "GT7D": 5}) == Estimate(168, more_than=True)


@pytest.mark.parametrize(
    ("hours", "codes"),
    [(0, []), (23, []), (24, CODES[:1]), (71, CODES[:2]), (72, CODES[:3]), (10_000, CODES[:4])],
)
def test_a_band_is_within_the_hours_by_which_it_ends(hours: float, codes: list[str]) -> None:
    assert list(bands_within(hours)) == codes


def test_the_bands_are_those_of_the_code_list() -> None:
    assert list(codelist("band")) == CODES
    assert bands()[-1].to_hours == inf


@given(COUNTS)
def test_the_median_lies_in_a_band_that_has_cases(cases: dict[str, int]) -> None:
    estimate = median(cases)
    filled = [band for band in bands() if cases.get(band.code)]

    assert (estimate is None) is (not filled)
    if estimate:
        assert any(code.from_hours <= estimate.hours <= code.to_hours for code in filled)


@given(COUNTS, st.integers(2, 9))
def test_the_median_does_not_depend_on_how_many_there_are(
    cases: dict[str, int], times: int
) -> None:
    one, more = median(cases), median({code: times * count for code, count in cases.items()})

    assert (one is None) is (more is None)
    if one and more:
        assert more.hours == pytest.approx(one.hours)
        assert more.more_than is one.more_than


@given(COUNTS)
def test_quicker_cases_never_make_the_median_longer(cases: dict[str, int]) -> None:
    before, after = median(cases), median({**cases, CODES[0]: cases.get(CODES[0], 0) + 10})

    assert after is not None
    assert before is None or after.hours <= before.hours + 1e-9


@given(COUNTS, COUNTS)
def test_a_pooled_median_lies_between_those_of_its_parts(
    one: dict[str, int], other: dict[str, int]
) -> None:
    parts = [estimate for estimate in (median(one), median(other)) if estimate]
    pooled = median({code: one.get(code, 0) + other.get(code, 0) for code in CODES})

    if pooled and parts:
        hours = [part.hours for part in parts]
        assert min(hours) - 1e-9 <= pooled.hours <= max(hours) + 1e-9
