"""One target, one area, one method: from the history of a series to a verdict."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from metrics.codelists import member_states
from metrics.definitions import (
    AllAreasByDate,
    Direction,
    DirectionOnly,
    Indicator,
    Kind,
    MilestoneByDate,
    Target,
)
from metrics.histories import Codes, Histories
from metrics.methods import methods, no_verdict
from metrics.model import Line, Point, Status, Verdict
from metrics.period import ReferencePeriod
from metrics.points import is_observed, series
from metrics.tables import AREAS_REACHED, BREAKDOWNS, EU, PER_100_000_CHILDREN, STEP, TOTAL

OF_STATES, OF_ALL, OF_ONE = "level_and_change", "all_areas_by_date", "milestone_by_date"
RATIOS = {Kind.SHARE, Kind.DURATION, Kind.PUBLISHED_RATIO}


@dataclass(frozen=True, eq=False)
class Case:
    """One target for one area by one method."""

    goal: str
    target: Target
    indicator: Indicator
    codes: Codes
    area: str
    method: str
    official: bool

    def points(self, found: Histories, component: str = "", area: str = "") -> Sequence[Point]:
        component = component or self.indicator.headline
        return found.of(self.indicator.code, component, area or self.area, self.codes)


def judged(case: Case, found: Histories, on: date) -> Verdict:
    """What the method makes of it, or the reason why the case is not for the method."""
    if isinstance(case.target, MilestoneByDate | AllAreasByDate):
        return (_all_states if case.area == EU else _one_state)(case, case.target, found, on)
    points = case.points(found)
    if reason := _why_not(case):
        return no_verdict(reason, points)
    target = _with_limit(case.target, case.indicator)
    verdict = methods()[case.method].judge(points, target, case.indicator.direction, on)
    return of_one_panel(case, verdict, found) if case.area == EU else verdict


def _why_not(case: Case) -> str:
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


def of_one_panel(case: Case, verdict: Verdict, found: Histories) -> Verdict:
    """The verdict, unless the states behind the figures changed meanwhile: that is no progress."""
    if verdict.status is Status.NOT_ASSESSED:
        return verdict
    panels = _panels(case, verdict, found)
    # A level that is kept is held against the latest period alone.
    if len(set(panels.values())) > 1 and case.target.rule != "keep_at":
        return no_verdict("changing_panel", case.points(found), _panel_lines(panels))
    if EU in panels[verdict.period]:
        return verdict
    return replace(verdict, reason=";".join(filter(None, [verdict.reason, "part_of_the_states"])))


def _panels(case: Case, verdict: Verdict, found: Histories) -> dict[str, frozenset[str]]:
    """The states behind each figure from the baseline to the latest period judged."""
    first, last = map(ReferencePeriod.parse, (verdict.baseline_period, verdict.period))
    periods = [each.period for each in series(case.points(found)).points]
    return {
        str(each): found.panel(case.indicator.code, case.indicator.headline, case.codes, str(each))
        for each in periods
        if first <= each <= last
    }


def _panel_lines(panels: Mapping[str, frozenset[str]]) -> Iterator[Line]:
    for period, states in panels.items():
        yield Line("states reporting", period, "all" if EU in states else len(states))


def comparable(indicator: Indicator) -> bool:
    """States of different size are compared by ratios and by rates, never by counts."""
    return indicator.kind in RATIOS or indicator.per_100_000_children


def among_states(cases: Iterable[Case], found: Histories) -> dict[Case, Verdict]:
    """The verdicts of the method that compares states, every target once for all of them."""
    groups: dict[tuple[str, ...], list[Case]] = {}
    for case in cases:
        if case.method == OF_STATES and case.area != EU and not _why_not(case):
            codes = (case.codes.get(by, TOTAL) for by in BREAKDOWNS)
            groups.setdefault((case.goal, case.target.id, *codes), []).append(case)
    verdicts: dict[Case, Verdict] = {}
    for group in groups.values():
        of_area = _placed(group[0], found)
        verdicts |= {case: of_area[case.area] for case in group if case.area in of_area}
    return verdicts


def _placed(case: Case, found: Histories) -> Mapping[str, Verdict]:
    judge_all = methods()[OF_STATES].judge_all
    rate = PER_100_000_CHILDREN if case.indicator.per_100_000_children else ""
    given = {area: case.points(found, rate, area) for area in member_states()}
    return judge_all(given, case.indicator) if judge_all else {}


def _one_state(
    case: Case, target: MilestoneByDate | AllAreasByDate, found: Histories, on: date
) -> Verdict:
    """Points are counted from the step that is asked for; the verdict names steps again."""
    ladder = case.indicator.ladder
    asked = ladder.index(target.step)
    points = [replace(each, value=each.value - asked) for each in case.points(found)]
    verdict = methods()[OF_ONE].judge(points, target, case.indicator.direction, on)
    lines = [Line("step asked for", "", target.step), *_steps(verdict.arithmetic, ladder, asked)]
    return replace(
        verdict,
        value=_plus(verdict.value, asked),
        baseline_value=_plus(verdict.baseline_value, asked),
        expected_value=_plus(verdict.expected_value, asked),
        arithmetic=tuple(lines),
    )


def _plus(value: float | None, asked: int) -> float | None:
    return None if value is None else value + asked


def _steps(lines: Iterable[Line], ladder: Sequence[str], asked: int) -> Iterator[Line]:
    for line in lines:
        if line.label == "value" and isinstance(line.value, float):
            yield replace(line, label="step", value=ladder[round(line.value) + asked])
        else:
            yield line


def _all_states(
    case: Case, target: MilestoneByDate | AllAreasByDate, found: Histories, on: date
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
    case: Case, target: MilestoneByDate | AllAreasByDate, found: Histories
) -> Sequence[Point]:
    """The count of the aggregates, where it is about this step and every state."""
    same = target.step == (case.indicator.reached_at or case.indicator.ladder[-1])
    return case.points(found, AREAS_REACHED, EU) if same and not target.areas else ()


def _count(steps: Mapping[str, Sequence[Point]], at: int) -> list[Point]:
    observed = [each for points in steps.values() for each in points if is_observed(each)]
    periods = {each.period for each in observed}
    return [
        Point(period, float(sum(each.value >= at for each in observed if each.period == period)))
        for period in periods
    ]


def _with_last_day(count: Point, steps: Mapping[str, Sequence[Point]], at: int) -> Point:
    """The day on which the last state reached it, where every state has said its own."""
    days = [_of(points, count.period) for points in steps.values()]
    said = [each.since for each in days if each and each.value == at and each.since]
    return replace(count, since=max(said) if len(said) == len(steps) else "")


def _of(points: Sequence[Point], period: ReferencePeriod) -> Point | None:
    return next((each for each in points if each.period == period and is_observed(each)), None)


def _missing(steps: Mapping[str, Sequence[Point]], at: int, period: str) -> Iterator[Line]:
    then = {area: _of(points, ReferencePeriod.parse(period)) for area, points in steps.items()}
    below = [area for area, point in then.items() if point and point.value < at]
    silent = [area for area, point in then.items() if not point]
    yield Line("states that have not reached it", period, " ".join(below) or "none")
    yield Line("states that have not said", period, " ".join(silent) or "none")
