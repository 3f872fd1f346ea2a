"""National personal numbers of the 27 Member States: their shapes and their check digits.

python-stdnum knows most of them; those of Hungary, Luxembourg and Malta are written here. One in
ten numbers of the right length passes a single check digit by chance. A shape is `certain` when
chance is small, because it holds a date, letters, separators or two check digits, or is longer than
any count. The others are believed only where a word or the column says what they are.
"""

import re
from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import NamedTuple

from stdnum import luhn, verhoeff

Check = Callable[[str], bool]


class Shape(NamedTuple):
    state: str
    pattern: re.Pattern[str]
    check: Check
    certain: bool = True


def stdnum(module: str) -> Check:
    """The check of one module of python-stdnum."""
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
    """The last six digits are the date of birth; months 13 to 15 were used where days ran out."""
    number = "".join(map(str, digits(text)))
    day, month = int(number[4:6]), int(number[6:8])
    return 1 <= day <= 31 and 1 <= month <= 15 and stdnum("at.vnr")(number)  # noqa: PLR2004


def hungarian(text: str) -> bool:
    """Személyi azonosító: sex and century, date, serial; weights rise, and fall since 1997."""
    number = digits(text)
    century = {1: 1900, 2: 1900, 3: 2000, 4: 2000}.get(number[0])
    if century is None:
        return False
    year = century + 10 * number[1] + number[2]
    born = year, 10 * number[3] + number[4], 10 * number[5] + number[6]
    rising = sum(place * digit for place, digit in enumerate(number[:10], 1)) % 11
    falling = (
        sum(place * digit for place, digit in zip(range(10, 0, -1), number[:10], strict=True)) % 11
    )
    return is_date(*born) and number[10] == (rising if born < (1997, 1, 1) else falling)


def hungarian_health(text: str) -> bool:
    """TAJ: weights 3 and 7."""
    number = digits(text)
    return (
        sum(digit * (3, 7)[place % 2] for place, digit in enumerate(number[:8])) % 10 == number[8]
    )


def hungarian_tax(text: str) -> bool:
    """Adóazonosító jel: begins with 8, weights 1 to 9."""
    number = digits(text)
    return sum(place * digit for place, digit in enumerate(number[:9], 1)) % 11 == number[9]


def luxembourgish(text: str) -> bool:
    """Matricule: date, serial, a digit by Luhn and one by Verhoeff, both over the first eleven."""
    number = "".join(map(str, digits(text)))
    born = int(number[:4]), int(number[4:6]), int(number[6:8])
    return (
        is_date(*born)
        and luhn.is_valid(number[:12])
        and verhoeff.is_valid(number[:11] + number[12])
    )


def anything(_text: str) -> bool:
    return True


def shape(state: str, pattern: str, check: Check, *, certain: bool = True) -> Shape:
    """Neither within a longer word or number, nor with a decimal or a separator at its side."""
    whole = rf"(?<![\w])(?<!\d[.,/-])(?:{pattern})(?![\w])(?![.,/-]\d)"
    return Shape(state, re.compile(whole, re.IGNORECASE), check, certain)


# Letters that stand for digits where two Italians would share a code.
OMO = "[0-9LMNPQRSTUV]"
CODICE = rf"[A-Z]{{6}}{OMO}{{2}}[A-EHLMPRST]{OMO}{{2}}[A-Z]{OMO}{{3}}[A-Z]"

SHAPES = (
    shape("BE", r"\d{2}\.?\d{2}\.?\d{2}[- ]?\d{3}[. ]?\d{2}", stdnum("be.nn")),
    shape("BE", r"\d{2}\.?\d{2}\.?\d{2}[- ]?\d{3}[. ]?\d{2}", stdnum("be.bis")),
    shape("BG", r"\d{10}", stdnum("bg.egn")),
    shape("BG", r"\d{10}", stdnum("bg.pnf"), certain=False),
    shape("CZ", r"\d{6}/\d{3,4}", stdnum("cz.rc")),
    shape("CZ", r"\d{10}", stdnum("cz.rc"), certain=False),
    shape("DK", r"\d{6}-\d{4}", stdnum("dk.cpr")),
    shape("DK", r"\d{10}", stdnum("dk.cpr"), certain=False),
    shape("DE", r"\d{2} ?\d{3} ?\d{3} ?\d{3}", stdnum("de.idnr")),
    shape("EE", r"\d{11}", stdnum("ee.ik")),
    shape("IE", r"\d{7}[A-W][A-IW]?", stdnum("ie.pps")),
    shape("EL", r"\d{11}", stdnum("gr.amka")),
    shape("EL", r"\d{9}", stdnum("gr.vat"), certain=False),
    shape("EL", r"[ΑΒΕΖΗΙΚΜΝΟΡΤΥΧABEZHIKMNOPTYX]{1,2}[- ]?\d{6}", anything, certain=False),
    shape("ES", r"\d{8}[- ]?[A-Z]", stdnum("es.dni")),
    shape("ES", r"[XYZ][- ]?\d{7}[- ]?[A-Z]", stdnum("es.nie")),
    shape("FR", r"[1-478] ?\d{2} ?\d{2} ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}", stdnum("fr.nir")),
    shape("FR", r"[0-3]\d ?\d{2} ?\d{3} ?\d{3} ?\d{3}", stdnum("fr.nif")),
    shape("HR", r"\d{11}", stdnum("hr.oib")),
    shape("HR", r"\d{13}", stdnum("si.emso")),
    shape("IT", CODICE, stdnum("it.codicefiscale")),
    shape("CY", r"[09]\d{7}[A-Z]", stdnum("cy.vat")),
    shape("CY", r"\d{6,10}", anything, certain=False),
    shape("LV", r"[0-3]\d{5}-?\d{5}", stdnum("lv.pvn")),
    shape("LT", r"\d{11}", stdnum("lt.asmens")),
    shape("LU", r"(?:19|20)\d{2} ?\d{4} ?\d{5}", luxembourgish),
    shape("HU", r"[1-4][- ]?\d{6}[- ]?\d{4}", hungarian),
    shape("HU", r"\d{3}[- ]?\d{3}[- ]?\d{3}", hungarian_health, certain=False),
    shape("HU", r"8\d{9}", hungarian_tax, certain=False),
    shape("MT", r"0\d{6}[MGAPLHBZ]", anything),
    shape("MT", r"\d{1,7}[MGAPLHBZ]", anything, certain=False),
    shape("NL", r"\d{9}", stdnum("nl.bsn"), certain=False),
    shape("NL", r"\d{4}\.\d{2}\.\d{3}", stdnum("nl.bsn")),
    shape("AT", r"\d{4} ?\d{6}", austrian),
    shape("PL", r"\d{11}", stdnum("pl.pesel")),
    shape("PT", r"\d{9}", stdnum("pt.nif"), certain=False),
    shape("PT", r"\d{8} ?\d ?[A-Z]{2}\d", stdnum("pt.cc")),
    shape("RO", r"\d{13}", stdnum("ro.cnp")),
    shape("SI", r"\d{13}", stdnum("si.emso")),
    shape("SK", r"\d{6}/\d{3,4}", stdnum("sk.rc")),
    shape("SK", r"\d{10}", stdnum("sk.rc"), certain=False),
    shape("FI", r"\d{6}[-+ABCDEFUVWXY]\d{3}[0-9A-Y]", stdnum("fi.hetu")),
    shape("SE", r"(?:\d{2})?\d{6}[-+]\d{4}", stdnum("se.personnummer")),
    shape("SE", r"(?:19|20)?\d{10}", stdnum("se.personnummer")),
)  # fmt: skip
