"""A link to the indicators of context, from the pages of goals."""

from dash import html

from dashboard.components.layout import page_link
from dashboard.context import PageContext

CONTEXT_PATH = "/context"


def context_link(context: PageContext) -> html.P:
    href = context.view.lasting_choices.link(CONTEXT_PATH)
    return html.P(page_link(context.text("context.link"), href=href), className="quiet guide-link")
