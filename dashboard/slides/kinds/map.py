"""The Member States as tiles of one size, laid out as on a map, in the shade of their figure."""

from collections.abc import Iterator
from itertools import product

from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.addresses.selection import Selection, compared_period
from dashboard.charts.captions import source_of, unit_in_words
from dashboard.charts.native_numbers import letter_of, limit_of
from dashboard.charts.notes import caveat_note
from dashboard.charts.slide_shapes import SlideBox
from dashboard.charts.specification import MapTile, TilesChart
from dashboard.charts.tile_looks import TILE_COLUMNS, TILE_ROWS, TILE_SHADES
from dashboard.charts.tiles import has_comparable_figures
from dashboard.contents.view_charts import tiles_in_chart, why_unmapped
from dashboard.released.series import AssessedSeries
from dashboard.rows_by_key import Record
from dashboard.slides.area_caveats import caveats_of_series
from dashboard.slides.chart_without_figures import absent_figures
from dashboard.slides.compared_figures import shortened
from dashboard.slides.content import (
    SlideContent,
    SlideFigure,
    SlideKind,
    SlideRequest,
    words_of_footnote,
)
from dashboard.slides.goal_link import read_selection
from dashboard.slides.kinds.goal import (
    goal_line,
    name_in_goal,
    named_context,
    reading_of_target,
    short_path,
)
from dashboard.slides.links import full_link, short_link
from dashboard.slides.measures import CONTENT_LEFT
from dashboard.slides.paragraphs import Paragraphs
from dashboard.slides.parts import SlidePart, TablePart, TextPart
from dashboard.slides.tables import CellLine, TableCell, TableLook, cell
from dashboard.slides.words import caveats, is_title, published_by
from dashboard.texts import Text
from dashboard.wording.goal_finding import goal_finding
from dashboard.wording.series_facts import (
    MIDDLE_DOT,
    invented_mark,
    series_in_area,
    without_mark,
)
from metrics.core.tables import EU, PER_100_000_CHILDREN
from metrics.messages.local_formats import HARD_SPACE
from metrics.messages.sentences import as_sentence

MAP_TOP, TILE_WIDTH, TILE_HEIGHT = 136.0, 66.0, 39.5
TITLE_HEIGHT = 22.0
KEY_LEFT, KEY_WIDTH, KEY_ROW, SWATCH = 660.0, 264.0, 24.0, 34.0
UNION_HEIGHT = 62.0
PALE_GROUND = "F0F3F7"  # of a tile without a figure


def read_map(request: SlideRequest) -> list[SlideContent]:
    selection, series = read_selection(request)
    text, chart = selection.text, tiles_in_chart(selection, series, compared_period(selection))
    if chart is None:
        return [nothing_to_map(request, selection, series)]
    listed = text.listed(tile.words for tile in chart.tiles)
    notes = [str(note) for note in chart.caption.notes]
    cautioned = [str(note) for note in caveat_note(series, text)]
    period = text.period(chart.period) if chart.period else ""
    what = MIDDLE_DOT.join(filter(None, [text("map.title"), period]))
    published = published_by(rows_of_tiles(chart, selection), text)
    named = named_context(selection).with_changes(view="map")
    path = short_path(selection, "map")
    return [
        SlideContent(
            title=finding_of_map(chart, selection, series),
            goal_line=goal_line(selection, series, what),
            parts=lambda: parts_of_map(chart, selection),
            footnotes=(*reading_of_target(selection, series), *caveats(series, text),
             published, chart.caption.subtitle,
             *(note for note in notes if note not in cautioned)),
            notes=(chart.caption.title, *notes, words_of_footnote(published), as_sentence(listed)),
            short_path=short_link(request, path),
            link=full_link(request, named),
            source=without_mark(chart.caption.source),
            figures=figures_of_map(chart, series, text),
            caveats=(
                *map(words_of_footnote, reading_of_target(selection, series)),
                *caveats_of_series(series, text),
            ),
        )
    ]  # fmt: skip


def finding_of_map(chart: TilesChart, selection: Selection, series: AssessedSeries) -> str:
    """`Victims, per 100,000 children, 2025: from 2.1 to 24.3 in 24 Member States; EU 11.7`.

    About the figures that are mapped, and no State by name, as a map is no ranking.
    """
    text = selection.text
    known = sorted(figures_of_period(chart), key=lambda pair: pair[1])
    if not known:
        return goal_finding(selection, series)
    numbers = [number_of_tile(tile) for tile, _ in known]
    what = ", ".join([name_in_goal(selection, series), unit_of_map(series, text)])
    low, high = numbers[0], numbers[-1]
    figures = low if len(known) == 1 else text("slides.map_range", low=low, high=high)
    named = {"what": what, "figures": figures, "period": text.period(chart.period)}
    finding = text.counted("slides.map_finding", len(known), **named)
    union = chart.union
    of_union = f"{text('state.eu')} {union.printed}" if union.period == chart.period else ""
    whole = text.listed([finding, of_union])
    return whole if is_title(whole) else finding


def figures_of_period(chart: TilesChart) -> Iterator[tuple[MapTile, float]]:
    """The tiles with a figure of the period of the map; a limit is no lowest or highest figure."""
    for tile in chart.tiles:
        if tile.value is not None and tile.period == chart.period and not limit_of(tile.mark):
            yield tile, tile.value


def number_of_tile(tile: MapTile) -> str:
    return tile.printed.removesuffix(f"{HARD_SPACE}{letter_of(tile.mark)}" if tile.mark else "")


def unit_of_map(series: AssessedSeries, text: Text) -> str:
    if has_comparable_figures(series):
        return unit_in_words(series.in_one_state, text)
    return text.code("component", PER_100_000_CHILDREN)


def rows_of_tiles(chart: TilesChart, selection: Selection) -> Iterator[Record | None]:
    """Of each State the row of the figure that its tile has."""
    return (selection.in_states[tile.area].row_in(tile.period)
            for tile in chart.tiles if tile.value is not None)  # fmt: skip


def figures_of_map(chart: TilesChart, series: AssessedSeries, text: Text) -> dict[str, SlideFigure]:
    """Of each State its latest figure, with its period; and that of the Union."""
    found = {
        tile.area: SlideFigure(
            tile.printed,
            tile.period if tile.value is not None else "",
            (tile.period, shortened(tile.value), tile.mark.code),
        )
        for tile in chart.tiles
    }
    if chart.union.printed:
        found[EU] = SlideFigure(chart.union.printed, chart.union.period)
    return {series_in_area(series, area, text): figure for area, figure in found.items()}


def nothing_to_map(
    request: SlideRequest, selection: Selection, series: AssessedSeries
) -> SlideContent:
    """Of a count without a rate, for example: the slide says why, and the deck is made."""
    text, why = selection.text, why_unmapped(selection, series)
    box = SlideBox(CONTENT_LEFT, MAP_TOP, KEY_LEFT + KEY_WIDTH - CONTENT_LEFT, 300)

    def parts() -> Iterator[SlidePart]:
        if has_figure_of_state(selection):
            yield TextPart(box, Paragraphs([why]), text("map.title"))
        else:
            yield absent_figures(selection, series, box)

    return SlideContent(
        title=goal_finding(selection, series),
        goal_line=goal_line(selection, series, text("map.title")),
        parts=parts,
        footnotes=(*reading_of_target(selection, series),),
        notes=(why,),
        short_path=short_link(request, short_path(selection)),
        link=full_link(request, named_context(selection).with_changes(view="map")),
        source=without_mark(source_of(selection.context)),
    )


def has_figure_of_state(selection: Selection) -> bool:
    return any(series.last_known for series in selection.in_states.values())


def parts_of_map(chart: TilesChart, selection: Selection) -> Iterator[SlidePart]:
    context = selection.context
    title = MIDDLE_DOT.join(filter(None, [chart.caption.title, invented_mark(context)]))
    width = KEY_LEFT + KEY_WIDTH - CONTENT_LEFT
    heading = TableLook(title, title, [width], TITLE_HEIGHT, has_rules=False)
    yield TablePart(
        SlideBox(CONTENT_LEFT, 112, width, TITLE_HEIGHT), [[cell(title, 14, is_bold=True)]], heading
    )
    yield tiles_in_table(chart, context.text)
    yield from key_of_map(chart, context.text)


def tiles_in_table(chart: TilesChart, text: Text) -> TablePart:
    """A cell for each place of the map, most of which are empty."""
    placed = {(tile.row, tile.column): tile for tile in chart.tiles}
    rows = [[TableCell() for _ in range(TILE_COLUMNS)] for _ in range(TILE_ROWS)]
    for row, column in product(range(TILE_ROWS), range(TILE_COLUMNS)):
        if (row, column) in placed:
            rows[row][column] = cell_of_tile(placed[row, column])
    words = text.listed(tile.words for tile in chart.tiles)
    look = TableLook(
        text("map.title"), words, [TILE_WIDTH] * TILE_COLUMNS, TILE_HEIGHT, has_rules=False
    )
    box = SlideBox(CONTENT_LEFT, MAP_TOP, TILE_WIDTH * TILE_COLUMNS, TILE_HEIGHT * TILE_ROWS)
    return TablePart(box, rows, look)


def cell_of_tile(tile: MapTile) -> TableCell:
    """The code and the figure; of an earlier figure also its year, beside the code."""
    ground, ink = TILE_SHADES[tile.shade]
    head = " ".join(filter(None, [tile.area, tile.earlier]))
    lines = (CellLine(head, 13, is_bold=True), CellLine(tile.printed, 15))
    return TableCell(lines, ink, ground if tile.shade else PALE_GROUND, is_centred=True, side=1)


def key_of_map(chart: TilesChart, text: Text) -> Iterator[TablePart]:
    """The figure of the Union, the shades, and the letters and signs in use."""
    top = MAP_TOP
    union = chart.union
    if union.printed:
        lines = (CellLine(union.printed, 26, is_bold=True), CellLine(union.name, 14))
        look = TableLook(
            union.name, f"{union.name}: {union.printed}", [KEY_WIDTH], UNION_HEIGHT, has_rules=False
        )
        yield TablePart(
            SlideBox(KEY_LEFT, top, KEY_WIDTH, UNION_HEIGHT), [[TableCell(lines)]], look
        )
        top += UNION_HEIGHT + 6
    rows = [[swatch(shade), cell(words, 14)] for shade, words in enumerate(chart.shades, 1)]
    rows += [[cell(sign, 15, is_bold=True, is_centred=True), cell(mark.words, 14)]
             for sign, mark in chart.signs]  # fmt: skip
    words = text.listed([*chart.shades, *(f"{sign} {mark.words}" for sign, mark in chart.signs)])
    look = TableLook(chart.caption.subtitle, words, [SWATCH, KEY_WIDTH - SWATCH], KEY_ROW)
    yield TablePart(SlideBox(KEY_LEFT, top, KEY_WIDTH, KEY_ROW * len(rows)), rows, look)


def swatch(shade: int) -> TableCell:
    ground, ink = TILE_SHADES[shade]
    return TableCell((), ink, ground)


MAP_SLIDE = SlideKind("map", read_map, (GOAL_PATH,), views=("map",))
