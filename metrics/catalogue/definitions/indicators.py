"""Indicators: kind, measure, breakdowns, ratio, and what they were before a change."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import partial
from itertools import product
from typing import Any, Literal, Self

from pydantic import ConfigDict, Field, ValidationError, model_validator

from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions.base import CatalogueEntry, Definition, Period, Words
from metrics.catalogue.ratios import pair_totals
from metrics.core.definition_errors import InvalidDefinitionError
from metrics.core.errors import KeyedText
from metrics.core.period import ReferencePeriod
from metrics.core.tables import CASES, DENOMINATOR, MEDIAN, NUMERATOR, STEP, VALUE


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

    @property
    def sign(self) -> int:
        """Of a change in this direction; 0 where none is desired."""
        return {Direction.UP: 1, Direction.DOWN: -1}.get(self, 0)

    @property
    def sign_of_gap(self) -> int:
        """A gap is this times the value less what it is compared with: plus is better.

        Where no direction is desired, plus is more.
        """
        return self.sign or 1


class Measure(StrEnum):
    """What a rise of an indicator means; only the first two can show progress."""

    OUTCOME = "outcome"  # a result that a commitment wants
    EFFORT = "effort"  # what authorities and partners do by their own decision
    WORKLOAD = "workload"  # rises with what comes in
    RECORDED = "recorded"  # rises with searching, reporting and recording


ASSESSED = (Measure.OUTCOME, Measure.EFFORT)
# Of codelists/no_rate.csv: why these kinds have no rate per 100,000 children. A count states it.
NO_RATE_OF_KIND = {
    Kind.SHARE: "ratio",
    Kind.PUBLISHED_RATIO: "ratio",
    Kind.DURATION: "time",
    Kind.MILESTONE: "step",
}


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


class SharedEvents(Definition):
    """Events that every State which takes part counts, so that a sum counts participations."""

    fewest_states: int = Field(ge=1)  # that take part in one, as its definition states
    why: str = Field(min_length=1)  # the source of that number


class QuestionedAbove(Definition):
    """The number above which the figure of one area and period is questioned."""

    per_100_000_children: float = Field(default=0, ge=0)
    at_least: float = Field(gt=0)  # never questioned up to it, however few children there are
    basis: str  # where the number comes from, of codelists/level_basis.csv


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
    def stated_fields(self) -> dict[str, object]:
        return {name: value for name, value in self if value is not None}


class DefinitionChange(Definition):
    """The period from which an indicator is defined as now, and its definition before."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True)

    since: Period = Field(alias="from")
    note: Words  # what changed, for readers of the series
    before: EarlierDefinition
    comparable: bool = False  # True if figures before and after may be compared: no break


class Indicator(CatalogueEntry):
    """A statistic: reported in a workbook, or derived from others by a formula."""

    folder = "indicators"
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    code: str = Field(pattern=r"^[A-Z][A-Z0-9_]+$")
    name: Words
    definition: Words
    kind: Kind
    unit: str  # of codelists/unit.csv
    direction: Direction
    measures: Measure
    assessed_by: str = ""  # workload, recorded: the series assessed instead, `CODE` or `CODE[...]`
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
    cases_from: str = ""  # a published share: the count of the cases of which it is the share
    people_per: PeoplePer | None = None  # it counts participants in events of another indicator
    shared_events: SharedEvents | None = None  # several States may count the same case
    counts_people: bool = False  # small counts of it are confidential
    per_100_000_children: bool = False
    no_rate: str = ""  # a count without that rate: why it would have no meaning, of no_rate.csv
    questioned_above: QuestionedAbove | None = None  # a count: above what it is seldom right
    # Of an indicator without a total: the codes, by breakdown, that children are the victims of.
    rated_parts: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
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
        try:
            series = Ratio.model_validate(written["ratio"]).series
        except ValidationError:
            return written  # the field reports it, under its own name
        named = tuple(dict.fromkeys(indicator for indicator, _ in series))
        derived = {"derived_from": named, "formula": partial(pair_totals, series)}
        return written | derived | {"collected": False}

    @model_validator(mode="after")
    def is_whole(self) -> Self:
        if (self.kind is Kind.SHARE) != bool(self.numerator and self.denominator):
            raise self._contradiction("share_of_two")
        if (self.kind is Kind.MILESTONE) != bool(self.ladder):
            raise self._contradiction("milestone_with_ladder")
        if self.reached_at not in {None, *self.ladder}:
            raise self._contradiction("reached_at_not_on_ladder")
        if bool(self.derived_from) != bool(self.formula):
            raise self._contradiction("derived_without_formula")
        return self

    def _contradiction(self, key: str) -> InvalidDefinitionError:
        facts = {"code": self.code, "kind": self.kind.value, "reached_at": str(self.reached_at)}
        return InvalidDefinitionError(KeyedText(key, facts))

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

    @property
    def why_no_rate(self) -> str:
        """Why a rate per 100,000 children would have no meaning; empty if it has one."""
        return NO_RATE_OF_KIND.get(self.kind, self.no_rate)

    def has_part(self, codes: Mapping[str, str]) -> bool:
        """Whether one of its breakdowns has this combination of codes."""
        return any(breakdown.has_part(codes) for breakdown in self.breakdowns)

    def in_period(self, period: ReferencePeriod) -> "Indicator":
        """The indicator as it was defined for a period."""
        later = [change for change in self.changes if period.begins_before(change.since)]
        fields: dict[str, object] = {}
        for change in reversed(later):
            fields |= change.before.stated_fields
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
