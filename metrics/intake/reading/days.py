"""Parse days as people type them in any official language, and whole years named by their days."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache

from metrics.catalogue.codelists import fold_spelling, fold_text, one_of
from metrics.intake.reading.figure_words import words_of_meaning
from metrics.intake.reading.named_periods import month_of
from metrics.intake.templates import words_meaning

DAY_IN_TEXT = re.compile(r"(?<!\d)(?:\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d{2}-\d{2})(?!\d)")
# Two months have two words in Irish.
NAME_OF_MONTH = r"(?P<month>[^\W\d_]{3,}(?: f[oó]mhair)?)\.?"
FULL_YEAR = r"(?P<year>(?:19|20)\d{2})"
NUMBER_OF_DAY = r"(?P<day>\d{1,2})"
MONTH_AND_YEAR = rf"{NAME_OF_MONTH},? (?:de )?{FULL_YEAR}"
DAYS_IN_WORDS = tuple(
    re.compile(shape)
    for shape in (
        # 1st of February 2024, 1 de enero de 2024, 31 ta' Diċembru 2024, 31-Dec-2024
        (
            rf"{NUMBER_OF_DAY}(?:\.|[ªº]|st|nd|rd|th|er|η)?[ -](?:de |of |ta['’] ?)?"
            rf"{NAME_OF_MONTH},?[ -](?:de )?{FULL_YEAR}"
        ),
        # February 1, 2024
        rf"{NAME_OF_MONTH} {NUMBER_OF_DAY}(?:st|nd|rd|th)?,? {FULL_YEAR}",
        # 2024. gada 1. februāris
        rf"{FULL_YEAR}\.? (?:gada )?{NUMBER_OF_DAY}\. {NAME_OF_MONTH}",
        # 2024. február 1. and 2024 m. vasario 1 d.
        rf"{FULL_YEAR}(?:\. ?| m\. ){NAME_OF_MONTH} {NUMBER_OF_DAY}(?: d)?",
    )
)
FIRST_DAY_OF_YEAR, LAST_DAY = "01-01", "12-31"  # of a year
# With points only the day is written first.
CERTAIN_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y")
DOUBTFUL_DAYS = (
    "%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y", "%m/%d/%y", "%y/%m/%d", "%d.%m.%y", "%y.%m.%d",
)  # fmt: skip
HYPHENS_AS_SLASHES = str.maketrans("-", "/")
# A Bulgarian year has its letter, and a program may add when a day begins or ends.
BEHIND_A_DAY = re.compile(r"(?<=\d)(?: ?г| ?\.г|[ t](?:00:00(?::00(?:\.0+)?)?|23:59(?::59)?)z?)$")
SPACE_WITHIN_A_DAY = re.compile(r"(?<=\d\.) (?=\d)")
MONTHS_OF_A_YEAR = re.compile(rf"0?1 ?[-–—] ?12 ?[./] ?{FULL_YEAR}")
INTERVAL_OF_A_YEAR = re.compile(rf"{FULL_YEAR}-01-01/(?:(?P=year)-12-31|p1y|p12m)")
MONTH_OF_A_YEAR = re.compile(MONTH_AND_YEAR)
DECEMBER = 12


def parse_day(cell: object) -> str:
    """A day as YYYY-MM-DD; empty if it is none, or if day and month may be swapped."""
    days = days_of_cell(cell)
    return days[0] if len(days) == 1 else ""


def days_of_cell(cell: object) -> Sequence[str]:
    """The days that a cell may mean: a date, or a text for one."""
    return [cell.isoformat()[:10]] if isinstance(cell, date) else days_meant(cell)


def days_meant(cell: object) -> Sequence[str]:
    """The days that a text may be: two where day and month may be swapped, as in 01/02/2024."""
    text = BEHIND_A_DAY.sub("", fold_text(cell).rstrip("."))
    text = SPACE_WITHIN_A_DAY.sub("", text)
    for form in CERTAIN_DAYS:
        if parsed := _parsed_day(text, form):
            return [parsed]
    if named := _day_in_words(text):
        return [named]
    plain = text if "/" in text else text.translate(HYPHENS_AS_SLASHES)
    either = (_parsed_day(plain, form) for form in DOUBTFUL_DAYS)
    return [*dict.fromkeys(filter(None, either))]


def _day_in_words(text: str) -> str:
    """A day with the name of its month, in an official language."""
    match = next(filter(None, (shape.fullmatch(text) for shape in DAYS_IN_WORDS)), None)
    if match is None:
        return ""
    month = month_of(fold_spelling(match["month"]))
    return _parsed_day(f"{match['year']}-{month}-{match['day']}", "%Y-%m-%d")


def year_ending_on(cell: object) -> str:
    """The year of which a day is the last, as in `As at 31.12.2024`; empty for any other text."""
    if isinstance(cell, date):
        day = parse_day(cell)
    else:
        days = DAY_IN_TEXT.findall(cell) if isinstance(cell, str) else []
        day = parse_day(days[0]) if len(days) == 1 else ""
    year, _, rest = day.partition("-")
    return year if rest == LAST_DAY else ""


def whole_year(cell: object) -> str:
    """The year that a cell names by its first or last day, or by both: `1.1.–31.12.2025`.

    Of two days that a text may mean, `31.12.25`, only one can be such a day.
    """
    if not isinstance(cell, str | date):
        return ""
    days = days_of_cell(_as_at().sub("", fold_spelling(cell)) if isinstance(cell, str) else cell)
    years = {day[:4] for day in days if day[5:] in {FIRST_DAY_OF_YEAR, LAST_DAY}}
    if len(years) == 1:
        return years.pop()
    return "" if days or isinstance(cell, date) else _year_of_span(cell)


def _year_of_span(text: str) -> str:
    """The year that a text names from its first day or month to its last one."""
    plain = fold_spelling(text).rstrip(".")
    if whole := MONTHS_OF_A_YEAR.fullmatch(plain) or INTERVAL_OF_A_YEAR.fullmatch(plain):
        return whole["year"]
    spans = ((plain[: sign.start()], plain[sign.end() :]) for sign in _up_to().finditer(plain))
    return next(filter(None, (_year_between(first, last) for first, last in spans)), "")


def _year_between(first: str, last: str) -> str:
    year, _, day = parse_day(last).partition("-")
    if day == LAST_DAY:
        begun = (parse_day(text) for text in (first, f"{first}{year}", f"{first} {year}"))
        return year if f"{year}-{FIRST_DAY_OF_YEAR}" in begun else ""
    month = MONTH_OF_A_YEAR.fullmatch(last)
    if month and month_of(month["month"]) == DECEMBER and month_of(first.strip(" .")) == 1:
        return month["year"]
    return ""


@cache
def _as_at() -> re.Pattern[str]:
    return re.compile(rf"^(?:{one_of(words_of_meaning('as_at'))}) (?=\d)")


@cache
def _up_to() -> re.Pattern[str]:
    return re.compile(rf" ?[-–—] ?| (?:{one_of(words_meaning('up_to'))}) ")


def _parsed_day(text: str, form: str) -> str:
    try:
        return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        return ""
