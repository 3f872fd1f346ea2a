"""Every goal as a card, by framework and policy target."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from dash import html

from dashboard.components.cards import goal_card
from dashboard.components.context_links import context_link
from dashboard.components.frame import frame, without_unknown
from dashboard.components.goal_wording import goals_without_value
from dashboard.components.guide_links import guide_link
from dashboard.components.layout import filters
from dashboard.components.notes import no_release, source_line
from dashboard.components.page_registry import register_page
from dashboard.components.pickers import area_picker, framework_picker, picker
from dashboard.components.status_counts import assessed_goals_sentence, goal_tally, series_tally
from dashboard.contents.state_profile import FollowedGoal, expected_series
from dashboard.context import PageContext, resolve_context
from dashboard.released.goal_statuses import SCOREBOARD_MARKS, mark_of_series
from dashboard.released.series import AssessedSeries, series_anywhere
from dashboard.view import View
from metrics.catalogue.definitions.frameworks import Framework
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU

OVERVIEW_PATH = "/series"

register_page(
    __name__, OVERVIEW_PATH, order=50, is_kept=True, slides=("scoreboard", "summary", "matrix")
)


def layout(**query: str) -> html.Div:
    asked = resolve_context(View.from_query(query))
    known = without_unknown(asked)
    context = known.with_changes(area=known.view.area or known.first_area, period="")
    goals = list(selected_goals(context))
    return frame(
        OVERVIEW_PATH,
        asked,
        [
            html.P(context.text("overview.lead"), className="lead"),
            guide_link("policy-officer", context),
            overview_pickers(context),
            status_tally(goals, context) if context.release else no_release(context),
            *framework_sections(goals, context),
            context_link(context),
            html.P(source_line(context), className="source"),
        ],
    )


def status_tally(goals: Sequence[FollowedGoal], context: PageContext) -> html.Div:
    """Goals by the status of their headline series and, apart, distinct series by status."""
    text = context.text
    if not goals:
        return html.Div(html.P(text("overview.none"), className="absent"))
    area = context.view.area
    of_goals = goal_tally(goals, text, context.release) if area else ()
    body = [goals_assessed(goals, context), *of_goals, *series_tally(goals, text, area or EU)]
    return html.Div(body, className="tallies")


def goals_assessed(goals: Sequence[FollowedGoal], context: PageContext) -> html.P:
    """How many of the goals shown have a status for the area, or for the Union where none is."""
    area = context.view.area or EU
    followed = [(goal, expected_series(goal, area, context)) for goal, _ in goals]
    return html.P(html.Strong(assessed_goals_sentence(followed, area, context.text)))


def overview_pickers(context: PageContext) -> html.Div:
    text = context.text
    every = {"": text("overview.all")}
    statuses = {str(status): text(f"status.{status}") for status in SCOREBOARD_MARKS}
    return filters(
        framework_picker(context),
        area_picker(context),
        picker("status", text("overview.status"), every | statuses, context.view.status),
    )


def selected_goals(context: PageContext) -> Iterator[FollowedGoal]:
    """The goals of the chosen framework with a series of the chosen status."""
    view = context.view
    for goal in context.definitions.goals.values():
        if view.framework and goal.framework != view.framework:
            continue
        followed = series_under_goal(goal, context)
        statuses = {mark_of_series(series) for series in followed if series.official}
        if not view.status or view.status in statuses:
            yield goal, followed


def series_under_goal(goal: Goal, context: PageContext) -> Sequence[AssessedSeries]:
    """The series of a goal in the chosen area or, if none is chosen, in every area."""
    if context.release is None:
        return ()
    if not context.view.area:
        return series_anywhere(goal, context.release)
    return expected_series(goal, context.view.area, context)


def framework_sections(
    goals: Sequence[FollowedGoal], context: PageContext
) -> Iterator[html.Section]:
    order = {code: position for position, code in enumerate(catalogue().frameworks)}
    ordered = sorted(goals, key=lambda entry: (order[entry[0].framework], entry[0].order))
    for code, entries in groupby(ordered, key=lambda entry: entry[0].framework):
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
    for code, entries in groupby(goals, key=lambda entry: entry[0].policy_target or ""):
        serving = list(entries)
        without_rows = [goal for goal, followed in serving if is_without_rows(followed, context)]
        cards = [goal_card(goal, followed, context)
                 for goal, followed in serving if goal not in without_rows]  # fmt: skip
        heading = names.get(code, text("overview.commitments"))
        yield html.H3([html.Span(code, className="code"), " ", heading] if code else heading)
        yield html.Div(cards, className="cards")
        yield from goals_without_value(without_rows, context)


def is_without_rows(followed: Sequence[AssessedSeries], context: PageContext) -> bool:
    """Publishers cover only some goals: the others get no card."""
    is_published = context.release is not None and context.is_published
    return is_published and not any(series.last_row for series in followed)
