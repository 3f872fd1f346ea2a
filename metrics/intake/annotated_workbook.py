"""Annotate the submitter's workbook: every finding at its cell, and all on one sheet."""

import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import chain
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import Outline, PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from metrics.core.errors import SubmissionError
from metrics.intake.annotation_texts import (
    A4,
    CELL_ADDRESS,
    COLOURS,
    COLUMN_WIDTHS,
    LINK_COLOUR,
    MARK,
    FindingWords,
    author_of,
    column_widths,
    comment_size,
    comment_text,
    findings_by_sheet,
    gravest_severity,
    height_of_row,
    link_location,
    listed_findings,
    own_comment,
    unique_titles,
)
from metrics.intake.findings import Finding
from metrics.intake.plain_copy import annotate_plain_copy
from metrics.intake.templates import findings_sheets
from metrics.intake.text_table import share_texts
from metrics.intake.validate import holds_personal_data
from metrics.intake.workbook import NonValue, Workbook

FILLS = {
    severity: PatternFill("solid", fgColor=f"FF{colour}") for severity, colour in COLOURS.items()
}
# The properties of a font in the order of ECMA-376; openpyxl writes them in another.
Font.__elements__ = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color",
    "name", "family", "charset", "scheme",
)  # fmt: skip
OUR_COLOURS = {fill.fgColor.rgb for fill in FILLS.values()}
# Of a workbook that is annotated itself: beyond this, a copy of its cells alone is.
MOST_CELLS, MOST_FINDINGS = 100_000, 5_000
# openpyxl raises many kinds of errors for files that Excel and our own reader accept.
CANNOT_OPEN = (
    InvalidFileException, BadZipFile, ValueError, KeyError, TypeError, AttributeError, IndexError,
)  # fmt: skip


@dataclass(frozen=True)
class AnnotatedBook:
    """A workbook that is being annotated, and the titles of the submitter's sheets in it."""

    book: Book
    words: FindingWords
    titles: Mapping[str, str]

    def page(self, sheet: str) -> Worksheet | None:
        title = self.titles.get(sheet, sheet)
        return self.book[title] if title in self.book.sheetnames else None


def annotate_workbook(
    path: Path, workbook: Workbook, findings: Sequence[Finding], language: str = "en"
) -> bytes:
    """Write the workbook as .xlsx, every finding at its address in the submitter's file.

    An Excel file is annotated itself; of any other format, and of a large file, a copy of its
    cells is. SubmissionError
    if data about a person was found: such a file is never copied.
    """
    if holds_personal_data(findings):
        raise SubmissionError("personal_file")
    if is_large(workbook, findings):
        return annotate_plain_copy(workbook, findings, language)
    opened = _open_book(path, workbook)
    titles = {} if opened else unique_titles(workbook.sheets)
    book = opened or _copy_cells(workbook, titles)
    for page in book.worksheets:
        _fit_to_page(page)  # the clean copy of a file has no print settings
    book.properties.creator = author_of(workbook)
    _remove_earlier_findings(book)
    annotated = AnnotatedBook(book, FindingWords(language), titles)
    _mark_cells(annotated, findings)
    _list_findings(annotated, findings)
    return _save_book(book)


def is_large(workbook: Workbook, findings: Sequence[Finding]) -> bool:
    """Whether only the cells are copied, without their formats (docs/files.md)."""
    cells = sum(len(row) for sheet in workbook.sheets for row in sheet.rows)
    return cells > MOST_CELLS or len(findings) > MOST_FINDINGS


def _open_book(path: Path, workbook: Workbook) -> Book | None:
    """Open the file itself; None if openpyxl does not read all of it."""
    if workbook.format not in {"xlsx", "xlsm"}:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts that openpyxl drops: extensions, pictures
            with path.open("rb") as file:  # whatever its name ends with
                book = load_workbook(file)
    except CANNOT_OPEN:
        return None
    return book if _is_whole(book, workbook) else None


def _is_whole(book: Book, workbook: Workbook) -> bool:
    """Whether openpyxl read the cells: it silently reads none of Strict Open XML."""
    opened = chain.from_iterable(page.iter_rows(values_only=True) for page in book.worksheets)
    read = chain.from_iterable(sheet.rows for sheet in workbook.sheets)
    return _has_content(opened) or not _has_content(read)


def _has_content(rows: Iterable[Sequence[object]]) -> bool:
    return any(cell is not None for row in rows for cell in row)


def _copy_cells(workbook: Workbook, titles: Mapping[str, str]) -> Book:
    """Copy the cells as read, if the file itself cannot be written again."""
    book = Book()
    book.remove(book.worksheets[0])
    for sheet in workbook.sheets:
        page = book.create_sheet(titles[sheet.name])
        page.sheet_state = "visible" if sheet.visible else "hidden"
        for row, values in enumerate(sheet.rows, 1):
            for column, value in enumerate(values, 1):
                if value is not None:
                    _write_value(page.cell(row, column), value)
        for column, width in enumerate(column_widths(sheet.rows), 1):
            page.column_dimensions[get_column_letter(column)].width = width
    return book


def _write_value(cell: Cell | MergedCell, value: object) -> None:
    """Keep texts as texts: one that begins with `=` is never a formula."""
    if isinstance(value, bool | int | float | date):
        cell.value = value
    else:
        text = value.text if isinstance(value, NonValue) else str(value)
        cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)
        cell.data_type = "s"


def _remove_earlier_findings(book: Book) -> None:
    """Remove what an earlier check added, in case a corrected workbook comes back."""
    for name in findings_sheets().intersection(book.sheetnames):
        book.remove(book[name])
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                if _is_marked(cell):
                    _unmark(cell)


def _is_marked(cell: Cell | MergedCell) -> bool:
    return isinstance(cell, Cell) and (
        (cell.has_style and cell.fill.fgColor.rgb in OUR_COLOURS)
        or (cell.comment is not None and MARK in cell.comment.text)
    )


def _unmark(cell: Cell | MergedCell) -> None:
    cell.fill = PatternFill()
    own = own_comment(cell.comment.text) if cell.comment else ""
    cell.comment = Comment(own, "") if own else None


def _mark_cells(annotated: AnnotatedBook, findings: Sequence[Finding]) -> None:
    for sheet, marked in findings_by_sheet(findings).items():
        if page := annotated.page(sheet):
            for address, own in marked.items():
                cell = _displayed_cell(page, address)
                cell.fill = FILLS[gravest_severity(own)]
                cell.comment = _comment(cell, own, annotated.words)


def _displayed_cell(page: Worksheet, address: str) -> Cell | MergedCell:
    """The cell itself, or the first of the cells that it is merged with, which is displayed."""
    cell: Cell | MergedCell = page[address]
    if isinstance(cell, MergedCell):
        for merged in page.merged_cells.ranges:
            if address in merged:
                return page.cell(merged.min_row, merged.min_col)
    return cell


def _comment(cell: Cell | MergedCell, findings: Sequence[Finding], words: FindingWords) -> Comment:
    text = comment_text(cell.comment.text if cell.comment else "", findings, words)
    comment = Comment(text, "empact")
    comment.width, comment.height = comment_size(text)
    return comment


def _list_findings(annotated: AnnotatedBook, findings: Sequence[Finding]) -> None:
    words = annotated.words
    page = annotated.book.create_sheet(words.sheet_name, 0)
    _write_texts(page, 1, words.headings(), bold=True)
    for row, listed in enumerate(listed_findings(findings, words), 2):
        _write_texts(page, row, listed.texts, bold=listed.finding is None)
        page.row_dimensions[row].height = height_of_row(listed.texts)
        if listed.finding:
            _link_to_cell(page.cell(row, 2), listed.finding, annotated)
            page.cell(row, 1).fill = FILLS[listed.finding.severity]
            page.row_dimensions[row].outlineLevel = int(listed.is_grouped)
    _format_sheet(page)


def _write_texts(page: Worksheet, row: int, texts: Sequence[str], *, bold: bool = False) -> None:
    for column, text in enumerate(texts, 1):
        cell = page.cell(row, column)
        _write_value(cell, text)
        cell.font = Font(bold=bold)
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _link_to_cell(cell: Cell | MergedCell, finding: Finding, annotated: AnnotatedBook) -> None:
    page = annotated.page(finding.sheet)
    if page and CELL_ADDRESS.fullmatch(finding.cell):
        location = link_location(page.title, finding.cell)
        cell.hyperlink = Hyperlink(cell.coordinate, location=location)
        cell.font = Font(color=f"FF{LINK_COLOUR}", underline="single")


def _format_sheet(page: Worksheet) -> None:
    for letter, width in zip("ABCDEF", COLUMN_WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.sheet_properties.outlinePr = Outline(summaryBelow=False)
    _fit_to_page(page)


def _fit_to_page(page: Worksheet) -> None:
    """Print across, on pages of A4, each as wide as the sheet."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer = HeaderFooterItem()
    footer.left.text, footer.right.text = "&A", "&P / &N"
    page.HeaderFooter.oddFooter = footer


def _save_book(book: Book) -> bytes:
    for page in book.worksheets:
        page.sheet_view.tabSelected = False
    book.active = 0
    target = BytesIO()
    book.save(target)
    return share_texts(target.getvalue())
