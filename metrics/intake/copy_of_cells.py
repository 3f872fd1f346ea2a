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
    LINK_COLOUR,
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
from metrics.intake.row_sheet import RowForm, RowSheet, link_text, row_text
from metrics.intake.templates import findings_sheets
from metrics.intake.workbook import Sheet, Workbook

Page = Any  # xlsxwriter has no types
Style = Any

OPTIONS = {"constant_memory": True}  # rows are written when they are asked for, and not kept
MOST_LINKS = 65_530  # of a sheet, as Excel allows it
DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
LIST_FONT = {"font_name": FONT_NAME, "font_size": FONT_SIZE, "valign": "top"}
LINK = {"font_color": f"#{LINK_COLOUR}", "underline": 1}


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
    workbook: Workbook,
    findings: Sequence[Finding],
    language: str = "en",
    file: ReportedFile | None = None,
) -> bytes:
    """Write the cells as .xlsx, every finding at its address in the submitter's file."""
    target = BytesIO()
    sheets = [sheet for sheet in workbook.sheets if sheet.name not in findings_sheets()]
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        book.set_properties({"author": author_of(workbook) or ""})
        copy = PlainCopy(book, FindingWords(language), unique_titles(sheets))
        rows = list_rows(file or ReportedFile(workbook.file), findings, copy.words)
        _declare_styles(copy, rows)
        _list_findings(copy, rows)
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


def _list_findings(copy: PlainCopy, rows: Sequence[ListRow]) -> None:
    page = copy.book.add_worksheet(copy.words.sheet_name, RowSheet)
    _fit_to_page(page)
    page.repeat_rows(number_of_headings(rows))
    for column, width in enumerate(LIST_WIDTHS):
        page.set_column(column, column, width)
    page.hide_gridlines(2)
    page.outline_settings(symbols_below=False)
    page.outline_row_level = 1
    page.row_texts = (_listed_row(copy, *numbered) for numbered in enumerate(rows))
    linked = ((number, row.finding) for number, row in enumerate(rows) if row.finding)
    page.link_texts = [*filter(None, (_link(copy, *link) for link in linked))][:MOST_LINKS]


def _listed_row(copy: PlainCopy, number: int, row: ListRow) -> str:
    form = RowForm(int(row.is_grouped), row.height, row.is_folded)
    return row_text(number, row.texts, _list_styles(copy, row), form)


def _list_styles(copy: PlainCopy, row: ListRow) -> dict[int, int]:
    """The formats of a row of the list by column."""
    own = _list_style(row)
    styles = dict.fromkeys(range(len(row.texts)), copy.style(**own))
    if row.severity:
        styles[0] = copy.style(**own | {"bg_color": f"#{COLOURS[row.severity]}"})
    if row.finding and _is_linked(copy, row.finding):
        styles[LINK_COLUMN] = copy.style(**own | LINK)
    return styles


def _list_style(row: ListRow) -> dict[str, object]:
    style = LIST_FONT | {
        "font_size": row.font_size, "bold": row.is_bold, "text_wrap": row.is_wrapped,
    }  # fmt: skip
    if row.begins_cause:
        style |= {"top": 1, "top_color": f"#{LINE_COLOUR}"}
    if row.kind is RowKind.HEADINGS:
        style["bg_color"] = f"#{HEADING_COLOUR}"
    return style


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
    page.set_margins(PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN)
    page.set_footer("&L&A&R&P / &N")


def _declare_styles(copy: PlainCopy, rows: Sequence[ListRow]) -> None:
    """Declare every format that a row may need, before the first part is written."""
    for row in rows:
        _list_styles(copy, row)
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
