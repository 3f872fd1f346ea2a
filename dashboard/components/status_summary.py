"""How many and which States have each status, in words and never as a ranking."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dash import html

from dashboard.components.hints import hint_button
from dashboard.components.overrides import computed_note
from dashboard.released.goal_statuses import status_of_series
from dashboard.released.series import AssessedSeries
from dashboard.released.state_statuses import (
    StateStatuses,
    counts_in_words,
    few_states_sentence,
)
from dashboard.released.states_by_status import states_by_status
from dashboard.texts import Text
from dashboard.wording.narrative import method_name, reason_text
from dashboard.wording.status_ages import age_note
from metrics.core.verdict_codes import Reason
from metrics.core.verdicts import Status


def status_summary(
    series: AssessedSeries,
    by_area: Mapping[str, AssessedSeries],
    text: Text,
    marks_of_goal: Mapping[str, str] | None = None,
) -> Iterator[Any]:
    """One line for each status by the official method; States keep their order."""
    official = [series.official.method for series in by_area.values() if series.official]
    if not official:
        return
    names = ", ".join(method_name(method, text) for method in dict.fromkeys(official))
    yield html.P([html.Strong(series.title(text)), ". ", text("goal.assessed_by", method=names)])
    lines = [
        status_line(mark, own, text)
        for mark, own in states_by_status(by_area, marks_of_goal).items()
    ]
    yield html.Ul(lines, className="status-list")


def status_counts_sentence(
    union: AssessedSeries | None, marks: Sequence[str], text: Text
) -> Iterator[html.P]:
    """`Member States: On track 12; Behind 5.`, and whether few have the status of the Union."""
    sentence = counts_in_words(Counter(marks), text)
    if sentence:
        few = few_states_sentence(StateStatuses.beside(union, marks) if union else None, text)
        yield html.P(" ".join(filter(None, [sentence, few])))


def status_line(mark: str, own: Sequence[AssessedSeries], text: Text) -> html.Li:
    head = html.Strong(f"{text(f'status.{mark}')}: {text.number(len(own), 0)}")
    is_assessed = any(series.status != Status.NOT_ASSESSED for series in own)
    states = named_states(own, text) if is_assessed else grouped_by_reason(own, text)
    return html.Li([head, " – ", *states])


def grouped_by_reason(own: Sequence[AssessedSeries], text: Text) -> Iterator[Any]:
    """Group States by the reason for no verdict: `CY HU: There is no figure.`"""
    why: dict[str, list[AssessedSeries]] = {}
    for series in own:
        why.setdefault(absence_reason(series, text), []).append(series)
    for reason, all_series in why.items():
        yield from [*named_states(all_series, text), f": {reason} "]


def absence_reason(series: AssessedSeries, text: Text) -> str:
    if series.official is not None:
        return computed_note(series, text) or reason_text(series.official.verdict.reason, text)
    return text("arithmetic.none") if series.last_row else reason_text(Reason.NO_VALUE, text)


def named_states(own: Sequence[AssessedSeries], text: Text) -> Iterator[Any]:
    for at, series in enumerate(own):
        yield from [" " if at else "", hint_button(series.area, text.code("area", series.area))]
        if series.status is not Status.NOT_ASSESSED and (note := status_notes(series, text)):
            yield f" ({note})"


def status_notes(series: AssessedSeries, text: Text) -> str:
    """The status of a verdict that is not current, its age, and that a reviewer set it."""
    last = status_of_series(series).last
    status = text(f"status.{last}") if last else ""
    return text.listed([status, age_note(series.official, text), computed_note(series, text)])
