"""Which requests are answered: to a known host, from its own pages, with a body of limited size."""

import os
from typing import NoReturn
from urllib.parse import urlsplit

from flask import Flask, Request, abort, request
from werkzeug.exceptions import SecurityError

from dashboard.texts import texts
from metrics.intake.formats.limits import FILE_MEGABYTES, MEGABYTE
from metrics.messages import languages

LOOPBACK_HOSTS = ("localhost", "127.0.0.1")
UPLOAD_PATH = "/upload"
CALLBACK_BYTES = 64 * 1024
BODY_BYTES = {UPLOAD_PATH: FILE_MEGABYTES * MEGABYTE}  # of other routes: CALLBACK_BYTES
OWN_SITE = {"same-origin", "none"}  # `none`: the reader typed the address, or opened a bookmark
READING = {"GET", "HEAD"}
DEFAULT_PORTS = {"http": 80, "https": 443}


def protect_routes(server: Flask) -> None:
    """Refuse other hosts (400), requests of other sites (403), and larger bodies (413)."""
    server.config["TRUSTED_HOSTS"] = served_hosts()
    server.before_request(refuse_other_hosts)
    server.before_request(refuse_other_sites)
    server.before_request(limit_body)


def served_hosts() -> list[str]:
    """The names under which the dashboard is reached: loopback, and those in `EMPACT_HOSTS`."""
    return [*LOOPBACK_HOSTS, *os.environ.get("EMPACT_HOSTS", "").lower().replace(",", " ").split()]


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
    return site not in OWN_SITE and not is_followed_link(asked)


def is_followed_link(asked: Request) -> bool:
    """Whether a page or file opens by itself, not within a page of another site."""
    is_alone = asked.headers.get("Sec-Fetch-Dest", "document") == "document"
    is_navigation = asked.headers.get("Sec-Fetch-Mode") == "navigate"
    return asked.method in READING and is_navigation and is_alone


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


def body_limit(path: str) -> int:
    """The largest body in bytes that a route takes."""
    return BODY_BYTES.get(path, CALLBACK_BYTES)


def limit_body() -> None:
    """Let Flask refuse a larger body before it is read."""
    request.max_content_length = body_limit(request.path)
