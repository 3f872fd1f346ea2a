"""Series with their assessments: one indicator, one area, one set of breakdown codes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from typing import Any, Self

import pandas as pd

from dashboard.data import Release
from dashboard.released.assessments import Assessment, Outlook
from dashboard.released.figure_names import FigureName
from dashboard.released.series_of_goals import (
    assessments_of,
    followed_series,
    outlook_of,
    rows_by_period,
    targeted_series,
)
from dashboard.released.status_of_period import AssessedUntil
from dashboard.released.unclear_changes import why_unclear
from dashboard.rounding import MOST_DECIMALS, compare, decimals_in, round_for_print
from dashboard.rows_by_key import Record
from dashboard.texts import Text
from metrics.catalogue.codelists import member_states
from metrics.catalogue.codelists.components import unit_of_component
from metrics.catalogue.codelists.units import PER_CENT
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import Indicator, Kind
from metrics.catalogue.definitions.targets import SeriesKey, Target
from metrics.catalogue.loader import catalogue
from metrics.core.load_once import load_once
from metrics.core.period import ReferencePeriod
from metrics.core.series import format_codes, format_series, parse_codes
from metrics.core.tables import (
    AREAS_REACHED,
    CASES,
    CHAINED_INDEX,
    CHANGE_IN_POINTS,
    DENOMINATOR,
    EU,
    MEDIAN,
    NUMERATOR,
    PER_100_000_CHILDREN,
    STEP,
    TOTAL,
    VALUE,
    YEARLY_CHANGES,
)
from metrics.core.verdicts import Status

MOST_FOLLOWED = 1024  # goals in areas that are kept, each with some 30 kB
DECIMALS_OF_ESTIMATE = 1  # of medians from time bands, rates and indices
DECIMALS_OF_SHARE = 2  # of shares of counts
PURE_NUMBER = "NUMBER"  # the unit of a numerator and a denominator
# The order in which components are offered: headlines, what they consist of, what is derived.
COMPONENTS = (
    VALUE, MEDIAN, STEP, AREAS_REACHED, PER_100_000_CHILDREN, NUMERATOR, DENOMINATOR,
    CASES, *YEARLY_CHANGES, CHAINED_INDEX,
)  # fmt: skip


@dataclass(frozen=True)
class AssessedSeries:
    indicator: Indicator
    area: str
    codes: Mapping[str, str]
    values: Sequence[Record]  # of one component, in the order of time
    assessments: tuple[Assessment, ...] = ()
    outlook: Outlook | None = None  # for the target of the official method
    # Period → its row in these released tables, which releases of earlier versions lack.
    trajectory: Mapping[str, Record] = field(default_factory=dict)
    status_history: Mapping[str, Record] = field(default_factory=dict)
    other_component: str = ""  # shown instead of the headline component
    rates: Mapping[str, float] = field(default_factory=dict)  # period → per 100,000 children
    is_reported_later: bool = False  # than the period as of which the series is

    @property
    def name(self) -> str:
        """The series as an address names it; the headline component is not named."""
        return format_series(self.indicator.code, self.other_component or VALUE, self.codes)

    @property
    def in_one_state(self) -> Self:
        """The series as a single State has it: for the Union, milestones are counts of States."""
        return replace(self, area=member_states()[0], values=())

    @property
    def component(self) -> str:
        return self.other_component or headline_component(self.indicator, self.area)

    @property
    def table_key(self) -> tuple[str, str, str, str]:
        """As the tables of a release name it: by `SERIES_COLUMNS`."""
        return self.indicator.code, self.component, self.area, format_codes(self.codes)

    @property
    def usual_decimals(self) -> int | None:
        """The decimals of each figure wherever it is printed; None where its size decides."""
        if self.component in {MEDIAN, PER_100_000_CHILDREN, CHAINED_INDEX}:
            return DECIMALS_OF_ESTIMATE
        is_share = self.indicator.kind is Kind.SHARE and not self.other_component
        return DECIMALS_OF_SHARE if is_share else None

    @property
    def unit(self) -> str:
        """The unit of the newest period; earlier ones may have had another."""
        periods = [row["period"] for row in self.values] if self.indicator.changes else []
        return self.unit_in(max(periods, key=end_of_period, default=""))

    def unit_in(self, period: str) -> str:
        """The unit as it was defined for a period."""
        return unit_of_component(self.component, self.indicator.unit_in(period))

    def in_one_unit(self, rows: Sequence[Record]) -> Sequence[Record]:
        """Those of the rows in the unit of the newest period, which can share an axis."""
        if not self.indicator.changes:
            return rows
        unit = self.unit
        return [row for row in rows if self.unit_in(row["period"]) == unit]

    @property
    def official(self) -> Assessment | None:
        return next((assessment for assessment in self.assessments if assessment.official), None)

    @property
    def status(self) -> str:
        return self.official.status if self.official else Status.NOT_ASSESSED

    @property
    def status_period(self) -> str:
        """The period of the official verdict; empty without one."""
        return self.official.verdict.period if self.official else ""

    @cached_property
    def rows(self) -> Sequence[Record]:
        """Full periods only or, where none of them has a value, the parts of years."""
        return full_periods(self.in_one_unit(self.values))

    def row_in(self, period: str) -> Record | None:
        """The row of a period, if there is one."""
        return next((row for row in self.rows if row["period"] == period), None)

    @cached_property
    def last_known(self) -> Mapping[str, Any] | None:
        """The last period with a value."""
        return next((row for row in reversed(self.rows) if not pd.isna(row["value"])), None)

    @property
    def last_row(self) -> Mapping[str, Any] | None:
        """The last period of all, even if its value is missing or suppressed."""
        return self.rows[-1] if self.rows else None

    def as_of(self, period: str) -> Self:
        """The series as of a period: its figures until then, and its status at that time."""
        if not period:
            return self
        if period not in self.by_period:
            self.by_period[period] = self.until(period)
        return self.by_period[period]

    @cached_property
    def by_period(self) -> dict[str, Self]:
        """The series as of each period that was asked for: it never changes."""
        return {}

    def has_figures_after(self, period: str) -> bool:
        end = end_of_period(period)
        return any(has_value(row) and end_of_period(row["period"]) > end for row in self.values)

    def until(self, period: str) -> Self:
        until = ReferencePeriod.parse(period).end
        rows = [row for row in self.values if end_of_period(row["period"]) <= until]
        is_later = self.is_reported_later or any(
            has_value(row) for row in self.rows if end_of_period(row["period"]) > until
        )
        known = replace(self, values=rows, is_reported_later=is_later)
        return replace(known, assessments=known.assessments_until(period))

    def compared_in(self, period: str) -> Self:
        """The series as of a period; a verdict that is still the last one, as it is today."""
        known = self.as_of(period)
        is_last = known.status_period == self.status_period and known.status == self.status
        return replace(known, assessments=self.assessments) if is_last else known

    def assessments_until(self, period: str) -> tuple[Assessment, ...]:
        """Those of that time, from the status history and the figures of the series until then."""
        official = self.official
        if official is None:
            return ()
        history: Mapping[str, Record | None] = self.status_history or {
            official.verdict.period: None
        }
        until = ReferencePeriod.parse(period)
        known = AssessedUntil(
            until, self.rows, history, self.area, self.component, self.is_reported_later
        )
        return tuple(known.assessments(official, self.assessments))

    def title(self, text: Text) -> str:
        parts = [text.code(by, code) for by, code in self.codes.items() if code != TOTAL]
        name = ", ".join([self.indicator.name(text.language), *parts])
        if not self.other_component:
            return name
        return f"{name}: {component_name(self.indicator, self.other_component, text)}"

    def figure_name(self, row: Mapping[str, Any]) -> str:
        """As an address names a figure; empty of a row that the release does not have."""
        if pd.isna(row["value"]) and not row.get("observation_status"):
            return ""
        codes = parse_codes(row["series"]) if row.get("series") else self.codes
        series = format_series(self.indicator.code, self.component, codes)
        return str(FigureName(series, str(row.get("area") or self.area), str(row["period"])))

    @cached_property
    def quoted(self) -> Mapping[float, int]:
        """Each value that was published, with the decimals that its source printed."""
        if not any(row.get("source") for row in self.values):
            return {}
        printed = {row["value"]: self.printed_decimals(row) for row in self.values}
        return {value: places for value, places in printed.items() if places is not None}

    def printed_decimals(self, row: Mapping[str, Any]) -> int | None:
        """The decimals of a value as its source printed it; None of what was computed."""
        is_derived = bool(self.indicator.derived_from)
        is_computed = bool(self.other_component) and self.component != CHANGE_IN_POINTS
        if is_derived or is_computed or not row.get("source") or pd.isna(row.get("value")):
            return None
        return decimals_in(row["value"], MOST_DECIMALS)

    def decimals_of_points(self, rows: Iterable[Record | None]) -> int | None:
        """Of a change in percentage points between figures; None for a change in per cent."""
        if self.unit != PER_CENT:
            return None
        if self.usual_decimals is not None:
            return self.usual_decimals
        known = [row for row in rows if row and has_value(row)]
        quoted = [(row["value"], self.printed_decimals(row)) for row in known]
        return max((decimals_in(*one) for one in quoted), default=0)

    def format_figure(
        self,
        row: Mapping[str, Any],
        text: Text,
        digits: int | None = None,
        *,
        period: str = "",
        fixed: bool = False,
    ) -> str:
        """Format the value of a row; of a limit it says `more than` or `less than`.

        Of a yearly change that is not clear it says so.
        """
        printed = self.printed_decimals(row)
        if printed is not None:
            digits, fixed = printed, False
        value = self.format_value(row["value"], text, digits, period, fixed=fixed)
        figure, why = text.limited(value, row.get("limit")), why_unclear(row)
        return text("figure.unclear", figure=figure, why=text(why)) if why else figure

    def format_value(
        self,
        value: float,
        text: Text,
        digits: int | None = None,
        period: str = "",
        *,
        fixed: bool = False,
    ) -> str:
        """Format a value for readers: a number with its unit of a period, or the name of a step."""
        unit = self.unit_in(period) if period else self.unit
        if self.usual_decimals is not None:
            digits, fixed = self.usual_decimals, True
        if value in self.quoted:
            digits, fixed = self.quoted[value], False
        if self.component == STEP:
            return step_name(self.indicator, value, text)
        if unit == PURE_NUMBER:
            return text.number(value, digits, fixed=fixed)
        if self.component not in YEARLY_CHANGES:
            return text.quantity(value, unit, digits, fixed=fixed)
        decimals = compare(value, 0).decimals if digits is None else digits
        sign = "+" if round_for_print(value, decimals) > 0 else ""
        return sign + text.quantity(value, unit, decimals, fixed=fixed)

    def format_number(self, value: float, text: Text) -> str:
        """A value without its unit."""
        return text.number(value, self.usual_decimals, fixed=self.usual_decimals is not None)


def component_name(indicator: Indicator, component: str, text: Text) -> str:
    """The name of a component; the numerator and denominator of a share in their own words."""
    own = {NUMERATOR: indicator.numerator, DENOMINATOR: indicator.denominator}.get(component)
    return own(text.language) if own else text.code("component", component)


def step_name(indicator: Indicator, value: float, text: Text) -> str:
    position = round(value)
    if not 0 <= position < len(indicator.ladder):
        return text.number(value)
    return text.code("step", indicator.ladder[position])


def full_periods(rows: Sequence[Record]) -> Sequence[Record]:
    """Keep the full years, unless only parts of years have a value: both are never compared."""
    whole = [row for row in rows if is_full(row["period"])]
    if len(whole) == len(rows):
        return rows
    parts = [row for row in rows if not is_full(row["period"])]
    is_for_years = whole and (any(map(has_value, whole)) or not any(map(has_value, parts)))
    return whole if is_for_years else parts


def has_value(row: Record) -> bool:
    return not pd.isna(row["value"])


@cache
def end_of_period(period: str) -> float:
    return ReferencePeriod.parse(period).end


@cache
def is_full(period: str) -> bool:
    return ReferencePeriod.parse(period).is_full_year


def headline_component(indicator: Indicator, area: str) -> str:
    """For the Union a milestone is a count of Member States, never an average of steps."""
    is_count = indicator.kind is Kind.MILESTONE and area == EU
    return AREAS_REACHED if is_count else indicator.headline


def read_series(
    release: Release | None,
    indicator: str,
    area: str,
    codes: Mapping[str, str] | None = None,
    component: str = "",
) -> AssessedSeries:
    """One component of a series, the headline component by default; without assessments."""
    definition = catalogue().indicators[indicator]
    headline = headline_component(definition, area)
    other = component if component not in {"", VALUE, headline} else ""
    rows = component_rows(release, indicator, other or headline, area, codes or {})
    series = AssessedSeries(definition, area, codes or {}, rows, other_component=other)
    return series if other else replace(series, rates=rates_of(series, release))


def rates_of(series: AssessedSeries, release: Release | None) -> dict[str, float]:
    """Period → the headline figure per 100,000 children, where the release has it."""
    if release is None or not series.indicator.per_100_000_children:
        return {}
    rows = component_of(series, release, PER_100_000_CHILDREN)
    return {row["period"]: row["value"] for row in rows if has_value(row)}


def read_in_area(series: AssessedSeries, area: str, release: Release | None) -> AssessedSeries:
    """The same series in another area, without assessments."""
    return read_series(release, series.indicator.code, area, series.codes, series.other_component)


def periods_in_areas(
    series: AssessedSeries, areas: Iterable[str], release: Release | None
) -> set[str]:
    """The periods in which any of the areas has a row of the same series."""
    if release is None:
        return set()
    code, codes = series.indicator.code, format_codes(series.codes)
    found: set[str] = set()
    for area in areas:
        component = series.other_component or headline_component(series.indicator, area)
        found.update(release.periods(code, component, area, codes))
    return found


def component_rows(
    release: Release | None, indicator: str, component: str, area: str, codes: Mapping[str, str]
) -> Sequence[Record]:
    """One component of a series; breakdowns without a code are totals."""
    if release is None:
        return ()
    return release.series(indicator, component, area, format_codes(codes))


def series_of_goal(goal: Goal, area: str, release: Release | None) -> tuple[AssessedSeries, ...]:
    """Every series that follows up a goal in an area, those with a target first."""
    return followed_in_area(goal.code, area, release).every


# A release never changes, so results are cached: room for every goal of every State, once.
@load_once(maxsize=MOST_FOLLOWED)
def followed_in_area(code: str, area: str, release: Release | None) -> "FollowedGoal":
    return FollowedGoal(catalogue().goals[code], area, release)


@dataclass(frozen=True, eq=False)
class FollowedGoal:
    """What a release says about a goal in an area; each series is read once, when it is used."""

    goal: Goal
    area: str
    release: Release | None
    known: dict[str, AssessedSeries] = field(default_factory=dict)  # those read so far, by name

    @cached_property
    def named(self) -> Mapping[str, tuple[str, Mapping[str, str]]]:
        """Name → indicator and codes of each series."""
        return followed_series(self.goal, self.area, self.release)

    @cached_property
    def every(self) -> tuple[AssessedSeries, ...]:
        return tuple(map(self.series, self.named))

    def find(self, name: str) -> AssessedSeries | None:
        """The series of a name, if it follows up the goal."""
        return self.series(name) if name in self.named else None

    def series(self, name: str) -> AssessedSeries:
        found = self.known.get(name)
        return found or self.known.setdefault(name, self.read(*self.named[name]))

    def read(self, indicator: str, codes: Mapping[str, str]) -> AssessedSeries:
        series = read_series(self.release, indicator, self.area, codes)
        if self.release is None:
            return series
        key = self.goal.code, self.area, indicator, format_codes(codes)
        rows = partial(self.release.rows_of_series, key=key)
        assessments = assessments_of(self.goal, rows("assessments"))
        target = next((found.target for found in assessments if found.official), "")
        return replace(
            series,
            assessments=assessments,
            outlook=outlook_of(rows("outlook")),
            trajectory=rows_by_period(rows("trajectory"), target),
            status_history=rows_by_period(rows("status_history"), target),
        )

    @cached_property
    def headline(self) -> AssessedSeries | None:
        """The series that leads, whether it was assessed in the area or not."""
        leading = self.goal.headline_series
        named = (
            self.series(name) for name, parts in self.named.items() if series_key(*parts) in leading
        )
        return next(named, None)

    @property
    def first_with_figure(self) -> AssessedSeries | None:
        return next((series for series in self.every if series.last_known), None)


def series_anywhere(goal: Goal, release: Release) -> list[AssessedSeries]:
    """Every series of a goal that has a value, area by area, those with a verdict first."""
    found = series_by_area(goal, release)
    return sorted(found, key=lambda series: series.status is Status.NOT_ASSESSED)


def series_by_area(goal: Goal, release: Release) -> Iterator[AssessedSeries]:
    """Every series of a goal that has a value: of the Union, the States, then other areas.

    An area is read when its series are asked for.
    """
    named = {area for code in goal.indicators for area in release.areas_of.get(code, ())}
    for area in release.areas:
        if area in named:
            yield from (own for own in series_of_goal(goal, area, release) if own.last_known)


def headline_series(goal: Goal, area: str, release: Release | None) -> AssessedSeries | None:
    """The headline series of a goal in an area; without one, its first series with a value."""
    followed = followed_in_area(goal.code, area, release)
    return followed.headline or followed.first_with_figure


def leads_goal(goal: Goal, series: AssessedSeries) -> bool:
    """Whether the series is the headline of a goal in any area, or the goal has no other."""
    if not goal.headline_series:
        return series.indicator.code == goal.indicators[0]
    return is_headline_anywhere(goal, series)


def is_headline_anywhere(goal: Goal, series: AssessedSeries) -> bool:
    """Whether the series gives the goal its status, if not in its own area, then in others."""
    own = series_key(series.indicator.code, series.codes)
    return not series.other_component and own in goal.headline_series


def series_key(indicator: str, codes: Mapping[str, str]) -> SeriesKey:
    """A series as `Goal.headline_series` names it."""
    return indicator, tuple(sorted(codes.items()))


def find_headline(goal: Goal, followed: Iterable[AssessedSeries]) -> AssessedSeries | None:
    return next((series for series in followed if is_headline(goal, series)), None)


def is_headline(goal: Goal, series: AssessedSeries) -> bool:
    return series.official is not None and series.official.target in goal.headline_targets


def has_target(goal: Goal, series: AssessedSeries) -> bool:
    """Whether the goal sets a target on the series, even if only for other areas."""
    own = series.indicator.code, dict(series.codes)
    return any((indicator, dict(codes)) == own for indicator, codes in targeted_series(goal))


def target_of(goal: Goal, assessment: Assessment | None) -> Target | None:
    if assessment is None:
        return None
    return next((target for target in goal.targets if target.id == assessment.target), None)


def component_of(
    series: AssessedSeries, release: Release | None, component: str
) -> Sequence[Record]:
    """Another component of the same series, such as the change on the year before."""
    return component_rows(release, series.indicator.code, component, series.area, series.codes)
