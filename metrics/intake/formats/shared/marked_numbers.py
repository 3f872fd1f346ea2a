"""Numbers typed as texts of which a part is raised, lowered or struck through: 40 with a note 2."""

import re
from collections.abc import Sequence

from metrics.core.written_numbers import FIGURES_SHAPE

MARKED_PART = re.compile(r"\[([^\]]*)\]")
NUMBER = re.compile(FIGURES_SHAPE)

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
    if not any(is_marked for _, is_marked in filled) or not NUMBER.fullmatch(whole):
        return ""
    return "".join(f"[{text}]" if is_marked else text for text, is_marked in filled)


def split_marks(text: str) -> list[tuple[str, bool]]:
    """The parts of such a text, and whether each is marked."""
    parts = enumerate(MARKED_PART.split(text))
    return [(part, bool(number % 2)) for number, part in parts if part]
