"""What a page says, read from its components as a browser would from its elements."""

from collections.abc import Iterator
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


def picker(page: Any, parameter: str) -> Any:
    return next(each for each in elements(page) if parameter in picked(each))


def picked(each: Component) -> tuple[str, ...]:
    identity = getattr(each, "id", None)
    return (identity.get("picks", ""),) if isinstance(identity, dict) else ()
