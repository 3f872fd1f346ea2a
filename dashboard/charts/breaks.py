"""Breaks in a series: where each lies, and from which of them on the series is judged."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import theme
from dashboard.charts.marks import remark_in_chart
from dashboard.data import records
from dashboard.series import AssessedSeries
from dashboard.table_views import midpoints
from dashboard.texts import Text
from metrics.core.tables import BREAK
from metrics.core.verdict_codes import Reason

HALF_YEAR = 0.5  # from the middle of a period to its beginning
GAP = 4  # pixels between the line and its label
LINE_HEIGHT = 18  # pixels, so that the labels of neighbouring breaks do not overlap


def draw_breaks(figure: go.Figure, series: AssessedSeries, table: pd.DataFrame, text: Text) -> None:
    """A dotted line before each value that is not comparable with those before it."""
    broken = table[table["observation_status"] == BREAK]
    middle = midpoints(table).mean()
    look = {"color": theme.INK_SOFT, "dash": "dot", "width": 1}
    for at, (x, row) in enumerate(zip(midpoints(broken), records(broken), strict=True)):
        figure.add_vline(x=x - HALF_YEAR, line=look)
        figure.add_annotation(
            place_label(x - HALF_YEAR, at, is_late=x > middle),
            text=break_label(row, series, text),
            hovertext=remark_in_chart(row, text),
        )


def place_label(x: float, at: int, *, is_late: bool) -> dict[str, Any]:
    """Towards the middle of the chart, where there is room, and in turn one line lower."""
    side, shift = ("right", -GAP) if is_late else ("left", GAP)
    return {"x": x, "y": 1, "yref": "paper", "yanchor": "top", "xanchor": side, "xshift": shift,
            "yshift": -LINE_HEIGHT * (at % 2)}  # fmt: skip


def break_label(row: Mapping[str, Any], series: AssessedSeries, text: Text) -> str:
    """`break in series` or, where a segment begins that is judged, also that it does."""
    official = series.official
    is_start = official is not None and official.verdict.baseline_period == row["period"]
    rebased = official is not None and Reason.REBASED_AFTER_BREAK in official.verdict.reasons
    if not (rebased and is_start):
        return text("chart.break")
    return text("chart.segment", period=text.period(row["period"]))


def segments(table: pd.DataFrame) -> Sequence[pd.DataFrame]:
    """The rows up to each break, and those from it on: no line bridges a break."""
    number = (table["observation_status"] == BREAK).cumsum()
    return [rows for _, rows in table.groupby(number, sort=False)]
