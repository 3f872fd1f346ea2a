"""A trend line of the size of a word, as a picture that needs no script."""

from base64 import b64encode
from collections.abc import Sequence

import pandas as pd

from dashboard import theme
from dashboard.series import AssessedSeries
from dashboard.table_views import midpoints

WIDTH, HEIGHT, EDGE = 168, 44, 5

Place = tuple[float, float]


def sparkline(track: AssessedSeries) -> str:
    """The address of the picture; empty where there is no figure to draw."""
    table = track.full
    if table["value"].notna().sum() == 0:
        return ""
    figures = list(zip(midpoints(table), table["value"].astype(float), strict=True))
    path = list(track.official.verdict.path) if track.official else []
    scale = Scale([each for each in (*figures, *path) if not pd.isna(each[1])])
    return _address(_path(list(map(scale, path))) + _figures(list(map(scale, figures))))


class Scale:
    """From year and value to a place in the picture; the value axis starts at zero."""

    def __init__(self, drawn: Sequence[Place]) -> None:
        years, values = zip(*drawn, strict=True)
        self.left, self.wide = min(years), (max(years) - min(years)) or 1
        self.low = min(0.0, *values)
        self.high = (max(*values, self.low) - self.low) or 1

    def __call__(self, place: Place) -> Place:
        x = EDGE + (place[0] - self.left) / self.wide * (WIDTH - 2 * EDGE)
        y = HEIGHT - EDGE - (place[1] - self.low) / self.high * (HEIGHT - 2 * EDGE)
        return round(x, 1), round(y, 1)


def _path(places: Sequence[Place]) -> str:
    return _line(places, f'stroke="{theme.PATH}" stroke-width="1.4" stroke-dasharray="4 3"')


def _figures(places: Sequence[Place]) -> str:
    """Unbroken only from figure to figure; a single one is a dot, and so is the last."""
    runs: list[list[Place]] = [[]]
    for place in places:
        if pd.isna(place[1]):
            runs.append([])
        else:
            runs[-1].append(place)
    drawn = [run for run in runs if run]
    lines = "".join(_line(run, f'stroke="{theme.OBSERVED}" stroke-width="2.2"') for run in drawn)
    dots = [run[0] for run in drawn if len(run) == 1] + [drawn[-1][-1]]
    return lines + "".join(
        f'<circle cx="{x}" cy="{y}" r="3" fill="{theme.OBSERVED}"/>' for x, y in dots
    )


def _line(places: Sequence[Place], look: str) -> str:
    where = " ".join(f"{x},{y}" for x, y in places)
    return f'<polyline points="{where}" fill="none" {look}/>' if len(places) > 1 else ""


def _address(inside: str) -> str:
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{inside}</svg>'
    )
    return "data:image/svg+xml;base64," + b64encode(picture.encode()).decode()
