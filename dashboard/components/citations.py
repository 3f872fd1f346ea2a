"""Where a published figure stands: its publisher, the publication, and who relays it."""

from collections.abc import Mapping
from typing import Any

from dash import dcc, html

from dashboard.components.layout import Drawn
from dashboard.texts import Text
from metrics.catalogue.publishers import Publisher, host_of, known_publishers

RELAYED = "relayed"  # in a remark: the page that is cited is not the publisher's


def citation(row: Mapping[str, Any], text: Text) -> str:
    """`IWF, as relayed by brusselstimes.com: Annual report 2023`; empty for submitted figures."""
    publication = str(row.get("reference") or "")
    return ": ".join(filter(None, [publisher_and_relay(row, text), publication]))


def publisher_and_relay(row: Mapping[str, Any], text: Text) -> str:
    """The publisher and, where the page that is cited is not its own, whose it is."""
    source, host = str(row.get("source") or ""), host_of(str(row.get("address") or ""))
    known = known_publishers()
    if source and host in known.data_hosts:
        return text("citation.data_file", source=source, host=host)
    if source and host and is_relayed(row, host):
        return text("citation.relayed", source=source, host=known.relays.get(host, host))
    return source


def is_relayed(row: Mapping[str, Any], host: str) -> bool:
    """Whether the page is another's: by the remark, or as no page of the publisher's own."""
    known = publisher_of(row)
    is_elsewhere = known is not None and not known.is_own(host)
    return is_elsewhere or RELAYED in str(row.get("remark") or "")


def publisher_of(row: Mapping[str, Any]) -> Publisher | None:
    return known_publishers().publishers.get(str(row.get("source") or ""))


def cited(row: Mapping[str, Any], text: Text) -> Drawn:
    """The citation as a link to the page that is cited, if its address is known.

    Where a data file is cited that others keep, the name leads to the publisher's own page.
    """
    words, address = citation(row, text), str(row.get("address") or "")
    host, publisher = host_of(address), publisher_of(row)
    if not host:
        return words
    source = str(row.get("source") or "")
    if publisher and publisher.page and not publisher.is_own(host) and words.startswith(source):
        return html.Span([link(source, publisher.page), link(words.removeprefix(source), address)])
    return link(words or address, address)


def link(words: str, address: str) -> Drawn:
    return dcc.Link(words, href=address, target="_blank")
