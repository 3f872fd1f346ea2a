"""What stands outside the tables of a sheet, so that nothing is lost in silence."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, product

from metrics.catalogue.codelists import codelist, folded
from metrics.catalogue.definitions import Words
from metrics.catalogue.loader import Catalogue
from metrics.core.cells import address
from metrics.intake.reading.headings import AROUND, vocabulary
from metrics.intake.reading.issues import ReadIssue
from metrics.intake.reading.layout import Layout, Row
from metrics.intake.reading.series_keys import Keys
from metrics.intake.templates import fixed_texts
from metrics.intake.workbook import Sheet
from metrics.messages import languages

# On a page of ours at least this share of the cells holds words of ours.
SHARE_OF_OURS = 0.3
# A whole block beside a table is mentioned once a column.
MOST_CELLS = 1_000


def outside(layout: Layout, keys: Keys, ours: frozenset[str]) -> Iterator[ReadIssue]:
    """Oddities of one sheet: headers that lack a column, columns and cells that are not read."""
    name = layout.sheet.name
    for header in layout.broken:
        first = header.columns[0]
        cell = address(first.header_row, first.index)
        yield ReadIssue("column_missing", name, cell, first.typed, expected=header.missing)
    if layout.tables:
        yield from _columns(layout)
        yield from _texts(layout.sheet, _beside(layout), ours)
    elif not layout.broken:
        yield from _page(layout.sheet, keys, ours)


def words_of_ours(catalogue: Catalogue) -> frozenset[str]:
    """Every text that a workbook of ours may carry, folded."""
    names = dict(_codes(catalogue))
    defined = [each.definition for each in catalogue.indicators.values()]
    parts = [(each.numerator, each.denominator) for each in catalogue.indicators.values()]
    every = [*names.values(), *defined, *filter(None, chain.from_iterable(parts))]
    texts = {text(language) for text, language in product(every, languages())}
    areas = chain.from_iterable(code.spellings for code in codelist("area").values())
    return frozenset(map(folded, chain(texts, areas, names, fixed_texts())))


def _codes(catalogue: Catalogue) -> Iterator[tuple[str, Words]]:
    """The codes of the catalogue with their names."""
    for framework in catalogue.frameworks.values():
        yield framework.code, framework.name
        yield from ((target.code, target.name) for target in framework.policy_targets)
    yield from ((each.code, each.name) for each in catalogue.indicators.values())
    yield from ((each.code, each.name) for each in catalogue.collections.values())


def _columns(layout: Layout) -> Iterator[ReadIssue]:
    """Columns with a heading of the submitter's own, and with something in them."""
    foreign = (
        (table, each) for table in layout.tables for each in table.columns if not each.heading
    )
    for table, column in foreign:
        rows = table.sheet.rows[table.first : table.last]
        if any(row[column.index] is not None for row in rows):
            cell = address(column.header_row, column.index)
            yield ReadIssue("column_unknown", layout.sheet.name, cell, column.typed)


def _beside(layout: Layout) -> Iterator[tuple[int, int, object]]:
    """Row, column and content of the cells above and beside the tables."""
    rows, tops = layout.sheet.rows, sorted({table.top for table in layout.tables})
    yield from _filled(rows, 0, range(tops[0]), set())
    for top, end in zip(tops, [*tops[1:], len(rows)], strict=True):
        columns = chain.from_iterable(each.columns for each in layout.tables if each.top == top)
        yield from _filled(rows, top, range(top, end), {column.index for column in columns})


def _filled(
    rows: Sequence[Row], top: int, numbers: range, covered: set[int]
) -> Iterator[tuple[int, int, object]]:
    width = len(rows[top]) if rows else 0
    bare = sorted({*range(width)} - covered)
    for number, index in product(numbers, bare):
        if rows[number][index] is not None:
            yield number, index, rows[number][index]


def _page(sheet: Sheet, keys: Keys, ours: frozenset[str]) -> Iterator[ReadIssue]:
    """A sheet without any table: of ours, of keys without headings, or of something else."""
    cells = [*_filled(sheet.rows, 0, range(len(sheet.rows)), set())]
    known = [cell for cell in cells if _is_ours(sheet.rows[cell[0]], cell[1], ours)]
    if not cells:
        return
    if first := next((each for each in cells if keys.is_key(each[2])), None):
        cell = address(first[0], first[1])
        yield ReadIssue("header_missing", sheet.name, cell, str(first[2]))
    elif len(known) >= SHARE_OF_OURS * len(cells):
        yield from _texts(sheet, cells, ours)
    else:
        yield ReadIssue("sheet_not_understood", sheet.name, detail=str(len(cells)))


def _texts(
    sheet: Sheet, cells: Iterable[tuple[int, int, object]], ours: frozenset[str]
) -> Iterator[ReadIssue]:
    """One for each cell; its words are not repeated, as they may be about a person."""
    foreign = [each for each in cells if not _is_ours(sheet.rows[each[0]], each[1], ours)]
    for number, index, cell in (
        foreign if len(foreign) <= MOST_CELLS else _first_of_columns(foreign)
    ):
        detail = "text" if isinstance(cell, str) else "number"
        yield ReadIssue("text_outside_table", sheet.name, address(number, index), detail=detail)


def _first_of_columns(
    cells: Sequence[tuple[int, int, object]],
) -> Iterable[tuple[int, int, object]]:
    return {index: (number, index, cell) for number, index, cell in reversed(cells)}.values()


def _is_ours(row: Row, index: int, ours: frozenset[str]) -> bool:
    """Words of the template or the catalogue, a label of ours, or what stands after one."""
    cell = row[index]
    if isinstance(cell, str) and all(folded(part) in ours for part in cell.split(" – ")):
        return True
    before = next((row[at] for at in range(index - 1, -1, -1) if row[at] is not None), None)
    return _is_label(cell) or _is_label(before)


def _is_label(cell: object) -> bool:
    return isinstance(cell, str) and folded(cell).strip(AROUND) in vocabulary("labels")
