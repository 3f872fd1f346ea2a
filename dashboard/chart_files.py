"""The file of the chart that an address shows, for the command line."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from werkzeug.exceptions import HTTPException

from dashboard.alternatives import GOAL_PATH, UnavailableError
from dashboard.charts.picture import Picture
from dashboard.comparison import COMPARE_PATH
from dashboard.context import read_context
from dashboard.exports import formats_of
from dashboard.pictures import find_picture
from dashboard.routes import refuse_unknown, refuse_unknown_rows
from dashboard.short_addresses import find_area, find_goal
from dashboard.view import View
from metrics.core.errors import MetricsError

HOME_VARIABLE = "EMPACT_HOME"
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
    home: Path, link: str, suffix: str, *, chart: str, release: str, language: str, width: int
) -> bytes:  # fmt: skip
    """Draw the chart of an address in the format of a file name ending.

    MetricsError if the address shows no chart, or nothing is written with such an ending.
    """
    formats = {known.suffix: known for known in formats_of(Picture).values()}
    if suffix.casefold() not in formats:
        endings = ", ".join(formats)
        raise MetricsError("picture_ending", ending=suffix or "–", endings=endings)
    with workspace(home):
        asked = read_link(link)
        view = asked.view.with_changes(
            lang=asked.view.lang or language, release=release or asked.view.release
        )
        named = ChartLink(chart or asked.chart, view)
        picture_of_link(link, replace(named, view=view.with_changes(lang=language)))  # refused so
        picture = picture_of_link(link, named)
        address = urlsplit(link).netloc + picture.address
        sized = replace(picture, width=width, address=address)
        return formats[suffix.casefold()].write(sized)


@contextmanager
def workspace(home: Path) -> Iterator[None]:
    """Let the dashboard read its releases from a workspace."""
    before = os.environ.get(HOME_VARIABLE)
    os.environ[HOME_VARIABLE] = str(home)
    try:
        yield
    finally:
        os.environ.pop(HOME_VARIABLE)
        os.environ.update({HOME_VARIABLE: before} if before is not None else {})


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


def picture_of_link(link: str, asked: ChartLink) -> Picture:
    """The picture; MetricsError says, as the page does, what of the address does not exist."""
    context = read_context(asked.view)
    try:
        refuse_unknown(context)
        refuse_unknown_rows(asked.chart, context)
        picture = find_picture(asked.chart, context)
    except HTTPException as refused:
        raise MetricsError("no_chart", link=link, why=str(refused.description)) from None
    except UnavailableError as unavailable:
        raise MetricsError("no_chart", link=link, why=str(unavailable)) from None
    if picture.absence:
        raise MetricsError("no_chart", link=link, why=picture.absence)
    return picture
