"""The trend carried on: a control to show it, and what it says in words and as a table."""

from collections.abc import Iterator

from dash import html

from dashboard.assessments import Outlook
from dashboard.components.layout import Drawn
from dashboard.components.pickers import switch
from dashboard.components.tables import table
from dashboard.context import PageContext
from dashboard.narrative import outlook_outcome
from dashboard.series import AssessedSeries
from dashboard.texts import Text
from dashboard.view import View

ON = "on"


def outlook_switch(track: AssessedSeries, context: PageContext, path: str) -> Drawn:
    """Off until it is asked for; not offered where no target has a trend."""
    if track.outlook is None:
        return None
    label = context.text("outlook.title")
    options = {"": context.text("outlook.off"), ON: context.text("outlook.on")}
    control = switch("outlook", label, options, context.view, path)
    return html.Div([html.Span(label), control], className="outlook-control")


def chosen_outlook(track: AssessedSeries, view: View) -> Outlook | None:
    return track.outlook if view.outlook == ON else None


def outlook_sentence(outlook: Outlook | None, text: Text) -> Iterator[html.P]:
    if outlook is not None:
        note = text("outlook.interval") if outlook.path else ""
        sentence = f" {outlook_outcome(outlook, text)} {note}"
        yield html.P([html.Strong(text("outlook.title") + "."), sentence], className="outlook")


def outlook_table(track: AssessedSeries, outlook: Outlook | None, text: Text) -> Iterator[html.Div]:
    """A table of its own, so that nobody takes its lines for figures."""
    if outlook is None or not outlook.path:
        return
    columns = [text("table.period"), text("table.value"), text("outlook.low"), text("outlook.high")]
    rows = [
        [str(int(when)), track.format_value(value, text), text.number(low), text.number(high)]
        for when, value, low, high in outlook.path
    ]
    yield table(text("outlook.title"), columns, rows, numeric=[1, 2, 3])
