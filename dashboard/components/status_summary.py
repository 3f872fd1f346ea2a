"""How many and which States have each status, in words and never as a ranking."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dash import html

from dashboard.assessments import SHOWN_STATUSES
from dashboard.components.overrides import age_note, computed_note
from dashboard.narrative import method_name, reason_text
from dashboard.series import AssessedSeries
from dashboard.state_statuses import StateStatuses, counts_in_words, few_states_sentence
from dashboard.texts import Text
from metrics.core.verdict_codes import Reason
from metrics.core.verdicts import Status


def status_summary(
    series: AssessedSeries, by_area: Mapping[str, AssessedSeries], text: Text
) -> Iterator[Any]:
    """One line for each status by the official method; States keep their order."""
    official = [series.official.method for series in by_area.values() if series.official]
    if not official:
        return
    names = ", ".join(method_name(method, text) for method in dict.fromkeys(official))
    yield html.P([html.Strong(series.title(text)), ". ", text("goal.judged_by", method=names)])
    found: dict[str, list[AssessedSeries]] = {status: [] for status in SHOWN_STATUSES}
    for state_series in by_area.values():
        found[state_series.status].append(state_series)
    lines = [status_line(status, own, text) for status, own in found.items() if own]
    yield html.Ul(lines, className="status-list")


def status_counts_sentence(
    union: AssessedSeries | None, by_area: Mapping[str, AssessedSeries], text: Text
) -> Iterator[html.P]:
    """`Member States: On track 12; Behind 5.`, and whether few have the status of the Union."""
    statuses = [str(series.status) for series in by_area.values() if series.official]
    sentence = counts_in_words(Counter(statuses), text)
    if sentence:
        old = sum(bool(series.official and series.official.age) for series in by_area.values())
        aged = text.counted("report.not_current", old) if old else ""
        few = few_states_sentence(StateStatuses.beside(union, statuses) if union else None, text)
        yield html.P(" ".join(filter(None, [sentence, aged, few])))


def status_line(status: str, own: Sequence[AssessedSeries], text: Text) -> html.Li:
    head = html.Strong(f"{text(f'status.{status}')}: {text.number(len(own), 0)}")
    states = (
        grouped_by_reason(own, text) if status is Status.NOT_ASSESSED else named_states(own, text)
    )
    return html.Li([head, " – ", *states])


def grouped_by_reason(own: Sequence[AssessedSeries], text: Text) -> Iterator[Any]:
    """Group States by the reason for no verdict: `CY HU: No value has been reported.`"""
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
        yield from [" " if at else "", html.Abbr(series.area, title=text.code("area", series.area))]
        if series.status is not Status.NOT_ASSESSED and (note := status_notes(series, text)):
            yield f" ({note})"


def status_notes(series: AssessedSeries, text: Text) -> str:
    """Notes that a verdict is not current, and that a reviewer set the status."""
    return ", ".join(filter(None, [age_note(series.official, text), computed_note(series, text)]))
