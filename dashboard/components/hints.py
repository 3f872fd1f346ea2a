"""Words about a short sign, which appear when it is pointed at, focused or touched.

A `title` is read with a mouse only. `assets/hints.js` shows the words of a hint for everyone, so
only what takes the focus may have one: a link, a list of choices, or a button that does this alone.
"""

from typing import Any

from dash import html

from dashboard.components.layout import Drawn, attributes


def hint(words: str) -> dict[str, Any]:
    """The attributes of a link or list that has words of its own; none without words."""
    return attributes(data_hint=words) if words else {}


def hinted_link(sign: Drawn, href: str, words: str, kind: str | None = None) -> html.A:
    """A short link to a page, such as the code of a State, with its words."""
    return html.A(sign, href=href, className=kind, **hint(words))


def hint_button(sign: Drawn, words: str, kind: str = "") -> html.Button:
    """A sign that leads nowhere and has words."""
    return html.Button(sign, type="button", className=f"hint {kind}".strip(), **hint(words))
