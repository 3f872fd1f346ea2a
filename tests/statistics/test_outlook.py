"""If the recent trend continues: how far it is carried, how wide it is, what it meets."""

import json
from dataclasses import astuple
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.core.schemas import columns_of
from metrics.core.series_window import NoVerdictError, Window, observed_window
from metrics.core.tables import EU
from metrics.messages import messages
from metrics.statistics.assessment.basis import assessment_basis
from metrics.statistics.outlook import Trend, outlook, trend, year_of_reaching
from tests.drawn_series import CZECH_SUSPECTS, points
from tests.drawn_values import catalogue_of, every_state, reported_by, values_of
from tests.tables import indicator

ON = date(2026, 6, 1)
LINE = "2020 10 | 2021 12 | 2022 13 | 2023 16 | 2024 18 | 2025 21"
FLOW = indicator("DRAWN")


def window(values: list[float]) -> Window:
    first = 2026 - len(values)
    return observed_window(
        points(" | ".join(f"{first + n} {value!r}" for n, value in enumerate(values)))
    )


def drawn_trend(drawn: str) -> Trend:
    return trend(observed_window(points(drawn)))


def outlook_row(drawn: str, area: str = "FI", **target: Any) -> Any:
    level = {"rule": "level_by_date", "value": 30, "by": "2030"}
    agreed = target if "rule" in target else {**level, **target}
    table = outlook(assessment_basis(values_of({area: drawn}), catalogue_of(FLOW, agreed), ON))
    return table[table["area"] == area].iloc[0]


@pytest.mark.parametrize(("count", "years"), [(5, 2), (6, 3), (7, 3), (10, 5), (14, 5)])
def test_a_trend_is_carried_for_half_as_many_years_as_it_has_points(count: int, years: int) -> None:
    values = [10.0 + n + n % 2 for n in range(count)]

    found = trend(window(values))

    assert [year.time for year in found.ahead] == [2025.5 + n for n in range(1, years + 1)]


def test_a_trend_by_hand() -> None:
    """Slope Σxy/Σx² = 38/17.5, residual deviation √(1.4857/4); t with 4 degrees is 2.776."""
    found = drawn_trend(LINE)

    assert found.change_a_year == pytest.approx(38 / 17.5)
    assert found.ahead[0].value == pytest.approx(15 + 38 / 17.5 * 3.5)
    spread = 2.776445 * 0.609450 * (1 + 1 / 6 + 3.5**2 / 17.5) ** 0.5
    assert found.ahead[0].high - found.ahead[0].value == pytest.approx(spread, abs=1e-4)


def test_the_interval_widens_with_every_year() -> None:
    widths = [year.high - year.low for year in drawn_trend(LINE).ahead]

    assert widths == sorted(widths)


def test_compound_growth_is_a_line_through_the_logarithms() -> None:
    found = trend(window([100 * 1.1**n for n in range(6)]), compound=True)

    assert found.change_a_year == pytest.approx(10)
    assert found.ahead[0].value == pytest.approx(100 * 1.1**6)


@pytest.mark.parametrize(
    ("drawn", "reason"),
    [
        ("2022 1 | 2023 2 | 2024 3 | 2025 4", "too_few_points"),
        ("2019 1 | 2020 2 | 2021 3 | 2022 4 B | 2023 5 | 2024 6 | 2025 7", "too_few_points"),
        ("2025 : Q", "suppressed"),
    ],
)
def test_no_trend_without_five_comparable_points(drawn: str, reason: str) -> None:
    with pytest.raises(NoVerdictError, match=reason):
        drawn_trend(drawn)


# As statsmodels 0.15.0 gave them, on which the trend rested before: OLS(values, [1, years from the
# latest point]).fit(), get_prediction(...).conf_int(obs=True, alpha=0.05), for compound growth on
# the logarithms. First and last year ahead: time, value, low, high.
# The German days to deletion as first published, with a rounded 2017.
ROUNDED_DAYS = "2014 1.88 | 2016 2.93 | 2017 2 | 2019 1.42 | 2020 1.66 | 2021 2.55 | 2022 1.54"
LARGE = "2016 1000003.25 | 2017 1000004.5 | 2018 1000002 | 2019 1000007.125 | 2020 1000009 | 2021 1000008.5 | 2022 1000012 | 2023 1000011 | 2024 1000015 | 2025 1000013"
BY_STATSMODELS = [
    (LINE, False, 2.1714285714285704,
     (2026.5, 22.6, 20.288147450050232, 24.91185254994977),
     (2028.5, 26.942857142857143, 24.063676674972044, 29.822037610742242)),
    (CZECH_SUSPECTS, False, 16.80000000000001,
     (2026.5, 272.7777777777777, 129.6729961329018, 415.8825594226536),
     (2029.5, 323.1777777777778, 152.3215427984136, 494.034012757142)),
    (CZECH_SUSPECTS, True, 9.39074663372433,
     (2026.5, 280.19372475868227, 127.11571242295975, 617.6146276309105),
     (2029.5, 366.7753703315579, 142.74956730323177, 942.3788444562655)),
    (ROUNDED_DAYS, False, -0.05675287356321851,
     (2023.5, 1.7377011494252865, -0.12818178276038128, 3.603584081610954),
     (2025.5, 1.6241954022988496, -0.49238106032271656, 3.740771864920416)),
    (ROUNDED_DAYS, True, -2.875680093238376,
     (2023.5, 1.6943425396721428, 0.6991377452242156, 4.1061960412707705),
     (2025.5, 1.598295940085486, 0.5855539543627852, 4.362620887555399)),
    (LARGE, False, 1.3356060606311075,
     (2026.5, 1000015.8833333333, 1000011.2762118968, 1000020.4904547698),
     (2030.5, 1000021.2257575758, 1000015.5909866899, 1000026.8605284618)),
]  # fmt: skip


@pytest.mark.parametrize(("drawn", "compound", "slope", "first", "last"), BY_STATSMODELS)
def test_the_line_is_that_of_statsmodels_to_all_printed_digits(
    drawn: str, compound: bool, slope: float, first: tuple[float, ...], last: tuple[float, ...]
) -> None:
    found = trend(observed_window(points(drawn)), compound=compound)

    assert found.change_a_year == pytest.approx(slope, rel=1e-10)
    assert astuple(found.ahead[0]) == pytest.approx(first, rel=1e-11)
    assert astuple(found.ahead[-1]) == pytest.approx(last, rel=1e-11)


@pytest.mark.parametrize(("drawn", "reason"), [(0.0, "zero_baseline"), (-1.0, "negative_value")])
def test_no_compound_growth_from_what_is_not_positive(drawn: float, reason: str) -> None:
    with pytest.raises(NoVerdictError, match=reason):
        trend(window([drawn, 1, 2, 3, 4]), compound=True)


@pytest.mark.parametrize(
    ("level", "sign", "expected"),
    [
        (24, 1, ("on_this_trend", 2027.5)),
        (99, 1, ("beyond_horizon", None)),
        (5, -1, ("not_on_this_trend", None)),
    ],
)
def test_when_a_level_would_be_met(level: float, sign: int, expected: tuple[str, Any]) -> None:
    assert year_of_reaching(drawn_trend(LINE), level, sign) == expected


@pytest.mark.parametrize(
    ("level", "how", "year"),
    [(24, "on_this_trend", "2027"), (99, "beyond_horizon", ""), (20, "met", "")],
)
def test_the_year_stands_in_the_table(level: float, how: str, year: str) -> None:
    row = outlook_row(LINE, value=level)

    assert (row["meets"], row["meets_in"]) == (how, year)


def test_a_fall_does_not_lead_up() -> None:
    falling = "2021 20 | 2022 18 | 2023 16 | 2024 15 | 2025 13"

    assert outlook_row(falling)["meets"] == "not_on_this_trend"


def test_a_count_never_falls_below_zero() -> None:
    falling = "2021 9 | 2022 7 | 2023 4 | 2024 2 | 2025 1"

    path = json.loads(outlook_row(falling)["path"])
    assert min(value for _, *values in path for value in values) == 0


def test_what_has_no_trend_says_why() -> None:
    row = outlook_row("2024 1 | 2025 2")

    assert (row["reason"], row["path"], row["meets"]) == ("too_few_points", "[]", "")
    assert row["reason"] in messages("en", "reasons")


def test_a_growth_target_has_a_compound_trend_and_no_level() -> None:
    row = outlook_row(CZECH_SUSPECTS, rule="growth_per_year", percent=10)

    assert row["points"] == 9
    assert row["change_a_year"] == pytest.approx(9.3907, abs=1e-4)
    assert row["meets"] == ""


def test_the_union_is_carried_on_from_figures_of_the_same_states() -> None:
    """Each state stands still; Finland only begins to report in the last year."""
    years = range(2020, 2026)
    union = " | ".join(f"{year} {270 if year == 2025 else 260}" for year in years)
    states = every_state(" | ".join(f"{year} 10" for year in years), FI="2025 10")
    growth = " | ".join(f"{year} 0" for year in years)
    rows = pd.concat([
        values_of({EU: union}), values_of(states), values_of({EU: growth}, component="year_on_year")
    ])  # fmt: skip
    partial = reported_by(rows, **{f"y{year}": 26 for year in range(2020, 2025)})

    table = outlook(assessment_basis(partial, catalogue_of(FLOW, {"rule": "direction_only"}), ON))

    assert table[table["area"] == EU].iloc[0]["change_a_year"] == pytest.approx(0, abs=1e-9)


def test_the_table_has_its_columns_where_there_is_nothing() -> None:
    empty = outlook(assessment_basis(values_of({"FI": LINE}).head(0), catalogue_of(FLOW), ON))

    assert list(empty.columns) == columns_of("outlook")


@settings(max_examples=30, deadline=None)
@given(values=st.lists(st.integers(1, 1000).map(float), min_size=5, max_size=10))
def test_turning_the_scale_upside_down_turns_the_trend(values: list[float]) -> None:
    upright, turned = trend(window(values)), trend(window([-value for value in values]))

    assert turned.change_a_year == pytest.approx(-upright.change_a_year, abs=1e-9)
    assert turned.ahead[0].low == pytest.approx(-upright.ahead[0].high, abs=1e-6)


@pytest.mark.parametrize("count", [5, 7, 10])
def test_the_interval_covers_what_it_promises(count: int) -> None:
    """Nominally 95 %; three standard errors of 300 runs are 3.8 percentage points."""
    noise = np.random.default_rng(count).normal(size=(300, count + 1))
    covered = 0
    for run in noise:
        values = (100 + 3 * np.arange(count + 1) + 5 * run).tolist()
        ahead = trend(window(values[:-1])).ahead[0]
        covered += ahead.low <= values[-1] <= ahead.high

    assert 0.91 <= covered / 300 <= 0.99
