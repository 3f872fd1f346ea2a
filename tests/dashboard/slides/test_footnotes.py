"""Below every slide of a goal: caveats, breaks and letters are said, however little room is left."""

from collections.abc import Iterator
from html import escape
from typing import Any

import pandas as pd
import pytest

from dashboard.charts.native_sheets import sheet_of_time
from dashboard.charts.specification import Mark
from dashboard.data import records
from dashboard.released.scoreboard import read_scoreboard
from dashboard.released.series import AssessedSeries
from dashboard.slides.content import Footnote, SlideContent, words_of_footnote
from dashboard.slides.deck import contents_of, open_deck
from dashboard.slides.deck_file import DeckSlide
from dashboard.slides.frame_words import fitted_footnotes
from dashboard.slides.html_deck import write_html
from dashboard.slides.kinds.goal import facts_that_fit
from dashboard.slides.paragraphs import keep_numbers_together
from dashboard.slides.parts import TablePart
from dashboard.slides.words import cautions, letters_of_chart
from dashboard.target_text import READING_MARK
from dashboard.texts import texts
from dashboard.wording.scoreboard_findings import finding_of_board
from dashboard.wording.series_facts import flags_in_words
from tests.dashboard.chart_figures import trend_of
from tests.dashboard.release import SILENT
from tests.dashboard.slides.decks import built, deck_file, opened
from tests.tables import indicator

pytestmark = pytest.mark.usefixtures("home")


def contents(kind: str, language: str) -> Iterator[SlideContent]:
    deck = open_deck(deck_file(language=language))
    for goal in deck.context.definitions.goals:
        yield from contents_of(DeckSlide(link=f"/goal?goal={goal}", kind=kind), deck)


@pytest.mark.parametrize(
    ("kind", "language"), [("goal", "el"), ("states", "el"), ("multiples", "el"), ("map", "en")]
)
def test_no_caveat_and_no_break_is_left_out(kind: str, language: str) -> None:
    for content in contents(kind, language):
        written = fitted_footnotes(content.footnotes, content.more)
        assert written.fits, content.goal_line
        said = written.words
        for note in content.footnotes:
            forms = (note.words, *note.shorter) if isinstance(note, Footnote) else (note,)
            found = [keep_numbers_together(form) in said for form in forms]
            assert any(found) or isinstance(note, str), (content.goal_line, forms[0])
            assert found[0] or said.endswith(content.more), content.goal_line


def broken_series() -> AssessedSeries:
    causes = [f"joined: {areas}; left: BE, ES, HU, LT" for areas in ("LU, DE", "MT, CY", "AT, FR")]
    values = pd.DataFrame({
        "period": ["2020", "2021", "2022", "2025"], "value": [40.0, 60.0, 70.0, 80.0],
        "observation_status": ["A", "B", "B", "B"], "confidentiality_status": "F", "late": False,
        "remark": ["", *causes], "areas_expected": 27, "areas_reporting": 25, "component": "value",
    })  # fmt: skip
    return AssessedSeries(indicator("ADVICE"), "EU27_2020", {}, records(values), ())


@pytest.mark.parametrize("language", ["en", "fi", "el"])
def test_breaks_without_room_are_named_and_the_notes_have_why(language: str) -> None:
    text = texts(language)
    named = text("chart.break_in", period="2021, 2022, 2025")
    long = Footnote("word " * 75)

    said = fitted_footnotes([long, *cautions(broken_series(), text)], "MORE").words

    assert named[1:] in said
    assert said.endswith("MORE")
    alone = fitted_footnotes([*cautions(broken_series(), text)], "MORE").words
    assert text.code("area", "HU") in alone


def test_a_break_below_a_year_has_its_letter_among_the_footnotes() -> None:
    chart = trend_of(broken_series())
    letters = {row.partition("\n")[2] for row in sheet_of_time(chart).rows}

    assert letters == {"", "b"}
    assert "b\xa0break in time series." in words_of_footnote(letters_of_chart(chart, texts("en")))


@pytest.mark.parametrize("language", ["en", "el"])
def test_a_scoreboard_explains_its_letters_and_the_mark_of_a_reading(language: str) -> None:
    deck = open_deck(deck_file(language=language))
    found: set[str] = set()
    for content in contents_of(DeckSlide(link="/?framework=GA2012"), deck):
        said = fitted_footnotes(content.footnotes, content.more).words
        (table,) = (part for part in content.parts() if isinstance(part, TablePart))
        for name, _, figure, *_ in table.rows[1:]:
            letter = figure.lines[0].words.split("\xa0")[-1]
            signs = {READING_MARK} & {*name.words} | ({letter} if letter in {*"bpeuij"} else set())
            assert all(f"{sign}\xa0" in said for sign in signs), (signs, said)
            found |= signs
    assert READING_MARK in found


def test_the_matrix_explains_the_mark_of_a_reading() -> None:
    deck = open_deck(deck_file())
    (content,) = contents_of(DeckSlide(link="/?framework=GA2012", kind="matrix"), deck)
    table = [part for part in content.parts() if isinstance(part, TablePart)][-1]

    assert any(READING_MARK in name.words for name, *_ in table.rows)
    assert f"{READING_MARK}\xa0" in fitted_footnotes(content.footnotes, content.more).words


def test_a_slide_of_one_framework_has_the_finding_of_all_and_who_has_not_reported() -> None:
    deck = open_deck(deck_file())
    board = finding_of_board(read_scoreboard(deck.context), deck.context)
    for link, is_of_all in (("/", True), ("/?framework=GA2012", False)):
        for content in contents_of(DeckSlide(link=link), deck):
            said = fitted_footnotes(content.footnotes, content.more).words
            assert (f"All frameworks: {board.first}" in said) is is_of_all
            assert f"No report for round 2025: {SILENT}." in said


@pytest.mark.parametrize("language", ["en", "fi", "el"])
def test_the_gap_of_every_goal_is_on_its_slide(language: str) -> None:
    text = texts(language)
    start = f"{text('chart.start')}: {'4,334 full-time equivalents ' * 3}"
    gap = text("chart.gap", gap="+150")

    assert facts_that_fit(["546", start, gap], 300) == ["546", gap]
    assert facts_that_fit(["546 private providers", "396 in 2020", gap], 260) == [
        "396 in 2020",
        gap,
    ]
    in_one = "546 · as published"  # a fact that has the separator of facts in it stays whole
    assert facts_that_fit([in_one, gap], 300) == [in_one, gap]


@pytest.mark.parametrize("language", ["en", "el"])
def test_marks_that_no_label_names_are_in_the_legend_of_their_chart(language: str) -> None:
    """Those at earlier years, and those at what is expected of each State."""
    goals = ("GA-1.1", "GA-1", "GA-2.1", "GA-4.2", "CC2019-5")
    links = [DeckSlide(link=f"/goal?goal={goal}{view}") for goal in goals
             for view in ("", "&view=states")]  # fmt: skip
    file = deck_file(*links, language=language)
    _, *slides = opened(built(file)).slides
    named = [named_in_legend(shape.chart) for slide in slides for shape in slide.shapes
             if shape.has_chart and shape.chart.has_legend]  # fmt: skip
    assert len(named) > 3
    assert {len(names) for names in named} == {1}
    document = write_html(open_deck(file)).decode()
    assert all(escape(name) in document for names in named for name in names)


def named_in_legend(chart: Any) -> list[str]:
    deleted = {int(own) for own in chart._chartSpace.xpath(".//c:legendEntry/c:idx/@val")}
    return [series.name for plot in chart.plots for series in plot.series
            if series._element.idx.val not in deleted]  # fmt: skip


def test_a_letter_of_several_reasons_names_them_all() -> None:
    """Figures without a letter of their own share a sign."""
    marks = [
        Mark("absent.not_reported", "no figure"),
        Mark("P", "provisional value"),
        Mark("absent.missing", "no clear change"),
        Mark("P", "provisional value"),
    ]
    words = flags_in_words(marks, texts("en")).replace("\N{NO-BREAK SPACE}", " ")
    assert words == ": no figure, no clear change; p provisional value"
