"""XML out of a `Container`, which has refused document types and all encodings but UTF-8."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from metrics.intake.formats.container import Container, damaged

TREE_MEGABYTES = 16  # ten times what is needed for the comments on a large workbook


def events(container: Container, name: str) -> Iterator[tuple[str, Element]]:
    """Start and end of each element of a part, which the caller clears; none where it is not."""
    parser: Any = XMLPullParser(("start", "end"))
    try:
        for chunk in container.chunks(name) if name in container else ():
            parser.feed(chunk)
            yield from parser.read_events()
        if name in container:
            parser.close()
            yield from parser.read_events()
    except (ParseError, ValueError) as wrong:
        raise damaged(f"{name[:60]}: {wrong}") from wrong


def tree(container: Container, name: str) -> Element:
    """A small part whole; its tags and attributes have lost their namespaces."""
    root = Element("missing")
    container.refuse_large(name, TREE_MEGABYTES)
    for event, element in events(container, name):
        if event == "end":
            element.tag = local(element.tag)
            element.attrib = {local(attribute): text for attribute, text in element.items()}
            root = element
    return root


def local(tag: str) -> str:
    return tag.rpartition("}")[2]


def text_of(element: Element | None) -> str:
    return "" if element is None else "".join(element.itertext()).strip()
