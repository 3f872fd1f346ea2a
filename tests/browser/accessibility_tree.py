"""What the accessibility tree of a page, as Chromium gives it to a screen reader, lacks."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from playwright.sync_api import CDPSession, Page

NAMED = {
    "link", "button", "DisclosureTriangle", "textbox", "searchbox", "combobox", "checkbox", "radio",
    "spinbutton", "image", "figure", "table", "navigation", "region", "dialog", "complementary",
}  # fmt: skip
ONCE = ("main", "banner", "contentinfo")
HEADINGS_OF_TABLES = {"columnheader", "rowheader"}
Node = Mapping[str, Any]


def faults_of_tree(page: Page) -> list[str]:
    """Nodes without a name, headings out of order, landmarks, tables without headings."""
    session = page.context.new_cdp_session(page)
    try:
        tree: list[Node] = session.send("Accessibility.getFullAXTree")["nodes"]
        by_id = {node["nodeId"]: node for node in tree}
        nodes = [node for node in in_reading_order(tree[0], by_id) if not node.get("ignored")]
        unnamed = [node for node in nodes if needs_name(node) and not name_of(node)]
        return [
            *(f"no name: {role_of(node)} {element_of(node, session)}" for node in unnamed),
            *faults_of_landmarks(nodes),
            *faults_of_headings(nodes),
            *(f"no headings: table {name_of(node)}" for node in nodes
              if role_of(node) == "table" and not has_headings(node, by_id)),
        ]  # fmt: skip
    finally:
        session.detach()


def in_reading_order(node: Node, by_id: Mapping[str, Node]) -> Iterator[Node]:
    yield node
    for child in node.get("childIds", ()):
        if child in by_id:
            yield from in_reading_order(by_id[child], by_id)


def role_of(node: Node) -> str:
    return str(node.get("role", {}).get("value", ""))


def name_of(node: Node) -> str:
    return str(node.get("name", {}).get("value", "")).strip()


def needs_name(node: Node) -> bool:
    return role_of(node) in NAMED


def element_of(node: Node, session: CDPSession) -> str:
    found = session.send("DOM.describeNode", {"backendNodeId": node["backendDOMNodeId"]})["node"]
    return " ".join([found["nodeName"].lower(), *found.get("attributes", ())])[:120]


def faults_of_landmarks(nodes: list[Node]) -> Iterator[str]:
    counts = Counter(map(role_of, nodes))
    yield from (f"{counts[role]} times {role}" for role in ONCE if counts[role] != 1)
    if not counts["status"]:
        yield "no live region"


def faults_of_headings(nodes: list[Node]) -> Iterator[str]:
    headings = [(level_of(node), name_of(node)) for node in nodes if role_of(node) == "heading"]
    levels = [level for level, _ in headings]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} headings of the first level"
    for (before, _), (level, name) in pairwise([(0, ""), *headings]):
        if level > before + 1:
            yield f"heading of level {level} after one of {before}: {name}"
    yield from ("heading without words" for _, name in headings if not name)


def level_of(node: Node) -> int:
    levels = (known["value"]["value"] for known in node["properties"] if known["name"] == "level")
    return int(next(levels))


def has_headings(table: Node, by_id: Mapping[str, Node]) -> bool:
    return any(role_of(node) in HEADINGS_OF_TABLES for node in in_reading_order(table, by_id))
