"""Annotate a large workbook in a copy of its cells alone, written row by row.

Formats, formulas, merged cells and column widths of the submitter's own sheets are not in it: to
hold these of a million cells takes a minute and a gigabyte.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from itertools import chain
from typing import Any

import xlsxwriter

from metrics.core.cells import row_and_column
from metrics.intake.annotation_texts import (
    A4,
    CELL_ADDRESS,
    COLOURS,
    COLUMN_WIDTHS,
    LINK_COLOUR,
    FindingWords,
    ListedFinding,
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
from metrics.intake.row_sheet import RowForm, RowSheet, link_text, row_text
from metrics.intake.templates import findings_sheets
from metrics.intake.workbook import Sheet, Workbook

Page = Any  # xlsxwriter has no types
Style = Any

OPTIONS = {"constant_memory": True}  # rows are written when they are asked for, and not kept
MOST_LINKS = 65_530  # of a sheet, as Excel allows it
DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
LINK = {"font_color": f"#{LINK_COLOUR}", "underline": 1, "valign": "top"}
WRAPPED = {"text_wrap": True, "valign": "top"}


@dataclass
class PlainCopy:
    """A workbook that is being written, and what its cells need."""

    book: Any
    words: FindingWords
    titles: Mapping[str, str]
    styles: dict[str, int] = field(default_factory=dict)

    def style(self, **properties: object) -> int:
        """The number of a format; each is declared once."""
        key = repr(properties)
        if key not in self.styles:
            self.styles[key] = self.book.add_format(properties)._get_xf_index()  # noqa: SLF001
        return self.styles[key]

    def cell_style(self, value: object, colour: str = "") -> int | None:
        """The format of a value in a colour; None if it needs none."""
        properties = {"bg_color": f"#{colour}"} if colour else {}
        if isinstance(value, date):
            properties["num_format"] = MOMENT if isinstance(value, datetime) else DAY
        return self.style(**properties) if properties else None


def annotate_plain_copy(
    workbook: Workbook, findings: Sequence[Finding], language: str = "en"
) -> bytes:
    """Write the cells as .xlsx, every finding at its address in the submitter's file."""
    target = BytesIO()
    sheets = [sheet for sheet in workbook.sheets if sheet.name not in findings_sheets()]
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        book.set_properties({"author": author_of(workbook) or ""})
        copy = PlainCopy(book, FindingWords(language), unique_titles(sheets))
        _declare_styles(copy)
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
    page = copy.book.add_worksheet(copy.words.sheet_name, RowSheet)
    _fit_to_page(page)
    page.repeat_rows(0)
    for column, width in enumerate(COLUMN_WIDTHS):
        page.set_column(column, column, width)
    page.freeze_panes(1, 0)
    page.outline_settings(symbols_below=False)
    page.outline_row_level = 1
    listed = list(listed_findings(findings, copy.words))
    page.row_texts = _listed_rows(copy, listed)
    linked = ((row, found.finding) for row, found in enumerate(listed, 1) if found.finding)
    page.link_texts = [*filter(None, (_link(copy, *link) for link in linked))][:MOST_LINKS]


def _listed_rows(copy: PlainCopy, listed: Sequence[ListedFinding]) -> Iterator[str]:
    yield row_text(0, copy.words.headings(), _list_styles(copy, None))
    for row, found in enumerate(listed, 1):
        form = RowForm(int(found.is_grouped), height_of_row(found.texts))
        yield row_text(row, found.texts, _list_styles(copy, found.finding), form)


def _list_styles(copy: PlainCopy, finding: Finding | None) -> dict[int, int]:
    """The formats of a row of the list by column; what several findings share is bold."""
    columns = range(len(COLUMN_WIDTHS))
    if finding is None:
        return dict.fromkeys(columns, copy.style(bold=True, **WRAPPED))
    styles = dict.fromkeys(columns, copy.style(**WRAPPED))
    styles[0] = copy.cell_style(None, COLOURS[finding.severity]) or 0
    if _is_linked(copy, finding):
        styles[1] = copy.style(**LINK)
    return styles


def _is_linked(copy: PlainCopy, finding: Finding) -> bool:
    return finding.sheet in copy.titles and bool(CELL_ADDRESS.fullmatch(finding.cell))


def _link(copy: PlainCopy, row: int, finding: Finding) -> str:
    if not _is_linked(copy, finding):
        return ""
    location = link_location(copy.titles[finding.sheet], finding.cell)
    return link_text(f"B{row + 1}", location, finding.location)


def _copy_sheet(
    copy: PlainCopy,
    sheet: Sheet,
    findings: Mapping[str, Sequence[Finding]],
    comments: Mapping[str, str],
) -> None:
    page = copy.book.add_worksheet(copy.titles[sheet.name], RowSheet)
    if not sheet.visible:
        page.hide()
    _fit_to_page(page)
    for column, digits in enumerate(column_widths(sheet.rows)):
        page.set_column(column, column, digits)
    for cell in sorted({*findings, *comments}):
        _write_comment(copy, page, cell, findings.get(cell, ()), comments.get(cell, ""))
    colours: dict[int, dict[int, str]] = {}
    for cell, found in findings.items():
        row, column = row_and_column(cell)
        colours.setdefault(row, {})[column] = COLOURS[gravest_severity(found)]
    page.row_texts = _row_texts(copy, sheet, colours)


def _fit_to_page(page: Page) -> None:
    """Print across, on pages of A4, each as wide as the sheet."""
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&R&P / &N")


def _declare_styles(copy: PlainCopy) -> None:
    """Declare every format that a row may need, before the first part is written."""
    for properties in (WRAPPED, {"bold": True, **WRAPPED}, LINK):
        copy.style(**properties)
    for value in (None, date(2000, 1, 1), datetime(2000, 1, 1)):  # noqa: DTZ001
        for colour in ("", *COLOURS.values()):
            copy.cell_style(value, colour)


def _row_texts(
    copy: PlainCopy, sheet: Sheet, colours: Mapping[int, Mapping[int, str]]
) -> Iterator[str]:
    beyond = sorted(row for row in colours if row >= len(sheet.rows))
    rows: Iterable[tuple[int, Sequence[object]]] = chain(
        enumerate(sheet.rows), ((row, ()) for row in beyond)
    )
    for row, values in rows:
        coloured = colours.get(row, {})
        styles = {
            column: style
            for column, value in enumerate(values)
            if isinstance(value, date) and (style := copy.cell_style(value)) is not None
        }
        for column, colour in coloured.items():
            value = values[column] if column < len(values) else None
            styles[column] = copy.cell_style(value, colour) or 0
        yield row_text(row, values, styles)


def _write_comment(
    copy: PlainCopy, page: Page, cell: str, findings: Sequence[Finding], own: str
) -> None:
    text = comment_text(own, findings, copy.words) if findings else own
    width, height = comment_size(text)
    size = {"width": width, "height": height} if findings else {}
    if text:
        page.write_comment(cell, text, {"author": "empact" if findings else "", **size})
