"""What surrounds the rows of a sheet: views, columns, links, validations, margins."""

import re
from xml.etree.ElementTree import Element, ParseError

from metrics.core.errors import UnreadableError
from metrics.intake.formats.limits import MEGABYTE
from metrics.intake.formats.shared.container import Container, part_phrase
from metrics.intake.formats.shared.markup import (
    TREE_MEGABYTES,
    local_name,
    parse_pieces,
    xml_events,
)

BEGINNING = re.compile(rb"<(?:\w+:)?sheetData\b[^>]*>")
END_OF_SHEET_DATA = re.compile(rb"</(?:\w+:)?sheetData\s*>")
LONGEST_TAG = 64
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def sheet_frame(container: Container, part: str) -> Element:
    """All of a sheet except its rows, which are too many to be kept as elements."""
    if part not in container:
        return Element("worksheet")
    try:
        return parse_pieces(frame_pieces(container, part))
    except ParseError:
        return parsed_frame(container, part)


def frame_pieces(container: Container, part: str) -> list[bytes]:
    """The XML before and after the rows."""
    before, after, carried = [], [], b""
    state = "before"
    for chunk in container.chunks(part):
        text = carried + chunk
        carried = b""
        if state == "before":
            if beginning := BEGINNING.search(text):
                before.append(text[: beginning.start()])
                state = "after" if beginning[0].endswith(b"/>") else "rows"
                text = text[beginning.end() :]
            else:
                carried, text = text, b""
        if state == "rows":
            if end := END_OF_SHEET_DATA.search(text):
                state, text = "after", text[end.end() :]
            else:
                carried, text = text[-LONGEST_TAG:], b""
        if state == "after":
            after.append(text)
        refuse_large_frame(part, len(carried) + sum(map(len, before)) + sum(map(len, after)))
    return [*before, *after, carried if state == "before" else b""]


def refuse_large_frame(part: str, size: int) -> None:
    if size > TREE_MEGABYTES * MEGABYTE:
        raise UnreadableError("beside_cells", megabytes=TREE_MEGABYTES, part=part_phrase(part))


def parsed_frame(container: Container, part: str) -> Element:
    """The same with a parser for the whole sheet."""
    root = Element("worksheet")
    for event, element in xml_events(container, part):
        if event == "end":
            if local_name(element.tag) in {"c", "row", "sheetData"}:
                element.clear()
            root = element
    return root


def inline_text(element: Element | None) -> str:
    """The runs of a text, without the phonetic ones."""
    if element is None:
        return ""
    runs = [part for part in element if local_name(part.tag) in {"t", "r"}]
    return "".join(
        displayed_text(text) for run in runs for text in run.iter() if local_name(text.tag) == "t"
    )


def displayed_text(element: Element) -> str:
    """Spaces around a text count only if it says so."""
    text = element.text or ""
    return text if element.get(SPACE) == "preserve" else text.strip(" \t\r\n")
