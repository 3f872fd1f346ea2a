"""About this site: what statuses mean, sources, confidentiality, licence, accessibility."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dash import html

from dashboard.addresses.lasting_addresses import lasting_address
from dashboard.components.definition_links import ABOUT_PATH, STATUSES
from dashboard.components.frame import frame
from dashboard.components.guide_links import document_address
from dashboard.components.layout import Drawn, attributes, page_link
from dashboard.components.page_registry import register_page
from dashboard.components.status import badge
from dashboard.context import PageContext, resolve_context
from dashboard.data import collections_in_order
from dashboard.released.goal_statuses import SCOREBOARD_MARKS
from dashboard.view import View
from dashboard.wording.calculations import WEB_SCHEMES

register_page(__name__, ABOUT_PATH, order=80, slides=("methods",))

VALUE_MARKS = ("P", "E", "I", "B", "D", "O", "L", "M", "Q")  # of the list of observation statuses
TERMS = ("path", "gap", "headline", "round", "release", "revision")
TESTED = Path(__file__).parents[1] / "accessibility.json"  # verified by the tests of the browser
CONTACT = "EMPACT_CONTACT"  # an address of the web or of mail, or words


def layout(**query: str) -> html.Div:
    context = resolve_context(View.from_query(query))
    sections = {
        STATUSES: definition_list(status_meanings(context)),
        "values": definition_list(mark_meanings(context)),
        "terms": definition_list(term_meanings(context)),
        "sources": [*source_list(context)],
        "confidentiality": [*confidentiality(context)],
        "licence": [html.P(context.text("about.licence_rule"))],
        "citing": [*how_to_cite(context)],
        "accessibility": [*accessibility_statement(context)],
        "contact": [*contact()],
    }
    written = {anchor: body for anchor, body in sections.items() if body}
    body: list[Any] = [contents([*written], context)]
    for anchor, parts in written.items():
        heading = html.H2(context.text(f"about.{anchor}"))
        body.append(html.Section([heading, *parts], id=anchor, className="card"))
    return frame(ABOUT_PATH, context, body, of_release=False, lasting={})


def contents(anchors: list[str], context: PageContext) -> html.Nav:
    text = context.text
    links = [html.Li(html.A(text(f"about.{anchor}"), href=f"#{anchor}")) for anchor in anchors]
    label = attributes(aria_label=text("about.contents"))
    return html.Nav(html.Ul(links), className="index", **label)


def definition_list(meanings: Mapping[str, tuple[Drawn, str]]) -> list[Any]:
    """Each term under an anchor of its own, and what it means."""
    parts = []
    for anchor, (term, meaning) in meanings.items():
        parts += [html.Dt(term, id=anchor), html.Dd(meaning)]
    return [html.Dl(parts, className="definitions")]


def status_meanings(context: PageContext) -> dict[str, tuple[Drawn, str]]:
    text = context.text
    return {
        f"status-{mark}": (badge(mark, text), text(f"status_meaning.{mark}"))
        for mark in SCOREBOARD_MARKS
    }


def mark_meanings(context: PageContext) -> dict[str, tuple[Drawn, str]]:
    text = context.text
    named: dict[str, tuple[Drawn, str]] = {
        f"value-{code}": (text.code("observation_status", code), text(f"mark_meaning.{code}"))
        for code in VALUE_MARKS
    }
    return named | {"value-zero": (text.number(0, 0), text("mark_meaning.zero"))}


def term_meanings(context: PageContext) -> dict[str, tuple[Drawn, str]]:
    text = context.text
    return {f"term-{term}": (text(f"term.{term}"), text(f"term_meaning.{term}")) for term in TERMS}


def source_list(context: PageContext) -> Iterator[Any]:
    """Where the figures of each collection come from."""
    language = context.language
    items = [html.Li([html.Strong(known.name(language)), ": ", known.note(language)])
             for known in collections_in_order()]  # fmt: skip
    yield html.Ul(items)
    yield document_link("sources", "about.sources_link", context)


def confidentiality(context: PageContext) -> Iterator[Any]:
    yield html.P(context.text("about.confidentiality_rule"))
    yield document_link("confidentiality", "about.confidentiality_link", context)


def document_link(name: str, key: str, context: PageContext) -> html.P:
    return html.P(page_link(context.text(key), href=document_address(name, context)))


def how_to_cite(context: PageContext) -> Iterator[Any]:
    """A release as it can be cited; nothing where there is none."""
    text, release = context.text, context.release
    if release is None:
        return
    words = text(
        "about.citation",
        product=text("frame.product"),
        collection=context.collection.name(context.language),
        release=release.label,
        day=text.date(release.as_of) if release.as_of else "",
    )
    address = lasting_address("/", context)
    yield html.P([words, " ", page_link(html.Code(address), href=address)])


def accessibility_statement(context: PageContext) -> Iterator[Any]:
    """What the tests found, with which tool, when."""
    text, tested = context.text, json.loads(TESTED.read_text("utf-8"))
    values = {
        "day": text.date(tested["day"]),
        "tool": tested["tool"],
        "version": tested["version"],
        "faults": text.number(tested["faults"], 0),
        "widths": text.listed([str(width) for width in tested["widths"]]),
        "rules": text.listed(tested["rules"]),
        "width": str(tested["smallest_width"]),
        "text": str(tested["smallest_text"]),
    }
    yield html.P(text("about.accessibility_tested", **values))
    yield html.P(text("about.accessibility_rest"))


def contact() -> Iterator[Any]:
    """Whom to write to, where the operator says so."""
    written = os.environ.get(CONTACT, "").strip()
    if "@" in written and not written.startswith(WEB_SCHEMES):
        yield html.P(html.A(written, href=f"mailto:{written}"))
    elif written.startswith(WEB_SCHEMES):
        yield html.P(html.A(written, href=written))
    elif written:
        yield html.P(written)
