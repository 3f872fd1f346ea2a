"""The trend carried on: a control to show it, and what it says in words and as a table."""

from collections.abc import Iterator

from dash import html

from dashboard.assessments import Outlook
from dashboard.components.layout import Drawn
from dashboard.components.pickers import switch
from dashboard.components.tables import table
from dashboard.narrative import where_it_leads
from dashboard.series import AssessedSeries
from dashboard.texts import Text
from dashboard.view import View

ON = "on"


def control(track: AssessedSeries, here: tuple[View, str], text: Text) -> Drawn:
    """Off until it is asked for; not offered where no target has a trend."""
    if track.outlook is None:
        return None
    label = text("outlook.title")
    ways = {"": text("outlook.off"), ON: text("outlook.on")}
    return html.Div(
        [html.Span(label), switch("outlook", label, ways, here)], className="outlook-control"
    )


def shown(track: AssessedSeries, view: View) -> Outlook | None:
    return track.outlook if view.outlook == ON else None


def in_words(outlook: Outlook | None, text: Text) -> Iterator[html.P]:
    if outlook is not None:
        note = text("outlook.interval") if outlook.path else ""
        said = f" {where_it_leads(outlook, text)} {note}"
        yield html.P([html.Strong(text("outlook.title") + "."), said], className="outlook")


def outlook_table(track: AssessedSeries, outlook: Outlook | None, text: Text) -> Iterator[html.Div]:
    """A table of its own, so that nobody takes its lines for figures."""
    if outlook is None or not outlook.path:
        return
    columns = [text("table.period"), text("table.value"), text("outlook.low"), text("outlook.high")]
    rows = [
        [str(int(when)), track.shown(value, text), text.number(low), text.number(high)]
        for when, value, low, high in outlook.path
    ]
    yield table(text("outlook.title"), columns, rows, numeric=[1, 2, 3])
