"""A series and a target as a person types them: judged, or refused in one plain sentence."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import isnan
from typing import Any

from metrics.catalogue.codelists import codelist, member_states, understood
from metrics.catalogue.loader import catalogue
from metrics.catalogue.methods import RULE_OF, judge_series, methods
from metrics.core.errors import DefinitionError, MetricsError, UnknownNameError
from metrics.core.period import ReferencePeriod
from metrics.core.tables import MISSING, NORMAL, NOT_APPLICABLE, NOT_COLLECTED, WITHHELD
from metrics.core.verdicts import Point, Verdict
from metrics.statistics.assessment.judging import in_steps

ABSENT = {MISSING, NOT_APPLICABLE, NOT_COLLECTED, WITHHELD, "H"}  # no value can have these
OPTIONS = {
    "direction_only": "--direction alone",
    "growth_per_year": "--percent",
    "keep_at": "--level",
    "level_by_date": "--level with --by",
    "milestone_by_date": "--step",
}
Target = Mapping[str, Any]
Number = Callable[[str], float]


def judge_typed(
    method: str, values: Iterable[str], direction: str | None, on: date | None, target: Target
) -> Verdict:
    """As `metrics.catalogue.methods.judge_series`; the values of a milestone are steps reached."""
    known = methods().get(method)
    if known is not None:
        _refuse_other_rule(method, target)
    if known is not None and known.union_method:
        return _milestone(method, values, on, with_day(target))
    if known is not None and known.state_method:
        return judge_series(method, _counts(typed(values)), "up", on, **with_day(target))
    return judge_series(method, typed(values), _direction(direction, target), on, **target)


def _refuse_other_rule(method: str, target: Target) -> None:
    rules = methods()[method].rules
    rule = next((rule for field, rule in RULE_OF.items() if field in target), "direction_only")
    if rule in rules:
        return
    wanted = " or ".join(option for rule, option in OPTIONS.items() if rule in rules)
    given = ", ".join(f"--{'level' if name == 'value' else name}" for name in target)
    raise DefinitionError(f"{method} judges a target given by {wanted}; given: {given or 'none'}")


def with_day(target: Target) -> Target:
    """A milestone is due on a day, other targets by a period."""
    if "by" not in target:
        return target
    try:
        return {**target, "by": date.fromisoformat(target["by"])}
    except ValueError as wrong:
        raise DefinitionError(
            f"the day of a milestone is written YYYY-MM-DD; --by says {target['by']!r}"
        ) from wrong


def _direction(direction: str | None, target: Target) -> str:
    """Growth has its direction in its sign, so that another one cannot be meant."""
    percent = target.get("percent", 0)
    of_growth = "down" if percent < 0 else "up"
    if percent and direction not in {None, of_growth}:
        raise DefinitionError(
            f"growth of {percent:g} % a year leads {of_growth}, and --direction says {direction}; "
            f"for the other way write --percent {-percent:g}"
        )
    return direction or of_growth


def _milestone(method: str, values: Iterable[str], on: date | None, target: Target) -> Verdict:
    """As of a State: points are counted from the step asked for, the verdict names steps again."""
    texts, step = list(values), target["step"]
    ladder = () if step.isdecimal() else _ladder(step, texts)
    asked = ladder.index(step) if ladder else int(step)
    points = typed(texts, _place_on(ladder) if ladder else _step)
    counted = [replace(each, value=each.value - asked) for each in points]
    verdict = judge_series(method, counted, "up", on, **target)
    return in_steps(verdict, asked, ladder.__getitem__ if ladder else float)


def _ladder(step: str, texts: Iterable[str]) -> Sequence[str]:
    """That of an indicator which has the step and all that were reached."""
    reached = {text.partition("=")[2].partition(":")[0] for text in texts} - {""}
    ladders = [each.ladder for each in catalogue().indicators.values()]
    found = next((each for each in ladders if {step, *reached} <= set(each)), None)
    if found is None:
        raise DefinitionError(
            f"no ladder has the step {step!r} and the values {', '.join(sorted(reached))}; "
            "write steps as numbers (2022=1 --step 2) or as codes (2022=adopted --step in_force)"
        )
    return found


def _place_on(ladder: Sequence[str]) -> Number:
    return lambda text: float(ladder.index(text))


def _step(text: str) -> float:
    if not text.isdecimal():
        raise DefinitionError(
            f"{text!r} is no step of a ladder; steps are whole numbers, 0 where not started"
        )
    return float(text)


def _counts(points: Sequence[Point]) -> Sequence[Point]:
    most = len(member_states())
    for each in points:
        if not (isnan(each.value) or (0 <= each.value <= most and each.value.is_integer())):
            raise DefinitionError(
                f"{each.period}={each.value:g} is no number of Member States; there are {most}"
            )
    return points


def typed(values: Iterable[str], number: Number = float) -> list[Point]:
    """Points as a person types them: 2017=96, 2021=145:P, 2022=:Q where it is withheld."""
    return [_typed(each, number) for each in values]


def _typed(text: str, number: Number) -> Point:
    period, _, rest = text.partition("=")
    value, _, status = rest.partition(":")
    try:
        found = number(value) if value else float("nan")
        return Point(ReferencePeriod.parse(period), found, _status(status, value))
    except ValueError as wrong:
        raise MetricsError(
            f"{text!r} is no value of a series; write 2017=96, 2024-Q1=12.5, 2021=145:P with a "
            "status, 2022=: where it is missing"
        ) from wrong


def _status(typed: str, value: str) -> str:
    """A break that is not understood would be judged as none."""
    code = understood(typed or (NORMAL if value else MISSING), "observation_status")
    if code is None:
        known = codelist("observation_status")
        raise UnknownNameError.of("an observation status", typed, known=known)
    if value and code in ABSENT:
        said = codelist("observation_status")[code].en
        raise DefinitionError(
            f"{value} cannot have the status {typed!r} ({said}); leave out the value or the status"
        )
    return code
