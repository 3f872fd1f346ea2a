"""What a page says, read from its components as a browser would from its elements."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from typing import Any

from dash.development.base_component import Component

from dashboard.components.html_block import HTML_SOURCE

VOID = {"input", "br", "img", "hr"}  # elements without an end tag


@dataclass
class Element:
    """An element of the HTML that a template has written."""

    tag: str  # `Tr`, as the component of Dash is called
    attributes: dict[str, str]
    children: list[Any] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.attributes.get("id", "")

    @property
    def className(self) -> str:  # noqa: N802 - as components call it
        return self.attributes.get("class", "")

    @property
    def href(self) -> str:
        return self.attributes.get("href", "")

    @property
    def title(self) -> str:
        return self.attributes.get("title", "")

    @property
    def scope(self) -> str:
        return self.attributes.get("scope", "")


class Reader(HTMLParser):
    """Read HTML into elements, within an element for all of it."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.opened = [Element("", {})]
        self.feed(written)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag.capitalize(), {name: value or "" for name, value in attrs})
        self.opened[-1].children.append(element)
        if tag not in VOID:
            self.opened.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.opened.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.opened[-1].tag == tag.capitalize(), f"</{tag}> in {self.opened[-1].tag}"
        self.opened.pop()

    def handle_data(self, data: str) -> None:
        self.opened[-1].children.append(" ".join(data.split(" ")).strip("\n"))


@cache
def read_html(written: str) -> list[Any]:
    return Reader(written).opened[0].children


def parts_of(component: Any) -> Any:
    """What is within a component; of the source of an HTML block, its elements."""
    if getattr(component, "id", "") == HTML_SOURCE:
        return read_html(component.data)
    return getattr(component, "children", None)


def tag_of(component: Any) -> str:
    """The name of an element: links that Dash writes and those of a template are both `Link`."""
    tag = component.tag if isinstance(component, Element) else type(component).__name__
    is_link = isinstance(component, Element) and tag == "A" and component.href[:1] == "/"
    return "Link" if is_link else tag


def elements(page: Any) -> Iterator[Any]:
    """Every component of a page, depth first."""
    if isinstance(page, list | tuple):
        for each in page:
            yield from elements(each)
    elif isinstance(page, Component | Element):
        yield page
        yield from elements(parts_of(page))


def words(page: Any) -> str:
    """All text of a page in reading order."""
    if isinstance(page, list | tuple):
        return " ".join(filter(None, map(words, page)))
    if isinstance(page, Component | Element):
        return words(parts_of(page))
    return "" if page is None else str(page)


def of_type(page: Any, name: str) -> list[Any]:
    """Elements by the name of their tag: `H1`, `Table`, `Graph`."""
    return [each for each in elements(page) if tag_of(each) == name]


def with_class(page: Any, name: str) -> list[Any]:
    return [
        each for each in elements(page) if name in (getattr(each, "className", "") or "").split()
    ]


def with_hint(page: Any) -> list[Any]:
    """Signs that have words of their own, as `dashboard/components/hints.py` gives them."""
    return [each for each in elements(page) if hint_of(each)]


def hint_of(component: Any) -> str:
    if isinstance(component, Element):
        return component.attributes.get("data-hint", "")
    return getattr(component, "data-hint", "")


@dataclass(frozen=True)
class Picker:
    """A list of choices as it is drawn."""

    label: str
    value: str  # the one that is selected
    options: dict[str, str]


def picker(page: Any, parameter: str) -> Picker:
    """The list of choices for a parameter of the address."""
    (label,) = [each for each in of_type(page, "Label")
                if getattr(each, "data-picks", "") == parameter]  # fmt: skip
    options = of_type(label, "Option")
    (selected,) = [each.value for each in options if getattr(each, "selected", False)]
    names = {each.value: words(each) for each in options}
    return Picker(words(with_class(label, "picker-label")), selected, names)
