"""A link that shows the same for good: it names the release, and every choice that a page made."""

from dash import html

from dashboard.components.layout import attributes
from dashboard.context import PageContext


def lasting_address(path: str, context: PageContext, **chosen: str) -> str:
    """The address of a page with its release and language, and what it chose by default."""
    named = {
        "lang": context.language,
        "collection": context.collection.code,
        "release": context.release_label,
    }
    unnamed = {name: value for name, value in chosen.items() if not getattr(context.view, name)}
    return context.view.link(path, **named, **unnamed)


def copy_link(path: str, context: PageContext, **chosen: str) -> html.Span:
    """Copied by `copy_link.js`, which says so; without a script, it leads to that address."""
    text = context.text
    words = attributes(data_copied=text("copy_link.copied"), data_select=text("copy_link.select"))
    link = html.A(
        text("copy_link.copy"),
        href=lasting_address(path, context, **chosen),
        className="copy-link",
        **words,
    )
    return html.Span([link, html.Span(role="status", className="copy-answer")], className="copy")
