"""The scoreboard as a table: a row for each goal, a column for each Member State."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.charts.marks import dated_status, is_total, reservation
from dashboard.charts.sparkline import trend_in_row
from dashboard.components.definition_links import about_address
from dashboard.components.html_block import html_block
from dashboard.components.status import in_sentences
from dashboard.context import PageContext
from dashboard.released.goal_statuses import SCOREBOARD_MARKS, GoalStatus
from dashboard.released.printed_gaps import PrintedGap
from dashboard.released.release_changes import ReleaseChanges
from dashboard.released.released_parts import last_year_by
from dashboard.released.reporting import LatestRound
from dashboard.released.scoreboard import Scoreboard, ScoreboardRow, rows_by_framework
from dashboard.released.series import AssessedSeries
from dashboard.target_text import READING_MARK, asked_by_reading, rests_on_reading
from dashboard.texts import Text, texts
from dashboard.view import View
from dashboard.wording.scoreboard_words import (
    area_in_words,
    gap_of_row,
    latest_with_area,
    name_gap,
    other_base,
    other_series_in_words,
    parts_beside_figure,
    usual_base,
    usual_base_in_words,
    why_goal_not_assessed,
)
from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.loader import catalogue
from metrics.messages.language_marks import cache_texts

BASE_MARK = "‡"  # behind a change since another period than most
HEADINGS = ("goal", "status", "latest", "period", "trend", "gap_or_change", "reporting")


@dataclass(frozen=True)
class MarkCell:
    """A mark with its words; without a mark, the cell is left empty by the filter."""

    mark: str
    word: str
    words: str
    href: str = ""
    is_changed: bool = False


EMPTY_CELL = MarkCell("", "", "")  # of a State without the chosen mark


def scoreboard_table(
    board: Scoreboard,
    rows: Iterable[ScoreboardRow],
    answers: LatestRound,
    changes: ReleaseChanges,
    context: PageContext,
) -> html.Div:
    """These rows of the scoreboard; in each, only the States that have the chosen mark, if any is.

    Where no row has a gap or a total of States, the table has no columns for them.
    """
    text = context.text
    heads = {name: text(f"scoreboard.{name}") for name in HEADINGS}
    base = usual_base(board.rows)
    groups = [
        {
            "name": framework.name(context.language),
            "href": context.view.link("/", framework=framework.code, status=""),
            **counts_of_group(framework.code, own, context),
            "rows": [row_values(row, base, changes, context) for row in own],
        }
        for framework, own in rows_by_framework(rows, context.definitions.frameworks)
    ]
    is_compared = any(
        row.get("gap") or row["reporting"] for group in groups for row in group["rows"]
    )
    caption = text("scoreboard.caption", area=area_in_words(board, text))
    states = [state_heading(state, answers, context) for state in member_states()]
    return html_block(
        "scoreboard.html",
        caption=caption,
        heads=heads,
        states=states,
        groups=groups,
        is_compared=is_compared,
        about=about_address(context),
        base_mark=BASE_MARK,
    )


def state_heading(state: str, answers: LatestRound, context: PageContext) -> Mapping[str, str]:
    """The code of a State, marked where its latest report is missing, withdrawn or late."""
    text, kind = context.text, answers.answer_of(state)
    name = text.code("area", state)
    title = f"{name}: {text(f'reporting.{kind}')}" if kind else name
    href = context.view.lasting_choices.link("/state", area=state, period=context.view.period)
    return {"code": state, "href": href, "title": title, "kind": kind}


def counts_of_group(
    framework: str, rows: Iterable[ScoreboardRow], context: PageContext
) -> dict[str, Any]:
    """`19 goals: On track 4; Behind 2`, `7 operational goals, 1 policy target: Behind 2`.

    Each count leads to the goals of the framework that it counts.
    """
    text, listed = context.text, list(rows)
    counts = Counter(row.own.mark for row in listed)
    targets = sum(row.goal.code == row.goal.policy_target for row in listed)
    number = text.counted("scoreboard.goals", counts.total())
    if targets:
        goals = text.counted("scoreboard.operational_goals", counts.total() - targets)
        number = f"{goals}, {text.counted('scoreboard.policy_targets', targets)}"
    links = [
        {
            "words": f"{text(f'status.{mark}')} {text.number(counts[mark], 0)}",
            "href": context.view.link("/", framework=framework, status=mark),
        }
        for mark in SCOREBOARD_MARKS
        if counts.get(mark)
    ]
    return {"number": number, "links": links, "apart": text("list.apart")}


def mark_counts(counts: Mapping[str, int], text: Text) -> list[Mapping[str, str]]:
    """How many States have each mark, for a screen without room for 27 columns."""
    return [
        {"mark": mark, "word": text(f"status.{mark}"), "number": text.number(counts[mark], 0)}
        for mark in SCOREBOARD_MARKS
        if counts.get(mark)
    ]


def row_values(
    row: ScoreboardRow, base: str, changes: ReleaseChanges, context: PageContext
) -> dict[str, Any]:
    """What the template prints of one goal; most changes are since the base."""
    text, chosen = context.text, context.view.status
    states = [state for state in row.states if chosen in {"", state.mark}]
    in_states = {state.area for state in states}
    cells = [
        cell if area in in_states else EMPTY_CELL
        for area, cell in zip(member_states(), state_cells(row, changes, context), strict=True)
    ]
    return {
        **goal_name_values(row, context),
        "own": mark_cell(row.own, row, changes, context),
        "cells": cells,
        "counts": mark_counts(Counter(state.mark for state in states), text),
        **figure_values(row, text, is_area_named=not context.view.area),
        "base": other_base(row, base, text),
        "figure": address_of_figure(row.goal, row.series, context),
    }


def address_of_figure(goal: Goal, series: AssessedSeries | None, context: PageContext) -> str:
    """Where the latest figure of a series comes from; empty without one."""
    latest = series.last_known if series else None
    if series is None or latest is None:
        return ""
    figure = series.figure_name(latest)
    return context.view.lasting_choices.link(
        "/goal", goal=goal.code, area=series.area, indicator=series.name, figure=figure
    )


def goal_name_values(row: ScoreboardRow, context: PageContext) -> dict[str, str]:
    """The code and the name of a goal, which lead to the goal in the area of the page.

    A goal whose level or step no document sets has a mark that leads to its wording.
    """
    name, view = row.goal.short_name(context.language), link_base(row.series, context)
    choice = {"goal": row.goal.code, "area": row.own.area}
    reading = context.text("scoreboard.reading") if rests_on_reading(row.goal) else ""
    return {
        "code": row.goal.code,
        "name": row.goal.name(context.language),
        "short_name": name,
        "language": name.language if name.language != context.language else "",
        "href": view.link("/goal", **choice),
        "reading": reading,
        "reading_href": view.link("/goal", **choice, view="wording"),
    }


def key_of_reading(rows: Iterable[ScoreboardRow], text: Text) -> list[str]:
    """What the mark beside a goal says, and which goals have it, if any row has it."""
    marked = [row.goal.code for row in rows if rests_on_reading(row.goal)]
    return [f" {READING_MARK} {', '.join(marked)}: {text('scoreboard.reading')} "] if marked else []


def key_of_bases(rows: Sequence[ScoreboardRow], text: Text) -> list[str]:
    """Since when the changes are, and which have another start: `‡ CC2019-11 (since 2022)`."""
    usual = usual_base(rows)
    others = [f"{row.goal.code} {since}" for row in rows if (since := other_base(row, usual, text))]
    marked = f"{BASE_MARK} {text.listed(others)}. " if others else ""
    return [f" {usual_base_in_words(rows, text)} {marked}"] if usual else []


def key_of_qualified(rows: Iterable[ScoreboardRow], text: Text) -> list[str]:
    """What the sign behind a figure says, if any row has it."""
    latest = (row.series.last_known for row in rows if row.series)
    is_marked = any(reservation(figure, text) for figure in latest if figure)
    return [f" {text('scoreboard.qualified')} "] if is_marked else []


def key_of_relative_gaps(rows: Iterable[ScoreboardRow], text: Text) -> list[str]:
    """What a gap in per cent is of, if any row has one."""
    has_relative = any(gap.relative(text) for row in rows if (gap := gap_of_row(row)))
    return [f" {text('scoreboard.relative')} "] if has_relative else []


def mark_cell(
    status: GoalStatus, row: ScoreboardRow, changes: ReleaseChanges, context: PageContext
) -> MarkCell:
    """`Behind`; its words name goal, area, the period that is assessed, and the status before."""
    in_cell = status_in_cell(row, status, changes, context.text)
    base = link_base(row.series, context)
    (cell,) = mark_cells(row.goal.code, (in_cell,), context.language, base)
    return cell


@dataclass(frozen=True)
class StatusInCell:
    """The status of a goal in one area, the one of the release before, and why it has none."""

    status: GoalStatus
    before: str | None
    why_none: str


def status_in_cell(
    row: ScoreboardRow, status: GoalStatus, changes: ReleaseChanges, text: Text
) -> StatusInCell:
    before = changes.statuses.get((row.goal.code, status.area))
    return StatusInCell(status, before, why_goal_not_assessed(row.goal, status, text))


def link_base(series: AssessedSeries | None, context: PageContext) -> View:
    """What the links of cells keep of the address; each names its own area.

    As of a period, they lead to the last year by then in which any area has the series.
    """
    release, chosen = context.release, context.view.period
    period = ""
    if chosen and series is not None and release is not None:
        period = last_year_by(series, chosen, release)
    return context.view.lasting_choices.with_changes(area="", period=period)


def state_cells(
    row: ScoreboardRow, changes: ReleaseChanges, context: PageContext
) -> tuple[MarkCell, ...]:
    """A cell for each State, which the pages of all areas share."""
    base = link_base(row.series, context)
    in_cells = tuple(status_in_cell(row, state, changes, context.text) for state in row.states)
    return mark_cells(row.goal.code, in_cells, context.language, base)


@cache_texts(maxsize=1024)
def mark_cells(
    goal: str, in_cells: tuple[StatusInCell, ...], language: str, base: View
) -> tuple[MarkCell, ...]:
    text = texts(language)
    return tuple(write_cell(goal, in_cell, base, text) for in_cell in in_cells)


def write_cell(goal: str, in_cell: StatusInCell, base: View, text: Text) -> MarkCell:
    status, before = in_cell.status, in_cell.before
    word = text(f"status.{status.mark}")
    asked = asked_by_reading(catalogue().goals[goal], text) if status.period else ""
    named = dated_status(status.mark, status.period, text, asked, status.last)
    changed = text("scoreboard.before", status=text(f"status.{before}")) if before else ""
    area = text.code("area", status.area)
    words = in_sentences([f"{goal}, {area}: {text.listed([named, changed])}", in_cell.why_none])
    href = base.link("/goal", goal=goal, area=status.area)
    return MarkCell(status.mark, word, words, href, is_changed=before is not None)


def figure_values(row: ScoreboardRow, text: Text, *, is_area_named: bool) -> dict[str, Any]:
    """The latest figure, its trend, its gap and how many States it has.

    The figure of another series than the headline has its name and no gap: the status is not its
    own.
    """
    series, is_other = row.series, row.is_of_other_series
    latest = series.last_known if series else None
    if series is None or latest is None:
        return {"latest": "", "qualified": "", "other_series": "", "other_parts": (),
                "period": "", "trend": "", "gap": "", "reporting": ""}  # fmt: skip
    return {
        "latest": latest_with_area(series, text, is_area_named=is_area_named),
        "qualified": reservation(latest, text),
        "other_series": other_series_in_words(series, text) if is_other else "",
        "other_parts": parts_beside_figure(series, latest["period"], text) if is_other else (),
        "period": text.period(latest["period"]),
        "trend": trend_in_row(series),
        **gap_values(gap_of_row(row), text),
        "reporting": text.number(latest["areas_reporting"], 0) if is_total(latest) else "",
    }


def gap_values(gap: PrintedGap | None, text: Text) -> dict[str, str]:
    """The gap, in per cent of the target path where the release has that, or the change."""
    if gap is None:
        return {"gap": ""}
    return {"gap": gap.relative(text) or gap.alone(text), "gap_in_words": name_gap(gap, text)}
