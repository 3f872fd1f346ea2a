"""The shared texts of a workbook: which are numbers with a raised part, and what no cell shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from metrics.intake.formats.shared.container import Container, two_readings_error
from metrics.intake.formats.shared.marked_numbers import bracket_marks, mark_unseen
from metrics.intake.formats.shared.markup import local_name, xml_events
from metrics.intake.formats.shared.part_texts import element_texts, is_written
from metrics.intake.formats.xlsx.colours import is_unseen_font
from metrics.intake.formats.xlsx.fonts import mark_of_font
from metrics.intake.formats.xlsx.frame import displayed_text, inline_text

DISPLAYED = {"t", "r"}
# Texts as all programs write them, and what surrounds them.
PLAIN_STRING = re.compile(rb'<si><t(?: xml:space="preserve")?>[^<]*</t></si>')
SURROUNDINGS = re.compile(
    rb"(?:<\?xml [^>]{0,100}\?>\s*)?"
    rb'(?:<sst(?: (?:xmlns(?::\w{1,9})?|count|uniqueCount)="[\w:/.-]*")*>)?\s*(?:</sst>)?\s*'
)
END = b"</si>"


@dataclass
class SharedStrings:
    """What one pass over the shared texts finds; the texts themselves are read by calamine."""

    count: int = 0
    marked: dict[int, str] = field(default_factory=dict)  # numbers with a marked part
    beside: list[str] = field(default_factory=list)  # reading aids, attributes and the like

    def are_all_used(self, used: set[int]) -> bool:
        return len(used) == self.count and max(used, default=-1) < self.count


def read_shared_strings(container: Container, part: str) -> SharedStrings:
    """Count the texts by a pattern where all are plain, which is ten times as fast as parsing."""
    if part not in container:
        return SharedStrings()
    count = count_plain_strings(container, part)
    return parse_strings(container, part) if count is None else SharedStrings(count)


def count_plain_strings(container: Container, part: str) -> int | None:
    """How many texts there are; None if there is anything else between or within them."""
    count, rest = 0, b""
    for chunk in container.chunks(part):
        whole, end, rest = (rest + chunk).rpartition(END)
        others, plain = PLAIN_STRING.subn(b"", whole + end)
        if not SURROUNDINGS.fullmatch(others):
            return None
        count += plain
    return count if SURROUNDINGS.fullmatch(rest) else None


def parse_strings(container: Container, part: str) -> SharedStrings:
    found = SharedStrings()
    for item in xml_items(container, part, {"si", "sst"}):
        if local_name(item.tag) == "sst":
            found.beside += element_texts(item)
            continue
        if any(local_name(part.tag) == "t" and len(part) for part in item.iter()):
            raise two_readings_error()  # an element within a text: some readers stop there
        if text := marked_number(item):
            found.marked[found.count] = text
        found.beside += texts_beside(item)
        found.count += 1
    return found


def string_items(container: Container, part: str) -> Iterator[Element]:
    return xml_items(container, part, {"si"})


def xml_items(container: Container, part: str, tags: set[str]) -> Iterator[Element]:
    """The elements of these names, each cleared after use."""
    for event, element in xml_events(container, part):
        if event == "end" and local_name(element.tag) in tags:
            yield element
            element.clear()


def texts_beside(item: Element) -> Iterator[str]:
    """The texts of an item that no cell displays."""
    yield from element_texts(item)
    for part in item:
        if local_name(part.tag) not in DISPLAYED:
            yield from (text for own in part.iter() for text in element_texts(own))


def unused_texts(container: Container, part: str, used: set[int]) -> Iterator[str]:
    """The texts to which no cell refers any more."""
    for number, item in enumerate(string_items(container, part)):
        if number not in used:
            texts = {inline_text(item), *(own.text or "" for own in item.iter())}
            yield from sorted(filter(is_written, texts))


def marked_number(item: Element) -> str:
    """The text of a number with its marked parts in brackets; empty for any other text."""
    runs = [
        {local_name(part.tag): part for part in run} for run in item if local_name(run.tag) == "r"
    ]
    texts = [displayed_text(run["t"]) if "t" in run else "" for run in runs]
    fonts = [[*run.get("rPr", ())] for run in runs]
    looks = [(bool(mark_of_font(font)), is_unseen_font(font)) for font in fonts]
    return bracket_marks([*zip(texts, mark_unseen(looks), strict=True)])
