"""Work out what the text of a figure may amount to: a time, a sum, a part of a whole, a status."""

import re

from metrics.catalogue.codelists import LETTERS_OF_WORD, find_code
from metrics.core.tables import STATUSES, WITHOUT_VALUE

# Latin, Greek and Cyrillic letters that look like 0, 1, 3 and 6.
LIKE_ZERO, LIKE_ONE, LIKE_THREE, LIKE_SIX = "OoΟοОо", "IlΙІӀ", "Зз", "б"
LOOK_ALIKES = str.maketrans(
    dict.fromkeys(LIKE_ZERO, "0")
    | dict.fromkeys(LIKE_ONE, "1")
    | dict.fromkeys(LIKE_THREE, "3")
    | dict.fromkeys(LIKE_SIX, "6")
)
LETTERS_FOR_DIGITS = "".join(map(chr, LOOK_ALIKES))

NUMBER_IN_A_FRACTION = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
MINUTES_OF_AN_HOUR, HOURS_OF_A_DAY = 60, 24
# What one of each unit is in hours.
HOURS_OF_UNITS = {"HOURS": 1, "DAYS": HOURS_OF_A_DAY}
CLOCK_TIME = r"(?P<number>[0-9]{1,4})(?::[0-5][0-9]){1,2}"
SIGNIFICANT_DIGITS = ".4g"


def clock_time_in(unit: str, typed: str) -> str:
    """Hours, minutes and seconds such as `12:30` in a unit of time; empty for other texts."""
    text = typed.strip()
    if unit not in HOURS_OF_UNITS or not re.fullmatch(CLOCK_TIME, text):
        return ""
    hours = sum(
        int(part) / MINUTES_OF_AN_HOUR**position for position, part in enumerate(text.split(":"))
    )
    return format(hours / HOURS_OF_UNITS[unit], SIGNIFICANT_DIGITS)


def added_up(typed: str) -> str:
    """The sum of whole numbers with nothing but plus signs between them; empty for other texts."""
    parts = [part.strip() for part in typed.strip(" =").split("+")]
    are_whole = len(parts) > 1 and all(part.isascii() and part.isdecimal() for part in parts)
    return str(sum(map(int, parts))) if are_whole else ""


def part_of_whole(typed: str) -> tuple[str, str]:
    """Both numbers of a text such as `12 out of 15`; empty if the first one is larger."""
    part, *rest = NUMBER_IN_A_FRACTION.findall(typed)
    is_part = len(rest) == 1 and _as_float(part) <= _as_float(rest[0])
    return (part, rest[0]) if is_part else ("", "")


def per_cent(part: str, whole: str) -> str:
    """A part of a whole in per cent; empty without a whole."""
    if not whole or not _as_float(whole):
        return ""
    return format(100 * _as_float(part) / _as_float(whole), SIGNIFICANT_DIGITS)


def _as_float(number: str) -> float:
    return float(number.replace(",", "."))


def letters_for_digits(typed: str) -> str:
    """The letters of a number that look like digits, such as `О, З`."""
    return ", ".join(dict.fromkeys(sign for sign in typed if sign in LETTERS_FOR_DIGITS))


def named_status(words: str) -> tuple[str, str]:
    """The column and the code of the status that words after a number name; empty if none."""
    parts = [part for part in (words, *LETTERS_OF_WORD.findall(words)) if len(part) > 1]
    for column in STATUSES:
        codes = (find_code(part, column) for part in parts)
        if code := next((code for code in codes if code and code not in WITHOUT_VALUE), ""):
            return column, code
    return "", ""
