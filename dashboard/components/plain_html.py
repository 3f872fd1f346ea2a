"""Components as HTML text, so that a page can be read without the scripts of Dash.

A browser shows a document of HTML at once; Dash draws it from several answers and 300 kB of script.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from html import escape
from typing import Any

from dash import dcc
from markupsafe import Markup

from dashboard.dash_internals import is_component

HTML_MODULES = "dash.html."
VOID = {"Area", "Base", "Br", "Col", "Embed", "Hr", "Img", "Link", "Meta", "Source", "Track", "Wbr"}
TAG_NAMES = {"MapEl": "map", "ObjectEl": "object"}
ATTRIBUTES = {"className": "class", "htmlFor": "for"}  # of the others, HTML ignores the case
WORDED = ("aria-", "data-")  # a truth value is a word in these, and not a switch
# What a component has beside its attributes; names with an underscore are Dash's own.
NO_ATTRIBUTES = {
    "children", "key", "n_clicks", "n_clicks_timestamp", "disable_n_clicks", "refresh",
    "available_properties", "available_wildcard_properties",
}  # fmt: skip
CAPITAL_LETTER = re.compile("[A-Z]")
CHART_DATA = "chart-data"  # as in `assets/charts.js`
LESS_THAN = "\\u003c"  # in JSON, where a tag would end the script

Drawn = Any  # Dash declares no type for what it draws


class NeedsDashError(TypeError):
    """A component that only the scripts of Dash can draw."""


def plain_html(drawn: Drawn, callback_ids: AbstractSet[str] = frozenset()) -> str:
    """What Dash would draw in the browser, as text.

    NeedsDashError if it is more than HTML, or has one of the ids that callbacks read.
    """
    return PlainHtml(callback_ids).write(drawn)


class PlainHtml:
    """Writes the components of one page."""

    def __init__(self, callback_ids: AbstractSet[str]) -> None:
        self.callback_ids = callback_ids
        self.pieces: list[str] = []
        self.others: Mapping[type, Callable[[Drawn], None]] = {
            dcc.Link: self.add_link,
            dcc.Store: self.add_written_html,
            dcc.Graph: self.add_chart,
            dcc.Input: self.add_search_box,
        }

    def write(self, drawn: Drawn) -> str:
        self.add(drawn)
        return "".join(self.pieces)

    def add(self, drawn: Drawn) -> None:
        if isinstance(drawn, str):
            self.pieces.append(escape(drawn, quote=False))
        elif is_component(drawn):
            self.add_component(drawn)
        elif drawn is None or isinstance(drawn, bool):
            return
        elif isinstance(drawn, (list, tuple, Iterable)):
            for part in drawn:
                self.add(part)
        else:
            self.pieces.append(str(drawn))

    def add_component(self, component: Drawn) -> None:
        kind = type(component)
        if kind in self.others:
            self.others[kind](component)
        elif kind.__module__.startswith(HTML_MODULES):
            tag = TAG_NAMES.get(kind.__name__) or kind.__name__.lower()
            self.add_element(tag, component, is_void=kind.__name__ in VOID)
        else:
            raise NeedsDashError(kind.__name__)

    def add_element(self, tag: str, component: Drawn, *, is_void: bool = False) -> None:
        properties = vars(component)
        self.pieces.append(f"<{tag}{self.attributes(properties)}>")
        if not is_void:
            self.add(properties.get("children"))
            self.pieces.append(f"</{tag}>")

    def attributes(self, properties: Mapping[str, Drawn]) -> str:
        identity = properties.get("id")
        if isinstance(identity, Mapping) or identity in self.callback_ids:
            raise NeedsDashError(f"callbacks of {identity}")
        written = [
            attribute(name, value)
            for name, value in properties.items()
            if name not in NO_ATTRIBUTES and not name.startswith("_")
        ]
        return "".join(sorted(written))  # Dash has the properties in the order of a set

    def add_link(self, link: Drawn) -> None:
        self.add_element("a", link)

    def add_search_box(self, box: Drawn) -> None:
        self.add_element("input", box, is_void=True)

    def add_written_html(self, store: Drawn) -> None:
        """What `html_block` hands to the browser."""
        written = vars(store).get("data")
        if not isinstance(written, Markup):
            raise NeedsDashError("Store")
        self.pieces.append(written)

    def add_chart(self, graph: Drawn) -> None:
        """The figure as data, which `assets/charts.js` hands to plotly."""
        properties = vars(graph)
        given = {"figure": properties["figure"], "config": properties.get("config", {})}
        data = json.dumps(given, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        written = data.replace("<", LESS_THAN)
        frame = {"className": "dash-graph"} | {
            name: properties[name] for name in ("id", "style") if name in properties
        }
        self.pieces.append(
            f"<div{self.attributes(frame)}>"
            f'<script type="application/json" class="{CHART_DATA}">{written}</script></div>'
        )


def attribute(name: str, value: Drawn) -> str:
    """` class="card"`, ` hidden`; nothing for a value that is not given."""
    if isinstance(value, str):
        return f' {ATTRIBUTES.get(name) or name.lower()}="{escape(value)}"'
    if value is None:
        return ""
    if isinstance(value, bool):
        if not name.startswith(WORDED):
            return f" {name.lower()}" if value else ""
        value = str(value).lower()
    words = style_text(value) if name == "style" else str(value)
    return f' {ATTRIBUTES.get(name) or name.lower()}="{escape(words)}"'


def style_text(properties: Mapping[str, object]) -> str:
    """`{"fontSize": "1rem"}` → `font-size:1rem`."""
    return ";".join(
        f"{CAPITAL_LETTER.sub(lambda capital: f'-{capital[0].lower()}', name)}:{value}"
        for name, value in properties.items()
    )
