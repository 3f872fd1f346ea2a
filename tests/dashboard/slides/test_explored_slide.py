"""A slide of searched figures answers: how many are known, and the years of the first series."""

import re
from dataclasses import replace

import pytest

from dashboard.charts.slide_shapes import SlideBox
from dashboard.released.explored_figures import find_figures
from dashboard.slides.content import SlideContent, words_of_footnote
from dashboard.slides.deck import contents_of, open_deck
from dashboard.slides.deck_file import DeckSlide
from dashboard.slides.kinds import figures
from dashboard.slides.kinds.figures import FoundFigures, figures_in
from dashboard.slides.measures import CONTENT_BOTTOM
from dashboard.slides.paragraphs import (
    Paragraphs,
    largest_size,
    paragraphs_height,
    paragraphs_that_fit,
)
from dashboard.slides.parts import TablePart
from dashboard.slides.tables import fits_in_cell
from dashboard.texts import texts
from metrics.messages import languages
from tests.dashboard.slides.decks import deck_file

pytestmark = pytest.mark.usefixtures("home")


def slide_of(link: str) -> tuple[SlideContent, list[list[str]]]:
    (content,) = contents_of(DeckSlide(link=link), open_deck(deck_file()))
    (table,) = (part for part in content.parts() if isinstance(part, TablePart))
    return content, [[cell.words for cell in row] for row in table.rows]


def test_the_title_counts_figures_and_each_reason_for_none() -> None:
    deck = open_deck(deck_file())
    rows = find_figures(deck.context.with_changes(goal="GA-1.1", area="MT"))
    content, _ = slide_of("/explore?goal=GA-1.1&area=MT")

    known, suppressed = int(rows["value"].notna().sum()), rows["flag"].eq("absent.suppressed").sum()
    assert f"Malta: {known} of {len(rows)} entries have a figure" in content.title
    assert suppressed > 0
    assert f"suppressed: {suppressed}" in content.title


def test_a_row_is_a_series_and_a_column_a_year_with_letters_that_are_explained() -> None:
    content, (heads, *rows) = slide_of("/explore?indicator=ICSE_VICTIMS&measure=value")
    german = next(row for row in rows if "Germany" in row)

    assert heads[-6:] == ["2020", "2021", "2022", "2023", "2024", "2025"]
    assert german[-1].endswith("\N{NO-BREAK SPACE}p")
    assert "p\N{NO-BREAK SPACE}provisional value" in " ".join(
        map(words_of_footnote, content.footnotes)
    )


def test_what_was_not_asked_for_is_in_no_cell() -> None:
    _, (heads, *rows) = slide_of(
        "/explore?indicator=ICSE_VICTIMS&period=2025&flag=absent.suppressed"
    )

    assert heads[-1] == "2025"
    assert {row[-1] for row in rows} == {"c"}


def test_every_reason_for_no_figure_is_counted_on_the_slide_and_adds_up() -> None:
    content, _ = slide_of("/explore")
    rows_found = find_figures(open_deck(deck_file()).context)
    absent = int(rows_found["value"].isna().sum())

    said = " ".join([content.title, *map(words_of_footnote, content.footnotes)])
    reasons = {str(key) for key in rows_found.loc[rows_found["value"].isna(), "flag"]}
    counted = [
        int(found.group(1).replace(",", ""))
        for key in reasons
        if (found := re.search(rf"{texts('en')(key)}: ([\d,]+)", said, re.IGNORECASE))
    ]
    assert sum(counted) == absent > 0


def test_a_period_without_a_row_has_the_sign_of_no_figure() -> None:
    found = FoundFigures(
        find_figures(open_deck(deck_file()).context), open_deck(deck_file()).context
    )
    series = replace(found.first[0], values=[])
    assert {*figures_in(series, [None] * len(found.periods), found)} == {":"}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("link", ["/explore", "/explore?goal=GA-1.1", "/explore?area=FR",
                                  "/explore?indicator=ICSE_VICTIMS&measure=value"])  # fmt: skip
def test_no_cell_is_cut_and_the_rows_that_are_shown_are_counted(link: str, language: str) -> None:
    deck, text = open_deck(deck_file(language=language)), texts(language)
    (content,) = contents_of(DeckSlide(link=link), deck)
    (table,) = (part for part in content.parts() if isinstance(part, TablePart))
    rows = table.rows[1:]
    assert not [own.words for row in rows for own in row if "…" in own.words]
    assert table.box.top + table.box.height <= CONTENT_BOTTOM
    for number, row in enumerate(table.rows):
        height = table.look.height_of_row(number)
        for own, width in zip(row, table.look.widths, strict=True):
            assert fits_in_cell(own, width, height), own.words
    said = [*map(words_of_footnote, content.footnotes)]
    more = text.counted("slides.first_rows", 1000, first=str(len(rows)))
    assert any(own.startswith(more.split("1")[0].split(str(len(rows)))[0]) for own in said)
    assert len(content.figures) == len(rows)


def test_years_without_a_column_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "PERIODS_OF_A_TABLE", {})
    monkeypatch.setattr(figures, "FEWEST_PERIODS", 4)
    content, (heads, *_) = slide_of("/explore?indicator=ICSE_VICTIMS&measure=value")
    assert heads[-4:] == ["2022", "2023", "2024", "2025"]
    assert "The newest 4 of 6 periods; the page at the link has the others." in map(
        words_of_footnote, content.footnotes
    )


def test_a_search_without_entry_says_so() -> None:
    (content,) = contents_of(DeckSlide(link="/explore?q=zzzz"), open_deck(deck_file()))

    assert content.title == "“zzzz”: no entry in this release"
    assert not [part for part in content.parts() if isinstance(part, TablePart)]


def test_a_list_without_room_ends_with_where_the_rest_is() -> None:
    box = SlideBox(36, 114, 888, 120)
    short, long = Paragraphs(["one", "two"]), Paragraphs([f"entry {n}" for n in range(30)])
    fitting = paragraphs_that_fit(long, box, "More in the notes.")

    assert paragraphs_that_fit(short, box, "More") == short
    assert fitting.words[-1] == "More in the notes."
    assert paragraphs_height(fitting, largest_size(fitting, box), box.width) <= box.height
