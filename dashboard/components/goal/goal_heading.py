"""The head of the page of a goal: its path, its choices in one line, and its finding."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from dash import html

from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.addresses.selection import Selection
from dashboard.components.frame import collection_picker
from dashboard.components.goal.card_header import chosen_by_page
from dashboard.components.hints import hinted_link
from dashboard.components.layout import attributes, page_link
from dashboard.components.notes import period_note
from dashboard.components.pickers import area_options, picker
from dashboard.components.series_pickers import breakdown_picker, component_picker, part_picker
from dashboard.components.view_actions import view_actions
from dashboard.released.scoreboard import in_order
from dashboard.wording.goal_finding import goal_finding
from metrics.catalogue.loader import catalogue
from metrics.core.series import format_series
from metrics.core.tables import EU, VALUE


def goal_head(selection: Selection) -> html.Div:
    line = html.Div([breadcrumb(selection), goal_choices(selection)], className="goal-line")
    return html.Div([line, html.H1(title_of_goal(selection)), *note_on_period(selection)])


def note_on_period(selection: Selection) -> Iterator[html.P]:
    """Before the status: as of which period it is, or that there is no such period."""
    if selection.period:
        series = selection.series
        has_later = series is not None and series.has_figures_after(selection.period)
        key = "period.note_goal" if has_later else "period.note_goal_newest"
        yield from period_note(GOAL_PATH, selection.context, key)
    elif selection.is_period_unknown:
        words = selection.text("missing.period", period=selection.view.period)
        yield html.P(words, role="alert", className="absent")


def title_of_goal(selection: Selection) -> str:
    """The finding; without a release or series, the name of the goal or that there is none."""
    goal, series, text = selection.goal, selection.series, selection.text
    if series is not None and selection.release is not None:
        return goal_finding(selection, series)
    if selection.unavailable is None and goal is not None:
        return f"{goal.code} {goal.name(text.language)}"
    return text("missing.title")


def breadcrumb(selection: Selection) -> html.Nav:
    """The scoreboard, the framework, and the goal with its whole name, where there is one."""
    text, goal, view = selection.text, selection.goal, selection.view.lasting_choices
    steps: list[Any] = [page_link(text("scoreboard.menu"), href=view.link("/"))]
    if goal is None and selection.series is not None:
        steps.append(html.Span(text("overview.context")))
    elif goal is not None:
        framework = catalogue().frameworks[goal.framework]
        href = view.link("/", framework=framework.code)
        steps.append(page_link(framework.name(text.language), href=href))
        name: list[Any] = [html.Span(goal.code, className="code"), " ", goal.name(text.language)]
        steps.append(html.Span(name, **attributes(aria_current="page")))
    parts = [part for step in steps for part in (step, " › ")][:-1]
    return html.Nav(parts, className="breadcrumb", **attributes(aria_label=text("goal.breadcrumb")))


def goal_choices(selection: Selection) -> html.Div:
    """Area and breakdown, the goals before and after, and all other choices folded away."""
    text, series = selection.text, selection.series
    options = area_options(selection.context) | {EU: text("goal.union")}
    return html.Div(
        [
            picker("area", text("overview.area"), options, selection.area),
            *(breakdown_picker(selection, series) if series else []),
            *neighbouring_goals(selection),
            more_choices(selection),
            *lasting_link(selection),
        ],
        className="goal-choices",
    )


def lasting_link(selection: Selection) -> Iterator[html.Span]:
    """The link that stays with the release, and names what the page has chosen by default."""
    if selection.release is not None and selection.series is not None:
        yield view_actions(GOAL_PATH, selection.context, **chosen_by_page(selection))


def neighbouring_goals(selection: Selection) -> Iterator[Any]:
    """Links to the goal before and after, in the order of the scoreboard."""
    if selection.goal is None:
        return
    goals = in_order(selection.context.definitions.goals.values(), selection.context)
    codes = [goal.code for goal in goals]
    if selection.goal.code not in codes:
        return
    at = codes.index(selection.goal.code)
    neighbours = [(at - 1, "‹ {}", "prev"), (at + 1, "{} ›", "next")]
    for position, label, relation in neighbours:
        if 0 <= position < len(goals):
            goal = goals[position]
            href = selection.view.with_choice("goal", goal.code).link(GOAL_PATH)
            name = goal.name(selection.text.language)
            yield hinted_link(label.format(goal.code), href, name, kind=f"goal-{relation}")


def more_choices(selection: Selection) -> html.Details:
    """Goal, series, quantity, part, collection and release."""
    series = selection.series
    pickers: Sequence[Any] = [
        goal_picker(selection),
        *indicator_picker(selection),
        *(component_picker(selection, series) if series else []),
        *(part_picker(selection, series) if series else []),
        collection_picker(selection.context),
    ]
    summary = html.Summary(selection.text("goal.more"))
    return html.Details([summary, html.Div(pickers, className="choices")], className="choose")


def goal_picker(selection: Selection) -> html.Label:
    text, goal = selection.text, selection.goal
    chosen = goal.code if goal else selection.view.goal
    goals = {} if chosen else {"": text("overview.context")}
    goals |= {
        code: f"{code} {listed.name(text.language)}"
        for code, listed in selection.context.definitions.goals.items()
    }
    return picker("goal", text("goal.goal"), goals, chosen)


def indicator_picker(selection: Selection) -> Iterator[Any]:
    """The series that follow up the goal; a part or another component is chosen beside it."""
    text, series = selection.text, selection.series
    names = {followed.name: followed.title(text) for followed in selection.followed}
    if series is None:
        if names:
            yield picker("indicator", text("goal.indicator"), {"": "–"} | names, "")
        return
    whole = format_series(series.indicator.code, VALUE, series.codes)
    same = [followed.name for followed in selection.followed
            if followed.indicator == series.indicator]  # fmt: skip
    chosen = whole if whole in names else next(iter(same), whole)
    names.setdefault(chosen, replace(series, other_component="").title(text))
    yield picker("indicator", text("goal.indicator"), names, chosen)
