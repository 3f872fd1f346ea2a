"""The path of a target in a chart: for each assessed period the one by which it was assessed."""

from collections.abc import Collection, Iterator, Sequence

import numpy as np

from dashboard.charts.specification import ChartPath, Course
from dashboard.released.assessments import RULES_WITHOUT_BASELINE, Assessment
from dashboard.released.series import AssessedSeries
from dashboard.released.table_views import (
    assessment_of,
    compare_with_path,
    interpolate_path,
    midpoints,
)
from dashboard.rows_by_key import Record
from dashboard.target_text import rule_text
from dashboard.texts import Text
from metrics.catalogue.definitions.targets import GrowthPerYear, LevelByDate
from metrics.core.period import ReferencePeriod
from metrics.core.verdict_codes import Step

GROWTH_PER_YEAR = "growth_per_year"  # its path is compounded


def path_of(series: AssessedSeries, rows: Sequence[Record], text: Text) -> ChartPath | None:
    """The path of today, and for each period that was assessed by another one what it expected.

    A path may have another start in each period: that of the States which reported then, or of
    the years after a break. Where that start is not known, no line leads to the mark.
    """
    official = series.official
    if official is None:
        return None
    verdict = official.verdict
    assessed = points_of_rows(rows)
    line = path_of_today(verdict.path, assessed)
    apart = tuple(point for point in assessed if not (line and is_on(line, *point)))
    if not assessed and not line and verdict.expected_value is not None:
        apart = ((ReferencePeriod.parse(verdict.period).midpoint, verdict.expected_value),)
    if not line and not apart:
        return None
    name = text(official.path_key)
    if official.rule in RULES_WITHOUT_BASELINE and is_level(apart) and not line:
        label = path_label(series, official, name, text)
        return ChartPath(name, label, apart[-1], apart)
    ends = {at for at, _ in (*apart, *line[:1])} if apart else set()
    return ChartPath(
        name,
        path_label(series, official, name, text),
        corner_of_label(line, apart, verdict.period),
        tuple(line),
        text("chart.path_then", path=name) if line and apart else name if apart else "",
        apart,
        tuple(paths_to(ends, series, rows)),
    )


def corner_of_label(line: Course, apart: Course, period: str) -> tuple[float, float]:
    """The end of the path of today; of marks alone, what was expected of the assessed period."""
    if line:
        return line[-1]
    at = ReferencePeriod.parse(period).midpoint if period else 0.0
    return next((corner for corner in apart if corner[0] == at), apart[-1])


def is_level(course: Collection[tuple[float, float]]) -> bool:
    """Whether several periods were expected to have the same value: a line joins them."""
    return len(course) > 1 and len({height for _, height in course}) == 1


def path_label(series: AssessedSeries, official: Assessment, name: str, text: Text) -> str:
    """`Target path, +10 % a year or better`, or the name with the level where it stays level."""
    if isinstance(official.asked, GrowthPerYear | LevelByDate):
        return f"{name}, {rule_text(official.asked, text)}"
    if official.verdict.expected_value is None:
        return name
    return f"{name} {expected_value(series, official, text)}"


def expected_value(series: AssessedSeries, official: Assessment, text: Text) -> str:
    """In the decimals that the difference from the value needs."""
    value, expected = official.verdict.value, official.verdict.expected_value or 0.0
    digits = None if value is None else compare_with_path(series, value, expected).decimals
    return series.format_value(expected, text, digits)


def paths_to(
    ends: Collection[float], series: AssessedSeries, rows: Sequence[Record]
) -> Iterator[Course]:
    """The path of each period whose middle is among the ends, from its own start."""
    for at, row in zip(midpoints(rows), rows, strict=True):
        assessed = assessment_of(series, row["period"]) if at in ends else None
        is_own = assessed is not None and assessed.verdict.period == row["period"]
        if assessed is not None and is_own and assessed.verdict.expected_value is not None:
            yield from path_from_start(assessed, at)


def path_from_start(assessed: Assessment, end: float) -> Iterator[Course]:
    """From the start of a verdict to what it expected; nothing if the start is not known."""
    verdict, level = assessed.verdict, start_of_path(assessed)
    if level is None or not verdict.baseline_period:
        return
    start = ReferencePeriod.parse(verdict.baseline_period).midpoint
    height = float(verdict.expected_value or 0.0)
    is_compound = assessed.rule == GROWTH_PER_YEAR and level * height > 0
    steps = max(1, round(end - start)) if is_compound else 1
    if start < end:
        yield tuple(
            (
                start + share * (end - start),
                height_at(share, level, height, is_compound=is_compound),
            )
            for share in (step / steps for step in range(steps + 1))
        )


def height_at(share: float, start: float, end: float, *, is_compound: bool) -> float:
    """The height of a path after a share of its time."""
    if is_compound:
        return float(start * (end / start) ** share)
    return start + share * (end - start)


def start_of_path(assessed: Assessment) -> float | None:
    """The value from which a path starts: reported, or computed for the same States."""
    verdict = assessed.verdict
    if not assessed.has_level:
        return verdict.expected_value
    if verdict.baseline_value is not None:
        return verdict.baseline_value
    key, period = (
        Step.VALUE_CARRIED_BACK if assessed.is_backcast else Step.VALUE,
        verdict.baseline_period,
    )
    starts = (step for step in assessed.arithmetic if step.key == key)
    values = (step.value for step in starts if step.parameters.get("period") == period)
    value = next(values, None)
    return float(value) if isinstance(value, int | float) else None


def points_of_rows(rows: Sequence[Record]) -> Course:
    """The path by which each period was assessed; a part of a year has no point."""
    assessed = [row for row in rows if not np.isnan(row["path"])]
    return tuple(zip(midpoints(assessed), (float(row["path"]) for row in assessed), strict=True))


def path_of_today(path: Course, assessed: Course) -> Course:
    """The part of a path from the first period on since which all were assessed by it."""
    others = [at for at, height in assessed if path and is_beside(path, at, height)]
    if not others:
        return path
    first = next((point for point in assessed if point[0] > max(others)), None)
    beyond = [point for point in path if first and point[0] > first[0]]
    return (first, *beyond) if first and beyond else ()


def is_beside(path: Course, at: float, height: float) -> bool:
    """Whether a path runs above or below a point; not if it ends before or begins after it."""
    on_path = interpolate_path(path, at)
    return not np.isnan(on_path) and not np.isclose(on_path, height)


def is_on(path: Course, at: float, height: float) -> bool:
    return bool(np.isclose(interpolate_path(path, at), height))
