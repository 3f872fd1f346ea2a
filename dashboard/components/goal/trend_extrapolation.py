"""The trend extrapolated: the switch that shows it, its sentence and its table."""

from collections.abc import Iterator

from dash import html

from dashboard.components.layout import Drawn
from dashboard.components.pickers import switch
from dashboard.components.tables import table
from dashboard.contents.view_charts import SHOWN_OUTLOOK
from dashboard.context import PageContext
from dashboard.released.assessments import Outlook
from dashboard.released.series import AssessedSeries
from dashboard.texts import Text
from dashboard.wording.narrative import outlook_outcome


def outlook_switch(series: AssessedSeries, context: PageContext, path: str) -> Drawn:
    """Off by default; not offered where no target has a trend."""
    if series.outlook is None:
        return None
    label = context.text("outlook.title")
    options = {"": context.text("outlook.off"), SHOWN_OUTLOOK: context.text("outlook.on")}
    control = switch("outlook", label, options, context.view, path)
    return html.Div([html.Span(label), control], className="outlook-control")


def outlook_sentence(outlook: Outlook | None, text: Text) -> Iterator[html.P]:
    if outlook is not None:
        note = text("outlook.interval") if outlook.path else ""
        sentence = f" {outlook_outcome(outlook, text)} {note}"
        yield html.P([html.Strong(text("outlook.title") + "."), sentence], className="outlook")


def outlook_table(
    series: AssessedSeries, outlook: Outlook | None, text: Text
) -> Iterator[html.Div]:
    """A separate table, so that nobody takes extrapolated values for observed ones."""
    if outlook is None or not outlook.path:
        return
    columns = [text("table.period"), text("table.value"), text("outlook.low"), text("outlook.high")]
    rows = [
        [
            str(int(when)),
            series.format_value(value, text),
            series.format_number(low, text),
            series.format_number(high, text),
        ]
        for when, value, low, high in outlook.path
    ]
    yield table(text("outlook.title"), columns, rows, numeric=[1, 2, 3])
