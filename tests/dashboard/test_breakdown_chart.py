"""A breakdown in its parts: lines that can be distinguished, and figures whose absence is counted."""

import importlib
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.charts.breakdown import breaks_of_named_lines, charts_of_parts, part_name
from dashboard.charts.specification import ChartLine, ChartPoint
from dashboard.components.goal.breakdown_chart import absent_parts
from dashboard.components.goal.data_tables import parts_table
from dashboard.components.graphs import graph
from dashboard.data import Release, records
from dashboard.released import table_views
from dashboard.released.series import AssessedSeries, read_series
from dashboard.released.table_views import Part
from dashboard.texts import texts
from metrics.catalogue.loader import catalogue
from metrics.core.tables import TOTAL
from metrics.messages import languages
from tests.dashboard.chart_figures import figure_of, figures_on, parts_of
from tests.dashboard.reading import of_type, with_class, words
from tests.dashboard.release import write_release

EN = texts("en")
NAN = float("nan")


@pytest.fixture(autouse=True)
def _registered(client: FlaskClient) -> None:
    """Pages can be registered only by an application."""


def page(**query: str) -> Any:
    return importlib.import_module("dashboard.pages.goal").layout(goal="GA-1.1", area="FI", **query)


def part(sex: str, age: str, *rows: tuple[str, float, str]) -> Part:
    table = pd.DataFrame(rows, columns=["period", "value", "observation_status"])
    table = table.assign(confidentiality_status="F", late=False)
    return Part({"sex": sex, "age": age}, records(table))


PAIRS = [
    part(sex, age, ("2023", 4.0, "A"), ("2024", NAN, "Q"), ("2025", NAN, status))
    for sex in ("F", "M")
    for age, status in (("Y0T3", "O"), ("Y4T8", "M"))
]


def victims(release: Release) -> AssessedSeries:
    return read_series(release, "ICSE_VICTIMS", "FI")


def test_a_break_of_parts_is_one_line_that_says_of_which_parts() -> None:
    def named_line(name: str, *broken: str) -> ChartLine:
        points = [ChartPoint(year, year, float(year) + 0.5, 1.0, "1", "1") for year in
                  ("2022", "2023", "2024", "2025")]  # fmt: skip
        starts = [0, *(at for at, point in enumerate(points) if point.period in broken)]
        ends = [*starts[1:], len(points)]
        return ChartLine(name, tuple(tuple(points[start:end]) for start, end in
                                     zip(starts, ends, strict=True)))  # fmt: skip

    lines = [named_line("boys", "2023", "2025"), named_line("girls", "2023", "2024"),
             named_line("other", "2023", "2024")]  # fmt: skip

    found = [(broken.label, broken.at, broken.line) for broken in breaks_of_named_lines(lines, EN)]

    assert found == [
        ("break in 2023", 2023.0, None),
        ("break in 2024: girls, other", 2024.0, None),
        ("break in 2025: boys", 2025.0, 0),
    ]


def test_one_breakdown_is_one_chart() -> None:
    (chart,) = charts_of_parts(PAIRS[:2], ["age"], EN)
    assert chart.title == ""
    assert len(chart.lines) == 2


@pytest.mark.parametrize("language", languages())
def test_a_pair_is_a_chart_for_each_code_of_the_first(language: str) -> None:
    text = texts(language)
    charts = charts_of_parts(PAIRS, ["sex", "age"], text)
    assert [chart.title for chart in charts] == [text.code("sex", "F"), text.code("sex", "M")]
    assert [[name for name, _ in chart.lines] for chart in charts] == [
        [text.code("age", "Y0T3"), text.code("age", "Y4T8")]
    ] * 2


@pytest.mark.parametrize("language", languages())
def test_figures_of_parts_of_years_are_named_in_chart_and_legend(language: str) -> None:
    text = texts(language)
    rows = ("2023", 4.0, "A"), ("2024-Q1", 2.0, "A"), ("2024-S1", 3.0, "A"), ("2024-Q2", NAN, "O")
    lower = ("2023", 1.0, "A"), ("2024-Q1", 1.0, "A")
    lines = [("one", part("F", "Y0T3", *rows)), ("other", part("M", "Y0T3", *lower))]
    scale = [row for _, line in lines for row in line.values]

    series = AssessedSeries(catalogue().indicators["ICSE_VICTIMS"], "FI", {}, scale)
    chart = parts_of(series, lines, language=language)

    labels = {label.text: label.y for label in figure_of(chart).layout.annotations}
    assert labels.get(text.period("2024-S1"), 3.0) == 3.0
    assert labels.get(text.period("2024-Q1"), 2.0) == 2.0
    assert text("chart.partial") in words(graph(chart, "x", "", text))


def test_without_parts_of_years_nothing_is_said_of_them() -> None:
    series = AssessedSeries(catalogue().indicators["ICSE_VICTIMS"], "FI", {}, PAIRS[0].values)
    drawn = graph(parts_of(series, [("one", PAIRS[0])]), "x", "", EN)

    assert EN("chart.partial") not in words(drawn)


def test_every_part_is_drawn_once() -> None:
    charts = charts_of_parts(PAIRS, ["sex", "age"], EN)
    drawn = [part for chart in charts for _, part in chart.lines]
    assert drawn == PAIRS


@pytest.mark.parametrize("reason", ["suppressed (4)", "not available (2)", "not applicable (2)"])
def test_what_is_absent_is_counted_by_its_reason(reason: str) -> None:
    assert reason in words(list(absent_parts(PAIRS, EN)))


def test_a_part_without_any_figure_is_named_with_the_reason() -> None:
    hidden = part("F", "Y0T3", ("2024", NAN, "Q"), ("2025", NAN, "Q"))
    said = words(list(absent_parts([hidden, *PAIRS[2:]], EN)))
    names = EN.code("sex", "F"), EN.code("age", "Y0T3")
    assert f"Without any figure: {', '.join(names)} (suppressed)." in said


def test_nothing_is_said_where_nothing_is_absent() -> None:
    assert list(absent_parts([part("F", "Y0T3", ("2024", 0.0, "A"))], EN)) == []


def test_no_line_of_a_part_bridges_what_is_absent(release: Release) -> None:
    broken = part("F", "Y0T3", ("2022", 1.0, "A"), ("2023", NAN, "Q"), ("2024", 3.0, "A"))
    line = figure_of(parts_of(victims(release), [("girls", broken)])).data[0]
    assert list(line.y) == [1.0, None, 3.0]
    assert line.connectgaps is False
    assert "suppressed" in line.text[1]


def test_a_point_of_a_part_says_its_period_unit_and_part(release: Release) -> None:
    line = figure_of(parts_of(victims(release), [("girls", PAIRS[0])])).data[0]
    assert "2023: 4\xa0persons" in line.text[0]
    assert line.hovertemplate.endswith("<extra>girls</extra>")


@pytest.mark.parametrize("by", ["sex", "age"])
def test_the_page_has_a_line_for_each_code(release: Release, by: str) -> None:
    (figure, *_) = figures_on(page(breakdown=by))
    expected = [
        part_name(each, EN) for each in table_views.series_parts(victims(release), release, [by])
    ]
    assert [each.name for each in figure.data] == expected


@pytest.mark.parametrize("by", ["sex", "age"])
@pytest.mark.usefixtures("home")
def test_chart_and_table_have_the_same_figures(by: str) -> None:
    figure = figures_on(page(breakdown=by))[0]
    cells = " ".join(
        map(words, of_type(of_type(page(breakdown=by, view="table"), "Table")[0], "Td"))
    )
    drawn = (line for line in figure.data if line.mode != "markers")
    shown = {EN.number(value) for line in drawn for value in line.y if value is not None}
    assert shown <= set(re.findall(r"[\d,.]+", cells))


@pytest.mark.usefixtures("home")
def test_the_title_names_the_unit_and_the_breakdown() -> None:
    captions = words(of_type(page(breakdown="sex"), "Figcaption")[0])
    assert "Finland, persons a year by Sex" in captions


@pytest.mark.parametrize("breakdown", ["nothing", "sphere", "sex+nothing"])
@pytest.mark.usefixtures("home")
def test_a_breakdown_that_is_none_is_refused_and_those_that_are_are_offered(
    breakdown: str,
) -> None:
    drawn = page(breakdown=breakdown)
    said = words(with_class(drawn, "empty"))
    assert f"by “{breakdown}”" in said
    assert "figure, by Sex" in said
    assert not of_type(drawn, "Graph")


def without_parts_of(area: str, home: Path) -> None:
    path = home / "data/processed/sample/2026-04-10/indicator_values.parquet"
    table = pd.read_parquet(path)
    table[(table["area"] != area) | (table["sex"] == TOTAL)].to_parquet(path, index=False)


def test_a_breakdown_that_only_others_have_says_so(empty_home: Path) -> None:
    write_release(empty_home)
    without_parts_of("FI", empty_home)

    card = with_class(page(breakdown="sex"), "trend-card")

    assert EN("goal.no_breakdown", area="Finland", by="Sex") in words(card)


def test_a_part_without_a_row_is_no_zero_in_the_table(release: Release) -> None:
    short, longer = PAIRS[0], part("M", "Y4T8", ("2026", 5.0, "A"))
    drawn = parts_table("", victims(release), [("short", short), ("longer", longer)], EN)
    last = of_type(of_type(drawn, "Tbody"), "Tr")[-1]
    assert [words(each) for each in of_type(last, "Td")] == ["no figure", "5\xa0persons"]
