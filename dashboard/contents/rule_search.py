"""Search areas by a rule: a measure of a series, a threshold, and a run of years.

A figure that is suppressed decides nothing: its area is always among those that cannot be computed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd

from dashboard.addresses.address import requested_series
from dashboard.addresses.alternatives import UnavailableError, offers_of_indicator
from dashboard.addresses.named_series import (
    default_series,
    goals_in_order,
    parts_of_series,
    read_assessed,
    require_figures,
)
from dashboard.addresses.selection import newest_well_covered
from dashboard.contents.search_rule import (
    SearchMatch,
    SearchMeasure,
    SearchRelation,
    SearchRule,
    parse_number,
    read_rule,
)
from dashboard.contents.searched_figures import UsedFigure, found_in_years, used_figure
from dashboard.context import PageContext
from dashboard.data import Release, sort_areas
from dashboard.released.compared_series import (
    ComparisonUnit,
    change_component,
    is_year,
    units_of_series,
)
from dashboard.released.released_parts import WORLD
from dashboard.released.series import AssessedSeries
from dashboard.rows_by_key import Record
from metrics.catalogue.codelists import member_states
from metrics.catalogue.codelists.groups import groups
from metrics.catalogue.codelists.statuses import SUPPRESSED_KEY
from metrics.catalogue.loader import catalogue
from metrics.core.series import ParsedSeries, format_codes
from metrics.core.tables import STEP, VALUE


class SearchOutcome(StrEnum):
    MATCHES = "matching"
    UNCOMPUTED = "uncomputed"
    OTHER = "others"


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


def choices_of_searches(_context: PageContext) -> dict[str, Any]:
    """What the address of a file can choose."""
    return {"unit": [*SearchMeasure], "relation": [*SearchRelation], "match": [*SearchMatch]}
