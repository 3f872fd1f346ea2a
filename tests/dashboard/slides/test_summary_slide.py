"""A scoreboard on one slide: the goals of each framework by status, and the operational goals."""

from typing import Any

import pytest
from pptx.util import Pt

from dashboard.context import read_context
from dashboard.released.scoreboard import read_scoreboard
from dashboard.slides.deck_file import DeckSlide
from dashboard.slides.measures import CONTENT_BOTTOM, HAIR
from dashboard.texts import texts
from dashboard.view import View
from metrics.messages import languages
from tests.dashboard.slides.decks import built, deck_file, needed_height, opened

pytestmark = pytest.mark.usefixtures("home")


def slides_of(link: str, **fields: Any) -> list[Any]:
    file = deck_file(DeckSlide(link=link, kind="summary"), **fields)
    return [*opened(built(file)).slides][1:]


def tables_of(slide: Any) -> list[list[list[str]]]:
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    return [
        [[cell.text.replace("\xa0", " ") for cell in row.cells] for row in table.rows]
        for table in tables
    ]


def test_all_commitments_are_on_one_slide_with_the_counts_of_the_scoreboard() -> None:
    (slide,) = slides_of("/")
    frameworks, goals = tables_of(slide)
    board = read_scoreboard(read_context(View(collection="sample")))
    text = texts("en")
    assert len(frameworks) == len({row.goal.framework for row in board.rows})
    for mark, number in board.counts.items():
        name = text(f"status.{mark}")
        counted = [part for _, words in frameworks for part in words.split("; ")
                   if part.rpartition(" ")[0] == name]  # fmt: skip
        assert sum(int(part.rpartition(" ")[2]) for part in counted) == number
    operational = [
        row.goal.code
        for row in board.rows
        if row.goal.framework == "GA2012" and row.goal.code != row.goal.policy_target
    ]
    assert [row[0].split()[0] for row in goals[1:]] == operational
    assert len(operational) == 7


def test_of_more_goals_than_have_room_those_that_call_for_attention_are_listed() -> None:
    (slide,) = slides_of("/?framework=CC2019")
    *_, goals = tables_of(slide)
    board = read_scoreboard(read_context(View(collection="sample", framework="CC2019")))
    asking = {row.goal.code for row in board.rows if row.own.mark in {"behind", "not_achieved"}}
    assert asking <= {row[0].split()[0] for row in goals[1:]}
    words = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert f"7 of {len(board.rows)} goals" in words.replace("\xa0", " ")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("link", ["/", "/?framework=GA2012", "/?framework=PC-FI", "/?area=FI"])
def test_nothing_on_it_is_cut_in_any_language(link: str, language: str) -> None:
    (slide,) = slides_of(link, language=language)
    for shape in (shape for shape in slide.shapes if shape.has_table):
        height = 0.0
        for row in shape.table.rows:
            needed = [needed_height(cell, column.width / Pt(1))
                      for column, cell in zip(shape.table.columns, row.cells, strict=True)]  # fmt: skip
            height += max(*needed, row.height / Pt(1))
        assert shape.top / Pt(1) + height <= CONTENT_BOTTOM + HAIR


@pytest.mark.parametrize("area", ["", "FI"])
def test_the_key_of_a_long_matrix_is_the_same_on_each_of_its_slides(area: str) -> None:
    link = f"/series?framework=CC2019&area={area}"
    parts = [*opened(built(deck_file(DeckSlide(link=link, kind="matrix")))).slides][1:]
    keys = []
    for slide in parts:
        tables = [shape.table for shape in slide.shapes if shape.has_table]
        of_key = [table for table in tables if len(table.rows) == 1 and len(table.columns) > 1]
        keys.append([cell.text for table in of_key for cell in table.rows[0].cells])
    assert len(parts) > 1
    assert all(key == keys[0] for key in keys)
