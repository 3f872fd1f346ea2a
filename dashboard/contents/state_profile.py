"""One Member State beside the Union: its goals and figures in words, for pages and slides."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.marks import is_total, reservation, why_absent
from dashboard.charts.sparkline import trend_in_row
from dashboard.contents.action_views import progress_name
from dashboard.contents.reporting_in_words import closed_reports, on_time_in_words
from dashboard.context import PageContext
from dashboard.data import records
from dashboard.released.change_since_start import (
    change_since_first_year,
    first_figure,
    why_not_compared_with,
)
from dashboard.released.printed_changes import points_in_words
from dashboard.released.released_parts import areas_of_series
from dashboard.released.reporting import reporting_record
from dashboard.released.scoreboard import (
    Scoreboard,
    ScoreboardRow,
    read_scoreboard,
)
from dashboard.released.series import AssessedSeries, series_of_goal
from dashboard.released.unclear_changes import why_unclear
from dashboard.rows_by_key import Record
from dashboard.texts import Text
from dashboard.wording.narrative import latest_value
from metrics.catalogue.codelists.units import PER_CENT
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import Kind
from metrics.catalogue.materiality import materiality
from metrics.core.tables import AREAS_REACHED, EU, STEP

FollowedGoal = tuple[Goal, Sequence[AssessedSeries]]


def expected_series(goal: Goal, area: str, context: PageContext) -> list[AssessedSeries]:
    """The series of a goal in an area that the collection asks for, or has."""
    followed = series_of_goal(goal, area, context.release)
    return [series for series in followed if is_expected(series, context)]


def is_expected(series: AssessedSeries, context: PageContext) -> bool:
    """Whether a State owes the series: it has a row, or others have values that were asked for."""
    if series.last_row is not None:
        return True
    return not context.is_published and bool(areas_of_series(series, context.release))


@dataclass(frozen=True)
class GoalBesideUnion:
    """One goal in a State and in the Union, with every series that follows it up in the State."""

    own: ScoreboardRow
    union: ScoreboardRow
    followed: Sequence[AssessedSeries]

    @property
    def goal(self) -> Goal:
        return self.own.goal

    @property
    def figure(self) -> AssessedSeries | None:
        """The headline series or, where it has no figure in the State, the first that has one."""
        return self.own.series

    @property
    def figure_of_union(self) -> AssessedSeries | None:
        """The series of the Union's figure; none that differs from the State's without a name."""
        is_unnamed = self.union.is_of_other_series
        is_same = is_same_series(self.figure, self.union.series)
        return None if is_unnamed and not is_same else self.union.series

    @property
    def others(self) -> int:
        """How many series the row of the goal does not show."""
        return len(self.followed) - any(is_same_series(self.figure, own) for own in self.followed)


def is_same_series(one: AssessedSeries | None, other: AssessedSeries | None) -> bool:
    """By name: a series that is read again is another object."""
    return one is not None and other is not None and one.name == other.name


@dataclass(frozen=True)
class StateProfile:
    """The goals of a State as the scoreboard counts them, each beside the Union."""

    board: Scoreboard
    goals: tuple[GoalBesideUnion, ...]


def read_profile(context: PageContext) -> StateProfile:
    """All goals of the collection as of the chosen period: this page has no filter of goals."""
    whole = context.with_changes(framework="", status="")
    own, union = (
        read_scoreboard(whole.with_changes(area=area)) for area in (context.view.area, EU)
    )
    goals = (
        GoalBesideUnion(row, beside, followed_as_of_period(row.goal, own.area, context))
        for row, beside in zip(own.rows, union.rows, strict=True)
    )
    return StateProfile(own, tuple(goals))


def followed_as_of_period(goal: Goal, area: str, context: PageContext) -> list[AssessedSeries]:
    followed = expected_series(goal, area, context)
    return [series.as_of(context.view.period) for series in followed]


@dataclass(frozen=True)
class UsualYears:
    """The years of most rows, which head the columns; other years are beside their figures."""

    latest: str = ""
    base: str = ""  # the first year, with which the latest is compared
    union: str = ""  # of the latest figures of the Union


def usual_years(profile: StateProfile, context: PageContext) -> UsualYears:
    series = [entry.figure for entry in profile.goals if entry.figure]
    union = [entry.figure_of_union for entry in profile.goals if entry.figure_of_union]
    latest, of_union = (
        Counter(str(one.last_known["period"]) for one in found if one.last_known)
        for found in (series, union)
    )
    changes = (change_since_first_year(own, context.release) for own in series)
    bases = Counter(str(change["base_period"]) for change in changes if change)
    return UsualYears(*map(most_frequent, (latest, bases, of_union)))


def most_frequent(counts: Mapping[str, int]) -> str:
    return max(counts, key=counts.__getitem__, default="")


def figure_values_of_state(
    series: AssessedSeries | None, usual: UsualYears, text: Text
) -> dict[str, Any]:
    """The latest figure with its trend and reservation, or why there is none."""
    row = series.last_known if series else None
    if series is None or row is None:
        last = series.last_row if series else None
        why = why_absent(last, text) if last else text("absent.not_reported")
        return {"latest": why, "is_absent": True, "trend": "", "flag": ""}
    return {
        "latest": latest_value(series, text) + other_year(row, usual.latest, text),
        "is_absent": False,
        "trend": trend_in_row(series),
        "flag": reservation(row, text),
    }


def other_year(row: Record, usual: str, text: Text) -> str:
    """` (2024)` for a figure of another period than most."""
    return "" if row["period"] == usual else f" ({text.period(row['period'])})"


def union_figure(
    own: AssessedSeries | None, union: AssessedSeries | None, usual: UsualYears, text: Text
) -> str:
    """The latest figure of the Union, in the unit of the State's; of a step `21 of 27` States."""
    row = union.last_known if union else None
    if union is None or row is None:
        return "–"
    if union.component == AREAS_REACHED and is_total(row):
        numbers = {"n": text.number(row["value"], 0), "all": text.number(row["areas_expected"], 0)}
        value = text("state.of_states", **numbers)
    elif own is not None and own.last_known and is_unit_known(own, union):
        value = bare_figure(union, row, text)
    else:
        value = latest_value(union, text)
    return value + other_year(row, usual.union, text)


def is_unit_known(own: AssessedSeries, union: AssessedSeries) -> bool:
    """Whether the figure of the State has the unit already; a percentage keeps its sign."""
    return own.name == union.name and union.unit != PER_CENT


def since_first_year(series: AssessedSeries | None, usual: UsualYears, context: PageContext) -> str:
    """The released change on the first year; its figure where no change is clear.

    Where the first figure cannot be compared with the latest one, the reason alone.
    """
    if series is None:
        return ""
    text, change = context.text, change_since_first_year(series, context.release)
    if change is None:
        return first_figure_or_reason(series, context)
    base = series.row_in(change["base_period"])
    if base is not None and not is_change_printed(series, change):
        return figure_in_place_of_change(series, base, change, text)
    since = {"period": str(change["base_period"])}
    return change_in_words(series, change, text) + other_year(since, usual.base, text)


def first_figure_or_reason(series: AssessedSeries, context: PageContext) -> str:
    """`2020: 17`; `break in the series` where it cannot be compared with the latest figure."""
    first = first_figure(series)
    if first is None:
        return "–"
    why = why_not_compared_with(series, first, context.release)
    return context.text(why) if why else dated_figure(series, first, context.text)


def dated_figure(series: AssessedSeries, row: Record, text: Text) -> str:
    return f"{text.period(row['period'])}: {bare_figure(series, row, text)}"


def figure_in_place_of_change(
    series: AssessedSeries, first: Record, change: Record, text: Text
) -> str:
    """`2020: 17 (no clear change)`; the figure alone where the status beside it says as much."""
    figure, why = dated_figure(series, first, text), why_unclear(change)
    if is_unclear_by_status(series) or not why:
        return figure
    return text("state.unclear_since", figure=figure, why=text(why))


def is_unclear_by_status(series: AssessedSeries) -> bool:
    return series.official is not None and series.official.is_change_unclear


def is_change_printed(series: AssessedSeries, change: Record) -> bool:
    """Whether a change has a sign to be printed: not below a threshold, nor on a small base.

    A release that does not weigh its changes weighs those of verdicts alone.
    """
    if change.get("materiality"):
        return not why_unclear(change)
    if is_unclear_by_status(series):
        return False
    base = series.row_in(change["base_period"])
    is_count = series.indicator.kind in {Kind.FLOW, Kind.STOCK} and series.unit != PER_CENT
    return base is None or not is_count or base["value"] >= materiality().smallest_base


def change_in_words(series: AssessedSeries, change: Record, text: Text) -> str:
    """`+97 %`; of a share in percentage points."""
    if series.unit == PER_CENT:
        return text.limited(points_in_words(series, change, text), change["limit"])
    return text.limited(text("state.percent", n=text.signed(change["change"])), change["limit"])


def bare_figure(series: AssessedSeries, row: Record, text: Text) -> str:
    """A figure without its unit, which is printed with the latest one."""
    if series.component == STEP or series.unit == PER_CENT:
        return series.format_figure(row, text)
    return text.limited(series.format_number(row["value"], text), row.get("limit"))


def reporting_words(context: PageContext) -> list[str]:
    reports = reporting_record(context.release).of_area(context.view.area)
    is_answered = bool(closed_reports(reports)) and not context.is_published
    return [on_time_in_words(reports, context)] if is_answered else []


def declared_in_words(context: PageContext) -> list[str]:
    """`8 actions: 3 done; 2 under way`."""
    text, release = context.text, context.release
    if release is None:
        return []
    own = [row for row in records(release.tables["actions"]) if row["area"] == context.view.area]
    if not own:
        return []
    counts = Counter(progress_name(str(row["progress"]), text) for row in own if row["progress"])
    listed = text.listed(f"{name} {text.number(number, 0)}" for name, number in counts.items())
    total = text.counted("state.actions_count", len(own))
    return [f"{text('state.actions')}: {total}", listed] if listed else [total]
