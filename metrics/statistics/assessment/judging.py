"""One target, one area, one method: from the history of a series to a verdict."""

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
from metrics.catalogue.methods import methods, no_verdict, num
from metrics.core.period import ReferencePeriod
from metrics.core.series_window import is_observed, is_suppressed, series
from metrics.core.tables import (
    AREAS_REACHED,
    BREAKDOWNS,
    EU,
    NORMAL,
    PER_100_000_CHILDREN,
    STEP,
    TOTAL,
    YEAR_ON_YEAR,
)
from metrics.core.verdicts import ArithmeticStep, Point, Status, Verdict
from metrics.statistics.assessment.cases import OF_ALL, OF_ONE, OF_STATES, AssessmentCase
from metrics.statistics.assessment.histories import Histories

ALL_LOST = -100.0  # per cent
CARRIED = "value carried back on the matched panel"
SAID_OF_LATEST = {"latest_missing", "part_left_out"}
RATIOS = {Kind.SHARE, Kind.DURATION, Kind.PUBLISHED_RATIO}


def judged(case: AssessmentCase, found: Histories, on: date) -> Verdict:
    """The verdict, and beside it that a state has no figure for the latest period of the others."""
    verdict = _judged(case, found, on)
    if case.area == EU or not verdict.period or SAID_OF_LATEST & set(verdict.reason.split(";")):
        return verdict
    series_of = (case.indicator.code, case.indicator.headline, case.codes)
    is_behind = found.is_behind(*series_of, verdict.period)
    return _noted(verdict, "latest_missing") if is_behind else verdict


def _judged(case: AssessmentCase, found: Histories, on: date) -> Verdict:
    """What the method makes of it, or the reason why the case is not for the method."""
    if isinstance(case.target, MilestoneByDate | AllAreasByDate):
        return (_all_states if case.area == EU else _one_state)(case, case.target, found, on)
    points = case.points(found)
    if reason := _why_not(case):
        return no_verdict(reason, points)
    verdict = _by_method(case, points, on)
    if case.area != EU or verdict.status is Status.NOT_ASSESSED:
        return verdict
    return _of_the_union(case, verdict, found, on)


def _by_method(case: AssessmentCase, points: Sequence[Point], on: date) -> Verdict:
    target = _with_limit(case.target, case.indicator)
    return methods()[case.method].judge(points, target, case.indicator.direction, on)


def _why_not(case: AssessmentCase) -> str:
    if case.indicator.role == "context":
        return "context_only"
    if case.target.rule not in methods()[case.method].rules:
        return "other_rule"
    is_count = case.method == OF_STATES and case.area != EU and not comparable(case.indicator)
    return "not_comparable" if is_count else ""


def _with_limit(target: Target, indicator: Indicator) -> Target:
    """A share cannot rise above 100 %."""
    is_share = indicator.kind in RATIOS and indicator.unit == "PC"
    if isinstance(target, DirectionOnly) and is_share and indicator.direction is Direction.UP:
        return target.model_copy(update={"limit": target.limit or 100.0})
    return target


def _of_the_union(case: AssessmentCase, verdict: Verdict, found: Histories, on: date) -> Verdict:
    """The verdict itself, if the same states stand behind all figures; else of those that do."""
    first, last = map(ReferencePeriod.parse, (verdict.baseline_period, verdict.period))
    judged_panels = {
        period: states for period, states in panels(case, found).items() if first <= period <= last
    }
    # A level that is kept is held against the latest period alone.
    if len(set(judged_panels.values())) > 1 and case.target.rule != "keep_at":
        return _of_matched_panel(case, judged_panels, found, on)
    return verdict if EU in judged_panels[last] else _noted(verdict, "part_of_the_states")


def panels(case: AssessmentCase, found: Histories) -> dict[ReferencePeriod, frozenset[str]]:
    """The states behind each figure of the Union that can be compared with the latest."""
    code, component = case.indicator.code, case.indicator.headline
    periods = [each.period for each in series(case.points(found)).points]
    return {each: found.panel(code, component, case.codes, str(each)) for each in periods}


def _of_matched_panel(
    case: AssessmentCase,
    behind: Mapping[ReferencePeriod, frozenset[str]],
    found: Histories,
    on: date,
) -> Verdict:
    """States that come and go are no progress: only growth within the same states counts."""
    lines = [
        ArithmeticStep("states reporting", str(period), "all" if EU in states else len(states))
        for period, states in behind.items()
    ]
    carried, steps = carried_back(case, found)
    verdict = _by_method(case, carried, on)
    if verdict.status is Status.NOT_ASSESSED:
        return no_verdict("changing_panel", case.points(found), lines)
    shown = _told_from_totals(verdict.arithmetic, str(carried[0].period))
    arithmetic = (*lines, *steps, *shown)
    return _noted(replace(verdict, arithmetic=arithmetic), "matched_panel")


def _told_from_totals(lines: Iterable[ArithmeticStep], latest: str) -> Iterator[ArithmeticStep]:
    """Only the latest figure is the total that was reported."""
    for line in lines:
        is_carried = line.label == "value" and line.formula.partition(" ")[0] != latest
        yield replace(line, label=CARRIED) if is_carried else line


def carried_back(
    case: AssessmentCase, found: Histories
) -> tuple[list[Point], list[ArithmeticStep]]:
    """The latest figure of the Union and, before it, what it would have been with the same states.

    Each is the later one divided by the growth of the states that reported in both years.
    """
    observed = series(case.points(found)).points
    links = {each.period: each for each in case.points(found, YEAR_ON_YEAR) if is_observed(each)}
    statuses = {each.period: each.observation_status for each in observed}
    points, lines = [observed[-1]], []
    while points[-1].period > observed[0].period and points[-1].period in links:
        later, growth = points[-1], links[points[-1].period].value
        if growth <= ALL_LOST:
            break
        before = later.period.year_before
        value = later.value / (1 + growth / 100)
        points.append(Point(before, value, statuses.get(before, NORMAL)))
        lines.append(_carried(case, found, later, growth, value))
    return points, lines


def _carried(
    case: AssessmentCase, found: Histories, later: Point, growth: float, value: float
) -> ArithmeticStep:
    states, _ = found.covered(case.indicator.code, YEAR_ON_YEAR, case.codes, str(later.period))
    formula = f"{later.period.year_before}: {num(later.value)} / (1 + {num(growth)} / 100)"
    return ArithmeticStep("carried back by matched growth", f"{formula}, {states} states", value)


def _noted(verdict: Verdict, note: str) -> Verdict:
    return replace(verdict, reason=";".join(filter(None, [verdict.reason, note])))


def comparable(indicator: Indicator) -> bool:
    """States of different size are compared by ratios and by rates, never by counts."""
    return indicator.kind in RATIOS or indicator.per_100_000_children


def among_states(
    cases: Iterable[AssessmentCase], found: Histories
) -> dict[AssessmentCase, Verdict]:
    """The verdicts of the method that compares states, every target once for all of them."""
    placed: dict[tuple[str, ...], Mapping[str, Verdict]] = {}
    verdicts: dict[AssessmentCase, Verdict] = {}
    for case in filter(_is_among_states, cases):
        series_of = (case.indicator.code, *(case.codes.get(by, TOTAL) for by in BREAKDOWNS))
        if series_of not in placed:
            placed[series_of] = _placed(case, found)
        verdicts[case] = placed[series_of][case.area]
    return verdicts


def _is_among_states(case: AssessmentCase) -> bool:
    return case.method == OF_STATES and case.area in member_states() and not _why_not(case)


def _placed(case: AssessmentCase, found: Histories) -> Mapping[str, Verdict]:
    judge_all = methods()[OF_STATES].judge_all
    rate = PER_100_000_CHILDREN if case.indicator.per_100_000_children else ""
    given = {area: case.points(found, rate, area) for area in member_states()}
    return judge_all(given, case.indicator) if judge_all else {}


def _one_state(
    case: AssessmentCase, target: MilestoneByDate | AllAreasByDate, found: Histories, on: date
) -> Verdict:
    """Points are counted from the step that is asked for; the verdict names steps again."""
    ladder = case.indicator.ladder
    asked = ladder.index(target.step)
    points = [replace(each, value=each.value - asked) for each in case.points(found)]
    verdict = methods()[OF_ONE].judge(points, target, case.indicator.direction, on)
    return in_steps(verdict, asked, ladder.__getitem__)


def in_steps(verdict: Verdict, asked: int, named: Callable[[int], str | float]) -> Verdict:
    """A verdict on steps counted from the one asked for, in steps of the ladder again."""
    lines = [
        ArithmeticStep("step asked for", "", named(asked)),
        *_steps(verdict.arithmetic, asked, named),
    ]
    return replace(
        verdict,
        value=_plus(verdict.value, asked),
        baseline_value=_plus(verdict.baseline_value, asked),
        expected_value=_plus(verdict.expected_value, asked),
        arithmetic=tuple(lines),
    )


def _plus(value: float | None, asked: int) -> float | None:
    return None if value is None else value + asked


def _steps(
    lines: Iterable[ArithmeticStep], asked: int, named: Callable[[int], str | float]
) -> Iterator[ArithmeticStep]:
    for line in lines:
        if line.label == "value" and isinstance(line.value, float):
            yield replace(line, label="step", value=named(round(line.value) + asked))
        else:
            yield line


def _all_states(
    case: AssessmentCase, target: MilestoneByDate | AllAreasByDate, found: Histories, on: date
) -> Verdict:
    """How many have reached the step, and which have not or have not said."""
    states = target.areas or member_states()
    at = case.indicator.ladder.index(target.step)
    steps = {area: case.points(found, STEP, area) for area in states}
    points = _counted(case, target, found) or _count(steps, at)
    verdict = methods()[OF_ALL].judge(
        [_with_last_day(each, steps, at) for each in points], target, Direction.UP, on
    )
    if verdict.status is Status.NOT_ASSESSED:
        return verdict
    return replace(verdict, arithmetic=(*verdict.arithmetic, *_missing(steps, at, verdict.period)))


def _counted(
    case: AssessmentCase, target: MilestoneByDate | AllAreasByDate, found: Histories
) -> Sequence[Point]:
    """The count of the aggregates, where it is about this step and every state."""
    same = target.step == (case.indicator.reached_at or case.indicator.ladder[-1])
    return case.points(found, AREAS_REACHED, EU) if same and not target.areas else ()


def _count(steps: Mapping[str, Sequence[Point]], at: int) -> list[Point]:
    observed = filter(is_observed, chain.from_iterable(steps.values()))
    counts: Counter[ReferencePeriod] = Counter()
    for each in observed:
        counts[each.period] += each.value >= at
    return [Point(period, float(count)) for period, count in counts.items()]


def _with_last_day(count: Point, steps: Mapping[str, Sequence[Point]], at: int) -> Point:
    """The day on which the last state reached it, where every state has said its own."""
    days = [_of(points, count.period) for points in steps.values()]
    said = [each.since for each in days if each and each.value == at and each.since]
    return replace(count, since=max(said) if len(said) == len(steps) else "")


def _of(points: Sequence[Point], period: ReferencePeriod) -> Point | None:
    return next((each for each in points if each.period == period and is_observed(each)), None)


def _missing(
    steps: Mapping[str, Sequence[Point]], at: int, period: str
) -> Iterator[ArithmeticStep]:
    when = ReferencePeriod.parse(period)
    then = {area: _of(points, when) for area, points in steps.items()}
    hidden = [area for area, points in steps.items() if _is_withheld(points, when)]
    below = [area for area, point in then.items() if point and point.value < at]
    silent = [area for area, point in then.items() if not point and area not in hidden]
    yield ArithmeticStep("states that have not reached it", period, " ".join(below) or "none")
    yield ArithmeticStep("states that have not said", period, " ".join(silent) or "none")
    if hidden:
        yield ArithmeticStep("states whose step is suppressed", period, " ".join(hidden))


def _is_withheld(points: Sequence[Point], period: ReferencePeriod) -> bool:
    return any(each.period == period and is_suppressed(each) for each in points)
