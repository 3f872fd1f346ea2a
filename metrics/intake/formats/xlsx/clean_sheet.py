"""Copy a sheet of an Excel workbook: its cells, and the layout that helps to read them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from xml.etree.ElementTree import Element

from metrics.core.cells import CELL_SHAPE, RANGES_SHAPE, ROW_SHAPE, cell_address
from metrics.intake.formats.shared.clean_archive import xml_attribute, xml_text
from metrics.intake.formats.shared.container import Container
from metrics.intake.formats.shared.known_texts import known_error, known_formula
from metrics.intake.formats.shared.marked_numbers import split_marks
from metrics.intake.formats.shared.markup import local_name, xml_events
from metrics.intake.formats.xlsx.cells import (
    CALCULATED,
    STRING_INDEX,
    UNCALCULATED,
    SheetWalk,
    UnusualXmlError,
    formula_text,
    split_rows,
)
from metrics.intake.formats.xlsx.conditional import (
    LIMIT,
    ConditionalRule,
    compared_number,
    conditional_rules,
)
from metrics.intake.formats.xlsx.frame import inline_text, sheet_frame
from metrics.intake.formats.xlsx.shared_strings import marked_number

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

TYPES = rb"(?:n|b|e|d|str)"
VALUE_XML = rb"<v>[^<]*</v>|<v/>|<f>[^<]{0,200}</f>(?:<v/>|<v></v>)?"
INLINE = rb'<is><t(?: xml:space="preserve")?>[^<]*</t></is>'
# Each type with its own form of value, as a reader passes over any other.
CELL = re.compile(
    rb'<c r="[A-Z]{1,3}[1-9]\d{0,6}"(?: s="\d{1,5}")?'
    rb"(?:(?: t=\"" + TYPES + rb"\")?(?:/>|>(?:" + VALUE_XML + rb")?</c>)"
    rb'| t="s"(?:/>|><v>\d{1,9}</v></c>)| t="inlineStr"(?:/>|>(?:' + INLINE + rb")?</c>))"
)
CLEAN_ROW = re.compile(
    rb'<row r="[1-9]\d{0,6}"(?: (?:s|ht|hidden|customHeight|customFormat|outlineLevel|collapsed)'
    rb'="[\d.]{1,12}")*(?:/>|>)|</row>|\s+'
)
CLEAN_ROW_TAG = re.compile(rb'<row r="[1-9]\d{0,6}"/?>')
SPANS = re.compile(rb'(<row r="\d+") spans="[\d: ]*"')  # what all programs write
ROW = re.compile(rb"<row\b([^>]*?)(/?)>")
ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
F_TAG = re.compile(rb"<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>")
ERROR_VALUE = re.compile(rb'(<c [^>]*t="e"[^>]*><v>)([^<]*)(</v>)')

NUMBER, TRUTH = r"-?\d{1,5}(?:\.\d{1,20})?", r"0|1|true|false"
FRACTION, DECIMALS = re.compile(r"-?\d+\.\d+"), 2  # of a width, height or shade
PANES = "bottomRight|topRight|bottomLeft|topLeft"
ROW_ATTRIBUTES = {
    "r": ROW_SHAPE, "s": NUMBER, "ht": NUMBER, "hidden": TRUTH, "customHeight": TRUTH,
    "customFormat": TRUTH, "outlineLevel": NUMBER, "collapsed": TRUTH,
}  # fmt: skip
# Elements around the cells with their attributes, and what these may say.
BEFORE_CELLS: Mapping[str, Mapping[str, str]] = {
    "sheetViews": {},
    "sheetView": {"showGridLines": TRUTH, "showZeros": TRUTH, "workbookViewId": NUMBER,
                  "zoomScale": NUMBER},
    "pane": {"xSplit": NUMBER, "ySplit": NUMBER, "topLeftCell": CELL_SHAPE, "activePane": PANES,
             "state": "frozen|split|frozenSplit"},
    "sheetFormatPr": {"defaultRowHeight": NUMBER, "defaultColWidth": NUMBER,
                      "baseColWidth": NUMBER, "customHeight": TRUTH, "outlineLevelRow": NUMBER},
    "cols": {},
    "col": {"min": NUMBER, "max": NUMBER, "width": NUMBER, "style": NUMBER, "hidden": TRUTH,
            "customWidth": TRUTH, "outlineLevel": NUMBER},
}  # fmt: skip
ALLOWED_WHEN_PROTECTED = (
    "sheet", "objects", "scenarios", "formatCells", "formatColumns", "formatRows", "insertColumns",
    "insertRows", "insertHyperlinks", "deleteColumns", "deleteRows", "selectLockedCells", "sort",
    "autoFilter", "pivotTables", "selectUnlockedCells",
)  # fmt: skip
AFTER_CELLS: Mapping[str, Mapping[str, str]] = {
    "sheetProtection": dict.fromkeys(ALLOWED_WHEN_PROTECTED, TRUTH),
    "autoFilter": {"ref": RANGES_SHAPE},
    "mergeCells": {},
    "mergeCell": {"ref": RANGES_SHAPE},
}
OPERATORS = (
    "between|notBetween|equal|notEqual|lessThan|lessThanOrEqual|greaterThan|greaterThanOrEqual"
)
VALIDATION = {
    "type": "whole|decimal|list|date|time|textLength", "operator": OPERATORS,
    "errorStyle": "stop|warning|information", "allowBlank": TRUTH, "showDropDown": TRUTH,
    "showInputMessage": TRUTH, "showErrorMessage": TRUTH, "sqref": RANGES_SHAPE,
}  # fmt: skip
MARK = '<rPr><vertAlign val="superscript"/></rPr>'
REFERENCE = re.compile(
    rf"(?:(?P<sheet>'(?:[^']|'')+'|\w+)!)?{CELL_SHAPE}(?::{CELL_SHAPE})?|{LIMIT}"
)


@dataclass(frozen=True)
class KeptOfBook:
    """What sheets of the copy refer to, and the cells that keep a formula without a result."""

    sheets: set[str]
    strings: set[int]  # the indices of shared strings, added as sheets are written
    formulas: set[str] = field(default_factory=set)  # addresses in the sheet, never calculated
    # Formats of conditions: those of the workbook, and others as sheets are written.
    forms: list[Element] = field(default_factory=list)
    applied: Mapping[int, str] = field(default_factory=dict)  # ranges, by the number of their rule


def sheet_xml(
    container: Container, part: str, kept: KeptOfBook, *, is_plain: bool
) -> Iterator[bytes]:
    """The XML of the copy.

    UnusualXmlError if `is_plain` and the rows do not have the form that the patterns assume.
    """
    frame = sheet_frame(container, part)
    yield f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">'.encode()
    yield "".join(clean_elements(frame, BEFORE_CELLS)).encode()
    yield b"<sheetData>"
    for rows in (plain_rows if is_plain else parsed_rows)(container, part, kept.formulas):
        kept.strings.update(map(int, STRING_INDEX.findall(rows)))
        yield rows
    yield b"</sheetData>"
    yield "".join(
        [
            *clean_elements(frame, AFTER_CELLS),
            *conditions(frame, kept),
            *validations(frame, kept.sheets),
        ]
    ).encode()


def plain_rows(container: Container, part: str, formulas: set[str]) -> Iterator[bytes]:
    """Copy rows as all common programs write them, by patterns."""
    for chunk in split_rows(container.chunks(part)):
        rows = chunk.partition(b"<sheetData>")[2] or chunk
        if b"<row" not in rows:
            continue
        rows = rows.partition(b"</sheetData>")[0]
        yield plain_row_chunk(drop_results(rows, formulas) if formulas else rows)


def drop_results(rows: bytes, formulas: set[str]) -> bytes:
    """Leave out the results of these cells."""

    def without_result(match: re.Match[bytes]) -> bytes:
        is_formula = match[1].decode() in formulas
        return match[0].removesuffix(b"<v>" + match[3] + b"</v>") if is_formula else match[0]

    return CALCULATED.sub(without_result, rows)


def plain_row_chunk(rows: bytes) -> bytes:
    rows = SPANS.sub(rb"\1", rows)
    if len(CLEAN_ROW_TAG.findall(rows)) != rows.count(b"<row"):
        rows = ROW.sub(clean_row, rows)
    if b"<f" in rows:
        rows = UNCALCULATED.sub(keep_formula, rows)
        rows = F_TAG.sub(lambda match: match[0] if match[0].startswith(b"<f>\t") else b"", rows)
        rows = rows.replace(b"<f>\t", b"<f>")
    if b't="e"' in rows:
        rows = ERROR_VALUE.sub(keep_error, rows)
    if CLEAN_ROW.sub(b"", CELL.sub(b"", rows)):
        raise UnusualXmlError
    return rows


def clean_row(match: re.Match[bytes]) -> bytes:
    found = {
        name.decode(): text.decode("utf-8", "replace") for name, text in ATTRIBUTE.findall(match[1])
    }
    return f"<row{allowed(found, ROW_ATTRIBUTES)}{match[2].decode()}>".encode()


def keep_formula(match: re.Match[bytes]) -> bytes:
    """The formula of a cell without a value, marked by a tab so that it is not dropped."""
    cell = match[0].partition(b"<f")[0]
    formula = known_formula(formula_text(match[2] or b""))
    text = xml_text(formula.removeprefix("=")).encode()
    return cell + b"<f>\t" + text + b"</f></c>"


def keep_error(match: re.Match[bytes]) -> bytes:
    text = known_error(unescape(match[2].decode("utf-8", "replace")))
    return match[1] + xml_text(text).encode() + match[3]


def parsed_rows(container: Container, part: str, formulas: set[str]) -> Iterator[bytes]:
    """Copy rows of any form, with a parser."""
    walk = SheetWalk({}, {})
    for event, element in xml_events(container, part):
        tag = local_name(element.tag)
        if (event, tag) == ("start", "row"):
            walk.open_row(element)
            row = dict(element.items()) | {"r": str(walk.row + 1)}
            cells: list[str] = []
        elif (event, tag) == ("end", "c"):
            cells.append(parsed_cell(walk, element, formulas))
            element.clear()
        elif (event, tag) == ("end", "row"):
            yield f"<row{allowed(row, ROW_ATTRIBUTES)}>{''.join(cells)}</row>".encode()
            element.clear()


def parsed_cell(walk: SheetWalk, cell: Element, formulas: set[str]) -> str:
    walk.enter_cell(cell)
    address, kind = cell_address(walk.row, walk.column), cell.get("t", "n")
    parts = {local_name(part.tag): part for part in cell}
    style = f' s="{cell.get("s")}"' if re.fullmatch(r"\d{1,5}", cell.get("s", "")) else ""
    begin = f'<c r="{address}"{style}'
    if kind == "inlineStr":
        return f'{begin} t="inlineStr"><is>{string_xml(parts.get("is"))}</is></c>'
    value = parts["v"].text or "" if "v" in parts and address not in formulas else ""
    is_typed = kind == "s" or (kind != "n" and re.fullmatch(TYPES.decode(), kind))
    typed = f' t="{kind}"' if is_typed else ""
    if value or kind == "str":
        text = known_error(value) if kind == "e" else value
        return f"{begin}{typed}><v>{xml_text(text)}</v></c>"
    if "f" in parts:
        formula = known_formula(formula_text((parts["f"].text or "").encode()))
        return f"{begin}><f>{xml_text(formula.removeprefix('='))}</f></c>"
    return f"{begin}/>"


def string_xml(item: Element | None) -> str:
    """A text without its fonts; the parts of a number that are raised or struck stay so."""
    marked = "" if item is None else marked_number(item)
    runs = split_marks(marked) or [(inline_text(item), False)]
    texts = [f'<t xml:space="preserve">{xml_text(text)}</t>' for text, _ in runs]
    if not marked:
        return texts[0]
    styles = [MARK if is_marked else "" for _, is_marked in runs]
    return "".join(f"<r>{style}{text}</r>" for style, text in zip(styles, texts, strict=True))


def clean_elements(frame: Element, known: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for element in frame:
        if local_name(element.tag) in known:
            yield clean_element(element, known)


def clean_element(element: Element, known: Mapping[str, Mapping[str, str]]) -> str:
    tag = local_name(element.tag)
    inner = "".join(clean_elements(element, known))
    return f"<{tag}{allowed(dict(element.items()), known[tag])}>{inner}</{tag}>"


def allowed(attributes: Mapping[str, str], known: Mapping[str, str]) -> str:
    """Attributes with a name and a value that are known, in a fixed order."""
    return "".join(
        f" {name}={xml_attribute(rounded(attributes[name]))}"
        for name, pattern in known.items()
        if name in attributes and re.fullmatch(pattern, attributes[name])
    )


def rounded(text: str) -> str:
    """A number with few decimals; any other text as it is."""
    return f"{round(float(text), DECIMALS):g}" if FRACTION.fullmatch(text) else text


def conditions(frame: Element, kept: KeptOfBook) -> Iterator[str]:
    """Conditional formats by a number; others where they apply, as ones that always do.

    The format that a rule has of its own is added to those of the workbook.
    """
    forms = kept.forms
    for priority, own in enumerate(conditional_rules(frame), 1):
        is_number = compared_number(own.rule) != ""
        ranges = own.ranges if is_number else kept.applied.get(priority - 1, own.ranges)
        if own.form is not None:
            forms.append(own.form)
        number = str(len(forms) - 1) if own.form is not None else own.rule.get("dxfId", "")
        if number.isdecimal() and ranges:
            yield (
                f'<conditionalFormatting sqref="{ranges}"><cfRule {condition(own)} '
                f'dxfId="{number}" priority="{priority}"><formula>'
                f"{compared_number(own.rule) or 'TRUE'}</formula></cfRule></conditionalFormatting>"
            )


def condition(own: ConditionalRule) -> str:
    """The attributes of a rule in the copy."""
    if compared_number(own.rule):
        return f'type="cellIs" operator="{own.rule.get("operator")}"'
    return 'type="expression"'


def validations(frame: Element, sheets: set[str]) -> Iterator[str]:
    """Validations by number or by a list in cells; not those that hold texts of their own."""
    found = [
        xml
        for listed in frame
        if local_name(listed.tag) == "dataValidations"
        for validation in listed
        if (xml := clean_validation(validation, sheets))
    ]
    if found:
        yield f'<dataValidations count="{len(found)}">{"".join(found)}</dataValidations>'


def clean_validation(validation: Element, sheets: set[str]) -> str:
    attributes = allowed(dict(validation.items()), VALIDATION)
    formulas = [(local_name(part.tag), part.text or "") for part in validation]
    if "sqref=" not in attributes or not all(
        tag in {"formula1", "formula2"} and is_reference(text, sheets) for tag, text in formulas
    ):
        return ""
    inner = "".join(f"<{tag}>{xml_text(text)}</{tag}>" for tag, text in formulas)
    return f"<dataValidation{attributes}>{inner}</dataValidation>"


def is_reference(formula: str, sheets: set[str]) -> bool:
    match = REFERENCE.fullmatch(formula.strip().removeprefix("="))
    if match is None:
        return False
    named = match["sheet"]
    return not named or named.strip("'").replace("''", "'") in sheets
