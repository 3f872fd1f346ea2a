"""The status of every series of a goal, by Member State."""

from collections.abc import Mapping, Sequence

from dash import dcc, html

from dashboard.components.status import badge, small_badge
from dashboard.components.tables import Cell, table
from dashboard.texts import Text
from dashboard.tracks import Track
from dashboard.view import View
from metrics.definitions import Goal

FEW = 3  # so many columns leave room for the words


def matrix(
    goal: Goal, by_area: Mapping[str, Sequence[Track]], shown: tuple[View, Text]
) -> html.Div:
    view, text = shown
    titles = {each.name: each.title(text) for each in next(iter(by_area.values()))}
    rows = [[_link(area, view, text), *_statuses(followed, titles, text)]
            for area, followed in by_area.items()]  # fmt: skip
    caption = text("matrix.caption", goal=goal.code)
    return table(caption, [text("overview.area"), *titles.values()], rows)


def _link(area: str, view: View, text: Text) -> dcc.Link:
    return dcc.Link(text.code("area", area), href=view.kept.link("/state", area=area))


def _statuses(followed: Sequence[Track], titles: Mapping[str, str], text: Text) -> list[Cell]:
    found = {each.name: each.status for each in followed}
    show = badge if len(titles) <= FEW else small_badge
    return [show(found[name], text) if name in found else "" for name in titles]
