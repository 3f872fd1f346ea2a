"""Links to every component, breakdown and part of an indicator, and to the areas that have them."""

from collections.abc import Iterator
from typing import Any

from dash import html

from dashboard.addresses.alternatives import GOAL_PATH, part_offers
from dashboard.addresses.selection import Selection
from dashboard.components.layout import join_links, page_link
from dashboard.components.series_pickers import part_title
from dashboard.components.unavailable import offer_list
from dashboard.released.released_parts import codes_of, parts_of_indicator
from dashboard.released.series import AssessedSeries
from metrics.catalogue.codelists import member_states
from metrics.core.series import format_codes, format_series
from metrics.core.tables import VALUE


def indicator_parts(selection: Selection, series: AssessedSeries) -> Iterator[html.Details]:
    """All figures of the indicator in the release; folded, because the lists above are shorter."""
    text, goal = selection.text, selection.goal.code if selection.goal else ""
    offers = part_offers(series.indicator, selection.context, goal)
    if offers:
        name = series.indicator.name(text.language)
        yield html.Details(
            [
                html.Summary(html.Strong(text("parts.all", name=name))),
                offer_list(offers),
                *part_links(selection, series),
            ],
            className="card parts",
        )


def part_links(selection: Selection, series: AssessedSeries) -> Iterator[html.P]:
    """Each part of the shown component, in the shown area or in the first that has it."""
    text = selection.text
    parts = parts_of_indicator(selection.release, series.indicator.code)
    here = {part.codes for part in selection.parts if part.component == series.component}
    links = []
    for codes in codes_of(parts, series.component):
        name = format_series(series.indicator.code, series.other_component or VALUE, codes)
        area = selection.area if format_codes(codes) in here else ""
        label = part_title(codes, text) or text("goal.total")
        links.append(page_link(label, href=series_address(selection, name, area)))
    if links:
        yield html.P([html.Strong(text("parts.each") + " "), *join_links(links, text)])


def area_links(selection: Selection, series: AssessedSeries) -> list[Any]:
    """Links to the areas that have a value of the series."""
    text = selection.text
    return join_links([
        page_link(text.code("area", area), href=series_address(selection, series.name, area))
        for area in selection.areas
    ], text)  # fmt: skip


def other_areas(selection: Selection, series: AssessedSeries) -> Iterator[html.P]:
    """Links to the areas with a value that are not among the Member States side by side."""
    text = selection.text
    others = [area for area in selection.areas if area not in {*member_states(), selection.area}]
    links = [
        page_link(text.code("area", area), href=series_address(selection, series.name, area))
        for area in others
    ]
    if links:
        yield html.P([html.Strong(text("goal.other_areas") + " "), *join_links(links, text)])


def series_address(selection: Selection, name: str, area: str) -> str:
    goal = selection.goal.code if selection.goal else ""
    return selection.view.link(GOAL_PATH, goal=goal, indicator=name, area=area, breakdown="")
