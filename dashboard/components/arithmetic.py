"""The arithmetic behind a status, line by line, for every method that was applied."""

from collections.abc import Iterator
from typing import Any

from dash import html

from dashboard.components.overrides import set_by
from dashboard.components.status import badge
from dashboard.components.tables import Cell, table
from dashboard.judgements import Judgement
from dashboard.sentence import method_name, reason
from dashboard.target_words import target_in_words
from dashboard.texts import Text
from dashboard.tracks import Track, target_of
from metrics.definitions import Goal
from metrics.methods import categories, methods
from metrics.model import Line


def arithmetic(goal: Goal, track: Track, text: Text) -> html.Section:
    body: list[Any]
    if not track.judgements:
        body = [html.P(text("arithmetic.none"), className="quiet")]
    else:
        body = [_of(each, goal, track, text) for each in track.judgements]
    return html.Section([html.H2(text("arithmetic.title")), *body], className="card arithmetic")


def _of(judgement: Judgement, goal: Goal, track: Track, text: Text) -> html.Details:
    """Open for the official method, so that nobody has to ask for it."""
    role = text("arithmetic.official" if judgement.official else "arithmetic.beside")
    return html.Details(
        [
            html.Summary(
                [
                    html.Strong(method_name(judgement.method, text)),
                    html.Span(role, className="note"),
                    badge(judgement.verdict.status, text),
                ]
            ),
            *_said(judgement, goal, text),
            _lines(judgement, track, text) if judgement.verdict.arithmetic else None,
        ],
        open=judgement.official,
    )


def _said(judgement: Judgement, goal: Goal, text: Text) -> Iterator[html.P]:
    if judgement.override:
        yield html.P(set_by(judgement.override, text), className="override")
    if target := target_of(goal, judgement):
        yield html.P([html.Strong(text("arithmetic.target") + " "), target_in_words(target, text)])
    if category := categories().get(f"{judgement.method}.{judgement.verdict.category}"):
        yield html.P([html.Strong(text("arithmetic.category") + " "), category(text.language)])
    if said := reason(judgement.verdict.reason, text):
        yield html.P([html.Strong(text("arithmetic.note") + " "), said])
    if judgement.method in methods():
        source = methods()[judgement.method].source
        yield html.P([html.Strong(text("arithmetic.source") + " "), source], className="quiet")


def _lines(judgement: Judgement, track: Track, text: Text) -> html.Div:
    columns = [text("arithmetic.step"), text("arithmetic.formula"), text("arithmetic.value")]
    rows = [[_label(each, text), html.Code(each.formula), _value(each, text)]
            for each in judgement.verdict.arithmetic]  # fmt: skip
    caption = f"{method_name(judgement.method, text)}: {track.title(text)}"
    return table(caption, columns, rows, numeric=[2])


def _label(line: Line, text: Text) -> str:
    return text.words.get(f"line.{line.label}", line.label)


def _value(line: Line, text: Text) -> Cell:
    if line.value is None:
        return "–"
    return text.number(line.value, 4) if isinstance(line.value, int | float) else line.value
