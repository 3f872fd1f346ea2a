"""What tests of several folders share, once for all workers of a run."""

import gc
import os
from fcntl import LOCK_EX, flock
from importlib import import_module
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import settings

from metrics.release.build import build
from metrics.submissions.desk import Desk
from tests.submitted import PreparedWorkspaces

PUBLISHED = "data/raw/published-figures"
# The same examples in every run: a change is assessed by itself. HYPOTHESIS_PROFILE=default draws
# new ones, to look for faults.
settings.register_profile("repeatable", derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


def pytest_collection() -> None:
    """Collect thousands of tests without looking for garbage among them."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Load what every examination needs, and exempt all that stays from searches for garbage."""
    import_module("metrics.submissions.preloaded")
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def published_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the committed published figures, which the first worker to ask for it builds."""
    own = tmp_path_factory.getbasetemp()
    home = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "published"
    home.mkdir(exist_ok=True)
    with (home / "lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not (home / "data").exists():
            copytree(Path(__file__).parents[1] / PUBLISHED, home / PUBLISHED)
            build(Desk(home), Path(PUBLISHED).name)
    folder = home / "data" / "processed" / Path(PUBLISHED).name
    return folder / (folder / "current").read_text(encoding="utf-8").strip()


@pytest.fixture(scope="session")
def workspaces(tmp_path_factory: pytest.TempPathFactory) -> PreparedWorkspaces:
    return PreparedWorkspaces(tmp_path_factory.mktemp("workspaces"))
