"""What an address shows that is none of ours."""

from dash import dcc, html

from dashboard.components.frame import frame
from dashboard.components.frame import register_not_found as register_page
from dashboard.texts import texts
from dashboard.view import View

register_page(__name__)


def layout(**query: str) -> html.Div:
    view = View.of(query)
    text = texts(view.lang)
    way_out = dcc.Link(text("overview.title"), href=view.kept.link("/"))
    return frame("/not_found", view, [html.P([text("not_found.lead"), " ", way_out])])
