"""The tabs Table and Calculation of a goal: their slides show what the page shows."""

import re

import pytest

from dashboard.addresses.selection import Selection, choose
from dashboard.charts.captions import unit_in_words
from dashboard.components.arithmetic import step_cells
from dashboard.components.goal.trend import trend_card
from dashboard.slides.content import SlideContent, words_of_footnote
from dashboard.slides.deck import contents_of, open_deck, read_slide_context
from dashboard.slides.deck_file import DeckSlide
from dashboard.slides.kinds import kind_of_link
from dashboard.slides.measured_tables import TableWords, measure_table
from dashboard.slides.measures import CONTENT_BOTTOM, CONTENT_TOP
from dashboard.slides.parts import TablePart, TextPart
from dashboard.slides.tables import cell
from dashboard.texts import texts
from dashboard.view import View
from dashboard.wording.calculations import account_of_verdict
from metrics.messages import languages
from tests.dashboard.reading import of_type, words
from tests.dashboard.slides.decks import deck_file

pytestmark = pytest.mark.usefixtures("home")
GOAL = "/goal?goal=GA-1.1"
HARD_SPACE = "\N{NO-BREAK SPACE}"


def slides_of(link: str, language: str = "en", kind: str = "") -> list[SlideContent]:
    deck = open_deck(deck_file(language=language))
    return [*contents_of(DeckSlide(link=link, kind=kind), deck)]


def tables_of(content: SlideContent) -> list[list[list[str]]]:
    parts = (part for part in content.parts() if isinstance(part, TablePart))
    return [[[own.words for own in row] for row in part.rows] for part in parts]


def selection_of(query: str, language: str = "en") -> Selection:
    view = View.parse(f"{query}&lang={language}&collection=sample")
    return choose(read_slide_context(view))


@pytest.mark.parametrize("tab", ["table", "calculation"])
def test_a_tab_has_a_slide_of_its_own(tab: str) -> None:
    assert kind_of_link("/goal", tab, "").name == tab
    assert kind_of_link("/goal", "", "").name == "goal"


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("query", ["goal=GA-1.1", "goal=GA-1.1&area=DE", "goal=GA-2.1&area=FI",
                                   "goal=GA-4.2", "goal=GA-1.1&area=LU"])  # fmt: skip
def test_the_table_has_the_figures_of_the_page(query: str, language: str) -> None:
    (content,) = slides_of(f"/goal?{query}&view=table", language)
    ((heads, *rows),) = tables_of(content)
    selection = selection_of(f"{query}&view=table", language)
    assert selection.series is not None
    page = [[words(own) for own in row.children]
            for row in of_type(trend_card(selection, selection.series), "Tr")]  # fmt: skip
    columns = dict(zip(page[0], zip(*page[1:], strict=True), strict=True))
    text = texts(language)
    status, value = text("table.status"), text("table.value")

    assert len(rows) == len(page) - 1
    unit = unit_in_words(selection.series, text)
    assert heads[1] == (f"{value} ({unit})" if unit else value)
    for at, head in enumerate([heads[0], value, *heads[2:]]):
        for row, shown in zip(rows, columns[head], strict=True):
            if head == value:
                number = row[at].split(HARD_SPACE + row[at][-1:])[0]
                assert number in shown or len(row[at]) == 1, (head, row[at], shown)
            elif head == status:
                assert row[at] == "–" or row[at].partition(HARD_SPACE)[2] in shown
            else:
                assert row[at] == shown


def test_the_notes_of_the_table_have_every_row_with_its_remarks() -> None:
    (content,) = slides_of(f"{GOAL}&area=DE&view=table")
    notes = "\n".join(content.notes).replace(HARD_SPACE, " ")
    assert all(f"{name.rpartition(', ')[2]}: " in notes for name in content.figures)
    assert "provisional value" in notes
    assert content.source
    assert content.caveats
    assert {name.rpartition(", ")[2] for name in content.figures} == {
        "2020", "2021", "2022", "2023", "2024", "2025",
    }  # fmt: skip


def test_the_table_is_as_of_a_chosen_period() -> None:
    (content,) = slides_of(f"{GOAL}&view=table&period=2023")
    ((_, *rows),) = tables_of(content)
    assert [row[0] for row in rows] == ["2020", "2021", "2022", "2023"]


def test_a_breakdown_has_a_row_for_each_part_and_a_letter_for_what_is_suppressed() -> None:
    (content,) = slides_of(f"{GOAL}&breakdown=sex&view=table")
    ((heads, *rows),) = tables_of(content)
    selection = selection_of("goal=GA-1.1&breakdown=sex&view=table")
    assert selection.series is not None
    page = words(trend_card(selection, selection.series))

    assert heads[1:] == ["2020", "2021", "2022", "2023", "2024", "2025"]
    for name, *figures in rows:
        assert name in page
        for figure in figures:
            assert figure in {"c", ":", "z"} or figure.split(HARD_SPACE)[0] in page
    letters = {figure for _, *figures in rows for figure in figures if len(figure) == 1}
    said = " ".join(map(words_of_footnote, content.footnotes))
    assert all(f"{letter}{HARD_SPACE}" in said for letter in letters)


def test_a_table_without_room_keeps_the_newest_rows_and_stays_on_the_slide() -> None:
    rows = [[cell(str(year)), cell("1,234"), cell("words " * 12)] for year in range(1980, 2026)]
    newest_first = [*reversed(range(len(rows)))]
    found = measure_table(
        TableWords("Table", ["Period", "Value", "Notes"], rows, [1, 1, 3], newest_first),
        CONTENT_TOP,
    )

    shown = [row[0].words for row in found.part.rows[1:]]
    assert shown == [str(year) for year in range(2026 - len(shown), 2026)]
    assert 6 <= len(shown) < len(rows)
    assert found.part.box.top + found.part.box.height <= CONTENT_BOTTOM
    assert min(line.size for row in found.part.rows for own in row for line in own.lines) >= 13


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("query", ["goal=GA-1.1", "goal=GA-2.1", "goal=GA-2.2", "goal=GA-1",
                                   "goal=GA-1.1&area=DE"])  # fmt: skip
def test_the_calculation_has_status_target_reason_and_the_decisive_steps(
    query: str, language: str
) -> None:
    (content,) = slides_of(f"/goal?{query}&view=calculation", language)
    account, (heads, *steps) = tables_of(content)
    selection, text = selection_of(query, language), texts(language)
    series = selection.series
    assert series is not None
    assert series.official is not None
    assert selection.goal is not None
    page = [[words(own) for own in step_cells(step, text)] for step in series.official.arithmetic]
    said = " ".join(own for row in account for own in row).replace(HARD_SPACE, " ")

    assert text(f"status.{series.status}") in said
    asked = account_of_verdict(series.official, selection.goal, text)["arithmetic.target"]
    assert asked.replace(HARD_SPACE, " ") in said
    assert heads == [text("arithmetic.step"), text("arithmetic.formula"), text("arithmetic.value")]
    assert [step for step in page if step in steps] == steps
    assert len(steps) >= 5
    notes = " ".join(content.notes)
    assert all(name in notes and value in notes for name, _, value in page)
    if len(steps) < len(page):
        number = text.counted("slides.steps_shown", len(page), first=text.number(len(steps), 0))
        assert number in map(words_of_footnote, content.footnotes)


def test_the_calculation_keeps_rule_newest_value_and_result() -> None:
    (content,) = slides_of(f"{GOAL}&view=calculation")
    _, (_, *steps) = tables_of(content)
    names = [name for name, *_ in steps]
    for name in ("value", "agreed growth per year, in per cent", "path", "value − path"):
        assert name in names, names


def test_a_series_without_assessment_says_so_in_place_of_a_calculation() -> None:
    (content,) = slides_of("/goal?goal=GA-1.1&indicator=ICSE_VICTIMS[sex=F]&view=calculation")
    (part,) = content.parts()
    assert isinstance(part, TextPart)
    assert texts("en")("arithmetic.none") in part.text.words


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("goal=GA-1.1", "/g/GA-1.1?"),
        ("goal=GA-1.1&area=DE&view=table", "/g/GA-1.1/DE?view=table&"),
        ("goal=GA-1.1&breakdown=sex&view=table", "/g/GA-1.1?view=table&breakdown=sex&"),
        ("goal=GA-1.1&period=2023", "/g/GA-1.1?period=2023&"),
        ("goal=GA-1.1&view=states&period=2023", "/g/GA-1.1?view=states&period=2023&"),
        ("goal=GA-1.1&indicator=ICSE_VICTIMS[sex=F]", "/g/GA-1.1?indicator=ICSE_VICTIMS"),
    ],
)
def test_the_printed_address_leads_to_what_the_slide_shows(query: str, address: str) -> None:
    deck = open_deck(deck_file(address="https://metrics.example.eu"))
    content = next(contents_of(DeckSlide(link=f"/goal?{query}"), deck))
    place, _, choices = content.short_path.removeprefix("metrics.example.eu").partition("?")
    asked, _, wanted = address.partition("?")
    assert place == asked
    assert {*filter(None, wanted.split("&"))} <= {*choices.split("&")} or wanted in choices


def test_alternative_texts_say_what_the_tables_show() -> None:
    for tab in ("table", "calculation"):
        (content,) = slides_of(f"{GOAL}&view={tab}")
        for part in content.parts():
            assert isinstance(part, TablePart)
            assert re.search(r"\d", part.look.description)
            assert part.look.name
