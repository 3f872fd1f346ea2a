"""Declared actions as tables: of a goal, by partner country or by Member State."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from dash import html

from dashboard.components.layout import card
from dashboard.components.notes import marked_caption, source_line
from dashboard.components.tables import Cell, grouped_table
from dashboard.context import PageContext
from dashboard.data import Release, in_area_order, records
from dashboard.texts import Text
from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions import Goal
from metrics.release.exports import exports

GOAL_SEPARATOR = ";"


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
    count = text.counted("actions.count", len(declared), states=declared["area"].nunique())
    links = [action_download(goal, name, context) for name in exports()]
    body = [
        html.P([count, " ", *links]),
        grouped_actions(declared, marked_caption(heading, context), text),
        html.P(source_line(context), className="source"),
    ]
    yield card(heading, body, "actions")


def action_download(goal: Goal, export: str, context: PageContext) -> html.A:
    view = context.view.kept.but(collection=context.collection.code, goal=goal.code, area="")
    label = context.text("goal.download", format=export.upper())
    return html.A(label, href=view.link(f"/download/actions.{export}"), className="take")


def actions_of_goal(release: Release, code: str) -> pd.DataFrame:
    """The actions that name the goal, by Member State in the order of the code list."""
    declared = release.tables["actions"]
    names = [code in str(goals).split(GOAL_SEPARATOR) for goals in declared["goals"]]
    return order_by_area(declared[names])


def order_by_area(declared: pd.DataFrame) -> pd.DataFrame:
    order = {area: at for at, area in enumerate(in_area_order(declared["area"]))}
    return declared.sort_values("area", key=lambda areas: areas.map(order), kind="stable")


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
