"""Give every text one form before any rule searches it, however its characters were typed.

Spaces of all widths become spaces, dashes hyphens, full-width characters and digits of other
scripts plain ones. Invisible characters are left out, and disguises are undone (`disguises`). So a
rule needs to know one spelling only.
"""

import re
import unicodedata

from metrics.intake.rules.identifying.disguises import (
    MARKS,
    decode_escapes,
    hidden_passages,
    join_spaced_letters,
    unify_scripts,
)

LINE_BREAKS = "\n\r\x0b\x0c\x85\u2028\u2029"
# Invisible, or blank, though Unicode calls them letters or marks.
INVISIBLE = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10)}
LOOKALIKES = {
    "−": "-", "⁃": "-", "─": "-", "➖": "-", "∕": "/", "⁄": "/", "∶": ":", "。": ".", "⠀": " ",
    "º": "°", "˚": "°", "′": "'", "’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "‛": "'",
    "″": '"', "”": '"', "“": '"', "„": '"', "‟": '"', "«": '"', "»": '"',
}  # fmt: skip
KNOWN_CHARACTERS = {
    **LOOKALIKES,
    **dict.fromkeys(LINE_BREAKS, "\n"),
    **dict.fromkeys(map(chr, INVISIBLE), ""),
    **dict.fromkeys("\t\0", " "),
}
# Spaces, dashes, format and control characters; what has a meaning in one font or program only.
CATEGORIES = {"Zs": " ", "Pd": "-", "Cf": "", "Cc": "", "Co": " ", "Cn": " ", "Cs": " "}
SEVERAL_SPACES = re.compile(" {2,}")
# ASCII without what may begin an escape, and without several spaces.
NEEDS_NOTHING = re.compile(r"[!-$'-\[\]^`-~\n]*(?: [!-$'-\[\]^`-~\n]+)*+")
# Letters that are signs of their own: small capitals, in squares, circles or brackets, of flags.
LETTER = re.compile(
    r"(?:LATIN LETTER SMALL CAPITAL|NEGATIVE (?:SQUARED|CIRCLED) LATIN CAPITAL LETTER"
    r"|PARENTHESIZED LATIN (?:CAPITAL|SMALL) LETTER|REGIONAL INDICATOR SYMBOL LETTER) ([A-Z])"
)
# Anna_Virtanen, but user_name@example.org.
LOW_LINE = re.compile(r"(?<!\S)\S*(?:@|//)\S*|_")


class _PlainCharacters(dict[int, str]):
    """The plain form of each character: a table for `str.translate`, filled as characters occur."""

    def __missing__(self, code: int) -> str:
        self[code] = normalise_character(chr(code))
        return self[code]


def normalise_character(character: str) -> str:
    """A space for any separator, a hyphen for any dash, nothing for what is invisible."""
    if character in KNOWN_CHARACTERS:
        return KNOWN_CHARACTERS[character]
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.digit(character))
    if letter := LETTER.fullmatch(unicodedata.name(character, "")):
        return letter[1] if category == "So" else letter[1].lower()
    return CATEGORIES.get(category, character)


PLAIN_CHARACTERS = _PlainCharacters()


def normalise_text(text: str) -> str:
    """The form of a text that the rules search."""
    hidden = [*hidden_passages(text)]
    if not hidden and NEEDS_NOTHING.fullmatch(text):
        return join_spaced_letters(text)
    plain = decode_escapes("\n".join([text, *hidden])).translate(PLAIN_CHARACTERS)
    if not plain.isascii():
        composed = unicodedata.normalize("NFKC", plain).translate(PLAIN_CHARACTERS)
        plain = unify_scripts(MARKS.sub("", composed))
    plain = join_spaced_letters(plain)
    if "_" in plain:
        plain = LOW_LINE.sub(lambda match: " " if match[0] == "_" else match[0], plain)
    return SEVERAL_SPACES.sub(" ", plain).strip(" ")
