"""Puts the sheets of the workbook together."""

from metrics.intake.templates import TemplateRequest
from metrics.intake.templates.follow_up.actions import add_actions
from metrics.intake.templates.follow_up.asked import sheets
from metrics.intake.templates.follow_up.book import Book
from metrics.intake.templates.follow_up.figures import add_figures
from metrics.intake.templates.follow_up.front import add_definitions, add_instructions


def write_workbook(request: TemplateRequest) -> bytes:
    book = Book(request)
    add_instructions(book)
    requested = sheets(request)
    for section, indicators in requested.items():
        add_figures(book, section, indicators)
    add_actions(book)
    add_definitions(
        book, [indicator for indicators in requested.values() for indicator in indicators]
    )
    return book.closed()
