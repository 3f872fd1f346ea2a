"""Where a published figure stands: its publisher, the publication, and who relays it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from dash import dcc

from dashboard.components.layout import Drawn
from dashboard.texts import Text

RELAYED = "relayed"  # in a remark: the page that is cited is not the publisher's
DATA_HOSTS = frozenset({"github.com"})  # where data files of publishers are kept by others


def citation(row: Mapping[str, Any], text: Text) -> str:
    """`IWF, as relayed by brusselstimes.com: Annual report 2023`; empty for submitted figures."""
    source, publication = str(row.get("source") or ""), str(row.get("reference") or "")
    host = host_of(str(row.get("address") or ""))
    named = source
    if source and host in DATA_HOSTS:
        named = text("citation.data_file", source=source, host=host)
    elif source and host and RELAYED in str(row.get("remark") or ""):
        named = text("citation.relayed", source=source, host=host)
    return ": ".join(filter(None, [named, publication]))


def host_of(address: str) -> str:
    """`brusselstimes.com`; empty for what is no address of the web."""
    parts = urlsplit(address)
    is_web = parts.scheme in {"http", "https"}
    return (parts.hostname or "").removeprefix("www.") if is_web else ""


def cited(row: Mapping[str, Any], text: Text) -> Drawn:
    """The citation as a link to the page that is cited, if its address is known."""
    words, address = citation(row, text), str(row.get("address") or "")
    if not host_of(address):
        return words
    return dcc.Link(words or address, href=address, target="_blank")
