"""The path of a target in a chart: for each judged period the one by which it was judged."""

from collections.abc import Collection, Iterator, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard import theme
from dashboard.assessments import Assessment
from dashboard.series import AssessedSeries
from dashboard.table_views import assessment_of, interpolate_path, midpoints
from dashboard.texts import Text
from metrics.core.period import ReferencePeriod
from metrics.core.verdict_codes import Step

Path = Sequence[tuple[float, float]]
GROWTH_PER_YEAR = "growth_per_year"  # its path is compounded


def path_traces(series: AssessedSeries, table: pd.DataFrame, text: Text) -> list[go.Scatter]:
    """The path as a line, and a mark in each period that was judged by another one.

    A path may have another start in each period: that of the States which reported then, or of
    the years after a break. A figure is compared with the path of its own period, which leads as
    a thin line from that start to the mark; where the start is not known, the mark stands alone.
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
        name = text("chart.path_then", path=name) if line else name
        ends = {at for at, _ in (*apart, *line[:1])}
        traces += [thin_line(path, name) for path in paths_to(ends, series, table)]
        traces.append(path_marks(apart, name))
    return traces


def paths_to(
    ends: Collection[float], series: AssessedSeries, table: pd.DataFrame
) -> Iterator[Path]:
    """The path of each period whose middle is among the ends, from its own start."""
    for at, period in zip(midpoints(table), table["period"], strict=True):
        judged = assessment_of(series, str(period)) if at in ends else None
        if judged is not None and judged.verdict.expected_value is not None:
            yield from path_from_start(judged, at)


def path_from_start(judged: Assessment, end: float) -> Iterator[Path]:
    """From the start of a verdict to what it expected; nothing if the start is not known."""
    verdict, level = judged.verdict, start_of_path(judged)
    if level is None or not verdict.baseline_period:
        return
    start = ReferencePeriod.parse(verdict.baseline_period).midpoint
    height = float(verdict.expected_value or 0.0)
    is_compound = judged.rule == GROWTH_PER_YEAR and level * height > 0
    steps = max(1, round(end - start)) if is_compound else 1
    if start < end:
        yield [
            (
                start + share * (end - start),
                height_at(share, level, height, is_compound=is_compound),
            )
            for share in (step / steps for step in range(steps + 1))
        ]


def height_at(share: float, start: float, end: float, *, is_compound: bool) -> float:
    """The height of a path after a share of its time."""
    if is_compound:
        return float(start * (end / start) ** share)
    return start + share * (end - start)


def start_of_path(judged: Assessment) -> float | None:
    """The value from which a path starts: reported, or computed for the same States."""
    verdict = judged.verdict
    if not judged.has_level:
        return verdict.expected_value
    if verdict.baseline_value is not None:
        return verdict.baseline_value
    key, period = (
        Step.VALUE_CARRIED_BACK if judged.is_backcast else Step.VALUE,
        verdict.baseline_period,
    )
    starts = (step for step in verdict.arithmetic if step.key == key)
    values = (step.value for step in starts if step.parameters.get("period") == period)
    value = next(values, None)
    return float(value) if isinstance(value, int | float) else None


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


def thin_line(line: Path, name: str) -> go.Scatter:
    """The path of an earlier period; its mark has the entry in the legend."""
    when, height = zip(*line, strict=True)
    look = {"color": theme.TARGET_PATH, "dash": "dot", "width": 1}
    return go.Scatter(x=when, y=height, name=name, mode="lines", line=look, hoverinfo="skip",
                      opacity=0.55, showlegend=False, legendgroup=name)  # fmt: skip


def path_marks(points: Path, name: str) -> go.Scatter:
    when, height = zip(*points, strict=True)
    look = {"symbol": "line-ew", "size": 26, "line": {"width": 3, "color": theme.TARGET_PATH}}
    return go.Scatter(x=when, y=height, name=name, mode="markers", marker=look, hoverinfo="skip",
                      legendgroup=name)  # fmt: skip
