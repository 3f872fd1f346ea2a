"""Which series a row is about: from its key, or else from names and words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from metrics.catalogue.codelists import codelist, folded, understood
from metrics.catalogue.definitions import Breakdown, Indicator, Kind
from metrics.core.series import parsed, written
from metrics.core.tables import BREAKDOWNS, CASES, MEDIAN, TOTAL, VALUE
from metrics.intake.reading.suggestions import Hints
from metrics.intake.templates import headings
from metrics.messages import languages

# What a row may say of its series, by the role of the column.
ROLES = ("series", "indicator", "component", "breakdown", *BREAKDOWNS)


@dataclass(frozen=True)
class SeriesKey:
    """A series, without area and period."""

    indicator: str
    component: str
    codes: Mapping[str, str]
    unasked: str = ""  # a combination for which the indicator has no row

    def of(self, column: str) -> str:
        if column in {"indicator", "component"}:
            return str(getattr(self, column))
        return self.codes.get(column, TOTAL)


@dataclass(frozen=True)
class Unknown:
    """Why a row has no series: an oddity's name, and the column that is at fault."""

    rule: str
    role: str
    typed: str
    nearest: str = ""
    expected: str = ""
    detail: str = ""


class UnknownKeyError(Exception):
    """Carries what is unknown out of the reading of one key."""

    def __init__(self, unknown: Unknown) -> None:
        super().__init__(f"{unknown.typed!r} is {unknown.rule}")
        self.unknown = unknown


class Keys:
    """Reads keys against the indicators of a catalogue."""

    def __init__(self, indicators: Mapping[str, Indicator]) -> None:
        self.indicators = indicators
        self.hints = Hints()

    def read(self, cells: Mapping[str, str]) -> SeriesKey | Unknown:
        """The series that a row's cells name, by role; empty cells are left out."""
        try:
            return self._key(cells)
        except UnknownKeyError as wrong:
            return wrong.unknown

    def is_key(self, cell: object) -> bool:
        """Whether a cell holds the key of a known indicator, also without any heading."""
        try:
            return isinstance(cell, str) and parsed(cell)[0] in self.indicators
        except ValueError:
            return False

    @cached_property
    def _names(self) -> dict[str, str]:
        """From folded names in all languages to codes."""
        known = self.indicators.values()
        names = ((each.name(language), each.code) for language in languages()
                 for each in known)  # fmt: skip
        return {folded(name): code for name, code in names} | {
            folded(each.code): each.code for each in known
        }

    def _key(self, cells: Mapping[str, str]) -> SeriesKey:
        indicator, component, named = self._series(cells)
        if _is_unchosen(cells, indicator):
            raise UnknownKeyError(Unknown("breakdown_unknown", "breakdown", ""))
        said = dict(self._words(cells.get("breakdown", ""), indicator))
        # The key itself comes before columns of their own, and those before words.
        codes = self._codes(said, "breakdown")
        codes |= self._codes(_columns(cells), "") | self._codes(named, "series")
        codes = {by: code for by, code in codes.items() if code != TOTAL}
        typed = component or cells.get("component") or said.get("component", "")
        found = self._component(typed, indicator, codes)
        return SeriesKey(indicator.code, found, codes, _unasked(indicator, found, codes))

    def _series(self, cells: Mapping[str, str]) -> tuple[Indicator, str, dict[str, str]]:
        """Indicator, and the component and codes that the key itself names."""
        role = "series" if cells.get("series") else "indicator"
        typed = cells.get(role, "")
        try:
            code, component, codes = parsed(typed)
        except ValueError:
            code, component, codes = "", "", {}
        code = code if code in self.indicators else self._names.get(folded(typed), "")
        if not code:
            near = self.hints.among(typed, self._names)
            raise UnknownKeyError(Unknown("series_unknown", role, typed, near))
        # A key without component is parsed as a value; another cell may still name it.
        return self.indicators[code], "" if component == VALUE else component, codes

    def _words(self, text: str, indicator: Indicator) -> Iterator[tuple[str, str]]:
        """`Sex: girls and women; numerator` as breakdowns and component, all as typed."""
        for part in filter(None, map(str.strip, text.replace("\n", ";").split(";"))):
            yield self._part(part, indicator)

    def _part(self, part: str, indicator: Indicator) -> tuple[str, str]:
        first = part.split(" – ", maxsplit=1)[0].strip()
        if component := understood(first, "component"):
            return "component", component
        name, colon, code = part.partition(":")
        if by := headings("dimensions").get(folded(name)) if colon else None:
            return by, code.strip()
        if folded(part) in _totals():
            return "total", TOTAL
        return self._bare(part, indicator), part

    def _bare(self, part: str, indicator: Indicator) -> str:
        """The breakdown of the indicator that has a code of this name."""
        for by in dict.fromkeys(by for each in indicator.breakdowns for by in each.by):
            if understood(part, by):
                return by
        raise UnknownKeyError(Unknown("breakdown_unknown", "breakdown", part))

    def _codes(self, typed: Mapping[str, str], role: str) -> dict[str, str]:
        return {by: self._code(by, text, role or by) for by, text in typed.items()
                if by in BREAKDOWNS}  # fmt: skip

    def _code(self, by: str, typed: str, role: str) -> str:
        code = TOTAL if folded(typed) in _totals() else understood(_before_dash(typed, by), by)
        if code is None:
            near = self.hints.of(typed, by)
            raise UnknownKeyError(Unknown("breakdown_unknown", role, typed, near, detail=by))
        return code

    def _component(self, typed: str, indicator: Indicator, codes: Mapping[str, str]) -> str:
        allowed, code = indicator.components, understood(typed, "component") or ""
        if code in allowed:
            return code
        # A plain `value` is what the one component of a milestone is called in a long list.
        if len(allowed) == 1 and (code == VALUE or not typed):
            return allowed[0]
        # Only cases are counted by time band; a duration without band may be either.
        by_band = indicator.kind is Kind.DURATION and codes.get("band", TOTAL) != TOTAL
        if by_band and not typed:
            return CASES
        expected = ", ".join(allowed)
        raise UnknownKeyError(Unknown("component_unknown", "component", typed, expected=expected))


def _is_unchosen(cells: Mapping[str, str], indicator: Indicator) -> bool:
    """A row of ours in which a third country, say, was still to be chosen: it is no total."""
    to_choose = any(each.chosen for each in indicator.breakdowns)
    return to_choose and not cells.get("series") and cells.get("breakdown") == ""


def _columns(cells: Mapping[str, str]) -> dict[str, str]:
    return {by: cells[by] for by in BREAKDOWNS if cells.get(by)}


def _before_dash(typed: str, by: str) -> str:
    """`F – girls and women` names its code first; `4–8` is a code of its own."""
    code = typed.split(" – ", maxsplit=1)[0]
    return code if code in codelist(by) else typed


@cache
def _totals() -> frozenset[str]:
    return frozenset(word for word, name in headings("words").items() if name == "total")


def _unasked(indicator: Indicator, component: str, codes: Mapping[str, str]) -> str:
    """The key, where the indicator has no row for it."""
    fits = (
        any(_fits(codes, each) for each in indicator.breakdowns) if codes else (indicator.has_total)
    )
    if fits and not (component == MEDIAN and "band" in codes):
        return ""
    return written(indicator.code, component, codes)


def _fits(codes: Mapping[str, str], breakdown: Breakdown) -> bool:
    listed = (breakdown.codes.get(by, (code,)) for by, code in codes.items())
    codes_are_listed = all(code in some for code, some in zip(codes.values(), listed, strict=True))
    return set(codes) == set(breakdown.by) and codes_are_listed
