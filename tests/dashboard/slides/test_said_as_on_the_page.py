"""What a slide says in little room is what the page says: limits, years, statuses, counts."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from flask.testing import FlaskClient

from dashboard.addresses.selection import choose
from dashboard.charts.chart_parts import TimePart
from dashboard.contents.state_profile import GoalBesideUnion, UsualYears
from dashboard.context import read_context
from dashboard.released.goal_statuses import GoalStatus
from dashboard.released.scoreboard import ScoreboardRow, read_scoreboard
from dashboard.slides.content import SlideContent, words_of_footnote
from dashboard.slides.deck import contents_of, open_deck
from dashboard.slides.deck_file import DeckSlide
from dashboard.slides.frame_words import fitted_footnotes
from dashboard.slides.kinds.goal import missing_from_count, who_is_counted
from dashboard.slides.kinds.state_profile import flag_of_goals, lines_of_latest, why_not_assessed
from dashboard.slides.parts import TablePart
from dashboard.target_text import READING_MARK
from dashboard.texts import texts
from dashboard.view import View
from dashboard.wording.narrative import latest_value
from dashboard.wording.series_facts import missing_from_union
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU
from metrics.core.verdict_codes import Reason, Step
from metrics.core.verdicts import CalculationStep, Status, Verdict
from metrics.messages import languages
from tests.dashboard.slides.decks import built, deck_file, opened, words_of
from tests.dashboard.test_chart_specification import every_flag
from tests.dashboard.test_narrative import series

PUBLISHED = "published-figures"


@pytest.fixture
def published(published_release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMPACT_HOME", str(published_release.parents[3]))


@pytest.mark.usefixtures("published")
def test_a_limit_is_marked_on_a_small_chart_and_each_status_names_what_it_is_of() -> None:
    file = deck_file(DeckSlide(link="/state?area=DE&framework=GA2012"), collection=PUBLISHED)
    slide = opened(built(file)).slides[1]
    (chart,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    codes = chart._chartSpace.xpath(".//c:dLbl/c:numFmt/@formatCode")
    assert any('"<\N{NO-BREAK SPACE}"' in code for code in codes)
    table = next(shape.table for shape in slide.shapes if shape.has_table)
    assert all(cell.text for cell in table.rows[0].cells), "a column has no heading"
    words = words_of(slide).replace("\N{NO-BREAK SPACE}", " ")
    assert "Status of this series: Undesired direction · 2024" in words
    assert "Status of the goal: Not assessed" in words


def test_an_older_figure_of_a_state_keeps_its_year_in_a_narrow_table() -> None:
    series, text = every_flag(), texts("en")
    assert series.last_known is not None
    year = str(series.last_known["period"])
    older, usual = (
        [*lines_of_latest(series, UsualYears(latest=latest), text)] for latest in ("1990", year)
    )
    assert older[0].words.endswith(f"({year})")
    assert f"({year})" not in usual[0].words


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("link", ["/?framework=CC2019", "/state?area=FI", "/state?area=EL"])
def test_every_figure_in_a_table_of_goals_has_its_unit_whatever_its_length(
    link: str, language: str
) -> None:
    """Greek has “ισοδύναμα πλήρους απασχόλησης”, and Finnish “palveluntarjoajaa”."""
    text, checked = texts(language), 0
    slides = [*opened(built(deck_file(DeckSlide(link=link), language=language))).slides][1:]
    tables = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    written = {row.cells[0].text.split()[0]: row.cells[2].text.replace("\xa0", " ")
               for table in tables for row in table.rows if len(row.cells) > 2}  # fmt: skip
    view = View(collection="sample", lang=language, area=parse_qs(link).get("/state?area", [""])[0])
    for row in read_scoreboard(replace(read_context(view), text=text)).rows:
        if row.series and row.series.last_known and row.goal.code in written:
            printed = latest_value(row.series, text).replace("\xa0", " ")
            number, _, unit = printed.partition(" ")
            assert number in written[row.goal.code]
            assert unit.split(" ")[-1] in written[row.goal.code]
            checked += 1
    assert checked


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("language", ["en", "el"])
@pytest.mark.parametrize(
    "link", [f"/goal?goal=GA-1{view}" for view in ("", "&view=states", "&view=map")]
)
def test_a_level_that_no_document_sets_is_marked_on_the_slide_of_its_goal(
    link: str, language: str
) -> None:
    content, words = said(link, language)
    assert f"GA-1\N{NO-BREAK SPACE}{READING_MARK}" in content.goal_line
    assert texts(language)("scoreboard.reading") in words.replace("\N{NO-BREAK SPACE}", " ")


def test_a_count_of_states_names_on_its_slide_who_did_not_report_and_who_is_not_bound() -> None:
    verdict = Verdict(
        Status.NOT_ACHIEVED, period="2025", value=21, expected_value=26, gap=-5,
        reason=Reason.STATES_NOT_CONFIRMED,
        arithmetic=(
            CalculationStep(Step.STATES_NOT_BOUND, ("DK",)),
            CalculationStep(Step.STATES_NOT_CONFIRMED, ("BG", "HU", "MT")),
            CalculationStep(Step.REACHED_IN_ROUND, 19),
        ),
    )  # fmt: skip
    rows = [{"period": "2025", "value": 21.0, "component": "reached"}]
    counted = series("LEGAL_INSTRUMENT", rows, verdict, "all_areas_by_date")
    words = " ".join(map(words_of_footnote, who_is_counted(counted, texts("en"))))
    assert "The 21 include 2 that have no figure for 2025" in words.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "Denmark is not bound and not counted." in words


@pytest.mark.usefixtures("home")
def test_a_count_that_names_who_did_not_report_does_not_call_them_without_figure() -> None:
    selection = choose(read_context(View(collection="sample", goal="GA-2.1", area=EU)))
    assert selection.series is not None
    assert selection.series.official is not None
    official = selection.series.official
    named = replace(official, verdict=replace(official.verdict, reason=Reason.STATES_NOT_CONFIRMED))
    counted = replace(selection.series, assessments=(named,))
    assert "No figure for" in missing_from_union(counted, selection)
    assert "No figure for" not in missing_from_count(counted, selection)


@pytest.mark.usefixtures("home")
def test_a_number_of_goals_says_which_are_one_series_and_which_no_state_agreed() -> None:
    of_all, printed = said("/", "en")
    assert "Assessed by one series and counted for each goal: GA-2.1, CC2019-7;" in printed
    assert "Counted, but not agreed by Member States: PC-FI." in " ".join(of_all.notes)
    of_one, printed = said("/?framework=GA2012", "en")
    assert "Assessed by one series" not in printed + " ".join(of_one.notes)


@pytest.mark.usefixtures("home")
def test_a_single_goal_is_named_and_not_counted() -> None:
    for link in ("/?framework=PC-FI", "/state?area=FI&framework=PC-FI"):
        title = said(link, "en")[0].title
        assert "Civil society training: " in title
        assert "agreed" not in title


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (("GA-1", "GA-2.1", "GA-2.2", "GA-3.1"), "All figures: provisional value."),
        (("GA-1", "GA-2.1", "GA-2.2"), "All figures but those of GA-3.1: provisional value."),
        (("GA-1", "GA-2.1"), "Provisional value: GA-1, GA-2.1."),
    ],
)
def test_a_flag_of_most_figures_of_a_state_takes_no_line_for_each_goal(
    codes: tuple[str, ...], said: str
) -> None:
    every = ("GA-1", "GA-2.1", "GA-2.2", "GA-3.1")
    assert flag_of_goals("provisional value", codes, every, texts("en")) == said


def test_a_state_that_a_commitment_does_not_bind_is_told_so_on_its_slide() -> None:
    verdict = Verdict(Status.NOT_ASSESSED, period="2025", value=2, reason=Reason.NOT_BOUND)
    rows = [{"period": "2025", "value": 2.0, "component": "step"}]
    figure = series("LEGAL_INSTRUMENT", rows, verdict, "all_areas_by_date")
    own = GoalStatus("DK", Status.NOT_ASSESSED)
    row = ScoreboardRow(catalogue().goals["GA-2.1"], own, figure, ())
    (note,) = why_not_assessed([GoalBesideUnion(row, row, ())], texts("en"))
    assert note.words == "GA-2.1: The commitment does not bind this Member State."


@pytest.mark.usefixtures("home")
def test_the_key_of_the_methods_has_every_status_that_a_slide_of_the_release_has() -> None:
    content, _ = said("/about", "en")
    key = [cell.words for part in content.parts() if isinstance(part, TablePart)
           for row in part.rows for cell in row]  # fmt: skip
    explained = {words.partition("\N{NO-BREAK SPACE}")[2] for words in key}
    used = {figure.words for framework in ("GA2012", "CC2019", "PC-FI")
            for own in contents_of(DeckSlide(link=f"/?framework={framework}", kind="matrix"),
                                   open_deck(deck_file()))
            for figure in own.figures.values()}  # fmt: skip
    assert used <= explained


@pytest.mark.usefixtures("home")
def test_a_change_since_the_start_is_not_called_a_gap_and_has_its_unit() -> None:
    content = said("/?framework=GA2012", "en")[0]
    figures = [figure.words for figure in content.figures.values()]
    changes = [words for words in figures if "irection;" in words]
    assert changes
    assert all("Gap" not in words for words in changes)
    assert any("Change since 2020: +" in words for words in changes)
    shares = [words for words in changes if "%" in words and "Change since" in words]
    assert all(words.replace("\N{NO-BREAK SPACE}", " ").endswith(" pp") for words in shares)
    (table, *_) = (part for part in content.parts() if isinstance(part, TablePart))
    assert texts("en")("scoreboard.gap_or_change") in [head.words for head in table.rows[0]]


@pytest.mark.usefixtures("home")
def test_the_numbers_below_the_title_of_a_matrix_add_up_in_every_language() -> None:
    every = [numbers_of_matrix(language) for language in ("en", "fi", "el")]
    assert every[0] == every[1] == every[2]
    (well, total), counts = every[0]
    assert sum(counts) == total == 8 * 27
    assert 0 < well < total


def numbers_of_matrix(language: str) -> tuple[list[int], list[int]]:
    """Those of the title, and those of the key to the statuses."""
    content = said("/?framework=GA2012", language, "matrix")[0]
    *key, _ = (part for part in content.parts() if isinstance(part, TablePart))
    words = [cell.words for part in key for row in part.rows for cell in row]
    return (
        [int(number) for number in re.findall(r"\d+", content.title)],
        [int(word.rpartition(": ")[2]) for word in words],
    )


@pytest.mark.usefixtures("published")
def test_a_matrix_without_status_says_how_many_goals_have_a_figure() -> None:
    deck = open_deck(deck_file(collection=PUBLISHED))
    (content,) = contents_of(DeckSlide(link="/?framework=GA2012", kind="matrix"), deck)
    assert content.title.endswith("of 8 goals have a published figure")


def said(link: str, language: str, kind: str = "") -> tuple[SlideContent, str]:
    """The first slide of a link, and its footnotes as they are printed."""
    deck = open_deck(deck_file(language=language))
    content = next(iter(contents_of(DeckSlide(link=link, kind=kind), deck)))
    return content, fitted_footnotes(content.footnotes, content.more).words


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(("page", "kind"), [
    ("/?framework=GA2012", "scoreboard"), ("/?framework=GA2012", "matrix"),
    ("/state?area=FI&framework=GA2012", "state"),
    ("/compare?indicator=ICSE_VICTIMS&areas=EU27_2020,DE", "comparison"),
])  # fmt: skip
def test_a_slide_as_of_a_period_names_it_and_leads_to_it(page: str, kind: str) -> None:
    content, _ = said(f"{page}&period=2022", "en", kind)
    later = [name for name, figure in content.figures.items() if "(2025)" in figure.words]

    assert "as of 2022" in content.title.lower() or any(
        "2022" in str(own) for own in content.caveats
    )
    assert "period=2022" in content.link
    assert later == []


NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
TAG = re.compile(r"<script.*?</script>|<style.*?</style>|<[^>]+>", re.DOTALL)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "link",
    [
        "/goal?goal=GA-1.1",
        "/goal?goal=GA-2.1&area=FI",
        "/state?area=FR&framework=GA2012",
        "/compare?indicator=ICSE_VICTIMS&areas=DE,FR,FI",
        "/find?indicator=ICSE_VICTIMS&unit=change&relation=below&threshold=10&last=2",
        "/reporting?area=EL",
    ],
)
def test_every_number_of_a_slide_is_on_the_page_that_it_leads_to(
    client: FlaskClient, link: str
) -> None:
    page = unescape(TAG.sub(" ", client.get(f"{link}&collection=sample&lang=en").text))
    content, _ = said(link, "en")
    cells = [cell.words for part in content.parts() if isinstance(part, TablePart)
             for row in part.rows for cell in row]  # fmt: skip
    numbers = {*NUMBER.findall(" ".join([content.title, *cells]))}
    assert numbers
    assert numbers <= {*NUMBER.findall(page)}


@pytest.mark.usefixtures("home")
def test_the_chart_below_an_only_goal_ends_with_the_chosen_year() -> None:
    framework = next(code for code in catalogue().frameworks
                     if sum(goal.framework == code for goal in catalogue().goals.values()) == 1)  # fmt: skip
    content, _ = said(f"/?framework={framework}&period=2022", "en")
    charts = [part.chart for part in content.parts() if isinstance(part, TimePart)]
    assert charts
    assert {point.period for chart in charts for line in chart.lines for point in line.points} <= {
        "2020", "2021", "2022",
    }  # fmt: skip


@pytest.mark.usefixtures("home")
def test_the_title_of_the_states_counts_every_one_with_a_current_status() -> None:
    """Also those without a clear change, who neither progress nor call for attention."""
    for goal in ("GA-1.1", "GA-3.1", "CC2019-13"):
        content, _ = said(f"/goal?goal={goal}&view=states", "en")
        first, *clauses = content.title.split("; ")
        found = re.search(r"(\d+) of (\d+) Member States", first)
        assert found is not None, first
        well, of_all = map(int, found.groups())
        named = [int(clause.split()[0]) for clause in clauses if "not current" not in clause]
        assert well + sum(named) == of_all, content.title


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("kind", ["scoreboard", ""])
def test_the_title_of_a_scoreboard_of_one_state_names_it(kind: str) -> None:
    content, _ = said("/?framework=GA2012&area=FI", "en", kind)
    assert content.title.startswith("Finland: ")


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("language", languages())
def test_the_title_of_a_map_is_about_the_figures_on_its_tiles(language: str) -> None:
    """And not about the gap of the Union, which the map does not show."""
    content, _ = said("/goal?goal=GA-1&view=map", language)
    known = [figure for figure in content.figures.values()
             if figure.exact and figure.exact[0] == "2025" and figure.period]  # fmt: skip
    known.sort(key=lambda figure: float(str(figure.exact[1])))
    assert content.title != said("/goal?goal=GA-1", language)[0].title
    for figure in (known[0], known[-1]):
        assert figure.words.split("\xa0")[0] in content.title
