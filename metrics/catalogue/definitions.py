"""The fields of all definitions: validated strictly, because people write them."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from itertools import product
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

from metrics.catalogue.codelists import codelist, member_states
from metrics.catalogue.codelists.groups import first_day, last_day
from metrics.catalogue.ratios import pair_totals
from metrics.core.errors import UnknownNameError
from metrics.core.period import ReferencePeriod
from metrics.core.tables import CASES, DENOMINATOR, MEDIAN, NUMERATOR, STEP, VALUE
from metrics.messages import OFFICIAL_LANGUAGES

Period = Annotated[
    ReferencePeriod, BeforeValidator(ReferencePeriod.parse), PlainSerializer(str, return_type=str)
]


class Kind(StrEnum):
    """How an indicator is counted: it determines what is submitted and how it adds up."""

    FLOW = "flow"  # VALUE counted during a period: adds up over periods and areas
    STOCK = "stock"  # VALUE at the end of the period: adds up over areas only
    SHARE = "share"  # NUMERATOR and DENOMINATOR submitted; VALUE (in per cent) is derived
    DURATION = "duration"  # CASES by time band and in total, and MEDIAN hours if known
    MILESTONE = "milestone"  # STEP on a ladder, with the day when it was reached and a reference
    PUBLISHED_RATIO = "published_ratio"  # VALUE as published, without its parts: never aggregated


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    NONE = "none"


class Measure(StrEnum):
    """What a rise of an indicator means; only the first two can show progress."""

    OUTCOME = "outcome"  # a result that a commitment wants
    EFFORT = "effort"  # what authorities and partners do by their own decision
    WORKLOAD = "workload"  # rises with what comes in
    RECORDED = "recorded"  # rises with searching, reporting and recording


JUDGED = (Measure.OUTCOME, Measure.EFFORT)


class Definition(BaseModel):
    """Base of all definitions in YAML; an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Words(Definition):
    """One text in official languages of the Union; English is used where one is missing."""

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[str, str]

    en: str

    @model_validator(mode="after")
    def is_in_official_languages(self) -> Self:
        if unknown := sorted(set(self.model_extra or {}) - set(OFFICIAL_LANGUAGES)):
            raise ValueError(f"{unknown} are no official languages, only {OFFICIAL_LANGUAGES}")
        return self

    def __call__(self, language: str) -> str:
        return self.by_language.get(language) or self.en

    @property
    def by_language(self) -> dict[str, str]:
        """The text in each language that has it; English first."""
        return {"en": self.en, **(self.model_extra or {})}


class Source(Definition):
    """Where a text comes from: a document of the framework, and the paragraph."""

    document: str
    paragraph: str


class Quotation(Definition):
    """The words of another document for the same thing."""

    wording: Words
    source: Source


class Document(Definition):
    code: str
    title: Words
    date: dt.date | None = None  # None for an undated document
    reference: str
    languages: tuple[str, ...]  # languages in which its wording is available
    compared: dt.date | None = None  # when the wording was compared with the publisher's; or never
    applies_from: dt.date | None = None  # for a legal act that applies for a time
    applies_to: dt.date | None = None

    def applies_in(self, period: ReferencePeriod) -> bool:
        """Whether it applied on any day of the period."""
        begins = self.applies_from is None or self.applies_from <= last_day(period)
        return begins and (self.applies_to is None or first_day(period) <= self.applies_to)


class PolicyTarget(Definition):
    code: str
    name: Words
    source: Source
    beside: tuple[Quotation, ...] = ()  # other documents in their own words


class Framework(Definition):
    """A set of commitments agreed together, with their documents."""

    code: str
    name: Words
    order: int
    note: Words | None = None
    documents: tuple[Document, ...]
    policy_targets: tuple[PolicyTarget, ...] = ()

    def applies_in(self, period: ReferencePeriod) -> bool:
        """Whether one of its documents that apply for a time did so in the period."""
        timed = [document for document in self.documents if document.applies_from]
        return not timed or any(document.applies_in(period) for document in timed)


class Breakdown(Definition):
    """One or more dimensions by which the total is split; several are crossed."""

    by: tuple[str, ...]
    codes: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)  # a part of a code list
    adds_up: bool = True  # False if one case may be in several parts
    collected: bool = True  # has rows in the workbook
    chosen: bool = False  # the submitter chooses codes of a long list, one in each row

    def combinations(self) -> list[dict[str, str]]:
        """Every combination of its codes, in the order of the code lists."""
        lists = [self.codes.get(by) or tuple(codelist(by)) for by in self.by]
        return [dict(zip(self.by, codes, strict=True)) for codes in product(*lists)]

    def has_part(self, codes: Mapping[str, str]) -> bool:
        """Whether a combination of codes, without totals, is one of its parts."""
        return {*codes} == {*self.by} and all(
            code in self.codes.get(by, (code,)) for by, code in codes.items()
        )


class Coverage(Definition):
    """The shares of a group that must have reported for an aggregate to be shown.

    By number two thirds, as for sums in the World Bank's indicators; by children living there
    70 %, the threshold of Eurostat for EU-SILC.
    """

    areas: float = Field(default=2 / 3, ge=0, le=1)
    children: float = Field(default=0.7, ge=0, le=1)


class PeoplePer(Definition):
    """How many people usually take part in an event that another indicator counts."""

    indicator: str
    fewest: float = Field(gt=0)  # on average over the events of a year
    most: float


class RatioPart(Definition):
    """A reported count that a ratio is made of."""

    indicator: str
    component: str = VALUE


class Ratio(Definition):
    """Two reported counts, of which a share or a rate per hundred is derived."""

    numerator: RatioPart
    denominator: RatioPart

    @property
    def series(self) -> tuple[tuple[str, str], ...]:
        """Indicator and component of each count."""
        counts = (self.numerator, self.denominator)
        return tuple((count.indicator, count.component) for count in counts)


class EarlierDefinition(Definition):
    """What an indicator was before a change; a field that is not given was the same."""

    definition: Words | None = None
    unit: str | None = None
    breakdowns: tuple[Breakdown, ...] | None = None

    @property
    def given(self) -> dict[str, object]:
        return {name: value for name, value in self if value is not None}


class DefinitionChange(Definition):
    """The period from which an indicator is defined as now, and its definition before."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True)

    since: Period = Field(alias="from")
    note: Words  # what changed, for readers of the series
    before: EarlierDefinition
    comparable: bool = False  # True if figures before and after may be compared: no break


class Indicator(Definition):
    """A statistic: reported in a workbook, or derived from others by a formula."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    code: str = Field(pattern=r"^[A-Z][A-Z0-9_]+$")
    name: Words
    definition: Words
    kind: Kind
    unit: str  # of codelists/unit.csv
    direction: Direction
    measures: Measure
    judged_by: str = ""  # workload, recorded: the series judged instead, `CODE` or `CODE[...]`
    measures_why: str = Field(min_length=1)  # one sentence, for the table in docs
    breakdowns: tuple[Breakdown, ...] = ()
    has_total: bool = True  # False if only parts have a value, such as each legal instrument
    adds_up_over_areas: bool = True  # False if several States count the same case: no EU figure
    frequency: Literal["A", "S", "Q", "M"] = "A"
    role: Literal["follow_up", "context"] = "follow_up"  # context: charted, never assessed
    collected: bool = True  # has rows in the workbook
    numerator: Words | None = None  # share
    denominator: Words | None = None  # share
    ladder: tuple[str, ...] = ()  # milestone: steps of codelists/step.csv, lowest first
    reached_at: str | None = None  # milestone: the step from which the commitment is met
    parts_of: str | None = None  # a part of that one, which it can never exceed
    follows: str | None = None  # its cases were cases of that one before
    people_per: PeoplePer | None = None  # it counts participants in events of another indicator
    counts_people: bool = False  # small counts of it are confidential
    per_100_000_children: bool = False
    coverage: Coverage = Coverage()  # required for an EU figure
    caveat: Words | None = None  # shown beside every chart of it
    ratio: Ratio | None = None  # derived from two counts, by a formula that needs no module
    changes: tuple[DefinitionChange, ...] = ()  # the earliest first
    derived_from: tuple[str, ...] = ()
    formula: Callable[[Any], Any] | None = None  # a table of observations in, one of values out

    @model_validator(mode="before")
    @classmethod
    def takes_formula_of_ratio(cls, written: object) -> object:
        """Give a ratio the formula that pairs its two counts."""
        if not isinstance(written, dict) or not written.get("ratio"):
            return written
        series = Ratio.model_validate(written["ratio"]).series
        named = tuple(dict.fromkeys(indicator for indicator, _ in series))
        derived = {"derived_from": named, "formula": partial(pair_totals, series)}
        return written | derived | {"collected": False}

    @model_validator(mode="after")
    def is_whole(self) -> Self:
        if (self.kind is Kind.SHARE) != bool(self.numerator and self.denominator):
            raise ValueError(f"{self.code} is a {self.kind}: a share, and no other kind, "
                             "names numerator and denominator")  # fmt: skip
        if (self.kind is Kind.MILESTONE) != bool(self.ladder):
            raise ValueError(f"{self.code} is a {self.kind}: a milestone, and no other kind, "
                             "has a ladder")  # fmt: skip
        if self.reached_at not in {None, *self.ladder}:
            raise ValueError(f"{self.code}: reached_at {self.reached_at!r} is not on its ladder")
        if bool(self.derived_from) != bool(self.formula):
            raise ValueError(f"{self.code} is derived: it needs derived_from and a formula")
        return self

    @property
    def components(self) -> tuple[str, ...]:
        """The components that are submitted."""
        return {
            Kind.SHARE: (NUMERATOR, DENOMINATOR),
            Kind.DURATION: (CASES, MEDIAN),
            Kind.MILESTONE: (STEP,),
        }.get(self.kind, (VALUE,))

    @property
    def headline(self) -> str:
        """The component that is charted and assessed."""
        return {Kind.DURATION: MEDIAN, Kind.MILESTONE: STEP}.get(self.kind, VALUE)

    def has_part(self, codes: Mapping[str, str]) -> bool:
        """Whether one of its breakdowns has this combination of codes."""
        return any(breakdown.has_part(codes) for breakdown in self.breakdowns)

    def in_period(self, period: ReferencePeriod) -> "Indicator":
        """The indicator as it was defined for a period."""
        later = [change for change in self.changes if period.begins_before(change.since)]
        fields: dict[str, object] = {}
        for change in reversed(later):
            fields |= change.before.given
        return self.model_copy(update=fields) if later else self

    def unit_in(self, period: str) -> str:
        """The unit in a period as it is written; today's if none is."""
        if not self.changes or not period:
            return self.unit
        return self.in_period(ReferencePeriod.parse(period)).unit

    def versions(self) -> dict[str, "Indicator"]:
        """Every version by the periods for which it is valid: `…–2023`, `2024–…`."""
        starts = [change.since for change in self.changes]
        ends = [*(str(start.just_before) for start in starts), "…"]
        first = self.in_period(starts[0].just_before) if starts else self
        return {f"…–{ends[0]}": first} | {
            f"{start}–{end}": self.in_period(start)
            for start, end in zip(starts, ends[1:], strict=True)
        }

    def breaks(self, by: Iterable[str]) -> list[ReferencePeriod]:
        """The periods from which a series, total or broken down so, is not comparable with before.

        A change of breakdowns alone breaks the series that have this breakdown.
        """
        return [
            change.since
            for change in self.changes
            if not change.comparable and self._is_broken(change.since, {*by})
        ]

    def _is_broken(self, since: ReferencePeriod, by: set[str]) -> bool:
        before, after = self.in_period(since.just_before), self.in_period(since)
        if (before.definition, before.unit) != (after.definition, after.unit):
            return True
        old, new = (
            [breakdown for breakdown in version.breakdowns if {*breakdown.by} == by]
            for version in (before, after)
        )
        return old != new

    @property
    def every_breakdown(self) -> tuple[Breakdown, ...]:
        """The breakdowns of all versions, each once, today's first."""
        found = list(self.breakdowns)
        for change in reversed(self.changes):
            found += [old for old in change.before.breakdowns or () if old not in found]
        return tuple(found)

    def total_or_parts(self) -> list[dict[str, str]]:
        """The breakdown codes of its main series: the total or, without one, each part."""
        return [{}] if self.has_total else self.breakdowns[0].combinations()


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
    beside: tuple[str, ...] = ()  # further methods, shown beside the official one
    source: Source

    @property
    def bound_states(self) -> tuple[str, ...]:
        """The Member States that the commitment binds, in the order of the code list."""
        return tuple(area for area in self.areas or member_states() if area not in self.not_bound)

    @property
    def series(self) -> tuple[str, tuple[tuple[str, str], ...]]:
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
    limit: float | None = None  # natural limit in the wanted direction: 100 for a share


class MilestoneByDate(TargetBase):
    rule: Literal["milestone_by_date"]
    step: str
    by: dt.date | None = None  # None: no date was agreed, so it is never late


class AllAreasByDate(TargetBase):
    rule: Literal["all_areas_by_date"]
    step: str
    by: dt.date | None = None


StepTarget = MilestoneByDate | AllAreasByDate
Target = Annotated[
    GrowthPerYear | LevelByDate | KeepAt | DirectionOnly | MilestoneByDate | AllAreasByDate,
    Field(discriminator="rule"),
]


class Goal(Definition):
    """What was politically agreed, in its own words, and how it is followed up."""

    code: str
    framework: str
    policy_target: str | None = None
    order: int
    name: Words
    wording: Words
    official: tuple[str, ...] = ("en",)  # languages of the official wording; others summarise
    # Slips of spelling in the text as it was transcribed, by language, with the correction.
    corrected: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    note: Words | None = None  # what a reader must know of the wording or of who is bound
    source: Source
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    indicators: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    headline: str | None = None  # id of the target whose official verdict is the goal's status
    headline_why: str = ""  # one sentence, for the table in docs
    actions: bool = False  # states declare actions under it

    @model_validator(mode="before")
    @classmethod
    def inherit_fields_of_goal(cls, written: object) -> object:
        """Let targets without source or validity inherit those of their goal."""
        if not isinstance(written, dict) or not isinstance(written.get("targets"), list):
            return written
        own = {
            name: written[name] for name in ("source", "valid_from", "valid_to") if name in written
        }
        targets = [
            own | target if isinstance(target, dict) else target for target in written["targets"]
        ]
        return written | {"targets": targets}

    @property
    def headline_targets(self) -> tuple[str, ...]:
        """The ids of all targets on the headline series: for one State, and for the Union."""
        series = {target.series for target in self.targets if target.id == self.headline}
        ids = [target.id for target in self.targets if target.series in series]
        return tuple(dict.fromkeys(ids))


class Round(Definition):
    """One collection exercise: the periods that it asks for, and its due date."""

    code: str
    periods: tuple[Period, ...] = ()  # empty: any period up to the round's own
    opens: dt.date
    due: dt.date


class Dominance(Definition):
    """The (n,k) rule: the n largest contributors must not make up more than k per cent."""

    n: int = Field(ge=1)
    k: float = Field(gt=0, le=100)


SUPPRESSES_ONLY_ONES = 2  # the minimum frequency that suppresses only ones


class DisclosurePolicy(Definition):
    """What may be shown. Counts of people below the minimum are suppressed."""

    minimum_frequency: int = Field(ge=1)
    zeros_confidential: bool = False
    # A value that its sender keeps confidential is the work of one contributor: nobody may learn
    # it to within p per cent, nor to within what (n,k) asks for.
    p_percent: float | None = Field(default=None, gt=0)
    dominance: Dominance | None = None
    method: Literal["suppression", "rounding"] = "suppression"
    # For method: rounding. A multiple of 2 above and one below would together be the count.
    rounding_base: int = Field(default=5, ge=3)

    @model_validator(mode="after")
    def refuse_recognisable_ones(self) -> Self:
        if self.minimum_frequency == SUPPRESSES_ONLY_ONES and not self.zeros_confidential:
            raise ValueError("minimum_frequency 2 withholds ones alone, and so tells them; use 3")
        return self


class Collection(Definition):
    """One reporting exercise with its own submissions, calendar, policy and releases."""

    code: str
    name: Words
    note: Words
    nature: Literal["official", "published", "invented"]
    areas: Literal["member_states", "any"]
    template: str  # of its workbook: a folder of `metrics.intake.templates`
    # What it asks for. Empty: every framework that no collection names.
    frameworks: tuple[str, ...] = ()
    rounds: tuple[Round, ...]
    # Where rounds name no periods: how many years before a release a figure is still current.
    current_for_years: int = Field(default=2, ge=1)
    disclosure: DisclosurePolicy


@dataclass(frozen=True)
class Catalogue:
    """All definitions by code, in their order; `version` changes with any of them."""

    frameworks: Mapping[str, Framework]
    goals: Mapping[str, Goal]
    indicators: Mapping[str, Indicator]
    collections: Mapping[str, Collection]
    version: str

    def restrict_to(self, collection: Collection) -> "Catalogue":
        """The frameworks, goals and indicators that a collection asks for."""
        named = {code for other in self.collections.values() for code in other.frameworks}
        asked = {*collection.frameworks} or {*self.frameworks} - named
        goals = {code: goal for code, goal in self.goals.items() if goal.framework in asked}
        elsewhere = self._used_by(code for code in self.goals if code not in goals)
        own = self._used_by(goals)
        indicators = {
            code: indicator
            for code, indicator in self.indicators.items()
            if code in own or (not collection.frameworks and code not in elsewhere)
        }
        frameworks = {code: self.frameworks[code] for code in self.frameworks if code in asked}
        return replace(self, frameworks=frameworks, goals=goals, indicators=indicators)

    def _used_by(self, goals: Iterable[str]) -> set[str]:
        return {indicator for code in goals for indicator in self.goals[code].indicators}

    def collection(self, code: str) -> Collection:
        if code not in self.collections:
            raise UnknownNameError.with_hint("a collection", code, known=self.collections)
        return self.collections[code]
