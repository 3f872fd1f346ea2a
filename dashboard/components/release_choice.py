"""Collection and release with the day of its figures, folded away until somebody asks for them."""

from collections.abc import Sequence

from dash import html

from dashboard.components.frame import collection_picker, release_date
from dashboard.components.layout import Drawn
from dashboard.context import PageContext


def folded_release_choice(context: PageContext, others: Sequence[Drawn] = ()) -> html.Details:
    """With the other choices that a page seldom needs."""
    summary = " · ".join([context.text("frame.release"), *release_date(context)])
    choices = html.Div([*others, collection_picker(context)], className="choices")
    return html.Details([html.Summary(summary), choices], className="choose")
