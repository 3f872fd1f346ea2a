"""The arithmetic behind a status, line by line, for every method that was applied."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from dash import html

from dashboard.assessments import Assessment
from dashboard.components.layout import card
from dashboard.components.overrides import set_by
from dashboard.components.status import badge
from dashboard.components.tables import Cell, table
from dashboard.narrative import method_name, reason
from dashboard.series import AssessedSeries, target_of
from dashboard.target_text import target_in_words
from dashboard.texts import Text
from metrics.catalogue.definitions import Goal
from metrics.catalogue.methods import category_name, methods
from metrics.core.verdicts import ArithmeticStep

WORDS = "formula."  # under which the texts have the words of the formulas
FLAG = re.compile(r"\(([A-Z])\)$")  # 2024 (P)
STEPS = {"step", "step asked for"}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def arithmetic(goal: Goal, track: AssessedSeries, text: Text) -> html.Section:
    body: list[Any]
    if not track.judgements:
        body = [html.P(text("arithmetic.none"), className="quiet")]
    else:
        body = [_of(each, goal, track, text) for each in track.judgements]
    return card(text("arithmetic.title"), body, "arithmetic")


def _of(judgement: Assessment, goal: Goal, track: AssessedSeries, text: Text) -> html.Details:
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
            *_said(judgement, goal, text),
            _lines(judgement, track, text) if judgement.verdict.arithmetic else None,
        ],
        open=judgement.official,
    )


def _said(judgement: Assessment, goal: Goal, text: Text) -> Iterator[html.P]:
    if judgement.override:
        yield html.P(set_by(judgement.override, text), className="override")
    if target := target_of(goal, judgement):
        yield html.P(
            [html.Strong(text("arithmetic.target") + " "), target_in_words(target, text) + "."]
        )
    if category := judgement.verdict.category:
        named = category_name(judgement.method, category, text.language)
        yield html.P([html.Strong(text("arithmetic.category") + " "), named])
    if said := reason(judgement.verdict.reason, text):
        yield html.P([html.Strong(text("arithmetic.note") + " "), said])
    if judgement.method in methods():
        source = methods()[judgement.method].source
        yield html.P([html.Strong(text("arithmetic.source") + " "), source], className="quiet")


def _lines(judgement: Assessment, track: AssessedSeries, text: Text) -> html.Div:
    columns = [text("arithmetic.step"), text("arithmetic.formula"), text("arithmetic.value")]
    rows = [[_label(each, text), html.Code(formula(each.formula, text)), _value(each, text)]
            for each in judgement.verdict.arithmetic]  # fmt: skip
    caption = f"{method_name(judgement.method, text)}: {track.title(text)}"
    return table(caption, columns, rows, numeric=[2])


def _label(line: ArithmeticStep, text: Text) -> str:
    return text.words.get(f"line.{line.label}", line.label)


def _value(line: ArithmeticStep, text: Text) -> Cell:
    if line.value is None:
        return "–"
    if isinstance(line.value, int | float):
        return text.number(line.value, 4)
    return in_words(line, line.value, text)


def in_words(line: ArithmeticStep, value: str, text: Text) -> str:
    """A value that is no number: a step of a ladder, a day, or one of a method's own words."""
    if line.label in STEPS:
        return text.code("step", value)
    return text.date(value) if DAY.fullmatch(value) else formula(value, text)


def formula(written: str, text: Text) -> str:
    """As the method writes it, its words in the reader's language and its flags by their names."""
    said = phrases(text).sub(lambda found: text(WORDS + found[0]), written)
    return FLAG.sub(lambda found: f"({text.code('observation_status', found[1])})", said)


@cache
def phrases(text: Text) -> re.Pattern[str]:
    """The longest first, so that no word is taken out of a phrase."""
    known = (key.removeprefix(WORDS) for key in text.words if key.startswith(WORDS))
    longest_first = sorted(known, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")
