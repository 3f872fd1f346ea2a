"""Context indicators: background to the goals, charted for information and never assessed."""

from collections.abc import Iterator, Sequence
from typing import Any

from dash import html

from dashboard.components.cards import series_line
from dashboard.components.context_links import CONTEXT_PATH
from dashboard.components.frame import frame, without_unknown
from dashboard.components.layout import filters, join_links, page_link
from dashboard.components.notes import no_release, source_line
from dashboard.components.page_registry import register_page
from dashboard.components.pickers import area_picker
from dashboard.context import PageContext, resolve_context
from dashboard.released.context_indicators import context_series
from dashboard.released.series import AssessedSeries
from dashboard.view import View

register_page(__name__, CONTEXT_PATH, order=15, in_menu=False, is_kept=True)


def layout(**query: str) -> html.Div:
    asked = resolve_context(View.from_query(query))
    known = without_unknown(asked)
    context = known.with_changes(area=known.view.area or known.first_area, period="")
    return frame(CONTEXT_PATH, asked, [*context_sections(context)])


def context_sections(context: PageContext) -> Iterator[Any]:
    text = context.text
    yield html.P(text("overview.context_note"), className="lead")
    if context.release is None:
        yield no_release(context)
        return
    yield filters(area_picker(context))
    every = list(context_series(context))
    with_figure = [series for series in every if series.last_known]
    lines = [series_line(series, None, context) for series in with_figure]
    if lines:
        yield html.Div(html.Ul(lines), className="card context-card")
    yield from without_figure([series for series in every if not series.last_known], context)
    yield html.P(source_line(context), className="source")


def without_figure(silent: Sequence[AssessedSeries], context: PageContext) -> Iterator[html.P]:
    """The indicators that have no figure in the area, in one line."""
    text, lasting = context.text, context.view.lasting_choices
    links = [
        page_link(series.title(text), href=lasting.link("/goal", indicator=series.name))
        for series in silent
    ]
    if links:
        label = html.Strong(f"{text('state.without')} ")
        yield html.P([label, *join_links(links, text)], className="quiet")
