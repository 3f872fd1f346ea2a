"""A link that shows the same for good: it names the release, and every choice that a page made."""

from dash import html

from dashboard.addresses.lasting_addresses import lasting_address
from dashboard.components.layout import script_words
from dashboard.context import PageContext


def copy_link(path: str, context: PageContext, **chosen: str) -> html.Span:
    """Copied by `copy_link.js`, which says so; without a script, it leads to that address."""
    text = context.text
    words = script_words(
        text.language, copied=text("copy_link.copied"), select=text("copy_link.select")
    )
    link = html.A(
        text("copy_link.copy"),
        href=lasting_address(path, context, **chosen),
        className="copy-link",
        **words,
    )
    return html.Span([link, html.Span(role="status", className="copy-answer")], className="copy")
