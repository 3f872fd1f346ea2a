"""Invented figures of one state: plausible, consistent, and the same for the same seed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from math import inf, prod

import numpy as np

from metrics.catalogue.codelists import codelist, member_states
from metrics.catalogue.codelists.bands import bands
from metrics.catalogue.definitions import Breakdown, Indicator, Kind
from metrics.catalogue.denominators import children_near
from metrics.core.series import format_series
from metrics.core.tables import CASES, DENOMINATOR, MEDIAN, NUMERATOR, STEP, TOTAL, VALUE

# What a state of average size reports in a year, by unit: chosen so that charts look like charts.
USUAL = {
    "PERSONS": 240, "FTE": 60, "CASES": 420, "REPORTS": 9_000, "USERS": 40, "MIO_ITEMS": 350,
    "ITEMS": 1_500, "SITES": 300, "REQUESTS": 900, "SCHOOLS": 1_200, "CONTRIBUTIONS": 500,
    "PROVIDERS": 15, "STATES": 3, "HOURS": 30,
}  # fmt: skip
FEW = 12
# Where the unit says too little: what one state sends or takes part in.
USUAL_OF = {"VIDTF_EXPERTS": 3, "JOINT_INVESTIGATION_TEAMS": 2, "LANZAROTE_ACCESSIONS": 2}
FIRST_YEAR = 2020
RARE = {"O", "U", "UNK", "OTH", "OTHER"}  # codes for what is not known, or not listed
CHOSEN = 3  # codes chosen of a long list, such as third countries

Codes = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Entry:
    """What stands in one row of a workbook."""

    value: float | str | None
    observation_status: str = ""
    confidentiality_status: str = ""
    since: date | None = None
    reference: str = ""
    remark: str = ""


@dataclass(frozen=True)
class SeriesRequest:
    """Whose figures, of which year, of which invention."""

    area: str
    year: int
    seed: int = 2026

    def generator(self, code: str, *, every_year: bool) -> np.random.Generator:
        year = 0 if every_year else self.year
        return np.random.default_rng([self.seed, year, *code.encode(), *self.area.encode()])


def figures(
    indicator: Indicator, place: SeriesRequest, whole: float | None = None
) -> dict[str, Entry]:
    """Each series of the indicator with its entry; `whole` is what its total cannot exceed."""
    own = place.generator(indicator.code, every_year=True)
    if indicator.kind is Kind.MILESTONE:
        return dict(_milestones(indicator, place.year, own))
    chance = place.generator(indicator.code, every_year=False)
    level = _level(indicator, place, own) * float(chance.lognormal(0, 0.06))
    if whole is not None:
        level = whole * float(chance.uniform(0.75, 0.98))
    cells = _joint(indicator, level, own, chance)
    share = min(0.97, float(own.uniform(0.45, 0.8)) + 0.03 * (place.year - FIRST_YEAR))
    return {series: Entry(value) for series, value in _rows(indicator, cells, share, chance)}


def _level(indicator: Indicator, place: SeriesRequest, own: np.random.Generator) -> float:
    growth = float(own.normal(-0.05 if indicator.direction == "down" else 0.07, 0.07))
    habit = float(own.lognormal(0, 0.35))
    level = _usual(indicator) * _size(indicator, place) * habit
    return level * (1 + growth) ** (place.year - FIRST_YEAR)


def _usual(indicator: Indicator) -> float:
    unit = "CASES" if indicator.kind in {Kind.SHARE, Kind.DURATION} else indicator.unit
    return USUAL_OF.get(indicator.code, USUAL.get(unit, FEW))


def _size(indicator: Indicator, place: SeriesRequest) -> float:
    """Large states report more, but not in proportion."""
    if indicator.unit == "STATES":
        return 1.0
    mean = np.mean([children_near(each, place.year) for each in member_states()])
    return float((children_near(place.area, place.year) / mean) ** 0.7)


def _joint(
    indicator: Indicator, level: float, own: np.random.Generator, chance: np.random.Generator
) -> dict[Codes, int]:
    """The level dealt out over every combination of the breakdowns that add up."""
    codes = _dimensions(indicator)
    weights = [own.dirichlet([0.3 if c in RARE else 6 for c in each]) for each in codes.values()]
    places = [tuple(zip(codes, each, strict=True)) for each in product(*codes.values())]
    chances = [prod(each) for each in product(*weights)] or [1.0]
    counts = chance.multinomial(round(level), np.array(chances) / np.sum(chances))
    return dict(zip(places, map(int, counts), strict=True))


def _dimensions(indicator: Indicator) -> dict[str, tuple[str, ...]]:
    """Each dimension that adds up, with its codes."""
    adding = [each for each in indicator.breakdowns if each.adds_up and not each.chosen]
    return {by: _codes(each, by) for each in adding if each.collected for by in each.by}


def _codes(breakdown: Breakdown, by: str) -> tuple[str, ...]:
    return breakdown.codes.get(by) or tuple(codelist(by))


def _rows(
    indicator: Indicator, cells: dict[Codes, int], share: float, chance: np.random.Generator
) -> Iterator[tuple[str, float]]:
    of = {place: int(chance.binomial(count, share)) for place, count in cells.items()}
    counted = {
        Kind.SHARE: {NUMERATOR: of, DENOMINATOR: cells},
        Kind.DURATION: {CASES: cells},
    }.get(indicator.kind, {VALUE: cells})
    for component, joint in counted.items():
        total = sum(joint.values())
        if indicator.has_total:
            yield format_series(indicator.code, component), float(total)
        for breakdown in indicator.breakdowns:
            for codes, value in _parts(breakdown, joint, chance):
                yield format_series(indicator.code, component, codes), float(value)
    if indicator.kind is Kind.DURATION:
        yield from _medians(indicator, cells)


def _parts(
    breakdown: Breakdown, joint: Mapping[Codes, int], chance: np.random.Generator
) -> Iterator[tuple[dict[str, str], int]]:
    if not breakdown.collected:
        return
    if breakdown.adds_up and not breakdown.chosen:
        yield from _margins(breakdown, joint)
        return
    places = breakdown.combinations()
    if breakdown.chosen:
        places = [places[each] for each in chance.choice(len(places), CHOSEN, replace=False)]
    # One case may stand in several codes, so each has its own share of the total.
    for place in places:
        count = int(chance.binomial(sum(joint.values()), chance.uniform(0.1, 0.6)))
        yield place, count


def _margins(
    breakdown: Breakdown, joint: Mapping[Codes, int]
) -> Iterator[tuple[dict[str, str], int]]:
    sums: dict[Codes, int] = {}
    for place, count in joint.items():
        named = tuple(pair for pair in place if pair[0] in breakdown.by)
        sums[named] = sums.get(named, 0) + count
    for named, total in sums.items():
        yield dict(named), total


def _medians(indicator: Indicator, cells: Mapping[Codes, int]) -> Iterator[tuple[str, float]]:
    """In the middle of the band that holds the middle case."""
    others = [each.by for each in indicator.breakdowns if "band" not in each.by and each.collected]
    for by in [(), *others]:
        groups: dict[Codes, dict[str, int]] = {}
        for place, count in cells.items():
            codes = dict(place)
            group = groups.setdefault(tuple((each, codes[each]) for each in by), {})
            group[codes.get("band", TOTAL)] = group.get(codes.get("band", TOTAL), 0) + count
        for named, counts in groups.items():
            if sum(counts.values()):
                yield format_series(indicator.code, MEDIAN, dict(named)), _median(counts)


def _median(counts: Mapping[str, int]) -> float:
    seen, half = 0, sum(counts.values()) / 2
    for band in bands():
        seen += counts.get(band.code, 0)
        if seen >= half:
            top = band.to_hours if band.to_hours < inf else band.from_hours * 2
            return (band.from_hours + top) / 2
    raise ValueError(f"{dict(counts)} has no middle among {[band.code for band in bands()]}")


def _milestones(
    indicator: Indicator, year: int, own: np.random.Generator
) -> Iterator[tuple[str, Entry]]:
    total: list[dict[str, str]] = [{}] if indicator.has_total else []
    parts = (place for each in indicator.breakdowns for place in each.combinations())
    for codes in (*total, *parts):
        yield format_series(indicator.code, STEP, codes), _step(indicator, year, own)


def _step(indicator: Indicator, year: int, own: np.random.Generator) -> Entry:
    reached = np.sort(own.integers(2011, 2030, len(indicator.ladder) - 1))
    month, number = 1 + int(own.integers(12)), int(own.integers(100, 999))
    step = int(np.sum(reached <= year))
    name = codelist("step")[indicator.ladder[step]].en
    if not step:
        return Entry(name)
    since = date(int(reached[step - 1]), month, 1)
    return Entry(name, since=since, reference=f"Invented reference {since.year}/{number}")


def blanked(entry: Entry, status: str, remark: str) -> Entry:
    """The same row without a figure, and why there is none."""
    return replace(entry, value=None, observation_status=status, remark=remark, since=None)
