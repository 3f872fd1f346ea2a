"""The committed collection of published figures says what its sources say."""

import csv
import re
from pathlib import Path
from shutil import copyfile

import pandas as pd
import pytest

from dashboard.components.citations import citation
from dashboard.data import records
from dashboard.texts import texts
from metrics.__main__ import run
from metrics.catalogue.codelists import member_states
from metrics.catalogue.codelists.statuses import HIERARCHY
from metrics.catalogue.loader import catalogue
from metrics.catalogue.publishers import host_of, known_publishers
from metrics.core.period import ReferencePeriod
from metrics.core.series import codes_of_rows
from metrics.core.tables import CHANGE_IN_POINTS, EU, NORMAL, TOTAL, VALUE, YEAR_ON_YEAR
from metrics.intake.rules.quotations import APPROXIMATE, LIMIT, WIDER_SCOPE
from metrics.release.review import unexplained_jumps
from tests.intake.rules.offences import find_offences
from tests.tables import case

ROOT = Path(__file__).parents[2]
EXPECTED = Path(__file__).with_name("published_figures.csv")
COLLECTION = "published-figures"
RECEIVED = "HOTLINE_REPORTS_RECEIVED"
CHANGES = (YEAR_ON_YEAR, CHANGE_IN_POINTS)


@pytest.fixture(scope="module")
def released(published_release: Path) -> pd.DataFrame:
    """Every value of a release built from the committed files, with its codes as text."""
    values = pd.read_parquet(published_release / "indicator_values.parquet")
    return values.assign(codes=codes_of_rows(values))


@pytest.fixture(scope="module")
def quoted(released: pd.DataFrame) -> pd.DataFrame:
    """The values in a file, without what was computed from them."""
    return released[(released["submission"] != "") & (released["component"] == VALUE)]


def expected() -> list[dict[str, str]]:
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def label(row: dict[str, str]) -> str:
    return " ".join(filter(None, (row["indicator"], row["codes"], row["area"], row["period"])))


@pytest.mark.parametrize(
    ("indicator", "said"),
    [
        (
            "TAKEDOWN_SHARE_2D",
            "2021 61.92, no_clear_change (+1.92); 2022 76.32, wanted_direction (+16.32); 2024",
        ),
        (
            "TAKEDOWN_MEAN_DAYS",
            "2021 2.55, unwanted_direction (-0.54); 2022 1.54, wanted_direction (+0.47)",
        ),
    ],
)
def test_the_examples_of_the_methods_are_what_the_release_shows(
    indicator: str, said: str, published_release: Path
) -> None:
    history = pd.read_parquet(published_release / "status_history.parquet")
    own = history[(history["indicator"] == indicator) & (history["hosting"] == "DOMESTIC")]
    shown = "; ".join(
        f"{row['period']} {row['value']:g}, {row['status']} ({row['gap']:+.4g})"
        for row in records(own[own["area"] == "DE"])
    )
    assert said in shown


def test_every_publisher_is_registered_and_none_in_vain(quoted: pd.DataFrame) -> None:
    assert {*quoted["source"]} == {*known_publishers().publishers}


def test_a_page_is_the_publishers_own_or_is_said_to_be_another_s(quoted: pd.DataFrame) -> None:
    """By its host: a citation of any other names the host, and a remark never denies it."""
    text, known = texts("en"), known_publishers()
    for row in records(quoted):
        said, host = "".join(citation(row, text)), host_of(row["address"])
        assert host, row
        named = known.relays.get(host, host)
        is_said = f"quoted by {named}" in said or f"data file at {named}" in said
        assert is_said is not known.publishers[row["source"]].is_own(host), said


@pytest.mark.parametrize(
    ("indicator", "period", "relay"),
    [("HOTLINES_IN_NETWORK", "2015", "safeline.gr"), ("HOTLINES_IN_NETWORK", "2018", "netpatrola.rs")],
)  # fmt: skip
def test_what_others_repeat_of_inhope_is_said_to_be_quoted(
    indicator: str, period: str, relay: str, quoted: pd.DataFrame
) -> None:
    rows = quoted[(quoted["indicator"] == indicator) & (quoted["period"] == period)]
    said = ["".join(citation(row, texts("en"))) for row in records(rows)]
    assert said
    assert all(words.startswith(f"INHOPE, as quoted by {relay}: ") for words in said)


def test_no_published_figure_is_above_the_level_that_is_questioned(quoted: pd.DataFrame) -> None:
    whole = case(
        quoted.assign(
            sheet="", cell="", typed="", understood="", form="number", area_cell="", period_cell=""
        ),
        *catalogue().indicators.values(),
    )

    assert find_offences("beyond_population", whole) == []


@pytest.mark.parametrize("row", expected(), ids=label)
def test_a_corrected_or_added_value_stands_as_its_source_has_it(
    row: dict[str, str], quoted: pd.DataFrame
) -> None:
    key = ["indicator", "codes", "area", "period"]
    found = quoted[(quoted[key] == [row[name] for name in key]).all(axis=1)]

    values = found[["value", "observation_status"]].to_numpy().tolist()
    assert values == ([[float(row["value"]), row["status"]]] if row["value"] else [])
    assert found["address"].tolist() == ([row["address"]] if row["value"] else [])


def says(rows: pd.DataFrame, words: re.Pattern[str]) -> pd.Series:
    return rows["remark"].map(words.search).notna()


def test_no_remark_contradicts_its_status(quoted: pd.DataFrame) -> None:
    normal = quoted[quoted["observation_status"] == NORMAL]

    said = normal[says(normal, APPROXIMATE) | says(normal, WIDER_SCOPE)]

    assert said["remark"].tolist() == []


def test_a_remark_that_names_a_limit_stands_beside_a_limit(quoted: pd.DataFrame) -> None:
    limited = quoted["limit"] != ""

    assert limited.any()
    assert says(quoted[limited], LIMIT).all()


def test_no_remark_denies_a_cause_that_stands_beside_it(quoted: pd.DataFrame) -> None:
    """In the remark itself, or in that on another figure of the same page and period."""
    caused = quoted[quoted["remark"].str.contains("special year|special event|(?:rise|fall):")]
    denies = caused["remark"].str.contains("no cause")
    pages = denies.groupby([caused["address"], caused["area"], caused["period"]])

    assert caused.loc[denies & (pages.transform("mean") < 1), "remark"].tolist() == []
    assert not caused.loc[denies, "remark"].str.contains("special").any()


def test_every_figure_has_a_source_a_publication_and_an_address(quoted: pd.DataFrame) -> None:
    """That an address is public is asked by the rule `source_not_public` when it is submitted."""
    assert (quoted[["source", "reference", "remark", "address"]] != "").all(axis=None)


def test_every_jump_is_a_break_a_special_event_or_has_a_reason(released: pd.DataFrame) -> None:
    assert list(unexplained_jumps(released, catalogue().indicators)) == []


def test_a_jump_without_a_reason_is_listed(released: pd.DataFrame) -> None:
    silent = released.assign(remark=released["remark"].str.replace("rise:", "more:"))

    listed = [note.parameters for note in unexplained_jumps(silent, catalogue().indicators)]

    jump = {"series": "REFERRALS_RECEIVED", "area": "CZ", "period": "2019"}
    assert {**jump, "before": 5721, "now": 16179} in listed
    assert not [note for note in listed if (note["area"], note["period"]) == ("DK", "2017")]


@pytest.mark.parametrize(
    ("indicator", "codes", "area", "periods"),
    [
        *(
            ("OFFENCES_RECORDED", f"offence={offence}", area, periods)
            for offence in ("ICCS0302", "ICCS030221")
            for area, periods in {
                "DE": ["2021"], "DK": ["2017", "2018"], "HU": ["2017", "2018"],
                "PL": ["2019", "2020"], "SE": ["2017", "2018"],
            }.items()
        ),
        (RECEIVED, "", "DE", ["2013", "2017", "2023"]),
        ("TAKEDOWN_MEAN_DAYS", "hosting=DOMESTIC", "DE", ["2017"]),
        ("TAKEDOWN_SHARE_2D", "hosting=DOMESTIC", "DE", ["2017"]),
        ("TAKEDOWN_SHARE_1W", "hosting=DOMESTIC", "DE", ["2017"]),
        ("TAKEDOWN_SHARE_1W", "hosting=ABROAD", "DE", ["2017"]),
        ("TAKEDOWN_SHARE_4W", "hosting=ABROAD", "DE", ["2017"]),
        *(
            (code, "hosting=DOMESTIC", "DE", ["2023", "2024"])
            for code in ("CONTENT_HOSTED", "TAKEDOWN_SHARE_2D", "TAKEDOWN_SHARE_1W")
        ),
        ("CYBERTIPLINE_REPORTS", "", "W0", ["2024"]),
        *(("CYBERTIPLINE_REPORTS", "", area, ["2021", "2022"]) for area in (EU, *member_states())),
    ],
)  # fmt: skip
def test_no_change_is_printed_across_a_break_or_a_special_year(
    indicator: str, codes: str, area: str, periods: list[str], released: pd.DataFrame
) -> None:
    rows = released[
        (released[["indicator", "codes", "area"]] == [indicator, codes, area]).all(axis=1)
    ]
    changed = set(rows.loc[rows["component"].isin(CHANGES), "period"])
    known = set(rows.loc[rows["component"] == VALUE, "period"])

    assert set(periods) <= known
    assert changed.isdisjoint(periods)


def test_the_year_without_a_derogation_is_special_in_every_member_state(
    quoted: pd.DataFrame,
) -> None:
    rows = quoted[(quoted["indicator"] == "CYBERTIPLINE_REPORTS") & (quoted["period"] == "2021")]
    states = rows[rows["area"].isin(member_states())]

    assert set(states["area"]) == {*member_states()}
    assert set(states["observation_status"]) == {"S"}
    assert states["remark"].str.contains("2021/1232").all()


def test_figures_of_the_cases_of_a_special_event_are_special_too(quoted: pd.DataFrame) -> None:
    """Shares and means that a publisher computes over cases whose number is that of the event."""
    over_same_cases = ["source", "area", "period", "hosting"]
    cases = quoted[quoted["indicator"].eq("CONTENT_HOSTED") & quoted["observation_status"].eq("S")]
    computed = quoted[quoted["indicator"].str.startswith("TAKEDOWN_")]
    found = computed.merge(cases[over_same_cases], on=over_same_cases)

    assert [*zip(found["indicator"], found["area"], found["period"], strict=True)] == [
        ("TAKEDOWN_SHARE_1W", "DE", "2023"), ("TAKEDOWN_SHARE_2D", "DE", "2023"),
    ]  # fmt: skip
    assert set(found["observation_status"]) == {"S"}
    assert found["remark"].str.contains("Imagehoster").all()
    assert "rounded" in found["remark"][0]


def test_every_german_series_of_the_deletion_report_breaks_where_its_population_does(
    quoted: pd.DataFrame,
) -> None:
    of_report = quoted["source"].eq("Germany, Federal Government / BKA") & quoted["area"].eq("DE")
    rows = quoted[of_report & (quoted["period"] == "2017")]

    assert {RECEIVED, "CONTENT_HOSTED", "TAKEDOWN_MEAN_DAYS"} < set(rows["indicator"])
    assert set(rows["observation_status"]) == {"B"}


def test_no_verdict_on_german_removal_looks_back_across_the_break(published_release: Path) -> None:
    verdicts = pd.read_parquet(published_release / "assessments.parquet")
    removal = verdicts["indicator"].str.startswith("TAKEDOWN_") & verdicts["area"].eq("DE")
    baselines = verdicts.loc[removal & (verdicts["counted_by"] == TOTAL), "baseline_period"]

    assert min(set(baselines) - {""}) == "2017"


def test_no_figure_of_the_union_is_older_than_its_composition(quoted: pd.DataFrame) -> None:
    rows = quoted[(quoted["area"] == EU) & ~quoted["indicator"].str.startswith("CYBERTIPLINE")]

    assert set(rows["indicator"]) == {"CSAM_URLS_HOSTED", "CSAM_URLS_HOSTED_SHARE"}
    assert min(rows["period"]) == "2020"


def test_a_rounded_figure_is_an_estimate_or_has_a_status_that_precedes_it(
    quoted: pd.DataFrame,
) -> None:
    """One status stands for a value; the remark says the rest."""
    rounded = quoted[says(quoted, APPROXIMATE)]
    preceding = set(HIERARCHY[: HIERARCHY.index("E")])

    assert set(rounded["observation_status"]) <= preceding | {"E"}
    wider = rounded[rounded["counted_by"].isin(["BE_POLICE", "PL_DYZURNET_ALL"])]
    assert set(wider["observation_status"]) == {"D"}


def test_no_edition_of_the_taskforce_stands_for_a_year(released: pd.DataFrame) -> None:
    editions = released[released["indicator"].str.startswith("VIDTF_")]
    periods = [ReferencePeriod.parse(text) for text in editions["period"]]

    assert len(periods) > 15
    assert not [period for period in periods if period.is_full_year]
    assert max(period.months for period in periods) == 2
    assert editions["component"].unique().tolist() == [VALUE]
    assert editions["remark"].str.contains("edition").all()


def test_the_headline_counts_child_sexual_abuse_material_only(quoted: pd.DataFrame) -> None:
    """One rule for all areas: wider counts stand under `counted_by`, with another status."""
    rows = quoted[quoted["indicator"] == RECEIVED]
    headline = rows[rows["counted_by"] == TOTAL]
    wider = rows[says(rows, WIDER_SCOPE) | rows["counted_by"].str.endswith("_ALL")]

    assert {"AT", "BE", "DE", "LU", "PL", "PT"} <= set(headline["area"])
    assert {"AT", "CZ", "FR", "HU", "IE", "LT", "LU", "PL", "PT"} <= set(wider["area"])
    assert wider.index.intersection(headline.index).empty
    assert NORMAL not in set(wider["observation_status"])


def test_the_members_of_2012_are_no_group_of_today(released: pd.DataFrame) -> None:
    rows = released[released["indicator"] == "ALLIANCE_COUNTRIES"]
    shown = {row["area"]: row["value"] for row in rows.to_dict("records")}

    assert shown == {"EU27_2007": 27, "W0": 48}
    assert EU not in shown


def test_what_hotlines_of_no_fixed_set_of_countries_count_is_no_figure_of_the_union(
    released: pd.DataFrame,
) -> None:
    rows = released[(released["indicator"] == RECEIVED) & released["value"].notna()]
    beyond = rows["counted_by"].isin(["EC_COFUNDED", "EC_COFUNDED_ALL", "INHOPE_ALL"])

    assert set(rows.loc[beyond, "area"]) == {"EUR"}
    assert EU not in set(rows["area"])
    changes = rows[rows["component"].isin(CHANGES) & beyond]
    assert changes["period"].tolist() == ["2025-S1"]  # half-year beside half-year alone


def test_the_command_lists_the_jumps_that_nobody_has_looked_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The vintage of Denmark before the correction had a jump without a word."""
    (first,) = (ROOT / "data/raw" / COLLECTION / "2026/DK").glob("2026-11-21*")
    archived = tmp_path / first.relative_to(ROOT)
    archived.parent.mkdir(parents=True)
    copyfile(first, archived)

    run(["--home", str(tmp_path), "release", COLLECTION])

    told = capsys.readouterr().err.splitlines()
    jump = "look at: OFFENCES_RECORDED[offence=ICCS030221] DK 2017: 239 -> 1,752, without an explanation"
    assert jump in told
