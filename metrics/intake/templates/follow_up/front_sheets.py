"""The front sheets: instructions, and what each indicator counts."""

from collections.abc import Iterator, Sequence

from metrics.catalogue.definitions.indicators import Indicator, Kind
from metrics.intake.templates import TemplateRequest, template_of
from metrics.intake.templates.follow_up.book import Book, Page, row_height
from metrics.messages.local_formats import format_day

MEANINGS = ("zero", "empty", "status", "confidential")
ADVICE = ("sending", "aggregates", "numbers", "shares", "totals", "milestones", "actions")
INSTRUCTION_WIDTHS = (34, 90)
DEFINITION_WIDTHS = (44, 90, 44, 44)


def add_instructions(book: Book) -> None:
    """Write the request, the four meanings of a cell, and the advice."""
    sheet = book.add_sheet(book.words["sheets"]["instructions"])
    sheet.set_portrait()
    for column, width in enumerate(INSTRUCTION_WIDTHS):
        sheet.set_column(column, column, width)
    texts = book.words["instructions"]
    book.write_title(sheet, texts["title"])
    row = _write_facts(book, sheet, 2)
    row = _write_paragraph(book, sheet, row + 1, texts["what"])
    row = _write_meanings(book, sheet, row + 1)
    for name in advice_on(book.request):
        row = _write_paragraph(book, sheet, row, texts[name])


def advice_on(request: TemplateRequest) -> Iterator[str]:
    """The paragraphs that concern what the workbook asks for."""
    kinds = {indicator.kind for indicator in request.indicators.values() if indicator.collected}
    concerns = {
        "shares": bool(kinds & {Kind.SHARE, Kind.DURATION}),
        "milestones": Kind.MILESTONE in kinds,
        "actions": request.takes_actions,
    }
    return (name for name in ADVICE if concerns.get(name, True))


def request_facts(book: Book) -> dict[str, str]:
    """The facts of the request by label, in its language."""
    request = book.request
    template = template_of(request.collection)
    return {
        "collection": request.collection.name(request.language),
        "area": book.area_name,
        "round": request.round.code,
        "due": format_day(request.round.due, request.language),
        "send_to": request.address or book.words["words"]["address_unknown"],
        "template": f"{template.name} {template.version}",
        "catalogue": request.catalogue_version,
    }


def _write_facts(book: Book, sheet: Page, row: int) -> int:
    for label, fact in request_facts(book).items():
        sheet.write(row, 0, book.words["labels"][label], book.style("strong"))
        book.remember("outside", book.words["labels"][label], fact)
        if fact == book.request.address:
            sheet.write_url(row, 1, fact, book.style("link"))
        else:
            sheet.write_string(row, 1, fact, book.style("text"))
        row += 1
    return row


def _write_paragraph(book: Book, sheet: Page, row: int, text: str) -> int:
    sheet.merge_range(row, 0, row, 1, text, book.style("text"))
    book.remember("outside", text)
    sheet.set_row(row, row_height([(text, sum(INSTRUCTION_WIDTHS))]) + 6)
    return row + 1


def _write_meanings(book: Book, sheet: Page, row: int) -> int:
    texts = book.words["instructions"]
    sheet.write(row, 0, book.words["words"]["you_write"], book.style("header"))
    sheet.write(row, 1, book.words["words"]["meaning"], book.style("header"))
    book.remember("outside", book.words["words"]["you_write"], book.words["words"]["meaning"])
    for number, name in enumerate(MEANINGS, start=row + 1):
        sheet.write_string(number, 0, texts[name], book.style("cell"))
        sheet.write_string(number, 1, texts[f"{name}_means"], book.style("cell"))
        book.remember("outside", texts[name], texts[f"{name}_means"])
        sheet.set_row(number, row_height([(texts[f"{name}_means"], INSTRUCTION_WIDTHS[1])]))
    return row + len(MEANINGS) + 2


def add_definitions(book: Book, indicators: Sequence[Indicator]) -> None:
    sheet = book.add_sheet(book.words["sheets"]["definitions"])
    texts = book.words["words"]
    book.write_title(sheet, texts["definitions_title"])
    name = book.words["observations"]["indicator"]
    headings = (name, texts["definition"], texts["numerator"], texts["denominator"])
    book.remember("outside", *headings)
    for column, (heading, width) in enumerate(zip(headings, DEFINITION_WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write(2, column, heading, book.style("header"))
    defined = [
        cells for indicator in indicators for cells in _definition_rows(book.request, indicator)
    ]
    for row, cells in enumerate(defined, start=3):
        sheet.set_row(row, row_height(zip(cells, DEFINITION_WIDTHS, strict=True)))
        book.remember("outside", *cells)
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text, book.style("cell"))
    sheet.freeze_panes(3, 1)
    sheet.repeat_rows(2)


def _definition_rows(request: TemplateRequest, indicator: Indicator) -> Iterator[list[str]]:
    """One row; if the definition changes within the round, one for each from its first period."""
    definitions = request.definitions(indicator)
    for period, definition in definitions.items():
        name, *cells = _definition_cells(definition, request.language)
        yield [f"{name} ({period})" if len(definitions) > 1 else name, *cells]


def _definition_cells(indicator: Indicator, language: str) -> list[str]:
    texts = (
        indicator.name, indicator.definition, indicator.numerator, indicator.denominator,
    )  # fmt: skip
    return [text(language) if text else "" for text in texts]
