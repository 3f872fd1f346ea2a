"""The calculation behind a status, step by step, for every method that was applied."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from dash import html

from dashboard.assessments import Assessment
from dashboard.components.layout import card
from dashboard.components.overrides import override_sentence
from dashboard.components.status import badge
from dashboard.components.tables import Cell, table
from dashboard.narrative import baseline_sentences, method_name
from dashboard.series import AssessedSeries, target_of
from dashboard.target_text import target_text
from dashboard.texts import Text
from dashboard.verdict_reasons import reasons_in_words
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.materiality import names_of_sources
from metrics.catalogue.methods import category_name, methods
from metrics.core.verdict_codes import StepLabel
from metrics.core.verdicts import ArithmeticStep

FORMULA_KEYS = "formula."  # prefix of the message keys for words in formulas
FLAG = re.compile(r"\(([A-Z])\)$")  # 2024 (P)
STEPS = {StepLabel.STEP, StepLabel.STEP_REQUIRED}
WEB_SCHEMES = ("https://", "http://")
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


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
    return card(text("arithmetic.title"), body, "arithmetic")


def missing_arithmetic(
    series: AssessedSeries, as_of_period: AssessedSeries, text: Text
) -> Iterator[html.P]:
    """That nothing is judged, or that an older release has no calculation of an earlier verdict."""
    if series.official is None or as_of_period.official is None:
        if not as_of_period.assessments:
            yield html.P(text("arithmetic.none"), className="quiet")
    elif as_of_period.official.verdict.period and not as_of_period.official.verdict.arithmetic:
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
                    badge(assessment.computed, text, assessment.verdict.period),
                ]
            ),
            *verdict_notes(assessment, goal, text),
            *map(html.P, baseline_sentences(series, assessment, text)),
            step_table(assessment, series, text) if assessment.verdict.arithmetic else None,
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
    if note := reasons_in_words(assessment.verdict, text):
        yield html.P([html.Strong(text("arithmetic.note") + " "), note])
    if assessment.method in methods():
        source = methods()[assessment.method].source
        yield html.P([html.Strong(text("arithmetic.source") + " "), source], className="quiet")


def step_table(assessment: Assessment, series: AssessedSeries, text: Text) -> html.Div:
    columns = [text("arithmetic.step"), text("arithmetic.formula"), text("arithmetic.value")]
    rows = [
        [text.words.get(f"line.{step.label}", step.label),
         html.Code(translate_formula(step.formula, text)), step_value(step, text)]
        for step in assessment.verdict.arithmetic
    ]  # fmt: skip
    caption = f"{method_name(assessment.method, text)}: {series.title(text)}"
    return table(caption, columns, rows, numeric=[2])


def step_value(line: ArithmeticStep, text: Text) -> Cell:
    if line.value is None:
        return "–"
    if isinstance(line.value, int | float):
        return text.number(line.value, 4)
    if line.value.startswith(WEB_SCHEMES):
        name = names_of_sources().get(line.value) or urlsplit(line.value).netloc
        return html.A(name, href=line.value, target="_blank", rel="noopener")
    return format_step_value(line, line.value, text)


def format_step_value(line: ArithmeticStep, value: str, text: Text) -> str:
    """Format a value that is not a number: a step, a date, or one of the method's own words."""
    if line.label in STEPS:
        return text.code("step", value)
    if line.label == StepLabel.STATUS_BY_METHOD:
        return text(f"status.{value.replace(' ', '_')}")
    return text.date(value) if ISO_DAY.fullmatch(value) else translate_formula(value, text)


def translate_formula(written: str, text: Text) -> str:
    """Translate the words of a formula, and replace its status letters by their names."""
    translated = formula_phrases(text).sub(lambda found: text(FORMULA_KEYS + found[0]), written)
    return FLAG.sub(lambda found: f"({text.code('observation_status', found[1])})", translated)


@cache
def formula_phrases(text: Text) -> re.Pattern[str]:
    """Match longer phrases first, so that no word within a phrase is translated alone.

    The 1 of `2.1 years` does not make it `1 year`.
    """
    known = (key.removeprefix(FORMULA_KEYS) for key in text.words if key.startswith(FORMULA_KEYS))
    longest_first = sorted(known, key=len, reverse=True)
    return re.compile(rf"(?<![\w.,])(?:{'|'.join(map(re.escape, longest_first))})\b")
