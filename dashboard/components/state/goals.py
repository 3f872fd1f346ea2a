"""The goals of one Member State beside the Union: a row for each, and every series below."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from dashboard.charts.marks import dated_status, reservation
from dashboard.charts.sparkline import trend_in_row
from dashboard.components.cards import no_figure, not_assessed_note
from dashboard.components.overrides import (
    asked_of,
    baseline_note,
    computed_note,
    method_note,
)
from dashboard.components.scoreboard_table import (
    MarkCell,
    address_of_figure,
    goal_name_values,
    link_base,
    mark_cell,
)
from dashboard.components.status import in_sentences
from dashboard.contents.state_profile import (
    GoalBesideUnion,
    StateProfile,
    UsualYears,
    figure_values_of_state,
    since_first_year,
    union_figure,
    usual_years,
)
from dashboard.context import PageContext
from dashboard.released.goal_statuses import NO_FIGURE, mark_of_series, status_of_series
from dashboard.released.release_changes import ReleaseChanges
from dashboard.released.scoreboard import rows_by_framework
from dashboard.released.series import AssessedSeries
from dashboard.released.state_statuses import status_counts
from dashboard.texts import Text
from dashboard.wording.narrative import latest_value
from dashboard.wording.scoreboard_words import other_series_in_words
from dashboard.wording.status_ages import age_note
from dashboard.wording.status_reasons import decisive_reason, doubts_of_verdict
from metrics.catalogue.definitions.goals import Goal


def framework_groups(
    profile: StateProfile, changes: ReleaseChanges, context: PageContext
) -> Iterator[dict[str, Any]]:
    """The goals of each framework; of published figures, those that nobody published in a line."""
    usual = usual_years(profile, context)
    rows = {entry.own.goal.code: entry for entry in profile.goals}
    for framework, own in rows_by_framework(profile.board.rows, context.definitions.frameworks):
        entries = [rows[row.goal.code] for row in own]
        without_figures = [
            entry for entry in entries if context.is_published and is_without_figures(entry)
        ]
        yield {
            "name": framework.name(context.language),
            "counts": context.text.counted("scoreboard.goals", len(own)),
            "rows": [goal_values(entry, usual, changes, context)
                     for entry in entries if entry not in without_figures],
            "without_figures": [goal_name_values(entry.own, context) for entry in without_figures],
            "count_without_figures": count_without_figures(without_figures, entries, context.text),
        }  # fmt: skip


def is_without_figures(entry: GoalBesideUnion) -> bool:
    """Whether nobody has published a figure of any series of the goal in the State."""
    return entry.own.own.mark == NO_FIGURE and not any(series.last_row for series in entry.followed)


def count_without_figures(
    without_figures: Sequence[Any], entries: Sequence[Any], text: Text
) -> str:
    numbers = {"n": text.number(len(without_figures), 0), "all": text.number(len(entries), 0)}
    return text("state.without_figure", **numbers)


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
        "other_series": other_series_in_words(series, text) if series and is_other else "",
        "since": since_first_year(series, usual, context),
        "union": mark_cell(entry.union.own, entry.union, changes, context),
        "union_latest": union_figure(series, entry.figure_of_union, usual, text),
        "others": text.number(entry.others, 0) if entry.others else "",
        "others_in_words": text.counted("state.others", entry.others),
    }


def own_mark(entry: GoalBesideUnion, changes: ReleaseChanges, context: PageContext) -> MarkCell:
    """The status in the State; a star and its words say that a reviewer has set it.

    `°` and its words say what must be known beside it, as they do of a figure.
    """
    cell, series = mark_cell(entry.own.own, entry.own, changes, context), entry.figure
    if series is None or entry.own.is_of_other_series:
        return cell
    note, doubts = (
        computed_note(series, context.text),
        doubts_of_verdict(series.official, context.text),
    )
    mark = ("*" if note else "") + (" °" if doubts else "")
    return replace(cell, word=cell.word + mark, words=in_sentences([cell.words, note, *doubts]))


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
    base = link_base(series, context)
    return {
        "title": series.title(text),
        "href": base.link("/goal", goal=goal.code, indicator=series.name, area=series.area),
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
    own = status_of_series(series)
    word = dated_status(own.mark, own.period, text, asked_of(series, text), own.last)
    notes = (
        method_note(series, text),
        age_note(series.official, text),
        baseline_note(series, text),
        computed_note(series, text),
        *doubts_of_verdict(series.official, text),
    )
    return {"status": own.mark, "word": word, "notes": [*filter(None, notes)]}


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
    """How many series there are; one that serves two goals counts once."""
    return len({series.name for entry in goals for series in entry.followed})
