"""A search finds what an independent computation over the release tables finds, and no more."""

import csv
import os
from collections.abc import Iterator
from dataclasses import replace
from math import isclose
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.contents.rule_search import SearchOutcome, SearchResult, search_areas
from dashboard.contents.search_in_words import (
    decimals_of_growth,
    finding_of_search,
    measured_cell,
    refused_in_words,
)
from dashboard.contents.search_rule import SearchMatch, SearchMeasure, SearchRelation
from dashboard.contents.searched_figures import UsedFigure, compare_with_threshold
from dashboard.context import PageContext, read_context
from dashboard.released.unclear_changes import NO_CLEAR_CHANGE
from dashboard.rounding import compare
from dashboard.slides.content import words_of_footnote
from dashboard.slides.deck import contents_of, open_deck
from dashboard.slides.deck_file import DeckSlide
from dashboard.texts import texts
from dashboard.view import View
from dashboard.wording.narrative import change_sentences
from metrics.catalogue.codelists import member_states
from metrics.core.tables import BREAKDOWNS, TOTAL
from metrics.messages import languages
from tests.dashboard.compared_release import (
    COUNTED,
    LADDER,
    OF_UNION,
    SHARED,
    UNRATED,
    write_compared_release,
)
from tests.dashboard.reading import of_type, words
from tests.dashboard.slides.decks import deck_file

# The sample's figures of ICSE_VICTIMS that decide who grew less than agreed in two years.
GROWN = {
    "DE": (1116, 1216, 1104), "EL": (194, 191, 186), "FR": (1010, 1023, 1019), "LT": (92, 101, 88),
    "PT": (121, 132, 137), "RO": (202, 206, 189), "DK": (160, 178, 197), "SE": (234, 249, 318),
    "HR": (198, None, 222), "HU": (192, 202, None), "MT": (44, 38, None), "BG": (212, 258, None),
    "CY": (None, 4400, 4900),
}  # fmt: skip
QUALIFIED = {("DE", 2025): "U"}
RULES = 150
EN = texts("en")
CONTEXTS: dict[str, PageContext] = {}  # by workspace


def fixed_rows() -> Iterator[dict[str, Any]]:
    for area in member_states():
        for year, value in zip(
            (2023, 2024, 2025), GROWN.get(area, (1000, 1200, 1500)), strict=True
        ):
            yield {
                "indicator": COUNTED, "area": area, "period": str(year), "value": value,
                "observation_status": "O" if value is None else QUALIFIED.get((area, year), "A"),
                "confidentiality_status": "F", "limit": "",
            }  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_compared_release(tmp_path_factory.mktemp("random"))


@pytest.fixture
def found_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EMPACT_HOME", str(folder.parents[3]))
    return folder


@pytest.fixture(scope="module")
def home_of_growth(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("growth")
    write_compared_release(home, [*fixed_rows()])
    return home


@pytest.fixture
def growth(home_of_growth: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMPACT_HOME", str(home_of_growth))


def search(**query: str) -> SearchResult:
    """In a release that is opened once: opening one takes longer than a search."""
    home = os.environ["EMPACT_HOME"]
    if home not in CONTEXTS:
        CONTEXTS[home] = read_context(View(collection="sample"))
    return search_areas(CONTEXTS[home].with_changes(**query))


def codes(result: SearchResult, outcome: SearchOutcome) -> set[str]:
    return {found.area for found in result.with_outcome(outcome)}


class Released:
    """The tables of a release, searched by hand."""

    def __init__(self, folder: Path) -> None:
        self.tables = {path.stem: pd.read_parquet(path) for path in folder.glob("*.parquet")}
        values = self.tables["indicator_values"]
        values = values[(values[list(BREAKDOWNS)] == TOTAL).all(axis=1)]
        key = ["indicator", "component", "area", "period"]
        self.rows = {tuple(row[name] for name in key): row for row in values.to_dict("records")}
        self.paths, self.statuses = self.by_period("trajectory"), self.by_period("status_history")
        changes = self.tables["period_changes"]
        changes = changes[(changes[list(BREAKDOWNS)] == TOTAL).all(axis=1)]
        ends = ["indicator", "component", "area", "base_period", "period"]
        self.materiality = {tuple(row[name] for name in ends): row["materiality"]
                            for row in changes.to_dict("records")}  # fmt: skip

    def by_period(self, name: str) -> dict[tuple[str, str, str], Any]:
        """The first goal of an indicator is the one of a page without a goal."""
        table = self.tables[name]
        whole = table[(table[list(BREAKDOWNS)] == TOTAL).all(axis=1)]
        return {(row["indicator"], row["area"], row["period"]): row
                for row in whole.to_dict("records")
                if row["goal"] == GOAL_OF.get(row["indicator"])}  # fmt: skip

    def outcome(self, rule: "Drawn", area: str) -> str:
        found = [self.holds(rule, area, period) for period in rule.periods]
        if "withheld" in found:
            return "uncomputed"
        decides = rule.match == "any"
        if decides in found:
            return "matching" if decides else "others"
        if None in found:
            return "uncomputed"
        return "others" if decides else "matching"

    def holds(self, rule: "Drawn", area: str, period: str) -> bool | str | None:
        own = self.rows.get((rule.code, HEADLINE[rule.code], area, period), {})
        before = self.rows.get((rule.code, HEADLINE[rule.code], area, str(int(period) - 1)), {})
        used = [own, before] if rule.measure == "change" else [own]
        if any(row.get("observation_status") == "Q" for row in used):
            return "withheld"
        if rule.measure == "status":
            status = self.statuses.get((rule.code, area, period), {}).get("status", "")
            return None if status in {"", "not_assessed"} else status == rule.status
        if rule.measure == "gap":
            assessed = self.statuses.get((rule.code, area, period), {}).get("gap", float("nan"))
            on_path = self.paths.get((rule.code, area, period), {}).get("gap", float("nan"))
            gap = on_path if pd.isna(assessed) else assessed
            is_known = not pd.isna(own.get("value")) and not pd.isna(gap)
            return relation_holds(rule, gap) if is_known else None
        component = {"value": "value", "rate": "per_100_000_children"}.get(rule.measure)
        change = "change_points" if rule.code == SHARED else "year_on_year"
        row = self.rows.get((rule.code, component or change, area, period))
        if row is None or pd.isna(row["value"]):
            return "withheld" if row and row["observation_status"] == "Q" else None
        found = relation_holds(rule, row["value"], row["limit"])
        return self.change_holds(rule, area, period, found) if rule.measure == "change" else found

    def change_holds(
        self, rule: "Drawn", area: str, period: str, found: bool | None
    ) -> bool | None:
        """Of a change that is not clear, no change must give the same answer."""
        key = (rule.code, HEADLINE[rule.code], area, str(int(period) - 1), period)
        reason = self.materiality.get(key) or "material"
        if reason == "small_base":
            return None
        return found if reason == "material" or found == relation_holds(rule, 0.0) else None


class Drawn:
    """A rule drawn at random."""

    def __init__(self, random: Random) -> None:
        self.code = random.choice([COUNTED, COUNTED, UNRATED, SHARED, LADDER])
        self.measure = random.choice(MEASURES[self.code])
        self.relation = random.choice([*SearchRelation])
        self.match = random.choice([*SearchMatch])
        last = random.randint(1, 4)
        until = random.randint(2021, 2025)
        self.periods = [str(year) for year in range(until - last + 1, until + 1)]
        self.status = random.choice(["behind", "on_track", "achieved", "no_clear_change"])
        size = {"value": 300, "rate": 40, "change": 20, "gap": 50, "status": 1}[self.measure]
        self.threshold = round(random.uniform(-size / 3, size), random.randint(0, 2))

    @property
    def query(self) -> dict[str, str]:
        return {
            "indicator": self.code, "unit": self.measure, "relation": str(self.relation),
            "threshold": str(self.threshold), "last": str(len(self.periods)),
            "period": self.periods[-1], "match": str(self.match), "status": self.status,
        }  # fmt: skip


# The goal whose path and status are meant where the address names none.
GOAL_OF = {COUNTED: "GA-1.1", UNRATED: "CC2019-20", SHARED: "GA-1", LADDER: "CC2019-10"}
HEADLINE = {COUNTED: "value", UNRATED: "value", SHARED: "value", LADDER: "step"}
MEASURES = {
    COUNTED: ["value", "rate", "change"], UNRATED: ["value", "change"],
    SHARED: ["value", "change"], LADDER: ["status"],
}  # fmt: skip


def relation_holds(rule: Drawn, value: float, limit: str = "") -> bool | None:
    same = isclose(value, rule.threshold, rel_tol=1e-9, abs_tol=1e-9)
    if limit:
        is_clear = (value >= rule.threshold) if limit == "LOWER" else (value <= rule.threshold)
        if not (is_clear or same):
            return None
        return (rule.relation in {"above", "at_least"}) == (limit == "LOWER") and (
            rule.relation != "equal"
        )
    return {
        "below": value < rule.threshold and not same,
        "at_most": value < rule.threshold or same,
        "at_least": value > rule.threshold or same,
        "above": value > rule.threshold and not same,
        "equal": same,
    }[rule.relation]


def test_many_rules_find_what_the_tables_hold(found_in: Path) -> None:
    released, random = Released(found_in), Random(2026)
    outcomes: set[str] = set()
    for _ in range(RULES):
        rule = Drawn(random)
        result = search(**rule.query)
        assert (result.rule.measure, list(result.rule.periods)) == (rule.measure, rule.periods)

        found = {area.area: str(area.outcome) for area in result.areas}

        assert found == {area: released.outcome(rule, area) for area in member_states()}, rule.query
        outcomes |= set(found.values())
    assert outcomes == set(map(str, SearchOutcome))


@pytest.mark.parametrize("measure", ["gap", "status"])
def test_gaps_and_statuses_are_those_of_the_release(found_in: Path, measure: str) -> None:
    released, random = Released(found_in), Random(7)
    for _ in range(30):
        rule = Drawn(random)
        rule.code, rule.measure = COUNTED, measure

        result = search(**rule.query, goal="GA-1.1")

        found = {area.area: str(area.outcome) for area in result.areas}
        assert found == {area: released.outcome(rule, area) for area in member_states()}, rule.query


@pytest.mark.usefixtures("growth")
def test_yearly_changes_of_a_search_have_one_number_of_decimals() -> None:
    """Alone, the first would be printed as +9 %."""
    result = search(goal="GA-1.1")
    germany = next(found for found in result.areas if found.area == "DE")
    used = tuple(
        UsedFigure(period, value, holds=True, printed=replace(compare(value, 0), is_fixed=False))
        for period, value in (("2024", 9.0), ("2025", -9.2105))
    )
    result = replace(result, areas=(replace(germany, used=used),))
    decimals = decimals_of_growth(result)
    cells = [measured_cell(own, germany, result.rule, EN, decimals)["value"] for own in used]
    assert [own.replace("\N{NO-BREAK SPACE}", " ") for own in cells] == ["+9.0 %", "−9.2 %"]


@pytest.mark.usefixtures("growth")
def test_who_missed_the_agreed_growth_in_each_of_two_years() -> None:
    """Bulgaria and Cyprus are decided by the year that they have.

    Denmark reports 11 % more in both years, which is not a clear change: neither above nor below.
    """
    result = search(goal="GA-1.1")

    assert codes(result, SearchOutcome.MATCHES) == {"DE", "EL", "FR", "LT", "PT", "RO"}
    assert codes(result, SearchOutcome.UNCOMPUTED) == {"HR", "HU", "MT", "DK"}
    (denmark,) = [found for found in result.areas if found.area == "DK"]
    assert denmark.reasons == [(NO_CLEAR_CHANGE, "2024"), (NO_CLEAR_CHANGE, "2025")]
    cells = [measured_cell(figure, denmark, result.rule, EN) for figure in denmark.used]
    assert [cell["value"] for cell in cells] == ["no clear change"] * 2
    rule = result.rule
    assert (rule.measure, rule.relation, rule.threshold) == (
        SearchMeasure.CHANGE,
        SearchRelation.BELOW,
        10,
    )
    assert (rule.periods, rule.match) == (("2024", "2025"), SearchMatch.EACH)


@pytest.mark.parametrize("measure", ["value", "rate", "change", "gap", "status"])
@pytest.mark.parametrize("match", [*SearchMatch])
def test_no_threshold_narrows_a_withheld_figure_down(
    found_in: Path, measure: str, match: str
) -> None:
    values = Released(found_in).rows
    withheld = {area for area in member_states() for year in ("2023", "2024", "2025")
                if values[COUNTED, "value", area, year]["observation_status"] == "Q"}  # fmt: skip
    assert withheld
    for threshold in (-1e9, 50, 1e9):
        for relation in (SearchRelation.BELOW, SearchRelation.ABOVE):
            result = search(indicator=COUNTED, unit=measure, threshold=str(threshold), last="3",
                            relation=str(relation), match=match, period="2025")  # fmt: skip

            assert withheld <= codes(result, SearchOutcome.UNCOMPUTED)


def test_every_reason_for_absence_is_named(found_in: Path) -> None:
    result = search(indicator=COUNTED, unit="change", last="6", relation="above", threshold="9999",
                    match="any")  # fmt: skip

    found = {
        why for area in result.with_outcome(SearchOutcome.UNCOMPUTED) for why, _ in area.reasons
    }

    assert {"absent.suppressed", "absent.missing", "absent.not_applicable", "absent.not_collected",
            "uncomputed.break"} <= found  # fmt: skip


@pytest.mark.parametrize(
    ("value", "limit", "relation", "holds"),
    [
        (10.0, "", "equal", True),
        (10.000000000000002, "", "below", False),
        (10.000000000000002, "", "at_most", True),
        (9.99, "", "below", True),
        (12.0, "LOWER", "above", True),  # more than 12 is above 10
        (12.0, "LOWER", "below", False),
        (8.0, "LOWER", "above", None),  # more than 8 may be 9 or 11
        (8.0, "UPPER", "below", True),
        (12.0, "UPPER", "below", None),
        (10.0, "LOWER", "equal", False),
        (8.0, "EITHER", "below", None),
    ],
)
def test_a_figure_is_compared_with_the_threshold(
    value: float, limit: str, relation: str, holds: bool | None
) -> None:
    assert compare_with_threshold(value, limit, SearchRelation(relation), 10) is holds


@pytest.mark.usefixtures("growth")
@pytest.mark.parametrize("language", languages())
def test_the_page_states_the_rule_and_links_each_area(client: FlaskClient, language: str) -> None:
    from dashboard.pages import find  # noqa: PLC0415 - registers a page

    drawn = find.layout(collection="sample", goal="GA-1.1", lang=language)

    heading = words(of_type(drawn, "H1"))
    assert heading.startswith("6")
    assert "2024, 2025" in heading
    written = of_type(drawn, "Store")[-1].data
    assert written.index("area=DE") < written.index("area=HR") < written.index("area=SE")
    low = texts(language).code("observation_status", "U")
    assert written.count(f'#value-U" data-hint="{low}">u</a></sup>') == 1
    assert f"u {low}" in written


@pytest.mark.usefixtures("growth")
def test_a_threshold_that_is_no_number_is_named(client: FlaskClient) -> None:
    from dashboard.pages import find  # noqa: PLC0415 - registers a page

    drawn = find.layout(collection="sample", threshold="ten", relation="nearly", lang="en")

    alerts = [words(part) for part in of_type(drawn, "P") if getattr(part, "role", "") == "alert"]
    assert any("“ten” is not a number" in alert for alert in alerts)
    assert any("“nearly”" in alert for alert in alerts)


@pytest.mark.usefixtures("growth")
def test_a_series_of_the_union_alone_cannot_be_searched(client: FlaskClient) -> None:
    from dashboard.pages import find  # noqa: PLC0415 - registers a page

    drawn = find.layout(collection="sample", indicator=OF_UNION, lang="en")

    assert "there is nothing to search" in words(drawn)
    assert of_type(drawn, "Form")


def test_published_figures_are_searched_by_default_by_a_change_that_they_have(
    client: FlaskClient, published_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMPACT_HOME", str(published_release.parents[3]))

    result = search_areas(read_context(View(collection="published-figures")))

    assert result.rule.measure == "change"
    assert any(found.outcome is not SearchOutcome.UNCOMPUTED for found in result.areas)


@pytest.mark.usefixtures("growth")
def test_the_file_holds_every_figure_that_is_used(client: FlaskClient) -> None:
    text = client.get("/download/search.csv?collection=sample&goal=GA-1.1&lang=en").text
    rows = list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))

    assert len(rows) == 2 * len(member_states())
    (croatia,) = [row for row in rows if (row["area"], row["period"]) == ("HR", "2025")]
    assert (croatia["outcome"], croatia["why"]) == ("uncomputed", "2024: not available")
    assert all("invented" in row["source_line"] for row in rows)
    (germany,) = [row for row in rows if (row["area"], row["period"]) == ("DE", "2025")]
    assert (germany["observation_status"], germany["limit"]) == ("U", "")


@pytest.mark.usefixtures("growth")
def test_a_file_of_an_unknown_series_or_relation_is_refused(client: FlaskClient) -> None:
    for query in ("indicator=NONSENSE", "relation=nearly"):
        assert client.get(f"/download/search.csv?collection=sample&{query}").status_code == 404


@pytest.mark.usefixtures("found_in")
def test_a_search_by_a_rate_without_a_meaning_says_why(client: FlaskClient) -> None:
    from dashboard.pages import find as find_page  # noqa: PLC0415 - registers a page

    drawn = find_page.layout(collection="sample", indicator=UNRATED, unit="rate", lang="en")

    assert "A rate per 100,000 children has no meaning for “Trainings held”" in words(drawn)


@pytest.mark.usefixtures("growth")
def test_the_page_of_a_growth_target_leads_to_who_missed_it(client: FlaskClient) -> None:
    from dashboard.pages import goal as goal_page  # noqa: PLC0415 - registers a page

    drawn = goal_page.layout(collection="sample", goal="GA-1.1", lang="en")

    hrefs = [link.href for link in of_type(drawn, "Link") if link.href.startswith("/find")]
    view = View.parse(hrefs[-1].partition("?")[2])
    assert (view.unit, view.relation, view.threshold, view.last, view.match) == (
        "change", "below", "10", "2", "each",
    )  # fmt: skip
    assert codes(search(**{name: value for name, value in vars(view).items()
                           if name not in {"collection", "lang"}}), SearchOutcome.MATCHES) == {
        "DE", "EL", "FR", "LT", "PT", "RO",
    }  # fmt: skip
    assert any(link.href.startswith("/compare?") for link in of_type(drawn, "Link"))


# Hours to removal, by area: the medians of 2023, 2024 and 2025.
HOURS = {"LU": (200, 60, 10), "FR": (10, 60, 200), "LV": (28, 28.1, 28)}


@pytest.fixture(scope="module")
def home_of_medians(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("medians")
    rows = [
        {"indicator": "TAKEDOWN_TIME", "component": "median", "area": area, "period": str(year),
         "value": value, "observation_status": "A", "confidentiality_status": "F", "limit": ""}
        for area, values in HOURS.items()
        for year, value in zip((2023, 2024, 2025), values, strict=True)
    ]  # fmt: skip
    write_compared_release(home, rows)
    return home


@pytest.fixture
def medians(home_of_medians: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMPACT_HOME", str(home_of_medians))


@pytest.mark.usefixtures("medians")
def test_a_direction_alone_has_a_change_with_its_own_sign_and_no_gap() -> None:
    asked = {"indicator": "TAKEDOWN_TIME", "relation": "below", "threshold": "0"}
    by_gap, by_change = search(unit="gap", **asked), search(unit="since_start", **asked)
    measured = {found.area: found.used[0] for found in by_change.areas}

    assert SearchMeasure.GAP not in by_gap.measures
    assert by_gap.refused == "gap"
    assert finding_of_search(by_change).startswith("1 of 27 Member States: change since the start")
    assert codes(by_change, SearchOutcome.MATCHES) == {"LU"}
    assert (measured["LU"].value, measured["FR"].value) == (-190, 190)
    assert measured["LV"].no_change


@pytest.mark.usefixtures("medians")
def test_a_file_or_slide_of_a_measure_that_the_series_lacks_says_so(client: FlaskClient) -> None:
    query = "collection=sample&indicator=TAKEDOWN_TIME&unit=gap&lang=en"
    answer = client.get(f"/download/search.csv?{query}")
    refused = "has no gap to the target path in this release"

    slide = DeckSlide(link="/find?indicator=TAKEDOWN_TIME&unit=gap")
    (content,) = contents_of(slide, open_deck(deck_file()))

    assert answer.status_code == 404
    assert refused in answer.text
    assert refused in refused_in_words(search(indicator="TAKEDOWN_TIME", unit="gap"))
    assert refused in " ".join(map(words_of_footnote, content.footnotes))


@pytest.mark.usefixtures("medians")
@pytest.mark.parametrize("relation", ["below", "at_most"])
def test_a_change_of_a_median_within_one_band_counts_as_none(
    client: FlaskClient, relation: str
) -> None:
    asked = {"indicator": "TAKEDOWN_TIME", "unit": "change", "relation": relation}
    result = search(**asked, threshold="0")
    latvia = next(found for found in result.areas if found.area == "LV")
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    text = client.get(f"/download/search.csv?collection=sample&lang=en&threshold=0&{query}").text
    (row,) = [row for row in csv.DictReader(text.removeprefix("\ufeff").splitlines())
              if row["area"] == "LV"]  # fmt: skip

    assert [*change_sentences(latvia.series, result.context.release, result.context.text)] == [
        "In the same time band as the year before."
    ]
    cell = measured_cell(latvia.used[0], latvia, result.rule, result.context.text)
    assert cell["value"] == row["note"] == "no change: same time band as the year before"
    assert ("LV" in codes(result, SearchOutcome.MATCHES)) is (relation == "at_most")
    assert float(row["measured"]) < 0
