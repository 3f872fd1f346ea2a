"""From any value to the cells that it was made of."""

import json
import re

import pandas as pd
import pytest

from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import catalogue
from metrics.commands.lineage_report import format_lineage
from metrics.core.errors import UnknownNameError
from metrics.core.tables import EU
from metrics.release.lineage import Lineage, LineageNode, value_rows
from metrics.release.queries import find_series
from metrics.statistics.aggregation.aggregate import aggregate
from metrics.statistics.derive import derive
from tests.tables import observations

BANDS = ("LE24H", "H24_48", "H48_72", "D3_7", "GT7D")


def reported(indicator: str, component: str = "value", band: str = "_T", value: int = 10) -> str:
    """One figure of each Member State for two years, each a little higher than the one before."""
    return "\n".join(
        f"{indicator} | {component} | {band} | {area} | {year} | {value + place + 2 * (year - 2023)}"
        for year in (2023, 2024)
        for place, area in enumerate(member_states())
    )


def directive() -> pd.DataFrame:
    """Every Member State says that a directive is in force, Denmark too, which it does not bind."""
    rows = "\n".join(
        f"LEGAL_INSTRUMENT | step | DIR_2011_93 | {area} | 2024 | 3" for area in member_states()
    )
    return observations(f"indicator | component | instrument | area | period | value\n{rows}")


@pytest.fixture(scope="module")
def lineage() -> Lineage:
    drawn = [
        "indicator | component | band | area | period | value",
        reported("INVESTIGATIONS_OPENED"),
        reported("ICSE_VICTIMS"),
        reported("SCHOOLS_REACHED", "numerator"),
        reported("SCHOOLS_REACHED", "denominator", value=90),
        *(reported("TAKEDOWN_TIME", "cases", band) for band in BANDS),
        reported("ICSE_CONNECTED", "step", value=1),
    ]
    given = pd.concat([observations("\n".join(drawn)), directive()], ignore_index=True)
    sent = given.assign(
        collection="empact-cse",
        round=given["period"],
        vintage=(given["period"].astype(int) + 1).astype("str") + "-03-01T0900Z",
        submission=given["area"].str.lower() * 32,
        previous_value=float("nan"),
    )
    return Lineage(aggregate(derive(sent, catalogue()), catalogue()), catalogue())


def found(lineage: Lineage, series: str, area: str = "FI", period: str = "2024") -> LineageNode:
    return lineage.trace(series, area, period)


def parts(node: LineageNode) -> list[tuple[str, str, str]]:
    return [(part.series, part.area, part.period) for part in node.parts]


def test_a_state_that_is_not_bound_is_no_part_of_a_count(lineage: Lineage) -> None:
    counted = found(lineage, "LEGAL_INSTRUMENT[component=reached,instrument=DIR_2011_93]", EU)

    assert (counted.value, counted.areas_expected) == (26, 26)
    assert [area for _, area, _ in parts(counted)] == [
        area for area in member_states() if area != "DK"
    ]


def test_a_reported_value_names_its_cell(lineage: Lineage) -> None:
    node = found(lineage, "INVESTIGATIONS_OPENED")

    assert (node.how, node.parts) == ("reported", ())
    assert node.submission == "fi" * 32
    assert node.address.startswith("Figures!F")


def test_a_total_of_the_union_names_its_states(lineage: Lineage) -> None:
    node = found(lineage, "INVESTIGATIONS_OPENED", EU)

    assert node.how == "sum"
    assert [part.area for part in node.parts] == list(member_states())
    assert node.value == sum(leaf.value or 0 for leaf in node.leaves())


def test_a_share_names_numerator_and_denominator(lineage: Lineage) -> None:
    node = found(lineage, "SCHOOLS_REACHED")

    above, below = node.parts
    assert (above.series, below.series) == (
        "SCHOOLS_REACHED[component=numerator]",
        "SCHOOLS_REACHED[component=denominator]",
    )
    assert node.value == pytest.approx(100 * (above.value or 0) / (below.value or 1))


def test_a_share_of_the_union_is_walked_to_every_cell(lineage: Lineage) -> None:
    node = found(lineage, "SCHOOLS_REACHED", EU)

    assert [part.how for part in node.parts] == ["sum", "sum"]
    assert len({leaf.address for leaf in node.leaves()}) == 2 * len(member_states())


def test_a_rate_of_two_counts_names_the_row_of_each(lineage: Lineage) -> None:
    above, below = found(lineage, "ICSE_VICTIMS_RATE").parts

    assert parts(above) == [("ICSE_VICTIMS", "FI", "2024")]
    assert parts(below) == [("INVESTIGATIONS_OPENED", "FI", "2024")]
    assert [part.how for part in (*above.parts, *below.parts)] == ["reported", "reported"]


def test_a_change_names_both_years(lineage: Lineage) -> None:
    node = found(lineage, "INVESTIGATIONS_OPENED[component=year_on_year]")

    assert node.how == "change"
    assert parts(node) == [
        ("INVESTIGATIONS_OPENED", "FI", "2024"),
        ("INVESTIGATIONS_OPENED", "FI", "2023"),
    ]


def test_a_change_of_the_union_names_the_states_that_are_there_twice(lineage: Lineage) -> None:
    node = found(lineage, "INVESTIGATIONS_OPENED[component=year_on_year]", EU)

    now, before = ([part.area for part in node.parts if part.period == year] for year in YEARS)
    assert now == before == list(member_states())


YEARS = ("2024", "2023")


def test_an_index_is_chained_from_the_change_and_the_year_before(lineage: Lineage) -> None:
    node = found(lineage, "INVESTIGATIONS_OPENED[component=chained_index]", EU)

    assert [part.period for part in node.parts] == ["2024", "2023"]
    assert node.parts[0].how == "change"
    assert all(leaf.cell for leaf in node.parts[0].leaves())


def test_a_rate_names_its_count_and_says_on_what(lineage: Lineage) -> None:
    node = found(lineage, "ICSE_VICTIMS[component=per_100_000_children]")

    assert parts(node) == [("ICSE_VICTIMS", "FI", "2024")]
    assert "aged 0 to 17" in node.remark


def test_a_count_of_states_names_the_step_of_each(lineage: Lineage) -> None:
    node = found(lineage, "ICSE_CONNECTED", EU)

    assert node.how == "count"
    assert len(node.parts) == len(member_states())
    assert node.parts[0].series == "ICSE_CONNECTED[component=step]"


def test_a_step_that_stands_is_named_with_the_year_for_which_it_was_reported(
    lineage: Lineage,
) -> None:
    """Finland sent no step for 2024; that of 2023 counts, once the counts are made again."""
    values = lineage.values
    silent = (
        (values["area"] == "FI") & (values["period"] == "2024") & (values["component"] == "step")
    )

    node = found(Lineage(values[~silent], catalogue()), "ICSE_CONNECTED", EU)

    periods = {part.area: part.period for part in node.parts}
    assert (len(periods), periods["FI"], periods["SE"]) == (27, "2023", "2024")


def test_a_median_of_the_union_names_the_bands(lineage: Lineage) -> None:
    node = found(lineage, "TAKEDOWN_TIME", EU)

    assert node.how == "median"
    assert [part.how for part in node.parts] == ["sum"] * len(BANDS)
    assert all(leaf.cell for leaf in node.leaves())


def test_a_derived_indicator_names_what_it_is_derived_from(lineage: Lineage) -> None:
    derived = [indicator for indicator in catalogue().indicators.values() if indicator.formula]
    rows = lineage.values[
        lineage.values["indicator"].isin([indicator.code for indicator in derived])
    ]
    node = lineage.trace_row(value_rows(rows[rows["area"] == "FI"])[0])

    assert node.parts
    assert all(leaf.cell for leaf in node.leaves())


def test_every_value_ends_in_cells(lineage: Lineage) -> None:
    known = lineage.values[lineage.values["value"].notna()]
    some = known.groupby(["indicator", "component", known["area"] == EU]).head(1)
    starts = (some["component"] == "chained_index") & (some["value"] == 100)  # agreed, not made

    for row in value_rows(some[~starts]):
        leaves = list(lineage.trace_row(row).leaves())
        assert any(leaf.cell for leaf in leaves), row["indicator"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("INVESTIGATION_OPENED", "FI", "2024"), "did you mean “INVESTIGATIONS_OPENED”"),
        (("INVESTIGATIONS_OPENED", "XX", "2024"), "“XX” is not an area"),
        (("INVESTIGATIONS_OPENED", "FI", "24"), "“24” is not a reference period"),
        (("INVESTIGATIONS_OPENED", "FI", "2019"), ", only for 2023, 2024"),
        (("INVESTIGATIONS_OPENED", "GB", "2024"), ", only of AT, BE"),
        (("INVESTIGATIONS_OPENED[sex", "FI", "2024"), "is not a series"),
        (("SUSPECTS_PROSECUTED", "FI", "2024"), "no SUSPECTS_PROSECUTED of any area"),
        (
            ("ICSE_VICTIMS[sex=F]", "FI", "2024"),
            "this release has no ICSE_VICTIMS[sex=F] of FI; it has ICSE_VICTIMS",
        ),
        (("TAKEDOWN_TIME[band=LE24H]", "FI", "2019"), ", only for 2023, 2024"),
    ],
)
def test_what_is_not_there_is_answered_with_what_is(
    lineage: Lineage, asked: tuple[str, str, str], said: str
) -> None:
    with pytest.raises(UnknownNameError, match=re.escape(said)):
        lineage.trace(*asked)


def test_the_tree_is_printed_one_value_a_line(lineage: Lineage) -> None:
    printed = list(format_lineage(found(lineage, "INVESTIGATIONS_OPENED", EU)))

    assert printed[0].endswith("<- sum, 27 of 27 reporting")
    assert printed[1].startswith("  INVESTIGATIONS_OPENED BE 2024 = ")
    assert len(printed) == 28


def test_the_tree_is_json(lineage: Lineage) -> None:
    tree = json.loads(json.dumps(found(lineage, "SCHOOLS_REACHED").as_json(), allow_nan=False))

    assert [part["cell"] != "" for part in tree["parts"]] == [True, True]


def without(lineage: Lineage, status: str, area: str = "MT") -> Lineage:
    """The same release, but no figure of one state."""
    rows = lineage.values["area"] == area
    values = lineage.values.assign(
        value=lineage.values["value"].mask(rows),
        observation_status=lineage.values["observation_status"].mask(rows, status),
    )
    return Lineage(values, catalogue())


OF_THE_UNION = {
    "sum": "INVESTIGATIONS_OPENED",
    "change": "INVESTIGATIONS_OPENED[component=year_on_year]",
    "count": "ICSE_CONNECTED",
    "ratio": "SCHOOLS_REACHED",
}


@pytest.mark.parametrize("series", OF_THE_UNION.values(), ids=OF_THE_UNION.keys())
def test_a_withheld_part_is_named_and_shows_no_figure(lineage: Lineage, series: str) -> None:
    node = without(lineage, "Q").trace(series, EU, "2024")

    (*_, part) = [leaf for leaf in node.leaves() if leaf.area == "MT"]
    assert (part.value, part.observation_status) == (None, "Q")
    assert any("MT 2024 = no value (suppressed)" in line for line in format_lineage(node))


@pytest.mark.parametrize("status", ["O", "L", "M"])
def test_who_has_not_reported_is_no_part(lineage: Lineage, status: str) -> None:
    node = without(lineage, status).trace("INVESTIGATIONS_OPENED", EU, "2024")

    assert "MT" not in [part.area for part in node.parts]


def test_a_zero_is_a_figure(lineage: Lineage) -> None:
    none = Lineage(lineage.values.assign(value=0.0), catalogue())

    assert next(format_lineage(found(none, "ICSE_VICTIMS"))).startswith(
        "ICSE_VICTIMS FI 2024 = 0  <-"
    )


@pytest.mark.parametrize(("status", "said"), [("Q", "suppressed"), ("O", "missing value")])
def test_withheld_and_missing_are_told_apart(lineage: Lineage, status: str, said: str) -> None:
    blank = lineage.values.assign(value=float("nan"), observation_status=status)
    node = Lineage(blank, catalogue()).trace("ICSE_VICTIMS", "FI", "2024")

    assert node.value is None
    assert said in next(iter(format_lineage(node))).casefold()


def test_a_series_that_exists_only_in_parts_is_answered_with_them() -> None:
    drawn = "indicator | offence | area | period | value"
    parts = [f"OFFENCES_RECORDED | {code} | DE | 2021 | 5" for code in ("ICCS0302", "ICCS03022")]
    values = observations("\n".join([drawn, *parts]))
    said = "it has OFFENCES_RECORDED[offence=ICCS0302], OFFENCES_RECORDED[offence=ICCS03022]"
    with pytest.raises(UnknownNameError, match=re.escape(said)):
        Lineage(values, catalogue()).trace("OFFENCES_RECORDED", "DE", "2021")
    with pytest.raises(UnknownNameError, match=re.escape(said)):
        find_series(values, catalogue(), "OFFENCES_RECORDED", "DE")
