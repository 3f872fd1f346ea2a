"""Where the texts that our workbook carries as its own apply: only where it writes and locks."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from metrics.catalogue.codelists import fold_spelling
from metrics.catalogue.definitions.indicators import Indicator
from metrics.core.series import parse_series
from metrics.intake.own_texts import (
    NO_OWN_TEXTS,
    OwnTexts,
    component_of_row,
    plain_heading,
    role_in_table,
)
from metrics.intake.reading.headings import parse_heading, split_period
from metrics.intake.reading.layout import KEY_ROLES, Layout, SheetTable
from metrics.intake.reading.marginal_texts import KEPT_WORDS, kept_hint
from metrics.intake.reading.numbers import cell_text
from metrics.intake.templates import OWN_TEXTS_COLUMN, STAMP, former_texts
from metrics.intake.workbook import Sheet, Workbook
from metrics.messages import ENGLISH, messages

CellPosition = tuple[int, int]
ROWS_OF_HEADINGS = 20  # from the first: ours are in the fourth, if nobody has inserted rows
ROLES_OF_TABLES = {kind: tuple(messages(ENGLISH, "workbook")[kind]) for kind in KEY_ROLES}


def carried_texts(workbook: Workbook) -> OwnTexts:
    """What a workbook with our stamp carries; one that carries nothing is of an earlier version."""
    if not workbook.stamp:
        return NO_OWN_TEXTS
    hidden = (one for one in workbook.sheets if one.name == STAMP and not one.visible)
    rows = (row for sheet in hidden for row in sheet.rows if row[OWN_TEXTS_COLUMN:])
    return OwnTexts.of_cells(row[OWN_TEXTS_COLUMN] for row in rows) or former_texts()


def with_present_headings(sheet: Sheet, own: OwnTexts, language: str) -> Sheet:
    """The sheet; headings that were ours have the words by which tables are found today."""
    rows = [*sheet.rows]
    for number, row in enumerate(rows[:ROWS_OF_HEADINGS] if own else ()):
        present = [_present_heading(cell, own, language) for cell in row]
        if any(present):
            rows[number] = [now or cell for now, cell in zip(present, row, strict=True)]
    return replace(sheet, rows=rows)


def _present_heading(cell: object, own: OwnTexts, language: str) -> str:
    """Today's words of a heading that the workbook was written with; empty if they are the same."""
    if not isinstance(cell, str) or any(parse_heading(cell, kind) for kind in ROLES_OF_TABLES):
        return ""
    period, words = split_period(fold_spelling(cell))
    for kind, roles in ROLES_OF_TABLES.items():
        about = {role_in_table(kind, role): role for role in roles}
        if found := own.about_of("heading", plain_heading(words), about):
            return f"{messages(language, 'workbook')[kind][about[found]]} {period}".strip()
    return ""


def own_cells_outside_tables(layout: Layout, own: OwnTexts) -> Iterator[CellPosition]:
    """The cells with our texts above the tables of a sheet, or anywhere on one without tables."""
    end = min((table.top for table in layout.tables), default=len(layout.sheet.rows))
    for number, row in enumerate(layout.sheet.rows[:end] if own else ()):
        for column, cell in enumerate(row):
            if isinstance(cell, str) and own.includes("outside", cell):
                yield number, column


def with_own_texts(layout: Layout, own: OwnTexts, our_texts: frozenset[str]) -> frozenset[str]:
    """The texts of the catalogue, with those outside the tables of this sheet that were ours."""
    rows = layout.sheet.rows
    cells = (str(rows[row][column]) for row, column in own_cells_outside_tables(layout, own))
    parts = (part for cell in cells for part in cell.split(" – "))
    return our_texts.union(map(fold_spelling, parts))


def own_columns_of_row(
    table: SheetTable, number: int, own: OwnTexts, indicators: Mapping[str, Indicator]
) -> Iterator[int]:
    """The columns in which a row has the name and the unit that the workbook gave it itself."""
    key, name, unit = map(table.first_column, ("series", "indicator", "unit"))
    if not own or key is None or name is None:
        return
    row = table.sheet.rows[number]
    codes = _codes_of_row(row[key.index], indicators)
    if not (code := own.about_of("indicator", cell_text(row[name.index]), codes)):
        return
    yield name.index
    components = [component_of_row(code, one) for one in indicators[code].components]
    if unit and own.about_of("unit", cell_text(row[unit.index]), components):
        yield unit.index


def kept_words_of(open_workbook: Callable[[], Workbook]) -> Mapping[str, Callable[[str], str]]:
    """What stays of the texts beside the cells; the workbook is opened only if it has prompts."""
    own = cache(lambda: carried_texts(open_workbook()))

    def kept(text: str) -> str:
        return kept_hint(text) and kept_hint(text, own())

    return {**KEPT_WORDS, "hint": kept}


def own_cells(
    layout: Layout, own: OwnTexts, indicators: Mapping[str, Indicator]
) -> Iterator[CellPosition]:
    """All cells of a sheet that hold a text with which our workbook was written."""
    yield from own_cells_outside_tables(layout, own)
    for table in layout.tables_of("observations"):
        for number in range(table.first, table.last if own else table.first):
            columns = own_columns_of_row(table, number, own, indicators)
            yield from ((number, column) for column in columns)


def _codes_of_row(key: object, indicators: Mapping[str, Indicator]) -> Iterable[str]:
    """The indicator that a key names; of a row whose part is chosen, which has none, any."""
    if key is None:
        return indicators
    try:
        code = parse_series(str(key))[0]
    except ValueError:
        return ()
    return (code,) if code in indicators else ()
