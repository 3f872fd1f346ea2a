"""Number formats of native charts: a label follows its cell, and prints it as the page does."""

import re
from dataclasses import dataclass
from functools import cache

from dashboard.charts.specification import Mark
from metrics.core.tables import EITHER_LIMIT, LOWER_LIMIT, UPPER_LIMIT
from metrics.messages.local_formats import HARD_SPACE, MINUS, decimal_symbol, group_symbol

THOUSAND, MILLION = 1_000, 1_000_000
SIGNS_OF_LIMITS = {LOWER_LIMIT: ">", UPPER_LIMIT: "<", EITHER_LIMIT: "≷"}
ABSENCE_LETTERS = {"absent.suppressed": "c", "absent.not_applicable": "z"}
NO_FIGURE_SIGN = ":"
UNMARKED = Mark()


def letter_of(mark: Mark) -> str:
    """Eurostat's letters: `p` of a provisional value, `>` of a lower limit, `c` of a suppressed."""
    if mark.code.startswith("absent."):
        return ABSENCE_LETTERS.get(mark.code, NO_FIGURE_SIGN)
    return SIGNS_OF_LIMITS.get(mark.code, mark.code.lower())


def limit_of(mark: Mark) -> Mark:
    """The mark of a limit, which no number is printed without; of any other none."""
    return mark if mark.code in SIGNS_OF_LIMITS else UNMARKED


@dataclass(frozen=True)
class PrintedNumber:
    """How a number is printed: its decimals, and whether a plus is."""

    decimals: int = 0
    is_signed: bool = False
    has_negatives: bool = False  # beside others on an axis

    @classmethod
    def parse(cls, printed: str, language: str) -> "PrintedNumber":
        """From a number as a page prints it, such as `8,824` or `+12.5`."""
        symbol, last = (
            decimal_symbol(language),
            max((at for at, letter in enumerate(printed) if letter.isdigit()), default=-1),
        )
        number = printed[: last + 1]
        decimals = len(number.rpartition(symbol)[2]) if symbol in number else 0
        return cls(decimals, printed.lstrip().startswith(("+", MINUS)))


@cache
def number_format(printed: PrintedNumber, language: str, mark: Mark = UNMARKED) -> str:
    """The format code, with the separator of thousands of the deck's language.

    An Office program takes its own separators for the usual codes. The decimal mark stays its
    own: no code can set it.
    """
    group = f'"{group_symbol(language)}"'
    decimals = "." + "0" * printed.decimals if printed.decimals else ""
    before, after = flag_parts(mark)
    if printed.is_signed:
        return f'{before}+0{decimals}{after};{before}"{MINUS}"0{decimals}{after};0{decimals}{after}'
    if printed.has_negatives:  # a condition for them would leave the sign of the program too
        return f'0{decimals};"{MINUS}"0{decimals}'
    million, thousand = f"#{group}000{group}000", f"#{group}000"
    codes = {f"[>={MILLION}]": million, f"[>={THOUSAND}]": thousand, "": "0"}
    return ";".join(
        f"{condition}{before}{code}{decimals}{after}" for condition, code in codes.items()
    )


def short_number(printed: str, mark: Mark) -> str:
    """`< 56` of `less than 56`: a limit in as little room as a number has."""
    found = re.search(r"\d(?:.*\d)?", printed)
    if mark.code not in SIGNS_OF_LIMITS or found is None:
        return printed
    return f"{SIGNS_OF_LIMITS[mark.code]}{HARD_SPACE}{found.group()}"


def flag_parts(mark: Mark) -> tuple[str, str]:
    """What is printed around a number: `>` of a lower limit, ` p` of a provisional one."""
    if mark.code in SIGNS_OF_LIMITS:
        return f'"{SIGNS_OF_LIMITS[mark.code]}{HARD_SPACE}"', ""
    return ("", f'"{HARD_SPACE}{letter_of(mark)}"') if mark else ("", "")
