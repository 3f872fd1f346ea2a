"""From the table of values to the history of each series: its points, and who reported them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from metrics.catalogue.codelists import member_states
from metrics.core.period import ReferencePeriod
from metrics.core.series_window import is_observed, is_suppressed
from metrics.core.tables import (
    AREAS_REACHED,
    BREAKDOWNS,
    EU,
    FREE,
    KEY,
    MEDIAN,
    PER_100_000_CHILDREN,
    SERIES,
    STATUSES,
    STEP,
    TOTAL,
    VALUE,
    WITHHELD,
    YEAR_ON_YEAR,
)
from metrics.core.verdicts import Point

JUDGED = (VALUE, MEDIAN, STEP, AREAS_REACHED, PER_100_000_CHILDREN, YEAR_ON_YEAR)
# A duration is summed over states from its bands, so that a state reports it in any of them.
PANEL = ("indicator", *(by for by in BREAKDOWNS if by != "band"), "period")
Codes = Mapping[str, str]
Key = tuple[str, ...]


@dataclass(frozen=True)
class Histories:
    """Looked up by series, so that many targets and areas are judged in one pass over the table."""

    points: Mapping[Key, Sequence[Point]] = field(default_factory=dict)
    coverage: Mapping[Key, tuple[int, int]] = field(default_factory=dict)  # of the Union: n of 27
    reporting: Mapping[Key, frozenset[str]] = field(default_factory=dict)
    newest: Mapping[Key, ReferencePeriod] = field(default_factory=dict)  # that any state has

    def of(self, indicator: str, component: str, area: str, codes: Codes) -> Sequence[Point]:
        return self.points.get(_key(indicator, component, area, codes), ())

    def panel(self, indicator: str, component: str, codes: Codes, period: str) -> frozenset[str]:
        """Which states stand behind a figure of the Union; {EU} where all of them do."""
        reporting, expected = self.covered(indicator, component, codes, period)
        if reporting >= expected:
            return frozenset({EU})
        named = (codes.get(by, TOTAL) for by in PANEL[1:-1])
        return self.reporting.get((indicator, *named, period), frozenset())

    def covered(self, indicator: str, component: str, codes: Codes, period: str) -> tuple[int, int]:
        return self.coverage.get((*_key(indicator, component, EU, codes), period), (1, 1))

    def is_behind(self, indicator: str, component: str, codes: Codes, period: str) -> bool:
        """Whether other states have a later period of the same length."""
        own = ReferencePeriod.parse(period)
        named = _key(indicator, component, "", codes)
        return self.newest.get((*named, *_part(own)), own) > own


def _part(period: ReferencePeriod) -> tuple[str, str]:
    return str(period.first_month), str(period.months)


def _key(indicator: str, component: str, area: str, codes: Codes) -> Key:
    return (indicator, component, area, *(codes.get(by, TOTAL) for by in BREAKDOWNS))


def histories(values: pd.DataFrame, indicators: Collection[str]) -> Histories:
    """The histories of some indicators, from indicator values as `docs/tables.md` has them."""
    rows = values[values["indicator"].isin(list(indicators))]
    judged = rows[rows["component"].isin(list(JUDGED))]
    union = judged[judged["area"] == EU]
    counts = zip(union["areas_reporting"], union["areas_expected"], strict=True)
    coverage = dict(zip(zip(*(union[name] for name in KEY), strict=True), counts, strict=True))
    points = points_by_series(judged)
    return Histories(points, coverage, _who_reported(rows), _newest(points))


def points_by_series(rows: pd.DataFrame) -> dict[Key, list[Point]]:
    periods = {text: ReferencePeriod.parse(text) for text in rows["period"].unique()}
    columns = [rows[name] for name in ("value", *STATUSES, "since")]
    when = [periods[text] for text in rows["period"]]
    found: dict[Key, list[Point]] = {}
    keys = zip(*(rows[name] for name in SERIES), strict=True)
    for key, *point in zip(keys, when, *columns, strict=True):
        found.setdefault(key, []).append(Point(*point))
    return found


def _newest(points: Mapping[Key, Sequence[Point]]) -> dict[Key, ReferencePeriod]:
    """By series and length of period. What is suppressed was sent; a forecast is no report."""
    found: dict[Key, ReferencePeriod] = {}
    states = set(member_states())
    for (indicator, component, area, *codes), own in points.items():
        sent = [each.period for each in own if is_observed(each) or is_suppressed(each)]
        for period in sent if area in states else ():
            key = (indicator, component, "", *codes, *_part(period))
            found[key] = max(found.get(key, period), period)
    return found


def _who_reported(rows: pd.DataFrame) -> dict[Key, frozenset[str]]:
    """A suppressed value was reported, and stands in the sum of the Union."""
    hidden = rows["observation_status"].eq(WITHHELD) | rows["confidentiality_status"].ne(FREE)
    states = rows["area"].isin(list(member_states()))
    reported = rows[states & (rows["value"].notna() | hidden)]
    found: dict[Key, set[str]] = {}
    for *key, area in zip(*(reported[name] for name in (*PANEL, "area")), strict=True):
        found.setdefault(tuple(key), set()).add(area)
    return {key: frozenset(areas) for key, areas in found.items()}
