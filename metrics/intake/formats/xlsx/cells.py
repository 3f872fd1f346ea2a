"""Read from the XML of a sheet what python-calamine does not return."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise
from xml.etree.ElementTree import Element

from metrics.core.cells import cell_address, column_number
from metrics.intake.formats.limits import MEGABYTE
from metrics.intake.formats.shared.container import Container, damage_error, two_readings_error
from metrics.intake.formats.shared.formula_results import FormulaCheck, SharedFormula
from metrics.intake.formats.shared.known_texts import known_error, known_formula
from metrics.intake.formats.shared.markup import element_text, local_name, xml_events
from metrics.intake.formats.shared.part_texts import element_texts
from metrics.intake.formats.xlsx.fonts import STRUCK_THROUGH
from metrics.intake.formats.xlsx.parts import StyleDisplay
from metrics.intake.formats.xlsx.shared_strings import marked_number

CellPosition = tuple[int, int]  # row and column, from 0

# A cell as all common programs write it; other XML is parsed in full.
FILLED = re.compile(rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,7})"[^>]*(?<!/)>(?=<)')
EMPTY_CELL = re.compile(rb'<c r="[A-Z]{1,3}[1-9][0-9]{0,7}"[^>]*/>(?=<)')
CELL_TAG = re.compile(rb'<c r="([^"]*)"')
STYLED = re.compile(
    rb'<c r="([A-Z]+\d+)"(?=[^>]* s="(\d+)")(?![^>]* t="(?!n")[a-zA-Z]+")[^>]*(?<!/)>'
)
STYLED_TEXT = re.compile(
    rb'<c r="([A-Z]+\d+)"(?=[^>]* s="(\d+)")(?=[^>]* t="(?:s|str|inlineStr)")[^>]*(?<!/)>'
)
ERROR = re.compile(
    rb'<c r="([A-Z]+\d+)"[^>]* t="e"[^>]*(?<!/)>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>'
)
# A text result (t="str") may be empty; any other empty result was never calculated.
UNCALCULATED = re.compile(
    rb'<c r="([A-Z]+\d+)"(?![^>]* t="str")[^>]*(?<!/)>'
    rb"(?:<f[^>]*/>|<f[^>]*>([^<]*)</f>)(?:<v */>|<v></v>)?</c>"
)
CALCULATED = re.compile(
    rb'<c r="([A-Z]+\d+)"(?![^>]* t="(?!n")[a-zA-Z]+")[^>]*(?<!/)>'
    rb"(?:<f[^>]*/>|<f[^>]*>([^<]*)</f>)<v>([^<]+)</v>"
)
# Any formula, with the attributes of its tag: one without a text repeats another one.
CELL_FORMULA = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*(?<!/)>(?:<f([^>]*)/>|<f([^>]*)>([^<]*)</f>)')
SHARED_NUMBER = re.compile(r' si="(\d{1,9})"')
MOST_FORMULAS = 200_000  # that are kept to be verified
NOT_KEPT = SharedFormula("")
# A character written as a reference in a value that is no text: calamine drops it.
REFERENCE_IN_VALUE = re.compile(
    rb'<c(?= )(?![^>]* t="str")[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>[^<&]*&'
)
SHARED = b' t="s"'
STRING_INDEX = re.compile(rb' t="s"[^>]*><v>(\d{1,9})</v>')
NUMBER_OF_STRING = re.compile(r"[0-9]{1,9}")
FORMULA_WITH_TEXT = re.compile(rb"<f\b[^>]*>((?:[^<]*[\"'&_\[]|=?\+\d)[^<]*)</f>")
RESULT = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?(?:[eE][-+]?[0-9]{1,3})?")
CELL_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,8})")
ROW = re.compile(r"[1-9][0-9]{0,7}")
CONTENTS = {"", "v", "f", "f v", "is"}  # the elements of a cell, in their order
LOW_HEIGHT = r"0{0,3}[01](?:\.[0-9]*)?"  # less than 2 points: nobody reads anything in the row
HIDDEN_ROW = re.compile(
    rb'<row(?= )(?=[^>]* (?:hidden="(?:1|true)"|ht="%s"))[^>]* r="([0-9]{1,8})"'
    % LOW_HEIGHT.encode()
)
ROW_NUMBER = re.compile(rb'<row(?= )[^>]* r="([0-9]{1,8})"')
# The tags of rows of plain cells but for those of values, the usual ones first; with the next tag
# where no text may be between them.
TAGS = (
    b'<c r="', b"</c><", b"<row", b"</row>",
    b"<is><", b"</is>", b"<t>", b"</t><", b"<f>", b"</f><", b"<f ", b"<t ", b"<f/>",
    b"<t/>", b"<v/>",
)  # fmt: skip
# A text behind a tag that none follows; spaces between rows are usual.
STRAY_TEXT = re.compile(rb"(?:</row>|<row\b[^>]*>)\s*[^<\s]")
# What a reader gives of these elements; anything else in a row is no part of a cell.
READ_TEXTS = {"v", "f", "t"}
READ_ELEMENTS = {"row", "c", *READ_TEXTS}
PREFIXED = re.compile(rb"<(\w+:)worksheet\b")
ROW_BEGINNING, ROW_END = b"<row ", b"</row>"


class UnusualXmlError(Exception):
    """The XML does not have the form that the patterns assume."""


@dataclass
class SheetCells:
    """The extent of a sheet, and the cells whose meaning calamine does not return."""

    filled: int = 0
    rows: int = 0
    columns: int = 0
    errors: dict[CellPosition, str] = field(default_factory=dict)
    formulas: dict[CellPosition, str] = field(default_factory=dict)
    formatted: list[tuple[CellPosition, StyleDisplay]] = field(default_factory=list)
    struck: list[CellPosition] = field(default_factory=list)  # texts that are struck through
    years: dict[CellPosition, str] = field(default_factory=dict)  # numbers displayed as a year
    hidden_rows: set[int] = field(default_factory=set)
    marked: dict[CellPosition, str] = field(default_factory=dict)
    zeros: dict[CellPosition, str] = field(default_factory=dict)  # formulas with the result 0
    other_results: bool = False  # whether a formula has another result
    calculated: dict[CellPosition, SharedFormula] = field(default_factory=dict)
    shared: dict[str, tuple[CellPosition, str]] = field(default_factory=dict)  # by number
    checks: dict[CellPosition, FormulaCheck] = field(default_factory=dict)  # of stored results
    strings: set[int] = field(default_factory=set)  # shared strings that cells refer to
    formula_texts: set[str] = field(default_factory=set)  # formulas that quote a text or a name
    beside: set[str] = field(default_factory=set)  # texts in rows that are in no cell
    numbers: dict[CellPosition, str] = field(default_factory=dict)  # of sheets that were parsed

    def add_result(self, position: CellPosition, formula: str, result: str) -> None:
        if result.strip("0.") == "":
            self.zeros[position] = known_formula(formula)
        else:
            self.other_results = True

    def keep_formula(self, position: CellPosition, attributes: str, text: str) -> None:
        """Keep a formula to be verified; one without a text repeats that of its number."""
        number = SHARED_NUMBER.search(attributes)
        first, shared = position, text
        if number and text:
            self.shared[number[1]] = position, text
        elif number:
            first, shared = self.shared.get(number[1], (position, ""))
        rows, columns = position[0] - first[0], position[1] - first[1]
        is_kept = len(self.calculated) < MOST_FORMULAS
        self.calculated[position] = SharedFormula(shared, rows, columns) if is_kept else NOT_KEPT

    def add_styled_text(self, position: CellPosition, display: StyleDisplay) -> None:
        """Keep a text that is displayed otherwise, by its font, its colour or its format."""
        self.formatted.append((position, display.of_text()))
        if display.code == STRUCK_THROUGH:
            self.struck.append(position)

    def reach(self, row: int, column: int) -> None:
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)


def read_cells(
    container: Container, part: str, styles: dict[str, StyleDisplay], marked: dict[int, str]
) -> SheetCells:
    """Read a sheet; `marked` are the shared strings with a raised or struck part, by number."""
    if marked:
        return parse_cells(container, part, styles, marked)
    try:
        return scan_cells(container, part, styles)
    except UnusualXmlError:
        return parse_cells(container, part, styles, marked)


def scan_cells(container: Container, part: str, styles: dict[str, StyleDisplay]) -> SheetCells:
    """Search whole rows with patterns, which is five times as fast as parsing in Python."""
    cells = SheetCells()
    by_bytes = {style.encode(): display for style, display in styles.items()}
    of_texts = {style: own for style, own in by_bytes.items() if own.changes_texts}
    last, tables = 0, 0
    for rows in split_rows(container.chunks(part)):
        tables += rows.count(b"<sheetData")
        refuse_second_table(tables)
        scan_rows(rows, cells)
        numbers = [last, *map(int, ROW_NUMBER.findall(rows))]
        if any(following <= number for number, following in pairwise(numbers)):
            raise UnusualXmlError
        last = numbers[-1]
        if by_bytes:
            cells.formatted += [
                (parse_position(cell), by_bytes[style])
                for cell, style in STYLED.findall(rows)
                if style in by_bytes
            ]
        if of_texts:
            for cell, style in STYLED_TEXT.findall(rows):
                if style in of_texts:
                    cells.add_styled_text(parse_position(cell), of_texts[style])
    return cells


def refuse_second_table(tables: int) -> None:
    """UnreadableError for a second table of cells, which readers pass over."""
    if tables > 1:
        raise two_readings_error()


def split_rows(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Split the XML between rows, empty ones too, so that no cell is cut in two."""
    rest, prefix = b"", b""
    for chunk in chunks:
        if match := None if rest else PREFIXED.search(chunk[:2000]):
            prefix = match[1]
        xml = strip_prefix(prefix, rest + chunk)
        ended = xml.rfind(ROW_END)
        end = max(xml.rfind(ROW_BEGINNING), ended + len(ROW_END) if ended >= 0 else 0)
        rest = xml[end:]
        if len(rest) > 8 * MEGABYTE:
            raise UnusualXmlError
        yield xml[:end]
    yield rest


def strip_prefix(prefix: bytes, xml: bytes) -> bytes:
    """Write <c> for the <x:c> of some programs."""
    return xml.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</") if prefix else xml


def scan_rows(rows: bytes, cells: SheetCells) -> None:
    _, begins, body = rows.partition(b"<sheetData>")
    body = body if begins else rows
    refuse_unusual(body)
    if b"&" in body and REFERENCE_IN_VALUE.search(body):
        raise UnusualXmlError
    count_filled(body, cells)
    if b't="e"' in body:
        cells.errors |= {
            parse_position(cell): known_error(unescape(text.decode()))
            for cell, text in ERROR.findall(body)
        }
    if b"<f" in body:
        cells.formulas |= {
            parse_position(cell): known_formula(formula_text(text))
            for cell, text in UNCALCULATED.findall(body)
        }
        for cell, text, result in CALCULATED.findall(body):
            cells.add_result(parse_position(cell), formula_text(text), result.decode())
        for cell, alone, tag, text in CELL_FORMULA.findall(body):
            cells.keep_formula(parse_position(cell), (alone or tag).decode(), formula_text(text))
        quoting = FORMULA_WITH_TEXT.findall(body)
        cells.formula_texts |= {unescape(text.decode("utf-8", "replace")) for text in quoting}
    if any(begin in body for begin in (b" hidden=", b' ht="0', b' ht="1')):
        cells.hidden_rows.update(int(number) - 1 for number in HIDDEN_ROW.findall(body))
    strings = STRING_INDEX.findall(body)
    if len(strings) != body.count(SHARED):
        raise UnusualXmlError
    cells.strings.update(map(int, strings))


def count_filled(body: bytes, cells: SheetCells) -> None:
    filled, addresses = FILLED.findall(body), CELL_TAG.findall(body)
    if len(filled) + len(EMPTY_CELL.findall(body)) != len(addresses):
        raise UnusualXmlError
    letters, numbers = {column for column, _ in filled}, {row for _, row in filled}
    if len({*addresses}) < len(addresses) or not numbers <= {*ROW_NUMBER.findall(body)}:
        raise UnusualXmlError
    cells.filled += len(filled)
    if filled:
        columns = [column_number(column.decode()) for column in letters]
        cells.reach(max(map(int, numbers)), max(columns))


def refuse_unusual(body: bytes) -> None:
    """UnusualXmlError where rows hold an element or a text that is no part of a cell."""
    cells = body.partition(b"</sheetData>")[0]
    values = cells.count(b"</v></c>")
    others = cells.count(b"<") - 2 * values
    for tag in TAGS:
        if others:
            others -= cells.count(tag)
    if others or values != cells.count(b"<v>"):
        raise UnusualXmlError
    if cells.lstrip()[:1] not in {b"", b"<"} or STRAY_TEXT.search(cells):
        raise UnusualXmlError


def formula_text(xml: bytes) -> str:
    return "=" + unescape(xml.decode()) if xml else ""


def parse_cells(
    container: Container, part: str, styles: dict[str, StyleDisplay], marked: dict[int, str]
) -> SheetCells:
    """The same with a parser, for cells without address and other unusual XML."""
    walk = SheetWalk(styles, marked)
    handlers: dict[tuple[str, str], Callable[[Element], None]] = {
        ("start", "row"): walk.open_row,
        ("end", "c"): walk.close_cell,
        ("end", "row"): walk.close_row,
        ("end", "sheetData"): walk.close_table,
    }
    for event, element in xml_events(container, part):
        if handle := handlers.get((event, local_name(element.tag))):
            handle(element)
    return walk.cells


class SheetWalk:
    """Goes through a sheet cell by cell; a cell without address follows the previous one."""

    def __init__(self, styles: dict[str, StyleDisplay], marked: dict[int, str]) -> None:
        self.styles = styles
        self.marked = marked
        self.cells = SheetCells()
        self.row, self.column = -1, -1
        self.rows: set[int] = set()
        self.columns: set[int] = set()  # of the row
        self.tables = 0

    def open_row(self, row: Element) -> None:
        number = row.get("r") or ""
        self.row = int(number) - 1 if ROW.fullmatch(number) else self.row + 1
        if row.get("hidden") in {"1", "true"} or re.fullmatch(LOW_HEIGHT, row.get("ht", "")):
            self.cells.hidden_rows.add(self.row)
        self.column = -1
        if self.row in self.rows:
            raise damage_error("same_row", number=self.row + 1)
        self.rows.add(self.row)
        self.columns.clear()

    def close_row(self, row: Element) -> None:
        for own in row.iter():
            self.add_beside(own)
        self.cells.beside.update(filter(None, [(row.tail or "").strip()]))
        row.clear()

    def close_table(self, table: Element) -> None:
        self.tables += 1
        refuse_second_table(self.tables)
        self.add_beside(table)

    def add_beside(self, element: Element) -> None:
        """Keep the texts of an element that belong to no cell."""
        name = local_name(element.tag)
        if name not in READ_ELEMENTS:
            self.cells.beside.update(element_texts(element))
        own = "" if name in READ_TEXTS else element.text
        texts = [own, *(child.tail for child in element)]
        self.cells.beside.update(text.strip() for text in texts if text and text.strip())

    def enter_cell(self, cell: Element) -> None:
        """Go to a cell; UnreadableError if it is not in its row, or was there before."""
        row, self.column = parse_position(cell.get("r") or cell_address(self.row, self.column + 1))
        if row != self.row or self.column in self.columns:
            address = cell_address(row, self.column)
            raise damage_error("cell_twice", cell=address)
        self.columns.add(self.column)

    def close_cell(self, cell: Element) -> None:
        self.enter_cell(cell)
        if " ".join(local_name(part.tag) for part in cell) not in CONTENTS:
            address = cell_address(self.row, self.column)
            raise damage_error("two_values", cell=address)
        if len(cell):
            self.cells.filled += 1
            self.cells.reach(self.row + 1, self.column + 1)
        self.add_cell(cell, {local_name(part.tag): part for part in cell})

    def add_cell(self, cell: Element, parts: dict[str, Element]) -> None:
        position, kind = (self.row, self.column), cell.get("t", "n")
        value = element_text(parts.get("v"))
        if kind == "s" and value:
            self.cells.strings.add(number_of_string(value))
        if mark := self.mark_of(kind, value, parts):
            self.cells.marked[position] = mark
        if "f" in parts:
            self.add_formula(position, parts["f"], kind, value)
        if kind == "n" and value:
            self.cells.numbers[position] = value
        display = self.styles.get(cell.get("s") or "")
        is_text = kind in {"s", "str", "inlineStr"} and len(cell)
        if is_text and display and display.changes_texts:
            self.cells.add_styled_text(position, display)
        if kind == "e" and value:
            self.cells.errors[position] = known_error(value)
        elif kind == "n" and value and display:
            self.cells.formatted.append((position, display))

    def add_formula(self, position: CellPosition, part: Element, kind: str, result: str) -> None:
        formula = part.text or ""
        if formula:
            self.cells.formula_texts.add(formula)
        text = f"={formula}" if formula else ""
        self.cells.keep_formula(position, f' si="{part.get("si", "")}"', text)
        if not result and kind != "str":
            self.cells.formulas[position] = known_formula(text)
        elif kind == "n":
            self.cells.add_result(position, text, result)

    def mark_of(self, kind: str, value: str, parts: dict[str, Element]) -> str:
        """The number with its marked part, if the cell is a text of that kind."""
        if kind == "s" and value:
            return self.marked.get(number_of_string(value), "")
        return marked_number(parts["is"]) if kind == "inlineStr" and "is" in parts else ""


def number_of_string(text: str) -> int:
    if NUMBER_OF_STRING.fullmatch(text) is None:
        raise damage_error("shared_text")
    return int(text)


def parse_position(cell: bytes | str) -> CellPosition:
    text = cell.decode() if isinstance(cell, bytes) else cell
    match = CELL_REFERENCE.fullmatch(text)
    if match is None or int(match[2]) < 1:
        raise damage_error("no_address")
    return int(match[2]) - 1, column_number(match[1].upper()) - 1
