"""A deck in the browser: `/present?deck=alliance`, `/present?link=/goal?goal=GA-1.1`, or one sent.

The answer is one document that asks for nothing more, so it works when the server is gone.
"""

from flask import Flask, Response, abort, request

from dashboard.access import PRESENT_PATH, may_keep_decks
from dashboard.context import bare_context
from dashboard.hosts import public_address
from dashboard.pictures.deck_process import build_in_process
from dashboard.progress import no_advance
from dashboard.server.routes import answer_errors, requested_view
from dashboard.slides.deck_file import CURRENT_RELEASE, DeckFile, DeckSlide, read_deck_file
from dashboard.slides.deck_links import DeckLink
from dashboard.slides.deck_yaml import DECK_SUFFIX, LARGEST_FILE
from dashboard.slides.entry_summaries import DeckOrder
from dashboard.slides.kept_decks import deck_store
from dashboard.slides.present_files import script_digest
from dashboard.texts import texts
from dashboard.view import View
from dashboard.wording.language_spans import composing_in
from metrics.core.printable_names import printable_name

DECK_FIELD, FILE_FIELD = "text", "file"
PRESENTED_FORMAT = "html"


def register_presenting(server: Flask) -> None:
    server.add_url_rule(PRESENT_PATH, "present", present_deck, methods=["GET", "POST"])


def present_deck() -> Response:
    """The deck that is kept under a name, that is sent, or that consists of one view."""
    link = request.args.get("link", "") if request.method == "GET" else ""
    if request.method == "GET" and not link:
        refuse_unknown_deck(requested_view())
    with answer_errors():
        file = sent_deck() if request.method == "POST" else named_deck(link)
        own = file.model_copy(update={"address": file.address or public_address()})
        built = build_in_process(DeckOrder(own, PRESENTED_FORMAT), no_advance)
    answer = Response(built.content, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = content_policy()
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def content_policy() -> str:
    """Nothing but what is in the document: its script by its digest."""
    return (
        f"default-src 'none'; script-src {script_digest()}; style-src 'unsafe-inline'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def sent_deck() -> DeckFile:
    """From the page of decks, or a file."""
    uploaded = request.files.get(FILE_FIELD)
    if uploaded is not None:
        name = printable_name(uploaded.filename or "") or f"deck{DECK_SUFFIX}"
        return read_deck_file(uploaded.stream.read(LARGEST_FILE + 1), name)
    content = request.form.get(DECK_FIELD, "").encode(errors="replace")
    return read_deck_file(content, f"deck{DECK_SUFFIX}")


def refuse_unknown_deck(view: View) -> None:
    """404 for a deck that is not kept here, or not for this reader."""
    text = texts(view.lang)
    if not view.deck:
        abort(404, text("present.which"))
    if not may_keep_decks() or view.deck not in deck_store().names():
        abort(404, text("present.unknown", name=view.deck))


def named_deck(link: str) -> DeckFile:
    """A view as a deck, or else one that is kept."""
    view = requested_view()
    if link:
        return deck_of_view(link, texts(view.lang).language)
    kept = deck_store().read(view.deck)
    return read_deck_file(kept.content, kept.file_name)


def deck_of_view(link: str, language: str) -> DeckFile:
    """One view, in its own language and release."""
    view = DeckLink.parse(link).view
    context = bare_context(view)
    spoken = texts(view.lang or language)
    with composing_in(spoken.language):
        title = str(context.collection.name(spoken.language))
    return DeckFile(
        title=title,
        language=spoken.language,
        collection=context.collection.code,
        release=context.release_label or CURRENT_RELEASE,
        slides=(DeckSlide(link=link),),
    )
