"""A workspace with one release of invented figures, written once for all tests of the pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard import data
from dashboard.data import Release
from dashboard.view import View
from tests.dashboard.release import write_release


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    write_release(home)
    return home


@pytest.fixture
def home(written: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EMPACT_HOME", str(written))
    return written


@pytest.fixture
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EMPACT_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def release(home: Path) -> Release:
    found = data.release_of(View())
    assert found is not None, f"no release below {home}"
    return found


@pytest.fixture(scope="session")
def client() -> Iterator[FlaskClient]:
    from dashboard.app import server  # noqa: PLC0415 - pages are registered when it is imported

    with server.test_client() as asking:
        yield asking
