"""The title of a page, in the language and with the collection of its address."""

from collections.abc import Callable
from typing import Any

import dash
from flask import has_request_context, request

from dashboard import data
from dashboard.texts import texts
from dashboard.view import View

REGISTER: Any = dash.register_page  # Dash declares no types for it
ADDRESS = "_pages_location.search"  # of Dash's own router


def register_page(module: str, path: str, order: int) -> None:
    """A page with its place in the menu; its words are under `<name>.title` and `<name>.menu`."""
    name = module.rpartition(".")[2]
    REGISTER(module, path=path, order=order, menu=f"{name}.menu", title=titled(name))


def register_not_found(module: str) -> None:
    """The page for every address that is none; Dash knows it by its module's name."""
    REGISTER(module, path="/404", order=99, title=titled("not_found"))


def titled(page: str) -> Callable[..., str]:
    return lambda **_: title(page, View.parse(search_of_request()))


def title(page: str, view: View) -> str:
    """`Overview · EMPACT metrics · Sample figures (invented)`."""
    text = texts(view.lang)
    said = [text(f"{page}.title"), text("frame.product")]
    if data.is_invented(view):
        said.append(text("note.invented"))
    return " · ".join(said)


def search_of_request() -> str:
    """The address of the page: of the document, or as the browser's router tells it."""
    if not has_request_context():
        return ""
    if request.path.endswith("_dash-update-component"):
        return str(dash.ctx.inputs.get(ADDRESS) or "")
    return request.query_string.decode()
