"""A notice shown on every page while the sample is being built."""

from typing import Any

from dash import Input, Output, State, callback, dcc, html, no_update

from dashboard import data
from dashboard.components.layout import Drawn
from dashboard.context import PageContext, resolve_context
from dashboard.view import View
from metrics.catalogue.loader import catalogue
from metrics.sample.progress import SAMPLE, SampleProgress, read_progress

EVERY_MILLISECONDS = 3000
# Every page has the address, but only pages laid out during the build have the clock.
ON_TICK = (
    Output("building-notice", "children"),
    Output("building-clock", "disabled"),
    Input("building-clock", "n_intervals"),
    State("address", "search"),
)


def building_notice(context: PageContext) -> html.Div:
    progress = read_progress(data.home())
    if progress is None:
        return html.Div(hidden=True)
    clock = dcc.Interval(id="building-clock", interval=EVERY_MILLISECONDS)
    sentence = html.P(progress_sentence(progress, context), id="building-notice")
    return html.Div([sentence, clock], className="banner-building", role="status")


def progress_sentence(progress: SampleProgress, context: PageContext) -> str:
    text = context.text
    done, total = (text.number(count, 0) for count in (progress.done, progress.total))
    return text(f"building.{progress.stage}", done=done, total=total)


@callback(*ON_TICK, prevent_initial_call=True)
def follow_building(_: int, search: str | None) -> tuple[Any, bool]:
    context = resolve_context(View.parse(search or ""))
    if progress := read_progress(data.home()):
        return progress_sentence(progress, context), False
    if not data.release_store().current(SAMPLE):
        return no_update, True  # the build was stopped; the terminal says why
    return link_when_ready(context), True


def link_when_ready(context: PageContext) -> Drawn:
    """Link to the finished sample; reload a page that was waiting for it."""
    if context.view.collection == SAMPLE and context.view.release == "":
        return dcc.Location(id="building-ready", href=context.view.link("/"), refresh=True)
    name = catalogue().collections[SAMPLE].name(context.language)
    link = html.A(name, href=context.view.link("/", collection=SAMPLE, release=""))
    return [context.text("building.ready"), " ", link]
