"""Recognise a file's format by its content, or explain in a sentence why it is not read."""

import csv
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from metrics.core.error_origins import name_faulty_part
from metrics.core.errors import KeyedText, UnreadableError
from metrics.intake.formats import (
    FileFormat,
    file_formats,
    readable_suffixes,
    recommended_suffixes,
)
from metrics.intake.formats.contents import FileContents, TextContents
from metrics.intake.formats.limits import FILE_MEGABYTES, MEGABYTE
from metrics.intake.formats.shared.container import Container, password_error
from metrics.intake.formats.shared.zip_layout import printable_texts, stray_content
from metrics.intake.formats.submitted_file import SubmittedFile, copy_text

REFUSED = Path(__file__).with_name("refused.csv")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# These endings are a mistake on a file that can be read; other unknown endings are ignored.
MISLEADING_SUFFIXES = {".xls", ".xlsb", ".pdf", ".docx", ".html"}
OPEN_DOCUMENT_TYPE = re.compile(
    r"application/vnd\.oasis\.opendocument\."
    r"(?:text|presentation|graphics|chart|formula|image|database|text-(?:master|web))(?:-template)?"
)
MARKUP_LETTERS = 2000  # the beginning of a text, which shows the kind of markup


def read_file(file: SubmittedFile) -> FileContents:
    """Read a file in the format of its content, which must match its name."""
    file_format = recognise(file)
    # Whether a text has columns is known only after reading it, so its name is checked afterwards.
    if file_format.stored_as != "text":
        refuse_misleading_name(file.name, file_format)
    with name_faulty_part(f"file format {file_format.name}"):
        contents = file_format.read(file)
    refuse_misleading_name(file.name, file_format)
    if file_format.stored_as == "zip":
        add_stray_content(file, contents)
    if file_format.copy is None and file_format.stored_as == "text":
        contents.left_out.extend(TextContents("part", line) for line in file.text.splitlines())
    return replace(contents, format=file_format.name)


def add_stray_content(file: SubmittedFile, contents: FileContents) -> None:
    """Report content of the archive beside its parts, and pass its texts on to be searched."""
    # Imported here, because a text file is read without the parser of XML.
    from metrics.intake.formats.shared.part_texts import is_written  # noqa: PLC0415

    if strays := stray_content(file.path, file.container.archive):
        contents.remarks.append("stray_bytes")
        texts = {text for stray in strays for text in printable_texts(stray) if is_written(text)}
        contents.left_out.extend(TextContents("part", text) for text in sorted(texts))


def write_copy(file: SubmittedFile, contents: FileContents, target: Path) -> None:
    """Write the clean copy of a file that was read."""
    file_format = next(known for known in file_formats() if known.name == contents.format)
    copy = file_format.copy or (copy_text if file_format.stored_as == "text" else None)
    if copy is None:
        raise UnreadableError(
            "not_kept", kind=format_phrase(file_format), readable=recommended_suffixes()
        )
    with name_faulty_part(f"file format {file_format.name}"):
        copy(file, contents, target)
    if target.stat().st_size > FILE_MEGABYTES * MEGABYTE:
        raise UnreadableError("large_in_utf8", megabytes=FILE_MEGABYTES)


def recognise(file: SubmittedFile) -> FileFormat:
    if not file.head:
        raise UnreadableError("empty")
    refuse_by_signs("begins", lambda sign: file.head.startswith(escaped_bytes(sign)))
    if binary := find_format("binary", file):
        return binary
    if file.head.startswith(OLD_OFFICE):
        refuse_old_office(file.head)
    if file.is_zip:
        refuse_by_signs("archive", file.container.named)
        return find_format("zip", file) or refuse_archive(file.container)
    file_format = find_format("text", file)
    if file_format is None or file_format.accepts_any_text:
        refuse_markup(file.text)
    if file_format is None:
        raise unreadable_error("unknown_text", "way_send")
    return file_format


def find_format(stored_as: str, file: SubmittedFile) -> FileFormat | None:
    for file_format in file_formats():
        with name_faulty_part(f"file format {file_format.name}"):
            if file_format.stored_as == stored_as and file_format.recognises(file):
                return file_format
    return None


def refuse_by_signs(found: str, holds: Callable[[str], object]) -> bool:
    """Refuse the file by the first matching sign in `refused.csv`, of one kind (`found`).

    If a format declares the ending of the matching sign, such files are read: return True instead.
    """
    with REFUSED.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            if row["found"] == found and holds(row["sign"]):
                if row["suffix"] in readable_suffixes():
                    return True
                raise unreadable_error(row["kind"], row["way_out"], row["name"])
    return False


def unreadable_error(kind: str, way_out: str, name: str = "") -> UnreadableError:
    """The error of a file of a kind that is not read; kind and way out are keys of phrases."""
    return UnreadableError(
        "not_read",
        kind=KeyedText.filled(kind, name=name),
        way=KeyedText.filled(way_out, readable=recommended_suffixes()),
    )


def format_phrase(file_format: FileFormat) -> KeyedText:
    return KeyedText(f"kind_{file_format.name}")


def escaped_bytes(sign: str) -> bytes:
    r"""The bytes of a sign; non-letters are written as `\x89`."""
    return sign.encode().decode("unicode_escape").encode("latin-1")


def refuse_old_office(head: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in head:
        raise password_error()
    # Names of the streams inside, written in UTF-16, distinguish the old Office formats.
    if not refuse_by_signs("old_office", lambda stream: stream.encode("utf-16-le") in head):
        raise unreadable_error("old_office", "way_xlsx")


def refuse_markup(text: str) -> None:
    beginning = text[:MARKUP_LETTERS].lstrip("\ufeff \r\n\t").casefold()
    refuse_by_signs("text", beginning.startswith)
    if beginning.startswith("<"):
        refuse_by_signs("markup", lambda sign: sign in beginning)


def refuse_archive(container: Container) -> NoReturn:
    if media_type := container.media_type:
        known = OPEN_DOCUMENT_TYPE.fullmatch(media_type)
        kind = "odf_of_type" if known else "other_document"
        raise unreadable_error(kind, "way_source", media_type)
    raise UnreadableError("archive", number=len(container.parts))


def refuse_misleading_name(name: str, file_format: FileFormat) -> None:
    """Refuse a name whose ending contradicts the content, so that the mistake is noticed."""
    suffix = Path(name).suffix.casefold()
    readable = suffix in readable_suffixes()
    if suffix in file_format.suffixes or not (readable or suffix in MISLEADING_SUFFIXES):
        return
    kind, right = format_phrase(file_format), file_format.suffixes[0]
    if readable:
        raise UnreadableError(
            "other_name_or_save", kind=kind, suffix=suffix, right=right, other=suffix
        )
    raise UnreadableError("other_name", kind=kind, suffix=suffix, right=right)
