"""The table of all figures: what it finds, sorts and gives away, and the origin of each figure."""

from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.components.numbered_pages import ROWS_OF_A_PAGE, rows_of_page
from dashboard.components.origin_panel import origin_panel
from dashboard.context import PageContext, read_context
from dashboard.data import Release, records
from dashboard.released.explored_figures import (
    SORTED_BY,
    find_figures,
)
from dashboard.released.figure_names import FigureName
from dashboard.released.figure_origins import find_origin, name_of_value
from dashboard.view import View
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU
from metrics.messages import languages
from tests.dashboard.reading import of_type, words

GROUP_KEY = ["indicator", "component", "period"]


@pytest.fixture(autouse=True)
def _registered(client: FlaskClient) -> None:
    """Pages can be registered only by an application."""


def context_of(**query: str) -> PageContext:
    return read_context(View(**query))


def layout(**query: str) -> Any:
    from dashboard.pages import explore  # noqa: PLC0415 - registers a page

    return explore.layout(**query)


def panel_words(**query: str) -> str:
    return words(list(origin_panel("/explore", context_of(**query))))


def test_the_table_has_every_row_of_the_release_and_no_other(release: Release) -> None:
    released = release.stored.table("indicator_values")
    found = find_figures(context_of())

    assert len(found) == len(released)
    assert found["value"].notna().sum() == released["value"].notna().sum()
    assert found["value"].sum() == pytest.approx(released["value"].sum())


def test_filters_find_what_the_release_has(release: Release) -> None:
    values = release.stored.table("indicator_values")
    found = find_figures(context_of(area="FI", measure="value", flag="with_value"))
    expected = values[(values["area"] == "FI") & (values["component"] == "value")]

    assert len(found) == expected["value"].notna().sum() > 0
    assert {*found["area"]} == {"FI"}


def test_each_typed_word_is_in_a_code_or_a_name(release: Release) -> None:
    found = find_figures(context_of(q="finland ICSE", lang="en"))
    assert {*found["area"]} == {"FI"}
    assert len(found)
    assert all("ICSE" in code for code in found["indicator"].unique())
    assert len(find_figures(context_of(q="suomi icse", lang="fi"))) == len(found)
    assert find_figures(context_of(q="no such word")).empty


@pytest.mark.parametrize("column", SORTED_BY)
def test_every_column_sorts_both_ways_and_absent_values_come_last(
    column: str, release: Release
) -> None:
    rising = find_figures(context_of(sort=column))[column]
    falling = find_figures(context_of(sort=f"-{column}"))[column]
    if column == "value":
        known = rising.dropna()
        assert rising.iloc[len(known) :].isna().all()
        assert falling.iloc[len(known) :].isna().all()
        rising, falling = known, falling.dropna()
    assert rising.is_monotonic_increasing
    assert falling.is_monotonic_decreasing


def test_the_pages_together_are_all_rows(release: Release) -> None:
    whole = find_figures(context_of())
    pages = [rows_of_page(whole, context_of(page=page)) for page in ("", "2", "999999")]
    first, second, beyond = ({*page.index} for page in pages)

    assert len(first) == len(second) == ROWS_OF_A_PAGE
    assert not first & second
    assert whole.index[-1] in beyond


def test_the_file_has_all_rows_that_are_found_in_their_order(
    client: FlaskClient, home: Path
) -> None:
    query = View(area="FI", q="icse", sort="-value", lang="en")
    answer = client.get(query.link("/download/figures.csv"))
    table = pd.read_csv(StringIO(answer.text), dtype={"period": str})
    found = find_figures(read_context(query))

    assert answer.status_code == 200
    assert list(table["value"].dropna()) == pytest.approx(list(found["value"].dropna()))
    assert list(table["period"]) == list(found["period"])
    assert {"submission", "sheet", "cell"}.isdisjoint(table.columns)


@pytest.mark.parametrize(
    "query",
    [{"period": "1901"}, {"flag": "Z"}, {"measure": "valu"}, {"breakdown": "sx"}, {"sort": "x"}],
)
def test_a_choice_that_does_not_exist_is_named_and_no_file_answers_it(
    query: dict[str, str], client: FlaskClient, home: Path
) -> None:
    asked = View(**query, lang="en")
    assert f"“{next(iter(query.values()))}”" in words(layout(**query, lang="en"))
    assert client.get(asked.link("/download/figures.csv")).status_code == 404


@pytest.mark.parametrize("language", languages())
def test_a_suppressed_figure_is_a_word_in_the_table_and_in_its_panel(
    language: str, release: Release
) -> None:
    query = {"flag": "absent.suppressed", "lang": language}
    rows = find_figures(context_of(**query))
    name = FigureName.of_row(records(rows)[0])
    context = context_of(**query, figure=str(name))
    written = of_type(layout(**query), "Store")[0].data

    assert context.text("absent.suppressed") in written
    assert context.text("absent.suppressed") in panel_words(**query, figure=str(name))
    assert rows["value"].isna().all()


def test_every_figure_has_an_origin_and_the_inputs_of_a_sum_make_it(release: Release) -> None:
    values = release.stored.table("indicator_values")
    drawn = values[values["value"].notna()].groupby(["component", "area"]).head(1)
    origins = [find_origin(context_of(figure=str(name_of_value(row)))) for row in records(drawn)]
    summed = [origin for origin in origins if origin and origin.how == "sum"]

    assert None not in origins
    assert summed
    for origin in summed:
        parts = [row["value"] for row in origin.inputs if not pd.isna(row["value"])]
        assert sum(parts) == pytest.approx(origin.row["value"])


def test_a_figure_of_a_state_names_the_total_that_it_is_part_of(release: Release) -> None:
    values = release.stored.table("indicator_values")
    total = values[(values["area"] == EU) & (values["component"] == "value")]
    of_state = FigureName.parse(str(name_of_value(records(total)[0])).replace(EU, "FI"))
    origin = find_origin(context_of(figure=str(of_state)))

    assert origin is not None
    assert EU in [name.area for name in origin.used_in]


def test_submission_and_cell_are_shown_only_where_submissions_may_be_seen(
    release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = release.stored.table("indicator_values")
    reported = values[(values["cell"] != "") & (values["source"] == "")]
    row = records(reported)[0]
    figure = str(name_of_value(row))
    monkeypatch.setenv("EMPACT_INTAKE", "closed")
    closed = panel_words(figure=figure, lang="en")
    monkeypatch.setenv("EMPACT_INTAKE", "local")
    seen = panel_words(figure=figure, lang="en")

    assert row["submission"] not in closed
    assert "only where submissions may be seen" in closed
    assert f"round {row['submission'].split('/')[-3]}, sent" in closed
    assert row["submission"] in seen
    assert f"{row['sheet']}!{row['cell']}" in seen


@pytest.mark.parametrize(
    "figure", ["nothing", "ICSE_VICTIMS:FI:1900", "ICSE_VICTIMS[x=y]:FI:2024", "NO_SUCH:FI:2024"]
)
def test_a_figure_that_does_not_exist_is_named(figure: str, release: Release) -> None:
    assert f"This release has no figure “{figure}”" in panel_words(figure=figure, lang="en")


@pytest.mark.parametrize("view", ["table", "states"])
def test_every_figure_in_the_tables_of_a_goal_leads_to_its_origin(
    view: str, release: Release
) -> None:
    from dashboard.pages import goal  # noqa: PLC0415 - registers a page

    drawn = goal.layout(goal="GA-1.1", area=EU, view=view, lang="en")
    links = [link.to_plotly_json()["props"] for link in of_type(drawn, "A")]
    names = [link["data-figure"] for link in links if "data-figure" in link]
    assert names
    assert all(find_origin(context_of(figure=name)) for name in names)


@pytest.mark.usefixtures("home")
def test_a_search_finds_the_figures_of_a_goal_by_its_code_and_short_name() -> None:
    served = {*catalogue().goals["GA-1.1"].indicators}
    by_code = find_figures(context_of(q="GA-1.1 finland", lang="en"))
    by_name = find_figures(context_of(q="victims identified, ICSE", lang="en"))

    assert served & set(by_code["indicator"])
    assert set(by_code["area"]) == {"FI"}
    assert "ICSE_VICTIMS" in set(by_name["indicator"])
