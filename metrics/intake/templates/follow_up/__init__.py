"""The yearly workbook of one State: a sheet for each policy target, one for its actions."""

from metrics.intake.templates import Template, TemplateRequest
from metrics.intake.templates.follow_up.actions import add_actions
from metrics.intake.templates.follow_up.asked import sheets
from metrics.intake.templates.follow_up.book import NAME, VERSION, Book
from metrics.intake.templates.follow_up.figures import add_figures
from metrics.intake.templates.follow_up.front import add_definitions, add_instructions


def write(order: TemplateRequest) -> bytes:
    """The workbook as .xlsx; the same order gives the same bytes."""
    book = Book(order)
    add_instructions(book)
    asked = sheets(order)
    for place, indicators in asked.items():
        add_figures(book, place, indicators)
    add_actions(book)
    add_definitions(book, [each for indicators in asked.values() for each in indicators])
    return book.closed()


TEMPLATE = Template(NAME, VERSION, write)
