"""Numbers typed as texts of which a part is raised, struck through or unseen: 40 with a note 2."""

import re
from collections.abc import Sequence

from metrics.core.number_notation import FIGURES_SHAPE

MARKED_PART = re.compile(r"\[([^\]]*)\]")
NUMBER = re.compile(FIGURES_SHAPE)
# What is left of a number without its marked parts: ca. 4, 14 kpl; a year with a word is a heading.
NUMBER_BESIDE_MARKS = re.compile(
    r"(?!(?=.*[^\W\d_]).*\b(?:19|20)[0-9]{2}\b)(?:[^\W\d_]{1,6}[.\s]\s?|[~<>≈≤≥±]\s?)?"
    rf"{FIGURES_SHAPE}"
    r"(?:[^\W\d_]{1,12}\.?)?"
)
LONGEST_MARK = 4  # characters: 12) or 1,2
TO_ROUND_BRACKETS = str.maketrans("[]", "()")

# Fonts that show signs in the place of digits and letters.
SYMBOL_FONTS = "Wingdings|Wingdings 2|Wingdings 3|Webdings|Symbol|Marlett|OpenSymbol|ZapfDingbats"


def has_no_digits(font: str) -> bool:
    """Whether a font of this name shows signs in the place of digits."""
    return re.fullmatch(SYMBOL_FONTS, font.strip("'")) is not None


def is_tiny(points: str) -> bool:
    """Whether nobody can read digits of this size."""
    return re.fullmatch(r"[0-2](?:\.[0-9]{1,10})?", points) is not None


def is_typed_number(text: str) -> bool:
    """Whether a text is a number, so that a mark on it matters."""
    return NUMBER.fullmatch(text.strip()) is not None


def bracket_marks(runs: Sequence[tuple[str, bool]]) -> str:
    """The text of a number with its marked parts in brackets: 40[2]; empty for any other text."""
    filled = [(text, is_marked) for text, is_marked in runs if text]
    whole = "".join(text for text, _ in filled).strip()
    if not any(is_marked for _, is_marked in filled):
        return ""
    if not (NUMBER.fullmatch(whole) or _have_digits_in_marks(filled)):
        return ""
    plain = ((text.translate(TO_ROUND_BRACKETS), is_marked) for text, is_marked in filled)
    return "".join(f"[{text}]" if is_marked else text for text, is_marked in plain)


def _have_digits_in_marks(runs: Sequence[tuple[str, bool]]) -> bool:
    """Whether a number has short marks with digits: 42 with a raised 1)."""
    rest = "".join(text for text, is_marked in runs if not is_marked).strip()
    marks = [text for text, is_marked in runs if is_marked]
    has_digits = any(sign.isdecimal() for text in marks for sign in text)
    is_short = all(len(text.strip()) <= LONGEST_MARK for text in marks)
    return has_digits and is_short and NUMBER_BESIDE_MARKS.fullmatch(rest) is not None


def mark_unseen(runs: Sequence[tuple[bool, bool]]) -> list[bool]:
    """Which parts of a text are marked: an unseen one too, unless nothing is seen of the text.

    Of each part is given whether it is marked, and whether its font leaves it unseen.
    """
    is_partly_seen = not all(is_unseen for _, is_unseen in runs)
    return [is_marked or (is_unseen and is_partly_seen) for is_marked, is_unseen in runs]


def split_marks(text: str) -> list[tuple[str, bool]]:
    """The parts of such a text, and whether each is marked."""
    parts = enumerate(MARKED_PART.split(text))
    return [(part, bool(number % 2)) for number, part in parts if part]
