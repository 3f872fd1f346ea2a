"""Report cells and columns that are not read, so that nothing is dropped silently."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain, product
from typing import NamedTuple

from metrics.catalogue.codelists import codelist, find_code, fold_spelling
from metrics.catalogue.definitions.base import Words
from metrics.catalogue.loader import Catalogue
from metrics.core.cells import cell_address, row_and_column
from metrics.core.tables import BREAKDOWNS
from metrics.intake.reading.figure_words import not_of_one_period
from metrics.intake.reading.headings import (
    PUNCTUATION,
    parse_heading,
    vocabulary,
)
from metrics.intake.reading.issues import ReadIssue
from metrics.intake.reading.labelled_texts import labelled_texts, unknown_period_issues
from metrics.intake.reading.layout import KEY_ROLES, VALUE_ROLES, Layout, SheetRow
from metrics.intake.reading.numbers import parse_numbers
from metrics.intake.reading.remarks import issues_beside_values
from metrics.intake.reading.series_keys import SeriesKeyReader
from metrics.intake.reading.titles import (
    FilledCell,
    ImpliedScope,
    may_name_a_multiplier,
    names_a_state,
    title_issues,
    title_text,
)
from metrics.intake.reading.unread_columns import NO_NUMBERS, unread_column_issues
from metrics.intake.templates import fixed_texts
from metrics.intake.workbook import Sheet
from metrics.messages import languages

# A sheet without a table is ours if at least this share of its cells holds our own texts.
SHARE_OF_OUR_TEXTS = 0.3
# With more cells than this, only the first of each column is reported.
MOST_CELLS = 1_000


def unmapped_issues(
    layout: Layout, keys: SeriesKeyReader, our_texts: frozenset[str], implied: ImpliedScope
) -> Iterator[ReadIssue]:
    """Headers of one sheet that lack a column, and its unread columns and cells."""
    sheet = layout.sheet
    for header in layout.broken:
        first = header.columns[0]
        cell = cell_address(first.header_row, first.index)
        missing = ReadIssue(
            "column_missing", sheet.name, cell, first.typed, expected=header.missing
        )
        yield from _issues_of_unread_table(sheet, first.header_row, missing)
        yield from _issues_of_headings(sheet, [first.header_row])
    if layout.tables:
        yield from unread_column_issues(layout, implied.period)
        outside = [*cells_outside_tables(layout)]
        candidates = [cell for cell in outside if _may_be_title(layout, cell, our_texts)]
        periods = unknown_period_issues(layout, implied.for_tables(layout).period)
        titles = [*periods, *title_issues(layout, candidates, implied)]
        yield from titles
        beside = [*issues_beside_values(layout, _cells_without(titles, candidates), implied)]
        yield from beside
        yield from _text_issues(layout, _cells_without([*titles, *beside], outside), our_texts)
    elif not layout.broken:
        yield from _sheet_issues(layout, keys, our_texts)


def _cells_without(issues: Iterable[ReadIssue], cells: Iterable[FilledCell]) -> list[FilledCell]:
    """The cells that none of the issues is about."""
    asked = {row_and_column(issue.cell) for issue in issues}
    return [cell for cell in cells if (cell.row, cell.column) not in asked]


@lru_cache(maxsize=4)
def template_texts(catalogue: Catalogue) -> frozenset[str]:
    """Every text that our workbooks may contain, case-folded."""
    names = dict(_codes_with_names(catalogue))
    indicators = catalogue.indicators.values()
    versions = [version for indicator in indicators for version in indicator.versions().values()]
    definitions = [version.definition for version in versions]
    parts = [
        part
        for indicator in indicators
        for part in (indicator.numerator, indicator.denominator)
        if part
    ]
    words = [*names.values(), *definitions, *parts]
    texts = {text(language) for text, language in product(words, languages())}
    areas = chain.from_iterable(code.spellings for code in codelist("area").values())
    return frozenset(map(fold_spelling, chain(texts, areas, names, fixed_texts())))


def _codes_with_names(catalogue: Catalogue) -> Iterator[tuple[str, Words]]:
    for framework in catalogue.frameworks.values():
        yield framework.code, framework.name
        yield from ((target.code, target.name) for target in framework.policy_targets)
    for indicator in catalogue.indicators.values():
        yield indicator.code, indicator.name
    for collection in catalogue.collections.values():
        yield collection.code, collection.name


def _may_be_title(layout: Layout, cell: FilledCell, our_texts: frozenset[str]) -> bool:
    """Whether a cell is no text of ours; the name of a State is one, unless it follows a label."""
    row = layout.sheet.rows[cell.row]
    if not is_our_text(row, cell.column, our_texts):
        return True
    return names_a_state(cell.value) and not _is_labelled(row, cell.column)


def cells_outside_tables(layout: Layout) -> Iterator[FilledCell]:
    """The filled cells above and beside the tables; all of a sheet without any.

    So is an unknown heading without anything below it.
    """
    rows, tops = layout.sheet.rows, sorted({table.top for table in layout.tables})
    ends = [*tops, len(rows)]
    yield from _filled_cells(rows, range(ends[0]), set())
    for top, end in zip(tops, ends[1:], strict=True):
        tables = (table for table in layout.tables if table.top == top)
        covered = {
            column.index
            for table in tables
            for column in table.columns
            if column.heading or table.is_filled(column)
        }
        yield from _filled_cells(rows, range(top, end), covered)


def _filled_cells(
    rows: Sequence[SheetRow], numbers: Iterable[int], covered: set[int]
) -> Iterator[FilledCell]:
    """Non-empty cells in these rows, except in the covered columns."""
    width = len(rows[0]) if rows else 0
    for number, column in product(numbers, sorted({*range(width)} - covered)):
        if rows[number][column] is not None:
            yield FilledCell(number, column, rows[number][column])


def _sheet_issues(
    layout: Layout, keys: SeriesKeyReader, our_texts: frozenset[str]
) -> Iterator[ReadIssue]:
    """A sheet without any table: ours, keys without headings, or something else."""
    sheet = layout.sheet
    cells = [*_filled_cells(sheet.rows, range(len(sheet.rows)), set())]
    if not cells:
        return
    known = sum(is_our_text(sheet.rows[cell.row], cell.column, our_texts) for cell in cells)
    if key := next((cell for cell in cells if keys.is_key(cell.value)), None):
        first = cell_address(key.row, key.column)
        missing = ReadIssue("header_missing", sheet.name, first, str(key.value))
        yield from _issues_of_unread_table(sheet, _row_of_headings(sheet.rows[: key.row]), missing)
        yield from _issues_of_headings(sheet, range(key.row))
    elif known >= SHARE_OF_OUR_TEXTS * len(cells):
        yield from _text_issues(layout, cells, our_texts)
    else:
        yield ReadIssue("sheet_not_understood", sheet.name, detail=str(len(cells)))


def _issues_of_headings(sheet: Sheet, rows: Iterable[int]) -> Iterator[ReadIssue]:
    """Headings that say what the figures are: who replaces an unknown one must not lose it."""
    for cell in _filled_cells(sheet.rows, rows, set()):
        address = cell_address(cell.row, cell.column)
        if may_name_a_multiplier(cell.value):
            yield ReadIssue("title_with_multiplier", sheet.name, address)
        elif words := not_of_one_period(title_text(cell.value)):
            yield ReadIssue("title_not_of_one_period", sheet.name, address, understood=words)


class SeenHeadings(NamedTuple):
    """The texts of a row: known headings, and the others."""

    known: str
    others: str


def _row_of_headings(rows: Sequence[SheetRow]) -> int | None:
    """The last row above that holds several texts, as headings."""
    upwards = reversed(range(len(rows)))
    counts = ((number, sum(isinstance(cell, str) for cell in rows[number])) for number in upwards)
    return next((number for number, count in counts if count > 1), None)


def _issues_of_unread_table(
    sheet: Sheet, number: int | None, missing: ReadIssue
) -> Iterable[ReadIssue]:
    """The headings that are not of values; without any, what the table lacks, and its headings."""
    if number is None:
        return [missing]
    seen = _sort_headings(sheet.rows[number])
    others = [*_headings_not_of_values(sheet, number)]
    return others or [replace(missing, understood=seen.known, unread=seen.others)]


def _headings_not_of_values(sheet: Sheet, number: int) -> Iterator[ReadIssue]:
    """Unknown headings above numbers, in a row that names indicators and lacks the values.

    They may say that the numbers are percentages, averages or plans. A heading that names a sex
    or another breakdown says which figures these are.
    """
    row = sheet.rows[number]
    found = [parse_heading(cell, "observations") for cell in row if isinstance(cell, str)]
    roles = {heading.role for heading in found if heading}
    if roles.isdisjoint(KEY_ROLES["observations"]) or not roles.isdisjoint(
        VALUE_ROLES["observations"]
    ):
        return
    for column, text in enumerate(row):
        if not isinstance(text, str) or parse_heading(text, "observations"):
            continue
        if any(find_code(text, breakdown) for breakdown in BREAKDOWNS):
            continue
        cells = [other[column] for other in sheet.rows[number + 1 : number + 1 + MOST_CELLS]]
        if not {own.form for own in parse_numbers(cells)} <= NO_NUMBERS:
            yield ReadIssue("heading_not_of_values", sheet.name, cell_address(number, column), text)


def _sort_headings(row: SheetRow) -> SeenHeadings:
    texts = [cell for cell in row if isinstance(cell, str)]
    known = [text for text in texts if parse_heading(text, "observations")]
    others = [text for text in texts if text not in known]
    return SeenHeadings(", ".join(known), ", ".join(others))


def _text_issues(
    layout: Layout, cells: Iterable[FilledCell], our_texts: frozenset[str]
) -> Iterator[ReadIssue]:
    """One issue for each cell, without its text, which may be about a person."""
    sheet, rows = layout.sheet, layout.sheet.rows
    stated = {row_and_column(text.cell) for text in labelled_texts(layout, "labels")}
    foreign = [
        cell
        for cell in cells
        if (cell.row, cell.column) not in stated
        and not is_our_text(rows[cell.row], cell.column, our_texts)
    ]
    if len(foreign) > MOST_CELLS:
        foreign = [*{cell.column: cell for cell in reversed(foreign)}.values()]
    for cell in foreign:
        detail = "text" if isinstance(cell.value, str) else "number"
        yield ReadIssue(
            "text_outside_table", sheet.name, cell_address(cell.row, cell.column), detail=detail
        )


def is_our_text(row: SheetRow, column: int, our_texts: frozenset[str]) -> bool:
    """Whether a cell holds texts of the template or catalogue, or a label or labelled text."""
    cell = row[column]
    if isinstance(cell, str) and holds_only(cell, our_texts):
        return True
    return _is_label(cell) or _is_labelled(row, column)


def holds_only(text: str, our_texts: Collection[str]) -> bool:
    """Whether a text is one of ours, or several of them with dashes between."""
    return all(fold_spelling(part) in our_texts for part in text.split(" – "))


def _is_labelled(row: SheetRow, column: int) -> bool:
    """Whether the filled cell before this one is a label."""
    left = next((other for other in reversed(row[:column]) if other is not None), None)
    return _is_label(left)


def _is_label(cell: object) -> bool:
    return isinstance(cell, str) and fold_spelling(cell).strip(PUNCTUATION) in vocabulary("labels")
