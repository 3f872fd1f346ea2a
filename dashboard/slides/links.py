"""The links of slides: the page they lead to, its short address, and the release that they pin."""

from urllib.parse import urlencode

from dashboard.addresses.lasting_addresses import lasting_address
from dashboard.context import PageContext
from dashboard.slides.content import SlideRequest


def full_link(request: SlideRequest, context: PageContext) -> str:
    """With release, language and choices, after the address of the site if the deck names it."""
    return request.deck.address.rstrip("/") + lasting_address(request.path, context)


def short_link(request: SlideRequest, path: str) -> str:
    """`metrics.example.eu/g/GA-1.1?collection=…&release=…`: what can be typed from a slide.

    As below a picture: collection and release are named, so it leads to the same figures later.
    """
    host, context = request.deck.address.rstrip("/").partition("://")[2], request.context
    named = {"collection": context.collection.code, "release": context.release_label}
    between = "&" if "?" in path else "?"
    return f"{host}{path}{between}{urlencode(named)}"
