"""The guides by role, and the other documents of the project, translated or in English."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from dash import dcc, html

from dashboard.components.frame import frame
from dashboard.components.guide_links import DOCUMENT_PATH, document_address
from dashboard.components.layout import card, page_link
from dashboard.components.page_registry import register_page
from dashboard.context import PageContext, resolve_context
from dashboard.documents import (
    DocumentSection,
    ProjectDocument,
    document_names,
    is_guide,
    language_of_document,
    read_document,
)
from dashboard.view import View
from metrics.core.errors import DefinitionError
from metrics.messages.error_texts import error_sentence


def guide_title(context: PageContext) -> str:
    """The title of the document that is shown, or of the list of documents."""
    name = context.view.document
    is_known = name in document_names()
    return read(name, context).title if is_known else context.text("guides.title")


register_page(__name__, DOCUMENT_PATH, order=70, title=guide_title, is_kept=True)


def layout(**query: str) -> html.Div:
    context = resolve_context(View.from_query(query))
    name = context.view.document
    if name in document_names():
        document = read(name, context)
        heading = html.H1(document.title, lang=document.language)
        return frame(DOCUMENT_PATH, context, document_parts(document, context), heading,
                     of_release=False)  # fmt: skip
    return frame(DOCUMENT_PATH, context, [*index(context)], of_release=False)


def read(name: str, context: PageContext) -> ProjectDocument:
    return read_document(name, partial(document_address, context=context), context.language)


def document_parts(document: ProjectDocument, context: PageContext) -> list[Any]:
    """What a document says, and the way back to all of them."""
    back = page_link(context.text("guides.all"), context.view.link(DOCUMENT_PATH, document=""))
    return [
        html.P(back),
        html.Article(
            [section(part) for part in document.sections],
            className="card document",
            lang=document.language,
        ),
        html.P(back),
    ]


def section(part: DocumentSection) -> html.Section:
    """A heading and the text under it, to which links lead by its anchor."""
    drawn = dcc.Markdown(part.body)
    return html.Section(drawn, id=part.anchor) if part.anchor else html.Section(drawn)


def index(context: PageContext) -> Iterator[Any]:
    """The guides, and below them the documents that say more."""
    text, name = context.text, context.view.document
    if name:
        yield html.P(text("guides.missing", name=name), role="alert", className="absent")
    yield html.P(text("guides.lead"), className="lead")
    names = document_names()
    if any(language_of_document(name, context.language) != context.language for name in names):
        yield html.P(text("guides.untranslated"), className="quiet")
    guides = [name for name in names if is_guide(name)]
    others = [name for name in names if "/" not in name]
    yield card(text("guides.by_role"), [document_list(guides, context)])
    yield card(text("guides.others"), [document_list(others, context)])


def document_list(names: list[str], context: PageContext) -> html.Ul:
    """A link to each document, under its title in the language in which it is found."""
    listed = [
        html.Li(link_or_fault(name, context), lang=language_of_document(name, context.language))
        for name in names
    ]
    return html.Ul(listed, className="documents")


def link_or_fault(name: str, context: PageContext) -> dcc.Link | html.Span:
    try:
        title = read(name, context).title
    except DefinitionError as error:
        return html.Span(error_sentence(error, context.language), className="absent")
    return page_link(title, document_address(name, context))
