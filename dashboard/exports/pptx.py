"""PPTX: a deck of slides, whose charts and tables can be edited in PowerPoint and Impress."""

from dashboard.exports import DocumentFormat
from dashboard.slides.deck_context import Deck

MEDIA_TYPE_OF_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def write_pptx(deck: Deck) -> bytes:
    from dashboard.slides.deck import write_presentation  # noqa: PLC0415

    return write_presentation(deck)


PRESENTATION = DocumentFormat("pptx", ".pptx", MEDIA_TYPE_OF_SLIDES, Deck, write_pptx)
