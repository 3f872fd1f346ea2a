"""Who publishes figures, and which pages are their own: declared in `publishers.yaml`."""

from collections.abc import Mapping
from functools import cache
from urllib.parse import urlsplit

from pydantic import Field

from metrics.catalogue.definitions.base import Definition
from metrics.core.discover import read_definition

WEB = {"http", "https"}


class Publisher(Definition):
    """The hosts of a publisher's own pages, and the page that keeps its figures."""

    hosts: tuple[str, ...] = ()
    page: str = Field(default="", pattern=r"^(https://\S+)?$")

    def is_own(self, host: str) -> bool:
        return any(host == own or host.endswith(f".{own}") for own in self.hosts)


class Publishers(Definition):
    """All publishers of figures by name, and what is known of other hosts."""

    publishers: Mapping[str, Publisher]
    relays: Mapping[str, str] = Field(default_factory=dict)
    data_hosts: tuple[str, ...] = ()


@cache
def known_publishers() -> Publishers:
    return read_definition("metrics.catalogue", "publishers.yaml", Publishers)


def host_of(address: str) -> str:
    """`brusselstimes.com`; empty for a text that is not a web address."""
    parts = urlsplit(address)
    return (parts.hostname or "").removeprefix("www.") if parts.scheme in WEB else ""
