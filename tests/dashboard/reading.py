"""What a page says, read from its components as a browser would from its elements."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dash.development.base_component import Component


def elements(page: Any) -> Iterator[Any]:
    """Every component of a page, depth first."""
    if isinstance(page, list | tuple):
        for each in page:
            yield from elements(each)
    elif isinstance(page, Component):
        yield page
        yield from elements(getattr(page, "children", None))


def words(page: Any) -> str:
    """All text of a page in reading order."""
    if isinstance(page, list | tuple):
        return " ".join(filter(None, map(words, page)))
    if isinstance(page, Component):
        return words(getattr(page, "children", None))
    return "" if page is None else str(page)


def of_type(page: Any, name: str) -> list[Any]:
    """Elements by the name of their tag: `H1`, `Table`, `Graph`."""
    return [each for each in elements(page) if type(each).__name__ == name]


def with_class(page: Any, name: str) -> list[Any]:
    return [
        each for each in elements(page) if name in (getattr(each, "className", "") or "").split()
    ]


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
