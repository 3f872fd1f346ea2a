"""Numbers, days and periods as the readers of a language write them."""

import calendar
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal

from babel import Locale
from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

from metrics.core.load_once import load_once
from metrics.core.period import ReferencePeriod
from metrics.messages import ENGLISH, Message, messages

LOCALES = {ENGLISH: "en_GB"}  # 10 April 2026
MINUS = "\N{MINUS SIGN}"
HARD_SPACE = "\N{NO-BREAK SPACE}"
QUARTER, HALF_YEAR = 3, 6
EXACT_NUMBER = "#,##0." + "#" * 20
UNGROUPED_NUMBER = "0." + "#" * 20


@load_once()
def locale_of(language: str) -> Locale:
    return Locale.parse(LOCALES.get(language, language))


def format_exact(value: float, language: str, pattern: str = EXACT_NUMBER) -> str:
    """A number with ten significant digits: short, but never so that it misleads."""
    return format_number(Decimal(f"{value:.10g}"), pattern, language)


def format_number(number: Decimal, pattern: str, language: str) -> str:
    """A number by a pattern of CLDR, with a minus sign."""
    written = format_decimal(number, format=pattern, locale=locale_of(language))
    return separate_thousands(written, language).replace("-", MINUS)


def separate_thousands(written: str, language: str) -> str:
    """A number as CLDR writes it, with a space where its thousands have a dot."""
    has_dots = get_group_symbol(locale_of(language)) == "."
    return written.replace(".", HARD_SPACE) if has_dots else written


@cache
def group_symbol(language: str) -> str:
    """What separates thousands: a space in place of a dot, as the Official Journal prints them.

    The charts of a presentation print the decimal mark of the reader's program, which may be a dot.
    """
    return separate_thousands(str(get_group_symbol(locale_of(language))), language)


@cache
def decimal_symbol(language: str) -> str:
    return str(get_decimal_symbol(locale_of(language)))


def format_day(day: date | str, language: str, width: Literal["long", "medium"] = "long") -> str:
    """`10 April 2026` or, in a narrow table, `10 Apr 2026`."""
    parsed = date.fromisoformat(day[:10]) if isinstance(day, str) else day
    return format_date(parsed, format=width, locale=locale_of(language))


def format_period(written: str, language: str) -> str:
    """`2024`, `Q1 2024`, `January–August 2024`."""
    period = ReferencePeriod.parse(written)
    if period.is_full_year:
        return str(period.year)
    if named := _named_part(period, language):
        return named
    return f"{_months(period, language)} {period.year}"


def _named_part(period: ReferencePeriod, language: str) -> str:
    key = {QUARTER: "period.quarter", HALF_YEAR: "period.half_year"}.get(period.months)
    if key is None or (period.first_month - 1) % period.months:
        return ""
    number = (period.first_month - 1) // period.months + 1
    wording: Message = messages(language, "interface")[key]
    return wording.filled(number=number, year=period.year)


def _months(period: ReferencePeriod, language: str) -> str:
    names = get_month_names("wide", "stand-alone", locale_of(language))
    last = (period.first_month + period.months - 2) % len(calendar.month_name[1:]) + 1
    ends = dict.fromkeys((names[period.first_month], names[last]))
    return "–".join(ends)
