"""The status of every series of a goal, by Member State and by method."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dash import dcc, html

from dashboard.components.notes import marked_caption
from dashboard.components.overrides import override_note
from dashboard.components.status import small_badge, status_legend
from dashboard.components.tables import Cell, table
from dashboard.context import PageContext
from dashboard.narrative import method_name
from dashboard.series import AssessedSeries
from dashboard.texts import Text
from metrics.catalogue.definitions import Goal
from metrics.core.verdicts import Status

Series = Mapping[str, AssessedSeries]  # the same series of each area that has it


def matrix(
    goal: Goal, by_area: Mapping[str, Sequence[AssessedSeries]], context: PageContext
) -> Iterator[Any]:
    """A row a series and method, a column a State: 27 icons fit on one line of a screen."""
    text = context.text
    reported = {area: [track for track in tracks if track.newest]
                for area, tracks in by_area.items()}  # fmt: skip
    given = {area: tracks for area, tracks in reported.items() if tracks}
    if not given:
        yield html.P(text("goal.no_series"), className="absent")
        return
    rows = [row for series in by_series(given).values()
            for row in method_rows(series, list(given), text)]  # fmt: skip
    heads = [text("goal.indicator"), *(state_heading(area, context) for area in given)]
    caption = marked_caption(text("matrix.caption", goal=goal.code), context)
    yield html.Div([table(caption, heads, rows), status_legend(text)], className="matrix")


def by_series(
    given: Mapping[str, Sequence[AssessedSeries]],
) -> dict[str, dict[str, AssessedSeries]]:
    found: dict[str, dict[str, AssessedSeries]] = {}
    for area, tracks in given.items():
        for track in tracks:
            found.setdefault(track.name, {})[area] = track
    return found


def method_rows(series: Series, areas: Sequence[str], text: Text) -> Iterator[list[Cell]]:
    """The official method first, then each that is shown beside it."""
    title = next(iter(series.values())).title(text)
    methods = dict.fromkeys(
        (judgement.method, judgement.official)
        for track in series.values()
        for judgement in track.judgements
    )
    for method, is_official in methods or {("", True): None}:
        role = text("arithmetic.official" if is_official else "arithmetic.beside")
        note = f"{method_name(method, text)}, {role}" if method else text("arithmetic.none")
        name = html.Span(title, className="" if is_official else "visually-hidden")
        cells = [
            status_icon(series.get(area), method, text, is_official=is_official) for area in areas
        ]
        yield [[name, html.Span(note, className="note")], *cells]


def state_heading(area: str, context: PageContext) -> html.Abbr:
    link = dcc.Link(area, href=context.view.kept.link("/state", area=area))
    return html.Abbr(link, title=context.text.code("area", area))


def status_icon(
    track: AssessedSeries | None, method: str, text: Text, *, is_official: bool
) -> Cell:
    """The verdict of a method on a State; a dash where the State has no such series."""
    if track is None:
        return html.Span("–", title=text("absent.not_reported"))
    for verdict in track.judgements:
        if (verdict.method, verdict.official) == (method, is_official):
            note = override_note(verdict.status, verdict.computed, text)
            return small_badge(verdict.status, text, note)
    return small_badge(Status.NOT_ASSESSED, text)
