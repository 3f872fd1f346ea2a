"""Read OpenDocument spreadsheets; existing readers lose errors, comments and addresses."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from metrics.core.cells import RANGES_SHAPE, cell_address, positions_within
from metrics.core.errors import UnreadableError
from metrics.intake.formats.contents import (
    DisplayContents,
    FileContents,
    SheetContents,
    TextContents,
    pad_rows,
)
from metrics.intake.formats.limits import LAST_COLUMN, SHEETS, Budget
from metrics.intake.formats.ods.cells import (
    CALCEXT,
    DEFAULT_STYLE,
    OASIS,
    STYLE_NAME,
    TABLE,
    paragraph_text,
    parse_row,
    repetitions,
    typed_number,
    value_by_look,
)
from metrics.intake.formats.ods.conditions import SheetCondition, looks_of_cells
from metrics.intake.formats.ods.formulas import (
    FormulaResult,
    calculation_of,
    drop_outdated,
    drop_uncalculated,
)
from metrics.intake.formats.ods.left_out import left_out_kinds, left_out_texts
from metrics.intake.formats.ods.styles import PLAIN, DocumentStyles
from metrics.intake.formats.shared.container import Container, damage_error, password_error
from metrics.intake.formats.shared.formula_results import Position
from metrics.intake.formats.shared.markup import element_text, local_name, xml_events, xml_tree
from metrics.intake.formats.shared.part_texts import (
    attribute_texts,
    texts_around,
    without_version,
)
from metrics.intake.formats.shared.stamp import (
    constant_text,
    is_concealed,
    read_stamp,
    stamp_key,
    words_of_code,
)

CONTENT = "content.xml"
STYLE = OASIS % "style"
DATA_STYLE = OASIS % "datastyle"
# In the address of a range, each cell with the name of its sheet: 'A sheet'.B2. A name is searched
# at the beginning of a cell only, so that long texts take linear time.
NAME_OF_SHEET = re.compile(r"(?:(?<![^ :])(?:\$?'(?:[^']|'')*'|[^ .:']++))?\.(?=\$?[A-Z])")
APPLIED_STYLE = f"{CALCEXT}apply-style-name"
SHOW_VALUE, TARGET_RANGE = f"{CALCEXT}show-value", f"{CALCEXT}target-range-address"
VISIBILITY, HIDDEN = f"{TABLE}visibility", ("collapse", "filter")
NAME, DISPLAY = f"{TABLE}name", f"{TABLE}display"
# Timestamps and counts that programs write into the properties.
WRITTEN_BY_PROGRAMS = {
    "creation-date", "date", "editing-cycles", "editing-duration", "document-statistic",
    "generator", "print-date", "user-defined",
}  # fmt: skip
MARGINS = {f"{edge}{pages}" for edge in ("header", "footer") for pages in ("", "-left", "-first")}
FIELDS = {"page-number", "page-count", "sheet-name", "file-name", "title", "date", "time"}
# Named as in Excel, so that rules need not know the format.
AS_IN_EXCEL = {"initial-creator": "creator", "creator": "lastModifiedBy", "keyword": "keywords"}


@dataclass
class OpenDocument:
    """The state of the pass over content.xml."""

    budget: Budget = field(default_factory=Budget)
    sheets: list[SheetContents] = field(default_factory=list)
    texts: list[TextContents] = field(default_factory=list)
    dropped: list[TextContents] = field(default_factory=list)
    names: list[tuple[str, str]] = field(default_factory=list)
    styles: DocumentStyles = field(default_factory=DocumentStyles)
    column_styles: dict[int, str] = field(default_factory=dict)  # of cells without a style
    displays: list[DisplayContents] = field(default_factory=list)
    results: dict[str, dict[Position, FormulaResult]] = field(default_factory=dict)  # by sheet
    conditions: list[SheetCondition] = field(default_factory=list)
    column: int = 0  # of the next column that is declared
    external: bool = False
    row: int = 0  # of the next row in the sheet
    width: int = 0  # of the widest row so far
    depth: int = 0  # depth of nested tables: only the outermost is a sheet


def read_spreadsheet(container: Container) -> FileContents:
    refuse_password(container)
    document = OpenDocument(styles=DocumentStyles.read(container))
    for event, element in xml_events(container, CONTENT):
        if handle := HANDLERS[event].get(element.tag):
            handle(element, document)
    if not document.sheets:
        raise damage_error("no_sheet")
    drop_results(container, document)
    properties = custom_properties(container)
    stamp = read_stamp(document.sheets, document.names, properties)
    dropped = [
        *document.dropped,
        *texts_outside_sheets(container, document.names, properties),
        *left_out_texts(container, known_texts(document)),
    ]
    container.check_rest()
    dropped += [TextContents("part", text) for text in texts_around(container)]
    return FileContents(
        document.sheets,
        [text for text in document.texts if text.text.strip()],
        stamp,
        list_remarks(container, document),
        left_out=[text for text in dropped if text.text.strip()],
        displays=[*document.displays, *hidden_zeros(container, document)],
    )


def hidden_zeros(container: Container, document: OpenDocument) -> list[DisplayContents]:
    """All sheets where the settings of the view, of one or of all, display no zeros."""
    settings = xml_tree(container, "settings.xml").iter("config-item")
    is_hidden = any(
        item.get("name") == "ShowZeroValues" and element_text(item) == "false" for item in settings
    )
    names = [sheet.name for sheet in document.sheets] if is_hidden else []
    return [DisplayContents("all_zeros", name, -1, -1) for name in names]


def drop_results(container: Container, document: OpenDocument) -> None:
    """Put formulas in place of results that are outdated or were never calculated."""
    generator = xml_tree(container, "meta.xml").iter("generator")
    sheets = [
        (sheet.name, sheet.rows, document.results.get(sheet.name, {})) for sheet in document.sheets
    ]
    drop_uncalculated(sheets, " ".join(map(element_text, generator)))
    book = calculation_of(sheets)
    by_name = {sheet.name: sheet for sheet in document.sheets}
    changes = [*looks_of_cells(document.conditions, by_name, book)]
    document.displays += [
        DisplayContents(check.kind, name, *position, check.text)
        for name, position, check in drop_outdated(sheets, book)
    ]
    displayed = {(own.kind, own.sheet, own.row, own.column) for own in document.displays}
    for sheet, (row, column), look in changes:
        value = sheet.rows[row][column]
        number = f"{value:.15g}" if isinstance(value, float) else ""
        sheet.rows[row][column], kinds = value_by_look(value, look, number or typed_number(value))
        document.displays += [
            DisplayContents(kind, sheet.name, row, column)
            for kind in kinds
            if (kind, sheet.name, row, column) not in displayed
        ]


def known_texts(document: OpenDocument) -> set[str]:
    """The texts of cells, comments and shapes, which are searched in their own place."""
    cells = {
        value.strip()
        for sheet in document.sheets
        for row in sheet.rows
        for value in row
        if isinstance(value, str)
    }
    return cells | {text.text.strip() for text in [*document.texts, *document.dropped]}


def refuse_password(container: Container) -> None:
    manifest = xml_tree(container, "META-INF/manifest.xml")
    if any(element.tag == "encryption-data" for element in manifest.iter()):
        raise password_error()


def open_table(element: Element, document: OpenDocument) -> None:
    document.depth += 1
    if document.depth > 1:
        return
    name = element.get(NAME, "")
    if name in {sheet.name for sheet in document.sheets}:
        raise damage_error("same_name", number=len(document.sheets) + 1)
    document.row, document.width, document.column = 0, 0, 0
    document.column_styles = {}
    visible = element.get(STYLE_NAME) not in document.styles.hidden
    document.sheets.append(SheetContents(name, [], visible))
    document.texts.append(TextContents("name", name, name))
    if len(document.sheets) > SHEETS:
        raise UnreadableError("many_sheets", sheets=SHEETS)


def close_table(element: Element, document: OpenDocument) -> None:
    """Drop the sheets in which links to other files store a copy of their cells."""
    document.depth -= 1
    if document.depth:
        return
    pad_rows(document.sheets[-1].rows)
    if document.sheets[-1].name.startswith("'file:"):
        document.external = True
        drop_sheet(document)
    element.clear()


def drop_sheet(document: OpenDocument) -> None:
    """Leave the copy of another file's sheet out; its texts are searched all the same."""
    sheet = document.sheets.pop()
    own = [text for text in document.texts if text.sheet == sheet.name and text.kind == "comment"]
    document.texts = [text for text in document.texts if text.sheet != sheet.name]
    cells = {value for row in sheet.rows for value in row if isinstance(value, str)}
    document.dropped += own
    document.dropped += [TextContents("part", text) for text in sorted(cells)]


def add_style(style: Element, document: OpenDocument) -> None:
    document.styles.add_style(style)


def add_format(style: Element, document: OpenDocument) -> None:
    document.styles.add_format(style)


def add_column(column: Element, document: OpenDocument) -> None:
    times = min(repetitions(column.get(f"{TABLE}number-columns-repeated")), LAST_COLUMN)
    if document.depth == 1:
        if is_hidden(column, document):
            document.displays += [
                DisplayContents("hidden_column", document.sheets[-1].name, -1, number)
                for number in range(document.column, document.column + times)
            ]
        style = column.get(DEFAULT_STYLE, "")
        if document.styles.of_cell(style) is not PLAIN:
            columns = range(document.column, document.column + times)
            document.column_styles |= dict.fromkeys(columns, style)
        document.column += times


def is_hidden(element: Element, document: OpenDocument) -> bool:
    return element.get(VISIBILITY) in HIDDEN or element.get(STYLE_NAME) in document.styles.thin


def add_displays(
    row: Element, times: int, displays: list[tuple[str, int, str]], document: OpenDocument
) -> None:
    """Keep how the cells of a row are displayed, and whether it is hidden, with its repetitions."""
    if is_hidden(row, document):
        displays = [*displays, ("hidden_row", -1, "")]
    sheet = document.sheets[-1].name
    document.displays += [
        DisplayContents(kind, sheet, number, column, text)
        for number in range(document.row, document.row + times if displays else 0)
        for kind, column, text in displays
    ]


def add_name(element: Element, document: OpenDocument) -> None:
    refers_to = element.get(f"{TABLE}expression") or element.get(f"{TABLE}cell-range-address")
    document.names.append((element.get(NAME, ""), refers_to or ""))


def add_hints(element: Element, document: OpenDocument) -> None:
    """Keep the input messages of a validation with the sheet of its first cell."""
    address = element.get(f"{TABLE}base-cell-address", "").rpartition(".")[0]
    sheet = address.removeprefix("$").removeprefix("'").removesuffix("'").replace("''", "'")
    for message in element:
        texts = [message.get(f"{TABLE}title", ""), " ".join(paragraph_texts(message))]
        document.dropped.append(TextContents("hint", "\n".join(filter(None, texts)), sheet))


def add_shapes(element: Element, document: OpenDocument) -> None:
    sheet = document.sheets[-1].name if document.sheets else ""
    document.dropped += [TextContents("drawing", text, sheet) for text in paragraph_texts(element)]


def add_row(element: Element, document: OpenDocument) -> None:
    """Add a row as often as it is repeated: a million empty rows at the end are one element."""
    if document.depth != 1:
        return
    sheet = document.sheets[-1].name
    times = repetitions(element.get(f"{TABLE}number-rows-repeated"))
    row = parse_row(element, document.styles, document.column_styles)
    for column, text in row.comments:
        document.texts.append(
            TextContents("comment", text, sheet, cell_address(document.row, column))
        )
    for column, height, width in row.spans:
        block = (document.row, column, document.row + height - 1, column + width - 1)
        document.sheets[-1].merged.append(block)
    if row.values:
        append_rows(row.values, times, document)
        document.results.setdefault(sheet, {}).update(
            ((document.row, column), result) for column, result in row.results
        )
        add_displays(element, times, row.displays, document)
    document.row += times
    element.clear()


def append_rows(values: list[Any], times: int, document: OpenDocument) -> None:
    """Charge the budget before rows, and empty rows above them, are allocated."""
    sheet = document.sheets[-1]
    document.width = max(len(values), document.width)
    filled = times * sum(value is not None for value in values)
    number = len(document.sheets)
    document.budget.charge(number, document.row + times, document.width, filled)
    sheet.rows.extend([] for _ in range(document.row - len(sheet.rows)))
    sheet.rows.extend(list(values) for _ in range(times))


def add_condition(element: Element, document: OpenDocument) -> None:
    """Keep the conditions of cells, and which numbers a bar or an icon takes the place of."""
    ranges = NAME_OF_SHEET.sub("", element.get(TARGET_RANGE, ""))
    if document.depth != 1 or not re.fullmatch(RANGES_SHAPE, ranges):
        return
    sheet = document.sheets[-1]
    for part in element:
        style, value = part.get(APPLIED_STYLE, ""), part.get(f"{CALCEXT}value", "")
        look = document.styles.look_of_style(style, with_format=True)
        if any(look):
            document.conditions.append(SheetCondition(sheet.name, ranges, value, look))
    if any(part.get(SHOW_VALUE) == "false" for part in element.iter()):
        document.displays += [
            DisplayContents("unseen", sheet.name, row, column)
            for row, column in positions_within(ranges, len(sheet.rows), document.width)
            if column < len(sheet.rows[row]) and isinstance(sheet.rows[row][column], float)
        ]


def paragraph_texts(element: Element) -> Iterator[str]:
    for part in element.iter():
        if local_name(part.tag) in {"p", "title", "desc"}:
            yield paragraph_text(part)


def texts_outside_sheets(
    container: Container, names: list[tuple[str, str]], properties: list[tuple[str, str]]
) -> Iterator[TextContents]:
    for name, text in names:
        code = words_of_code(constant_text(text))
        yield TextContents("name", code if stamp_key(name) else f"{name} = {text}")
    for name, text in properties:
        searched = words_of_code(text) if stamp_key(name) else text
        yield TextContents("property", searched, cell=name)
        if not stamp_key(name):
            yield TextContents("property", name, cell=name)
    for own in xml_tree(container, "meta.xml").iterfind("meta/*"):
        if own.tag not in WRITTEN_BY_PROGRAMS:
            yield TextContents(
                "property", element_text(own), cell=AS_IN_EXCEL.get(own.tag, own.tag)
            )
            yield from (TextContents("part", text) for text in attribute_texts(own))
        elif own.tag != "user-defined":
            yield TextContents("part", without_version(element_text(own)))
    for element in xml_tree(container, "styles.xml").iter():
        if element.tag in MARGINS:
            yield TextContents("header", " ".join(map(margin_text, element.iter("p"))))


def margin_text(part: Element) -> str:
    """A text of a page header without what a program fills in, such as the number of the page."""
    own = "" if part.tag in FIELDS else (part.text or "") + "".join(map(margin_text, part))
    return own + (part.tail or "")


def custom_properties(container: Container) -> list[tuple[str, str]]:
    listed = xml_tree(container, "meta.xml").iter("user-defined")
    return [(own.get("name", ""), element_text(own)) for own in listed]


def list_remarks(container: Container, document: OpenDocument) -> list[str]:
    hidden = any(is_concealed(sheet.name, sheet.visible) for sheet in document.sheets)
    return left_out_kinds(container, is_external=document.external, is_hidden=hidden)


HANDLERS: dict[str, dict[str, Callable[[Element, OpenDocument], None]]] = {
    "start": {f"{TABLE}table": open_table},
    "end": {
        f"{TABLE}table": close_table,
        f"{TABLE}table-row": add_row,
        f"{TABLE}table-column": add_column,
        f"{TABLE}shapes": add_shapes,
        f"{TABLE}content-validation": add_hints,
        f"{TABLE}named-range": add_name,
        f"{TABLE}named-expression": add_name,
        f"{STYLE}style": add_style,
        f"{DATA_STYLE}number-style": add_format,
        f"{CALCEXT}conditional-format": add_condition,
    },
}
