"""Whether enough Member States have reported for a verdict on the Union."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from metrics.catalogue.definitions.indicators import Coverage
from metrics.catalogue.denominators import children_near
from metrics.catalogue.methods import ROUNDING
from metrics.core.period import ReferencePeriod
from metrics.core.tables import EU
from metrics.core.verdict_codes import Reason, Step
from metrics.core.verdicts import CalculationStep, Point, Verdict, calculation_step
from metrics.statistics.assessment.cases import AssessmentCase
from metrics.statistics.assessment.histories import Histories
from metrics.statistics.assessment.reasons import add_reason, has_reason, withdraw, without_reason

# Eurostat calculates an aggregate of EU-SILC from 70 % of the population on.
SOURCE = "https://github.com/eurostat/quantile/blob/master/library/pgm/ctry_population_compare.sas"


def require_coverage_of_states(
    verdict: Verdict, reporting: Collection[str], expected: Collection[str], coverage: Coverage
) -> Verdict:
    """No verdict on a number of States if the States that reported do not reach the coverage."""
    shares = (
        (Step.SHARE_OF_STATES, len(reporting), len(expected), coverage.areas),
        (Step.SHARE_OF_CHILDREN, *_children(reporting, expected, verdict.period),
         coverage.children),
    )  # fmt: skip
    steps = [_share_step(key, part, whole, least) for key, part, whole, least in shares]
    if all(_is_enough(*share) for _, *share in shares):
        return replace(verdict, arithmetic=(*verdict.arithmetic, *steps))
    arithmetic = (*verdict.arithmetic, *steps, CalculationStep(Step.SOURCE_OF_THRESHOLD, SOURCE))
    return add_reason(withdraw(replace(verdict, arithmetic=arithmetic)), Reason.LOW_COVERAGE)


def _children(
    reporting: Collection[str], expected: Collection[str], period: str
) -> tuple[float, float]:
    year = ReferencePeriod.parse(period).year
    part, whole = (sum(children_near(area, year) for area in areas)
                   for areas in (reporting, expected))  # fmt: skip
    return part, whole


def _share_step(key: Step, part: float, whole: float, least: float) -> CalculationStep:
    share = part / whole if whole else 0.0
    formula = "share_enough" if _is_enough(part, whole, least) else "share_too_small"
    return calculation_step(key, share, formula, part=part, whole=whole, least=least)


def _is_enough(part: float, whole: float, least: float) -> bool:
    """Whether a part is at least the required share of the whole."""
    return part >= least * whole * (1 - ROUNDING)


def name_coverage(
    verdict: Verdict, case: AssessmentCase, points: Sequence[Point], histories: Histories
) -> Verdict:
    """Show how many States are in a sum; give the reason if it is not shown for too few States."""
    latest = verdict.period or str(max((point.period for point in points), default=""))
    if case.area != EU or not latest:
        return verdict
    code, component, rule = case.indicator.code, case.indicator.headline, case.indicator.coverage
    reporting, expected = histories.covered(code, component, case.codes, latest)
    if expected <= 1:
        return verdict
    step = _share_step(Step.SHARE_OF_STATES, reporting, expected, rule.areas)
    with_share = replace(verdict, arithmetic=(*verdict.arithmetic, step))
    if not has_reason(verdict, Reason.MISSING) or not 0 < reporting < expected:
        return with_share
    source = CalculationStep(Step.SOURCE_OF_THRESHOLD, SOURCE)
    too_few = replace(with_share, arithmetic=(*with_share.arithmetic, source))
    return add_reason(without_reason(too_few, Reason.MISSING), Reason.LOW_COVERAGE)
