"""The goals of one Member State beside the Union: a row for each, and every series below."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.charts.marks import dated_status, is_total, reservation, why_absent
from dashboard.charts.sparkline import trend_in_row
from dashboard.components.cards import no_figure, not_assessed_note
from dashboard.components.overrides import (
    age_note,
    asked_of,
    baseline_note,
    computed_note,
    method_note,
    status_period,
)
from dashboard.components.scoreboard_table import (
    MarkCell,
    address_of_figure,
    goal_name_values,
    mark_cell,
)
from dashboard.components.status import in_sentences
from dashboard.components.tallies import followed_goal
from dashboard.context import PageContext
from dashboard.first_year import change_since_first_year, first_figure
from dashboard.keyed_rows import Record
from dashboard.narrative import latest_value
from dashboard.release_changes import ReleaseChanges
from dashboard.scoreboard import (
    NO_FIGURE,
    Scoreboard,
    ScoreboardRow,
    read_scoreboard,
    rows_by_framework,
)
from dashboard.series import AssessedSeries
from dashboard.state_statuses import status_counts
from dashboard.states_by_status import mark_of_series
from dashboard.status_reasons import decisive_reason
from dashboard.texts import PER_CENT, Text
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import Kind
from metrics.catalogue.materiality import materiality
from metrics.core.tables import AREAS_REACHED, EU, STEP


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
    """All goals of the collection: this page has no filter of goals."""
    whole = context.with_changes(framework="", status="")
    own, union = (
        read_scoreboard(whole.with_changes(area=area)) for area in (context.view.area, EU)
    )
    goals = (
        GoalBesideUnion(row, beside, followed_goal(row.goal, own.area, context)[1])
        for row, beside in zip(own.rows, union.rows, strict=True)
    )
    return StateProfile(own, tuple(goals))


def framework_groups(
    profile: StateProfile, changes: ReleaseChanges, context: PageContext
) -> Iterator[dict[str, Any]]:
    """The goals of each framework; of published figures, those that nobody published in a line."""
    usual = usual_years(profile, context)
    rows = {entry.own.goal.code: entry for entry in profile.goals}
    for framework, own in rows_by_framework(profile.board.rows, context.definitions.frameworks):
        entries = [rows[row.goal.code] for row in own]
        silent = [entry for entry in entries if context.is_published and is_silent(entry)]
        yield {
            "name": framework.name(context.language),
            "counts": context.text.counted("scoreboard.goals", len(own)),
            "rows": [goal_values(entry, usual, changes, context)
                     for entry in entries if entry not in silent],
            "silent": [goal_name_values(entry.own, context) for entry in silent],
            "silent_count": silent_count(silent, entries, context.text),
        }  # fmt: skip


def is_silent(entry: GoalBesideUnion) -> bool:
    """Whether nobody has published a figure of any series of the goal in the State."""
    return entry.own.own.mark == NO_FIGURE and not any(series.last_row for series in entry.followed)


def silent_count(silent: Sequence[Any], entries: Sequence[Any], text: Text) -> str:
    numbers = {"n": text.number(len(silent), 0), "all": text.number(len(entries), 0)}
    return text("state.without_figure", **numbers)


@dataclass(frozen=True)
class UsualYears:
    """The years of most rows, which head the columns; other years stand beside their figures."""

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


def goal_values(
    entry: GoalBesideUnion, usual: UsualYears, changes: ReleaseChanges, context: PageContext
) -> dict[str, Any]:
    """What the template prints of one goal."""
    text, series = context.text, entry.figure
    is_other = entry.own.is_of_other_series
    return {
        **goal_name_values(entry.own, context),
        "own": own_mark(entry, changes, context),
        **figure_values_of_state(series, usual, text),
        "figure": address_of_figure(entry.goal, series, context),
        "other_series": series.title(text) if series and is_other else "",
        "since": since_first_year(series, usual, context),
        "union": mark_cell(entry.union.own, entry.union, changes, context),
        "union_latest": union_figure(series, entry.figure_of_union, usual, text),
        "others": text.number(entry.others, 0) if entry.others else "",
        "others_in_words": text.counted("state.others", entry.others),
    }


def own_mark(entry: GoalBesideUnion, changes: ReleaseChanges, context: PageContext) -> MarkCell:
    """The status in the State; a star and its words say that a reviewer has set it."""
    cell, series = mark_cell(entry.own.own, entry.own, changes, context), entry.figure
    is_other = entry.own.is_of_other_series
    note = computed_note(series, context.text) if series and not is_other else ""
    if not note:
        return cell
    return replace(cell, word=f"{cell.word}*", words=in_sentences([cell.words, note]))


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
    """The released change on the first year; the first figure itself where no change is clear."""
    if series is None:
        return ""
    text, change = context.text, change_since_first_year(series, context.release)
    if change is None or not is_change_printed(series, change):
        first = first_figure(series)
        return (
            f"{text.period(first['period'])}: {bare_figure(series, first, text)}" if first else "–"
        )
    base = {"period": str(change["base_period"])}
    return change_in_words(series, change, text) + other_year(base, usual.base, text)


def is_change_printed(series: AssessedSeries, change: Record) -> bool:
    """Whether a change has a sign to be printed: not below a threshold, nor on a small base."""
    if series.official is not None and series.official.is_change_unclear:
        return False
    base = next((row for row in series.rows if row["period"] == change["base_period"]), None)
    is_count = series.indicator.kind in {Kind.FLOW, Kind.STOCK} and series.unit != PER_CENT
    return base is None or not is_count or base["value"] >= materiality().smallest_base


def change_in_words(series: AssessedSeries, change: Record, text: Text) -> str:
    """`+97 %`; of a share in percentage points."""
    number = text.signed(change["change"])
    key = "state.points" if series.unit == PER_CENT else "state.percent"
    return text.limited(text(key, n=number), change["limit"])


def bare_figure(series: AssessedSeries, row: Record, text: Text) -> str:
    """A figure without its unit, which stands beside the latest one."""
    if series.component == STEP or series.unit == PER_CENT:
        return series.format_figure(row, text)
    return text.limited(text.number(row["value"]), row.get("limit"))


def series_groups(profile: StateProfile, context: PageContext) -> Iterator[dict[str, Any]]:
    """Every series that has a row, under its goal."""
    for entry in profile.goals:
        if any(series.last_row for series in entry.followed):
            yield {
                **goal_name_values(entry.own, context),
                "rows": [series_values(entry.goal, own, context) for own in entry.followed],
            }


def series_values(goal: Goal, series: AssessedSeries, context: PageContext) -> dict[str, Any]:
    """What the template prints of one series of a goal."""
    text, caveat = context.text, series.indicator.caveat
    row = series.last_known
    lasting = context.view.lasting_choices
    return {
        "title": series.title(text),
        "href": lasting.link("/goal", goal=goal.code, indicator=series.name),
        "caveat": caveat(text.language) if caveat else "",
        "latest": latest_value(series, text) if row else no_figure(series, text),
        "is_absent": row is None,
        "period": text.period(row["period"]) if row else "",
        "reservation": reservation(row, text) if row else "",
        "trend": trend_in_row(series),
        **status_values(goal, series, text),
        "reason": decisive_reason(series.official, text),
    }


def status_values(goal: Goal, series: AssessedSeries, text: Text) -> dict[str, Any]:
    """The official status with period and step, and the notes on it; or why there is none."""
    if series.official is None:
        return {"status": "", "word": not_assessed_note(series, goal, text), "notes": []}
    word = dated_status(series.status, status_period(series), text, asked_of(series, text))
    notes = (
        method_note(series, text),
        age_note(series.official, text),
        baseline_note(series, text),
        computed_note(series, text),
    )
    return {"status": str(series.status), "word": word, "notes": [*filter(None, notes)]}


def series_sentence(goals: Iterable[GoalBesideUnion], text: Text) -> str:
    """How many series are assessed and with which mark; one that serves two goals counts once."""
    assessed = {
        (series.name, mark_of_series(series)): mark_of_series(series)
        for entry in goals
        for series in entry.followed
        if series.official
    }
    counts = status_counts(Counter(assessed.values()), text)
    return f"{text.counted('tally.series', len(assessed))} {counts}" if assessed else ""


def count_series(goals: Iterable[GoalBesideUnion]) -> int:
    return sum(len(entry.followed) for entry in goals)
