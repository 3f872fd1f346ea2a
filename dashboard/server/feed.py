"""A feed of the releases of a collection, as Atom 1.0 (RFC 4287)."""

from hashlib import sha256
from html import escape
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from flask import Flask, request
from werkzeug.wrappers import Response

from dashboard import data
from dashboard.context import PageContext, resolve_context
from dashboard.hosts import site_address
from dashboard.released.release_changes import count_changes
from dashboard.server.routes import requested_view
from dashboard.texts import Text
from dashboard.view import View
from dashboard.wording.language_spans import composing_in
from metrics.catalogue.loader import catalogue
from metrics.messages import language_of_most_texts
from metrics.messages.language_marks import language_of_longest_part, unmarked
from metrics.release.changes import FigureChange

FEED_PATH = "/feed.atom"
ATOM = "http://www.w3.org/2005/Atom"
FEED_TYPE = "application/atom+xml"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
FEED_LINK = '<link rel="alternate" type="{type}" href="{href}">'
NEVER = "1970-01-01T00:00:00Z"  # a feed must have a moment, even without a release
RELEASES_IN_FEED = 10
SECONDS_KEPT = 300  # for which a reader of the feed need not ask again
SUMMARISED = (
    FigureChange.NEW, FigureChange.REVISED, FigureChange.REMOVED, FigureChange.SUPPRESSED,
    FigureChange.UNSUPPRESSED,
)  # fmt: skip

ET.register_namespace("", ATOM)


def register_feed(server: Flask) -> None:
    server.add_url_rule(FEED_PATH, "feed", send_feed)


def link_feed(document: str) -> str:
    """Name the feed of the collection in the head of the HTML document."""
    view = requested_view()
    known = catalogue().collections
    own = View(lang=view.lang, collection=view.collection if view.collection in known else "")
    link = FEED_LINK.format(type=FEED_TYPE, href=escape(own.link(FEED_PATH), quote=True))
    return document.replace("</head>", f"{link}</head>", 1)


def send_feed() -> Response:
    """The feed of the collection in the query; not sent again where the reader has it."""
    context = resolve_context(requested_view())
    with composing_in(context.language):
        content = write_feed(context, site_address())
    answer = Response(content, mimetype=FEED_TYPE)
    answer.set_etag(sha256(content).hexdigest()[:32])
    answer.cache_control.max_age = SECONDS_KEPT
    answer.cache_control.public = True
    return answer.make_conditional(request)


def write_feed(context: PageContext, host: str) -> bytes:
    """The newest releases, each with what changed since the one before it."""
    text, collection = context.text, context.collection
    view = View(lang=context.view.lang, collection=collection.code)
    labels = context.labels
    newest = labels[:RELEASES_IN_FEED]
    feed = ET.Element(f"{{{ATOM}}}feed", {XML_LANGUAGE: language_of_most_texts(context.language)})
    add(feed, "id", identifier(collection.code))
    add(feed, "title", text("feed.title", collection=collection.name(context.language)))
    add(feed, "updated", max((moment_of_data(context, label) for label in newest), default=NEVER))
    add_link(feed, "self", host + view.link(FEED_PATH), FEED_TYPE)
    add_link(feed, "alternate", host + view.link("/"), "text/html")
    add(add(feed, "author"), "name", text("frame.product"))
    for label, before in zip(newest, (*labels[1:], ""), strict=False):
        add_entry(feed, label, before, context, host)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def add_entry(feed: ET.Element, label: str, before: str, context: PageContext, host: str) -> None:
    """One release: it leads to its changes, or to its figures where it is the first."""
    text, code = context.text, context.collection.code
    view = View(lang=context.view.lang, collection=code, release=label, before=before)
    entry = add(feed, "entry")
    add(entry, "id", identifier(code, label))
    add(entry, "title", text("note.release", release=label))
    add(entry, "updated", moment_of_data(context, label))
    add_link(entry, "alternate", host + view.link("/changes" if before else "/"), "text/html")
    add(entry, "summary", summary_of_release(label, before, context))


def summary_of_release(label: str, before: str, context: PageContext) -> str:
    """What changed, in numbers; and that the figures are invented, where they are."""
    text = context.text
    invented = [context.collection.note(context.language)] if context.is_invented else []
    if not before:
        return " ".join([f"{text('changes.first_release')}.", *invented])
    folder = data.release_store().processed / context.collection.code
    found = count_changes(folder / before, folder / label)
    counts = [
        text.counted("changes.count_statuses", found.statuses),
        *(kind_in_words(kind, found.figures[kind], text) for kind in SUMMARISED
          if found.figures.get(kind)),
    ]  # fmt: skip
    sentence = text("feed.summary", counts=text.listed(counts), release=before)
    return " ".join([sentence, *invented])


def kind_in_words(kind: FigureChange, number: int, text: Text) -> str:
    return f"{text(f'change_of_figure.{kind}')}: {text.number(number, 0)}"


def moment_of_data(context: PageContext, label: str) -> str:
    """When the newest data of a release came, as RFC 3339 has it; else its reference date."""
    store, code = data.release_store(), context.collection.code
    until = store.data_until(code, label)
    if until:
        day, _, clock = until.partition("T")
        return f"{day}T{clock[:2]}:{clock[2:4]}:00Z"
    release = store.open(code, label)
    return f"{release.as_of}T00:00:00Z" if release and release.as_of else NEVER


def identifier(*names: str) -> str:
    """The same for the same collection and release, wherever they are served."""
    return uuid5(NAMESPACE_URL, "/".join(("empact-metrics", *names))).urn


def add(parent: ET.Element, name: str, content: str = "") -> ET.Element:
    """An element, which can be in one language alone."""
    element = ET.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = unmarked(content) or None
    if spoken := language_of_longest_part(content, ""):
        element.set(XML_LANGUAGE, spoken)
    return element


def add_link(parent: ET.Element, relation: str, href: str, media_type: str) -> None:
    link = add(parent, "link")
    link.attrib.update({"rel": relation, "href": href, "type": media_type})
