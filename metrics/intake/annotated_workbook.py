"""Annotate the submitter's workbook: every finding at its cell, and all on one sheet."""

import re
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
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import Outline, PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from metrics.core.cells import row_and_column
from metrics.core.errors import SubmissionError
from metrics.intake.annotation_texts import (
    A4,
    CELL_ADDRESS,
    COLOURS,
    LINK_COLOUR,
    MARK,
    FindingWords,
    author_of,
    column_widths,
    comment_size,
    comment_text,
    findings_by_sheet,
    gravest_severity,
    link_location,
    own_comment,
    unique_titles,
)
from metrics.intake.copy_of_cells import annotate_plain_copy
from metrics.intake.findings import Finding
from metrics.intake.findings_list import (
    FONT_NAME,
    FONT_SIZE,
    HEADING_COLOUR,
    LINE_COLOUR,
    LINK_COLUMN,
    LIST_WIDTHS,
    PAGE_MARGIN,
    ListRow,
    ReportedFile,
    RowKind,
    list_rows,
    number_of_headings,
)
from metrics.intake.templates import findings_sheets
from metrics.intake.text_table import share_texts
from metrics.intake.validate import holds_personal_data
from metrics.intake.workbook import NonValue, Workbook

FILLS = {
    severity: PatternFill("solid", fgColor=f"FF{colour}") for severity, colour in COLOURS.items()
}
HEADING_FILL = PatternFill("solid", fgColor=f"FF{HEADING_COLOUR}")
LINE_ABOVE = Border(top=Side("thin", color=f"FF{LINE_COLOUR}"))
# The properties of a font in the order of ECMA-376; openpyxl writes them in another.
Font.__elements__ = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color",
    "name", "family", "charset", "scheme",
)  # fmt: skip
OUR_COLOURS = {fill.fgColor.rgb for fill in FILLS.values()}
# A number format that shows so many decimals and no more, such as `#,##0.0##`.
ROUNDING_FORMAT = re.compile(r"[#,]*0(?:\.(?P<decimals>[0#]+))?")
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
    path: Path,
    workbook: Workbook,
    findings: Sequence[Finding],
    language: str = "en",
    file: ReportedFile | None = None,
) -> bytes:
    """Write the workbook as .xlsx, every finding at its address in the submitter's file.

    An Excel file is annotated itself; of any other format, and of a large file, a copy of its
    cells is. The list of findings says what `file` is. SubmissionError if data about a person was
    found: such a file is never copied.
    """
    file = file or ReportedFile(workbook.file)
    if holds_personal_data(findings):
        raise SubmissionError("personal_file")
    if is_large(workbook, findings):
        return annotate_plain_copy(workbook, findings, language, file)
    opened = _open_book(path, workbook)
    titles = {} if opened else unique_titles(workbook.sheets)
    book = opened or _copy_cells(workbook, titles)
    for page in book.worksheets:  # the clean copy of a file has no print settings
        _fit_to_page(page)
        _repeat_frozen_rows(page)
    book.properties.creator = author_of(workbook)
    _remove_earlier_findings(book)
    annotated = AnnotatedBook(book, FindingWords(language), titles)
    _mark_cells(annotated, findings)
    _list_findings(annotated, list_rows(file, findings, annotated.words))
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
                _show_all_digits(cell)
                cell.comment = _comment(cell, own, annotated.words)


def _show_all_digits(cell: Cell | MergedCell) -> None:
    """Show a number as it is stored, where the format of its cell rounds it: 2.5 as 3."""
    form = ROUNDING_FORMAT.fullmatch(cell.number_format)
    if isinstance(cell.value, float) and form:
        decimals = len(form["decimals"] or "")
        if round(cell.value, decimals) != cell.value:
            cell.number_format = "General"


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


def _list_findings(annotated: AnnotatedBook, rows: Sequence[ListRow]) -> None:
    page = annotated.book.create_sheet(annotated.words.sheet_name, 0)
    for number, row in enumerate(rows, 1):
        _write_row(page, number, row)
        if row.finding:
            _link_to_cell(page.cell(number, LINK_COLUMN + 1), row.finding, annotated)
    _format_list(page, rows)


def _write_row(page: Worksheet, number: int, row: ListRow) -> None:
    for column, text in enumerate(row.texts, 1):
        cell = page.cell(number, column)
        if text:
            _write_value(cell, text)
        cell.font = Font(name=FONT_NAME, sz=row.font_size, bold=row.is_bold)
        cell.alignment = Alignment(wrap_text=row.is_wrapped, vertical="top")
        if row.begins_cause:
            cell.border = LINE_ABOVE
        if row.kind is RowKind.HEADINGS:
            cell.fill = HEADING_FILL
    if row.severity:
        page.cell(number, 1).fill = FILLS[row.severity]
    form = page.row_dimensions[number]
    form.height, form.outlineLevel, form.hidden = row.height, int(row.is_grouped), row.is_folded


def _link_to_cell(cell: Cell | MergedCell, finding: Finding, annotated: AnnotatedBook) -> None:
    page = annotated.page(finding.sheet)
    if page and CELL_ADDRESS.fullmatch(finding.cell):
        location = link_location(page.title, finding.cell)
        cell.hyperlink = Hyperlink(cell.coordinate, location=location)
        colour = f"FF{LINK_COLOUR}"
        cell.font = Font(name=FONT_NAME, sz=FONT_SIZE, color=colour, underline="single")


def _format_list(page: Worksheet, rows: Sequence[ListRow]) -> None:
    for number, width in enumerate(LIST_WIDTHS, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    headings = number_of_headings(rows) + 1
    page.print_title_rows = f"{headings}:{headings}"
    page.sheet_properties.outlinePr = Outline(summaryBelow=False)
    page.sheet_view.showGridLines = False
    _fit_to_page(page)


def _fit_to_page(page: Worksheet) -> None:
    """Print across, on pages of A4, each as wide as the sheet."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = A4
    page.page_setup.fitToHeight = 0
    page.page_margins = PageMargins(
        left=PAGE_MARGIN, right=PAGE_MARGIN, top=PAGE_MARGIN, bottom=PAGE_MARGIN
    )
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer = HeaderFooterItem()
    footer.left.text, footer.right.text = "&A", "&P / &N"
    page.HeaderFooter.oddFooter = footer


def _repeat_frozen_rows(page: Worksheet) -> None:
    """Print on every page the rows that always stay in view on the screen."""
    frozen = row_and_column(page.freeze_panes)[0] if page.freeze_panes else 0
    if frozen:
        page.print_title_rows = f"1:{frozen}"


def _save_book(book: Book) -> bytes:
    for page in book.worksheets:
        page.sheet_view.tabSelected = False
    book.active = 0
    target = BytesIO()
    book.save(target)
    return share_texts(target.getvalue())
