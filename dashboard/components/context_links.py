"""Links to the indicators of context, from the pages of goals and of Member States."""

from collections.abc import Iterator

from dash import html

from dashboard.components.layout import join_links, page_link
from dashboard.context import PageContext
from dashboard.released.context_indicators import context_figures
from dashboard.wording.narrative import latest_value

CONTEXT_PATH = "/context"


def context_link(context: PageContext) -> html.P:
    href = context.view.lasting_choices.link(CONTEXT_PATH)
    return html.P(page_link(context.text("context.link"), href=href), className="quiet guide-link")


def further_figures(context: PageContext) -> Iterator[html.P]:
    """The figures of the area that follow up no goal, each as a link to its series."""
    text, view, found = context.text, context.view.lasting_choices, context_figures(context)
    links = []
    for series in found:
        period = text.period(series.last_known["period"]) if series.last_known else ""
        words = f"{series.title(text)}: {latest_value(series, text)} ({period})"
        links.append(page_link(words, view.link("/goal", indicator=series.name, area=series.area)))
    if links:
        yield html.P([text("state.further") + " ", *join_links(links, text)], className="quiet")
