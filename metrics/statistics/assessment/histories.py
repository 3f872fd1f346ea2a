"""From the table of values to the history of each series: its points, and who reported them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from metrics.catalogue.codelists import member_states
from metrics.catalogue.codelists.statuses import is_withheld
from metrics.core.period import ReferencePeriod, parse_periods
from metrics.core.series_window import is_observed, is_suppressed
from metrics.core.tables import (
    AREAS_REACHED,
    BREAKDOWNS,
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

JUDGED_COMPONENTS = (VALUE, MEDIAN, STEP, AREAS_REACHED, PER_100_000_CHILDREN, YEAR_ON_YEAR)
# A duration is summed over states from its bands, so that a state reports it in any of them.
PANEL_KEY = ("indicator", *(by for by in BREAKDOWNS if by != "band"), "period")
Codes = Mapping[str, str]
HistoryKey = tuple[str, ...]


@dataclass(frozen=True)
class Histories:
    """Looked up by series, so that many targets and areas are judged in one pass over the table."""

    points: Mapping[HistoryKey, Sequence[Point]] = field(default_factory=dict)
    coverage: Mapping[HistoryKey, tuple[int, int]] = field(default_factory=dict)  # Union: n of 27
    reporting: Mapping[HistoryKey, frozenset[str]] = field(default_factory=dict)
    newest: Mapping[HistoryKey, ReferencePeriod] = field(default_factory=dict)  # of any state
    last: ReferencePeriod | None = None  # what ends later is left out

    def until(self, period: ReferencePeriod) -> "Histories":
        """Leave out what ends after a period; no state is then behind one that is judged for it."""
        return replace(self, last=period, newest={})

    def points_of(self, indicator: str, component: str, area: str, codes: Codes) -> Sequence[Point]:
        points = self.points.get(_history_key(indicator, component, area, codes), ())
        if self.last is None:
            return points
        return [point for point in points if point.period.end <= self.last.end]

    def panel(self, indicator: str, component: str, codes: Codes, period: str) -> frozenset[str]:
        """Which states stand behind a figure of the Union; {EU} where all of them do."""
        reporting, expected = self.covered(indicator, component, codes, period)
        if reporting >= expected:
            return frozenset({EU})
        named = (codes.get(by, TOTAL) for by in PANEL_KEY[1:-1])
        return self.reporting.get((indicator, *named, period), frozenset())

    def covered(self, indicator: str, component: str, codes: Codes, period: str) -> tuple[int, int]:
        """How many states a figure of the Union rests on, and how many were expected."""
        key = (*_history_key(indicator, component, EU, codes), period)
        return self.coverage.get(key, (1, 1))

    def is_behind(self, indicator: str, component: str, codes: Codes, period: str) -> bool:
        """Whether other states have a later period of the same length."""
        own = ReferencePeriod.parse(period)
        named = _history_key(indicator, component, "", codes)
        return self.newest.get((*named, *_part_of_year(own)), own) > own


def _part_of_year(period: ReferencePeriod) -> tuple[str, str]:
    return str(period.first_month), str(period.months)


def _history_key(indicator: str, component: str, area: str, codes: Codes) -> HistoryKey:
    return (indicator, component, area, *(codes.get(by, TOTAL) for by in BREAKDOWNS))


def histories(values: pd.DataFrame, indicators: Collection[str]) -> Histories:
    """The histories of some indicators, from indicator values as `docs/tables.md` has them."""
    rows = values[values["indicator"].isin(list(indicators))]
    judged = rows[rows["component"].isin(list(JUDGED_COMPONENTS))]
    union = judged[judged["area"] == EU]
    counts = zip(*_lists(union, ("areas_reporting", "areas_expected")), strict=True)
    coverage = dict(zip(zip(*_lists(union, KEY), strict=True), counts, strict=True))
    points = _points_by_series(judged)
    return Histories(points, coverage, _reporting_states(rows), _newest_periods(points))


def _lists(rows: pd.DataFrame, columns: Collection[str]) -> list[list[str]]:
    """Columns as lists of plain values, which are read far faster than columns one by one."""
    return [rows[name].to_numpy(dtype=object).tolist() for name in columns]


def _points_by_series(rows: pd.DataFrame) -> dict[HistoryKey, list[Point]]:
    periods = parse_periods(rows["period"].unique())
    when = rows["period"].map(periods).tolist()
    columns = _lists(rows, (*STATUSES, "since"))
    found: dict[HistoryKey, list[Point]] = {}
    keys = zip(*_lists(rows, SERIES), strict=True)
    for key, *point in zip(keys, when, rows["value"].tolist(), *columns, strict=True):
        found.setdefault(key, []).append(Point(*point))
    return found


def _newest_periods(
    points: Mapping[HistoryKey, Sequence[Point]],
) -> dict[HistoryKey, ReferencePeriod]:
    """By series and length of period. What is suppressed was sent; a forecast is no report."""
    newest: dict[HistoryKey, ReferencePeriod] = {}
    states = set(member_states())
    for (indicator, component, area, *codes), own in points.items():
        if area not in states:
            continue
        sent = [point.period for point in own if is_observed(point) or is_suppressed(point)]
        for period in sent:
            key = (indicator, component, "", *codes, *_part_of_year(period))
            newest[key] = max(newest.get(key, period), period)
    return newest


def _reporting_states(rows: pd.DataFrame) -> dict[HistoryKey, frozenset[str]]:
    """A suppressed value was reported, and stands in the sum of the Union."""
    states = rows["area"].isin(list(member_states()))
    reported = rows[states & (rows["value"].notna() | is_withheld(rows))]
    found: dict[HistoryKey, set[str]] = {}
    keys = zip(*_lists(reported, PANEL_KEY), strict=True)
    for key, area in zip(keys, *_lists(reported, ["area"]), strict=True):
        found.setdefault(key, set()).add(area)
    return {key: frozenset(areas) for key, areas in found.items()}
