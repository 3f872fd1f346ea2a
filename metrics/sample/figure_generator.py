"""Generate figures of one State: plausible, consistent, and the same for the same seed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from math import inf, prod
from typing import Any

import numpy as np

from metrics.catalogue.codelists import codelist, member_states
from metrics.catalogue.codelists.bands import bands
from metrics.catalogue.codelists.instruments import adoption_days
from metrics.catalogue.definitions.indicators import Breakdown, Indicator, Kind
from metrics.catalogue.denominators import children_near
from metrics.core.series import format_series
from metrics.core.tables import CASES, DENOMINATOR, MEDIAN, NUMERATOR, STEP, TOTAL, VALUE
from metrics.sample.relations import FigureRelation, relation_of

# What a State of average size reports in a year, by unit, chosen to make readable charts.
USUAL = {
    "PERSONS": 240, "FTE": 60, "CASES": 420, "REPORTS": 9_000, "USERS": 40, "MIO_ITEMS": 350,
    "ITEMS": 1_500, "SITES": 300, "REQUESTS": 900, "SCHOOLS": 1_200, "CONTRIBUTIONS": 500,
    "PROVIDERS": 15, "STATES": 3, "HOURS": 30,
}  # fmt: skip
FEW = 12
# The same for indicators whose unit is too general.
USUAL_OF = {
    "VIDTF_EXPERTS": 3, "JOINT_INVESTIGATION_TEAMS": 2, "LANZAROTE_ACCESSIONS": 2,
    "EUROJUST_CASES": 24, "EUROPOL_CONTRIBUTIONS": 180,
}  # fmt: skip
FIRST_YEAR = 2020
MONTHS = 12
RARE = {"O", "U", "UNK", "OTH", "OTHER"}  # codes for unknown and other
CHOSEN = 3  # codes used of a long list, such as third countries

Codes = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Entry:
    """The content of one row of a workbook."""

    value: float | str | None
    observation_status: str = ""
    confidentiality_status: str = ""
    since: date | None = None
    reference: str = ""
    remark: str = ""


@dataclass(frozen=True)
class SeriesRequest:
    """The State, year and seed to generate figures for."""

    area: str
    year: int
    seed: int = 2026
    months: int = 12  # of the year that the figures are about

    def generator(self, code: str, *, every_year: bool) -> np.random.Generator:
        year = 0 if every_year else self.year
        return np.random.default_rng([self.seed, year, *code.encode(), *self.area.encode()])


def figures(
    indicator: Indicator, request: SeriesRequest, base: float | None = None
) -> dict[str, Entry]:
    """Each series of the indicator with its entry; the total is as its relation to `base` asks."""
    own = request.generator(indicator.code, every_year=True)
    if indicator.kind is Kind.MILESTONE:
        return dict(_milestones(indicator, request.year, own))
    chance = request.generator(indicator.code, every_year=False)
    level = _level(indicator, request, own) * float(chance.lognormal(0, 0.06))
    relation = relation_of(indicator)
    if relation and base is not None:
        level = base * _per_unit(relation, request, own, chance)
    cells = _joint_counts(indicator, level, request.year - FIRST_YEAR, own, chance)
    share = min(0.97, float(own.uniform(0.45, 0.8)) + 0.03 * (request.year - FIRST_YEAR))
    return {
        series: Entry(value) for series, value in _values_of_series(indicator, cells, share, chance)
    }


def _per_unit(
    relation: FigureRelation,
    request: SeriesRequest,
    own: np.random.Generator,
    chance: np.random.Generator,
) -> float:
    """The State's usual ratio within the relation, which moves a little every year."""
    width = relation.highest - relation.lowest
    usual, yearly = own.uniform(0.3, 0.7), own.normal(0.007, 0.025)
    years = request.year - FIRST_YEAR
    position = float(np.clip(usual + years * yearly + chance.normal(0, 0.014), 0, 1))
    return relation.lowest + width * position


def _level(indicator: Indicator, request: SeriesRequest, own: np.random.Generator) -> float:
    growth = float(own.normal(-0.05 if indicator.direction == "down" else 0.07, 0.07))
    habit = float(own.lognormal(0, 0.35))
    level = _usual(indicator) * _size(indicator, request) * habit
    part = request.months / MONTHS if indicator.kind is Kind.FLOW else 1.0
    return part * level * (1 + growth) ** (request.year - FIRST_YEAR)


def _usual(indicator: Indicator) -> float:
    unit = "CASES" if indicator.kind in {Kind.SHARE, Kind.DURATION} else indicator.unit
    return USUAL_OF.get(indicator.code, USUAL.get(unit, FEW))


def _size(indicator: Indicator, request: SeriesRequest) -> float:
    """Large States report more, but not proportionally."""
    if indicator.unit == "STATES":
        return 1.0
    mean = np.mean([children_near(area, request.year) for area in member_states()])
    return float((children_near(request.area, request.year) / mean) ** 0.7)


def _joint_counts(
    indicator: Indicator,
    level: float,
    years: int,
    own: np.random.Generator,
    chance: np.random.Generator,
) -> dict[Codes, int]:
    """Distribute the level over all combinations of the breakdowns that add up."""
    codes = _dimensions(indicator)
    weights = [
        own.dirichlet([0.3 if code in RARE else 6 for code in listed]) for listed in codes.values()
    ]
    if "band" in codes:
        position = list(codes).index("band")
        weights[position] *= _band_shift(years, own)
    cells = [tuple(zip(codes, chosen, strict=True)) for chosen in product(*codes.values())]
    chances = [prod(factors) for factors in product(*weights)] or [1.0]
    counts = chance.multinomial(round(level), np.array(chances) / np.sum(chances))
    return dict(zip(cells, map(int, counts), strict=True))


def _band_shift(years: int, own: np.random.Generator) -> np.ndarray[Any, np.dtype[np.float64]]:
    """How the weight of each band has changed: the State becomes a little faster or slower."""
    slower = np.arange(len(bands()), dtype=float)
    return np.exp(-years * own.normal(0.04, 0.06) * slower)


def _dimensions(indicator: Indicator) -> dict[str, tuple[str, ...]]:
    """Each dimension that adds up, with its codes."""
    return {
        by: breakdown.codes.get(by) or tuple(codelist(by))
        for breakdown in indicator.breakdowns
        if breakdown.adds_up and breakdown.collected and not breakdown.chosen
        for by in breakdown.by
    }


def _values_of_series(
    indicator: Indicator, cells: dict[Codes, int], share: float, chance: np.random.Generator
) -> Iterator[tuple[str, float]]:
    numerators = {cell: int(chance.binomial(count, share)) for cell, count in cells.items()}
    counted = {
        Kind.SHARE: {NUMERATOR: numerators, DENOMINATOR: cells},
        Kind.DURATION: {CASES: cells},
    }.get(indicator.kind, {VALUE: cells})
    for component, joint in counted.items():
        total = sum(joint.values())
        if indicator.has_total:
            yield format_series(indicator.code, component), float(total)
        for breakdown in indicator.breakdowns:
            for codes, value in _parts_of_breakdown(breakdown, joint, chance):
                yield format_series(indicator.code, component, codes), float(value)
    if indicator.kind is Kind.DURATION:
        yield from _medians(indicator, cells)


def _parts_of_breakdown(
    breakdown: Breakdown, joint: Mapping[Codes, int], chance: np.random.Generator
) -> Iterator[tuple[dict[str, str], int]]:
    if not breakdown.collected:
        return
    if breakdown.adds_up and not breakdown.chosen:
        yield from _margins(breakdown, joint)
        return
    combinations = breakdown.combinations()
    if breakdown.chosen:
        chosen = chance.choice(len(combinations), CHOSEN, replace=False)
        combinations = [combinations[number] for number in chosen]
    # One case may have several codes, so each code has its own share of the total.
    for codes in combinations:
        yield codes, int(chance.binomial(sum(joint.values()), chance.uniform(0.1, 0.6)))


def _margins(
    breakdown: Breakdown, joint: Mapping[Codes, int]
) -> Iterator[tuple[dict[str, str], int]]:
    sums: dict[Codes, int] = {}
    for cell, count in joint.items():
        part = tuple(pair for pair in cell if pair[0] in breakdown.by)
        sums[part] = sums.get(part, 0) + count
    for part, total in sums.items():
        yield dict(part), total


def _medians(indicator: Indicator, cells: Mapping[Codes, int]) -> Iterator[tuple[str, float]]:
    """The median within the band of the middle case, in total and for each part."""
    others = [
        breakdown.by
        for breakdown in indicator.breakdowns
        if "band" not in breakdown.by and breakdown.collected
    ]
    for by in [(), *others]:
        counts_by_part: dict[Codes, dict[str, int]] = {}
        for cell, count in cells.items():
            codes = dict(cell)
            counts = counts_by_part.setdefault(tuple((name, codes[name]) for name in by), {})
            counts[codes.get("band", TOTAL)] = counts.get(codes.get("band", TOTAL), 0) + count
        for part, counts in counts_by_part.items():
            if sum(counts.values()):
                yield format_series(indicator.code, MEDIAN, dict(part)), _median(counts)


def _median(counts: Mapping[str, int]) -> float:
    """Where the middle case lies in its band if the cases lie evenly, to the tenth of an hour."""
    before, half = 0, sum(counts.values()) / 2
    for band in bands():
        here = counts.get(band.code, 0)
        if here and before + here >= half:
            top = band.to_hours if band.to_hours < inf else band.from_hours * 2
            hours = band.from_hours + (half - before) / here * (top - band.from_hours)
            return round(hours, 1)
        before += here
    raise ValueError(f"{dict(counts)} has no middle among {[band.code for band in bands()]}")


def _milestones(
    indicator: Indicator, year: int, own: np.random.Generator
) -> Iterator[tuple[str, Entry]]:
    total: list[dict[str, str]] = [{}] if indicator.has_total else []
    parts = (codes for breakdown in indicator.breakdowns for codes in breakdown.combinations())
    for codes in (*total, *parts):
        adopted = adoption_days().get(codes.get("instrument", ""), date.min)
        entry = _reached_step(indicator, year, adopted, own)
        yield format_series(indicator.code, STEP, codes), entry


def _reached_step(
    indicator: Indicator, year: int, adopted: date, own: np.random.Generator
) -> Entry:
    """The step of a State in a year; none is reached before its instrument was adopted."""
    reached = np.sort(own.integers(2011, 2030, len(indicator.ladder) - 1))
    month, number = 1 + int(own.integers(12)), int(own.integers(100, 999))
    step = int(np.sum(reached <= year))
    name = codelist("step")[indicator.ladder[step]].en
    if not step:
        return Entry(name)
    since = date(int(reached[step - 1]), month, 1)
    since = since if since >= adopted else since.replace(year=adopted.year + 1)
    return Entry(name, since=since, reference=f"Invented reference {since.year}/{number}")


def without_value(entry: Entry, status: str, remark: str) -> Entry:
    """The same row without a value, with the reason."""
    return replace(entry, value=None, observation_status=status, remark=remark, since=None)
