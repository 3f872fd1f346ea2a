"""From the cells of a workbook to observations and actions, found by words, not by position.

headings   what the words above a column mean, in any language
layout     the tables of a sheet: their headers, and the rows below
body       the columns of a table, each cell with its address
keys       which series a row is about
numbers    what was typed, as a number, or why it is none
belonging  collection, area and round: by stamp, by what was asked, by cells
outside    what is not read, so that nothing is lost in silence
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

import pandas as pd

from metrics.catalogue.loader import Catalogue
from metrics.core.actions import actions_table
from metrics.core.tables import FREE, NORMAL
from metrics.intake.reading.actions import actions, declarable
from metrics.intake.reading.issues import Read, ReadIssue, as_table
from metrics.intake.reading.layout import Layout, counted, layout, squared
from metrics.intake.reading.numbers import decimal_mark
from metrics.intake.reading.observations import Context, no_observations, observations
from metrics.intake.reading.scope import (
    Scope,
    belonging,
    completed,
    labelled,
    of_area,
    of_the_template,
    only_period,
)
from metrics.intake.reading.series_keys import Keys
from metrics.intake.reading.unmapped import outside, words_of_ours
from metrics.intake.templates import FINDINGS, STAMP
from metrics.intake.workbook import ParsedSubmission, Sheet, Workbook

# Sheets that hold nothing from the submitter: our stamp, and the findings of an earlier check.
OURS = (STAMP, FINDINGS)


def ingest(workbook: Workbook, catalogue: Catalogue, asked: Mapping[str, str]) -> ParsedSubmission:
    """What a workbook says, where it belongs, and what could not be placed: see `docs/tables.md`.

    Each observation and action keeps the address that it has in the submitter's own file.
    """
    sheets = [replace(each, rows=squared(each.rows)) for each in workbook.sheets]
    layouts = [layout(each) for each in sheets if each.visible and each.name not in OURS]
    belongs, odd = belonging(workbook.stamp, asked, labelled(layouts, catalogue), catalogue)
    figures, odd_figures = _figures(layouts, belongs, catalogue)
    declared, odd_actions = _declared(layouts, belongs, catalogue)
    belongs, incomplete = completed(belongs, figures, declared, catalogue)
    figures, declared = of_area(figures, belongs.area), of_area(declared, belongs.area)
    odd += [*incomplete, *of_the_template(workbook.stamp, catalogue.version), *_hidden(sheets)]
    odd += [*_outside(layouts, catalogue), *odd_figures, *odd_actions]
    odd += _nothing(figures, declared)
    facts = (belongs.collection, belongs.area, belongs.round)
    return ParsedSubmission(workbook, *facts, figures, declared, as_table(odd))


def _figures(
    layouts: Sequence[Layout], belongs: Scope, catalogue: Catalogue
) -> tuple[pd.DataFrame, list[ReadIssue]]:
    context = Context(Keys(catalogue.indicators), belongs.area, only_period(belongs, catalogue))
    read = [
        observations(table, replace(context, mark=_mark(each)))
        for each in layouts
        for table in each.of("observations")
    ]
    return _joined(read, no_observations())


def _joined(read: Sequence[Read], none: pd.DataFrame) -> tuple[pd.DataFrame, list[ReadIssue]]:
    filled = [each.rows for each in read if len(each.rows)]
    whole = pd.concat(filled, ignore_index=True) if filled else none
    return whole, [oddity for each in read for oddity in each.oddities]


def _mark(found: Layout) -> str:
    """The decimal mark that the figures of a sheet prove: some columns prove none themselves."""
    places = [
        (table, column.index) for table in found.of("observations") for column in table.of("value")
    ]
    rows = found.sheet.rows
    cells = (row[index] for table, index in places for row in rows[table.first : table.last])
    return decimal_mark(cell for cell in cells if isinstance(cell, str))


def _declared(
    layouts: Sequence[Layout], belongs: Scope, catalogue: Catalogue
) -> tuple[pd.DataFrame, list[ReadIssue]]:
    known = declarable(catalogue, belongs.area)
    read = [actions(table, known) for each in layouts for table in each.of("actions")]
    return _joined(read, actions_table())


def _outside(layouts: Sequence[Layout], catalogue: Catalogue) -> Iterator[ReadIssue]:
    keys, ours = Keys(catalogue.indicators), words_of_ours(catalogue)
    return chain.from_iterable(outside(each, keys, ours) for each in layouts)


def _hidden(sheets: Sequence[Sheet]) -> Iterator[ReadIssue]:
    """Sheets that nobody sees are not read: what stands there may be of another year."""
    for sheet in sheets:
        if not sheet.visible and sheet.name not in OURS and (cells := counted(sheet)):
            yield ReadIssue("hidden_sheet_with_values", sheet.name, detail=str(cells))


def _nothing(figures: pd.DataFrame, declared: pd.DataFrame) -> Iterator[ReadIssue]:
    said = (
        (figures["typed"] != "")
        | (figures["observation_status"] != NORMAL)
        | (figures["confidentiality_status"] != FREE)
    )
    if declared.empty and not said.any():
        yield ReadIssue("submission_empty")
