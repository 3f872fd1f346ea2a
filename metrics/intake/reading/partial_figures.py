"""Recognise texts by which a figure is of a part only: `only Sofia region`, `10 months`."""

import re
from functools import cache

from metrics.catalogue.codelists import LETTERS_OF_WORD, fold_spelling, member_states, one_of
from metrics.intake.reading.days import (
    DAY_IN_TEXT,
    FULL_YEAR,
    LAST_DAY,
    NAME_OF_MONTH,
    NUMBER_OF_DAY,
    parse_day,
)
from metrics.intake.reading.figure_words import find_meaning, without_meaning, words_of_meaning
from metrics.intake.reading.headings import vocabulary
from metrics.intake.reading.named_periods import find_part_of_year, month_of
from metrics.intake.reading.numbers_with_text import WORDS_OF_A_PART
from metrics.intake.templates import words_meaning

# A longer clause explains a figure; the words for parts of a State or year are everyday words.
WORDS_OF_A_LIMIT, WORDS_OF_A_LABEL, WORDS_BESIDE_A_DAY = 8, 5, 1
# Dyzurnet.pl: its end is no word, as `pl.` is in Finnish for “excluding”.
ENDS_OF_SITES = "|".join(["eu", "net", "org", *map(str.lower, member_states())])
NAME_OF_A_SITE = re.compile(rf"[\w-]{{4,}}\.(?:{ENDS_OF_SITES})(?![\w.])", re.IGNORECASE)
CLAUSES = re.compile(r"[;:,()\n]|\.\s|\s[-–—]\s")
PART_OF_YEAR = re.compile(r"\b(?:[qhs][1-4]|[1-4]q|(?:[1-9]|1[01])m(?= ?(?:19|20)\d\d))\b")
NUMBER_OF_MONTHS = re.compile(r"(?<![\d.,])(?:[1-9]|1[01])(?![\d.,])")
# 3 of 5 regions
SOME_OF_ALL = re.compile(
    rf"(?<![\d.,/])(\d{{1,2}})\s(?:of|no|{WORDS_OF_A_PART})\s(\d{{1,2}})(?![\d.,/])"
)
WHOLE_YEAR = (1, 12)
LAST_OF_DECEMBER, MONTHS_BEFORE_THE_LAST = (31, 12), range(1, 12)
# 1-9/2025, by the numbers of the months
SPAN_OF_NUMBERS = re.compile(
    r"(?<![\d./-])(0?[1-9]|1[0-2])\s?[-–—]\s?(0?[1-9]|1[0-2])\s?[./]\s?(?:19|20)\d{2}(?!\d)"
)
MONTH_NAME = r"([^\W\d_]{3,})\.?"
# 1.–3. ceturksnis, IV ketvirtis; all four are the whole year
NUMBER_OF_A_QUARTER = r"(?:[1-4]|iv|i{1,3})(?!\w)"
ALL_QUARTERS = re.compile(r"(?<!\w)(?:1\W{1,4}4|i\W{1,4}iv)(?!\w)")
ROMAN_MONTHS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
# I–XI 2025
SPAN_OF_ROMAN_MONTHS = re.compile(
    r"(?<!\w)([ivx]+)\s?[-–—]\s?([ivx]+)[.\s]{1,2}(?:19|20)\d{2}(?!\d)"
)
LAST_ROMAN_QUARTER = 4
# 30. juni 2025, 2025 m. birželio 30 d., 2025. gada 30. jūnijā
DAYS_WITH_MONTHS = tuple(
    re.compile(shape)
    for shape in (
        rf"(?<![\d.]){NUMBER_OF_DAY}[.º]?\s+(?:de\s+)?{NAME_OF_MONTH}\s+(?:del?\s+)?{FULL_YEAR}",
        rf"{FULL_YEAR}\.?\s+(?:m\.\s+)?{NAME_OF_MONTH}\s+{NUMBER_OF_DAY}(?!\d)",
        rf"{FULL_YEAR}\.?\s+gada\s+{NUMBER_OF_DAY}\.?\s+{NAME_OF_MONTH}",
    )
)


def names_a_limit(text: str) -> bool:
    """Whether a text has a word such as `only` or `excluding`; `internal use only` is no limit."""
    is_limited = find_meaning(without_meaning(text, "confidential"), "part")
    return bool(is_limited) and not find_meaning(text, "whole")


def names_a_part(text: str, period: str = "") -> bool:
    """Whether a text says in few words that a figure leaves out a part of the State or period."""
    clauses = CLAUSES.split(NAME_OF_A_SITE.sub(" ", text))
    if any(map(_is_limiting_clause, clauses)) or _ends_within_the_year(text, period):
        return True
    words = count_words(text)
    if words > WORDS_OF_A_LIMIT:
        return False
    plain = fold_spelling(text)
    if any(int(some) < int(every) for some, every in SOME_OF_ALL.findall(plain)):
        return True
    is_label = words <= WORDS_OF_A_LABEL
    if is_label and names_parts(text):
        return True
    if period and not period.isdecimal():  # January to August, of a figure of these months
        return False
    is_part_of_year = is_label and (
        _names_half_or_quarter(text)
        or _names_a_day_within(text, period)
        or _is_as_at_a_day_within(text, period)
    )
    return is_part_of_year or _names_some_months(plain)


def names_a_part_of_year(text: str) -> bool:
    """Whether a name has a half-year, a quarter or some months in it: `FI H1 2025`."""
    return _names_half_or_quarter(text) or _names_some_months(fold_spelling(text))


def names_parts(heading: str) -> bool:
    """Whether one of the words of a heading is one for parts of a State: `Police district`."""
    known = vocabulary("observations")
    return any(
        known.get(word) == "part_of_area"
        for word in LETTERS_OF_WORD.findall(fold_spelling(heading))
    )


def count_words(text: str) -> int:
    return len(LETTERS_OF_WORD.findall(text))


def _is_limiting_clause(clause: str) -> bool:
    return count_words(clause) <= WORDS_OF_A_LIMIT and names_a_limit(clause)


def _names_half_or_quarter(text: str) -> bool:
    plain = fold_spelling(text)
    is_of_quarters = _quarters().search(plain) and not ALL_QUARTERS.search(plain)
    if find_part_of_year(plain)[0]:
        return True
    return bool(is_of_quarters or PART_OF_YEAR.search(plain) or find_meaning(text, "half_year"))


def _names_some_months(plain: str) -> bool:
    """Whether a folded text names fewer than twelve months: `10 months`, `January to October`."""
    if any((int(first), int(last)) != WHOLE_YEAR for first, last in SPAN_OF_NUMBERS.findall(plain)):
        return True
    for first, last in SPAN_OF_ROMAN_MONTHS.findall(plain):
        if {first, last} <= {*ROMAN_MONTHS} and _is_part_of_roman_months(first, last):
            return True
    if find_meaning(plain, "months") and NUMBER_OF_MONTHS.search(plain):
        return True
    spans = (tuple(map(month_of, match.groups())) for match in _span_of_months().finditer(plain))
    if any(0 not in span and span != WHOLE_YEAR for span in spans):
        return True
    ends = (month_of(match.group(1)) for match in _end_of_months().finditer(plain))
    return any(0 < month < WHOLE_YEAR[1] for month in ends)


def _is_part_of_roman_months(first: str, last: str) -> bool:
    """Whether a span is neither of all months nor of all quarters: I–IV may be either."""
    span = ROMAN_MONTHS.index(first) + 1, ROMAN_MONTHS.index(last) + 1
    return span not in {WHOLE_YEAR, (1, LAST_ROMAN_QUARTER)}


def _is_as_at_a_day_within(text: str, period: str) -> bool:
    """Whether a text has a word such as `as at`, and a day before the last one of the period."""
    if not period or not (find_meaning(text, "as_at") or find_meaning(text, "up_to_after")):
        return False
    days = [match for shape in DAYS_WITH_MONTHS for match in shape.finditer(fold_spelling(text))]
    months = [(match, month_of(match["month"])) for match in days]
    return any(
        month and match["year"] == period and (int(match["day"]), month) != LAST_OF_DECEMBER
        for match, month in months
    )


def _names_a_day_within(text: str, period: str) -> bool:
    """Whether a text is little else than a day of the period before its last one: `30.9.2024`."""
    days = DAY_IN_TEXT.findall(text) if period and count_words(text) <= WORDS_BESIDE_A_DAY else []
    year, _, day = (parse_day(days[-1]) if days else "").partition("-")
    return bool(year) and year == period and day != LAST_DAY


def _ends_within_the_year(text: str, period: str) -> bool:
    """Whether a text names a day before the last one of the period as its end: `up to 30.9.`."""
    return bool(period) and any(
        match["year"] == period and (int(match["day"]), int(match["month"])) != LAST_OF_DECEMBER
        if match["year"]
        else int(match["month"]) in MONTHS_BEFORE_THE_LAST
        for shape in _ending_days()
        for match in shape.finditer(fold_spelling(text))
    )


@cache
def _quarters() -> re.Pattern[str]:
    # A letter alone before or after a number may mean anything, but for the Q of Q3.
    word = one_of(word for word in words_meaning("quarter") if len(word) > 1)
    number = rf"{NUMBER_OF_A_QUARTER}\W{{0,3}}"
    return re.compile(
        rf"(?<![\w.,/]){number}(?:{word})(?!\w)|(?<!\w)(?:{word})\s?{NUMBER_OF_A_QUARTER}(?![\d.,]\d)"
    )


@cache
def _span_of_months() -> re.Pattern[str]:
    return re.compile(rf"{MONTH_NAME}\s*(?:[-–—/]|\b(?:{_up_to()})\b)\s*{MONTH_NAME}")


@cache
def _end_of_months() -> re.Pattern[str]:
    day = r"(?:\d{1,2}\.?\s+(?:de\s+)?)?"
    return re.compile(rf"\b(?:{_up_to()})\.?\s+(?:[^\W\d_]+\s+)?{day}{MONTH_NAME}")


@cache
def _ending_days() -> tuple[re.Pattern[str], ...]:
    """A day after a word such as `up to` or `as at`, or before `asti` in Finnish.

    Without its year, only the end of a month is no number with decimals: `to 30.9.`, `to 3.5`.
    """
    whole = rf"{NUMBER_OF_DAY}[./-] ?(?P<month>\d{{1,2}})[./-] ?{FULL_YEAR}(?!\d)"
    last = r"(?P<day>28|29|30|31)(?:\. ?(?P<month>0?[1-9]|1[0-2])\.(?P<year>)(?! ?\d))"
    before = one_of([*words_meaning("up_to"), *words_of_meaning("as_at")])
    after = one_of(words_of_meaning("up_to_after"))
    shapes = (
        shape
        for day in (whole, last)
        for shape in (
            rf"(?<!\w)(?:{before})[.:]?\s+{day}",
            rf"(?<![\d./]){day}[ -]?(?:{after})(?!\w)",
        )
    )
    return tuple(map(re.compile, shapes))


@cache
def _up_to() -> str:
    return one_of(words_meaning("up_to"))
