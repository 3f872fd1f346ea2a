"""Find what a ZIP archive holds beside its members: bytes around them, comments, extra fields."""

import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from metrics.intake.formats.limits import MEGABYTE, UNPACKED_MEGABYTES

LOCAL_HEADER, CENTRAL_HEADER, END_RECORD = 30, 46, 22
ZIP64_END_RECORDS = 56 + 20
FIELD_HEADER = 4
HAS_DESCRIPTOR = 8
DESCRIPTOR_SIGNATURE = b"PK\x07\x08"
LARGEST = 0xFFFFFFFF
MOST_SEARCHED = 1 << 20  # bytes of one gap
MOST_UNPACKED = UNPACKED_MEGABYTES * MEGABYTE  # larger members, all pictures, are errors anyway
# Sizes, times and owners that programs write; padding is accepted if it is empty.
KNOWN_FIELDS = {0x0001: 32, 0x5455: 13, 0x7875: 16, 0x5855: 16, 0x000A: 36, 0xCAFE: 0}
PADDING_FIELD, PADDING = 0xA220, re.compile(rb"\x28\xa0.{2}\x00*", re.DOTALL)
PRINTABLE = re.compile(rb"[\x20-\x7e\x80-\xff]{6,}")
PRINTABLE_UTF_16 = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\x00|[\x00-\xff][\x03\x04]){6,}")


def stray_content(path: Path, archive: ZipFile) -> list[bytes]:
    """Whatever no member of the archive accounts for; empty for an archive in good order."""
    infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    with path.open("rb") as file:
        content = FileContent(file.read())
    found = [archive.comment, *(info.comment for info in infos)]
    found += (
        field for info in infos for field in unknown_fields(info.extra + content.local_extra(info))
    )
    found += content.between_members(infos, archive.start_dir)
    found += map(content.beyond_member, infos)
    found.append(content.after_directory(infos, archive.start_dir))
    return [stray for stray in found if stray]


class FileContent:
    """The bytes of an archive, in which its members are located."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def between_members(self, infos: list[ZipInfo], directory: int) -> Iterator[bytes]:
        """Bytes before the first member, between two, and before the directory."""
        ends = [0, *(self.end_of(info) for info in infos)]
        starts = [*(info.header_offset for info in infos), directory]
        for end, start in zip(ends, starts, strict=True):
            if end != start:
                yield self.content[min(end, start) : max(end, start)][:MOST_SEARCHED]

    def end_of(self, info: ZipInfo) -> int:
        name, extra = self.local_lengths(info)
        end = info.header_offset + LOCAL_HEADER + name + extra + info.compress_size
        return end + self.descriptor_length(info, end)

    def beyond_member(self, info: ZipInfo) -> bytes:
        """Bytes inside a packed member that no program unpacks: beyond its stream, or its size."""
        start = info.header_offset + LOCAL_HEADER + sum(self.local_lengths(info))
        packed = memoryview(self.content)[start : start + info.compress_size]
        if info.compress_type == ZIP_STORED:
            return bytes(packed[info.file_size :][:MOST_SEARCHED])
        try:
            return beyond_stream(bytes(packed), info.file_size)
        except zlib.error:  # of a picture, which is not read
            return bytes(packed[:MOST_SEARCHED])

    def local_lengths(self, info: ZipInfo) -> tuple[int, int]:
        header = self.content[info.header_offset : info.header_offset + LOCAL_HEADER]
        return struct.unpack("<2H", header[26:30]) if len(header) == LOCAL_HEADER else (0, 0)

    def local_extra(self, info: ZipInfo) -> bytes:
        name, extra = self.local_lengths(info)
        start = info.header_offset + LOCAL_HEADER + name
        return self.content[start : start + extra]

    def descriptor_length(self, info: ZipInfo, end: int) -> int:
        """The length of the checksum and sizes that some programs write after a member."""
        if not info.flag_bits & HAS_DESCRIPTOR:
            return 0
        for form in ("<3L", "<LQQ"):
            if max(info.file_size, info.compress_size) > LARGEST and form == "<3L":
                continue
            sizes = struct.pack(form, info.CRC, info.compress_size, info.file_size)
            for descriptor in (DESCRIPTOR_SIGNATURE + sizes, sizes):
                if self.content.startswith(descriptor, end):
                    return len(descriptor)
        return 0

    def after_directory(self, infos: list[ZipInfo], directory: int) -> bytes:
        """Bytes after the directory's last entry that are not the record of its end."""
        end = directory + sum(
            CENTRAL_HEADER + len(info.orig_filename.encode()) + len(info.extra) + len(info.comment)
            for info in infos
        )
        rest = self.content[end:]
        if len(rest) == END_RECORD and rest.startswith(b"PK\x05\x06"):
            return b""
        is_zip64 = rest.startswith(b"PK\x06\x06") and rest[-END_RECORD:].startswith(b"PK\x05\x06")
        if is_zip64 and len(rest) == ZIP64_END_RECORDS + END_RECORD:
            return b""
        return rest[:MOST_SEARCHED]


def beyond_stream(packed: bytes, size: int) -> bytes:
    """What follows a stream, or the piece in which it unpacks to more than its declared size."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    piece, unpacked = stream.decompress(packed, MEGABYTE), 0
    while piece and unpacked < MOST_UNPACKED:
        unpacked += len(piece)
        if unpacked > size:
            return piece
        piece = stream.decompress(stream.unconsumed_tail, MEGABYTE)
    return stream.unused_data[:MOST_SEARCHED]


def unknown_fields(extra: bytes) -> Iterator[bytes]:
    """The extra fields of a member that could hold anything."""
    while len(extra) >= FIELD_HEADER:
        kind, length = struct.unpack("<2H", extra[:FIELD_HEADER])
        field, extra = extra[FIELD_HEADER:][:length], extra[FIELD_HEADER + length :]
        if kind == PADDING_FIELD:
            if not PADDING.fullmatch(field):
                yield field
        elif length > KNOWN_FIELDS.get(kind, -1):
            yield field
    if extra.strip(b"\0"):
        yield extra


def printable_texts(content: bytes) -> Iterator[str]:
    """The readable passages of binary content, in one byte or two for each letter."""
    for passage in PRINTABLE.findall(content):
        yield passage.decode("utf-8", "replace")
    for passage in PRINTABLE_UTF_16.findall(content):
        yield passage.decode("utf-16-le", "replace")
