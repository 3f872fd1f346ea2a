"""PDF: reports and decks with tags, bookmarks and alternative texts (PDF/UA-1), set by typst."""

from dashboard.exports import DocumentFormat
from dashboard.report.document import ReportTask
from dashboard.slides.deck_context import Deck

MEDIA_TYPE_OF_PDF = "application/pdf"


def write_report_pdf(task: ReportTask) -> bytes:
    from dashboard.report.report_pdf import report_as_pdf  # noqa: PLC0415

    return report_as_pdf(task.document, task.advance)


def write_deck_pdf(deck: Deck) -> bytes:
    from dashboard.slides.pdf_deck import write_pdf  # noqa: PLC0415

    return write_pdf(deck)


REPORT_PDF = DocumentFormat("pdf", ".pdf", MEDIA_TYPE_OF_PDF, ReportTask, write_report_pdf)
DECK_PDF = DocumentFormat("pdf", ".pdf", MEDIA_TYPE_OF_PDF, Deck, write_deck_pdf)
