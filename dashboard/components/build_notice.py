"""A notice shown on every page while the sample is being built; `assets/building.js` follows it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard import data
from dashboard.components.language_marks import draw_in
from dashboard.components.layout import Drawn, attributes
from dashboard.components.plain_html import plain_html
from dashboard.context import PageContext
from metrics.catalogue.loader import catalogue
from metrics.sample.progress import SAMPLE, SampleProgress, read_progress

BUILDING_PATH = "/building"


@dataclass(frozen=True)
class BuildingAnswer:
    """What a page does next: show a notice, as HTML, ask again, or load an address."""

    notice: str = ""
    asks_again: bool = False
    address: str = ""


def building_notice(context: PageContext) -> html.Div:
    progress = read_progress(data.home())
    if progress is None:
        return html.Div(hidden=True)
    return html.Div(
        html.P(progress_sentence(progress, context)),
        className="banner-building",
        role="status",
        **attributes(data_follows=context.view.link(BUILDING_PATH)),
    )


def progress_sentence(progress: SampleProgress, context: PageContext) -> str:
    text = context.text
    done, total = (text.number(count, 0) for count in (progress.done, progress.total))
    return text(f"building.{progress.stage}", done=done, total=total)


def follow_building(context: PageContext) -> BuildingAnswer:
    """How far it is; at the end a link to the finished sample, or the page that waited for it."""
    if progress := read_progress(data.home()):
        notice = notice_html(context, lambda: progress_sentence(progress, context))
        return BuildingAnswer(notice, asks_again=True)
    if not data.release_store().current(SAMPLE):
        return BuildingAnswer()  # the build was stopped; the terminal says why
    if context.view.collection == SAMPLE and context.view.release == "":
        return BuildingAnswer(address=context.view.link("/"))
    return BuildingAnswer(notice_html(context, lambda: link_when_ready(context)))


def notice_html(context: PageContext, draw: Callable[[], Drawn]) -> str:
    return plain_html(draw_in(context.language, draw))


def link_when_ready(context: PageContext) -> list[Any]:
    name = catalogue().collections[SAMPLE].name(context.language)
    link = html.A(name, href=context.view.link("/", collection=SAMPLE, release=""))
    return [context.text("building.ready"), " ", link]
