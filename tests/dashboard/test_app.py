"""What the server answers: documents, files to take away, uploads."""

import csv
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.intake import MEGABYTE, MEGABYTES, desk
from metrics.messages import languages
from metrics.messages.error_texts import error_sentence
from metrics.submissions.uploads import BrokenOffError, Quota, QuotaError

SENT = {"X-Requested-With": "EMPACT", "X-File-Name": "a.csv"}


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))


@pytest.mark.parametrize(
    ("address", "language"),
    [("/", "en"), ("/?lang=el", "el"), ("/goal?lang=fi", "fi"), ("/?lang=xx", "en")],
)
def test_the_document_says_its_language(client: FlaskClient, address: str, language: str) -> None:
    document = client.get(address).text
    assert f'<html lang="{language}">' in document
    assert f'<body data-language="{language}"' in document  # in which scripts ask for more


@pytest.mark.parametrize(
    ("address", "browser", "leads_to"),
    [
        ("/", "fi-FI,fi;q=0.9,en;q=0.8", "/?lang=fi"),
        ("/submit?area=EL", "el", "/submit?area=EL&lang=el"),
        ("//", "fi", "/?lang=fi"),
        ("/submit?lang=en", "fi", None),
        ("/submit", "bg,en;q=0.5", None),
        ("/submit", "", None),
        ("/nowhere", "fi", None),
    ],
)
def test_an_address_without_a_language_leads_to_that_of_the_browser(
    client: FlaskClient, address: str, browser: str, leads_to: str | None
) -> None:
    answer = client.get(address, headers={"Accept-Language": browser})

    assert answer.headers.get("Location") == leads_to


def test_nothing_but_this_machine_is_allowed(client: FlaskClient) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    assert "unsafe-eval" not in policy


def test_every_inline_script_is_named_in_the_policy(client: FlaskClient) -> None:
    assert (
        "'unsafe-inline'"
        not in client.get("/").headers["Content-Security-Policy"].split("style-src")[0]
    )


@pytest.mark.parametrize("path", ["/", "/goal", "/goal/", "/state", "/submit", "/catalogue"])
@pytest.mark.parametrize("query", ["", "?lang=fi&goal=GA-1.1"])
def test_the_address_of_a_page_is_known(client: FlaskClient, path: str, query: str) -> None:
    assert client.get(path + query).status_code == 200


@pytest.mark.parametrize("path", ["/nowhere", "/goal/GA-1.1", "/404", "/download/x", "/goals"])
@pytest.mark.parametrize("query", ["", "?lang=fi&goal=GA-1.1"])
def test_an_unknown_address_is_answered_with_404_and_a_document(
    client: FlaskClient, path: str, query: str
) -> None:
    answer = client.get(path + query)
    assert answer.status_code == 404
    assert f'<html lang="{"fi" if query else "en"}">' in answer.text
    assert "<h1>" in answer.text


def test_browsers_find_the_icon_of_the_dashboard(client: FlaskClient) -> None:
    with client.get("/favicon.ico", follow_redirects=True) as answer:
        assert answer.status_code == 200
        assert answer.mimetype in {"image/vnd.microsoft.icon", "image/x-icon"}
    assert "/assets/favicon.ico" in client.get("/").text


@pytest.mark.parametrize("script", ["dash/none.js", "nothing/x.js", "dash/../../app.py"])
def test_an_unknown_script_is_answered_with_404(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, script: str
) -> None:
    assert client.get(f"/_dash-component-suites/{script}").status_code == 404
    assert caplog.text == ""


def test_no_tool_protocol_is_served(client: FlaskClient) -> None:
    assert client.post("/_mcp", json={}).status_code in {404, 405}


@pytest.mark.usefixtures("home")
def test_the_trend_can_be_taken_away(client: FlaskClient) -> None:
    answer = client.get("/download/trend.csv?goal=GA-1.1&area=FI&indicator=ICSE_VICTIMS")
    table = rows(answer.text)
    assert [row["period"] for row in table] == [str(year) for year in range(2020, 2026)]
    assert (table[-1]["area"], table[-1]["value"]) == ("FI", "625.0")
    assert "Sample figures (invented)" in table[0]["source_line"]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("what", ["trend", "states"])
def test_what_names_no_series_is_answered_with_words(client: FlaskClient, what: str) -> None:
    answer = client.get(f"/download/{what}.csv?area=FI&lang=en")
    assert (answer.status_code, "No indicator or goal was specified" in answer.text) == (400, True)


@pytest.mark.usefixtures("home")
def test_the_states_can_be_taken_away_in_their_order(client: FlaskClient) -> None:
    table = rows(client.get("/download/states.csv?goal=GA-1.1&period=2025").text)
    assert len(table) == 27
    assert {row["area"]: row["observation_status"] for row in table}["MT"] == "Q"
    assert {row["area"]: row["value"] for row in table}["MT"] == ""


@pytest.mark.usefixtures("home")
def test_a_breakdown_is_taken_away_with_its_codes(client: FlaskClient) -> None:
    table = rows(client.get("/download/trend.csv?goal=GA-1.1&area=FI&breakdown=sex").text)
    assert {row["series"] for row in table} >= {"sex=F", "sex=M"}


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("address", ["nothing.csv", "trend.nothing", "trend.xlsx"])
def test_there_is_no_file_of_an_unknown_view_or_format(client: FlaskClient, address: str) -> None:
    assert client.get(f"/download/{address}?goal=GA-1.1").status_code == 404


@pytest.mark.parametrize("what", ["nothing", "trend"])
@pytest.mark.usefixtures("empty_home")
def test_there_is_no_file_without_a_release(client: FlaskClient, what: str) -> None:
    assert client.get(f"/download/{what}.csv?goal=GA-1.1").status_code == 404


@pytest.mark.usefixtures("empty_home")
def test_a_template_can_be_taken_away(client: FlaskClient) -> None:
    answer = client.get("/download/template.xlsx?collection=empact-cse&area=FI&round=2025&lang=fi")
    assert answer.data[:4] == b"PK\x03\x04"
    assert "empact-cse-2025-FI.xlsx" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "query", ["collection=nothing&area=FI&round=2025", "collection=sample&area=XX&round=1"]
)
@pytest.mark.usefixtures("empty_home")
def test_there_is_no_template_for_what_nobody_knows(client: FlaskClient, query: str) -> None:
    assert client.get(f"/download/template.xlsx?{query}").status_code == 404


def test_another_site_cannot_send_a_file(client: FlaskClient, empty_home: Path) -> None:
    assert client.post("/upload", data=b"a;b").status_code == 403
    assert not (empty_home / "data").exists()


def test_a_file_is_kept_until_it_is_confirmed(client: FlaskClient, empty_home: Path) -> None:
    answer = client.post("/upload?lang=fi&area=FI", data=b"indicator;period;value\n", headers=SENT)
    assert "lang=fi&area=FI&checked=" in answer.get_json()["search"].replace("?", "&")
    assert len(list((empty_home / "data/staging/uploads").glob("*-a.csv"))) == 1


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    ("content", "status"), [(b"indicator;period;value\n", 200), (b"indicator;per", 400)]
)
def test_a_file_with_another_digest_than_announced_is_not_kept(
    client: FlaskClient, empty_home: Path, content: bytes, status: int, language: str
) -> None:
    digest = b64encode(sha256(b"indicator;period;value\n").digest()).decode()
    headers = SENT | {"Content-Digest": f"sha-512=:AAAA:, sha-256=:{digest}:"}
    answer = client.post(f"/upload?lang={language}", data=content, headers=headers)

    assert answer.status_code == status
    said = {"error": error_sentence(BrokenOffError("broken_off"), language)}
    assert (answer.get_json() == said) is (status == 400)
    kept = list((empty_home / "data/staging/uploads").glob("*-a.csv"))
    assert bool(kept) is (status == 200)


@pytest.mark.usefixtures("empty_home")
@pytest.mark.parametrize("language", languages())
def test_who_has_sent_too_much_is_told(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(desk().uploads, "of_sender", Quota(files=1, megabytes=1))
    one, two, of_another = (
        client.post(
            f"/upload?lang={language}",
            data=content,
            headers=SENT,
            environ_base={"REMOTE_ADDR": sender},
        )
        for content, sender in ((b"1", "192.0.2.1"), (b"2", "192.0.2.1"), (b"3", "192.0.2.2"))
    )

    assert (one.status_code, two.status_code, of_another.status_code) == (200, 429, 200)
    limits = {"number": 1, "size": 0, "most": 1, "megabytes": 1}
    said = error_sentence(QuotaError("quota_of_sender", **limits), language)
    assert two.get_json() == {"error": said}


def test_a_file_beyond_the_limit_is_refused(client: FlaskClient, empty_home: Path) -> None:
    size = {"CONTENT_LENGTH": str(MEGABYTES * MEGABYTE + 1)}
    answer = client.post("/upload?lang=fi", headers=SENT, environ_overrides=size)
    assert answer.status_code == 413
    assert f"{MEGABYTES} Mt" in answer.get_json()["error"]


@pytest.mark.usefixtures("empty_home")
def test_findings_of_a_file_that_is_gone_cannot_be_taken_away(client: FlaskClient) -> None:
    assert client.get(f"/download/findings.csv?checked={'0' * 64}").status_code == 404
