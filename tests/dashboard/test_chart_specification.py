"""Every kind of chart with every mark: the table, the specification and the figure agree."""

import math
import re
from base64 import b64decode
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts.comparison import compared_chart
from dashboard.charts.multiples import multiples_chart
from dashboard.charts.native_sheets import sheet_of_small_trend
from dashboard.charts.plotly_looks import MARK_SYMBOLS, OTHER_SHAPE, shape_of
from dashboard.charts.sparkline import small_picture, sparkline
from dashboard.charts.specification import (
    Caption,
    ChartKind,
    ChartPoint,
    ChartSource,
    StatesChart,
    TilesChart,
    TimeChart,
)
from dashboard.charts.status_marks import page_colours
from dashboard.charts.tile_looks import TILE_COLUMNS, TILE_ROWS, TILE_SHADES
from dashboard.charts.tiles import TILE_POSITIONS, MappedSeries, tiles_chart
from dashboard.components.graphs import graph
from dashboard.data import Release, records
from dashboard.released.compared_series import ComparedSeries, ComparisonUnit
from dashboard.released.goal_statuses import mark_of_series
from dashboard.released.series import AssessedSeries, is_full, series_of_goal
from dashboard.released.table_views import Part, states_view, trend_view
from dashboard.texts import texts
from metrics.catalogue.codelists import codelist, member_states
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EITHER_LIMIT, EU, LOWER_LIMIT, UPPER_LIMIT
from tests.dashboard.chart_figures import figure_of, parts_of, states_of, trend_of
from tests.dashboard.contexts import page_context
from tests.dashboard.reading import of_type, words
from tests.dashboard.series_rows import with_cells
from tests.dashboard.test_narrative import released

NAN = math.nan
ABSENT = ("O", "L", "M", "Q", "H")
LIMITS = ("", LOWER_LIMIT, UPPER_LIMIT, EITHER_LIMIT)


def every_flag() -> AssessedSeries:
    """One year for each observation status and each kind of limit, and a part of a year."""
    statuses = [*codelist("observation_status"), *("A" for _ in LIMITS[1:])]
    limits = ["" for _ in codelist("observation_status")] + [*LIMITS[1:]]
    periods = [str(2000 + at) for at in range(len(statuses))]
    values = [NAN if status in ABSENT else 100.0 + at for at, status in enumerate(statuses)]
    table = pd.DataFrame({
        "period": [*periods, "2024-Q1"], "value": [*values, 30.0],
        "observation_status": [*statuses, "A"], "limit": [*limits, ""],
    })  # fmt: skip
    table = table.assign(confidentiality_status="F", late=False, remark="", areas_expected=1)
    return AssessedSeries(catalogue().indicators["ICSE_VICTIMS"], "FI", {}, records(table))


def tiles_of_every_flag(language: str = "en") -> TilesChart:
    """A share in a State for each flag, and one that has no row at all."""
    share = replace(every_flag(), indicator=catalogue().indicators["VICTIMS_ASSISTED"])
    rows = {area: share.values[at : at + 1] for at, area in enumerate(member_states())}
    states = {area: replace(share, area=area, values=own) for area, own in rows.items()}
    return tiles_chart(
        MappedSeries(share, "Assisted, %"), states, "2024", page_context(lang=language)
    )


def chart_of(kind: ChartKind, language: str = "en") -> TimeChart | StatesChart:
    series = every_flag()
    if kind is ChartKind.PARTS:
        half = with_cells(series.values, value=[row["value"] / 2 for row in series.values])
        parts = [("all", Part({}, series.values)), ("half", Part({}, half))]
        return parts_of(series, parts, language=language)
    if kind is ChartKind.AREAS:
        figures = [{**row, "why": ""} for row in series.values if is_full(row["period"])]
        both = [ComparedSeries(area, area, series, figures, ComparisonUnit.VALUE)
                for area in ("FI", "SE")]  # fmt: skip
        return compared_chart(both, Caption("", ChartSource("")), 0, texts(language))
    if kind is ChartKind.STATES:
        states = {area: replace(series, area=area, values=series.values[at : at + 1])
                  for at, area in enumerate(member_states()) if at < len(series.values)}  # fmt: skip
        rows = [states_view({area: own}, own.values[0]["period"])
                for area, own in states.items()]  # fmt: skip
        return states_of(series, pd.concat(rows, ignore_index=True), language)
    return trend_of(series, language)


def numbers(figure: go.Figure, axis: str = "y") -> list[tuple[Any, Any]]:
    """What is drawn as a figure: places and heights of the marks with words of their own."""
    other = "x" if axis == "y" else "y"
    return [
        (place, value)
        for trace in figure.data
        if trace.text
        for place, value in zip(trace[other], trace[axis], strict=True)
    ]


@pytest.mark.parametrize("kind", [ChartKind.TREND, ChartKind.PARTS, ChartKind.AREAS])
def test_the_figure_has_the_numbers_of_the_specification(kind: ChartKind) -> None:
    chart = chart_of(kind)
    assert isinstance(chart, TimeChart)
    expected = [(point.at, point.value) for _, point in chart.table]
    assert sorted(numbers(figure_of(chart)), key=str) == sorted(expected, key=str)


def test_the_figure_of_the_states_has_the_numbers_of_the_specification() -> None:
    chart = chart_of(ChartKind.STATES)
    assert isinstance(chart, StatesChart)
    known = [(row.name, row.value) for row in chart.rows if row.value is not None]
    assert numbers(figure_of(chart), "x") == known
    absent = {row.name for row in chart.rows if row.value is None}
    words = {label.y: label.text for label in figure_of(chart).layout.annotations}
    assert len(absent) == len(ABSENT)
    assert {words[row.name] for row in chart.rows if row.value is None} == {
        row.printed for row in chart.rows if row.value is None
    }


@pytest.mark.parametrize(
    "kind", [ChartKind.TREND, ChartKind.PARTS, ChartKind.AREAS, ChartKind.STATES]
)
def test_every_mark_is_explained_and_has_a_shape(kind: ChartKind) -> None:
    chart = chart_of(kind)
    points = chart.rows if isinstance(chart, StatesChart) else [p for _, p in chart.table]
    drawn = {point.mark for point in points if point.mark and point.value is not None}
    assert drawn <= set(chart.marks)
    assert all(mark.words and shape_of(mark) != OTHER_SHAPE for mark in drawn)
    assert {shape_of(mark) for mark in drawn} <= set(MARK_SYMBOLS.values())


@pytest.mark.parametrize("area", [EU, "FI", "SE", "MT", "EE", "CZ"])
@pytest.mark.parametrize("goal", ["GA-1.1", "GA-2.1", "GA-4.2", "CC2019-5"])
def test_the_specification_has_the_numbers_of_the_table(
    release: Release, goal: str, area: str
) -> None:
    """Value, expected value and gap of every period; the mark says why a value is absent."""
    for series in series_of_goal(catalogue().goals[goal], area, release):
        table = trend_view(series)
        (line,) = trend_of(series, release=release).lines
        points = {point.period: point for point in line.points}
        assert list(points) == sorted(points, key=lambda period: points[period].at)
        for row in table.to_dict("records"):
            assert same(points[row["period"]], row)


def same(point: ChartPoint, row: dict[Any, Any]) -> bool:
    pairs = ((point.value, row["value"]), (point.expected, row["path"]), (point.gap, row["gap"]))
    return all((NAN if own is None else own) == pytest.approx(other, nan_ok=True)
               for own, other in pairs)  # fmt: skip


def test_the_rows_of_the_states_are_those_of_their_table(release: Release) -> None:
    goal = catalogue().goals["GA-1.1"]
    states = {area: series_of_goal(goal, area, release)[0] for area in member_states()}
    table = states_view(states, "2025")
    chart = states_of(states["FI"], table)
    for row, own in zip(table.to_dict("records"), chart.rows, strict=True):
        assert own.area == row["area"]
        assert (NAN if own.expected is None else own.expected) == pytest.approx(
            row["path"], nan_ok=True
        )
        assert (NAN if own.gap is None else own.gap) == pytest.approx(row["gap"], nan_ok=True)


def test_gap_and_yearly_growth_are_those_of_the_release(release: Release) -> None:
    series = series_of_goal(catalogue().goals["GA-1.1"], "FI", release)[0]
    growth = {"indicator": "ICSE_VICTIMS", "area": "FI", "component": "year_on_year"}
    changes = released([growth | {"period": "2024", "value": -6.5, "limit": "UPPER"},
                        growth | {"period": "2025", "value": 12.04}])  # fmt: skip
    chart = trend_of(series, release=changes)
    assert series.official
    assert chart.gap
    assert chart.strip
    assert (chart.gap.value, chart.gap.expected) == (
        series.official.verdict.value, series.official.verdict.expected_value
    )  # fmt: skip
    entries = [(entry.at, entry.label.replace("\N{NO-BREAK SPACE}", " "))
               for entry in chart.strip.entries]  # fmt: skip
    assert entries == [(2024.5, "a fall of more than 6.5 %"), (2025.5, "+12.0 %")]
    assert chart.strip.wanted
    assert chart.strip.wanted.label == "≥ 10\N{NO-BREAK SPACE}%"


def test_small_multiples_have_the_figures_and_the_status_of_each_state(release: Release) -> None:
    goal = catalogue().goals["GA-1.1"]
    states = [series_of_goal(goal, area, release)[0] for area in ("FI", "SE", "MT")]
    chart = multiples_chart(states, "2025", page_context(release))

    assert [frame.area for frame in chart.frames] == ["FI", "SE", "MT"]
    assert chart.caption.source.invented or "invented" in chart.caption.source.collection
    for series, frame in zip(states, chart.frames, strict=True):
        values = [NAN if point.value is None else point.value for point in frame.line.points]
        assert values == pytest.approx([row["value"] for row in series.rows], nan_ok=True)
        assert small_picture(replace(frame, years=None)) == sparkline(series)
        assert frame.status.startswith(texts("en")(f"status.{mark_of_series(series)}"))


def test_a_year_is_at_one_place_in_all_small_charts(release: Release) -> None:
    """Finland has six figures, Croatia none for 2025: its line ends earlier, as is said."""
    goal = catalogue().goals["GA-1.1"]
    states = [series_of_goal(goal, area, release)[0] for area in ("FI", "HR")]
    finland, croatia = (
        replace(frame, path=()) for frame in multiples_chart(states, "2025", page_context()).frames
    )

    assert finland.years == croatia.years
    assert finland.line.known[-1].at - croatia.line.known[-1].at == 1
    drawn = [re.findall(r"([\d.]+),[\d.]+", b64decoded(small_picture(frame)))
             for frame in (finland, croatia)]  # fmt: skip
    assert drawn[0][: len(drawn[1])] == drawn[1]
    assert len(drawn[0]) == len(drawn[1]) + 1
    sheets = [sheet_of_small_trend(frame, "Path").rows for frame in (finland, croatia)]
    assert sheets[0] == sheets[1]


def b64decoded(address: str) -> str:
    return b64decode(address.partition(",")[2]).decode()


def test_tiles_have_the_figures_and_the_reasons_of_the_states() -> None:
    """The latest value up to the period; a letter for each status, a sign for each reason."""
    chart = tiles_of_every_flag()
    known = dict(zip(member_states(), every_flag().values, strict=False))
    for tile in chart.tiles:
        row = known.get(tile.area, {"value": NAN, "observation_status": ""})
        assert (NAN if tile.value is None else tile.value) == pytest.approx(
            row["value"], nan_ok=True
        )
        assert bool(tile.shade) is (tile.value is not None)
    written = {mark.code for _, mark in chart.signs}
    assert {"P", "E", "B", LOWER_LIMIT, "absent.suppressed", "absent.not_applicable"} <= written
    assert all(mark.words and sign for sign, mark in chart.signs)
    by_mark = {tile.mark.code: tile.printed for tile in chart.tiles}
    assert by_mark["P"].endswith("\N{NO-BREAK SPACE}p")
    assert by_mark[LOWER_LIMIT].startswith(">")
    assert by_mark["absent.suppressed"] == "c"


def test_pages_and_pictures_have_the_same_positions_and_shades_of_tiles() -> None:
    style = files("dashboard").joinpath("assets/goal.css").read_text("utf-8")
    found = re.findall(r"\.tile-(\w\w) \{ grid-area: (\d) / (\d); \}", style)
    assert {area: (int(row) - 1, int(column) - 1) for area, row, column in found} == TILE_POSITIONS
    assert max(TILE_POSITIONS.values()) < (TILE_ROWS, TILE_COLUMNS)
    grounds = [page_colours()[f"class-{at}"] for at in range(1, 6)]
    assert [ground.removeprefix("#").upper() for ground, _ in TILE_SHADES[1:]] == grounds


def test_a_chart_without_any_value_says_so() -> None:
    series = every_flag()
    nothing = with_cells(series.values, value=NAN, observation_status="Q")
    chart = parts_of(series, [("all", Part({}, nothing))])
    figure = graph(chart, "x", "", texts("en"))

    assert not chart.has_value
    assert not of_type(figure, "Graph")
    assert f"suppressed ({len(nothing)})" in words(figure)
    assert chart_of(ChartKind.TREND).has_value
