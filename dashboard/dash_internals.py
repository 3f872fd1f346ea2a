"""What the dashboard uses of Dash beyond its documented interface, in one module.

Each part has a test in `tests/dashboard/test_dash_internals.py`, which fails if an upgrade of Dash
changes it.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest
from typing import Any
from urllib.parse import parse_qs

from dash import Dash, dash_table, dcc, html
from dash.development.base_component import Component

CALLBACK_PATH = "/_dash-update-component"
ANY_ADDRESS = "/<path:path>"  # the rule of every address that is no route of its own
ROUTED_SEARCH = "_pages_location.search"  # the query string, in the router of Dash
NOT_FOUND = "not_found_404"  # the module that the router takes for an unknown address
ROUTER_PREFIX = "_pages_"
LISTS_OF_PROPERTIES = (
    "_prop_names", "_valid_wildcard_attributes", "available_properties",
    "available_wildcard_properties",
)  # fmt: skip


def leave_out_data_table() -> None:
    """Load no data table, which no page uses."""
    vars(dash_table)["_js_dist"].clear()


def is_component(drawn: object) -> bool:
    """As `isinstance(drawn, Component)`, which takes long: the class is an abstract one."""
    return hasattr(drawn, "available_properties")


def make_components_lean() -> None:
    """Let components of HTML, links and inputs keep their properties and nothing else.

    That takes a tenth of the time of Dash.

    Dash gives each one four lists of all properties that it could have, and prepares the words of
    errors that do not occur. Here the class has the lists.
    """
    for kind in vars(html).values():
        if isinstance(kind, type) and issubclass(kind, Component) and kind is not Component:
            make_lean(kind())
    make_lean(dcc.Link(href="/"))
    make_lean(dcc.Input())


def make_lean(sample: Any) -> None:  # noqa: ANN401 - Dash declares no properties
    """Let the components of one kind be created without what all have in common."""
    kind = type(sample)
    create = vars(kind)["__init__"]
    for name in LISTS_OF_PROPERTIES:
        setattr(kind, name, getattr(sample, name))
    known = frozenset(sample._prop_names) - {"id"}  # noqa: SLF001
    wildcards = tuple(sample._valid_wildcard_attributes)  # noqa: SLF001

    first = ["children"] if "children" in known else []

    def create_lean(component: Any, *values: Any, **properties: Any) -> None:  # noqa: ANN401
        is_usual = len(values) <= len(first) and all(
            name in known or name.startswith(wildcards) for name in properties
        )
        if not is_usual or any(is_component(value) for value in properties.values()):
            create(component, *values, **properties)  # it says what is wrong
            return
        children = dict(zip_longest(first, values))  # none if they are not given
        component.__dict__.update(children | properties)

    setattr(kind, "__init__", create_lean)  # noqa: B010 - types do not allow an assignment


def finish_setup(app: Dash) -> None:
    """Let Dash finish its setup, before two requests at once find it half done.

    Dash does so during the first request, and marks it as done too early.
    """
    app.server.test_client().get("/_dash-dependencies")


def routed_query(search: str) -> Mapping[str, Any]:
    """The query as the router hands it to a layout: a list where a name is repeated."""
    parsed = parse_qs(search.removeprefix("?"), keep_blank_values=True)
    return {name: values[0] if len(values) == 1 else values for name, values in parsed.items()}


def index_hooks(app: Dash) -> list[Callable[[str], str]]:
    """The functions that `dash.hooks.index` applies to each document."""
    hooks: list[Callable[[str], str]] = app._hooks.get_hooks("index")  # noqa: SLF001
    return hooks


def ids_of_callbacks(app: Dash) -> Iterator[str]:
    """The ids whose properties a callback of a page reads."""
    for declared in app.callback_map.values():
        for dependency in (*declared["inputs"], *declared["state"]):
            if not dependency["id"].startswith(ROUTER_PREFIX):
                yield dependency["id"]
