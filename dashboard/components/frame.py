"""The frame of every page: its title, banner, menu, one heading, the page, what it rests on."""

from collections.abc import Callable, Sequence
from typing import Any

import dash
from dash import dcc, html
from flask import has_request_context, request

from dashboard import data
from dashboard.components.layout import Drawn, attributes
from dashboard.components.pickers import picker
from dashboard.data import Release
from dashboard.texts import Text, languages, texts
from dashboard.view import View

REGISTER: Any = dash.register_page  # Dash declares no types for it
ADDRESS = "_pages_location.search"  # of Dash's own router


def frame(page: str, view: View, children: Sequence[Any], heading: Drawn = None) -> html.Div:
    """`page` is the page's path; its words are under `<name>.title` and `<name>.lead`."""
    text = texts(view.lang)
    name = page.strip("/") or "overview"
    release = data.release_of(view)
    return html.Div(
        [
            html.A(text("frame.skip"), href="#main", className="skip"),
            header(page, view, text),
            invented_banner(view, text),
            html.Main(
                [
                    html.Div(
                        [heading or html.H1(text(f"{name}.title")), standing(view, release, text)],
                        className="page-head",
                    ),
                    *children,
                ],
                id="main",
                tabIndex=-1,
            ),
            footer(view, release, text),
        ],
        className=f"page page-{name}",
        lang=text.language,
    )


def header(page: str, view: View, text: Text) -> html.Header:
    return html.Header(
        html.Div(
            [
                html.Div(
                    [
                        html.Span("EMPACT", className="brand-mark"),
                        html.Span(text("frame.brand"), className="brand-name"),
                    ],
                    className="brand",
                ),
                html.Nav(menu(page, view, text), **attributes(aria_label=text("frame.menu"))),
                html.Nav(
                    language_links(page, view, text),
                    className="languages",
                    **attributes(aria_label=text("frame.language")),
                ),
            ],
            className="header-row",
        )
    )


def menu(page: str, view: View, text: Text) -> html.Ul:
    """Every registered page that has a place in the menu."""
    entries = sorted(dash.page_registry.values(), key=lambda each: each["order"])
    return html.Ul([html.Li(entry(each, page, view, text)) for each in entries if each.get("menu")])


def entry(registered: dict[str, Any], page: str, view: View, text: Text) -> Drawn:
    words = text(registered["menu"])
    href = view.kept.link(registered["path"])
    if registered["path"] == page:
        return html.A(words, href=href, className="current", **attributes(aria_current="page"))
    return dcc.Link(words, href=href)


def language_links(page: str, view: View, text: Text) -> html.Ul:
    """A whole new page, so that the language of the document changes too."""
    return html.Ul(
        [
            html.Li(
                html.A(
                    each.upper(),
                    href=view.link(page, lang=each),
                    hrefLang=each,
                    lang=each,
                    title=texts(each)("frame.language_name"),
                    **(attributes(aria_current="true") if each == text.language else {}),
                )
            )
            for each in languages()
        ]
    )


def invented_banner(view: View, text: Text) -> html.Div:
    if not data.is_invented(view):
        return html.Div(hidden=True)
    note = data.collection_of(view).note(text.language)
    return html.Div(
        [html.Strong(text("note.invented")), " ", html.Span(note)],
        className="banner-invented",
        role="note",
    )


def standing(view: View, release: Release | None, text: Text) -> html.Div:
    """Collection, release and its day; the first two can be chosen."""
    collection = data.collection_of(view)
    names = {each.code: each.name(text.language) for each in data.in_order()}
    known = {label: label for label in data.labels(collection.code)}
    label = release.label if release else ""
    return html.Div(
        [
            picker("collection", text("frame.collection"), names, collection.code),
            picker("release", text("frame.release"), known or {"": text("frame.none")}, label),
            html.P(as_of(release, text), className="as-of"),
        ],
        className="standing",
    )


def as_of(release: Release | None, text: Text) -> str:
    if release is None or not release.as_of:
        return text("frame.no_release")
    return text("frame.as_of", day=text.date(release.as_of))


def footer(view: View, release: Release | None, text: Text) -> html.Footer:
    collection = data.collection_of(view)
    return html.Footer(
        html.Div(
            [
                html.P(collection.note(text.language)),
                html.P(text("footer.method")),
                html.P(version(release, text), className="quiet"),
            ],
            className="footer-row",
        )
    )


def version(release: Release | None, text: Text) -> str:
    if release is None:
        return text("frame.no_release")
    catalogue_version = str(release.facts.get("catalogue_version", release.facts.get("catalogue")))
    return text("footer.version", release=release.label, catalogue=catalogue_version)


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
