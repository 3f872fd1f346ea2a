"""How a text file is encoded: said by its first bytes, or worked out from its letters."""

import codecs
import re
from itertools import pairwise

from metrics.core.errors import UnreadableError

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
    "cp1252": "äöüßéèêëàâáãåæøñçíìïîóòôõœúùûÿý",
    "cp1253": "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώςϊϋΐΰ",
    "cp1251": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "cp1250": "ąćęłńóśźżáčďéěíňřšťúůýžľĺŕôäöüőűăâîșțşţđß",
    "cp1257": "āčēģīķļņōŗšūžąęėįųöäüõ",
}
# Greek and Cyrillic share most bytes: what tells them apart is which letters are frequent.
COMMON = {"cp1253": "αοιετνσςηρ", "cp1251": "аиоетнрсвд"}
# What Baltic text would be in the letters of another encoding, and no language of that one has.
UNHEARD = {
    "cp1252": re.compile(r"ç[b-df-hj-np-tv-xz]|è[aeiou]|[aeiou]ø", re.IGNORECASE),
    "cp1250": re.compile(r"[b-df-hj-np-tv-xzi]ř\b", re.IGNORECASE),
}
SIGNS = "–—‘’“”„…€£§°±²³·«»\xa0\xad"
MOSTLY = 0.7


def decoded(content: bytes) -> tuple[str, str]:
    """The text and its encoding; `utf-8` and `utf-16` are certain, others were worked out."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return text_in(content, encoding), encoding.removesuffix("-sig")
    if wide := without_mark(content):
        return text_in(content, wide), "utf-16"
    if b"\0" in content:
        raise UnreadableError(f"is neither a workbook nor text (byte {content.index(0)} is zero); "
                              "send .xlsx, .ods or .csv")  # fmt: skip
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
    even, odd = content[:1000:2], content[1:1000:2]
    if odd.count(0) > MOSTLY * len(odd) and not even.count(0):
        return "utf-16-le"
    if even.count(0) > MOSTLY * len(even) and not odd.count(0):
        return "utf-16-be"
    return ""


def best(content: bytes) -> tuple[str, str]:
    texts = {encoding: content.decode(encoding, "replace") for encoding in LETTERS}
    encoding = max(texts, key=lambda encoding: likeness(texts[encoding][:200_000], encoding))
    text = texts[encoding]
    controls = sum(not (letter.isprintable() or letter.isspace()) for letter in text[:10_000])
    if controls > len(text[:10_000]) // 50:
        raise UnreadableError(f"is neither a workbook nor text (of its first letters {controls} "
                              "cannot be shown); send .xlsx, .ods or .csv")  # fmt: skip
    return text, encoding


def likeness(text: str, encoding: str) -> int:
    """Letters of the language count for it, anything else beyond ASCII against it."""
    own, common = set(LETTERS[encoding]), COMMON.get(encoding, "")
    score = 0
    for letter in text.lower():
        if letter > "\x7f" and letter not in SIGNS:
            score += (1 if letter in own else -2) + (letter in common)
    unheard = len(UNHEARD[encoding].findall(text)) if encoding in UNHEARD else 0
    ill = sum(ill_matched(*pair, bool(common)) for pair in pairwise(text))
    return score - 3 * (ill + unheard)


def ill_matched(one: str, other: str, of_other_script: bool) -> bool:
    """In one word: a capital after a small letter, or Latin letters among Greek or Cyrillic."""
    if not (one.isalpha() and other.isalpha()) or max(one, other) < "\x80":
        return False
    mixed = of_other_script and min(one, other) < "\x80"
    return mixed or (one.islower() and other.isupper())
