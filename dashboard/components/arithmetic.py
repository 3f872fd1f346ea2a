"""The calculation behind a status, step by step, for every method that was applied."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from dash import html

from dashboard.assessments import Assessment
from dashboard.components.layout import card
from dashboard.components.overrides import override_sentence
from dashboard.components.status import badge
from dashboard.components.tables import Cell, table
from dashboard.narrative import method_name, reason_text
from dashboard.series import AssessedSeries, target_of
from dashboard.target_text import target_text
from dashboard.texts import Text
from metrics.catalogue.definitions import Goal
from metrics.catalogue.methods import category_name, methods
from metrics.core.verdicts import ArithmeticStep

FORMULA_KEYS = "formula."  # under which the texts have the words of the formulas
FLAG = re.compile(r"\(([A-Z])\)$")  # 2024 (P)
STEPS = {"step", "step asked for"}
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def arithmetic(goal: Goal, track: AssessedSeries, text: Text) -> html.Section:
    body: list[Any]
    if not track.judgements:
        body = [html.P(text("arithmetic.none"), className="quiet")]
    else:
        body = [method_details(judgement, goal, track, text) for judgement in track.judgements]
    return card(text("arithmetic.title"), body, "arithmetic")


def method_details(
    judgement: Assessment, goal: Goal, track: AssessedSeries, text: Text
) -> html.Details:
    """Open for the official method, so that nobody has to ask for it."""
    role = text("arithmetic.official" if judgement.official else "arithmetic.beside")
    return html.Details(
        [
            html.Summary(
                [
                    html.Strong(method_name(judgement.method, text)),
                    html.Span(role, className="note"),
                    badge(judgement.computed, text),
                ]
            ),
            *verdict_notes(judgement, goal, text),
            step_table(judgement, track, text) if judgement.verdict.arithmetic else None,
        ],
        open=judgement.official,
    )


def verdict_notes(judgement: Assessment, goal: Goal, text: Text) -> Iterator[html.P]:
    if judgement.override:
        yield html.P(override_sentence(judgement.override, text), className="override")
    if target := target_of(goal, judgement):
        yield html.P(
            [html.Strong(text("arithmetic.target") + " "), target_text(target, text) + "."]
        )
    if category := judgement.verdict.category:
        named = category_name(judgement.method, category, text.language)
        yield html.P([html.Strong(text("arithmetic.category") + " "), named])
    if note := reason_text(judgement.verdict.reason, text):
        yield html.P([html.Strong(text("arithmetic.note") + " "), note])
    if judgement.method in methods():
        source = methods()[judgement.method].source
        yield html.P([html.Strong(text("arithmetic.source") + " "), source], className="quiet")


def step_table(judgement: Assessment, track: AssessedSeries, text: Text) -> html.Div:
    columns = [text("arithmetic.step"), text("arithmetic.formula"), text("arithmetic.value")]
    rows = [
        [step_label(step, text), html.Code(translate_formula(step.formula, text)),
         step_value(step, text)]
        for step in judgement.verdict.arithmetic
    ]  # fmt: skip
    caption = f"{method_name(judgement.method, text)}: {track.title(text)}"
    return table(caption, columns, rows, numeric=[2])


def step_label(line: ArithmeticStep, text: Text) -> str:
    return text.words.get(f"line.{line.label}", line.label)


def step_value(line: ArithmeticStep, text: Text) -> Cell:
    if line.value is None:
        return "–"
    if isinstance(line.value, int | float):
        return text.number(line.value, 4)
    return format_step_value(line, line.value, text)


def format_step_value(line: ArithmeticStep, value: str, text: Text) -> str:
    """A value that is no number: a step of a ladder, a day, or one of a method's own words."""
    if line.label in STEPS:
        return text.code("step", value)
    return text.date(value) if ISO_DAY.fullmatch(value) else translate_formula(value, text)


def translate_formula(written: str, text: Text) -> str:
    """As the method writes it, its words in the reader's language and its flags by their names."""
    translated = formula_phrases(text).sub(lambda found: text(FORMULA_KEYS + found[0]), written)
    return FLAG.sub(lambda found: f"({text.code('observation_status', found[1])})", translated)


@cache
def formula_phrases(text: Text) -> re.Pattern[str]:
    """The longest first, so that no word is taken out of a phrase."""
    known = (key.removeprefix(FORMULA_KEYS) for key in text.words if key.startswith(FORMULA_KEYS))
    longest_first = sorted(known, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")
