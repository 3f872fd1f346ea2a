"""From observations to indicator values."""

import pandas as pd
import pytest

from metrics.catalogue.codelists.bands import bands, bands_within, median
from metrics.catalogue.codelists.statuses import unite_statuses
from metrics.catalogue.definitions.indicators import Indicator
from metrics.catalogue.denominators import children, children_near
from metrics.catalogue.indicators import indicators
from metrics.catalogue.loader import Catalogue
from metrics.core.schemas import columns_of
from metrics.core.tables import EU, KEY
from metrics.statistics.derive import derive
from tests.tables import COLLECTION, indicator, observations, table

VICTIMS = indicator("VICTIMS", ("sex",), per_100_000_children=True)
STAFF = indicator("STAFF", kind="stock")
HELPED = indicator("HELPED", kind="share", numerator={"en": "a"}, denominator={"en": "b"})
REMOVED = indicator("REMOVED", kind="duration", by=("band",))
LAW = indicator("LAW", kind="milestone", ladder=["not_started", "adopted"], reached_at="adopted")
RATE = "per_100_000_children"
ALL = (VICTIMS, STAFF, HELPED, REMOVED, LAW)


def catalogue(*chosen: Indicator) -> Catalogue:
    return Catalogue(
        {}, {}, {indicator.code: indicator for indicator in chosen}, {"drawn": COLLECTION}, "drawn"
    )


def derived(drawn: str, *chosen: Indicator) -> pd.DataFrame:
    accepted = observations(drawn)
    usual = {"submission": "0" * 64, "collection": "drawn", "round": "2024"}
    usual |= {"vintage": "2025-03-01T0900Z"}
    missing: dict[str, str] = {name: text for name, text in usual.items() if name not in accepted}
    return derive(accepted.assign(**missing), catalogue(*(chosen or ALL)))


def one(values: pd.DataFrame, **at: str) -> pd.Series:
    rows = values
    for name, code in at.items():
        rows = rows[rows[name] == code]
    assert len(rows) == 1, rows[list(KEY)]
    return rows.iloc[0]


def test_what_was_reported_passes_through() -> None:
    values = derived("indicator | value | sheet | cell\n VICTIMS | 12 | Alliance | G7")

    row = one(values, component="value")

    assert (row["value"], row["sheet"], row["cell"], row["areas_reporting"]) == (
        12,
        "Alliance",
        "G7",
        1,
    )
    assert list(values.columns) == columns_of("indicator_values")


def test_an_empty_cell_is_missing_and_a_zero_is_zero() -> None:
    values = derived("""
        indicator | period | value
        VICTIMS   | 2023   |
        VICTIMS   | 2024   | 0
    """)

    assert one(values, period="2023", component="value")["observation_status"] == "O"
    assert one(values, period="2024", component="value")["value"] == 0


@pytest.mark.parametrize("status", ["L", "M", "Q"])
def test_why_there_is_no_value_is_kept(status: str) -> None:
    values = derived(f"indicator | value | status\n VICTIMS | | {status}")

    assert one(values, component="value")["observation_status"] == status


SHARES = [
    ("5 | A", "20 | A", 25.0, "A"),
    ("5 | P", "20 | A", 25.0, "P"),
    ("5 | P", "20 | B", 25.0, "B"),
    ("0 | A", "20 | A", 0.0, "A"),
    ("0 | A", "0 | A", None, "M"),
    (" | L", "20 | A", None, "L"),
    (" | A", "20 | A", None, "O"),
    ("5 | A", " | Q", None, "Q"),
]


@pytest.mark.parametrize(("numerator", "denominator", "value", "status"), SHARES)
def test_share(numerator: str, denominator: str, value: float | None, status: str) -> None:
    values = derived(f"""
        indicator | component   | value | status
        HELPED    | numerator   | {numerator}
        HELPED    | denominator | {denominator}
    """)

    row = one(values, component="value")

    assert row["value"] == value or (value is None and pd.isna(row["value"]))
    assert row["observation_status"] == status


def test_a_share_without_its_denominator_is_missing() -> None:
    values = derived("indicator | component | value\n HELPED | numerator | 5")

    row = one(values, component="value")

    assert pd.isna(row["value"])
    assert row["observation_status"] == "O"


def test_a_share_is_as_confidential_as_its_parts() -> None:
    values = derived("""
        indicator | component   | value | confidentiality_status
        HELPED    | numerator   | 5     | F
        HELPED    | denominator | 20    | C
    """)

    assert one(values, component="value")["confidentiality_status"] == "C"


def test_the_change_of_a_share_is_in_percentage_points() -> None:
    values = derived(
        """
        indicator | component   | period | value
        HELPED    | numerator   | 2022   | 0
        HELPED    | denominator | 2022   | 20
        HELPED    | numerator   | 2023   | 10
        HELPED    | denominator | 2023   | 20
        HELPED    | numerator   | 2024   | 7
        HELPED    | denominator | 2024   | 20
    """,
        HELPED.model_copy(update={"unit": "PC"}),
    )

    changes = values[values["component"] == "change_points"]

    assert changes["value"].tolist() == pytest.approx([50.0, -15.0])
    assert not (values["component"] == "year_on_year").any()


def test_change_on_the_previous_year() -> None:
    values = derived("""
        indicator | period | value | status
        VICTIMS   | 2022   | 50    | A
        VICTIMS   | 2023   | 40    | A
        VICTIMS   | 2024   | 44    | P
    """)

    changes = values[values["component"] == "year_on_year"]

    assert changes["value"].tolist() == [-20.0, 10.0]
    assert changes["observation_status"].tolist() == ["A", "P"]


NO_CHANGE = {
    "a year between is missing": "VICTIMS | 2022 | 5 | A\n VICTIMS | 2024 | 6 | A",
    "a break at the later point": "VICTIMS | 2023 | 5 | A\n VICTIMS | 2024 | 6 | B",
    "a special event in the later year": "VICTIMS | 2023 | 5 | A\n VICTIMS | 2024 | 60 | S",
    "a special event in the earlier year": "VICTIMS | 2023 | 60 | S\n VICTIMS | 2024 | 5 | A",
    "a part of a year against a year": "VICTIMS | 2023 | 5 | A\n VICTIMS | 2024-01/P8M | 6 | A",
    "an unknown value": "VICTIMS | 2023 | 5 | A\n VICTIMS | 2024 | | O",
    "a step on a ladder": "LAW | 2023 | 1 | A\n LAW | 2024 | 1 | A",
}


@pytest.mark.parametrize("rows", NO_CHANGE.values(), ids=NO_CHANGE.keys())
def test_there_is_no_change_across(rows: str) -> None:
    drawn = f"indicator | period | value | status\n {rows}"
    if "LAW" in rows:
        drawn = drawn.replace("value |", "value |", 1)

    values = derived(drawn)

    assert not (values["component"] == "year_on_year").any()


@pytest.mark.parametrize("now", [0, 6])
def test_a_change_on_nothing_is_not_applicable_and_says_so(now: int) -> None:
    """Where a base is suppressed, a row that is not there would say that it was zero."""
    values = derived(f"""
        indicator | period | value | status
        VICTIMS   | 2023   | 0     | A
        VICTIMS   | 2024   | {now} | E
    """)

    row = one(values, component="year_on_year")

    assert pd.isna(row["value"])
    assert row["observation_status"] == "M"


def test_a_change_of_a_share_of_nobody_is_not_applicable_too() -> None:
    values = derived("""
        indicator | component   | period | value
        HELPED    | numerator   | 2023   | 0
        HELPED    | denominator | 2023   | 0
        HELPED    | numerator   | 2024   | 4
        HELPED    | denominator | 2024   | 8
    """)

    assert one(values, component="year_on_year")["observation_status"] == "M"


def test_a_break_at_the_earlier_point_is_no_break_between() -> None:
    values = derived("""
        indicator | period | value | status
        VICTIMS   | 2023   | 5     | B
        VICTIMS   | 2024   | 6     | A
    """)

    row = one(values, component="year_on_year")

    assert (row["value"], row["observation_status"]) == (pytest.approx(20), "A")


@pytest.mark.parametrize(
    ("earlier", "later"), [("2023-Q1", "2024-Q1"), ("2023-01/P8M", "2024-01/P8M")]
)
def test_parts_of_a_year_change_on_the_same_part(earlier: str, later: str) -> None:
    values = derived(
        f"indicator | period | value\n VICTIMS | {earlier} | 10\n VICTIMS | {later} | 15"
    )

    assert one(values, component="year_on_year", period=later)["value"] == 50


def test_a_duration_changes_by_its_median_and_its_bands_by_their_cases() -> None:
    values = derived("""
        indicator | component | band  | period | value
        REMOVED   | median    | _T    | 2023   | 20
        REMOVED   | median    | _T    | 2024   | 10
        REMOVED   | cases     | _T    | 2023   | 100
        REMOVED   | cases     | _T    | 2024   | 300
        REMOVED   | cases     | LE24H | 2023   | 50
        REMOVED   | cases     | LE24H | 2024   | 100
    """)

    assert one(values, component="year_on_year", band="_T")["value"] == -50
    assert one(values, component="year_on_year", band="LE24H")["value"] == 100


def test_per_100_000_children() -> None:
    values = derived("indicator | sex | value\n VICTIMS | _T | 50\n VICTIMS | F | 30")

    row = one(values, component="per_100_000_children")

    assert row["value"] == pytest.approx(100_000 * 50 / children()["FI", 2024])
    assert "0 to 17, 2024: United Nations" in row["remark"]


def test_a_part_has_a_rate_where_there_is_no_total_and_children_are_its_victims() -> None:
    offences = indicator(
        "OFFENCES", overlapping=("offence",), has_total=False, per_100_000_children=True,
        rated_parts={"offence": ("ICCS030221",)},
    )  # fmt: skip
    drawn = """
        indicator | offence    | value
        OFFENCES  | ICCS0302   | 90
        OFFENCES  | ICCS030221 | 50
    """
    values = derived(drawn, offences)

    (rate,) = values[values["component"] == RATE].to_dict("records")
    assert rate["offence"] == "ICCS030221"
    assert rate["value"] == pytest.approx(100_000 * 50 / children()["FI", 2024])


def test_a_projected_number_of_children_is_said_to_be_one() -> None:
    row = one(derived("indicator | period | value\n VICTIMS | 2025 | 50"), component=RATE)

    assert "0 to 17, 2025 (projection): United Nations" in row["remark"]


@pytest.mark.parametrize("rows", ["US | 2024", "FI | 1999", "FI | 2024-Q1"])
def test_there_is_no_rate_where_the_children_are_not_known(rows: str) -> None:
    values = derived(f"indicator | area | period | value\n VICTIMS | {rows} | 50")

    assert not (values["component"] == "per_100_000_children").any()


def test_the_latest_vintage_counts() -> None:
    values = derived("""
        indicator | value | vintage
        VICTIMS   | 15    | 2025-03-20T0900Z
        VICTIMS   | 12    | 2025-03-01T0900Z
    """)

    row = one(values, component="value")

    assert (row["value"], row["vintage"]) == (15, "2025-03-20T0900Z")


def test_a_later_vintage_that_says_nothing_takes_nothing_back() -> None:
    values = derived("""
        indicator | value | vintage
        VICTIMS   |       | 2025-03-20T0900Z
        VICTIMS   | 12    | 2025-03-01T0900Z
    """)

    assert one(values, component="value")["value"] == 12


@pytest.mark.parametrize(
    ("vintage", "late"), [("2025-03-31T2359Z", False), ("2025-04-01T0000Z", True)]
)
def test_late_is_after_the_day_on_which_the_round_was_due(vintage: str, late: bool) -> None:
    values = derived(f"indicator | value | vintage\n VICTIMS | 12 | {vintage}")

    assert one(values, component="value")["late"] == late


def test_a_correction_after_the_due_day_makes_nothing_late() -> None:
    values = derived("""
        indicator | value | vintage           | first_vintage
        VICTIMS   | 12    | 2025-04-01T0000Z  | 2025-03-31T2359Z
    """)

    assert not one(values, component="value")["late"]


def test_nothing_reported_gives_an_empty_table() -> None:
    nothing = observations("indicator | value\n VICTIMS | 1").iloc[:0]
    usual = dict.fromkeys(["submission", "collection", "round", "vintage"], "")

    values = derive(nothing.assign(**usual), catalogue(*ALL))

    assert values.empty
    assert list(values.columns) == columns_of("indicator_values")


OF_CATALOGUE = {indicator.code: indicator for indicator in indicators()}
TAKEDOWN = [OF_CATALOGUE[f"TAKEDOWN_{code}"] for code in ("TIME", "WITHIN_24H", "WITHIN_72H")]
BANDS = """
    indicator     | component | band   | value
    TAKEDOWN_TIME | cases     | _T     | 100
    TAKEDOWN_TIME | cases     | LE24H  | 50
    TAKEDOWN_TIME | cases     | H24_48 | 20
    TAKEDOWN_TIME | cases     | H48_72 | 10
    TAKEDOWN_TIME | cases     | D3_7   | 15
    TAKEDOWN_TIME | cases     | GT7D   | 5
"""


@pytest.mark.parametrize(
    ("code", "value"), [("TAKEDOWN_WITHIN_24H", 50), ("TAKEDOWN_WITHIN_72H", 80)]
)
def test_share_removed_in_time(code: str, value: float) -> None:
    values = derived(BANDS, *TAKEDOWN)

    assert one(values, indicator=code, component="value")["value"] == value
    assert one(values, indicator=code, component="denominator")["value"] == 100


@pytest.mark.parametrize(
    ("stated", "hours", "status"),
    [
        ("", 24, "E"),  # half of the cases are reached at the end of the first band
        ("TAKEDOWN_TIME | median | _T |    | ", 24, "E"),
        ("TAKEDOWN_TIME | median | _T | 19 | A", 19, "A"),
        ("TAKEDOWN_TIME | median | _T |    | L", None, "L"),
    ],
)
def test_a_median_that_was_not_reported_is_estimated_from_the_bands(
    stated: str, hours: float | None, status: str
) -> None:
    header, *rows = BANDS.strip().splitlines()
    drawn = [f"{header} | observation_status", *(f"{row} | A" for row in rows), stated]
    values = derived("\n".join(filter(None, drawn)), *TAKEDOWN)
    median = one(values, indicator="TAKEDOWN_TIME", component="median")

    assert median["observation_status"] == status
    assert median["value"] == hours or (pd.isna(median["value"]) and hours is None)


@pytest.mark.parametrize("status", ["U", "P", "V", "N", "G", "D", "B", "I"])
def test_an_estimated_median_is_as_reliable_as_its_counts(status: str) -> None:
    header, *rows = BANDS.strip().splitlines()
    drawn = [f"{header} | observation_status", *(f"{row} | A" for row in rows[:-1])]
    values = derived("\n".join([*drawn, f"{rows[-1]} | {status}"]), *TAKEDOWN)

    assert one(values, component="median")["observation_status"] == status
    within = one(values, indicator="TAKEDOWN_WITHIN_24H", component="value")
    assert within["observation_status"] == status


def test_the_median_of_no_cases_is_not_applicable() -> None:
    header, *rows = BANDS.strip().splitlines()
    values = derived(
        "\n".join([header, *(f"{row.rpartition('|')[0]}| 0" for row in rows)]), *TAKEDOWN
    )
    median = one(values, indicator="TAKEDOWN_TIME", component="median")

    assert median["observation_status"] == "M"
    assert pd.isna(median["value"])


def test_bands_that_do_not_cover_all_cases_give_no_median() -> None:
    values = derived("\n".join(BANDS.splitlines()[:-2]), *TAKEDOWN)

    assert "median" not in set(values["component"])


def test_a_missing_band_leaves_no_share() -> None:
    values = derived("\n".join(BANDS.splitlines()[:-2]), *TAKEDOWN)

    assert pd.isna(one(values, indicator="TAKEDOWN_WITHIN_24H", component="value")["value"])


def test_hosting_is_kept_apart() -> None:
    abroad = BANDS.replace("| value", "| hosting | value").replace("  | ", "  | ")
    rows = [
        f"{line.rsplit('|', 1)[0]} | ABROAD | {line.rsplit('|', 1)[1]}"
        for line in BANDS.strip().splitlines()[1:]
    ]

    values = derived("\n".join([abroad.strip().splitlines()[0], *rows]), *TAKEDOWN)

    assert set(values.loc[values["indicator"] == "TAKEDOWN_WITHIN_24H", "hosting"]) == {"ABROAD"}


GENDER = ("ICSE_VICTIMS", "VICTIMS_ASSISTED", "VICTIMS_RECORDED", "GENDER_BREAKDOWN_SHARE")


@pytest.mark.parametrize(
    ("by_sex", "share"), [("4 | A", 100), ("0 | A", 100), (" | Q", 100), (" | O", 0)]
)
def test_submissions_broken_down_by_sex(by_sex: str, share: float) -> None:
    values = derived(
        f"indicator | sex | value | status\n ICSE_VICTIMS | _T | 9 | A\n ICSE_VICTIMS | F | {by_sex}",
        *(OF_CATALOGUE[code] for code in GENDER),
    )

    assert one(values, indicator="GENDER_BREAKDOWN_SHARE", component="value")["value"] == share


RATIOS = {
    "HOTLINE_PROCESSED_SHARE": (("HOTLINE_REPORTS_PROCESSED", "value"), ("HOTLINE_REPORTS_RECEIVED", "value")),
    "INVESTIGATIONS_CLEARANCE_RATE": (("INVESTIGATIONS_COMPLETED", "denominator"), ("INVESTIGATIONS_OPENED", "value")),
    "SUSPECTS_PROSECUTED_RATE": (("SUSPECTS_PROSECUTED", "value"), ("INVESTIGATIONS_OPENED", "value")),
    "OFFENDERS_CONVICTED_RATE": (("OFFENDERS_CONVICTED", "value"), ("SUSPECTS_PROSECUTED", "value")),
    "OFFENDERS_IDENTIFIED_RATE": (("OFFENDERS_IDENTIFIED", "value"), ("REFERRALS_RECEIVED", "value")),
    "ICSE_VICTIMS_RATE": (("ICSE_VICTIMS", "value"), ("INVESTIGATIONS_OPENED", "value")),
    "EUROPOL_CONTRIBUTIONS_RATE": (("EUROPOL_CONTRIBUTIONS", "value"), ("INVESTIGATIONS_OPENED", "value")),
    "EUROJUST_CASES_RATE": (("EUROJUST_CASES", "value"), ("INVESTIGATIONS_OPENED", "value")),
    "ICSE_CONTRIBUTIONS_RATE": (("ICSE_CONTRIBUTIONS", "value"), ("INVESTIGATIONS_OPENED", "value")),
    "INVESTIGATIONS_PER_STAFF": (("INVESTIGATIONS_OPENED", "value"), ("SPECIALISED_STAFF", "value")),
}  # fmt: skip


def test_every_ratio_of_the_catalogue_is_drawn_here() -> None:
    assert {*RATIOS} == {code for code, defined in OF_CATALOGUE.items() if defined.ratio}


@pytest.mark.parametrize("code", RATIOS)
def test_a_ratio_of_two_reported_counts(code: str) -> None:
    (numerator, one_component), (denominator, other_component) = RATIOS[code]

    values = derived(
        f"""
        indicator     | component         | sphere | value | status
        {numerator}   | {one_component}   | _T     | 30    | P
        {numerator}   | {one_component}   | ONLINE | 10    | A
        {denominator} | {other_component} | _T     | 40    | A
        """,
        *(OF_CATALOGUE[name] for name in {code, numerator, denominator}),
    )

    parts = values[(values["indicator"] == code)].set_index("component")
    assert parts["value"].to_dict() == {"numerator": 30, "denominator": 40, "value": 75}
    assert {*parts["observation_status"]} == {"P"}


def test_a_rate_may_exceed_a_hundred() -> None:
    chosen = [OF_CATALOGUE[f"INVESTIGATIONS_{code}"] for code in ("COMPLETED", "OPENED")]

    values = derived("""
        indicator                | component   | value
        INVESTIGATIONS_COMPLETED | denominator | 60
        INVESTIGATIONS_OPENED    | value       | 40
    """, *chosen, OF_CATALOGUE["INVESTIGATIONS_CLEARANCE_RATE"])  # fmt: skip

    assert one(values, indicator="INVESTIGATIONS_CLEARANCE_RATE", component="value")["value"] == 150


@pytest.mark.parametrize(
    ("received", "kept", "status"), [(" | O", True, "O"), (" | Q", True, "Q"), (None, False, "")]
)
def test_a_ratio_without_one_of_its_counts(received: str | None, kept: bool, status: str) -> None:
    drawn = "indicator | value | status\n HOTLINE_REPORTS_PROCESSED | 30 | A"
    drawn += f"\n HOTLINE_REPORTS_RECEIVED | {received}" if received else ""

    values = derived(drawn, *(OF_CATALOGUE[f"HOTLINE_{name}"] for name in HOTLINE))

    found = values[values["indicator"] == "HOTLINE_PROCESSED_SHARE"]
    assert found["value"].isna().all()
    assert {*found["observation_status"]} == ({status} if kept else set())


HOTLINE = ("REPORTS_PROCESSED", "REPORTS_RECEIVED", "PROCESSED_SHARE")


def test_the_number_of_successful_investigations_stands_beside_their_share() -> None:
    values = derived("""
        indicator                | component   | value
        INVESTIGATIONS_COMPLETED | numerator   | 30
        INVESTIGATIONS_COMPLETED | denominator | 40
    """, *(OF_CATALOGUE[f"INVESTIGATIONS_{code}"] for code in ("COMPLETED", "SUCCESSFUL")))  # fmt: skip

    assert one(values, indicator="INVESTIGATIONS_SUCCESSFUL", component="value")["value"] == 30
    assert one(values, indicator="INVESTIGATIONS_COMPLETED", component="value")["value"] == 75


def test_years_since_the_legislation_was_evaluated() -> None:
    law = [OF_CATALOGUE[f"LEGISLATION_EVALUATION{end}"] for end in ("", "_AGE")]

    values = derived("""
        indicator              | component | coverage    | value | since
        LEGISLATION_EVALUATION | step      | PREVENTION  | 2     | 2022-12-31
        LEGISLATION_EVALUATION | step      | PROSECUTION | 2     | 2020-12-31
        LEGISLATION_EVALUATION | step      | SUPPORT     | 1     | 2024-01-01
    """, *law)  # fmt: skip

    ages = values[values["indicator"] == "LEGISLATION_EVALUATION_AGE"].set_index("coverage")[
        "value"
    ]
    assert ages.to_dict() == pytest.approx({"PREVENTION": 2, "PROSECUTION": 4, "_T": 2}, abs=0.01)


def test_an_age_has_no_growth() -> None:
    """It rises by a year in every year, and a fall by 90 % is an evaluation, not a result."""
    law = [OF_CATALOGUE[f"LEGISLATION_EVALUATION{end}"] for end in ("", "_AGE")]

    values = derived("""
        indicator              | component | coverage   | period | value | since
        LEGISLATION_EVALUATION | step      | PREVENTION | 2023   | 2     | 2022-12-31
        LEGISLATION_EVALUATION | step      | PREVENTION | 2024   | 2     | 2022-12-31
    """, *law)  # fmt: skip

    ages = values[values["indicator"] == "LEGISLATION_EVALUATION_AGE"]
    assert {*ages["period"]} == {"2023", "2024"}
    assert {*ages["component"]} == {"value"}


def test_evaluated_is_the_step_that_the_formula_takes_it_for() -> None:
    assert OF_CATALOGUE["LEGISLATION_EVALUATION"].ladder.index("evaluated") == 2


@pytest.mark.parametrize("code", [code for code, drawn in OF_CATALOGUE.items() if drawn.formula])
def test_every_formula_of_nothing_is_nothing(code: str) -> None:
    formula, nothing = (
        OF_CATALOGUE[code].formula,
        derived("indicator | value\n VICTIMS | 1").iloc[:0],
    )

    assert formula is not None
    assert formula(nothing).empty


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ("AA", "A"),
        ("PE", "E"),
        ("EP", "E"),
        ("BP", "B"),
        ("AO", "O"),
        ("OQ", "Q"),
        ("MA", "M"),
        ("ML", "L"),
    ],
)
def test_united_statuses(parts: str, expected: str) -> None:
    first, second = (
        table(f"observation_status | confidentiality_status\n {letter} | F") for letter in parts
    )

    assert unite_statuses([first, second])["observation_status"].tolist() == [expected]


def test_the_bands_follow_one_another() -> None:
    ends = [band.to_hours for band in bands()]

    assert ends[:-1] == [band.from_hours for band in bands()][1:]
    assert bands_within(72) == ("LE24H", "H24_48", "H48_72")


@pytest.mark.parametrize(
    ("cases", "hours", "more_than"),
    [
        ({"LE24H": 10}, 12, False),
        ({"LE24H": 4, "H24_48": 8}, 30, False),
        ({"LE24H": 5, "H24_48": 5}, 24, False),
        ({"LE24H": 1, "GT7D": 9}, 168, True),
        ({"D3_7": 1}, 120, False),
    ],
)
def test_median_within_its_band(cases: dict[str, float], hours: float, more_than: bool) -> None:
    """L + (N/2 - F) / f * w, by hand."""
    found = median(cases)

    assert found is not None
    assert found.hours == pytest.approx(hours)
    assert found.more_than == more_than


@pytest.mark.parametrize("cases", [{}, {"LE24H": 0}])
def test_nothing_has_no_median(cases: dict[str, float]) -> None:
    assert median(cases) is None


def test_the_children_of_the_union_are_those_of_its_states() -> None:
    states = sum(count for (area, year), count in children().items() if year == 2024 and area != EU)

    assert children()[EU, 2024] == pytest.approx(states, rel=1e-6)


def test_a_weight_takes_the_nearest_year() -> None:
    assert children_near("FI", 1990) == children()["FI", 2010]
    assert children_near("US", 2024) == 0


def test_a_change_of_definition_breaks_a_series_that_goes_on() -> None:
    """Not one that begins later, nor a part whose breakdown is the same."""
    changed = indicator(
        "RAISED",
        ("sex",),
        changes=[{"from": 2023, "note": {"en": "Attempts too."}, "before": {"unit": "HOURS"}}],
    )

    values = derived(
        """
        indicator | area | sex | period | value | remark
        RAISED    | FI   | _T  | 2021   | 4     |
        RAISED    | FI   | _T  | 2022   | 5     |
        RAISED    | FI   | _T  | 2024   | 50    |
        RAISED    | FI   | _T  | 2025   | 51    |
        RAISED    | SE   | _T  | 2022   | 5     |
        RAISED    | SE   | _T  | 2023   | 50    | Own words.
        RAISED    | EE   | _T  | 2023   | 9     |
        """,
        changed,
    )

    states = values[values["component"] == "value"].set_index(["area", "period"])
    breaks = states[states["observation_status"] == "B"]
    assert breaks["remark"].to_dict() == {
        ("FI", "2024"): "Attempts too.",
        ("SE", "2023"): "Own words.",
    }
    growth = values[values["component"] == "year_on_year"]
    assert [*zip(growth["area"], growth["period"], strict=True)] == [("FI", "2022"), ("FI", "2025")]
