"""Give every text one form before any rule searches it, however its characters were typed.

Spaces of all widths become spaces, dashes hyphens, full-width characters and digits of other scripts
plain ones; what is invisible is left out. So a rule needs to know one spelling only.
"""

import re
import unicodedata

LINE_BREAKS = "\r\x0b\x0c\x85\u2028\u2029"
# Invisible, or blank, though Unicode calls them letters or marks.
INVISIBLE = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10)}
LOOKALIKES = {
    "−": "-", "⁃": "-", "─": "-", "∕": "/", "⁄": "/", "∶": ":", "。": ".", "⠀": " ", "_": " ",
    "º": "°", "˚": "°", "′": "'", "’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "‛": "'",
    "″": '"', "”": '"', "“": '"', "„": '"', "‟": '"', "«": '"', "»": '"',
}  # fmt: skip
SEVERAL_SPACES = re.compile(" {2,}")
NEEDS_NOTHING = re.compile(r"[!-^`-~\n]*(?: [!-^`-~\n]+)*+")


class _PlainCharacters(dict[int, str]):
    """The plain form of each character: a table for `str.translate`, filled as characters occur."""

    def __missing__(self, code: int) -> str:
        self[code] = normalise_character(chr(code))
        return self[code]


def normalise_character(character: str) -> str:
    """A space for any separator, a hyphen for any dash, nothing for what is invisible."""
    if character in LINE_BREAKS:
        return "\n"
    if ord(character) in INVISIBLE:
        return ""
    if character in LOOKALIKES:
        return LOOKALIKES[character]
    category = unicodedata.category(character)
    if category == "Zs" or character in "\t\0":
        return " "
    if category == "Pd":
        return "-"
    if category == "Nd":
        return str(unicodedata.digit(character))
    return "" if category in {"Cf", "Cc"} and character != "\n" else character


PLAIN_CHARACTERS = _PlainCharacters()


def normalise_text(text: str) -> str:
    """The form of a text that the rules search."""
    if NEEDS_NOTHING.fullmatch(text):
        return text
    plain = text.translate(PLAIN_CHARACTERS)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain).translate(PLAIN_CHARACTERS)
    return SEVERAL_SPACES.sub(" ", plain).strip(" ")
