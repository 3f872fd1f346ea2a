"""Undo what hides a text from the rules: escapes, letters of other scripts, spaced letters."""

import re
from base64 import urlsafe_b64decode
from binascii import Error
from collections.abc import Iterator
from html import unescape

# &#65; of HTML, %20 of addresses, \u0041 of programs, _x0041_ of Excel.
ESCAPE = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});|(?:%[0-9A-Fa-f]{2})+"
    r"|\\u(?P<program>[0-9A-Fa-f]{4})|_x(?P<excel>[0-9A-Fa-f]{4})_"
)
# Cyrillic and Greek letters that look like Latin ones.
LIKE_LATIN = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаесіјорѕухһԁԛԝӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲνυικα",
    "ABESIJKMHOPCTYXaecijopsyxhdqwlABEZHIKMNOPTYXocvuika",
)
LATIN, LIKE = r"A-Za-z\u00c0-\u024f", r"\u0370-\u03ff\u0400-\u052f"
WORD_OF_TWO_SCRIPTS = re.compile(
    rf"(?<![^\W\d_])(?:[{LATIN}]++[{LIKE}]|[{LIKE}]++[{LATIN}])[{LATIN}{LIKE}]*"
)
# Each letter by itself: A n n a. Figures that stand so are a scale.
SPACED_LETTERS = re.compile(r"(?<!\S)[^\W\d_](?: [^\W\d_](?!\S)){3,}")
FEWEST_SPACES = 3  # between letters that stand one by one
# What underlines, strikes or encircles a letter, and is part of none.
MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
RIGHT_TO_LEFT = "\u202e"
BACKWARDS = re.compile(rf"{RIGHT_TO_LEFT}([^\u202c\n]+)")
SHORTEST_ENCODED, MOST_ENCODED = 16, 20
ENCODED = re.compile(rf"(?<![\w+/=-])[A-Za-z0-9+/_-]{{{SHORTEST_ENCODED},}}")
IN_HEX = re.compile(r"(?:[0-9A-Fa-f]{2})+")


def decode_escapes(text: str) -> str:
    """Each escaped character as itself; those of a web address stay."""
    return text if "//" in text else ESCAPE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    if code := match["program"] or match["excel"]:
        return chr(int(code, 16))
    if match[0].startswith("%"):
        decoded = bytes.fromhex(match[0].replace("%", ""))
        return decoded.decode("utf-8", "ignore") or match[0]
    return unescape(match[0])


def unify_scripts(text: str) -> str:
    """Latin letters in the words that mix them with letters which look the same."""
    return WORD_OF_TWO_SCRIPTS.sub(lambda match: match[0].translate(LIKE_LATIN), text)


def join_spaced_letters(text: str) -> str:
    if text.count(" ") < FEWEST_SPACES:
        return text
    return SPACED_LETTERS.sub(lambda match: match[0].replace(" ", ""), text)


def hidden_passages(text: str) -> Iterator[str]:
    """What a text says backwards, in base64 or in hexadecimal digits."""
    if RIGHT_TO_LEFT in text:
        yield from (match[1][::-1] for match in BACKWARDS.finditer(text))
    tokens = ENCODED.findall(text) if len(text) >= SHORTEST_ENCODED else []
    for token in tokens[:MOST_ENCODED]:
        for content in (_from_hex(token), _from_base64(token)):
            passage = content.decode("utf-8", "replace")
            if passage and passage.isprintable() and "\ufffd" not in passage:
                yield passage


def _from_hex(token: str) -> bytes:
    return bytes.fromhex(token) if IN_HEX.fullmatch(token) else b""


def _from_base64(token: str) -> bytes:
    try:
        return urlsafe_b64decode(token.translate({43: "-", 47: "_"}) + "=" * (-len(token) % 4))
    except Error:
        return b""
