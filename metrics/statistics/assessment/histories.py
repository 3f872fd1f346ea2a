"""From the table of values to the history of each series: its points and the reporting States."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import pandas as pd

from metrics.catalogue.codelists import member_states
from metrics.catalogue.codelists.statuses import is_withheld
from metrics.core.keys import Key
from metrics.core.period import ReferencePeriod, parse_periods
from metrics.core.series_window import is_observed, is_suppressed
from metrics.core.tables import (
    AREAS_REACHED,
    BREAKDOWNS,
    CHANGE_IN_POINTS,
    DENOMINATOR,
    EU,
    KEY,
    MEDIAN,
    PER_100_000_CHILDREN,
    SERIES,
    STATUSES,
    STEP,
    TOTAL,
    VALUE,
    YEAR_ON_YEAR,
)
from metrics.core.verdicts import Point

ASSESSED_COMPONENTS = (
    VALUE, MEDIAN, STEP, AREAS_REACHED, PER_100_000_CHILDREN, YEAR_ON_YEAR, CHANGE_IN_POINTS,
    DENOMINATOR,
)  # fmt: skip
# Without band: durations of the Union are summed by band, and a State may report in any of them.
PANEL_KEY = ("indicator", *(by for by in BREAKDOWNS if by != "band"), "period")
Codes = Mapping[str, str]
HistoryKey = tuple[str, ...]


@dataclass(frozen=True)
class Histories:
    """Points, coverage and reporting States by series, read from the table only once."""

    points: Mapping[HistoryKey, Sequence[Point]] = field(default_factory=dict)
    coverage: Mapping[HistoryKey, tuple[int, int]] = field(default_factory=dict)  # Union: n of 27
    reporting: Mapping[Key, frozenset[str]] = field(default_factory=dict)
    newest: Mapping[HistoryKey, ReferencePeriod] = field(default_factory=dict)  # of any State
    reported: Mapping[HistoryKey, Sequence[ReferencePeriod]] = field(default_factory=dict)
    last: ReferencePeriod | None = None  # later periods are left out

    def until(self, period: ReferencePeriod) -> "Histories":
        """Leave out later periods, so that no State lacks a period that is still to come."""
        return replace(self, last=period, newest={})

    def points_of(self, indicator: str, component: str, area: str, codes: Codes) -> Sequence[Point]:
        points = self.points.get(_history_key(indicator, component, area, codes), ())
        if self.last is None:
            return points
        return [point for point in points if point.period.end <= self.last.end]

    def panel(self, indicator: str, component: str, codes: Codes, period: str) -> frozenset[str]:
        """The States in a figure of the Union; {EU} if these are all States."""
        reporting, expected = self.covered(indicator, component, codes, period)
        if reporting >= expected:
            return frozenset({EU})
        breakdown_codes = (codes.get(by, TOTAL) for by in PANEL_KEY[1:-1])
        return self.reporting.get((indicator, *breakdown_codes, period), frozenset())

    def covered(
        self,
        indicator: str,
        component: str,
        codes: Codes,
        period: str,
        otherwise: tuple[int, int] = (1, 1),
    ) -> tuple[int, int]:
        """The number of States in a figure of the Union, and the number expected."""
        key = (*_history_key(indicator, component, EU, codes), period)
        return self.coverage.get(key, otherwise)

    def periods_reported(
        self, indicator: str, component: str, codes: Codes
    ) -> Sequence[ReferencePeriod]:
        """The periods for which any State has reported a series, in order."""
        return self.reported.get(_history_key(indicator, component, "", codes), ())

    def is_behind(self, indicator: str, component: str, codes: Codes, period: str) -> bool:
        """Whether other States have a later period of the same length."""
        own = ReferencePeriod.parse(period)
        series_key = _history_key(indicator, component, "", codes)
        return self.newest.get((*series_key, *_part_of_year(own)), own) > own


def _part_of_year(period: ReferencePeriod) -> tuple[str, str]:
    return str(period.first_month), str(period.months)


def _history_key(indicator: str, component: str, area: str, codes: Codes) -> HistoryKey:
    return (indicator, component, area, *_codes_in_order(tuple(codes.items())))


@lru_cache(maxsize=1024)
def _codes_in_order(codes: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    by_name = dict(codes)
    return tuple(by_name.get(by, TOTAL) for by in BREAKDOWNS)


def histories(values: pd.DataFrame, indicators: Collection[str]) -> Histories:
    """The histories of the named indicators, from indicator values."""
    rows = values[values["indicator"].isin(list(indicators))]
    assessed = rows[rows["component"].isin(list(ASSESSED_COMPONENTS))]
    union = assessed[assessed["area"] == EU]
    counts = zip(*_lists(union, ("areas_reporting", "areas_expected")), strict=True)
    coverage = dict(zip(zip(*_lists(union, KEY), strict=True), counts, strict=True))
    points = _points_by_series(assessed)
    reported = _periods_reported(points)
    reporting = reporting_areas(rows, member_states())
    return Histories(points, coverage, reporting, _newest_periods(reported), reported)


def _lists(rows: pd.DataFrame, columns: Collection[str]) -> list[list[str]]:
    """Convert columns to lists of plain values in one step, which is much faster."""
    return [rows[name].to_numpy(dtype=object).tolist() for name in columns]


def _points_by_series(rows: pd.DataFrame) -> dict[HistoryKey, list[Point]]:
    periods = parse_periods(rows["period"].unique())
    when = rows["period"].map(periods).tolist()
    columns = _lists(rows, (*STATUSES, "since", "limit"))
    by_series: dict[HistoryKey, list[Point]] = {}
    keys = zip(*_lists(rows, SERIES), strict=True)
    for key, *point in zip(keys, when, rows["value"].tolist(), *columns, strict=True):
        by_series.setdefault(key, []).append(Point(*point))
    return by_series


def _periods_reported(
    points: Mapping[HistoryKey, Sequence[Point]],
) -> dict[HistoryKey, list[ReferencePeriod]]:
    """By series. Suppressed values count as reported, forecasts do not."""
    states = set(member_states())
    by_series: dict[HistoryKey, set[ReferencePeriod]] = {}
    for (indicator, component, area, *codes), own in points.items():
        if area in states:
            sent = {point.period for point in own if is_observed(point) or is_suppressed(point)}
            by_series.setdefault((indicator, component, "", *codes), set()).update(sent)
    return {key: sorted(periods) for key, periods in by_series.items()}


def _newest_periods(
    reported: Mapping[HistoryKey, Sequence[ReferencePeriod]],
) -> dict[HistoryKey, ReferencePeriod]:
    """By series and length of period."""
    return {
        (*key, *_part_of_year(period)): period
        for key, periods in reported.items()
        for period in periods
    }


def reporting_areas(rows: pd.DataFrame, areas: Iterable[str]) -> dict[Key, frozenset[str]]:
    """The areas that reported each value, also those with a suppressed one, which is in sums."""
    reported = rows[rows["area"].isin(list(areas)) & (rows["value"].notna() | is_withheld(rows))]
    by_value: dict[Key, set[str]] = {}
    keys = zip(*_lists(reported, PANEL_KEY), strict=True)
    for key, area in zip(keys, *_lists(reported, ["area"]), strict=True):
        by_value.setdefault(key, set()).add(area)
    return {key: frozenset(reporting) for key, reporting in by_value.items()}
