"""Recognise texts that hold a number and say more than it: `<5`, `12*`, `ca. 40`, `45O`."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple
from unicodedata import category, decimal, normalize

from metrics.catalogue.codelists import codelist, find_code, fold_spelling
from metrics.intake.templates import headings
from metrics.intake.workbook import BesideNumber

STATUS_FLAGS = "bdefnpu"  # Eurostat's, after a number or beside it
TYPED_NUMBER = r"[-+]?[0-9](?:[0-9 .,']*[0-9])?"
FOOTNOTE_MARKS = (
    r"[*†‡§#]+|[⁰¹²³⁴-⁹]+|[(\[][0-9a-z][)\]]|[0-9a-z]\)|[a-gijln-su-z]|[bcdefnprsuz]{2}"
)
NUMBER_AND_WORDS = re.compile(
    rf"(?P<number>{TYPED_NUMBER}) ?[(\[]?(?P<words>(?:[^\W\d_]|[€$£])[^\d]{{0,30}}?)[)\].]*"
)
# Latin, Greek and Cyrillic letters that look like 0 and 1.
LOOK_ALIKES = str.maketrans(dict.fromkeys("OoΟοОо", "0") | dict.fromkeys("IlΙІӀ", "1"))
DIGIT_OR_LETTER = "[0-9OoΟοОоIlΙІӀ]"
WITH_LETTERS = re.compile(
    rf"(?=.*[0-9])[-+]?{DIGIT_OR_LETTER}+(?:[.,']{DIGIT_OR_LETTER}+| {DIGIT_OR_LETTER}{{3}})*"
)
SHORT_MULTIPLIERS = {"k", "m", "t", "mn", "mill", "bn"}


class NearNumber(NamedTuple):
    """What a text is, and the number in it as typed."""

    form: BesideNumber
    number: str


def recognise_near_number(plain: str) -> NearNumber | None:
    """What a text, with plain spaces and signs, says beside a number; None if it has none."""
    in_digits = plain.translate(LOOK_ALIKES)
    if in_digits != plain and WITH_LETTERS.fullmatch(plain):
        return NearNumber("with_letters", in_digits)
    folded = _fold_letters(plain)
    for form, shape in _shapes():
        if match := shape.fullmatch(folded):
            return NearNumber(form, match["number"])
    match = NUMBER_AND_WORDS.fullmatch(folded)
    if match and not match["words"][0].isnumeric():  # 1½
        return NearNumber(_form_of_words(match["words"].strip()), match["number"])
    digits = "".join(str(decimal(sign, sign)) for sign in plain)
    return NearNumber("other_digits", digits) if digits != plain else None


def _fold_letters(text: str) -> str:
    """Fold a text but for raised digits, which are footnotes."""
    letters = normalize("NFD", text)
    return "".join(letter for letter in letters if category(letter) != "Mn").casefold()


@cache
def _shapes() -> tuple[tuple[BesideNumber, re.Pattern[str]], ...]:
    limits = (text for limit in codelist("limit").values() for text in limit.spellings)
    beyond = _one_of([*limits, "<", ">", "<=", ">=", "≤", "≥"])
    about = _one_of([*_words("about"), "~", "≈", "±"])
    number, up_to = rf"(?P<number>{TYPED_NUMBER})", _one_of(_words("up_to"))
    shapes: tuple[tuple[BesideNumber, str], ...] = (
        ("limit", rf"(?:{beyond}) ?{number}"),
        ("limit", rf"{number} ?(?:\+|{beyond})"),
        ("estimate", rf"(?:{about})\.? ?{number}"),
        ("with_status", rf"{number} ?[(\[][{STATUS_FLAGS}][)\]]"),
        ("range", rf"{number} ?(?:-|±|\.{{2,3}}|…|{up_to}) ?{TYPED_NUMBER}"),
        ("footnoted", rf"{number} ?(?:{FOOTNOTE_MARKS})"),
    )
    return tuple((form, re.compile(shape)) for form, shape in shapes)


def _words(name: str) -> list[str]:
    return [word for word, meaning in headings("words").items() if meaning == name]


def _one_of(texts: Iterable[str]) -> str:
    longest_first = sorted({*map(fold_spelling, texts)}, key=len, reverse=True)
    return "|".join(map(re.escape, longest_first))


def _form_of_words(words: str) -> BesideNumber:
    """A status after a number, a multiplier, or else a unit."""
    if len(words) > 1 and find_code(words, "observation_status"):
        return "with_status"
    if words in SHORT_MULTIPLIERS or _names_a_multiplier(words):
        return "multiplied"
    return "with_unit"


def _names_a_multiplier(words: str) -> bool:
    return not {*_words("multiplier")}.isdisjoint(re.findall(r"[^\W\d_]+", words))
