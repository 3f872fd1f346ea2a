"""From the page of a goal to the comparison of its series and to the search that it suggests."""

from collections.abc import Iterator

from dash import html

from dashboard.addresses.selection import Selection
from dashboard.components.find.form import FIND_PATH
from dashboard.components.layout import Drawn, join_links, page_link
from dashboard.contents.comparison import COMPARE_PATH
from dashboard.contents.search_rule import growth_agreed
from dashboard.released.compared_series import ComparisonUnit, units_of_series
from dashboard.released.series import AssessedSeries
from metrics.core.series import ParsedSeries
from metrics.core.tables import VALUE


def suggested_search(selection: Selection) -> html.P:
    """The search that the target of the shown series suggests."""
    series = selection.series
    links = list(search_links(selection, series)) if series and series.last_known else []
    return html.P(join_links(links, selection.text), className="suggested-search", hidden=not links)


def comparison_link(selection: Selection) -> Iterator[Drawn]:
    """The same series in the shown area, the Union and large States."""
    series = selection.series
    if series is None or series.last_known is None:
        return
    goal = selection.goal.code if selection.goal else ""
    href = selection.view.lasting_choices.link(
        COMPARE_PATH, goal=goal, indicator=series.name, area=selection.area,
        period=selection.period,
    )  # fmt: skip
    yield page_link(selection.text("goal.compare"), href=href, kind="take")


def search_links(selection: Selection, series: AssessedSeries) -> Iterator[Drawn]:
    """Who grew less than a goal asks, or else who improved, in each of the last two years."""
    text, goal = selection.text, selection.goal
    if goal is None:
        return
    parsed = ParsedSeries(series.indicator.code, series.other_component or VALUE, {**series.codes})
    agreed, better = growth_agreed(parsed, goal), series.indicator.direction.sign
    if agreed is not None:
        words = text("goal.find_growth", percent=text.number(agreed))
        yield page_link(words, href=search_address(selection, series, "below", f"{agreed:g}"))
    elif better and ComparisonUnit.CHANGE in units_of_series(series, selection.release):
        relation = "above" if better > 0 else "below"
        words = text("goal.find_improved")
        yield page_link(words, href=search_address(selection, series, relation, "0"))


def search_address(
    selection: Selection, series: AssessedSeries, relation: str, threshold: str
) -> str:
    """Areas whose yearly change is so, in each of the last two years."""
    return selection.view.lasting_choices.link(
        FIND_PATH, goal=selection.goal.code if selection.goal else "", indicator=series.name,
        unit="change", area="", relation=relation, threshold=threshold, last="2", match="each",
    )  # fmt: skip
