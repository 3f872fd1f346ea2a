"""Statuses that a reviewer has overridden, with the computed status beside them."""

from dash import html

from dashboard.charts.marks import dated_status
from dashboard.components.status import badge, in_sentences, small_badge
from dashboard.released.goal_statuses import status_of_series
from dashboard.released.series import AssessedSeries
from dashboard.released.state_statuses import StateStatuses, sharing_states
from dashboard.target_text import asked_in_words
from dashboard.texts import Text
from dashboard.wording.narrative import baseline_flag, method_name
from dashboard.wording.status_ages import age_note
from dashboard.wording.status_reasons import (
    doubts_of_verdict,
    not_assessed_reason,
    override_note,
    override_sentence,
)
from metrics.core.verdicts import Status


def override_badge(
    series: AssessedSeries, text: Text, statuses: StateStatuses | None = None
) -> list[html.A | html.Span | html.P]:
    """The status that a reviewer set, the computed one, and who set it and why; else nothing."""
    assessment = series.official
    if assessment is None or assessment.override is None:
        return []
    return [
        official_badge(series, text, statuses),
        html.Span(
            [text("override.computed") + " ", badge(assessment.computed, text)],
            className="computed",
        ),
        html.P(override_sentence(assessment.override, text), className="override"),
    ]


def status_with_notes(
    series: AssessedSeries, text: Text, statuses: StateStatuses | None = None
) -> html.Span:
    """The status with its period, its method and age, and the computed if overridden."""
    notes = [
        method_note(series, text),
        age_note(series.official, text),
        baseline_note(series, text),
        computed_note(series, text),
        *doubts_of_verdict(series.official, text),
    ]
    marks = [html.Span(written, className="note") for written in notes if written]
    return html.Span([official_badge(series, text, statuses), *marks], className="marked")


def official_badge(
    series: AssessedSeries, text: Text, statuses: StateStatuses | None = None
) -> html.A:
    """The status; of the Union with the number of States whose own status is the same."""
    asked = text.listed([asked_of(series, text), sharing_states(statuses, text)])
    own = status_of_series(series)
    return badge(own.mark, text, own.period, asked, own.last)


def asked_of(series: AssessedSeries, text: Text) -> str:
    """What the official status refers to, if the word alone would say too much; else empty."""
    if series.official is None or series.status == Status.NOT_ASSESSED:
        return ""
    return asked_in_words(series.official.asked, text)


def baseline_note(series: AssessedSeries, text: Text) -> str:
    """`baseline 2012: estimated value`; empty for a normal value."""
    flag = baseline_flag(series, series.official, text)
    if series.official is None or not flag:
        return ""
    period = text.period(series.official.verdict.baseline_period)
    return text("note.baseline_flag", period=period, flag=flag)


def method_note(series: AssessedSeries, text: Text) -> str:
    if series.official is None:
        return ""
    return f"{text('arithmetic.source')} {method_name(series.official.method, text)}"


def small_status(series: AssessedSeries, text: Text) -> html.A:
    notes = [
        age_note(series.official, text),
        baseline_note(series, text),
        computed_note(series, text),
        *doubts_of_verdict(series.official, text),
    ]
    why = not_assessed_reason(series.official, text)
    own, asked = status_of_series(series), why or asked_of(series, text)
    status = dated_status(own.mark, own.period, text, asked, own.last)
    return small_badge(own.mark, status, in_sentences(notes))


def computed_note(series: AssessedSeries, text: Text) -> str:
    first = series.official.computed if series.official else ""
    return override_note(series.status, first, text)
