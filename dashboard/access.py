"""Which requests are answered: to a known host, from its own pages, with a body of limited size."""

import os
from enum import StrEnum
from ipaddress import ip_address
from typing import NoReturn
from urllib.parse import urlsplit

from flask import Flask, Request, abort, has_request_context, request
from werkzeug.exceptions import SecurityError

from dashboard.frame_permissions import framing_sites
from dashboard.hosts import is_loopback, served_hosts
from dashboard.texts import texts
from metrics.intake.formats.limits import FILE_MEGABYTES, MEGABYTE
from metrics.messages import languages

UPLOAD_PATH = "/upload"
CALLBACK_BYTES = 64 * 1024
PRESENT_PATH = "/present"


class DeckRoute(StrEnum):
    """What the page of a deck asks for."""

    CHANGE = "/deck/change"
    OPEN = "/deck/open"
    READ = "/deck/read"
    BUILD = "/deck/build"


DECK_BYTES = MEGABYTE  # a deck of 200 kB, within JSON
# Of other routes: CALLBACK_BYTES.
BODY_BYTES = {
    UPLOAD_PATH: FILE_MEGABYTES * MEGABYTE,
    **dict.fromkeys((*DeckRoute, PRESENT_PATH), DECK_BYTES),
}
OPEN, LOCAL, CLOSED = "open", "local", "closed"  # settings of `EMPACT_INTAKE`
OWN_SITE = {"same-origin", "none"}  # `none`: the reader typed the address, or opened a bookmark
READING = {"GET", "HEAD"}
FRAMES = {"iframe", "frame"}
DEFAULT_PORTS = {"http": 80, "https": 443}


def protect_routes(server: Flask) -> None:
    """Refuse other hosts (400), requests of other sites (403), and larger bodies (413)."""
    server.config["TRUSTED_HOSTS"] = served_hosts()
    server.before_request(refuse_other_hosts)
    server.before_request(refuse_other_sites)
    server.before_request(limit_body)


def refuse_other_hosts() -> None:
    """Refuse unknown hosts before any other check, without repeating the name."""
    if isinstance(request.routing_exception, SecurityError):
        refuse(400, "refused.host")


def refuse_other_sites() -> None:
    if is_from_other_site(request):
        refuse(403, "refused.site")


def refuse(status: int, reason: str) -> NoReturn:
    abort(status, texts(asked_language())(reason))


def asked_language() -> str:
    """The language of the address, or else of the browser."""
    asked = request.args.getlist("lang")
    return asked[-1] if asked else request.accept_languages.best_match([*languages()], "")


def is_from_other_site(asked: Request) -> bool:
    """Whether a page of another site sent the request; a link that a reader followed does not
    count.

    Browsers send `Sec-Fetch-Site`, or at least `Origin`, and no page can change them.
    """
    origin = asked.headers.get("Origin")
    if origin is not None and not is_own_origin(origin, asked.host):
        return True
    site = asked.headers.get("Sec-Fetch-Site", "none")
    return site not in OWN_SITE and not (is_followed_link(asked) or is_framed(asked))


def is_followed_link(asked: Request) -> bool:
    """Whether a page or file opens by itself, not within a page of another site."""
    is_alone = asked.headers.get("Sec-Fetch-Dest", "document") == "document"
    is_navigation = asked.headers.get("Sec-Fetch-Mode") == "navigate"
    return asked.method in READING and is_navigation and is_alone


def is_framed(asked: Request) -> bool:
    """Whether a frame opens a chart that sites may embed; the browser knows which sites may."""
    is_in_frame = asked.headers.get("Sec-Fetch-Dest") in FRAMES
    is_navigation = asked.headers.get("Sec-Fetch-Mode") == "navigate"
    is_reading = asked.method in READING
    return is_reading and is_navigation and is_in_frame and bool(framing_sites(asked.path))


def is_own_origin(origin: str, host: str) -> bool:
    """Whether `https://name:port` is the host of the request; `null` is not."""
    try:
        parts = urlsplit(origin)
        port = parts.port or DEFAULT_PORTS.get(parts.scheme)
        asked = urlsplit(f"{parts.scheme}://{host}")
        asked_port = asked.port or DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return False
    return bool(parts.hostname) and (parts.hostname, port) == (asked.hostname, asked_port)


def is_from_this_machine() -> bool:
    """Whether the request came from a loopback address and names one; so does work without one."""
    if not has_request_context():
        return True
    is_local_sender = ip_address(request.remote_addr or "0.0.0.0").is_loopback  # noqa: S104
    return is_local_sender and is_loopback(request.host)


def is_local() -> bool:
    """Whether the intake is open to users of this machine alone, and the reader is one of them."""
    return os.environ.get("EMPACT_INTAKE") == LOCAL and is_from_this_machine()


def may_keep_decks() -> bool:
    """Whether the reader's decks are files of the workspace; else they stay in the browser.

    There are no accounts yet: only the one person who works on this machine alone has files.
    """
    return is_local()


def body_limit(path: str) -> int:
    """The largest body in bytes that a route takes."""
    return BODY_BYTES.get(path, CALLBACK_BYTES)


def limit_body() -> None:
    """Let Flask refuse a larger body before it is read."""
    request.max_content_length = body_limit(request.path)
