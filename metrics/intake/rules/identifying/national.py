"""National identification numbers of the 27 Member States: shapes and check digits.

python-stdnum validates most of them; those of Hungary, Luxembourg and Malta are validated here. One
in ten numbers of the right length passes a single check digit by chance. A shape is `certain` if
chance matches are rare, because it has a date, letters, separators or two check digits, or is
longer than any count. Other shapes count only if a word or the column says what they are.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from importlib import import_module
from operator import mul
from typing import Any, NamedTuple, TypedDict

from stdnum import luhn, verhoeff
from stdnum.fi import hetu

from metrics.core.discover import read_yaml

FINNISH_LETTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
DATE_PARTS = {"DD": r"(?:0[1-9]|[12]\d|3[01])", "MM": r"(?:0[1-9]|1[0-2])"}

# A number is not within a longer word or number, and has no decimal or separator beside it.
BEGINNING = r"(?<!\w)(?<!\d[.,/-])"
END = r"(?!\w)(?![.,/-]\d)"
# Where a number of any shape may begin: each shape is looked for only there.
NUMBER_START = re.compile(
    rf"{BEGINNING}(?=\d|[^\W\d_]{{1,2}}[- ]?\d|[A-Z]{{6}}\w\w[A-Z])", re.IGNORECASE
)

Check = Callable[[str], bool]


class Shape(NamedTuple):
    state: str
    pattern: re.Pattern[str]
    check: Check
    possible: re.Pattern[str]  # of what may pass, where a number starts
    certain: bool = True

    @property
    def checked(self) -> bool:
        """Whether anything distinguishes a number of this shape from any other."""
        return self.check is not anything


class WeightedSum(TypedDict):
    """The remainders that the weighted sum of the digits of a number may leave."""

    weights: Sequence[int]
    modulo: int
    leaves: Sequence[int]


def stdnum(module: str) -> Check:
    """The validator of one module of python-stdnum."""
    check: Check = import_module(f"stdnum.{module}").is_valid
    return check


def digits(text: str) -> list[int]:
    return [int(letter) for letter in text if letter.isdecimal()]


def is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def austrian(text: str) -> bool:
    """The last six digits are the date of birth; months 13 to 15 were used when days ran out."""
    number = "".join(map(str, digits(text)))
    day, month = int(number[4:6]), int(number[6:8])
    return 1 <= day <= 31 and 1 <= month <= 15 and stdnum("at.vnr")(number)  # noqa: PLR2004


def german(text: str) -> bool:
    """Of the first ten digits of an IdNr one is there twice or three times, the others once."""
    return len({*text.replace(" ", "")[:10]}) in {8, 9} and stdnum("de.idnr")(text)


def hungarian(text: str) -> bool:
    """Személyi azonosító: sex and century, date, serial; weights rise, and fall since 1997."""
    number = digits(text)
    century = {1: 1900, 2: 1900, 3: 2000, 4: 2000}.get(number[0])
    if century is None:
        return False
    year = century + 10 * number[1] + number[2]
    born = year, 10 * number[3] + number[4], 10 * number[5] + number[6]
    rising = sum(weight * digit for weight, digit in enumerate(number[:10], 1)) % 11
    falling = (
        sum(weight * digit for weight, digit in zip(range(10, 0, -1), number[:10], strict=True))
        % 11
    )
    return is_date(*born) and number[10] == (rising if born < (1997, 1, 1) else falling)


def hungarian_health(text: str) -> bool:
    """TAJ: weights 3 and 7."""
    number = digits(text)
    return (
        sum(digit * (3, 7)[position % 2] for position, digit in enumerate(number[:8])) % 10
        == number[8]
    )


def hungarian_tax(text: str) -> bool:
    """Adóazonosító jel: begins with 8, weights 1 to 9."""
    number = digits(text)
    return sum(weight * digit for weight, digit in enumerate(number[:9], 1)) % 11 == number[9]


def luxembourgish(text: str) -> bool:
    """Matricule: date, serial, a digit by Luhn and one by Verhoeff, both over the first eleven."""
    number = "".join(map(str, digits(text)))
    born = int(number[:4]), int(number[4:6]), int(number[6:8])
    return (
        is_date(*born)
        and luhn.is_valid(number[:12])
        and verhoeff.is_valid(number[:11] + number[12])
    )


def finnish(text: str) -> bool:
    """Temporary numbers, of which the serial begins with 9, too; 131052.308T."""
    number = re.sub(r"(?<=^\d{6})[ ./](?=\d)", "-", text).replace(" ", "")
    return bool(hetu.is_valid(number) or _passes_finnish_check(number))


def _passes_finnish_check(text: str) -> bool:
    number = "".join(map(str, digits(text[:10])))
    return number[6:7] == "9" and text[-1].upper() == FINNISH_LETTERS[int(number[:9]) % 31]


def anything(_text: str) -> bool:
    return True


CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (
        austrian,
        finnish,
        german,
        hungarian,
        hungarian_health,
        hungarian_tax,
        luxembourgish,
        anything,
    )
}


def shape(state: str, fields: Mapping[str, Any]) -> Shape:
    """The shape that an entry of `national.yaml` declares."""
    check = CHECKS.get(fields["check"]) or stdnum(fields["check"])
    if "sum" in fields:
        check = _after_sum(fields["sum"], check)
    pattern = possible = fields["pattern"]
    if "begins" in fields:
        beginning = _with_dates(fields["begins"])
        check = _after_beginning(re.compile(beginning), check)
        possible = rf"(?={beginning})(?:{pattern})"
    certain = fields.get("certain", True)
    near = re.compile(rf"(?:{possible}){END}", re.IGNORECASE)
    return Shape(state, _whole_number(pattern), check, near, certain)


def _whole_number(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"{BEGINNING}(?:{pattern}){END}", re.IGNORECASE)


def _with_dates(begins: str) -> str:
    """The pattern of a beginning in which DD stands for a day and MM for a month."""
    for part, pattern in DATE_PARTS.items():
        begins = begins.replace(part, pattern)
    return rf"(?:{begins})"


def _after_beginning(beginning: re.Pattern[str], check: Check) -> Check:
    """The check, which is made only of a text that begins so."""
    return lambda text: bool(beginning.match(text)) and check(text)


def _after_sum(wanted: WeightedSum, check: Check) -> Check:
    """The check, which is made only of digits whose weighted sum leaves such a remainder."""
    weights, modulo, leaves = wanted["weights"], wanted["modulo"], {*wanted["leaves"]}
    return lambda text: sum(map(mul, weights, map(int, text))) % modulo in leaves and check(text)


_DECLARED = [
    (state, fields)
    for state, shapes in read_yaml(__package__, "national.yaml").items()
    for fields in shapes
]
SHAPES = tuple(shape(state, fields) for state, fields in _DECLARED)
ANY_SHAPE = _whole_number("|".join(f"({fields['pattern']})" for _, fields in _DECLARED))
# What a certain number may be, where a number starts; one test rules out most texts.
ANY_CERTAIN_NUMBER = re.compile(
    "|".join({own.possible.pattern: None for own in SHAPES if own.certain}), re.IGNORECASE
)
DOUBTFUL_SHAPES = tuple(own for own in SHAPES if not own.certain)
ANY_DOUBTFUL_SHAPE = _whole_number(
    "|".join(fields["pattern"] for _, fields in _DECLARED if not fields.get("certain", True))
)


def state_of(match: re.Match[str]) -> str:
    """The State of the first shape of which a match of `ANY_SHAPE` is."""
    return SHAPES[(match.lastindex or 1) - 1].state
