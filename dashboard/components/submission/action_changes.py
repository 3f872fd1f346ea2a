"""The declared actions of a file, and what becomes of them, shown before it is confirmed."""

from collections.abc import Iterator, Mapping
from typing import Any

from dash import html

from dashboard.components.declared_actions import MOST_UNFOLDED, action_cells, goal_codes
from dashboard.components.layout import card
from dashboard.components.tables import Cell, stacked_table
from dashboard.data import records
from dashboard.texts import Text
from metrics.submissions.desk import Examination, Outcome
from metrics.submissions.vintages import CHANGED, CHANGES, count_changes

STATED = ("status", "timeframe", "progress")


def action_changes_card(examination: Examination, text: Text) -> Iterator[html.Section]:
    """Every action with its kind of change; nothing where a file has none and removes none."""
    changes = examination.action_changes
    if changes.empty or examination.outcome is not Outcome.ACCEPTED:
        return
    counts = count_changes(changes)
    summary = ", ".join(
        f"{text(f'submit.kind.{kind}')} {text.number(counts[kind], 0)}"
        for kind in CHANGES
        if counts[kind]
    )
    columns = [
        text("submit.place"), text("submit.goals"), text("actions.description"),
        *(text(f"actions.{name}") for name in STATED), text("submit.change"),
    ]  # fmt: skip
    rows = [action_row(row, text) for row in records(changes)]
    table = stacked_table(text("submit.actions"), columns, rows, [])
    is_short = len(changes) <= MOST_UNFOLDED
    body = [html.Details([html.Summary(summary), table], open=is_short)]
    yield card(text("submit.actions"), body, "as-read")


def action_row(row: Mapping[str, Any], text: Text) -> list[Cell]:
    kind = text(f"submit.kind.{row['change']}")
    before = statements_before(row, text) if row["change"] == CHANGED else ""
    return [
        f"{row['sheet']}!{row['cell']}" if row["cell"] else "–",
        [part for code in goal_codes(row["goals"]) for part in (code, " ")][:-1],
        *action_cells(row, text),
        [kind, html.Br(), text("submit.statuses_before", statuses=before)] if before else kind,
    ]


def statements_before(row: Mapping[str, Any], text: Text) -> str:
    """What was stated before, where it was something else."""
    earlier = {name.removeprefix("previous_"): row[name] for name in row if "previous_" in name}
    now, then = (action_cells({**row, **stated}, text)[1:] for stated in ({}, earlier))
    return text.listed(str(old) for new, old in zip(now, then, strict=True) if new != old)
