"""The work of a request ends when the server knows that its client has left, and only then."""

import pytest
from flask import Flask

from dashboard.intake import end_abandoned_work
from metrics.intake.limited_process import AbandonedError, refuse_abandoned


def work() -> str:
    refuse_abandoned()
    return "done"


@pytest.fixture
def server() -> Flask:
    server = Flask("working")
    server.testing = True
    server.add_url_rule("/", "work", work)
    end_abandoned_work(server)
    return server


@pytest.mark.parametrize("environment", [{}, {"waitress.client_disconnected": lambda: False}])
def test_work_that_is_waited_for_is_done(server: Flask, environment: dict[str, object]) -> None:
    assert server.test_client().get("/", environ_overrides=environment).text == "done"


def test_work_of_a_client_that_has_left_ends(server: Flask) -> None:
    left = {"waitress.client_disconnected": lambda: True}

    with pytest.raises(AbandonedError):
        server.test_client().get("/", environ_overrides=left)

    assert server.test_client().get("/").text == "done"
