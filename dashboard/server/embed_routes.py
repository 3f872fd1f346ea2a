"""A chart as a document for a frame on another site: `/embed/trend?goal=GA-1.1&area=FI`.

It is one answer without scripts and without further requests, so that it also works where a page
of the other site denies its frame both.
"""

from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

from flask import Flask, Response

from dashboard.charts.picture import Picture
from dashboard.frame_permissions import EMBED_PATH
from dashboard.html_templates import template
from dashboard.pictures.drawing import draw_in_process
from dashboard.server.picture_routes import kept_by_browser, requested_picture, with_host
from dashboard.server.routes import answer_errors
from dashboard.texts import Text
from dashboard.wording.language_spans import html_in
from metrics.messages import language_of_most_texts

# Widest frame → width of the picture, in pixels: words of a wide one would be too small there.
NARROW_WIDTHS = {480: 460, 760: 600}
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'"


def register_embeds(server: Flask) -> None:
    server.add_url_rule(f"{EMBED_PATH}<name>", "embed", send_embed)


def send_embed(name: str) -> Response:
    """The chart of a page with a link to that page; it answers as the page does."""
    context, picture = requested_picture(name)
    document = embed_document(picture, context.text)
    answer = Response(document, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = POLICY
    return kept_by_browser(answer, sha256(document.encode()).hexdigest()[:32], context.view)


def embed_document(picture: Picture, text: Text) -> str:
    return html_in(picture.language, lambda: embed_html(picture, text))


def embed_html(picture: Picture, text: Text) -> str:
    named = with_host(picture)
    return template("embed.html").render(
        language=language_of_most_texts(picture.language),
        title=picture.title,
        kind=picture.kind,
        description=named.description,
        source=str(picture.caption.source),
        address=picture.address,
        open=text("embed.open"),
        figures=text("embed.figures"),
        wide=drawn_address(named),
        narrow=[
            (frame, drawn_address(replace(named, width=width)))
            for frame, width in NARROW_WIDTHS.items()
        ],
    )


def drawn_address(picture: Picture) -> str:
    """The picture itself as an address, which needs no request."""
    with answer_errors():
        drawn = draw_in_process(picture, "svg")
    return "data:image/svg+xml;base64," + b64encode(drawn.content).decode()
