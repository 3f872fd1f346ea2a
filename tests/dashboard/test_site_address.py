"""The address of the site, as documents that leave it have it."""

import pytest
from flask import Flask

from dashboard.hosts import site_address
from dashboard.intake import submission_address


@pytest.mark.parametrize(
    ("host", "site", "submission"),
    [
        ("localhost:8050", "http://localhost:8050", ""),
        ("127.0.0.1", "http://127.0.0.1", ""),
        ("metrics.example.eu", "https://metrics.example.eu", "https://metrics.example.eu/submit"),
    ],
)
def test_behind_a_proxy_the_address_has_tls(
    monkeypatch: pytest.MonkeyPatch, host: str, site: str, submission: str
) -> None:
    monkeypatch.delenv("EMPACT_ADDRESS", raising=False)
    with Flask("site").test_request_context(base_url=f"http://{host}"):
        assert (site_address(), submission_address()) == (site, submission)


def test_without_a_request_there_is_no_address() -> None:
    assert not site_address()
