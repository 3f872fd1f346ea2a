"""Check targets against their indicator and their methods."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from metrics.catalogue.checks import DefinitionLocation
from metrics.catalogue.codelists import member_states
from metrics.catalogue.codelists.units import PER_CENT
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
from metrics.catalogue.methods import methods
from metrics.core.errors import KeyedText
from metrics.core.tables import BREAKDOWNS, TOTAL

STEPS = (MilestoneByDate, AllAreasByDate)
NEED_DIRECTION = (GrowthPerYear, LevelByDate, DirectionOnly)
PER_CENT_TOTAL = 100  # per cent


def check_target(
    goal: DefinitionLocation, target: TargetBase, indicator: Indicator
) -> Iterator[KeyedText]:
    location = goal.within(f"targets.{target.id}")
    for check in CHECKS:
        yield from check(location, target, indicator)


def check_methods(
    location: DefinitionLocation, target: TargetBase, _: Indicator
) -> Iterator[KeyedText]:
    """A method assesses only the rules for which it was published."""
    known = methods()
    yield from location.unknown("method", [target.method], known, KeyedText("a_method"))
    yield from location.unknown("beside", target.beside, known, KeyedText("a_method"))
    yield from location.duplicates("beside", (target.method, *target.beside))
    rule = getattr(target, "rule", "")
    for name in (target.method, *target.beside):
        if name in known and rule not in known[name].rules:
            assesses = ", ".join(sorted(known[name].rules))
            why = KeyedText.filled("fault_method_rule", rule=rule, rules=assesses)
            yield location.error("method", name, why)


def check_role(
    location: DefinitionLocation, target: TargetBase, indicator: Indicator
) -> Iterator[KeyedText]:
    if indicator.role == "context":
        yield location.error("indicator", target.indicator, KeyedText("fault_context"))


def check_target_measure(
    location: DefinitionLocation, target: TargetBase, indicator: Indicator
) -> Iterator[KeyedText]:
    """A larger workload, or fewer records, must never count as progress."""
    if indicator.measures not in ASSESSED:
        instead = indicator.assessed_by or KeyedText("a_share_or_rate")
        measures = indicator.measures.value
        why = KeyedText.filled("fault_no_progress", measures=measures, instead=instead)
        yield location.error("indicator", target.indicator, why)


def check_direction(
    location: DefinitionLocation, target: TargetBase, indicator: Indicator
) -> Iterator[KeyedText]:
    """A level can be kept without a desired direction; all change needs one."""
    if isinstance(target, NEED_DIRECTION) and indicator.direction is Direction.NONE:
        yield location.error("indicator", target.indicator, KeyedText("fault_no_direction"))
    if isinstance(target, GrowthPerYear) and target.percent * indicator.direction.sign < 0:
        code, direction = indicator.code, indicator.direction.value
        why = KeyedText.filled("fault_leads_away", indicator=code, direction=direction)
        yield location.error("percent", target.percent, why)


def check_rule(
    location: DefinitionLocation, target: TargetBase, indicator: Indicator
) -> Iterator[KeyedText]:
    if isinstance(target, STEPS) != (indicator.kind is Kind.MILESTONE):
        code, kind = indicator.code, indicator.kind.value
        why = KeyedText.filled("fault_rule_of_kind", indicator=code, kind=kind)
        yield location.error("rule", getattr(target, "rule", ""), why)


def check_step(
    location: DefinitionLocation, target: TargetBase, indicator: Indicator
) -> Iterator[KeyedText]:
    if isinstance(target, STEPS) and indicator.ladder:
        ladder = KeyedText.filled("a_step_of", indicator=indicator.code)
        yield from location.unknown("step", [target.step], indicator.ladder, ladder)


def check_count(
    location: DefinitionLocation, target: TargetBase, indicator: Indicator
) -> Iterator[KeyedText]:
    """States are counted at one step only, so a target must name that step."""
    reached = indicator.reached_at or indicator.ladder[-1:]
    if isinstance(target, AllAreasByDate) and target.step in {*indicator.ladder} - {reached}:
        code, step = indicator.code, reached if isinstance(reached, str) else ", ".join(reached)
        why = KeyedText.filled("fault_counted_elsewhere", indicator=code, step=step)
        yield location.error("step", target.step, why)


def check_applies_to(
    location: DefinitionLocation, target: TargetBase, _: Indicator
) -> Iterator[KeyedText]:
    """A step is reached by a single State; a count of States is a figure for the Union."""
    wanted = "eu" if isinstance(target, AllAreasByDate) else "states"
    if isinstance(target, STEPS) and target.applies_to != wanted:
        why = KeyedText.filled("fault_applies_to", assessed=wanted)
        yield location.error("applies_to", target.applies_to, why)


def check_codes(
    location: DefinitionLocation, target: TargetBase, _: Indicator
) -> Iterator[KeyedText]:
    yield from location.unknown("at", target.at, BREAKDOWNS, KeyedText("a_breakdown"))
    for by, code in named_parts(target).items():
        yield from location.unlisted(f"at.{by}", [code], by)


def check_series(
    location: DefinitionLocation, target: TargetBase, indicator: Indicator
) -> Iterator[KeyedText]:
    """The indicator must have the values that the target names."""
    named = named_parts(target)
    if not named and not indicator.has_total:
        why = KeyedText.filled("fault_no_part", indicator=indicator.code)
        yield location.error("at", dict(target.at), why)
    if named and not any(has_codes(breakdown, named) for breakdown in indicator.breakdowns):
        code, known = indicator.code, name_breakdowns(indicator)
        why = KeyedText.filled("fault_no_breakdown", indicator=code, known=known)
        yield location.error("at", dict(target.at), why)


def named_parts(target: TargetBase) -> dict[str, str]:
    return {by: code for by, code in target.at.items() if by in BREAKDOWNS and code != TOTAL}


def has_codes(breakdown: Breakdown, named: Mapping[str, str]) -> bool:
    return {*breakdown.by} == {*named} and all(
        code in breakdown.codes.get(by, (code,)) for by, code in named.items()
    )


def name_breakdowns(indicator: Indicator) -> str | KeyedText:
    names = [" × ".join(breakdown.by) for breakdown in indicator.breakdowns]
    return ", ".join(names) or KeyedText("which_has_none")


def check_areas(
    location: DefinitionLocation, target: TargetBase, indicator: Indicator
) -> Iterator[KeyedText]:
    """There is no Union figure for published ratios, or if States count the same cases."""
    yield from location.unknown("areas", target.areas, member_states(), KeyedText("a_member_state"))
    yield from location.duplicates("areas", target.areas)
    yield from location.unknown(
        "not_bound", target.not_bound, member_states(), KeyedText("a_member_state")
    )
    yield from location.duplicates("not_bound", target.not_bound)
    adds_up = indicator.adds_up_over_areas and indicator.kind is not Kind.PUBLISHED_RATIO
    if target.applies_to != "states" and not adds_up:
        why = KeyedText.filled("fault_no_eu_figure", indicator=indicator.code)
        yield location.error("applies_to", target.applies_to, why)


def check_validity(
    location: DefinitionLocation, target: TargetBase, _: Indicator
) -> Iterator[KeyedText]:
    if target.valid_from and target.valid_to and target.valid_from > target.valid_to:
        why = KeyedText.filled("fault_before", day=str(target.valid_from))
        yield location.error("valid_to", f"{target.valid_to}", why)


def check_baseline(
    location: DefinitionLocation, target: TargetBase, _: Indicator
) -> Iterator[KeyedText]:
    start = target.baseline
    if isinstance(target, LevelByDate) and start and start.end >= target.by.end:
        why = KeyedText.filled("fault_baseline", by=str(target.by))
        yield location.error("baseline", str(start), why)


def check_path(
    location: DefinitionLocation, target: TargetBase, _: Indicator
) -> Iterator[KeyedText]:
    """An agreed path is a table of periods that leads to the target and not beyond it."""
    if isinstance(target, LevelByDate):
        if (target.trajectory == "table") != bool(target.agreed_path):
            yield location.error("trajectory", target.trajectory, KeyedText("fault_agreed_path"))
        ends = [milestone.period.end for milestone in target.agreed_path]
        if ends != sorted({*ends}) or max(ends, default=0) > target.by.end:
            why = KeyedText.filled("fault_path_rises", by=str(target.by))
            yield location.error(
                "agreed_path", [str(milestone.period) for milestone in target.agreed_path], why
            )


def check_level(
    location: DefinitionLocation, target: TargetBase, indicator: Indicator
) -> Iterator[KeyedText]:
    if not isinstance(target, KeepAt | LevelByDate):
        if not target.agreed and not isinstance(target, StepTarget | DirectionOnly):
            yield location.error("agreed", target.agreed, KeyedText("fault_agreed_alone"))
        return
    if target.value < 0:
        yield location.error("value", target.value, KeyedText("fault_negative"))
    if indicator.unit == PER_CENT and target.value > PER_CENT_TOTAL:
        yield location.error("value", target.value, KeyedText("fault_above_100"))


def check_overlap(goal: DefinitionLocation, targets: tuple[TargetBase, ...]) -> Iterator[KeyedText]:
    """Two targets with one id are an old and a new agreement: only one may be valid at a time."""
    for one, other in combinations(targets, 2):
        if one.id == other.id and _overlap(one, other):
            yield goal.within("targets").error("id", one.id, KeyedText("fault_valid_twice"))


def _overlap(one: TargetBase, other: TargetBase) -> bool:
    starts = [target.valid_from for target in (one, other) if target.valid_from]
    ends = [target.valid_to for target in (one, other) if target.valid_to]
    return not starts or not ends or max(starts) <= min(ends)


CHECKS = (
    check_methods, check_role, check_target_measure, check_direction, check_rule, check_step,
    check_count, check_applies_to, check_codes, check_series, check_areas, check_validity,
    check_baseline, check_path, check_level,
)  # fmt: skip
