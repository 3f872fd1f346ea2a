"""A workspace with a release, for the tests of the next release."""

from pathlib import Path
from shutil import copytree

import pytest

from metrics.release.build import build
from metrics.submissions.desk import Desk
from tests.release.two_states import EMPACT, FIGURES, send


@pytest.fixture(scope="session")
def submitted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A workspace of two States with a release, and its label."""
    desk = Desk(tmp_path_factory.mktemp("submitted"))
    for area, figures in FIGURES.items():
        send(desk, area, figures, day=1)
    label = build(desk, EMPACT).label
    desk.close()
    return desk.home, label


@pytest.fixture
def home(submitted: tuple[Path, str], tmp_path: Path) -> Path:
    return copytree(submitted[0], tmp_path / "home")


@pytest.fixture(scope="session")
def sent_again(submitted: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace after one count of Sweden was sent again, before the next release."""
    desk = Desk(copytree(submitted[0], tmp_path_factory.mktemp("sent again") / "home"))
    send(desk, "SE", FIGURES["SE"], day=2, processed=50)
    desk.close()
    return desk.home


@pytest.fixture
def revised(sent_again: Path, tmp_path: Path) -> Path:
    return copytree(sent_again, tmp_path / "revised")
