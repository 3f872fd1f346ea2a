"""Excel workbooks (.xlsx, .xlsm): values by python-calamine, and what it loses from the XML."""

from math import isfinite
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from metrics.intake.formats import Contents, Note, Page, evened
from metrics.intake.formats.container import Container, damaged
from metrics.intake.formats.limits import Budget
from metrics.intake.formats.markup import tree
from metrics.intake.formats.percent import percent
from metrics.intake.formats.stamp import stamp
from metrics.intake.formats.xlsx_cells import Cells, Place, cells_of
from metrics.intake.formats.xlsx_parts import Tab, percent_styles, remarks, tabs_of, workbook_part
from metrics.intake.formats.xlsx_texts import custom_properties, notes, stamped_names


def read(path: Path, container: Container) -> Contents:
    part = workbook_part(container)
    book = tree(container, part)
    tabs = tabs_of(container, part, book)
    cells = counted(container, tabs, percent_styles(container, part))
    texts = list(notes(container, book, tabs))
    texts += [Note("header", text, tab.name)
              for tab, each in zip(tabs, cells, strict=True) for text in each.margins]  # fmt: skip
    container.check_rest()
    pages = pages_of(path, tabs, cells)
    stamped = stamp(pages, stamped_names(book), custom_properties(container))
    said = [note for note in texts if note.text.strip()]
    return Contents("xlsx", pages, said, stamped, remarks(container, tabs))


def counted(container: Container, tabs: list[Tab], percents: set[str]) -> list[Cells]:
    """Cell by cell, before the other reader makes room for all of them."""
    budget, found = Budget(), []
    for tab in tabs:
        cells = cells_of(container, tab.part, percents) if tab.part in container else Cells()
        budget.charge(f"sheet {tab.name!r}", cells.rows, cells.columns, cells.filled)
        found.append(cells)
    return found


def pages_of(path: Path, tabs: list[Tab], found: list[Cells]) -> list[Page]:
    """Both readers must have found the same sheets, or a value could get another's place."""
    try:
        with CalamineWorkbook.from_path(path) as book:
            if book.sheet_names != [tab.name for tab in tabs]:
                raise damaged("its sheets are not those that it lists")
            return [
                page_of(book.get_sheet_by_index(at), tab, cells)
                for at, (tab, cells) in enumerate(zip(tabs, found, strict=True))
                if book.sheets_metadata[at].typ == SheetTypeEnum.WorkSheet
            ]
    except CalamineError as wrong:
        raise damaged(str(wrong)) from wrong


def page_of(sheet: CalamineSheet, tab: Tab, cells: Cells) -> Page:
    rows: list[list[Any]] = [
        [None if value == "" else value for value in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]
    restore(rows, "error", cells.errors)
    restore(rows, "formula", cells.formulas)
    for row, column in cells.percents:
        put_percent(rows, row, column)
    return Page(tab.name, rows, tab.visible, cells.hidden)


def restore(rows: list[list[Any]], kind: str, texts: dict[Place, str]) -> None:
    """They may lie beyond all that the other reader has seen."""
    if texts:
        evened(rows, 1 + max(row for row, _ in texts), 1 + max(column for _, column in texts))
    for (row, column), text in texts.items():
        rows[row][column] = {kind: text}


def put_percent(rows: list[list[Any]], row: int, column: int) -> None:
    value = rows[row][column] if row < len(rows) and column < len(rows[row]) else None
    if isinstance(value, float) and isfinite(value):
        rows[row][column] = {"percent": percent(value)}
