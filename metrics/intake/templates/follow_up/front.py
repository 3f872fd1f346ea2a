"""The sheets around the figures: how to fill in, and what each indicator counts."""

from collections.abc import Sequence

from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions import Indicator
from metrics.intake.templates import TemplateRequest
from metrics.intake.templates.follow_up import TEMPLATE
from metrics.intake.templates.follow_up.book import Book, Page, height

MEANINGS = ("zero", "empty", "status", "confidential")
COLUMNS = (34, 90)
DEFINED = (44, 90, 44, 44)
ADVICE = ("aggregates", "numbers", "shares", "totals", "milestones", "actions")


def add_instructions(book: Book) -> None:
    """Who is asked for what, then the four meanings, then the advice."""
    sheet = book.sheet(book.words["sheets"]["instructions"])
    sheet.set_portrait()
    for column, width in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
    said = book.words["instructions"]
    sheet.write(0, 0, said["title"], book.style("title"))
    row = _facts(book, sheet, 2)
    row = _paragraph(book, sheet, row + 1, said["what"])
    row = _meanings(book, sheet, row + 1)
    for name in ADVICE:
        row = _paragraph(book, sheet, row, said[name])


def facts(order: TemplateRequest) -> dict[str, str]:
    """What the workbook is about, by label, in the language of the order."""
    return {
        "collection": order.collection.name(order.language),
        "area": f"{order.area} – {codelist('area')[order.area].name(order.language)}",
        "round": order.round.code,
        "due": order.round.due.isoformat(),
        "template": f"{TEMPLATE.name} {TEMPLATE.version}",
        "catalogue": order.catalogue_version,
    }


def _facts(book: Book, sheet: Page, row: int) -> int:
    for label, fact in facts(book.order).items():
        sheet.write(row, 0, book.words["labels"][label], book.style("strong"))
        sheet.write_string(row, 1, fact, book.style("text"))
        row += 1
    return row


def _paragraph(book: Book, sheet: Page, row: int, text: str) -> int:
    sheet.merge_range(row, 0, row, 1, text, book.style("text"))
    sheet.set_row(row, height([(text, sum(COLUMNS))]) + 6)
    return row + 1


def _meanings(book: Book, sheet: Page, row: int) -> int:
    said = book.words["instructions"]
    sheet.write(row, 0, book.words["words"]["you_write"], book.style("header"))
    sheet.write(row, 1, book.words["words"]["meaning"], book.style("header"))
    for number, name in enumerate(MEANINGS, start=row + 1):
        sheet.write_string(number, 0, said[name], book.style("cell"))
        sheet.write_string(number, 1, said[f"{name}_means"], book.style("cell"))
        sheet.set_row(number, height([(said[f"{name}_means"], COLUMNS[1])]))
    return row + len(MEANINGS) + 2


def add_definitions(book: Book, indicators: Sequence[Indicator]) -> None:
    sheet = book.sheet(book.words["sheets"]["definitions"])
    said = book.words["words"]
    sheet.write(0, 0, said["definitions_title"], book.style("title"))
    name = book.words["observations"]["indicator"]
    headings = (name, said["definition"], said["numerator"], said["denominator"])
    for column, (heading, width) in enumerate(zip(headings, DEFINED, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write(2, column, heading, book.style("header"))
    for row, indicator in enumerate(indicators, start=3):
        texts = _defined(indicator, book.order.language)
        sheet.set_row(row, height(zip(texts, DEFINED, strict=True)))
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, book.style("cell"))
    sheet.freeze_panes(3, 1)
    sheet.repeat_rows(2)


def _defined(indicator: Indicator, language: str) -> list[str]:
    texts = (
        indicator.name, indicator.definition, indicator.numerator, indicator.denominator,
    )  # fmt: skip
    return [text(language) if text else "" for text in texts]
