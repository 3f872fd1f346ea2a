"""Why a file cannot be read is said in the reader's language, without a word of a library."""

import csv
import re
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from metrics.__main__ import run
from metrics.core.errors import UnreadableError
from metrics.intake.formats.recognise import REFUSED as SIGNS
from metrics.intake.formats.recognise import read_file, write_copy
from metrics.intake.formats.submitted_file import SubmittedFile
from metrics.messages import messages
from metrics.messages.error_texts import refusal_text
from tests.hostile import REFUSED, SHEET, Maker, changed, content, good

SLOW = {
    "far cell", "wide rows", "row bomb", "long text", "long text often", "many entries", "many sheets", "deep",
    "rows for ever", "columns for ever", "one long line", "half a million comments", "late doctype",
}  # fmt: skip
WORD = re.compile(r"[^\W\d_]{2,}")
# File, part and ending, which are no words.
GIVEN = re.compile(
    r"'[^']*'|\[Content_Types\]\.xml|a\.\w+|\S+/\S+|\.\w+|\b[\w.-]+\.xml\b|[\w.]*opendocument[\w.]*"
)
PLACEHOLDER = re.compile(r"\{[^}]*\}")


def with_bytes_at(sign: bytes, offset: int, new: bytes) -> Maker:
    """The good workbook with some bytes after the last occurrence of a sign overwritten."""
    whole = bytearray(good())
    start = whole.rindex(sign) + offset
    whole[start : start + len(new)] = new
    return content(bytes(whole))


def packed_badly(path: Path) -> None:
    """The good workbook with the packed bytes of its first part replaced."""
    whole = bytearray(good())
    names, extra = struct.unpack_from("<HH", whole, 26)
    start = 30 + names + extra
    whole[start : start + 40] = b"\xff" * 40
    path.write_bytes(whole)


DAMAGED: Mapping[str, Maker] = {
    "no archive": content(b"PK\x03\x04" + b"x" * 500),
    "cut off": content(good()[:-100]),
    "list of contents": with_bytes_at(b"PK\x01\x02", 0, b"XX"),
    "packed badly": packed_badly,
    "checksum": with_bytes_at(b"PK\x01\x02", 16, b"\0\0\0\0"),
    "method of packing": with_bytes_at(b"PK\x01\x02", 10, b"\x63\x00"),
    "part that ends": changed(SHEET, lambda xml: xml[:-40]),
    "part without content": changed(SHEET, lambda _: b""),
    "other closing tag": changed(SHEET, lambda xml: xml.replace(b"</sheetData>", b"</rows>")),
    "text after the end": changed("xl/workbook.xml", lambda xml: xml + b"<more/>"),
    "undefined entity": changed("xl/workbook.xml", lambda xml: xml.replace(b"<sheets>", b"&what;<sheets>")),
    "attribute twice": changed("xl/workbook.xml", lambda xml: xml.replace(b"<sheets>", b'<sheets a="1" a="2">')),
    "unbound prefix": changed("xl/workbook.xml", lambda xml: xml.replace(b"<sheets>", b"<x:y/><sheets>")),
    "character not allowed": changed("xl/sharedStrings.xml", lambda xml: xml.replace(b"<si>", b"\x01<si>", 1)),
    "not UTF-8": changed("xl/sharedStrings.xml", lambda xml: xml.replace(b"<t>", b"<t>\xff", 1)),
    "styles": changed("xl/styles.xml", lambda xml: xml[: len(xml) // 2]),
    "relationships": changed("xl/_rels/workbook.xml.rels", lambda xml: xml.replace(b"<", b"<<", 1)),
}  # fmt: skip
MADE: Mapping[str, tuple[Maker, str]] = {
    **{name: (maker, "a.xlsx") for name, maker in DAMAGED.items()},
    **{name: (maker, file) for name, (maker, file, _) in REFUSED.items() if name not in SLOW},
}


def refusal_of(maker: Maker, path: Path, name: str) -> UnreadableError:
    maker(path)
    file = SubmittedFile(path, name)
    with pytest.raises(UnreadableError) as refused:
        write_copy(file, read_file(file), path.with_suffix(".copy"))
    return refused.value.naming(name)


def own_words(language: str) -> set[str]:
    """The words of all refusals in a language, and the names of formats."""
    texts = [
        text for section in messages(language, "refusals").values() for text in _forms(section)
    ]
    with SIGNS.open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    return {word for text in [*texts, *names] for word in WORD.findall(PLACEHOLDER.sub(" ", text))}


def _forms(section: Mapping[str, object]) -> Iterator[str]:
    for text in section.values():
        yield from text.values() if isinstance(text, Mapping) else (str(text),)


@pytest.mark.parametrize("name", MADE)
def test_no_word_of_a_library_is_in_the_sentence_of_a_refusal(name: str, tmp_path: Path) -> None:
    maker, file = MADE[name]

    refusal = refusal_of(maker, tmp_path / "sent", file)

    for language in ("fi", "el"):
        sentence = refusal_text(refusal.text, language)
        said = GIVEN.sub(" ", sentence)
        assert {*WORD.findall(said)} <= own_words(language), sentence


def test_the_command_line_says_where_a_part_is_damaged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.xlsx"
    DAMAGED["other closing tag"](path)

    assert run(["--language", "fi", "--home", str(tmp_path / "home"), "validate", str(path)]) == 2

    answer = "".join(capsys.readouterr())
    assert "virheellistä XML:ää rivillä" in answer
    assert "mismatched" not in answer
