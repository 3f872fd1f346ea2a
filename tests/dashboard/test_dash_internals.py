"""What the dashboard uses of Dash beyond its documented interface is still there."""

import json
import re
import subprocess
import sys
from http import HTTPStatus
from typing import Any

import dash
import pytest
from dash import dcc, html
from flask.testing import FlaskClient

from dashboard.components.layout import attributes
from dashboard.dash_internals import (
    ANY_ADDRESS,
    CALLBACK_PATH,
    NOT_FOUND,
    ROUTED_SEARCH,
    ROUTER_PREFIX,
    ids_of_callbacks,
    index_hooks,
    is_component,
    routed_query,
)

FRESH = """
import threading
from dashboard.app import server
found = []
def ask():
    found.append(server.test_client().post("/_dash-update-component", json={}).status_code)
threads = [threading.Thread(target=ask) for _ in range(8)]
[thread.start() for thread in threads]; [thread.join() for thread in threads]
print(len(server.test_client().get("/_dash-dependencies").get_json()), found)
"""


def dependencies(client: FlaskClient) -> list[dict[str, object]]:
    found: list[dict[str, object]] = client.get("/_dash-dependencies").get_json()
    return found


def test_the_router_asks_with_the_query_string(client: FlaskClient) -> None:
    (router,) = (known for known in dependencies(client)
                 if "_pages_content.children" in str(known["output"]))  # fmt: skip
    identity, _, name = ROUTED_SEARCH.partition(".")

    assert {"id": identity, "property": name} in [
        {"id": asked["id"], "property": asked["property"]}
        for asked in json.loads(json.dumps(router["inputs"]))
    ]
    assert identity.startswith(ROUTER_PREFIX)


def test_callbacks_and_documents_have_their_routes(client: FlaskClient) -> None:
    rules = {rule.rule for rule in client.application.url_map.iter_rules()}
    assert {CALLBACK_PATH, ANY_ADDRESS} <= rules


def test_the_page_for_unknown_addresses_has_the_name_that_the_router_knows() -> None:
    assert f"dashboard.pages.{NOT_FOUND}" in dash.page_registry


def test_a_repeated_name_of_a_query_is_a_list() -> None:
    assert routed_query("?a=1&b=2&b=3&c=") == {"a": "1", "b": ["2", "3"], "c": ""}


def test_the_ids_that_callbacks_read_are_known(client: FlaskClient) -> None:
    from dashboard.app import application  # noqa: PLC0415

    assert client
    found = {*ids_of_callbacks(application)}
    assert {"address", "withdrawal-show"} <= found
    assert not any(identity.startswith(ROUTER_PREFIX) for identity in found)


@pytest.mark.parametrize("path", ["/", "/submit"])
def test_what_is_done_to_each_document_is_done_to_those_that_dash_does_not_write(
    client: FlaskClient, path: str
) -> None:
    from dashboard.app import application  # noqa: PLC0415

    assert len(index_hooks(application)) > 0
    client.get(path)
    before = client.get(f"{path}?lang=en&q={path}").text
    dash.hooks.index()(lambda document: document.replace("</head>", "<!-- seen --></head>"))
    after = client.get(f"{path}?lang=fi&q=hook").text
    application._hooks.hooks._ns["index"].pop()
    assert ("<!-- seen -->" in before, "<!-- seen -->" in after) == (False, True)


def test_no_page_loads_the_data_table(client: FlaskClient) -> None:
    scripts = re.findall(r'src="([^"]+)"', client.get("/submit?lang=en").text)

    assert any("dash_renderer" in script for script in scripts)
    assert not any("table" in script or "mantine" in script for script in scripts)
    for script in scripts:
        with client.get(script) as answer:
            assert answer.status_code == HTTPStatus.OK, script


@pytest.mark.parametrize("library", ["dash_mantine_components", "dash_ag_grid"])
def test_no_other_component_library_is_loaded(library: str) -> None:
    assert library not in sys.modules


def test_first_requests_at_once_find_every_callback() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FRESH], capture_output=True, text=True, check=True, timeout=120
    )
    number, _, statuses = done.stdout.strip().partition(" ")
    assert int(number) > 5
    assert statuses == str([400] * 8)


def test_lean_components_are_what_dash_makes_of_them() -> None:
    from dashboard.app import application  # noqa: PLC0415

    assert application
    component: Any = html.Span(["x"], className="y", **attributes(data_x="1"))

    assert component.to_plotly_json() == {
        "props": {"children": ["x"], "className": "y", "data-x": "1"},
        "type": "Span",
        "namespace": "dash_html_components",
    }
    named: Any = html.Div(id="named", hidden=True)
    assert named.to_plotly_json()["props"] == {"children": None, "id": "named", "hidden": True}
    link: Any = dcc.Link("x", href="/y", refresh=True)
    assert link.to_plotly_json()["props"] == {"children": "x", "href": "/y", "refresh": True}
    box: Any = dcc.Input(type="hidden", name="area", value="FI")
    assert box.to_plotly_json()["props"] == {"type": "hidden", "name": "area", "value": "FI"}
    # Dash keeps its lists in each component.
    assert [len(vars(lean)) for lean in (component, link, box)] == [3, 3, 3]


@pytest.mark.parametrize("properties", [{"unknown": "x"}, {"id": 3}, {"title": html.B("x")}])
def test_lean_components_refuse_what_dash_refuses(properties: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        html.Div("x", **properties)


def test_components_are_known_without_asking_their_class() -> None:
    others: tuple[object, ...] = ("A", None, 1, True, [html.Div("A")], {"children": "A"})

    assert all(
        map(is_component, (html.Div("A"), dcc.Link(href="/"), dcc.Graph(), dcc.Store(id="a")))
    )
    assert not any(map(is_component, others))
