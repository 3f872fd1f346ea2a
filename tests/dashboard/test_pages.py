"""Each page is a function of its address."""

import importlib
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest
from flask.testing import FlaskClient

from dashboard.released.assessments import SHOWN_STATUSES
from dashboard.texts import texts
from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.loader import catalogue
from metrics.messages import languages
from tests.dashboard.chart_figures import figures_on
from tests.dashboard.reading import elements, of_type, picker, with_class, with_hint, words

PAGES = ("overview", "goal", "state", "submit", "catalogue")


@pytest.fixture(autouse=True)
def _registered(client: FlaskClient) -> None:
    """Pages can be registered only by an application."""


def page(name: str) -> ModuleType:
    return importlib.import_module(f"dashboard.pages.{name}")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", languages())
@pytest.mark.usefixtures("home")
def test_every_page_has_one_heading_in_every_language(name: str, language: str) -> None:
    drawn = page(name).layout(lang=language)
    assert len(of_type(drawn, "H1")) == 1
    assert drawn.lang == language
    assert {len(of_type(drawn, each)) for each in ("Header", "Main", "Footer")} == {1}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.usefixtures("empty_home")
def test_every_page_works_before_the_first_release(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    has_advice = name in {"overview", "goal", "state"}
    for setting, has_command in (("local", has_advice), ("closed", False)):
        monkeypatch.setenv("EMPACT_INTAKE", setting)
        drawn = page(name).layout()
        assert ("No release yet" in words(drawn)) == (name != "submit")
        assert ("empact release" in words(drawn)) is has_command
        assert ("as soon as the first release" in words(drawn)) is (has_advice and not has_command)
        assert not with_class(drawn, "tally")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.usefixtures("home")
def test_invented_figures_say_so_on_every_page(name: str) -> None:
    drawn = page(name).layout(collection="sample")
    assert "Sample figures (invented)" in words(with_class(drawn, "invented-badge"))


@pytest.mark.usefixtures("home")
def test_invented_figures_say_so_in_the_picture_and_the_caption() -> None:
    goal = page("goal")
    figures, tables = (
        of_type(goal.layout(), "Figure"),
        of_type(goal.layout(view="table"), "Caption"),
    )
    assert all("Sample figures (invented)" in words(each) for each in figures)
    assert all("Sample figures (invented)" in words(each) for each in tables[:2])


@pytest.mark.parametrize("nonsense", ["x", "../..", "<script>", "GA-9"])
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.usefixtures("home")
def test_an_address_with_nonsense_says_so_or_shows_what_is_shown_first(
    name: str, nonsense: str
) -> None:
    query = dict.fromkeys(("lang", "release", "goal", "indicator", "breakdown", "period"), nonsense)
    drawn = page(name).layout(**query)
    assert nonsense in words(of_type(drawn, "P"))
    assert not of_type(drawn, "Graph")
    if name != "goal":
        assert words(of_type(drawn, "H1")) == words(of_type(page(name).layout(), "H1"))


@pytest.mark.usefixtures("home")
def test_the_overview_has_a_card_for_every_goal() -> None:
    cards = with_class(page("overview").layout(), "goal-card")
    codes = [words(with_class(card, "code")[0]) for card in cards]
    assert sorted(codes) == sorted(goals_of_sample())


def goals_of_sample() -> Mapping[str, Goal]:
    return catalogue().restrict_to(catalogue().collections["sample"]).goals


@pytest.mark.parametrize(
    "framework", sorted({goal.framework for goal in goals_of_sample().values()})
)
@pytest.mark.usefixtures("home")
def test_the_overview_can_be_narrowed_to_a_framework(framework: str) -> None:
    cards = with_class(page("overview").layout(framework=framework), "goal-card")
    shown = {words(with_class(card, "code")[0]) for card in cards}
    assert shown == {
        each.code for each in catalogue().goals.values() if each.framework == framework
    }


@pytest.mark.parametrize("status", SHOWN_STATUSES)
@pytest.mark.usefixtures("home")
def test_the_overview_can_be_narrowed_to_a_status(status: str) -> None:
    drawn = page("overview").layout(status=str(status), area="FI")
    cards = with_class(drawn, "goal-card")
    assert all(with_class(card, f"status-{status}") or with_class(card, "more") for card in cards)


@pytest.mark.usefixtures("home")
def test_a_status_is_word_icon_and_colour() -> None:
    for badge in with_class(page("overview").layout(), "status"):
        word = words(badge).partition(" · ")[0]
        assert word in {texts("en")(f"status.{each}") for each in SHOWN_STATUSES}
        assert with_class(badge, "icon")


@pytest.mark.usefixtures("home")
def test_coverage_stands_beside_the_figure_of_the_union() -> None:
    assert "of 27 with figures" in words(page("overview").layout())


@pytest.mark.usefixtures("home")
def test_context_is_charted_and_never_assessed() -> None:
    (section,) = with_class(page("context").layout(), "context-card")
    assert not with_class(section, "status")
    assert of_type(section, "Img")


@pytest.mark.usefixtures("home")
def test_a_context_indicator_has_a_page_without_a_verdict() -> None:
    code = next(each.code for each in catalogue().indicators.values() if each.role == "context")
    drawn = page("goal").layout(indicator=code, area="FI")
    assert words(of_type(drawn, "H1")).startswith(catalogue().indicators[code].name("en"))
    assert not with_class(drawn, "status")


@pytest.mark.parametrize("goal", catalogue().goals)
@pytest.mark.usefixtures("home")
def test_every_goal_has_its_wording_and_source(goal: str) -> None:
    drawn = page("goal").layout(goal=goal, area="FI", view="wording")
    assert catalogue().goals[goal].wording("en") in words(of_type(drawn, "Blockquote"))
    assert catalogue().goals[goal].source.paragraph in words(with_class(drawn, "wording"))


@pytest.mark.usefixtures("home")
def test_chart_and_table_are_the_same_view() -> None:
    chart, table = (
        page("goal").layout(goal="GA-1.1", area="FI", view=each) for each in ("chart", "table")
    )
    line = next(each for each in figures_on(chart)[0].data if each.name == "Reported figure")
    cells = [words(each) for each in of_type(of_type(table, "Table")[0], "Td")]
    assert all(texts("en").number(value) in " ".join(cells) for value in line.y)


@pytest.mark.usefixtures("home")
def test_every_chart_has_words_for_those_who_cannot_see_it() -> None:
    graphs = with_class(page("goal").layout(view="all"), "graph")
    assert len(graphs) == 2
    assert all("table view" in getattr(each, "aria-label") for each in graphs)


@pytest.mark.usefixtures("home")
def test_no_chart_offers_to_send_its_figures_away() -> None:
    for graph in of_type(page("goal").layout(view="all"), "Graph"):
        assert graph.config["showSendToCloud"] is False
        assert graph.config["plotlyServerURL"] == ""


@pytest.mark.usefixtures("home")
def test_every_table_has_a_caption_and_headings_with_a_scope() -> None:
    scopes = {"col", "row", "rowgroup", "colgroup"}
    for name in PAGES:
        for each in of_type(page(name).layout(view="all"), "Table"):
            assert words(of_type(each, "Caption"))
            assert {head.scope for head in of_type(each, "Th")} <= scopes


@pytest.mark.usefixtures("home")
def test_a_breakdown_is_drawn_in_its_parts() -> None:
    drawn = page("goal").layout(goal="GA-1.1", area="FI", breakdown="sex")
    names = [each.name for each in figures_on(drawn)[0].data]
    assert {"girls and women", "boys and men"} <= set(names)


@pytest.mark.usefixtures("home")
def test_every_line_of_the_arithmetic_is_shown() -> None:
    drawn = page("goal").layout(goal="GA-1.1", area="FI", view="calculation")
    said = words(with_class(drawn, "arithmetic"))
    assert "agreed growth per year, in per cent" in said
    assert "official method" in said
    assert "additional method" in said


@pytest.mark.usefixtures("home")
def test_the_matrix_has_every_state_in_protocol_order() -> None:
    (drawn,) = with_class(page("goal").layout(view="states"), "matrix")
    heads = [words(each) for each in with_hint(of_type(drawn, "Thead"))]
    assert heads == list(member_states())


@pytest.mark.parametrize(
    ("area", "said"),
    [
        ("FI", ["already undertaken", "A campaign for parents in all schools.", "under way"]),
        ("EL", ["half done", "late"]),
        ("HR", ["missing", "No action is declared"]),
    ],
)
@pytest.mark.usefixtures("home")
def test_a_state_has_its_reports_and_actions(area: str, said: list[str]) -> None:
    drawn = words(page("state").layout(area=area))
    assert all(each in drawn for each in said)


@pytest.mark.parametrize(
    ("typed", "found"), [("icse", "GA-1.1"), ("ICSE_VICTIMS", "GA-1.1"), ("θύματα ICSE", "GA-1.1")]
)
def test_the_catalogue_can_be_searched_in_any_language(typed: str, found: str) -> None:
    entries = [each.id for each in with_class(page("catalogue").layout(q=typed), "entry")]
    assert found in entries
    assert "CC2019-9" not in entries


def test_every_definition_has_an_anchor() -> None:
    entries = [each.id for each in with_class(page("catalogue").layout(), "entry")]
    assert sorted(entries) == sorted([*catalogue().goals, *catalogue().indicators])


@pytest.mark.parametrize(
    ("goal", "language", "said"),
    [
        ("CC2019-9", "en", "A summary"),
        ("CC2019-9", "fi", ""),
        ("GA-1.1", "en", ""),
        ("GA-1.1", "el", "Η συμφωνημένη διατύπωση στα αγγλικά"),
    ],
)
def test_what_is_no_official_wording_says_so(goal: str, language: str, said: str) -> None:
    drawn = page("catalogue").layout(q=goal, lang=language)
    (entry,) = [each for each in with_class(drawn, "entry") if each.id == goal]
    notes = words(with_class(entry, "note"))
    assert notes.startswith(said)
    assert bool(notes) is bool(said)


@pytest.mark.usefixtures("home")
def test_pickers_show_what_the_address_says() -> None:
    drawn = page("goal").layout(goal="GA-4.2", area="SE")
    assert (picker(drawn, "goal").value, picker(drawn, "area").value) == ("GA-4.2", "SE")


@pytest.mark.usefixtures("home")
def test_every_link_keeps_language_and_collection() -> None:
    drawn = page("overview").layout(lang="el", collection="sample")
    links = [each.href for each in elements(drawn) if type(each).__name__ == "Link"]
    assert len(links) > 50
    assert all("lang=el" in href and "collection=sample" in href for href in links)


def test_an_address_that_is_none_shows_the_way_out() -> None:
    drawn = page("not_found_404").layout(lang="fi")
    assert words(of_type(drawn, "H1")) == "Sivua ei ole"
    assert of_type(of_type(drawn, "Main"), "Link")[0].href == "/?lang=fi"


@pytest.mark.usefixtures("home")
def test_a_choice_that_nothing_matches_says_so() -> None:
    assert "No goal matches" in words(page("overview").layout(status="achieved_late"))


def test_pages_import_no_page() -> None:
    for path in Path("dashboard/pages").glob("*.py"):
        assert "dashboard.pages" not in path.read_text("utf-8"), path.name


@pytest.mark.usefixtures("home")
def test_a_goal_code_is_never_broken_at_its_hyphen() -> None:
    drawn = page("state").layout(area="FI")
    codes = {words(each) for each in with_class(drawn, "code")}
    assert {"GA-1.1", "GA-2.1"} <= codes
    css = Path("dashboard/assets/style.css").read_text("utf-8")
    assert "white-space: nowrap" in css.split(".code {")[1].split("}")[0]


@pytest.mark.usefixtures("home")
def test_the_first_goal_shown_has_figures() -> None:
    assert of_type(page("goal").layout(), "Graph")
