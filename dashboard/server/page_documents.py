"""A page as one document of HTML, laid out on the server, and kept while nothing changes it.

Dash would send an empty document, and draw the page from further answers with 300 kB of script. It
still does so for pages with callbacks, such as those that take submissions.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from html import escape
from http import HTTPStatus
from pathlib import Path
from typing import Any

import brotli
import dash
from flask import Response, g, request

from dashboard import data
from dashboard.access import READING
from dashboard.answer_cache import AnswerCache, KeptAnswer
from dashboard.components.page_registry import (
    PAGE_FAILED,
    SUBJECT_MISSING,
    not_found_page,
    page_at,
)
from dashboard.components.plain_html import CHART_DATA, NeedsDashError, plain_html
from dashboard.context import resolve_context
from dashboard.dash_internals import ANY_ADDRESS, ids_of_callbacks, index_hooks, routed_query
from dashboard.frame_permissions import frame_ancestors
from dashboard.intake import is_open
from dashboard.server.asset_files import asset_addresses, icon_address
from dashboard.server.plotly_script import plotly_address
from dashboard.texts import Text, texts
from dashboard.view import PARAMETERS, View
from dashboard.wording.language_spans import html_in, sentence_html
from metrics.catalogue.loader import catalogue
from metrics.core.errors import MetricsError
from metrics.messages import language_of_most_texts
from metrics.sample.progress import read_progress

KEPT_BYTES = 16 * 1024 * 1024  # in each worker; a document takes about 10 kB
QUALITY = 5  # of the compression: 3 ms a document; the best takes 200 ms for a tenth less
TEMPLATE = (Path(__file__).parents[1] / "templates/document.html").read_text("utf-8")
METAS = '<meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
FIGURE_PAGES = {"explore": "/explore", "scoreboard": "/", "report": "/report"}  # tables and files
PLACEHOLDER = re.compile(r"\{%(\w+)%\}")  # as Dash writes them


@dataclass(frozen=True)
class AnswerKey:
    """All that the document of a page about a release depends on."""

    home: Path
    path: str
    view: View
    collection: str
    labels: tuple[str, ...]
    current: str
    release: str
    digest: str
    catalogue: str
    language: str
    actor: str
    is_open: bool
    host: str  # where the code to embed a chart names it


def answer_key(path: str, view: View) -> AnswerKey | None:
    """The key under which a document is kept; None while it may change with each request."""
    if read_progress(data.home()) is not None:
        return None
    try:
        context = resolve_context(view)
    except (MetricsError, OSError):
        return None
    return AnswerKey(
        home=data.home(),
        path=path,
        view=view,
        collection=context.collection.code,
        labels=context.labels,
        current=context.current,
        release=context.release_label,
        digest=context.release.digest if context.release else "",
        catalogue=catalogue().version,
        language=context.language,
        actor=context.actor,
        is_open=is_open(),
        host=request.host if frame_ancestors() else "",
    )


class PageDocuments:
    """Answers the requests for pages that need no scripts of Dash."""

    def __init__(self, app: dash.Dash) -> None:
        self.app = app
        self.kept = AnswerCache(KEPT_BYTES)

    @cached_property
    def callback_ids(self) -> frozenset[str]:
        return frozenset(ids_of_callbacks(self.app))

    def answer(self) -> Response | None:
        """The document of the page that is asked for; None where Dash is to answer."""
        page = asked_page()
        if page is None or page["needs_dash"]:
            return None
        view = View.parse(request.query_string.decode())
        key = answer_key(page["path"], view) if page["is_kept"] else None
        document = self.kept.get(key) if key else None
        if document is None:
            try:
                document = self.lay_out(page, view)
            except NeedsDashError:
                return None
            if key and not g.get(PAGE_FAILED):
                self.kept.put(key, document)
        return respond(document)

    def lay_out(self, page: Mapping[str, Any], view: View) -> KeptAnswer:
        drawn = page["layout"](**routed_query(request.query_string.decode()))
        body = plain_html(drawn, self.callback_ids)
        text = fill_document(TEMPLATE, view, {
            "title": escape(page["title"]()), "app_entry": body,
            "page_scripts": script_tags(has_charts=CHART_DATA in body),
        })  # fmt: skip
        for hook in index_hooks(self.app):
            text = hook(text)
        document = text.encode()
        compressed = brotli.compress(document, quality=QUALITY)
        return KeptAnswer(compressed, sha256(document).hexdigest()[:16], status_of_answer(page))


def status_of_answer(page: Mapping[str, Any]) -> HTTPStatus:
    if g.get(PAGE_FAILED):
        return HTTPStatus.INTERNAL_SERVER_ERROR
    is_missing = page is not_found_page() or g.get(SUBJECT_MISSING)
    return HTTPStatus.NOT_FOUND if is_missing else HTTPStatus.OK


def asked_page() -> Mapping[str, Any] | None:
    """The page whose document is asked for, which for an unknown address is that for these."""
    if request.method not in READING:
        return None
    is_unknown = request.url_rule is not None and request.url_rule.rule == ANY_ADDRESS
    return page_at(request.path) or (not_found_page() if is_unknown else None)


def fill_document(template: str, view: View, parts: Mapping[str, str]) -> str:
    """A document with its language, its addresses and these parts.

    Dash fills in the same template, where it draws the page itself.
    """
    styles = "\n".join(f'<link rel="stylesheet" href="{address}">'
                       for address in asset_addresses(".css"))  # fmt: skip
    text = texts(view.lang)
    filled = {
        "lang": language_of_most_texts(text.language),
        "language": text.language,
        "without_script": without_script(view),
        "late": script_sentence("late.waiting", text),
        "failed": script_sentence("late.failed", text),
        "again": script_sentence("late.again", text),
        "parameters": " ".join(sorted(PARAMETERS)),
        "metas": METAS,
        "favicon": f'<link rel="icon" type="image/x-icon" href="{icon_address()}">',
        "css": styles,
        "page_scripts": "", "config": "", "scripts": "", "renderer": "",
    } | dict(parts)  # fmt: skip
    return PLACEHOLDER.sub(lambda gap: filled.get(gap[1], gap[0]), template)


def script_sentence(key: str, text: Text) -> str:
    """A text for a script as an attribute, which holds it as HTML."""
    return escape(sentence_html(text.language, lambda: text(key)))


def without_script(view: View, note: str = "without_script.note") -> str:
    """The sentence for a reader without scripts: where the figures are."""
    text, kept = texts(view.lang), view.lasting_choices

    def write() -> str:
        links = [f'<a href="{escape(kept.link(path))}">{escape(text(f"{name}.menu"))}</a>'
                 for name, path in FIGURE_PAGES.items()]  # fmt: skip
        return f"{escape(text(note))} {text.listed(links)}"

    return html_in(text.language, write)


def script_tags(*, has_charts: bool) -> str:
    addresses = [*([plotly_address()] if has_charts else []), *asset_addresses(".js")]
    return "\n".join(f'<script defer src="{address}"></script>' for address in addresses)


def respond(document: KeptAnswer) -> Response:
    """The document, or only that it is still the one that the browser has."""
    answer = Response(status=document.status, mimetype="text/html")
    answer.vary.add("Accept-Encoding")
    answer.headers["Cache-Control"] = "private, no-cache"  # kept by the browser, and asked for
    if request.accept_encodings["br"]:
        answer.set_data(document.content)
        answer.headers["Content-Encoding"] = "br"
    else:
        answer.set_data(brotli.decompress(document.content))
    answer.set_etag(document.digest, weak=True)
    answer.make_conditional(request)
    return answer
