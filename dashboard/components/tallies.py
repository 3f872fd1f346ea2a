"""Counts of goals and of series by status: named by unit, each member once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from dash import html

from dashboard.action_views import is_headline
from dashboard.assessments import SHOWN_STATUSES
from dashboard.components.layout import attributes
from dashboard.components.status import badge
from dashboard.series import AssessedSeries
from dashboard.texts import Text
from metrics.catalogue.definitions import Goal
from metrics.core.verdicts import Status

FollowedGoal = tuple[Goal, Sequence[AssessedSeries]]


def goal_tally(goals: Iterable[FollowedGoal], text: Text) -> Iterator[html.Div]:
    """How many goals have each status: that of the headline series."""
    statuses = [goal_status(goal, followed) for goal, followed in goals]
    judged = [status for status in statuses if status]
    without = len(statuses) - len(judged)
    if without and not judged:
        yield tally(text("tally.no_targets"), [], text)
        return
    sentence = text.counted("tally.goals", len(judged))
    rest = text.counted("tally.goals_without", without) if without else ""
    if judged or without:
        yield tally(" ".join(filter(None, [sentence, rest])), judged, text)


def goal_status(goal: Goal, followed: Iterable[AssessedSeries]) -> str:
    """The status of its headline series; empty for a goal without targets."""
    if goal.headline is None:
        return ""
    headline = next((series for series in followed if is_headline(goal, series)), None)
    return str(headline.status) if headline else Status.NOT_ASSESSED


def series_tally(goals: Iterable[FollowedGoal], text: Text) -> Iterator[html.Div]:
    """How many series have each status; one that serves two goals with the same result counts once.

    Series without a target are context; they are not counted.
    """
    distinct = {
        (series.name, series.area, str(series.status))
        for _, followed in goals
        for series in followed
        if series.official
    }
    if distinct:
        statuses = [status for *_, status in distinct]
        yield tally(text.counted("tally.series", len(distinct)), statuses, text)


def tally(sentence: str, statuses: Iterable[str], text: Text) -> html.Div:
    """What is counted, and how many have each status, in the fixed order of the statuses."""
    counts = Counter(statuses)
    items = [
        html.Li([html.Strong(text.number(counts[status], 0)), badge(status, text)])
        for status in SHOWN_STATUSES
        if counts[status]
    ]
    listed = html.Ul(items, className="tally", **attributes(aria_label=sentence)) if items else None
    return html.Div([html.P(sentence, className="quiet"), listed], className="tally-block")
