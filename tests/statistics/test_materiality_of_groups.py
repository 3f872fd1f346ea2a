"""Every released yearly change of the Union has a materiality, by the States of both years."""

from math import sqrt
from pathlib import Path
from random import Random

import pandas as pd
import pytest

from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.indicators import Indicator
from metrics.core.period import ReferencePeriod
from metrics.core.tables import (
    BREAKDOWNS,
    EU,
    LOWER_LIMIT,
    WITHHELD,
    YEAR_ON_YEAR,
    YEARLY_CHANGES,
)
from metrics.core.verdict_codes import MATERIAL
from metrics.release.queries import values_of_area
from metrics.statistics.aggregation.aggregate import aggregate
from metrics.statistics.derive import derive
from metrics.statistics.period_changes import add_yearly_materiality, period_changes
from tests.drawn_values import catalogue_of, values_of
from tests.tables import indicator, observations

YEARS = range(2020, 2026)
NEVER_AWAY = 20  # of the States, in order of their codes
COUNT = indicator("DRAWN", by=("sex",))
HOURS = indicator("DRAWN", kind="duration", unit="HOURS", direction="down", by=("band",))
ORIGIN = {"submission": "0" * 64, "collection": "drawn", "round": "2024", "vintage": "v"}
NAME = ["indicator", "area", *BREAKDOWNS, "period"]
BANDS = ("LE24H", "H24_48", "H48_72", "D3_7", "GT7D")


def drawn_rows(component: str, by: str, codes: tuple[str, ...]) -> pd.DataFrame:
    random = Random(3)
    lines = [f"indicator | component | area | {by} | period | value | limit"]
    for order, area in enumerate(member_states()):
        for code in codes:
            size = random.choice([0.2, 3, 20, 400]) * (order + 1)
            for year in YEARS:
                value = round(size * random.uniform(0.8, 1.25))
                limit = LOWER_LIMIT if area == "DE" and year == YEARS[-1] and by == "sex" else ""
                if order < NEVER_AWAY or random.random() > 0.3:
                    lines.append(
                        f"DRAWN | {component} | {area} | {code} | {year} | {value} | {limit}"
                    )
    return observations("\n".join(lines)).assign(**ORIGIN)


def released(rows: pd.DataFrame, own: Indicator) -> pd.DataFrame:
    drawn = catalogue_of(own, {"rule": "direction_only"})
    return aggregate(derive(rows, drawn), drawn)


def changes_with_materiality(values: pd.DataFrame, own: Indicator) -> pd.DataFrame:
    """The released yearly changes, each with its row in the table of changes."""
    changes = values[values["component"].isin(YEARLY_CHANGES) & values["value"].notna()]
    before = [str(ReferencePeriod.parse(period).year_before) for period in changes["period"]]
    table = period_changes(values, {"DRAWN": own})
    named = add_yearly_materiality(values, table, {"DRAWN": own})
    assert named.loc[changes.index, "materiality"].ne("").all()
    assert named["materiality"].drop(changes.index).eq("").all()
    names = ["change", "limit", "materiality", "areas_reporting"]
    unnamed = changes.drop(columns="materiality")
    return unnamed.assign(base_period=before).merge(
        table[[*NAME, "base_period", "component", *names]],
        on=[*NAME, "base_period"],
        how="left",
        suffixes=("", "_weighed"),
    )


@pytest.mark.parametrize(
    ("own", "component", "by", "codes"),
    [(COUNT, "value", "sex", ("F", "M", "UNK")), (HOURS, "cases", "band", BANDS)],
    ids=["count", "duration"],
)
def test_no_yearly_change_is_released_without_its_materiality(
    own: Indicator, component: str, by: str, codes: tuple[str, ...]
) -> None:
    values = released(drawn_rows(component, by, codes), own)
    of_figures = [component, "median", *YEARLY_CHANGES]
    is_hidden = values["area"].eq("MT") & values["component"].isin(of_figures)
    hidden = values.assign(
        value=values["value"].mask(is_hidden),
        observation_status=values["observation_status"].mask(is_hidden, WITHHELD),
    )

    for table in (values, hidden):
        found = changes_with_materiality(table, own)
        assert {EU, "FR"} < {*found["area"]}
        assert found["materiality"].fillna("").ne("").all()
        assert found["change"].tolist() == pytest.approx(found["value"].tolist())
        assert found["limit_weighed"].tolist() == found["limit"].tolist()
        assert found["areas_reporting_weighed"].tolist() == found["areas_reporting"].tolist()


def test_a_part_of_the_sum_is_weighed_by_the_two_figures_of_the_same_states() -> None:
    values = released(drawn_rows("value", "sex", ("F", "M", "UNK")), COUNT)
    counts = values[values["component"].eq("value") & values["area"].ne(EU)]
    found = changes_with_materiality(values, COUNT)
    found = found[found["area"].eq(EU) & found["limit"].eq("")]
    reasons = []

    for row in found.to_dict("records"):
        own = counts[counts["sex"].eq(row["sex"])]
        by_year = [dict(zip(part["area"], part["value"], strict=True)) for part in (
            own[own["period"].eq(row[name])] for name in ("base_period", "period"))]  # fmt: skip
        states = by_year[0].keys() & by_year[1].keys()
        first, last = (sum(year[area] for area in states) for year in by_year)
        threshold = max(0.03 * first, 2 * sqrt(first + last))
        assert row["areas_reporting_weighed"] == len(states)
        assert (row["materiality"] == MATERIAL) is (abs(last - first) > threshold)
        reasons.append(row["materiality"])
    assert {*found["sex"]} == {"F", "M", "UNK"}
    assert {MATERIAL, "below_threshold"} <= {*reasons}


@pytest.mark.parametrize(("now", "expected"), [(114, "below_threshold"), (115, MATERIAL)])
def test_the_figure_of_a_state_that_joined_does_not_make_a_change_clear(
    now: int, expected: str
) -> None:
    """From 400 to 456 or 460, beside 2 · √856 = 58.5 or 2 · √860 = 58.7; the sum is 9,000."""
    states, joined = member_states()[:26], member_states()[26:]
    before = dict.fromkeys(states, "2020 0 | 2021 0") | dict.fromkeys(
        states[:4], f"2020 100 | 2021 {now}"
    )
    drawn = before | dict.fromkeys(joined, "2021 8536")
    values = released(values_of(drawn, sex="F").assign(**ORIGIN), COUNT)
    found = changes_with_materiality(values, COUNT).set_index("area")

    change = 4 * (now - 100)
    assert (change > 2 * sqrt(800 + change)) is (expected == MATERIAL)
    assert found.loc[EU, "areas_reporting_weighed"] == 26
    assert found.loc[EU, "materiality"] == expected


@pytest.mark.parametrize(
    ("offence", "period", "change", "states"),
    [("ICCS0302", "2022", 1.833, 24), ("ICCS030221", "2021", 1.502, 23)],
)
def test_recorded_offences_of_the_published_figures_have_not_clearly_changed(
    offence: str, period: str, change: float, states: int, published_release: Path
) -> None:
    """In 24 States from 87,390 to 88,992: 1,602 do not exceed 3 % of 87,390, which are 2,622.

    In 23 States from 24,366 to 24,732: 366 do not exceed 731.
    """
    table = pd.read_parquet(published_release / "period_changes.parquet")
    is_named = table["indicator"].eq("OFFENCES_RECORDED") & table["offence"].eq(offence)
    is_named &= table["area"].eq(EU) & table["period"].eq(period) & table["component"].eq("value")
    own = table[is_named & table["base_period"].eq(str(int(period) - 1))]

    (row,) = own.to_dict("records")
    assert row["change"] == pytest.approx(change, abs=0.001)
    assert (row["materiality"], row["areas_reporting"]) == ("below_threshold", states)


def test_a_change_over_years_names_the_fewest_states_of_any_of_them() -> None:
    links = values_of({EU: "2021 10 | 2022 10 | 2023 10"}, "DRAWN", YEAR_ON_YEAR)
    links["areas_reporting"] = [24, 22, 25]
    sums = values_of({EU: "2020 500 | 2021 500 | 2022 500 | 2023 500"}).assign(areas_reporting=26)
    table = period_changes(pd.concat([sums, links], ignore_index=True), {"DRAWN": COUNT})
    pairs = zip(table["base_period"], table["period"], strict=True)
    found = dict(zip(pairs, table["areas_reporting"], strict=True))

    assert found["2020", "2021"] == 24
    assert found["2020", "2023"] == found["2021", "2022"] == 22
    assert found["2022", "2023"] == 25
    assert found["2021", "2021"] == 26


@pytest.mark.parametrize(("now", "expected"), [(114, "below_threshold"), (115, MATERIAL)])
def test_a_group_that_a_reader_chooses_is_weighed_too(now: int, expected: str) -> None:
    """From 400 to 456 or 460, as above; Malta has a figure of one year only."""
    areas = member_states()[:4]
    drawn = dict.fromkeys(areas, f"2020 100 | 2021 {now}") | {"MT": "2021 8536"}
    own = catalogue_of(COUNT, {"rule": "direction_only"})
    values = derive(values_of(drawn, sex="F").assign(**ORIGIN), own)

    rows = values_of_area(values, own, "+".join([*areas, "MT"]))
    of_group = rows[rows["component"].eq(YEAR_ON_YEAR)]

    assert of_group["areas_reporting"].tolist() == [4]
    assert of_group["materiality"].tolist() == [expected]
    assert rows["materiality"].drop(of_group.index).eq("").all()
