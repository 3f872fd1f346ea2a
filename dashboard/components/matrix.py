"""The status of every series of a goal, by Member State and by method."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dash import dcc, html

from dashboard.assessments import Assessment
from dashboard.components.notes import stamped
from dashboard.components.overrides import in_short
from dashboard.components.status import legend, small_badge
from dashboard.components.tables import Cell, table
from dashboard.narrative import method_name
from dashboard.series import AssessedSeries
from dashboard.texts import Text
from dashboard.view import View
from metrics.catalogue.definitions import Goal
from metrics.core.verdicts import Status

Series = Mapping[str, AssessedSeries]  # the same series of each area that has it


def matrix(
    goal: Goal, by_area: Mapping[str, Sequence[AssessedSeries]], shown: tuple[View, Text]
) -> Iterator[Any]:
    """A row a series and method, a column a State: 27 icons fit on one line of a screen."""
    view, text = shown
    known = {area: [each for each in own if each.newest] for area, own in by_area.items()}
    given = {area: own for area, own in known.items() if own}
    if not given:
        yield html.P(text("goal.no_series"), className="absent")
        return
    rows = [row for each in by_series(given).values() for row in _rows(each, list(given), text)]
    heads = [text("goal.indicator"), *(_head(area, view, text) for area in given)]
    caption = stamped(text("matrix.caption", goal=goal.code), view, text)
    yield html.Div([table(caption, heads, rows), legend(text)], className="matrix")


def by_series(
    given: Mapping[str, Sequence[AssessedSeries]],
) -> dict[str, dict[str, AssessedSeries]]:
    found: dict[str, dict[str, AssessedSeries]] = {}
    for area, own in given.items():
        for each in own:
            found.setdefault(each.name, {})[area] = each
    return found


def _rows(series: Series, areas: Sequence[str], text: Text) -> Iterator[list[Cell]]:
    """The official method first, then each that is shown beside it."""
    title = next(iter(series.values())).title(text)
    methods = dict.fromkeys(way(each) for own in series.values() for each in own.judgements)
    for method, is_official in methods or {("", True): None}:
        said = html.Span(_named(method, text, is_official=is_official), className="note")
        name = html.Span(title, className="" if is_official else "visually-hidden")
        yield [
            [name, said],
            *(_cell(series.get(area), (method, is_official), text) for area in areas),
        ]


def way(judgement: Assessment) -> tuple[str, bool]:
    return judgement.method, judgement.official


def _named(method: str, text: Text, *, is_official: bool) -> str:
    if not method:
        return text("arithmetic.none")
    role = text("arithmetic.official" if is_official else "arithmetic.beside")
    return f"{method_name(method, text)}, {role}"


def _head(area: str, view: View, text: Text) -> html.Abbr:
    link = dcc.Link(area, href=view.kept.link("/state", area=area))
    return html.Abbr(link, title=text.code("area", area))


def _cell(track: AssessedSeries | None, method: tuple[str, bool], text: Text) -> Cell:
    """What the method says of a state; a dash where the state has no such series."""
    if track is None:
        return html.Span("–", title=text("absent.not_reported"))
    found = next((each for each in track.judgements if way(each) == method), None)
    if found is None:
        return small_badge(Status.NOT_ASSESSED, text)
    return small_badge(found.status, text, in_short(found.status, found.computed, text))
