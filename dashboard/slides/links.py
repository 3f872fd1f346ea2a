"""The links of slides: the page they lead to, its short address, and the release that they pin."""

from urllib.parse import urlencode, urlsplit

from dashboard.addresses.lasting_addresses import lasting_address
from dashboard.context import PageContext
from dashboard.hosts import is_loopback
from dashboard.slides.content import SlideRequest


def full_link(request: SlideRequest, context: PageContext) -> str:
    """With release, language and choices, after the address of the site if the deck names it."""
    return address_for_others(request) + lasting_address(request.path, context)


def address_for_others(request: SlideRequest) -> str:
    """Of the site, if the deck names it; one's own machine is no address for others."""
    address = request.deck.address.rstrip("/")
    return "" if is_loopback(urlsplit(address).hostname or "") else address


def short_link(request: SlideRequest, path: str) -> str:
    """`metrics.example.eu/g/GA-1.1?collection=…&release=…`: what can be typed from a slide.

    As below a picture: collection and release are named, so it leads to the same figures later.
    Nothing where the address of the site is not known: goal and release are printed on the slide.
    """
    host, context = address_for_others(request).partition("://")[2], request.context
    if not host:
        return ""
    named = {"collection": context.collection.code, "release": context.release_label}
    between = "&" if "?" in path else "?"
    return f"{host}{path}{between}{urlencode(named)}"
