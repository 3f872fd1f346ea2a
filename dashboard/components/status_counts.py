"""Counts of goals and of series by status: named by unit, each member once."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from dash import html

from dashboard.components.layout import attributes
from dashboard.components.status import badge
from dashboard.contents.state_profile import FollowedGoal
from dashboard.data import Release
from dashboard.released.goal_statuses import NO_FIGURE, SCOREBOARD_MARKS, mark_of_series
from dashboard.released.series import AssessedSeries, find_headline, is_headline_anywhere
from dashboard.released.state_statuses import released_statuses
from dashboard.released.states_by_status import mark_in_goal
from dashboard.target_text import is_reading
from dashboard.texts import Text
from metrics.catalogue.definitions.goals import Goal
from metrics.core.tables import EU
from metrics.core.verdicts import Status


def goal_tally(
    goals: Iterable[FollowedGoal], text: Text, release: Release | None = None
) -> Iterator[html.Div]:
    """How many goals have each status: that of the headline series."""
    listed = list(goals)
    targeted = [(goal, followed) for goal, followed in listed if goal.headline]
    if not targeted:
        if listed:
            yield tally(text("tally.no_targets"), [], text)
        return
    headlines = [find_headline(goal, followed) for goal, followed in targeted]
    assessed = [headline for headline in headlines if headline]
    numbers = {
        "tally.goals": len(assessed),
        "tally.goals_of_few": sum(
            is_of_few_states(*listed_goal, release) for listed_goal in listed
        ),
        "tally.goals_unassessed": sum(
            find_headline(*listed_goal) is None and has_headline_figures(*listed_goal)
            for listed_goal in targeted
        ),
        "tally.goals_unreported": sum(
            find_headline(*listed_goal) is None and not has_headline_figures(*listed_goal)
            for listed_goal in targeted
        ),
        "tally.goals_untargeted": len(listed) - len(targeted),
    }
    names = {mark: text(f"status.{mark}") for mark in (Status.NOT_ASSESSED, NO_FIGURE)}
    sentences = [text.counted(key, n, **names) for key, n in numbers.items() if n]
    sentences += shared_sentence(targeted, text)
    marks = [(mark_in_goal(goal, headline, release), headline)
             for (goal, _), headline in zip(targeted, headlines, strict=True)
             if headline]  # fmt: skip
    yield tally(" ".join(sentences), marks, text)


def has_headline_figures(goal: Goal, followed: Iterable[AssessedSeries]) -> bool:
    """Whether the headline series of a goal has a value in the area, assessed or not."""
    return any(series.last_known and is_headline_anywhere(goal, series) for series in followed)


def shared_headlines(goals: Iterable[FollowedGoal], text: Text) -> tuple[int, dict[str, list[str]]]:
    """How many series are headlines, and the goals of each that serves several."""
    served: dict[str, list[str]] = {}
    for goal, followed in goals:
        headline = find_headline(goal, followed)
        if headline is not None:
            served.setdefault(headline.title(text), []).append(goal.code)
    return len(served), {name: codes for name, codes in served.items() if len(codes) > 1}


def shared_sentence(goals: Iterable[FollowedGoal], text: Text) -> Iterator[str]:
    """Which goals have one headline series between them: their statuses are one result."""
    number, shared = shared_headlines(goals, text)
    if shared:
        names = text.listed(f"{name} ({', '.join(codes)})" for name, codes in shared.items())
        yield text.counted("tally.shared", number, names=names)


def assessed_goals_sentence(goals: Iterable[FollowedGoal], area: str, text: Text) -> str:
    """How many goals have a status for an area, even if none has."""
    found = [goal_status(goal, followed) for goal, followed in goals]
    assessed = [status for status in found if status not in {"", Status.NOT_ASSESSED}]
    names = {"all": text.number(len(found), 0), "area": text.code("area", area)}
    return text.counted("tally.assessed", len(assessed), **names)


def goal_status(goal: Goal, followed: Iterable[AssessedSeries]) -> str:
    """The status of its headline series; empty where that is not assessed in the area at all."""
    headline = find_headline(goal, followed)
    return str(headline.status) if headline else ""


def is_of_few_states(
    goal: Goal, followed: Iterable[AssessedSeries], release: Release | None
) -> bool:
    """Whether the status of the Union is that of fewer than half of the States assessed."""
    headline = find_headline(goal, followed)
    statuses = released_statuses(goal, headline, release) if headline else None
    return statuses is not None and statuses.is_of_few


def series_tally(
    goals: Iterable[FollowedGoal], text: Text, named_area: str = EU
) -> Iterator[html.Div]:
    """How many series have each status; one that serves two goals with the same result counts once.

    Series without a target are context; they are not counted. Areas are named unless all series
    are of the `named_area`, which a sentence names already.
    """
    distinct = {
        (series.name, series.area, str(series.status)): series
        for _, followed in goals
        for series in followed
        if series.official
    }
    if distinct:
        assessed = list(distinct.values())
        counted = text.counted("tally.series", len(assessed))
        areas = {series.area for series in assessed}
        of_areas = areas_sentence(areas, text) if areas != {named_area} else ""
        marks = [(mark_of_series(series), series) for series in assessed]
        yield tally(" ".join(filter(None, [counted, of_areas])), marks, text)


def reading_note(number: int, text: Text) -> Iterator[html.Span]:
    """How many of a status rest on the catalogue's reading; nothing where none does."""
    if number:
        yield html.Span(text.counted("tally.readings", number), className="note")


def areas_sentence(areas: Collection[str], text: Text) -> str:
    """Of which areas the series are that are counted."""
    names = ", ".join(text.code("area", area) for area in sorted(areas))
    return text.counted("tally.areas", len(areas), areas=names)


def is_by_reading(series: AssessedSeries) -> bool:
    """Whether the status rests on a target which no document sets."""
    official = series.official
    return (
        official is not None and series.status != Status.NOT_ASSESSED and is_reading(official.asked)
    )


def tally(sentence: str, marked: Sequence[tuple[str, AssessedSeries]], text: Text) -> html.Div:
    """What is counted, and how many have each mark, in the order of the scoreboard.

    Each number says how many rest on the catalogue's reading.
    """
    counts = Counter(mark for mark, _ in marked)
    readings = Counter(mark for mark, series in marked if is_by_reading(series))
    items = [
        html.Li(
            [
                html.Strong(text.number(counts[mark], 0)),
                badge(mark, text),
                *reading_note(readings[mark], text),
            ]
        )
        for mark in SCOREBOARD_MARKS
        if counts[mark]
    ]
    listed = html.Ul(items, className="tally", **attributes(aria_label=sentence)) if items else None
    return html.Div([html.P(sentence, className="quiet"), listed], className="tally-block")
