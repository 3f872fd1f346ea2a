"""Parse XML of a `Container`, which has refused document types and other encodings."""

from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError, XMLPullParser
from xml.parsers.expat import ErrorString
from xml.parsers.expat.errors import (
    XML_ERROR_NO_ELEMENTS,
    XML_ERROR_PARTIAL_CHAR,
    XML_ERROR_UNCLOSED_CDATA_SECTION,
    XML_ERROR_UNCLOSED_TOKEN,
)

from metrics.intake.formats.shared.container import (
    Container,
    damage_error,
    part_phrase,
)

ENDS_TOO_EARLY = {
    XML_ERROR_NO_ELEMENTS,
    XML_ERROR_PARTIAL_CHAR,
    XML_ERROR_UNCLOSED_CDATA_SECTION,
    XML_ERROR_UNCLOSED_TOKEN,
}
TREE_MEGABYTES = 16  # ten times what is needed for the comments on a large workbook


def xml_events(container: Container, name: str) -> Iterator[tuple[str, Element]]:
    """Start and end of each element of a part, which the caller clears; none for a missing part."""
    if name not in container:
        return
    parser: Any = XMLPullParser(("start", "end"))
    try:
        for chunk in container.chunks(name):
            parser.feed(chunk)
            yield from parser.read_events()
        parser.close()
        yield from parser.read_events()
    except ParseError as error:
        (line, before), part = error.position, part_phrase(name)
        if ErrorString(error.code) in ENDS_TOO_EARLY:
            raise damage_error("xml_cut_off", part=part, line=line, column=before + 1) from error
        raise damage_error("xml", part=part, line=line, column=before + 1) from error
    except ValueError as error:
        raise damage_error("part_unreadable", part=part_phrase(name)) from error


def xml_tree(container: Container, name: str) -> Element:
    """Parse a small part whole; tags and attributes lose their namespaces."""
    root = Element("missing")
    container.refuse_large(name, TREE_MEGABYTES)
    for event, element in xml_events(container, name):
        if event == "end":
            drop_namespace(element)
            root = element
    return root


def without_namespaces(root: Element) -> Element:
    """The element, after its tags and attributes and those within it lost their namespaces."""
    for element in root.iter():
        drop_namespace(element)
    return root


def drop_namespace(element: Element) -> None:
    element.tag = local_name(element.tag)
    element.attrib = {local_name(attribute): text for attribute, text in element.items()}


def parse_pieces(pieces: Iterable[bytes]) -> Element:
    """Parse pieces of XML that the container has given; ParseError if they do not fit together."""
    parser: Any = XMLPullParser(("end",))
    for piece in pieces:
        parser.feed(piece)
    parser.close()
    ended: list[Element] = [element for _, element in parser.read_events()]
    return ended[-1]


def local_name(tag: str) -> str:
    return tag.rpartition("}")[2]


def element_text(element: Element | None) -> str:
    return "" if element is None else "".join(element.itertext()).strip()
