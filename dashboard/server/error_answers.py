"""Answer a request that cannot be met with a short document in the reader's language."""

from flask import Flask, Response, request
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from dashboard.access import asked_language
from dashboard.texts import Text, texts
from dashboard.view import View
from dashboard.wording.language_spans import html_in
from metrics.messages import Message, language_of_most_texts

DOCUMENT = Markup(
    '<!doctype html>\n<html lang="{language}">\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width">\n<title>{heading}</title>\n'
    '<link rel="stylesheet" href="/assets/style.css">\n'
    '<main>\n<h1>{heading}</h1>\n{sentence}<p><a href="{address}">{overview}</a></p>\n</main>\n'
)
SENTENCE = Markup("<p>{}</p>\n")


def answer_refusals(server: Flask) -> None:
    """Put the answer to every HTTP error into the reader's language."""
    server.register_error_handler(HTTPException, refusal_document)


def refusal_document(wrong: HTTPException) -> Response:
    """The heading of the status, and the sentence of the refusal; none of werkzeug's sentences."""
    text = texts(asked_language())
    own = wrong.description if wrong.description != type(wrong).description else ""
    document = html_in(text.language, lambda: refusal_html(wrong.code, own or "", text))
    answer = Response(document, wrong.code, mimetype="text/html")
    answer.headers.extend(
        (name, value) for name, value in wrong.get_headers() if name != "Content-Type"
    )
    return answer


def refusal_html(code: int | None, own: str, text: Text) -> str:
    key = f"error.{code}"
    return DOCUMENT.format(
        language=language_of_most_texts(text.language),
        heading=text(key if key in text.words else "error.other"),
        sentence=SENTENCE.format(own.marked() if isinstance(own, Message) else own) if own else "",
        address=View(lang=request.args.get("lang", "")).link("/"),
        overview=text("scoreboard.title"),
    )
