"""A callback request that no page sends is refused, in one line of the log."""

import json
import logging
from collections.abc import Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.dash_internals import CALLBACK_PATH

ROUTER = "_pages_location"
DIGEST = "a" * 64


def prop(identity: object, name: str, value: object) -> dict[str, object]:
    return {"id": identity, "property": name, "value": value}


def page_request(**changes: object) -> dict[str, Any]:
    """The request by which a browser asks for the content of a page."""
    body: dict[str, Any] = {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [prop("_pages_content", "children", None), prop("_pages_store", "data", None)],
        "inputs": [prop(ROUTER, "pathname", "/"), prop(ROUTER, "search", "")],
        "changedPropIds": [f"{ROUTER}.pathname"],
        "state": [],
    }
    return body | changes


def confirmation(seen: object) -> dict[str, Any]:
    identity = {"confirms": DIGEST, "seen": seen}
    return {
        "output": '{"examined":["MATCH"]}.children',
        "outputs": {"id": {"examined": DIGEST}, "property": "children"},
        "inputs": [[prop(identity, "n_clicks", 1)]],
        "changedPropIds": [f"{json.dumps(identity)}.n_clicks"],
        "state": [prop("address", "search", f"?checked={DIGEST}")],
    }


def at(position: int, value: object) -> dict[str, Any]:
    """The request for a page with another value of one input."""
    inputs = page_request()["inputs"]
    inputs[position]["value"] = value
    return page_request(inputs=inputs)


def without(body: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key != name}


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "body",
    [
        page_request(),
        without(page_request(), "state"),
        at(0, None),
        confirmation(""),
        confirmation(DIGEST),
    ],
)
def test_what_a_page_sends_is_answered(client: FlaskClient, body: dict[str, Any]) -> None:
    assert client.post(CALLBACK_PATH, json=body).status_code == 200


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "body",
    [
        [1],
        {},
        at(0, 5),
        at(0, "javascript:alert(1)"),
        at(1, ["?area=FI"]),
        at(1, "?goal=\ud800"),
        at(1, {"area": "FI"}),
        page_request(output="nothing.children"),
        page_request(output=3),
        page_request(outputs=None),
        page_request(outputs=[]),
        page_request(outputs={}),
        page_request(inputs="x"),
        page_request(inputs=[]),
        page_request(inputs=page_request()["inputs"][:1]),
        page_request(inputs=[*page_request()["inputs"], prop(ROUTER, "hash", "")]),
        page_request(inputs=page_request()["inputs"][::-1]),
        page_request(state=5),
        page_request(changedPropIds=7),
        without(page_request(), "inputs"),
        confirmation(None),
        confirmation(0),
        confirmation(["x"]),
    ],
)
def test_what_no_page_sends_is_refused_in_one_line(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, body: object
) -> None:
    with caplog.at_level(logging.WARNING):
        answer = client.post(CALLBACK_PATH, json=body)

    assert answer.status_code == 400
    assert len(caplog.messages) == 1
    assert "\n" not in caplog.text.strip()
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(
    ("sent", "kind", "status"),
    [("{x", "application/json", 400), ("[" * 30_000, "application/json", 400),
     ('{"a":' * 9_000, "application/json", 400), ("{}", "text/plain", 415)],
)  # fmt: skip
def test_what_is_not_json_is_refused(
    client: FlaskClient, sent: str, kind: str, status: int
) -> None:
    assert client.post(CALLBACK_PATH, data=sent, content_type=kind).status_code == status


def test_the_log_repeats_nothing_of_a_body(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        client.post(CALLBACK_PATH, json=at(0, {"Anna Virtanen": "anna@example.org"}))
        client.post(CALLBACK_PATH, json=page_request(output="Anna Virtanen.children"))

    assert "Virtanen" not in caplog.text
