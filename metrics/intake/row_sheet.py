"""A sheet of a large copy, whose rows are written as XML when the workbook is saved.

XlsxWriter checks, converts and stores each cell by itself, which takes most of the time of a copy
of a million cells. Everything around the rows is left to it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from math import isfinite
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from openpyxl.utils.datetime import to_excel
from xlsxwriter.worksheet import Worksheet

from metrics.core.cells import column_letters
from metrics.intake.workbook import NonValue

LONGEST_CELL_TEXT = 32_767  # of a cell, as Excel allows it
NOT_ALLOWED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel reads _x000D_ as a character, so that an underscore before such a text is written as one.
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
REMEMBERED_TEXTS = 10_000
EMPTY = (None, "")

Styles = Mapping[int, int]  # by column


class RowSheet(Worksheet):  # type: ignore[misc]
    """Rows and links within the workbook, as texts of XML."""

    def __init__(self) -> None:
        super().__init__()
        self.row_texts: Iterable[str] = ()
        self.link_texts: Sequence[str] = ()

    def _write_single_row(self, current_row_num: int = 0) -> None:
        """Leave out what XlsxWriter would write of cells: there are none that it knows."""

    def _write_optimized_sheet_data(self) -> None:
        self.fh.write("<sheetData>")
        self.fh.writelines(self.row_texts)
        self.fh.write("</sheetData>")
        self.row_data_fh.close()  # in which XlsxWriter itself would have put the rows
        Path(self.row_data_filename).unlink()

    def _write_hyperlinks(self) -> None:
        if self.link_texts:
            self.fh.write("<hyperlinks>")
            self.fh.writelines(self.link_texts)
            self.fh.write("</hyperlinks>")


class RowForm(NamedTuple):
    """How deep a row is in the outline, its height in points, and whether it is hidden.

    A height of 0 is the usual one.
    """

    level: int = 0
    height: float = 0
    is_hidden: bool = False


USUAL = RowForm()


def row_text(row: int, values: Sequence[object], styles: Styles, form: RowForm = USUAL) -> str:
    """The XML of a row, counted from 0; a style is given to empty cells too."""
    cells = "".join(_cells(row + 1, values, styles))
    height = f' ht="{form.height:g}" customHeight="1"' if form.height else ""
    outline = f' outlineLevel="{form.level}"' if form.level else ""
    hidden = ' hidden="1"' if form.is_hidden else ""
    opening = f'<row r="{row + 1}"{height}{hidden}{outline}>'
    return f"{opening}{cells}</row>" if cells or form != USUAL else ""


def _cells(number: int, values: Sequence[object], styles: Styles) -> Iterator[str]:
    for column, value in enumerate(values):
        if value not in EMPTY or column in styles:
            style = f' s="{styles[column]}"' if column in styles else ""
            yield f'<c r="{_letters(column)}{number}"{style}{_content(value)}'
    for column in sorted(column for column in styles if column >= len(values)):
        yield f'<c r="{_letters(column)}{number}" s="{styles[column]}"/>'


def _content(value: object) -> str:
    """The rest of a cell. Texts stay texts: one that begins with `=` is never a formula."""
    if value in EMPTY:
        return "/>"
    if isinstance(value, bool):
        return f' t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f"><v>{value!r}</v></c>" if isfinite(value) else ' t="e"><v>#NUM!</v></c>'
    if isinstance(value, date):
        return f"><v>{to_excel(value)!r}</v></c>"  # type: ignore[no-untyped-call]
    return _text(value.text if isinstance(value, NonValue) else str(value))


@lru_cache(REMEMBERED_TEXTS)
def _text(text: str) -> str:
    allowed = LOOKS_ESCAPED.sub("_x005F_", NOT_ALLOWED.sub("\ufffd", text)[:LONGEST_CELL_TEXT])
    escaped = allowed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = escaped.replace("\r", "&#13;")
    return f' t="inlineStr"><is><t xml:space="preserve">{escaped}</t></is></c>'


@lru_cache(None)
def _letters(column: int) -> str:
    return column_letters(column + 1)


def link_text(cell: str, location: str, displayed: str) -> str:
    names = {"ref": cell, "location": location, "display": displayed}
    return f"<hyperlink {' '.join(f'{name}={quoteattr(text)}' for name, text in names.items())}/>"
