"""The address that shows the same for good: it names the release, and every choice of a page."""

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
