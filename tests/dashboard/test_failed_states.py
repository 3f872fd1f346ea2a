"""What pages say where they cannot show anything, and what to do next."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from metrics.messages import languages
from tests.dashboard.release import LABEL, write_release

DAMAGED = "2026-05-01"


@pytest.fixture
def damaged_home(empty_home: Path) -> Path:
    """A current release with a file cut off, the release before it, and another collection."""
    write_release(empty_home)
    write_release(empty_home, "published-figures")
    file = write_release(empty_home, label=DAMAGED) / "assessments.parquet"
    file.write_bytes(file.read_bytes()[:100])
    return empty_home


@pytest.mark.usefixtures("damaged_home")
@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("path", ["/", "/goal"])
def test_a_damaged_release_leads_to_those_that_can_be_read(
    client: FlaskClient, path: str, language: str
) -> None:
    answer = client.get(f"{path}?lang={language}&collection=sample")

    alert = answer.text.partition('role="alert"')[2].partition("</section>")[0]
    assert answer.status_code == 500
    assert DAMAGED in alert
    assert f"{path}?lang={language}&amp;collection=sample&amp;release={LABEL}" in alert
    assert "collection=published-figures" in alert
    assert client.get(f"{path}?collection=sample&release={LABEL}").status_code == 200


@pytest.mark.usefixtures("damaged_home")
def test_a_file_of_a_damaged_release_is_an_internal_error(client: FlaskClient) -> None:
    answer = client.get("/download/scoreboard.csv?collection=sample&lang=en")
    assert answer.status_code == 500
    assert "Internal error" in answer.text
    assert "restore it from a backup" in answer.text


def test_before_the_first_release_other_pages_are_offered(
    client: FlaskClient, empty_home: Path
) -> None:
    write_release(empty_home, "published-figures")
    for path in ("/", "/goal", "/explore"):
        page = client.get(f"{path}?collection=sample&lang=en").text
        notice = page.partition('class="card empty"')[2].partition("</section>")[0]
        assert "/catalogue?lang=en&amp;collection=sample" in notice
        assert "/?lang=en&amp;collection=published-figures" in notice


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("path", ["/explore", "/catalogue"])
def test_a_search_box_works_without_scripts(client: FlaskClient, path: str) -> None:
    page = client.get(f"{path}?collection=sample&lang=en&release={LABEL}").text
    box = page.partition('type="search"')[0].rpartition("<input")[2]
    assert 'form="pick-q" name="q"' in box
    form = page.partition('id="pick-q" method="GET">')[2].partition("</form>")[0]
    assert f'name="release" type="hidden" value="{LABEL}"' in form
    assert 'type="submit"' in form
