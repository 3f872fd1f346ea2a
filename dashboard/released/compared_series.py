"""The figures of one series in a unit of comparison, as a release holds them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from dashboard.data import Release
from dashboard.released.printed_changes import printed_points
from dashboard.released.series import DECIMALS_OF_ESTIMATE, AssessedSeries, component_of
from dashboard.released.time_bands import is_in_band_of
from dashboard.released.unclear_changes import why_unclear
from dashboard.rows_by_key import Record
from dashboard.texts import Text
from metrics.catalogue.codelists.components import unit_of_component
from metrics.catalogue.codelists.statuses import SUPPRESSED_KEY, absence_key
from metrics.catalogue.codelists.units import PER_CENT, POINTS
from metrics.catalogue.definitions.indicators import Indicator
from metrics.core.break_causes import BROKEN, parse_causes
from metrics.core.period import ReferencePeriod
from metrics.core.series import format_codes
from metrics.core.tables import (
    BREAK,
    CHAINED_INDEX,
    CHANGE_IN_POINTS,
    NORMAL,
    PER_100_000_CHILDREN,
    SPECIAL_EVENT,
    STEP,
    YEAR_ON_YEAR,
)

# Keys of reasons for no figure in a unit; those for no figure at all begin with `absent`.
NO_DENOMINATOR = "uncomputed.no_denominator"
SERIES_BREAK = "uncomputed.break"
SPECIAL_YEAR = "uncomputed.special_event"
SPECIAL_BETWEEN = "uncomputed.special_event_between"  # neither year itself is special
ZERO_BASE = "uncomputed.zero_base"
SAME_BAND = "uncomputed.same_band"  # of a median
OTHER_STATES = "break.other_states"  # of a figure of the Union
NOT_RELEASED = "uncomputed.not_released"  # a change across other limits, or of parts of a sum
STATES_OF_CHANGE = "states_of_change"  # of a figure in a unit of change: how many are behind it
OTHER_DEFINITION = "D"  # an observation status: the definition differs from the agreed one


class ComparisonUnit(StrEnum):
    """In which unit figures are compared."""

    VALUE = "value"
    RATE = "rate"  # per 100,000 children
    INDEX = "index"  # 100 in the base year
    CHANGE = "change"  # on the year before


UNITS_OF_CHANGE = frozenset({ComparisonUnit.INDEX, ComparisonUnit.CHANGE})  # of two periods


@dataclass(frozen=True)
class ComparedSeries:
    """One series and its figures in one unit, a record for each period in the order of time."""

    name: str  # of the area or of the indicator
    letter: str  # at its line: the code of the area, or A and B
    series: AssessedSeries
    figures: Sequence[Record]
    unit: ComparisonUnit
    base: str = ""  # the base year of an index
    changes: Mapping[tuple[str, str], Record] = field(default_factory=dict)  # by base and period

    @property
    def key(self) -> tuple[str, str]:
        return self.series.area, self.series.name

    @property
    def area(self) -> str:
        return self.series.area

    @cached_property
    def known(self) -> Sequence[Record]:
        return [row for row in self.figures if not pd.isna(row["value"])]

    @property
    def last(self) -> Record | None:
        return self.known[-1] if self.known else None

    @cached_property
    def breaks(self) -> list[str]:
        """The periods before which the drawn figures are not comparable with those after."""
        if self.unit is ComparisonUnit.CHANGE:
            return []
        first = self.known[0]["period"] if self.known else ""
        with_value = {row["period"] for row in self.series.rows if not pd.isna(row["value"])}
        return [
            str(row["period"])
            for row in self.figures
            if row["observation_status"] == BREAK
            and row["period"] > first
            and row["period"] in with_value
        ]

    @property
    def is_compared_across_breaks(self) -> bool:
        """Whether the release has a change across a break, of the areas without one."""
        return any(
            earlier < period <= later for earlier, later in self.changes for period in self.breaks
        )

    @cached_property
    def differing(self) -> list[str]:
        """The periods in which the figure follows another definition than the agreed one."""
        return [
            str(row["period"])
            for row in self.known
            if row["observation_status"] == OTHER_DEFINITION
        ]

    @property
    def change(self) -> Record | None:
        """The change from the first common year to the latest figure, if nothing breaks it."""
        return self.row_of_change(str(self.last["period"])) if self.last else None

    def row_of_change(self, period: str) -> Record | None:
        """The change from the first common year; none of a median that left no time band."""
        is_none = is_in_band_of(self.series, self.base, period)
        return None if is_none else self.changes.get((self.base, period))

    def change_since_base(self, period: str) -> float:
        row = self.row_of_change(period)
        return float("nan") if row is None else float(row["change"])

    def materiality_since_base(self, period: str) -> str:
        """Whether the change is material, as the release says."""
        return str((self.row_of_change(period) or {}).get("materiality") or "")

    @property
    def change_unit(self) -> str:
        return POINTS if self.series.indicator.unit == PER_CENT else PER_CENT

    @property
    def unit_code(self) -> str:
        """Of `codelists/unit.csv`."""
        return unit_of_component(component_in(self.unit, self.series), self.series.unit)

    @property
    def usual_decimals(self) -> int | None:
        """The decimals of each figure in the unit, as everywhere; None where its size decides."""
        if self.unit in {ComparisonUnit.RATE, ComparisonUnit.INDEX}:
            return DECIMALS_OF_ESTIMATE
        return self.series.usual_decimals if self.unit is ComparisonUnit.VALUE else None

    def format(self, row: Record, text: Text, digits: int | None = None) -> str:
        """A figure without its unit, which is at the axis and in the heading."""
        return format_compared(self, row, text, digits)


def component_in(unit: ComparisonUnit, series: AssessedSeries) -> str:
    """The component that holds the figures in a unit; those of an index are in a table apart."""
    if unit is ComparisonUnit.RATE:
        return PER_100_000_CHILDREN
    if unit is ComparisonUnit.CHANGE:
        return change_component(series.indicator)
    return CHAINED_INDEX if unit is ComparisonUnit.INDEX else series.component


def change_component(indicator: Indicator) -> str:
    return CHANGE_IN_POINTS if indicator.unit == PER_CENT else YEAR_ON_YEAR


def format_compared(
    compared: ComparedSeries, row: Record, text: Text, digits: int | None = None
) -> str:
    value = row["value"]
    if pd.isna(value):
        return text(row["why"])
    own = own_decimals(compared, row)
    digits = digits if own is None else own
    if compared.unit is ComparisonUnit.CHANGE:
        value = yearly_change(compared, row)
        return text.limited(text.signed(value, digits, fixed=digits is not None), row.get("limit"))
    if compared.unit is ComparisonUnit.VALUE and compared.series.component == STEP:
        return compared.series.format_value(value, text)
    number = text.number(value, digits, fixed=digits is not None)
    return text.limited(number, row.get("limit"))


def yearly_change(compared: ComparedSeries, row: Record) -> float | Decimal:
    """The change on the year before; of a share as the figures are printed."""
    series, period = compared.series, str(row["period"])
    if series.unit != PER_CENT:
        return float(row["value"])
    before = earlier_period(compared.unit, period, compared.base)
    return printed_points(series, before, period, row["value"]).difference


def own_decimals(compared: ComparedSeries, row: Record) -> int | None:
    """The decimals of a figure, or of a change in points, as on other pages; None without a rule.

    A published figure has those of its source.
    """
    series, period = compared.series, str(row["period"])
    if compared.unit is ComparisonUnit.CHANGE:
        before = earlier_period(compared.unit, period, compared.base)
        return series.decimals_of_points((series.row_in(before), series.row_in(period)))
    is_value = compared.unit is ComparisonUnit.VALUE
    printed = series.printed_decimals(row) if is_value else None
    return compared.usual_decimals if printed is None else printed


def units_of_series(series: AssessedSeries, release: Release | None) -> list[ComparisonUnit]:
    """The units in which a release holds figures of a series, in any area."""
    if series.other_component:
        return [ComparisonUnit.VALUE]
    codes = format_codes(series.codes)
    parts = release.shown_parts.get(series.indicator.code, ()) if release else ()
    components = {part.component for part in parts if part.codes == codes}
    found = [ComparisonUnit.VALUE]
    if PER_100_000_CHILDREN in components:
        found.append(ComparisonUnit.RATE)
    if YEAR_ON_YEAR in components and has_changes(release):
        found.append(ComparisonUnit.INDEX)
    if change_component(series.indicator) in components:
        found.append(ComparisonUnit.CHANGE)
    return found


def figures_in_unit(
    series: AssessedSeries, unit: ComparisonUnit, release: Release | None, base: str = ""
) -> list[dict[str, Any]]:
    """A record for each full year of the series; without a value, `why` is the key of the reason.

    `why_period` is the period that the reason is about: of a change, also the year before.
    """
    rows = {str(row["period"]): row for row in series.rows if is_year(str(row["period"]))}
    found = released_in_unit(series, unit, release, base)
    years = YearsInUnit(rows, unit, base)
    return [years.explained(period, found.get(period)) for period in rows]


def compared_figures(
    series: AssessedSeries, unit: ComparisonUnit, release: Release | None, base: str = ""
) -> list[dict[str, Any]]:
    """The same for a comparison: no change and no index of a median within one time band.

    Nor a yearly change that is not material; an index is drawn all the same, with a note.
    """
    rows = figures_in_unit(series, unit, release, base)
    if unit not in UNITS_OF_CHANGE:
        return rows
    changes = changes_of_series(series, release) if unit is ComparisonUnit.CHANGE else {}
    return [
        {**row, "value": float("nan"), "limit": "", "why": why}
        if not row["why"]
        and (why := why_not_drawn(series, earlier_period(unit, row["period"], base), row, changes))
        else row
        for row in rows
    ]


def why_not_drawn(
    series: AssessedSeries,
    before: str,
    row: Record,
    changes: Mapping[tuple[str, str], Record],
) -> str:
    """The key of why a change since an earlier period counts as none; empty for any other."""
    if is_in_band_of(series, before, row["period"]):
        return SAME_BAND
    return why_unclear(changes.get((before, row["period"]), {}))


def earlier_period(unit: ComparisonUnit, period: str, base: str) -> str:
    """With which a period is compared: the base year of an index, else the year before."""
    return base if unit is ComparisonUnit.INDEX else earlier_year(period)


def earlier_year(year: str) -> str:
    return str(int(year) - 1)


def released_in_unit(
    series: AssessedSeries, unit: ComparisonUnit, release: Release | None, base: str
) -> Mapping[str, Record]:
    """Period → its released row in a unit, with its `value`."""
    if unit is ComparisonUnit.VALUE:
        return {str(row["period"]): row for row in series.rows}
    if unit is ComparisonUnit.INDEX:
        changes = changes_of_series(series, release)
        indices: dict[str, Record] = {
            period: {**row, "value": row["index"]}
            for (since, period), row in changes.items()
            if since == base
        }
        return withheld_indices(series, release) | indices
    own = component_of(series, release, component_in(unit, series))
    return {str(row["period"]): row for row in own}


def withheld_indices(series: AssessedSeries, release: Release | None) -> dict[str, Record]:
    """Period → the row of the Union's index where that is suppressed and its figure shown."""
    rows = component_of(series, release, CHAINED_INDEX)
    return {str(row["period"]): row for row in rows if pd.isna(row["value"])}


class AbsenceReason(NamedTuple):
    """Why there is no value: the key of a text, and the period that it is about."""

    key: str
    period: str


@dataclass(frozen=True)
class YearsInUnit:
    """The full years of a series, of which the values in a unit are asked for."""

    rows: Mapping[str, Record]  # by period
    unit: ComparisonUnit
    base: str

    def explained(self, period: str, found: Record | None) -> dict[str, Any]:
        """The record of one period: its released value in the unit, or why there is none."""
        own = self.rows[period]
        if found is not None and not pd.isna(found["value"]):
            figure = {name: found[name] for name in ("value", "limit")}
            behind = found.get("areas_reporting") if self.unit in UNITS_OF_CHANGE else 0
            of_change = {
                STATES_OF_CHANGE: int(behind or 0),
                "observation_status": self.status_of_value(own, found),
            }
            return {**own, **figure, **of_change, "why": "", "why_period": period}
        why = self.reason_of_absence(period, found)
        return {**own, "value": float("nan"), "limit": "", "why": why.key, "why_period": why.period}

    def status_of_value(self, own: Record, found: Record) -> str:
        """An index does not break: that of the Union is of the States without a break."""
        status = str(found.get("observation_status") or own["observation_status"])
        return NORMAL if self.unit is ComparisonUnit.INDEX and status == BREAK else status

    def reason_of_absence(self, period: str, found: Record | None) -> AbsenceReason:
        own = self.rows[period]
        before_period = earlier_period(self.unit, period, self.base)
        before = self.rows.get(before_period, {"value": float("nan")})
        is_compared = self.unit in UNITS_OF_CHANGE
        ends = {period: own, **({before_period: before} if is_compared else {})}
        absent = [
            AbsenceReason(absence_key(row), about)
            for about, row in ends.items()
            if pd.isna(row["value"])
        ]
        if found is not None and absence_key(found) == SUPPRESSED_KEY:
            absent.append(AbsenceReason(SUPPRESSED_KEY, period))
        if absent:  # what is suppressed comes first
            return min(absent, key=lambda reason: reason.key != SUPPRESSED_KEY)
        if not is_compared:
            return AbsenceReason(NO_DENOMINATOR, period)
        return AbsenceReason(why_not_compared(own, before, self.rows), period)


def why_not_compared(own: Record, before: Record, rows: Mapping[str, Record]) -> str:
    """Why two figures that are both shown are not compared.

    That of a special event is compared with no other, whether the series breaks or not.
    """
    if own["observation_status"] == SPECIAL_EVENT:
        return SPECIAL_YEAR
    span = [row for period, row in rows.items() if before["period"] < period <= own["period"]]
    breaks = [row for row in span if row["observation_status"] == BREAK]
    if breaks:
        return OTHER_STATES if all(map(is_break_of_areas, breaks)) else SERIES_BREAK
    if before["observation_status"] == SPECIAL_EVENT:
        return SPECIAL_YEAR
    if not before["value"]:
        return ZERO_BASE
    is_over_event = any(row["observation_status"] == SPECIAL_EVENT for row in span)
    return SPECIAL_BETWEEN if is_over_event else NOT_RELEASED


def is_break_of_areas(row: Record) -> bool:
    """Whether a sum breaks only because other areas are in it."""
    changes = {cause.change for cause in parse_causes(str(row.get("remark") or ""))}
    return bool(changes) and BROKEN not in changes


def why_not_compared_since(series: ComparedSeries, period: str, release: Release | None) -> str:
    """The key of why there is no change on the base year; empty if there is one.

    The rate of a sum is compared only where its count is, and in the same States.
    """
    figures = compared_figures(series.series, ComparisonUnit.INDEX, release, series.base)
    why = next((str(row["why"]) for row in figures if row["period"] == period), "")
    if why or series.unit is not ComparisonUnit.RATE:
        return why
    rows = {str(row["period"]): row for row in series.series.rows}
    of_rate = why_not_compared(rows[period], rows[series.base], rows)
    return OTHER_STATES if of_rate == NOT_RELEASED else of_rate


def is_year(period: str) -> bool:
    return ReferencePeriod.parse(period).is_full_year


def changes_of_series(
    series: AssessedSeries, release: Release | None, component: str = ""
) -> Mapping[tuple[str, str], Record]:
    """Base year and year of the series → index and change, as the release holds them."""
    if release is None:
        return {}
    years = {row["period"] for row in series.rows}
    indicator, own_component, area, codes = series.table_key
    rows = release.period_changes.rows_of(indicator, component or own_component, area, codes)
    return {
        (row["base_period"], row["period"]): row
        for row in rows
        if years.issuperset((row["base_period"], row["period"]))
    }


def has_changes(release: Release | None) -> bool:
    """Whether a release holds indices; those of earlier versions do not."""
    return release is not None and bool(release.period_changes.spans)


def is_reserved(row: Record) -> bool:
    """Whether a figure is provisional, estimated or otherwise qualified."""
    return (row.get("observation_status") or NORMAL) not in {NORMAL, BREAK}
