"""Declared actions as tables: of a goal, by partner country or by Member State."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from dash import html

from dashboard.action_views import GOAL_SEPARATOR, actions_of_goal
from dashboard.components.layout import card
from dashboard.components.notes import marked_caption, source_line
from dashboard.components.tables import Cell, grouped_table
from dashboard.context import PageContext
from dashboard.data import records
from dashboard.texts import Text
from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions import Goal
from metrics.release.exports import exports

MOST_UNFOLDED = 12  # actions that are shown without a click


def goal_actions(goal: Goal, context: PageContext) -> Iterator[html.Section]:
    """What the States declared under a goal; nothing for a goal without declarations."""
    release, text = context.release, context.text
    if release is None or not goal.actions:
        return
    declared = actions_of_goal(release, goal.code)
    heading = text("actions.of_goal")
    if declared.empty:
        yield card(heading, [html.P(text("actions.none"), className="quiet")], "actions")
        return
    states = text.number(declared["area"].nunique(), 0)
    count = text("actions.count", n=text.number(len(declared), 0), states=states)
    links = [action_download(goal, name, context) for name in exports()]
    table = grouped_actions(declared, marked_caption(heading, context), text)
    body = [
        html.P(links),
        html.Details([html.Summary(count), table], open=len(declared) <= MOST_UNFOLDED),
        html.P(source_line(context), className="source"),
    ]
    yield card(heading, body, "actions")


def action_download(goal: Goal | None, export: str, context: PageContext) -> html.A:
    """A file of the actions under a goal, or of all, with the figures beside them."""
    code = goal.code if goal else ""
    view = context.view.kept.but(collection=context.collection.code, goal=code, area="")
    label = context.text("goal.download", format=export.upper())
    return html.A(label, href=view.link(f"/download/actions.{export}"), className="take")


def grouped_actions(declared: pd.DataFrame, caption: Cell, text: Text) -> html.Div:
    """By partner country where any is named, else by Member State."""
    by = "partner" if declared["partner"].any() else "area"
    beside = [name for name in ("area", "theme") if by == "partner" and name in declared]
    columns = [text(f"actions.{name}") for name in (*ACTION_TEXTS, *beside)]
    groups: dict[Cell, list[list[Cell]]] = {
        html.Span(group_name(by, str(code), text)): [
            [*action_cells(row, text), *(group_name(name, row[name], text) for name in beside)]
            for row in records(rows)
        ]
        for code, rows in declared.groupby(by, sort=False)
    }
    return grouped_table(caption, columns, groups)


def group_name(by: str, code: str, text: Text) -> str:
    """The name of an area, partner or theme; partners may be in the submitter's own words."""
    return text.code(by, code) if code else text("actions.no_partner")


ACTION_TEXTS = ("description", "status", "timeframe", "progress")


def action_cells(row: Mapping[str, Any], text: Text) -> list[Cell]:
    """What is done, whether it is done or planned, when, and what became of it."""
    return [
        html.Span(row["description"], lang="en", className="described"),
        text.code("action_status", row["status"]),
        row["timeframe"] or "–",
        progress_name(str(row["progress"]), text),
    ]


def progress_name(progress: str, text: Text) -> str:
    """A code in the reader's language; other words as they were submitted."""
    return text.code("progress", progress) if progress in codelist("progress") else progress or "–"


def goal_codes(goals: object) -> Sequence[html.Span]:
    return [html.Span(code, className="code") for code in str(goals).split(GOAL_SEPARATOR)]
