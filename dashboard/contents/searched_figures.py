"""What the rule of a search finds in one series in each year, and whether it holds there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from math import isclose, isnan

import pandas as pd

from dashboard.contents.search_rule import SearchMeasure, SearchRelation, SearchRule
from dashboard.data import Release
from dashboard.released.compared_series import (
    ComparisonUnit,
    change_component,
    changes_of_series,
    earlier_year,
    figures_in_unit,
)
from dashboard.released.printed_changes import printed_points
from dashboard.released.series import DECIMALS_OF_ESTIMATE, AssessedSeries
from dashboard.released.table_views import assessment_of, compare_with_path, path_and_gap
from dashboard.released.time_bands import is_in_band_of_year_before
from dashboard.released.unclear_changes import FEW_CASES, NO_CLEAR_CHANGE, why_unclear
from dashboard.rounding import Comparison, compare, round_both
from dashboard.rows_by_key import Record
from dashboard.wording.narrative import limit_of_start
from metrics.catalogue.codelists.components import unit_of_component
from metrics.catalogue.codelists.statuses import SUPPRESSED_KEY, absence_key
from metrics.catalogue.codelists.units import unit_of_difference
from metrics.core.tables import (
    CHANGE_IN_POINTS,
    EITHER_LIMIT,
    LOWER_LIMIT,
    PER_100_000_CHILDREN,
    UPPER_LIMIT,
)
from metrics.core.verdict_codes import Reason
from metrics.core.verdicts import Status

NO_PATH, NO_START, NOT_ASSESSED, ONLY_A_LIMIT = (
    "uncomputed.no_path", "uncomputed.no_start", "uncomputed.not_assessed", "uncomputed.limit",
)  # fmt: skip
MEASURES_OF_TARGET = {SearchMeasure.GAP, SearchMeasure.SINCE_START}
NO_ROW = "absent.not_reported"
OPPOSITE_LIMITS = {LOWER_LIMIT: UPPER_LIMIT, UPPER_LIMIT: LOWER_LIMIT}
SAME_BAND = "find.same_band"
NOISE_OF_FLOATS = 1e-9


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
    printed: Comparison | None = None  # with nothing, as the page of its goal prints the number


def found_in_years(
    series: AssessedSeries, rule: SearchRule, release: Release | None
) -> list[UsedFigure]:
    """What the release holds of the measure in each year of the rule, or why it holds nothing."""
    if rule.measure in MEASURES_OF_TARGET:
        return [compared_in_year(series, period, rule.measure) for period in rule.periods]
    if rule.measure is SearchMeasure.STATUS:
        return [status_in_year(series, period) for period in rule.periods]
    rows = figures_in_unit(series, ComparisonUnit(rule.measure), release)
    by_period = {str(row["period"]): row for row in rows}
    found = [figure_in_year(series, period, by_period.get(period), rule.measure)
             for period in rule.periods]  # fmt: skip
    if rule.measure is not SearchMeasure.CHANGE:
        return found
    changes = changes_of_series(series, release)
    return [figure if figure.why else weighed_change(series, figure, changes) for figure in found]


def weighed_change(
    series: AssessedSeries, figure: UsedFigure, changes: Mapping[tuple[str, str], Record]
) -> UsedFigure:
    """A yearly change that is not material may be none; one of too few cases is no figure."""
    period = figure.period
    if is_in_band_of_year_before(series, period):
        return replace(figure, no_change=SAME_BAND)
    why = why_unclear(changes.get((earlier_year(period), period), {}))
    if why == FEW_CASES:
        return UsedFigure(period, why=FEW_CASES, why_period=period)
    return replace(figure, no_change=why)


def figure_in_year(
    series: AssessedSeries, period: str, row: Record | None, measure: SearchMeasure
) -> UsedFigure:
    if row is None:
        return UsedFigure(period, why=NO_ROW, why_period=period)
    if row["why"]:
        return UsedFigure(period, why=row["why"], why_period=row["why_period"])
    value = float(row["value"])
    printed = printed_in_unit(series, period, value, measure)
    return UsedFigure(period, value, limit=str(row["limit"] or ""), printed=printed)


def printed_in_unit(
    series: AssessedSeries, period: str, value: float, measure: SearchMeasure
) -> Comparison | None:
    """A rate or a yearly change as the page of the goal prints it; None of the figure itself."""
    if measure is SearchMeasure.RATE:
        return round_both(value, 0, DECIMALS_OF_ESTIMATE, is_fixed=True)
    if measure is not SearchMeasure.CHANGE:
        return None
    if change_component(series.indicator) != CHANGE_IN_POINTS:
        return compare(value, 0)
    points = printed_points(series, earlier_year(period), period, value)
    return replace(points, value=points.difference, other=Decimal())


def compared_in_year(series: AssessedSeries, period: str, measure: SearchMeasure) -> UsedFigure:
    """The gap; where only a direction was agreed, the change since the start, with its own sign."""
    row = series.row_in(period)
    if row is None or pd.isna(row["value"]):
        return UsedFigure(period, why=absence_key(row) if row else NO_ROW, why_period=period)
    is_of_level = measure is SearchMeasure.GAP
    if has_level(series) is not is_of_level:
        return UsedFigure(period, why=NO_PATH if is_of_level else NO_START, why_period=period)
    path, gap = path_and_gap(series, row)
    if pd.isna(gap):
        unclear = None if is_of_level else unclear_change(series, period)
        return unclear or limited_difference(series, row, path)
    sign = 1.0 if is_of_level else series.indicator.direction.sign_of_gap
    compared = compare_with_path(series, row["value"], path)
    printed = compared.gap(gap) if is_of_level else compared.difference
    return UsedFigure(period, sign * gap, printed=replace(compared, value=printed, other=Decimal()))


def unclear_change(series: AssessedSeries, period: str) -> UsedFigure | None:
    """One below the threshold of materiality counts as none; one that is not known is no figure."""
    assessed = assessment_of(series, period)
    if assessed is None or not assessed.is_change_unclear:
        return None
    if Reason.BELOW_THRESHOLD in assessed.verdict.reasons:
        return UsedFigure(period, no_change=NO_CLEAR_CHANGE)
    return UsedFigure(period, why=NO_CLEAR_CHANGE, why_period=period)


def limited_difference(series: AssessedSeries, row: Record, path: float) -> UsedFigure:
    """A gap or change of which only a limit is known, if its status could be decided; or why none.

    Less than 56 % after 60 % is a fall of more than 4 percentage points.
    """
    period, is_of_level = str(row["period"]), has_level(series)
    assessed = assessment_of(series, period)
    start = limit_of_start(series, assessed) if assessed else ""
    limit = limit_of_difference(str(row.get("limit") or ""), start)
    if not limit:
        return UsedFigure(period, why=NO_PATH if is_of_level else NO_START, why_period=period)
    if assessed is None or Reason.LIMIT not in assessed.verdict.reasons or pd.isna(path):
        return UsedFigure(period, why=ONLY_A_LIMIT, why_period=period)
    sign = series.indicator.direction.sign_of_gap if is_of_level else 1
    compared = compare_with_path(series, row["value"], path)
    return UsedFigure(
        period,
        sign * (float(row["value"]) - path),
        limit=limit if sign > 0 else OPPOSITE_LIMITS.get(limit, limit),
        printed=replace(compared, value=sign * compared.difference, other=Decimal()),
    )


def limit_of_difference(limit: str, start: str) -> str:
    """The limit of a value less that of the start: what is taken off is limited the other way."""
    limits = {limit, OPPOSITE_LIMITS.get(start, start)} - {""}
    return EITHER_LIMIT if len(limits) > 1 else next(iter(limits), "")


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


def used_figure(figure: UsedFigure, rule: SearchRule) -> UsedFigure:
    """The figure with what the rule says about it."""
    if figure.why:
        return figure
    if rule.measure is SearchMeasure.STATUS:
        return UsedFigure(figure.period, status=figure.status, holds=figure.status == rule.status)
    holds = holds_of(figure, rule)
    if holds is None:
        why = figure.no_change or ONLY_A_LIMIT
        return replace(figure, why=why, why_period=figure.period)
    return replace(figure, holds=holds)


def holds_of(figure: UsedFigure, rule: SearchRule) -> bool | None:
    """Whether the rule holds; None where that is not known.

    A change that counts as none is compared as 0, and the released number must be on the same side
    of the threshold: +12 % that is not clear is not below 10 %.
    """
    of_none = compare_with_threshold(0.0, "", rule.relation, rule.threshold)
    if figure.no_change and isnan(figure.value):
        return of_none
    own = compare_with_threshold(figure.value, figure.limit, rule.relation, rule.threshold)
    return own if not figure.no_change or own == of_none else None


def compare_with_threshold(
    value: float, limit: str, relation: SearchRelation, threshold: float
) -> bool | None:
    """Whether the relation holds; None of a limit whose true value may lie on either side."""
    side = side_of(value, threshold)
    below, is_same, above = side < 0, side == 0, side > 0
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


def side_of(value: float, threshold: float) -> int:
    """Below (-1), at (0) or above (1) the threshold."""
    if isclose(value, threshold, rel_tol=NOISE_OF_FLOATS, abs_tol=NOISE_OF_FLOATS):
        return 0
    return 1 if value > threshold else -1


def unit_of_measure(measure: SearchMeasure, series: AssessedSeries) -> str:
    """Of `codelists/unit.csv`; a status has none."""
    if measure is SearchMeasure.RATE:
        return unit_of_component(PER_100_000_CHILDREN, series.unit)
    if measure is SearchMeasure.CHANGE:
        return unit_of_component(change_component(series.indicator), series.unit)
    if measure in MEASURES_OF_TARGET:
        return unit_of_difference(series.unit)
    return "" if measure is SearchMeasure.STATUS else series.unit
