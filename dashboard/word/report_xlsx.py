"""The tables of a document as the sheets of a workbook, each with its source and mark."""

import re
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from dashboard.charts.native_charts import LONG_AGO
from dashboard.progress import Advance
from dashboard.report.document import DocumentCell, DocumentTable, ReportDocument
from dashboard.word.document_xml import FORBIDDEN

LONGEST_SHEET_NAME = 31  # letters, of a sheet
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
HEAD_ROW = 3
WIDTH_OF_SHARE = 14.0  # letters, of a column of share 1
AFTER_NUMBER = re.compile(r"^.*\d", re.DOTALL)


def report_as_xlsx(document: ReportDocument, advance: Advance) -> bytes:
    """Every text is written as text, so that none is read as a formula."""
    written = BytesIO()
    book = Workbook(written, {"in_memory": True})
    book.set_properties({"title": document.title, "author": document.author, "created": LONG_AGO})
    formats = BookFormats(book)
    for number, table in enumerate(document.workbook, 1):
        write_sheet(book.add_worksheet(sheet_name(number, table)), table, document, formats)
        advance(number, len(document.workbook))
    if not document.workbook:
        book.add_worksheet()
    book.close()
    return written.getvalue()


def sheet_name(number: int, table: DocumentTable) -> str:
    plain = NOT_IN_NAMES.sub(" ", FORBIDDEN.sub("", table.caption))
    return f"{number} {plain}"[:LONGEST_SHEET_NAME].strip()


class BookFormats:
    """The formats of a workbook, made once each."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - xlsxwriter declares no types
        self.book = book
        self.bold = book.add_format({"bold": True})
        self.head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1,
                                     "bg_color": "#EEF1F5", "valign": "top"})  # fmt: skip
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.numbers: dict[str, Any] = {}

    def number(self, code: str) -> Any:  # noqa: ANN401
        if code not in self.numbers:
            self.numbers[code] = self.book.add_format({"num_format": code, "valign": "top"})
        return self.numbers[code]


def write_sheet(
    sheet: Any, table: DocumentTable, document: ReportDocument, formats: BookFormats  # noqa: ANN401
) -> None:  # fmt: skip
    sheet.write_string(0, 0, FORBIDDEN.sub("", table.caption), formats.bold)
    source = " · ".join(filter(None, [document.invented, document.source]))
    sheet.write_string(1, 0, source)
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, WIDTH_OF_SHARE * column.share)
        sheet.write_string(HEAD_ROW, at, column.heading, formats.head)
    for number, row in enumerate(table.rows, HEAD_ROW + 1):
        for at, cell in enumerate(row):
            write_body_cell(sheet, number, at, cell, formats)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + len(table.rows), len(table.columns) - 1)
    sheet.repeat_rows(HEAD_ROW)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def write_body_cell(
    sheet: Any, row: int, column: int, cell: DocumentCell, formats: BookFormats,  # noqa: ANN401
) -> None:  # fmt: skip
    words = FORBIDDEN.sub("", str(cell.words))
    if cell.value is None:
        sheet.write_string(row, column, words, formats.text)
    else:
        sheet.write_number(row, column, cell.value, formats.number(code_of(cell.value, words)))


def code_of(value: float, words: str) -> str:
    """The format that prints unit and letter behind the number: `0.0# " % p"`."""
    behind = AFTER_NUMBER.sub("", words).replace('"', "")
    digits = "#,##0" if float(value).is_integer() else "#,##0.0#"
    return f'{digits}"{behind}"' if behind else digits
