"""Links from pages to the guides for their readers."""

from dash import html

from dashboard.components.layout import page_link
from dashboard.context import PageContext
from dashboard.documents import GUIDES, document_names, language_of_document

DOCUMENT_PATH = "/guides"
INDEX_ANCHOR = "section-figures-of-the-union-and-of-other-groups-aggregate"  # of `methods.md`


def document_address(name: str, context: PageContext) -> str:
    """The address that shows a document, with the choices that links between pages keep."""
    return context.view.lasting_choices.link(DOCUMENT_PATH, document=name)


def guide_link(role: str, context: PageContext) -> html.P:
    """Link to the guide of a role; nothing if the documents are not installed."""
    name = f"{GUIDES}/{role}"
    if name not in document_names():
        return html.P(hidden=True)
    words = context.text(f"guides.{role}")
    if language_of_document(name, context.language) != context.language:
        words = context.text("guides.in_english", guide=words)
    return html.P(page_link(words, document_address(name, context)), className="guide-link")


def which_index(key: str, context: PageContext) -> html.P:
    """Which of two indices of a sum is shown, with a link to how both are calculated."""
    text = context.text
    href = f"{document_address('methods', context)}#{INDEX_ANCHOR}"
    return html.P([text(key), " ", page_link(text("index.methods"), href)], className="quiet")
