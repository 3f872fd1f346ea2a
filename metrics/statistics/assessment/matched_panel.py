"""Figures of the Union for the same States in every year, where other States reported each year."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from metrics.catalogue.codelists.units import PER_CENT
from metrics.core.period import ReferencePeriod
from metrics.core.series_window import is_observed, is_suppressed, observed_window
from metrics.core.tables import BREAK, CHANGE_IN_POINTS, EU, NORMAL, YEAR_ON_YEAR
from metrics.core.verdict_codes import GrowthState, Step
from metrics.core.verdicts import CalculationStep, Point, calculation_step
from metrics.statistics.assessment.cases import AssessmentCase
from metrics.statistics.assessment.histories import Histories

ALL_LOST = -100.0  # per cent


def panels(case: AssessmentCase, histories: Histories) -> dict[ReferencePeriod, frozenset[str]]:
    """The States behind each figure of the Union that can be compared with the latest."""
    code, component = case.indicator.code, case.indicator.headline
    periods = [point.period for point in observed_window(case.points(histories)).points]
    return {period: histories.panel(code, component, case.codes, str(period)) for period in periods}


def ignore_panel_breaks(case: AssessmentCase, histories: Histories) -> Sequence[Point]:
    """Figures without the breaks that a change of States makes: the same States are compared."""
    points = case.points(histories)
    if case.area != EU:
        return points
    code, component = case.indicator.code, case.indicator.headline
    reporting = {
        point.period: histories.panel(code, component, case.codes, str(point.period))
        for point in points
        if is_observed(point)
    }
    in_order = sorted(reporting.items(), key=lambda pair: (pair[0].months, pair[0].end))
    changed = {
        later
        for (earlier, before), (later, states) in pairwise(in_order)
        if earlier.months == later.months and states != before
    }
    return [
        replace(point, observation_status=NORMAL)
        if point.period in changed and point.observation_status == BREAK
        else point
        for point in points
    ]


def panel_size_steps(
    case: AssessmentCase,
    histories: Histories,
    assessed_panels: Mapping[ReferencePeriod, frozenset[str]],
) -> list[CalculationStep]:
    """How many States are in each figure; one that is suppressed need not be in it."""
    code, component = case.indicator.code, case.indicator.headline
    sizes = {
        period: histories.covered(code, component, case.codes, str(period))[0]
        for period in assessed_panels
    }
    return [
        calculation_step(
            Step.STATES_REPORTING,
            "all" if EU in states else sizes[period],
            "period",
            period=str(period),
        )
        for period, states in assessed_panels.items()
    ]


def change_component(case: AssessmentCase) -> str:
    """The component with the yearly change of the same States: in points for percentages."""
    return CHANGE_IN_POINTS if case.indicator.unit == PER_CENT else YEAR_ON_YEAR


def backcast(
    case: AssessmentCase, histories: Histories
) -> tuple[list[Point], list[CalculationStep]]:
    """The Union's latest figure, and earlier ones recalculated for the same States.

    Each earlier figure is the later one divided by the growth of States that reported both years;
    for percentages, the later one less their change in percentage points.
    """
    observed = observed_window(ignore_panel_breaks(case, histories)).points
    component = change_component(case)
    changes = {
        point.period: point.value
        for point in case.points(histories, component)
        if is_observed(point) and not point.limit
    }
    statuses = {point.period: point.observation_status for point in observed}
    points, steps = [observed[-1]], []
    while points[-1].period > observed[0].period and points[-1].period in changes:
        later, change = points[-1], changes[points[-1].period]
        if component == YEAR_ON_YEAR and change <= ALL_LOST:
            break
        before = later.period.year_before
        value = _backcast_value(later.value, change, component)
        points.append(Point(before, value, statuses.get(before, NORMAL)))
        states, _ = histories.covered(case.indicator.code, component, case.codes, str(later.period))
        steps.append(
            calculation_step(
                "carried_back_by_matched_growth",
                value,
                "less_change" if component == CHANGE_IN_POINTS else "divided_by_growth",
                period=str(before),
                value=later.value,
                change=change,
                states=states,
            )
        )
    return points, steps


def last_two_of_same_states(
    case: AssessmentCase, points: Sequence[Point], histories: Histories
) -> tuple[Sequence[Point], Sequence[CalculationStep]]:
    """The figures, of which the last two are of the same States, and how the earlier was computed.

    If the growth of the same States is not known, the latest figure alone.
    """
    latest_panels = [*panels(case, histories).values()][-2:] if case.area == EU else []
    if len(set(latest_panels)) <= 1:
        return points, ()
    values, value_steps = backcast(case, histories)
    return values[:2], value_steps[:1]


def _backcast_value(later: float, change: float, component: str) -> float:
    return later - change if component == CHANGE_IN_POINTS else later / (1 + change / 100)


def missing_growth_steps(
    case: AssessmentCase, histories: Histories, start: ReferencePeriod
) -> Iterator[CalculationStep]:
    """The year over which the figure was not calculated back, and why, if an earlier one exists."""
    if observed_window(case.points(histories)).points[0].period >= start:
        return
    links = [
        point for point in case.points(histories, change_component(case)) if point.period == start
    ]
    is_withheld = any(map(is_suppressed, links))
    yield calculation_step(
        Step.GROWTH_OF_SAME_STATES,
        str(GrowthState.WITHHELD if is_withheld else GrowthState.UNKNOWN),
        "between",
        start=str(start.year_before),
        end=str(start),
    )
