"""The reasons of a verdict in sentences, with the years and the States that they concern."""

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from math import isclose

from dashboard.released.assessments import Assessment
from dashboard.released.printed_changes import NOISE_OF_FILES
from dashboard.released.series import DECIMALS_OF_ESTIMATE, DECIMALS_OF_SHARE
from dashboard.rounding import (
    MOST_DECIMALS,
    Comparison,
    decimals_in,
    decimals_of,
    fewest_decimals,
    round_both,
)
from dashboard.target_text import target_unit
from dashboard.texts import Text
from dashboard.wording.status_ages import age_note
from metrics.catalogue.codelists.units import PER_CENT
from metrics.catalogue.definitions.indicators import Kind
from metrics.catalogue.loader import catalogue
from metrics.catalogue.methods import reason_sentences
from metrics.core.status_by_rule import KEEP_AT
from metrics.core.tables import NOT_APPLICABLE
from metrics.core.verdict_codes import GrowthState, MoveCause, Reason, Step
from metrics.core.verdicts import CalculationStep, Status, Verdict
from metrics.messages.sentences import with_capital

Values = Mapping[str, str]
KINDS_OF_COUNTS = {Kind.FLOW, Kind.STOCK}
USUAL_DECIMALS = {Kind.SHARE: DECIMALS_OF_SHARE, Kind.DURATION: DECIMALS_OF_ESTIMATE}

# Why a baseline was moved, by the value of its step.
CAUSES = {
    MoveCause.BREAK: "cause.break",
    MoveCause.NO_GROWTH: "cause.no_growth",
    MoveCause.VALUE_WITHHELD: "cause.value_withheld",
    MoveCause.NO_VALUE: "cause.no_value",
    MoveCause.SPECIAL: "cause.special_event",
}
# What a threshold of materiality is, by the term that is the largest.
TERMS = {
    "chance_variation": "threshold.chance",
    Step.LEAST_VARIATION: "threshold.chance",
    "smallest_yearly_growth_that_counts": "threshold.standstill",
    "smallest_overall_growth_that_counts": "threshold.standstill",
    "smallest_change_that_counts": "threshold.smallest_change",
    "half_the_widths_of_the_bands": "threshold.bands",
}


def reasons_in_words(
    assessment: Assessment, text: Text, chosen: Collection[str] | None = None
) -> str:
    """Why there is no verdict, or what qualifies it, in a sentence for each reason, if chosen."""
    reasons = assessment.verdict.reasons
    codes = reasons if chosen is None else [code for code in reasons if code in chosen]
    return " ".join(reason_sentence(code, assessment, text) for code in codes)


def reason_sentence(code: str, assessment: Assessment, text: Text) -> str:
    """The sentence on this verdict; the general one if the calculation lacks what it names."""
    if code == Reason.BELOW_THRESHOLD:
        return sentence_on_change(assessment, text)
    values = DETAILS[code](assessment, text) if code in DETAILS else None
    return text(f"reason.{code}", **values) if values else reason_sentences(code, text.language)[0]


def find_step(assessment: Assessment, key: str) -> CalculationStep | None:
    return next((step for step in assessment.arithmetic if step.key == key), None)


def listed_areas(step: CalculationStep) -> Sequence[str]:
    """The codes of the areas that a step lists."""
    return [str(area) for area in step.value] if isinstance(step.value, tuple) else ()


def age_of_verdict(assessment: Assessment, text: Text) -> Values | None:
    period = assessment.verdict.period
    if not period:
        return None
    age = with_capital(age_note(assessment, text))
    return {"age": age, "period": text.period(period)}


def period_not_applicable(assessment: Assessment, text: Text) -> Values | None:
    """The period of the latest entry “not applicable”."""
    entries = (step.parameters for step in assessment.arithmetic if step.key == Step.VALUE)
    periods = [entry["period"] for entry in entries
               if NOT_APPLICABLE in str(entry.get("status", ""))]  # fmt: skip
    return {"period": text.period(str(periods[-1]))} if periods else None


def moved_baseline(assessment: Assessment, text: Text) -> Values | None:
    """The first period, the one from which it is assessed, and why."""
    step = find_step(assessment, Step.BASELINE_MOVED)
    if step is None or step.value not in set(MoveCause):
        return None
    first, start = years_between(step, text)
    why = text(cause_key(step, assessment), first=first, **growth_years(assessment, text))
    return {"first": first, "start": start, "why": why}


def cause_key(step: CalculationStep, assessment: Assessment) -> str:
    growth = find_step(assessment, Step.GROWTH_OF_SAME_STATES)
    is_withheld = growth is not None and growth.value == GrowthState.WITHHELD
    return CAUSES[MoveCause(str(step.value))] + ("_withheld" if is_withheld else "")


def growth_years(assessment: Assessment, text: Text) -> Values:
    """The two years between which the growth of the same States is not known."""
    growth = find_step(assessment, Step.GROWTH_OF_SAME_STATES)
    before, after = years_between(growth, text) if growth else ("", "")
    return {"before": before, "after": after}


def years_between(step: CalculationStep, text: Text) -> tuple[str, str]:
    """The first and the last period that a step names."""
    parameters = step.parameters
    return text.period(str(parameters["start"])), text.period(str(parameters["end"]))


def unconfirmed_states(assessment: Assessment, text: Text) -> Values | None:
    """How many States have reached a step, and how many of them did not report in this round."""
    verdict = assessment.verdict
    unconfirmed = find_step(assessment, Step.STATES_NOT_CONFIRMED)
    in_round = find_step(assessment, Step.REACHED_IN_ROUND)
    if unconfirmed is None or in_round is None or verdict.value is None:
        return None
    reached = int(float(str(in_round.value or 0)))
    carried = round(verdict.value) - reached
    numbers = {
        "known": text.number(verdict.value, 0),
        "reached": text.number(reached, 0),
        "period": text.period(verdict.period),
    }
    counted = (
        text.counted("reason.states_carried", carried, **numbers)
        if carried
        else text("reason.states_reported", **numbers)
    )
    areas = ", ".join(text.code("area", area) for area in listed_areas(unconfirmed))
    return {"counted": counted, "period": numbers["period"], "areas": areas}


def sentence_on_change(assessment: Assessment, text: Text) -> str:
    """The change since the baseline, and the threshold that it does not exceed.

    A level to be kept has no baseline: its change is that on the value before.
    """
    weighed = change_and_threshold(assessment, text)
    if weighed is None:
        return reason_sentences(Reason.BELOW_THRESHOLD, text.language)[0]
    is_level_kept = assessment.rule == KEEP_AT
    step = find_step(assessment, Step.SIZE_OF_CHANGE)
    if step is not None and not float(str(step.parameters["value"])):
        return text("reason.level_same" if is_level_kept else "reason.same_as_baseline")
    if is_level_kept:
        return text("reason.level_below_threshold", **weighed)
    is_short = assessment.computed == Status.BEHIND
    return text("reason.short_of_path" if is_short else "reason.below_threshold", **weighed)


def change_and_threshold(assessment: Assessment, text: Text) -> Values | None:
    """The size of a change, the threshold with which it is compared, and what that is."""
    step = find_step(assessment, Step.SIZE_OF_CHANGE)
    if step is None or "other" not in step.parameters:
        return None
    change, threshold = (float(str(step.parameters[name])) for name in ("value", "other"))
    terms = (find_step(assessment, term) for term in TERMS)
    largest = next((term.key for term in terms if term and term.value == threshold), None)
    if largest is None:
        return None
    decimals = decimals_of_weighing(change, threshold, assessment)
    printed = printed_size(change, decimals, assessment)
    is_fixed = kind_of_asked_indicator(assessment) in USUAL_DECIMALS  # as in the title
    return {
        "change": size_in_words(
            printed.difference, printed.decimals, assessment, text, fixed=is_fixed
        ),
        "threshold": size_in_words(threshold, decimals, assessment, text),
        "why": text(TERMS[largest]),
    }


def printed_size(change: float, decimals: int, assessment: Assessment) -> Comparison:
    """Of shares as the difference of both, as they are printed; of all others rounded alone."""
    last, base = assessment.verdict.value, value_at_start(assessment.verdict)
    is_share = assessment.asked is not None and target_unit(assessment.asked) == PER_CENT
    if (
        not is_share
        or last is None
        or base is None
        or not isclose(abs(last - base), change, abs_tol=NOISE_OF_FILES)
    ):
        return round_both(change, 0, decimals)
    if kind_of_asked_indicator(assessment) is Kind.PUBLISHED_RATIO:
        decimals = max(decimals, *(decimals_in(value, MOST_DECIMALS) for value in (last, base)))
    return round_both(max(last, base), min(last, base), decimals)


def value_at_start(verdict: Verdict) -> float | None:
    """As of a chosen period a release has it where a direction alone was agreed: as expected."""
    return verdict.expected_value if verdict.baseline_value is None else verdict.baseline_value


def decimals_of_weighing(change: float, threshold: float, assessment: Assessment) -> int:
    """Enough to distinguish both; of what is no count, as many as in a sentence at least."""
    fewest, kind = fewest_decimals(change, threshold), kind_of_asked_indicator(assessment)
    if kind in USUAL_DECIMALS:
        return max(fewest, USUAL_DECIMALS[kind])
    is_exact = kind in KINDS_OF_COUNTS or change.is_integer()
    return fewest if is_exact else max(fewest, decimals_of(change))


def kind_of_asked_indicator(assessment: Assessment) -> Kind | None:
    asked = assessment.asked
    return catalogue().indicators[asked.indicator].kind if asked else None


def size_in_words(
    size: float | Decimal, decimals: int, assessment: Assessment, text: Text, *, fixed: bool = False
) -> str:
    """`3.80 percentage points`; without a unit where the target is not known."""
    if assessment.asked is None:
        return text.number(size, decimals)
    return text.difference(size, target_unit(assessment.asked), decimals, fixed=fixed)


def what_fluctuates(assessment: Assessment, text: Text) -> Values | None:
    """What its calculation compares with the usual change: a distance from a path, or a change."""
    steps = {"path": "distance_from_the_path_beside_it", "change": "size_of_the_change_beside_it"}
    found = (name for name, step in steps.items() if find_step(assessment, step))
    name = next(found, None)
    return {"what": text(f"reason.volatile_{name}")} if name else None


DETAILS: Mapping[str, Callable[[Assessment, Text], Values | None]] = {
    Reason.NOT_APPLICABLE: period_not_applicable,
    Reason.NOT_CURRENT: age_of_verdict,
    Reason.NOT_CONFIRMED: age_of_verdict,
    Reason.BASELINE_MOVED: moved_baseline,
    Reason.REBASED_AFTER_BREAK: moved_baseline,
    Reason.STATES_NOT_CONFIRMED: unconfirmed_states,
    Reason.VOLATILE: what_fluctuates,
}
