"""The calculation behind a status, step by step, for every method that was applied."""

from collections.abc import Iterator
from typing import Any

from dash import html

from dashboard.components.layout import card
from dashboard.components.status import unlinked_badge
from dashboard.components.tables import Cell, table
from dashboard.released.assessments import Assessment
from dashboard.released.series import AssessedSeries
from dashboard.texts import Text
from dashboard.wording.calculations import (
    SOURCE_OF_METHOD,
    WEB_SCHEMES,
    account_of_verdict,
    not_calculated,
    printed_step,
)
from dashboard.wording.narrative import baseline_sentences, method_name
from dashboard.wording.status_reasons import override_sentence
from metrics.catalogue.definitions.goals import Goal
from metrics.core.older_calculations import AS_WRITTEN
from metrics.core.verdicts import CalculationStep
from metrics.messages import ENGLISH


def arithmetic(goal: Goal, series: AssessedSeries, text: Text, period: str = "") -> html.Section:
    """The calculation of the verdicts as of a period; the latest ones by default."""
    as_of_period = series.as_of(period)
    body: list[Any] = [
        *(html.P(words, className="quiet") for words in not_calculated(series, as_of_period, text)),
        *(
            method_details(assessment, goal, as_of_period, text)
            for assessment in as_of_period.assessments
        ),
    ]
    return card(text("arithmetic.title"), body, "arithmetic", "calculation")


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
    for key, words in account_of_verdict(assessment, goal, text).items():
        kind = "quiet" if key == SOURCE_OF_METHOD else ""
        yield html.P([html.Strong(text(key) + " "), words], className=kind)


def step_table(assessment: Assessment, series: AssessedSeries, text: Text) -> html.Div:
    columns = [text("arithmetic.step"), text("arithmetic.formula"), text("arithmetic.value")]
    rows = [step_cells(step, text) for step in assessment.arithmetic]
    caption = f"{method_name(assessment.method, text)}: {series.title(text)}"
    return table(caption, columns, rows, numeric=[2])


def step_cells(step: CalculationStep, text: Text) -> list[Cell]:
    """What is computed, how, and the result; a formula of an older release is in English."""
    described = printed_step(step, text)
    language = ENGLISH if step.formula == AS_WRITTEN else text.language
    return [described.name, html.Code(described.formula, lang=language),
            linked_source(step, described.value)]  # fmt: skip


def linked_source(step: CalculationStep, words: str) -> Cell:
    """A value that is the address of a source leads to it."""
    if isinstance(step.value, str) and step.value.startswith(WEB_SCHEMES):
        return html.A(words, href=step.value, target="_blank", rel="noopener")
    return words
