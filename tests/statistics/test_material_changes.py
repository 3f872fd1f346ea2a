"""A change in the released table is material where a verdict on it would be clear."""

from datetime import date
from random import Random
from typing import Any

import pandas as pd
import pytest

from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.indicators import Indicator, Kind
from metrics.core.tables import (
    DENOMINATOR,
    EU,
    PER_100_000_CHILDREN,
    YEAR_ON_YEAR,
)
from metrics.core.verdict_codes import MATERIAL
from metrics.core.verdicts import split_reasons
from metrics.statistics.period_changes import period_changes
from tests.drawn_values import assess_values, catalogue_of, values_of
from tests.tables import indicator

ON = date(2026, 6, 1)
PARTS: dict[str, Any] = {"numerator": {"en": "n"}, "denominator": {"en": "d"}}
COUNT = indicator("DRAWN")
MILLIONS = indicator("DRAWN", unit="MIO_ITEMS")
SHARE = indicator("DRAWN", kind="share", unit="PC", **PARTS)
RATE = indicator("DRAWN", kind="share", unit="PER_100", **PARTS)
PRINTED = indicator("DRAWN", kind="published_ratio", unit="PC")
HOURS = indicator("DRAWN", kind="duration", unit="HOURS", direction="down", by=("band",))
DRAWN_KINDS = (COUNT, MILLIONS, SHARE, RATE, PRINTED, HOURS)
DIRECTION = {"rule": "direction_only"}


def materiality_of(values: pd.DataFrame, own: Indicator, component: str = "") -> str:
    """Of the change from 2020 to 2025."""
    table = period_changes(values, {"DRAWN": own})
    pair = table["base_period"].eq("2020") & table["period"].eq("2025")
    (found,) = table.loc[pair & table["component"].eq(component or own.headline), "materiality"]
    return str(found)


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        ("2020 17 | 2025 15", "below_threshold"),  # the fault of the sample: printed as −11.8 %
        ("2020 100 | 2025 120", "below_threshold"),  # 20 ≤ 2√220 = 29.7
        ("2020 100 | 2025 131", MATERIAL),
        ("2020 131 | 2025 100", MATERIAL),
        ("2020 5 | 2025 50", "small_base"),
        ("2020 50 | 2025 9", "small_base"),
        ("2020 3 | 2025 2", "below_threshold"),
        ("2020 1000000 | 2025 1029000", "below_threshold"),  # less than 3 %
        ("2020 100 | 2025 >200", MATERIAL),  # at least twice as many
        ("2020 100 | 2025 >110", "limit_undecided"),
        ("2020 100 | 2025 >50", "limit_undecided"),  # it may have risen
        ("2020 100 | 2025 <50", MATERIAL),
    ],
)
def test_a_change_of_counts(drawn: str, expected: str) -> None:
    assert materiality_of(values_of({"FI": drawn}), COUNT) == expected


def test_the_base_itself_is_no_change() -> None:
    table = period_changes(values_of({"FI": "2020 17 | 2025 15"}), {"DRAWN": COUNT})

    assert table["materiality"].tolist() == ["", "below_threshold", ""]


def drawn_series(area: str, own: Indicator, random: Random) -> list[pd.DataFrame]:
    """Two values of a kind, with what they were divided by in most areas."""
    base = random.choice([3, 9, 12, 40, 95, 100, 300, 20_000]) * random.uniform(0.5, 1)
    last = base * random.choice([0.1, 0.8, 0.95, 1, 1.01, 1.04, 1.3, 2])
    if own.kind in {Kind.FLOW, Kind.STOCK}:
        base, last = round(base), round(last)
    elif own.unit == "PC":
        base, last = min(base, 100), min(last, 100)
    figures = values_of({area: f"2020 {base} | 2025 {last}"}, component=own.headline)
    if own.kind is not Kind.SHARE or random.random() > 0.8:
        return [figures]
    first, second = (random.choice([5, 30, 400, 100_000]) for _ in range(2))
    return [
        figures, values_of({area: f"2020 {first} | 2025 {second}"}, component=DENOMINATOR),
    ]  # fmt: skip


@pytest.mark.parametrize("own", DRAWN_KINDS, ids=lambda own: f"{own.kind.value} {own.unit}")
def test_it_is_material_where_the_verdict_is_clear(own: Indicator) -> None:
    random = Random(5)
    drawn = [table for area in member_states() for table in drawn_series(area, own, random)]
    values = pd.concat(drawn, ignore_index=True)
    verdicts = assess_values(values, catalogue_of(own, DIRECTION), ON)
    reason = dict(zip(verdicts["area"], verdicts["reason"], strict=True))
    changes = period_changes(values, {"DRAWN": own})
    compared = changes[changes["period"].ne(changes["base_period"])]
    found = dict(zip(compared["area"], compared["materiality"], strict=True))

    for area, code in found.items():
        reasons = {*split_reasons(reason[area])}
        why = next((one for one in ("below_threshold", "small_base") if one in reasons), MATERIAL)
        # At its best possible value, a figure has a status although its change is not clear.
        assert code == why or (code != MATERIAL and "at_limit" in reasons), area
    assert {MATERIAL, "below_threshold"} <= {*found.values()}


def test_a_rate_per_children_varies_as_its_count() -> None:
    rates = values_of({"FI": "2020 2 | 2025 2.4"}, component=PER_100_000_CHILDREN)
    few, many = (
        pd.concat([rates, values_of({"FI": f"2020 {n} | 2025 {1.2 * n}"})], ignore_index=True)
        for n in (20, 2000)
    )

    assert materiality_of(few, COUNT, PER_100_000_CHILDREN) == "below_threshold"
    assert materiality_of(many, COUNT, PER_100_000_CHILDREN) == MATERIAL


@pytest.mark.parametrize(
    ("counts", "expected"), [("2020 9000 | 2025 9009", "below_threshold"), ("2020 9000 | 2025 9900", MATERIAL)]
)  # fmt: skip
def test_a_rate_is_material_only_if_its_count_is(counts: str, expected: str) -> None:
    """Greek reports: +0.1 % beside a rate of +3.8 %, as another number of children is estimated."""
    rates = values_of({"EL": "2020 500 | 2025 519"}, component=PER_100_000_CHILDREN)
    values = pd.concat([rates, values_of({"EL": counts})], ignore_index=True)

    assert materiality_of(values, COUNT, PER_100_000_CHILDREN) == expected


def test_a_published_share_is_weighed_with_the_cases_published_beside_it() -> None:
    own = PRINTED.model_copy(update={"cases_from": "COUNTED"})
    share = values_of({"DE": "2020 50 | 2025 58"})
    few, many = (
        pd.concat([share, values_of({"DE": f"2020 {n} | 2025 {n}"}, "COUNTED")], ignore_index=True)
        for n in (100, 100_000)
    )

    assert [materiality_of(values, own) for values in (share, few, many)] == [
        MATERIAL, "below_threshold", MATERIAL,
    ]  # fmt: skip


def links_of(growth: float) -> pd.DataFrame:
    """The yearly changes of the Union's panels from 2020 to 2025; all of it in the first."""
    return values_of(
        {EU: f"2021 {growth} | 2022 0 | 2023 0 | 2024 0 | 2025 0"}, "DRAWN", YEAR_ON_YEAR
    )


@pytest.mark.parametrize(("growth", "expected"), [(130, "below_threshold"), (140, MATERIAL)])
def test_a_sum_of_the_union_is_weighed_as_carried_back_on_the_same_states(
    growth: int, expected: str
) -> None:
    """The sum fell from 500 to 100, and the same States rose: from 100 / 1.3 or 1.4."""
    links = links_of(growth - 100)
    values = pd.concat([values_of({EU: "2020 500 | 2025 100"}), links], ignore_index=True)

    assert materiality_of(values, COUNT) == expected


@pytest.mark.parametrize(
    ("fewest", "drawn", "reporting", "expected"),
    [
        (2, "2020 49 | 2025 79", 27, "below_threshold"),
        (1, "2020 49 | 2025 79", 27, "participants_unknown"),
        (2, "2020 90 | 2025 49", 27, "participants_unknown"),
        (1, "2020 100 | 2025 600", 27, MATERIAL),
        (2, "2020 49 | 2025 90", 3, MATERIAL),
    ],
)
def test_a_sum_of_participations_is_weighed_as_its_verdict(
    fewest: int, drawn: str, reporting: int, expected: str
) -> None:
    shared = indicator("DRAWN", shared_events={"fewest_states": fewest, "why": "for tests"})
    sums = values_of({EU: drawn}).assign(areas_reporting=reporting, areas_expected=27)
    first, last = sums["value"]
    links = links_of(100 * last / first - 100)

    assert materiality_of(pd.concat([sums, links], ignore_index=True), shared) == expected
