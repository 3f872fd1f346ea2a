"""Describe a target's rule in words."""

from dashboard.texts import Text
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.targets import (
    AllAreasByDate,
    DirectionOnly,
    GrowthPerYear,
    KeepAt,
    LevelByDate,
    MilestoneByDate,
    StepTarget,
    Target,
)
from metrics.catalogue.loader import catalogue

READING_MARK = "†"  # of a goal whose level or step is read into the wording


def target_text(target: Target, text: Text) -> str:
    parts = [rule_text(target, text)]
    if not target.agreed:
        parts.append(text(f"target.{target.what_is_asked}_not_agreed"))
    if target.baseline is not None:
        parts.append(text("target.baseline", period=text.period(str(target.baseline))))
    if target.not_bound:
        exempt = ", ".join(text.code("area", area) for area in target.not_bound)
        parts.append(text("target.not_bound", areas=exempt))
    return text.listed(parts)


def rule_text(target: Target, text: Text) -> str:
    match target:
        case GrowthPerYear(percent=percent):
            return text("target.growth_per_year", percent=text.signed(percent))
        case LevelByDate(value=value, by=by):
            level = text.quantity(value, target_unit(target))
            return text("target.level_by_date", level=level, by=text.period(str(by)))
        case KeepAt(value=value):
            return text("target.keep_at", level=text.quantity(value, target_unit(target)))
        case MilestoneByDate() | AllAreasByDate():
            return step_text(target, text)
    direction = catalogue().indicators[target.indicator].direction
    return text(f"target.direction_{direction}")


def asked_in_words(target: Target | None, text: Text) -> str:
    """The words beside a status: the required step, and a level or direction that no document sets.

    Empty where the status needs no such words.
    """
    if isinstance(target, StepTarget):
        key = "asked.step" if target.agreed else "asked.step_not_agreed"
        return text(key, step=text.code("step", target.step))
    if isinstance(target, KeepAt | LevelByDate) and not target.agreed:
        level = text.quantity(target.value, target_unit(target))
        return text("asked.level_not_agreed", level=level)
    if isinstance(target, DirectionOnly) and not target.agreed:
        return text("asked.direction_not_agreed")
    return ""


def is_reading(target: Target | None) -> bool:
    """Whether a status rests on what the catalogue reads into the wording."""
    return target is not None and not target.agreed


def rests_on_reading(goal: Goal) -> bool:
    """Whether the target that gives the goal its status is read into the wording."""
    return any(is_reading(target) for target in goal.targets if target.id in goal.headline_targets)


def asked_by_reading(goal: Goal, text: Text) -> str:
    """What no document sets and the status of the goal rests on, in words; else empty."""
    headline = (target for target in goal.targets if target.id in goal.headline_targets)
    return next((asked_in_words(target, text) for target in headline if is_reading(target)), "")


def asked_with_day(target: Target | None, text: Text) -> str:
    """As `asked_in_words`, with the day by which a step is due where a document names one."""
    asked = asked_in_words(target, text)
    if isinstance(target, StepTarget) and target.by:
        return f"{asked} {text('target.by', day=text.date(target.by))}"
    return asked


def step_text(target: StepTarget, text: Text) -> str:
    by = text("target.by", day=text.date(target.by)) if target.by else text("target.no_date")
    return text(f"target.{target.rule}", step=text.code("step", target.step), by=by)


def target_unit(target: Target) -> str:
    return catalogue().indicators[target.indicator].unit
