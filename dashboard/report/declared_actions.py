"""What the Member States declared, in a report: each action once, and where it is listed."""

from collections.abc import Iterator, Sequence

import pandas as pd

from dashboard.contents.action_views import (
    actions_of_goal,
    first_goal_named,
    goals_in_order,
    named_code,
    progress_counts,
    progress_words,
)
from dashboard.data import records
from dashboard.report.document import (
    Block,
    BulletList,
    DocumentCell,
    DocumentColumn,
    DocumentTable,
    heading_cell,
    paragraph,
    text_cell,
)
from dashboard.report.reported_goals import ReportedGoal
from dashboard.rows_by_key import Record
from dashboard.texts import Text, english

SHARES_BESIDE = {"partner": 1.7, "theme": 2.1}  # of the width, of what is printed beside an action


def action_blocks(reported: ReportedGoal) -> Iterator[Block]:
    """What the States declared under the goal, and its result; each action once."""
    goal, text, release = reported.goal, reported.text, reported.context.release
    declared = actions_of_goal(release, goal.code) if release else pd.DataFrame()
    if declared.empty:
        if goal.actions:
            yield paragraph(text("actions.none"))
        return
    order, by_first = goals_in_order(reported.context), dict[str, list[Record]]()
    for row in records(declared):
        by_first.setdefault(first_goal_named(str(row["goals"]), order), []).append(row)
    chosen = list(dict.fromkeys(text.code("area", area) for area in declared["area"]))
    yield paragraph(text.counted("report.chosen", len(chosen), names=", ".join(chosen)))
    if own := by_first.pop(goal.code, []):
        yield paragraph(f"{progress_counts(own, text)}.", label=f"{text('actions.progress')}:")
        yield actions_table(f"{goal.code}: {text('actions.of_goal')}", own, text)
    items = [listed_elsewhere(first, rows, text) for first, rows in by_first.items()]
    if items:
        yield BulletList(tuple(items))


def listed_elsewhere(first: str, rows: Sequence[Record], text: Text) -> str:
    """How many actions serve the goal too, and under which goal they are listed."""
    names = ", ".join(dict.fromkeys(text.code("area", row["area"]) for row in rows))
    return text.counted("report.elsewhere", len(rows), goal=first, names=names)


def actions_table(
    caption: str, rows: Sequence[Record], text: Text, beside: Sequence[str] = tuple(SHARES_BESIDE)
) -> DocumentTable:
    """Actions by State; with partner country and theme, where any is named."""
    beside = [name for name in beside if any(row[name] for row in rows)]
    columns = (
        DocumentColumn(text("state.area"), 1.6),
        DocumentColumn(text("actions.description"), 3.0),
        *(DocumentColumn(text(f"actions.{name}"), SHARES_BESIDE[name]) for name in beside),
        DocumentColumn(text("actions.status"), 1.5),
        DocumentColumn(text("actions.timeframe"), 2.0),
        DocumentColumn(text("actions.progress"), 1.7),
    )
    return DocumentTable(caption, columns, tuple(row_of_action(row, beside, text) for row in rows))


def row_of_action(row: Record, beside: Sequence[str], text: Text) -> tuple[DocumentCell, ...]:
    timeframe = str(row["timeframe"])
    return (
        heading_cell(text.code("area", row["area"])),
        text_cell(english(str(row["description"]))),
        *(text_cell(named_code(name, str(row[name]), text)) for name in beside),
        text_cell(text.code("action_status", row["status"])),
        text_cell(english(timeframe) if timeframe else "–"),
        text_cell(progress_words(str(row["progress"]), text)),
    )
