"""Targets of goals: one class for each rule, and the fields that all share."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from metrics.catalogue.codelists import member_states
from metrics.catalogue.codelists.groups import accessions
from metrics.catalogue.definitions.base import Definition, Period, Source

SeriesKey = tuple[str, tuple[tuple[str, str], ...]]  # indicator, and breakdown codes by name


class TargetBase(Definition):
    """The fields that all targets share; `rule` distinguishes them."""

    id: str
    indicator: str
    at: Mapping[str, str] = Field(default_factory=dict)  # breakdown codes, TOTAL where not named
    applies_to: Literal["eu", "states", "both"] = "both"
    areas: tuple[str, ...] = ()  # only these; empty for all
    not_bound: tuple[str, ...] = ()  # Member States to which the commitment does not apply
    baseline: Period | None = None  # None: the first observed full period
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    method: str  # official; a module of metrics/catalogue/methods
    agreed: bool = True  # False: level, step or direction are how this catalogue reads the wording
    beside: tuple[str, ...] = ()  # further methods, shown beside the official one
    source: Source
    what_is_asked: ClassVar[Literal["level", "step", "direction"]] = "level"

    @property
    def bound_states(self) -> tuple[str, ...]:
        """The Member States that the commitment binds, in the order of the code list."""
        return tuple(area for area in self.areas or member_states() if area not in self.not_bound)

    @property
    def series(self) -> SeriesKey:
        """The indicator and the breakdown codes that the target is about."""
        return self.indicator, tuple(sorted(self.at.items()))


class GrowthPerYear(TargetBase):
    rule: Literal["growth_per_year"]
    # At least; negative where the indicator is to fall. Eleven times as much for two centuries
    # is the most that a number holds.
    percent: float = Field(gt=-100, le=1000)


class Milestone(Definition):
    """A value agreed for a period on the way to a target."""

    period: Period
    value: float


class LevelByDate(TargetBase):
    rule: Literal["level_by_date"]
    value: float
    by: Period
    trajectory: Literal["linear", "compound", "table"] = "linear"
    agreed_path: tuple[Milestone, ...] = ()  # for trajectory: table


class KeepAt(TargetBase):
    rule: Literal["keep_at"]
    value: float


class DirectionOnly(TargetBase):
    rule: Literal["direction_only"]
    what_is_asked = "direction"
    limit: float | None = None  # natural limit in the desired direction: 100 for a share


class MilestoneByDate(TargetBase):
    rule: Literal["milestone_by_date"]
    what_is_asked = "step"
    step: str
    by: dt.date | None = None  # None: no date was agreed, so it is never late


class AllAreasByDate(TargetBase):
    rule: Literal["all_areas_by_date"]
    what_is_asked = "step"
    step: str
    by: dt.date | None = None


StepTarget = MilestoneByDate | AllAreasByDate


def day_due(target: StepTarget, area: str) -> dt.date | None:
    """The day agreed; for a Member State that acceded after it, the day of its accession."""
    if target.by is None:
        return None
    return max(target.by, accessions().get(area, target.by))


Target = Annotated[
    GrowthPerYear | LevelByDate | KeepAt | DirectionOnly | MilestoneByDate | AllAreasByDate,
    Field(discriminator="rule"),
]
