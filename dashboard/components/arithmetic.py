"""The calculation behind a status, step by step, for every method that was applied."""

from collections.abc import Iterator
from typing import Any

from dash import html

from dashboard.components.layout import card
from dashboard.components.overrides import override_sentence
from dashboard.components.status import unlinked_badge
from dashboard.components.tables import Cell, table
from dashboard.released.assessments import Assessment
from dashboard.released.series import AssessedSeries, target_of
from dashboard.target_text import target_text
from dashboard.texts import Text, english
from dashboard.wording.narrative import baseline_sentences, method_name
from dashboard.wording.series_facts import WEB_SCHEMES
from dashboard.wording.verdict_reasons import reasons_in_words
from metrics.catalogue.calculation_texts import VALUE_FORMATS, describe_step
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.methods import category_name, methods
from metrics.core.older_calculations import AS_WRITTEN
from metrics.core.verdicts import CalculationStep
from metrics.messages import ENGLISH


def arithmetic(goal: Goal, series: AssessedSeries, text: Text, period: str = "") -> html.Section:
    """The calculation of the verdicts as of a period; the latest ones by default."""
    as_of_period = series.as_of(period)
    body: list[Any] = [
        *missing_arithmetic(series, as_of_period, text),
        *(
            method_details(assessment, goal, as_of_period, text)
            for assessment in as_of_period.assessments
        ),
    ]
    return card(text("arithmetic.title"), body, "arithmetic", "calculation")


def missing_arithmetic(
    series: AssessedSeries, as_of_period: AssessedSeries, text: Text
) -> Iterator[html.P]:
    """A note that nothing is assessed, or that an older release has no calculation of then."""
    if series.official is None or as_of_period.official is None:
        if not as_of_period.assessments:
            yield html.P(text("arithmetic.none"), className="quiet")
    elif as_of_period.official.verdict.period and not as_of_period.official.arithmetic:
        earlier, latest = as_of_period.official.verdict.period, series.official.verdict.period
        periods = {"period": text.period(earlier), "latest": text.period(latest)}
        yield html.P(text("arithmetic.not_kept", **periods), className="quiet")


def method_details(
    assessment: Assessment, goal: Goal, series: AssessedSeries, text: Text
) -> html.Details:
    """Show the official method unfolded."""
    role = text("arithmetic.official" if assessment.official else "arithmetic.beside")
    return html.Details(
        [
            html.Summary(
                [
                    html.Strong(method_name(assessment.method, text)),
                    html.Span(role, className="note"),
                    unlinked_badge(assessment.computed, text, assessment.verdict.period),
                ]
            ),
            *verdict_notes(assessment, goal, text),
            *map(html.P, baseline_sentences(series, assessment, text)),
            step_table(assessment, series, text) if assessment.arithmetic else None,
        ],
        open=assessment.official,
    )


def verdict_notes(assessment: Assessment, goal: Goal, text: Text) -> Iterator[html.P]:
    if assessment.override:
        yield html.P(override_sentence(assessment.override, text), className="override")
    if target := target_of(goal, assessment):
        yield html.P(
            [html.Strong(text("arithmetic.target") + " "), target_text(target, text) + "."]
        )
    if category := assessment.verdict.category:
        named = category_name(assessment.method, category, text.language)
        yield html.P([html.Strong(text("arithmetic.category") + " "), named])
    if note := reasons_in_words(assessment, text):
        yield html.P([html.Strong(text("arithmetic.note") + " "), note])
    if assessment.method in methods():
        source = methods()[assessment.method].source(text.language)
        yield html.P([html.Strong(text("arithmetic.source") + " "), source], className="quiet")


def step_table(assessment: Assessment, series: AssessedSeries, text: Text) -> html.Div:
    columns = [text("arithmetic.step"), text("arithmetic.formula"), text("arithmetic.value")]
    rows = [step_cells(step, text) for step in assessment.arithmetic]
    caption = f"{method_name(assessment.method, text)}: {series.title(text)}"
    return table(caption, columns, rows, numeric=[2])


def step_cells(step: CalculationStep, text: Text) -> list[Cell]:
    """What is computed, how, and the result; a formula of an older release is in English."""
    described = describe_step(step, text.language)
    language = ENGLISH if step.formula == AS_WRITTEN else text.language
    value = step_value(step, described.value or "–", text)
    return [described.name, html.Code(described.formula, lang=language), value]


def step_value(step: CalculationStep, written: str, text: Text) -> Cell:
    """A plain number with four decimals, a source as a link, anything else as it is written."""
    if isinstance(step.value, int | float) and step.key not in VALUE_FORMATS:
        return text.number(step.value, 4)
    if isinstance(step.value, str) and step.value.startswith(WEB_SCHEMES):
        return html.A(english(written), href=step.value, target="_blank", rel="noopener")
    return written
