"""Texts, numbers and dates of the interface in the reader's language."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from string import Formatter
from typing import Literal

from dashboard.rounding import decimals_of, round_for_print
from metrics.catalogue.codelists import codelist, fold_spelling, name_of_code
from metrics.catalogue.codelists.units import PER_CENT, unit_of_difference
from metrics.core.load_once import load_once
from metrics.core.tables import LOWER_LIMIT, UPPER_LIMIT
from metrics.messages import ENGLISH, Message, languages, messages, readable
from metrics.messages.language_marks import has_language_marks, marked, unmarked
from metrics.messages.local_formats import (
    MINUS,
    decimal_symbol,
    format_day,
    format_number,
    format_period,
    group_symbol,
)
from metrics.messages.sentences import list_clauses


class Text:
    """Look up texts in one language; untranslated ones are in English."""

    def __init__(self, language: str) -> None:
        self.language = language if language in languages() else ENGLISH

    @property
    def words(self) -> Mapping[str, Message]:
        return messages(self.language, "interface")

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key; the key in readable form if no language has it."""
        return self._message(key).filled(**values)

    def counted(self, key: str, n: int, **values: object) -> str:
        """`1 error`, `2 errors`: the plural form that the language has for a number."""
        return self._message(key).beside(n).filled(n=self.number(n, 0), **values)

    def pieces(self, key: str, **values: str) -> list[str]:
        """The text in pieces, so that a value in another language keeps its language."""
        return [piece for _, piece in self.named_pieces(key, **values)]

    def named_pieces(self, key: str, **values: str) -> list[tuple[str, str]]:
        """The same pieces, each value with its name, and what is between them with none."""
        message = self._message(key)
        found: list[tuple[str, Message]] = []
        for literal, name, *_ in Formatter().parse(unmarked(message)):
            found += [("", Message(literal, message.language))] if literal else []
            found += [(name, self._as_message(values.get(name, f"{{{name}}}")))] if name else []
        return [
            (name, piece if has_language_marks(piece) else piece.marked()) for name, piece in found
        ]

    def _as_message(self, value: str) -> Message:
        return value if isinstance(value, Message) else Message(value, self.language)

    def merged(self, pieces: Iterable[str]) -> list[str]:
        """The pieces, of which neighbours in one language are one."""
        by_language = groupby(pieces, key=lambda piece: getattr(piece, "language", self.language))
        return [Message("".join(texts), language) for language, texts in by_language]

    def joined(self, texts: Iterable[Iterable[str]], separator: str) -> list[str]:
        """Texts in pieces as one, with something between them."""
        return self.merged([piece for text in texts for piece in (separator, *text)][1:])

    def listed(self, parts: Iterable[str]) -> str:
        """`a; b`: the parts that are not empty, apart as the language separates clauses."""
        return list_clauses(parts, self.language)

    def _message(self, key: str) -> Message:
        return self.words.get(key) or Message(readable(key))

    def code(self, name: str, code: str) -> str:
        """The name of a code in a code list, or the code itself if it is not listed."""
        return name_of_code(name, code, self.language)

    def codes_by_name(self, name: str, codes: Iterable[str]) -> dict[str, str]:
        """Codes of a list with their names, in the order of the alphabet, to choose from."""
        names = {code: self.code(name, code) for code in codes}
        in_order = sorted(names, key=lambda code: fold_spelling(names[code]))
        return {code: names[code] for code in in_order}

    def number(
        self, value: float | Decimal, digits: int | None = None, *, fixed: bool = False
    ) -> str:
        """A number with one decimal, or none for large ones; trailing zeros are kept if fixed."""
        decimals = decimals_of(float(value)) if digits is None else digits
        pattern = "#,##0" + ("." + ("0" if fixed else "#") * decimals if decimals else "")
        return formatted(str(round_for_print(value, decimals)), pattern, self.language)

    def signed(
        self, value: float | Decimal, digits: int | None = None, *, fixed: bool = False
    ) -> str:
        """A number with its sign; none for what is rounded to zero."""
        decimals = decimals_of(float(value)) if digits is None else digits
        is_rise = round_for_print(value, decimals) > 0
        return ("+" if is_rise else "") + self.number(value, decimals, fixed=fixed)

    def quantity(
        self, value: float | Decimal, unit: str, digits: int | None = None, *, fixed: bool = False
    ) -> str:
        """`12.3 %`, `1 person`, `1 234 persons`; the unit follows a non-breaking space."""
        return self._beside_unit(value, "%" if unit == PER_CENT else unit, digits, fixed=fixed)

    def difference(
        self, value: float | Decimal, unit: str, digits: int | None = None, *, fixed: bool = False
    ) -> str:
        """A difference between two values; percentages differ by percentage points."""
        return self._beside_unit(value, unit_of_difference(unit), digits, fixed=fixed)

    def _beside_unit(
        self, value: float | Decimal, unit: str, digits: int | None, *, fixed: bool = False
    ) -> str:
        decimals = decimals_of(float(value)) if digits is None else digits
        printed = round_for_print(value, decimals).normalize()
        name = self.unit_beside(printed, unit)
        return f"{self.number(printed, decimals, fixed=fixed)}\N{NO-BREAK SPACE}{name}"

    def limited(self, written: str, limit: object) -> str:
        """`more than 3,600,000 reports`, `a fall of more than 29.4 %`; as written if exact."""
        if not isinstance(limit, str) or not limit:
            return written
        is_fall = written.startswith(MINUS) and limit in {LOWER_LIMIT, UPPER_LIMIT}
        key = f"limit.fall_{limit}" if is_fall else f"limit.{limit}"
        return self(key, value=written.removeprefix(MINUS) if is_fall else written)

    def unit_beside(self, number: Decimal, unit: str) -> str:
        """The unit in the plural form of the number that is written before it."""
        known = codelist("unit").get(unit)
        return known.name_beside(number, self.language) if known else unit

    def unit(self, unit: str) -> str:
        """The unit alone, such as for an axis."""
        return "%" if unit == PER_CENT else self.code("unit", unit)

    def date(self, day: date | str, *, width: Literal["long", "medium"] = "long") -> str:
        """`10 April 2026` or, in a narrow table, `10 Apr 2026`."""
        return marked(format_day(day, self.language, width), self.language)

    def period(self, written: str) -> str:
        """`2024`, `Q1 2024`, `January–August 2024`."""
        return marked(format_period(written, self.language), self.language)

    @property
    def separators(self) -> str:
        """The decimal and the thousands separator, as plotly expects them."""
        return decimal_symbol(self.language) + group_symbol(self.language)


@lru_cache(maxsize=8192)
def formatted(number: str, pattern: str, language: str) -> str:
    return format_number(Decimal(number), pattern, language)


@load_once()
def texts(language: str) -> Text:
    return Text(language)


def english(text: str) -> str:
    """A text that is in English for every reader, marked so if it has words."""
    return Message(text, ENGLISH).marked() if any(map(str.isalpha, text)) else text
