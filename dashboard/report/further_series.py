"""The other series of a goal in a report, each with its latest figure and status."""

from collections.abc import Iterator

from dashboard.contents.state_profile import is_expected
from dashboard.released.goal_statuses import mark_of_series
from dashboard.released.series import AssessedSeries, series_anywhere
from dashboard.report.document import (
    Block,
    DocumentCell,
    DocumentColumn,
    DocumentTable,
    cell_of_status,
    heading_cell,
)
from dashboard.report.figure_cells import latest_cell
from dashboard.report.reported_goals import ReportedGoal
from dashboard.texts import Text


def further_series(reported: ReportedGoal) -> Iterator[Block]:
    """The other series of the goal, each with its latest figure and status."""
    selection, text = reported.selection, reported.text
    if reported.context.is_published:
        yield from published_elsewhere(reported)
        return
    others = [own for own in selection.followed
              if own is not reported.series and is_expected(own, reported.context)]  # fmt: skip
    if not others:
        return
    area = text.code("area", selection.area)
    columns = (
        DocumentColumn(text("changes.series"), 3.2),
        DocumentColumn(f"{text('scoreboard.latest')}, {area}", 1.8),
        DocumentColumn(text("table.status"), 1.3),
    )
    rows = tuple(row_of_series(own, text) for own in others)
    yield DocumentTable(text("follow_up.further"), columns, rows)


def published_elsewhere(reported: ReportedGoal) -> Iterator[Block]:
    """Every other series of the goal with a published figure, in whatever area it is of."""
    text, release, series = reported.text, reported.context.release, reported.series
    found = series_anywhere(reported.goal, release) if release else []
    others = [own for own in found
              if series is None or (own.area, own.name) != (series.area, series.name)]  # fmt: skip
    if not others:
        return
    columns = (
        DocumentColumn(text("overview.area"), 1.3),
        DocumentColumn(text("changes.series"), 3.0),
        DocumentColumn(text("scoreboard.latest"), 1.8),
        DocumentColumn(text("table.status"), 1.3),
    )
    rows = tuple((heading_cell(text.code("area", own.area)), *row_of_series(own, text))
                 for own in others)  # fmt: skip
    yield DocumentTable(text("follow_up.further"), columns, rows)


def row_of_series(series: AssessedSeries, text: Text) -> tuple[DocumentCell, ...]:
    mark = mark_of_series(series)
    return (
        heading_cell(series.title(text)),
        latest_cell(series, text),
        cell_of_status(mark, text(f"status.{mark}")),
    )
