"""The tables of a document as a workbook: a sheet each, ready to be filtered and printed."""

import re
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from dashboard.charts.arial_widths import arial_lines
from dashboard.charts.native_charts import LONG_AGO
from dashboard.progress import Advance
from dashboard.report.document import DocumentCell, DocumentTable, ReportDocument
from dashboard.word.document_xml import FORBIDDEN
from metrics.messages.language_marks import unmarked

LONGEST_SHEET_NAME = 31  # letters, of a sheet
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
HEAD_ROW = 3
WIDTH_OF_SHARE = 14.0  # letters, of a column of share 1
TYPEFACE_OF_SHEETS, SIZE_ON_SHEETS = "Arial", 10
POINTS_OF_LETTER = 5.25  # of the width of a column; what is beside the words is left free
HEIGHT_OF_SHEET_LINE, ROOM_OF_ROW = 12.75, 3.0  # points
AFTER_NUMBER = re.compile(r"^.*\d", re.DOTALL)
A4 = 9


def report_as_xlsx(document: ReportDocument, advance: Advance) -> bytes:
    """Every text is written as text, so that none is read as a formula."""
    written = BytesIO()
    book = Workbook(written, {"in_memory": True})
    book.set_properties({"title": printable(document.title), "author": printable(document.author),
                         "created": LONG_AGO})  # fmt: skip
    formats = BookFormats(book)
    for number, table in enumerate(document.workbook, 1):
        sheet = book.add_worksheet(sheet_name(number, table))
        WrittenSheet(sheet, table, formats).write(document)
        advance(number, len(document.workbook))
    if not document.workbook:
        book.add_worksheet()
    book.close()
    return written.getvalue()


def sheet_name(number: int, table: DocumentTable) -> str:
    """Number and caption, with as many whole words as a sheet may have."""
    plain = " ".join(NOT_IN_NAMES.sub(" ", printable(table.caption)).split())
    name = f"{number} {plain}"
    if len(name) <= LONGEST_SHEET_NAME:
        return name
    whole = name[: LONGEST_SHEET_NAME + 1].rpartition(" ")[0]
    return (whole if " " in whole else name[:LONGEST_SHEET_NAME]).rstrip(" ,;–")


def printable(words: str) -> str:
    return FORBIDDEN.sub("", unmarked(str(words)))


class BookFormats:
    """The formats of a workbook, made once each."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - xlsxwriter declares no types
        self.book = book
        self.title = self.add_format(bold=True)
        self.source = self.add_format()
        head = {"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#EEF1F5"}
        self.head = self.add_format(**head)
        self.head_of_numbers = self.add_format(**head, align="right")
        self.text = self.add_format(text_wrap=True)
        self.row_heading = self.add_format(text_wrap=True, bold=True)
        self.numbers: dict[str, Any] = {}

    def add_format(self, **look: object) -> Any:  # noqa: ANN401
        usual = {"font_name": TYPEFACE_OF_SHEETS, "font_size": SIZE_ON_SHEETS, "valign": "top"}
        return self.book.add_format(usual | look)

    def number(self, code: str) -> Any:  # noqa: ANN401
        if code not in self.numbers:
            self.numbers[code] = self.add_format(num_format=code)
        return self.numbers[code]


class WrittenSheet:
    """A table on a sheet: its caption and source, then heading and rows."""

    def __init__(self, sheet: Any, table: DocumentTable, formats: BookFormats) -> None:  # noqa: ANN401
        self.sheet, self.table, self.formats = sheet, table, formats
        self.widths = [WIDTH_OF_SHARE * column.share for column in table.columns]

    def write(self, document: ReportDocument) -> None:
        sheet, formats = self.sheet, self.formats
        source = printable(" · ".join(filter(None, [document.invented, document.source])))
        sheet.write_string(0, 0, printable(self.table.caption), formats.title)
        sheet.write_string(1, 0, source, formats.source)
        self.write_headings()
        for number, cells in enumerate(self.table.rows, HEAD_ROW + 1):
            self.write_row(number, cells)
        self.make_readable()
        self.make_printable(source, document)

    def write_headings(self) -> None:
        for at, column in enumerate(self.table.columns):
            self.sheet.set_column(at, at, self.widths[at])
            look = self.formats.head_of_numbers if column.is_number else self.formats.head
            self.sheet.write_string(HEAD_ROW, at, printable(column.heading), look)
        headings = [column.heading for column in self.table.columns]
        self.sheet.set_row(HEAD_ROW, self.row_height(headings, is_bold=True))

    def write_row(self, number: int, cells: tuple[DocumentCell, ...]) -> None:
        for at, cell in enumerate(cells):
            self.write_cell(number, at, cell)
        self.sheet.set_row(number, self.row_height([cell.words for cell in cells], is_bold=False))

    def write_cell(self, row: int, column: int, cell: DocumentCell) -> None:
        words = printable(cell.words)
        if cell.value is None:
            look = self.formats.row_heading if cell.is_heading else self.formats.text
            self.sheet.write_string(row, column, words, look)
        else:
            look = self.formats.number(code_of(cell.value, words))
            self.sheet.write_number(row, column, cell.value, look)

    def row_height(self, words: list[str], *, is_bold: bool) -> float:
        """Of as many lines as the longest text takes: not every program works it out."""
        lines = max(
            len(
                arial_lines(
                    text, width * POINTS_OF_LETTER, SIZE_ON_SHEETS, is_bold=is_bold or not at
                )
            )
            for at, (text, width) in enumerate(zip(words, self.widths, strict=True))
        )
        return lines * HEIGHT_OF_SHEET_LINE + ROOM_OF_ROW

    def make_readable(self) -> None:
        """Headings stay in view, and every column can be filtered."""
        self.sheet.freeze_panes(HEAD_ROW + 1, 1)
        last = HEAD_ROW + len(self.table.rows)
        self.sheet.autofilter(HEAD_ROW, 0, last, len(self.widths) - 1)

    def make_printable(self, source: str, document: ReportDocument) -> None:
        """One page wide, with headings, source and number on each page."""
        sheet = self.sheet
        sheet.repeat_rows(HEAD_ROW)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        plain = source.replace("&", "&&")
        sheet.set_footer(f"&L&8{plain}&R&8{printable(document.labels.page)} &P / &N")


def code_of(value: float, words: str) -> str:
    """The format that prints unit and letter behind the number: `0.0# " % p"`."""
    behind = AFTER_NUMBER.sub("", words).replace('"', "")
    digits = "#,##0" if float(value).is_integer() else "#,##0.0#"
    return f'{digits}"{behind}"' if behind else digits
