"""HTML attributes that Python cannot spell, and layout elements that all pages share."""

from collections.abc import Sequence
from html import escape
from typing import Any

from dash import dcc, html

from dashboard.texts import Text
from dashboard.wording.language_spans import mark_html
from metrics.messages import language_of_most_texts

Drawn = Any  # a Dash component, a text, or a list of both


def attributes(**named: object) -> dict[str, Any]:
    """`aria_label` → `aria-label`."""
    return {name.replace("_", "-"): value for name, value in named.items()}


def script_words(language: str, **words: str) -> dict[str, Any]:
    """Words that a script writes into the page, as HTML: `failed` → `data-failed`."""
    most = language_of_most_texts(language)
    marked = {name: mark_html(escape(own, quote=False), most) for name, own in words.items()}
    return attributes(**{f"data_{name}": own for name, own in marked.items()})


def card(heading: Drawn, body: Sequence[Drawn], kind: str = "", anchor: str = "") -> html.Section:
    """A section under a heading; one with an anchor has an address, which its heading links to."""
    kinds = f"card {kind}".strip()
    if not anchor:
        return html.Section([html.H2(heading), *body], className=kinds)
    title = html.H2([heading, " ", anchor_link(anchor)])
    return html.Section([title, *body], id=anchor, className=kinds)


def anchor_link(anchor: str) -> html.A:
    """The address of a section, at its heading."""
    return html.A("#", href=f"#{anchor}", className="anchor", **attributes(aria_label=f"#{anchor}"))


def page_link(words: Drawn, href: str, kind: str | None = None) -> dcc.Link:
    """Link to a page that is loaded whole, as Dash is much slower in replacing its parts."""
    return dcc.Link(words, href=href, className=kind, refresh=True)


def filters(*pickers: Drawn) -> html.Div:
    return html.Div(list(pickers), className="filters")


def join_links(links: Sequence[Drawn], text: Text) -> list[Drawn]:
    """Links in one line, apart as the language separates clauses."""
    apart = f"{text('list.apart')} "
    return [part for link in links for part in (link, apart)][:-1]
