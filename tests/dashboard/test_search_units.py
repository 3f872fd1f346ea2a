"""Find gives each difference in the unit, and with the decimals, of the page of its goal."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.addresses.alternatives import UnavailableError
from dashboard.contents.figure_columns import compared_in_words
from dashboard.contents.rule_search import AreaFound, SearchResult, search_areas
from dashboard.contents.search_in_words import measured_cell
from dashboard.contents.search_rule import SearchMeasure
from dashboard.contents.searched_figures import UsedFigure, limit_of_difference, unit_of_measure
from dashboard.context import PageContext, read_context
from dashboard.released.table_views import rows_of_trend
from dashboard.slides.deck import contents_of, open_deck
from dashboard.slides.deck_file import DeckSlide
from dashboard.texts import texts
from dashboard.view import View
from dashboard.wording.narrative import change_sentences
from metrics.catalogue.codelists.units import PER_CENT, POINTS
from metrics.core.series import format_series
from metrics.core.tables import VALUE
from metrics.messages import languages
from tests.dashboard.compared_release import COUNTED, SHARED, write_compared_release
from tests.dashboard.reading import of_type, words
from tests.dashboard.slides.decks import deck_file

EN = texts("en")
ABROAD = "TAKEDOWN_SHARE_1W[hosting=ABROAD]"
DOMESTIC = "TAKEDOWN_SHARE_2D[hosting=DOMESTIC]"


@pytest.fixture(scope="module")
def home_of_shares(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("shares")
    shares = {2023: 67.6643, 2024: 62.8190, 2025: 62.8231}
    rows = [
        {"indicator": SHARED, "area": "BE", "period": str(year), "value": value,
         "observation_status": "A", "confidentiality_status": "F", "limit": ""}
        for year, value in shares.items()
    ]  # fmt: skip
    write_compared_release(home, rows)
    return home


@pytest.fixture
def invented(home_of_shares: Path, monkeypatch: pytest.MonkeyPatch) -> PageContext:
    monkeypatch.setenv("EMPACT_HOME", str(home_of_shares))
    return read_context(View(collection="sample"))


@pytest.fixture
def published(published_release: Path, monkeypatch: pytest.MonkeyPatch) -> PageContext:
    monkeypatch.setenv("EMPACT_HOME", str(published_release.parents[3]))
    return read_context(View(collection="published-figures"))


def measured(result: SearchResult) -> Iterator[tuple[AreaFound, UsedFigure, str]]:
    """Each number that is found, as it is written."""
    for area in result.areas:
        for figure in area.used:
            if figure.value == figure.value:
                cell = measured_cell(figure, area, result.rule, EN)
                yield area, figure, str(cell["value"])


def searches(context: PageContext) -> Iterator[SearchResult]:
    """Every series with a target that can be searched, by its gap or change."""
    targets = [target for goal in context.definitions.goals.values() for target in goal.targets]
    names = {format_series(target.indicator, VALUE, dict(target.at)) for target in targets}
    for name in sorted(names):
        try:
            found = search_areas(context.with_changes(indicator=name))
        except UnavailableError:
            continue
        for measure in {*found.measures} & {SearchMeasure.GAP, SearchMeasure.SINCE_START}:
            yield search_areas(found.context.with_changes(unit=str(measure), last="3"))


@pytest.mark.parametrize("collection", ["invented", "published"])
def test_every_difference_is_as_on_the_page_of_its_goal(
    collection: str, request: pytest.FixtureRequest
) -> None:
    in_points = 0
    for result in searches(request.getfixturevalue(collection)):
        is_share = result.series.unit == PER_CENT
        assert is_share is (unit_of_measure(result.rule.measure, result.series) == POINTS)
        for area, figure, written in measured(result):
            if figure.limit:
                continue
            row = next(row for row in rows_of_trend(area.series) if row["period"] == figure.period)
            on_page = str(compared_in_words(row, area.series, EN)[2])
            assert written.split("\N{NO-BREAK SPACE}")[0] == on_page, (area.series.name, area.area)
            assert is_share is ("percentage point" in written)
            in_points += is_share
    assert in_points


def test_a_yearly_change_of_a_share_is_that_of_the_page_of_its_goal(invented: PageContext) -> None:
    asked = {"indicator": SHARED, "unit": "change", "last": "1", "period": "2024"}
    result = search_areas(invented.with_changes(**asked))
    by_area = {area.area: (area, written) for area, _, written in measured(result)}

    found, written = by_area["BE"]
    assert written == "−4.84\N{NO-BREAK SPACE}percentage points"
    until = found.series.as_of("2024")
    assert any(written in said for said in change_sentences(until, invented.release, EN))


def test_more_decimals_only_where_the_usual_ones_hide_the_side(invented: PageContext) -> None:
    asked = {"indicator": SHARED, "unit": "gap", "period": "2025", "relation": "below"}
    usual = search_areas(invented.with_changes(**asked, threshold="-37"))
    close = search_areas(invented.with_changes(**asked, threshold="-37.178"))
    values = [
        next(written for area, _, written in measured(result) if area.area == "BE")
        for result in (usual, close)
    ]

    assert values == [f"−{number}\N{NO-BREAK SPACE}percentage points" for number in (37.18, 37.177)]


@pytest.mark.parametrize("language", languages())
def test_the_form_names_the_unit_of_the_threshold(
    published: PageContext, language: str, client: FlaskClient
) -> None:
    from dashboard.pages import find  # noqa: PLC0415 - registers a page

    asked = {"collection": "published-figures", "indicator": ABROAD, "threshold": "-2"}
    drawn = find.layout(**asked, unit="since_start", lang=language)
    text = texts(language)

    assert f"{text('find.threshold')} ({text.unit(POINTS)})" in words(of_type(drawn, "Form"))
    assert text.quantity(-2, POINTS, 0) in words(of_type(drawn, "H1"))
    assert text.quantity(-21.3, POINTS, 1) in of_type(drawn, "Store")[-1].data
    assert published.release


def test_file_and_slide_have_the_unit_of_the_page(
    published: PageContext, client: FlaskClient
) -> None:
    query = f"collection=published-figures&indicator={ABROAD}&lang=en"
    (row,) = rows_of_file(client, f"/download/search.csv?{query}&unit=since_start")
    assert (row["measured"], row["measured_unit"]) == ("-21.3", POINTS)

    for file in ("trend", "states"):
        rows = rows_of_file(client, f"/download/{file}.csv?{query}&area=DE")
        assert {(own["unit"], own["difference_unit"]) for own in rows} == {(PER_CENT, POINTS)}

    slide = DeckSlide(link=f"/find?indicator={ABROAD}&unit=since_start&relation=below")
    (content,) = contents_of(slide, open_deck(deck_file(collection="published-figures")))
    assert "below 0\N{NO-BREAK SPACE}percentage points" in content.title
    assert "−21.3\N{NO-BREAK SPACE}percentage points" in content.notes[-1]


def test_the_scoreboard_has_the_unit_of_each_gap(
    invented: PageContext, client: FlaskClient
) -> None:
    rows = rows_of_file(client, "/download/scoreboard.csv?collection=sample&area=BE&lang=en")
    units = {row["indicator"]: row["difference_unit"] for row in rows if row["gap"]}

    assert invented.release
    assert (units[SHARED], units[COUNTED]) == (POINTS, "PERSONS")


@pytest.mark.parametrize(
    ("threshold", "outcome", "why"),
    [
        ("0", "matching", ""),
        ("-4", "matching", ""),
        ("-5", "uncomputed", "only a limit is published"),
    ],
)
def test_a_change_of_which_only_a_limit_is_published(
    published: PageContext, client: FlaskClient, threshold: str, outcome: str, why: str
) -> None:
    asked = {"indicator": DOMESTIC, "unit": "since_start", "period": "2024", "last": "1",
             "relation": "below", "threshold": threshold}  # fmt: skip
    result = search_areas(published.with_changes(**asked))
    ((area, figure, written),) = measured(result)

    assert written == "a fall of more than 4\N{NO-BREAK SPACE}percentage points"
    assert area.outcome == outcome
    assert EN.listed(EN(key) for key, _ in area.reasons) == why
    assert figure.limit == "UPPER"
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    address = f"/download/search.csv?collection=published-figures&lang=en&{query}"
    (row,) = rows_of_file(client, address)
    assert (row["measured"], row["limit"]) == ("-4.0", "UPPER")
    assert row["why"] == (f"2024: {why}" if why else "")


@pytest.mark.parametrize(
    ("limit", "start", "found"),
    [("UPPER", "", "UPPER"), ("", "LOWER", "UPPER"), ("", "UPPER", "LOWER"),
     ("UPPER", "LOWER", "UPPER"), ("UPPER", "UPPER", "EITHER"), ("", "", "")],
)  # fmt: skip
def test_what_is_taken_off_is_limited_the_other_way(limit: str, start: str, found: str) -> None:
    assert limit_of_difference(limit, start) == found


def rows_of_file(client: FlaskClient, address: str) -> list[dict[str, str]]:
    text = client.get(address).text
    return list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))
