"""The figures and the status of every Member State, as one table of a report."""

from dataclasses import dataclass
from functools import cached_property

from dashboard.charts.captions import chart_title
from dashboard.released.goal_statuses import mark_of_series
from dashboard.released.series import AssessedSeries, is_full
from dashboard.report.document import (
    DocumentCell,
    DocumentColumn,
    DocumentTable,
    cell_of_status,
    heading_cell,
)
from dashboard.report.figure_cells import figure_cell, letters_in_use, mark_of_row
from dashboard.report.reported_goals import ReportedGoal
from dashboard.rows_by_key import Record
from dashboard.texts import Text
from metrics.catalogue.codelists import member_states
from metrics.core.period import parse_periods
from metrics.core.tables import EU, STEP

MOST_PERIODS, MOST_PERIODS_OF_STEPS = 6, 2  # columns of figures beside each other
STATUS_SHARE = 2.5  # of the width: the longest status of any language is one line


@dataclass(frozen=True)
class StatesTable:
    """The figures of each State in the last periods, with letters for what qualifies them."""

    reported: ReportedGoal
    series: AssessedSeries

    @property
    def text(self) -> Text:
        return self.reported.text

    @cached_property
    def periods(self) -> list[str]:
        """The last full years, in their order; of steps fewer, as their names are long."""
        in_states = self.reported.selection.in_states
        found = {str(row["period"]) for own in in_states.values() for row in own.rows}
        whole = {period for period in found if is_full(period)} or found
        most = MOST_PERIODS_OF_STEPS if self.is_of_steps else MOST_PERIODS
        return sorted(whole, key=parse_periods(whole).__getitem__)[-most:]

    @property
    def is_of_steps(self) -> bool:
        return self.series.in_one_state.component == STEP

    @property
    def is_assessed(self) -> bool:
        return any(own.official for own in self.reported.selection.in_states.values())

    def as_block(self) -> DocumentTable:
        text, one_state = self.text, self.series.in_one_state
        status = [DocumentColumn(text("table.status"), STATUS_SHARE)] if self.is_assessed else []
        width = 2.2 if self.is_of_steps else 1.0
        years = [DocumentColumn(text.period(period), width, is_number=not self.is_of_steps)
                 for period in self.periods]  # fmt: skip
        columns = (DocumentColumn(text("state.menu"), 1.9), *years, *status)
        union = [self.row_of_union()] if self.has_row_of_union else []
        rows = [self.row_of_state(area) for area in member_states()]
        return DocumentTable(chart_title(one_state, text), columns, (*union, *rows))

    @property
    def has_row_of_union(self) -> bool:
        """The Union's figures, unless they count States where a State has a step."""
        return self.series.area == EU and not self.is_of_steps

    def row_of_union(self) -> tuple[DocumentCell, ...]:
        mark = mark_of_series(self.series)
        return self.row_of(self.text.code("area", EU), self.series, mark)

    def row_of_state(self, area: str) -> tuple[DocumentCell, ...]:
        series = self.reported.selection.in_states[area]
        return self.row_of(self.text.code("area", area), series, self.reported.marks[area])

    def row_of(self, name: str, series: AssessedSeries, mark: str) -> tuple[DocumentCell, ...]:
        by_period = rows_by_period(series)
        is_number = not self.is_of_steps
        figures = [figure_cell(series, by_period.get(period), self.text, is_number=is_number)
                   for period in self.periods]  # fmt: skip
        status = [cell_of_status(mark, self.text(f"status.{mark}"))] if self.is_assessed else []
        return (heading_cell(name), *figures, *status)

    @property
    def key(self) -> str:
        """`p provisional value; c suppressed`: the letters in use."""
        series = [*self.reported.selection.in_states.values()]
        series += [self.series] if self.has_row_of_union else []
        marks = (
            mark_of_row(by_period.get(period), self.text)
            for by_period in map(rows_by_period, series)
            for period in self.periods
        )
        return letters_in_use(marks, self.text)


def rows_by_period(series: AssessedSeries) -> dict[str, Record]:
    return {str(row["period"]): row for row in series.rows}
