"""The figures of a release that were searched: the first of them."""

import pandas as pd

from dashboard.charts.marks import why_absent
from dashboard.contents.explored_in_words import entries_found, flag_in_words, printed_figure
from dashboard.context import PageContext
from dashboard.keyed_rows import Record
from dashboard.released.explored_figures import code_in_words, find_figures
from dashboard.slides.content import SlideContent, SlideKind, SlideRequest
from dashboard.slides.first_rows import ListFinding, content_of_rows, first_rows_of

EXPLORE_PAGE = "/explore"
CODED_NAMES = ("indicator", "component", "series", "area", "period")
# The key of each heading, with the width of its column.
ENTRY_COLUMNS = {
    "explore.indicator": 3.0, "explore.component": 1.6, "explore.series": 1.7,
    "explore.area": 1.5, "explore.period": 0.9, "explore.value": 1.6, "explore.flag": 1.3,
}  # fmt: skip


def read_figures(request: SlideRequest) -> list[SlideContent]:
    context, text = request.context, request.context.text
    found = find_figures(context)
    title = f"{text('explore.title')}: {entries_found(found, context)}"
    finding = ListFinding(title, about_figures(context))
    listed = first_rows_of(found, text("explore.title"), ENTRY_COLUMNS,
                           lambda row: words_of_entry(row, context), text)  # fmt: skip
    return [content_of_rows(request, finding, listed)]


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
