"""From the values of states to those of the Union."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.catalogue.codelists import member_states
from metrics.catalogue.codelists.bands import bands, median
from metrics.catalogue.codelists.groups import AreaGroup, fixed_group, groups, union
from metrics.catalogue.definitions.indicators import Coverage, Indicator
from metrics.catalogue.denominators import children
from metrics.core.period import ReferencePeriod
from metrics.core.tables import EU, KEY, LOWER_LIMIT
from metrics.statistics.aggregation.aggregate import aggregate, aggregate_group, aggregate_released
from tests.statistics.test_derive import ALL, STAFF, VICTIMS, catalogue, derived, one
from tests.tables import indicator as indicator_of

ANY = Coverage(areas=0, children=0)
FREELY = tuple(indicator.model_copy(update={"coverage": ANY}) for indicator in ALL)


def union_of(drawn: str, *chosen: Indicator) -> pd.DataFrame:
    """Rows of the Union, whatever part of it has reported unless an indicator is given."""
    chosen = chosen or FREELY
    values = aggregate(derived(drawn, *chosen), catalogue(*chosen))
    return values[values["area"] == EU]


def everywhere(rows: str, *, but: tuple[str, ...] = ()) -> str:
    """The same rows for every Member State but a few: `{}` is the area."""
    header, *lines = rows.strip().splitlines()
    states = [state for state in member_states() if state not in but]
    return "\n".join([header, *(line.format(state) for state in states for line in lines)])


@pytest.mark.parametrize("code", ["VICTIMS", "STAFF"])
def test_flows_and_stocks_add_up(code: str) -> None:
    row = one(
        union_of(f"indicator | area | value\n {code} | FI | 3\n {code} | SE | 4"), component="value"
    )

    assert (row["value"], row["areas_reporting"], row["areas_expected"]) == (7, 2, 27)


def test_quarters_add_up_over_areas_each_by_itself() -> None:
    """A quarter is compared with that of the year before, and has no rate for a year."""
    rows = union_of("""
        indicator | area | period  | value
        VICTIMS   | FI   | 2024-Q1 | 3
        VICTIMS   | SE   | 2024-Q1 | 4
        VICTIMS   | FI   | 2024-Q2 | 5
        VICTIMS   | FI   | 2025-Q1 | 6
        VICTIMS   | SE   | 2025-Q1 | 8
    """)

    sums = rows[rows["component"] == "value"].set_index("period")
    assert sums["value"].to_dict() == {"2024-Q1": 7, "2024-Q2": 5, "2025-Q1": 14}
    assert sums["areas_reporting"].to_dict() == {"2024-Q1": 2, "2024-Q2": 1, "2025-Q1": 2}
    growth = one(rows, component="year_on_year")
    assert (growth["period"], growth["value"]) == ("2025-Q1", 100)
    assert "per_100_000_children" not in set(rows["component"])


def test_what_is_missing_is_not_zero() -> None:
    row = one(
        union_of("indicator | area | value\n VICTIMS | FI | 3\n VICTIMS | SE | "), component="value"
    )

    assert (row["value"], row["areas_reporting"]) == (3, 1)


def test_a_share_is_a_ratio_of_sums() -> None:
    rows = union_of("""
        indicator | area | component   | value
        HELPED    | FI   | numerator   | 1
        HELPED    | FI   | denominator | 2
        HELPED    | DE   | numerator   | 10
        HELPED    | DE   | denominator | 100
    """)

    assert one(rows, component="value")["value"] == pytest.approx(100 * 11 / 102)


def test_a_state_without_a_numerator_is_in_neither_sum() -> None:
    rows = union_of("""
        indicator | area | component   | value
        HELPED    | FI   | numerator   | 1
        HELPED    | FI   | denominator | 2
        HELPED    | DE   | denominator | 100
    """)

    assert one(rows, component="denominator")["value"] == 2
    assert one(rows, component="value")["areas_reporting"] == 1


def test_a_rate_is_of_the_states_that_reported() -> None:
    rows = union_of("indicator | area | value\n VICTIMS | FI | 30\n VICTIMS | SE | 60")

    persons = children()["FI", 2024] + children()["SE", 2024]
    assert one(rows, component="per_100_000_children")["value"] == pytest.approx(9e6 / persons)


def test_a_part_has_a_rate_of_the_union_too() -> None:
    offences = indicator_of(
        "OFFENCES", overlapping=("offence",), has_total=False, per_100_000_children=True,
        rated_parts={"offence": ("ICCS030221",)}, coverage=ANY,
    )  # fmt: skip
    drawn = """
        indicator | area | offence    | value
        OFFENCES  | FI   | ICCS0302   | 90
        OFFENCES  | FI   | ICCS030221 | 30
        OFFENCES  | SE   | ICCS030221 | 60
    """

    rate = one(union_of(drawn, offences), component="per_100_000_children")
    persons = children()["FI", 2024] + children()["SE", 2024]
    assert (rate["offence"], rate["value"]) == ("ICCS030221", pytest.approx(9e6 / persons))


def test_medians_are_estimated_from_bands_and_never_averaged() -> None:
    rows = union_of("""
        indicator | area | component | band   | value
        REMOVED   | FI   | median    | _T     | 1
        REMOVED   | DE   | median    | _T     | 100
        REMOVED   | FI   | cases     | _T     | 30
        REMOVED   | FI   | cases     | LE24H  | 30
        REMOVED   | DE   | cases     | _T     | 50
        REMOVED   | DE   | cases     | LE24H  | 10
        REMOVED   | DE   | cases     | H24_48 | 40
    """)

    expected = median({"LE24H": 40, "H24_48": 40})
    assert expected is not None
    row = one(rows, component="median", area=EU)
    assert (row["value"], row["observation_status"]) == (expected.hours, "E") == (24, "E")


def banded(area: str, *counts: object) -> str:
    rows = [
        f"REMOVED | {area} | cases | {band.code} | {count}"
        for band, count in zip(bands(), counts, strict=True)
    ]
    return "\n".join(["indicator | area | component | band | value", *rows])


@pytest.mark.parametrize(
    ("second", "hours", "states"),
    [
        ((0, 0, 0, 10, 0), 72 + 2.5 / 10 * 96, 2),
        ((0, 0, 0, "", 10), 12, 1),  # nobody knows how many lie in its fourth band
        (("", "", "", "", ""), 12, 1),
    ],
)
def test_a_median_is_of_the_states_that_know_every_band(
    second: tuple[object, ...], hours: float, states: int
) -> None:
    rows = union_of(banded("FI", 5, 0, 0, 0, 0) + "\n" + banded("DE", *second).partition("\n")[2])

    row = one(rows, component="median")
    assert (row["value"], row["areas_reporting"]) == (pytest.approx(hours), states)


def test_a_median_in_the_open_band_is_stated_as_more_than() -> None:
    rows = union_of(banded("FI", 0, 0, 0, 0, 30))

    row = one(rows, component="median")

    assert (row["value"], row["limit"]) == (168, LOWER_LIMIT)


@given(st.lists(st.integers(0, 50), min_size=5, max_size=5))
def test_the_median_lies_where_half_of_the_cases_have_been(counts: list[int]) -> None:
    codes = ("LE24H", "H24_48", "H48_72", "D3_7", "GT7D")
    ends = dict(zip(codes, (24, 48, 72, 168, float("inf")), strict=True))
    found = median(dict(zip(codes, map(float, counts), strict=True)))

    if found is not None:
        below = sum(n for code, n in zip(codes, counts, strict=True) if ends[code] <= found.hours)
        assert below <= sum(counts) / 2 + 1e-9


def test_milestones_are_counted_never_averaged() -> None:
    rows = union_of("""
        indicator | area | component | value
        LAW       | FI   | step      | 1
        LAW       | SE   | step      | 0
        LAW       | DE   | step      | 1
    """)

    row = one(rows, component="reached")

    assert (row["value"], row["areas_reporting"], row["areas_expected"]) == (2, 3, 27)


def test_a_ratio_printed_without_its_parts_is_not_aggregated() -> None:
    printed = VICTIMS.model_copy(update={"kind": "published_ratio", "code": "PRINTED"})

    assert union_of("indicator | value\n PRINTED | 30", printed).empty


def test_what_states_count_alike_is_not_added_up() -> None:
    same = STAFF.model_copy(update={"adds_up_over_areas": False})

    assert union_of("indicator | value\n STAFF | 30", same).empty


COVERAGE = [
    ((), 27, True),
    (("MT", "CY", "LU"), 24, True),
    (("DE", "FR", "IT"), 24, False),  # too few children
    ((*member_states()[:2], "DK", "EE", "IE", "CY", "LV", "LT", "LU", "MT"), 17, False),
]


@pytest.mark.parametrize(("absent", "reporting", "published"), COVERAGE)
def test_coverage_rule(absent: tuple[str, ...], reporting: int, published: bool) -> None:
    """Two thirds of the states, and states with 70 % of the children."""
    drawn = everywhere("indicator | area | value\n VICTIMS | {} | 1", but=absent)

    row = one(union_of(drawn, VICTIMS), component="value")

    assert row["areas_reporting"] == reporting
    assert (row["value"] == reporting) if published else pd.isna(row["value"])
    assert row["observation_status"] == ("A" if published else "O")


SCOPES = [("", "O"), ("| M", "A"), ("| O", "O"), ("| Q", "O")]


@pytest.mark.parametrize(("said", "status"), SCOPES)
def test_a_state_to_which_nothing_applies_lacks_nothing(said: str, status: str) -> None:
    """Seventeen report; it is two thirds of those to whom it applies, but not of 27."""
    others = ("BE", "BG", "CZ", "DK", "EE", "IE", "EL", "HR", "CY", "LV")
    drawn = everywhere("indicator | area | value | status\n VICTIMS | {} | 1 | A", but=others)
    rest = [f" VICTIMS | {area} | {said}" for area in others if said]

    row = one(union_of("\n".join([drawn, *rest]), VICTIMS), component="value")

    assert (row["areas_reporting"], row["observation_status"]) == (17, status)


@pytest.mark.parametrize("areas", [(0.7, "O"), (2 / 3, "A"), (18 / 27, "A"), (19 / 27, "O")])
def test_exactly_the_share_that_is_asked_for_is_enough(areas: tuple[float, str]) -> None:
    with_rule = VICTIMS.model_copy(update={"coverage": Coverage(areas=areas[0], children=0)})
    drawn = everywhere("indicator | area | value\n VICTIMS | {} | 1", but=member_states()[:9])

    assert one(union_of(drawn, with_rule), component="value")["observation_status"] == areas[1]


def test_an_aggregate_is_as_provisional_as_its_parts() -> None:
    drawn = "indicator | area | value | status\n VICTIMS | FI | 3 | P\n VICTIMS | SE | 4 | E"

    assert one(union_of(drawn), component="value")["observation_status"] == "E"


@pytest.mark.parametrize("mark", ["B", "S"])
@pytest.mark.parametrize(
    ("value", "is_marked"), [("0.4", False), ("1", True), ("5", True), ("0", False)]
)
def test_a_break_or_special_event_counts_where_it_has_a_tenth_of_the_value(
    value: str, is_marked: bool, mark: str
) -> None:
    """However many children live there."""
    drawn = f"""
        indicator | area | value   | status
        VICTIMS   | MT   | {value} | {mark}
        VICTIMS   | DE   | 4       | A
    """

    status = one(union_of(drawn), component="value")["observation_status"]
    assert status == (mark if is_marked else "A")


@pytest.mark.parametrize(("cases", "status"), [("5", "A"), ("90", "B")])
def test_a_break_in_a_share_is_weighed_by_the_denominator(cases: str, status: str) -> None:
    drawn = f"""
        indicator | component   | area | value   | status
        HELPED    | numerator   | MT   | 5       | B
        HELPED    | denominator | MT   | {cases} | B
        HELPED    | numerator   | DE   | 1       | A
        HELPED    | denominator | DE   | 50      | A
    """

    assert one(union_of(drawn), component="value")["observation_status"] == status


CHANGING = """
    indicator | area | period | value
    VICTIMS   | FI   | 2022   | 10
    VICTIMS   | SE   | 2022   | 10
    VICTIMS   | FI   | 2023   | 9
    VICTIMS   | SE   | 2023   | 9
    VICTIMS   | DE   | 2023   | {joining}
    VICTIMS   | FI   | 2024   | 9
    VICTIMS   | SE   | 2024   | 9
"""


@pytest.mark.parametrize(("joining", "status"), [("1", "A"), ("2", "B"), ("500", "B")])
def test_a_sum_of_materially_more_areas_is_a_break(joining: str, status: str) -> None:
    rows = union_of(CHANGING.format(joining=joining))

    assert one(rows, component="value", period="2022")["observation_status"] == "A"
    assert one(rows, component="value", period="2023")["observation_status"] == status


@pytest.mark.parametrize(("joining", "status"), [("0", "A"), ("1", "A"), ("2", "B")])
def test_a_sum_that_lost_a_tenth_of_the_one_before_is_a_break(joining: str, status: str) -> None:
    rows = union_of(CHANGING.format(joining=joining))

    assert one(rows, component="value", period="2024")["observation_status"] == status


def test_a_break_names_the_areas_that_joined_left_or_broke() -> None:
    drawn = """
        indicator | area | period | value | status
        VICTIMS   | FI   | 2022   | 10    | A
        VICTIMS   | SE   | 2022   | 10    | A
        VICTIMS   | FI   | 2023   | 10    | B
        VICTIMS   | DE   | 2023   | 9     | A
        VICTIMS   | MT   | 2023   | 1     | A
        VICTIMS   | FI   | 2024   | 10    | A
        VICTIMS   | DE   | 2024   | 9     | A
        VICTIMS   | MT   | 2024   | 1     | A
    """
    rows = union_of(drawn)
    remarks = [
        one(rows, component="value", period=year)["remark"] for year in ("2022", "2023", "2024")
    ]

    assert remarks == ["", "joined: DE, MT; left: SE; broken: FI", ""]


def test_a_break_names_also_the_small_areas_that_joined_or_left() -> None:
    """Malta leaves with less than a tenth, and Cyprus breaks with less: neither makes the break."""
    rows = union_of("""
        indicator | area | period | value | status
        VICTIMS   | FI   | 2022   | 50    | A
        VICTIMS   | CY   | 2022   | 1     | A
        VICTIMS   | MT   | 2022   | 1     | A
        VICTIMS   | FI   | 2023   | 50    | A
        VICTIMS   | CY   | 2023   | 1     | B
        VICTIMS   | SE   | 2023   | 50    | A
    """)

    assert one(rows, component="value", period="2023")["remark"] == "joined: SE; left: MT"


def test_a_rate_names_the_cause_of_its_break_beside_its_denominator() -> None:
    rows = union_of(CHANGING.format(joining="500"))

    rate = one(rows, component="per_100_000_children", period="2023")
    assert rate["observation_status"] == "B"
    assert rate["remark"].startswith("Residents aged 0 to 17, 2023")
    assert rate["remark"].endswith("; joined: DE")


def test_the_band_of_a_median_stands_beside_the_cause_of_its_break() -> None:
    """Of the cases of 2025 most lie in the open band, and all are of a State that is new."""
    codes = list(bands())
    cells = [(area, year, band.code, 9 if band is codes[-1] else 1)
             for area, year in (("FI", 2024), ("SE", 2025)) for band in codes]  # fmt: skip
    drawn = "\n".join(
        f" REMOVED | cases | {area} | {year} | {band} | {value}"
        for area, year, band, value in cells
    )
    rows = union_of("indicator | component | area | period | band | value\n" + drawn)

    median_row = one(rows, component="median", period="2025")
    assert (median_row["limit"], median_row["remark"]) == (LOWER_LIMIT, "joined: SE; left: FI")


def test_a_year_without_a_sum_is_no_other_set_of_areas() -> None:
    """Too few report in between, so the sum before is that of two years ago, of the same areas."""
    few = "\n".join(f" VICTIMS | {area} | 2023 | 9" for area in member_states()[:5])
    drawn = "\n".join(
        [
            everywhere("indicator | area | period | value\n VICTIMS | {} | 2022 | 9"),
            *everywhere("indicator\n VICTIMS | {} | 2024 | 9").splitlines()[1:],
            few,
        ]
    )
    rows = union_of(drawn, VICTIMS)

    assert one(rows, component="value", period="2023")["observation_status"] == "O"
    assert one(rows, component="value", period="2024")["observation_status"] == "A"


def test_the_same_areas_with_other_values_are_no_break() -> None:
    rows = union_of("""
        indicator | area | period | value
        VICTIMS   | FI   | 2022   | 10
        VICTIMS   | SE   | 2022   | 10
        VICTIMS   | FI   | 2023   | 1
        VICTIMS   | SE   | 2023   | 5000
    """)

    assert one(rows, component="value", period="2023")["observation_status"] == "A"


def test_late_reporters_are_shown_as_late() -> None:
    drawn = "indicator | area | value | vintage\n VICTIMS | FI | 3 | 2025-06-01T0900Z"

    assert one(union_of(drawn), component="value")["late"]


def test_a_published_figure_of_the_union_is_kept() -> None:
    drawn = (
        "indicator | area | value | source\n VICTIMS | FI | 3 |\n VICTIMS | EU27_2020 | 50 | agency"
    )

    row = one(union_of(drawn), component="value")

    assert (row["value"], row["source"]) == (50, "agency")


def test_a_sum_is_free_though_a_part_is_confidential() -> None:
    """Disclosure control sees to it that the part cannot be worked out."""
    drawn = "indicator | area | value | confidentiality_status\n VICTIMS | FI | 3 | C\n VICTIMS | SE | 9 | F"

    assert one(union_of(drawn), component="value")["confidentiality_status"] == "F"


PANEL = """
    indicator | area | period | value
    VICTIMS   | FI   | 2022   | 10
    VICTIMS   | SE   | 2022   | 10
    VICTIMS   | FI   | 2023   | 20
    VICTIMS   | SE   | 2023   | 10
    VICTIMS   | DE   | 2023   | 500
    VICTIMS   | FI   | 2024   | 30
    VICTIMS   | DE   | 2024   | 490
"""


def test_growth_is_that_of_the_states_that_report_both_years() -> None:
    rows = union_of(PANEL)

    first, second = (one(rows, component="year_on_year", period=year) for year in ("2023", "2024"))

    assert (first["value"], first["areas_reporting"]) == (pytest.approx(50), 2)
    assert (second["value"], second["areas_reporting"]) == (pytest.approx(0), 2)


def test_the_index_is_chained_from_the_growth_of_each_panel() -> None:
    index = union_of(PANEL).query("component == 'chained_index'")

    assert index.set_index("period")["value"].to_dict() == pytest.approx(
        {"2022": 100, "2023": 150, "2024": 150}
    )


def test_the_index_starts_anew_where_a_year_is_missing() -> None:
    years = {2019: 10, 2020: 20, 2022: 5, 2023: 10}
    drawn = "\n".join(
        ["indicator | period | value", *(f"VICTIMS | {y} | {v}" for y, v in years.items())]
    )

    index = union_of(drawn).query("component == 'chained_index'").set_index("period")

    assert index["value"].to_dict() == {"2019": 100, "2020": 200, "2022": 100, "2023": 200}
    assert index["observation_status"].to_dict()["2022"] == "B"


def test_a_state_with_a_break_leaves_the_panel() -> None:
    drawn = PANEL.replace("value", "value | status").replace("| 20\n", "| 20 | B\n")
    lines = [line if line.count("|") == 4 else f"{line} | A" for line in drawn.strip().splitlines()]

    row = one(union_of("\n".join(lines)), component="year_on_year", period="2023")

    assert (row["value"], row["areas_reporting"]) == (0, 1)


def test_the_change_of_a_share_is_of_one_panel() -> None:
    drawn = """
        indicator | area | period | component   | value
        HELPED    | FI   | 2023   | numerator   | 10
        HELPED    | FI   | 2023   | denominator | 100
        HELPED    | FI   | 2024   | numerator   | 20
        HELPED    | FI   | 2024   | denominator | 100
        HELPED    | SE   | 2024   | numerator   | 100
        HELPED    | SE   | 2024   | denominator | 100
    """

    assert one(union_of(drawn), component="year_on_year")["value"] == pytest.approx(100)


@pytest.mark.parametrize(
    ("code", "period", "members", "british"),
    [
        ("EU27_2020", "2015", 27, False), ("EU27_2020", "2024", 27, False),
        ("EU28", "2019", 28, True), ("EU28", "2020-01", 28, True), ("EU28", "2020", 0, False),
        ("EU28", "2012", 0, False), ("EU28", "2013", 28, True),
    ],
)  # fmt: skip
def test_membership_by_date(code: str, period: str, members: int, british: bool) -> None:
    areas = groups()[code].at(ReferencePeriod.parse(period))

    assert len(areas) == members
    assert ("GB" in areas) == british


def test_the_union_is_the_member_states() -> None:
    assert union().at(ReferencePeriod(2024)) == member_states()


@pytest.mark.parametrize("group", [fixed_group("NORDIC", ["DK", "FI", "SE"]), groups()["EU28"]])
def test_a_group_of_ones_own(group: AreaGroup) -> None:
    drawn = "indicator | area | period | value\n VICTIMS | FI | 2019 | 3\n VICTIMS | GB | 2019 | 4"

    row = one(aggregate_group(derived(drawn), catalogue(*FREELY), group), component="value")

    assert row["area"] == group.code
    assert row["value"] == (7 if group.code == "EU28" else 3)
    assert row["areas_expected"] == len(group.at(ReferencePeriod(2019)))


NORDIC = fixed_group("NORDIC", ["DK", "FI", "SE"])
SHOWN = """
    indicator | area | period | value | observation_status | confidentiality_status
    VICTIMS   | DK   | 2023   | 10    | A                  | F
    VICTIMS   | FI   | 2023   | 20    | A                  | F
    VICTIMS   | SE   | 2023   | 0     | A                  | F
    VICTIMS   | DK   | 2024   | 10    | A                  | F
    VICTIMS   | FI   | 2024   |       | Q                  | C
    VICTIMS   | SE   | 2024   |       | O                  | F
    VICTIMS   | DE   | 2024   |       | Q                  | C
    VICTIMS   | DK   | 2025   | 10    | A                  | F
    VICTIMS   | FI   | 2025   |       | M                  | F
    VICTIMS   | SE   | 2025   |       | O                  | F
"""


@pytest.mark.parametrize(
    ("period", "value", "status", "areas"),
    # Two States left since the sum shown before, that of 2023.
    [("2023", 30, "A", 3), ("2024", None, "Q", 2), ("2025", 10, "B", 1)],
)
def test_a_group_of_released_figures_withholds_what_a_member_does(
    period: str, value: float | None, status: str, areas: int
) -> None:
    rows = aggregate_released(derived(SHOWN), catalogue(*FREELY), NORDIC)

    row = one(rows[rows["period"] == period], component="value")
    assert (row["observation_status"], row["areas_reporting"]) == (status, areas)
    assert pd.isna(row["value"]) if value is None else row["value"] == value


@pytest.mark.parametrize("indicator", ["VICTIMS", "HELPED"])
def test_no_area_joins_a_group_when_its_figure_is_shown_again(indicator: str) -> None:
    """A figure that is suppressed is not outside the group: nobody left, and nobody joins."""
    parts = {"VICTIMS": ["value"], "HELPED": ["numerator", "denominator"]}[indicator]
    cells = [
        f"{indicator} | {area} | {year} | {part} | {'' if hidden else 10} | {'Q' if hidden else 'A'}"
        for area in ("DK", "FI", "SE")
        for year in range(2021, 2025)
        for part in parts
        for hidden in [area == "FI" and year in {2022, 2023} and part == parts[0]]
    ]
    drawn = "\n".join(["indicator | area | period | component | value | status", *cells])

    rows = aggregate_released(derived(drawn), catalogue(*FREELY), NORDIC)

    sums = rows[rows["component"].isin(parts)]
    assert set(sums.loc[sums["value"].notna(), "period"]) == {"2021", "2024"}
    assert set(sums.loc[sums["value"].isna(), "observation_status"]) == {"Q"}
    assert set(sums.loc[sums["value"].notna(), "observation_status"]) == {"A"}
    assert set(sums["remark"]) == {""}


def test_a_median_of_a_group_is_withheld_with_any_of_its_bands() -> None:
    rows = derived("""
        indicator | area | component | band   | value | observation_status
        REMOVED   | FI   | cases     | LE24H  | 40    | A
        REMOVED   | FI   | cases     | H24_48 |       | Q
    """)

    row = one(aggregate_released(rows, catalogue(*FREELY), NORDIC), component="median")

    assert (row["band"], row["observation_status"]) == ("_T", "Q")


def test_a_count_of_areas_is_withheld_with_any_of_their_steps() -> None:
    rows = derived("""
        indicator | area | component | value | observation_status
        LAW       | FI   | step      | 1     | A
        LAW       | SE   | step      |       | Q
    """)

    row = one(aggregate_released(rows, catalogue(*FREELY), NORDIC), indicator="LAW")

    assert (row["component"], row["observation_status"]) == ("reached", "Q")


def test_an_index_of_released_figures_begins_anew_after_a_change_that_is_withheld() -> None:
    rows = derived("""
        indicator | area | period | component    | value | observation_status
        VICTIMS   | DK   | 2021   | value        | 10    | A
        VICTIMS   | DK   | 2022   | value        | 20    | A
        VICTIMS   | DK   | 2023   | value        | 40    | A
        VICTIMS   | DK   | 2024   | value        | 80    | A
        VICTIMS   | FI   | 2023   | year_on_year |       | Q
    """)

    index = aggregate_released(rows, catalogue(*FREELY), NORDIC).query(
        "component == 'chained_index'"
    )

    assert dict(zip(index["period"], index["value"], strict=True)) == {
        "2021": 100, "2022": 200, "2023": 100, "2024": 200,
    }  # fmt: skip


@settings(max_examples=5, deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    values = derived(PANEL)
    shuffled = values.iloc[[*order, *range(6, len(values))]]

    first, second = (aggregate(table, catalogue(*FREELY)) for table in (values, shuffled))

    keys = list(KEY)
    pd.testing.assert_frame_equal(
        first.sort_values(keys, ignore_index=True), second.sort_values(keys, ignore_index=True)
    )


def test_nothing_has_no_aggregate() -> None:
    nothing = derived("indicator | value\n VICTIMS | 1").iloc[:0]

    assert aggregate(nothing, catalogue(*ALL)).empty
