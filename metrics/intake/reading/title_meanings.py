"""Ask about texts by which figures are cumulative or averaged, or have a status of their own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from metrics.core.tables import STATUSES
from metrics.intake.reading.figure_words import (
    LEGEND,
    draft_words,
    find_meaning,
    not_of_one_period,
    several_years,
    since_year,
    stated_status,
)
from metrics.intake.reading.headings import A_YEAR, period_of_cell
from metrics.intake.reading.issues import ReadIssue
from metrics.intake.reading.layout import Layout, SheetTable
from metrics.intake.reading.partial_figures import names_a_part


@dataclass(frozen=True)
class DescribedTables:
    """The tables that a text may describe, and the only period, which they need not name."""

    tables: Sequence[SheetTable]
    implied_period: str

    def period_issue(self, text: str) -> ReadIssue | None:
        """Figures that are cumulative, averaged, or of several years."""
        words = self.tables and (not_of_one_period(text) or self._other_years(text))
        return ReadIssue("title_not_of_one_period", understood=words) if words else None

    def part_issue(self, title: str) -> ReadIssue | None:
        """A title by which the figures end before the only year that the tables name."""
        periods = {*self._named_periods()}
        period = periods.pop() if len(periods) == 1 else ""
        is_part = period.isdecimal() and names_a_part(title, period)
        return ReadIssue("title_with_limit") if is_part else None

    def _other_years(self, text: str) -> str:
        """Several years where the tables name none; since a year, where they name one only."""
        if self.implied_period and (years := several_years(text)):
            return years
        if not (since := since_year(text)):
            return ""
        periods = {*self._named_periods()} or {self.implied_period}
        first = A_YEAR.findall(since)[0]
        return since if len(periods) == 1 and first < min(periods) else ""

    def _named_periods(self) -> Iterator[str]:
        for table in self.tables:
            yield from (column.period for column in table.columns_of("value") if column.period)
            for column in table.columns_of("period"):
                yield from filter(None, map(period_of_cell, table.cells_of(column)))

    def confidentiality_issue(self, text: str) -> ReadIssue | None:
        """A text by which figures are confidential, while no figure has such a status."""
        words = "" if LEGEND.match(text) else find_meaning(text, "confidential")
        if not words:
            return None
        stated = [own for table in self.tables for own in stated_beside_values(table).values()]
        lack = stated and not any("confidentiality_status" in own for own in stated)
        return ReadIssue("title_with_status", typed=words) if lack else None

    def status_issue(self, text: str) -> ReadIssue | None:
        """A status that some figures of the tables do not have, as those of a draft have none."""
        column, _, words = stated_status(text)
        if not words and (words := draft_words(text)):
            column = "observation_status"
        lack = words and not all(has_status(table, column) for table in self.tables)
        return ReadIssue("title_with_status", typed=words) if lack else None


def has_status(table: SheetTable, statuses: str) -> bool:
    """Whether every value of a table has a status in the column of these statuses."""
    return all(statuses in stated for stated in stated_beside_values(table).values())


def stated_on_sheet(layout: Layout) -> dict[int, set[str]]:
    """For each row with a value in a table of figures the statuses that are filled in there."""
    stated: dict[int, set[str]] = {}
    for table in layout.tables_of("observations"):
        stated |= stated_beside_values(table)
    return stated


def stated_beside_values(table: SheetTable) -> dict[int, set[str]]:
    """For each row with a value the statuses that are filled in there; headings may have one."""
    values = table.columns_of("value")
    indices = [column.index for column in values]
    columns = {name: [own.index for own in table.columns_of(name)] for name in STATUSES}
    of_headings = {"observation_status"} if all(column.status for column in values) else set()
    stated = {}
    for number in range(table.first, table.last):
        row = table.sheet.rows[number]
        if number in table.repeats or all(row[index] is None for index in indices):
            continue
        named = {
            name
            for name, own in columns.items()
            if any(row[index] is not None or _is_covered(table, number, index) for index in own)
        }
        stated[number] = named | of_headings
    return stated


def _is_covered(table: SheetTable, row: int, column: int) -> bool:
    """Whether a cell lies under a merged cell that holds something."""
    blocks = table.sheet.merged_by_column.get(column, ()) if table.sheet.merged else ()
    return any(
        block.top <= row <= block.bottom and table.sheet.rows[block.top][column] is not None
        for block in blocks
    )
