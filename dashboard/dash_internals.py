"""What the dashboard uses of Dash beyond its documented interface, in one module.

Each part has a test in `tests/dashboard/test_dash_internals.py`, which fails if an upgrade of Dash
changes it.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs

from dash import Dash, dash_table

CALLBACK_PATH = "/_dash-update-component"
ANY_ADDRESS = "/<path:path>"  # the rule of every address that is no route of its own
ROUTED_SEARCH = "_pages_location.search"  # the query string, in the router of Dash
NOT_FOUND = "not_found_404"  # the module that the router takes for an unknown address
ROUTER_PREFIX = "_pages_"


def leave_out_data_table() -> None:
    """Load no data table, which no page uses."""
    vars(dash_table)["_js_dist"].clear()


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
    """What `dash.hooks.index` was told to do to each document."""
    hooks: list[Callable[[str], str]] = app._hooks.get_hooks("index")  # noqa: SLF001
    return hooks


def ids_of_callbacks(app: Dash) -> Iterator[str]:
    """The ids whose properties a callback of a page reads."""
    for declared in app.callback_map.values():
        for dependency in (*declared["inputs"], *declared["state"]):
            if not dependency["id"].startswith(ROUTER_PREFIX):
                yield dependency["id"]
