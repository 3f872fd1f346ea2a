"""The width of words, in points: slides are laid out before anybody opens them.

They are measured in Arial, or in the typeface of a template (`typefaces`).

The widths are those of Liberation Sans, which has the measures of Arial; a letter that the table
lacks counts as a wide one.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from dashboard.charts.measure import wrap_words
from dashboard.charts.typefaces import MEASURED, Typeface, widths_of_file
from metrics.messages.language_marks import split_marked, unmarked

UNITS = 1000  # of a width, in an em
WIDE_LETTER = 1000


@cache
def letter_widths(*, is_bold: bool) -> Mapping[str, int]:
    """Letter → its width in thousandths of the size."""
    written = files(__package__).joinpath("arial_widths.json").read_text(encoding="utf-8")
    letters: Mapping[str, str] = json.loads(written)["bold" if is_bold else "regular"]
    return {letter: int(width) for width, same in letters.items() for letter in same}


@cache
def units_of_words(words: str, typeface: Typeface, *, is_bold: bool) -> int:
    """The width in thousandths of the size, in which words are tried in several sizes."""
    if file := typeface.file_of(is_bold=is_bold):
        of_file = widths_of_file(file, UNITS)
        return sum(of_file[letter] for letter in unmarked(words))
    widths = letter_widths(is_bold=is_bold)
    return sum(widths.get(letter, WIDE_LETTER) for letter in unmarked(words))


def arial_width(words: str, size: float, *, is_bold: bool = False) -> float:
    """The width of one line of words, in points."""
    return units_of_words(words, MEASURED.get(), is_bold=is_bold) * size / UNITS


def arial_lines(words: str, width: float, size: float, *, is_bold: bool = False) -> list[str]:
    """The lines that are at most so wide; only a single word that is wider is not broken."""
    return [
        line
        for paragraph in split_marked(words, "\n")
        for line in wrap_words(paragraph, width, size, is_bold=is_bold, width_of=arial_width)
    ]


def longest_word(words: str, size: float, *, is_bold: bool = False) -> float:
    """The width below which a word would be broken; a hard space is within a word."""
    return max(arial_width(word, size, is_bold=is_bold) for word in words.split(" "))
