"""Annotate a large workbook in a copy of its cells alone, written row by row.

Formats, formulas, merged cells and column widths of the submitter's own sheets are not in it: to
hold these of a million cells takes a minute and a gigabyte.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from io import BytesIO
from itertools import chain
from re import compile as pattern
from typing import Any

import xlsxwriter

from metrics.core.cells import row_and_column
from metrics.intake.annotation_texts import (
    CELL_ADDRESS,
    COLOURS,
    COLUMN_WIDTHS,
    COMMENT_SIZE,
    author_of,
    comment_text,
    findings_by_sheet,
    gravest_severity,
    headings,
    link_location,
    listed_findings,
    own_comment,
    unique_titles,
)
from metrics.intake.findings import Finding
from metrics.intake.templates import FINDINGS
from metrics.intake.workbook import NonValue, Sheet, Workbook

Page = Any  # xlsxwriter has no types
Style = Any

OPTIONS = {
    "constant_memory": True,  # a row is written before the next one begins
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": True,
}
LONGEST_TEXT = 32_767  # of a cell, as Excel allows it
MOST_LINKS = 65_530  # of a sheet, as Excel allows it
DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
CONTROL_CHARACTERS = pattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass
class PlainCopy:
    """A workbook that is being written, and what its cells need."""

    book: Any
    language: str
    titles: Mapping[str, str]
    formats: dict[tuple[str, str], Style] = field(default_factory=dict)

    @cached_property
    def link(self) -> Style:
        return self.book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"})

    def format(self, colour: str = "", number: str = "") -> Style:
        """The format with a colour and the form of a number; each is declared once."""
        if (colour, number) not in self.formats:
            properties = {"num_format": number} if number else {}
            properties |= {"bg_color": f"#{colour}"} if colour else {}
            self.formats[colour, number] = self.book.add_format(properties)
        return self.formats[colour, number]


def annotate_plain_copy(
    workbook: Workbook, findings: Sequence[Finding], language: str = "en"
) -> bytes:
    """Write the cells as .xlsx, every finding at its address in the submitter's file."""
    target = BytesIO()
    sheets = [sheet for sheet in workbook.sheets if sheet.name != FINDINGS]
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        book.set_properties({"author": author_of(workbook) or ""})
        copy = PlainCopy(book, language, unique_titles(sheets))
        _list_findings(copy, findings)
        marked, comments = findings_by_sheet(findings), _own_comments(workbook)
        for sheet in sheets:
            _copy_sheet(copy, sheet, marked.get(sheet.name, {}), comments.get(sheet.name, {}))
    return target.getvalue()


def _own_comments(workbook: Workbook) -> dict[str, dict[str, str]]:
    comments: dict[str, dict[str, str]] = {}
    for fragment in workbook.text_fragments:
        if fragment.kind == "comment" and CELL_ADDRESS.fullmatch(fragment.cell):
            comments.setdefault(fragment.sheet, {})[fragment.cell] = own_comment(fragment.text)
    return comments


def _list_findings(copy: PlainCopy, findings: Sequence[Finding]) -> None:
    page = copy.book.add_worksheet(FINDINGS)
    for column, width in enumerate(COLUMN_WIDTHS):
        page.set_column(column, column, width)
    page.freeze_panes(1, 0)
    page.outline_settings(symbols_below=False)
    bold = copy.book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = copy.book.add_format({"text_wrap": True, "valign": "top"})
    _write_texts(page, 0, headings(copy.language), bold)
    for row, listed in enumerate(listed_findings(findings, copy.language), 1):
        page.set_row(row, None, None, {"level": int(listed.is_grouped)})
        _write_texts(page, row, listed.texts, wrapped if listed.finding else bold)
        if listed.finding and row <= MOST_LINKS:
            _link_to_cell(copy, page, row, listed.texts[0], listed.finding)


def _write_texts(page: Page, row: int, texts: Sequence[str], style: Style) -> None:
    for column, text in enumerate(texts):
        page.write_string(row, column, _allowed_text(text), style)


def _link_to_cell(copy: PlainCopy, page: Page, row: int, severity: str, finding: Finding) -> None:
    page.write_string(row, 0, severity, copy.format(COLOURS[finding.severity]))
    title = copy.titles.get(finding.sheet)
    if title and CELL_ADDRESS.fullmatch(finding.cell):
        location = f"internal:{link_location(title, finding.cell)}"
        page.write_url(row, 1, location, copy.link, finding.location)


def _copy_sheet(
    copy: PlainCopy,
    sheet: Sheet,
    findings: Mapping[str, Sequence[Finding]],
    comments: Mapping[str, str],
) -> None:
    """Write row by row: what belongs to a row that is finished could not be written any more."""
    page = copy.book.add_worksheet(copy.titles[sheet.name])
    if not sheet.visible:
        page.hide()
    noted: dict[int, dict[int, str]] = {}
    for cell in sorted({*findings, *comments}):
        row, column = row_and_column(cell)
        noted.setdefault(row, {})[column] = cell
    beyond: Iterator[tuple[int, list[object]]] = (
        (row, []) for row in sorted(noted) if row >= len(sheet.rows)
    )
    for row, values in chain(enumerate(sheet.rows), beyond):
        cells = noted.get(row, {})
        marked = {column: findings[cell] for column, cell in cells.items() if cell in findings}
        _write_row(copy, page, row, values, marked)
        for cell in cells.values():
            _write_comment(copy, page, cell, findings.get(cell, ()), comments.get(cell, ""))


def _write_row(
    copy: PlainCopy,
    page: Page,
    row: int,
    values: Sequence[object],
    marked: Mapping[int, Sequence[Finding]],
) -> None:
    for column, value in enumerate(values):
        if value is not None and column not in marked:
            _write_value(copy, page, (row, column), value, "")
    for column, findings in marked.items():
        value = values[column] if column < len(values) else None
        _write_value(copy, page, (row, column), value, COLOURS[gravest_severity(findings)])


def _write_comment(
    copy: PlainCopy, page: Page, cell: str, findings: Sequence[Finding], own: str
) -> None:
    text = comment_text(own, findings, copy.language) if findings else own
    width, height = COMMENT_SIZE
    size = {"width": width, "height": height} if findings else {}
    if text:
        page.write_comment(cell, text, {"author": "empact" if findings else "", **size})


def _write_value(
    copy: PlainCopy, page: Page, cell: tuple[int, int], value: object, colour: str
) -> None:
    """Keep texts as texts: one that begins with `=` is never a formula."""
    style = copy.format(colour) if colour else None
    if value is None:
        page.write_blank(*cell, None, style)
    elif isinstance(value, bool):
        page.write_boolean(*cell, value, style)
    elif isinstance(value, int | float):
        page.write_number(*cell, value, style)
    elif isinstance(value, date):
        number = MOMENT if isinstance(value, datetime) else DAY
        page.write_datetime(*cell, value, copy.format(colour, number))
    else:
        text = value.text if isinstance(value, NonValue) else str(value)
        page.write_string(*cell, _allowed_text(text), style)


def _allowed_text(text: str) -> str:
    return CONTROL_CHARACTERS.sub("\ufffd", text)[:LONGEST_TEXT]
