"""The page for an unknown address."""

from dash import html

from dashboard.components.frame import frame
from dashboard.components.layout import page_link
from dashboard.components.page_registry import register_not_found
from dashboard.context import resolve_context
from dashboard.view import View

register_not_found(__name__)


def layout(**query: str) -> html.Div:
    context = resolve_context(View.from_query(query))
    text = context.text
    link = page_link(text("scoreboard.title"), href=context.view.lasting_choices.link("/"))
    return frame("/not_found", context, [html.P([text("not_found.lead"), " ", link])])
