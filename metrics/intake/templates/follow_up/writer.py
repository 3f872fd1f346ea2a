"""Put the sheets of the workbook together."""

from metrics.intake.templates import TemplateRequest
from metrics.intake.templates.follow_up.actions import add_actions
from metrics.intake.templates.follow_up.book import Book
from metrics.intake.templates.follow_up.figures import add_figures
from metrics.intake.templates.follow_up.front_sheets import add_definitions, add_instructions
from metrics.intake.templates.follow_up.requested_lines import indicators_by_sheet


def write_workbook(request: TemplateRequest) -> bytes:
    book = Book(request)
    add_instructions(book)
    by_sheet = indicators_by_sheet(request)
    for sheet, indicators in by_sheet.items():
        add_figures(book, sheet, indicators)
    if request.takes_actions:
        add_actions(book)
    add_definitions(book, [indicator for sheet in by_sheet.values() for indicator in sheet])
    return book.close()
