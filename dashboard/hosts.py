"""The names under which the dashboard is reached, and its address."""

import os
from urllib.parse import urlsplit

from flask import has_request_context, request
from werkzeug.sansio.utils import host_is_trusted

LOOPBACK_HOSTS = ("localhost", "127.0.0.1")


def served_hosts() -> list[str]:
    """The names under which the dashboard is reached: loopback, and those in `EMPACT_HOSTS`."""
    return [*LOOPBACK_HOSTS, *os.environ.get("EMPACT_HOSTS", "").lower().replace(",", " ").split()]


def is_loopback(host: str) -> bool:
    return host_is_trusted(host, LOOPBACK_HOSTS)


def site_address() -> str:
    """`https://metrics.example.eu`; a proxy that ends TLS passes the request on without it."""
    if not has_request_context():
        return ""
    return f"{'http' if is_loopback(request.host) else 'https'}://{request.host}"


def public_address() -> str:
    """The address that readers can follow: of the site in `EMPACT_ADDRESS`, else of the request."""
    configured = urlsplit(os.environ.get("EMPACT_ADDRESS", ""))
    return f"{configured.scheme}://{configured.netloc}" if configured.netloc else site_address()
