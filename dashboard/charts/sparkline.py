"""A trend line the size of a word, as SVG that needs no script."""

from collections.abc import Iterable, Iterator, Sequence
from math import inf, isnan, nan

from markupsafe import Markup

from dashboard import theme
from dashboard.charts.mark_pictures import data_address
from dashboard.charts.small_trends import Position, Scale, Size, positions_of_line
from dashboard.charts.specification import SmallTrend
from dashboard.released.series import AssessedSeries, is_full
from dashboard.rows_by_key import Record
from metrics.core.period import ReferencePeriod
from metrics.core.tables import BREAK

ON_CARD = Size(width=168, height=44, edge=5, line=2.2, path=1.4, dot=3)
IN_ROW = Size(width=70, height=16, edge=3, line=1.6, path=1.3, dot=2)


def sparkline(series: AssessedSeries) -> str:
    """Return the data URL of the image; empty where there is no value to draw."""
    return picture_of(trend_lines(series, ON_CARD))


def small_picture(trend: SmallTrend) -> str:
    """As `sparkline`, of one area of small multiples."""
    figures = list(positions_of_line(trend.line))
    if not trend.line.known:
        return ""
    return picture_of(lines_and_path(figures, trend.path, ON_CARD, trend.years))


def picture_of(inside: str) -> str:
    return data_address(svg(inside, ON_CARD, xmlns="http://www.w3.org/2000/svg")) if inside else ""


def trend_in_row(series: AssessedSeries) -> Markup:
    """Return an SVG element for a row of a table; empty where there is no value to draw."""
    inside = trend_lines(series, IN_ROW)
    return Markup(svg(inside, IN_ROW)) if inside else Markup("")  # noqa: S704 - numbers alone


def trend_lines(series: AssessedSeries, size: Size) -> str:
    """The path of the target and the figures, as SVG shapes."""
    if series.last_known is None:
        return ""
    figures = list(figures_between_breaks(series.rows))
    return lines_and_path(figures, path_of_figures(series), size)


def lines_and_path(
    figures: Sequence[Position],
    path: Sequence[Position],
    size: Size,
    years: tuple[float, float] | None = None,
) -> str:
    scale = Scale([at for at in (*figures, *path) if not isnan(at[1])], size, years)
    look = f'stroke="{theme.TARGET_PATH}" stroke-width="{size.path}" stroke-dasharray="4 3"'
    return polyline(list(map(scale, path)), look) + figure_lines(list(map(scale, figures)), size)


def figures_between_breaks(rows: Iterable[Record]) -> Iterator[Position]:
    """The value of each period, and none before a break or a part of a year: no line joins them."""
    for row in rows:
        middle = ReferencePeriod.parse(row["period"]).midpoint
        if row["observation_status"] == BREAK or not is_full(row["period"]):
            yield middle, nan
        yield middle, nan if row["value"] is None else float(row["value"])


def path_of_figures(series: AssessedSeries) -> list[Position]:
    """The path of the target; if it is calculated back, from the assessed period on."""
    if series.official is None:
        return []
    verdict, is_backcast = series.official.verdict, series.official.is_backcast
    first = ReferencePeriod.parse(verdict.period).midpoint if is_backcast else -inf
    return [position for position in verdict.path if position[0] >= first]


def figure_lines(positions: Sequence[Position], size: Size) -> str:
    """Draw a line for each run of consecutive values, and dots for lone values and the last."""
    runs: list[list[Position]] = [[]]
    for position in positions:
        if isnan(position[1]):
            runs.append([])
        else:
            runs[-1].append(position)
    drawn = [run for run in runs if run]
    look = f'stroke="{theme.OBSERVED}" stroke-width="{size.line}"'
    lines = "".join(polyline(run, look) for run in drawn)
    dots = [run[0] for run in drawn if len(run) == 1] + [drawn[-1][-1]]
    return lines + "".join(
        f'<circle cx="{x}" cy="{y}" r="{size.dot}" fill="{theme.OBSERVED}"/>' for x, y in dots
    )


def polyline(positions: Sequence[Position], look: str) -> str:
    where = " ".join(f"{x},{y}" for x, y in positions)
    return f'<polyline points="{where}" fill="none" {look}/>' if len(positions) > 1 else ""


def svg(inside: str, size: Size, xmlns: str = "") -> str:
    namespace = f'xmlns="{xmlns}" ' if xmlns else ""
    return f'<svg {namespace}viewBox="0 0 {size.width} {size.height}">{inside}</svg>'
