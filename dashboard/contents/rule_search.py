"""Search areas by a rule: a measure of a series, a threshold, and a run of years.

A figure that is suppressed decides nothing: its area is always among those that cannot be computed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import isclose
from typing import Any

import pandas as pd

from dashboard.addresses.address import requested_series
from dashboard.addresses.alternatives import UnavailableError, offers_of_indicator
from dashboard.addresses.named_series import (
    default_series,
    goal_of_series,
    goals_in_order,
    parts_of_series,
    read_assessed,
    require_figures,
)
from dashboard.addresses.selection import newest_well_covered
from dashboard.context import PageContext
from dashboard.data import Release, sort_areas
from dashboard.keyed_rows import Record
from dashboard.released.compared_series import (
    ComparisonUnit,
    change_component,
    figures_in_unit,
    is_year,
    units_of_series,
)
from dashboard.released.released_parts import WORLD
from dashboard.released.series import AssessedSeries
from dashboard.released.table_views import assessment_of, path_and_gap, sign_of_better
from dashboard.wording.narrative import is_in_band_of_year_before
from metrics.catalogue.codelists import member_states
from metrics.catalogue.codelists.components import unit_of_component
from metrics.catalogue.codelists.groups import groups
from metrics.catalogue.codelists.statuses import SUPPRESSED_KEY, absence_key
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.loader import catalogue
from metrics.core.series import ParsedSeries, format_codes
from metrics.core.tables import LOWER_LIMIT, PER_100_000_CHILDREN, STEP, UPPER_LIMIT, VALUE
from metrics.core.verdict_codes import Reason
from metrics.core.verdicts import Status

MOST_YEARS_SEARCHED = 6
NO_PATH, NO_START, NO_CLEAR_CHANGE, NOT_ASSESSED, ONLY_A_LIMIT = (
    "uncomputed.no_path", "uncomputed.no_start", "uncomputed.no_clear_change",
    "uncomputed.not_assessed", "uncomputed.limit",
)  # fmt: skip
NO_ROW = "absent.not_reported"
SAME_BAND = "find.same_band"
NOISE_OF_FLOATS = 1e-9


class SearchMeasure(StrEnum):
    """What is compared with a threshold."""

    VALUE = "value"
    RATE = "rate"
    CHANGE = "change"
    GAP = "gap"
    SINCE_START = "since_start"
    STATUS = "status"


class SearchRelation(StrEnum):
    BELOW = "below"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    ABOVE = "above"
    EQUAL = "equal"


class SearchMatch(StrEnum):
    """In how many of the years the rule must hold."""

    EACH = "each"
    ANY = "any"


class SearchOutcome(StrEnum):
    MATCHES = "matching"
    UNCOMPUTED = "uncomputed"
    OTHER = "others"


@dataclass(frozen=True)
class SearchRule:
    """`yearly change of ICSE_VICTIMS below 10, in each of 2024 and 2025`."""

    parsed: ParsedSeries
    goal: Goal | None  # whose path and status are meant
    measure: SearchMeasure
    relation: SearchRelation
    threshold: float
    status: str
    periods: tuple[str, ...]  # the earliest first
    match: SearchMatch

    @property
    def years_of_figures(self) -> tuple[str, ...]:
        """The years whose figures are used: of a change, also the year before."""
        before = [str(int(self.periods[0]) - 1)] if self.measure is SearchMeasure.CHANGE else []
        return (*before, *self.periods)


@dataclass(frozen=True)
class UsedFigure:
    """What a rule finds in one year; `holds` is None where `why` names the reason."""

    period: str
    value: float = float("nan")
    status: str = ""
    limit: str = ""
    why: str = ""
    why_period: str = ""
    holds: bool | None = None
    no_change: str = ""  # the key of why a change counts as none


@dataclass(frozen=True)
class AreaFound:
    """One area, what the rule finds in each year, and its figures of all years that are used."""

    area: str
    series: AssessedSeries
    used: tuple[UsedFigure, ...]
    outcome: SearchOutcome
    figures: Mapping[str, Record]

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """The key of each reason and the period that it is about."""
        return [(figure.why, figure.why_period) for figure in self.used if figure.why]


@dataclass(frozen=True)
class SearchResult:
    context: PageContext
    rule: SearchRule
    areas: tuple[AreaFound, ...]
    measures: tuple[SearchMeasure, ...]
    years: tuple[str, ...]  # that can be the last one, the newest first
    refused: str = ""  # a measure of the address that the series does not have
    unread: str = ""  # a threshold of the address that is no number

    def with_outcome(self, outcome: SearchOutcome) -> list[AreaFound]:
        return [found for found in self.areas if found.outcome is outcome]

    @property
    def series(self) -> AssessedSeries:
        """The series of a State, for its name and unit."""
        return self.areas[0].series


def search_areas(context: PageContext) -> SearchResult:
    """The areas by the rule of an address. UnavailableError for a series that does not exist."""
    parsed = require_figures(requested_series(context) or default_searched(context), context)
    series = {area: read_assessed(parsed, area, context)
              for area in searched_areas(parsed, context)}  # fmt: skip
    measures = tuple(measures_of(series.values(), context.release))
    years = years_with_figures(series.values())
    if not years:
        raise nothing_to_search(parsed, context)
    until = last_year(series.values(), years, context)
    rule = read_rule(parsed, measures, until, context)
    found = tuple(search_area(area, own, rule, context.release) for area, own in series.items())
    asked = context.view.unit
    refused = asked if asked in [*SearchMeasure] and asked not in measures else ""
    unread = context.view.threshold if parse_number(context.view.threshold) is None else ""
    return SearchResult(context, rule, found, measures, years, refused, unread)


def nothing_to_search(parsed: ParsedSeries, context: PageContext) -> UnavailableError:
    """The error for a series of the Union alone, or of parts of years."""
    indicator = catalogue().indicators[parsed.indicator]
    sentence = context.text("find.no_years", name=indicator.name(context.language))
    return UnavailableError(sentence, offers_of_indicator(indicator, context))


def default_searched(context: PageContext) -> ParsedSeries:
    """The first series for which a growth is agreed and that the release has.

    Without one, the series with yearly changes in most areas, else that of a comparison.
    """
    agreed = (
        ParsedSeries(target.indicator, VALUE, dict(target.at))
        for goal in goals_in_order(context)
        for target in goal.targets
        if target.rule == "growth_per_year"
    )
    known = (parsed for parsed in agreed if parts_of_series(parsed, context.release))
    return next(known, None) or series_with_most_changes(context) or default_series(context)


def series_with_most_changes(context: PageContext) -> ParsedSeries | None:
    """The series of a goal with yearly changes in most areas beside the Union; None without one."""
    found = [
        ParsedSeries(code, VALUE, codes)
        for code in dict.fromkeys(
            code for goal in goals_in_order(context) for code in goal.indicators
        )
        for codes in catalogue().indicators[code].total_or_parts()
    ]
    numbers = [number_of_areas_with_changes(parsed, context.release) for parsed in found]
    most = max(numbers, default=0)
    return found[numbers.index(most)] if most else None


def number_of_areas_with_changes(parsed: ParsedSeries, release: Release | None) -> int:
    component = change_component(catalogue().indicators[parsed.indicator])
    changes = ParsedSeries(parsed.indicator, component, parsed.codes)
    areas = {part.area for part in parts_of_series(changes, release)}
    return len(areas - {*groups(), WORLD})


def growth_agreed(parsed: ParsedSeries, goal: Goal | None) -> float | None:
    """The growth in per cent a year that a goal asks of a series; None if it asks for none."""
    targets = goal.targets if goal else ()
    return next(
        (
            float(target.percent)
            for target in targets
            if target.rule == "growth_per_year"
            and (target.indicator, dict(target.at)) == (parsed.indicator, dict(parsed.codes))
        ),
        None,
    )


def searched_areas(parsed: ParsedSeries, context: PageContext) -> tuple[str, ...]:
    """The Member States that are asked, and every other single area with a row of the series."""
    asked = set() if context.first_area == "" else set(member_states())
    codes, release = format_codes(parsed.codes), context.release
    rows = {
        area
        for (indicator, _, area), series in (release.codes_of if release else {}).items()
        if indicator == parsed.indicator and codes in series
    }
    return sort_areas((asked | rows) - {*groups(), WORLD})


def measures_of(every: Iterable[AssessedSeries], release: Release | None) -> list[SearchMeasure]:
    """What the series can be searched by; steps of a ladder are no numbers."""
    found = list(every)
    units = units_of_series(found[0], release) if found else []
    first = [] if found and found[0].component == STEP else [SearchMeasure.VALUE]
    more = [
        SearchMeasure(unit)
        for unit in (ComparisonUnit.RATE, ComparisonUnit.CHANGE)
        if unit in units
    ]
    compared = [own for own in found if (own.trajectory or own.status_history) and first]
    status = [SearchMeasure.STATUS] if any(own.status_history for own in found) else []
    return [*first, *more, *measures_of_target(compared), *status] or [SearchMeasure.VALUE]


def measures_of_target(compared: Iterable[AssessedSeries]) -> list[SearchMeasure]:
    """The gap where a level was agreed; where only a direction was, the change since the start."""
    levels = {own.official.has_level for own in compared if own.official}
    return [measure for measure, is_of_level in
            ((SearchMeasure.GAP, True), (SearchMeasure.SINCE_START, False))
            if is_of_level in levels]  # fmt: skip


def years_with_figures(every: Iterable[AssessedSeries]) -> tuple[str, ...]:
    found = {str(row["period"]) for own in every for row in own.rows if is_year(str(row["period"]))}
    return tuple(sorted(found, reverse=True))


def read_rule(
    parsed: ParsedSeries,
    measures: Sequence[SearchMeasure],
    until: str,
    context: PageContext,
) -> SearchRule:
    """The rule of an address; what it does not choose is as usual."""
    view, goal = context.view, goal_of_series(parsed, context)
    agreed = growth_agreed(parsed, goal)
    usual = SearchMeasure.CHANGE if SearchMeasure.CHANGE in measures else measures[0]
    measure = SearchMeasure(view.unit) if view.unit in measures else usual
    usual_threshold = agreed if agreed is not None and measure is SearchMeasure.CHANGE else 0.0
    number = parse_number(view.threshold)
    last = int(view.last) if view.last.isdigit() else 0
    number_of_years = last if 1 <= last <= MOST_YEARS_SEARCHED else (2 if agreed else 1)
    return SearchRule(
        parsed,
        goal,
        measure,
        SearchRelation(view.relation)
        if view.relation in [*SearchRelation]
        else usual_relation(measure),
        usual_threshold if number is None or not view.threshold else number,
        view.status if view.status in [*Status] else Status.BEHIND,
        run_of_years(until, number_of_years),
        SearchMatch(view.match) if view.match in [*SearchMatch] else SearchMatch.EACH,
    )


def usual_relation(measure: SearchMeasure) -> SearchRelation:
    """A fall, or a figure short of its path; of figures, those that are no zero."""
    is_figure = measure in {SearchMeasure.VALUE, SearchMeasure.RATE}
    return SearchRelation.ABOVE if is_figure else SearchRelation.BELOW


def parse_number(written: str) -> float | None:
    """The number, with a decimal point or comma; zero for nothing, None for what is no number."""
    try:
        number = float(written.replace(",", ".") or 0)
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None


def last_year(every: Iterable[AssessedSeries], years: Sequence[str], context: PageContext) -> str:
    """The year of the address if any area has a row for it, else the newest with many figures."""
    if context.view.period in years:
        return context.view.period
    counted = Counter(
        str(row["period"])
        for own in every
        for row in own.rows
        if is_year(str(row["period"])) and not pd.isna(row["value"])
    )
    return newest_well_covered(counted) or next(iter(years), "0")


def run_of_years(until: str, number: int) -> tuple[str, ...]:
    return tuple(str(int(until) - back) for back in reversed(range(number)))


def search_area(
    area: str, series: AssessedSeries, rule: SearchRule, release: Release | None
) -> AreaFound:
    used = tuple(used_figure(figure, rule) for figure in found_in_years(series, rule, release))
    rows = {str(row["period"]): row for row in series.rows}
    figures = {year: rows[year] for year in rule.years_of_figures if year in rows}
    return AreaFound(area, series, used, outcome_of(used, rule.match), figures)


def outcome_of(used: Sequence[UsedFigure], match: SearchMatch) -> SearchOutcome:
    """Years that decide alone do so; a suppressed figure never lets its area be decided."""
    if any(figure.why == SUPPRESSED_KEY for figure in used):
        return SearchOutcome.UNCOMPUTED
    deciding = match is SearchMatch.ANY
    if any(figure.holds is deciding for figure in used):
        return SearchOutcome.MATCHES if deciding else SearchOutcome.OTHER
    if any(figure.holds is None for figure in used):
        return SearchOutcome.UNCOMPUTED
    return SearchOutcome.OTHER if deciding else SearchOutcome.MATCHES


def used_figure(figure: UsedFigure, rule: SearchRule) -> UsedFigure:
    """The figure with what the rule says of it."""
    if figure.why:
        return figure
    if rule.measure is SearchMeasure.STATUS:
        return UsedFigure(figure.period, status=figure.status, holds=figure.status == rule.status)
    value, limit = (0.0, "") if figure.no_change else (figure.value, figure.limit)
    holds = compare_with_threshold(value, limit, rule.relation, rule.threshold)
    if holds is None:
        return replace(figure, why=ONLY_A_LIMIT, why_period=figure.period)
    return replace(figure, holds=holds)


def compare_with_threshold(
    value: float, limit: str, relation: SearchRelation, threshold: float
) -> bool | None:
    """Whether the relation holds; None of a limit whose true value may lie on either side."""
    is_same = isclose(value, threshold, rel_tol=NOISE_OF_FLOATS, abs_tol=NOISE_OF_FLOATS)
    below, above = value < threshold and not is_same, value > threshold and not is_same
    if not limit:
        return {
            SearchRelation.BELOW: below,
            SearchRelation.AT_MOST: below or is_same,
            SearchRelation.AT_LEAST: above or is_same,
            SearchRelation.ABOVE: above,
            SearchRelation.EQUAL: is_same,
        }[relation]
    is_above = limit == LOWER_LIMIT and (above or is_same)  # the true value is more than this
    is_below = limit == UPPER_LIMIT and (below or is_same)
    if not (is_above or is_below):
        return None
    wants_more = relation in {SearchRelation.AT_LEAST, SearchRelation.ABOVE}
    return relation is not SearchRelation.EQUAL and wants_more == is_above


def found_in_years(
    series: AssessedSeries, rule: SearchRule, release: Release | None
) -> list[UsedFigure]:
    """What the release holds of the measure in each year of the rule, or why it holds nothing."""
    if rule.measure in {SearchMeasure.GAP, SearchMeasure.SINCE_START}:
        return [compared_in_year(series, period, rule.measure) for period in rule.periods]
    if rule.measure is SearchMeasure.STATUS:
        return [status_in_year(series, period) for period in rule.periods]
    rows = figures_in_unit(series, ComparisonUnit(rule.measure), release)
    by_period = {str(row["period"]): row for row in rows}
    found = [figure_in_year(period, by_period.get(period)) for period in rule.periods]
    if rule.measure is not SearchMeasure.CHANGE:
        return found
    return [
        replace(figure, no_change=SAME_BAND)
        if not figure.why and is_in_band_of_year_before(series, figure.period)
        else figure
        for figure in found
    ]


def figure_in_year(period: str, row: Record | None) -> UsedFigure:
    if row is None:
        return UsedFigure(period, why=NO_ROW, why_period=period)
    if row["why"]:
        return UsedFigure(period, why=row["why"], why_period=row["why_period"])
    return UsedFigure(period, float(row["value"]), limit=str(row["limit"] or ""))


def compared_in_year(series: AssessedSeries, period: str, measure: SearchMeasure) -> UsedFigure:
    """The gap; where only a direction was agreed, the change since the start, with its own sign."""
    row = series.row_in(period)
    if row is None or pd.isna(row["value"]):
        return UsedFigure(period, why=absence_key(row) if row else NO_ROW, why_period=period)
    _, gap = path_and_gap(series, row)
    is_of_level = measure is SearchMeasure.GAP
    if pd.isna(gap) or has_level(series) is not is_of_level:
        no_gap = UsedFigure(period, why=NO_PATH, why_period=period)
        return no_gap if is_of_level else unclear_change(series, period)
    sign = 1.0 if is_of_level else sign_of_better(series.indicator)
    return UsedFigure(period, sign * gap)


def unclear_change(series: AssessedSeries, period: str) -> UsedFigure:
    """One below the threshold of materiality counts as none; one that is not known is no figure."""
    assessed = assessment_of(series, period)
    if assessed is None or not assessed.is_change_unclear:
        return UsedFigure(period, why=NO_START, why_period=period)
    if Reason.BELOW_THRESHOLD in assessed.verdict.reasons:
        return UsedFigure(period, no_change=NO_CLEAR_CHANGE)
    return UsedFigure(period, why=NO_CLEAR_CHANGE, why_period=period)


def has_level(series: AssessedSeries) -> bool:
    return series.official is not None and series.official.has_level


def status_in_year(series: AssessedSeries, period: str) -> UsedFigure:
    """The official status of a year; a reviewer's counts before the computed one."""
    row, assessed = series.row_in(period), assessment_of(series, period)
    absent = absence_key(row) if row and pd.isna(row["value"]) else ""
    if absent == SUPPRESSED_KEY or (
        assessed is not None and Reason.SUPPRESSED in assessed.verdict.reasons
    ):
        return UsedFigure(period, why=SUPPRESSED_KEY, why_period=period)
    if assessed is None or assessed.status == Status.NOT_ASSESSED:
        why = absent or (NOT_ASSESSED if row else NO_ROW)
        return UsedFigure(period, why=why, why_period=period)
    return UsedFigure(period, status=str(assessed.status))


def unit_of_measure(measure: SearchMeasure, series: AssessedSeries) -> str:
    """Of `codelists/unit.csv`; a status has none."""
    if measure is SearchMeasure.RATE:
        return unit_of_component(PER_100_000_CHILDREN, series.unit)
    if measure is SearchMeasure.CHANGE:
        return unit_of_component(change_component(series.indicator), series.unit)
    return "" if measure is SearchMeasure.STATUS else series.unit


def choices_of_searches(_context: PageContext) -> dict[str, Any]:
    """What the address of a file can choose."""
    return {"unit": [*SearchMeasure], "relation": [*SearchRelation], "match": [*SearchMatch]}
