"""Every goal as a card, by framework and policy target."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from dash import html

from dashboard.assessments import SHOWN_STATUSES
from dashboard.components.cards import goal_card, track_line
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
    tracks: Sequence[AssessedSeries]


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
    """How many series have each status; where nothing matches the choice, that is said."""
    if not goals:
        return html.Div(html.P(text("overview.none"), className="absent"))
    return html.Div(status_counts((track.status for goal in goals for track in goal.tracks), text))


def overview_pickers(context: PageContext) -> html.Div:
    text, view = context.text, context.view
    every = {"": text("overview.all")}
    frameworks = {code: framework.name(text.language)
                  for code, framework in catalogue().frameworks.items()}  # fmt: skip
    statuses = {str(status): text(f"status.{status}") for status in SHOWN_STATUSES}
    anywhere = {} if first_area(context) else {"": text("overview.anywhere")}
    areas = anywhere | area_options(context)
    return filters(
        picker("framework", text("overview.framework"), every | frameworks, view.framework),
        picker("area", text("overview.area"), areas, view.area),
        picker("status", text("overview.status"), every | statuses, view.status),
    )


def first_area(context: PageContext) -> str:
    """The Union; where publishers each speak of their own area, all of them."""
    return "" if context.collection.areas == "any" else EU


def selected_goals(context: PageContext) -> Iterator[FollowedGoal]:
    """The goals of the chosen framework with a series of the chosen status."""
    view = context.view
    for goal in catalogue().goals.values():
        if view.framework and goal.framework != view.framework:
            continue
        followed = goal_tracks(goal, view.area, context.release)
        if not view.status or any(track.status == view.status for track in followed):
            yield FollowedGoal(goal, followed)


def goal_tracks(goal: Goal, area: str, release: Release | None) -> Sequence[AssessedSeries]:
    """Without a release there is nothing to list under a goal."""
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
    """The goals under the policy target that they serve, and those that serve none."""
    text = context.text
    names = {target.code: target.name(text.language) for target in framework.policy_targets}
    for code, entries in groupby(goals, key=lambda entry: entry.goal.policy_target or ""):
        serving = list(entries)
        silent = [entry.goal for entry in serving if is_silent(entry, context)]
        cards = [goal_card(entry.goal, entry.tracks, context)
                 for entry in serving if entry.goal not in silent]  # fmt: skip
        heading = names.get(code, text("overview.commitments"))
        yield html.H3([html.Span(code, className="code"), heading] if code else heading)
        yield html.Div(cards, className="cards")
        yield from goals_without(silent, context)


def is_silent(entry: FollowedGoal, context: PageContext) -> bool:
    """Publishers cover some goals only: a card for each of the others would say nothing."""
    is_published = context.release is not None and context.collection.nature == "published"
    return is_published and not any(track.newest for track in entry.tracks)


def context_section(context: PageContext) -> Iterator[html.Section]:
    """Indicators of the context: charted to understand the rest by, never judged."""
    view, text = context.view, context.text
    if view.status or view.framework:
        return
    codes = [code for code, indicator in catalogue().indicators.items()
             if indicator.role == "context"]  # fmt: skip
    found = [context_track(code, view.area, context.release) for code in codes]
    lines = [track_line(track, None, context) for track in found if track.latest or view.area]
    if lines:
        yield html.Section(
            [
                html.H2(text("overview.context")),
                html.P(text("overview.context_note"), className="quiet"),
                html.Div(html.Ul(lines), className="card context-card"),
            ],
            className="framework context",
        )


def context_track(code: str, area: str, release: Release | None) -> AssessedSeries:
    """For the chosen area, or for the first that has a figure: the Union, then the others."""
    areas = release.areas_of.get(code, ()) if release else ()
    candidates = [area] if area else sorted(areas, key=area_rank)
    series = [read_series(release, code, candidate) for candidate in (*candidates, EU)]
    return next((candidate for candidate in series if candidate.latest), series[0])


def area_rank(area: str) -> tuple[bool, bool, str]:
    """The Union first, then the whole world, then the others."""
    return area != EU, area != "W0", area
