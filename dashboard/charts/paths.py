"""The path of a target in a chart: the values that its table has, period by period."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard import theme
from dashboard.series import AssessedSeries
from dashboard.table_views import interpolate_path, midpoints
from dashboard.texts import Text
from metrics.core.period import ReferencePeriod

Path = Sequence[tuple[float, float]]


def path_traces(series: AssessedSeries, table: pd.DataFrame, text: Text) -> list[go.Scatter]:
    """The path as a line, and a mark in each period that was judged by another one.

    A path may have another start in each period: that of the States which reported then, or of
    the years after a break. A figure is compared with the path of its own period.
    """
    official = series.official
    if official is None:
        return []
    verdict = official.verdict
    judged = points_of_table(table)
    line = path_of_today(verdict.path, judged)
    apart = [point for point in judged if not (line and is_on(line, *point))]
    if not judged and not line and verdict.expected_value is not None:
        apart = [(ReferencePeriod.parse(verdict.period).midpoint, verdict.expected_value)]
    name = text(official.path_key)
    traces = [path_line(line, name)] if line else []
    if apart:
        traces.append(path_marks(apart, text("chart.path_then", path=name) if line else name))
    return traces


def points_of_table(table: pd.DataFrame) -> Path:
    """The path by which each period was assessed; a part of a year has no point."""
    judged = table[table["path"].notna()]
    return list(zip(midpoints(judged), judged["path"].astype(float), strict=True))


def path_of_today(path: Path, judged: Path) -> Path:
    """The part of a path from the first period on since which all were judged by it."""
    others = [at for at, height in judged if path and is_beside(path, at, height)]
    if not others:
        return path
    first = next((point for point in judged if point[0] > max(others)), None)
    beyond = [point for point in path if first and point[0] > first[0]]
    return [first, *beyond] if first and beyond else ()


def is_beside(path: Path, at: float, height: float) -> bool:
    """Whether a path runs above or below a point; not if it ends before or begins after it."""
    on_path = interpolate_path(path, at)
    return not np.isnan(on_path) and not np.isclose(on_path, height)


def is_on(path: Path, at: float, height: float) -> bool:
    return bool(np.isclose(interpolate_path(path, at), height))


def path_line(path: Path, name: str) -> go.Scatter:
    when, height = zip(*path, strict=True)
    look = {"color": theme.TARGET_PATH, "dash": "dash", "width": 2}
    return go.Scatter(x=when, y=height, name=name, mode="lines", line=look, hoverinfo="skip")


def path_marks(points: Path, name: str) -> go.Scatter:
    when, height = zip(*points, strict=True)
    look = {"symbol": "line-ew", "size": 26, "line": {"width": 3, "color": theme.TARGET_PATH}}
    return go.Scatter(x=when, y=height, name=name, mode="markers", marker=look, hoverinfo="skip")
