"""What every view of a series has: the choice of chart or table, the file, what it rests on."""

from typing import Any

from dash import html

from dashboard import data
from dashboard.components.layout import Drawn
from dashboard.components.notes import caveats, publisher, source_line
from dashboard.components.pickers import switch
from dashboard.selection import Selection
from dashboard.series import AssessedSeries

PATH = "/goal"


def chart_or_table(chosen: Selection) -> Drawn:
    text = chosen.text
    options = {"chart": text("goal.chart"), "table": text("goal.table")}
    return switch("view", text("goal.view"), options, (chosen.view, PATH))


def card_head(title: str, what: str, chosen: Selection) -> html.Div:
    head = [html.H2(title), chart_or_table(chosen), take_away(what, chosen)]
    return html.Div(head, className="card-head")


def take_away(what: str, chosen: Selection) -> html.A:
    """The same view as a file; the address of the page is the address of the file."""
    shown = chosen.view.but(
        collection=data.collection_of(chosen.view).code,
        goal=chosen.goal.code if chosen.goal else "",
        area=chosen.area,
        indicator=chosen.track.name if chosen.track else "",
    )
    return html.A(
        chosen.text("goal.csv"), href=shown.link(f"/download/{what}.csv"), className="take"
    )


def under(chosen: Selection, track: AssessedSeries) -> list[Any]:
    line = source_line(chosen.view, chosen.release, chosen.text)
    said = " · ".join([*publisher(track, chosen.text), line])
    return [*caveats(track, chosen.text), html.P(said, className="source")]
