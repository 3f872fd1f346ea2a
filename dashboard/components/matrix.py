"""The status of every series of a goal, by Member State."""

from collections.abc import Mapping, Sequence

from dash import dcc, html

from dashboard.components.notes import stamped
from dashboard.components.status import legend, small_badge
from dashboard.components.tables import Cell, table
from dashboard.texts import Text
from dashboard.tracks import Track
from dashboard.view import View
from metrics.definitions import Goal


def matrix(
    goal: Goal, by_area: Mapping[str, Sequence[Track]], shown: tuple[View, Text]
) -> html.Div:
    """A row a series, a column a State: 27 icons fit on one line of a screen."""
    view, text = shown
    titles = {each.name: each.title(text) for each in next(iter(by_area.values()))}
    found = {(area, each.name): each.status for area, own in by_area.items() for each in own}
    rows: list[list[Cell]] = [
        [title, *(_status(found.get((area, name)), text) for area in by_area)]
        for name, title in titles.items()
    ]
    heads = [text("goal.indicator"), *(_head(area, view, text) for area in by_area)]
    caption = stamped(text("matrix.caption", goal=goal.code), view, text)
    return html.Div([table(caption, heads, rows), legend(text)], className="matrix")


def _head(area: str, view: View, text: Text) -> html.Abbr:
    link = dcc.Link(area, href=view.kept.link("/state", area=area))
    return html.Abbr(link, title=text.code("area", area))


def _status(status: str | None, text: Text) -> Cell:
    return small_badge(status, text) if status else ""
