"""Read Excel workbooks (.xlsx, .xlsm): values by python-calamine, what it drops from the XML."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from python_calamine import CalamineError, CalamineSheet, SheetTypeEnum

from metrics.core.cells import positions_within, ranges_of
from metrics.intake.formats.contents import (
    AUTHOR_PROPERTIES,
    DisplayContents,
    FileContents,
    SheetContents,
    TextContents,
    pad_rows,
)
from metrics.intake.formats.limits import LAST_COLUMN, LAST_ROW, Budget
from metrics.intake.formats.shared.container import (
    Container,
    damage_error,
    part_key,
    two_readings_error,
)
from metrics.intake.formats.shared.formula_results import Calculation, SheetValues
from metrics.intake.formats.shared.known_texts import known_formula
from metrics.intake.formats.shared.marked_numbers import is_typed_number
from metrics.intake.formats.shared.markup import local_name, xml_tree
from metrics.intake.formats.shared.number_formats import (
    conceals_zero,
    displayed_unit,
    displays,
    displays_another_day,
    displays_year,
)
from metrics.intake.formats.shared.part_texts import texts_around
from metrics.intake.formats.shared.percent import format_percent
from metrics.intake.formats.shared.stamp import read_stamp
from metrics.intake.formats.xlsx.calamine_workbook import open_book
from metrics.intake.formats.xlsx.cells import RESULT, CellPosition, SheetCells, read_cells
from metrics.intake.formats.xlsx.conditional import ConditionalDisplay, conditional_displays
from metrics.intake.formats.xlsx.fonts import MARKS_OF_FONTS
from metrics.intake.formats.xlsx.frame import sheet_frame
from metrics.intake.formats.xlsx.left_out import (
    left_out_kinds,
    left_out_texts,
    unlisted_parts,
)
from metrics.intake.formats.xlsx.parts import (
    OTHER_TEXT,
    StyleDisplay,
    Tab,
    list_tabs,
    names_calculation,
    part_of_kind,
    unusual_styles,
    workbook_part,
)
from metrics.intake.formats.xlsx.shared_strings import (
    SharedStrings,
    read_shared_strings,
    unused_texts,
)
from metrics.intake.formats.xlsx.texts import (
    custom_properties,
    defined_names,
    dropped_texts,
    kept_texts,
)

FIRST_DAY = date(1899, 12, 30)  # from which programs count the days of a date
AT_THEIR_PLACES = {"property", "hint"}  # kinds of texts that are given wherever they are
DAY_THAT_NEVER_WAS = 60  # 29 February 1900, which they count too
NARROW_COLUMN = re.compile(r"0(?:\.[0-4][0-9]*)?")  # a width of less than half a figure
STRINGS_PART = "xl/sharedstrings.xml"  # the only one that calamine reads


def read_workbook(path: Path, container: Container) -> FileContents:
    part = workbook_part(container)
    book = xml_tree(container, part)
    tabs = list_tabs(container, part, book)
    strings_part = part_of_strings(container, part)
    strings = read_shared_strings(container, strings_part)
    styles = xml_tree(container, part_of_kind(container, part, "styles"))
    cells = read_all_cells(container, tabs, unusual_styles(styles), strings.marked)
    has_results = any(own.other_results for own in cells)
    is_calculated = names_calculation(book)
    if not is_calculated and not has_results:
        for own in cells:  # a library wrote 0 as the result of every formula
            own.formulas |= own.zeros
    kept = list(kept_texts(container, tabs))
    unlisted = unlisted_parts(container)
    frames = [sheet_frame(container, tab.part) for tab in tabs]
    dropped = [
        *dropped_texts(container, book, tabs, cells, frames),
        *left_out_texts(container, unlisted),
    ]
    container.check_rest()
    beside = [*strings.beside, *unused_strings(container, strings_part, strings, cells)]
    dropped += [TextContents("part", text) for text in [*beside, *texts_around(container)]]
    conditions = [list(conditional_displays(frame, styles)) for frame in frames]
    opened = read_sheets(path, container, tabs, cells)
    calculation = calculation_of(opened, tabs, cells, book)
    applied, sheets = {}, []
    for tab, own, rules in zip(tabs, cells, conditions, strict=True):
        if (sheet := opened.get(tab.name)) is not None:
            applied[tab.name] = complete_sheet(sheet, own, rules, calculation)
            sheets.append(sheet)
    dropped += [replace(text, kind="part") for text in kept if not is_of(text, sheets)]
    kept = [text for text in kept if is_of(text, sheets)]
    stamp = read_stamp(sheets, defined_names(book), custom_properties(container))
    return FileContents(
        sheets,
        [text for text in kept if text.text.strip()],
        stamp,
        [
            *left_out_kinds(container, tabs, unlisted),
        ],
        left_out=new_texts(dropped, kept),
        displays=book_displays(sheets, tabs, cells, frames),
        applied=applied,
    )


def calculation_of(
    sheets: Mapping[str, SheetContents], tabs: list[Tab], cells: list[SheetCells], book: Element
) -> Calculation:
    """The formulas of the workbook over the values that are stored beside them."""
    values = {
        tab.name: SheetValues(sheets[tab.name].rows, own.calculated, own.errors)
        for tab, own in zip(tabs, cells, strict=True)
        if tab.name in sheets
    }
    settings = book.find("calcPr")
    is_exact = settings is None or settings.get("fullPrecision") not in {"0", "false"}
    return Calculation(values, is_rounding=not is_exact)


def book_displays(
    sheets: list[SheetContents], tabs: list[Tab], cells: list[SheetCells], frames: list[Element]
) -> list[DisplayContents]:
    """What the sheets that were read display otherwise than as it is stored, in their order."""
    places = {tab.name: (own, frame) for tab, own, frame in zip(tabs, cells, frames, strict=True)}
    return [display for sheet in sheets for display in cell_displays(sheet, *places[sheet.name])]


def part_of_strings(container: Container, book: str) -> str:
    """The part with the shared texts, which must be the one that calamine reads."""
    part = part_of_kind(container, book, "sharedStrings")
    if part_key(part) not in {"", STRINGS_PART}:
        raise damage_error("shared_texts")
    return part


def is_of(text: TextContents, sheets: list[SheetContents]) -> bool:
    """Whether a text belongs to one of the sheets: sheets of charts are left out."""
    return any(text.sheet == sheet.name for sheet in sheets)


def new_texts(dropped: Iterable[TextContents], kept: Iterable[TextContents]) -> list[TextContents]:
    """The texts that are not only repetitions; several readers give those of a drawing."""
    known = {text.text.strip() for text in kept} | {""}
    found = []
    for text in dropped:
        if text.text.strip() not in known or text.kind in AT_THEIR_PLACES:
            if text.cell not in AUTHOR_PROPERTIES:  # not searched: another place is
                known.add(text.text.strip())
            found.append(text)
    return [text for text in found if text.text.strip()]


def unused_strings(
    container: Container, part: str, strings: SharedStrings, cells: list[SheetCells]
) -> Iterable[str]:
    """The shared texts that no cell refers to; another pass only where there are any."""
    used = {index for own in cells for index in own.strings}
    return () if strings.are_all_used(used) else unused_texts(container, part, used)


def read_all_cells(
    container: Container, tabs: list[Tab], styles: dict[str, StyleDisplay], marked: dict[int, str]
) -> list[SheetCells]:
    """Read the XML cell by cell, before calamine allocates memory for all cells."""
    budget, read = Budget(), []
    for number, tab in enumerate(tabs, 1):
        known = tab.part in container
        cells = read_cells(container, tab.part, styles, marked) if known else SheetCells()
        budget.charge(number, cells.rows, cells.columns, cells.filled)
        read.append(cells)
    return read


def read_sheets(
    path: Path, container: Container, tabs: list[Tab], cells: list[SheetCells]
) -> dict[str, SheetContents]:
    """The sheets with the values that are stored.

    Both readers must find the same sheets, or values could land on another sheet.
    """
    try:
        with open_book(path, container, tabs) as book:
            if book.sheet_names != [tab.name for tab in tabs]:
                raise damage_error("other_sheets")
            return {
                tab.name: read_sheet(book.get_sheet_by_index(index), tab, own)
                for index, (tab, own) in enumerate(zip(tabs, cells, strict=True))
                if book.sheets_metadata[index].typ == SheetTypeEnum.WorkSheet
            }
    except CalamineError as error:
        # What the library says may quote any text of the file.
        raise damage_error("other_format") from error


def read_sheet(sheet: CalamineSheet, tab: Tab, cells: SheetCells) -> SheetContents:
    rows: list[list[Any]] = [
        [None if value == "" else value for value in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]
    refuse_other_numbers(rows, cells)
    return SheetContents(tab.name, rows, tab.visible, merged_cells(sheet))


def complete_sheet(
    sheet: SheetContents, cells: SheetCells, conditions: list[ConditionalDisplay], book: Calculation
) -> dict[int, str]:
    """Put in what calamine dropped, and what is displayed; where conditional formats apply."""
    rows = sheet.rows
    cells.checks.update(book.checks(sheet.name))
    applied = conditional_cells(sheet, conditions, book)
    for position, check in cells.checks.items():
        if check.kind == "outdated":
            cells.formulas[position] = known_formula(cells.calculated[position].text) or "=…"
    restore_cells(rows, "error", cells.errors)
    restore_cells(rows, "formula", cells.formulas)
    restore_cells(rows, "marked", cells.marked)
    for own, positions in applied.items():
        for position in positions:
            value = value_at(rows, position)
            if isinstance(value, str) and own.display.changes_texts:
                cells.add_styled_text(position, own.display)
            elif not isinstance(value, str):
                cells.formatted.append((position, own.display))
    for position, display in cells.formatted:
        restore_display(rows, position, display.code, cells.years)
    return {own.number: ranges_of(positions) for own, positions in applied.items()}


def refuse_other_numbers(rows: list[list[Any]], cells: SheetCells) -> None:
    """UnreadableError where the parser of a sheet found other numbers than calamine."""
    for position, text in cells.numbers.items():
        value = value_at(rows, position)
        number = RESULT.fullmatch(text.strip())
        if value is None or (number and type(value) is float and value != float(number[0])):
            raise two_readings_error()


def conditional_cells(
    sheet: SheetContents, conditions: list[ConditionalDisplay], book: Calculation
) -> dict[ConditionalDisplay, list[CellPosition]]:
    """The filled cells that a rule shows in another way, or may show so."""
    rows, found = sheet.rows, {}
    width = max(map(len, rows), default=0) if conditions else 0
    for own in conditions:
        found[own] = [
            position
            for position in positions_within(own.ranges, len(rows), width)
            if (value := value_at(rows, position)) is not None
            and own.may_apply(value, position, sheet.name, book)
        ]
    return found


def merged_cells(sheet: CalamineSheet) -> list[tuple[int, int, int, int]]:
    """The blocks that are shown as one cell, but for those beyond the last row of any sheet."""
    return [(*first, *last) for first, last in sheet.merged_cell_ranges or () if last[0] < LAST_ROW]


def restore_cells(rows: list[list[Any]], kind: str, texts: dict[CellPosition, str]) -> None:
    """Put back cells that calamine dropped; they may be beyond its last row or column."""
    if texts:
        pad_rows(rows, 1 + max(row for row, _ in texts), 1 + max(column for _, column in texts))
    for (row, column), text in texts.items():
        rows[row] = [*rows[row][:column], {kind: text}, *rows[row][column + 1 :]]


def value_at(rows: list[list[Any]], position: CellPosition) -> object:
    """What a cell holds; None beyond the rows."""
    row, column = position
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else None


def restore_display(
    rows: list[list[Any]], position: CellPosition, code: str, years: dict[CellPosition, str]
) -> None:
    """Put what a cell displays in the place of the number or date that it holds.

    Where that is the year of a date, `years` keeps its number.
    """
    row, column = position
    value = value_at(rows, position)
    if isinstance(value, date) and displays_year(code):
        rows[row][column] = float(value.year)
        years[position] = f"{days_of_date(value)} ({code}: {value.year})"
    elif isinstance(value, float) and isfinite(value):
        rows[row][column] = displayed_number(value, code)
    elif isinstance(value, str) and code in MARKS_OF_FONTS and is_typed_number(value):
        rows[row][column] = {"marked": f"[{value.strip()}]"}
    elif isinstance(value, str) and code == OTHER_TEXT and is_typed_number(value):
        rows[row][column] = {"disguised": value.strip()}


def days_of_date(day: date) -> int:
    """The number by which workbooks store a date."""
    days = day.toordinal() - FIRST_DAY.toordinal()
    return days - (days <= DAY_THAT_NEVER_WAS)


def displayed_number(number: float, code: str) -> object:
    """A number as its format displays it."""
    if code in MARKS_OF_FONTS:
        return {"marked": f"[{number:.15g}]"}
    display = displays(code, number)
    if display == "percent":
        return {"percent": format_percent(number)}
    if display == "percentage":
        return {"percent": format_percent(float(f"{number / 100:.15g}"))}
    return {"disguised": f"{number:.15g}"} if display == "other" else number


def cell_displays(
    contents: SheetContents, cells: SheetCells, frame: Element
) -> Iterator[DisplayContents]:
    """Units of number formats, numbers in the colour of their background, and what is hidden."""
    sheet = contents.name
    for position, display in cells.formatted:
        for kind, text in kinds_of_display(value_at(contents.rows, position), display):
            yield DisplayContents(kind, sheet, *position, text)
    if hides_zeros(frame):
        yield DisplayContents("all_zeros", sheet, -1, -1)
    for (row, column), text in cells.years.items():
        yield DisplayContents("year", sheet, row, column, text)
    for (row, column), check in cells.checks.items():
        yield DisplayContents(check.kind, sheet, row, column, check.text)
    for row, column in cells.struck:
        yield DisplayContents("struck", sheet, row, column)
    for row in sorted(cells.hidden_rows):
        yield DisplayContents("hidden_row", sheet, row, -1)
    for column in hidden_columns(frame, cells.columns):
        yield DisplayContents("hidden_column", sheet, -1, column)


def kinds_of_display(value: object, display: StyleDisplay) -> Iterator[tuple[str, str]]:
    """How a style displays a value otherwise than it is, with the unit that it displays."""
    if unit := displayed_unit(display.code, 1):
        yield "unit", unit
    if display.is_unseen:
        yield "unseen", ""
    is_other_day = isinstance(value, date) and displays_another_day(display.code)
    if is_other_day or (display.code == OTHER_TEXT and value):
        yield "other_text", ""
    if value == 0 and conceals_zero(display.code):
        yield "zero", ""


def hides_zeros(frame: Element) -> bool:
    """Whether a sheet displays nothing in the place of any zero."""
    views = (element for element in frame.iter() if local_name(element.tag) == "sheetView")
    return any(view.get("showZeros") in {"0", "false"} for view in views)


def hidden_columns(frame: Element, width: int) -> Iterator[int]:
    """The columns of a sheet of this width that nobody sees; those not listed have one width."""
    listed: set[int] = set()
    usual = ""
    for element in frame.iter():
        if local_name(element.tag) == "sheetFormatPr":
            usual = element.get("defaultColWidth", "")
        if local_name(element.tag) == "col":
            columns = columns_of(element)
            listed.update(columns)
            if element.get("hidden") in {"1", "true"} or is_narrow(element.get("width", "")):
                yield from columns
    if is_narrow(usual):
        yield from (column for column in range(width) if column not in listed)


def columns_of(element: Element) -> range:
    first, last = element.get("min", ""), element.get("max", "")
    if not (first.isdecimal() and last.isdecimal()):
        return range(0)
    return range(int(first) - 1, min(int(last), LAST_COLUMN + 1))


def is_narrow(width: str) -> bool:
    return NARROW_COLUMN.fullmatch(width) is not None
