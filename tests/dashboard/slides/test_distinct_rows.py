"""Rows of a list on a slide differ in words, also where their names are cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.slides.deck_file import DeckSlide
from dashboard.slides.listed_rows import shortened
from dashboard.slides.tables import cut_apart
from metrics.messages import languages
from tests.dashboard.slides.decks import built, deck_file, opened

STARTS = st.lists(
    st.sampled_from(["answered", "requests", "for", "digital", "evidence"]), max_size=9
)
ENDS = st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] != pair[1])


@given(start=STARTS, ends=ENDS, room=st.integers(8, 60))
def test_names_that_differ_at_their_end_are_not_cut_there(
    start: list[str], ends: tuple[int, int], room: int
) -> None:
    first, second = (" ".join([*start, f"part{end}"]) for end in ends)
    cut = [cut_apart(words, (first, second), lambda written: len(written) <= room)
           for words in (first, second)]  # fmt: skip
    assert [words.split(" ")[-1] for words in cut] == [f"part{end}" for end in ends]
    assert all(len(words) <= room for words in cut)


def test_a_name_that_resembles_no_other_is_cut_at_its_end() -> None:
    words = "one two three four"
    assert cut_apart(words, (words, "five six"), lambda written: len(written) < 12) == "one two …"


def test_a_cell_keeps_what_distinguishes_its_row() -> None:
    start = "Requests for digital evidence that providers in other countries answered:"
    rows = (f"{start} all requests", f"{start} in time")
    cells = [shortened(words, rows, 70, is_bold=False).words for words in rows]
    assert cells[0].endswith("… all requests")
    assert cells[1].endswith("… in time")


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("link", ["/revisions", "/explore?area=FR"])
def test_no_two_rows_of_a_slide_read_the_same(link: str, language: str) -> None:
    file = deck_file(DeckSlide(link=link), language=language)
    for slide in [*opened(built(file)).slides][1:]:
        for table in (shape.table for shape in slide.shapes if shape.has_table):
            names = [tuple(cell.text for cell in list(row.cells)[:3]) for row in table.rows]
            assert all(name[1] != "…" for name in names)
            assert len({*names}) == len(names)
