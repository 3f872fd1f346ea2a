"""A series in, a specification out, and from that a figure with the same numbers."""

import base64
import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import theme
from dashboard.charts.marks import reservation, why_absent
from dashboard.charts.plotly_looks import MARK_SYMBOLS
from dashboard.charts.sparkline import sparkline
from dashboard.data import Release, records
from dashboard.released import table_views
from dashboard.released.assessments import Assessment
from dashboard.released.series import AssessedSeries
from dashboard.released.table_views import Part
from dashboard.texts import texts
from metrics.catalogue.codelists import codelist
from metrics.catalogue.loader import catalogue
from metrics.core.verdicts import Status, Verdict, arithmetic_as_cell, calculation_step
from tests.dashboard.chart_figures import (
    figure_of,
    parts_of,
    states_of,
    trend_figure,
    trend_of,
    words_in_plot,
)
from tests.dashboard.series_rows import with_cells

EN = texts("en")
NAN = math.nan


def drawn(
    rows: Sequence[tuple[str, float, str]], indicator: str = "ICSE_VICTIMS"
) -> AssessedSeries:
    """A series of the European Union with so many values, each with its observation status."""
    table = pd.DataFrame(rows, columns=["period", "value", "observation_status"])
    table = table.assign(confidentiality_status="F", late=False, remark="", areas_expected=1)
    return AssessedSeries(catalogue().indicators[indicator], "FI", {}, records(table))


def assessed(series: AssessedSeries, **fields: Any) -> AssessedSeries:
    verdict = replace(Verdict(Status.BEHIND), **fields)
    each = Assessment("growth", "yearly_growth", official=True, verdict=verdict)
    return AssessedSeries(series.indicator, series.area, series.codes, series.values, (each,))


RISING = drawn([("2022", 100.0, "A"), ("2023", 90.0, "A"), ("2024", 130.0, "A")])
AGAINST = assessed(
    RISING,
    period="2024",
    value=130.0,
    expected_value=121.0,
    gap=9.0,
    path=((2022.5, 100.0), (2023.5, 110.0), (2024.5, 121.0)),
)


chart = trend_figure


def named(figure: go.Figure, name: str) -> go.Scatter:
    return next(each for each in figure.data if each.name == name)


def test_a_figure_stands_in_the_middle_of_its_period() -> None:
    assert list(named(chart(RISING), "Reported figure").x) == [2022.5, 2023.5, 2024.5]


def test_the_path_stands_on_the_same_axis() -> None:
    assert list(named(chart(AGAINST), "Target path").x) == [2022.5, 2023.5, 2024.5]


def assessed_each_year(reason: str, *expected: float) -> AssessedSeries:
    """A series whose first years were assessed by other paths than that of today."""
    history = {
        str(row["period"]): {"period": row["period"], "reason": reason, "expected_value": path,
                             "gap": row["value"] - path, "status": "behind", "category": "",
                            "value": row["value"]}
        for row, path in zip(RISING.rows, expected, strict=True)
    }  # fmt: skip
    official = AGAINST.assessments[0]
    verdict = replace(official.verdict, reason=reason, path=(*official.verdict.path, (2025.5, 133)))
    return replace(
        RISING, assessments=(replace(official, verdict=verdict),), status_history=history
    )


def drawn_paths(figure: go.Figure) -> dict[float, float]:
    traces = [trace for trace in figure.data if "path" in trace.name.lower()]
    return {x: y for trace in traces for x, y in zip(trace.x, trace.y, strict=True)}


@pytest.mark.parametrize("reason", ["", "matched_panel"])
@pytest.mark.parametrize("early", [(100.0, 110.0), (95.0, 105.0), (100.0, 105.0)])
def test_chart_and_table_show_the_same_path(reason: str, early: tuple[float, float]) -> None:
    series = assessed_each_year(reason, *early, 121.0)
    table = table_views.trend_view(series)

    drawn = drawn_paths(chart(series))
    for when, path in zip(table_views.midpoints(records(table)), table["path"], strict=True):
        assert drawn[when] == pytest.approx(path)
    assert drawn[2025.5] == 133  # the path goes on to its target


def test_the_path_of_an_earlier_year_is_a_mark_with_its_own_name() -> None:
    figure = chart(assessed_each_year("matched_panel", 95.0, 105.0, 121.0))
    names = {trace.name: trace.mode for trace in figure.data if "path" in trace.name.lower()}
    assert names == {"Target path": "lines", "Target path, as each year was assessed": "markers"}


def test_a_thin_line_leads_from_its_own_start_to_the_mark_of_an_earlier_year() -> None:
    """From 90 in 2022, calculated back for the States that had reported then."""
    series = assessed_each_year("matched_panel", 95.0, 105.0, 121.0)
    step = calculation_step(
        "value_carried_back_on_the_matched_panel", 90.0, "period", period="2022"
    )
    cell = arithmetic_as_cell(Verdict(Status.BEHIND, arithmetic=(step,)))
    then = {"baseline_period": "2022", "arithmetic": cell}
    rows = {period: {**row, **then} for period, row in series.status_history.items()}

    lines = [trace for trace in chart(replace(series, status_history=rows)).data
             if trace.mode == "lines" and trace.line.width == 1]  # fmt: skip

    assert [(line.x[0], line.y[0]) for line in lines] == [(2022.5, 90.0)] * len(lines)
    assert {round(line.y[-1], 6) for line in lines} <= {95.0, 105.0, 121.0}
    assert lines


def test_the_gap_is_a_line_from_the_path_to_the_figure_with_its_label() -> None:
    (line,) = chart(AGAINST).layout.shapes
    assert (line.x0, line.x1, line.y0, line.y1) == (2024.5, 2024.5, 121.0, 130.0)
    assert "<b>Gap +9</b>" in words_in_plot(chart(AGAINST))


def test_a_missing_figure_is_a_gap_and_never_bridged() -> None:
    line = named(
        chart(drawn([("2022", 1.0, "A"), ("2023", NAN, "O"), ("2024", 3.0, "A")])),
        "Reported figure",
    )
    assert list(line.y) == [1.0, None, 3.0]
    assert line.connectgaps is False


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("O", "not available"),
        ("L", "not collected"),
        ("M", "not applicable"),
        ("Q", "suppressed"),
    ],
)
def test_the_reason_of_a_gap_is_written_into_the_chart(status: str, reason: str) -> None:
    figure = chart(drawn([("2023", 5.0, "A"), ("2024", NAN, status)]))
    assert list(named(figure, reason).hovertext) == [reason]
    assert reason in words_in_plot(figure)


@pytest.mark.parametrize(
    ("status", "shape"), [("A", "circle"), ("P", "circle-open"), ("E", "diamond-open")]
)
def test_a_reservation_has_a_shape_of_its_own(status: str, shape: str) -> None:
    figure = chart(drawn([("2024", 5.0, status)]))
    assert list(named(figure, "Reported figure").marker.symbol) == [shape]


def test_only_the_marks_in_use_are_explained() -> None:
    provisional = trend_of(drawn([("2023", 5.0, "A"), ("2024", 6.0, "P")]))
    assert [(mark.code, mark.words) for mark in provisional.marks] == [("P", "provisional value")]
    assert not trend_of(RISING).marks


def test_a_target_without_a_path_is_a_mark_beside_the_figure() -> None:
    aimed = assessed(drawn([("2024", 19.0, "A")]), period="2024", expected_value=27.0)
    assert list(named(chart(aimed), "Target path").y) == [27.0]


def test_a_part_of_a_year_stands_apart() -> None:
    figure = chart(drawn([("2023", 12.0, "A"), ("2024-01/P8M", 9.0, "A")]))
    assert list(named(figure, "Reported figure").y) == [12.0]
    apart = [trace for trace in figure.data if trace.mode == "markers"]
    assert [list(trace.x) for trace in apart] == [[2024 + 4 / 12]]


def test_a_break_is_marked_between_the_years() -> None:
    figure = chart(drawn([("2023", 5.0, "A"), ("2024", 9.0, "B")]))
    assert figure.layout.shapes[0].x0 == 2024.0
    assert figure.layout.shapes[0].line.dash == "dash"
    assert "break in 2024" in words_in_plot(figure)


BROKEN = drawn([("2022", 5.0, "A"), ("2023", 6.0, "A"), ("2024", 90.0, "B"), ("2025", 95.0, "A")])


def test_no_line_bridges_a_break() -> None:
    lines = [trace for trace in chart(BROKEN).data if trace.mode == "lines+markers" and trace.x[0]]

    assert [list(line.y) for line in lines] == [[5.0, 6.0], [90.0, 95.0]]


def test_no_line_of_a_part_bridges_a_break() -> None:
    figure = figure_of(parts_of(BROKEN, [("online", Part({}, BROKEN.values))]))

    assert [list(line.y) for line in figure.data] == [[5.0, 6.0], [90.0, 95.0]]
    assert len({line.line.color for line in figure.data}) == 1


HALVES = drawn([
    ("2023", NAN, "O"), ("2024", NAN, "O"), ("2024-Q1", 3.0, "A"), ("2024-S1", 7.0, "A"),
])  # fmt: skip


def test_parts_of_years_are_the_figures_where_no_year_has_one() -> None:
    years = drawn([("2023", 5.0, "A"), ("2024-S1", 7.0, "A")])

    assert [row["period"] for row in HALVES.rows] == ["2024-Q1", "2024-S1"]
    assert (HALVES.last_known or {})["period"] == "2024-S1"
    assert [row["period"] for row in years.rows] == ["2023"]
    assert picture(HALVES).count("<polyline") == 0


def test_a_mark_for_a_part_of_a_year_names_its_period() -> None:
    figure = chart(HALVES)
    many = drawn([(f"{2010 + n}-Q1", 3.0, "A") for n in range(7)])

    # Words for it are left out only where others would be covered.
    assert "Q1 2024" in words_in_plot(figure)
    assert {point.label for point in trend_of(HALVES).lines[0].parts_of_years} == {
        "Q1 2024",
        "H1 2024",
    }
    assert not [words for words in words_in_plot(chart(many)) if words.startswith("Q1")]


def test_no_line_joins_parts_of_years() -> None:
    values = [*RISING.values, *HALVES.values[2:]]
    figure = figure_of(parts_of(RISING, [("online", Part({}, values))]))

    assert [(line.mode, list(line.y)) for line in figure.data] == [
        ("lines+markers", [100.0, 90.0, 130.0]), ("markers", [3.0, 7.0]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "label"),
    [("rebased_after_break", "break in series: assessed from 2024"), ("", "break in 2024")],
)
def test_the_segment_that_is_assessed_begins_at_its_break(reason: str, label: str) -> None:
    rebased = assessed(BROKEN, period="2025", baseline_period="2024", reason=reason)

    assert [broken.label for broken in trend_of(rebased).breaks] == [label]


def test_the_axis_starts_at_zero_also_when_all_is_zero() -> None:
    zero = trend_of(drawn([("2024", 0.0, "A")])).axis
    assert (zero.low, zero.high > 1, [tick.label for tick in zero.ticks]) == (0, True, ["0", "1"])
    assert chart(RISING).layout.yaxis.range[0] == 0


def test_steps_are_named_on_the_axis() -> None:
    figure = chart(drawn([("2024", 2.0, "A")], "ICSE_CONNECTED"))
    assert [label.replace("<br>", " ") for label in figure.layout.yaxis.ticktext] == [
        EN.code("step", step) for step in catalogue().indicators["ICSE_CONNECTED"].ladder
    ]


def test_numbers_in_a_chart_follow_the_language() -> None:
    thousands = drawn([("2024", 12345.0, "A")])
    assert "10\N{NO-BREAK SPACE}000" in trend_figure(thousands, "el").layout.yaxis.ticktext
    assert "10,000" in trend_figure(thousands, "en").layout.yaxis.ticktext


def test_parts_are_told_apart_by_shape_and_colour() -> None:
    lines = of_parts(3).data
    assert len({each.marker.symbol[0] for each in lines}) == 3
    assert len({each.line.color for each in lines}) == 3


def of_parts(number: int) -> go.Figure:
    parts = [(f"part {at}", Part({}, RISING.values)) for at in range(number)]
    return figure_of(parts_of(RISING, parts))


def test_no_two_of_many_parts_look_the_same() -> None:
    looks = {(each.marker.symbol[0], each.line.color, each.line.dash) for each in of_parts(48).data}
    assert len(looks) == 48


def test_parts_of_one_colour_differ_in_their_dash() -> None:
    by_colour: dict[str, list[str]] = {}
    for each in of_parts(48).data:
        by_colour.setdefault(each.line.color, []).append(each.line.dash)
    assert all(len(set(dashes)) == len(dashes) for dashes in by_colour.values())


def test_charts_of_parts_share_their_scale() -> None:
    higher = with_cells(RISING.values, value=[1.0, 2.0, 1000.0])
    lines = [("low", Part({}, RISING.values)), ("high", Part({}, higher))]
    figure = figure_of(parts_of(RISING, lines[:1], lines))
    assert figure.layout.yaxis.range[1] > 1000
    assert list(figure.layout.yaxis2.range) == [0, 1]


STATES = pd.DataFrame(
    {
        "area": ["BE", "FI", "MT"],
        "value": [5.0, 0.0, NAN],
        "path": [6.0, NAN, NAN],
        "observation_status": ["A", "A", "Q"],
        "confidentiality_status": ["F", "F", "C"],
        "late": False,
        "status": "behind",
        "period": "2024",
        "path_key": "chart.path",
    }
)


def test_every_state_has_a_row_also_without_a_figure() -> None:
    figure = figure_of(states_of(RISING, STATES))
    assert list(figure.layout.yaxis.categoryarray) == ["Belgium", "Finland", "Malta"]
    assert list(named(figure, "").y) == ["Belgium", "Finland"]
    assert [(each.y, each.text) for each in figure.layout.annotations] == [
        ("Belgium", "<b>5</b>"), ("Finland", "<b>0</b>"), ("Malta", "suppressed"),
    ]  # fmt: skip


def test_a_mark_has_the_name_of_the_target_of_its_own_state() -> None:
    """Whatever the area whose page it is: a level was agreed for one State, not for another."""
    states = STATES.assign(path=[6.0, 7.0, NAN], path_key=["chart.path", "chart.start", ""])

    figure = figure_of(states_of(RISING, states))

    assert list(named(figure, "Target path").y) == ["Belgium"]
    assert list(named(figure, "Starting level").y) == ["Finland"]


def test_every_status_has_a_shape_of_its_own() -> None:
    """Estimated, special and of another definition are three marks and three words."""
    missing = {"O", "M", "L", "H", "Q"}
    statuses = [code for code in codelist("observation_status") if code not in {*missing, "B"}]
    years = [str(2010 + at) for at in range(len(statuses))]
    series = drawn([(year, 5.0, status) for year, status in zip(years, statuses, strict=True)])

    shapes = list(named(chart(series), "Reported figure").marker.symbol)
    explained = {mark.words for mark in trend_of(series).marks}

    assert len(set(shapes)) == len(statuses)
    assert {"estimated value", "definition differs", "special event"} <= explained


def test_no_two_marks_have_one_shape() -> None:
    assert len(set(MARK_SYMBOLS.values())) == len(MARK_SYMBOLS)


def test_the_remark_on_a_qualified_value_is_in_its_label() -> None:
    series = drawn([("2022", 5.0, "A"), ("2023", 54613.0, "S")])
    said = replace(
        series, values=with_cells(series.values, remark="About 21,000 items < one host.")
    )

    normal, special = named(chart(said), "Reported figure").text

    assert "items" not in normal
    assert special.endswith("special event<br>About 21,000 items &lt; one host.")


def test_the_label_of_a_total_says_who_has_reported() -> None:
    series = drawn([("2024", 5.0, "A")])
    total = replace(series, values=with_cells(series.values, areas_reporting=22, areas_expected=27))

    assert named(chart(total), "Reported figure").text[0].endswith("22 of 27 with figures")


def picture(series: AssessedSeries) -> str:
    return base64.b64decode(sparkline(series).partition(",")[2]).decode()


def test_a_small_trend_breaks_where_a_figure_is_missing() -> None:
    whole = drawn([("2021", 1.0, "A"), ("2022", 2.0, "A"), ("2023", 3.0, "A"), ("2024", 4.0, "A")])
    broken = drawn([("2021", 1.0, "A"), ("2022", 2.0, "A"), ("2023", NAN, "O"), ("2024", 4.0, "A")])
    assert picture(whole).count("<polyline") == 1
    assert picture(broken).count("<polyline") == 1
    assert picture(broken).count("<circle") == picture(whole).count("<circle") + 1


def test_a_small_trend_ends_its_line_at_a_break() -> None:
    assert picture(BROKEN).count("<polyline") == 2


def test_without_a_figure_there_is_no_small_trend() -> None:
    assert sparkline(drawn([("2024", NAN, "O")])) == ""


@settings(deadline=None)  # a busy machine is no fault of the picture
@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=9))
def test_a_small_trend_stays_inside_its_picture(values: list[float]) -> None:
    shown = picture(drawn([(str(2010 + at), value, "A") for at, value in enumerate(values)]))
    heights = [float(each.partition('"')[0]) for each in shown.split('cy="')[1:]]
    assert all(0 <= height <= 44 for height in heights)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"observation_status": "Q", "confidentiality_status": "C"}, "suppressed"),
        ({"observation_status": "", "confidentiality_status": "S"}, "suppressed"),
        ({"observation_status": "M", "confidentiality_status": "F"}, "not applicable"),
        ({}, "no figure"),
    ],
)
def test_missing_not_applicable_and_suppressed_are_said_apart(
    row: dict[str, str], said: str
) -> None:
    assert why_absent(row, EN) == said


def test_lateness_is_said_beside_the_figure() -> None:
    assert (
        reservation({"observation_status": "P", "late": True}, EN)
        == "provisional value, reported late"
    )
    total = {"observation_status": "P", "late": True, "areas_expected": 27}
    assert reservation(total, EN) == "provisional value, some Member States reported late"


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2."""
    lights = sorted(map(luminance, (one, other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize(
    "colour", [*theme.LINES, theme.TARGET_PATH, theme.OBSERVED, theme.INK_SOFT]
)
def test_every_line_and_label_can_be_read_on_white(colour: str) -> None:
    assert contrast(colour, theme.CARD) >= 4.5


def test_the_chart_of_a_release_has_a_point_a_year(release: Release) -> None:
    rows = release.series("ICSE_VICTIMS", "value", "SE")
    series = AssessedSeries(catalogue().indicators["ICSE_VICTIMS"], "SE", {}, rows)
    line = named(chart(series), "Reported figure")
    assert [value is None for value in line.y] == [False, False, True, False, False, False]


@pytest.mark.parametrize(
    ("limit", "shape", "name"),
    [
        ("UPPER", "arrow-bar-down-open", "Upper limit: the figure is lower"),
        ("LOWER", "arrow-bar-up-open", "Lower limit: the figure is higher"),
    ],
)
def test_a_limit_has_its_own_mark_and_is_named(limit: str, shape: str, name: str) -> None:
    series = drawn([("2023", 85.0, "A"), ("2024", 56.0, "E")])
    limited = replace(series, values=with_cells(series.values, limit=["", limit]))
    figure = chart(limited)

    line = named(figure, "Reported figure")
    assert list(line.marker.symbol) == ["circle", shape]
    assert name in line.text[-1]
    assert [mark.words for mark in trend_of(limited).marks] == [name]
