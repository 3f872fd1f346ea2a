"""Every kind of chart with every mark: table, chart of the slide and its workbook agree."""

import re
from dataclasses import replace
from io import BytesIO
from math import floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pptx import Presentation

from dashboard.charts.chart_parts import SmallTrendPart, StatesPart, TimePart
from dashboard.charts.multiples import multiples_chart, small_trend
from dashboard.charts.native_numbers import (
    PrintedNumber,
    letter_of,
    number_format,
    short_number,
)
from dashboard.charts.native_sheets import SeriesRole, SheetSeries, sheet_of_time
from dashboard.charts.native_small_trends import add_small_trend
from dashboard.charts.native_states import ColumnPlot, add_states_chart, label_shift
from dashboard.charts.native_times import add_time_chart, code_of_figures, code_of_path
from dashboard.charts.scales import value_axis
from dashboard.charts.slide_shapes import ChartLook, SlideBox
from dashboard.charts.specification import (
    ChartKind,
    ChartLine,
    ChartPoint,
    Mark,
    StatesChart,
    TimeChart,
)
from dashboard.released.series import AssessedSeries
from metrics.catalogue.loader import catalogue
from metrics.core.tables import LOWER_LIMIT, UPPER_LIMIT
from tests.dashboard.chart_figures import trend_of
from tests.dashboard.contexts import page_context
from tests.dashboard.test_chart_specification import chart_of, every_flag

BOX = SlideBox(36, 114, 888, 320)
LOOK = ChartLook("en", "Chart", "What it shows")
TIME_KINDS = (ChartKind.TREND, ChartKind.PARTS, ChartKind.AREAS)


def drawn(chart: TimeChart | StatesChart) -> Any:
    """The chart as a slide has it."""
    slide = Presentation().slides.add_slide(Presentation().slide_layouts[6])
    if isinstance(chart, StatesChart):
        return add_states_chart(StatesPart(chart, BOX, LOOK), slide.shapes).chart
    return add_time_chart(TimePart(chart, BOX, LOOK), slide.shapes).chart


def sheet_of(chart: Any) -> list[list[Any]]:
    blob = chart.part.chart_workbook.xlsx_part.blob
    sheet = load_workbook(BytesIO(blob)).worksheets[0]
    return [list(row) for row in sheet.values]


def values_in_xml(chart: Any) -> dict[str, list[float | None]]:
    """Each series by its number and name, with a value or None for each row of the sheet."""
    found = {}
    for at, series in enumerate(series for plot in chart.plots for series in plot.series):
        found[f"{at} {series.name}"] = list(series.values)
    return found


@pytest.mark.parametrize("kind", TIME_KINDS)
def test_xml_workbook_and_table_have_the_same_numbers(kind: ChartKind) -> None:
    chart = chart_of(kind)
    assert isinstance(chart, TimeChart)
    native = drawn(chart)
    head, *rows = sheet_of(native)
    columns = {f"{at} {name}": [row[at + 1] for row in rows] for at, name in enumerate(head[1:])}
    assert columns == values_in_xml(native), "the workbook and the chart"
    in_sheet = sorted(value for column in columns.values() for value in column if value is not None)
    in_table = sorted(
        [point.value for _, point in chart.table if point.value is not None]
        + [height for _, height in (chart.path.course if chart.path else ())]
    )
    assert in_sheet == pytest.approx(in_table), "the workbook and the table"


@pytest.mark.parametrize("kind", TIME_KINDS)
def test_what_is_absent_is_an_empty_cell_and_a_letter(kind: ChartKind) -> None:
    chart = chart_of(kind)
    assert isinstance(chart, TimeChart)
    head, *rows = sheet_of(drawn(chart))
    absent = {point.label: point for _, point in chart.table if point.value is None}
    assert absent
    for name, *values in rows:
        label, _, letters = name.partition("\n")
        if label in absent:
            assert values[0] is None, f"{label} is empty, never zero"
            assert letter_of(absent[label].mark) in letters.split()
    assert head[0] is None


def test_a_break_parts_a_line_into_two_series_that_do_not_touch() -> None:
    chart = chart_of(ChartKind.TREND)
    assert isinstance(chart, TimeChart)
    runs = [run for run in chart.lines[0].runs if run]
    native = values_in_xml(drawn(chart))
    lines = [values for name, values in native.items() if "Reported" in name]
    assert len(runs) > 1
    whole = [{at for at, value in enumerate(values) if value is not None} for values in lines]
    assert not set.intersection(*whole[: len(runs)])
    _, *rows = sheet_of(drawn(chart))
    broken = next(row[0] for row in rows if row[0].startswith(runs[1][0].label))
    assert "b" in broken.partition("\n")[2].split()


@pytest.mark.parametrize("kind", TIME_KINDS)
def test_a_qualified_value_has_an_open_marker(kind: ChartKind) -> None:
    chart = chart_of(kind)
    assert isinstance(chart, TimeChart)
    marked = sum(1 for _, point in chart.table if point.value is not None and point.mark)
    xml = drawn(chart)._chartSpace.xpath(".//c:ser/c:dPt/c:marker")
    assert len(xml) == marked > 0


def test_the_last_label_has_the_letter_of_its_value_and_follows_the_cell() -> None:
    every = every_flag()
    known = [row for row in every.values if row["observation_status"] in {"A", "P"}][:2]
    chart = trend_of(replace(every, values=known))
    native = drawn(chart)
    labels = native._chartSpace.xpath(".//c:ser[1]/c:dLbls/c:dLbl")
    codes = [label.xpath("./c:numFmt")[0].get("formatCode") for label in labels]
    assert any(code.endswith('" p"'.replace(" ", "\N{NO-BREAK SPACE}")) for code in codes)
    assert not native._chartSpace.xpath(".//c:dLbl/c:tx"), "typed words would not follow a cell"


@pytest.mark.parametrize(
    ("language", "code"),
    [("en", '#","000'), ("fi", '#"\N{NO-BREAK SPACE}"000'), ("el", '#"\N{NO-BREAK SPACE}"000')],
)
def test_numbers_have_the_separators_of_the_deck(language: str, code: str) -> None:
    assert f"[>=1000]{code};0" in number_format(PrintedNumber(), language)


def test_decimals_sign_and_limit_are_in_the_format() -> None:
    assert PrintedNumber.parse("63,6", "el") == PrintedNumber(1)
    assert PrintedNumber.parse("8,824", "en") == PrintedNumber(0)
    assert PrintedNumber.parse("+12.5", "en") == PrintedNumber(1, is_signed=True)
    limit = number_format(PrintedNumber(), "en", Mark(LOWER_LIMIT, "limit"))
    assert limit.startswith('[>=1000000]">')


def test_a_computed_level_is_rounded_as_the_figures_and_an_agreed_one_is_not() -> None:
    chart = trend_of(every_flag())
    figures = code_of_figures(chart, "en")
    for level, code in ((63.66212345, figures), (99.5, number_format(PrintedNumber(1), "en"))):
        path = SheetSeries("Starting level", (level, level), SeriesRole.PATH)
        assert code_of_path(chart, path, "en") == code


def test_a_limit_is_a_sign_where_words_have_no_room() -> None:
    below = Mark(UPPER_LIMIT, "less than")
    assert short_number("less than 1,234.5", below) == "<\N{NO-BREAK SPACE}1,234.5"
    assert short_number("1,234.5", Mark()) == "1,234.5"


@pytest.mark.parametrize("kind", ["states", "small"])
def test_the_label_of_a_limit_has_its_sign(kind: str) -> None:
    below = Mark(UPPER_LIMIT, "less than")
    if kind == "states":
        chart = chart_of(ChartKind.STATES)
        assert isinstance(chart, StatesChart)
        rows = tuple(replace(row, mark=below) for row in chart.rows)
        native = drawn(replace(chart, rows=rows))
    else:
        trend = small_trend(every_flag(), page_context().text)
        runs = tuple(tuple(replace(point, mark=below) for point in run) for run in trend.line.runs)
        marked = replace(trend, line=replace(trend.line, runs=runs, parts_of_years=()))
        slide = Presentation().slides.add_slide(Presentation().slide_layouts[6])
        part = SmallTrendPart(marked, BOX, LOOK, "Path", has_labels=True)
        native = add_small_trend(part, slide.shapes).chart
    codes = native._chartSpace.xpath(".//c:dLbl/c:numFmt/@formatCode")
    assert any('"<\N{NO-BREAK SPACE}"' in code for code in codes)


def test_a_negative_number_has_its_minus() -> None:
    assert PrintedNumber.parse("−9.2", "en").is_signed
    assert '"−"0.0' in number_format(PrintedNumber(1, is_signed=True), "en")
    assert number_format(PrintedNumber(has_negatives=True), "en") == '0;"−"0'


def ticks_of(native: Any) -> list[float]:
    """Where an office program draws the lines of an axis: from its minimum, step by step."""
    axis = native.value_axis
    low, high, step = axis.minimum_scale, axis.maximum_scale, axis.major_unit
    return [round(low + at * step, 9) for at in range(floor((high - low) / step + 1e-9) + 1)]


def test_the_lines_of_a_native_axis_are_those_of_the_picture_in_every_kind_of_chart() -> None:
    for kind in TIME_KINDS:
        chart = chart_of(kind)
        assert isinstance(chart, TimeChart)
        assert ticks_of(drawn(chart)) == [tick.at for tick in chart.axis.ticks]


@given(
    values=st.lists(st.floats(-1e6, 1e6).map(lambda value: round(value, 2)), min_size=1, max_size=9)
)
def test_an_axis_begins_at_a_tick_below_every_value(values: list[float]) -> None:
    axis = value_axis(every_flag(), values, page_context().text)
    assert axis.low == axis.ticks[0].at <= min(values)
    step = axis.ticks[1].at - axis.ticks[0].at
    assert max(values) <= axis.high < axis.ticks[-1].at + step


def test_months_are_numbers_below_a_slide_and_years_without_figures_are_left_out() -> None:
    points = [
        ChartPoint(period, label, at, 30.0, "30", "30", is_full_year=False)
        for period, label, at in (
            ("2017-01/P2M", "January–February 2017", 2017.08),
            ("2018-10", "October 2018", 2018.79),
            ("2019-05", "May 2019", 2019.37),
            ("2024-Q1", "Q1 2024", 2024.12),
        )
    ]
    line = ChartLine("Reported figure", (), parts_of_years=tuple(points))
    chart = chart_of(ChartKind.PARTS)
    assert isinstance(chart, TimeChart)
    parts = replace(chart, lines=(line,), breaks=())

    assert sheet_of_time(parts).rows == ("1–2/2017", "10/2018", "5/2019", "Q1 2024")


def test_a_marker_of_a_point_without_a_line_is_not_white() -> None:
    """LibreOffice draws no edge around it."""
    limit = Mark(LOWER_LIMIT, "limit")
    point = ChartPoint("2018-10", "October 2018", 2018.79, 30.0, "30", "30", limit,
                       is_full_year=False)  # fmt: skip
    chart = chart_of(ChartKind.PARTS)
    assert isinstance(chart, TimeChart)
    line = ChartLine("Reported figure", (), parts_of_years=(point,))
    native = drawn(replace(chart, lines=(line,), breaks=()))

    (marker,) = native._chartSpace.xpath(".//c:ser/c:dPt/c:marker/c:spPr/a:solidFill")
    assert not marker.xpath("./a:srgbClr[@val='FFFFFF']")


def test_columns_of_states_have_values_targets_and_letters() -> None:
    chart = chart_of(ChartKind.STATES)
    assert isinstance(chart, StatesChart)
    native = drawn(chart)
    _, *rows = sheet_of(native)
    assert [row[1] for row in rows] == [row.value for row in chart.rows]
    assert [row[0].partition("\n")[0] for row in rows] == [row.area for row in chart.rows]
    letters = {row[0].partition("\n")[0]: row[0].partition("\n")[2] for row in rows}
    for row in chart.rows:
        assert letters[row.area] == (letter_of(row.mark) if row.mark else "")


def test_the_target_of_a_state_is_a_mark_on_the_same_axes() -> None:
    chart = chart_of(ChartKind.STATES)
    assert isinstance(chart, StatesChart)
    aimed = replace(chart, rows=tuple(
        replace(row, expected=50.0, expected_name="Target path") for row in chart.rows
    ))  # fmt: skip
    native = drawn(aimed)
    bars, lines = native.plots
    assert [axis.get("val") for axis in bars._element.xpath("./c:axId")] == [
        axis.get("val") for axis in lines._element.xpath("./c:axId")
    ]
    assert list(lines.series[0].values) == [50.0] * len(chart.rows)


def test_each_frame_of_small_multiples_has_a_sheet_of_its_own() -> None:
    series = AssessedSeries(catalogue().indicators["ICSE_VICTIMS"], "FI", {}, every_flag().values)
    trends = multiples_chart([series], "2020", page_context()).frames
    slide = Presentation().slides.add_slide(Presentation().slide_layouts[6])
    frame = add_small_trend(SmallTrendPart(trends[0], BOX, LOOK, "Path"), slide.shapes)
    head, *rows = sheet_of(frame.chart)
    known = sorted(point.value for point in trends[0].line.points if point.value is not None)
    cells = sorted(value for row in rows for value in row[1:] if value is not None)
    assert cells == known
    assert head[1] == "Finland" or "Finland" in str(head)


def test_a_chart_has_a_name_and_an_alternative_text() -> None:
    slide = Presentation().slides.add_slide(Presentation().slide_layouts[6])
    chart = chart_of(ChartKind.TREND)
    assert isinstance(chart, TimeChart)
    frame = add_time_chart(TimePart(chart, BOX, LOOK), slide.shapes)
    properties = frame._element.xpath(".//p:cNvPr")[0]
    assert (properties.get("name"), properties.get("descr")) == ("Chart", "What it shows")


def test_every_axis_has_a_positive_number() -> None:
    native = drawn(chart_of(ChartKind.STATES))
    numbers = re.findall(r'axId val="([^"]+)"', native.part.blob.decode())
    assert numbers
    assert all(number.isdigit() for number in numbers)


def test_each_qualified_figure_of_a_single_line_has_its_letter_below_the_year() -> None:
    chart = chart_of(ChartKind.TREND)
    assert isinstance(chart, TimeChart)
    assert len(chart.lines) == 1
    _, *rows = sheet_of(drawn(chart))
    letters = {name.partition("\n")[0]: name.partition("\n")[2].split() for name, *_ in rows}
    marked = [point for _, point in chart.table if point.value is not None and point.mark]
    assert len(marked) > 2
    assert all(letter_of(point.mark) in letters[point.label] for point in marked)


@pytest.mark.parametrize("language", ["en", "fi", "el"])
def test_thousands_have_no_dot_that_reads_as_a_decimal_mark(language: str) -> None:
    """The decimal mark is that of the reader's program: no format can set it."""
    assert '"."' not in number_format(PrintedNumber(1), language)


@pytest.mark.parametrize(("expected", "is_moved"), [(None, False), (0.0, False), (5.0, True)])
def test_a_label_is_moved_only_where_a_mark_would_lie_on_it(
    expected: float | None, is_moved: bool
) -> None:
    plot = ColumnPlot(0, 10, 300, 320, widest_label=20, is_upright=False)

    assert (label_shift(5.0, expected, plot) < 0) is is_moved
