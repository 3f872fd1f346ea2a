"""The figures of a release that were searched: the first of them."""

import pandas as pd

from dashboard.charts.marks import why_absent
from dashboard.contents.explored_in_words import entries_found, flag_in_words, printed_figure
from dashboard.context import PageContext
from dashboard.data import records
from dashboard.keyed_rows import Record
from dashboard.released.explored_figures import code_in_words, find_figures
from dashboard.slides.content import SlideContent, SlideKind, SlideRequest
from dashboard.slides.first_rows import ROWS_OF_A_LIST, ListedRows, ListFinding, content_of_rows

EXPLORE_PAGE = "/explore"
CODED_NAMES = ("indicator", "component", "series", "area", "period")
FIGURE_COLUMNS = (*CODED_NAMES, "value", "flag")
COLUMN_WIDTHS = (3.0, 1.6, 1.7, 1.5, 0.9, 1.6, 1.3)


def read_figures(request: SlideRequest) -> list[SlideContent]:
    context, text = request.context, request.context.text
    found = find_figures(context)
    rows = [words_of_entry(row, context) for row in records(found.head(ROWS_OF_A_LIST))]
    heads = [text(f"explore.{name}") for name in FIGURE_COLUMNS] if rows else []
    title = f"{text('explore.title')}: {entries_found(found, context)}"
    finding = ListFinding(title, about_figures(context))
    widths = COLUMN_WIDTHS if rows else (1.0,)
    return [content_of_rows(request, finding, ListedRows(text("explore.title"), heads, rows, widths,
                                                      len(found)))]  # fmt: skip


def about_figures(context: PageContext) -> str:
    """By what the figures were searched."""
    view, text = context.view, context.text
    area = text.code("area", view.area) if view.area else ""
    typed = f"“{view.q}”" if view.q else ""
    chosen = [view.framework, view.goal, view.indicator, area, view.period, typed]
    return ", ".join(filter(None, chosen)) or text("explore.menu")


def words_of_entry(row: Record, context: PageContext) -> list[str]:
    text = context.text
    words = [code_in_words(name, str(row[name]), text) for name in CODED_NAMES]
    words[2] = words[2] or text("explore.total")
    is_absent = pd.isna(row["value"])
    value: str = why_absent(row, text) if is_absent else printed_figure(row, context)
    return [*words, value, "" if is_absent else flag_in_words(str(row["flag"]), text)]


FIGURES_SLIDE = SlideKind("figures", read_figures, paths=(EXPLORE_PAGE,), is_usual=True)
