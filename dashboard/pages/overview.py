"""Every goal as a card, by framework and policy target."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from dash import html

from dashboard import data
from dashboard.assessments import SHOWN
from dashboard.components.cards import goal_card, track_line
from dashboard.components.frame import frame, register_page
from dashboard.components.layout import filters
from dashboard.components.notes import no_release, source_line
from dashboard.components.pickers import areas, picker
from dashboard.components.status import tally
from dashboard.components.wording import goals_without
from dashboard.data import Release
from dashboard.series import AssessedSeries, track, tracks, tracks_anywhere
from dashboard.texts import Text, texts
from dashboard.view import View
from metrics.catalogue.definitions import Framework, Goal
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU

register_page(__name__, "/", order=10)

Shown = tuple[View, Release | None, Text]


def layout(**query: str) -> html.Div:
    view = View.of(query)
    text = texts(view.lang)
    release = data.release_of(view)
    area = view.area or first_area(view)
    chosen = list(selected(view, area, release))
    shown = (view.but(area=area), release, text)
    return frame(
        "/",
        view,
        [
            html.P(text("overview.lead"), className="lead"),
            choices(view, area, release, text),
            standing(chosen, text) if release else no_release(view, text),
            *by_framework(chosen, shown),
            *context(area, shown),
            html.P(source_line(view, release, text), className="source"),
        ],
    )


def standing(chosen: Sequence[tuple[Goal, Sequence[AssessedSeries]]], text: Text) -> html.Div:
    """How many series have each status; where nothing matches the choice, that is said."""
    if not chosen:
        return html.Div(html.P(text("overview.none"), className="absent"))
    return html.Div(tally((each.status for _, own in chosen for each in own), text))


def choices(view: View, area: str, release: Release | None, text: Text) -> html.Div:
    every = {"": text("overview.all")}
    frameworks = {each.code: each.name(text.language) for each in catalogue().frameworks.values()}
    statuses = {str(each): text(f"status.{each}") for each in SHOWN}
    known = anywhere(view, text) | areas(release, text)
    return filters(
        picker("framework", text("overview.framework"), every | frameworks, view.framework),
        picker("area", text("overview.area"), known, area),
        picker("status", text("overview.status"), every | statuses, view.status),
    )


def first_area(view: View) -> str:
    """The Union; where publishers each speak of their own area, all of them."""
    return "" if data.collection_of(view).areas == "any" else EU


def anywhere(view: View, text: Text) -> dict[str, str]:
    return {"": text("overview.anywhere")} if not first_area(view) else {}


def selected(
    view: View, area: str, release: Release | None
) -> Iterator[tuple[Goal, Sequence[AssessedSeries]]]:
    for goal in catalogue().goals.values():
        if view.framework and goal.framework != view.framework:
            continue
        followed = of_area(goal, area, release)
        if not view.status or any(each.status == view.status for each in followed):
            yield goal, followed


def of_area(goal: Goal, area: str, release: Release | None) -> Sequence[AssessedSeries]:
    """Without a release there is nothing to list under a goal."""
    if release is None:
        return ()
    return tracks(goal, area, release) if area else tracks_anywhere(goal, release)


def by_framework(
    chosen: Sequence[tuple[Goal, Sequence[AssessedSeries]]], shown: Shown
) -> Iterator[html.Section]:
    order = {code: at for at, code in enumerate(catalogue().frameworks)}
    ordered = sorted(chosen, key=lambda each: (order[each[0].framework], each[0].order))
    for code, goals in groupby(ordered, key=lambda each: each[0].framework):
        framework = catalogue().frameworks[code]
        yield html.Section(
            [html.H2(framework.name(shown[2].language)), *targets(framework, list(goals), shown)],
            className="framework",
        )


def targets(
    framework: Framework, goals: Sequence[tuple[Goal, Sequence[AssessedSeries]]], shown: Shown
) -> Iterator[Any]:
    """The goals under the policy target that they serve, and those that serve none."""
    text = shown[2]
    names = {each.code: each.name(text.language) for each in framework.policy_targets}
    for code, each in groupby(goals, key=lambda goal: goal[0].policy_target or ""):
        own = list(each)
        silent = [goal for goal, followed in own if is_silent(followed, shown)]
        cards = [goal_card(*each, shown) for each in own if each[0] not in silent]
        heading = names.get(code, text("overview.commitments"))
        yield html.H3([html.Span(code, className="code"), heading] if code else heading)
        yield html.Div(cards, className="cards")
        yield from goals_without(silent, (shown[0].kept, text))


def is_silent(followed: Sequence[AssessedSeries], shown: Shown) -> bool:
    """Publishers cover some goals only: a card for each of the others would say nothing."""
    _, release, _ = shown
    is_published = release is not None and release.collection.nature == "published"
    return is_published and not any(each.newest for each in followed)


def context(area: str, shown: Shown) -> Iterator[html.Section]:
    """Charted to understand the rest by; never judged."""
    view, release, text = shown
    if view.status or view.framework:
        return
    indicators = [each for each in catalogue().indicators.values() if each.role == "context"]
    found = [of_context(each.code, area, release) for each in indicators]
    lines = [track_line(each, None, shown) for each in found if each.latest or area]
    if lines:
        yield html.Section(
            [
                html.H2(text("overview.context")),
                html.P(text("overview.context_note"), className="quiet"),
                html.Div(html.Ul(lines), className="card context-card"),
            ],
            className="framework context",
        )


def of_context(code: str, area: str, release: Release | None) -> AssessedSeries:
    """For the chosen area, or for the first that has a figure: the Union, then the others."""
    areas = release.areas_of.get(code, ()) if release else ()
    asked = [area] if area else sorted(areas, key=rank)
    every = [track(release, code, each) for each in (*asked, EU)]
    return next((each for each in every if each.latest), every[0])


def rank(area: str) -> tuple[bool, bool, str]:
    """The Union first, then the whole world, then the others."""
    return area != EU, area != "W0", area
