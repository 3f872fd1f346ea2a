"""A series of a changed figure as a cell of a table."""

from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.components.records.tables import RecordCell
from dashboard.context import PageContext
from dashboard.released.series import AssessedSeries
from dashboard.rows_by_key import Record
from metrics.core.series import format_codes
from metrics.core.tables import BREAKDOWNS


def series_cell(row: Record, series: AssessedSeries | None, context: PageContext) -> RecordCell:
    """The name of a series, as a link to its page."""
    if series is None:
        codes = format_codes({by: row[by] for by in BREAKDOWNS})
        return RecordCell(f"{row['indicator']} {codes}")
    href = context.view.lasting_choices.link(GOAL_PATH, indicator=series.name, area=row["area"])
    return RecordCell(series.title(context.text), href)
