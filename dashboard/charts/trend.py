"""The trend of a series, with the path of its target and the gap to it."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from math import ceil
from textwrap import wrap
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard import theme
from dashboard.assessments import Assessment
from dashboard.charts.breaks import draw_breaks, segments
from dashboard.charts.marks import (
    STROKES,
    coverage_note,
    legend_entries,
    limit_note,
    marker_shapes,
    marker_style,
    remark_in_chart,
    reservation,
    value_axis,
    why_absent,
)
from dashboard.charts.paths import path_traces
from dashboard.data import records
from dashboard.series import AssessedSeries, is_full
from dashboard.table_views import (
    Part,
    compare_with_path,
    decimals_beside_path,
    is_change_unclear,
    midpoints,
)
from dashboard.texts import Text
from metrics.catalogue.codelists.statuses import absence_key
from metrics.core.tables import NORMAL, STEP

HEIGHT = 400
MOST_YEARS = 7  # year labels that fit on the screen of a phone
SHADES = len(theme.LINES)
STROKE_HEIGHT, STROKE_STEP = (
    0.03,
    0.06,
)  # shares of the chart's height: of the first row of absence marks, and between rows
LABEL_WIDTH, LABEL_LINES = 60, 4  # of a remark in the label of a point
FEW_GAPS = 3  # absences that can be labelled without overlap
MOST_LABELS, LABEL_HEIGHT = 6, 14  # marks whose period is named; pixels above the mark
MARGIN = 0.2  # years, at the left: room for the label of a first quarter


def trend_chart(
    series: AssessedSeries, table: pd.DataFrame, text: Text, beyond: Sequence[go.Scatter] = ()
) -> go.Figure:
    """`table` is that of `table_views.trend_view`: values at the midpoint of their period.

    `beyond` holds further traces on the same axes, such as the outlook.
    """
    table = on_one_axis(series, table)
    paths, observed = path_traces(series, table, text), observed_traces(series, table, text)
    figure = go.Figure([*paths, *beyond, *observed])
    draw_breaks(figure, series, table, text)
    label_parts_of_years(figure, table[~table["full"] & table["value"].notna()], text)
    draw_gap(figure, series, table, text)
    return finish_layout(figure, series, table, text)


def on_one_axis(series: AssessedSeries, values: pd.DataFrame) -> pd.DataFrame:
    """The periods whose unit is that of the newest; a table has the others too."""
    same = [series.unit_in(str(period)) == series.unit for period in values["period"]]
    return values[np.array(same, dtype=bool)]


def parts_chart(
    series: AssessedSeries,
    parts: Sequence[tuple[str, Part]],
    scale_values: pd.DataFrame,
    text: Text,
) -> go.Figure:
    """One line for each part of a breakdown, distinguished by colour, dash and shape.

    `scale_values` holds all values that set the scale, including those of neighbouring charts.
    """
    lines = [
        trace
        for at, (name, part) in enumerate(parts)
        for trace in part_traces(at, name, part, series, text)
    ]  # fmt: skip
    named = [part.values.assign(part=name) for name, part in parts]
    absent = [table[table["value"].isna()] for table in named]
    marks = absence_traces(pd.concat(absent), text) if absent else []
    partial = highest_of_parts_of_years([on_one_axis(series, table) for table in named])
    legend = [legend_of_parts_of_years(text)] if len(partial) else []
    traces = list(map(go.Scatter, [*lines, *legend, *marks]))
    figure = finish_layout(go.Figure(traces), series, scale_values, text)
    label_parts_of_years(figure, partial, text)
    if (top := scale_values["value"].max()) > 0 and series.component != STEP:
        figure.update_yaxes(range=[0, top * 1.08], selector={"overlaying": None})
    return figure


def highest_of_parts_of_years(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """For each part of a year the highest value of any line: the mark above which it is named."""
    known = pd.concat([table[table["value"].notna()] for table in tables])
    partial = known[~known["period"].map(is_full).astype(bool)]
    return partial.sort_values("value").drop_duplicates("period", keep="last")


def legend_of_parts_of_years(text: Text) -> dict[str, Any]:
    """Say that open marks without a line are parts of years, whatever their colour and shape."""
    look = {"symbol": "circle-open", "size": 9, "color": theme.INK_SOFT}
    return {"x": [None], "y": [None], "name": text("chart.partial"), "mode": "markers",
            "marker": look}  # fmt: skip


def part_traces(
    at: int, name: str, part: Part, series: AssessedSeries, text: Text
) -> Iterator[dict[str, Any]]:
    """The line of one part, in pieces where it breaks; parts of years as markers apart from it.

    Only the first trace has an entry in the legend.
    """
    symbol = theme.SYMBOLS[(at + at // SHADES) % SHADES]
    look = {
        "line": {"color": theme.LINES[at % SHADES], "dash": dash_style(at), "width": 2},
        "marker": {"symbol": symbol, "size": 9},
        "legendgroup": name,
    }
    apart = {"mode": "markers", "marker": {"symbol": f"{symbol}-open", "size": 9}}
    values = on_one_axis(series, part.values)
    whole = values["period"].map(is_full).to_numpy(dtype=bool)
    drawn: list[tuple[pd.DataFrame, dict[str, Any]]] = [
        (rows, {}) for rows in segments(values[whole])
    ]
    if not whole.all():
        drawn.append((values[~whole], apart))
    for number, (rows, own) in enumerate(drawn):
        trace = point_trace(rows, series, text, name) | look | own
        yield trace | {"showlegend": number == 0}


def dash_style(at: int) -> str:
    """Change the dash style each time the colours start again."""
    return theme.DASHES[at // SHADES % len(theme.DASHES)]


def observed_traces(series: AssessedSeries, table: pd.DataFrame, text: Text) -> list[go.Scatter]:
    """Full periods as lines, part-year periods as separate markers, absences at the bottom."""
    full, partial = table[table["full"]], table[~table["full"]]
    absent = table[table["value"].isna()]
    apart = go.Scatter(
        point_trace(partial, series, text, text("chart.partial"))
        | {"mode": "markers", "marker": marker_style("triangle-up-open")}
    )
    return [
        *(observed_line(rows, series, text) for rows in segments(full)),
        *(legend_entries(full, text, "lines+markers") if len(full) or partial.empty else []),
        *([apart] if len(partial) else []),
        *map(go.Scatter, absence_traces(absent, text)),
    ]


def label_parts_of_years(figure: go.Figure, partial: pd.DataFrame, text: Text) -> None:
    """Name the period of each mark for a part of a year, where the labels do not overlap."""
    if len(partial) > MOST_LABELS:
        return
    for at, row in zip(midpoints(partial), records(partial), strict=True):
        figure.add_annotation(
            x=at, y=row["value"], text=text.period(row["period"]), showarrow=False,
            yshift=LABEL_HEIGHT, font={"size": 12, "color": theme.INK_SOFT},
        )  # fmt: skip


def observed_line(table: pd.DataFrame, series: AssessedSeries, text: Text) -> go.Scatter:
    """The values between two breaks."""
    look = {
        "line": {"color": theme.OBSERVED, "width": 3},
        "marker": marker_style(marker_shapes(table)),
        "showlegend": False,
    }
    return go.Scatter(point_trace(table, series, text, text("chart.observed")) | look)


def point_trace(
    table: pd.DataFrame, series: AssessedSeries, text: Text, name: str
) -> dict[str, Any]:
    return {
        "x": list(midpoints(table)),
        "y": [None if pd.isna(value) else value for value in table["value"]],
        "name": name,
        "mode": "lines+markers",
        "connectgaps": False,
        "text": [point_hover(row, series, text) for row in records(table)],
        "hovertemplate": "%{text}<extra>" + name + "</extra>",
    }


def point_hover(row: Mapping[str, Any], series: AssessedSeries, text: Text) -> str:
    """The value, its qualification, the remark that explains it, and the coverage of a total."""
    if pd.isna(row["value"]):
        return f"{text.period(row['period'])}: {why_absent(row, text)}"
    figure = series.format_figure(row, text, decimals_beside_path(series, row))
    label = f"<b>{text.period(row['period'])}: {figure}</b>"
    remark = status_remark(row, text)
    limit = limit_note(row, text)
    notes = [limit, reservation(row, text), *remark, coverage_note(row, text, "card.coverage")]
    return "<br>".join([label, *filter(None, notes)])


def status_remark(row: Mapping[str, Any], text: Text) -> Iterator[str]:
    """The remark on a value whose status is not normal, in lines that fit into a label."""
    is_qualified = (row.get("observation_status") or NORMAL) != NORMAL
    remark = escape(remark_in_chart(row, text))
    if is_qualified and remark:
        yield from wrap(remark, LABEL_WIDTH, max_lines=LABEL_LINES, placeholder=" …")


def absence_traces(absent: pd.DataFrame, text: Text) -> list[dict[str, Any]]:
    """Marks at the bottom of the chart for periods without a value: one trace for each reason."""
    found = list(zip(midpoints(absent), records(absent), strict=True))
    mode = "markers+text" if len(absent) <= FEW_GAPS else "markers"
    return [
        stroke_trace(
            kind,
            [entry for entry in found if absence_key(entry[1]) == kind],
            text,
            STROKE_HEIGHT + STROKE_STEP * at,
        )
        | {"mode": mode}
        for at, kind in enumerate(dict.fromkeys(absence_key(row) for _, row in found))
    ]


def stroke_trace(
    kind: str, found: Sequence[tuple[float, dict[str, Any]]], text: Text, height: float
) -> dict[str, Any]:
    """One mark for each period; in a chart of a breakdown it names the parts concerned."""
    parts: dict[float, list[str]] = {}
    for at, row in found:
        parts.setdefault(at, []).append(row.get("part", ""))
    is_known = kind != "absent.not_reported"
    return {
        "x": list(parts),
        "y": [height] * len(parts),
        "yaxis": "y2",
        "name": text("chart.absent_why", why=text(kind)) if is_known else text("chart.absent"),
        "text": [text(kind)] * len(parts),
        "hovertext": ["<br>".join(filter(None, [text(kind), *names])) for names in parts.values()],
        "hoverinfo": "text",
        "textposition": "top center",
        "textfont": {"size": 12, "color": theme.INK_SOFT},
        "marker": {
            "symbol": STROKES[kind], "size": 10, "line": {"width": 2, "color": theme.INK_SOFT},
        },
    }  # fmt: skip


def draw_gap(figure: go.Figure, series: AssessedSeries, table: pd.DataFrame, text: Text) -> None:
    """Draw the gap at the last assessed period, as a band from the path to the value."""
    if series.official is None:
        return
    verdict = series.official.verdict
    if is_change_unclear(series, verdict.period):
        return
    at = table[table["period"] == verdict.period]
    if at.empty or not verdict.gap or None in (verdict.value, verdict.expected_value):
        return
    x = float(midpoints(at).iloc[0])
    low, high = sorted((verdict.value or 0.0, verdict.expected_value or 0.0))
    # The size is in the legend: beside the band, it would overlap lines on a narrow screen.
    figure.add_shape(type="rect", x0=x - 0.09, x1=x + 0.09, y0=low, y1=high, layer="below",
                     fillcolor=theme.GAP, opacity=0.28, line_width=0, showlegend=True,
                     name=gap_name(series, series.official, text))  # fmt: skip


def gap_name(series: AssessedSeries, assessment: Assessment, text: Text) -> str:
    """The gap to the path, or the change since the start, in the decimals of the sentence.

    A gap is positive where the value is better than the path; a change has its own sign.
    """
    verdict = assessment.verdict
    found = compare_with_path(series, verdict.value or 0.0, verdict.expected_value or 0.0)
    if assessment.has_level or not verdict.baseline_period:
        gap = found.gap(verdict.gap or 0.0)
        return text("chart.gap", gap=text.signed(gap, found.decimals))
    key = "chart.since_comparable" if assessment.is_backcast else "chart.since"
    change = text.difference(found.difference, series.unit, found.decimals)
    sign = "+" if found.difference > 0 else ""
    return text(key, gap=sign + change, period=text.period(verdict.baseline_period))


def finish_layout(
    figure: go.Figure, series: AssessedSeries, table: pd.DataFrame, text: Text
) -> go.Figure:
    figure.update_layout(
        template=theme.TEMPLATE,
        height=HEIGHT,
        separators=text.separators,
        xaxis=years_axis(figure),
        yaxis=value_axis(series, text) | value_range(series, table),
        yaxis2={"overlaying": "y", "range": [0, 1], "visible": False, "fixedrange": True},
        hovermode="closest",
    )
    return figure


def years_axis(figure: go.Figure) -> dict[str, Any]:
    """One tick at the middle of each year, labelled with the year, and room for the gap."""
    places = [x for trace in figure.data for x in trace.x if x is not None]
    first, last = (int(min(places)), int(max(places))) if places else (0, 0)
    step = ceil((last - first + 1) / MOST_YEARS)
    years = list(range(first, last + 1, step))
    return {
        "tickvals": [year + 0.5 for year in years],
        "ticktext": list(map(str, years)),
        "tickangle": 0,
        "tickfont": {"size": 13},
        "range": [min([first + 0.1, *(x - MARGIN for x in places)]), last + 1.3],
    }


def value_range(series: AssessedSeries, table: pd.DataFrame) -> dict[str, Any]:
    """Show the whole ladder of steps; give a series of zeros an axis with a height."""
    if series.component == STEP:
        return {"range": [-0.4, len(series.indicator.ladder) - 0.6]}
    return {"range": [0, 1]} if table["value"].max() == 0 else {}
