"""Nothing released is invisible: every series with a value has a page that links lead to."""

import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from shutil import copytree
from typing import Any
from urllib.parse import parse_qsl

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.addresses.selection import Selection, choose
from dashboard.charts.points import decimals_of_chart
from dashboard.components.goal.indicator_parts import indicator_parts, other_areas
from dashboard.context import read_context
from dashboard.data import Release
from dashboard.released.context_indicators import context_series
from dashboard.released.released_parts import parts_of_indicator
from dashboard.released.series import has_value, headline_component, is_full, series_of_goal
from dashboard.released.table_views import series_parts
from dashboard.texts import texts
from dashboard.view import View
from dashboard.wording.narrative import latest_value
from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import catalogue
from metrics.core.series import format_codes, format_dimensions
from metrics.core.tables import PER_100_000_CHILDREN
from tests.dashboard.chart_figures import figures_on
from tests.dashboard.contexts import selection
from tests.dashboard.reading import elements, of_type, with_class, words

PUBLISHED = "published-figures"
EN = texts("en")
SeriesKey = tuple[str, str, str, str]  # indicator, component, area, formatted codes


@pytest.fixture(scope="module")
def both(written: Path, published_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented release of the other tests, and one of the committed published figures."""
    home = tmp_path_factory.mktemp("both")
    copytree(written / "data", home / "data")
    copytree(published_release.parent, home / "data/processed" / PUBLISHED)
    return home


@pytest.fixture(autouse=True)
def shown(both: Path, monkeypatch: pytest.MonkeyPatch, client: FlaskClient) -> FlaskClient:
    monkeypatch.setenv("EMPACT_HOME", str(both))
    return client


def released(collection: str) -> Release:
    release = read_context(View(collection=collection)).release
    assert release is not None
    return release


def every_series(release: Release) -> set[SeriesKey]:
    asked = catalogue().restrict_to(release.collection).indicators
    return {
        (code, part.component, part.area, part.codes)
        for code, parts in release.shown_parts.items()
        if code in asked
        for part in parts
    }


def page(name: str, **query: str) -> Any:
    return importlib.import_module(f"dashboard.pages.{name}").layout(**query)


def addresses(drawn: Any) -> Iterator[View]:
    """The pages of series that something links to."""
    for link in of_type(drawn, "Link"):
        path, _, search = link.href.partition("?")
        if path == "/goal":
            yield View.parse(search)


def part_pages(chosen: Selection) -> Iterator[View]:
    """What the page of a series links to: the other components and parts of its indicator."""
    series = chosen.series
    assert series is not None, chosen.unavailable
    yield from addresses([*indicator_parts(chosen, series)])


def area_pages(chosen: Selection) -> Iterator[View]:
    """What it links to: the frame of each State with a row, and the other areas with a value."""
    series = chosen.series
    assert series is not None, chosen.unavailable
    yield chosen.view.with_changes(area=chosen.area)
    for area, own in chosen.in_states.items():
        if own.last_row:
            yield chosen.view.with_changes(area=area)
    yield from addresses([*other_areas(chosen, series)])


def key_of(chosen: Selection) -> SeriesKey:
    series = chosen.series
    assert series is not None, chosen.unavailable
    codes = format_codes(series.codes)
    return series.indicator.code, series.component, series.area, codes


@cache
def walk(collection: str) -> dict[SeriesKey, Selection]:
    """Every series that links lead to from the catalogue, from one area of each part onwards."""
    found: dict[SeriesKey, Selection] = {}
    waiting = [view for view in addresses(page("catalogue", collection=collection))
               if view.indicator and not view.goal]  # fmt: skip
    seen = set(waiting)
    while waiting:
        chosen = selection(waiting.pop())
        if not chosen.breakdown:
            found |= {key_of(there): there for there in map(selection, area_pages(chosen))}
        new = {view.with_changes(area="") for view in part_pages(chosen)} - seen
        seen |= new
        waiting += new
    return found


@pytest.mark.parametrize("collection", ["sample", PUBLISHED])
def test_every_series_is_reached_by_links_and_shown(collection: str) -> None:
    release, reached = released(collection), walk(collection)

    assert every_series(release) <= set(reached)
    for key, chosen in reached.items():
        assert chosen.series is not None
        values = [row["value"] for row in filter(has_value, release.series(*key))]
        own = [row["value"] for row in filter(has_value, chosen.series.values)]
        assert own == values


def states_with_figures(release: Release) -> list[str]:
    """Every State of the published figures; of the invented ones, which are alike, three."""
    some = {"DE", "FI", "MT"} if release.collection.code == "sample" else {*release.areas}
    return [area for area in member_states() if area in some]


@pytest.mark.parametrize("collection", ["sample", PUBLISHED])
def test_the_page_of_a_state_lists_every_figure_under_its_goals(collection: str) -> None:
    release, listed = released(collection), 0
    for area in states_with_figures(release):
        drawn = page("state", collection=collection, area=area)
        links = {(view.goal, view.indicator) for view in addresses(drawn)}
        said = words(drawn)
        for goal in catalogue().restrict_to(release.collection).goals.values():
            known = [own for own in series_of_goal(goal, area, release) if own.last_known]
            assert {(goal.code, own.name) for own in known} <= links
            assert all(latest_value(own, EN) in said for own in known)
            listed += len(known)
    assert listed


def card_of(chosen: Selection, view: str) -> Any:
    """The trend of a series as a chart or a table."""
    goal_page = importlib.import_module("dashboard.components.goal.trend")
    assert chosen.series is not None
    shown = selection(
        chosen.view.with_changes(view=view, area=chosen.area, indicator=chosen.series.name)
    )
    assert shown.series is not None
    return goal_page.trend_card(shown, shown.series)


def drawn_points(chosen: Selection) -> list[tuple[str, str]]:
    """How each point of the chart is drawn, and its label."""
    return [
        (trace.mode, label)
        for figure in figures_on(card_of(chosen, "chart"))
        for trace in figure.data
        for label in trace.text or ()
    ]


def test_every_part_year_figure_is_drawn_apart_from_years_and_stands_in_the_table() -> None:
    seen = set()
    for key, chosen in walk(PUBLISHED).items():
        series = chosen.series
        assert series is not None
        for row in filter(has_value, series.values):
            if is_full(row["period"]):
                continue
            seen.add(row["period"])
            figure = f"{EN.period(row['period'])}: {series.format_figure(row, EN)}"
            decimals = decimals_of_chart(series, series.rows)
            printed = series.format_figure(row, EN, decimals, fixed=True)
            drawn = f"{EN.period(row['period'])}: {printed}"
            modes = [mode for mode, label in drawn_points(chosen) if drawn in label]
            assert modes == ["markers"], (key, row["period"])
            table = words(of_type(card_of(chosen, "table"), "Table"))
            assert figure.replace(": ", " ") in table
    assert {"2021-Q4", "2024-Q1", "2024-S1", "2025-S1", "2014-11", "2017-01/P2M"} <= seen


@pytest.mark.parametrize("collection", ["sample", PUBLISHED])
def test_every_breakdown_is_offered_in_the_catalogue_and_drawn(collection: str) -> None:
    release, drawn = released(collection), set()
    for view in addresses(page("catalogue", collection=collection)):
        chosen = selection(view)
        if chosen.series is not None and chosen.breakdown:
            parts = series_parts(chosen.series, release, chosen.breakdown)
            assert parts, view
            by = format_dimensions(chosen.breakdown)
            drawn.add((chosen.series.indicator.code, chosen.series.component, by))
    for code, component, _, codes in every_series(release):
        by = format_dimensions(part.partition("=")[0] for part in codes.split(";") if part)
        is_union = component == headline_component(catalogue().indicators[code], "EU27_2020")
        if by and (component != "step" or is_union):
            assert (code, component, by) in drawn


@pytest.mark.parametrize(("area", "language"), [("", "fi"), ("DE", "en"), ("EUR", "el")])
def test_no_figure_is_never_said_of_an_indicator_that_has_one(area: str, language: str) -> None:
    text, release = texts(language), released(PUBLISHED)
    for code in release.shown_parts:
        if parts_of_indicator(release, code, area):
            query = {"collection": PUBLISHED, "indicator": code, "area": area, "lang": language}
            card = words(with_class(page("goal", **query), "trend-card"))
            where = text.code("area", area or "EU27_2020")
            assert text("goal.no_series") not in card
            assert text("sentence.nothing", area=where) not in card


@pytest.mark.parametrize("collection", ["sample", PUBLISHED])
def test_every_context_indicator_is_on_its_page(collection: str) -> None:
    drawn = page("context", collection=collection)
    lines, context = words(drawn), read_context(View(collection=collection))
    indicators = list(context_series(context.with_changes(area=context.first_area)))

    assert indicators
    assert all(series.title(EN) in lines for series in indicators)
    assert all(latest_value(series, EN) in lines for series in indicators if series.last_known)
    if collection == PUBLISHED:
        assert "Offences recorded by the police" in words(with_class(drawn, "context-card"))


@pytest.mark.parametrize("name", ["scoreboard", "overview", "state", "catalogue"])
def test_pages_of_goals_lead_to_the_context_indicators(name: str) -> None:
    links = [link.href for link in of_type(page(name, collection="sample"), "Link")]
    assert any(href.startswith("/context?") for href in links)


@pytest.mark.parametrize("indicator", ["OFFENCES_RECORDED", "OFFENCES_RECORDED[offence=ICCS0302]"])
def test_the_breaks_of_german_offences_are_drawn(indicator: str) -> None:
    drawn = page("goal", collection=PUBLISHED, indicator=indicator, area="DE")
    assert words(of_type(drawn, "H1")).startswith("Offences recorded by the police")
    assert of_type(drawn, "Graph")


def test_a_file_of_the_parts_has_each_of_them(client: FlaskClient) -> None:
    address = f"/download/trend.csv?collection={PUBLISHED}&area=DE&indicator=OFFENCES_RECORDED"
    whole, part = client.get(address), client.get(f"{address}[offence=ICCS0302]")
    assert (whole.status_code, part.status_code) == (200, 200)
    assert "offence=ICCS0302" in whole.text
    assert "offence=ICCS0302" in part.text
    assert len(whole.text.splitlines()) > len(part.text.splitlines())


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"indicator": "ICSE_VICTIMS[sex=X9]"}, "This release has no series"),
        ({"indicator": "ICSE_VICTIMS[component=median]"}, "This release has no series"),
        ({"indicator": "NOTHING"}, "There is no indicator “NOTHING”"),
        ({"indicator": "a b c"}, "There is no indicator “a b c”"),
        ({"goal": "GA-9"}, "This collection has no goal “GA-9”"),
        ({"goal": "GA-1.1", "indicator": "TAKEDOWN_TIME"}, "is not an indicator of"),
        ({"goal": "GA-1.1", "area": "XX"}, "There is no area “XX”"),
    ],
)
def test_what_does_not_exist_is_said_and_never_replaced(
    client: FlaskClient, query: dict[str, str], said: str
) -> None:
    drawn = page("goal", collection="sample", **query)
    answer = client.get("/download/trend.csv", query_string={"collection": "sample", **query})

    assert said in words(with_class(drawn, "empty"))
    assert not of_type(drawn, "Graph")
    assert answer.status_code == 404
    assert said in answer.text.replace("&quot;", '"')


def test_what_does_not_exist_is_said_with_links_to_what_does() -> None:
    drawn = page("goal", collection="sample", indicator="ICSE_VICTIMS[sex=X9]")
    (offers,) = with_class(with_class(drawn, "empty"), "offers")
    for view in addresses(offers):
        assert choose(read_context(view)).unavailable is None
    assert "figure, by Sex" in words(offers)


def test_an_area_is_counted_only_for_a_value_that_is_shown() -> None:
    release = released("sample")
    values = release.tables["indicator_values"]
    for code, areas in release.areas_of.items():
        valued = values[(values["indicator"] == code) & values["value"].notna()]["area"]
        assert set(areas) == set(valued)


@pytest.fixture
def all_withheld(both: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A release in which every value of one indicator is suppressed."""
    copytree(both / "data", tmp_path / "data")
    path = next(tmp_path.glob("data/processed/sample/*/indicator_values.parquet"))
    table = pd.read_parquet(path)
    is_one = table["indicator"] == "ICSE_VICTIMS"
    table.loc[is_one, ["value", "observation_status"]] = [None, "Q"]
    table.to_parquet(path, index=False)
    monkeypatch.setenv("EMPACT_HOME", str(tmp_path))


@pytest.mark.usefixtures("all_withheld")
@pytest.mark.parametrize("language", ["en", "fi", "el"])
def test_where_no_area_has_a_value_a_sentence_stands_instead_of_a_frame(language: str) -> None:
    text = texts(language)
    query = {"collection": "sample", "goal": "GA-1.1", "lang": language}
    drawn = page("goal", **query, indicator="ICSE_VICTIMS")

    assert not of_type(drawn, "Graph")
    assert not with_class(drawn, "multiples")
    assert not with_class(drawn, "outlook-control")
    assert text("absent.suppressed") in words(with_class(drawn, "absent"))
    assert not [one for one in elements(drawn) if getattr(one, "id", "") == "graph-states"]


@pytest.mark.usefixtures("all_withheld")
def test_the_card_of_a_withheld_series_counts_no_other_areas() -> None:
    cards = with_class(page("overview", collection="sample"), "goal-card")
    card = next(card for card in cards if "GA-1.1" in words(card))
    assert "suppressed" in words(card)
    assert "other areas have figures" not in words(card)


@pytest.mark.parametrize("view", ["states", "trend"])
def test_the_rate_stands_beside_the_count_on_page_and_in_the_file(
    client: FlaskClient, view: str
) -> None:
    query = {"collection": PUBLISHED, "indicator": "REFERRALS_RECEIVED", "area": "CZ"}
    rates = {
        row["period"]: row["value"]
        for row in released(PUBLISHED).series("REFERRALS_RECEIVED", PER_100_000_CHILDREN, "CZ")
    }  # fmt: skip
    drawn, text = page("goal", **query, view="table"), texts("en")
    answer = client.get(f"/download/{view}.csv", query_string=query).text

    assert rates
    assert PER_100_000_CHILDREN in answer.splitlines()[0]
    assert f"{rates['2025']:.12g}" in answer
    for table in of_type(drawn, "Table")[:2]:
        assert text.number(rates["2025"]) in words(table)


@pytest.mark.parametrize("collection", ["sample", PUBLISHED])
def test_every_download_link_of_a_goal_page_leads_to_a_file(
    client: FlaskClient, collection: str
) -> None:
    """Of the headline of each goal, and of a series that its page links instead."""
    goals = catalogue().restrict_to(released(collection).collection).goals
    opened = [page("goal", collection=collection, goal=goal) for goal in goals]
    linked = [next(addresses(with_class(drawn, "trend-card")), None) for drawn in opened]
    opened += [page("goal", **dict(parse_qsl(view.search[1:]))) for view in linked if view]
    taken = [link for drawn in opened for link in with_class(drawn, "take")]
    links = {str(link.href) for link in taken if hasattr(link, "href")}
    assert any("/download/trend.csv" in link for link in links)
    assert [link for link in links if client.get(link).status_code != 200] == []


def test_no_file_is_offered_where_the_release_has_no_row() -> None:
    for query in ({"goal": "GA-1.1"}, {"indicator": "ICSE_COUNTRIES", "area": "CZ"}):
        heads = with_class(page("goal", collection=PUBLISHED, **query), "trend-card")
        assert heads
        assert not with_class(heads, "take")


@pytest.mark.parametrize(("period", "share"), [("2024", "84.17 %"), ("2022", "88.54 %")])
@pytest.mark.parametrize("view", ["chart", "table"])
def test_a_published_share_is_given_as_it_was_printed(view: str, period: str, share: str) -> None:
    series = "TAKEDOWN_SHARE_4W[hosting=ABROAD]"
    query = {"collection": PUBLISHED, "indicator": series, "area": "DE", "period": period}
    drawn = page("goal", **query, view=view)
    card = with_class(with_class(drawn, "trend-card"), "says" if view == "chart" else "table-frame")
    assert share.replace(" ", "\N{NO-BREAK SPACE}") in words(card)


def test_a_difference_of_published_figures_has_their_digits() -> None:
    query = {
        "collection": PUBLISHED,
        "indicator": "TAKEDOWN_MEAN_DAYS[hosting=DOMESTIC]",
        "area": "DE",
    }
    said = words(with_class(page("goal", **query), "says"))
    assert "2.01\N{NO-BREAK SPACE}days" in said
    assert "0.47\N{NO-BREAK SPACE}days" in said


def test_the_publication_is_named_on_the_page_and_in_the_file(client: FlaskClient) -> None:
    series = "TAKEDOWN_SHARE_4W[hosting=ABROAD]"
    query = {"collection": PUBLISHED, "indicator": series, "area": "DE"}
    shown = released(PUBLISHED)
    latest = shown.series("TAKEDOWN_SHARE_4W", "value", "DE", "hosting=ABROAD")[-1]

    card = with_class(page("goal", **query), "trend-card")
    assert latest["reference"] in words(card)
    assert latest["address"] in {link.href for link in of_type(card, "Link")}
    answer = client.get("/download/trend.csv", query_string=query).text
    assert ",reference," in answer.splitlines()[0]
    assert latest["reference"] in answer
