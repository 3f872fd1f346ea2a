"""Read the series that a row is about: from its key, or else from names and words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

from metrics.catalogue.codelists import (
    LISTS_OF_COUNTRIES,
    codelist,
    find_code,
    fold_spelling,
    names_another_code,
)
from metrics.catalogue.definitions.indicators import Indicator, Kind
from metrics.core.series import format_series, parse_series
from metrics.core.tables import BREAKDOWNS, CASES, MEDIAN, TOTAL, VALUE
from metrics.intake.issue_names import IssueName
from metrics.intake.own_texts import NO_OWN_TEXTS, OwnTexts
from metrics.intake.reading.countries import parse_country
from metrics.intake.reading.suggestions import Suggestions
from metrics.intake.templates import headings, words_meaning
from metrics.messages import languages

MOST_LISTED_CODES = 12
AGE_GROUP = re.compile(
    r"y?(?P<first>\d+) ?(?:-|–|[^\W\d_]{1,4}) ?(?P<last>\d+) ?(?P<unit>[^\W\d_]*)"
)
# The roles of columns that may name the series of a row.
ROLES = ("series", "indicator", "component", "breakdown", *BREAKDOWNS)


@dataclass(frozen=True)
class SeriesKey:
    """A series, without area and period."""

    indicator: str
    component: str
    codes: Mapping[str, str]
    unasked: str = ""  # an existing combination that is not asked for

    def code_in(self, column: str) -> str:
        if column in {"indicator", "component"}:
            return str(getattr(self, column))
        return self.codes.get(column, TOTAL)


@dataclass(frozen=True)
class UnknownSeries:
    """Why a row has no series: the issue, and the role of the column that causes it."""

    rule: IssueName
    role: str
    typed: str
    nearest: str = ""
    expected: str = ""
    detail: str = ""
    about: str = ""  # the indicator, where that is known


class UnknownSeriesError(Exception):
    """Ends the reading of a key."""

    def __init__(self, unknown: UnknownSeries) -> None:
        super().__init__(f"{unknown.typed!r} is {unknown.rule}")
        self.unknown = unknown


class SeriesKeyReader:
    """Reads keys against the indicators of a catalogue."""

    def __init__(self, indicators: Mapping[str, Indicator], own: OwnTexts = NO_OWN_TEXTS) -> None:
        self.indicators = indicators
        self.own = own
        self.suggestions = Suggestions()

    def read_key(
        self, cells: Mapping[str, str], *, with_parts: bool = False
    ) -> SeriesKey | UnknownSeries:
        """The series that a row's cells name, given by role without empty cells.

        Where the keys of a table name parts (`with_parts`), a key without one means the total.
        """
        try:
            return self._read_key(cells, with_parts=with_parts)
        except UnknownSeriesError as error:
            return error.unknown

    def is_key(self, cell: object) -> bool:
        """Whether a cell holds the key of a known indicator, even without a heading."""
        try:
            return isinstance(cell, str) and parse_series(cell)[0] in self.indicators
        except ValueError:
            return False

    def is_name(self, text: str, code: str) -> bool:
        """Whether a text names any indicator, or is what the workbook calls this one."""
        return fold_spelling(text) in self._codes_by_name or self._is_own_name(text, code)

    def _is_own_name(self, text: str, code: str) -> bool:
        return self.own.includes("indicator", text, code)

    def _code_named(self, text: str) -> str:
        """The indicator of this name: in the workbook itself, else today in any language."""
        called = self.own.about_of("indicator", text, self.indicators)
        return called or self._codes_by_name.get(fold_spelling(text), "")

    @cached_property
    def _codes_by_name(self) -> dict[str, str]:
        """The indicators by their folded names in all languages, and by their codes."""
        indicators = self.indicators.values()
        names = {
            fold_spelling(indicator.name(language)): indicator.code
            for language in languages()
            for indicator in indicators
        }
        return names | {fold_spelling(indicator.code): indicator.code for indicator in indicators}

    def _read_key(self, cells: Mapping[str, str], *, with_parts: bool) -> SeriesKey:
        indicator, component, key_codes = self._read_series(cells)
        if with_parts and cells.get("series"):
            every = (by for breakdown in indicator.every_breakdown for by in breakdown.by)
            key_codes = dict.fromkeys(every, TOTAL) | key_codes
        try:
            return self._read_part(cells, indicator, component, key_codes)
        except UnknownSeriesError as error:
            named = replace(error.unknown, about=indicator.code)
            raise UnknownSeriesError(named) from error

    def _read_part(
        self,
        cells: Mapping[str, str],
        indicator: Indicator,
        component: str,
        key_codes: Mapping[str, str],
    ) -> SeriesKey:
        """The part of an indicator that a row's cells name."""
        if unchosen := _unchosen_breakdown(cells, indicator):
            raise UnknownSeriesError(
                UnknownSeries("breakdown_missing", "breakdown", "", detail=unchosen)
            )
        words = dict(self._read_words(cells.get("breakdown", ""), indicator))
        own_columns = {by: cells[by] for by in BREAKDOWNS if cells.get(by)}
        sources = (
            self._parse_codes(words, "breakdown"),
            self._parse_codes(own_columns, ""),
            self._parse_codes(key_codes, "series"),
        )
        self._refuse_contradiction(cells, indicator, sources)
        _refuse_other_part(cells, component, key_codes, words)
        codes = sources[0] | sources[1] | sources[2]
        codes = {by: code for by, code in codes.items() if code != TOTAL}
        typed = component or cells.get("component") or words.get("component", "")
        component = _parse_component(typed, indicator, codes)
        return SeriesKey(
            indicator.code, component, codes, _unasked_key(indicator, component, codes)
        )

    def _refuse_contradiction(
        self, cells: Mapping[str, str], indicator: Indicator, sources: Sequence[Mapping[str, str]]
    ) -> None:
        """UnknownSeriesError if the cells of a row name two indicators, or two codes of a kind."""
        name = cells.get("indicator", "")
        other = self._codes_by_name.get(fold_spelling(name), "") if cells.get("series") else ""
        is_own = self._is_own_name(name, indicator.code)
        others = [("", other)] if other not in {"", indicator.code} and not is_own else []
        for first, second in combinations(sources, 2):
            others += [(by, code) for by, code in first.items() if second.get(by, code) != code]
        if others:
            role = "series" if cells.get("series") else "breakdown"
            typed = cells.get(role) or cells.get("indicator", "")
            by, code = others[0]
            raise UnknownSeriesError(
                UnknownSeries("series_contradicted", role, typed, expected=code, detail=by)
            )

    def _read_series(self, cells: Mapping[str, str]) -> tuple[Indicator, str, dict[str, str]]:
        """The indicator, and the component and codes that the key itself names."""
        role = "series" if cells.get("series") else "indicator"
        typed = cells.get(role, "")
        try:
            code, component, codes = parse_series(typed)
        except ValueError:
            code, component, codes = "", "", {}
        code = code if code in self.indicators else self._code_named(typed)
        if not code:
            if not typed.strip():
                raise UnknownSeriesError(UnknownSeries("series_missing", role, ""))
            near = self.suggestions.nearest(typed, self._codes_by_name)
            raise UnknownSeriesError(UnknownSeries("series_unknown", role, typed, near))
        # A key without component is parsed as a value; another cell may name the component.
        return self.indicators[code], "" if component == VALUE else component, codes

    def _read_words(self, text: str, indicator: Indicator) -> Iterator[tuple[str, str]]:
        """Parse `Sex: girls and women; numerator` to breakdowns and component, all as typed."""
        for part in filter(None, map(str.strip, text.replace("\n", ";").split(";"))):
            yield self._read_word(part, indicator)

    def _read_word(self, part: str, indicator: Indicator) -> tuple[str, str]:
        first = part.split(" – ", maxsplit=1)[0].strip()
        if component := find_code(first, "component"):
            return "component", component
        name, colon, code = part.partition(":")
        if by := headings("dimensions").get(fold_spelling(name)) if colon else None:
            return by, code.strip()
        if fold_spelling(part) in words_meaning("total"):
            return "total", TOTAL
        for breakdown in indicator.every_breakdown:
            for by in breakdown.by:
                if find_code(part, by):
                    return by, part
        asked = dict.fromkeys(by for breakdown in indicator.every_breakdown for by in breakdown.by)
        raise UnknownSeriesError(
            UnknownSeries("breakdown_unknown", "breakdown", part, detail=", ".join(asked))
        )

    def _parse_codes(self, typed: Mapping[str, str], role: str) -> dict[str, str]:
        return {
            by: self._parse_code(by, text, role or by)
            for by, text in typed.items()
            if by in BREAKDOWNS
        }

    def _parse_code(self, by: str, typed: str, role: str) -> str:
        if fold_spelling(typed) in words_meaning("total"):
            return TOTAL
        # `F – girls and women` begins with its code; `4–8` is a whole name.
        first = typed.split(" – ", maxsplit=1)[0]
        is_code = first in codelist(by) and not names_another_code(typed, by)
        code = find_code(first if is_code else typed, by)
        if code is None and by in LISTS_OF_COUNTRIES:
            code = parse_country(typed, by)
        elif code is None and by == "age":
            code = parse_age_group(typed)
        if code:
            return code
        near = self.suggestions.nearest_code(typed, by)
        raise UnknownSeriesError(
            UnknownSeries("breakdown_unknown", role, typed, near, _listed_codes(by), by)
        )


def _refuse_other_part(
    cells: Mapping[str, str], component: str, key_codes: Mapping[str, str], words: Mapping[str, str]
) -> None:
    """UnknownSeriesError if words name another component than the key, or the total of its part."""
    named = words.get("component") or find_code(cells.get("component", ""), "component")
    other, by = (named, "component") if component and named not in {None, component} else ("", "")
    parts = [by for by, code in key_codes.items() if code != TOTAL]
    if "total" in words and parts:
        other, by = TOTAL, parts[0]
    if other:
        raise UnknownSeriesError(
            UnknownSeries("series_contradicted", "series", cells["series"], "", other, by)
        )


def parse_age_group(text: str) -> str:
    """Parse `4 bis 8 Jahre` as the group of exactly these ages; empty if the list has none."""
    ages = AGE_GROUP.fullmatch(fold_spelling(text))
    if not ages or (ages["unit"] and find_code(ages["unit"], "unit") != "YEARS"):
        return ""
    return find_code(f"{ages['first']}-{ages['last']}", "age") or ""


def _listed_codes(by: str) -> str:
    """The codes of a list that fits into a message; empty for longer ones."""
    codes = codelist(by)
    return ", ".join(codes) if len(codes) <= MOST_LISTED_CODES else ""


def _parse_component(typed: str, indicator: Indicator, codes: Mapping[str, str]) -> str:
    allowed, code = indicator.components, find_code(typed, "component") or ""
    if code in allowed:
        return code
    # In a long list the only component of a milestone may be called `value`.
    if len(allowed) == 1 and (code == VALUE or not typed):
        return allowed[0]
    # With a time band the component is cases; without one it may be either.
    by_band = indicator.kind is Kind.DURATION and codes.get("band", TOTAL) != TOTAL
    if by_band and not typed:
        return CASES
    expected = ", ".join(allowed)
    raise UnknownSeriesError(
        UnknownSeries("component_unknown", "component", typed, expected=expected)
    )


def _unchosen_breakdown(cells: Mapping[str, str], indicator: Indicator) -> str:
    """The breakdown, such as a third country, that is still to be chosen in our workbook."""
    to_choose = [
        by for breakdown in indicator.breakdowns if breakdown.chosen for by in breakdown.by
    ]
    is_empty = not cells.get("series") and cells.get("breakdown") == ""
    return next(iter(to_choose), "") if is_empty else ""


def _unasked_key(indicator: Indicator, component: str, codes: Mapping[str, str]) -> str:
    """The key of a series that the indicator never asked for; empty if it did or does."""
    if codes:
        asked = any(breakdown.has_part(codes) for breakdown in indicator.every_breakdown)
    else:
        asked = indicator.has_total
    if asked and not (component == MEDIAN and "band" in codes):
        return ""
    return format_series(indicator.code, component, codes)
