"""What a release holds of an indicator: components, breakdowns, parts and areas with a value."""

from collections.abc import Iterable, Mapping, Sequence

from dashboard.data import PartKey, Release, sort_areas
from dashboard.released.series import COMPONENTS, AssessedSeries, headline_component
from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions.indicators import Indicator
from metrics.catalogue.loader import catalogue
from metrics.core.load_once import load_once
from metrics.core.series import format_codes, format_dimensions, parse_codes, parse_dimensions
from metrics.core.tables import BREAKDOWNS

WORLD = "W0"


def parts_of_indicator(release: Release | None, code: str, area: str = "") -> list[PartKey]:
    """The series of an indicator with a value, in one area or in all."""
    known = release.shown_parts.get(code, ()) if release else ()
    return [part for part in known if area in {"", part.area}]


def components_of(parts: Iterable[PartKey]) -> list[str]:
    return sorted({part.component for part in parts}, key=COMPONENTS.index)


def breakdowns_of(
    parts: Iterable[PartKey], component: str, codes: Mapping[str, str] | None = None
) -> list[str]:
    """The dimensions by which a series is split, beyond those of its own codes."""
    own = codes or {}
    found = set()
    for written in {part.codes for part in parts if part.component == component}:
        named = parse_codes(written)
        if own.items() < named.items():
            found.add(format_dimensions(named.keys() - own.keys()))
    return sorted(found, key=breakdown_rank)


def breakdown_rank(dimensions: str) -> tuple[int, list[int]]:
    """Single dimensions first, in the order of the tables."""
    positions = [BREAKDOWNS.index(name) for name in parse_dimensions(dimensions)]
    return len(positions), positions


def codes_of(parts: Iterable[PartKey], component: str) -> list[dict[str, str]]:
    """The codes of each part of a component: the total, then by breakdown and code list."""
    codes = {part.codes for part in parts if part.component == component}
    return sorted(map(parse_codes, codes), key=codes_rank)


def codes_rank(codes: Mapping[str, str]) -> tuple[tuple[int, list[int]], list[int]]:
    return breakdown_rank(format_dimensions(codes)), [
        code_position(by, codes[by]) for by in BREAKDOWNS if by in codes
    ]


def code_position(by: str, code: str) -> int:
    """The position of a code in its list; unlisted codes come last."""
    codes = list(codelist(by))
    return codes.index(code) if code in codes else len(codes)


def areas_of_series(series: AssessedSeries, release: Release | None) -> tuple[str, ...]:
    """The areas in which the series has a value; for a milestone, steps and counts of States."""
    codes = format_codes(series.codes)
    return areas_with_part(series.indicator.code, codes, series.other_component, release)


@load_once(maxsize=1024)
def areas_with_part(
    code: str, codes: str, other_component: str, release: Release | None
) -> tuple[str, ...]:
    """The areas with a value of these codes, in the component or the headline component."""
    indicator = catalogue().indicators[code]
    return sort_areas(
        part.area
        for part in parts_of_indicator(release, code)
        if part.codes == codes
        and part.component == (other_component or headline_component(indicator, part.area))
    )


def last_year_by(series: AssessedSeries, until: str, release: Release) -> str:
    """The last year by a period in which any area has a row of the series; empty without one."""
    years = years_of_part(series.indicator.code, format_codes(series.codes),
                          series.other_component, release)  # fmt: skip
    return next((year for year in years if year <= until), "")


@load_once(maxsize=1024)
def years_of_part(code: str, codes: str, other_component: str, release: Release) -> tuple[str, ...]:
    """The years in which any area has a row of these codes, the newest first."""
    indicator, found = catalogue().indicators[code], set[str]()
    for area in areas_with_part(code, codes, other_component, release):
        component = other_component or headline_component(indicator, area)
        found.update(release.periods(code, component, area, codes))
    return tuple(sorted(found.intersection(release.years), reverse=True))


def headline_parts(indicator: Indicator, parts: Iterable[PartKey]) -> list[PartKey]:
    """The parts of the headline component of each area."""
    return [part for part in parts if part.component == headline_component(indicator, part.area)]


def preferred_area(areas: Sequence[str], union: str) -> str:
    """The Union if it has a value, then the world, then the first in order."""
    return next((area for area in (union, WORLD) if area in areas), areas[0] if areas else "")
