"""How many States have each status, and which: in words, never as a ranking."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dash import html

from dashboard.assessments import SHOWN_STATUSES
from dashboard.components.overrides import computed_note
from dashboard.narrative import method_name, reason_text
from dashboard.series import AssessedSeries
from dashboard.texts import Text
from metrics.core.verdicts import Status

NO_VALUE = "no_value"  # what the methods say of a State that has sent nothing


def status_summary(
    track: AssessedSeries, by_area: Mapping[str, AssessedSeries], text: Text
) -> Iterator[Any]:
    """One line a status, by the official method; the States in the order in which they come."""
    official = [track.official.method for track in by_area.values() if track.official]
    if not official:
        return
    names = ", ".join(method_name(method, text) for method in dict.fromkeys(official))
    yield html.P([html.Strong(track.title(text)), ". ", text("goal.judged_by", method=names)])
    found: dict[str, list[AssessedSeries]] = {status: [] for status in SHOWN_STATUSES}
    for series in by_area.values():
        found[series.status].append(series)
    lines = [status_line(status, own, text) for status, own in found.items() if own]
    yield html.Ul(lines, className="standings")


def status_line(status: str, own: Sequence[AssessedSeries], text: Text) -> html.Li:
    head = html.Strong(f"{text(f'status.{status}')}: {text.number(len(own), 0)}")
    states = (
        grouped_by_reason(own, text) if status is Status.NOT_ASSESSED else named_states(own, text)
    )
    return html.Li([head, " – ", *states])


def grouped_by_reason(own: Sequence[AssessedSeries], text: Text) -> Iterator[Any]:
    """Those of one reason together: `CY HU: No value has been reported.`"""
    why: dict[str, list[AssessedSeries]] = {}
    for track in own:
        why.setdefault(absence_reason(track, text), []).append(track)
    for reason, tracks in why.items():
        yield from [*named_states(tracks, text), f": {reason} "]


def absence_reason(track: AssessedSeries, text: Text) -> str:
    if track.official is not None:
        return computed_note(track, text) or reason_text(track.official.verdict.reason, text)
    return text("arithmetic.none") if track.newest else reason_text(NO_VALUE, text)


def named_states(own: Sequence[AssessedSeries], text: Text) -> Iterator[Any]:
    for at, track in enumerate(own):
        yield from [" " if at else "", html.Abbr(track.area, title=text.code("area", track.area))]
        if track.status is not Status.NOT_ASSESSED and (note := computed_note(track, text)):
            yield f" ({note})"
