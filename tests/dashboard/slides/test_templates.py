"""A template of an administration: its layouts, its fonts and the room of its placeholders."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pptx.oxml.shapes.picture import CT_Picture
from pptx.util import Pt

from dashboard.charts.arial_widths import arial_width, longest_word
from dashboard.charts.chart_parts import TITLE_SHARE
from dashboard.charts.typefaces import USUAL_TYPEFACE, measured_in
from dashboard.slides.deck import open_deck, write_presentation
from dashboard.slides.deck_file import DeckSlide
from dashboard.slides.default_template import default_template
from dashboard.slides.template import COVER_LAYOUT, FINDING_LAYOUT, FOOTNOTES, TITLE
from dashboard.slides.template_frames import read_template
from dashboard.slides.text_frames import USUAL_FRAMES
from metrics.core.errors import SubmissionError
from tests.dashboard.slides.decks import POINT, built, deck_file, needed_height, opened

pytestmark = pytest.mark.usefixtures("home")
WIDE_FONT, UNKNOWN_FONT = "DejaVu Sans", "Frutiger Next"
MASTER = "master"
GOAL = DeckSlide(link="/goal?goal=GA-1.1")
# Slides whose Greek words need the most room.
LONG_WORDS = (
    GOAL,
    DeckSlide(link="/goal?goal=GA-1.1&view=states", kind="multiples"),
    DeckSlide(link="/state?area=FR&framework=GA2012"),
    DeckSlide(link="/state?area=FI", kind="actions"),
    DeckSlide(link="/?framework=GA2012", kind="matrix"),
    DeckSlide(link="/find?indicator=ICSE_VICTIMS&unit=change&relation=below&threshold=10&last=2"),
    DeckSlide(link="/revisions"),
)


def template_of(presentation: Any) -> bytes:
    written = BytesIO()
    presentation.save(written)
    return written.getvalue()


def template_in(font: str, width: float = 960) -> bytes:
    """The usual template in another font, or on slides of another width."""
    own = opened(default_template())
    related = own.slide_master.part.rels.values()
    theme = next(one.target_part for one in related if one.reltype.endswith("/theme"))
    theme._blob = theme.blob.replace(b'latin typeface="Arial"', f'latin typeface="{font}"'.encode())
    own.slide_width = int(width * POINT)
    return template_of(own)


def placeholder_of(presentation: Any, number: int) -> Any:
    layout = presentation.slide_layouts.get_by_name(FINDING_LAYOUT)
    return next(one for one in layout.placeholders if one.placeholder_format.idx == number)


def template_with(number: int, *box: float) -> bytes:
    """The usual template with a placeholder of the slides at another position, in points."""
    own = opened(default_template())
    shape = placeholder_of(own, number)
    shape.left, shape.top, shape.width, shape.height = map(Pt, box)
    return template_of(own)


def template_with_logo(of: str, *box: float, name: str = "Logo") -> bytes:
    """The usual template with a picture in a layout or in the master, in points."""
    own, picture = opened(default_template()), BytesIO()
    Image.new("RGB", (8, 8), "navy").save(picture, "PNG")
    part = own.slide_master if of == MASTER else own.slide_layouts.get_by_name(of)
    _, related = part.part.get_or_add_image_part(picture)
    part.shapes._spTree.append(CT_Picture.new_pic(99, name, "", related, *map(Pt, box)))
    return template_of(own)


def titles_of(content: bytes) -> Iterator[tuple[str, float]]:
    """With the size of each, which is written where it is not that of the template."""
    for slide in list(opened(content).slides)[1:]:
        run = slide.shapes.title.text_frame.paragraphs[0].runs[0]
        yield run.text, run.font.size.pt if run.font.size else USUAL_FRAMES.title.size


def test_a_template_of_ones_own_is_used_and_one_that_lacks_a_layout_is_refused() -> None:
    file = deck_file(GOAL, template="own.pptx")
    own = opened(default_template())
    own.slide_layouts.get_by_name(FINDING_LAYOUT).background.fill.solid()
    made = opened(built(file, template_of(own)))
    layout = made.slide_layouts.get_by_name(FINDING_LAYOUT)
    assert layout._element.xpath(".//p:bg")
    own.slide_layouts.get_by_name(FINDING_LAYOUT).name = "Other"
    with pytest.raises(SubmissionError, match="needs a layout “Finding”"):
        built(file, template_of(own))
    with pytest.raises(SubmissionError, match="cannot be opened as a presentation"):
        built(file, b"no presentation")


def test_the_usual_template_is_read_as_it_was_laid_out() -> None:
    read = read_template(default_template(), "template")
    assert read.frames == USUAL_FRAMES
    assert (read.typeface, read.missing_fonts) == (USUAL_TYPEFACE, ())


def test_words_fit_in_a_wide_font_and_none_is_broken() -> None:
    deck = open_deck(deck_file(*LONG_WORDS, language="el"), template_in(WIDE_FONT))
    content = write_presentation(deck)

    assert (deck.typeface.name, deck.missing_fonts) == (WIDE_FONT, ())
    with measured_in(deck.typeface):
        assert arial_width("Δείγμα", 14) > 1.05 * width_in_arial("Δείγμα", 14)
        for title, size in titles_of(content):
            assert deck.frames.title.holds(title, size), title
        for slide in list(opened(content).slides)[1:]:
            for shape in slide.shapes:
                if shape.has_table:
                    check_table(shape.table)
                if shape.has_chart and shape.chart.has_title:
                    check_title(shape)


def width_in_arial(words: str, size: float) -> float:
    with measured_in(USUAL_TYPEFACE):
        return arial_width(words, size)


def check_table(table: Any) -> None:
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            room = column.width / POINT
            assert needed_height(cell, room) <= row.height / POINT + 0.5, cell.text
            margins = (cell.margin_left + cell.margin_right) / POINT
            for run in (run for paragraph in cell.text_frame.paragraphs for run in paragraph.runs):
                word = longest_word(run.text, run.font.size.pt, is_bold=bool(run.font.bold))
                assert word <= room - margins + 0.5, run.text


def check_title(shape: Any) -> None:
    """Of the frame of a State: LibreOffice breaks one that is wider."""
    for run in shape.chart.chart_title.text_frame.paragraphs[0].runs:
        if shape.width / POINT < 200:
            width = arial_width(run.text, run.font.size.pt, is_bold=True)
            assert width <= TITLE_SHARE * shape.width / POINT + 0.5, run.text


def test_a_font_that_is_not_installed_is_named_and_a_slide_of_four_to_three_refused() -> None:
    deck = open_deck(deck_file(GOAL), template_in(UNKNOWN_FONT))
    assert deck.missing_fonts == (UNKNOWN_FONT,)
    assert deck.typeface == USUAL_TYPEFACE
    with pytest.raises(SubmissionError, match=r"slides of 254 × 190 mm; .* 339 × 190 mm \(16:9\)"):
        open_deck(deck_file(GOAL, template="own.pptx"), template_in("Arial", 720))


def test_a_narrower_title_and_larger_type_of_a_template_are_respected() -> None:
    narrow = template_with(TITLE, 300, 38, 560, 72)
    deck = open_deck(deck_file(GOAL, language="el"), narrow)
    ((title, size),) = titles_of(write_presentation(deck))
    assert deck.frames.title.width == 560
    assert deck.frames.title.holds(title, size)
    assert not deck.frames.title.holds(title, size + 2)

    own = opened(default_template())
    for found in placeholder_of(own, TITLE)._element.iter("{*}defRPr"):
        found.set("sz", "4000")
    deck = open_deck(deck_file(GOAL), template_of(own))
    assert deck.frames.title.size == 40
    ((title, size),) = titles_of(write_presentation(deck))
    assert size < 40
    assert deck.frames.title.holds(title, size), "the size is written, as the template's is larger"


def test_a_template_without_room_is_refused_with_each_slide_and_the_reason() -> None:
    file = deck_file(GOAL, DeckSlide(link="/about"), template="own.pptx")
    with pytest.raises(SubmissionError) as refused:
        built(file, template_with(TITLE, 36, 38, 200, 40))
    said = str(refused.value)
    assert said.startswith("own.pptx does not suit this deck:\nslide 2: the placeholder “Finding”")
    assert "(200 × 40 points)" in said
    assert "\nslide 3: " in said
    with pytest.raises(SubmissionError, match=r"“Footnotes” \(11\) reaches into the middle"):
        built(file, template_with(FOOTNOTES, 36, 400, 888, 100))


@pytest.mark.parametrize("of", [FINDING_LAYOUT, MASTER])
def test_a_logo_that_a_slide_would_cover_is_refused_with_what_covers_it(of: str) -> None:
    in_middle = template_with_logo(of, 800, 400, 120, 48)
    over_title = template_with_logo(of, 860, 60, 64, 40)

    with pytest.raises(SubmissionError, match=r"“Logo” lies in the middle .* 114 to 452 points"):
        read_template(in_middle, "own.pptx")
    with pytest.raises(SubmissionError, match="“Logo” lies where the words of “Finding” are"):
        read_template(over_title, "own.pptx")


def test_a_logo_beside_all_words_and_a_background_are_used() -> None:
    for of, box in (
        (FINDING_LAYOUT, (0, 452, 30, 88)),
        (COVER_LAYOUT, (840, 40, 96, 60)),
        (MASTER, (0, 0, 960, 540)),
    ):
        read_template(template_with_logo(of, *box), "own.pptx")
