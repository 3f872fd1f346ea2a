"""Parse numbers as people type them: clear ones are read, ambiguous ones are reported.

A column is read with one decimal mark, which one of its cells, or else one of its sheet's, proves.
`1 234,5` proves the comma, `1,234.5` the point; `1.234` alone is ambiguous, and so it is if the
figures of the file prove both. So is a number in brackets: accountants mean a negative number,
statisticians an unreliable one.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from math import isfinite, nan
from typing import NamedTuple, TypeVar
from unicodedata import category

from metrics.catalogue.codelists import fold_spelling
from metrics.intake.reading.named_periods import month_of
from metrics.intake.reading.numbers_with_text import STATUS_FLAGS, recognise_near_number
from metrics.intake.workbook import CellForm, NonValue, Percent

T = TypeVar("T")
U = TypeVar("U")
LEAST_WITH_EXPONENT = 1e15
LONGEST_NUMBER = 60  # characters; longer texts are no numbers

# Plain equivalents of thousands separators and minus signs.
TYPOGRAPHIC = str.maketrans(
    dict.fromkeys("\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000", " ")
    | dict.fromkeys("\u2212\u2012\u2013\ufe63\uff0d", "-")
    | dict.fromkeys("\u2019\u2018\u02bc\u00b4", "'")
)
TYPED = re.compile(
    r"(?P<sign>[-+]?) ?(?P<digits>[0-9.,][0-9 .,']*?)(?P<exponent>[eE][-+]?[0-9]{1,3})?"
    r" ?(?P<percent>%?)(?: ?(?P<flag>[c" + STATUS_FLAGS + r"]))?"
)
WHOLE = re.compile(r"[0-9]+")
SPACED = re.compile(r"[0-9]{1,3}([ '])[0-9]{3}(\1[0-9]{3})*(?P<rest>[.,][0-9]+)?")
GROUPED = re.compile(r"[0-9]{1,3}([.,])[0-9]{3}(\1[0-9]{3})+|[0-9]{1,3}([.,])[0-9]{3}(\3[0-9]{3})*"
                     r"(?!\3)[.,][0-9]+")  # fmt: skip
DECIMAL = re.compile(r"[0-9]*[.,][0-9]+")
EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
THREE_LAST = re.compile(r"[1-9][0-9 ']*[.,][0-9]{3}")  # thousands, if the marks are mixed
BOTH_MARKS = ",."
# "12" and ="12"; 12,- and 12:- as prices are written; 5_000 as in programs.
QUOTATION_MARK = '["\u201c\u201d\u201e\u00ab\u00bb]'
QUOTED_NUMBER = re.compile(
    rf"=?{QUOTATION_MARK} ?(?P<double>[-+0-9].*?) ?{QUOTATION_MARK}|'(?P<single>[-+0-9][^']*)'"
)
NO_DECIMALS = re.compile(r"(?<=[0-9])(?:[.,]-{1,2}|:-)\Z")
UNDERSCORES = re.compile(r"[-+]?[0-9]{1,3}(?:_[0-9]{3})+")
BRACKETED = re.compile(r"\( ?[0-9][0-9 .,']*\)")
DATE = re.compile(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}([./-])[0-9]{1,2}\1([0-9]{4}|[0-9]{2})\.?"
    r"|(?:0?[1-9]|[12][0-9]|3[01])\.(?:0?[1-9]|1[0-2])\."  # 4.2., with the full stop of ordinals
)
REVERSED = "\u202e"  # what follows is shown backwards: 41 as 14
# As programs display a day or a month: 12-Jan, Jan-25.
DAY_OF_MONTH = re.compile(r"(?:[0-9]{1,2}[-. ]+)?([^\W\d_]{3,})\.?(?:[- ]+[0-9]{1,4})?")
# As programs write them into a file of text; #N/A says that there is no figure.
ERRORS_OF_PROGRAMS = {
    "#ref!", "#div/0!", "#value!", "#name?", "#num!", "#null!", "#spill!", "#calc!", "#arvo!",
    "#viittaus!", "#nimi?", "#luku!", "#τιμη!", "#αναφ!", "err:502", "err:508", "err:522",
}  # fmt: skip
# Two numbers in one cell, one below the other, which are no thousands.
BELOW_ONE_ANOTHER = re.compile(r"[0-9.,]\s*[\t\r\n\v\f\x85\u2028\u2029]\s*[0-9.,]")


class Number(NamedTuple):
    """A parsed cell: `form` and `value` as in `docs/tables.md`, and the flag after the number."""

    form: CellForm
    value: float = nan
    understood: str = ""
    flag: str = ""
    is_doubtful: bool = False  # a text in which a mark may separate three decimals or thousands
    factor: float = 1  # that a word after the number names; nan if it is not certain


EMPTY = Number("empty")
TEXT = Number("text")


def parse_numbers(cells: Sequence[object], marks: str = "") -> list[Number]:
    """Parse one column, with the decimal marks that it proves, and those of its sheet or file."""
    own = decimal_marks(cell for cell in cells if isinstance(cell, str))
    marks = join_marks([marks, own])
    texts = {cell: parse_number(cell, marks) for cell in cells if isinstance(cell, str)}
    return [texts[cell] if isinstance(cell, str) else _parse_value(cell) for cell in cells]


def decimal_marks(texts: Iterable[str]) -> str:
    """The decimal marks that the texts prove: "," or "."; both if they disagree, or none."""
    typed = {text for text in texts if not isinstance(text, Percent)}
    return join_marks(map(_certain_decimal_mark, typed))


def join_marks(marks: Iterable[str]) -> str:
    return "".join(sorted({mark for own in marks for mark in own}))


def parse_number(text: str, marks: str = "") -> Number:
    """Parse a typed text, given the decimal marks that its column, sheet or file proves."""
    plain = _plain_text(text)
    if not plain:
        return EMPTY
    if (bare := _without_ornaments(plain)) != plain:
        return parse_number(bare, marks)._replace(is_doubtful=True)
    typed = TYPED.fullmatch(plain) if len(plain) <= LONGEST_NUMBER else None
    if typed is None or not _is_number(typed["digits"].strip()):
        return _text_beside_number(plain, marks)
    return TEXT if BELOW_ONE_ANOTHER.search(text) else _parse_typed(typed, marks)


def _without_ornaments(plain: str) -> str:
    """A number without quotation marks, a dash in place of decimals, or underscores."""
    if quoted := QUOTED_NUMBER.fullmatch(plain):
        plain = quoted["double"] or quoted["single"]
    plain = NO_DECIMALS.sub(
        lambda match: "" if match[0].startswith(":") else f"{match[0][0]}0", plain
    )
    return plain.replace("_", "") if UNDERSCORES.fullmatch(plain) else plain


def _parse_typed(typed: re.Match[str], marks: str) -> Number:
    digits = typed["digits"].strip()
    if typed["exponent"]:  # digits before an exponent are never grouped
        mark = "," if "," in digits else "."
        decimals = len(digits.partition(mark)[2])
        if int(typed["exponent"][1:]) > decimals:
            return _rounded_number(_to_float(typed["sign"] + digits, mark, typed["exponent"]))
        return _clear_number(typed, mark)
    is_doubtful = THREE_LAST.fullmatch(digits) is not None
    is_open = is_doubtful and (marks == BOTH_MARKS or (not marks and EITHER.fullmatch(digits)))
    if is_open:
        return _ambiguous_number(typed["sign"] + digits)
    number = _clear_number(typed, _mark_in_digits(digits) or marks)
    return number._replace(is_doubtful=is_doubtful)


def _rounded_number(value: float) -> Number:
    """A number whose last digits a program dropped when it saved the file."""
    return Number("rounded", understood=format_plain_number(value)) if isfinite(value) else TEXT


def _ambiguous_number(digits: str) -> Number:
    both = (_to_float(digits, mark) for mark in ",.")
    return Number("ambiguous", understood=" / ".join(map(format_plain_number, both)))


def _clear_number(typed: re.Match[str], mark: str) -> Number:
    """The number; a text if it is beyond the largest or smallest: 1e999, 1e-999."""
    digits = typed["digits"].strip()
    value = as_displayed(_to_float(typed["sign"] + digits, mark, typed["exponent"] or ""))
    is_lost = not value and any(digit in "123456789" for digit in digits)
    if not isfinite(value) or is_lost:
        return TEXT
    form: CellForm = "percent" if typed["percent"] else "number"
    return Number(form, value, format_plain_number(value), typed["flag"] or "")


def format_plain_number(value: float) -> str:
    """Format a number for people and programs alike: 1234.5, and 1234 for 1234.0."""
    if value % 1 == 0 and abs(value) < LEAST_WITH_EXPONENT:  # three times as fast
        return str(int(value))
    return format(value + 0.0, ".15g")  # adding zero makes 0 of -0


def as_displayed(value: float) -> float:
    """A number with the 15 digits that spreadsheets display: 124600 for 124599.99999999999."""
    return float(format_plain_number(value))


def cell_text(cell: object) -> str:
    """The content of a cell as text."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int | float):
        return format_plain_number(cell)
    if isinstance(cell, NonValue):
        return cell.text
    return _date_text(cell)


def cell_line(cell: object) -> str:
    """The content of a cell as text in one line."""
    return " ".join(cell_text(cell).split())


def map_distinct(cells: Sequence[T], function: Callable[[T], U]) -> list[U]:
    """Apply a function to every cell, once for each distinct one."""
    results = {cell: function(cell) for cell in dict.fromkeys(cells)}
    return [results[cell] for cell in cells]


def _date_text(cell: object) -> str:
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return str(cell)


def _plain_text(text: str) -> str:
    """A text with plain spaces and signs, and without characters that nobody sees."""
    plain = text.translate(TYPOGRAPHIC)
    if not plain.isascii() and REVERSED not in plain:
        plain = "".join(character for character in plain if category(character) != "Cf")
    return " ".join(plain.split())


def _is_number(digits: str) -> bool:
    return any(shape.fullmatch(digits) for shape in (WHOLE, SPACED, GROUPED, DECIMAL))


def _text_beside_number(plain: str, marks: str) -> Number:
    """The form of a text that is no number, with the number in it if there is one."""
    form = _form_of_text(plain)
    near = recognise_near_number(plain) if form == "text" and len(plain) <= LONGEST_NUMBER else None
    if near is None or not _is_number(near.number.lstrip("+-")):
        return Number(form)
    inner = parse_number(near.number, marks)
    if inner.form == "ambiguous" and near.factor == 1:
        return inner
    is_clear = inner.form == "number"
    factor = near.factor if is_clear or near.factor == 1 else nan
    return Number(
        near.form, understood=inner.understood if is_clear else near.number, factor=factor
    )


def _form_of_text(plain: str) -> CellForm:
    if BRACKETED.fullmatch(plain):
        return "ambiguous"
    if fold_spelling(plain) in ERRORS_OF_PROGRAMS:
        return "error"
    return "date" if DATE.fullmatch(plain) or _is_day_of_month(plain) else "text"


def _is_day_of_month(plain: str) -> bool:
    day = DAY_OF_MONTH.fullmatch(plain) if any(map(str.isdecimal, plain)) else None
    return day is not None and month_of(fold_spelling(day[1])) > 0


def _certain_decimal_mark(text: str) -> str:
    if "." not in text and "," not in text:
        return ""
    typed = TYPED.fullmatch(_plain_text(text)[:LONGEST_NUMBER])
    digits = typed["digits"].strip() if typed else ""
    return _mark_in_digits(digits) if _is_number(digits) else ""


def _mark_in_digits(digits: str) -> str:
    """The decimal mark that one number proves by itself, if any."""
    marks = [character for character in digits if character in ".,"]
    if not marks or EITHER.fullmatch(digits):
        return ""
    if SPACED.fullmatch(digits) or len(marks) == 1:
        return marks[-1]
    # A mark that occurs twice separates thousands, so the other one is the decimal mark.
    return {",": ".", ".": ","}[marks[0]]


def _to_float(digits: str, mark: str, exponent: str = "") -> float:
    group = "." if mark == "," else ","
    bare = digits.replace(" ", "").replace("'", "").replace(group, "").replace(mark or ".", ".")
    return float(bare + exponent)


def _parse_value(cell: object) -> Number:
    if cell is None:
        return EMPTY
    if isinstance(cell, bool):
        return Number("bool")
    if isinstance(cell, int | float):
        understood = format_plain_number(cell)
        return Number("number", float(understood), understood)
    if isinstance(cell, NonValue):
        return Number(cell.what)
    return Number("date" if isinstance(cell, date) else "text")
