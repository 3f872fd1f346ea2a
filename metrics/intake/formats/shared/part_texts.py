"""Every text of an XML part, for the rules that look for persons in what is left out."""

import codecs
import re
from collections.abc import Iterator
from html import unescape
from xml.etree.ElementTree import Element

from metrics.core.errors import UnreadableError
from metrics.intake.formats.shared.container import NEVER_PARSED, Container
from metrics.intake.formats.shared.markup import local_name, xml_events

# Texts that no person writes: numbers, identifiers, colours, moments, references to cells, and the
# addresses that name the vocabularies of XML.
TECHNICAL = re.compile(
    r"[-+]?\d{0,12}(?:[.,]\d{1,20})?(?:[eE][-+]?\d{1,3})?(?:pt|cm|mm|in|px|em|%)?"
    r"|\{?[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\}?"
    r"|#?[0-9A-Fa-f]{6,8}|[A-Za-z]{1,24}"
    r"|(?:[Rr]?rId|R)\w{0,32}"
    r"|\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[-+]\d\d:\d\d)?)?|PT?[\dYMDTHS.]+"
    r"|\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?"
    r"|(?:https?://|urn:)(?:schemas\.(?:openxmlformats|microsoft)|(?:www\.)?w3|purl|"
    r"docs\.oasis-open|openoffice|(?:www\.)?libreoffice|oasis|sheetjs)[^\s@?]*"
    r"|[\w/.\-]+\.(?:xml|rels|vml|bin|png|jpe?g|emf|wmf|svm)"
    r"|ooo:[\w-]+|application/[\w.+-]+|(?:text|image)/\w+"
)
# Attributes with codes, fonts and measures of a program.
TECHNICAL_ATTRIBUTES = {
    "typeface", "panose", "font-name", "font-family", "guid", "uid", "rsid", "algorithmName",
    "hashValue", "saltValue", "spinCount", "style", "path", "coordsize", "formatCode", "Extension",
    "script", "lastGUID", "sqref", "ref",
}  # fmt: skip
# Elements and attributes that name who made something, which is left out unasked.
AUTHORS = {
    "author", "userName", "refreshedBy", "createdBy", "lastModifiedBy", "user", "creator",
}  # fmt: skip
# Whom a server has shared the file with.
SHARED_WITH = re.compile(r"<(?:\w{1,9}:)?UserInfo>\s{0,99}<(?:\w{1,9}:)?DisplayName>[^<]{0,200}")
PATH = re.compile(r"file:|[A-Za-z]:\\|\\\\")
# A link to a page of a publisher, and nothing that could name a reader or a person.
PUBLIC_PAGE = re.compile(r"https?://[\w.-]+(?:/[\w./%-]*)?(?:#[\w-]*)?")
PERSONAL = re.compile(r"/(?:users?|profiles?|members?|people|u|channel)(?:/|$)", re.IGNORECASE)
BASE_64 = re.compile(r"[A-Za-z0-9+/=\s]{60,}")
LONGEST_TEXT = 2_000
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def part_texts(container: Container, name: str) -> Iterator[str]:
    """The texts and attributes of a part; if it is no XML, its readable passages."""
    if NEVER_PARSED.match(name):
        yield from passages(container.read(name))
        return
    try:
        for event, element in xml_events(container, name):
            if event == "end":
                yield from element_texts(element)
                del element[:]  # its texts were given; what follows it is kept with it
    except UnreadableError:
        yield from passages(container.read(name))


def passages(content: bytes) -> Iterator[str]:
    """The texts between the marks of XML, in whatever encoding, that is not parsed."""
    encoding = "utf-16" if content.startswith(UTF_16) else "utf-8"
    texts = re.split(r"[<>\"\n]+", SHARED_WITH.sub("", content.decode(encoding, "replace")))
    for text in map(str.strip, map(unescape, texts)):
        if is_written(text) and not (PATH.match(text) or is_public_page(text)):
            yield text


def element_texts(element: Element) -> Iterator[str]:
    if local_name(element.tag) in AUTHORS:
        return
    texts = [element.text, *(child.tail for child in element)]
    yield from (text.strip() for text in texts if text and is_written(text))
    yield from attribute_texts(element)


def attribute_texts(element: Element) -> Iterator[str]:
    for attribute, text in element.items():
        is_technical = local_name(attribute) in TECHNICAL_ATTRIBUTES | AUTHORS
        if is_written(text) and not (is_technical or PATH.match(text) or is_public_page(text)):
            yield text.strip()


def is_public_page(text: str) -> bool:
    return bool(PUBLIC_PAGE.fullmatch(text)) and not PERSONAL.search(text)


def is_written(text: str) -> bool:
    """Whether a person may have written it."""
    stripped = text.strip()
    if len(stripped) > LONGEST_TEXT:
        return BASE_64.fullmatch(stripped) is None
    return bool(stripped) and not (TECHNICAL.fullmatch(stripped) or BASE_64.fullmatch(stripped))
