"""The submitter's own workbook back, with every finding at its cell and all on one sheet."""

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
from metrics.intake.findings import Finding, FindingGroup, Severity
from metrics.intake.rules import describe_finding, finding_labels, group_findings, rules
from metrics.intake.templates import FINDINGS
from metrics.intake.workbook import NonValue, Sheet, Workbook

FILLS = {
    Severity.ERROR: PatternFill("solid", fgColor="FFF4B6B0"),
    Severity.WARNING: PatternFill("solid", fgColor="FFFBE3A6"),
    Severity.NOTE: PatternFill("solid", fgColor="FFCFE3F5"),
}
OURS = {fill.fgColor.rgb for fill in FILLS.values()}
GRAVEST = {severity: place for place, severity in enumerate(Severity)}
# Begins what we add to a comment, so that it can be taken out again when the file comes back.
MARK = "— empact —"
LONGEST_COMMENT = 2000
COLUMNS = ("severity", "place", "what", "expected", "mend", "rule")
WIDTHS = (12, 22, 60, 40, 60, 26)
LONGEST_SHEET_NAME = 31
SHORTER_SHEET_NAME = 25  # leaves room for a number behind it
NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
CELL = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
# openpyxl refuses in many ways what Excel and our own reader take.
CANNOT_OPEN = (
    InvalidFileException, BadZipFile, ValueError, KeyError, TypeError, AttributeError, IndexError,
)  # fmt: skip


@dataclass(frozen=True)
class FindingsSheet:
    """A workbook that is being annotated, and what the submitter's sheets are called in it."""

    book: Book
    language: str
    titles: Mapping[str, str]

    def page(self, sheet: str) -> Worksheet | None:
        title = self.titles.get(sheet, sheet)
        return self.book[title] if title in self.book.sheetnames else None


def annotated(
    path: Path, workbook: Workbook, findings: Sequence[Finding], language: str = "en"
) -> bytes:
    """The workbook as .xlsx, every finding at the address that it has in the submitter's file.

    An Excel file comes back as it is; of any other format a copy of its cells. SubmissionError
    where data about a person was found: of such a file no copy is made.
    """
    if any(rules()[each.rule].family == "identifying" for each in findings):
        raise SubmissionError(
            f"{workbook.file} holds data about a person, so no copy of it is made; "
            "remove what the findings name from your own file and send it again"
        )
    opened = _opened(path, workbook)
    titles = {} if opened else _titles(workbook.sheets)
    book = opened or _copy(workbook, titles)
    book.properties.creator = _author(workbook)
    _forget(book)
    report = FindingsSheet(book, language, titles)
    _mark(report, findings)
    _list(report, findings)
    return _saved(book)


def _author(workbook: Workbook) -> str | None:
    """The submitter's own, if any: openpyxl would sign in its place."""
    said = (each.text for each in workbook.text_fragments if each.cell == "creator")
    return next(said, None)


def _opened(path: Path, workbook: Workbook) -> Book | None:
    """The file itself, where openpyxl reads all of it."""
    if workbook.format not in {"xlsx", "xlsm"}:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl leaves out: extensions, pictures
            book = load_workbook(path)
    except CANNOT_OPEN:
        return None
    return book if _is_whole(book, workbook) else None


def _is_whole(book: Book, workbook: Workbook) -> bool:
    """A workbook saved as Strict Open XML is opened without a cell, and without a word."""
    opened = chain.from_iterable(page.iter_rows(values_only=True) for page in book.worksheets)
    read = chain.from_iterable(sheet.rows for sheet in workbook.sheets)
    return _says_anything(opened) or not _says_anything(read)


def _says_anything(rows: Iterable[Sequence[object]]) -> bool:
    return any(cell is not None for row in rows for cell in row)


def _titles(sheets: Iterable[Sheet]) -> dict[str, str]:
    """What each sheet is called in a copy: as Excel allows it, and no two alike."""
    found: dict[str, str] = {}
    for each in sheets:
        plain, taken = _name(each.name), {title.casefold() for title in found.values()}
        others = (f"{plain[:SHORTER_SHEET_NAME]} ({number})" for number in count(2))
        free = (title for title in chain([plain], others) if title.casefold() not in taken)
        found[each.name] = next(free)
    return found


def _copy(workbook: Workbook, titles: Mapping[str, str]) -> Book:
    """The cells that were read, where the file itself cannot be written again."""
    book = Book()
    book.remove(book.worksheets[0])
    for sheet in workbook.sheets:
        page = book.create_sheet(titles[sheet.name])
        page.sheet_state = "visible" if sheet.visible else "hidden"
        for row, values in enumerate(sheet.rows, 1):
            _write_row(page, row, values)
    return book


def _write_row(page: Worksheet, row: int, values: Sequence[object]) -> None:
    for column, value in enumerate(values, 1):
        if value is not None:
            _write(page.cell(row, column), value)


def _name(sheet: str) -> str:
    return NOT_IN_SHEET_NAMES.sub("_", sheet)[:LONGEST_SHEET_NAME].strip("'") or "Sheet"


def _write(cell: Cell | MergedCell, value: object) -> None:
    """Texts stay texts: one that begins with `=` is never a formula."""
    if isinstance(value, bool | int | float | date):
        cell.value = value
    else:
        text = value.text if isinstance(value, NonValue) else str(value)
        cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)
        cell.data_type = "s"


def _forget(book: Book) -> None:
    """Takes out what an earlier report added, where its workbook comes back mended."""
    if FINDINGS in book.sheetnames:
        book.remove(book[FINDINGS])
    for page in book.worksheets:
        for cell in (each for row in page.iter_rows() for each in row if _is_marked(each)):
            _unmark(cell)


def _is_marked(cell: Cell | MergedCell) -> bool:
    return isinstance(cell, Cell) and (
        (cell.has_style and cell.fill.fgColor.rgb in OURS)
        or (cell.comment is not None and MARK in cell.comment.text)
    )


def _unmark(cell: Cell | MergedCell) -> None:
    cell.fill = PatternFill()
    own = cell.comment.text.partition(MARK)[0].strip() if cell.comment else ""
    cell.comment = Comment(own, "") if own else None


def _mark(report: FindingsSheet, findings: Sequence[Finding]) -> None:
    for (sheet, place), found in _by_cell(findings).items():
        if page := report.page(sheet):
            cell = _anchor(page, place)
            cell.fill = FILLS[min((each.severity for each in found), key=GRAVEST.__getitem__)]
            cell.comment = _comment(cell, found, report.language)


def _by_cell(findings: Iterable[Finding]) -> dict[tuple[str, str], list[Finding]]:
    cells: dict[tuple[str, str], list[Finding]] = {}
    for each in findings:
        if CELL.fullmatch(each.cell):
            cells.setdefault((each.sheet, each.cell), []).append(each)
    return cells


def _anchor(page: Worksheet, place: str) -> Cell | MergedCell:
    """The cell itself, or the first of the cells it is merged with: only that one is shown."""
    cell: Cell | MergedCell = page[place]
    if isinstance(cell, MergedCell):
        around = (each for each in page.merged_cells.ranges if place in each)
        return next((page.cell(each.min_row, each.min_col) for each in around), cell)
    return cell


def _comment(cell: Cell | MergedCell, found: Sequence[Finding], language: str) -> Comment:
    """What stood in the comment before stays first."""
    own = f"{cell.comment.text}\n" if cell.comment else ""
    said = "\n\n".join(_said(each, language) for each in found)
    comment = Comment(f"{own}{MARK}\n{said}"[:LONGEST_COMMENT], "empact")
    comment.width, comment.height = 360, 200
    return comment


def _said(finding: Finding, language: str) -> str:
    words, names = describe_finding(finding, language), finding_labels(language)
    return "\n".join(
        (
            f"{names[finding.severity]}: {words.what}",
            f"{names['expected']}: {words.expected}",
            f"{names['mend']}: {words.mend} [{finding.rule}]",
        )
    )


def _list(report: FindingsSheet, findings: Sequence[Finding]) -> None:
    """One row a finding, those of one cause together below the row that says how many they are."""
    page, language = report.book.create_sheet(FINDINGS, 0), report.language
    rows = count(1)
    _fill(page, next(rows), [finding_labels(language)[name] for name in COLUMNS], bold=True)
    for group in group_findings(findings):
        if len(group.findings) > 1:
            _fill(page, next(rows), _headline(group, language), bold=True)
        for each, row in zip(group.findings, rows, strict=False):
            _fill(page, row, _line(each, language))
            _link(page.cell(row, 2), each, report)
            page.cell(row, 1).fill = FILLS[each.severity]
            page.row_dimensions[row].outlineLevel = int(len(group.findings) > 1)
    _finish(page)


def _fill(page: Worksheet, row: int, texts: Sequence[str], *, bold: bool = False) -> None:
    for column, text in enumerate(texts, 1):
        cell = page.cell(row, column)
        _write(cell, text)
        cell.font = Font(bold=bold)
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _headline(group: FindingGroup, language: str) -> list[str]:
    words, names = describe_finding(group, language), finding_labels(language)
    place = f"{group.sheet}: {names['cells'].format(count=len(group.findings))}"
    return [names[group.severity], place, words.title, words.expected, words.mend, group.rule]


def _line(finding: Finding, language: str) -> list[str]:
    words, names = describe_finding(finding, language), finding_labels(language)
    what = [names[finding.severity], finding.place, words.what, words.expected, words.mend]
    return [*what, finding.rule]


def _link(cell: Cell | MergedCell, finding: Finding, report: FindingsSheet) -> None:
    page = report.page(finding.sheet)
    if page and CELL.fullmatch(finding.cell):
        quoted = page.title.replace("'", "''")
        cell.hyperlink = Hyperlink(cell.coordinate, location=f"'{quoted}'!{finding.cell}")
        cell.style = "Hyperlink"


def _finish(page: Worksheet) -> None:
    for letter, width in zip("ABCDEF", WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A2"
    page.sheet_properties.outlinePr = Outline(summaryBelow=False)


def _saved(book: Book) -> bytes:
    for page in book.worksheets:
        page.sheet_view.tabSelected = False
    book.active = 0
    target = BytesIO()
    book.save(target)
    return target.getvalue()
