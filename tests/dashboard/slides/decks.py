"""Decks on the invented release of the tests, as files and as presentations."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pptx import Presentation

from dashboard.charts.arial_widths import arial_lines
from dashboard.slides.deck import open_deck, write_presentation
from dashboard.slides.deck_file import DeckFile, DeckSlide
from dashboard.slides.tables import LINE_SPACING

POINT = 12_700  # units of a file
EVERY_KIND = (
    DeckSlide(link="/?framework=GA2012"),
    DeckSlide(link="/?framework=CC2019"),
    DeckSlide(link="/goal?goal=GA-1.1"),
    DeckSlide(link="/goal?goal=GA-2.1&area=FI"),
    DeckSlide(link="/goal?goal=GA-1.1&breakdown=sex"),
    DeckSlide(link="/goal?goal=GA-1.1&view=table"),
    DeckSlide(link="/goal?goal=GA-1.1&breakdown=sex&view=table"),
    DeckSlide(link="/goal?goal=GA-1.1&view=calculation"),
    DeckSlide(link="/goal?goal=GA-1.1&view=states"),
    DeckSlide(link="/goal?goal=GA-1.1&view=states", kind="multiples"),
    DeckSlide(link="/goal?goal=GA-1&view=map"),
    DeckSlide(link="/state?area=FR&framework=GA2012"),
    DeckSlide(link="/report"),
    DeckSlide(link="/state?area=FI", kind="actions"),
    DeckSlide(link="/?framework=GA2012", kind="matrix"),
    DeckSlide(link="/compare?indicator=ICSE_VICTIMS&areas=DE,FR,FI"),
    DeckSlide(link="/find?indicator=ICSE_VICTIMS&unit=change&relation=below&threshold=10&last=2"),
    DeckSlide(link="/reporting"),
    DeckSlide(link="/reporting?area=EL"),
    DeckSlide(link="/revisions"),
    DeckSlide(link="/explore?goal=GA-1.1"),
    DeckSlide(link="/", kind="summary"),
    DeckSlide(link="/about"),
    DeckSlide(text="Points for discussion", body=("Which?", "Why?")),
)


def deck_file(*slides: DeckSlide, **fields: Any) -> DeckFile:
    named = {"title": "Commitments", "collection": "sample", "marking": "LIMITE"} | fields
    return DeckFile(slides=slides or EVERY_KIND, **named)


def built(file: DeckFile, template: bytes = b"") -> bytes:
    return write_presentation(open_deck(file, template))


def opened(content: bytes) -> Any:
    return Presentation(BytesIO(content))


def words_of(slide: Any) -> str:
    """Everything that is written on a slide and in its notes."""
    found = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    for shape in slide.shapes:
        if shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
        if shape.has_chart:
            found.append("".join(shape.chart._chartSpace.itertext()))
    return "\n".join([*found, slide.notes_slide.notes_text_frame.text])


def charts_of(presentation: Any) -> Iterator[Any]:
    return (shape.chart for slide in presentation.slides for shape in slide.shapes
            if shape.has_chart)  # fmt: skip


def needed_height(cell: Any, width: float) -> float:
    room = width - (cell.margin_left + cell.margin_right) / POINT
    return sum(
        float(run.font.size.pt)
        * len(arial_lines(run.text, room, run.font.size.pt, is_bold=bool(run.font.bold)))
        * LINE_SPACING
        for paragraph in cell.text_frame.paragraphs
        for run in paragraph.runs
    )
