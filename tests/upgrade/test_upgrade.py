"""A workspace, its releases and the links to them outlive the version that made them."""

import csv
import io
import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from shutil import copytree
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import dash
import pytest
from flask.testing import FlaskClient
from plotly.utils import PlotlyJSONEncoder

from dashboard import app
from dashboard.released.goal_statuses import NO_FIGURE, SUPPRESSED
from metrics.__main__ import run
from metrics.core.verdicts import Status

MADE = Path(__file__).parent / "made_before_issue_7"
LINKS = json.loads((MADE / "links.json").read_text(encoding="utf-8"))
RELEASES = ("2025-05-05-f7e0b9", "2026-11-28-5f8020")
FIGURE = ("--collection", "sample", "--indicator", "ICSE_VICTIMS", "--area", "FI")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copytree(MADE / "data", tmp_path / "data")
    monkeypatch.setenv("EMPACT_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def only_read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of then, for pages and downloads: they change nothing in it."""
    return copytree(MADE, tmp_path_factory.mktemp("made") / "home")


@pytest.fixture
def client(only_read: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    monkeypatch.setenv("EMPACT_HOME", str(only_read))
    with app.server.test_client() as client:
        yield client


def answered(capsys: pytest.CaptureFixture[str], home: Path, *arguments: str) -> str:
    assert run(["--home", str(home), *arguments]) == 0
    return capsys.readouterr().out


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def as_number(cell: str) -> str | float:
    """A number without the noise of binary arithmetic, which files held until issue 10."""
    try:
        return float(f"{float(cell):.12g}")
    except ValueError:
        return cell


def digests(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_the_register_lists_the_same_submissions(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Columns may be added to it."""
    now = json.loads(answered(capsys, home, "register", "--json"))["submissions"]
    before = json.loads((MADE / "register.json").read_text())["submissions"]

    assert [{name: row[name] for name in before[0]} for row in now] == before
    assert all(row["sent_digest"] == row["digest"] for row in now)  # kept as sent until then


def test_a_figure_leads_to_the_same_cell(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now = json.loads(answered(capsys, home, "lineage", "--json", *FIGURE, "--period", "2025"))

    assert now == json.loads((MADE / "lineage.json").read_text())


def test_an_export_has_the_same_cells(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Columns may be added to it."""
    now = rows_of(answered(capsys, home, "export", "csv", *FIGURE))
    before = rows_of((MADE / "export.csv").read_text(encoding="utf-8"))

    assert [[as_number(row[name]) for name in before[0]] for row in now] == [
        [as_number(cell) for cell in row.values()] for row in before
    ]


def test_a_file_that_was_submitted_then_is_known(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (sent,) = (home / "data" / "raw" / "sample" / "2025" / "FI").glob("*.xlsx")

    assert "is submitted already" in answered(capsys, home, "submit", str(sent))


def test_a_new_release_leaves_the_earlier_ones_as_they_are(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = home / "data" / "processed" / "sample"
    before = {label: digests(folder / label) for label in RELEASES}

    answered(capsys, home, "release", "sample")

    assert {label: digests(folder / label) for label in RELEASES} == before
    new = folder / (folder / "current").read_text().strip()
    released = json.loads((new / "build.json").read_text())["released"]
    assert {release["label"] for release in released} == set(RELEASES)


@pytest.mark.parametrize("link", LINKS["pages"])
def test_a_link_to_a_page_opens_it(client: FlaskClient, link: str) -> None:
    parts = urlsplit(link)
    query = dict(parse_qsl(parts.query))
    layout: Any = next(
        page["layout"] for page in dash.page_registry.values() if page["path"] == parts.path
    )

    assert client.get(link).status_code == 200
    page = json.dumps(layout(**query).to_plotly_json(), cls=PlotlyJSONEncoder)
    assert query["release"] in page


def as_it_was(column: str, row: dict[str, str]) -> str:
    if column == "status" and row.get(column) in {SUPPRESSED, NO_FIGURE}:
        return Status.NOT_ASSESSED
    later = {"gap": row.get("change", "")}.get(column, "")
    last = row.get("last_status", "") if column == "status" else ""
    return last or row.get(column) or later


@pytest.mark.parametrize("link", LINKS["downloads"])
def test_a_download_gives_the_same_figures(client: FlaskClient, link: str) -> None:
    """A change from the start alone, here of figures that are to rise, was in the column `gap`.

    The status was the last one, and why there is none was in other columns alone.
    """
    response = client.get(link)
    columns = LINKS["columns"]
    rows = [
        [as_number(as_it_was(name, row)) for name in columns]
        for row in rows_of(response.get_data().decode("utf-8-sig"))
    ]
    assert response.status_code == 200
    assert rows == [[as_number(cell) for cell in row] for row in LINKS["downloads"][link]]


@pytest.mark.parametrize("link", LINKS["downloads_of_a_headline"])
def test_a_link_to_a_goal_alone_gives_its_headline_of_today(client: FlaskClient, link: str) -> None:
    """Goals have named their headline since issue 8, which may be another series, or suppressed."""
    response = client.get(link)
    rows = rows_of(response.get_data().decode("utf-8-sig"))

    assert response.status_code == 200
    assert {row["area"] for row in rows} >= {dict(parse_qsl(urlsplit(link).query))["area"]}
