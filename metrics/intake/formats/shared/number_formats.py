"""What a number format makes of a number: per cent, a year, or something else than the number.

The syntax of format codes: ECMA-376 part 1, section 18.8.31.
"""

import operator
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal
from unicodedata import category, numeric

from metrics.core.number_notation import MARKS_IN_NUMBERS, SPACES_IN_NUMBERS

# "percentage": a number of per cent, beside the sign as a text
Display = Literal["number", "percent", "percentage", "year", "other"]

# Parts of a section that do not display the number: quotes, escapes, colours, conditions, spaces.
NOT_NUMBER = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
FILL = re.compile(r"\*(.)")  # a sign that is repeated until the cell is full
UNSEEN_COLOUR = re.compile(r"\[(?:white|color ?2)\]", re.IGNORECASE)
# Of a section without its fixed text; see `_shape_of_digits`.
SEPARATED_DIGITS = re.compile(
    r"[^#0?]*[#0?]+(?:s[#0?]{3}|m#[#0?]{2})*(?:\.[#0?]*(?:s[#0?]{1,3})*)?(?:E[+-][#0?]+)?[^#0?]*"
)
# A point meant between thousands, as in `#.##0`, is one before decimals: 1450 shows as 1450.000.
POINT_LIKE_THOUSANDS = re.compile(r"(?<![#0?,.])#\.##0(?![#0?])")
HAS_LITERAL_IN_DIGITS = re.compile(r"[#0?][smx]+[#0?]")
PADDING = re.compile(r"_.|\*.")
CURRENCY = re.compile(r"\[\$(?P<symbol>[^\]-]*)[^\]]*\]|(?P<bare>[$€£¥])")
LITERAL = re.compile(r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)')
SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])+|(?<=;)(?=;|$)|^(?=;)')
CONDITION = re.compile(r"\[(?P<sign><=|>=|<>|<|>|=)(?P<limit>-?[0-9.]+)\]")
# In the conditions of Excel and of OpenDocument, which writes `!=`.
COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "=": operator.eq, "<>": operator.ne, "!=": operator.ne,
}  # fmt: skip
DIGITS = re.compile(r"[0#?@]|General", re.IGNORECASE)
SHOWN_ZERO = re.compile(r"[0@/]|General", re.IGNORECASE)  # `#` displays no zero
IN_THOUSANDS = re.compile(r"[0#?],+(?![,0#?])")
# Fixed text that changes the number beside it: a digit, or thousands and millions
# in the official languages. The words for a table's unit are in `templates/synonyms.yaml`.
TEXT_WITH_FACTOR = re.compile(
    r"\d|[²³¹⁰-⁹]|[x×]|\b(?:[km]|mi?[jlor]\w{0,2}|mln|tsd|tys|tis|tūkst|tūk|bn|bil\w*|mil\w*|thou\w*"
    r"|taus\w*|tuh\w*|tus\w*|tis[íi]c\w*|tiso[čc]\w*|tūkst\w*|tysi\w*|duiz\w*|ezer\w*|mii|hilj\w*"
    r"|χιλ\w*|εκατ\w*|δισ\w*|хил\w*|млн|млрд|elf|eluf|míl\w*)\b",
    re.IGNORECASE,
)
# Fixed text that makes a limit or an estimate of the number, or that marks it for a note or with a
# flag of its status.
TEXT_OF_DOUBT = re.compile(
    r"[<>≤≥~≈±*†‡?]|\b(?:[bcefnpru]|prov\w*|prel\w*|est|estim\w*|ca|cca|circa|cirka|approx|about|etwa|rund|noin|environ|env|περίπου|около|oko"
    r"|około|kb|umbes|apie|aptuveni|ongeveer|aprox)\b",
    re.IGNORECASE,
)
# Signs by which a format displays the number itself.
FORMAT_SIGNS = re.compile(r"General|E[+-]|[0#?.,%/@\s]", re.IGNORECASE)
# Signs that may be part of a unit: km/h, non-fatal.
SIGNS_IN_UNITS = frozenset(".,'\u2019-/()%&:+\u2013\u2014\u2212")
SIGN_OF_NUMBER = re.compile(r"^[-+\u2013\u2014\u2212]|[-+\u2013\u2014\u2212]$|^\W+$")
# A plus before the digits, as of a change: a positive number with it is the same number.
PLUS_BEFORE = re.compile(r'^(?P<first>(?:\[[^\]]*\])*) ?(?:"\+ ?"|\\\+|\+) ?(?=[#0?])')
AS_TYPED = {"@", "general"}  # the section of a text that is displayed as it is
NOT_THE_NUMBER = '"<"'  # a format of which any number is displayed as another, or as none
DASHES = " -–—\u2212"


def displays(code: str, number: float) -> Display:
    """How a number is displayed; `other` where the reader of the sheet does not see the number."""
    return _display_of_section(_section_for(code, number), sign=(number > 0) - (number < 0))


@lru_cache(maxsize=1_000)
def _display_of_section(section: str, sign: int) -> Display:
    displayed = NOT_NUMBER.sub("", section)
    if not DIGITS.search(displayed):
        return "number" if not sign and _displays_dash(section) else "other"
    text = _text_beside(section)
    if IN_THOUSANDS.search(displayed) or _shows_other_digits(section):
        return "other"
    if makes_another_number(text, sign):
        return "other"
    if "%" in displayed:
        return "percent"
    return "percentage" if "%" in text else "number"


def neutral_literal(section: str) -> str:
    """A quoted sign that has the effect of the fixed text of a section; empty if it has none."""
    displayed, text = NOT_NUMBER.sub("", section), _text_beside(section)
    if not DIGITS.search(displayed):
        return '"-"' if _displays_dash(section) else ""
    if _makes_another_of_any(text) or _shows_other_digits(section):
        return NOT_THE_NUMBER
    if _has_sign_of_number(text):
        return '"-"'
    if "%" in text:
        return '"%"'
    return '"."' if "@" in displayed and _fixed_text(section).strip() else ""


def displays_fixed_figure(code: str) -> bool:
    """Whether the format shows a figure of its own in place of the number."""
    return any(
        re.search(r"\d", _fixed_text(section)) and not DIGITS.search(NOT_NUMBER.sub("", section))
        for section in SECTION.findall(code)
    )


@lru_cache(maxsize=1_000)
def conceals_zero(code: str) -> bool:
    """Whether zero is displayed as a dash or not at all, as accounting formats do."""
    section = _section_for(code, 0)
    displayed = NOT_NUMBER.sub("", section)
    if not DIGITS.search(displayed):
        return _displays_dash(section)
    return not SHOWN_ZERO.search(displayed)


@lru_cache(maxsize=1_000)
def displays_another_text(code: str) -> bool:
    """Whether a text is displayed with more than its own letters, or not at all."""
    section = _section_for_texts(code)
    displayed = NOT_NUMBER.sub("", section).strip()
    if displayed.casefold() not in AS_TYPED or _shows_other_digits(section):
        return True
    return _fixed_text(section).strip() != ""


@lru_cache(maxsize=1_000)
def displays_another_day(code: str) -> bool:
    """Whether a date is displayed without its year, or with figures that are not its own."""
    section = SECTION.findall(code)[:1]
    parts = NOT_NUMBER.sub("", section[0]).casefold() if section else ""
    is_day = re.search("[dm]", parts) is not None and "general" not in parts
    return is_day and ("y" not in parts or any(map(_is_number, _fixed_text(section[0]))))


def displays_year(code: str) -> bool:
    """Whether a date in this format is displayed as its year alone."""
    return re.fullmatch(r"y{2,4}", NOT_NUMBER.sub("", code).strip(), re.IGNORECASE) is not None


@lru_cache(maxsize=1_000)
def displayed_unit(code: str, number: float) -> str:
    """The words or the currency that a format displays beside a number; empty without any."""
    if displays(code, number) != "number":
        return ""
    section = PADDING.sub("", _section_for(code, number))
    signs = CURRENCY.finditer(LITERAL.sub("", section))
    texts = [_fixed_text(section), *(match["symbol"] or match["bare"] or "" for match in signs)]
    return unit_in_text(" ".join(texts))


def unit_in_text(text: str) -> str:
    """A text without the spaces around it if it has letters or the sign of a currency."""
    is_unit = any(letter.isalpha() or category(letter) == "Sc" for letter in text)
    return text.strip() if is_unit else ""


def is_dash(text: str) -> bool:
    """Whether a text is a dash, which stands for zero in accounts, or several, and no more."""
    return bool(text.strip()) and not text.strip(DASHES)


def is_plain(code: str) -> bool:
    """Whether every number in this format is displayed in figures, and every date in full."""
    if displays_year(code) or CONDITION.search(code) or displayed_unit(code, 1):
        return False
    if conceals_zero(code):
        return False
    return all(displays(code, number) == "number" for number in (1, -1, 0))


def makes_another_number(text: str, number: float) -> bool:
    """Whether a text beside a number makes another of it, such as thousands or its negative."""
    return _makes_another_of_any(text) or (number >= 0 and _has_sign_of_number(text))


def _makes_another_of_any(text: str) -> bool:
    """Whether a text makes thousands, a limit, an estimate or a marked one of any number.

    So does any sign but those of currencies and those that may be part of the name of a unit.
    """
    return bool(
        TEXT_WITH_FACTOR.search(text) or TEXT_OF_DOUBT.search(text) or any(map(_is_odd_sign, text))
        or any(map(_is_number, text))
    )  # fmt: skip


def _is_number(letter: str) -> bool:
    """Whether a sign is a number of its own, such as a small or circled digit or a half."""
    return numeric(letter, None) is not None


def _shows_other_digits(section: str) -> bool:
    """Whether a section writes signs between the digits or fills with some, or in white.

    So does one whose decimals look like thousands.
    """
    plain = LITERAL.sub("", section)
    if POINT_LIKE_THOUSANDS.search(plain):
        return True
    if UNSEEN_COLOUR.search(plain) or any(own.isalnum() for own in FILL.findall(plain)):
        return True
    shape = _shape_of_digits(section)
    return (
        HAS_LITERAL_IN_DIGITS.search(shape) is not None
        and SEPARATED_DIGITS.fullmatch(shape) is None
    )


def _shape_of_digits(section: str) -> str:
    """A section with `s` for spaces and apostrophes, `m` for marks, `x` for other fixed signs."""
    if "/" in NOT_NUMBER.sub("", section):  # a fraction
        return ""
    quoted = LITERAL.sub(
        lambda match: "".join(map(_kind_of_sign, match["quoted"] or match["escaped"] or "")),
        section,
    )
    return NOT_NUMBER.sub("", quoted).replace(",", "").replace(" ", "s")


def _kind_of_sign(letter: str) -> str:
    if letter in SPACES_IN_NUMBERS or letter in "'\u2019":
        return "s"
    return "m" if letter in ".," else "x"


def _has_sign_of_number(text: str) -> bool:
    """Whether a text beside a number has a minus or brackets, as of a negative number."""
    signs = "".join(letter for letter in text if letter != "%" and category(letter) != "Sc")
    return SIGN_OF_NUMBER.search(signs.strip(MARKS_IN_NUMBERS)) is not None


def _is_odd_sign(letter: str) -> bool:
    kind = category(letter)
    return kind[0] in "PS" and kind != "Sc" and letter not in SIGNS_IN_UNITS


def _displays_dash(section: str) -> bool:
    return is_dash(_fixed_text(section) + NOT_NUMBER.sub("", section))


def _fixed_text(section: str) -> str:
    """What a section displays beside the number."""
    parts = (match["quoted"] or match["escaped"] or "" for match in LITERAL.finditer(section))
    return "".join(parts)


def _text_beside(section: str) -> str:
    """What a section displays beside the number, with the signs that are not quoted."""
    section = PLUS_BEFORE.sub(r"\g<first>", section)
    bare = FORMAT_SIGNS.sub("", NOT_NUMBER.sub("", section))
    return _fixed_text(section) + "".join(sign for sign in bare if not sign.isalnum())


@lru_cache(maxsize=1_000)
def _sections_of(code: str) -> tuple[list[str], list[re.Match[str] | None]]:
    """The sections of a format, and the conditions of the first two."""
    sections = SECTION.findall(code) or [""]
    return sections, [CONDITION.search(section) for section in sections[:2]]


def _section_for(code: str, number: float) -> str:
    """The section of a format that applies to a number: positive; negative; zero; text."""
    sections, conditions = _sections_of(code)
    if any(conditions):
        applies = (
            condition is None or COMPARISONS[condition["sign"]](number, float(condition["limit"]))
            for condition in conditions
        )
        others = sections[2] if len(sections) > 2 else ""  # noqa: PLR2004
        return next((own for own, fits in zip(sections, applies, strict=False) if fits), others)
    if number < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if not number and len(sections) > 2 else sections[0]  # noqa: PLR2004


def _section_for_texts(code: str) -> str:
    """The section of a format that applies to texts; without one, they are displayed as typed."""
    sections, _ = _sections_of(code)
    last = sections[-1]
    is_for_texts = len(sections) > 3 or "@" in NOT_NUMBER.sub("", last)  # noqa: PLR2004
    return last if is_for_texts else "@"
