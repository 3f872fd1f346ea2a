"""A page is one file: the product offers it at once, and a faulty one breaks no other."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

import pytest

import dashboard
from tests.dashboard.release import write_release

PAGES = {
    "news": """
        from dash import html
        from dashboard.components.frame import frame
        from dashboard.components.page_registry import register_page
        from dashboard.context import resolve_context
        from dashboard.view import View
        register_page(__name__, path="/news", order=45)
        def layout(**query):
            return frame("/news", resolve_context(View.of(query)), [html.P("What is new")])
    """,
    "faulty": """
        from dashboard.components.page_registry import register_page
        register_page(__name__, path="/faulty", order=46)
        def layout(**query):
            return 1 / 0
    """,
    "broken": """
        import no_such_module
    """,
    "halfway": """
        from dashboard.components.page_registry import register_page
        register_page(__name__, path="/half", order=47)
        raise RuntimeError("stopped halfway")
    """,
}
RENDER = """
import json, sys
from dashboard.app import server
client = server.test_client()
def rendered(path, search="?lang=en"):
    names = {"pathname": path, "search": search}
    answer = client.post("/_dash-update-component", json={
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [{"id": "_pages_content", "property": "children"},
                    {"id": "_pages_store", "property": "data"}],
        "inputs": [{"id": "_pages_location", "property": name, "value": value}
                   for name, value in names.items()],
        "changedPropIds": ["_pages_location.pathname"]})
    return [client.get(path + search).status_code, answer.status_code, answer.text]
print(json.dumps({path: rendered(path) for path in sys.argv[1:]}))
"""
OWN = ("/", "/goal", "/state", "/submit", "/catalogue")


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """What a copy of the package with four more pages answers: document, page, its content."""
    copy, home = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("home")
    write_release(home)
    package = Path(dashboard.__file__).parent
    copytree(package, copy / "dashboard", ignore=ignore_patterns("__pycache__"))
    for name, source in PAGES.items():
        lines = [line.removeprefix("        ") for line in source.strip("\n").splitlines()]
        (copy / "dashboard/pages" / f"{name}.py").write_text("\n".join(lines), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", RENDER, *OWN, "/news", "/faulty", "/broken", "/half"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(copy), str(package.parent)]),
                          "EMPACT_HOME": str(home)},
        cwd=copy, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answered: dict[str, Any] = json.loads(done.stdout)
    reports = [path.name for path in (home / "data/failures").iterdir()]
    return answered | {"reports": reports}


@pytest.mark.parametrize("path", [*OWN, "/news", "/faulty", "/broken", "/half"])
def test_every_address_is_answered(answers: Mapping[str, Any], path: str) -> None:
    document, page, content = answers[path]
    assert (document, page) == (200, 200)
    assert "Skip to the content" in content


@pytest.mark.parametrize("path", OWN)
def test_a_new_page_stands_in_the_menu_by_its_name(answers: Mapping[str, Any], path: str) -> None:
    content = answers[path][2]
    assert '"children":"News","href":"\\u002fnews' in content.replace("/", "\\u002f")
    assert '"children":"Goals"' in content


def test_a_new_page_is_shown_and_has_a_title(answers: Mapping[str, Any]) -> None:
    content = answers["/news"][2]
    assert "What is new" in content
    assert "News \\u00b7 EMPACT metrics" in content or "News · EMPACT metrics" in content


@pytest.mark.parametrize("path", ["/faulty", "/broken", "/half"])
def test_a_faulty_page_says_so_and_names_its_report(answers: Mapping[str, Any], path: str) -> None:
    content = answers[path][2]
    assert "This page cannot be shown" in content
    assert any(report in content for report in answers["reports"])


@pytest.mark.parametrize("path", [*OWN, "/news"])
def test_the_other_pages_name_no_report(answers: Mapping[str, Any], path: str) -> None:
    assert "This page cannot be shown" not in answers[path][2]
