"""The frame of every page, in three languages and before and after a release; what was chosen."""

import importlib
import re
from html import unescape
from pathlib import Path
from typing import Any

import dash
import pytest
from dash import dcc
from flask.testing import FlaskClient

from dashboard.addresses.address import first_goal
from dashboard.components.frame import release_names
from dashboard.components.page_registry import document_title
from dashboard.components.pickers import picker, search_box, switch
from dashboard.components.tables import grouped_table, table
from dashboard.context import read_context
from dashboard.data import Release
from dashboard.intake import requested_scope
from dashboard.texts import texts
from dashboard.view import View
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU
from metrics.messages import languages
from tests.dashboard import reading
from tests.dashboard.contexts import page_context, selection
from tests.dashboard.reading import of_type, with_class, words
from tests.dashboard.release import LABEL, write_release

EN = texts("en")
PAGES = {"scoreboard": "/", "goal": "/goal", "state": "/state", "compare": "/compare",
         "reporting": "/reporting", "changes": "/changes", "explore": "/explore",
         "catalogue": "/catalogue", "overview": "/series", "report": "/report",
         "submit": "/submit", "find": "/find", "guides": "/guides"}  # fmt: skip

NAMING_RELEASES = ("changes", "reporting")  # in their own words: two releases, the latest round


@pytest.fixture(autouse=True)
def _registered(client: FlaskClient) -> None:
    """Pages can be registered only by an application."""


def page(name: str, **query: str) -> Any:
    return importlib.import_module(f"dashboard.pages.{name}").layout(**query)


@pytest.mark.parametrize("language", languages())
def test_no_two_entries_of_the_menu_begin_alike(language: str) -> None:
    """“Report” and “Reporting” were taken for one another; a page of submissions is not listed."""
    text = texts(language)
    names = [text(f"{page['menu']}.menu") for page in dash.page_registry.values()
             if page.get("menu") and page["menu"] != "submit"]  # fmt: skip

    assert len({name[:5].casefold() for name in names}) == len(names)


@pytest.mark.parametrize(("name", "path"), PAGES.items())
@pytest.mark.parametrize("language", languages())
@pytest.mark.usefixtures("home")
def test_the_menu_leads_to_every_page_and_says_which_this_is(
    name: str, path: str, language: str
) -> None:
    (menu,) = with_class(page(name, lang=language), "menu")
    bar, folded = menu.children
    for listed in (bar, folded):
        paths = [each.href.partition("?")[0] for each in reading.elements(listed)
                 if hasattr(each, "href")]  # fmt: skip
        current = [each for each in reading.elements(listed)
                   if getattr(each, "aria-current", "") == "page"]  # fmt: skip
        assert sorted(address for address in paths if address in PAGES.values()) == sorted(
            PAGES.values()
        )
        assert [each.href.partition("?")[0] for each in current] == [path]


@pytest.mark.parametrize("name", ["goal", "report"])
@pytest.mark.usefixtures("home")
def test_pages_without_room_in_the_bar_are_folded_away_and_marked_there(name: str) -> None:
    (bar,) = with_class(page(name), "menu-bar")
    (more,) = of_type(bar, "Details")
    assert words(of_type(more, "Summary")) == EN("frame.more")
    assert bool(with_class(more, "current")) is (PAGES[name] in hrefs(more))


@pytest.mark.parametrize("intake", ["open", "closed"])
@pytest.mark.usefixtures("home")
def test_submit_is_in_the_bar_and_first_in_the_menu_of_a_phone_only_where_files_are_accepted(
    monkeypatch: pytest.MonkeyPatch, intake: str
) -> None:
    monkeypatch.setenv("EMPACT_INTAKE", intake)
    (menu,) = with_class(page("catalogue"), "menu")
    bar, folded = menu.children

    first = next(iter(of_type(folded, "Link"))).href
    assert "/submit" not in hrefs(of_type(bar, "Details"))
    assert ("/submit" in hrefs(bar)) is (intake == "open")
    assert first.startswith("/submit") is (intake == "open")


def hrefs(drawn: Any) -> set[str]:
    return {
        link.href.partition("?")[0] for link in reading.elements(drawn) if hasattr(link, "href")
    }


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.usefixtures("home")
def test_every_link_loads_its_page_whole(name: str) -> None:
    """Dash replaces the parts of a page several times more slowly than it draws them first."""
    drawn = of_type(page(name), "Link")
    links: list[Any] = [link for link in drawn if isinstance(link, dcc.Link)]
    assert links
    assert all(link.refresh or link.target == "_blank" for link in links)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.usefixtures("home")
def test_each_language_is_one_link_away_and_keeps_the_view(name: str) -> None:
    (nav,) = with_class(page(name, area="SE", lang="fi"), "languages")
    links = {each.hrefLang: each for each in of_type(nav, "A")}
    assert list(links) == list(languages())
    assert all("area=SE" in each.href for each in links.values())
    assert getattr(links["fi"], "aria-current") == "true"


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.usefixtures("home")
def test_the_skip_link_comes_first_and_has_its_target(name: str) -> None:
    drawn = page(name)
    assert drawn.children[0].href == "#main"
    assert of_type(drawn, "Main")[0].id == "main"


@pytest.mark.usefixtures("home")
def test_the_page_that_takes_figures_offers_no_release() -> None:
    drawn = page("submit", collection="sample")
    assert not with_class(drawn, "picker-release")
    assert not with_class(drawn, "as-of")


@pytest.mark.parametrize("collection", ["", "published-figures", "sample"])
@pytest.mark.usefixtures("home")
def test_the_menu_leads_to_a_collection_that_asks_states(collection: str) -> None:
    drawn = page("catalogue", collection=collection, area="FI")
    (menu,) = with_class(drawn, "menu-bar")
    (address,) = [link.href for link in of_type(menu, "Link") if link.href.startswith("/submit")]
    kept = View.parse(address.partition("?")[2])
    assert kept.area == "FI"
    assert catalogue().collections[kept.collection or "empact-cse"].areas == "member_states"


@pytest.mark.parametrize("name", sorted(PAGES.keys() - {"submit", "guides", *NAMING_RELEASES}))
@pytest.mark.parametrize("language", languages())
@pytest.mark.usefixtures("home")
def test_release_and_day_stand_on_every_page_of_a_release(name: str, language: str) -> None:
    drawn, text = page(name, lang=language), texts(language)
    day = text("frame.as_of", day=text.date("2026-04-10"))
    assert words(with_class(drawn, "as-of")) == f"{day} · {text('frame.current')}"
    assert LABEL in words(of_type(drawn, "Footer"))
    assert reading.picker(drawn, "release").value == LABEL


@pytest.mark.parametrize("collection", catalogue().collections)
@pytest.mark.usefixtures("home")
def test_only_invented_figures_bear_a_banner(collection: str) -> None:
    is_invented = catalogue().collections[collection].nature == "invented"
    drawn = page("overview", collection=collection)
    assert bool(with_class(drawn, "invented-badge")) is is_invented
    assert (
        "(invented)" in document_title("overview", read_context(View(collection=collection)))
    ) is is_invented


@pytest.mark.parametrize("name", [*PAGES, "not_found"])
@pytest.mark.parametrize("language", languages())
@pytest.mark.usefixtures("home")
def test_the_title_says_page_product_and_nature(name: str, language: str) -> None:
    text = texts(language)
    assert document_title(name, read_context(View(lang=language))).split(" · ") == [
        text(f"{name}.title"), text("frame.product"), text("note.invented"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "query", "title"),
    [
        ("/goal", {"goal": "GA-1.1", "area": "DE"},
         "GA-1.1 More victims identified in the ICSE database, Germany"),
        ("/goal", {"goal": "GA-9.9"}, "There is no such series, goal or area"),
        ("/state", {"area": "FI"}, "Member State: Finland"),
        ("/", {"framework": "GA2012", "status": "behind"},
         "Scoreboard: "+catalogue().frameworks["GA2012"].name("en")+", Behind"),
        ("/", {"framework": "NONE"}, "Scoreboard"),
        ("/series", {"area": "FI"}, "Overview: Finland"),
        ("/catalogue", {"q": "filter"}, "Catalogue of commitments and indicators: “filter”"),
        ("/guides", {"document": "guides/analyst"}, "Guide for analysts: submit the figures of your State"),
    ],
)  # fmt: skip
def test_the_title_of_a_page_names_what_it_shows(
    client: FlaskClient, home: Path, path: str, query: dict[str, str], title: str
) -> None:
    assert home.exists()
    (page_title,) = [entry["title"] for entry in dash.page_registry.values()
                     if entry["path"] == path]  # fmt: skip
    with client.application.test_request_context(path, query_string={"lang": "en", **query}):
        assert page_title().split(" · ")[0] == title


def test_the_first_goal_has_a_figure_and_without_a_release_is_the_first(release: Release) -> None:
    every = list(catalogue().goals.values())
    assert first_goal(page_context()) == every[0]
    assert set(first_goal(page_context(release)).indicators) & set(release.shown_parts)


@pytest.mark.parametrize(
    ("view", "goal", "area", "series"),
    [
        (View(goal="GA-1.1"), "GA-1.1", EU, "ICSE_VICTIMS"),
        (View(goal="GA-1.1", area="FI"), "GA-1.1", "FI", "ICSE_VICTIMS"),
        (View(goal="GA-2.1", indicator="OFFENDERS_CONVICTED"), "GA-2.1", EU, "OFFENDERS_CONVICTED"),
        (View(indicator="ICSE_VICTIMS[sex=F]"), "GA-1.1", EU, "ICSE_VICTIMS[sex=F]"),
    ],
)
@pytest.mark.usefixtures("home")
def test_what_the_address_chooses(view: View, goal: str, area: str, series: str) -> None:
    chosen = selection(view)
    assert chosen.goal is not None
    assert chosen.series is not None
    assert (chosen.goal.code, chosen.area, chosen.series.name) == (goal, area, series)


@pytest.mark.parametrize("code", [code for code, each in catalogue().indicators.items()
                                  if each.role == "context"][:5])  # fmt: skip
@pytest.mark.usefixtures("home")
def test_an_indicator_of_the_context_needs_no_goal(code: str) -> None:
    chosen = selection(View(indicator=code, area="FI"))
    assert chosen.goal is None
    assert {series.indicator.code for series in chosen.in_states.values()} == {code}


@pytest.mark.parametrize(
    ("view", "asked"),
    [
        (View(), {"presumed": "empact-cse"}),
        (View(area="FI"), {"presumed": "empact-cse", "area": "FI"}),
        (View(collection="sample", round="2025"), {"presumed": "sample", "round_": "2025"}),
    ],
)
def test_the_desk_is_asked_what_the_address_says(view: View, asked: dict[str, str]) -> None:
    assert requested_scope(view) == asked


@pytest.mark.parametrize("number", [3, 8, 9, 30])
def test_a_list_is_a_native_one_that_is_searched_by_typing(number: int) -> None:
    names = {str(at): f"name {at}" for at in range(number)}
    drawn = picker("area", "Area", names, "1")
    assert reading.picker(drawn, "area") == reading.Picker("Area", "1", names)
    assert len(of_type(drawn, "Select")) == 1


def test_a_list_may_offer_all_of_them() -> None:
    drawn = picker("status", "Status", {"": "All", "behind": "Behind"}, "")
    assert reading.picker(drawn, "status").value == ""


def test_a_value_that_is_on_no_list_is_shown_as_it_is() -> None:
    drawn = reading.picker(picker("area", "Area", {"FI": "Finland"}, "XX"), "area")
    assert (drawn.value, drawn.options) == ("XX", {"XX": "XX", "FI": "Finland"})


@pytest.mark.parametrize(("view", "current"), [("", "Chart"), ("table", "Table")])
def test_a_switch_says_which_way_is_current(view: str, current: str) -> None:
    ways = {"chart": "Chart", "table": "Table"}
    drawn = switch("view", "Shown as", ways, View(view=view, area="FI"), "/goal")
    assert words(with_class(drawn, "current")) == current
    assert [each.href for each in of_type(drawn, "Link")] == [
        f"/goal?area=FI&view={code}" for code, name in ways.items() if name != current
    ]


@pytest.mark.parametrize("language", languages())
def test_the_search_keeps_what_was_typed(language: str) -> None:
    drawn = search_box("Search", "icse", texts(language))
    (box,) = of_type(drawn, "Input")
    assert (box.value, words(drawn)) == ("icse", "Search")
    assert box.placeholder == texts(language)("catalogue.search_example")


def test_rows_of_a_grouped_table_stand_under_what_they_belong_to() -> None:
    drawn = grouped_table("C", ["A", "B"], {"one": [["a", "1"], ["b", "2"]], "two": [["c", "3"]]})
    bodies = of_type(drawn, "Tbody")
    assert [words(each) for each in bodies] == ["one a 1 b 2", "two c 3"]
    assert [each.colSpan for each in with_class(drawn, "group")] == [2, 2]
    headings = {getattr(each, "data-heading") for each in of_type(drawn, "Td")}
    assert headings == {"B"}  # on a telephone, where the row of headings is not shown


@pytest.mark.parametrize("is_titled", [True, False])
def test_a_caption_is_there_even_where_it_is_not_seen(*, is_titled: bool) -> None:
    drawn = table("What it is", ["A", "B"], [["a", "1"]], numeric=[1], is_titled=is_titled)
    assert words(of_type(drawn, "Caption")) == "What it is"
    assert bool(with_class(drawn, "visually-hidden")) is is_titled
    assert [each.scope for each in of_type(drawn, "Th")] == ["col", "col", "row"]
    assert words(of_type(drawn, "Td")) == "1"
    assert getattr(drawn, "aria-label") == "What it is"


def test_only_a_release_that_was_replaced_is_marked_in_the_list(empty_home: Path) -> None:
    write_release(empty_home, label="2025-01-01")
    write_release(empty_home)

    names = release_names(read_context(View()))
    assert names == {LABEL: LABEL, "2025-01-01": "2025-01-01 · superseded"}


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("name", "query", "nearest"),
    [
        ("overview", {"aera": "FI"}, "area"),
        ("report", {"area": "XX"}, ""),
        ("report", {"colection": "sample"}, "collection"),
        ("catalogue", {"collection": "smple"}, "sample"),
        ("state", {"nothing_like_it": "1"}, ""),
    ],
)
def test_what_an_address_names_in_vain_is_said_with_the_nearest_known(
    name: str, query: dict[str, str], nearest: str
) -> None:
    (written,) = [*query] if "area" not in query and "collection" not in query else query.values()
    notices = [words(one) for one in of_type(page(name, **query), "P")
               if getattr(one, "role", "") == "alert" and not getattr(one, "hidden", False)]  # fmt: skip

    assert any(written in notice for notice in notices)
    said = EN("missing.nearest", name=nearest)
    assert any(said in notice for notice in notices) is bool(nearest)


def test_no_text_names_a_list_that_its_page_does_not_have() -> None:
    """These stand on pages and in answers to downloads alike."""
    for key in ("missing.area", "missing.choice"):
        assert "list" not in EN(key, code="XX", value="XX", what="Area").casefold()


def test_every_page_has_a_notice_for_an_entry_that_it_lacks() -> None:
    notices = [
        one for one in of_type(page("catalogue"), "P") if getattr(one, "id", "") == "no-anchor"
    ]

    assert [one.hidden for one in notices] == [True]


@pytest.mark.parametrize("label", ["", "nothing", "../../etc"])
@pytest.mark.usefixtures("home")
def test_a_release_that_is_none_is_the_current_one(label: str) -> None:
    found = read_context(View(release=label)).release
    assert found is not None
    assert found.label == LABEL


@pytest.mark.usefixtures("home")
def test_every_page_of_figures_leads_to_how_its_release_is_cited(client: FlaskClient) -> None:
    for path in ("/", "/goal", "/explore"):
        page = client.get(f"{path}?lang=en&collection=sample").text
        (address,) = re.findall(r'href="(/about[^"]*#citing)"', page)
        assert f"release={LABEL}" in address
        cited = client.get(unescape(address).partition("#")[0]).text
        assert 'id="citing"' in cited
