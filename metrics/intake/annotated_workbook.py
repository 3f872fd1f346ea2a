"""Annotate the submitter's workbook: every finding at its cell, and all on one sheet."""

import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import chain, count
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import Outline
from openpyxl.worksheet.worksheet import Worksheet

from metrics.core.errors import SubmissionError
from metrics.intake.finding_texts import describe_finding, finding_labels, group_findings
from metrics.intake.findings import SEVERITY_RANKS, Finding, FindingGroup, Severity
from metrics.intake.templates import FINDINGS
from metrics.intake.validate import holds_personal_data
from metrics.intake.workbook import NonValue, Sheet, Workbook

FILLS = {
    Severity.ERROR: PatternFill("solid", fgColor="FFF4B6B0"),
    Severity.WARNING: PatternFill("solid", fgColor="FFFBE3A6"),
    Severity.NOTE: PatternFill("solid", fgColor="FFCFE3F5"),
}
OUR_COLOURS = {fill.fgColor.rgb for fill in FILLS.values()}
# Begins our part of a comment, so that it can be removed when the file comes back.
MARK = "— empact —"
LONGEST_COMMENT = 2000
FINDING_COLUMNS = ("severity", "place", "what", "expected", "correction", "rule")
COLUMN_WIDTHS = (12, 22, 60, 40, 60, 26)
LONGEST_SHEET_NAME = 31
SHORTER_SHEET_NAME = 25  # leaves room for a number after it
NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
CELL_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
# openpyxl raises many kinds of errors for files that Excel and our own reader accept.
CANNOT_OPEN = (
    InvalidFileException, BadZipFile, ValueError, KeyError, TypeError, AttributeError, IndexError,
)  # fmt: skip


@dataclass(frozen=True)
class AnnotatedBook:
    """A workbook that is being annotated, and the titles of the submitter's sheets in it."""

    book: Book
    language: str
    titles: Mapping[str, str]

    def page(self, sheet: str) -> Worksheet | None:
        title = self.titles.get(sheet, sheet)
        return self.book[title] if title in self.book.sheetnames else None


def annotate_workbook(
    path: Path, workbook: Workbook, findings: Sequence[Finding], language: str = "en"
) -> bytes:
    """Write the workbook as .xlsx, every finding at its address in the submitter's file.

    An Excel file is annotated itself; for any other format, a copy of its cells is. SubmissionError
    if data about a person was found: such a file is never copied.
    """
    if holds_personal_data(findings):
        raise SubmissionError(
            "the file holds data about a person, so no copy of it is made; "
            "remove what the findings name from your own file and send it again"
        )
    opened = _open_book(path, workbook)
    titles = {} if opened else _unique_titles(workbook.sheets)
    book = opened or _copy_cells(workbook, titles)
    book.properties.creator = _author(workbook)
    _remove_earlier_findings(book)
    annotated = AnnotatedBook(book, language, titles)
    _mark_cells(annotated, findings)
    _list_findings(annotated, findings)
    return _save_book(book)


def _author(workbook: Workbook) -> str | None:
    """The submitter's author property, if any: openpyxl would put its own name."""
    fragments = workbook.text_fragments
    return next((fragment.text for fragment in fragments if fragment.cell == "creator"), None)


def _open_book(path: Path, workbook: Workbook) -> Book | None:
    """Open the file itself; None if openpyxl does not read all of it."""
    if workbook.format not in {"xlsx", "xlsm"}:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts that openpyxl drops: extensions, pictures
            book = load_workbook(path)
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


def _unique_titles(sheets: Iterable[Sheet]) -> dict[str, str]:
    """A unique title for each sheet of a copy, as Excel allows it."""
    titles: dict[str, str] = {}
    for sheet in sheets:
        plain, taken = _allowed_title(sheet.name), {title.casefold() for title in titles.values()}
        numbered = (f"{plain[:SHORTER_SHEET_NAME]} ({number})" for number in count(2))
        free = (title for title in chain([plain], numbered) if title.casefold() not in taken)
        titles[sheet.name] = next(free)
    return titles


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
    return book


def _allowed_title(sheet: str) -> str:
    return NOT_IN_SHEET_NAMES.sub("_", sheet)[:LONGEST_SHEET_NAME].strip("'") or "Sheet"


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
    if FINDINGS in book.sheetnames:
        book.remove(book[FINDINGS])
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
    own = cell.comment.text.partition(MARK)[0].strip() if cell.comment else ""
    cell.comment = Comment(own, "") if own else None


def _mark_cells(annotated: AnnotatedBook, findings: Sequence[Finding]) -> None:
    by_cell: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if CELL_ADDRESS.fullmatch(finding.cell):
            by_cell.setdefault((finding.sheet, finding.cell), []).append(finding)
    for (sheet, address), own in by_cell.items():
        if page := annotated.page(sheet):
            cell = _displayed_cell(page, address)
            gravest = min((finding.severity for finding in own), key=SEVERITY_RANKS.__getitem__)
            cell.fill = FILLS[gravest]
            cell.comment = _comment(cell, own, annotated.language)


def _displayed_cell(page: Worksheet, address: str) -> Cell | MergedCell:
    """The cell itself, or the first of the cells that it is merged with, which is displayed."""
    cell: Cell | MergedCell = page[address]
    if isinstance(cell, MergedCell):
        for merged in page.merged_cells.ranges:
            if address in merged:
                return page.cell(merged.min_row, merged.min_col)
    return cell


def _comment(cell: Cell | MergedCell, findings: Sequence[Finding], language: str) -> Comment:
    """The findings below the submitter's own comment, if any."""
    own = f"{cell.comment.text}\n" if cell.comment else ""
    texts = "\n\n".join(_comment_text(finding, language) for finding in findings)
    comment = Comment(f"{own}{MARK}\n{texts}"[:LONGEST_COMMENT], "empact")
    comment.width, comment.height = 360, 200
    return comment


def _comment_text(finding: Finding, language: str) -> str:
    words, names = describe_finding(finding, language), finding_labels(language)
    return "\n".join(
        (
            f"{names[finding.severity]}: {words.what}",
            f"{names['expected']}: {words.expected}",
            f"{names['correction']}: {words.correction} [{finding.rule}]",
        )
    )


def _list_findings(annotated: AnnotatedBook, findings: Sequence[Finding]) -> None:
    """A row for each finding; findings of one cause follow a row that counts them."""
    page, language = annotated.book.create_sheet(FINDINGS, 0), annotated.language
    rows = count(1)
    headings = [finding_labels(language)[name] for name in FINDING_COLUMNS]
    _write_texts(page, next(rows), headings, bold=True)
    for group in group_findings(findings):
        if len(group.findings) > 1:
            _write_texts(page, next(rows), _group_texts(group, language), bold=True)
        for finding, row in zip(group.findings, rows, strict=False):
            _write_texts(page, row, _finding_texts(finding, language))
            _link_to_cell(page.cell(row, 2), finding, annotated)
            page.cell(row, 1).fill = FILLS[finding.severity]
            page.row_dimensions[row].outlineLevel = int(len(group.findings) > 1)
    _format_sheet(page)


def _write_texts(page: Worksheet, row: int, texts: Sequence[str], *, bold: bool = False) -> None:
    for column, text in enumerate(texts, 1):
        cell = page.cell(row, column)
        _write_value(cell, text)
        cell.font = Font(bold=bold)
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _group_texts(group: FindingGroup, language: str) -> list[str]:
    words, names = describe_finding(group, language), finding_labels(language)
    cells = f"{group.sheet}: {names['cells'].format(count=len(group.findings))}"
    return [names[group.severity], cells, words.title, words.expected, words.correction, group.rule]


def _finding_texts(finding: Finding, language: str) -> list[str]:
    words, names = describe_finding(finding, language), finding_labels(language)
    what = [names[finding.severity], finding.location, words.what, words.expected, words.correction]
    return [*what, finding.rule]


def _link_to_cell(cell: Cell | MergedCell, finding: Finding, annotated: AnnotatedBook) -> None:
    page = annotated.page(finding.sheet)
    if page and CELL_ADDRESS.fullmatch(finding.cell):
        quoted = page.title.replace("'", "''")
        cell.hyperlink = Hyperlink(cell.coordinate, location=f"'{quoted}'!{finding.cell}")
        cell.style = "Hyperlink"


def _format_sheet(page: Worksheet) -> None:
    for letter, width in zip("ABCDEF", COLUMN_WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A2"
    page.sheet_properties.outlinePr = Outline(summaryBelow=False)


def _save_book(book: Book) -> bytes:
    for page in book.worksheets:
        page.sheet_view.tabSelected = False
    book.active = 0
    target = BytesIO()
    book.save(target)
    return target.getvalue()
