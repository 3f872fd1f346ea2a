"""The Union's changes are of the States that report in both years, as its verdicts are."""

from datetime import date
from random import Random
from typing import Any

import pandas as pd
import pytest

from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.indicators import Indicator
from metrics.catalogue.loader import Catalogue
from metrics.core.tables import EU, YEAR_ON_YEAR
from metrics.statistics.aggregation.aggregate import aggregate
from metrics.statistics.derive import derive
from metrics.statistics.period_changes import period_changes
from tests.drawn_values import assess_values, catalogue_of, values_of
from tests.tables import indicator, observations

ON = date(2026, 6, 1)
YEARS = range(2020, 2026)
NEVER_AWAY = 20  # of the States, in order of their codes
PARTS: dict[str, Any] = {"numerator": {"en": "n"}, "denominator": {"en": "d"}}
SHARE = indicator("DRAWN", kind="share", unit="PC", **PARTS)
MEAN = indicator("DRAWN", kind="share", unit="DAYS", **PARTS)
FLOW = indicator("DRAWN")


def reported(components: tuple[str, ...]) -> pd.DataFrame:
    """Levels that differ by State; a few large States are away in some years."""
    random = Random(7)
    rows = ["indicator | component | area | period | value"]
    for order, area in enumerate(member_states()):
        size = 100 * (order + 1)
        for year in YEARS:
            part = round(size * (0.9 - order / 40) * random.uniform(0.9, 1.1))
            if order < NEVER_AWAY or random.random() > 0.4:
                given = dict(zip(("numerator", "denominator"), (part, size), strict=True))
                rows += [f"DRAWN | {name} | {area} | {year} | {given.get(name, part)}"
                         for name in components]  # fmt: skip
    usual = {"submission": "0" * 64, "collection": "drawn", "round": "2024"}
    return observations("\n".join(rows)).assign(**usual, vintage="2025-03-01T0900Z")


def released(defined: Indicator) -> tuple[pd.DataFrame, Catalogue]:
    own = catalogue_of(defined, {"rule": "direction_only", "beside": ("growth_ratio",)})
    components = ("value",) if defined is FLOW else ("numerator", "denominator")
    return aggregate(derive(reported(components), own), own), own


def change_between(before: float, now: float, unit: str) -> float:
    return now - before if unit == "PC" else 100 * (now / before - 1)


@pytest.mark.parametrize("defined", [SHARE, MEAN, FLOW], ids=["share", "mean", "count"])
def test_the_change_is_that_of_the_verdict_where_other_states_report_each_year(
    defined: Indicator,
) -> None:
    values, own = released(defined)
    changes = period_changes(values, own.indicators).set_index(["area", "base_period", "period"])
    verdicts = assess_values(values, own, ON)
    verdicts = verdicts[(verdicts["area"] == EU) & verdicts["baseline_value"].notna()]
    figures = values[(values["area"] == EU) & (values["component"] == "value")].set_index("period")

    assert len(verdicts) == 2
    for verdict in verdicts.to_dict("records"):
        start, end = verdict["baseline_period"], verdict["period"]
        change = changes["change"].to_dict()[EU, start, end]
        assert change == pytest.approx(
            change_between(verdict["baseline_value"], verdict["value"], defined.unit)
        )
        first, last = figures["value"][[start, end]]
        assert change != pytest.approx(change_between(first, last, defined.unit), abs=0.1)


@pytest.mark.parametrize(
    ("links", "compared"),
    [
        ("2021 1 | 2023 3", {("2020", "2021"): 1, ("2022", "2023"): 3}),
        ("2021 1 | 2022 : Q | 2023 3", {("2020", "2021"): 1, ("2022", "2023"): 3}),
        (
            "2021 1 | 2022 >2 | 2023 3",  # a limit has its own change, and is not chained
            {("2020", "2021"): 1, ("2021", "2022"): 2, ("2022", "2023"): 3},
        ),
        ("", {}),
    ],
)
def test_a_missing_link_begins_a_new_segment(
    links: str, compared: dict[tuple[str, str], float]
) -> None:
    totals = values_of({EU: "2020 50 | 2021 60 | 2022 65 | 2023 40"})
    drawn = [values_of({EU: links}, component="change_points")] if links else []

    table = period_changes(pd.concat([totals, *drawn], ignore_index=True), {"DRAWN": SHARE})

    pairs = table[table["base_period"] != table["period"]]
    keys = zip(pairs["base_period"], pairs["period"], strict=True)
    assert dict(zip(keys, pairs["change"], strict=True)) == compared


def test_a_share_of_which_the_union_reports_the_parts_changes_as_reported() -> None:
    parts = values_of({EU: "2020 5 | 2021 6"}, component="numerator").assign(submission="v")
    share = values_of({EU: "2020 50 | 2021 60"})

    table = period_changes(pd.concat([parts, share], ignore_index=True), {"DRAWN": SHARE})

    assert table["change"].tolist() == [0, 10, 0]


def test_changes_are_not_chained_across_a_year_without_one() -> None:
    links = values_of({EU: "2021 5 | 2022 : Q | 2023 10"}, component=YEAR_ON_YEAR)
    sums = values_of({EU: "2020 50 | 2021 52 | 2022 : Q | 2023 40"})

    table = period_changes(pd.concat([sums, links], ignore_index=True), {"DRAWN": FLOW})

    pairs = table[table["base_period"] != table["period"]]
    assert {*zip(pairs["base_period"], pairs["period"], strict=True)} == {
        ("2020", "2021"),
        ("2022", "2023"),
    }


@pytest.mark.parametrize(
    ("sums", "reporting", "across"),
    [
        ("2020 100 | 2021 50 S | 2022 150 | 2023 120", 27, {"2022": 50, "2023": 20}),
        ("2020 100 | 2021 50 S | 2022 150 | 2023 120", 26, {}),  # another State is missing
        ("2020 100 | 2021 50 S | 2022 150 B | 2023 120", 27, {}),
        ("2020 100 | 2021 : Q | 2022 150 | 2023 120", 27, {}),
        ("2020 100 | 2022 150 | 2023 120", 27, {}),
        ("2020 >100 | 2021 50 S | 2022 150 | 2023 120", 27, {}),
    ],
)
def test_sums_of_the_same_states_are_compared_across_a_year_of_a_special_event(
    sums: str, reporting: int, across: dict[str, int]
) -> None:
    """As each State is: the European CyberTipline reports of 2020 and 2022, with 2021 between."""
    links = values_of({EU: "2020 25 | 2023 -20"}, component=YEAR_ON_YEAR)
    drawn = values_of({EU: f"2019 80 | {sums}"})
    drawn["areas_reporting"] = drawn["period"].map({"2022": reporting}).fillna(27)
    changes = period_changes(pd.concat([drawn, links], ignore_index=True), {"DRAWN": FLOW})
    from_2020 = changes[changes["base_period"].eq("2020") & changes["period"].ge("2022")]
    within = changes[changes["base_period"].ne(changes["period"])].set_index(
        ["base_period", "period"]
    )["change"]

    assert dict(zip(from_2020["period"], from_2020["change"], strict=True)) == pytest.approx(across)
    assert within["2022", "2023"] == pytest.approx(-20)
    assert ("2019", "2023") in within if across else ("2019", "2023") not in within
