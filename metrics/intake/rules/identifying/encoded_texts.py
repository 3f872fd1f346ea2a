"""Read texts in the codes that programs write: base64, hexadecimal digits, numbers of letters."""

import re
import zlib
from base64 import b32decode, urlsafe_b64decode
from binascii import Error
from collections.abc import Iterator

SHORTEST_ENCODED = 10
SHORTEST_TOKEN, SHORTEST_LINE = 16, 4
ENCODED = re.compile(rf"(?<![\w+/=-])[A-Za-z0-9+/_-]{{{SHORTEST_TOKEN},}}")
IN_HEX = re.compile(r"(?:[0-9A-Fa-f]{2})+")
IN_BASE_32 = re.compile(r"[A-Z2-7]{16,}")
WRAPPED = re.compile(r"[A-Za-z0-9+/_=\s-]+")
# 65 110 110 97, 0x41 0x6e, U+0041 U+006E, 41:6e:6e:61, 01000001 01101110.
CODE_OF_LETTER = r"(?:0x|U\+)?\d[0-9A-Fa-f]{1,7}"
TWO_NUMBERS = re.compile(r"\d[0-9A-Fa-f]{1,7}[ ,;:/-]{1,2}(?:0x|U\+)?\d")
NUMBERED = re.compile(
    rf"(?<![\w.,-]){CODE_OF_LETTER}(?:[ ,;:/-]{{1,2}}{CODE_OF_LETTER}){{4,}}(?!\w)"
)
PREFIX = re.compile(r"0x|U\+")
BITS_OF_LETTER, DIGITS_OF_BYTE = 8, 2
FIRST_LETTER, LAST_LETTER = 0x20, 0x24F
SHARE_OF_LETTERS = 0.6
MOST_UNPACKED = 10_000  # characters of a compressed text
PACKED = (b"\x1f\x8b", b"x\x01", b"x\x5e", b"x\x9c", b"x\xda")
GZIP_OR_ZLIB = 47
MOST_LAYERS = 3  # base64 of base64 of a text


def encoded_passages(text: str, layers: int = MOST_LAYERS) -> Iterator[str]:
    """What the tokens of a text say in plain letters."""
    for token in [*ENCODED.findall(text), *_wrapped_token(text)]:
        for passage in filter(None, map(_plain_text, _decoded_contents(token))):
            yield passage
            if layers > 1:
                yield from encoded_passages(passage, layers - 1)
    yield from _numbered_passages(text)


def _decoded_contents(token: str) -> Iterator[bytes]:
    for decode in (_from_hex, _from_base_64, _from_base_32):
        yield _unpacked(decode(token))


def _numbered_passages(text: str) -> Iterator[str]:
    for match in NUMBERED.finditer(text) if TWO_NUMBERS.search(text) else ():
        numbers = re.findall(r"[0-9A-Fa-f]+", PREFIX.sub("", match[0]))
        yield from _texts_of_numbers(numbers, is_hexadecimal=bool(PREFIX.match(match[0])))


def _wrapped_token(text: str) -> Iterator[str]:
    """The lines of one token, all of one length but the last."""
    *lines, last = text.split() or [""]
    length = len(lines[0]) if lines else 0
    is_wrapped = max(len(last), SHORTEST_LINE) <= length == len(lines[-1])
    if is_wrapped and {*map(len, lines)} == {length} and WRAPPED.fullmatch(text):
        yield "".join([*lines, last]).rstrip("=")


def _texts_of_numbers(numbers: list[str], *, is_hexadecimal: bool) -> Iterator[str]:
    """The letters with these numbers, decimal, hexadecimal or binary."""
    bases = [10] if all(map(str.isdecimal, numbers)) and not is_hexadecimal else []
    is_hexadecimal |= all(len(number) == DIGITS_OF_BYTE for number in numbers)
    bases += [16] if is_hexadecimal else []
    if all(len(number) == BITS_OF_LETTER and set(number) <= {"0", "1"} for number in numbers):
        bases = [2]
    for base in bases:
        codes = [int(number, base) for number in numbers]
        if all(FIRST_LETTER <= code <= LAST_LETTER for code in codes):
            text = "".join(map(chr, codes))
            if sum(map(str.isalpha, text)) >= SHARE_OF_LETTERS * len(text):
                yield text


def _plain_text(content: bytes) -> str:
    """The text in UTF-8 or UTF-16; empty where the bytes are none."""
    for encoding, zeros in (("utf-16-le", content[1::2]), ("utf-16-be", content[::2])):
        if zeros and not any(zeros) and len(content) % 2 == 0:
            content = content.decode(encoding, "ignore").encode()
    passage = content.decode("utf-8", "replace")
    is_plain = "\ufffd" not in passage and "".join(passage.split()).isprintable()
    return passage if is_plain else ""


def _unpacked(content: bytes) -> bytes:
    if not content.startswith(PACKED):
        return content
    try:
        return zlib.decompressobj(GZIP_OR_ZLIB).decompress(content, MOST_UNPACKED)
    except zlib.error:
        return content


def _from_hex(token: str) -> bytes:
    return bytes.fromhex(token) if IN_HEX.fullmatch(token) else b""


def _from_base_64(token: str) -> bytes:
    if token.isupper() or token.islower():  # a code
        return b""
    try:
        return urlsafe_b64decode(token.translate({43: "-", 47: "_"}) + "=" * (-len(token) % 4))
    except Error:
        return b""


def _from_base_32(token: str) -> bytes:
    if not IN_BASE_32.fullmatch(token):
        return b""
    try:
        return b32decode(token + "=" * (-len(token) % 8))
    except Error:
        return b""
