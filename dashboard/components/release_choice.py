"""Collection and release with its day, and other choices, folded away until somebody asks."""

from collections.abc import Sequence

from dash import html

from dashboard.components.frame import collection_picker, release_date
from dashboard.components.layout import Drawn
from dashboard.context import PageContext


def folded_release_choice(context: PageContext, others: Sequence[Drawn] = ()) -> html.Details:
    """With the other choices that a page seldom needs."""
    name = context.text("state.release" if others else "frame.release")
    summary = " · ".join([name, *release_date(context)])
    choices = html.Div([*others, collection_picker(context)], className="choices")
    return html.Details([html.Summary(summary), choices], className="choose")
