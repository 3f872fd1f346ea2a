"""Declared actions as tables: of a goal, by partner country or by Member State."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from dash import html

from dashboard.addresses.alternatives import GOAL_PATH, breakdown_name
from dashboard.components.layout import card, join_links, page_link
from dashboard.components.notes import marked_caption, source_line
from dashboard.components.tables import Cell, grouped_table
from dashboard.contents.action_views import (
    GOAL_SEPARATOR,
    actions_of_goal,
    named_code,
    progress_name,
)
from dashboard.context import PageContext
from dashboard.data import records
from dashboard.released.released_parts import breakdowns_of, parts_of_indicator
from dashboard.texts import Text, english
from metrics.catalogue.definitions.goals import Goal
from metrics.release.exports import exports

MEASURES_BY = ("partner", "theme")  # of measures with third countries
MOST_UNFOLDED = 12  # actions that are shown without a click


def goal_actions(goal: Goal, context: PageContext) -> Iterator[html.Section]:
    """What the States declared under a goal; nothing for a goal without declarations."""
    release, text = context.release, context.text
    if release is None or not goal.actions:
        return
    declared = actions_of_goal(release, goal.code)
    heading = text("actions.of_goal")
    if declared.empty:
        yield card(heading, [html.P(text("actions.none"), className="quiet")], "actions", "actions")
        return
    states = text.number(declared["area"].nunique(), 0)
    count = text("actions.count", n=text.number(len(declared), 0), states=states)
    links = [action_download(goal, name, context) for name in exports()]
    table = grouped_actions(declared, marked_caption(heading, context), text)
    body = [
        html.P(links),
        html.Details([html.Summary(count), table], open=len(declared) <= MOST_UNFOLDED),
        *counted_measures(goal, context),
        html.P(source_line(context), className="source"),
    ]
    yield card(heading, body, "actions", "actions")


def counted_measures(goal: Goal, context: PageContext) -> Iterator[html.P]:
    """Links to the figures of the goal by partner country and by theme, where it has such."""
    text, view = context.text, context.view.lasting_choices.with_changes(goal=goal.code, area="")
    links = [
        page_link(
            text("parts.by", name=indicator.name(text.language), by=breakdown_name(by, text)),
            href=view.link(GOAL_PATH, indicator=indicator.code, breakdown=by),
        )
        for indicator in (context.definitions.indicators[code] for code in goal.indicators)
        for by in breakdowns_of(
            parts_of_indicator(context.release, indicator.code), indicator.headline
        )
        if by in MEASURES_BY
    ]
    if links:
        yield html.P([html.Strong(text("actions.counted") + " "), *join_links(links, text)])


def action_download(goal: Goal | None, export: str, context: PageContext) -> html.A:
    """A file of the actions under a goal, or of all, with the figures beside them."""
    code = goal.code if goal else ""
    lasting = context.view.lasting_choices
    view = lasting.with_changes(collection=context.collection.code, goal=code, area="")
    label = context.text("goal.download", format=export.upper())
    return html.A(label, href=view.link(f"/download/actions.{export}"), className="take")


def grouped_actions(declared: pd.DataFrame, caption: Cell, text: Text) -> html.Div:
    """By partner country where any is named, else by Member State."""
    by = "partner" if declared["partner"].any() else "area"
    named = declared.assign(group=[group_name(by, code, text) for code in declared[by]])
    beside = ["area", "theme"] if by == "partner" else []
    groups = {html.Span(str(group)): rows for group, rows in named.groupby("group", sort=False)}
    return grouped_actions_table(caption, groups, beside, text)


def grouped_actions_table(
    caption: Cell, groups: Mapping[Cell, pd.DataFrame], beside: Sequence[str], text: Text
) -> html.Div:
    """Actions under the heading of their group, with the names of codes in columns beside them."""
    columns = [text(f"actions.{name}") for name in (*ACTION_TEXTS, *beside)]
    rows_by_group = {
        heading: [
            [*action_cells(row, text), *(named_code(name, row[name], text) for name in beside)]
            for row in records(rows)
        ]
        for heading, rows in groups.items()
    }
    return grouped_table(caption, columns, rows_by_group)


def group_name(by: str, typed: str, text: Text) -> str:
    return named_code(by, typed, text) if typed else text("actions.no_partner")


ACTION_TEXTS = ("description", "status", "timeframe", "progress")


def action_cells(row: Mapping[str, Any], text: Text) -> list[Cell]:
    """What is done, whether it is done or planned, when, and its result."""
    return [
        html.Span(row["description"], lang="en", className="described"),
        text.code("action_status", row["status"]),
        english(row["timeframe"]) or "–",
        progress_name(str(row["progress"]), text),
    ]


def goal_codes(goals: object) -> Sequence[html.Span]:
    return [html.Span(code, className="code") for code in str(goals).split(GOAL_SEPARATOR)]
