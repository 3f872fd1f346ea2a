"""Collection and release with the day of its figures, folded away until somebody asks for them."""

from dash import html

from dashboard.components.frame import collection_picker, release_date
from dashboard.context import PageContext


def folded_release_choice(context: PageContext) -> html.Details:
    summary = " · ".join([context.text("frame.release"), *release_date(context)])
    choices = html.Div(collection_picker(context), className="choices")
    return html.Details([html.Summary(summary), choices], className="choose")
