"""Charts as values: what is drawn where, in which unit, and what a point says."""

import base64
import math
import re
from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.charts.chart_widths import SCREENS, TELEPHONE
from dashboard.charts.measure import text_width
from dashboard.charts.plotly_states import ROW_HEIGHT, room_below
from dashboard.charts.small_trends import Scale
from dashboard.charts.sparkline import ON_CARD, sparkline
from dashboard.charts.specification import ChartSource
from dashboard.components.goal.data_tables import states_table, trend_table
from dashboard.components.graphs import graph
from dashboard.data import Release
from dashboard.released import table_views
from dashboard.released.series import AssessedSeries, series_of_goal
from dashboard.texts import texts
from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import catalogue
from metrics.messages import languages
from tests.dashboard.chart_figures import figure_of, states_of, trend_figure, trend_of
from tests.dashboard.reading import of_type, with_class, words

EN = texts("en")
GOALS = ("GA-1.1", "GA-2.1", "GA-4.2", "CC2019-5")


def of_states(release: Release, goal: str) -> dict[str, AssessedSeries]:
    return {
        area: series_of_goal(catalogue().goals[goal], area, release)[0] for area in member_states()
    }


def drawn(release: Release, goal: str, language: str = "en", order: str = "") -> go.Figure:
    every = of_states(release, goal)
    table = table_views.order_states(table_views.states_view(every, "2025"), order)
    return figure_of(states_of(every["FI"], table, language))


def dots(figure: go.Figure) -> Mapping[str, Any]:
    (trace,) = [each for each in figure.data if each.text and len(each.y or ()) > 1]
    return {name: (x, said) for name, x, said in zip(trace.y, trace.x, trace.text, strict=True)}


@pytest.mark.parametrize("goal", GOALS)
def test_each_state_has_its_own_figure(release: Release, goal: str) -> None:
    found = dots(drawn(release, goal))
    for area, series in of_states(release, goal).items():
        row = next((each for each in series.rows if each["period"] == "2025"), None)
        value = row["value"] if row else math.nan
        name = EN.code("area", area)
        assert found[name][0] == value if name in found else math.isnan(value)


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("language", languages())
def test_a_point_says_value_unit_and_status(release: Release, goal: str, language: str) -> None:
    text = texts(language)
    series = of_states(release, goal)["FI"]
    assert series.last_known is not None
    said = dots(drawn(release, goal, language))[text.code("area", "FI")][1]
    value = series.last_known["value"]
    printed = [series.format_value(value, text, digits, fixed=True) for digits in range(3)]
    assert any(figure in said for figure in [*printed, series.format_value(value, text)])
    assert text(f"status.{series.status}") in said


@pytest.mark.parametrize("language", languages())
def test_the_title_says_the_unit_in_the_language(release: Release, language: str) -> None:
    every = of_states(release, "GA-1.1")
    chart = states_of(every["FI"], table_views.states_view(every, "2025"), language)
    assert texts(language).code("unit", "PERSONS") in chart.caption.title
    assert chart.axis.low == 0


def test_steps_are_named_and_not_counted(release: Release) -> None:
    axis = drawn(release, "GA-2.1").layout.xaxis
    assert "in force" in axis.ticktext
    assert axis.tickangle == -45


@pytest.mark.parametrize(("order", "first"), [("", "Belgium"), ("value", "Portugal")])
def test_the_order_is_that_of_the_protocol_or_of_the_value(
    release: Release, order: str, first: str
) -> None:
    assert next(iter(drawn(release, "GA-1.1", order=order).layout.yaxis.categoryarray)) == first


def test_by_value_whoever_has_none_stands_last(release: Release) -> None:
    names = drawn(release, "GA-1.1", order="value").layout.yaxis.categoryarray
    absent = {EN.code("area", area) for area in ("MT", "LU", "BG", "CY", "HR")}
    assert set(names[-len(absent) :]) == absent


@pytest.mark.parametrize("number", [1, 5, 27])
def test_the_chart_is_as_high_as_its_states(release: Release, number: int) -> None:
    every = dict(list(of_states(release, "GA-1.1").items())[:number])
    chart = states_of(every["BE"], table_views.states_view(every, "2025"))
    others = max(room_below(chart, screen) for screen in SCREENS)
    assert ROW_HEIGHT * number + others <= figure_of(chart).layout.height <= 99 + 25 * number


def test_the_path_is_a_mark_beside_each_figure(release: Release) -> None:
    figure = drawn(release, "GA-1.1")
    (path,) = [each for each in figure.data if each.name == "Target path"]
    expected = {EN.code("area", area): each.official.verdict.expected_value
                for area, each in of_states(release, "GA-1.1").items()
                if each.official and each.official.verdict.period == "2025"}  # fmt: skip
    assert {name: x for name, x in zip(path.y, path.x, strict=True) if name in expected} == {
        name: pytest.approx(value) for name, value in expected.items() if name in path.y
    }


def as_drawn(cell: str, series: AssessedSeries) -> str:
    """A chart has the decimals of the number alone, unless all figures of the series have as many."""
    if series.usual_decimals is not None:
        return cell
    return re.sub(r"(\.\d*?)0+(?=\D)", r"\1", cell).replace(
        ".\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
    )


@pytest.mark.parametrize("goal", GOALS)
def test_chart_and_table_of_the_states_say_the_same(release: Release, goal: str) -> None:
    every = of_states(release, goal)
    table = states_table("", every["FI"], table_views.states_view(every, "2025"), EN)
    rows = {words(of_type(row, "Th")): words(of_type(row, "Td")[0])
            for row in of_type(of_type(table, "Tbody"), "Tr")}  # fmt: skip
    for name, (value, _) in dots(drawn(release, goal)).items():
        assert as_drawn(rows[name], every["FI"]) == every["FI"].format_value(value, EN)


@pytest.mark.parametrize("area", ["FI", "MT", "SE", "EE", "FR"])
@pytest.mark.parametrize("goal", GOALS)
def test_chart_and_table_of_a_trend_say_the_same(release: Release, goal: str, area: str) -> None:
    series = of_states(release, goal)[area]
    table = table_views.trend_view(series)
    lines = [trace for trace in trend_figure(series).data if trace.connectgaps is False]
    drawn_values = [value for line in lines for value in line.y]  # a line ends at each break
    cells = [as_drawn(words(of_type(row, "Td")[0]), series)
             for row in of_type(of_type(trend_table("", series, table, EN), "Tbody"), "Tr")]  # fmt: skip
    shown = [series.format_value(value, EN) for value in drawn_values if value is not None]
    assert [each for each in cells if each in shown] == shown
    assert len(cells) == len(drawn_values)


@pytest.mark.parametrize("area", ["FI", "MT", "SE"])
@pytest.mark.parametrize("language", languages())
def test_a_point_of_a_trend_says_its_period(release: Release, area: str, language: str) -> None:
    series = of_states(release, "GA-1.1")[area]
    figure = trend_figure(series, language)
    line = next(each for each in figure.data if each.connectgaps is False)
    assert [row["period"] in said for row, said in zip(series.rows, line.text, strict=True)] == [
        True
    ] * len(series.rows)


def test_the_words_of_a_chart_are_within_its_figure(release: Release) -> None:
    """So that a picture of it is complete: title, target, source and the mark of invented ones."""
    chart = trend_of(of_states(release, "GA-1.1")["FI"], release=release)
    figure = graph(chart, "x", "read aloud", EN, ["one more note"])

    assert words(of_type(figure, "Figcaption")).startswith(
        "Victims identified in the ICSE database, Finland, persons a year Target: +10 % a year"
    )
    notes = words(with_class(figure, "chart-notes"))
    assert "one more note" in notes
    assert notes.endswith(f"Release {release.label} · As of 10 April 2026")
    assert "Sample figures (invented)" in notes
    assert getattr(with_class(figure, "graph")[0], "aria-label") == "read aloud"


def test_a_source_with_a_name_of_its_own_has_the_mark_beside_it() -> None:
    source = ChartSource("Source: X", "Release Y", "", "Sample figures (invented)", (("Z",),))
    assert str(source) == "Z · Source: X · Release Y · Sample figures (invented)"


def picture(series: AssessedSeries) -> str:
    return base64.b64decode(sparkline(series).partition(",")[2]).decode()


@pytest.mark.parametrize(("area", "lines", "dotted"), [("FI", 1, 1), ("SE", 2, 1), ("EE", 1, 1)])
def test_a_small_trend_has_a_line_for_each_unbroken_run(
    release: Release, area: str, lines: int, dotted: int
) -> None:
    drawn_lines = picture(of_states(release, "GA-1.1")[area])
    assert drawn_lines.count("<polyline") - drawn_lines.count("dasharray") == lines
    assert drawn_lines.count("<circle") == dotted


def test_a_small_trend_shows_the_path_dashed_and_asks_no_other_machine(release: Release) -> None:
    said = picture(of_states(release, "GA-1.1")["FI"])
    assert said.count("stroke-dasharray") == 1
    assert said.count("http") == said.count("http://www.w3.org/2000/svg")


@pytest.mark.parametrize(
    ("drawn_values", "highest", "lowest"),
    [([(2020, 5.0), (2021, 10.0)], 10.0, 0.0), ([(2020, -4.0), (2021, 8.0)], 8.0, -4.0)],
)
def test_a_small_trend_starts_at_zero(
    drawn_values: list[tuple[float, float]], highest: float, lowest: float
) -> None:
    scale = Scale(drawn_values, ON_CARD)
    assert scale((2021, highest))[1] == 5
    assert scale((2020, lowest))[1] == 39


@pytest.mark.parametrize("area", ["BG", "CY", "LU", "MT", "HR"])
def test_no_absence_is_drawn_as_a_point_at_zero(release: Release, area: str) -> None:
    assert EN.code("area", area) not in dots(drawn(release, "GA-1.1"))
    assert dots(drawn(release, "GA-1.1"))["Estonia"][0] == 0.0


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("goal", ["GA-2.1", "CC2019-6"])
def test_the_slanted_names_of_steps_have_room(release: Release, goal: str, language: str) -> None:
    every = of_states(release, goal)
    chart = states_of(every["FI"], table_views.states_view(every, "2025"), language)
    longest = max(max(map(len, tick.label.split(" "))) for tick in chart.axis.ticks)
    assert room_below(chart, TELEPHONE) >= text_width("n" * longest, 14) * math.sin(math.pi / 4)
