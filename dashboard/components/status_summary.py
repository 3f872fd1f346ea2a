"""How many States have each status, and which: in words, never as a ranking."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dash import html

from dashboard.assessments import SHOWN
from dashboard.components.overrides import computed
from dashboard.narrative import method_name, reason
from dashboard.series import AssessedSeries
from dashboard.texts import Text
from metrics.core.verdicts import Status

NO_VALUE = "no_value"  # what the methods say of a State that has sent nothing


def standings(
    track: AssessedSeries, by_area: Mapping[str, AssessedSeries], text: Text
) -> Iterator[Any]:
    """One line a status, by the official method; the States in the order in which they come."""
    official = [each.official.method for each in by_area.values() if each.official]
    if not official:
        return
    names = ", ".join(method_name(each, text) for each in dict.fromkeys(official))
    yield html.P([html.Strong(track.title(text)), ". ", text("goal.judged_by", method=names)])
    found: dict[str, list[AssessedSeries]] = {each: [] for each in SHOWN}
    for each in by_area.values():
        found[each.status].append(each)
    lines = [_line(status, own, text) for status, own in found.items() if own]
    yield html.Ul(lines, className="standings")


def _line(status: str, own: Sequence[AssessedSeries], text: Text) -> html.Li:
    head = html.Strong(f"{text(f'status.{status}')}: {text.number(len(own), 0)}")
    said = _with_reasons(own, text) if status is Status.NOT_ASSESSED else _named(own, text)
    return html.Li([head, " – ", *said])


def _with_reasons(own: Sequence[AssessedSeries], text: Text) -> Iterator[Any]:
    """Those of one reason together: `CY HU: No value has been reported.`"""
    why: dict[str, list[AssessedSeries]] = {}
    for each in own:
        why.setdefault(_why(each, text), []).append(each)
    for said, those in why.items():
        yield from [*_named(those, text), f": {said} "]


def _why(track: AssessedSeries, text: Text) -> str:
    if track.official is not None:
        return computed(track, text) or reason(track.official.verdict.reason, text)
    return text("arithmetic.none") if track.newest else reason(NO_VALUE, text)


def _named(own: Sequence[AssessedSeries], text: Text) -> Iterator[Any]:
    for at, each in enumerate(own):
        yield from [" " if at else "", html.Abbr(each.area, title=text.code("area", each.area))]
        if each.status is not Status.NOT_ASSESSED and (note := computed(each, text)):
            yield f" ({note})"
