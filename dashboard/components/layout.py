"""What Python cannot say of HTML, and the pieces that every page is laid out with."""

from collections.abc import Sequence
from typing import Any

from dash import html

Drawn = Any  # a component of Dash, a text, or a list of them


def attributes(**named: object) -> dict[str, Any]:
    """`aria_label` → `aria-label`."""
    return {name.replace("_", "-"): value for name, value in named.items()}


def card(heading: Drawn, body: Sequence[Drawn], kind: str = "") -> html.Section:
    return html.Section([html.H2(heading), *body], className=f"card {kind}".strip())


def filters(*pickers: Drawn) -> html.Div:
    return html.Div(list(pickers), className="filters")


def page_heading(above: str, title: Drawn) -> html.Div:
    """The heading of a page, and in small what it belongs to."""
    return html.Div([html.P(above, className="above"), html.H1(title)])


def join_links(links: Sequence[Drawn]) -> list[Drawn]:
    """In one line, parted by semicolons."""
    return [part for link in links for part in (link, "; ")][:-1]
