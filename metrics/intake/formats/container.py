"""The ZIP archive that a workbook is: opened in parts, without trust in what it declares."""

import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from metrics.core.errors import UnreadableError
from metrics.intake.formats.limits import MEGABYTE, PARTS, UNPACKED_MEGABYTES

CHUNK = 4 * MEGABYTE
XML_PARTS = (".xml", ".rels", ".vml")
DAMAGE = (BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, OverflowError)
IS_ENCRYPTED = 1
DECLARATION = re.compile(rb"(\xef\xbb\xbf)?(?!<\?xml)|(\xef\xbb\xbf)?<\?xml[^>]{0,200}\?>")
ENCODING = re.compile(rb"encoding\s*=\s*[\"']([\w.-]+)")
UTF_8 = {"utf-8", "utf8", "us-ascii", "ascii"}


class Container:
    """Parts are found whatever the case of their names, as Excel finds them."""

    def __init__(self, path: Path) -> None:
        self.archive = opened(path)
        self.parts = parts_of(self.archive.infolist())
        # What is declared may be too little: then it is found out while unpacking.
        declared = {name: info.file_size for name, info in self.parts.items()}
        self.sizes = {name: size for name, size in declared.items() if name.endswith(XML_PARTS)}
        self.charge("", 0)
        self.seen: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return key(name) in self.parts

    def named(self, pattern: str) -> list[str]:
        """The names that match, in their own order of numbers: sheet2 before sheet10."""
        found = [name for name in self.parts if re.fullmatch(pattern, name)]
        return sorted(found, key=lambda name: (len(name), name))

    def read(self, name: str) -> bytes:
        """A small part whole; empty where there is none."""
        return b"".join(self.chunks(name)) if name in self else b""

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part as it comes, and refused on the way when it is too large or plays a trick."""
        info = self.parts[key(name)]
        before, size = b"", 0
        for chunk in unpacked(self.archive, info):
            size += len(chunk)
            self.charge(key(name), size)
            refuse_tricks(info.filename, chunk, before)
            before = chunk[-16:]
            yield chunk
        self.seen.add(key(name))

    def charge(self, name: str, size: int) -> None:
        self.sizes[name] = max(size, self.sizes.get(name, 0))
        if sum(self.sizes.values()) > UNPACKED_MEGABYTES * MEGABYTE:
            raise UnreadableError(
                f"unpacks to more than {UNPACKED_MEGABYTES} MB of XML; "
                "remove sheets and formats that are not needed, or send it in parts"
            )

    def refuse_large(self, name: str, megabytes: int) -> None:
        if self.sizes.get(key(name), 0) > megabytes * MEGABYTE:
            raise UnreadableError(f"has more than {megabytes} MB in its part {name[:60]!r} alone; "
                                  "remove comments, drawings or formats not needed")  # fmt: skip

    def check_rest(self) -> None:
        """Another reader is let in only when every part has been looked through."""
        for name in self.parts:
            if name.endswith(XML_PARTS) and name not in self.seen:
                for _ in self.chunks(name):
                    pass


def key(name: str) -> str:
    return name.lstrip("/").casefold()


def opened(path: Path) -> ZipFile:
    try:
        return ZipFile(path)
    except (*DAMAGE, NotImplementedError) as wrong:
        raise damaged(str(wrong)) from wrong


def parts_of(infos: list[ZipInfo]) -> dict[str, ZipInfo]:
    """By their names; refused where these are too many, the same, or no names of parts."""
    if len(infos) > PARTS:
        raise UnreadableError(f"holds {len(infos):,} parts; a workbook has at most {PARTS:,}")
    parts = {key(info.filename): info for info in infos}
    if len(parts) < len(infos):
        raise UnreadableError(f"holds {repeated(infos)!r} twice; no spreadsheet program "
                              "writes that. Open it and save it again")  # fmt: skip
    for info in infos:
        refuse_odd(info)
    return parts


def damaged(how: str) -> UnreadableError:
    return UnreadableError(f"is damaged ({how[:120]}); open it in the program that made it, "
                           "save it again and send that")  # fmt: skip


def locked() -> UnreadableError:
    return UnreadableError("is protected by a password; take the password off and send it again")


def repeated(infos: list[ZipInfo]) -> str:
    names = [key(info.filename) for info in infos]
    return next(name for name in names if names.count(name) > 1)[:100]


def refuse_odd(info: ZipInfo) -> None:
    if info.flag_bits & IS_ENCRYPTED:
        raise locked()
    if ".." in re.split(r"[/\\]", info.filename) or re.match(r"/{2}|\\|\w:", info.filename):
        raise UnreadableError(f"holds a part named {info.filename[:100]!r}, which points outside "
                              "the file; open it and save it again")  # fmt: skip
    if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise UnreadableError(f"packs {info.filename[:100]!r} in a way that no spreadsheet program "
                              "does; open it and save it again")  # fmt: skip


def unpacked(archive: ZipFile, info: ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(info) as part:
            while chunk := part.read(CHUNK):
                yield chunk
    except (*DAMAGE, NotImplementedError, RuntimeError) as wrong:
        raise damaged(f"{info.filename[:60]}: {wrong}") from wrong


def refuse_tricks(name: str, chunk: bytes, before: bytes) -> None:
    """A document type can hold entities that grow without end or read other files."""
    if not before:
        refuse_encoding(name, chunk[:300])
    joined = before + chunk[:16]
    if any(trick in text for trick in (b"<!DOCTYPE", b"<!ENTITY") for text in (joined, chunk)):
        raise UnreadableError(f"declares a document type or entities in {name[:100]!r}; "
                              "no spreadsheet writes that. Open it and save it again")  # fmt: skip


def encoding_of(head: bytes) -> str:
    """As it is declared; XML that declares none is in UTF-8."""
    declaration = DECLARATION.match(head)
    if declaration is None or b"\0" in head:
        return "an unknown encoding"
    encoding = ENCODING.search(declaration[0])
    return encoding[1].decode("ascii", "replace").lower() if encoding else "utf-8"


def refuse_encoding(name: str, head: bytes) -> None:
    """Only in UTF-8 is what was looked for above what any parser would see."""
    written = encoding_of(head)
    if written not in UTF_8:
        raise UnreadableError(f"has its part {name[:100]!r} written in {written}, not in UTF-8; "
                              "open it and save it again")  # fmt: skip
