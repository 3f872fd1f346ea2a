"""Recognise texts that hold a number and say more: `<5`, `12*`, `ca. 40`, `12:30`, `45O`."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from math import nan
from typing import NamedTuple
from unicodedata import category, decimal, normalize

from metrics.catalogue.codelists import LETTERS_OF_WORD, codelist, find_code, one_of
from metrics.intake.number_texts import (
    CLOCK_TIME,
    LETTERS_FOR_DIGITS,
    LIKE_ZERO,
    LOOK_ALIKES,
    named_status,
)
from metrics.intake.templates import headings, words_meaning
from metrics.intake.workbook import BesideNumber

STATUS_FLAGS = "bdefnpu"  # Eurostat's, after a number or beside it
TYPED_NUMBER = r"[-+]?[0-9](?:[0-9 .,']*[0-9])?"
SIGN_OF_A_FOOTNOTE = r"[*†‡§#]+|[⁰¹²³⁴-⁹]+|[(\[]?\?[)\]]?"
LETTER_OF_A_FOOTNOTE = r"[(\[][0-9a-z][)\]]|[a-z]\)|[a-gijln-su-z]|[bcdefnprsuz]{2}"
STRAY_SIGN = r"[.;,!)\]–-]+"  # 120) is no 12 with a footnote
MARK_BEFORE = rf"(?:{SIGN_OF_A_FOOTNOTE}|[0-9a-z]\)|№|n ?=)"
NOTE_IN_BRACKETS = r"[(\[][^()\[\]]*[)\]]"  # 12 (of which 3 girls)
FOOTNOTE_MARKS = rf"{SIGN_OF_A_FOOTNOTE}|{LETTER_OF_A_FOOTNOTE}|{STRAY_SIGN}"
STATUS_IN_CAPITALS = re.compile(rf"(?P<number>{TYPED_NUMBER}) ?[BDEFNPU]")
WORDS_BESIDE_A_NUMBER = r"(?:[^\W\d_]|[€$£%‰])[^\d]{0,30}?"
# 14 x1000, 14·10³, 14 × 10^3
TIMES_POWER_OF_TEN = re.compile(
    rf"(?P<number>{TYPED_NUMBER}) ?[x×·⋅∙*] ?"
    r"(?:10(?:\^-?\d+|[⁰¹²³⁴-⁹]+)|1(?:00|[ .,']?000)(?:[ .,']?000)*)"
)
NUMBER_AND_WORDS = re.compile(
    rf"(?P<number>{TYPED_NUMBER}) ?[(\[]?(?P<words>{WORDS_BESIDE_A_NUMBER})[)\].]*"
)
DIGIT_OR_LETTER = f"[0-9{LETTERS_FOR_DIGITS}]"
WITH_LETTERS = re.compile(
    rf"(?=.*[0-9])[-+]?{DIGIT_OR_LETTER}+(?:[.,']{DIGIT_OR_LETTER}+| {DIGIT_OR_LETTER}{{3}})*"
)
FACTORS: Mapping[str, float] = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "milliard": 1e9,
    "multiplier": nan,
}
BETWEEN_FACTOR_AND_UNIT = ("of", "de", "di", "von", "van", "af", "av")
BETWEEN_NUMBER_AND_UNIT = (*BETWEEN_FACTOR_AND_UNIT, "des")
# Only directly after a number; `m` may be a million or a thousand, `t` a thousand or a tonne.
# The second and third letter are Cyrillic and Greek.
SHORT_FACTORS = {
    "k": 1e3,
    "\u043a": 1e3,
    "\u03ba": 1e3,
    "mill": 1e6,
    "εκ": 1e6,
    "b": nan,
    "m": nan,
    "t": nan,
}
SIGNS_OF_A_LIMIT = ("<", ">", "<=", ">=", "=<", "=>", "≤", "≥", "⩽", "⩾")
SIGNS_OF_AN_ESTIMATE = ("~", "≈", "±")
# Words for a limit or an estimate that may follow their number: `5 alatt`, `5 circa`.
POSTPOSITIONS = {"alatt", "felett", "fölött"}
SHORTEST_AFTER, SHORT_AFTER = 4, {"ca", "cca", "c:a"}
YEAR_IN_FULL = r"(?:19|20)\d\d"
ANY_WORD = r"[^\W\d_]{1,12}\.?"
# 12 out of 15, in the languages that have a word for it which is no "or" in another one.
WORDS_OF_A_PART = "out of|von|van|sur|de|di|din|af|av|z|ze|iz|od|от|απο|is|minn|as"
SIGNS_OF_MONEY = "[€$£]|(?:eur|usd) "
# A longer text that holds a number explains, and is no unit or status.
WORDS_AFTER = r"[,;:]? [^\W\d_].{0,40}|" + NOTE_IN_BRACKETS
NAME_BEFORE = rf"(?:[^\W\d_][^\d]{{0,30}}|[qhs][1-4]|[1-4][qh]|{YEAR_IN_FULL})[:=]"


# Beside the units of the code list; `t` may also be a tonne.
UNITS_OF_TIME = ("HOURS", "DAYS", "YEARS")
SHORT_UNITS_OF_TIME = {
    "h", "min", "mins", "s", "sec", "d", "t", "std", "tim", "pv", "vrk", "vko", "kk", "ч", "мин",
    "ω", "ωρ", "λεπτα", "minuuttia", "minutes", "minuten", "weeks", "viikkoa", "months",
    "kuukautta", "μηνες", "εβδομαδες", "месеца", "седмици",
}  # fmt: skip
WORDS_FOR_MONEY = {"eur", "euro", "euros", "euroa", "ευρω", "евро", "лв"}

Shapes = tuple[tuple[BesideNumber, re.Pattern[str]], ...]


class NearNumber(NamedTuple):
    """What a text is, the number in it as typed, and the factor that is named; nan if unclear."""

    form: BesideNumber
    number: str
    factor: float = 1


def recognise_near_number(plain: str) -> NearNumber | None:
    """What a text, with plain spaces and signs, says beside a number; None if it has none."""
    in_digits = plain.translate(LOOK_ALIKES)
    if in_digits != plain and (plain in LIKE_ZERO or WITH_LETTERS.fullmatch(plain)):
        return NearNumber("with_letters", in_digits)
    if match := STATUS_IN_CAPITALS.fullmatch(plain):
        return NearNumber("with_status", match["number"])
    if match := TIMES_POWER_OF_TEN.fullmatch(plain):
        return NearNumber("multiplied", match["number"], nan)
    folded = _fold_letters(plain)
    return (
        _recognise_shape(folded, _shapes())
        or _recognise_words(folded)
        or _recognise_shape(folded, _shapes_with_words())
        or _recognise_other_digits(plain)
    )


def _recognise_shape(folded: str, shapes: Shapes) -> NearNumber | None:
    for form, shape in shapes:
        if match := shape.fullmatch(folded):
            words = match.groupdict().get("words") or ""
            return NearNumber(form, match["number"], factor_named(words))
    return None


def _recognise_words(folded: str) -> NearNumber | None:
    match = NUMBER_AND_WORDS.fullmatch(folded)
    if match is None or match["words"][0].isnumeric():  # 1½
        return None
    words = match["words"].strip()
    return NearNumber(_form_of_words(words), match["number"], factor_named(words))


def _recognise_other_digits(plain: str) -> NearNumber | None:
    digits = "".join(str(decimal(sign, sign)) for sign in plain)
    return NearNumber("other_digits", digits) if digits != plain else None


def factor_named(words: str) -> float:
    """The factor of words after a number, `mln. euros`: 1 without any, nan if it is not certain."""
    text = words.strip(" .()[]€$£").casefold()
    if text in SHORT_FACTORS:
        return SHORT_FACTORS[text]
    meanings = (headings("words").get(word, "") for word in re.findall(r"[^\W\d_]+", text))
    found = {FACTORS[meaning] for meaning in meanings if meaning in FACTORS}
    return next(iter(found), 1) if len(found) <= 1 else nan


def _fold_letters(text: str) -> str:
    """Fold a text but for raised digits, which are footnotes."""
    letters = normalize("NFD", text)
    return "".join(letter for letter in letters if category(letter) != "Mn").casefold()


@cache
def _shapes() -> Shapes:
    limits = {text for limit in codelist("limit").values() for text in limit.spellings}
    limits = {text for text in limits if any(map(str.isalpha, text))}
    about = words_meaning("about")
    short = {text for text in about if len(text) < SHORTEST_AFTER} - SHORT_AFTER
    number = rf"(?P<number>{TYPED_NUMBER})"
    words = rf"(?P<words> ?[(\[]?{WORDS_BESIDE_A_NUMBER}[)\].]*)?"
    between = rf"(?: ?(?:[-±&;]|\.{{2,3}}|…) ?| {ANY_WORD} )"
    ends = rf"{between}(?!{YEAR_IN_FULL}\b){TYPED_NUMBER}"
    following = {text for text in limits if " " in text} | POSTPOSITIONS
    duration = rf"{number} ?(?:{_units_of_time()}) ?[0-9]+(?: ?(?:{_units_of_time()}))?"
    return _compiled(
        ("limit", rf"{_before(limits, SIGNS_OF_A_LIMIT)}{number}{words}"),
        ("limit", rf"{number} ?(?:\+|{one_of(following)})"),
        ("estimate", rf"{_before(about, SIGNS_OF_AN_ESTIMATE)}{number}{words}"),
        ("estimate", rf"{number} ?(?:{one_of(about - short)})\.?"),
        ("estimate", rf"{number} ?(?:{one_of(SIGNS_OF_AN_ESTIMATE)})"),
        ("with_status", rf"{number} ?[(\[][{STATUS_FLAGS}][)\]]"),
        ("with_confidentiality", rf"{number} ?[(\[]c[)\]]"),
        ("footnoted", rf"{number} [0-9]\)"),
        ("time", CLOCK_TIME),
        ("time", duration),
        ("calculation", rf"{number}(?: ?[+×x*] ?{TYPED_NUMBER})+"),
        ("calculation", rf"=.*?{number}.*"),
        ("fraction", rf"{number}(?: ?/ ?| (?:{WORDS_OF_A_PART}) ){TYPED_NUMBER}"),
        ("range", rf"(?:{ANY_WORD} )?{number}{ends}{words}"),
        ("footnoted", rf"{number} ?(?:{FOOTNOTE_MARKS})"),
        ("footnoted", rf"\[{number}\]"),
        ("footnoted", rf"{MARK_BEFORE} ?{number}"),
        ("with_unit", rf"(?:{SIGNS_OF_MONEY}) ?{number}"),
    )


@cache
def _shapes_with_words() -> Shapes:
    """What may enclose a number without being its unit or its status."""
    number = rf"(?P<number>{TYPED_NUMBER})"
    return _compiled(
        ("with_note", rf"{number} ?%?(?: ?(?:{WORDS_AFTER}))"),
        ("with_note", rf"{NAME_BEFORE} ?{number}"),
        ("range", r"(?P<number>[0-9]{1,2})(?: [0-9]{1,2})+"),  # 12 15, which are no thousands
    )


def _compiled(*shapes: tuple[BesideNumber, str]) -> Shapes:
    return tuple((form, re.compile(shape)) for form, shape in shapes)


@cache
def _units_of_time() -> str:
    units = codelist("unit")
    spellings = {
        _fold_letters(text) for code in UNITS_OF_TIME for text in units[code].spellings
    } | SHORT_UNITS_OF_TIME
    return one_of(spellings)


def _before(words: Iterable[str], signs: Iterable[str]) -> str:
    """One of the words, apart from its number, or one of the signs."""
    return rf"(?:(?:{one_of(words)})(?:\. ?| )|(?:{one_of(signs)}) ?)"


def _form_of_words(words: str) -> BesideNumber:
    """A status, a multiplier or a unit after a number, or else a note."""
    column, _ = named_status(words)
    if column:
        return "with_status" if column == "observation_status" else "with_confidentiality"
    if factor_named(words) != 1:
        return "multiplied"
    return "with_unit" if _names_a_unit(words) else "with_note"


def _names_a_unit(words: str) -> bool:
    parts = [words.strip(" .()[]"), *LETTERS_OF_WORD.findall(words)]
    known = SHORT_UNITS_OF_TIME | WORDS_FOR_MONEY
    return words[0] in "€$£%‰" or any(part in known or find_code(part, "unit") for part in parts)
