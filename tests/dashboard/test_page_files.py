"""A page is one file, and so are a chart and a data format: the product offers it at once.

A faulty page breaks no other.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from textwrap import dedent
from typing import Any

import pytest

from tests.dashboard.release import write_release
from tests.package_copy import copy_package

PAGES = {
    "news": """
        from dash import html
        from dashboard.charts.news import news_chart
        from dashboard.components.graphs import graph
        from dashboard.components.frame import frame
        from dashboard.components.page_registry import register_page
        from dashboard.context import resolve_context
        from dashboard.view import View
        register_page(__name__, path="/latest", order=45)
        def layout(**query):
            context = resolve_context(View.from_query(query))
            chart = graph(news_chart(context), "news", "Bars of what is new", context.text)
            return frame("/latest", context, [html.P("What is new"), chart])
    """,
    "faulty": """
        from dashboard.components.page_registry import register_page
        register_page(__name__, path="/faulty", order=46)
        def layout(**query):
            return 1 / 0
    """,
    "silent": """
        from dashboard.components.page_registry import register_page
        register_page(__name__, path="/silent", order=48)
        def layout(**query):
            "It forgot to return what it has drawn."
    """,
    "broken": """
        import no_such_module
    """,
    "latest": """
        import no_such_module
    """,
    "halfway": """
        from dashboard.components.page_registry import register_page
        register_page(__name__, path="/half", order=47)
        raise RuntimeError("stopped halfway")
    """,
}
CHART = """
    from dashboard.charts.captions import source_of
    from dashboard.charts.specification import (
        Axis, Caption, ChartKind, ChartLine, ChartPoint, Tick, TimeChart, Years,
    )

    def news_chart(context):
        point = ChartPoint("2024", "2024", 2024.5, 12.0, "12 items")
        return TimeChart(
            ChartKind.TREND, Caption("Drawn anew", source_of(context)),
            Axis(0, 13, (Tick(0, "0"), Tick(10, "10"))), Years(2024, 2025, (Tick(2024.5, "2024"),)),
            (ChartLine("News", ((point,),), label="12 items, 2024"),),
        )
"""
JSON_LINES = """
    from metrics.release.exports import Export

    def write(table, context):
        return table.to_json(orient="records", lines=True).encode()

    LINES = Export("json-lines", ".jsonl", "application/x-ndjson", write)
"""
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
found = {path: rendered(path) for path in sys.argv[1:]}
found["states"] = rendered("/goal", "?lang=en&view=states")
for name, suffix in (("file", "json-lines"), ("no_file", "torn")):
    file = client.get(f"/download/trend.{suffix}?goal=GA-1.1&area=FI")
    found[name] = [file.status_code, file.text, dict(file.headers)]
print(json.dumps(found))
"""
OWN = ("/", "/goal", "/state", "/submit", "/catalogue")
FAULTY = ("/faulty", "/silent", "/broken", "/half", "/latest_")


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """What a copy of the package with six more pages answers: document, page, its content."""
    copy, home = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("home")
    write_release(home)
    copy_package(copy, "dashboard", "metrics")
    for name, source in PAGES.items():
        (copy / "dashboard/pages" / f"{name}.py").write_text(dedent(source), "utf-8")
    (copy / "dashboard/charts/news.py").write_text(dedent(CHART), "utf-8")
    (copy / "metrics/release/exports/json_lines.py").write_text(dedent(JSON_LINES), "utf-8")
    (copy / "metrics/release/exports/torn.py").write_text("import no_such_module", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", RENDER, *OWN, "/latest", *FAULTY],
        env=os.environ | {"PYTHONPATH": str(copy), "EMPACT_HOME": str(home)},
        cwd=copy, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answered: dict[str, Any] = json.loads(done.stdout)
    reports = [path.name for path in (home / "data/failures").iterdir()]
    return answered | {"reports": reports}


@pytest.mark.parametrize("path", [*OWN, "/latest", *FAULTY])
def test_every_address_is_answered(answers: Mapping[str, Any], path: str) -> None:
    document, page, content = answers[path]
    assert (document, page) == (500 if path in FAULTY else 200, 200)
    assert "Skip to the content" in content


@pytest.mark.parametrize("path", OWN)
def test_a_new_page_stands_in_the_menu_by_its_name(answers: Mapping[str, Any], path: str) -> None:
    content = answers[path][2]
    assert '"children":"News","href":"\\u002flatest' in content.replace("/", "\\u002f")
    assert '"children":"Goals"' in content


def test_a_new_page_is_shown_and_has_a_title(answers: Mapping[str, Any]) -> None:
    content = answers["/latest"][2]
    assert "What is new" in content
    assert "Drawn anew" in content
    assert "News \\u00b7 EMPACT metrics" in content or "News · EMPACT metrics" in content


@pytest.mark.parametrize("path", FAULTY)
def test_a_faulty_page_says_so_and_names_its_report(answers: Mapping[str, Any], path: str) -> None:
    content = answers[path][2]
    assert "This page cannot be shown" in content
    assert any(report in content for report in answers["reports"])


@pytest.mark.parametrize("path", [*OWN, "/latest"])
def test_the_other_pages_name_no_report(answers: Mapping[str, Any], path: str) -> None:
    assert "This page cannot be shown" not in answers[path][2]


def test_a_new_data_format_is_offered_beside_each_view(answers: Mapping[str, Any]) -> None:
    trend, states = (answers[name][2].replace("\\u002f", "/") for name in ("/goal", "states"))
    assert trend.count("/download/trend.json-lines?") == 1
    assert states.count("/download/states.json-lines?") == 1
    assert "Download (JSON-LINES)" in trend


def test_a_view_is_taken_away_in_a_new_format(answers: Mapping[str, Any]) -> None:
    status, text, headers = answers["file"]
    assert (status, headers["Content-Type"]) == (200, "application/x-ndjson")
    assert headers["Content-Disposition"].endswith("-trend.jsonl")
    assert [json.loads(line)["period"] for line in text.splitlines()][-1] == "2025"


def test_a_data_format_that_cannot_be_imported_is_named_and_takes_no_other_away(
    answers: Mapping[str, Any],
) -> None:
    content, (status, text, _) = answers["/goal"][2], answers["no_file"]
    assert "Download (TORN)" in content
    assert "Download (CSV)" in content
    assert status == 500
    assert any(report in text for report in answers["reports"])
