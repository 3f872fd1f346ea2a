"""The source of a published figure: its publisher, the publication, and who quotes it."""

from collections.abc import Mapping
from typing import Any

from dash import dcc, html

from dashboard.components.layout import Drawn
from dashboard.texts import Text, english
from metrics.catalogue.publishers import Publisher, host_of, known_publishers


def citation(row: Mapping[str, Any], text: Text) -> list[str]:
    """`IWF, as quoted by brusselstimes.com: Annual report 2023`, in pieces by their language."""
    source, publication = publisher_and_relay(row, text), str(row.get("reference") or "")
    colon = [": "] if source and publication else []
    return [*source, *colon, *filter(None, [english(publication)])]


def publisher_and_relay(row: Mapping[str, Any], text: Text) -> list[str]:
    """The publisher and, where the page that is cited is not its own, whose it is; in pieces.

    Names and titles of publications are in English in the collection of published figures.
    """
    source, host = str(row.get("source") or ""), host_of(str(row.get("address") or ""))
    known, name = known_publishers(), english(source)
    if source and host in known.data_hosts:
        return text.pieces("citation.data_file", source=name, host=host)
    if source and host and is_relayed(row, host):
        return text.pieces("citation.relayed", source=name, host=known.relays.get(host, host))
    return [name] if source else []


def is_relayed(row: Mapping[str, Any], host: str) -> bool:
    """Whether the page is not the publisher's own, by its host."""
    known = publisher_of(row)
    return known is not None and not known.is_own(host)


def publisher_of(row: Mapping[str, Any]) -> Publisher | None:
    return known_publishers().publishers.get(str(row.get("source") or ""))


def cited(row: Mapping[str, Any], text: Text) -> Drawn:
    """The citation as a link to the page that is cited, if its address is known.

    Where a data file is cited that others keep, the name leads to the publisher's own page.
    """
    words, address = citation(row, text), str(row.get("address") or "")
    host, publisher = host_of(address), publisher_of(row)
    if not host:
        return html.Span(text.merged(words)) if words else ""
    source = str(row.get("source") or "")
    if publisher and publisher.page and not publisher.is_own(host) and words[:1] == [source]:
        own, relayed = text.merged(words[:1]), text.merged(words[1:])
        return html.Span([link(own, publisher.page), link(relayed, address)])
    return link(text.merged(words) or [address], address)


def link(words: list[str], address: str) -> Drawn:
    return dcc.Link(words, href=address, target="_blank")
