"""Find the texts of cells of which a part is raised, lowered or struck through."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from metrics.intake.formats.shared.container import Container
from metrics.intake.formats.shared.marked_numbers import bracket_marks
from metrics.intake.formats.shared.markup import local_name, xml_events
from metrics.intake.formats.xlsx.frame import displayed_text

MARKS = (b"vertAlign", b"strike")
OFF = {"0", "false", "baseline"}


def marked_strings(container: Container) -> dict[int, str]:
    """The shared strings of this kind by their numbers."""
    part = next(iter(container.named(r"xl/sharedstrings\.xml")), "")
    if not part or not any(has_marks(chunk) for chunk in container.chunks(part)):
        return {}
    return dict(_marked_items(container, part))


def has_marks(xml: bytes) -> bool:
    return any(mark in xml for mark in MARKS)


def _marked_items(container: Container, part: str) -> Iterator[tuple[int, str]]:
    number = 0
    for event, element in xml_events(container, part):
        if event == "end" and local_name(element.tag) == "si":
            if text := marked_number(element):
                yield number, text
            element.clear()
            number += 1


def marked_number(item: Element) -> str:
    """The text of a number with its marked parts in brackets; empty for any other text."""
    return bracket_marks([_run(part) for part in item if local_name(part.tag) == "r"])


def _run(run: Element) -> tuple[str, bool]:
    parts = {local_name(part.tag): part for part in run}
    text = displayed_text(parts["t"]) if "t" in parts else ""
    marks = [
        mark.get("val", "1")
        for mark in parts.get("rPr", ())
        if local_name(mark.tag).encode() in MARKS
    ]
    return text, any(mark not in OFF for mark in marks)
