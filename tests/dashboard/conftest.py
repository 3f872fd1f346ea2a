"""A workspace with one release of invented figures, written once for all tests of the pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.context import read_context
from dashboard.data import Release
from dashboard.view import View
from tests.dashboard.release import write_release
from tests.dashboard.served import Served, serving


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    write_release(home)
    return home


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of its own for the tests of a module, with a workspace of its own."""
    home = tmp_path_factory.mktemp("served")
    write_release(home)
    with serving(home) as running:
        yield running


@pytest.fixture(autouse=True)
def open_intake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMPACT_INTAKE", "open")


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
    found = read_context(View()).release
    assert found is not None, f"no release below {home}"
    return found


@pytest.fixture(scope="session")
def client() -> FlaskClient:
    """Not as a context manager, which would keep the last request open while others are tested."""
    from dashboard.app import server  # noqa: PLC0415 - pages are registered when it is imported

    return server.test_client()
