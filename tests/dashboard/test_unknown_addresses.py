"""What an address asks for and does not exist is said on every page, and what exists is offered."""

import importlib
import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.addresses.selection import choose
from dashboard.addresses.used_periods import FILES_OF_NEWEST, PAGES_OF_NEWEST
from dashboard.context import read_context
from dashboard.report.kinds import REPORTS, report_address
from dashboard.texts import texts
from dashboard.view import View
from metrics.catalogue.codelists import member_states
from metrics.core.tables import CASES, EU, MEDIAN
from metrics.messages import languages
from tests.dashboard.contexts import page_context
from tests.dashboard.reading import elements, of_type, with_class, words

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture(autouse=True)
def _registered(client: FlaskClient) -> None:
    """Pages can be registered only by an application."""


def page(name: str, search: str) -> Any:
    view = View.parse(search)
    query = {name: value for name, value in vars(view).items() if value}
    return importlib.import_module(f"dashboard.pages.{name}").layout(**query)


def alerts(drawn: Any) -> list[str]:
    return [words(each) for each in elements(drawn) if is_visible_alert(each)]


def is_visible_alert(element: Any) -> bool:
    """Whether a notice is shown; that on a missing anchor is hidden until a script shows it."""
    return getattr(element, "role", "") == "alert" and not getattr(element, "hidden", False)


SERIES = (
    "indicator=NONSENSE",
    "goal=XX-9",
    "goal=ga-1.1",
    "goal=GA-1.1&indicator=NONSENSE",
    "goal=GA-1.1&indicator=NONSENSE[sex=F]",
    "goal=GA-1.1&indicator=ICSE_VICTIMS[sex=Z]",
    "goal=GA-1.1&indicator=ICSE_VICTIMS[sex",
    "goal=GA-1.1&indicator=ICSE_VICTIMS[colour=red]",
    "goal=GA-1.1&indicator=ICSE_VICTIMS[sex=F;sex=M]",
    "goal=GA-1.1&indicator=ICSE_VICTIMS[component=nonsense]",
    "goal=GA-1.1&indicator=ICSE_VICTIMS[component=median]",
    "goal=GA-1.1&indicator=TAKEDOWN_TIME",
    "goal=GA-1.1&breakdown=colour",
    "goal=GA-1.1&breakdown=sex%2Bage%2Brole",
    "goal=GA-1.1&area=XX",
    "goal=GA-1.1&area=fi",
    "goal=GA-1.1&area=EU28",
    "goal=GA-4.2&indicator=TAKEDOWN_TIME&breakdown=instrument",
    "goal=GA-2.1&indicator=LEGAL_INSTRUMENT[instrument=NOPE]&area=FI",
    "indicator=OFFENCES_RECORDED[offence=NOPE]&area=DE",
    "indicator=%5B%5D",
)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("search", SERIES)
def test_another_series_is_never_shown(search: str, language: str) -> None:
    drawn = page("goal", f"collection=sample&lang={language}&{search}")

    assert len(alerts(drawn)) == 1
    assert not with_class(drawn, "says")
    assert not of_type(drawn, "Graph")


@pytest.mark.parametrize("search", SERIES)
def test_what_is_offered_exists(search: str) -> None:
    drawn = page("goal", f"collection=sample&{search}")
    (offers,) = with_class(drawn, "offers")
    links = [link.href for link in of_type(offers, "Link")]

    assert links
    for href in links[:3]:
        path, _, query = href.partition("?")
        assert not alerts(page(path.strip("/"), query))


CHOICES = (
    ("overview", "collection=nope", "nope"),
    ("overview", "collection=sample&release=1999-01-01-aaaaaa", "1999-01-01-aaaaaa"),
    ("overview", "collection=sample&framework=NOPE", "NOPE"),
    ("overview", "collection=sample&status=nonsense", "nonsense"),
    ("overview", "collection=sample&area=XX", "XX"),
    ("overview", "collection=sample&area=W0", "World"),
    ("overview", "collection=sample&lang=xx", "xx"),
    ("state", "collection=nope", "nope"),
    ("state", "collection=sample&area=XX", "XX"),
    ("state", "collection=sample&area=US", "United States"),
    ("state", "collection=sample&release=nope", "nope"),
    ("report", "collection=nope", "nope"),
    ("report", "collection=sample&release=nope", "nope"),
    ("catalogue", "collection=nope", "nope"),
    ("submit", "collection=sample&round=1850", "1850"),
    ("submit", "collection=nope", "nope"),
    ("goal", "collection=sample&goal=GA-1.1&area=FI&view=nonsense", "nonsense"),
    ("goal", "collection=sample&goal=GA-1.1&area=FI&order=nonsense", "nonsense"),
    ("goal", "collection=sample&goal=GA-1.1&area=FI&outlook=nonsense", "nonsense"),
    ("goal", "collection=sample&goal=GA-1.1&area=FI&period=1850", "1850"),
    ("goal", "collection=sample&goal=GA-1.1&area=FI&period=abc", "abc"),
    ("goal", "collection=nope&goal=GA-1.1&area=FI", "nope"),
)


@pytest.mark.parametrize(("name", "search", "named"), CHOICES)
def test_a_choice_that_does_not_exist_is_named(name: str, search: str, named: str) -> None:
    (said,) = alerts(page(name, search))

    assert f"“{named}”" in said


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("area", "nearest"), [("XX", ""), ("US", ""), ("Finlnd", "Finland")])
def test_no_other_state_is_shown_for_one_that_does_not_exist(
    client: FlaskClient, area: str, nearest: str, language: str
) -> None:
    text = texts(language)
    query = f"collection=sample&lang={language}"
    drawn = page("state", f"{query}&area={area}")
    (heading,) = of_type(drawn, "H1")

    assert words(heading) == text("missing.state", name=text.code("area", area))
    (offers,) = with_class(drawn, "offers")
    assert {View.parse(link.href.partition("?")[2]).area for link in of_type(offers, "Link")} >= {
        *member_states()
    }
    assert not with_class(drawn, "profile-head")
    if nearest and language == "en":
        assert f"“{nearest}”" in alerts(drawn)[0]
    answer = client.get(f"/s/{area}?{query}", follow_redirects=True)
    assert (answer.status_code, answer.request.path) == (404, "/state")
    assert text("missing.title") in answer.text


def test_a_series_that_others_stand_beside_is_missing_on_page_and_in_file(
    client: FlaskClient,
) -> None:
    query = "collection=sample&goal=GA-1.1&indicator=ICSE_VICTIMS[component=median]"
    assert client.get(f"/goal?{query}").status_code == 404
    assert client.get(f"/download/trend.csv?{query}").status_code == 404


@pytest.mark.parametrize("choice", ["framework=NOPE", "status=nonsense", "area=XX", "area=W0"])
def test_the_overview_shows_its_default_instead(choice: str) -> None:
    usual, shown = (page("overview", f"collection=sample{more}") for more in ("", f"&{choice}"))

    assert [words(card) for card in with_class(usual, "goal-card")] == [
        words(card) for card in with_class(shown, "goal-card")
    ]


@pytest.mark.parametrize("language", languages())
def test_the_page_of_a_state_names_the_state_that_stands_for_the_union(language: str) -> None:
    drawn = page("state", f"collection=sample&lang={language}&area={EU}")
    text = texts(language)
    (alert,) = filter(is_visible_alert, of_type(drawn, "P"))
    (heading,) = of_type(drawn, "H1")

    names = [text.code("area", area) for area in member_states()]
    (shown,) = (name for name in names if name in words(heading))
    assert text.code("area", EU) in words(alert)
    assert shown in words(alert)
    assert f"area={EU}" in of_type(alert, "Link")[0].href


@pytest.mark.parametrize(("name", "default"), [("view", "Chart"), ("outlook", "Hide")])
def test_a_switch_shows_its_default_instead(name: str, default: str) -> None:
    drawn = page("goal", f"collection=sample&goal=GA-1.1&area=FI&{name}=nonsense")

    assert default in map(words, with_class(drawn, "current"))


@pytest.mark.parametrize("choice", ["view", "order", "outlook", "lang"])
def test_no_list_or_link_of_the_page_keeps_a_manner_that_does_not_exist(choice: str) -> None:
    drawn = page("goal", f"collection=sample&goal=GA-1.1&area=FI&{choice}=nonsense")
    (main,) = of_type(drawn, "Main")

    assert "nonsense" not in [option.value for option in of_type(main, "Option")]
    assert not [link.href for link in of_type(main, "A") if "nonsense" in link.href]


@pytest.mark.parametrize("choice", ["collection", "release", "lang", "order", "period"])
def test_a_file_of_what_does_not_exist_is_refused(choice: str, client: FlaskClient) -> None:
    asked = {"collection": "sample", "goal": "GA-1.1", "area": "FI", choice: "nonsense"}
    answer = client.get("/download/states.csv", query_string=asked)

    assert answer.status_code == 404
    assert "“nonsense” is not among the choices" in answer.text


@pytest.mark.parametrize("choice", ["area", "round"])
def test_nothing_is_withdrawn_from_a_place_that_does_not_exist(choice: str) -> None:
    drawn = page("withdraw", f"collection=sample&area=FI&round=2025&{choice}=nonsense")

    assert "nothing can be withdrawn" in words(drawn)
    assert not of_type(drawn, "Button")


@pytest.mark.parametrize("path", ["/compare", "/find", "/goal"])
def test_a_page_of_an_unknown_indicator_is_answered_with_404_and_the_nearest(
    path: str, client: FlaskClient
) -> None:
    answer = client.get(f"{path}?collection=sample&indicator=ICSE_VICTIM&lang=en")

    assert answer.status_code == 404
    assert "There is no indicator “ICSE_VICTIM”. Did you mean “ICSE_VICTIMS”?" in answer.text
    assert "indicator=ICSE_VICTIMS" in answer.text
    assert client.get(f"{path}?collection=sample&indicator=ICSE_VICTIMS").status_code == 200


@pytest.mark.parametrize(
    ("search", "nearest"), [("goal=GA-1.11", "GA-1.1"), ("goal=GA-1.1&area=FIN", "FI")]
)
def test_an_unknown_goal_or_area_is_named_with_the_nearest(search: str, nearest: str) -> None:
    (sentence,) = alerts(page("goal", search))
    assert f"“{nearest}”" in sentence or f" {nearest}" in sentence


@pytest.mark.parametrize(
    "search",
    [
        "goal=GA-1.1&indicator=ICSE_VICTIMS[sex=NOPE]",
        "indicator=OFFENCES_RECORDED[offence=ICCS99]&area=DE",
    ],
)
def test_a_series_of_a_code_that_does_not_exist_is_answered_with_404(
    search: str, client: FlaskClient
) -> None:
    """A code that exists and has no figure in this release is no error."""
    known = search.replace("NOPE", "O").replace("ICCS99", "ICCS0302")

    assert client.get(f"/goal?collection=sample&{search}").status_code == 404
    assert client.get(f"/goal?collection=sample&{known}").status_code == 200


def test_a_duration_of_which_no_area_gives_the_median_shows_its_cases() -> None:
    """The definition asks for cases by time band, and for the median where it is known."""
    release = read_context(View(collection="sample")).release
    assert release is not None
    table = release.tables["indicator_values"]
    component = table["component"].astype("str").replace(MEDIAN, CASES)
    counted = table.assign(component=component)
    tables = {**release.tables, "indicator_values": counted}
    context = page_context(
        replace(release, tables=tables), collection="sample", goal="GA-4.2", area="FI"
    )
    chosen = choose(context.with_changes(indicator="TAKEDOWN_TIME"))

    assert chosen.unavailable is None
    assert chosen.series is not None
    assert chosen.series.component == CASES
    assert chosen.series.last_known is not None


@pytest.mark.parametrize("path", sorted(PAGES_OF_NEWEST))
def test_a_page_of_the_newest_figures_says_that_it_does_not_use_a_period(
    path: str, client: FlaskClient
) -> None:
    """Its links to files and slides do not name the period either."""
    said = "This page shows the newest figures; the period “2022” is not used."
    asked = f"{path}?collection=sample&lang=en"
    answer = client.get(f"{asked}&period=2022").text

    assert said in answer
    assert said not in client.get(asked).text
    files = re.findall(r'"(/(?:download|picture)/[^"]+)"', answer)
    assert [address for address in files if "period=" in address] == []


@pytest.mark.parametrize("file", [*sorted(FILES_OF_NEWEST), "report"])
def test_a_file_of_the_newest_figures_is_not_sent_for_a_period(
    file: str, client: FlaskClient
) -> None:
    path = (
        report_address(next(iter(REPORTS)), "docx") if file == "report" else f"/download/{file}.csv"
    )
    answer = client.get(f"{path}?collection=sample&lang=en&period=2022")

    assert answer.status_code == 404
    assert "the period “2022” is not used" in unescape(answer.text)


def test_the_link_to_compare_keeps_the_period_so_that_the_page_can_say_it() -> None:
    links = [getattr(link, "href", "") for link in of_type(
        page("goal", "collection=sample&goal=GA-1.1&area=EU27_2020&period=2022"), "Link"
    )]  # fmt: skip
    assert any(link.startswith("/compare?") and "period=2022" in link for link in links)
