"""Every status and every kind of absence is distinguished in chart, table, card and file."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.components.cards import no_figure
from dashboard.components.goal.data_tables import states_table, trend_table
from dashboard.components.goal.state_comparison import small_multiples
from dashboard.components.status import badge, small_badge
from dashboard.data import Release
from dashboard.released import table_views
from dashboard.released.assessments import SHOWN_STATUSES
from dashboard.released.series import AssessedSeries, series_of_goal
from dashboard.released.table_views import Part
from dashboard.server.routes import send_table
from dashboard.texts import texts
from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import catalogue
from metrics.messages import languages
from metrics.release.exports import exports
from tests.dashboard.chart_figures import figure_of, parts_of, states_of, trend_figure
from tests.dashboard.contexts import page_context
from tests.dashboard.reading import of_type, with_class, words
from tests.dashboard.series_rows import with_cells
from tests.dashboard.test_app import rows

EN = texts("en")
GOAL, LAST = "GA-1.1", "2025"
ABSENT: Mapping[str, tuple[str, str]] = {
    "MT": ("suppressed", "Q"),
    "LU": ("not applicable", "M"),
    "BG": ("not available", "O"),
    "CY": ("not collected", "L"),
    "HR": ("no figure", ""),
}


def of_state(release: Release, area: str) -> AssessedSeries:
    return series_of_goal(catalogue().goals[GOAL], area, release)[0]


def every(release: Release) -> dict[str, AssessedSeries]:
    return {area: of_state(release, area) for area in member_states()}


@pytest.mark.parametrize("area", [area for area in ABSENT if area != "HR"])
def test_in_the_chart_of_the_trend(release: Release, area: str) -> None:
    series = of_state(release, area)
    figure = trend_figure(series)
    reasons = [each.hovertext for each in figure.data if each.yaxis == "y2"]
    assert [list(each) for each in reasons] == [[ABSENT[area][0]]]


KINDS = ("MT", "LU", "BG", "CY")


def test_in_the_chart_of_the_parts(release: Release) -> None:
    """A part without a figure has a stroke at the foot of its period, and no two reasons one."""
    parts = [(area, Part({}, of_state(release, area).values)) for area in KINDS]
    series = of_state(release, "FI")
    figure = figure_of(parts_of(series, parts))
    marks = [each for each in figure.data if each.yaxis == "y2"]
    said = {each.marker.symbol: each.hovertext[0] for each in marks}
    assert sorted(said.values()) == sorted(f"{ABSENT[area][0]}<br>{area}" for area in KINDS)
    assert {each.x for each in marks} == {(2025.5,)}
    assert len({each.y for each in marks}) == len({each.name for each in marks}) == len(KINDS)


def test_a_legend_names_each_reason_in_a_long_series(release: Release) -> None:
    rows = with_cells(
        of_state(release, "FI").values[:4],
        value=float("nan"),
        observation_status=["Q", "M", "O", "Q"],
    )
    figure = trend_figure(replace(of_state(release, "FI"), values=rows))
    marks = [each for each in figure.data if each.yaxis == "y2"]
    assert [len(each.x) for each in marks] == [2, 1, 1]
    assert len({each.marker.symbol for each in marks}) == 3


@pytest.mark.parametrize("area", KINDS)
def test_in_the_small_multiples(release: Release, area: str) -> None:
    frame = of_type(small_multiples([of_state(release, area)], LAST, page_context()), "Li")
    assert f"2025: {ABSENT[area][0]}" in words(frame)


@pytest.mark.parametrize("area", ABSENT)
def test_in_the_chart_of_the_states(release: Release, area: str) -> None:
    table = table_views.states_view(every(release), LAST)
    figure = figure_of(states_of(of_state(release, area), table))
    said = {each.y: each.text for each in figure.layout.annotations}
    assert said[EN.code("area", area)] == ABSENT[area][0]


@pytest.mark.parametrize("area", [area for area in ABSENT if area != "HR"])
def test_in_the_table_of_the_trend(release: Release, area: str) -> None:
    series = of_state(release, area)
    body = of_type(trend_table("", series, table_views.trend_view(series), EN), "Tbody")
    assert words(of_type(body, "Tr")[-1]).startswith(f"2025 {ABSENT[area][0]}")


@pytest.mark.parametrize("area", ABSENT)
def test_in_the_table_of_the_states(release: Release, area: str) -> None:
    series = of_state(release, area)
    table = states_table("", series, table_views.states_view({area: series}, LAST), EN)
    cells = of_type(of_type(table, "Tbody"), "Td")
    assert words(cells[0]) == ABSENT[area][0]


@pytest.mark.parametrize("area", [area for area in ABSENT if area != "HR"])
def test_on_the_card(release: Release, area: str) -> None:
    assert no_figure(of_state(release, area), EN) == f"2025: {ABSENT[area][0]}"


@pytest.mark.parametrize("area", ABSENT)
@pytest.mark.usefixtures("home")
def test_in_the_file(client: FlaskClient, area: str) -> None:
    table = rows(client.get(f"/download/states.csv?goal={GOAL}&period={LAST}").text)
    row = next(each for each in table if each["area"] == area)
    assert (row["value"], row["observation_status"]) == ("", ABSENT[area][1])
    assert row["absent"] == ABSENT[area][0]


@pytest.mark.usefixtures("home")
def test_a_zero_in_the_file_is_a_figure(client: FlaskClient) -> None:
    table = rows(client.get(f"/download/states.csv?goal={GOAL}&period={LAST}").text)
    (row,) = [each for each in table if each["area"] == "EE"]
    assert (row["value"], row["observation_status"], row["absent"]) == ("0.0", "A", "")


def test_no_remark_is_run_as_a_formula_by_a_spreadsheet(client: FlaskClient) -> None:
    remarks = pd.DataFrame({"remark": ["=HYPERLINK(1)", "plain"], "gap": [-1.0, 2.0]})
    with client.application.test_request_context():
        answer = send_table(remarks, "some", exports()["csv"], EN)
        answer.direct_passthrough = False
        assert answer.get_data(as_text=True).split() == [
            "\ufeffremark,gap", "'=HYPERLINK(1),-1.0", "plain,2.0",
        ]  # fmt: skip


def test_zero_is_a_figure_in_chart_and_table(release: Release) -> None:
    series = of_state(release, "EE")
    table = table_views.states_view({"EE": series}, LAST)
    assert figure_of(states_of(series, table)).data[0].x == (0.0,)
    assert words(of_type(states_table("", series, table, EN), "Td")[0]) == "0\xa0persons"


@pytest.mark.parametrize("what", ["trend", "states"])
@pytest.mark.usefixtures("home")
def test_every_row_of_a_file_carries_release_and_source(client: FlaskClient, what: str) -> None:
    table = rows(client.get(f"/download/{what}.csv?goal={GOAL}&area=FI").text)
    assert {row["release"] for row in table} == {"2026-04-10"}
    assert all("Source:" in row["source_line"] for row in table)


@pytest.mark.parametrize("language", languages())
def test_every_status_has_a_word_and_a_look_of_its_own(language: str) -> None:
    text = texts(language)
    small = [small_badge(each, text(f"status.{each}")) for each in SHOWN_STATUSES]
    for drawn in ([badge(each, text) for each in SHOWN_STATUSES], small):
        assert len({words(each) for each in drawn}) == len(SHOWN_STATUSES)
        assert all(with_class(own, f"status-{each}")
                   for own, each in zip(drawn, SHOWN_STATUSES, strict=True))  # fmt: skip
