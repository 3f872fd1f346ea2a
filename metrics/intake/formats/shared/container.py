"""The ZIP archive of a workbook, read part by part without trusting its declared sizes."""

import re
import struct
import zlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from metrics.core.errors import KeyedText, Parameter, UnreadableError
from metrics.intake.formats.limits import MEGABYTE, PARTS, UNPACKED_MEGABYTES

CHUNK = 4 * MEGABYTE
XML_PARTS = (".xml", ".rels", ".vml")
DAMAGE = (BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, OverflowError)
IS_ENCRYPTED = 1
# The record at the end of an archive, which may be followed by a comment.
END_OF_ARCHIVE, LONGEST_END = b"PK\x05\x06", 22 + 65_535
DECLARATION = re.compile(rb"(\xef\xbb\xbf)?(?!<\?xml)|(\xef\xbb\xbf)?<\?xml[^>]{0,200}\?>")
ENCODING = re.compile(rb"encoding\s*=\s*[\"']([\w.-]+)")
USUAL_PARTS = re.compile(
    r"\[content_types\]\.xml|_rels/\.rels|docprops/(app|core|custom)\.xml|customxml/item\d{0,3}\.xml"
    r"|xl/(_rels/workbook\.xml\.rels|workbook\.xml|styles\.xml|sharedstrings\.xml)"
    r"|xl/(worksheets/sheet|comments|theme/theme|charts/chart|drawings/drawing)\d{0,3}\.xml"
    r"|content\.xml|styles\.xml|meta\.xml|settings\.xml|meta-inf/manifest\.xml|mimetype"
)
LIST_OF_CONTENTS = "META-INF/manifest.xml"
TYPE_IN_LIST = re.compile(
    rb'<(?:\w{1,9}:)?file-entry\b(?=[^>]*full-path="/")[^>]*media-type="([^"]*)"'
)
# Parts that are left out and that no library opens: Power Query writes them in UTF-16.
NEVER_PARSED = re.compile(r"customxml/")
MARKUP_BEGINS = 16  # bytes within which XML has its first bracket, in any encoding
UTF_8 = {"utf-8", "utf8", "us-ascii", "ascii"}
# Encodings that a refusal may name: any other name is the sender's own text.
NAMED_ENCODINGS = re.compile(
    r"utf-?(?:7|16|32)(?:-?[lb]e)?|iso-8859-\d{1,2}|latin-?\d|windows-12\d\d|(?:cp|ibm)\d{2,4}"
)
# The vocabularies of XML and their prefixes, and comments and instructions: parsers pass over them.
VOCABULARY = re.compile(rb"xmlns(?::([^\s=]+))?\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
ASIDE = re.compile(rb"<!--(.*?)(?:-->|$)|<\?(?!xml\s)(.*?)(?:\?>|$)", re.DOTALL)


class Container:
    """Finds parts case-insensitively, as Excel does."""

    def __init__(self, path: Path) -> None:
        self.archive = open_archive(path)
        self.parts = index_parts(self.archive.infolist())
        # A declared size may be too small, which is detected while unpacking.
        declared = {name: info.file_size for name, info in self.parts.items()}
        self.sizes = {name: size for name, size in declared.items() if name.endswith(XML_PARTS)}
        self.charge("", 0)
        self.seen: set[str] = set()
        self.asides: set[str] = set()  # comments and instructions within what was read
        self.vocabularies: set[str] = set()  # their names and prefixes

    def __contains__(self, name: str) -> bool:
        return part_key(name) in self.parts

    def named(self, pattern: str) -> list[str]:
        """The names of parts that match, in natural order: sheet2 before sheet10."""
        found = [name for name in self.parts if re.fullmatch(pattern, name)]
        return sorted(found, key=lambda name: (len(name), name))

    @cached_property
    def media_type(self) -> str:
        """The media type that an OpenDocument file declares; empty for other archives.

        Some programs write it into the list of contents alone.
        """
        if "mimetype" in self:
            return self.read("mimetype").decode("ascii", "replace").strip()
        listed = (
            TYPE_IN_LIST.search(self.read(LIST_OF_CONTENTS)) if LIST_OF_CONTENTS in self else None
        )
        return listed[1].decode("ascii", "replace") if listed else ""

    def read(self, name: str) -> bytes:
        """Read a small part whole; empty where there is none."""
        return b"".join(self.chunks(name)) if name in self else b""

    def chunks(self, name: str) -> Iterator[bytes]:
        """Stream a part, and refuse it as soon as it is too large or hostile."""
        info = self.parts[part_key(name)]
        previous, size = b"", 0
        for chunk in unpack_part(self.archive, info):
            size += len(chunk)
            self.charge(part_key(name), size)
            if not (previous or never_parsed(part_key(name), chunk)):
                refuse_encoding(info.filename, chunk[:300])
            refuse_entities(info.filename, chunk, previous)
            self.asides.update(asides_of(chunk))
            self.vocabularies.update(vocabularies_of(chunk))
            previous = chunk[-16:]
            yield chunk
        self.seen.add(part_key(name))

    def charge(self, name: str, size: int) -> None:
        self.sizes[name] = max(size, self.sizes.get(name, 0))
        if sum(self.sizes.values()) > UNPACKED_MEGABYTES * MEGABYTE:
            raise UnreadableError("unpacks", megabytes=UNPACKED_MEGABYTES)

    def refuse_large(self, name: str, megabytes: int) -> None:
        if self.sizes.get(part_key(name), 0) > megabytes * MEGABYTE:
            raise UnreadableError("large_part", megabytes=megabytes, part=part_phrase(name))

    def check_rest(self) -> None:
        """Stream the XML parts that were not read yet, before another library opens the archive."""
        for name in self.parts:
            if name.endswith(XML_PARTS) and name not in self.seen:
                for _ in self.chunks(name):
                    pass


def never_parsed(name: str, head: bytes) -> bool:
    """Whether a part is no XML for any library: printer settings are binary, and common."""
    is_binary = not name.endswith(XML_PARTS) and b"<" not in head[:MARKUP_BEGINS]
    return is_binary or bool(NEVER_PARSED.match(name))


def part_key(name: str) -> str:
    """A name as parts are found by: some programs write backslashes into archives."""
    return name.replace("\\", "/").lstrip("/").casefold()


def part_phrase(name: str) -> KeyedText:
    """The name of a part that every workbook may have; other names are the sender's own."""
    is_usual = USUAL_PARTS.fullmatch(part_key(name))
    return KeyedText.filled("own_part", name=name) if is_usual else KeyedText("one_part")


def asides_of(xml: bytes) -> Iterator[str]:
    """The comments and instructions of a piece of XML."""
    if b"<!-" in xml or xml.count(b"<?") > xml.startswith(b"<?"):
        for comment, instruction in ASIDE.findall(xml):
            yield (comment or instruction).decode("utf-8", "replace").strip()


def vocabularies_of(xml: bytes) -> Iterator[str]:
    """The vocabularies that a piece of XML declares, and their prefixes."""
    for declared in set(VOCABULARY.findall(xml)):
        yield from (part.decode("utf-8", "replace") for part in declared if part)


def open_archive(path: Path) -> ZipFile:
    try:
        return ZipFile(path)
    except (*DAMAGE, NotImplementedError) as error:
        if _has_end(path):
            raise damage_error("directory") from error
        raise damage_error("cut_off") from error


def _has_end(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - LONGEST_END))
        return END_OF_ARCHIVE in file.read()


def index_parts(infos: list[ZipInfo]) -> dict[str, ZipInfo]:
    """The parts by name; refuse too many parts, duplicate names and unsafe names."""
    if len(infos) > PARTS:
        raise UnreadableError("many_parts", number=len(infos), most=PARTS)
    parts = {part_key(info.filename): info for info in infos}
    if len(parts) < len(infos):
        raise UnreadableError("part_twice", part=part_phrase(repeated_name(infos)))
    for info in infos:
        refuse_unsafe_part(info)
    return parts


def two_readings_error() -> UnreadableError:
    return UnreadableError("two_ways")


def damage_error(reason: str, /, **parameters: Parameter) -> UnreadableError:
    """The error of a damaged file; the reason is a key of a phrase, with its parameters."""
    return UnreadableError("damaged", reason=KeyedText.filled(f"damage_{reason}", **parameters))


def password_error() -> UnreadableError:
    return UnreadableError("password")


def repeated_name(infos: list[ZipInfo]) -> str:
    names = [part_key(info.filename) for info in infos]
    return next(name for name in names if names.count(name) > 1)[:100]


def refuse_unsafe_part(info: ZipInfo) -> None:
    if info.flag_bits & IS_ENCRYPTED:
        raise password_error()
    if ".." in re.split(r"[/\\]", info.filename) or re.match(r"/{2}|\\|\w:", info.filename):
        raise UnreadableError("part_outside")
    if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise UnreadableError("part_packed", part=part_phrase(info.filename))


def unpack_part(archive: ZipFile, info: ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(info) as part:
            while chunk := part.read(CHUNK):
                yield chunk
    except BadZipFile as error:
        raise damage_error("part_checksum", part=part_phrase(info.filename)) from error
    except EOFError as error:
        raise damage_error("part_cut_off", part=part_phrase(info.filename)) from error
    except (*DAMAGE, NotImplementedError, RuntimeError) as error:
        raise damage_error("part_packed", part=part_phrase(info.filename)) from error


def refuse_entities(name: str, chunk: bytes, previous: bytes) -> None:
    """Refuse document types: they can define entities that explode or read other files."""
    joined = previous + chunk[:16]
    if any(sign in text for sign in (b"<!DOCTYPE", b"<!ENTITY") for text in (joined, chunk)):
        raise UnreadableError("entities", part=part_phrase(name))


def declared_encoding(head: bytes) -> str:
    """The declared encoding, empty if it is unknown; XML that declares none is in UTF-8."""
    declaration = DECLARATION.match(head)
    if declaration is None or b"\0" in head:
        return ""
    encoding = ENCODING.search(declaration[0])
    name = encoding[1].decode("ascii", "replace").lower() if encoding else "utf-8"
    return name if name in UTF_8 or NAMED_ENCODINGS.fullmatch(name) else ""


def refuse_encoding(name: str, head: bytes) -> None:
    """Refuse encodings other than UTF-8, in which entities could go undetected."""
    encoding = declared_encoding(head)
    if encoding not in UTF_8:
        raise UnreadableError(
            "part_encoding",
            part=part_phrase(name),
            encoding=encoding or KeyedText("encoding_unknown"),
        )
