"""Create the Dash app; gunicorn serves `server`."""

from collections.abc import Callable
from functools import cache
from html import escape
from typing import Any

import dash
from dash import html
from dash.exceptions import DependencyException
from flask import Flask, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from dashboard import access, intake, pages
from dashboard.addresses.short_addresses import register_short_addresses
from dashboard.components.page_registry import is_page, load_pages
from dashboard.components.pickers import ADDRESS
from dashboard.dash_internals import (
    ANY_ADDRESS,
    finish_setup,
    leave_out_data_table,
    make_components_lean,
)
from dashboard.frame_permissions import NO_SITE, frame_ancestors, framing_sites
from dashboard.server import error_answers, feed, routes
from dashboard.server.asset_files import icon_address, keep_versioned_files
from dashboard.server.callback_requests import callback_check
from dashboard.server.deck_routes import register_decks
from dashboard.server.embed_routes import register_embeds
from dashboard.server.page_documents import TEMPLATE, PageDocuments, fill_document, without_script
from dashboard.server.picture_routes import register_pictures
from dashboard.server.plotly_script import serve_plotly
from dashboard.server.present_routes import register_presenting
from dashboard.server.report_routes import register_reports
from dashboard.texts import texts
from dashboard.view import View
from dashboard.wording.language_spans import html_in
from metrics.messages import ENGLISH

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def open_in_language_of_browser() -> BaseResponse | None:
    """Lead a reader whose address names no language to the page in that of the browser.

    So the address names it, and everybody who gets the link reads the same.
    """
    if "lang" in request.args or request.method != "GET" or not is_page(request.path):
        return None
    language = access.asked_language()
    if language in {"", ENGLISH}:
        return None
    choices = request.query_string.decode()
    path = f"/{request.path.strip('/')}"  # `//` would lead to another host
    answer = redirect(f"{path}?{choices}{'&' if choices else ''}lang={language}")
    answer.vary.add("Accept-Language")
    return answer


def document_for_dash(document: str) -> str:
    """The document that Dash fills in, with the language and the addresses of this request."""
    view = View.parse(request.query_string.decode())
    text = texts(view.lang)
    loading = html_in(text.language, lambda: escape(text("late.loading")))
    needed = {"without_script": without_script(view, "without_script.needed")}
    return fill_document(document.replace(DASH_LOADING, loading), view, needed)


DASH_LOADING = "Loading..."  # in English, whatever the language of the page
ON_INDEX: Any = dash.hooks.index()  # Dash declares no types for it
ON_INDEX(document_for_dash)
ON_INDEX(feed.link_feed)


def create_app() -> dash.Dash:
    frame_ancestors()  # a wrong setting is named when the server starts
    app = dash.Dash(
        "dashboard",
        use_pages=True,
        pages_folder="",  # `load_pages` imports them, so that a faulty page breaks no other
        include_pages_meta=False,
        # Otherwise Dash writes the full layout of every page into each HTML document.
        suppress_callback_exceptions=True,
        compress=True,
        enable_mcp=False,
        update_title="",
        title=texts("")("frame.product"),
        serve_locally=True,
        index_string=TEMPLATE,
    )
    leave_out_data_table()
    make_components_lean()
    load_pages(pages)
    app.layout = html.Div([ADDRESS, dash.page_container])
    access.protect_routes(app.server)
    app.server.before_request(open_in_language_of_browser)
    intake.end_abandoned_work(app.server)
    app.server.before_request(callback_check(app))
    app.server.before_request(PageDocuments(app).answer)
    serve_plotly(app.server)
    routes.register_routes(app.server)
    register_pictures(app.server)
    register_decks(app.server)
    register_presenting(app.server)
    register_embeds(app.server)
    register_reports(app.server)
    feed.register_feed(app.server)
    register_short_addresses(app.server)
    error_answers.answer_refusals(app.server)
    # Browsers ask here for the icon of a document that names none, such as a script or a file.
    app.server.add_url_rule("/favicon.ico", "icon", lambda: redirect(icon_address()))
    app.server.register_error_handler(DependencyException, unknown_script)
    app.server.after_request(mark_unknown_address)
    app.server.after_request(keep_versioned_files)
    app.server.after_request(security_headers(app))
    finish_setup(app)
    return app


def unknown_script(_error: DependencyException) -> tuple[str, int]:
    """Answer 404 for an unknown script, where Dash would answer 500 and fill the log."""
    return "", 404


def mark_unknown_address(response: Response) -> Response:
    """Answer 404 for an unknown address: Dash answers every address with 200."""
    rule = request.url_rule
    if rule is not None and rule.rule == ANY_ADDRESS and not is_page(request.path):
        response.status_code = 404
    return response


def content_policy(app: dash.Dash) -> str:
    """Allow content from this host only; the one inline script is the one that starts Dash."""
    hashes = " ".join(app.csp_hashes())
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {hashes}",
            "style-src 'self' 'unsafe-inline'",  # Dash and plotly write styles into the page
            "img-src 'self' data: blob:",
            "worker-src 'self' blob:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )


def security_headers(app: dash.Dash) -> Callable[[Response], Response]:
    policy = cache(content_policy)

    def add(response: Response) -> Response:
        sites = framing_sites(request.path)
        own = response.headers.get("Content-Security-Policy") or policy(app)
        ancestors = " ".join(sites or (NO_SITE,))
        response.headers["Content-Security-Policy"] = f"{own}; frame-ancestors {ancestors}"
        if not sites:
            response.headers["X-Frame-Options"] = "DENY"  # it can name no site
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return add


application = create_app()
server: Flask = application.server
