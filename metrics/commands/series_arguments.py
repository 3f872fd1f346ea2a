"""Assess a series and a target given as arguments, or refuse them in one sentence."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import isnan
from typing import Any

from metrics.catalogue.codelists import codelist, find_code, member_states, name_of_code
from metrics.catalogue.loader import catalogue
from metrics.catalogue.methods import RULE_OF, assess_series, methods
from metrics.commands import spoken_language
from metrics.core.errors import KeyedText, MetricsError, SubmissionError, UnknownNameError
from metrics.core.period import ReferencePeriod
from metrics.core.tables import (
    MISSING,
    NORMAL,
    WITHOUT_VALUE,
)
from metrics.core.verdicts import Point, Verdict
from metrics.statistics.assessment.milestones import convert_to_ladder

OPTIONS_OF_RULE = {
    "direction_only": "--direction",
    "growth_per_year": "--percent",
    "keep_at": "--level",
    "level_by_date": "--level --by",
    "milestone_by_date": "--step",
}
TargetFields = Mapping[str, Any]
ParseNumber = Callable[[str], float]


def assess_typed_series(
    method: str, values: Iterable[str], direction: str | None, on: date | None, target: TargetFields
) -> Verdict:
    """As `metrics.catalogue.methods.assess_series`, but milestone values are ladder steps."""
    known = methods().get(method)
    if known is not None:
        _refuse_other_rule(method, target)
    if known is not None and known.union_method:
        return _assess_milestone(method, values, on, with_due_day(target))
    if known is not None and known.state_method:
        return assess_series(
            method, _check_counts(parse_typed_points(values)), "up", on, **with_due_day(target)
        )
    return assess_series(
        method, parse_typed_points(values), _find_direction(direction, target), on, **target
    )


def _refuse_other_rule(method: str, target: TargetFields) -> None:
    rules = methods()[method].rules
    rule = next((rule for field, rule in RULE_OF.items() if field in target), "direction_only")
    if rule in rules:
        return
    wanted = " / ".join(option for rule, option in OPTIONS_OF_RULE.items() if rule in rules)
    names = ", ".join(f"--{'level' if name == 'value' else name}" for name in target)
    given = names or KeyedText("nothing_given")
    raise SubmissionError("assess_other_rule", method=method, wanted=wanted, given=given)


def with_due_day(target: TargetFields) -> TargetFields:
    """Milestones are due on a day, other targets by a period."""
    if "by" not in target:
        return target
    try:
        return {**target, "by": date.fromisoformat(target["by"])}
    except ValueError as wrong:
        raise SubmissionError("assess_no_day", text=str(target["by"])) from wrong


def _find_direction(direction: str | None, target: TargetFields) -> str:
    """The sign of growth determines the direction, so another one cannot be meant."""
    percent = target.get("percent", 0)
    of_growth = "down" if percent < 0 else "up"
    if percent and direction not in {None, of_growth}:
        raise SubmissionError(
            "assess_direction",
            percent=percent,
            meant=of_growth,
            direction=str(direction),
            opposite=f"{-percent:g}",
        )
    return direction or of_growth


def _assess_milestone(
    method: str, values: Iterable[str], on: date | None, target: TargetFields
) -> Verdict:
    """Assess the steps of one State, which methods count from the step required."""
    texts, step = list(values), target["step"]
    ladder = () if step.isdecimal() else _find_ladder(step, texts)
    asked = ladder.index(step) if ladder else int(step)
    parse = (lambda text: float(ladder.index(text))) if ladder else _parse_step
    points = parse_typed_points(texts, parse)
    counted = [replace(point, value=point.value - asked) for point in points]
    verdict = assess_series(method, counted, "up", on, **target)
    return convert_to_ladder(verdict, asked, ladder.__getitem__ if ladder else float)


def _find_ladder(step: str, texts: Iterable[str]) -> Sequence[str]:
    """The ladder of an indicator that has the required step and all steps reached."""
    reached = {text.partition("=")[2].partition(":")[0] for text in texts} - {""}
    ladders = [indicator.ladder for indicator in catalogue().indicators.values()]
    found = next((ladder for ladder in ladders if {step, *reached} <= set(ladder)), None)
    if found is None:
        values = ", ".join(sorted(reached))
        raise SubmissionError("assess_no_ladder", step=step, values=values)
    return found


def _parse_step(text: str) -> float:
    if not text.isdecimal():
        raise SubmissionError("assess_no_step", text=text)
    return float(text)


def _check_counts(points: Sequence[Point]) -> Sequence[Point]:
    most = len(member_states())
    for point in points:
        value = point.value
        if not (isnan(value) or (0 <= value <= most and value.is_integer())):
            raise SubmissionError(
                "assess_no_count", period=str(point.period), value=f"{value:g}", most=most
            )
    return points


def parse_typed_points(values: Iterable[str], number: ParseNumber = float) -> list[Point]:
    """Parse points as people type them: 2017=96, 2021=145:P, 2022=:Q if suppressed."""
    return [_parse_point(text, number) for text in values]


def _parse_point(text: str, number: ParseNumber) -> Point:
    period, _, rest = text.partition("=")
    value, _, status = rest.partition(":")
    try:
        found = number(value) if value else float("nan")
        return Point(ReferencePeriod.parse(period), found, _parse_status(status, value))
    except ValueError as wrong:
        raise MetricsError("no_value", text=text) from wrong


def _parse_status(typed: str, value: str) -> str:
    """The code of a status; a misspelt break would otherwise be ignored."""
    code = find_code(typed or (NORMAL if value else MISSING), "observation_status")
    if code is None:
        known = codelist("observation_status")
        raise UnknownNameError.with_hint("observation_status", typed, known=known)
    if value and code in WITHOUT_VALUE:
        name = name_of_code("observation_status", code, spoken_language())
        raise SubmissionError("assess_status_of_value", value=value, status=typed, name=name)
    return code
