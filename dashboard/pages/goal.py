"""One goal: its finding, its facts in one line, and tabs for all that is behind them."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from dash import html

from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.addresses.goal_tabs import EVERY_TAB
from dashboard.addresses.selection import Selection, choose
from dashboard.components.arithmetic import arithmetic
from dashboard.components.frame import MANNERS, frame, without_unknown
from dashboard.components.goal.card_header import chart_links, download_links
from dashboard.components.goal.goal_heading import goal_head
from dashboard.components.goal.indicator_parts import indicator_parts
from dashboard.components.goal.key_facts import goal_strip
from dashboard.components.goal.leading_series import leading_series
from dashboard.components.goal.states import goal_states
from dashboard.components.goal.states_beside_chart import states_aside
from dashboard.components.goal.suggested_search import comparison_link, suggested_search
from dashboard.components.goal.tile_map import goal_map
from dashboard.components.goal.trend import trend_card
from dashboard.components.goal_wording import wording
from dashboard.components.guide_links import guide_link
from dashboard.components.layout import attributes, card, join_links, page_link
from dashboard.components.notes import no_release
from dashboard.components.page_registry import answer_as_missing, register_page
from dashboard.components.unavailable import unavailable_notice
from dashboard.context import PageContext, resolve_context
from dashboard.released.series import is_headline
from dashboard.view import View
from metrics.catalogue.loader import catalogue

TAB_WORDS = {
    "chart": "goal.chart", "table": "goal.table", "states": "state.menu", "map": "map.title",
    "calculation": "arithmetic.title", "wording": "goal.tab_wording", EVERY_TAB: "goal.tab_all",
}  # fmt: skip


def goal_title(context: PageContext) -> str:
    """`GA-1.1 More victims identified in the ICSE database, Germany`."""
    selection = choose(without_unknown(context, MANNERS))
    goal, series, text = selection.goal, selection.series, selection.text
    if goal is None and series is None:
        return text("missing.title")
    name = f"{goal.code} {goal.name(text.language)}" if goal else ""
    is_beside = series is not None and not (goal and is_headline(goal, series))
    series_name = series.title(text) if series and is_beside else ""
    return ", ".join(filter(None, [name, series_name, text.code("area", selection.area)]))


register_page(
    __name__,
    GOAL_PATH,
    order=20,
    title=goal_title,
    is_kept=True,
    slides=("goal", "table", "states", "multiples", "map", "calculation"),
)


# The file that is offered beside the tabs; that of the States is at their heading.
CHART_TABS = frozenset({"chart", EVERY_TAB})
FILES = {"chart": "trend", "table": "trend", "map": "states", EVERY_TAB: "trend"}
Tab = Callable[[Selection], Iterator[Any]]


def layout(**query: str) -> html.Div:
    asked = resolve_context(View.from_query(query))
    selection = choose(without_unknown(asked, MANNERS))
    if selection.unavailable is not None and not selection.unavailable.is_in_catalogue:
        answer_as_missing()
    sections = list(goal_sections(selection))
    return frame(GOAL_PATH, asked, sections, goal_head(selection), of_release=False)


def goal_sections(selection: Selection) -> Iterator[Any]:
    series = selection.series
    if selection.release is None:
        yield no_release(selection.context)
    yield from unavailable_notice(selection)
    if series is not None:
        yield goal_strip(selection, series)
        yield from leading_series(selection)
    yield from chosen_tabs(selection)
    yield suggested_search(selection)
    if selection.goal is None and series is not None:
        yield html.P(selection.text("overview.context_note"), className="quiet")
    links = [guide_link(role, selection.context) for role in ("policy-officer", "presenter")]
    yield html.Div(links, className="goal-guides")


def chosen_tabs(selection: Selection) -> Iterator[Any]:
    """The links to the tabs, and what the chosen one holds; by default the first."""
    tabs, asked = tabs_of_goal(selection), selection.view.view
    if not tabs:
        return
    chosen = asked if asked in {*tabs, EVERY_TAB} else next(iter(tabs))
    yield tab_row(tabs, chosen, selection)
    for name in tabs if chosen == EVERY_TAB else [chosen]:
        parts = list(tabs[name](selection.with_view(name)))
        yield html.Div(parts, className=f"goal-tab goal-tab-{name}")


def tabs_of_goal(selection: Selection) -> dict[str, Tab]:
    """Name in the address → what the tab holds; without a series or a goal, fewer."""
    of_series: dict[str, Tab] = {
        "chart": chart_tab, "table": table_tab, "states": goal_states, "map": goal_map,
    }  # fmt: skip
    of_goal: dict[str, Tab] = {"calculation": calculation_tab, "wording": wording_tab}
    return (of_series if selection.series else {}) | (of_goal if selection.goal else {})


def tab_row(tabs: Iterable[str], chosen: str, selection: Selection) -> html.Div:
    """Links to the tabs, the present one marked, and the files of the figures."""
    text = selection.text
    links = [
        page_link(text(TAB_WORDS[name]), href=selection.view.link(GOAL_PATH, view=name))
        if name != chosen
        else html.A(text(TAB_WORDS[name]), href=selection.view.link(GOAL_PATH, view=name),
                    className="current", **attributes(aria_current="page"))
        for name in (*tabs, EVERY_TAB)
    ]  # fmt: skip
    nav = html.Nav(links, className="tabs", **attributes(aria_label=text("goal.view")))
    file_name = FILES.get(chosen, "")
    files = list(download_links(file_name, selection)) if file_name and selection.series else []
    pictures = chart_links(file_name, selection) if chosen in CHART_TABS and files else ()
    beside = [*comparison_link(selection), *files, *pictures]
    return html.Div([nav, html.Div(beside, className="files")], className="tab-row")


def chart_tab(selection: Selection) -> Iterator[Any]:
    series = selection.series
    if series is not None:
        columns = [trend_card(selection, series), states_aside(selection)]
        yield html.Div(columns, className="goal-columns")


def table_tab(selection: Selection) -> Iterator[Any]:
    series = selection.series
    if series is not None:
        yield trend_card(selection, series)
        yield from indicator_parts(selection, series)


def calculation_tab(selection: Selection) -> Iterator[Any]:
    goal, series, text = selection.goal, selection.series, selection.text
    if goal is not None and series is not None and goal.targets and selection.release is not None:
        yield arithmetic(goal, series, text, selection.period)
    else:
        yield card(text("arithmetic.title"), [html.P(text("arithmetic.none"), className="quiet")])


def wording_tab(selection: Selection) -> Iterator[Any]:
    goal, text = selection.goal, selection.text
    if goal is None:
        return
    yield wording(goal, text)
    codes = [series.indicator.code for series in [selection.series] if series]
    view = selection.view.lasting_choices
    entries = [(code, catalogue().indicators[code].name(text.language)) for code in codes]
    links = [page_link(goal.code, href=f"{view.link('/catalogue')}#{goal.code}")]
    links += [page_link(name, href=f"{view.link('/catalogue')}#{code}") for code, name in entries]
    yield html.P([html.Strong(text("goal.in_catalogue") + " "), *join_links(links, text)])
