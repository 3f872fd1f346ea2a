"""Decks of published figures: of several areas, most goals without a figure."""

from pathlib import Path
from typing import Any

import pytest
from pptx.enum.chart import XL_TICK_LABEL_POSITION
from pptx.util import Pt

from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.addresses.lasting_addresses import lasting_address
from dashboard.addresses.selection import choose
from dashboard.charts.arial_widths import longest_word
from dashboard.components.goal.card_header import chosen_by_page
from dashboard.components.scoreboard_table import figure_values
from dashboard.context import read_context
from dashboard.released.scoreboard import read_scoreboard
from dashboard.slides.deck import open_deck, read_entry
from dashboard.slides.deck_file import DeckSlide
from dashboard.slides.deck_links import DeckLink
from dashboard.slides.goals_without_figures import is_without_figures
from dashboard.slides.listed_rows import rows_listed
from dashboard.slides.measures import CONTENT_HEIGHT, CONTENT_TOP
from dashboard.slides.tables import SIDE
from dashboard.texts import texts
from dashboard.view import View
from metrics.core.errors import SubmissionError
from metrics.messages.error_texts import error_sentence
from tests.dashboard.slides.decks import (
    built,
    deck_file,
    needed_height,
    opened,
    words_of,
)

PUBLISHED = "published-figures"
FOOTNOTES_TOP = CONTENT_TOP + CONTENT_HEIGHT + 2


@pytest.fixture(autouse=True)
def published_home(published_release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMPACT_HOME", str(published_release.parents[3]))


def slides_of(*links: str) -> list[Any]:
    slides = [DeckSlide(link=link) for link in links]
    presentation = opened(built(deck_file(*slides, collection=PUBLISHED, marking="")))
    return list(presentation.slides)[1:]


def rows_of(slide: Any) -> dict[str, list[str]]:
    """Goal → its cells, of the first table of a slide."""
    table = next(shape.table for shape in slide.shapes if shape.has_table)
    cells = [[cell.text.replace("\xa0", " ") for cell in row.cells] for row in table.rows]
    return {row[0].split()[0]: row for row in cells}


def test_a_figure_has_its_area_and_series_as_on_the_page() -> None:
    context = read_context(View(collection=PUBLISHED, framework="GA2012"))
    (slide,) = slides_of("/?framework=GA2012")
    rows = rows_of(slide)
    assert rows["GA-2.1"][2].startswith("CZ: 306\npersons")
    words = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    names = names_without_figure(slide)
    for row in read_scoreboard(context).rows:
        page = figure_values(row, context.text, is_area_named=True)
        if is_without_figures(row):
            assert row.goal.code in names
            assert not page["latest"]
            continue
        figure = rows[row.goal.code][2].replace("\n", " ")
        assert figure.startswith(page["latest"].replace("\xa0", " ") or "–")
        assert page["other_series"] in words


def names_without_figure(slide: Any) -> str:
    """Of the goals that the last table names in one row."""
    *_, table = (shape.table for shape in slide.shapes if shape.has_table)
    (row,) = table.rows
    return " ".join(cell.text.replace("\xa0", " ") for cell in row.cells)


def test_goals_without_a_figure_are_named_in_one_row_that_is_read_from_the_last_row() -> None:
    (slide,) = slides_of("/?framework=CC2019")
    assert names_without_figure(slide).startswith(": No figure: 16 CC2019-5 Successful")
    (matrix,) = slides_of_kind("/?framework=CC2019", "matrix")
    assert names_without_figure(matrix).startswith(": No figure: 16 CC2019-5 Successful")
    (first, *_) = slides_of("/state?area=FI&framework=GA2012")
    tables = [shape.table for shape in first.shapes if shape.has_table]
    assert tables[-1].rows[0].cells[0].text.replace("\xa0", " ") == ": No figure: 7"
    for table in (shape.table for own in (slide, matrix) for shape in own.shapes
                  if shape.has_table):  # fmt: skip
        sizes = {run.font.size.pt for cell in table.rows[len(table.rows) - 1].cells
                 for paragraph in cell.text_frame.paragraphs for run in paragraph.runs}  # fmt: skip
        assert min(sizes) >= 12


def test_a_state_without_any_figure_of_a_framework_has_its_goals_named() -> None:
    (slide,) = slides_of("/state?area=MT&framework=CC2019")
    assert names_without_figure(slide).startswith(": No figure: 19 CC2019-5 ")


def slides_of_kind(link: str, kind: str) -> list[Any]:
    file = deck_file(DeckSlide(link=link, kind=kind), collection=PUBLISHED, marking="")
    return [*opened(built(file)).slides][1:]


def test_a_framework_with_one_goal_says_more_about_it() -> None:
    (board,) = slides_of("/?framework=PC-FI")
    asked, missing, nearest = rows_without_figure(board)[:3]
    assert "PC-FI" in asked
    assert "No Member State has a figure of this series." in missing
    assert "GA-2.1 Offenders and suspects identified (published), CZ: 306 persons" in nearest
    (matrix,) = slides_of_kind("/?framework=PC-FI", "matrix")
    assert rows_without_figure(matrix)[:3] == [asked, missing, nearest]


def test_a_goal_that_no_state_is_assessed_on_has_a_dash_and_not_zero() -> None:
    (slide,) = slides_of("/?framework=GA2012")
    rows = rows_of(slide)
    assert {rows[goal][-1] for goal in ("GA-2.1", "GA-2.2", "GA-4.2")} == {"–"}


def test_a_headline_without_figure_names_the_series_that_have_figures() -> None:
    (slide,) = slides_of("/goal?goal=GA-4.2&area=DE")
    words = words_of(slide).replace("\xa0", " ")
    assert "Material removed within 24 hours”, has no figure for Germany" in words
    assert "no figure in this release" not in words
    asked, missing, nearest, next_step = rows_without_figure(slide)
    assert "Material removed within 24 hours (%)." in missing
    assert "two days (published share), hosted in the country: less than 56 % (2024)" in nearest
    assert "GA-4.2" in asked
    assert "Target: to rise" in asked
    assert next_step.startswith("Choose one of the other series on the page of the goal")


def rows_without_figure(slide: Any, language: str = "en") -> list[str]:
    """What the table in place of a chart says beside each heading."""
    name = texts(language)("chart.absent")
    table = next(shape.table for shape in slide.shapes if shape.name == name)
    return [row.cells[1].text.replace("\xa0", " ") for row in table.rows]


@pytest.mark.parametrize("view", ["", "&view=states", "&view=map"])
@pytest.mark.parametrize("language", ["en", "el"])
def test_a_slide_without_figure_says_what_is_missing_and_what_to_do(
    language: str, view: str
) -> None:
    links = [DeckSlide(link=f"/goal?goal={goal}{view}") for goal in ("GA-3.1", "GA-4.2")]
    file = deck_file(*links, collection=PUBLISHED, language=language)
    _, *slides = opened(built(file)).slides
    for slide in slides:
        assert len(rows_without_figure(slide, language)) == 4
        for shape in (shape for shape in slide.shapes if shape.has_table):
            heights = [row_height(shape.table, row) for row in shape.table.rows]
            assert heights == pytest.approx([row.height / Pt(1) for row in shape.table.rows])
            assert shape.top / Pt(1) + sum(heights) <= FOOTNOTES_TOP


def test_long_actions_go_on_on_a_further_slide_and_no_row_reaches_the_footnotes() -> None:
    file = deck_file(DeckSlide(link="/state?area=FI", kind="actions"), collection=PUBLISHED)
    _, *slides = opened(built(file)).slides
    rows: list[str] = []
    for slide in slides:
        table = next(shape for shape in slide.shapes if shape.has_table)
        heights = [row_height(table.table, row) for row in table.table.rows]
        assert table.top / Pt(1) + sum(heights) <= FOOTNOTES_TOP
        for row in list(table.table.rows)[1:]:
            needed = needed_height(row.cells[1], table.table.columns[1].width / Pt(1) - 3)
            assert needed <= row.height / Pt(1) - 5, "words touch no line, and are not broken again"
            rows.append(row.cells[1].text)
    release = read_context(View(collection=PUBLISHED)).release
    assert release is not None
    actions = release.tables["actions"]
    declared = actions[actions["area"] == "FI"]["description"]
    assert rows == [*declared]


def row_height(table: Any, row: Any) -> float:
    """As a program draws it, which lets a row grow for its words."""
    needed = [needed_height(cell, column.width / Pt(1))
              for column, cell in zip(table.columns, row.cells, strict=True)]  # fmt: skip
    return float(max(*needed, row.height / Pt(1)))


def test_no_figure_of_a_list_is_broken_off_from_its_letter() -> None:
    (slide,) = slides_of("/explore?goal=GA-4.2")
    table = next(shape.table for shape in slide.shapes if shape.has_table)
    for row in list(table.rows)[1:]:
        for column, cell in zip(table.columns, row.cells, strict=True):
            room = column.width / Pt(1) - 2 * SIDE
            for run in cell.text_frame.paragraphs[0].runs:
                size, is_bold = run.font.size.pt, bool(run.font.bold)
                assert longest_word(run.text, size, is_bold=is_bold) <= room, run.text


def test_a_goal_without_figures_of_states_is_named_in_the_title() -> None:
    (slide,) = slides_of("/goal?goal=GA-1.1&view=states")
    assert slide.shapes.title.text == (
        "Victims identified, ICSE: no Member State has a figure of this series"
    )


def test_a_view_that_says_nothing_is_refused_with_the_reason() -> None:
    with pytest.raises(SubmissionError) as refused:
        slides_of("/changes")
    assert "This is the first release of the collection" in error_sentence(refused.value, "en")


@pytest.mark.parametrize("link", ["/state?area=DE", "/explore?goal=GA-4.2", "/?framework=GA2012"])
def test_the_notes_of_a_list_name_who_published_its_figures(link: str) -> None:
    slide = slides_of(link)[0]
    assert "Published by " in slide.notes_slide.notes_text_frame.text


def test_a_slide_names_publisher_and_release_of_a_total_of_parts_and_of_a_comparison() -> None:
    slides = slides_of(
        "/goal?goal=GA-2.1&indicator=OFFENDERS_IDENTIFIED&area=CZ",
        "/goal?goal=GA-4.2&indicator=TAKEDOWN_SHARE_2D&area=DE",
        "/compare?indicator=HOTLINE_REPORTS_RECEIVED&areas=DE,FI",
    )
    names = (
        "Police of the Czech Republic",
        "Federal Government / BKA",
        "Save the Children Finland",
    )
    for slide, name in zip(slides, names, strict=True):
        words = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert f"Published by {name}" in words.replace("Germany, ", "")
        assert "Release 20" in words.replace("\xa0", " ")
    *_, parts, compared = (slide.notes_slide.notes_text_frame.text for slide in slides)
    assert "no figure in this release" not in parts
    assert "hosted in the country: 2014: 77" in parts
    assert "Germany: the series has a break in 2013, 2017." in compared


def test_a_trend_beside_a_state_names_its_years_where_its_axis_has_no_room() -> None:
    titles = {}
    for slide in slides_of("/state?area=DE&framework=GA2012", "/state?area=FI&framework=GA2012"):
        chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
        is_named = chart.category_axis.tick_label_position != XL_TICK_LABEL_POSITION.NONE
        titles[is_named] = chart.chart_title.text_frame.text.replace("\n", " ")
    assert titles[False] == "GA-4.2 · % 2014–2024"
    assert titles[True] == "GA-4.2 · reports a year"


def test_states_of_a_series_without_total_have_the_figures_of_its_parts_on_their_slide() -> None:
    (slide,) = slides_of("/goal?goal=GA-4.2&indicator=TAKEDOWN_SHARE_2D&view=states&area=DE")
    assert "figures for Germany by place of hosting, no total" in slide.shapes.title.text
    words = words_of(slide).replace("\N{NO-BREAK SPACE}", " ")
    assert "hosted in the country, Germany: less than 56 % (2024)" in words
    assert "no figure in this release" not in words


def test_few_frames_fill_their_rows_and_a_state_without_figures_is_named() -> None:
    link = "/goal?goal=GA-4.2&indicator=HOTLINE_REPORTS_RECEIVED&view=states"
    (slide,) = slides_of_kind(link, "multiples")
    frames = [shape for shape in slide.shapes if shape.has_chart]
    tops = {shape.top for shape in frames}
    assert len(tops) == 2
    assert sum(shape.width for shape in frames if shape.top == min(tops)) > 0.95 * Pt(888)
    assert "PT\N{NO-BREAK SPACE}:" in words_of(slide)
    (on_map,) = slides_of("/goal?goal=GA-4.2&indicator=HOTLINE_REPORTS_RECEIVED&view=map")
    assert on_map.shapes.title.text != slide.shapes.title.text
    assert "per 100,000 children, 2021: from 85.9 to" in on_map.shapes.title.text


def test_a_year_between_others_without_a_change_has_its_sign_in_a_list() -> None:
    (slide,) = slides_of("/explore?indicator=CYBERTIPLINE_REPORTS&area=FI")
    table = next(shape.table for shape in slide.shapes if shape.has_table)
    *_, changes = ([cell.text for cell in row.cells] for row in table.rows)
    assert changes[1:] == [":", "−8.9", ":", ":", "50.1"]


def test_no_single_row_of_a_list_is_left_out() -> None:
    assert [rows_listed(number) for number in (8, 9, 10)] == [8, 9, 8]


def test_the_link_that_the_page_of_a_goal_gives_can_be_opened_and_built() -> None:
    """Of a goal without any figure too: its link names the series that the page has chosen."""
    context = read_context(View(collection=PUBLISHED))
    deck = open_deck(deck_file(collection=PUBLISHED, marking=""))
    absent = 0
    for goal in context.definitions.goals:
        selection = choose(context.with_changes(goal=goal))
        link = lasting_address(GOAL_PATH, selection.context, **chosen_by_page(selection))
        named = choose(read_context(DeckLink.parse(link).view))
        assert named.series == selection.series
        for view in ("", "&view=map", "&view=states"):
            entry = read_entry(1, DeckSlide(link=link + view), deck)
            assert [*entry.contents[0].parts()]
        absent += selection.series is not None and selection.series.last_row is None
    assert absent


def test_a_series_of_which_the_release_has_nothing_says_so_on_its_page_and_slide() -> None:
    chosen = View(collection=PUBLISHED, goal="GA-4.2", indicator="TAKEDOWN_TIME")
    selection = choose(read_context(chosen))
    assert selection.unavailable is None
    assert selection.series is not None
    (slide,) = slides_of("/goal?goal=GA-4.2&indicator=TAKEDOWN_TIME")
    assert "Time from notice to takedown: no figure for the EU yet" in words_of(slide)
