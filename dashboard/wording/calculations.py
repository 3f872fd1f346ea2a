"""The calculation behind a status in words: what was asked, what was found, and each step."""

from collections.abc import Iterator
from dataclasses import replace

from dashboard.released.assessments import Assessment
from dashboard.released.series import AssessedSeries, target_of
from dashboard.target_text import target_text
from dashboard.texts import Text, english
from dashboard.wording.verdict_reasons import reasons_in_words
from metrics.catalogue.calculation_texts import VALUE_FORMATS, StepText, describe_step
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.methods import category_name, methods
from metrics.core.verdicts import CalculationStep

WEB_SCHEMES = ("https://", "http://")
SOURCE_OF_METHOD = "arithmetic.source"


def not_calculated(
    series: AssessedSeries, as_of_period: AssessedSeries, text: Text
) -> Iterator[str]:
    """That nothing is assessed, or that an older release has no calculation of then."""
    if series.official is None or as_of_period.official is None:
        if not as_of_period.assessments:
            yield text("arithmetic.none")
    elif as_of_period.official.verdict.period and not as_of_period.official.arithmetic:
        earlier, latest = as_of_period.official.verdict.period, series.official.verdict.period
        periods = {"period": text.period(earlier), "latest": text.period(latest)}
        yield text("arithmetic.not_kept", **periods)


def account_of_verdict(assessment: Assessment, goal: Goal, text: Text) -> dict[str, str]:
    """By heading: the target, the category, what qualifies it, and the source of the method."""
    target, category = target_of(goal, assessment), assessment.verdict.category
    method = methods().get(assessment.method)
    found = {
        "arithmetic.target": f"{target_text(target, text)}." if target else "",
        "arithmetic.category": category_name(assessment.method, category, text.language)
        if category
        else "",
        "arithmetic.note": reasons_in_words(assessment, text),
        SOURCE_OF_METHOD: method.source(text.language) if method else "",
    }
    return {key: words for key, words in found.items() if words}


def printed_step(step: CalculationStep, text: Text) -> StepText:
    """A plain number with four decimals, the name of a source, anything else as it is written."""
    described = describe_step(step, text.language)
    value = described.value or "–"
    if isinstance(step.value, int | float) and step.key not in VALUE_FORMATS:
        value = text.number(step.value, 4)
    elif isinstance(step.value, str) and step.value.startswith(WEB_SCHEMES):
        value = english(value)
    return replace(described, value=value)


def step_in_words(step: CalculationStep, text: Text) -> str:
    """`Gap: 8 824 − 9 949 = −1 125`."""
    described = printed_step(step, text)
    formula = f" ({described.formula})" if described.formula else ""
    return f"{described.name}: {described.value}{formula}"
