"""Detect the encoding of a text file: by its byte order mark, or from its letters."""

import codecs
import re
from collections.abc import Iterable
from itertools import pairwise

from metrics.core.errors import UnreadableError
from metrics.intake.formats import recommended_suffixes

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The non-ASCII letters of the languages of each Windows encoding. If two encodings fit equally
# well, the first is taken.
LETTERS = {
    "cp1252": "äöüßéèêëàâáãåæøñçíìïîóòôõœúùûÿý",
    "cp1253": "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώςϊϋΐΰ",
    "cp1251": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "cp1250": "ąćęłńóśźżáčďéěíňřšťúůýžľĺŕôäöüőűăâîșțşţđß",
    "cp1257": "āčēģīķļņōŗšūžąęėįųöäüõ",
}
# Greek and Cyrillic share most bytes: they are distinguished by which letters are frequent.
FREQUENT = {"cp1253": "αοιετνσςηρ", "cp1251": "аиоетнрсвд"}
# What Baltic text looks like in another encoding, and what no language of that encoding contains.
IMPOSSIBLE = {
    "cp1252": re.compile(r"ç[b-df-hj-np-tv-xz]|è[aeiou]|[aeiou]ø", re.IGNORECASE),
    "cp1250": re.compile(r"[b-df-hj-np-tv-xzi]ř\b", re.IGNORECASE),
}
# Encodings of Macintosh, DOS and Unix, in which the same bytes are other letters.
OTHER_ENCODINGS = (
    "mac_roman", "mac_latin2", "mac_greek", "mac_cyrillic", "cp437", "cp850", "cp852", "cp775",
    "cp737", "cp869", "cp855", "cp866", "iso8859_2", "iso8859_5", "iso8859_7", "koi8_r",
)  # fmt: skip
NEUTRAL_SIGNS = "–—‘’“”„…€£§°±²³·«»\xa0\xad"
SHARE_OF_ZEROS = 0.7
# As many letters in valid UTF-8 per invalid byte make another encoding implausible: in the Windows
# encodings, hardly any pair of letters beyond ASCII happens to be valid UTF-8.
VALID_PER_DAMAGED = 3


def decode_text(content: bytes) -> tuple[str, str]:
    """Text and encoding; `utf-8`, `utf-16` and `utf-32` are certain, others are worked out."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return decode_as(content, encoding), encoding.removesuffix("-sig")
    if utf_16 := detect_utf_16(content):
        return decode_as(content, utf_16), "utf-16"
    if b"\0" in content:
        raise UnreadableError(
            "no_text_zero", byte=content.index(0), readable=recommended_suffixes()
        )
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        refuse_damaged_utf_8(content, error)
        return guess_encoding(content)


def refuse_damaged_utf_8(content: bytes, error: UnicodeDecodeError) -> None:
    """UnreadableError where nearly all letters are valid UTF-8: others would be garbled."""
    valid = sum(not letter.isascii() for letter in content.decode("utf-8", "ignore"))
    damaged = content.decode("utf-8", "replace").count("\ufffd")
    if valid >= VALID_PER_DAMAGED * damaged:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableError(
            "damaged_utf8", bytes=damaged, line=line, byte=f"{error.object[error.start]:#04x}"
        )


def decode_as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError("damaged_text", encoding=encoding, byte=error.start) from error


def detect_utf_16(content: bytes) -> str:
    """UTF-16 of European text has a zero in nearly every other byte."""
    even, odd = content[:1000:2], content[1:1000:2]
    if odd.count(0) > SHARE_OF_ZEROS * len(odd) and not even.count(0):
        return "utf-16-le"
    if even.count(0) > SHARE_OF_ZEROS * len(even) and not odd.count(0):
        return "utf-16-be"
    return ""


def guess_encoding(content: bytes) -> tuple[str, str]:
    texts = {encoding: content.decode(encoding, "replace") for encoding in LETTERS}
    encoding = max(texts, key=lambda encoding: likelihood(texts[encoding][:200_000], encoding))
    text = texts[encoding]
    controls = sum(not is_displayed(letter) for letter in text[:10_000])
    if controls > len(text[:10_000]) // 50:
        raise UnreadableError("no_text", letters=controls, readable=recommended_suffixes())
    return text, encoding


def is_displayed(letter: str) -> bool:
    return letter != "\ufffd" and (letter.isprintable() or letter.isspace())


def other_readings(cells: Iterable[str | None], encoding: str) -> set[str]:
    """The cells with letters beyond ASCII, as they would be in each other encoding.

    A guess can be wrong, and a name that is garbled by it can still be made out.
    """
    texts = {cell for cell in cells if cell and not cell.isascii()}
    contents = [text.encode(encoding, "ignore") for text in texts]
    return {content.decode(other, "replace") for content in contents for other in OTHER_ENCODINGS}


def likelihood(text: str, encoding: str) -> int:
    """Score known letters for an encoding, and other non-ASCII characters against it."""
    own, frequent = set(LETTERS[encoding]), FREQUENT.get(encoding, "")
    score = 0
    for letter in text.lower():
        if letter > "\x7f" and letter not in NEUTRAL_SIGNS:
            score += (1 if letter in own else -2) + (letter in frequent)
    impossible = len(IMPOSSIBLE[encoding].findall(text)) if encoding in IMPOSSIBLE else 0
    mismatches = sum(is_mismatch(*pair, bool(frequent)) for pair in pairwise(text))
    return score - 3 * (mismatches + impossible)


def is_mismatch(one: str, other: str, of_other_script: bool) -> bool:
    """Two letters of one word that do not fit: a capital after a small one, or mixed scripts."""
    if not (one.isalpha() and other.isalpha()) or max(one, other) < "\x80":
        return False
    mixed = of_other_script and min(one, other) < "\x80"
    return mixed or (one.islower() and other.isupper())
