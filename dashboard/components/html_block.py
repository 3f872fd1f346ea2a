"""HTML that a template writes: one string instead of thousands of components.

Dash draws each component by itself, which takes seconds for a table of a thousand cells. Templates
escape every text; `assets/html_block.js` writes the string into the page.
"""

from dash import ClientsideFunction, Input, Output, clientside_callback, dcc, html
from markupsafe import Markup

from dashboard.html_templates import template

HTML_BLOCK, HTML_SOURCE = "html-block", "html-block-source"  # one of each on a page

clientside_callback(
    ClientsideFunction("html_block", "write"),
    Output(HTML_BLOCK, "data-written"),
    Input(HTML_SOURCE, "data"),
)


def html_block(name: str, **values: object) -> html.Div:
    """What a template of `dashboard/templates` writes with these values."""
    written = Markup(template(name).render(**values))  # noqa: S704 - it has escaped every text
    return html.Div([dcc.Store(id=HTML_SOURCE, data=written), html.Div(id=HTML_BLOCK)])
