"""A chart for a frame on another site: only where the operator names that site."""

from base64 import b64decode
from html import unescape

import pytest
from flask.testing import FlaskClient

from dashboard.data import Release
from dashboard.frame_permissions import VARIABLE, frame_ancestors
from metrics.core.errors import DefinitionError

SITE = "https://www.example.eu"
FRAMED = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}
CHART = "/embed/trend?goal=GA-1.1&area=FI"


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, f"{SITE}, https://*.example.org")


@pytest.mark.parametrize(
    "path", ["/", "/goal?goal=GA-1.1", "/picture/trend.svg?goal=GA-1.1", CHART]
)
def test_by_default_no_site_may_frame_anything(
    release: Release, client: FlaskClient, path: str
) -> None:
    answer = client.get(path)

    assert answer.status_code == 200, release
    assert answer.headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert client.get(path, headers=FRAMED).status_code == 403
    assert "<iframe" not in unescape(answer.text)


@pytest.mark.usefixtures("release")
def test_a_reader_finds_embedding_beside_the_pictures_and_how_it_is_allowed(
    client: FlaskClient,
) -> None:
    page = client.get("/goal?goal=GA-1.1&lang=en").text
    beside = page[page.index("/picture/trend.svg") :]
    assert '"Embed"' in beside.replace(">Embed<", '"Embed"')
    assert VARIABLE in beside


@pytest.mark.usefixtures("allowed")
def test_a_named_site_may_frame_charts_and_nothing_else(
    release: Release, client: FlaskClient
) -> None:
    chart, page = client.get(CHART, headers=FRAMED), client.get("/goal?goal=GA-1.1")

    policy = chart.headers["Content-Security-Policy"]
    assert chart.status_code == 200, release
    assert policy.startswith("default-src 'none'")
    assert policy.endswith(f"frame-ancestors {SITE} https://*.example.org")
    assert "X-Frame-Options" not in chart.headers
    assert page.headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    assert client.get("/goal?goal=GA-1.1", headers=FRAMED).status_code == 403


@pytest.mark.usefixtures("allowed")
def test_the_code_beside_a_picture_leads_to_the_same_chart(
    release: Release, client: FlaskClient
) -> None:
    page = client.get("/goal?goal=GA-1&view=map&lang=el", headers={"Host": "localhost"}).text
    code = unescape(unescape(page.partition("embed-code")[2]).partition('<iframe src="')[2])
    address = code.partition('"')[0]

    assert address.startswith("http://localhost/embed/map?"), release
    assert "lang=el" in address
    assert client.get(address).status_code == 200


def test_the_document_is_whole_without_scripts_and_further_requests(
    release: Release, client: FlaskClient
) -> None:
    document = client.get(f"{CHART}&lang=fi").text
    pictures = [part.partition('"')[0] for part in document.split("base64,")[1:]]

    assert "<script" not in document
    assert 'src="/' not in document
    assert '<html lang="fi">' in document
    assert release.label in document
    assert "/g/GA-1.1/FI?" in unescape(document)
    assert [b"<svg" in b64decode(picture) for picture in pictures] == [True, True, True]


@pytest.mark.usefixtures("release")
def test_what_no_page_has_is_not_found(client: FlaskClient) -> None:
    assert "GA-9.9" in client.get("/embed/trend?goal=GA-9.9").text
    assert client.get("/embed/trend?goal=GA-9.9").status_code == 404


@pytest.mark.parametrize(
    "wrong", ["www.example.eu", "https://a.eu/path", "https://a.eu; script-src *", "'self'"]
)
def test_a_wrong_setting_is_named_when_the_server_starts(
    monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.setenv(VARIABLE, wrong)
    with pytest.raises(DefinitionError, match=VARIABLE):
        frame_ancestors()
