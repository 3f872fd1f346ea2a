"""Growth over one panel and the index chained from it; shares, changes and rates."""

from collections.abc import Mapping

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.catalogue.codelists.groups import fixed_group
from metrics.core.period import ReferencePeriod
from metrics.core.tables import CHAINED_INDEX, NORMAL, YEAR_ON_YEAR
from metrics.statistics.aggregation.panel import chain_index, match_areas, panel_growth
from metrics.statistics.aggregation.rates import (
    conform_values,
    move_to_next_year,
    percent_change,
    percentage,
)
from metrics.statistics.aggregation.summed_rows import addends, member_rows
from tests.tables import indicator, observations

HEADER = "indicator | component | area | period | status | value"
LINKS = st.lists(st.integers(-50, 100), min_size=1, max_size=6)


def rows(*lines: str) -> pd.DataFrame:
    return conform_values(observations("\n".join([HEADER, *lines])))


def one(period: str, value: object, *, area: str = "FI", status: str = NORMAL) -> str:
    return f"VICTIMS | value | {area} | {period} | {status} | {value}"


def links(changes: Mapping[int, float | str]) -> pd.DataFrame:
    drawn = (one(str(year), value) for year, value in changes.items())
    return rows(*drawn).assign(component=YEAR_ON_YEAR)


def indexed(changes: Mapping[int, float | str]) -> dict[str, float]:
    found = chain_index(links(changes)).sort_values("period")
    return dict(zip(found["period"], found["value"], strict=True))


@pytest.mark.parametrize(
    ("value", "before", "per_cent"),
    [(120, 100, 20), (80, 100, -20), (0, 5, -100), (5, 5, 0), (-5, -10, 50), (10, -10, 200)],
)
def test_a_change_is_in_per_cent_of_the_size_of_what_was(
    value: float, before: float, per_cent: float
) -> None:
    assert percent_change(pd.Series([value]), pd.Series([before])).tolist() == [per_cent]


@pytest.mark.parametrize(("part", "whole", "share"), [(1, 4, 25), (0, 4, 0), (4, 4, 100)])
def test_a_share_is_in_per_cent(part: float, whole: float, share: float) -> None:
    assert percentage(pd.Series([part]), pd.Series([whole])).tolist() == [share]


@pytest.mark.parametrize("part", [0, 1])
def test_there_is_no_share_of_nothing(part: float) -> None:
    assert percentage(pd.Series([part]), pd.Series([0])).isna().all()


@pytest.mark.parametrize(
    ("period", "later"),
    [("2024", "2025"), ("2024-Q1", "2025-Q1"), ("2024-02", "2025-02"), ("2023-S2", "2024-S2")],
)
def test_a_year_later_is_the_same_part_of_the_year(period: str, later: str) -> None:
    assert str(ReferencePeriod.parse(period).year_after) == later
    assert move_to_next_year(rows(one(period, 1)))["period"].tolist() == [later]


@pytest.mark.parametrize(
    ("changes", "values"),
    [
        ({2024: 10}, {"2023": 100, "2024": 110}),
        ({2024: 10, 2025: 10}, {"2023": 100, "2024": 110, "2025": 121}),
        ({2024: -100}, {"2023": 100, "2024": 0}),
    ],
)
def test_an_index_begins_at_100_a_year_before_its_first_link(
    changes: dict[int, float], values: dict[str, float]
) -> None:
    assert indexed(changes) == pytest.approx(values)


def test_where_a_link_is_missing_the_index_starts_anew_with_a_break() -> None:
    found = chain_index(links({2021: 10, 2024: 10})).set_index("period")

    starts = found[found["value"] == 100]
    assert starts["observation_status"].to_dict() == {"2020": NORMAL, "2023": "B"}


@settings(max_examples=8, deadline=None)
@given(LINKS)
def test_the_index_ends_at_the_product_of_its_links(changes: list[int]) -> None:
    expected = 100.0
    for change in changes:
        expected *= 1 + change / 100

    found = indexed({2001 + at: float(change) for at, change in enumerate(changes)})
    assert found[str(2000 + len(changes))] == pytest.approx(expected)


def test_an_index_is_a_component_of_its_own() -> None:
    assert set(chain_index(links({2024: 5}))["component"]) == {CHAINED_INDEX}


def test_a_change_that_is_not_applicable_is_no_link() -> None:
    assert indexed({2023: "", 2024: 10}) == {"2023": 100.0, "2024": pytest.approx(110)}


@pytest.mark.parametrize(
    ("lines", "areas"),
    [
        ((one("2023", 1), one("2024", 2)), ["FI"]),
        ((one("2023", 1), one("2024", 2), one("2024", 3, area="SE")), ["FI"]),
        ((one("2022", 1), one("2024", 2)), []),
        ((one("2023", 1), one("2024", 2, status="B")), []),
        ((one("2023", 1, status="B"), one("2024", 2)), ["FI"]),
        ((one("2023", 1, status="S"), one("2024", 2)), []),
        ((one("2023", 1), one("2024", 2, status="S")), []),
    ],
)
def test_a_panel_is_of_those_who_report_in_both_years_without_a_break(
    lines: tuple[str, ...], areas: list[str]
) -> None:
    assert match_areas(rows(*lines))["area"].tolist() == areas


@pytest.mark.parametrize(
    ("now", "before", "found"),
    [(12, 10, [("A", 20.0)]), (0, 10, [("A", -100.0)]), (12, 0, [("M", None)]), ("", 10, [])],
)
def test_growth_on_nothing_is_not_applicable(
    now: object, before: object, found: list[tuple[str, float | None]]
) -> None:
    grown = panel_growth(rows(one("2024", now)), rows(one("2024", before)), {})
    values = grown["value"].astype(object).where(grown["value"].notna(), None)

    assert list(zip(grown["observation_status"], values, strict=True)) == found


def test_only_members_are_of_the_group() -> None:
    values = rows(one("2024", 1), one("2024", 2, area="SE"), one("2024", 3, area="US"))

    assert member_rows(values, fixed_group("NORTH", ["FI", "SE"]))["value"].tolist() == [1, 2]


@pytest.mark.parametrize(
    ("kind", "components", "added"),
    [
        ("flow", ("value",), 1),
        ("stock", ("value",), 1),
        ("share", ("numerator", "denominator"), 2),
        ("share", ("numerator",), 0),
        ("share", ("denominator",), 0),
        ("share", ("value",), 0),
        ("duration", ("cases",), 1),
        ("duration", ("median",), 0),
        ("published_ratio", ("value",), 0),
    ],
)
def test_only_what_adds_up_is_added(kind: str, components: tuple[str, ...], added: int) -> None:
    counted = indicator("VICTIMS").model_copy(update={"kind": kind})
    values = rows(*(f"VICTIMS | {component} | FI | 2024 | A | 3" for component in components))

    assert len(addends(values, {"VICTIMS": counted})) == added


@pytest.mark.parametrize(
    ("value", "alike", "added"), [("3", True, 1), ("3", False, 0), ("", True, 0)]
)
def test_nor_what_is_unknown_or_counted_twice(value: str, alike: bool, added: int) -> None:
    counted = indicator("VICTIMS", adds_up_over_areas=alike)

    assert len(addends(rows(one("2024", value)), {"VICTIMS": counted})) == added
