"""How a text file is encoded: said by its first bytes, or worked out from its letters."""

import codecs
from itertools import pairwise

from metrics.errors import UnreadableError

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The letters beyond ASCII of the languages that Windows writes in each of its encodings. Where
# two encodings explain the bytes equally well, the first is taken.
LETTERS = {
    "cp1252": "äöüßéèêëàâáãåæøñçíïîóòôõœúùûÿýðþ",
    "cp1253": "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώςϊϋΐΰ",
    "cp1251": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "cp1250": "ąćęłńóśźżáčďéěíňřšťúůýžľĺŕôäöüőűăâîșțşţđß",
    "cp1257": "āčēģīķļņōŗšūžąęėįųöäüõ",
}
SIGNS = "–—‘’“”„…€£§°±²³·«»\xa0\xad"


def decoded(content: bytes) -> tuple[str, str]:
    """The text and its encoding; `utf-8` and `utf-16` are certain, others were worked out."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return text_in(content, encoding), encoding.removesuffix("-sig")
    if wide := without_mark(content):
        return text_in(content, wide), "utf-16"
    if b"\0" in content:
        raise UnreadableError("is neither a workbook nor text; send .xlsx, .ods or .csv")
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return best(content)


def text_in(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise UnreadableError(f"begins as text in {encoding} but is damaged at byte "
                              f"{wrong.start}; save it again as UTF-8") from wrong  # fmt: skip


def without_mark(content: bytes) -> str:
    """UTF-16 of European text has a zero in nearly every other byte."""
    head = content[:1000]
    half = len(head) // 2
    if half and head[1::2].count(0) > 0.7 * half:
        return "utf-16-le"
    if half and head[::2].count(0) > 0.7 * half:
        return "utf-16-be"
    return ""


def best(content: bytes) -> tuple[str, str]:
    texts = {encoding: content.decode(encoding, "replace") for encoding in LETTERS}
    encoding = max(texts, key=lambda encoding: likeness(texts[encoding][:200_000], encoding))
    text = texts[encoding]
    controls = sum(not (letter.isprintable() or letter.isspace()) for letter in text[:10_000])
    if controls > len(text[:10_000]) // 50:
        raise UnreadableError("is neither a workbook nor text; send .xlsx, .ods or .csv")
    return text, encoding


def likeness(text: str, encoding: str) -> int:
    """Letters of the language count for it, anything else beyond ASCII against it."""
    own = set(LETTERS[encoding])
    beyond = [letter for letter in text if letter > "\x7f" and letter not in SIGNS]
    return sum(1 if letter.lower() in own else -2 for letter in beyond) + cased(text)


def cased(text: str) -> int:
    """A capital after a small letter of the same word is what a wrong encoding looks like."""
    return -sum(
        small.islower() and capital.isupper() and max(small, capital) > "\x7f"
        for small, capital in pairwise(text)
    )
