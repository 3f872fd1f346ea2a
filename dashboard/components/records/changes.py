"""The statuses and figures that differ between two releases, as tables."""

from collections.abc import Sequence

import pandas as pd

from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.components.notes import submission_in_words
from dashboard.components.records.changed_figures import series_cell
from dashboard.components.records.tables import RecordCell, RecordTable
from dashboard.contents.changed_figures import printed_figures, series_of_row
from dashboard.contents.changes_in_words import causes_in_words, periods_in_words, status_in_words
from dashboard.context import PageContext
from dashboard.data import records
from dashboard.released.changed_rows import AskedChanges
from dashboard.released.release_changes import round_and_area
from dashboard.rows_by_key import Record
from dashboard.texts import Text
from metrics.catalogue.loader import catalogue
from metrics.core.tables import KEY
from metrics.release.changes import FigureChange

STATUSES_ON_PAGE = 200  # the file has all of them
STATUS_HEADS = ("goal", "area", "before", "after", "period", "cause")
FIGURE_HEADS = ("area", "series", "period", "kind", "old", "new", "difference", "origin")


def statuses_table(changes: AskedChanges, context: PageContext) -> RecordTable:
    text, first = context.text, changes.statuses.head(STATUSES_ON_PAGE)
    more = len(changes.statuses) - len(first)
    title = text("changes.statuses")
    return RecordTable(
        "statuses",
        title,
        [text(f"changes.{name}") for name in STATUS_HEADS],
        [status_cells_of(row, context) for row in records(first)],
        count=text.number(len(changes.statuses), 0),
        more=text.counted("changes.more_statuses", more) if more else "",
    )


def status_cells_of(row: Record, context: PageContext) -> list[RecordCell]:
    text = context.text
    return [
        goal_cell(row, context),
        area_cell(row["area"], context),
        status_cell_of(row["before"], text),
        status_cell_of(row["after"], text),
        RecordCell(periods_in_words(row, text)),
        RecordCell(causes_in_words(row, text)),
    ]


def goal_cell(row: Record, context: PageContext) -> RecordCell:
    """The goal, as a link to the series whose status changed; another than its headline by name."""
    goal, series = catalogue().goals.get(row["goal"]), series_of_row(row, "", context)
    if goal is None or series is None:
        return RecordCell(row["indicator"], code=row["goal"])
    short_name = goal.short_name(context.language)
    is_translated = not row["is_headline"] or short_name.language == context.language
    href = context.view.lasting_choices.link(
        GOAL_PATH, goal=goal.code, area=row["area"], indicator=series.name
    )
    return RecordCell(
        short_name if row["is_headline"] else series.title(context.text),
        href,
        hint=goal.name(context.language),
        code=goal.code,
        language="" if is_translated else short_name.language,
    )


def area_cell(area: str, context: PageContext) -> RecordCell:
    href = context.view.lasting_choices.link("/state", area=area)
    return RecordCell(context.text.code("area", area), href)


def status_cell_of(status: str, text: Text) -> RecordCell:
    return RecordCell(status_in_words(status, text), status=status)


def figures_table(
    changes: AskedChanges, figures: pd.DataFrame, context: PageContext
) -> RecordTable:
    """The changed figures that are on this page."""
    text, title = context.text, context.text("changes.figures")
    return RecordTable(
        "figures",
        title,
        [text(f"changes.{name}") for name in FIGURE_HEADS],
        [figure_cells_of(row, changes, context) for row in records(figures)],
        numeric=(4, 5, 6),
        count=text.number(len(changes.figures), 0),
    )


def figure_cells_of(
    row: Record, changes: AskedChanges, context: PageContext
) -> Sequence[RecordCell]:
    text = context.text
    series = series_of_row(row, row["component"], context)
    printed = printed_figures(row, series, text)
    return [
        area_cell(row["area"], context),
        series_cell(row, series, context),
        RecordCell(text.period(row["period"])),
        RecordCell(text(f"change_of_figure.{row['kind']}")),
        RecordCell(printed.old),
        RecordCell(printed.new),
        RecordCell(printed.difference),
        RecordCell(origin_in_words(row, changes, text)),
    ]


def origin_in_words(row: Record, changes: AskedChanges, text: Text) -> str:
    """The round and day of the submission that brought the figure; of a withdrawal, its reason."""
    withdrawal = changes.difference.withdrawals.get(tuple(row[name] for name in KEY))
    if withdrawal is not None:
        day = text.date(withdrawal["vintage"], width="medium")
        return text.listed([text("changes.withdrawn", day=day), withdrawal["reason"]])
    if not row["is_reported"]:
        return text("changes.calculated")
    if row["kind"] == FigureChange.REMOVED:
        return removal_in_words(row, changes, text)
    return submission_in_words(row["submission"], row["vintage"], text)


def removal_in_words(row: Record, changes: AskedChanges, text: Text) -> str:
    """The newest submission of the same round, which the figure is not in."""
    own = round_and_area(row["previous_submission"])
    newest = changes.difference.newest_submissions.get(own, "")
    origin = submission_in_words(newest, newest.rpartition("/")[2], text)
    return text("changes.left_out", origin=origin) if origin else ""
