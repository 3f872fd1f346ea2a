"""Files to take away: the same view, whole, labelled, in the reader's language."""

import csv
import re

import pytest
from flask.testing import FlaskClient

from dashboard.data import Release
from dashboard.released.series import series_of_goal
from dashboard.server.routes import LEADING_COLUMNS, TRAILING_COLUMNS
from dashboard.texts import texts
from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import catalogue
from metrics.core.schemas import ORIGIN
from metrics.core.series import codes_of_rows
from metrics.core.tables import ATTRIBUTES, EU
from metrics.messages import languages
from tests.dashboard.release import LABEL

pytestmark = pytest.mark.usefixtures("home")

GOALS = ("GA-1.1", "GA-2.1", "GA-4.2", "CC2019-5")


def rows(client: FlaskClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    return list(csv.DictReader(answer.text.removeprefix("\ufeff").splitlines()))


@pytest.mark.parametrize("what", ["trend", "states"])
@pytest.mark.parametrize("goal", GOALS)
def test_every_file_has_the_documented_columns(client: FlaskClient, goal: str, what: str) -> None:
    (first, *_) = rows(client, f"/download/{what}.csv?goal={goal}&area=FI")
    wanted = [
        name
        for name in (*LEADING_COLUMNS, *TRAILING_COLUMNS, "caveat", "source_line")
        if name in first
    ]
    columns = [name for name in first if name != "unit_name"]
    assert columns[: len(LEADING_COLUMNS)] == list(LEADING_COLUMNS)
    assert {"unit", "value", "source_line", "release", "collection"} <= set(wanted)
    assert {*ATTRIBUTES} <= {*first}


@pytest.mark.parametrize("area", ["FI", "MT", "EE"])
def test_a_value_is_the_released_one_unrounded(
    client: FlaskClient, release: Release, area: str
) -> None:
    series = series_of_goal(catalogue().goals["GA-1.1"], area, release)[0]
    found = rows(client, f"/download/trend.csv?goal=GA-1.1&area={area}")
    assert [row["value"] for row in found] == [
        "" if each["value"] != each["value"] else str(each["value"]) for each in series.rows
    ]


def test_a_number_of_states_is_a_whole_number(client: FlaskClient) -> None:
    found = rows(client, f"/download/trend.csv?goal=GA-1.1&area={EU}")
    assert {row["areas_expected"] for row in found} == {"27"}
    assert all(row["areas_reporting"].isdigit() for row in found)


@pytest.mark.parametrize("language", languages())
def test_the_source_is_said_in_the_language(client: FlaskClient, language: str) -> None:
    (first, *_) = rows(client, f"/download/trend.csv?goal=GA-1.1&area=FI&lang={language}")
    text = texts(language)
    assert first["source_line"].startswith(text("note.source", source=text("note.invented")))
    caveat = catalogue().indicators["ICSE_VICTIMS"].caveat
    assert caveat is not None
    assert first["caveat"] == caveat(language)


@pytest.mark.parametrize("order", ["", "value"])
def test_the_file_follows_the_order_of_the_page(client: FlaskClient, order: str) -> None:
    found = rows(client, f"/download/states.csv?goal=GA-1.1&period=2025&order={order}")
    areas = [row["area"] for row in found]
    values = [float(row["value"]) for row in found if row["value"]]
    assert sorted(areas) == sorted(member_states())
    assert (areas == list(member_states())) is (order == "")
    assert (values == sorted(values, reverse=True)) is (order == "value")


@pytest.mark.parametrize("period", ["2022", "2024", "2025"])
def test_the_file_follows_the_period_of_the_page(client: FlaskClient, period: str) -> None:
    found = rows(client, f"/download/states.csv?goal=GA-1.1&period={period}")
    assert {row["period"] for row in found} == {period}


@pytest.mark.parametrize(
    "address",
    ["/download/trend.csv?goal=NONE&indicator=NONE", "/download/other.csv?goal=GA-1.1",
     "/download/states.csv?indicator=..%2F..",
     "/download/annotated.xlsx?checked=zzz", "/download/template.xlsx?area=ZZ"],
)  # fmt: skip
def test_an_address_of_no_file_is_not_found_and_says_no_more(
    client: FlaskClient, address: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "Traceback" not in answer.text
    assert not re.search(r'File "|line \d+', answer.text)


@pytest.mark.parametrize("what", ["trend", "states"])
def test_a_file_bears_collection_release_and_indicator_in_its_name(
    client: FlaskClient, what: str
) -> None:
    answer = client.get(f"/download/{what}.csv?goal=GA-1.1&area=FI")
    name = f"sample-{LABEL}-ICSE_VICTIMS-{what}.csv"
    assert name in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("what", ["trend", "states"])
def test_a_file_is_opened_rightly_by_a_spreadsheet(client: FlaskClient, what: str) -> None:
    body = client.get(f"/download/{what}.csv?goal=GA-1.1&area=FI&lang=el").data
    assert body.startswith(b"\xef\xbb\xbf")
    assert body.count(b"\r\n") == body.count(b"\n")


@pytest.mark.parametrize("indicator", [code for code, each in catalogue().indicators.items()
                                       if each.role == "context"][:4])  # fmt: skip
def test_context_can_be_taken_away_without_a_goal(client: FlaskClient, indicator: str) -> None:
    found = rows(client, f"/download/trend.csv?indicator={indicator}&area=FI")
    assert {row["indicator"] for row in found} == {indicator}
    assert {row.get("status", "") for row in found} <= {"", "not_assessed"}


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("trend.csv?collection=nope&goal=GA-1.1&area=FI", "nope"),
        ("actions.csv?collection=nope", "nope"),
        ("trend.csv?collection=sample&release=1999-01-01&goal=GA-1.1&area=FI", "1999-01-01"),
        ("states.csv?collection=sample&goal=GA-1.1&period=1850", "1850"),
        ("trend.csv?collection=sample&goal=GA-1.1&area=FI&period=abc", "abc"),
        ("trend.csv?collection=sample&goal=GA-1.1&area=XX", "XX"),
        ("trend.csv?collection=sample&goal=GA-1.1&indicator=NOPE", "NOPE"),
        ("trend.csv?collection=sample&goal=GA-1.1&area=FI&breakdown=colour", "colour"),
        ("trend.csv?collection=sample&goal=GA-1.1&aera=FI", "area"),
        ("template.xlsx?collection=sample&aera=FI", "aera"),
        ("findings.csv?cheked=1", "checked"),
    ],
)
def test_a_file_is_never_of_something_else_than_asked_for(
    client: FlaskClient, address: str, named: str
) -> None:
    answer = client.get(f"/download/{address}")

    assert answer.status_code == 404
    assert f"“{named}”" in answer.text


@pytest.mark.parametrize("address", [
    "trend.csv?goal=GA-1.1&area=FI", "states.csv?goal=GA-1.1&period=2024",
    "trend.csv?goal=GA-1.1&area=FI&breakdown=sex",
])  # fmt: skip
def test_a_reported_figure_leads_back_to_the_cell_that_it_was_read_from(
    client: FlaskClient, release: Release, address: str
) -> None:
    values = release.stored.table("indicator_values")
    known = values.assign(series=codes_of_rows(values))[[*ORIGIN, "area", "series", "period"]]
    reported = [row for row in rows(client, f"/download/{address}") if row["value"]]

    assert reported
    assert all(row["cell"] for row in reported)
    key = [*ORIGIN, "area", "series", "period"]
    assert {tuple(row[name] for name in key) for row in reported} <= {
        *known.itertuples(index=False, name=None)
    }


def test_a_computed_figure_has_no_cell_of_its_own(client: FlaskClient) -> None:
    found = rows(client, f"/download/trend.csv?goal=GA-1.1&area={EU}")
    assert {row[name] for row in found for name in ORIGIN} == {""}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("area=FI&round=2025", 200),
        ("area=FI", 200),
        ("area=FI&round=&collection=", 200),
        ("area=SE&area=FI&collection=sample&collection=empact-cse&round=2025", 200),
        ("round=2025&collection=empact-cse", 404),
        ("area=&round=2025", 404),
        ("", 404),
    ],
)
def test_a_workbook_is_of_the_default_collection_and_the_open_round(
    client: FlaskClient, query: str, status: int
) -> None:
    answer = client.get(f"/download/template.xlsx?{query}")

    assert answer.status_code == status
    if status == 200:
        assert (
            answer.headers["Content-Disposition"]
            .partition("filename=")[2]
            .startswith("empact-cse-20")
        )
        assert answer.headers["Content-Disposition"].endswith("-FI.xlsx")
    else:
        assert "No Member State was named" in answer.text


@pytest.mark.parametrize("name", ["annotated.xlsx", "findings.csv"])
@pytest.mark.parametrize("query", ["", "checked=&area=FI"])
def test_the_findings_of_no_file_are_not_found(client: FlaskClient, name: str, query: str) -> None:
    answer = client.get(f"/download/{name}?{query}")

    assert answer.status_code == 404
    assert "No submitted file is named" in answer.text


@pytest.mark.parametrize("name", ["trend", "states", "actions", "withdrawals"])
def test_a_collection_without_a_release_says_so(client: FlaskClient, name: str) -> None:
    address = f"/download/{name}.csv?collection=interim-regulation&indicator=ICSE_VICTIMS"
    answer = client.get(address)

    assert answer.status_code == 404
    assert "has no release yet" in answer.text


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/download/other.csv?goal=GA-1.1&lang=fi", "Ei löydy"),
        ("/download/trend.csv?lang=el", "Το αίτημα είναι ελλιπές ή εσφαλμένο"),
        ("/download/template.xlsx?lang=en&lang=fi", "Ei löydy"),
        ("/upload?lang=fi", "Tämä osoite ei ota vastaan tällaista pyyntöä"),
    ],
)
def test_the_answer_to_an_error_is_headed_in_the_language(
    client: FlaskClient, address: str, heading: str
) -> None:
    answer = client.get(address) if "download" in address else client.delete(address)

    assert f"<h1>{heading}</h1>" in answer.text
    assert '<link rel="stylesheet" href="/assets/style.css">' in answer.text
    language = "el" if "lang=el" in address else "fi"
    assert f'<html lang="{language}">' in answer.text


def test_the_answer_to_an_error_repeats_no_markup(client: FlaskClient) -> None:
    answer = client.get("/download/template.xlsx?area=<script>x</script>")

    assert answer.status_code == 404
    assert "<script>" not in answer.text


def test_a_file_has_the_relative_gap_and_the_growth_that_the_page_shows(
    client: FlaskClient,
) -> None:
    found = rows(client, f"/download/trend.csv?goal=GA-1.1&area={EU}&lang=en")
    page = client.get(f"/goal?goal=GA-1.1&area={EU}&view=table&lang=en").get_data(as_text=True)
    latest = found[-1]
    relative, growth = float(latest["relative_gap"]), float(latest["growth"])

    assert relative == pytest.approx(100 * float(latest["gap"]) / float(latest["path"]))
    assert f"({texts('en').signed(relative, 0)}\N{NO-BREAK SPACE}%)" in page
    assert f"{texts('en').signed(growth)}\N{NO-BREAK SPACE}%" in page
    assert [row["period"] for row in found if row["growth"]] == [row["period"] for row in found[1:]]


def test_the_file_of_the_scoreboard_has_what_the_page_has(client: FlaskClient) -> None:
    found = rows(client, "/download/scoreboard.csv?framework=GA2012&status=behind&lang=en")
    page = client.get("/?framework=GA2012&status=behind&lang=en").get_data(as_text=True)
    marks = [row[state] for row in found for state in member_states() if row[state]]

    assert found
    assert all(row["framework"] == "GA2012" for row in found)
    assert "behind" in {row["status"] for row in found}
    assert set(marks) == {"behind"}
    assert page.count('class="mark mark-behind"') == len(marks)
    assert all(row["release"] == LABEL and "(invented)" in row["source_line"] for row in found)
    assert "/download/scoreboard.csv?" in page
    assert client.get("/download/scoreboard.csv?status=nonsense").status_code == 404


def test_the_file_of_the_scoreboard_says_in_how_many_decimals_a_gap_is_printed(
    client: FlaskClient,
) -> None:
    found = rows(client, f"/download/scoreboard.csv?area={EU}&lang=en")
    gaps = [row for row in found if row["gap"]]
    (growth,) = [row for row in gaps if row["goal"] == "GA-1.1"]
    page = client.get(f"/?area={EU}&lang=en").get_data(as_text=True)

    assert gaps
    assert all(bool(row["decimals"]) is bool(row["gap"] or row["change"]) for row in found)
    assert all(row["decimals"].isdecimal() for row in gaps)
    assert texts("en").signed(float(growth["gap"]), int(growth["decimals"])) in page
