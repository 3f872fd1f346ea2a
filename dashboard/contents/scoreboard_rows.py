"""The scoreboard as rows of a file: what the page shows, with codes and exact figures."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from dashboard.charts.marks import is_total
from dashboard.context import PageContext
from dashboard.released.goal_statuses import SCOREBOARD_MARKS, status_of_series
from dashboard.released.printed_gaps import PrintedGap
from dashboard.released.release_changes import ReleaseChanges, changes_of_release
from dashboard.released.scoreboard import ScoreboardRow, read_scoreboard
from dashboard.released.series import AssessedSeries
from dashboard.released.table_views import (
    float_or_nan,
    with_whole_decimals,
)
from dashboard.wording.scoreboard_words import gap_of_row
from metrics.catalogue.codelists.units import unit_of_difference
from metrics.core.series import format_codes

SCOREBOARD_FILE = "scoreboard"
MARKED_CHANGE = "*"  # behind a mark that differs from the release before


def choices_of_scoreboard(context: PageContext) -> Mapping[str, tuple[str, ...]]:
    """What an address can choose on this page, beside collection, release and area."""
    return {
        "framework": tuple(context.definitions.frameworks),
        "status": SCOREBOARD_MARKS,
        "period": context.release.years if context.release else (),
    }


def scoreboard_rows(context: PageContext) -> pd.DataFrame:
    """A row for each goal with the chosen mark, in the area or in a Member State alone.

    The last columns are the marks of the States: as on the page, one without the chosen mark has
    an empty cell.
    """
    changes, chosen = changes_of_release(context), context.view.status
    board = read_scoreboard(context)
    rows = (*board.with_mark(chosen), *board.with_mark_in_states(chosen))
    table = pd.DataFrame([row_of_goal(row, changes, context) for row in rows])
    whole = {"areas_reporting": "Int64"} if len(table) else {}
    return with_whole_decimals(table.astype(whole))


def row_of_goal(
    row: ScoreboardRow, changes: ReleaseChanges, context: PageContext
) -> dict[str, Any]:
    before = changes.statuses.get((row.goal.code, row.own.area), "")
    return {
        "collection": context.collection.code,
        "release": context.release_label,
        "as_of": row.period,
        "framework": row.goal.framework,
        "goal": row.goal.code,
        "goal_name": str(row.goal.name(context.language)),
        "area": row.own.area,
        "status": row.own.mark,
        "last_status": row.own.last,
        "status_period": row.own.period,
        "status_before": before,
        **figure_cells(row),
        **dict(marks_of_states(row, changes, context.view.status)),
    }


FIGURE_CELLS = {
    "indicator": "", "series": "", "period": "", "value": np.nan, "limit": "",
    "observation_status": "", "unit": "", "series_status": "", "series_last_status": "",
    "series_status_period": "",
    "gap": np.nan, "relative_gap": np.nan, "change": np.nan, "difference_unit": "",
    "base_period": "",
    "decimals": None, "areas_reporting": None,
}  # fmt: skip


def figure_cells(row: ScoreboardRow) -> dict[str, Any]:
    """The latest figure with the status of its series; the gap is that of the headline alone.

    `decimals` are those in which the page prints the gap or the change.
    """
    series = row.series
    latest = series.last_known if series else None
    if series is None or latest is None:
        return FIGURE_CELLS
    official, status = series.official, status_of_series(series)
    own = {
        "series_status": status.mark if official else "",
        "series_last_status": status.last,
        "series_status_period": status.period,
    }
    gap = gap_of_row(row)
    return (
        FIGURE_CELLS
        | own
        | {
            "indicator": series.indicator.code,
            "series": format_codes(series.codes),
            "period": latest["period"],
            "value": latest["value"],
            "limit": latest.get("limit") or "",
            "observation_status": latest.get("observation_status") or "",
            "unit": series.unit,
            **gap_or_change_cells(gap, series),
            "difference_unit": unit_of_difference(series.unit),
            "decimals": gap.compared.decimals if gap else None,
            "areas_reporting": int(latest["areas_reporting"]) if is_total(latest) else None,
        }
    )


def gap_or_change_cells(gap: PrintedGap | None, series: AssessedSeries) -> dict[str, Any]:
    """The gap; where only a direction was agreed, the change since the base period instead."""
    if gap is None:
        return {}
    if gap.start:
        change = series.indicator.direction.sign_of_gap * gap.gap
        return {"change": change, "base_period": gap.start}
    return {"gap": gap.gap, "relative_gap": float_or_nan(gap.assessment.relative_gap)}


def marks_of_states(
    row: ScoreboardRow, changes: ReleaseChanges, chosen: str
) -> Iterator[tuple[str, str]]:
    """The mark of each State under its code; a star where it differs from the release before."""
    for state in row.states:
        is_changed = (row.goal.code, state.area) in changes.statuses
        mark = state.mark + (MARKED_CHANGE if is_changed else "")
        yield state.area, mark if chosen in {"", state.mark} else ""
