"""The pictures of the charts of a page, as files: `/picture/trend.png?goal=GA-1.1&area=FI`."""

from dataclasses import replace

from flask import Flask, Response, abort, request

from dashboard.addresses.alternatives import UnavailableError
from dashboard.charts.picture import Picture
from dashboard.context import PageContext
from dashboard.exports import formats_of
from dashboard.pictures.drawing import draw_in_process
from dashboard.pictures.view_pictures import find_picture
from dashboard.server.routes import (
    answer_errors,
    refuse_unknown_rows,
    requested_context,
    requested_view,
    send_bytes,
)
from dashboard.texts import texts
from dashboard.view import View
from dashboard.wording.language_spans import composing_in

PICTURE_ROUTE = "/picture/<name>.<format_name>"
PINNED = "private, max-age=86400"  # what an address shows that names the release
CURRENT = "private, no-cache"  # kept by the browser, and asked for


def register_pictures(server: Flask) -> None:
    server.add_url_rule(PICTURE_ROUTE, "chart_picture", send_picture)


def send_picture(name: str, format_name: str) -> Response:
    """A chart as a picture; it answers as the page does that shows the chart."""
    formats = formats_of(Picture)
    if format_name not in formats:
        abort(404)
    context, picture = requested_picture(name)
    with answer_errors():
        drawn = draw_in_process(with_host(picture), format_name)
    chosen = formats[format_name]
    answer = send_bytes(drawn.content, chosen.media_type, picture.file_stem + chosen.suffix)
    return kept_by_browser(answer, drawn.digest, context.view)


def kept_by_browser(answer: Response, digest: str, view: View) -> Response:
    """The answer, or only that it is still the one that the browser has."""
    answer.headers["Cache-Control"] = PINNED if view.release else CURRENT
    answer.set_etag(digest)
    answer.make_conditional(request)
    return answer


def requested_picture(name: str) -> tuple[PageContext, Picture]:
    """The chart that the query asks for; 404 in the words of its page, if there is none."""
    with composing_in(texts(requested_view().lang).language):
        context = requested_context()
        refuse_unknown_rows(name, context)
        try:
            return context, find_picture(name, context)
        except UnavailableError as unavailable:
            abort(404, unavailable.sentence)


def with_host(picture: Picture) -> Picture:
    """The address as it is typed: without the protocol."""
    return replace(picture, address=request.host + picture.address)
