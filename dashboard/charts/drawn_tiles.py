"""The map of tiles on a canvas: a tile for each Member State, and beside them what shades mean."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard import theme
from dashboard.charts.canvas import width_of
from dashboard.charts.chart_widths import Screen
from dashboard.charts.drawing import Canvas, Room
from dashboard.charts.picture_text import Paragraph, plain_paragraph
from dashboard.charts.specification import MapTile, TilesChart
from dashboard.charts.svg_figures import name_of_figure
from dashboard.charts.tile_looks import TILE_COLUMNS, TILE_ROWS, TILE_SHADES

TILE_GAP = 4  # pixels between tiles
WIDEST_TILE, HIGHEST_TILE, LOWEST_TILE = 84.0, 58.0, 46.0
LEAST_KEY = 240  # pixels of the key beside the tiles; below them, if there is less
KEY_GAP, SWATCH, ROW_OF_KEY = 28, 26, 1.65
CODE_SIZE, VALUE_SIZE, YEAR_SIZE, UNION_SIZE = 14, 14, 12, 30
LEAST_SIZE = 10
UNION_HEIGHT, BELOW_UNION = 39.0, 8.0
LINE_OF_TILE = 1.14  # from one line of a tile to the next, as a multiple of its size
EDGE_OF_ABSENCE = "#8b97a8"


@dataclass(frozen=True)
class KeyRow:
    """A swatch or a sign, and what it means."""

    words: Paragraph
    shade: int = 0
    sign: str = ""


@dataclass(frozen=True)
class TilesPlot:
    chart: TilesChart
    tile_width: float
    tile_height: float
    key_left: float  # from the left of the tiles
    key_top: float
    key: tuple[KeyRow, ...]
    union: Paragraph  # its name; the figure is above
    size: float
    value_size: float

    @property
    def tiles_height(self) -> float:
        return TILE_ROWS * (self.tile_height + TILE_GAP) - TILE_GAP

    @property
    def key_height(self) -> float:
        union = UNION_HEIGHT + self.union.height + BELOW_UNION if self.union.lines else 0.0
        return union + sum(map(self.height_of, self.key))

    @property
    def height(self) -> float:
        return max(self.tiles_height, self.key_top + self.key_height)

    def height_of(self, row: KeyRow) -> float:
        return max(ROW_OF_KEY * self.size, row.words.height + 4)


def tiles_plot(chart: TilesChart, screen: Screen, width: float, height: float) -> TilesPlot:
    """Tiles with the key beside them or, where the picture is narrow, below."""
    is_beside = width >= TILE_COLUMNS * 60 + KEY_GAP + LEAST_KEY
    room = width - KEY_GAP - LEAST_KEY if is_beside else width
    tile_width = min(WIDEST_TILE, (room + TILE_GAP) / TILE_COLUMNS - TILE_GAP)
    tile_height = max(LOWEST_TILE, min(HIGHEST_TILE, (height + TILE_GAP) / TILE_ROWS - TILE_GAP))
    across = TILE_COLUMNS * (tile_width + TILE_GAP) - TILE_GAP
    key_width = width - across - KEY_GAP if is_beside else width
    size = float(screen.words)
    words = max(60.0, key_width - SWATCH - 10)
    key = tuple(rows_of_key(chart, size, words))
    union = plain_paragraph(chart.union.name, size, key_width)
    below = 0.0 if is_beside else TILE_ROWS * (tile_height + TILE_GAP) + TILE_GAP
    left = across + KEY_GAP if is_beside else 0.0
    return TilesPlot(chart, tile_width, tile_height, left, below, key, union, size,
                     value_size(chart, tile_width))  # fmt: skip


def value_size(chart: TilesChart, tile_width: float) -> float:
    """The largest size at which every value fits in its tile."""
    sizes = range(VALUE_SIZE, LEAST_SIZE, -1)
    printed = [word for tile in chart.tiles for word in (tile.printed, tile.earlier)]
    fitting = (size for size in sizes
               if all(width_of(words, size) <= tile_width - 4 for words in printed))  # fmt: skip
    return next(fitting, LEAST_SIZE)


def rows_of_key(chart: TilesChart, size: float, width: float) -> Iterator[KeyRow]:
    for shade, name in enumerate(chart.shades, start=1):
        yield KeyRow(plain_paragraph(name, size, width), shade)
    for sign, mark in chart.signs:
        yield KeyRow(plain_paragraph(mark.words, size, width), sign=sign)


def draw_tiles(plot: TilesPlot, left: float, canvas: Canvas, top: float) -> None:
    for tile in plot.chart.tiles:
        draw_tile(tile, plot, canvas, room_of(tile, plot, left, top))
    draw_key(plot, canvas, left + plot.key_left, top + plot.key_top)


def room_of(tile: MapTile, plot: TilesPlot, left: float, top: float) -> Room:
    x = left + tile.column * (plot.tile_width + TILE_GAP)
    y = top + tile.row * (plot.tile_height + TILE_GAP)
    return Room(x, y, plot.tile_width, plot.tile_height)


def draw_tile(tile: MapTile, plot: TilesPlot, canvas: Canvas, room: Room) -> None:
    """The code, the value and, of an earlier figure, its year, one below the other."""
    ground, ink = TILE_SHADES[tile.shade]
    edge = EDGE_OF_ABSENCE if tile.shade <= 1 else ground
    canvas.box(room, ground, edge, name=name_of_figure(tile.area, plot.chart.period))
    lines = [(tile.area, CODE_SIZE, True), (tile.printed, plot.value_size, False)]
    lines += [(tile.earlier, min(YEAR_SIZE, plot.value_size), False)] if tile.earlier else []
    heights = [size * LINE_OF_TILE for _, size, _ in lines]
    y = room.top + (room.height - sum(heights)) / 2
    for (words, size, is_bold), height in zip(lines, heights, strict=True):
        canvas.write(words, room.left + room.width / 2, y + height / 2, size, ink,
                     is_bold=is_bold, align="center")  # fmt: skip
        y += height


def draw_key(plot: TilesPlot, canvas: Canvas, left: float, top: float) -> None:
    union = plot.chart.union.printed
    if union:
        middle = top + UNION_HEIGHT / 2
        canvas.write(union, left, middle, UNION_SIZE, theme.OBSERVED, is_bold=True)
        plot.union.draw(canvas, left, top + UNION_HEIGHT)
        top += UNION_HEIGHT + plot.union.height + BELOW_UNION
    for row in plot.key:
        height = plot.height_of(row)
        middle = top + height / 2
        if row.shade:
            ground, _ = TILE_SHADES[row.shade]
            edge = EDGE_OF_ABSENCE if row.shade == 1 else ground
            canvas.box(Room(left, middle - 8, SWATCH, 16), ground, edge)
        else:
            canvas.write(row.sign, left + SWATCH / 2, middle, plot.size, theme.INK, align="center")
        row.words.draw(canvas, left + SWATCH + 10, middle - row.words.height / 2)
        top += height
