"""The columns of the table of a series as cells of a slide, and each row in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.captions import unit_in_words
from dashboard.charts.marks import coverage_note, is_total, remark_in_words
from dashboard.contents.figure_columns import (
    GROWTH,
    ColumnDecimals,
    compared_in_words,
    decimals_of_table,
    gap_heading,
    growth_heading,
    notes_on_status,
    rate_heading,
    rate_in_words,
    shared_by,
    value_in_words,
)
from dashboard.released.series import AssessedSeries
from dashboard.rows_by_key import Record
from dashboard.slides.compared_figures import exact_facts, with_flags
from dashboard.slides.content import SlideFigure
from dashboard.slides.lettered_figures import lettered_figure, mark_of_cell, with_letter_of
from dashboard.slides.tables import CellLine, TableCell, cell
from dashboard.slides.words import status_cell
from dashboard.texts import Text
from dashboard.wording.series_facts import series_in_area
from dashboard.wording.status_reasons import decisive_reason
from metrics.messages.sentences import as_sentence

NO_NUMBER = "–"
FIGURE_SIZE, SMALL_SIZE = 16, 12
PERIOD_WIDTH, FIGURE_WIDTH, STATUS_WIDTH = 0.8, 1.0, 1.8  # in any unit


def with_unit(head: str, series: AssessedSeries, text: Text) -> str:
    """`Value (persons)`: the cells below have only the number."""
    unit = unit_in_words(series, text)
    return f"{head} ({unit})" if unit else head


@dataclass(frozen=True)
class PeriodColumns:
    """The columns that the table of a series has on its page, without its notes."""

    series: AssessedSeries
    rows: Sequence[Record]
    known: Sequence[str]  # columns of the table
    text: Text

    @property
    def is_assessed(self) -> bool:
        return self.series.official is not None

    @property
    def has_status(self) -> bool:
        return self.is_assessed and "status" in self.known

    @property
    def has_coverage(self) -> bool:
        return any(map(is_total, self.rows))

    @property
    def decimals(self) -> ColumnDecimals:
        return decimals_of_table(self.rows, self.series)

    @property
    def figure_heads(self) -> list[str]:
        text, official = self.text, self.series.official
        key = official.key_of_path() if official else ""
        return [
            with_unit(text("table.value"), self.series, text),
            *rate_heading(self.known, text),
            *([text(key), gap_heading([key], text)] if official else []),
            *([growth_heading(self.rows, text)] if GROWTH in self.known else []),
        ]

    @property
    def heads(self) -> list[str]:
        status = [self.text("table.status")] if self.has_status else []
        coverage = [self.text("table.coverage")] if self.has_coverage else []
        return [self.text("table.period"), *self.figure_heads, *status, *coverage]

    @property
    def widths(self) -> list[float]:
        figures = [FIGURE_WIDTH] * len(self.figure_heads)
        status, coverage = [STATUS_WIDTH] * self.has_status, [FIGURE_WIDTH] * self.has_coverage
        return [PERIOD_WIDTH, *figures, *status, *coverage]

    def figures_beside(self, row: Record) -> list[str]:
        """Rate, expected value, gap and growth."""
        _, *compared = compared_in_words(row, self.series, self.text, self.decimals)
        growth = [str(row[GROWTH])] if GROWTH in self.known else []
        return [*rate_in_words(row, self.text), *(compared if self.is_assessed else []), *growth]

    def value_of(self, row: Record) -> str:
        """With its unit, where the unit above the table is not that of all figures."""
        if len(self.series.in_one_unit(self.rows)) == len(self.rows):
            return lettered_figure(self.series, row, self.text, self.decimals.figures)
        return with_letter_of(mark_of_cell(row, self.text), self.value_in_full(row))

    def value_in_full(self, row: Record) -> str:
        return value_in_words(row, self.series, self.text, self.decimals.figures)

    def cells_of(self, row: Record) -> list[TableCell]:
        figures = [self.value_of(row), *self.figures_beside(row)]
        status = [self.status_of(row)] if self.has_status else []
        coverage = [cell(self.coverage_of(row) or NO_NUMBER, FIGURE_SIZE)]
        return [
            cell(self.text.period(row["period"]), FIGURE_SIZE, is_bold=True),
            *(cell(words, FIGURE_SIZE) for words in figures),
            *status,
            *(coverage if self.has_coverage else []),
        ]

    def status_of(self, row: Record) -> TableCell:
        """On its colour; below it, how old it is and how many States share it."""
        if not row["status"]:
            return cell(NO_NUMBER, FIGURE_SIZE)
        found = status_cell(str(row["status"]), self.text, FIGURE_SIZE)
        below = [CellLine(words, SMALL_SIZE) for words in notes_on_status(row, self.text)]
        return TableCell((*found.lines, *below), found.ink, found.ground)

    def coverage_of(self, row: Record) -> str:
        return coverage_note(row, self.text, "table.of")

    def name_of(self, row: Record) -> str:
        named = series_in_area(self.series, self.series.area, self.text)
        return f"{named}, {self.text.period(row['period'])}"

    def figure_of(self, row: Record) -> SlideFigure:
        """The figure and its status, which a later release may have changed."""
        mark = str(row["status"]) if self.has_status else ""
        status = self.text(f"status.{mark}") if mark else ""
        value = with_flags(self.value_in_full(row), row, self.text)
        words = ": ".join(filter(None, [status, value]))
        return SlideFigure(words, exact=exact_facts(self.series, row, mark))

    def in_words(self, row: Record) -> str:
        """`2025: 8,824 persons, provisional value; Target path 9,949; …`, with all notes."""
        text, heads = self.text, self.figure_heads[1:]
        beside = zip(heads, self.figures_beside(row), strict=True)
        status = [text(f"status.{row['status']}")] if self.has_status and row["status"] else []
        facts = text.listed(filter(None, [
            with_flags(self.value_in_full(row), row, text),
            *(f"{head} {words}" for head, words in beside if words != NO_NUMBER),
            ", ".join([*status, *filter(None, [shared_by(row, text)]), *notes_on_status(row, text)])
            if status else "",
            self.coverage_of(row),
        ]))  # fmt: skip
        reason = decisive_reason(row.get("assessment"), text) if status else ""
        named = as_sentence(f"{text.period(row['period'])}: {facts}")
        remark = as_sentence(remark_in_words(row, text))
        return " ".join(filter(None, [named, reason, remark]))
