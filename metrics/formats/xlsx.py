"""Excel workbooks (.xlsx, .xlsm): values by python-calamine, and what it loses from the XML."""

import re
from decimal import Decimal
from math import isfinite
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any, NamedTuple

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from metrics.errors import UnreadableError
from metrics.formats import Contents, Page
from metrics.formats.container import Container, damaged
from metrics.formats.limits import SHEETS, Budget
from metrics.formats.markup import tree
from metrics.formats.xlsx_cells import Cells, cells_of

BUILT_IN_PERCENT = {"9", "10"}
# What of a number format is not a sign of its own: quoted text, escapes, colours and conditions.
NOT_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
IGNORED = {
    "macros": r"xl/(vbaproject\.bin|macrosheets/.*)",
    "external_links": r"xl/externallinks/.*\.xml",
    "pivot_caches": r"xl/pivotcache/.*\.xml",
    "images": r"xl/media/.*",
    "embedded_files": r"xl/embeddings/.*",
    "connections": r"xl/(connections|querytables/.*)\.xml",
}


class Tab(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    part: str
    visible: bool


def read(path: Path, container: Container) -> Contents:
    book = workbook_part(container)
    tabs = tabs_of(container, book)
    percents = percent_styles(container, book)
    budget, found = Budget(), []
    for tab in tabs:
        cells = cells_of(container, tab.part, percents) if tab.part in container else Cells()
        budget.charge(f"sheet {tab.name!r}", cells.rows, cells.columns, cells.filled)
        found.append(cells)
    container.check_rest()
    pages = pages_of(path, tabs, found)
    return Contents("xlsx", pages, remarks=remarks(container, tabs))


def workbook_part(container: Container) -> str:
    for relation, target in relations(container, "").values():
        if relation == "officeDocument":
            return target
    raise damaged("it names no workbook")


def relations(container: Container, part: str) -> dict[str, tuple[str, str]]:
    """From each identifier to the kind and the name of the part that it points to."""
    folder, name = dirname(part), part.rpartition("/")[2]
    listed = tree(container, join(folder, "_rels", f"{name}.rels"))
    return {
        each.get("Id", ""): (
            each.get("Type", "").rpartition("/")[2],
            normpath(join("/", folder, each.get("Target", ""))).lstrip("/"),
        )
        for each in listed.iter("Relationship")
        if each.get("TargetMode") != "External"
    }


def tabs_of(container: Container, book: str) -> list[Tab]:
    parts = relations(container, book)
    tabs = [
        Tab(
            each.get("name", ""),
            parts.get(each.get("id", ""), ("", ""))[1],
            each.get("state", "visible") == "visible",
        )
        for each in tree(container, book).iterfind("sheets/sheet")
    ]
    if len(tabs) > SHEETS:
        raise UnreadableError(f"has {len(tabs):,} sheets; at most {SHEETS} are read")
    return tabs


def percent_styles(container: Container, book: str) -> set[str]:
    """The styles that show 0.12 as 12 %, by their position, as cells name them."""
    parts = [target for kind, target in relations(container, book).values() if kind == "styles"]
    styles = tree(container, parts[0] if parts else "")
    percents = BUILT_IN_PERCENT | {
        each.get("numFmtId", "")
        for each in styles.iterfind("numFmts/numFmt")
        if "%" in NOT_FORMAT.sub("", each.get("formatCode", "")).partition(";")[0]
    }
    formats = styles.iterfind("cellXfs/xf")
    return {str(at) for at, each in enumerate(formats) if each.get("numFmtId") in percents}


def remarks(container: Container, tabs: list[Tab]) -> list[str]:
    found = [name for name, pattern in IGNORED.items() if container.named(pattern)]
    return found + ["hidden_sheets"] * any(not tab.visible for tab in tabs)


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
    special = [({"error": text}, at) for at, text in cells.errors.items()]
    special += [({"formula": text}, at) for at, text in cells.formulas.items()]
    make_room(rows, [at for _, at in special])
    for value, (row, column) in special:
        rows[row][column] = value
    for row, column in cells.percents:
        put_percent(rows, row, column)
    return Page(tab.name, rows, tab.visible, cells.hidden)


def make_room(rows: list[list[Any]], places: list[tuple[int, int]]) -> None:
    height = max([len(rows), *(row + 1 for row, _ in places)])
    width = max([len(rows[0]) if rows else 0, *(column + 1 for _, column in places)])
    rows.extend([] for _ in range(height - len(rows)))
    for row in rows:
        row.extend([None] * (width - len(row)))


def put_percent(rows: list[list[Any]], row: int, column: int) -> None:
    value = rows[row][column] if row < len(rows) and column < len(rows[row]) else None
    if isinstance(value, float) and isfinite(value):
        rows[row][column] = percent(value)


def percent(fraction: float) -> str:
    """0.12 as 12%; never with three decimals, which could be read as thousands."""
    text = f"{Decimal(repr(fraction)).scaleb(2):f}"
    whole, point, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    padded = decimals + "0" * (len(decimals) == 3)  # noqa: PLR2004
    return f"{whole}{point if padded else ''}{padded}%"
