"""From a method's verdict to a status: a status requires a clear change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from math import isnan, nan

import numpy as np

from metrics.catalogue.codelists.bands import band_positions
from metrics.catalogue.definitions.indicators import Direction, Indicator, Kind
from metrics.catalogue.definitions.targets import (
    DirectionOnly,
    GrowthPerYear,
    KeepAt,
    LevelByDate,
    Target,
)
from metrics.catalogue.materiality import MaterialityRule, PublishedSource, materiality
from metrics.core.period import ReferencePeriod
from metrics.core.tables import LOWER_LIMIT
from metrics.core.verdict_codes import Reason, Step
from metrics.core.verdicts import CalculationStep, Status, Verdict, calculation_step
from metrics.statistics.assessment.reasons import add_reason, has_reason, without_reason
from metrics.statistics.assessment.thresholds import (
    TermKey,
    ValueEnds,
    ValuePairs,
    are_small,
    exceed,
    floors_near_limit,
    numbers_of_cases,
    sizes_of_terms,
    widths_of_bands,
)

STATUSES_BY_CHANGE = {Status.ON_TRACK, Status.BEHIND, Status.MOVING_AWAY}
# The steps that are shown for small counts: the counts, and the years and States compared.
KEPT_STEPS = {
    Step.VALUE,
    Step.VALUE_CARRIED_BACK,
    Step.BASELINE_MOVED,
    Step.GROWTH_OF_SAME_STATES,
    Step.STATES_REPORTING,
}
SHARES_AND_RATES = {
    "share",
    "rate",
}  # figures that do not show the number of cases on which they are based


@dataclass(frozen=True)
class ComparedValue:
    """The first or last value of a comparison, with its denominator."""

    period: ReferencePeriod
    value: float
    denominator: float | None = None  # of a share or rate; None if unknown
    limit: str = ""  # of the value, which for a median may be the beginning of the open band


@dataclass(frozen=True)
class ComparedChange:
    """The change that decides a verdict, and the value before the last one, if there is one."""

    base: ComparedValue
    last: ComparedValue
    before: ComparedValue | None = None


@dataclass(frozen=True)
class Participants:
    """How many States take part in one event that each of them counts, at least and at most."""

    fewest: float
    most: float


@dataclass(frozen=True)
class Term:
    """One term of a threshold: chance, a smallest change, the width of bands, or a floor."""

    step: CalculationStep  # its value is the size of the change
    sources: tuple[PublishedSource, ...] = ()

    @property
    def size(self) -> float:
        return float(self.step.value)  # type: ignore[arg-type]  # of a term it is a number


@dataclass(frozen=True)
class ThresholdComparison:
    """A change and the threshold for its kind of figure."""

    change: float
    terms: tuple[Term, ...]
    small: Mapping[ReferencePeriod, float]  # periods with fewer cases than the smallest base

    @property
    def largest(self) -> Term:
        return max(self.terms, key=lambda term: term.size)

    def is_exceeded_by(self, difference: float) -> bool:
        return bool(exceed(np.array(difference), np.array(self.largest.size)))

    @property
    def is_clear(self) -> bool:
        return self.is_exceeded_by(self.change)

    def steps(self) -> Iterator[CalculationStep]:
        for term in self.terms:
            yield term.step
        yield CalculationStep("threshold_of_materiality", self.largest.size, "largest")
        for source in self.largest.sources:
            yield CalculationStep(Step.SOURCE_OF_THRESHOLD, source.address)
        yield calculation_step(
            Step.SIZE_OF_CHANGE,
            self.change,
            "more_than" if self.is_clear else "not_more_than",
            value=self.change,
            other=self.largest.size,
        )
        for period, cases in self.small.items():
            yield few_cases_step(period, cases)


def few_cases_step(period: ReferencePeriod, cases: float) -> CalculationStep:
    return calculation_step(
        "cases_fewer_than_the_smallest_base",
        cases,
        "period_less_than",
        period=str(period),
        other=materiality().smallest_base,
    )


def apply_materiality(
    verdict: Verdict,
    target: Target,
    indicator: Indicator,
    change: ComparedChange,
    participants: Participants | None = None,
) -> Verdict:
    """Replace a status if the change is too small, and show the comparison with the threshold.

    Whether a level is met does not depend on the change; the number of cases is added if it is
    small. A value that is short of an agreed path by more than the threshold is behind, even if it
    has hardly changed. A sum of participations has a status only if the status is the same for
    every possible number of participants in an event.
    """
    rules = materiality().rules_for(indicator.kind, indicator.unit)
    if not rules:
        return verdict
    if verdict.status not in STATUSES_BY_CHANGE:
        return _name_few_cases(verdict, target, rules[0], change.last)
    verdict = _without_unclear_last_change(verdict, change, rules[0], indicator)
    compare = partial(compare_change, change.base, change.last, rules[0], indicator)
    comparison = compare(participants.fewest if participants else 1)
    if participants and comparison.is_clear:
        strictest = compare(participants.most)
        if not strictest.is_clear:
            return _withdraw_for_participants(verdict, comparison, strictest)
    if _is_at_limit(comparison, target, rules[0], indicator.direction, change.last.value):
        return _assess_at_limit(verdict, comparison, rules[0])
    is_small = _has_small_base(comparison, target, change.base)
    status = _decide_status(verdict, target, comparison, is_small=is_small)
    result = _add_comparison(verdict, status, comparison, is_small=is_small)
    result = _name_few_cases(result, target, rules[0], change.last)
    if comparison.is_clear:
        result = _name_unknown_cases(result, rules[0], indicator, change)
    return result


def _without_unclear_last_change(
    verdict: Verdict, change: ComparedChange, rule: MaterialityRule, indicator: Indicator
) -> Verdict:
    """The last change has a direction only if it is clear by itself, with enough cases."""
    if change.before is None or not has_reason(verdict, Reason.LAST_CHANGE_ADVERSE):
        return verdict
    comparison = compare_change(change.before, change.last, rule, indicator)
    if comparison.is_clear and not comparison.small:
        return verdict
    return without_reason(verdict, Reason.LAST_CHANGE_ADVERSE)


def _name_unknown_cases(
    verdict: Verdict, rule: MaterialityRule, indicator: Indicator, change: ComparedChange
) -> Verdict:
    """Add a note if the number of cases of a published share is not known."""
    is_published = indicator.kind is Kind.PUBLISHED_RATIO and rule.varies_as in SHARES_AND_RATES
    unknown = [end.period for end in (change.base, change.last) if end.denominator is None]
    if not is_published or not unknown:
        return verdict
    step = CalculationStep(Step.CASES_UNKNOWN, ", ".join(map(str, unknown)))
    return add_reason(
        replace(verdict, arithmetic=(*verdict.arithmetic, step)), Reason.CASES_UNKNOWN
    )


def _withdraw_for_participants(
    verdict: Verdict, comparison: ThresholdComparison, strictest: ThresholdComparison
) -> Verdict:
    """No verdict: the change is clear only if few States take part in each event."""
    steps = (
        *comparison.steps(),
        replace(strictest.largest.step, key=Step.VARIATION_IF_ALL_SHARE),
        CalculationStep(Step.STATUS_BY_METHOD, str(verdict.status)),
    )
    unknown = replace(verdict, status=Status.NOT_ASSESSED, arithmetic=(*verdict.arithmetic, *steps))
    return add_reason(
        without_reason(unknown, Reason.LAST_CHANGE_ADVERSE), Reason.PARTICIPANTS_UNKNOWN
    )


def _name_few_cases(
    verdict: Verdict, target: Target, rule: MaterialityRule, last: ComparedValue
) -> Verdict:
    """Add a note if a share or rate with a level is based on few cases; a count is exact."""
    cases = _value_ends(last, rule, unit=1.0).cases
    is_level = isinstance(target, KeepAt | LevelByDate)
    if not is_level or rule.varies_as not in SHARES_AND_RATES or not are_small(cases)[0]:
        return verdict
    step = few_cases_step(last.period, float(cases[0]))
    arithmetic = verdict.arithmetic if step in verdict.arithmetic else (*verdict.arithmetic, step)
    return add_reason(replace(verdict, arithmetic=arithmetic), Reason.FEW_CASES)


def _is_at_limit(
    comparison: ThresholdComparison,
    target: Target,
    rule: MaterialityRule,
    wanted: Direction,
    value: float,
) -> bool:
    """Whether a figure cannot improve further, and has no clear change that decides its status."""
    if not isinstance(target, DirectionOnly) or (comparison.is_clear and not comparison.small):
        return False
    if wanted is Direction.DOWN:
        return value == 0
    return wanted is Direction.UP and rule.limit is not None and value >= rule.limit


def _assess_at_limit(
    verdict: Verdict, comparison: ThresholdComparison, rule: MaterialityRule
) -> Verdict:
    """On track, as in the method of Statistics Canada: no further improvement is possible."""
    arithmetic = (*verdict.arithmetic, *comparison.steps())
    verdict = without_reason(verdict, Reason.LAST_CHANGE_ADVERSE)
    is_of_few = rule.varies_as in SHARES_AND_RATES and comparison.small
    reasons = [Reason.AT_LIMIT, *([Reason.FEW_CASES] if is_of_few else [])]
    return add_reason(replace(verdict, status=Status.ON_TRACK, arithmetic=arithmetic), *reasons)


def _has_small_base(comparison: ThresholdComparison, target: Target, base: ComparedValue) -> bool:
    """Whether there are few cases at the baseline or, for a direction, at either end."""
    if isinstance(target, GrowthPerYear):
        return base.period in comparison.small
    return isinstance(target, DirectionOnly) and bool(comparison.small)


def _decide_status(
    verdict: Verdict, target: Target, comparison: ThresholdComparison, *, is_small: bool
) -> Status:
    if comparison.is_clear:
        return Status.NOT_ASSESSED if is_small else verdict.status
    if isinstance(target, KeepAt):
        return Status.NOT_ACHIEVED
    is_short = comparison.is_exceeded_by(abs(verdict.gap or 0.0))
    is_behind = is_short and not is_small and verdict.status is not Status.ON_TRACK
    return Status.BEHIND if is_behind else Status.NO_CLEAR_CHANGE


def _add_comparison(
    verdict: Verdict, status: Status, comparison: ThresholdComparison, *, is_small: bool
) -> Verdict:
    reasons = [
        *([] if comparison.is_clear else [Reason.BELOW_THRESHOLD]),
        *([Reason.SMALL_BASE] if is_small else []),
    ]
    steps = list(comparison.steps())
    if status is not verdict.status:
        steps.append(CalculationStep(Step.STATUS_BY_METHOD, str(verdict.status)))
    arithmetic = (*verdict.arithmetic, *steps)
    result = add_reason(replace(verdict, status=status, arithmetic=arithmetic), *reasons)
    if reasons:
        result = without_reason(result, Reason.LAST_CHANGE_ADVERSE)
    return _drop_rates(result, steps) if is_small else result


def _drop_rates(verdict: Verdict, steps: list[CalculationStep]) -> Verdict:
    """Show the small counts alone, without a growth calculated from them."""
    given = [step for step in verdict.arithmetic if step.key in KEPT_STEPS]
    return replace(verdict, category="", score=None, months_late=None, arithmetic=(*given, *steps))


def compare_change(
    base: ComparedValue,
    last: ComparedValue,
    rule: MaterialityRule,
    indicator: Indicator,
    participants: float = 1,
) -> ThresholdComparison:
    """Compare the change between two values with the threshold for their kind of figure.

    For events that several States count, `participants` is the number of States in each event.
    """
    unit = rule.multiples.get(indicator.unit, 1.0)
    first, second = (_value_ends(end, rule, unit) for end in (base, last))
    pair = ValuePairs(first, second, np.array([base.period.years_until(last.period)]), unit)
    pair_terms = PairTerms(pair, rule, indicator.direction, participants)
    small = {
        one.period: float(end.cases[0])
        for one, end in ((base, first), (last, second))
        if are_small(end.cases)[0]
    }
    return ThresholdComparison(float(pair.changes[0]), tuple(pair_terms.terms()), small)


def _value_ends(end: ComparedValue, rule: MaterialityRule, unit: float) -> ValueEnds:
    value = np.array([end.value], float)
    denominator = np.array([nan if end.denominator is None else end.denominator], float)
    cases = numbers_of_cases(value, denominator, rule, unit)
    is_more = np.array([end.limit == LOWER_LIMIT])
    band = band_positions(value, is_more) if rule.from_bands else np.array([0])
    return ValueEnds(value, cases, band)


@dataclass(frozen=True)
class PairTerms:
    """One pair of values and the rule from which its terms are computed."""

    pair: ValuePairs  # columns of one value
    rule: MaterialityRule
    direction: Direction
    participants: float

    def terms(self) -> Iterator[Term]:
        """The terms that apply, each with its calculation and its source."""
        participants = np.array([self.participants])
        for key, (size,) in sizes_of_terms(self.pair, self.rule, self.direction, participants):
            if not isnan(size):
                yield Term(self.step_of_term(key, float(size)), self.sources_of_term(key))

    def sources_of_term(self, key: TermKey) -> tuple[PublishedSource, ...]:
        floors = {
            TermKey.YEARLY_FLOOR: materiality().yearly_floor,
            TermKey.OVERALL_FLOOR: materiality().overall_floor,
        }
        return floors[key].sources if key in floors else self.rule.sources

    def step_of_term(self, key: TermKey, size: float) -> CalculationStep:
        start = abs(float(self.pair.base.value[0]))
        floors = floors_near_limit(self.pair.base.value, self.rule, self.direction)
        if key is TermKey.YEARLY_FLOOR:
            factor, years = float(floors.yearly_factor[0]), float(self.pair.years[0])
            return calculation_step(
                key, size, "growth_by_factor", base=start, factor=factor, years=years
            )
        if key is TermKey.OVERALL_FLOOR:
            share = float(floors.overall_share[0])
            return calculation_step(key, size, "product", value=start, times=share)
        if key is TermKey.WIDTH_OF_BANDS:
            ends = (self.pair.base, self.pair.last)
            widths = tuple(widths_of_bands()[end.band[0]] for end in ends)
            return calculation_step(key, size, "mean", values=widths, number=len(widths))
        return self.step_of_chance(size) if key is TermKey.CHANCE else CalculationStep(key, size)

    def step_of_chance(self, size: float) -> CalculationStep:
        known = [end for end in (self.pair.base, self.pair.last) if not isnan(end.cases[0])]
        if len(known) == 1:
            return self.step_of_least_chance(size, *known)
        of_events = "_of_events" if self.participants != 1 else ""
        in_units = "_in_units" if self.pair.unit != 1 else ""
        return calculation_step(
            TermKey.CHANCE,
            size,
            f"variation_of_{self.rule.varies_as}{of_events}{in_units}",
            standard_errors=self.rule.standard_errors,
            first=float(self.pair.base.value[0]),
            first_cases=float(self.pair.base.cases[0]),
            last=float(self.pair.last.value[0]),
            last_cases=float(self.pair.last.cases[0]),
            participants=self.participants,
            unit=self.pair.unit,
        )

    def step_of_least_chance(self, size: float, known: ValueEnds) -> CalculationStep:
        """The variation of the one value whose number of cases is known."""
        return calculation_step(
            Step.LEAST_VARIATION,
            size,
            f"variation_of_one_{self.rule.varies_as}",
            standard_errors=self.rule.standard_errors,
            value=float(known.value[0]),
            cases=float(known.cases[0]),
        )
