"""Apply one method to one target in one area: from the history of a series to a verdict."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import isnan

from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.indicators import Direction, Indicator, Kind
from metrics.catalogue.definitions.targets import DirectionOnly, KeepAt, StepTarget, Target
from metrics.catalogue.methods import methods, no_verdict
from metrics.core.error_origins import name_faulty_part
from metrics.core.period import ReferencePeriod
from metrics.core.series_window import is_special, observed_window
from metrics.core.status_by_rule import name_by_rule
from metrics.core.tables import EU, PER_100_000_CHILDREN
from metrics.core.verdict_codes import GrowthState, Reason, Step
from metrics.core.verdicts import CalculationStep, Point, Status, Verdict, calculation_step
from metrics.statistics.assessment.cases import AssessmentCase
from metrics.statistics.assessment.comparability import assess_since_break, name_moved_baseline
from metrics.statistics.assessment.histories import Histories
from metrics.statistics.assessment.matched_panel import (
    backcast,
    ignore_panel_breaks,
    last_two_of_same_states,
    missing_growth_steps,
    panel_size_steps,
    panels,
)
from metrics.statistics.assessment.materiality import (
    ComparedChange,
    ComparedValue,
    Participants,
    apply_materiality,
)
from metrics.statistics.assessment.milestones import assess_milestone, counts_of_states
from metrics.statistics.assessment.reasons import (
    add_reason,
    has_reason,
    without_reason,
)
from metrics.statistics.assessment.timeliness import AssessmentDay, is_older
from metrics.statistics.assessment.union_coverage import name_coverage
from metrics.statistics.assessment.value_limits import apply_limits
from metrics.statistics.assessment.volatility import assessed_values, name_volatility

RATIOS = {Kind.SHARE, Kind.DURATION, Kind.PUBLISHED_RATIO}


def assess_cases(
    cases: Iterable[AssessmentCase], histories: Histories, day: AssessmentDay
) -> dict[AssessmentCase, Verdict]:
    """The verdict on each case; a method that compares States assesses them together, once."""
    compared: dict[tuple[str, ...], Mapping[str, Verdict]] = {}
    verdicts: dict[AssessmentCase, Verdict] = {}
    for case in cases:
        with name_faulty_part(f"method {case.method} on {case.indicator.code} of {case.area}"):
            if not _is_compared_among_states(case):
                verdicts[case] = assess_case(case, histories, day)
                continue
            key = (case.method, case.indicator.code, *case.breakdown_codes)
            if key not in compared:
                compared[key] = _compare_states(case, histories)
            verdicts[case] = apply_limits(compared[key][case.area], case, case.points(histories))
    return verdicts


def assess_case(case: AssessmentCase, histories: Histories, day: AssessmentDay) -> Verdict:
    """The verdict, with a note if it is not of the latest period."""
    points = points_of_target(case, histories)
    if reason := _why_not_assessed(case):
        return no_verdict(reason, points)
    if isinstance(case.target, StepTarget):
        return assess_milestone(case, case.target, histories, day)
    verdict = _assess_quantity(case, points, histories, day.on)
    return _add_age(verdict, case, histories, day.due)


def points_of_target(case: AssessmentCase, histories: Histories) -> Sequence[Point]:
    """The target's series; for a milestone and the Union, the number of States."""
    if isinstance(case.target, StepTarget) and case.area == EU:
        return counts_of_states(case, case.target, histories)
    return ignore_panel_breaks(case, histories)


def _why_not_assessed(case: AssessmentCase) -> str:
    """The reason why the method does not apply to the case; empty if it does."""
    method = methods()[case.method]
    if case.indicator.role == "context":
        return Reason.CONTEXT_ONLY
    if case.area in case.target.not_bound:
        return Reason.NOT_BOUND
    if case.target.rule not in method.rules:
        return Reason.OTHER_RULE
    among_states = method.compares_states and case.area != EU
    return (
        Reason.NOT_COMPARABLE
        if among_states and not is_comparable_among_states(case.indicator)
        else ""
    )


def _add_age(
    verdict: Verdict, case: AssessmentCase, histories: Histories, due: ReferencePeriod | None
) -> Verdict:
    """Say that a verdict is older than the latest period due, or than that of other States."""
    if not verdict.period:
        return verdict
    if is_older(ReferencePeriod.parse(verdict.period), due):
        step = calculation_step(
            "latest_period_due", str(due), "earlier_than", period=verdict.period, due=str(due)
        )
        aged = add_reason(without_reason(verdict, Reason.LATEST_MISSING), Reason.NOT_CURRENT)
        return replace(aged, arithmetic=(*aged.arithmetic, step))
    if case.area == EU or has_reason(verdict, Reason.LATEST_MISSING, Reason.PART_LEFT_OUT):
        return verdict
    if _is_special_since(verdict.period, case.points(histories)):
        return verdict
    indicator = case.indicator
    is_behind = histories.is_behind(indicator.code, indicator.headline, case.codes, verdict.period)
    return add_reason(verdict, Reason.LATEST_MISSING) if is_behind else verdict


def _is_special_since(period: str, points: Iterable[Point]) -> bool:
    """Whether a later value was left out as that of a special event, rather than missing."""
    assessed = ReferencePeriod.parse(period)
    return any(point.period > assessed and is_special(point) for point in points)


def _assess_quantity(
    case: AssessmentCase, points: Sequence[Point], histories: Histories, on: date
) -> Verdict:
    verdict = _assess_points(case, on, points)
    if case.area == EU and verdict.status is not Status.NOT_ASSESSED:
        verdict = _assess_union(case, verdict, histories, on)
    if methods()[case.method].uses_baseline and not isinstance(case.target, KeepAt):
        verdict = name_moved_baseline(verdict, case.target.baseline, points)
    weighed = _apply_threshold(verdict, case, points, histories)
    limited = apply_limits(name_volatility(weighed, case.target), case, points)
    return name_by_rule(name_coverage(limited, case, points, histories), case.target.rule)


def _assess_points(case: AssessmentCase, on: date, points: Sequence[Point]) -> Verdict:
    """Apply the method, since the last break where it cannot assess across one."""
    target = _limit_share(case.target, case.indicator)
    direction = case.indicator.direction
    assess = methods()[case.method].assess
    return assess_since_break(
        lambda given: assess(given, target, direction, on), points, case.target.baseline
    )


def _limit_share(target: Target, indicator: Indicator) -> Target:
    """Limit shares to 100 %."""
    is_share = indicator.kind in RATIOS and indicator.unit == "PC"
    if isinstance(target, DirectionOnly) and is_share and indicator.direction is Direction.UP:
        return target.model_copy(update={"limit": target.limit or 100.0})
    return target


def _apply_threshold(
    verdict: Verdict, case: AssessmentCase, points: Sequence[Point], histories: Histories
) -> Verdict:
    """Apply the threshold of materiality to the change that decides a verdict, and to the last."""
    if verdict.value is None or verdict.baseline_value is None:
        return verdict
    cases = {point.period: point.value for point in case.numbers_of_cases(histories)}
    last = ReferencePeriod.parse(verdict.period)
    base, base_value = ReferencePeriod.parse(verdict.baseline_period), verdict.baseline_value
    if isinstance(case.target, KeepAt):
        compared, _ = last_two_of_same_states(case, points, histories)
        base, base_value = _last_value_but_one(compared, base, base_value)
    limits = {point.period: point.limit for point in points}

    def compared_value(period: ReferencePeriod, value: float) -> ComparedValue:
        return ComparedValue(
            period, value, _known_or_none(cases.get(period)), limits.get(period, "")
        )

    before = [
        compared_value(ReferencePeriod.parse(period), value)
        for period, value in assessed_values(verdict)[-2:-1]
    ]
    change = ComparedChange(
        compared_value(base, base_value), compared_value(last, verdict.value), *before
    )
    participants = _participants_in_events(case, histories, (base, last))
    return apply_materiality(verdict, case.target, case.indicator, change, participants)


def _participants_in_events(
    case: AssessmentCase, histories: Histories, periods: Iterable[ReferencePeriod]
) -> Participants | None:
    """How many of the States behind a sum may have counted one event; None of a State alone."""
    shared, indicator = case.indicator.shared_events, case.indicator
    if shared is None or case.area != EU:
        return None
    reporting = [
        histories.covered(indicator.code, indicator.headline, case.codes, str(period))[0]
        for period in periods
    ]
    return Participants(shared.fewest_states, max(shared.fewest_states, *reporting))


def _known_or_none(number: float | None) -> float | None:
    return None if number is None or isnan(number) else number


def _last_value_but_one(
    points: Sequence[Point], base: ReferencePeriod, base_value: float
) -> tuple[ReferencePeriod, float]:
    """The last value but one: whether a level is lost further is seen from there."""
    before = [point for point in observed_window(points).points[:-1] if point.period >= base]
    return (before[-1].period, before[-1].value) if before else (base, base_value)


def _assess_union(
    case: AssessmentCase, verdict: Verdict, histories: Histories, on: date
) -> Verdict:
    """The verdict itself if the same States are behind all figures; else on a matched panel."""
    first, last = map(ReferencePeriod.parse, (verdict.baseline_period, verdict.period))
    assessed_panels = {
        period: states
        for period, states in panels(case, histories).items()
        if first <= period <= last
    }
    if len(set(assessed_panels.values())) > 1:
        if not methods()[case.method].rests_on_latest:
            return _assess_matched_panel(case, assessed_panels, histories, on)
        verdict = _compare_same_states(case, verdict, histories, on)
    return (
        verdict if EU in assessed_panels[last] else add_reason(verdict, Reason.PART_OF_THE_STATES)
    )


def _compare_same_states(
    case: AssessmentCase, verdict: Verdict, histories: Histories, on: date
) -> Verdict:
    """The verdict on the level, with the last change of the same States in both periods.

    Where their growth is not known, the level alone is assessed.
    """
    points = ignore_panel_breaks(case, histories)
    compared, value_steps = last_two_of_same_states(case, points, histories)
    latest = _assess_points(case, on, compared)
    arithmetic = (*verdict.arithmetic, *value_steps)
    return replace(verdict, status=latest.status, category=latest.category, arithmetic=arithmetic)


def _assess_matched_panel(
    case: AssessmentCase,
    assessed_panels: Mapping[ReferencePeriod, frozenset[str]],
    histories: Histories,
    on: date,
) -> Verdict:
    """Assess growth within the same States only: a change of reporters is no progress."""
    reporting = panel_size_steps(case, histories, assessed_panels)
    values, value_steps = backcast(case, histories)
    missing_steps = list(missing_growth_steps(case, histories, values[-1].period))
    if not value_steps:
        is_withheld = any(step.value == GrowthState.WITHHELD for step in missing_steps)
        reason = Reason.GROWTH_WITHHELD if is_withheld else Reason.CHANGING_PANEL
        return no_verdict(reason, case.points(histories), (*reporting, *missing_steps))
    verdict = _assess_points(case, on, values)
    assessed_steps = _relabel_backcast_values(verdict.arithmetic, str(values[0].period))
    arithmetic = (*reporting, *value_steps, *missing_steps, *assessed_steps)
    is_left_out = any(map(is_special, case.points(histories)))
    reasons = [Reason.MATCHED_PANEL, *([Reason.SPECIAL_LEFT_OUT] if is_left_out else [])]
    return add_reason(replace(verdict, arithmetic=arithmetic), *reasons)


def _relabel_backcast_values(
    steps: Iterable[CalculationStep], latest: str
) -> Iterator[CalculationStep]:
    """Relabel all values except the latest: they were calculated back, not reported."""
    for step in steps:
        is_carried = step.key == Step.VALUE and step.parameters.get("period") != latest
        yield replace(step, key=Step.VALUE_CARRIED_BACK) if is_carried else step


def is_comparable_among_states(indicator: Indicator) -> bool:
    """States of different sizes are compared by ratios and rates, never by counts."""
    return indicator.kind in RATIOS or indicator.per_100_000_children


def _is_compared_among_states(case: AssessmentCase) -> bool:
    is_state = case.area in member_states()
    return methods()[case.method].compares_states and is_state and not _why_not_assessed(case)


def _compare_states(case: AssessmentCase, histories: Histories) -> Mapping[str, Verdict]:
    assess_all = methods()[case.method].assess_all
    rate = PER_100_000_CHILDREN if case.indicator.per_100_000_children else ""
    points = {area: case.points(histories, rate, area) for area in member_states()}
    return assess_all(points, case.indicator) if assess_all else {}
