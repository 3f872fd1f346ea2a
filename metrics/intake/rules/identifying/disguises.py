"""Undo what hides a text from the rules: escapes, letters of other scripts, spaced letters."""

import re
from collections.abc import Iterator
from html import unescape

from metrics.intake.rules.identifying.encoded_texts import SHORTEST_ENCODED, encoded_passages

# &#65; of HTML, \u0041, \x41 and \101 of programs, _x0041_ of Excel.
ESCAPE = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});?|&[A-Za-z]{2,8};"
    r"|(?:\\u|%u)(?P<four>[0-9A-Fa-f]{4})|\\x(?P<two>[0-9A-Fa-f]{2})"
    r"|\\[ux]\{(?P<braced>[0-9A-Fa-f]{1,6})\}|\\U(?P<eight>[0-9A-Fa-f]{8})"
    r"|\\(?P<octal>[0-3]?[0-7]{2})|_x(?P<excel>[0-9A-Fa-f]{4})_"
)
ESCAPED = re.compile(r"[&\\]|%u|_x")
# %20 of addresses, but not within one, and =20 of mail between two letters.
IN_ADDRESS = re.compile(r"(?<!\S)\S*//\S*|(?:%[0-9A-Fa-f]{2})+")
IN_MAIL = re.compile(r"(?:=[0-9A-F]{2}){3,}|(?<=[^\W_])(?:=[0-9A-F]{2})+(?=[^\W\d_])")
# M+AOQ-kinen is Mäkinen in UTF-7, which old mail programs write.
IN_UTF_7 = re.compile(r"\+([A-Za-z0-9+/]{3,120})-")
LAST_LETTER_OF_UTF_7 = 0x52F
MOST_LAYERS = 3  # &amp;#65;
LAST_CODE = 0x10FFFF
# Letters of other scripts that look like Latin ones: Cyrillic, Greek, Cherokee, Lisu.
LIKE_LATIN = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаесіјорѕухһԁԛԝӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲνυικα"
    "ᎪᏴᏟᎠᎬᏀᎻᎫᏦᏞᎷᏢᎡᏚᎢᏙᎳᏃꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ",
    "ABESIJKMHOPCTYXaecijopsyxhdqwlABEZHIKMNOPTYXocvuika"
    "ABCDEGHJKLMPRSTVWZBPDTGKJCZFMNLSRVHWXYAEIOU",
)
LIKE_A_LETTER = str.maketrans("ɑɡ", "ag")  # Latin letters of phonetics
LATIN, LIKE = r"A-Za-z\u00c0-\u024f", r"\u0370-\u03ff\u0400-\u052f\u13a0-\u13f5\ua4d0-\ua4f7"
WORD_OF_TWO_SCRIPTS = re.compile(
    rf"(?<![^\W\d_])(?:[{LATIN}]++[{LIKE}]|[{LIKE}]++[{LATIN}])[{LATIN}{LIKE}]*"
)
# Each letter by itself: A n n a, A-n-n-a. Figures in this form are a scale.
SPACED_LETTERS = re.compile(r"(?<!\S)[^\W\d_](?:[ \n][^\W\d_](?!\S)){3,}")
LETTER_BETWEEN_SIGNS = re.compile(r"[-.*/_|~+][^\W\d_][-.*/_|~+]")
SEPARATED_LETTERS = re.compile(
    r"(?<![^\W\d_])[^\W\d_](?P<sign>[-.*/_|~+])(?:[^\W\d_](?P=sign)){2,}[^\W\d_](?![^\W\d_])"
)
FEWEST_SPACES = 3  # between letters that are typed one by one
# What underlines, strikes or encircles a letter, and is part of none.
MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
RIGHT_TO_LEFT = "\u202e"
BACKWARDS = re.compile(rf"{RIGHT_TO_LEFT}([^\u202c\n]+)")
# Tags of HTML, also of forums, and stars around bold letters.
MARKS_OF_MARKUP = ("<", "[", "**")
MARKUP = re.compile(r"<!--[^<>]{0,200}-->|</?[A-Za-z][^<>]{0,200}>|\[/?[a-z]{1,6}\]|\*\*")
# Characters that nothing shows: letters of tags, bytes and bits.
TAGS = re.compile("[\U000e0020-\U000e007e]+")
FIRST_TAG = 0xE0000
SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{2,}")
FIRST_SELECTOR, FIRST_OF_MORE, SELECTORS_OF_BLOCK = 0xFE00, 0xE0100, 16
BITS = re.compile("[\u200b-\u200f\u2060-\u2064\ufeff]{16,}")
UNSEEN_CODE = re.compile(
    "[\U000e0020-\U000e007e]|[\u200b-\u200f\u2060-\u2064\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]{2}"
)
UNSEEN = re.compile("[\0-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u2060-\u2064\ufeff]+")
# The first two letters of what UTF-8 writes in two bytes, when each is read as a letter.
MISREAD = re.compile("[\u00c2-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


def decode_escapes(text: str) -> str:
    """Each escaped character as itself; the codes of a web address stay."""
    for _ in range(MOST_LAYERS):
        decoded = IN_ADDRESS.sub(_from_address, text) if "%" in text else text
        decoded = ESCAPE.sub(_character, decoded) if ESCAPED.search(decoded) else decoded
        if decoded == text:
            break
        text = decoded
    return text


def _from_address(match: re.Match[str]) -> str:
    if not match[0].startswith("%") or "//" in match[0]:
        return match[0]
    return bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "ignore") or match[0]


def _from_mail(match: re.Match[str]) -> str:
    return bytes.fromhex(match[0].replace("=", "")).decode("utf-8", "ignore") or match[0]


def _from_utf_7(match: re.Match[str]) -> str:
    """The letters of a passage, where they are Latin, Greek or Cyrillic; else it is no code."""
    letters = match[0].encode().decode("utf-7", "ignore")
    is_text = letters and all(
        letter.isprintable() and ord(letter) <= LAST_LETTER_OF_UTF_7 for letter in letters
    )
    return letters if is_text else match[0]


def _character(match: re.Match[str]) -> str:
    if octal := match["octal"]:
        return chr(int(octal, 8))
    code = next(filter(None, match.groups()), "")
    if code:
        return chr(min(int(code, 16), LAST_CODE))
    return unescape(match[0])


def unify_scripts(text: str) -> str:
    """Latin letters in the words that mix them with letters which look the same."""
    plain = text.translate(LIKE_A_LETTER)
    return WORD_OF_TWO_SCRIPTS.sub(lambda match: match[0].translate(LIKE_LATIN), plain)


def join_spaced_letters(text: str) -> str:
    if text.count(" ") + text.count("\n") >= FEWEST_SPACES:
        text = SPACED_LETTERS.sub(lambda match: re.sub(r"[ \n]", "", match[0]), text)
    if LETTER_BETWEEN_SIGNS.search(text):
        text = SEPARATED_LETTERS.sub(lambda match: match[0].replace(match["sign"], ""), text)
    return text


def hidden_passages(text: str) -> Iterator[str]:
    """What a text says backwards, in a code, between marks, or in characters that are not seen."""
    if RIGHT_TO_LEFT in text:
        yield from (match[1][::-1] for match in BACKWARDS.finditer(text))
    if any(mark in text for mark in MARKS_OF_MARKUP) and (unmarked := MARKUP.sub("", text)) != text:
        yield unmarked
    if "=" in text and (decoded := IN_MAIL.sub(_from_mail, text)) != text:
        yield decoded
    if "+" in text and (decoded := IN_UTF_7.sub(_from_utf_7, text)) != text:
        yield decoded
    if not text.isprintable() and (spaced := UNSEEN.sub(" ", text)) != text:
        yield spaced
    if not text.isascii():
        yield from unseen_passages(text) if UNSEEN_CODE.search(text) else ()
        yield from filter(None, [repaired_text(text)] if MISREAD.search(text) else ())
    if len(text) >= SHORTEST_ENCODED:
        yield from encoded_passages(text)


def unseen_passages(text: str) -> Iterator[str]:
    """The letters that tags, selectors of variants and spaces of no width stand for."""
    if tags := "".join(TAGS.findall(text)):
        yield "".join(chr(ord(tag) - FIRST_TAG) for tag in tags)
    for selectors in SELECTORS.findall(text):
        yield bytes(map(_byte_of_selector, selectors)).decode("utf-8", "ignore")
    for signs in BITS.findall(text):
        kinds = sorted(set(signs))
        if len(kinds) == len("01"):
            yield _text_of_bits(signs.translate(str.maketrans("".join(kinds), "01")))
            yield _text_of_bits(signs.translate(str.maketrans("".join(kinds), "10")))


def _text_of_bits(bits: str) -> str:
    octets = re.findall(r"[01]{8}", bits)
    return bytes(int(octet, 2) for octet in octets).decode("utf-8", "ignore")


def _byte_of_selector(selector: str) -> int:
    code = ord(selector)
    if code < FIRST_OF_MORE:
        return code - FIRST_SELECTOR
    return code - FIRST_OF_MORE + SELECTORS_OF_BLOCK


def repaired_text(text: str) -> str:
    """A text in UTF-8 that was read as Windows 1252: MÃ¤kinen is Mäkinen; empty for any other."""
    repaired = ""
    for _ in range(MOST_LAYERS):
        try:
            text = repaired = b"".join(map(_byte_of_letter, text)).decode("utf-8")
        except UnicodeError:
            break
        if text.isascii():
            break
    return repaired


def _byte_of_letter(letter: str) -> bytes:
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")
