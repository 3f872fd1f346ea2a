"""The tab with the map: the tiles of the Member States, its key, and the list of periods."""

import re
from collections.abc import Iterator
from typing import Any

from dash import html

from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.addresses.selection import Selection, compared_period
from dashboard.addresses.view_files import view_of_files
from dashboard.charts.specification import MapTile, Mark, TilesChart
from dashboard.components.downloads import picture_links
from dashboard.components.goal.absence import absence_in_states
from dashboard.components.html_block import html_block
from dashboard.components.layout import card, filters
from dashboard.components.notes import note_in_words, source_line
from dashboard.components.pickers import picker
from dashboard.contents.view_charts import tiles_in_chart, why_unmapped
from dashboard.released.series import AssessedSeries

STATUS_LETTER = re.compile("\N{NO-BREAK SPACE}([a-z])$")  # of the status, behind a figure


def goal_map(selection: Selection) -> Iterator[Any]:
    """The map of a period, with the list of periods."""
    series, text = selection.series, selection.text
    if series is None:
        return
    period = compared_period(selection)
    if period:
        names = {
            listed: text.period(listed) for listed in dict.fromkeys((*selection.periods, period))
        }
        yield filters(picker("period", text("goal.period"), names, period))
    yield map_section(selection.with_view(""), series, period)


def map_section(selection: Selection, series: AssessedSeries, period: str) -> html.Section:
    """The map of the series or of its rate, or why there is none."""
    text, chart = selection.text, tiles_in_chart(selection, series, period)
    if chart is None:
        reason = html.P(why_unmapped(selection, series), className="absent")
        if selection.parts_in_states:
            reason = absence_in_states(selection, series)
        return card(text("map.title"), [reason], "map")
    view = view_of_files(selection).with_changes(view="")
    links = picture_links("map", view, text, chart.caption.title)
    body = [
        html.P(chart.caption.subtitle, className="quiet"),
        map_block(chart, selection),
        *(note_in_words(note, "caveat" if note.lead else "quiet") for note in chart.caption.notes),
        html.P(source_line(selection.context), className="source"),
        html.Div([part for link in links for part in (link, " ")]),
    ]
    return card(chart.caption.title, body, "map", "map")


def map_block(chart: TilesChart, selection: Selection) -> html.Div:
    union = chart.union
    return html_block(
        "tile_map.html",
        caption=chart.caption.title,
        tiles=[tile_with_link(tile, selection) for tile in chart.tiles],
        shades=list(enumerate(chart.shades, start=1)),
        signs=[
            {"kind": kind_of_mark(mark), "sign": sign, "name": mark.words}
            for sign, mark in chart.signs
        ],
        union={"value": union.printed, "name": union.name} if union.printed else None,
    )


def kind_of_mark(mark: Mark) -> str:
    """The class of a reason for no figure, or that of all letters."""
    return mark.code.rpartition(".")[2] if mark.is_absence else "letter"


def tile_with_link(tile: MapTile, selection: Selection) -> dict[str, str]:
    """What the template prints of one State, which leads to its figures."""
    series = selection.series
    href = selection.view.link(GOAL_PATH, area=tile.area, view="", breakdown="",
                               indicator=series.name if series else "")  # fmt: skip
    kind = kind_of_mark(tile.mark) if tile.value is None else f"class-{tile.shade}"
    letter = STATUS_LETTER.search(tile.printed)
    return {"area": tile.area, "name": tile.name, "href": href, "kind": kind,
            "value": STATUS_LETTER.sub("", tile.printed), "letter": letter[1] if letter else "",
            "year": tile.earlier, "title": tile.words}  # fmt: skip
