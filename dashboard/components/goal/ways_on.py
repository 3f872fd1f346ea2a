"""From the page of a goal to the comparison of its series and to the search that it suggests."""

from collections.abc import Iterator

from dash import html

from dashboard.addresses.selection import Selection
from dashboard.components.find.form import FIND_PATH
from dashboard.components.layout import Drawn, join_links, page_link
from dashboard.contents.comparison import COMPARE_PATH
from dashboard.contents.search_rule import growth_agreed
from dashboard.released.series import AssessedSeries
from metrics.core.series import ParsedSeries
from metrics.core.tables import VALUE


def ways_on(selection: Selection) -> html.P:
    """The search that the target of the shown series suggests; nothing for other targets."""
    series = selection.series
    links = list(growth_links(selection, series)) if series and series.last_known else []
    return html.P(join_links(links, selection.text), className="ways-on", hidden=not links)


def comparison_link(selection: Selection) -> Iterator[Drawn]:
    """The same series in the shown area, the Union and large States."""
    series = selection.series
    if series is None or series.last_known is None:
        return
    goal = selection.goal.code if selection.goal else ""
    href = selection.view.lasting_choices.link(
        COMPARE_PATH, goal=goal, indicator=series.name, area=selection.area
    )
    yield page_link(selection.text("goal.compare"), href=href, kind="take")


def growth_links(selection: Selection, series: AssessedSeries) -> Iterator[Drawn]:
    """Who grew less than a goal asks, in each of the last two years."""
    parsed = ParsedSeries(series.indicator.code, series.other_component or VALUE, {**series.codes})
    percent = growth_agreed(parsed, selection.goal)
    if percent is None or selection.goal is None:
        return
    text, threshold = selection.text, f"{percent:g}"
    href = selection.view.lasting_choices.link(
        FIND_PATH, goal=selection.goal.code, indicator=series.name, unit="change", area="",
        relation="below", threshold=threshold, last="2", match="each",
    )  # fmt: skip
    yield page_link(text("goal.find_growth", percent=text.number(percent)), href=href)
