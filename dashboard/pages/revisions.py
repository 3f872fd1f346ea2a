"""Revisions: figures that differ from those sent before, and every released value of a figure."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
from dash import html

from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.components.downloads import file_links
from dashboard.components.frame import frame, warning, without_unknown
from dashboard.components.guide_links import guide_link
from dashboard.components.layout import filters, page_link
from dashboard.components.notes import no_release, source_line
from dashboard.components.numbered_pages import links_to_pages, rows_of_page
from dashboard.components.page_registry import answer_as_missing, register_page
from dashboard.components.pickers import (
    any_area_picker,
    any_goal_picker,
    any_indicator_picker,
)
from dashboard.components.records.changed_figures import series_cell
from dashboard.components.records.changes import area_cell
from dashboard.components.records.tables import RecordCell, RecordTable, record_tables
from dashboard.components.release_filters import drop_unknown, release_choices
from dashboard.contents.changed_figures import (
    in_words,
    previous_in_words,
    printed_figures,
    series_of_row,
)
from dashboard.contents.changes_in_words import revisions_finding, scope_in_words
from dashboard.context import PageContext, resolve_context
from dashboard.data import records
from dashboard.released.revised_rows import (
    ReleasedValue,
    choices_of_revisions,
    is_by_series,
    key_of_figure,
    released_values,
    revised_figures_of,
    revision_summary,
)
from dashboard.released.series import component_name
from dashboard.rows_by_key import Record
from dashboard.texts import Text
from dashboard.view import View
from metrics.catalogue.loader import catalogue
from metrics.core.series import format_series
from metrics.core.tables import BREAKDOWNS

REVISIONS_PATH = "/revisions"
LIST_HEADS = (
    "area",
    "series",
    "period",
    "old",
    "new",
    "difference",
    "sent",
    "revised_on",
    "released",
)
COUNTED = ("figures", "upward", "downward", "uncompared")
UNIT_MEANS = ("mean_revision", "mean_absolute_revision")
SMALLEST_IN_HUNDREDTHS = 0.01  # smaller means are printed with more decimals
RELATIVE_MEANS = ("mean_relative_revision", "mean_absolute_relative_revision")
RELEASED_HEADS = ("release", "day", "value")


def revisions_title(context: PageContext) -> str:
    """`Revisions: GA-1.1, Germany`, or the name of the figure that is shown."""
    known, _notices = known_revisions(context)
    text, key = context.text, key_of_figure(known.view)
    chosen = name_of_figure(key, known) if key else scope_in_words(known)
    return f"{text('revisions.title')}: {chosen}" if chosen else text("revisions.title")


register_page(
    __name__,
    REVISIONS_PATH,
    order=38,
    in_menu=False,
    title=revisions_title,
    is_kept=True,
    slides=("revisions",),
)


def layout(**query: str) -> html.Div:
    asked = resolve_context(View.from_query(query))
    known, notices = known_revisions(asked)
    if known.release is None:
        return frame(REVISIONS_PATH, asked, [no_release(known)])
    if known.view.period:
        heading, sections = page_of_figure(known)
    else:
        lead = html.P(known.text("revisions.lead"), className="quiet")
        subtitle = html.Div([lead, release_choices(known)], className="record-subtitle")
        heading = html.Div([html.H1(revisions_finding(known)), subtitle])
        sections = list(revision_sections(known))
    body = [*notices, *sections]
    return frame(REVISIONS_PATH, asked, body, heading, of_release=False, lasting={})


def known_revisions(asked: PageContext) -> tuple[PageContext, list[html.P]]:
    """The context without choices that do not exist; the page of a figure names its own."""
    known = without_unknown(asked)
    if known.view.period:
        return known, []
    return drop_unknown(known, choices_of_revisions(known))


def revision_sections(context: PageContext) -> Iterator[Any]:
    text, rows = context.text, revised_figures_of(context)
    yield revision_filters(context)
    if len(rows):
        tables = [
            summary_table(context),
            list_table(rows_of_page(rows, context), len(rows), context),
        ]
        yield record_tables(tables, context)
    yield from links_to_pages(REVISIONS_PATH, len(rows), context)
    yield html.P(text("revisions.note"), className="quiet")
    yield html.P([*file_links(("revisions", "revision-summary"), context)])
    yield guide_link("policy-officer", context)
    yield html.P(source_line(context), className="source")


def revision_filters(context: PageContext) -> html.Div:
    return filters(
        any_area_picker(context), any_goal_picker(context), any_indicator_picker(context)
    )


def summary_table(context: PageContext) -> RecordTable:
    """Number, direction and size of the revisions by area, or by series in the chosen one."""
    text, summary = context.text, revision_summary(context)
    of_series = is_by_series(context.view)
    means = (*(UNIT_MEANS if of_series else ()), *RELATIVE_MEANS)
    names = ["area", *(["series"] if of_series else []), *COUNTED, *means]
    title = text("revisions.by_series" if of_series else "revisions.by_area")
    numeric = range(2 if of_series else 1, len(names))
    return RecordTable(
        "summary",
        title,
        [text(f"revisions.{name}") for name in names],
        [summary_cells(row, means, context) for row in records(summary)],
        numeric=numeric,
    )


def summary_cells(row: Record, means: Sequence[str], context: PageContext) -> list[RecordCell]:
    text = context.text
    name = [RecordCell(measure_in_words(row, text))] if is_by_series(context.view) else []
    counts = [RecordCell(text.number(row[key], 0)) for key in COUNTED]
    return [
        area_cell(row["area"], context),
        *name,
        *counts,
        *(RecordCell(mean_in_words(row, key, text)) for key in means),
    ]


def measure_in_words(row: Record, text: Text) -> str:
    """The indicator and, of a share or a duration, the component that was revised."""
    indicator = catalogue().indicators.get(row["indicator"])
    if indicator is None:
        return str(row["indicator"])
    name = indicator.name(text.language)
    if row["component"] == indicator.headline:
        return name
    return f"{name}: {component_name(indicator, row['component'], text)}"


def mean_in_words(row: Record, key: str, text: Text) -> str:
    if pd.isna(row[key]):
        return "–"
    is_size = "absolute" in key
    digits = 2 if abs(row[key]) >= SMALLEST_IN_HUNDREDTHS else 4
    number = text.number(row[key], digits) if is_size else text.signed(row[key], digits)
    return f"{number}\N{NO-BREAK SPACE}%" if key in RELATIVE_MEANS else number


def list_table(rows: pd.DataFrame, found: int, context: PageContext) -> RecordTable:
    text, title = context.text, context.text("revisions.list")
    return RecordTable(
        "revisions",
        title,
        [text(f"revisions.{name}") for name in LIST_HEADS],
        [list_cells(row, context) for row in records(rows)],
        numeric=(3, 4, 5, 6, 7),
        count=text.number(found, 0),
    )


def list_cells(row: Record, context: PageContext) -> list[RecordCell]:
    text = context.text
    series = series_of_row(row, row["component"], context)
    printed = printed_figures(row, series, text)
    days = [text.date(row[name], width="medium") for name in ("previous_vintage", "vintage")]
    name = series_name(row)
    own = {"indicator": name, "area": row["area"], "period": row["period"]}
    values = context.view.link(REVISIONS_PATH, goal="", page="", **own)
    return [
        area_cell(row["area"], context),
        series_cell(row, series, context),
        RecordCell(text.period(row["period"])),
        RecordCell(printed.old),
        RecordCell(printed.new),
        RecordCell(printed.difference),
        *map(RecordCell, days),
        RecordCell(text("revisions.all_values"), values),
    ]


def series_name(row: Record) -> str:
    codes = {by: row[by] for by in BREAKDOWNS}
    return format_series(row["indicator"], row["component"], codes)


def page_of_figure(context: PageContext) -> tuple[html.Div, list[Any]]:
    """Every released value of the figure in the address; of no figure, a notice."""
    text, view = context.text, context.view
    key = key_of_figure(view)
    found = released_values(key, context) if key else ()
    back = page_link(
        text("revisions.back"), href=view.link(REVISIONS_PATH, indicator="", period="")
    )
    if key is None or not found:
        written = ", ".join(filter(None, [view.indicator, view.area, view.period]))
        answer_as_missing()
        words = text("missing.choice", value=written, what=text("choice.figure"))
        return html.Div(html.H1(text("revisions.title"))), [
            warning(words, written, (), text),
            html.P(back),
        ]
    title = text.counted("revisions.values", len(found), figure=name_of_figure(key, context))
    table = released_table(found, context)
    source = html.P(source_line(context), className="source")
    note = html.P(text("revisions.values_note"), className="quiet")
    return html.Div(html.H1(title)), [record_tables([table], context), note, html.P(back), source]


def name_of_figure(key: Record, context: PageContext) -> str:
    series = series_of_row(key, key["component"], context)
    title = series.title(context.text) if series else key["indicator"]
    area = context.text.code("area", key["area"])
    return ", ".join([title, area, context.text.period(key["period"])])


def released_table(found: Sequence[ReleasedValue], context: PageContext) -> RecordTable:
    text, title = context.text, context.text("revisions.values_title")
    return RecordTable(
        "values",
        title,
        [text(f"revisions.{name}") for name in RELEASED_HEADS],
        [released_cells(value, context) for value in found],
        numeric=(2,),
    )


def released_cells(value: ReleasedValue, context: PageContext) -> list[RecordCell]:
    """The release, as a link to the series in it; its day; the figure that it has."""
    text, row = context.text, value.row
    series = series_of_row(row, row["component"], context)
    collection = context.collection.code
    href = context.view.lasting_choices.link(
        GOAL_PATH,
        collection=collection,
        release=value.label,
        indicator=series_name(row),
        area=row["area"],
    )
    is_newest = "value" in row
    words = in_words(row, series, text) if is_newest else previous_in_words(row, series, text)
    return [
        RecordCell(value.label, href),
        RecordCell(text.date(value.as_of)),
        RecordCell(words),
    ]
