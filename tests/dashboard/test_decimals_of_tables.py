"""The figures of one indicator have one number of decimals in a table."""

import re
from dataclasses import replace
from typing import Any

import pytest

from dashboard.charts.gaps import printed_growth
from dashboard.components.goal.data_tables import (
    parts_table,
    states_table,
    trend_table,
)
from dashboard.contents.figure_columns import compared_in_words, decimals_of_table
from dashboard.data import Release, records
from dashboard.released.series import AssessedSeries, series_of_goal
from dashboard.released.table_views import Part, compare_with_path, states_view, trend_view
from dashboard.rounding import decimals_of_column
from dashboard.texts import texts
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU
from tests.dashboard.reading import of_type, words

EN = texts("en")
NUMBER = re.compile(r"^[+\N{MINUS SIGN}]?[\d,]+(?:\.(\d+))?(?=\N{NO-BREAK SPACE}|$)")


def decimals_in_columns(table: Any) -> list[set[int]]:
    """The numbers of decimals that occur in each column of figures."""
    rows = [of_type(row, "Td") for row in of_type(of_type(table, "Tbody")[0], "Tr")]
    columns = []
    for cells in zip(*rows, strict=True):
        found = [NUMBER.match(words(cell)) for cell in cells]
        columns.append({len(match[1] or "") for match in found if match})
    return columns


def share(values: list[float]) -> AssessedSeries:
    rows = [{"period": str(2020 + n), "value": value, "observation_status": "A",
             "confidentiality_status": "F", "late": False, "component": "value"}
            for n, value in enumerate(values)]  # fmt: skip
    return AssessedSeries(catalogue().indicators["TAKEDOWN_SHARE_2D"], "DE", {}, rows)


@pytest.mark.parametrize(
    ("numbers", "decimals"),
    [([5.0, 110.0], 0), ([5.0, 5.2], 1), ([61.92, 77.0], 1), ([1234.5, 3.0], 0), ([], 0)],
)
def test_a_column_has_the_decimals_that_any_of_its_numbers_needs(
    numbers: list[float], decimals: int
) -> None:
    assert decimals_of_column(numbers) == decimals


@pytest.mark.parametrize("start", [74.2512, 79.4739, 79.4694, 70.0])
def test_a_share_of_counts_has_two_decimals_at_most(start: float) -> None:
    """79.474 % of schools would say more than any count of them does."""
    share_of_counts = replace(
        share([start, 79.4742]), indicator=catalogue().indicators["SCHOOLS_REACHED"]
    )
    found = compare_with_path(share_of_counts, 79.4742, start)

    assert found.decimals <= 2
    assert found.difference == found.value - found.other


def test_whole_numbers_have_the_decimals_of_their_neighbours() -> None:
    series = share([77.0, 61.9, 100.0])
    cells = words(trend_table("", series, trend_view(series), EN))

    assert ["77.0" in cells, "61.9" in cells, "100.0" in cells] == [True] * 3


def test_a_difference_is_that_of_the_values_in_the_decimals_of_the_table() -> None:
    series = share([])
    rows = [{"period": "2020", "value": 61.92, "path": 60.0, "gap": 1.92},
            {"period": "2021", "value": 77.0, "path": 60.0, "gap": 17.0}]  # fmt: skip
    decimals = decimals_of_table(rows, series)

    value, expected, gap = compared_in_words(rows[1], series, EN, decimals)

    assert (value.split("\N{NO-BREAK SPACE}")[0], expected, gap) == ("77.0", "60.0", "+17.0")


def test_the_growth_of_each_year_has_one_number_of_decimals() -> None:
    changes = [{"period": "2023", "value": -2.1053}, {"period": "2024", "value": 9.0},
               {"period": "2025", "value": -9.2105}]  # fmt: skip
    printed = [
        words.replace("\N{NO-BREAK SPACE}", " ") for words in printed_growth(changes, EN).values()
    ]
    assert printed == ["−2.1 %", "+9.0 %", "−9.2 %"]


@pytest.mark.parametrize("area", ["FI", EU])
@pytest.mark.parametrize("goal", ["GA-1.1", "GA-2.2", "GA-4.2", "CC2019-5", "CC2019-13"])
def test_no_column_of_a_release_mixes_decimals(release: Release, goal: str, area: str) -> None:
    for series in series_of_goal(catalogue().goals[goal], area, release):
        view = trend_view(series)
        tables = [trend_table("", series, view, EN),
                  parts_table("", series, [("a", Part({}, records(view))), ("b", Part({}, records(view)))], EN)]  # fmt: skip
        if area != EU and series.last_known:
            by_state = {"FI": series, "SE": series}
            tables.append(
                states_table("", series, states_view(by_state, series.last_known["period"]), EN)
            )

        for table in tables:
            assert all(len(found) <= 1 for found in decimals_in_columns(table)[1:])
