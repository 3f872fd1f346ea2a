"""Every goal as a card, by framework and policy target."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from dash import html

from dashboard.assessments import SHOWN_STATUSES
from dashboard.components.cards import goal_card, series_line
from dashboard.components.frame import frame
from dashboard.components.layout import filters
from dashboard.components.notes import no_release, source_line
from dashboard.components.page_registry import register_page
from dashboard.components.pickers import area_options, picker
from dashboard.components.status import status_counts
from dashboard.components.wording import goals_without
from dashboard.context import PageContext, resolve_context
from dashboard.data import Release
from dashboard.series import AssessedSeries, read_series, series_anywhere, series_of_goal
from dashboard.texts import Text
from dashboard.view import View
from metrics.catalogue.definitions import Framework, Goal
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU

register_page(__name__, "/", order=10)


@dataclass(frozen=True)
class FollowedGoal:
    """A goal and the series that follow it up in the chosen area."""

    goal: Goal
    all_series: Sequence[AssessedSeries]


def layout(**query: str) -> html.Div:
    asked = resolve_context(View.from_query(query))
    context = asked.but(area=asked.view.area or first_area(asked))
    goals = list(selected_goals(context))
    return frame(
        "/",
        asked,
        [
            html.P(context.text("overview.lead"), className="lead"),
            overview_pickers(context),
            status_tally(goals, context.text) if context.release else no_release(context),
            *framework_sections(goals, context),
            *context_section(context),
            html.P(source_line(context), className="source"),
        ],
    )


def status_tally(goals: Sequence[FollowedGoal], text: Text) -> html.Div:
    """How many series have each status, or a note that nothing matches the selection."""
    if not goals:
        return html.Div(html.P(text("overview.none"), className="absent"))
    return html.Div(
        status_counts((series.status for goal in goals for series in goal.all_series), text)
    )


def overview_pickers(context: PageContext) -> html.Div:
    text, view = context.text, context.view
    every = {"": text("overview.all")}
    frameworks = {code: framework.name(text.language)
                  for code, framework in context.definitions.frameworks.items()}  # fmt: skip
    statuses = {str(status): text(f"status.{status}") for status in SHOWN_STATUSES}
    anywhere = {} if first_area(context) else {"": text("overview.anywhere")}
    areas = anywhere | area_options(context)
    return filters(
        picker("framework", text("overview.framework"), every | frameworks, view.framework),
        picker("area", text("overview.area"), areas, view.area),
        picker("status", text("overview.status"), every | statuses, view.status),
    )


def first_area(context: PageContext) -> str:
    """The Union, or all areas where each publisher covers only its own."""
    return "" if context.collection.areas == "any" else EU


def selected_goals(context: PageContext) -> Iterator[FollowedGoal]:
    """The goals of the chosen framework with a series of the chosen status."""
    view = context.view
    for goal in context.definitions.goals.values():
        if view.framework and goal.framework != view.framework:
            continue
        followed = series_under_goal(goal, view.area, context.release)
        if not view.status or any(series.status == view.status for series in followed):
            yield FollowedGoal(goal, followed)


def series_under_goal(goal: Goal, area: str, release: Release | None) -> Sequence[AssessedSeries]:
    """The series of a goal in the chosen area or, if none is chosen, in every area."""
    if release is None:
        return ()
    return series_of_goal(goal, area, release) if area else series_anywhere(goal, release)


def framework_sections(
    goals: Sequence[FollowedGoal], context: PageContext
) -> Iterator[html.Section]:
    order = {code: position for position, code in enumerate(catalogue().frameworks)}
    ordered = sorted(goals, key=lambda entry: (order[entry.goal.framework], entry.goal.order))
    for code, entries in groupby(ordered, key=lambda entry: entry.goal.framework):
        framework = catalogue().frameworks[code]
        heading = html.H2(framework.name(context.language))
        targets = target_sections(framework, list(entries), context)
        yield html.Section([heading, *targets], className="framework")


def target_sections(
    framework: Framework, goals: Sequence[FollowedGoal], context: PageContext
) -> Iterator[Any]:
    """The goals under the policy target that they serve, then those that serve none."""
    text = context.text
    names = {target.code: target.name(text.language) for target in framework.policy_targets}
    for code, entries in groupby(goals, key=lambda entry: entry.goal.policy_target or ""):
        serving = list(entries)
        silent = [entry.goal for entry in serving if is_silent(entry, context)]
        cards = [goal_card(entry.goal, entry.all_series, context)
                 for entry in serving if entry.goal not in silent]  # fmt: skip
        heading = names.get(code, text("overview.commitments"))
        yield html.H3([html.Span(code, className="code"), heading] if code else heading)
        yield html.Div(cards, className="cards")
        yield from goals_without(silent, context)


def is_silent(entry: FollowedGoal, context: PageContext) -> bool:
    """Publishers cover only some goals: the others get no card."""
    is_published = context.release is not None and context.collection.nature == "published"
    return is_published and not any(series.newest for series in entry.all_series)


def context_section(context: PageContext) -> Iterator[html.Section]:
    """Context indicators: charted as background, never assessed."""
    view, text = context.view, context.text
    if view.status or view.framework:
        return
    codes = [code for code, indicator in context.definitions.indicators.items()
             if indicator.role == "context"]  # fmt: skip
    found = [context_series(code, view.area, context.release) for code in codes]
    lines = [series_line(series, None, context) for series in found if series.latest or view.area]
    if lines:
        yield html.Section(
            [
                html.H2(text("overview.context")),
                html.P(text("overview.context_note"), className="quiet"),
                html.Div(html.Ul(lines), className="card context-card"),
            ],
            className="framework context",
        )


def context_series(code: str, area: str, release: Release | None) -> AssessedSeries:
    """The series for the chosen area, or else for the first area with a value, Union first."""
    areas = release.areas_of.get(code, ()) if release else ()
    candidates = [area] if area else sorted(areas, key=area_rank)
    by_area = [read_series(release, code, candidate) for candidate in (*candidates, EU)]
    return next((series for series in by_area if series.latest), by_area[0])


def area_rank(area: str) -> tuple[bool, bool, str]:
    """The Union first, then the whole world, then the others."""
    return area != EU, area != "W0", area
