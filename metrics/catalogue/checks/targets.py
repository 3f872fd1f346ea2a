"""Check targets against their indicator and their methods."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from metrics.catalogue.checks import DefinitionLocation
from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.indicators import ASSESSED, Breakdown, Direction, Indicator, Kind
from metrics.catalogue.definitions.targets import (
    AllAreasByDate,
    DirectionOnly,
    GrowthPerYear,
    KeepAt,
    LevelByDate,
    MilestoneByDate,
    StepTarget,
    TargetBase,
)
from metrics.catalogue.methods import SIGN, methods
from metrics.core.tables import BREAKDOWNS, TOTAL

STEPS = (MilestoneByDate, AllAreasByDate)
NEED_DIRECTION = (GrowthPerYear, LevelByDate, DirectionOnly)  # need a desired direction
PER_CENT_TOTAL = 100  # per cent


def check_target(
    goal: DefinitionLocation, target: TargetBase, indicator: Indicator
) -> Iterator[str]:
    location = goal.within(f"targets.{target.id}")
    for check in CHECKS:
        yield from check(location, target, indicator)


def check_methods(location: DefinitionLocation, target: TargetBase, _: Indicator) -> Iterator[str]:
    """A method assesses only the rules for which it was published."""
    known = methods()
    yield from location.unknown("method", [target.method], known, "a method")
    yield from location.unknown("beside", target.beside, known, "a method")
    yield from location.duplicates("beside", (target.method, *target.beside))
    rule = getattr(target, "rule", "")
    for name in (target.method, *target.beside):
        if name in known and rule not in known[name].rules:
            assesses = ", ".join(sorted(known[name].rules))
            yield location.error(
                "method", name, f"cannot assess the rule {rule!r}, only {assesses}"
            )


def check_role(
    location: DefinitionLocation, target: TargetBase, indicator: Indicator
) -> Iterator[str]:
    if indicator.role == "context":
        why = "is context: charted, never assessed; remove the target, or its role: context"
        yield location.error("indicator", target.indicator, why)


def check_target_measure(
    location: DefinitionLocation, target: TargetBase, indicator: Indicator
) -> Iterator[str]:
    """A larger workload, or fewer records, must never count as progress."""
    if indicator.measures not in ASSESSED:
        instead = (
            f"assess {indicator.assessed_by}" if indicator.assessed_by else "assess a share or rate"
        )
        why = f"measures {indicator.measures}, which cannot show progress; {instead} instead"
        yield location.error("indicator", target.indicator, why)


def check_direction(
    location: DefinitionLocation, target: TargetBase, indicator: Indicator
) -> Iterator[str]:
    """A level can be kept without a desired direction; all change needs one."""
    if isinstance(target, NEED_DIRECTION) and indicator.direction is Direction.NONE:
        why = "has direction: none; say whether it is to go up or down, or remove the target"
        yield location.error("indicator", target.indicator, why)
    if isinstance(target, GrowthPerYear) and target.percent * SIGN[indicator.direction] < 0:
        why = f"leads away from the desired direction of {indicator.code}, {indicator.direction}"
        yield location.error("percent", target.percent, why)


def check_rule(
    location: DefinitionLocation, target: TargetBase, indicator: Indicator
) -> Iterator[str]:
    if isinstance(target, STEPS) != (indicator.kind is Kind.MILESTONE):
        why = (
            f"cannot be the rule for {indicator.code}, a {indicator.kind}: milestones, and no "
            "other kind, are assessed by milestone_by_date and all_areas_by_date"
        )
        yield location.error("rule", getattr(target, "rule", ""), why)


def check_step(
    location: DefinitionLocation, target: TargetBase, indicator: Indicator
) -> Iterator[str]:
    if isinstance(target, STEPS) and indicator.ladder:
        ladder = f"a step of the ladder of {indicator.code}"
        yield from location.unknown("step", [target.step], indicator.ladder, ladder)


def check_count(
    location: DefinitionLocation, target: TargetBase, indicator: Indicator
) -> Iterator[str]:
    """States are counted at one step only, so a target must name that step."""
    reached = indicator.reached_at or indicator.ladder[-1:]
    if isinstance(target, AllAreasByDate) and target.step in {*indicator.ladder} - {reached}:
        why = f"is not where {indicator.code} is reached; states are counted at {reached!r}"
        yield location.error("step", target.step, why)


def check_applies_to(
    location: DefinitionLocation, target: TargetBase, _: Indicator
) -> Iterator[str]:
    """A step is reached by a single State; a count of States is a figure for the Union."""
    wanted = "eu" if isinstance(target, AllAreasByDate) else "states"
    if isinstance(target, STEPS) and target.applies_to != wanted:
        why = f"does not fit the rule, which assesses {wanted}; write applies_to: {wanted}"
        yield location.error("applies_to", target.applies_to, why)


def check_codes(location: DefinitionLocation, target: TargetBase, _: Indicator) -> Iterator[str]:
    yield from location.unknown("at", target.at, BREAKDOWNS, "a breakdown")
    for by, code in named_parts(target).items():
        yield from location.unlisted(f"at.{by}", [code], by)


def check_series(
    location: DefinitionLocation, target: TargetBase, indicator: Indicator
) -> Iterator[str]:
    """The indicator must have the values that the target names."""
    named = named_parts(target)
    if not named and not indicator.has_total:
        why = f"names no part, and {indicator.code} has no total; name one of its breakdowns"
        yield location.error("at", dict(target.at), why)
    if named and not any(has_codes(breakdown, named) for breakdown in indicator.breakdowns):
        why = f"is not among the breakdowns of {indicator.code}, {name_breakdowns(indicator)}"
        yield location.error("at", dict(target.at), why)


def named_parts(target: TargetBase) -> dict[str, str]:
    return {by: code for by, code in target.at.items() if by in BREAKDOWNS and code != TOTAL}


def has_codes(breakdown: Breakdown, named: Mapping[str, str]) -> bool:
    return {*breakdown.by} == {*named} and all(
        code in breakdown.codes.get(by, (code,)) for by, code in named.items()
    )


def name_breakdowns(indicator: Indicator) -> str:
    return (
        ", ".join(" × ".join(breakdown.by) for breakdown in indicator.breakdowns)
        or "which has none"
    )


def check_areas(
    location: DefinitionLocation, target: TargetBase, indicator: Indicator
) -> Iterator[str]:
    """There is no Union figure for published ratios, or if States count the same cases."""
    yield from location.unknown("areas", target.areas, member_states(), "a Member State")
    yield from location.duplicates("areas", target.areas)
    yield from location.unknown("not_bound", target.not_bound, member_states(), "a Member State")
    yield from location.duplicates("not_bound", target.not_bound)
    adds_up = indicator.adds_up_over_areas and indicator.kind is not Kind.PUBLISHED_RATIO
    if target.applies_to != "states" and not adds_up:
        why = f"needs an EU figure, and {indicator.code} has none; write applies_to: states"
        yield location.error("applies_to", target.applies_to, why)


def check_validity(location: DefinitionLocation, target: TargetBase, _: Indicator) -> Iterator[str]:
    if target.valid_from and target.valid_to and target.valid_from > target.valid_to:
        yield location.error("valid_to", f"{target.valid_to}", f"is before {target.valid_from}")


def check_baseline(location: DefinitionLocation, target: TargetBase, _: Indicator) -> Iterator[str]:
    start = target.baseline
    if isinstance(target, LevelByDate) and start and start.end >= target.by.end:
        why = f"must be before the period it leads to, by: {target.by}"
        yield location.error("baseline", str(start), why)


def check_path(location: DefinitionLocation, target: TargetBase, _: Indicator) -> Iterator[str]:
    """An agreed path is a table of periods that leads to the target and not beyond it."""
    if isinstance(target, LevelByDate):
        if (target.trajectory == "table") != bool(target.agreed_path):
            why = "and agreed_path go together: the one is written only with the other"
            yield location.error("trajectory", target.trajectory, why)
        ends = [milestone.period.end for milestone in target.agreed_path]
        if ends != sorted({*ends}) or max(ends, default=0) > target.by.end:
            why = f"must rise from period to period and end with by: {target.by}"
            yield location.error(
                "agreed_path", [str(milestone.period) for milestone in target.agreed_path], why
            )


def check_level(
    location: DefinitionLocation, target: TargetBase, indicator: Indicator
) -> Iterator[str]:
    if not isinstance(target, KeepAt | LevelByDate):
        if not target.agreed and not isinstance(target, StepTarget):
            why = "stands beside a level or a step, and there is none"
            yield location.error("agreed", target.agreed, why)
        return
    if target.value < 0:
        yield location.error(
            "value", target.value, "is negative, and nothing is counted below zero"
        )
    if indicator.unit == "PC" and target.value > PER_CENT_TOTAL:
        yield location.error("value", target.value, "is more than 100 per cent")


def check_overlap(goal: DefinitionLocation, targets: tuple[TargetBase, ...]) -> Iterator[str]:
    """Two targets with one id are an old and a new agreement: only one may be valid at a time."""
    for one, other in combinations(targets, 2):
        if one.id == other.id and _overlap(one, other):
            why = (
                "is valid twice at a time; end the one with valid_to before the other's valid_from"
            )
            yield goal.within("targets").error("id", one.id, why)


def _overlap(one: TargetBase, other: TargetBase) -> bool:
    starts = [target.valid_from for target in (one, other) if target.valid_from]
    ends = [target.valid_to for target in (one, other) if target.valid_to]
    return not starts or not ends or max(starts) <= min(ends)


CHECKS = (
    check_methods, check_role, check_target_measure, check_direction, check_rule, check_step,
    check_count, check_applies_to, check_codes, check_series, check_areas, check_validity,
    check_baseline, check_path, check_level,
)  # fmt: skip
