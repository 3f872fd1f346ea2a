"""Apply one method to one target in one area: from the history of a series to a verdict."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions import (
    AllAreasByDate,
    Direction,
    DirectionOnly,
    Indicator,
    Kind,
    MilestoneByDate,
    Target,
)
from metrics.catalogue.methods import Method, format_number, methods, no_verdict
from metrics.core.faulty_parts import name_faulty_part
from metrics.core.period import ReferencePeriod
from metrics.core.series_window import is_observed, is_suppressed, observed_window
from metrics.core.tables import AREAS_REACHED, EU, NORMAL, PER_100_000_CHILDREN, STEP, YEAR_ON_YEAR
from metrics.core.verdicts import ArithmeticStep, Point, Status, Verdict
from metrics.statistics.assessment.cases import AssessmentCase
from metrics.statistics.assessment.histories import Histories

ALL_LOST = -100.0  # per cent
CARRIED = "value carried back on the matched panel"
LATEST_IS_LACKING = {"latest_missing", "part_left_out"}
RATIOS = {Kind.SHARE, Kind.DURATION, Kind.PUBLISHED_RATIO}


def judge_cases(
    cases: Iterable[AssessmentCase], histories: Histories, on: date
) -> dict[AssessmentCase, Verdict]:
    """The verdict on each case; a method that compares States judges them together, once."""
    compared: dict[tuple[str, ...], Mapping[str, Verdict]] = {}
    verdicts: dict[AssessmentCase, Verdict] = {}
    for case in cases:
        with name_faulty_part(f"method {case.method} on {case.indicator.code} of {case.area}"):
            if not _is_compared_among_states(case):
                verdicts[case] = judge_case(case, histories, on)
                continue
            key = (case.method, case.indicator.code, *case.breakdown_codes)
            if key not in compared:
                compared[key] = _compare_states(case, histories)
            verdicts[case] = compared[key][case.area]
    return verdicts


def judge_case(case: AssessmentCase, histories: Histories, on: date) -> Verdict:
    """The verdict, with a note if a State lacks the latest period that others have."""
    verdict = _judge_by_target(case, histories, on)
    noted = LATEST_IS_LACKING & set(verdict.reason.split(";"))
    if case.area == EU or not verdict.period or noted:
        return verdict
    indicator = case.indicator
    is_behind = histories.is_behind(indicator.code, indicator.headline, case.codes, verdict.period)
    return _add_note(verdict, "latest_missing") if is_behind else verdict


def _judge_by_target(case: AssessmentCase, histories: Histories, on: date) -> Verdict:
    """Apply the method, or give the reason why it does not apply to the case."""
    points = points_of_target(case, histories)
    if reason := _why_not_judged(case):
        return no_verdict(reason, points)
    if isinstance(case.target, MilestoneByDate | AllAreasByDate):
        judge_milestone = _judge_all_states if case.area == EU else _judge_one_state
        return judge_milestone(case, case.target, histories, on)
    verdict = _judge_by_method(case, points, on)
    if case.area != EU or verdict.status is Status.NOT_ASSESSED:
        return verdict
    return _judge_union(case, verdict, histories, on)


def points_of_target(case: AssessmentCase, histories: Histories) -> Sequence[Point]:
    """The target's series; for a milestone and the Union, the number of States."""
    if isinstance(case.target, MilestoneByDate | AllAreasByDate) and case.area == EU:
        return _counts_of_states(case, case.target, histories)
    return case.points(histories)


def _judge_by_method(case: AssessmentCase, points: Sequence[Point], on: date) -> Verdict:
    target = _with_limit(case.target, case.indicator)
    return _method_of(case).judge(points, target, case.indicator.direction, on)


def _method_of(case: AssessmentCase) -> Method:
    return methods()[case.method]


def _why_not_judged(case: AssessmentCase) -> str:
    """The reason why the method does not apply to the case; empty if it does."""
    method = _method_of(case)
    if case.indicator.role == "context":
        return "context_only"
    if case.target.rule not in method.rules:
        return "other_rule"
    among_states = method.compares_states and case.area != EU
    return "not_comparable" if among_states and not is_comparable(case.indicator) else ""


def _with_limit(target: Target, indicator: Indicator) -> Target:
    """Limit shares to 100 %."""
    is_share = indicator.kind in RATIOS and indicator.unit == "PC"
    if isinstance(target, DirectionOnly) and is_share and indicator.direction is Direction.UP:
        return target.model_copy(update={"limit": target.limit or 100.0})
    return target


def _judge_union(case: AssessmentCase, verdict: Verdict, histories: Histories, on: date) -> Verdict:
    """The verdict itself if the same States are behind all figures; else on a matched panel."""
    first, last = map(ReferencePeriod.parse, (verdict.baseline_period, verdict.period))
    judged_panels = {
        period: states
        for period, states in panels(case, histories).items()
        if first <= period <= last
    }
    # A level to be kept is compared with the latest period only.
    if len(set(judged_panels.values())) > 1 and case.target.rule != "keep_at":
        return _judge_matched_panel(case, judged_panels, histories, on)
    return verdict if EU in judged_panels[last] else _add_note(verdict, "part_of_the_states")


def panels(case: AssessmentCase, histories: Histories) -> dict[ReferencePeriod, frozenset[str]]:
    """The States behind each figure of the Union that can be compared with the latest."""
    code, component = case.indicator.code, case.indicator.headline
    periods = [point.period for point in observed_window(case.points(histories)).points]
    return {period: histories.panel(code, component, case.codes, str(period)) for period in periods}


def _judge_matched_panel(
    case: AssessmentCase,
    judged_panels: Mapping[ReferencePeriod, frozenset[str]],
    histories: Histories,
    on: date,
) -> Verdict:
    """Judge growth within the same States only: a change of reporters is no progress."""
    reporting = [
        ArithmeticStep("states reporting", str(period), "all" if EU in states else len(states))
        for period, states in judged_panels.items()
    ]
    carried, carrying = carried_back(case, histories)
    verdict = _judge_by_method(case, carried, on)
    if verdict.status is Status.NOT_ASSESSED:
        return no_verdict("changing_panel", case.points(histories), reporting)
    given = _mark_carried_values(verdict.arithmetic, str(carried[0].period))
    arithmetic = (*reporting, *carrying, *given)
    return _add_note(replace(verdict, arithmetic=arithmetic), "matched_panel")


def _mark_carried_values(steps: Iterable[ArithmeticStep], latest: str) -> Iterator[ArithmeticStep]:
    """Relabel all values except the latest: they were carried back, not reported."""
    for step in steps:
        is_carried = step.label == "value" and step.formula.partition(" ")[0] != latest
        yield replace(step, label=CARRIED) if is_carried else step


def carried_back(
    case: AssessmentCase, histories: Histories
) -> tuple[list[Point], list[ArithmeticStep]]:
    """The Union's latest figure, and earlier ones recalculated for the same States.

    Each earlier figure is the later one divided by the growth of States that reported both years.
    """
    observed = observed_window(case.points(histories)).points
    links = {
        point.period: point for point in case.points(histories, YEAR_ON_YEAR) if is_observed(point)
    }
    statuses = {point.period: point.observation_status for point in observed}
    points, steps = [observed[-1]], []
    while points[-1].period > observed[0].period and points[-1].period in links:
        later, growth = points[-1], links[points[-1].period].value
        if growth <= ALL_LOST:
            break
        before = later.period.year_before
        value = later.value / (1 + growth / 100)
        points.append(Point(before, value, statuses.get(before, NORMAL)))
        states, _ = histories.covered(
            case.indicator.code, YEAR_ON_YEAR, case.codes, str(later.period)
        )
        factor = f"(1 + {format_number(growth)} / 100)"
        formula = f"{before}: {format_number(later.value)} / {factor}, {states} states"
        steps.append(ArithmeticStep("carried back by matched growth", formula, value))
    return points, steps


def _add_note(verdict: Verdict, note: str) -> Verdict:
    return replace(verdict, reason=";".join(filter(None, [verdict.reason, note])))


def is_comparable(indicator: Indicator) -> bool:
    """States of different sizes are compared by ratios and rates, never by counts."""
    return indicator.kind in RATIOS or indicator.per_100_000_children


def _is_compared_among_states(case: AssessmentCase) -> bool:
    is_state = case.area in member_states()
    return _method_of(case).compares_states and is_state and not _why_not_judged(case)


def _compare_states(case: AssessmentCase, histories: Histories) -> Mapping[str, Verdict]:
    judge_all = _method_of(case).judge_all
    rate = PER_100_000_CHILDREN if case.indicator.per_100_000_children else ""
    points = {area: case.points(histories, rate, area) for area in member_states()}
    return judge_all(points, case.indicator) if judge_all else {}


def _judge_one_state(
    case: AssessmentCase, target: MilestoneByDate | AllAreasByDate, histories: Histories, on: date
) -> Verdict:
    """Judge steps counted from the one required; name the ladder's steps in the verdict."""
    ladder = case.indicator.ladder
    required_step = ladder.index(target.step)
    points = [replace(point, value=point.value - required_step) for point in case.points(histories)]
    verdict = _method_of(case).judge(points, target, case.indicator.direction, on)
    return in_steps(verdict, required_step, ladder.__getitem__)


def in_steps(
    verdict: Verdict, required_step: int, name_step: Callable[[int], str | float]
) -> Verdict:
    """Convert a verdict on steps counted from the required one back to steps of the ladder."""
    steps = [
        ArithmeticStep("step asked for", "", name_step(required_step)),
        *_name_steps(verdict.arithmetic, required_step, name_step),
    ]
    return replace(
        verdict,
        value=_plus(verdict.value, required_step),
        baseline_value=_plus(verdict.baseline_value, required_step),
        expected_value=_plus(verdict.expected_value, required_step),
        arithmetic=tuple(steps),
    )


def _plus(value: float | None, required_step: int) -> float | None:
    return None if value is None else value + required_step


def _name_steps(
    steps: Iterable[ArithmeticStep], required_step: int, name_step: Callable[[int], str | float]
) -> Iterator[ArithmeticStep]:
    for step in steps:
        if step.label == "value" and isinstance(step.value, float):
            yield replace(step, label="step", value=name_step(round(step.value) + required_step))
        else:
            yield step


def _judge_all_states(
    case: AssessmentCase, target: MilestoneByDate | AllAreasByDate, histories: Histories, on: date
) -> Verdict:
    """Judge how many States have reached the step; list those that have not or are unknown."""
    steps = _steps_of_states(case, target, histories)
    required_step = case.indicator.ladder.index(target.step)
    counts = [
        _with_last_day(count, steps, required_step)
        for count in _counts_of_states(case, target, histories)
    ]
    verdict = _method_of(case).judge(counts, target, Direction.UP, on)
    if verdict.status is Status.NOT_ASSESSED:
        return verdict
    lacking = _states_lacking(steps, required_step, verdict.period)
    return replace(verdict, arithmetic=(*verdict.arithmetic, *lacking))


def _steps_of_states(
    case: AssessmentCase, target: MilestoneByDate | AllAreasByDate, histories: Histories
) -> dict[str, Sequence[Point]]:
    states = target.areas or member_states()
    return {area: case.points(histories, STEP, area) for area in states}


def _counts_of_states(
    case: AssessmentCase, target: MilestoneByDate | AllAreasByDate, histories: Histories
) -> Sequence[Point]:
    """The number of States at the step or above, by period.

    Taken from the aggregates if these are for the same step and all States.
    """
    ladder = case.indicator.ladder
    same_step = target.step == (case.indicator.reached_at or ladder[-1])
    aggregated = case.points(histories, AREAS_REACHED, EU)
    if same_step and not target.areas and aggregated:
        return aggregated
    steps = _steps_of_states(case, target, histories)
    counts: Counter[ReferencePeriod] = Counter()
    for point in filter(is_observed, chain.from_iterable(steps.values())):
        counts[point.period] += point.value >= ladder.index(target.step)
    return [Point(period, float(count)) for period, count in counts.items()]


def _with_last_day(count: Point, steps: Mapping[str, Sequence[Point]], required_step: int) -> Point:
    """Add the day on which the last State reached the step, if every State gave its day."""
    observed = [_observed_in(points, count.period) for points in steps.values()]
    days = [
        point.since for point in observed if point and point.value == required_step and point.since
    ]
    return replace(count, since=max(days) if len(days) == len(steps) else "")


def _observed_in(points: Sequence[Point], period: ReferencePeriod) -> Point | None:
    return next((point for point in points if point.period == period and is_observed(point)), None)


def _states_lacking(
    steps: Mapping[str, Sequence[Point]], required_step: int, text: str
) -> Iterator[ArithmeticStep]:
    """States below the step in a period, States without a step, and suppressed ones."""
    period = ReferencePeriod.parse(text)
    observed = {area: _observed_in(points, period) for area, points in steps.items()}
    hidden = [
        area
        for area, points in steps.items()
        if any(point.period == period and is_suppressed(point) for point in points)
    ]
    below = [area for area, point in observed.items() if point and point.value < required_step]
    silent = [area for area, point in observed.items() if not point and area not in hidden]
    yield ArithmeticStep("states that have not reached it", text, " ".join(below) or "none")
    yield ArithmeticStep("states that have not said", text, " ".join(silent) or "none")
    if hidden:
        yield ArithmeticStep("states whose step is suppressed", text, " ".join(hidden))
