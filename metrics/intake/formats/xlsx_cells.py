"""What python-calamine does not tell of the cells of a sheet: read from its XML beside it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from xml.etree.ElementTree import Element

from metrics.core.cells import address, column_number
from metrics.intake.formats.container import Container, damaged
from metrics.intake.formats.limits import MEGABYTE
from metrics.intake.formats.markup import events, local, text_of

Place = tuple[int, int]  # row and column, from 0

# A cell as every common program writes it; what is written otherwise is parsed in full.
FILLED = re.compile(rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,7})"[^>]*(?<!/)>')
EMPTY = re.compile(rb'<c r="[A-Z]{1,3}[1-9][0-9]{0,7}"[^>]*/>')
STYLED = re.compile(rb'<c r="([A-Z]+\d+)" s="(\d+)"(?: t="n")?>')
ERROR = re.compile(
    rb'<c r="([A-Z]+\d+)"[^>]* t="e"[^>]*(?<!/)>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>'
)
# A text result (t="str") may well be empty; any other empty result was never calculated.
UNCALCULATED = re.compile(
    rb'<c r="([A-Z]+\d+)"(?![^>]* t="str")[^>]*(?<!/)>'
    rb"(?:<f[^>]*/>|<f[^>]*>([^<]*)</f>)(?:<v */>|<v></v>)?</c>"
)
HIDDEN = re.compile(rb'<row (?=[^>]*hidden="(?:1|true)")[^>]*?r="(\d+)"')
MARGIN = re.compile(rb"<(?:odd|even|first)(?:Header|Footer)>([^<]*)<")
MARGINS = [("end", f"{pages}{edge}") for pages in ("odd", "even", "first")
           for edge in ("Header", "Footer")]  # fmt: skip
ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,8})")
ROW = re.compile(r"[1-9][0-9]{0,7}")
PREFIXED = re.compile(rb"<(\w+:)worksheet\b")
ROW_END = b"</row>"


class OddlyWrittenError(Exception):
    """The XML is not in the form that `FILLED` and its like can rely on."""


@dataclass
class Cells:
    filled: int = 0
    rows: int = 0
    columns: int = 0
    errors: dict[Place, str] = field(default_factory=dict)
    formulas: dict[Place, str] = field(default_factory=dict)
    percents: list[Place] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)  # headers and footers

    def reach(self, row: int, column: int) -> None:
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)


def cells_of(container: Container, part: str, percent_styles: set[str]) -> Cells:
    try:
        return scanned(container, part, percent_styles)
    except OddlyWrittenError:
        return parsed(container, part, percent_styles)


def scanned(container: Container, part: str, percent_styles: set[str]) -> Cells:
    """By patterns over whole rows: five times faster than any parser in Python."""
    cells = Cells()
    styles = {style.encode() for style in percent_styles}
    for rows in whole_rows(container.chunks(part)):
        scan(rows, cells)
        if styles:
            cells.percents += [place(at) for at, style in STYLED.findall(rows) if style in styles]
    return cells


def whole_rows(chunks: Iterator[bytes]) -> Iterator[bytes]:
    rest, prefix = b"", b""
    for chunk in chunks:
        if found := None if rest else PREFIXED.search(chunk[:2000]):
            prefix = found[1]
        rows, end, rest = without(prefix, rest + chunk).rpartition(ROW_END)
        if len(rest) > 8 * MEGABYTE:
            raise OddlyWrittenError
        yield rows + end
    yield rest


def without(prefix: bytes, xml: bytes) -> bytes:
    """Some programs write <x:c> for <c>."""
    return xml.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</") if prefix else xml


def scan(rows: bytes, cells: Cells) -> None:
    body = rows.partition(b"<sheetData>")[2] or rows
    refuse_unusual(body)
    count_filled(body, cells)
    if b't="e"' in body:
        cells.errors |= {place(at): unescape(what.decode()) for at, what in ERROR.findall(body)}
    if b"<f" in body:
        cells.formulas |= {place(at): formula(f) for at, f in UNCALCULATED.findall(body)}
    cells.hidden += [int(row) for row in HIDDEN.findall(body)]
    cells.margins += [unescape(text.decode()) for text in MARGIN.findall(body)]


def count_filled(body: bytes, cells: Cells) -> None:
    filled = FILLED.findall(body)
    if len(filled) + len(EMPTY.findall(body)) != body.count(b'<c r="'):
        raise OddlyWrittenError
    cells.filled += len(filled)
    if filled:
        letters, numbers = {letters for letters, _ in filled}, {number for _, number in filled}
        columns = [column_number(each.decode()) for each in letters]
        cells.reach(max(map(int, numbers)), max(columns))


def refuse_unusual(body: bytes) -> None:
    cells = body.partition(b"</sheetData>")[0]
    if cells.count(b"<c") != cells.count(b'<c r="') or b"<!" in cells or b":c " in cells:
        raise OddlyWrittenError


def formula(written: bytes) -> str:
    return "=" + unescape(written.decode()) if written else ""


def parsed(container: Container, part: str, percent_styles: set[str]) -> Cells:
    """The same by a parser, for cells without address and whatever else is written oddly."""
    walk = Walk(percent_styles)
    handlers: dict[tuple[str, str], Callable[[Element], None]] = {
        ("start", "row"): walk.open_row,
        ("end", "c"): walk.close_cell,
        ("end", "row"): Element.clear,
        **dict.fromkeys(MARGINS, walk.close_margin),
    }
    for event, element in events(container, part):
        if handle := handlers.get((event, local(element.tag))):
            handle(element)
    return walk.cells


class Walk:
    """Through a sheet cell by cell: one without an address follows upon the last."""

    def __init__(self, percent_styles: set[str]) -> None:
        self.percent_styles = percent_styles
        self.cells = Cells()
        self.row, self.column = -1, -1

    def open_row(self, row: Element) -> None:
        written = row.get("r") or ""
        self.row = int(written) - 1 if ROW.fullmatch(written) else self.row + 1
        self.column = -1
        if row.get("hidden") in {"1", "true"}:
            self.cells.hidden.append(self.row + 1)

    def close_cell(self, cell: Element) -> None:
        written = cell.get("r") or address(self.row, self.column + 1)
        self.row, self.column = place(written)
        if len(cell):
            self.cells.filled += 1
            self.cells.reach(self.row + 1, self.column + 1)
        self.note(cell, {local(part.tag): part for part in cell})

    def note(self, cell: Element, parts: dict[str, Element]) -> None:
        at, kind = (self.row, self.column), cell.get("t", "n")
        value = text_of(parts.get("v"))
        if kind == "e" and value:
            self.cells.errors[at] = value
        elif is_uncalculated(kind, parts):
            self.cells.formulas[at] = formula((parts["f"].text or "").encode())
        elif kind == "n" and cell.get("s") in self.percent_styles:
            self.cells.percents.append(at)

    def close_margin(self, margin: Element) -> None:
        self.cells.margins.append(margin.text or "")


def is_uncalculated(kind: str, parts: dict[str, Element]) -> bool:
    """A formula whose result is not there; that of a text may be empty."""
    return "f" in parts and kind != "str" and not text_of(parts.get("v"))


def place(written: bytes | str) -> Place:
    text = written.decode() if isinstance(written, bytes) else written
    match = ADDRESS.fullmatch(text)
    if match is None or int(match[2]) < 1:
        raise damaged(f"{text[:20]!r} is no address of a cell")
    return int(match[2]) - 1, column_number(match[1].upper()) - 1
