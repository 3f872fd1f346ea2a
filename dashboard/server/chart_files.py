"""The file of the chart that an address shows, for the command line."""

import re
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from werkzeug.exceptions import HTTPException

from dashboard.addresses.alternatives import GOAL_PATH, UnavailableError
from dashboard.addresses.short_addresses import find_area, find_goal
from dashboard.charts.picture import Picture
from dashboard.contents.comparison import COMPARE_PATH
from dashboard.context import read_context
from dashboard.exports import format_of_ending, formats_of
from dashboard.pictures.view_pictures import find_picture
from dashboard.server.routes import refuse_unknown, refuse_unknown_rows
from dashboard.view import View
from dashboard.wording.language_spans import composing_in
from metrics.core.errors import MetricsError

GOAL_ADDRESS = re.compile(r"/g/(?P<goal>[^/]+)(?:/(?P<area>[^/]+))?")
PICTURE_ADDRESS = re.compile(r"/picture/(?P<name>[^/.]+)\.\w+")
CHART_OF_TAB = {"states": "states"}  # of the page of a goal; every other shows the trend
CHARTS_OF_PAGES = {GOAL_PATH: "trend", COMPARE_PATH: "comparison"}


@dataclass(frozen=True)
class ChartLink:
    """The chart that an address shows, and its choices."""

    chart: str
    view: View


def write_chart(  # noqa: PLR0913 - what the command was asked for, each by name
    link: str, suffix: str, *, chart: str, release: str, language: str, width: int
) -> bytes:
    """Draw the chart of an address in the format of a file name ending.

    MetricsError if the address shows no chart, or nothing is written with such an ending.
    """
    chosen = format_of_ending(formats_of(Picture).values(), suffix, "picture_ending")
    asked = read_link(link)
    view = asked.view.with_changes(
        lang=asked.view.lang or language, release=release or asked.view.release
    )
    named = ChartLink(chart or asked.chart, view)
    picture = picture_of_link(link, named, language)
    address = urlsplit(link).netloc + picture.address
    return chosen.write(replace(picture, width=width, address=address))


def read_link(link: str) -> ChartLink:
    """The chart and the choices of an address or its path; MetricsError if it shows no chart."""
    parts = urlsplit(link)
    path, view = f"/{unquote(parts.path).strip('/')}", View.parse(parts.query)
    if found := GOAL_ADDRESS.fullmatch(path):
        area = find_area(found["area"]) if found["area"] else view.area
        named = view.with_changes(goal=find_goal(found["goal"]), area=area)
        return ChartLink(CHART_OF_TAB.get(view.view, "trend"), named)
    if found := PICTURE_ADDRESS.fullmatch(path):
        return ChartLink(found["name"], view)
    if path not in CHARTS_OF_PAGES:
        pages = ", ".join([*CHARTS_OF_PAGES, "/g/GA-1.1"])
        raise MetricsError("page_without_chart", link=link, pages=pages)
    return ChartLink(CHART_OF_TAB.get(view.view, CHARTS_OF_PAGES[path]), view)


def picture_of_link(link: str, asked: ChartLink, language: str) -> Picture:
    """The picture; MetricsError says, as the page does, what of the address does not exist.

    The picture is in the language of the address, and the error in that of the command.
    """
    try:
        return chosen_picture(asked)
    except (HTTPException, UnavailableError):
        own = replace(asked, view=asked.view.with_changes(lang=language))
        raise MetricsError("no_chart", link=link, why=why_refused(own)) from None


def chosen_picture(asked: ChartLink) -> Picture:
    context = read_context(asked.view)
    refuse_unknown(context)
    refuse_unknown_rows(asked.chart, context)
    with composing_in(context.language):
        picture = find_picture(asked.chart, context)
    if picture.absence:
        raise UnavailableError(picture.absence)
    return picture


def why_refused(asked: ChartLink) -> str:
    try:
        chosen_picture(asked)
    except HTTPException as refused:
        return str(refused.description)
    except UnavailableError as unavailable:
        return str(unavailable)
    return ""
