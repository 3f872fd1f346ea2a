"""The change of each figure from every earlier year: what is comparable, and nothing else."""

import pandas as pd
import pytest

from metrics.core.schemas import columns_of
from metrics.core.tables import EU, PER_100_000_CHILDREN, YEAR_ON_YEAR
from metrics.statistics.period_changes import period_changes
from tests.drawn_values import reported_by, values_of
from tests.tables import indicator

FLOW = indicator("DRAWN")
SHARE = indicator("DRAWN", kind="share", unit="PC", numerator={"en": "n"}, denominator={"en": "d"})


def changes_of(
    values: pd.DataFrame, drawn_indicator: object = FLOW
) -> dict[tuple[str, str], float]:
    """Base year and year → change, without the base itself, where the change is zero."""
    table = period_changes(values, {"DRAWN": drawn_indicator})  # type: ignore[dict-item]
    assert list(table) == columns_of("period_changes")
    rows = table[table["base_period"] != table["period"]]
    keys = zip(rows["base_period"], rows["period"], strict=True)
    return dict(zip(keys, rows["change"].round(6), strict=True))


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        (
            "2020 10 | 2021 11 | 2022 15",
            {("2020", "2021"): 10, ("2020", "2022"): 50, ("2021", "2022"): 36.363636},
        ),
        ("2020 10 | 2021 : O | 2022 15", {("2020", "2022"): 50}),
        ("2020 10 | 2021 : Q | 2022 15", {("2020", "2022"): 50}),  # of shown figures only
        ("2020 10 | 2021 11 B | 2022 15", {("2021", "2022"): 36.363636}),
        ("2020 10 | 2021 11 S | 2022 15", {("2020", "2022"): 50}),  # a year of a special event
        ("2020 0 | 2021 11", {}),
        ("2020 10 | 2021 0", {("2020", "2021"): -100}),
        (
            "2020-Q1 10 | 2020-Q2 15 | 2020 60 | 2021-Q1 20",  # with the same part of a year
            {("2020-Q1", "2021-Q1"): 100},
        ),
        ("2020 >10 | 2021 >20", {}),  # the true change may be on either side
    ],
)
def test_which_years_are_compared(drawn: str, expected: dict[tuple[str, str], float]) -> None:
    assert changes_of(values_of({"FI": drawn})) == expected


def test_a_change_to_a_lower_limit_is_a_lower_limit() -> None:
    table = period_changes(values_of({"FI": "2020 10 | 2021 >20"}), {"DRAWN": FLOW})

    assert table.loc[table["period"] == "2021", "limit"].tolist() == ["LOWER", ""]


def test_a_share_changes_in_points_and_has_no_index() -> None:
    table = period_changes(values_of({"FI": "2020 10 | 2021 12.5"}), {"DRAWN": SHARE})

    assert table["change"].tolist() == [0, 2.5, 0]
    assert table["index"].isna().all()


def test_the_base_year_is_100() -> None:
    table = period_changes(values_of({"FI": "2020 8 | 2021 10"}), {"DRAWN": FLOW})

    assert table["index"].tolist() == [100, 125, 100]


def test_a_sum_over_areas_changes_as_those_that_report_both_years() -> None:
    """The sum fell because a State is missing; those that report in both years rose by 5 %."""
    links = values_of({EU: "2021 5"}, component=YEAR_ON_YEAR)
    values = pd.concat([values_of({EU: "2020 50 | 2021 40"}), links], ignore_index=True)

    assert changes_of(values) == {("2020", "2021"): 5}


def test_a_published_figure_of_the_union_changes_as_published() -> None:
    links = values_of({EU: "2021 5"}, component=YEAR_ON_YEAR)
    published = values_of({EU: "2020 50 | 2021 60"}).assign(submission="2021/EU/v")

    assert changes_of(pd.concat([published, links], ignore_index=True)) == {("2020", "2021"): 20}


def test_a_sum_of_parts_has_no_change_of_its_own() -> None:
    assert changes_of(values_of({EU: "2020 50 | 2021 40"}, sex="F")) == {}


COUNTS = "2020 80 | 2021 100"


def rates_of(drawn: str, counts: dict[str, str], area: str = EU, **reporting: int) -> pd.DataFrame:
    """Rates of an area, the counts behind them, and the changes of those of the Union."""
    links = values_of({EU: "2021 10 | 2022 9"}, component=YEAR_ON_YEAR)
    tables = [values_of({area: drawn}, component=PER_100_000_CHILDREN), values_of(counts)]
    return reported_by(
        pd.concat([*tables, *([links] if area == EU else [])], ignore_index=True), **reporting
    )


@pytest.mark.parametrize(
    ("finland", "reporting", "expected"),
    [
        (COUNTS, {}, {("2020", "2021"): 25}),
        ("2020 80 | 2021 : Q", {}, {("2020", "2021"): 25}),  # suppressed, and in the sum
        ("2020 80 | 2021 : Q", {"y2020": 26, "y2021": 25}, {}),
        ("2020 80 | 2021 : O", {}, {}),
        ("2021 80", {}, {}),
    ],
)
def test_a_rate_of_the_union_is_compared_in_the_same_states(
    finland: str, reporting: dict[str, int], expected: dict[tuple[str, str], float]
) -> None:
    counts = {EU: COUNTS, "SE": COUNTS, "FI": finland}

    assert rate_changes(rates_of("2020 8 | 2021 10", counts, EU, **reporting)) == expected


def rate_changes(values: pd.DataFrame) -> dict[tuple[str, str], float]:
    table = period_changes(values, {"DRAWN": FLOW})
    is_rate = table["component"] == PER_100_000_CHILDREN
    rows = table[is_rate & (table["base_period"] != table["period"])]
    keys = zip(rows["base_period"], rows["period"], strict=True)
    return dict(zip(keys, rows["change"].round(6), strict=True))


@pytest.mark.parametrize("status", ["B", "S"])
def test_a_rate_is_not_compared_where_its_count_is_not(status: str) -> None:
    rates = rates_of("2020 8 | 2021 10", {"FI": f"2020 80 | 2021 100 {status}"}, area="FI")

    assert rate_changes(rates) == {}


def test_a_rate_of_the_union_is_not_compared_without_a_change_of_its_count() -> None:
    rates = rates_of("2020 8 | 2021 10", {EU: COUNTS, "SE": COUNTS})

    assert rate_changes(rates[rates["component"] != YEAR_ON_YEAR]) == {}


def test_a_change_of_definition_breaks_a_series_whose_first_year_is_withheld() -> None:
    """Without the first value under the new definition, no row is marked as a break."""
    changed = indicator(
        "DRAWN",
        changes=[{"from": "2021", "note": {"en": "n"}, "before": {"definition": {"en": "old"}}}],
    )

    found = changes_of(
        values_of({"FI": "2019 8 | 2020 10 | 2021 : Q | 2022 15 | 2023 30"}), changed
    )

    assert found == {("2019", "2020"): 25, ("2022", "2023"): 100}


def test_a_released_change_beside_a_withheld_sum_has_a_row() -> None:
    links = values_of({EU: "2021 5 | 2022 10"}, component=YEAR_ON_YEAR)
    values = pd.concat([values_of({EU: "2020 50 | 2021 : Q | 2022 40"}), links], ignore_index=True)

    assert changes_of(values) == {("2020", "2022"): 15.5, ("2020", "2021"): 5, ("2021", "2022"): 10}
