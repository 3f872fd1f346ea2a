"""A comparison shows released figures in one unit, and says what cannot be compared, and why."""

import csv
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.addresses.named_series import default_series
from dashboard.charts.comparison import compared_chart, compared_line
from dashboard.charts.specification import Caption, ChartSource, TimeChart
from dashboard.components.comparison.table import change_since_base_in_words
from dashboard.contents.comparison import SeriesComparison, read_comparison
from dashboard.contents.comparison_chart import (
    chart_of_comparison,
    finding_of_comparison,
    heading_of_comparison,
    notes_in_words,
)
from dashboard.context import read_context
from dashboard.pictures.view_pictures import pictures_of_chart
from dashboard.released.change_since_start import change_since_first_year
from dashboard.released.compared_series import ComparedSeries, why_not_compared
from dashboard.released.series import read_series
from dashboard.slides.deck_file import DeckSlide
from dashboard.slides.kinds.comparison import title_of_comparison
from dashboard.texts import texts
from dashboard.view import View
from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU
from metrics.messages import languages
from tests.dashboard.chart_figures import figure_of
from tests.dashboard.compared_release import (
    COUNTED,
    LADDER,
    SHARED,
    UNRATED,
    YEARS_OF_RELEASE,
    write_compared_release,
)
from tests.dashboard.reading import elements, of_type, picker, with_class, words
from tests.dashboard.slides.decks import built, deck_file, opened
from tests.dashboard.test_native_charts import drawn, ticks_of

# Czechia's series breaks, Estonia follows another definition, Malta is suppressed, Bulgaria ends.
PECULIAR_ROWS: dict[tuple[str, int], dict[str, Any]] = {
    ("CZ", 2023): {"observation_status": "B"},
    ("EE", 2022): {"observation_status": "D"},
    ("DE", 2025): {"observation_status": "P"},
    ("BG", 2025): {"value": None, "observation_status": "O"},
    **{
        ("MT", year): {
            "value": None, "observation_status": "Q", "confidentiality_status": "C",
        }
        for year in YEARS_OF_RELEASE
    },
}  # fmt: skip
SCHOOLS = "SCHOOLS_REACHED"
WHY_NO_RATE = "Why not per 100,000 children?"
LEVELS = {"DE": 1000, "FR": 800, "PL": 600, "CZ": 300, "EE": 50, "BG": 150, "MT": 30, "IT": 700,
          "IE": 20}  # fmt: skip


def fixed_rows() -> Iterator[dict[str, Any]]:
    for code in (COUNTED, UNRATED):
        for area, level in LEVELS.items():
            for at, year in enumerate(YEARS_OF_RELEASE):
                yield {
                    "indicator": code, "area": area, "period": str(year),
                    "value": float(level + level * at // 10), "observation_status": "A",
                    "confidentiality_status": "F", "limit": "",
                } | PECULIAR_ROWS.get((area, year), {})  # fmt: skip
    for period, hours in {"2023": 50.0, "2024": 60.0, "2025": 200.0}.items():
        yield {
            "indicator": "TAKEDOWN_TIME", "component": "median", "area": "DE", "period": period,
            "value": hours, "observation_status": "A", "confidentiality_status": "F", "limit": "",
        }  # fmt: skip
    yield from parts_of_changing_states()


def parts_of_changing_states() -> Iterator[dict[str, Any]]:
    """The parts of a share that falls in all States; Germany, whose share is high, joins late."""
    for area, (at, year) in product(member_states(), enumerate(YEARS_OF_RELEASE)):
        share = (90 if area == "DE" else 50) - at
        for component, value in {"numerator": share, "denominator": 100}.items():
            if area != "DE" or year >= YEARS_OF_RELEASE[2]:
                yield {
                    "indicator": SCHOOLS, "component": component, "area": area,
                    "period": str(year), "value": 9.0 * value if area == "DE" else float(value),
                    "observation_status": "A", "confidentiality_status": "F", "limit": "",
                }  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_compared_release(tmp_path_factory.mktemp("compared"), [*fixed_rows()])


@pytest.fixture(autouse=True)
def _home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMPACT_HOME", str(folder.parents[3]))


def compare(**query: str) -> SeriesComparison:
    return read_comparison(read_context(View(collection="sample", **query)))


def drawn_areas(comparison: SeriesComparison) -> list[str]:
    return [series.area for series in comparison.drawn]


def aside(comparison: SeriesComparison) -> list[str]:
    return [series.area for series in comparison.set_aside]


def page(client: FlaskClient, **query: str) -> Any:
    from dashboard.pages import compare as compare_page  # noqa: PLC0415 - registers a page

    return compare_page.layout(collection="sample", **query)


def table(drawn: Any) -> str:
    return str(of_type(drawn, "Store")[-1].data)


def alerts_of(drawn: Any) -> list[Any]:
    """The alerts that are shown; that on a missing anchor is hidden until a script shows it."""
    return [part for part in elements(drawn)
            if getattr(part, "role", "") == "alert" and not getattr(part, "hidden", False)]  # fmt: skip


@pytest.mark.parametrize("unit", ["value", "rate", "index", "change"])
def test_the_lines_of_a_slide_are_those_of_the_picture_in_every_unit(unit: str) -> None:
    chart = chart_of_comparison(compare(indicator=COUNTED, areas="DE,FR,PL", unit=unit))
    assert isinstance(chart, TimeChart)
    lines = [tick.at for tick in chart.axis.ticks]
    assert ticks_of(drawn(chart)) == lines
    assert unit != "index" or 100 in lines


def test_the_heading_names_the_chosen_areas_without_a_figure_and_why() -> None:
    comparison = compare(indicator=COUNTED, areas="DE,FR,MT", unit="value")
    assert finding_of_comparison(comparison).endswith("; Malta: suppressed")
    some = compare(indicator=COUNTED, areas="DE,MT,CZ", unit="index")
    assert "Malta: suppressed" in heading_of_comparison(some)
    assert "Czechia: series breaks" in heading_of_comparison(some)


@pytest.mark.parametrize("language", languages())
def test_a_heading_names_three_areas_in_every_language(language: str) -> None:
    for unit in ("value", "rate", "index"):
        comparison = compare(indicator=COUNTED, areas="FR,DE,PL,IT", unit=unit, lang=language)
        text = texts(language)
        assert text.counted("compare.more", 3) not in title_of_comparison(comparison)
        assert all(text.code("area", area) in finding_of_comparison(comparison)
                   for area in comparison.areas)  # fmt: skip


@pytest.mark.parametrize("language", languages())
def test_a_slide_of_changes_lists_the_areas_that_have_none(language: str) -> None:
    link = f"/compare?indicator={COUNTED}&areas=DE,FR,MT&unit=change"
    (_, slide) = opened(built(deck_file(DeckSlide(link=link), language=language))).slides
    (table,) = (shape.table for shape in slide.shapes if shape.has_table)
    rows = {row.cells[0].text: [cell.text for cell in row.cells][1:] for row in table.rows}
    text = texts(language)
    assert {*rows} >= {text.code("area", area) for area in ("DE", "FR", "MT")}
    assert {*rows[text.code("area", "MT")]} == {text("absent.suppressed")}
    assert any("%" in figure for figures in rows.values() for figure in figures)
    assert not any(shape.has_chart for shape in slide.shapes)


@pytest.mark.parametrize(
    ("unit", "component"),
    [("value", "value"), ("rate", "per_100_000_children"), ("change", "year_on_year")],
)
def test_figures_are_those_of_the_release(folder: Path, unit: str, component: str) -> None:
    values = pd.read_parquet(folder / "indicator_values.parquet")
    rows = values[(values["indicator"] == COUNTED) & (values["component"] == component)]
    if unit == "change":
        rows = rows[is_material(rows, folder)]

    comparison = compare(indicator=COUNTED, areas="DE,FR,PL", unit=unit)

    for series in comparison.drawn:
        own = rows[(rows["area"] == series.area) & rows["value"].notna()]
        expected = dict(zip(own["period"], own["value"], strict=True))
        assert {row["period"]: row["value"] for row in series.known} == expected


def is_material(rows: pd.DataFrame, folder: Path) -> pd.Series:
    """Which yearly changes are material, as the release says."""
    changes = pd.read_parquet(folder / "period_changes.parquet")
    own = changes[(changes["indicator"] == COUNTED) & (changes["materiality"] == "material")]
    yearly = own[own["period"].astype(int) == own["base_period"].astype(int) + 1]
    pairs = {*zip(yearly["area"], yearly["period"], strict=True)}
    found = [pair in pairs for pair in zip(rows["area"], rows["period"], strict=True)]
    assert 0 < sum(found) < len(found)
    return pd.Series(found, rows.index)


def test_a_change_that_is_not_material_has_no_number(client: FlaskClient, folder: Path) -> None:
    """Ireland's 20 became 32: 12 do not exceed 2√52 = 14.4; Germany's 1,000 became 1,600."""
    comparison = compare(indicator=COUNTED, areas="DE,IE", unit="value")
    german, irish = comparison.drawn
    query = f"collection=sample&indicator={COUNTED}&areas=DE,IE"
    file = client.get(f"/download/comparison.csv?{query}&unit=value").text
    rows = {(row["area"], row["period"]): row
            for row in csv.DictReader(file.removeprefix("\ufeff").splitlines())}  # fmt: skip

    assert change_since_base_in_words(german, comparison).startswith("+60.0")
    assert change_since_base_in_words(irish, comparison) == "no clear change"
    assert rows["DE", "2025"]["materiality"] == "material"
    assert rows["IE", "2025"]["materiality"] == "below_threshold"
    assert rows["IE", "2019"]["materiality"] == ""
    (apart,) = compare(indicator=COUNTED, areas="DE,IE", unit="change").set_aside
    assert {row["why"] for row in apart.figures if row["period"] > "2019"} == {
        "uncomputed.no_clear_change"
    }
    indices = compare(indicator=COUNTED, areas="DE,IE", unit="index")
    assert "No clear change since 2019: Ireland." in " ".join(notes_in_words(indices))
    index = chart_of_comparison(indices)
    assert isinstance(index, TimeChart)
    notes = [{note for point in line.points for note in point.notes} for line in index.lines]
    assert ["no clear change" in found for found in notes] == [False, True]


def test_an_index_is_read_from_the_release_and_begins_in_the_first_common_year(
    folder: Path,
) -> None:
    released = pd.read_parquet(folder / "period_changes.parquet")
    rows = released[(released["indicator"] == COUNTED) & (released["component"] == "value")]

    comparison = compare(indicator=COUNTED, areas="DE,FR", unit="index")

    assert comparison.base == "2019"
    for series in comparison.drawn:
        own = rows[(rows["area"] == series.area) & (rows["base_period"] == "2019")]
        assert {row["period"]: row["value"] for row in series.known} == dict(
            zip(own["period"], own["index"], strict=True)
        )
        assert series.known[0]["value"] == 100


def test_the_change_of_a_share_of_the_union_is_that_of_its_verdict(folder: Path) -> None:
    """The reported share rises because Germany joins; in the same States it falls."""
    table = pd.read_parquet(folder / "assessments.parquet")
    official = table[(table["indicator"] == SCHOOLS) & (table["area"] == EU) & table["official"]]
    verdict = official.iloc[0]

    (series,) = compare(indicator=SCHOOLS, areas=EU, unit="value").drawn

    since = series.changes[verdict["baseline_period"], verdict["period"]]
    values = {row["period"]: row["value"] for row in series.known}
    assert values["2025"] > values["2019"]
    assert since["change"] == pytest.approx(verdict["value"] - verdict["baseline_value"])
    assert since["change"] == pytest.approx(-6)


@pytest.mark.parametrize("areas", [EU, "DE"])
def test_changes_of_the_union_are_said_to_be_of_the_same_states(areas: str) -> None:
    """Figures of 26 and then 27 States: their difference is not the change."""
    comparison = compare(indicator=SCHOOLS, areas=areas, unit="value")

    is_said = "Member States that reported in both years" in " ".join(notes_in_words(comparison))
    assert is_said is (areas == EU)


def test_a_rate_of_other_states_has_no_change_and_says_so() -> None:
    comparison = compare(indicator=COUNTED, areas=f"{EU},DE", unit="rate")
    union = comparison.drawn[0]

    assert (union.area, union.last is not None, union.change) == (EU, True, None)
    assert change_since_base_in_words(union, comparison) == "not the same Member States as before"
    assert change_since_base_in_words(comparison.drawn[1], comparison).startswith("+")


def test_a_series_with_a_break_is_set_aside_until_its_reader_asks_for_it(
    client: FlaskClient,
) -> None:
    refused = compare(indicator=COUNTED, areas="DE,FR,CZ", unit="value")
    marked = compare(indicator=COUNTED, areas="DE,FR,CZ", unit="value", marked="CZ")

    assert (drawn_areas(refused), aside(refused)) == (["DE", "FR"], ["CZ"])
    assert drawn_areas(marked) == ["DE", "FR", "CZ"]
    czech = compared_line(marked.drawn[2], 0, texts("en"))
    assert [len(run) for run in czech.runs] == [4, 3]  # no line over the break
    drawn = page(client, indicator=COUNTED, areas="DE,FR,CZ", unit="value", lang="en")
    note = with_class(drawn, "compare-note")
    assert "Czechia: the series has a break in 2023" in words(note)
    (link,) = of_type(note, "Link")
    assert words(link) == "Add Czechia with the break marked"
    assert "marked=CZ" in link.href


def test_an_index_ends_at_a_break() -> None:
    comparison = compare(indicator=COUNTED, areas="DE,CZ", unit="index", marked="CZ")

    (czechia,) = [series for series in comparison.drawn if series.area == "CZ"]
    assert [row["period"] for row in czechia.known] == ["2019", "2020", "2021", "2022"]


def test_no_change_stands_beside_a_break() -> None:
    comparison = compare(indicator=COUNTED, areas="DE,CZ", unit="value", marked="CZ")

    changes = {series.area: series.change for series in comparison.drawn}
    assert changes["CZ"] is None
    assert changes["DE"] is not None
    assert changes["DE"]["change"] == pytest.approx(60)


def test_why_there_is_no_change_stands_in_its_place(client: FlaskClient) -> None:
    drawn = page(client, indicator=COUNTED, areas="DE,CZ", unit="value", marked="CZ", lang="en")

    written = table(drawn)
    assert written.index("+60.0") < written.index("break in the series")


@pytest.mark.parametrize(
    ("area", "sentence"),
    [
        ("EE", "Estonia: the figure of 2022 follows a definition other than the agreed one."),
        ("MT", "Malta: no figure in this unit: suppressed (2019, 2020"),
    ],
)
def test_what_differs_or_is_withheld_is_set_aside(
    client: FlaskClient, area: str, sentence: str
) -> None:
    drawn = page(client, indicator=COUNTED, areas=f"DE,{area}", unit="value", lang="en")

    assert sentence in words(with_class(drawn, "compare-note"))
    assert f"area={area}" not in table(drawn)


@pytest.mark.parametrize("unit", ["value", "rate", "index", "change"])
@pytest.mark.parametrize("code", [COUNTED, UNRATED, SHARED, LADDER])
def test_every_unit_is_drawn_with_its_absences(client: FlaskClient, code: str, unit: str) -> None:
    drawn = page(client, indicator=code, areas="DE,FR,BG,MT,SE", unit=unit, marked="DE,FR,SE")

    assert of_type(drawn, "Graph")
    assert "nan" not in table(drawn)


@pytest.mark.parametrize("unit", ["change", "index"])
def test_a_median_that_leaves_no_time_band_has_no_change(client: FlaskClient, unit: str) -> None:
    """50 and 60 hours are both between 48 and 72; 200 are more than any band that is closed."""
    (series,) = compare(indicator="TAKEDOWN_TIME", areas="DE", unit=unit).drawn
    why = {row["period"]: row["why"] for row in series.figures}
    assert (why["2024"], why["2025"]) == ("uncomputed.same_band", "")
    chart = chart_of_comparison(compare(indicator="TAKEDOWN_TIME", areas="DE", unit=unit))
    assert texts("en")("uncomputed.same_band") in {mark.words for mark in chart.marks}

    address = f"/download/comparison.csv?collection=sample&indicator=TAKEDOWN_TIME&unit={unit}"
    rows = csv.DictReader(client.get(address).text.removeprefix("\ufeff").splitlines())
    (row,) = [row for row in rows if (row["area"], row["period"]) == ("DE", "2024")]
    assert (row["value"], row["absent"]) == ("", texts("en")("uncomputed.same_band"))


def test_a_status_in_a_comparison_has_its_reason_and_its_age(client: FlaskClient) -> None:
    """On the page and in the file, as everywhere."""
    areas = ",".join(member_states())
    address = f"/download/comparison.csv?collection=sample&indicator={COUNTED}&areas={areas}"
    rows = csv.DictReader(client.get(address).text.removeprefix("\ufeff").splitlines())
    found = [row for row in rows if row["status"]]
    old = [row for row in found if row["status_note"]]
    drawn = table(page(client, indicator=COUNTED, areas=areas))

    assert all(row["status_reason"] for row in found)
    assert old
    assert all(row["status_note"] in drawn for row in old)


def test_a_second_indicator_that_is_the_first_is_none() -> None:
    assert compare(indicator=COUNTED, second=COUNTED).second is None


def test_a_line_that_ends_early_says_why(client: FlaskClient) -> None:
    drawn = page(client, indicator=COUNTED, areas="DE,BG", unit="value", lang="en")

    note = "Bulgaria: not available for 2025; the line ends in 2024."
    assert note in words(with_class(drawn, "compare-note"))


def test_a_figure_older_than_the_newest_has_its_year() -> None:
    comparison = compare(indicator=COUNTED, areas="DE,BG", unit="value", lang="en")
    chart = chart_of_comparison(comparison)
    assert isinstance(chart, TimeChart)
    german, bulgarian = chart.lines

    assert (german.label, bulgarian.label) == ("DE 1,600", "BG 225 (2024)")
    assert finding_of_comparison(comparison).endswith("in 2025; Bulgaria 225 (2024)")


def test_a_rate_without_a_meaning_is_refused_with_the_reason_and_what_has_one(
    client: FlaskClient,
) -> None:
    drawn = page(client, indicator=UNRATED, areas="DE,FR", unit="rate", lang="en")

    (alert,) = alerts_of(drawn)
    assert (
        "A rate per 100,000 children has no meaning for “Trainings held”, because it counts what"
        in words(alert)
    )
    assert any(COUNTED in link.href for link in of_type(alert, "Link"))


def test_the_reason_for_no_rate_is_one_click_away(client: FlaskClient) -> None:
    without, rated = (page(client, indicator=code, areas="DE,FR", unit="value", lang="en")
                      for code in (UNRATED, COUNTED))  # fmt: skip

    (asks,) = [link.href for link in of_type(without, "Link") if words(link) == WHY_NO_RATE]
    assert "unit=rate" in asks
    assert WHY_NO_RATE not in words(rated)


def test_the_refusal_of_two_indicators_names_the_one_without_a_rate(client: FlaskClient) -> None:
    drawn = page(client, indicator=COUNTED, second=UNRATED, area="DE", unit="rate", lang="en")

    (alert,) = alerts_of(drawn)
    assert "“Trainings held”" in words(alert)
    assert "“Victims identified" not in words(alert).partition("Indicators with a rate")[0]


def test_a_count_of_states_is_not_drawn_beside_steps() -> None:
    comparison = compare(indicator=LADDER, areas="EU27_2020,DE,FR", marked="DE,FR")

    assert drawn_areas(comparison) == ["DE", "FR"]
    assert aside(comparison) == [EU]


def test_two_indicators_are_compared_by_index_where_their_units_differ(
    client: FlaskClient,
) -> None:
    comparison = compare(indicator=COUNTED, second=UNRATED, area="DE")
    drawn = page(client, indicator=COUNTED, second=UNRATED, area="DE", unit="value", lang="en")

    assert comparison.unit == "index"
    assert [series.letter for series in comparison.drawn] == ["A", "B"]
    assert not of_type(drawn, "Graph")
    (note,) = [
        part for part in with_class(drawn, "compare-note") if "no common axis" in words(part)
    ]
    assert [link.href.partition("unit=")[2].partition("&")[0] for link in of_type(note, "Link")] == [
        "index", "change",
    ]  # fmt: skip


def test_a_share_changes_in_points_and_has_no_index() -> None:
    comparison = compare(indicator=SHARED, unit="index")

    assert comparison.refused == "index"
    assert {series.change_unit for series in comparison.drawn} == {"POINTS"}


def test_by_default_the_union_and_the_largest_states_are_compared() -> None:
    comparison = compare(indicator=COUNTED)

    assert comparison.areas == (EU, "DE", "FR", "IT")
    assert comparison.unit == "rate"
    assert compare(indicator=COUNTED, area="FI").areas[:2] == (EU, "FI")


def test_more_series_than_can_be_told_apart_are_dots(client: FlaskClient) -> None:
    many = "AT,BE,DE,DK,EL,ES,FI,FR,HR,HU,IE,IT"
    marked = {"marked": many, "areas": many, "unit": "value"}
    drawn = page(client, indicator=COUNTED, lang="en", **marked)

    (chart,) = of_type(drawn, "Graph")
    assert len(chart.figure["data"][-1]["x"]) == 12
    assert not with_class(drawn, "line-mark")
    assert "A chart has at most 8 lines" in words(drawn)


def test_each_line_has_its_own_shape_colour_and_label() -> None:
    comparison = compare(indicator=COUNTED, areas="DE,FR,PL,IT", unit="value")

    caption = Caption("", ChartSource(""))
    figure = figure_of(compared_chart(comparison.drawn, caption, 0, texts("en")))

    assert len({trace.line.color for trace in figure.data}) == 4
    shapes = {trace.marker.symbol[0].removesuffix("-open") for trace in figure.data}
    assert len(shapes) == 4
    assert [note.text for note in figure.layout.annotations] == [
        f"<b>{words}</b>" for words in ("DE 1,600", "FR 1,280", "IT 1,120", "PL 960")
    ]
    (germany,) = [trace for trace in figure.data if trace.name == "Germany"]
    assert germany.marker.symbol[-1].endswith("-open")  # provisional


def test_a_series_without_base_year_has_no_index(client: FlaskClient) -> None:
    series = compare(indicator=COUNTED, areas="DE", unit="value").drawn[0]

    assert isinstance(series, ComparedSeries)
    assert series.change_since_base("1999") != series.change_since_base("1999")  # not a number


@pytest.mark.parametrize("language", languages())
def test_the_heading_is_a_finding_and_every_state_is_linked(
    client: FlaskClient, language: str
) -> None:
    drawn = page(client, indicator=COUNTED, areas="EU27_2020,DE,FR", unit="value", lang=language)

    heading = words(of_type(drawn, "H1")).replace("\xa0", " ")
    assert heading.startswith(catalogue().indicators[COUNTED].name(language))
    assert "1600" in "".join(filter(str.isalnum, heading))
    assert "2025" in heading
    assert all(f"area={area}" in table(drawn) for area in ("DE", "FR"))
    assert picker(drawn, "indicator").value == COUNTED
    assert len(heading) <= 120


def test_unknown_choices_are_named(client: FlaskClient) -> None:
    drawn = page(client, indicator=COUNTED, areas="DE,GE", unit="valu", lang="en")

    alerts = [words(part) for part in alerts_of(drawn)]
    assert any("There is no area “GE”" in alert for alert in alerts)
    assert any("Did you mean “value”?" in alert for alert in alerts)


def test_the_file_has_exactly_what_is_shown(client: FlaskClient) -> None:
    query = f"collection=sample&indicator={COUNTED}&areas=DE,CZ&unit=index&marked=CZ&lang=en"
    text = client.get(f"/download/comparison.csv?{query}").text
    rows = list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))

    comparison = compare(indicator=COUNTED, areas="DE,CZ", unit="index", marked="CZ")
    written = {(row["area"], row["period"]): row["value"] for row in rows if row["value"]}
    assert {key: float(value) for key, value in written.items()} == {
        (series.area, row["period"]): pytest.approx(row["value"])
        for series in comparison.drawn
        for row in series.known
    }
    reasons = {row["absent"] for row in rows if row["area"] == "CZ" and not row["value"]}
    assert reasons == {"break in the series"}
    assert {row["base_period"] for row in rows} == {"2019"}
    assert {(row["component"], row["unit"]) for row in rows} == {("value", "INDEX")}


def test_a_file_has_the_reasons_of_areas_without_a_figure(client: FlaskClient) -> None:
    """The page names them; the file of areas whose changes are all unclear was empty."""
    areas = ",".join(member_states())
    for unit in ("change", "value"):
        query = f"collection=sample&indicator={COUNTED}&areas={areas}&unit={unit}&lang=en"
        text = client.get(f"/download/comparison.csv?{query}").text
        rows = list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))
        comparison = compare(indicator=COUNTED, areas=areas, unit=unit)
        empty = {series.area for series in comparison.set_aside if not series.known}

        assert empty or unit == "value"
        assert {row["area"] for row in rows} == {own.area for own in comparison.drawn} | empty
        assert all(bool(row["value"]) is not bool(row["absent"]) for row in rows)


def test_a_file_of_what_does_not_exist_is_refused(client: FlaskClient) -> None:
    for query in ("indicator=NONSENSE", f"indicator={COUNTED}&unit=valu", "second=NONSENSE",
                  f"indicator={COUNTED}&areas=DE,GE"):  # fmt: skip
        assert client.get(f"/download/comparison.csv?collection=sample&{query}").status_code == 404


def test_a_picture_of_two_indicators_names_them_in_a_key() -> None:
    view = View(collection="sample", indicator=COUNTED, second=UNRATED, area="DE")
    (picture,) = pictures_of_chart("comparison", read_context(view))

    assert picture.has_key
    assert [entry.words[:2] for entry in picture.lines] == ["A ", "B "]


def test_a_picture_names_what_is_set_aside_and_where_a_line_ends() -> None:
    view = View(collection="sample", indicator=COUNTED, areas="DE,FR,CZ,BG", unit="value")
    (picture,) = pictures_of_chart("comparison", read_context(view))

    notes = " ".join(map(str, picture.further_notes))
    assert "Czechia: the series has a break in 2023" in notes
    assert "Bulgaria: not available for 2025" in notes


def test_one_choice_adds_any_area_that_has_a_figure() -> None:
    from dashboard.pages import compare as page  # noqa: PLC0415 - registers a page

    drawn = page.layout(collection="sample", indicator=COUNTED, areas="DE,FR", lang="en")
    (offered,) = with_class(drawn, "area-codes")
    release = read_context(View(collection="sample")).release
    assert release is not None

    links = {words(link).split()[0]: link.href for link in of_type(offered, "A")}

    assert len(links) == len(release.areas_of[COUNTED]) - 2
    assert "areas=DE%2CFR%2CPL" in links["PL"]


def test_a_goal_in_the_address_is_compared_by_its_own_series() -> None:
    named, default = (series_of_comparison(goal=goal) for goal in ("GA-1", ""))
    assert named == "VICTIMS_ASSISTED"
    assert default == "ICSE_VICTIMS"


def series_of_comparison(goal: str) -> str:
    asked = default_series(read_context(View(collection="sample", goal=goal, area="FI")))
    return asked.indicator


@pytest.mark.parametrize(
    ("statuses", "why"),
    [
        ({"2021": "S"}, "uncomputed.special_event_between"),  # neither end is special
        ({"2021": "S", "2022": "B"}, "uncomputed.break"),
        ({"2020": "S"}, "uncomputed.special_event"),
        ({"2023": "S"}, "uncomputed.special_event"),
        # German reports of 2023: as of 2022, the change since the break was printed.
        ({"2020": "A", "2021": "B", "2023": "S"}, "uncomputed.special_event"),
        ({}, "uncomputed.not_released"),
    ],
)
def test_the_true_reason_why_two_years_are_not_compared(statuses: dict[str, str], why: str) -> None:
    rows = {
        period: {"period": period, "value": 5.0, "observation_status": statuses.get(period, "A"),
                 "remark": ""}
        for period in ("2020", "2021", "2022", "2023")
    }  # fmt: skip

    assert why_not_compared(rows["2023"], rows["2020"], rows) == why


def test_union_reports_are_compared_across_the_year_without_a_derogation(
    published_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMPACT_HOME", str(published_release.parents[3]))
    release = read_context(View(collection="published-figures")).release
    series = read_series(release, "CYBERTIPLINE_REPORTS", EU)
    change = change_since_first_year(series.as_of("2023"), release)

    assert change is not None
    assert (change["base_period"], change["period"]) == ("2019", "2023")
    assert change["change"] == pytest.approx(100 * (1_343_857 / 725_232 - 1), abs=0.001)
