"""From the cells of a workbook to observations and actions, found by words, not by position.

`ingest` is what others call. Its steps, in the order of the data:

layout        the tables of a sheet: their headers, and the rows below
headings      what the words above a column mean, in any language
scope         collection, area and round: by stamp, by request, by cells
labelled_texts  what the labels above a table say
merged_cells  the rows that a merged cell covers
table_body    the columns of a table, each cell with its address
series_keys   the series that a row is about
attributes    area, period, statuses and remarks beside a value
numbers       a typed text as a number, or why it is none
days          days in words and figures, and years named by a day
misplaced_figures  numbers in another column of a row whose figure is empty
row_names     rows whose name is not that of their key, and rows that need no indicator
numbers_with_text  a text with a number and more: a limit, a footnote, a unit
multipliers   a number with a word such as million, in the unit of its row
countries     names of States with a code, a footnote mark or a second language beside them
named_periods  quarters, half-years and months in the words of the official languages
years_and_parts  a column of years beside one of their quarters or months
observations  a row for each value; `actions` for each declared action
qualifiers    units, multipliers and regions beside a value, which are asked about
period_doubts  periods that can be read in two ways
other_periods  figures of periods that the round does not ask for
unread_columns  columns that are not read, or that another one repeats
cell_roles    what each cell of a sheet is, or why it is not read
unmapped      cells and columns that no table maps
displayed_cells  figures with a unit in their format, or hidden from the reader of the sheet
known_quotations  the words of a text that are in our lists
marginal_texts  comments, page headers and text boxes that may change what the figures are
remarks       short remarks that change the meaning of a figure
row_marks     rows that an unread column marks as not valid or estimated
figure_words  words by which figures are cumulative, averaged, estimated
title_meanings  what titles say about the figures with such words
titles        texts above a table and names of sheets that may change what its figures are
understood_texts  texts that say nothing new about figures
named_scope   names of sheets and of the file, where the tables name State and period
named_areas   the Member States that such a text names
issues        what could not be read, for the rules to report
suggestions   the known name nearest to an unknown one
version       under which code a file was read
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from metrics.catalogue.loader import Catalogue
from metrics.core.actions import actions_table
from metrics.core.tables import FREE, NORMAL
from metrics.intake.own_texts import OwnTexts
from metrics.intake.reading.actions import action_codes, read_actions
from metrics.intake.reading.carried_texts import (
    carried_texts,
    with_own_texts,
    with_present_headings,
)
from metrics.intake.reading.displayed_cells import (
    display_issues,
    with_outdated_results,
    without_years_of_dates,
)
from metrics.intake.reading.issues import ReadIssue, ReadTable, issues_table
from metrics.intake.reading.layout import Layout, count_filled_cells, find_layout, square_rows
from metrics.intake.reading.marginal_texts import marginal_issues
from metrics.intake.reading.merged_cells import clear_covered_cells
from metrics.intake.reading.named_scope import named_scope_issues
from metrics.intake.reading.numbers import BOTH_MARKS, decimal_marks, join_marks
from metrics.intake.reading.observations import (
    SheetContext,
    empty_observations,
    read_observations,
)
from metrics.intake.reading.other_periods import (
    passed_over_issues,
    split_periods,
    without_earlier_years,
)
from metrics.intake.reading.remarks import remark_issues
from metrics.intake.reading.scope import (
    Scope,
    claims_of_labels,
    complete_scope,
    determine_scope,
    fill_area,
    restate_other_areas,
    single_period,
    template_issues,
    without_consequences,
)
from metrics.intake.reading.series_keys import SeriesKeyReader
from metrics.intake.reading.titles import ImpliedScope, name_issues
from metrics.intake.reading.unmapped import template_texts, unmapped_issues
from metrics.intake.templates import STAMP, findings_sheets
from metrics.intake.workbook import ParsedSubmission, Sheet, Workbook
from metrics.messages import ENGLISH, languages

__all__ = ["PRESUMED", "find_tables", "ingest"]


PRESUMED = "presumed"  # the collection that is meant if neither the file nor its sender names one


class FoundTables(NamedTuple):
    """The visible sheets with their tables, and issues with what lies under merged cells."""

    layouts: Sequence[Layout]
    covered: Sequence[ReadIssue]


def ingest(
    workbook: Workbook,
    catalogue: Catalogue,
    asked: Mapping[str, str],
    found: FoundTables | None = None,
) -> ParsedSubmission:
    """Read a workbook into the tables of `docs/tables.md`: observations, actions and issues.

    `asked` holds the requested collection, area and round, as far as they are known, and the
    presumed collection; `found` what `find_tables` found in the workbook, if it was already called.
    Each observation and action keeps the address that it has in the submitter's own file.
    """
    layouts, covered = found or find_tables(workbook)
    own = carried_texts(workbook)
    scope, figures, actions, issues = _read_all_tables(
        layouts, workbook.stamp, asked, catalogue, own
    )
    observations, others = split_periods(fill_area(figures.rows, scope.area), scope, catalogue)
    implied = ImpliedScope(scope.area, single_period(scope, catalogue))
    unmapped = [*_unmapped_issues(layouts, catalogue, implied, own)]
    has_figures = _has_statements(observations)
    observations = without_earlier_years(observations, unmapped, implied.period)
    observations = without_years_of_dates(workbook, observations)
    observations = with_outdated_results(workbook, observations)
    declared = fill_area(actions.rows, scope.area)
    issues += [*covered, *template_issues(workbook.stamp, catalogue.version)]
    issues += _hidden_sheet_issues(workbook.sheets)
    issues += unmapped
    issues += name_issues(workbook, layouts, implied, scope.collection)
    issues += named_scope_issues(workbook, layouts, implied, scope.collection, issues)
    issues += marginal_issues(workbook, layouts, implied)
    issues += display_issues(workbook, observations, catalogue.indicators)
    issues += remark_issues(observations, catalogue.indicators)
    issues += [*figures.issues, *passed_over_issues(others), *actions.issues]
    issues = restate_other_areas(issues, scope, [figures.rows, actions.rows], catalogue)
    issues = without_consequences(issues, layouts)
    if declared.empty and not has_figures:
        issues.append(ReadIssue("submission_empty"))
    return ParsedSubmission(
        workbook, scope.collection, scope.area, scope.round, observations, declared,
        issues_table(dict.fromkeys(issues)), others,
    )  # fmt: skip


class WorkbookTables(NamedTuple):
    """What all tables of a workbook hold, and for which collection, area and round."""

    scope: Scope
    figures: ReadTable
    actions: ReadTable
    issues: list[ReadIssue]  # with the scope


def _read_all_tables(
    layouts: Sequence[Layout], stamp: Mapping[str, str], asked: Mapping[str, str],
    catalogue: Catalogue, own: OwnTexts,
) -> WorkbookTables:  # fmt: skip
    labels = claims_of_labels(layouts, catalogue)
    named = {*stamp, *asked, *(claim.fact for claim in labels)}
    if PRESUMED in asked and "collection" not in named:
        asked = {**asked, "collection": asked[PRESUMED]}
    scope, issues = determine_scope(stamp, asked, labels, catalogue)
    figures = _read_all_observations(
        layouts, scope, SeriesKeyReader(catalogue.indicators, own), catalogue
    )
    actions = _read_all_actions(layouts, scope, catalogue)
    scope, scope_issues = complete_scope(scope, figures.rows, actions.rows, catalogue)
    return WorkbookTables(scope, figures, actions, [*issues, *scope_issues])


def find_tables(workbook: Workbook) -> FoundTables:
    """The tables of the visible sheets that are not ours, and what merged cells cover anywhere."""
    sheets = [replace(sheet, rows=square_rows(sheet.rows)) for sheet in workbook.sheets]
    covered = [issue for sheet in sheets for issue in clear_covered_cells(sheet)]
    visible = [sheet for sheet in sheets if sheet.visible and not _is_our_sheet(sheet)]
    own, stamped = carried_texts(workbook), workbook.stamp.get("language", "")
    language = stamped if stamped in languages() else ENGLISH
    named = (with_present_headings(sheet, own, language) for sheet in visible)
    return FoundTables([*map(find_layout, named)], covered)


def _is_our_sheet(sheet: Sheet) -> bool:
    """Whether a sheet holds our stamp or the findings of an earlier check, and no input."""
    return sheet.name == STAMP or sheet.name in findings_sheets()


def _read_all_observations(
    layouts: Sequence[Layout], scope: Scope, keys: SeriesKeyReader, catalogue: Catalogue
) -> ReadTable:
    period = single_period(scope, catalogue)
    marks = [_decimal_marks_of_sheet(layout) for layout in layouts]
    is_mixed = join_marks(marks) == BOTH_MARKS
    read = []
    for layout, own in zip(layouts, marks, strict=True):
        context = SheetContext(keys, scope.area, period, BOTH_MARKS if is_mixed else own)
        read += [read_observations(table, context) for table in layout.tables_of("observations")]
    return _concat(read, empty_observations)


def _read_all_actions(layouts: Sequence[Layout], scope: Scope, catalogue: Catalogue) -> ReadTable:
    tables = [table for layout in layouts for table in layout.tables_of("actions")]
    if not tables:
        return ReadTable(actions_table(), [])
    collection = catalogue.collections.get(scope.collection)
    asked = catalogue.restrict_to(collection) if collection else catalogue
    codes = action_codes(asked, scope.area)
    return _concat([read_actions(table, codes) for table in tables], actions_table)


def _concat(tables: Sequence[ReadTable], empty: Callable[[], pd.DataFrame]) -> ReadTable:
    filled = [table.rows for table in tables if len(table.rows)]
    rows = pd.concat(filled, ignore_index=True) if filled else empty()
    return ReadTable(rows, [issue for table in tables for issue in table.issues])


def _decimal_marks_of_sheet(layout: Layout) -> str:
    """The decimal marks that the figures of a sheet prove, for columns that prove none."""
    cells = (
        row[column.index]
        for table in layout.tables_of("observations")
        for column in table.columns_of("value")
        for row in layout.sheet.rows[table.first : table.last]
    )
    return decimal_marks(cell for cell in cells if isinstance(cell, str))


def _unmapped_issues(
    layouts: Sequence[Layout], catalogue: Catalogue, implied: ImpliedScope, own: OwnTexts
) -> Iterator[ReadIssue]:
    keys, our_texts = SeriesKeyReader(catalogue.indicators), template_texts(catalogue)
    for layout in layouts:
        texts = with_own_texts(layout, own, our_texts)
        yield from unmapped_issues(layout, keys, texts, implied)


def _hidden_sheet_issues(sheets: Sequence[Sheet]) -> Iterator[ReadIssue]:
    """Hidden sheets are not read, as they may hold figures of another year."""
    for sheet in sheets:
        if sheet.visible or _is_our_sheet(sheet):
            continue
        if cells := count_filled_cells(replace(sheet, rows=square_rows(sheet.rows))):
            yield ReadIssue("hidden_sheet_with_values", sheet.name, detail=str(cells))


def _has_statements(observations: pd.DataFrame) -> bool:
    stated = (
        (observations["typed"] != "")
        | (observations["observation_status"] != NORMAL)
        | (observations["confidentiality_status"] != FREE)
    )
    return bool(stated.any())
