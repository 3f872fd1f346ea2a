"""A trend line the size of a word, as an inline SVG image that needs no script."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from math import inf, nan

import pandas as pd

from dashboard import theme
from dashboard.series import AssessedSeries, is_full
from dashboard.table_views import midpoints
from metrics.core.period import ReferencePeriod
from metrics.core.tables import BREAK

WIDTH, HEIGHT, EDGE = 168, 44, 5

Position = tuple[float, float]


def sparkline(series: AssessedSeries) -> str:
    """Return the data URL of the image; empty where there is no value to draw."""
    table = series.full
    if table["value"].notna().sum() == 0:
        return ""
    figures = list(figures_between_breaks(table))
    path = path_of_figures(series)
    scale = Scale([position for position in (*figures, *path) if not pd.isna(position[1])])
    look = f'stroke="{theme.TARGET_PATH}" stroke-width="1.4" stroke-dasharray="4 3"'
    path_line = polyline(list(map(scale, path)), look)
    return data_address(path_line + figure_lines(list(map(scale, figures))))


def figures_between_breaks(table: pd.DataFrame) -> Iterator[Position]:
    """The value of each period, and none before a break or a part of a year: no line joins them."""
    values = zip(midpoints(table), table["value"].astype(float), strict=True)
    apart = table["observation_status"].eq(BREAK) | ~table["period"].map(is_full)
    for position, stands_apart in zip(values, apart, strict=True):
        if stands_apart:
            yield position[0], nan
        yield position


def path_of_figures(series: AssessedSeries) -> list[Position]:
    """The path of the target; where it is carried back, from the period on that it starts from."""
    if series.official is None:
        return []
    verdict, is_backcast = series.official.verdict, series.official.is_backcast
    first = ReferencePeriod.parse(verdict.period).midpoint if is_backcast else -inf
    return [position for position in verdict.path if position[0] >= first]


class Scale:
    """Map (year, value) to pixels; the value axis starts at zero."""

    def __init__(self, drawn: Sequence[Position]) -> None:
        years, values = zip(*drawn, strict=True)
        self.left, self.wide = min(years), (max(years) - min(years)) or 1
        self.low = min(0.0, *values)
        self.high = (max(*values, self.low) - self.low) or 1

    def __call__(self, position: Position) -> Position:
        x = EDGE + (position[0] - self.left) / self.wide * (WIDTH - 2 * EDGE)
        y = HEIGHT - EDGE - (position[1] - self.low) / self.high * (HEIGHT - 2 * EDGE)
        return round(x, 1), round(y, 1)


def figure_lines(positions: Sequence[Position]) -> str:
    """Draw a line for each run of consecutive values, and dots for lone values and the last."""
    runs: list[list[Position]] = [[]]
    for position in positions:
        if pd.isna(position[1]):
            runs.append([])
        else:
            runs[-1].append(position)
    drawn = [run for run in runs if run]
    lines = "".join(polyline(run, f'stroke="{theme.OBSERVED}" stroke-width="2.2"') for run in drawn)
    dots = [run[0] for run in drawn if len(run) == 1] + [drawn[-1][-1]]
    return lines + "".join(
        f'<circle cx="{x}" cy="{y}" r="3" fill="{theme.OBSERVED}"/>' for x, y in dots
    )


def polyline(positions: Sequence[Position], look: str) -> str:
    where = " ".join(f"{x},{y}" for x, y in positions)
    return f'<polyline points="{where}" fill="none" {look}/>' if len(positions) > 1 else ""


def data_address(inside: str) -> str:
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{inside}</svg>'
    )
    return "data:image/svg+xml;base64," + b64encode(picture.encode()).decode()
