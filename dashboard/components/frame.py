"""The frame of every page: title, banner, menu, heading, the page itself, and its release."""

from collections.abc import Callable, Sequence
from typing import Any

import dash
from dash import dcc, html
from flask import has_request_context, request

from dashboard import data
from dashboard.components.layout import Drawn, attributes
from dashboard.components.pickers import picker
from dashboard.context import PageContext, resolve_context
from dashboard.data import Release
from dashboard.texts import Text, texts
from dashboard.view import View
from metrics.messages import languages

REGISTER: Any = dash.register_page  # Dash declares no types for it
ROUTED_SEARCH = "_pages_location.search"  # the query of the address, in Dash's own router


def frame(
    page: str, context: PageContext, children: Sequence[Any], heading: Drawn = None
) -> html.Div:
    """`page` is the page's path; its words are under `<name>.title` and `<name>.lead`."""
    text = context.text
    name = page.strip("/") or "overview"
    title = heading or html.H1(page_words(name, "title", text))
    return html.Div(
        [
            html.A(text("frame.skip"), href="#main", className="skip"),
            header(page, context),
            invented_banner(context),
            html.Main(
                [
                    html.Div([title, collection_picker(context)], className="page-head"),
                    *children,
                ],
                id="main",
                tabIndex=-1,
            ),
            footer(context),
        ],
        className=f"page page-{name}",
        lang=context.language,
    )


def header(page: str, context: PageContext) -> html.Header:
    text = context.text
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
                html.Nav(menu(page, context), **attributes(aria_label=text("frame.menu"))),
                html.Nav(
                    language_links(page, context),
                    className="languages",
                    **attributes(aria_label=text("frame.language")),
                ),
            ],
            className="header-row",
        )
    )


def menu(page: str, context: PageContext) -> html.Ul:
    """Every registered page that has a place in the menu."""
    pages = [registered for registered in dash.page_registry.values() if registered.get("menu")]
    pages.sort(key=lambda registered: registered["order"])
    return html.Ul([html.Li(menu_entry(registered, page, context)) for registered in pages])


def menu_entry(registered: dict[str, Any], page: str, context: PageContext) -> Drawn:
    words = page_words(registered["menu"], "menu", context.text)
    href = context.view.kept.link(registered["path"])
    if registered["path"] == page:
        return html.A(words, href=href, className="current", **attributes(aria_current="page"))
    return dcc.Link(words, href=href)


def language_links(page: str, context: PageContext) -> html.Ul:
    """A whole new page, so that the language of the document changes too."""
    return html.Ul(
        [
            html.Li(
                html.A(
                    language.upper(),
                    href=context.view.link(page, lang=language),
                    hrefLang=language,
                    lang=language,
                    title=texts(language)("frame.language_name"),
                    **(attributes(aria_current="true") if language == context.language else {}),
                )
            )
            for language in languages()
        ]
    )


def invented_banner(context: PageContext) -> html.Div:
    if not context.is_invented:
        return html.Div(hidden=True)
    note = context.collection.note(context.language)
    return html.Div(
        [html.Strong(context.text("note.invented")), " ", html.Span(note)],
        className="banner-invented",
        role="note",
    )


def collection_picker(context: PageContext) -> html.Div:
    """Choices of collection and release, and the day up to which the release holds figures."""
    text, release = context.text, context.release
    collections = data.collections_in_order()
    names = {collection.code: collection.name(context.language) for collection in collections}
    labels = {label: label for label in context.labels} or {"": text("frame.none")}
    label = release.label if release else ""
    return html.Div(
        [
            picker("collection", text("frame.collection"), names, context.collection.code),
            picker("release", text("frame.release"), labels, label),
            html.P(as_of(release, text), className="as-of"),
        ],
        className="standing",
    )


def as_of(release: Release | None, text: Text) -> str:
    if release is None or not release.as_of:
        return text("frame.no_release")
    return text("frame.as_of", day=text.date(release.as_of))


def footer(context: PageContext) -> html.Footer:
    return html.Footer(
        html.Div(
            [
                html.P(context.collection.note(context.language)),
                html.P(context.text("footer.method")),
                html.P(release_version(context.release, context.text), className="quiet"),
            ],
            className="footer-row",
        )
    )


def release_version(release: Release | None, text: Text) -> str:
    if release is None:
        return text("frame.no_release")
    return text("footer.version", release=release.label, catalogue=release.facts.get("catalogue"))


def register_page(module: str, path: str, order: int) -> None:
    """Register a page and its menu entry; its words are under `<name>.title` and `<name>.menu`."""
    name = module.rpartition(".")[2]
    REGISTER(module, path=path, order=order, menu=name, title=title_function(name))


def register_not_found(module: str) -> None:
    """Register the page for unknown addresses; Dash knows it by its module's name."""
    REGISTER(module, path="/404", order=99, title=title_function("not_found"))


def title_function(page: str) -> Callable[..., str]:
    return lambda **_: document_title(page, resolve_context(View.parse(search_of_request())))


def document_title(page: str, context: PageContext) -> str:
    """`Overview · EMPACT metrics · Sample figures (invented)`."""
    text = context.text
    parts = [page_words(page, "title", text), text("frame.product")]
    return " · ".join([*parts, *([text("note.invented")] if context.is_invented else [])])


def page_words(page: str, key: str, text: Text) -> str:
    """The title or menu entry of a page; the name of the page while words are missing."""
    if f"{page}.{key}" in text.words:
        return text(f"{page}.{key}")
    return page.replace("_", " ").capitalize()


def search_of_request() -> str:
    """The query of the page's address: of the document, or as the browser's router sends it."""
    if not has_request_context():
        return ""
    if request.path.endswith("_dash-update-component"):
        return str(dash.ctx.inputs.get(ROUTED_SEARCH) or "")
    return request.query_string.decode()
