"""Every text of an XML part, for the rules that look for persons in what is left out."""

import codecs
import re
from base64 import b64decode
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from io import BytesIO
from urllib.parse import unquote
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from metrics.core.errors import UnreadableError
from metrics.intake.formats.limits import MEGABYTE
from metrics.intake.formats.shared.container import DAMAGE, NEVER_PARSED, Container
from metrics.intake.formats.shared.markup import local_name, xml_events

# Texts that no person writes: numbers, identifiers, colours, words of a program, moments, and
# references to cells.
TECHNICAL = re.compile(
    r"[-+]?\d{0,12}(?:[.,]\d{1,20})?(?:[eE][-+]?\d{1,3})?(?:pt|cm|mm|in|px|em|%)?"
    r"|\{?[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\}?"
    r"|#?[0-9A-Fa-f]{6,8}|[a-z][A-Za-z]{0,23}|[A-Z][a-z]{0,23}|[A-Z]{1,24}"
    r"|[Rr]?rId\d{0,9}|R[0-9A-Fa-f]{0,32}"
    r"|\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[-+]\d\d:\d\d)?)?|PT?[\dYMDTHS.]+"
    r"|\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?"
    r"|ooo:[\w-]+|application/[\w.+-]+|(?:text|image)/\w+"
)
# Attributes whose codes could be taken for a text.
TECHNICAL_ATTRIBUTES = {"hashValue", "saltValue", "panose"}
# Elements and attributes that name who made something, which is left out without a finding.
AUTHORS = {
    "author", "userName", "refreshedBy", "createdBy", "lastModifiedBy", "user", "creator",
}  # fmt: skip
# Whom a server has shared the file with.
SHARED_WITH = re.compile(r"<(?:\w{1,9}:)?UserInfo>\s{0,99}<(?:\w{1,9}:)?DisplayName>[^<]{0,200}")
PATH = re.compile(
    r"'?(?:file:|[A-Za-z]:[\\/]|\\\\|/(?:home|Users)/)"
    r"|[\w/.\-]+\.(?:xml|rels|vml|bin|png|jpe?g|emf|wmf|svm)$"
)
# The drive or server of a path, and whose folder it is, which programs write: C:\\Users\\jsmith.
ROOT = re.compile(r"'?(?:file:)?(?://(?!/)[^/]*|/*[A-Za-z]:)?/*")
OF_USER = re.compile(
    r"/(?:users|homes?\$?|profiles?\$?|personal|documents and settings)/[^/]+", re.IGNORECASE
)
ENDING = re.compile(r"\.\w{1,5}$")
STEPS = re.compile(r"[/#?&=\[\]']+")
# A link to a page of a publisher, or the name of a vocabulary of XML; both may name a person.
PUBLIC_PAGE = re.compile(r"(?:https?://|urn:)[\w.-]+(?:[/:][\w.:/%-]*)?(?:#[\w-]*)?")
PERSONAL = re.compile(r"/(?:users?|profiles?|members?|people|u|channel)(?:/|$)", re.IGNORECASE)
# Names of elements and attributes as vocabularies have them.
USUAL_NAME = re.compile(r"[a-z][A-Za-z0-9]*|[A-Z][a-z0-9]*|[A-Z0-9]+|[a-z0-9]+(?:-[a-z0-9]+)+")
BASE_64 = re.compile(r"[A-Za-z0-9+/=\s]{60,}")
LONGEST_TEXT = 2_000
ZIP = b"PK\x03\x04"
MOST_PACKED = 50  # members of an archive in base64
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
        yield from packed_texts(text) if BASE_64.fullmatch(text) else written_texts(text)


def packed_texts(encoded: str) -> Iterator[str]:
    """The texts of an archive in base64, in which Power Query stores its queries."""
    try:
        content = b64decode(encoded)
        with ZipFile(BytesIO(content[max(content.find(ZIP), 0) :])) as archive:
            for info in archive.infolist()[:MOST_PACKED]:
                with archive.open(info) as part:
                    yield from passages(part.read(MEGABYTE))
    except (*DAMAGE, NotImplementedError, RuntimeError):
        return  # other data in base64


def element_texts(element: Element) -> Iterator[str]:
    yield from filter(None, map(unusual_name, (element.tag, *element.attrib)))
    own = "" if local_name(element.tag) in AUTHORS else element.text
    texts = [own, *(child.tail for child in element)]
    yield from (text.strip() for text in texts if text and is_written(text))
    yield from attribute_texts(element)


@lru_cache(maxsize=10_000)
def unusual_name(tag: str) -> str:
    """The name of an element or attribute that no XML vocabulary has; empty for the others."""
    name = local_name(tag)
    return "" if USUAL_NAME.fullmatch(name) else name


def attribute_texts(element: Element) -> Iterator[str]:
    for attribute, text in element.items():
        if local_name(attribute) not in TECHNICAL_ATTRIBUTES | AUTHORS:
            yield from written_texts(text)


def written_texts(text: str) -> Iterator[str]:
    """The text, if a person may have written it; of a path or address its own words."""
    if not is_written(text):
        return
    if PATH.match(text):
        yield from filter(is_written, path_steps(text))
    elif is_public_page(text):
        yield from filter(is_written, address_words(text))
    else:
        yield text.strip()


def texts_around(container: Container) -> list[str]:
    """The names of all members, and the texts of their XML outside elements and attributes."""
    names = (info.filename for info in container.parts.values())
    found = {step for name in names for step in path_steps(name) if is_written(step)}
    found |= {text for name in container.vocabularies for text in written_texts(name)}
    return sorted(found | container.asides)


def path_steps(path: str) -> list[str]:
    """The folders and the file of a path, without the drive or server and the user's folder."""
    plain = ROOT.sub("/", unquote(path).replace("\\", "/"), count=1)
    return [ENDING.sub("", step) for step in STEPS.split(OF_USER.sub("", plain))]


def address_words(address: str) -> list[str]:
    """What the steps of an address say in letters: its numbers are those of pages and versions."""
    _, *steps = re.split(r"[/:#]+", unquote(address).partition(":")[2].lstrip("/"))
    return [re.sub(r"\d+", " ", ENDING.sub("", step)) for step in steps]


def without_version(text: str) -> str:
    """The name of a program without its version, which may look like the address of a machine."""
    return re.sub(r"[\d.:]+", " ", text)


def is_public_page(text: str) -> bool:
    return bool(PUBLIC_PAGE.fullmatch(text)) and not PERSONAL.search(text)


def is_written(text: str) -> bool:
    """Whether a person may have written it."""
    stripped = text.strip()
    if len(stripped) > LONGEST_TEXT:
        return BASE_64.fullmatch(stripped) is None
    return bool(stripped) and not (TECHNICAL.fullmatch(stripped) or BASE_64.fullmatch(stripped))
