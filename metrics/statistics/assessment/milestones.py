"""Assess steps on a ladder: the last known step of a State counts until it reports another."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from metrics.catalogue.definitions.indicators import Direction
from metrics.catalogue.definitions.targets import StepTarget, day_due
from metrics.catalogue.methods import methods
from metrics.core.period import ReferencePeriod
from metrics.core.series_window import is_observed, is_suppressed
from metrics.core.tables import AREAS_REACHED, EU, NOT_APPLICABLE, STEP
from metrics.core.verdict_codes import Reason, Step
from metrics.core.verdicts import CalculationStep, Point, Status, Verdict, calculation_step
from metrics.statistics.assessment.cases import AssessmentCase
from metrics.statistics.assessment.histories import Histories
from metrics.statistics.assessment.reasons import add_reason, without_reason
from metrics.statistics.assessment.timeliness import AssessmentDay, is_older
from metrics.statistics.assessment.union_coverage import require_coverage_of_states

Steps = Mapping[str, Sequence[Point]]
ALWAYS_LISTED = {Step.STATES_BELOW_STEP, Step.STATES_WITHOUT_STEP}


def assess_milestone(
    case: AssessmentCase, target: StepTarget, histories: Histories, day: AssessmentDay
) -> Verdict:
    """Assess a State by its step, and the Union by the number of States that have reached it."""
    if case.area == EU:
        return _assess_all_states(case, target, histories, day.on)
    verdict = _assess_one_state(case, target, histories, day.on)
    if not verdict.period or not _is_unconfirmed(verdict, case, histories, day):
        return verdict
    step = CalculationStep(Step.STEP_REPORTED_FOR, verdict.period)
    noted = add_reason(without_reason(verdict, Reason.LATEST_MISSING), Reason.NOT_CONFIRMED)
    return replace(noted, arithmetic=(*noted.arithmetic, step))


def _is_unconfirmed(
    verdict: Verdict, case: AssessmentCase, histories: Histories, day: AssessmentDay
) -> bool:
    """Whether a later period is due, or was reported by other States."""
    if is_older(ReferencePeriod.parse(verdict.period), day.due):
        return True
    code, component = case.indicator.code, case.indicator.headline
    return histories.is_behind(code, component, case.codes, verdict.period)


def _assess_one_state(
    case: AssessmentCase, target: StepTarget, histories: Histories, on: date
) -> Verdict:
    """Assess steps counted from the one required; name the ladder's steps in the verdict."""
    ladder = case.indicator.ladder
    required_step = ladder.index(target.step)
    reported = case.points(histories)
    answers = [point for point in reported if _is_answer(point)] or reported
    points = [replace(point, value=point.value - required_step) for point in answers]
    due = day_due(target, case.area)
    of_state = target.model_copy(update={"by": due})
    verdict = methods()[case.method].assess(points, of_state, case.indicator.direction, on)
    if due != target.by:
        verdict = replace(verdict, arithmetic=tuple(name_accession(verdict, target)))
    return convert_to_ladder(verdict, required_step, ladder.__getitem__)


def name_accession(verdict: Verdict, target: StepTarget) -> Iterator[CalculationStep]:
    """The day agreed, and that of the accession after it, which a State has as its deadline."""
    for step in verdict.arithmetic:
        if step.key == Step.DAY_AGREED:
            yield replace(step, value=str(target.by))
            yield CalculationStep(Step.DAY_OF_ACCESSION, step.value, "later_than_the_day_agreed")
        else:
            yield step


def convert_to_ladder(
    verdict: Verdict, required_step: int, name_step: Callable[[int], str | float]
) -> Verdict:
    """Convert a verdict on steps counted from the required one back to steps of the ladder."""
    steps = [
        CalculationStep(Step.STEP_REQUIRED, name_step(required_step)),
        *_name_steps(verdict.arithmetic, required_step, name_step),
    ]
    return replace(
        verdict,
        value=_raise_by_steps(verdict.value, required_step),
        baseline_value=_raise_by_steps(verdict.baseline_value, required_step),
        expected_value=_raise_by_steps(verdict.expected_value, required_step),
        arithmetic=tuple(steps),
    )


def _raise_by_steps(value: float | None, required_step: int) -> float | None:
    return None if value is None else value + required_step


def _name_steps(
    steps: Iterable[CalculationStep], required_step: int, name_step: Callable[[int], str | float]
) -> Iterator[CalculationStep]:
    for step in steps:
        if step.key == Step.VALUE and isinstance(step.value, float):
            yield replace(step, key=Step.STEP, value=name_step(round(step.value) + required_step))
        else:
            yield step


def _assess_all_states(
    case: AssessmentCase, target: StepTarget, histories: Histories, on: date
) -> Verdict:
    """Assess how many States have reached the step; list those that have not or are unknown."""
    steps = _steps_of_states(case, target, histories)
    required_step = case.indicator.ladder.index(target.step)
    counts = [
        _with_last_day(count, steps, required_step)
        for count in counts_of_states(case, target, histories)
    ]
    verdict = methods()[case.method].assess(counts, target, Direction.UP, on)
    if verdict.status is Status.NOT_ASSESSED:
        return verdict
    with_states = _name_states(verdict, target, steps, required_step)
    period = ReferencePeriod.parse(verdict.period)
    answers = {area: _latest_answer(points, period) for area, points in steps.items()}
    expected = {*steps} - {*_answers_that(_is_not_applicable, answers)}
    known = {area for area in expected if answers[area]}
    return require_coverage_of_states(with_states, known, expected, case.indicator.coverage)


def _steps_of_states(case: AssessmentCase, target: StepTarget, histories: Histories) -> Steps:
    return {area: case.points(histories, STEP, area) for area in target.bound_states}


def counts_of_states(
    case: AssessmentCase, target: StepTarget, histories: Histories
) -> Sequence[Point]:
    """The number of States at the step or above by their latest known step, by period.

    Taken from the aggregates if these are for the same step and all States.
    """
    ladder = case.indicator.ladder
    same_step = target.step == (case.indicator.reached_at or ladder[-1])
    aggregated = case.points(histories, AREAS_REACHED, EU)
    if same_step and not target.areas and aggregated:
        return aggregated
    steps = _steps_of_states(case, target, histories)
    return [
        Point(period, float(_number_reached(steps, ladder.index(target.step), period)))
        for period in periods_with_steps(steps.values())
    ]


def periods_with_steps(series: Iterable[Sequence[Point]]) -> list[ReferencePeriod]:
    """The periods in which any State has a known step."""
    return sorted({point.period for points in series for point in filter(is_observed, points)})


def _number_reached(steps: Steps, required_step: int, period: ReferencePeriod) -> int:
    known = (latest_known_step(points, period) for points in steps.values())
    return sum(point is not None and point.value >= required_step for point in known)


def latest_known_step(points: Sequence[Point], period: ReferencePeriod) -> Point | None:
    """The step that counts in a period: the latest reported until its end.

    None if the latest is suppressed or no longer applies, or there is none.
    """
    latest = _latest_answer(points, period)
    return latest if latest and is_observed(latest) else None


def _latest_answer(points: Sequence[Point], period: ReferencePeriod) -> Point | None:
    """The latest row that answers: with a step, suppressed, or not applicable."""
    answers = [point for point in points if point.period.end <= period.end and _is_answer(point)]
    return max(answers, key=lambda point: (point.period.end, is_observed(point)), default=None)


def _is_answer(point: Point) -> bool:
    """Whether a row is an answer; a missing value does not replace an earlier answer."""
    return is_observed(point) or is_suppressed(point) or _is_not_applicable(point)


def _is_not_applicable(point: Point) -> bool:
    return NOT_APPLICABLE in point.observation_status


def _with_last_day(count: Point, steps: Steps, required_step: int) -> Point:
    """Add the day on which the last State reached the step, if every State gave its day."""
    known = [latest_known_step(points, count.period) for points in steps.values()]
    days = [
        point.since for point in known if point and point.value == required_step and point.since
    ]
    return replace(count, since=max(days) if len(days) == len(steps) else "")


def _name_states(verdict: Verdict, target: StepTarget, steps: Steps, required_step: int) -> Verdict:
    """List the States below the step, those without one, and those that did not confirm theirs."""
    period = ReferencePeriod.parse(verdict.period)
    answers = {area: _latest_answer(points, period) for area, points in steps.items()}
    known = _answers_that(is_observed, answers)
    below = [area for area, point in known.items() if point.value < required_step]
    unconfirmed = [area for area, point in known.items() if is_older(point.period, period)]
    lists: dict[str, Iterable[str]] = {
        Step.STATES_BELOW_STEP: below,
        Step.STATES_WITHOUT_STEP: [area for area, answer in answers.items() if not answer],
        "states_whose_step_is_suppressed": _answers_that(is_suppressed, answers),
        "states_to_which_it_does_not_apply": _answers_that(_is_not_applicable, answers),
        Step.STATES_NOT_BOUND: target.not_bound,
        Step.STATES_NOT_CONFIRMED: unconfirmed,
    }
    listed = [
        calculation_step(key, tuple(areas), "period", period=verdict.period)
        for key, areas in lists.items()
        if areas or key in ALWAYS_LISTED
    ]
    confirmed = {*known} - {*unconfirmed}
    reached_now = len(confirmed - {*below})
    of_round = calculation_step(
        Step.REACHED_IN_ROUND, reached_now, "of_number", number=len(confirmed)
    )
    number = CalculationStep("number_not_confirmed_in_this_round", len(unconfirmed))
    with_lists = replace(verdict, arithmetic=(*verdict.arithmetic, *listed, of_round, number))
    return add_reason(with_lists, Reason.STATES_NOT_CONFIRMED) if unconfirmed else with_lists


def _answers_that(
    condition: Callable[[Point], bool], answers: Mapping[str, Point | None]
) -> dict[str, Point]:
    """The answers of States that meet a condition, which an absent answer never does."""
    return {area: answer for area, answer in answers.items() if answer and condition(answer)}
