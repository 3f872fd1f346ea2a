"""Every figure of a release in one table, which the address searches, filters and sorts."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
from dash import html

from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.addresses.figure_choices import figure_choices
from dashboard.charts.marks import why_absent
from dashboard.components.downloads import file_links
from dashboard.components.frame import frame, warning, without_unknown
from dashboard.components.html_block import html_block
from dashboard.components.layout import filters
from dashboard.components.notes import marked_caption, no_release, source_line
from dashboard.components.numbered_pages import links_to_pages, rows_of_page
from dashboard.components.page_registry import register_page
from dashboard.components.pickers import (
    area_options,
    framework_picker,
    picker,
    search_box,
)
from dashboard.contents.figures_in_words import entries_found, flag_in_words, printed_figure
from dashboard.context import PageContext, resolve_context
from dashboard.data import records
from dashboard.released.explored_figures import (
    REVERSED,
    SORTED_BY,
    code_in_words,
    find_figures,
)
from dashboard.released.figure_names import FigureName
from dashboard.view import View

EXPLORE_PATH = "/explore"
FIGURES_FILE = "figures"  # for download: the rows that are found

register_page(__name__, EXPLORE_PATH, order=39, is_kept=True, slides=("figures",))


def layout(**query: str) -> html.Div:
    asked = resolve_context(View.from_query(query))
    context = without_unknown(asked)
    if context.release is None:
        return frame(EXPLORE_PATH, asked, [no_release(context)])
    choices = figure_choices(context)
    unknown = [name for name, known in choices.items() if getattr(context.view, name) not in known]
    notices = [unknown_notice(name, choices[name], context) for name in unknown]
    known = context.with_changes(**dict.fromkeys(unknown, ""))
    found = find_figures(known)
    body = [*notices, *explore_sections(found, known, choices)]
    return frame(EXPLORE_PATH, asked, body, html.Div(html.H1(entries_found(found, known))))


def unknown_notice(name: str, known: Mapping[str, str], context: PageContext) -> html.P:
    text, value = context.text, getattr(context.view, name)
    words = text("missing.choice", value=value, what=text(f"choice.{name}"))
    return warning(words, value, known, text)


def explore_sections(
    found: pd.DataFrame, context: PageContext, choices: Mapping[str, Mapping[str, str]]
) -> Iterator[Any]:
    text = context.text
    yield explore_filters(context, choices)
    yield html.P(
        [text("explore.lead"), " ", *file_links([FIGURES_FILE], context)], className="quiet"
    )
    if len(found):
        yield figures_table(rows_of_page(found, context), context)
        yield from links_to_pages(EXPLORE_PATH, len(found), context.with_changes(figure=""))
    else:
        yield html.P(text("explore.none"), className="absent")
    yield html.P(source_line(context), className="source")


def explore_filters(context: PageContext, choices: Mapping[str, Mapping[str, str]]) -> html.Div:
    """The search, and the lists, which are folded away until one is used or asked for."""
    text, view = context.text, context.view
    areas = {"": text("explore.all")} | area_options(context)
    listed = {name: known for name, known in choices.items() if name != "sort"}
    lists = [
        framework_picker(context),
        picker("area", text("choice.area"), areas, view.area),
        *(
            picker(name, text(f"choice.{name}"), known, getattr(view, name))
            for name, known in listed.items()
        ),
    ]
    is_used = any(getattr(view, name) for name in ("framework", "area", *listed))
    folded = html.Details(
        [html.Summary(text("scoreboard.choose")), filters(*lists)], open=is_used, className="fold"
    )
    return html.Div([search_box(text("explore.search"), view.q, text), folded])


def figures_table(rows: pd.DataFrame, context: PageContext) -> html.Div:
    text = context.text
    heads = [heading(column, context) for column in SORTED_BY]
    values = [row_values(row, context) for row in records(rows)]
    caption = marked_caption(text("explore.title"), context)
    return html_block("explore.html", caption=caption, heads=heads, rows=values)


def heading(column: str, context: PageContext) -> dict[str, str]:
    """A column's name, which sorts by it; chosen again, the other way round."""
    sort = context.view.sort
    directions = {column: "ascending", REVERSED + column: "descending"}
    other = REVERSED + column if sort == column else column
    return {
        "name": column,
        "word": context.text(f"explore.{column}"),
        "href": context.view.link(EXPLORE_PATH, sort=other, page=""),
        "sorted": directions.get(sort, ""),
    }


def row_values(row: Mapping[str, Any], context: PageContext) -> dict[str, Any]:
    """What the template prints of one figure."""
    text, name = context.text, FigureName.of_row(row)
    words = {column: code_in_words(column, str(row[column]), text)
             for column in ("indicator", "component", "series", "area", "period")}  # fmt: skip
    is_absent = pd.isna(row["value"])
    links = context.view.lasting_choices
    return words | {
        "series": words["series"] or text("explore.total"),
        "value": why_absent(row, text) if is_absent else printed_figure(row, context),
        "is_absent": is_absent,
        "flag": "" if is_absent else flag_in_words(str(row["flag"]), text),
        "name": str(name),
        "href": context.view.link(EXPLORE_PATH, figure=str(name)),
        "goal_href": links.link(GOAL_PATH, indicator=name.series, area=name.area),
    }
