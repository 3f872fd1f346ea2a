"""Read the observations of one table: a row for each cell that may hold a value.

Columns are built whole, and each distinct text is parsed once.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from metrics.catalogue.codelists import find_code
from metrics.core.cells import cell_address
from metrics.core.tables import BREAKDOWNS, STATUSES, STEP, WITHOUT_VALUE
from metrics.intake.reading.attributes import (
    ATTRIBUTE_ROLES,
    TextColumns,
    apply_flags,
    contradicted_flags,
    parse_code,
    period_doubts,
    read_areas,
    read_attributes,
    read_last_period,
    read_periods,
)
from metrics.intake.reading.carried_texts import own_columns_of_row
from metrics.intake.reading.days import DAY_IN_TEXT, days_meant, whole_year
from metrics.intake.reading.doubtful_letters import doubtful_letters
from metrics.intake.reading.headings import period_of_cell
from metrics.intake.reading.issues import ReadIssue, ReadTable
from metrics.intake.reading.layout import SheetTable, TableColumn
from metrics.intake.reading.merged_cells import blocks_over_rows
from metrics.intake.reading.misplaced_figures import misplaced_figure_issues
from metrics.intake.reading.multipliers import in_unit_of_row
from metrics.intake.reading.numbers import (
    EMPTY,
    TEXT,
    Number,
    cell_text,
    map_distinct,
    parse_numbers,
)
from metrics.intake.reading.period_doubts import PeriodDoubts
from metrics.intake.reading.qualifiers import qualifier_issues
from metrics.intake.reading.row_names import changed_name_issues, own_row_label
from metrics.intake.reading.series_keys import ROLES, SeriesKey, SeriesKeyReader, UnknownSeries
from metrics.intake.reading.table_body import TableBody
from metrics.intake.reading.titles import (
    ImpliedScope,
    issue_within_table,
    text_about_figures,
)
from metrics.intake.workbook import MergedCells

# The columns as `docs/tables.md` lists them.
OBSERVATION_COLUMNS = (
    "indicator", "component", "area", *BREAKDOWNS, "period", "typed", "form", "value", "understood",
    *ATTRIBUTE_ROLES, "key_typed", "area_typed", "period_typed", "observation_status_typed",
    "confidentiality_status_typed", "since_typed", "limit_typed", "sheet", "row", "cell",
    "key_cell", "area_cell", "period_cell", "observation_status_cell",
    "confidentiality_status_cell", "since_cell", "remark_cell", "limit_cell",
    "last_period", "last_period_typed", "last_period_cell",
)  # fmt: skip
OBSERVATION_DTYPES = dict.fromkeys(OBSERVATION_COLUMNS, "str") | {
    "value": "float64",
    "row": "int64",
}


MARKS_OF_NO_VALUE = {"nan", ":"}
WAYS_APART = " / "
PART_OF_KEY = re.compile(rf"[\[;, ](?:{'|'.join(BREAKDOWNS)}) ?=")  # ICSE_VICTIMS[sex=F]
OTHER_SEPARATORS = re.compile(r"[,;|\t]")
# Of a longer column, which a program wrote, the first cells show how it was read.
MOST_DOUBTFUL = 1_000
# Columns whose cells are about the figure of their row; those with code lists.
LISTED_ROLES = ("area", "unit", *BREAKDOWNS)
ROLES_OF_ROW = (*LISTED_ROLES, "breakdown", "component", "period", "previous")
# Columns of which each needs its own cell.
ASKED_ALONE = ("value", *STATUSES)


@dataclass(frozen=True)
class SheetContext:
    """What the reader of a table must know from elsewhere."""

    keys: SeriesKeyReader
    area: str  # of the whole submission, if known
    period: str  # the only one of the round; empty if there are several
    decimal_marks: str = ""  # that the sheet proves, or both that the file does


@dataclass(frozen=True)
class SeriesRows:
    """The rows of a table that name a series, with that text and its address."""

    body: TableBody
    keys: Sequence[SeriesKey]
    typed: Sequence[str]
    addresses: Sequence[str]

    @property
    def sheet(self) -> str:
        return self.body.table.sheet.name


def empty_observations() -> pd.DataFrame:
    return pd.DataFrame(
        {name: pd.Series(dtype=dtype) for name, dtype in OBSERVATION_DTYPES.items()}
    )


def read_observations(table: SheetTable, context: SheetContext) -> ReadTable:
    """Every cell of the table that may hold a value, including empty ones."""
    body = TableBody.from_table(table)
    keys, typed, addresses = _read_series(body, context.keys)
    known = [isinstance(key, SeriesKey) for key in keys]
    rows = SeriesRows(
        body.select_rows(known),
        [key for key in keys if isinstance(key, SeriesKey)],
        list(compress(typed, known)),
        list(compress(addresses, known)),
    )
    areas, doubts = read_areas(rows.body, context.area), period_doubts(rows.body)
    columns = [(value, _parse_values(rows, value, context)) for value in table.columns_of("value")]
    tables = [
        _observations_of_column(
            rows, areas | read_periods(rows.body, value, context.period, doubts), value, numbers
        )
        for value, numbers in columns
    ]
    issues = (
        *misplaced_figure_issues(body, keys),
        *changed_name_issues(rows.body, rows.keys, context.keys),
        *_unknown_series_issues(body, keys, context), *_unasked_breakdown_issues(rows),
        *_area_issues(rows, areas, context), *_period_issues(rows, tables, doubts),
        *_year_issues(rows, tables),
        *_doubtful_number_issues(rows, columns), *_contradicted_flag_issues(rows, columns),
        *_merged_value_issues(table), *_day_issues(rows),
        *qualifier_issues(rows.body, rows.keys, context.keys),
    )  # fmt: skip
    return ReadTable(concat_by_row(tables), issues)


def _merged_value_issues(table: SheetTable) -> Iterator[ReadIssue]:
    """Values in a cell over several rows, and values or statuses in one over several columns."""
    over_rows = (
        block
        for value in (table.columns_of("value") if table.sheet.merged else ())
        for block in blocks_over_rows(table.sheet, value.index, table.first, table.last)
    )
    for block in dict.fromkeys([*over_rows, *_blocks_over_columns(table)]):
        typed = cell_text(table.sheet.rows[block.top][block.left])
        cell = cell_address(block.top, block.left)
        yield ReadIssue("value_cells_merged", table.sheet.name, cell, typed)


def _blocks_over_columns(table: SheetTable) -> Iterator[MergedCells]:
    """Merged cells over several columns, one of values or statuses; a text over a row is none."""
    indices = {column.index for column in table.columns}
    roles = {column.index for role in ASKED_ALONE for column in table.columns_of(role)}
    for block in table.sheet.merged:
        covered = indices.intersection(range(block.left, block.right + 1))
        is_below = table.first <= block.top < table.last
        if is_below and len(covered) > 1 and covered & roles and table.key.index not in covered:
            yield block


def concat_by_row(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Join tables of observations, sorted by their row on the sheet."""
    filled = [table for table in tables if len(table)]
    if not filled:
        return empty_observations()
    whole = pd.concat(filled, ignore_index=True)
    return whole.sort_values("row", kind="stable", ignore_index=True) if filled[1:] else whole


def _read_series(
    body: TableBody, reader: SeriesKeyReader
) -> tuple[list[SeriesKey | UnknownSeries], list[str], list[str]]:
    """The series of each row, the text that names it, and the address of that text."""
    table = body.table
    texts = {role: body.texts(column) for role in ROLES if (column := table.first_column(role))}
    column = table.first_column("indicator")
    names = texts["indicator"] = body.texts(column)
    addresses = body.addresses(column)
    rows = list(zip(*texts.values(), strict=True))
    with_parts = any(map(PART_OF_KEY.search, texts.get("series", ())))
    keys = map_distinct(
        rows,
        lambda row: reader.read_key(dict(zip(texts, row, strict=True)), with_parts=with_parts),
    )
    keys = _without_doubtful_letters(table, keys, texts)
    if not (column := table.first_column("series")):
        return keys, names, addresses
    named = zip(texts["series"], body.addresses(column), names, addresses, strict=True)
    pairs = [(key, own) if key else (name, other) for key, own, name, other in named]
    return keys, [text for text, _ in pairs], [cell for _, cell in pairs]


def _without_doubtful_letters(
    table: SheetTable,
    keys: list[SeriesKey | UnknownSeries],
    texts: Mapping[str, Sequence[str]],
) -> list[SeriesKey | UnknownSeries]:
    """The keys; a row has none where a letter means something else in the heading's language."""
    series = texts.get("series", [""] * len(keys))
    for by, role in ((name, role) for name in BREAKDOWNS for role in ("breakdown", name)):
        if not (column := table.first_column(role)):
            continue
        doubts = doubtful_letters(by, role, column.typed, texts[role])
        for row, typed in enumerate(texts[role] if doubts else ()):
            key, other = keys[row], doubts.get(typed, "")
            if other and isinstance(key, SeriesKey) and f"{by}=" not in series[row]:
                keys[row] = UnknownSeries(
                    "letter_in_doubt", role, typed, other, detail=by, about=key.indicator
                )
    return keys


def _unknown_series_issues(
    body: TableBody, keys: Sequence[SeriesKey | UnknownSeries], context: SheetContext
) -> Iterator[ReadIssue]:
    """Rows without a series; if nothing else is filled, such a row is just text."""
    rest = body.select_rows([isinstance(key, UnknownSeries) for key in keys])
    unknown = [key for key in keys if isinstance(key, UnknownSeries)]
    uncut = [_is_uncut_row(key.typed, context.keys) for key in unknown]
    stated = zip(
        rest.filled("value"), rest.filled(*ATTRIBUTE_ROLES), _misplaced(rest), uncut, strict=True
    )
    for key, number, is_stated in zip(unknown, rest.numbers, stated, strict=True):
        has_value, _, *is_cut = is_stated
        if not has_value and not key.typed:
            yield from _issues_of_texts_in_row(body.table, number, context)
            continue
        sheet = body.table.sheet.name
        column = body.table.first_column(key.role) or body.table.key
        cell = cell_address(number, column.index)
        label = own_row_label(number, body.table, key, is_cut=any(is_cut)) if any(is_stated) else ""
        if label:
            cell = cell_address(number, _column_of(label, body.table, number, column.index))
            yield ReadIssue("row_without_indicator", sheet, cell, label)
        elif any(is_stated):
            yield ReadIssue(
                key.rule,
                sheet,
                cell,
                key.typed,
                "",
                key.expected,
                key.nearest,
                key.detail,
                key.about,
            )
        else:
            yield _issue_of_text(body.table, cell, key.typed, context)


def _column_of(label: str, table: SheetTable, number: int, default: int) -> int:
    """The column in which a row has its label, which may be a number: an unlabelled sum."""
    texts = map(cell_text, table.sheet.rows[number])
    return next((index for index, text in enumerate(texts) if text == label), default)


def _issue_of_text(table: SheetTable, cell: str, text: str, context: SheetContext) -> ReadIssue:
    """A text between or below the rows of a table may be about any of them."""
    implied = ImpliedScope(
        "" if table.columns_of("area") else context.area,
        "" if table.names_periods else context.period,
    )
    found = issue_within_table(table, text_about_figures(text), implied)
    unread = ReadIssue("text_outside_table", detail="text")
    return replace(found or unread, sheet=table.sheet.name, cell=cell)


def _issues_of_texts_in_row(
    table: SheetTable, number: int, context: SheetContext
) -> Iterator[ReadIssue]:
    """A row without series and figure holds texts; the name of its State or period is none."""
    keys = context.keys
    ours = {*own_columns_of_row(table, number, keys.own, keys.indicators)}
    for column in table.columns:
        text = table.sheet.rows[number][column.index]
        if column.index in ours or column.role not in ROLES_OF_ROW or not isinstance(text, str):
            continue
        is_named = column.role in LISTED_ROLES and find_code(text, column.role)
        if not is_named and not period_of_cell(text):
            cell = cell_address(number, column.index)
            yield _issue_of_text(table, cell, text, context)


def _is_uncut_row(text: str, reader: SeriesKeyReader) -> bool:
    """Whether one cell holds a whole row, with another separator: `ICSE_VICTIMS,12`."""
    first, *others = OTHER_SEPARATORS.split(text)
    return reader.is_key(first) and any(part.strip().isdecimal() for part in others)


def _misplaced(body: TableBody) -> list[bool]:
    """Whether a row has something else where an area or a period belongs, as a cut row has."""
    areas = map_distinct(
        body.texts(body.table.first_column("area")), lambda text: not find_code(text, "area")
    )
    periods = map_distinct(
        body.cells(body.table.first_column("period")), lambda cell: not period_of_cell(cell)
    )
    named = zip(body.filled("area"), areas, body.filled("period"), periods, strict=True)
    return [(area and no_area) or (period and no_period)
            for area, no_area, period, no_period in named]  # fmt: skip


def _doubtful_number_issues(
    rows: SeriesRows, columns: Iterable[tuple[TableColumn, Sequence[Number]]]
) -> Iterator[ReadIssue]:
    """Texts such as 1.234 that were read as other cells of the file are written."""
    for value, numbers in columns:
        doubtful = [row for row, number in enumerate(numbers) if number.is_doubtful]
        if not doubtful:
            continue
        typed, cells = rows.body.texts(value), rows.body.addresses(value)
        for row in doubtful[:MOST_DOUBTFUL]:
            understood = numbers[row].understood
            yield ReadIssue("number_read_from_text", rows.sheet, cells[row], typed[row], understood)


def _contradicted_flag_issues(
    rows: SeriesRows, columns: Iterable[tuple[TableColumn, Sequence[Number]]]
) -> Iterator[ReadIssue]:
    """Numbers such as `12 c` beside a status that says otherwise."""
    for value, numbers in columns:
        flags = [number.flag for number in numbers]
        if not any(flags):
            continue
        typed, cells = rows.body.texts(value), rows.body.addresses(value)
        for row, status in contradicted_flags(read_attributes(rows.body, value), flags).items():
            yield ReadIssue(
                "flag_contradicts_status", rows.sheet, cells[row], typed[row], flags[row], status
            )


def _day_issues(rows: SeriesRows) -> Iterator[ReadIssue]:
    """Days in which day and month may be swapped: 01/02/2024."""
    for column in rows.body.table.columns_of("since"):
        texts = rows.body.texts(column)
        meant = map_distinct(texts, days_meant)
        for text, days, cell in zip(texts, meant, rows.body.addresses(column), strict=True):
            if len(days) > 1:
                yield ReadIssue("day_ambiguous", rows.sheet, cell, text, WAYS_APART.join(days))


def _unasked_breakdown_issues(rows: SeriesRows) -> Iterator[ReadIssue]:
    for key, typed, cell in zip(rows.keys, rows.typed, rows.addresses, strict=True):
        if key.unasked:
            yield ReadIssue("breakdown_not_asked", rows.sheet, cell, typed, key.unasked)


def _area_issues(
    rows: SeriesRows, areas: TextColumns, context: SheetContext
) -> Iterator[ReadIssue]:
    """Rows with an unknown area, with another than the submission's, or with none."""
    columns = (areas["area"], areas["area_typed"], areas["area_cell"])
    names_areas = any(areas["area_typed"])
    named = {code for code, typed, _ in zip(*columns, strict=True) if typed}
    other = named.pop() if len(named) == 1 else ""
    if other and context.area not in {"", other}:
        cell = next(filter(None, areas["area_cell"]))
        yield ReadIssue("file_of_other_area", rows.sheet, cell, other, other, context.area)
        return
    for code, typed, cell in zip(*columns, strict=True):
        if typed and not code:
            near = context.keys.suggestions.nearest_code(typed, "area")
            yield ReadIssue("area_unknown", rows.sheet, cell, typed, nearest=near)
        elif typed and context.area not in {"", code}:
            yield ReadIssue("area_mismatch", rows.sheet, cell, typed, code, context.area)
        elif cell and not code and names_areas:
            yield ReadIssue("area_missing", rows.sheet, cell)


def _period_issues(
    rows: SeriesRows, tables: Sequence[pd.DataFrame], doubts: PeriodDoubts
) -> Iterator[ReadIssue]:
    """One issue for each invalid period; one for a table that names no period at all."""
    for table in tables:
        stated = (table["typed"] != "") | (table["period_typed"] != "")
        unclear = table[stated & (table["period"] == "")]
        named = unclear["period_cell"].where(unclear["period_typed"] != "", unclear["cell"])
        cells = zip(unclear["period_typed"], named, strict=True)
        for typed, cell in dict.fromkeys(cells):
            if ways := doubts.ways(typed):
                years = next((way for way in ways.split(" / ") if "–" in way), "")
                yield ReadIssue("period_ambiguous", rows.sheet, cell, typed, ways, years)
            elif days := days_meant(typed):
                yield ReadIssue("day_instead_of_period", rows.sheet, cell, typed, days[0][:4])
            elif typed:
                yield ReadIssue("period_not_understood", rows.sheet, cell, typed)
            else:
                yield ReadIssue("period_missing", rows.sheet, cell)


def _year_issues(rows: SeriesRows, tables: Sequence[pd.DataFrame]) -> Iterator[ReadIssue]:
    """Years that were named by a day, each at the first cell with it."""
    first: dict[str, tuple[str, str]] = {}
    for table in tables:
        named = table.drop_duplicates("period_typed")
        cells = zip(named["period_typed"], named["period"], named["period_cell"], strict=True)
        for typed, period, cell in cells:
            first.setdefault(typed, (period, cell))
    for typed, (period, cell) in first.items():
        if period.isdecimal() and (whole_year(typed) or DAY_IN_TEXT.search(typed)):
            yield ReadIssue("year_read_from_day", rows.sheet, cell, typed, period)


def _observations_of_column(
    rows: SeriesRows,
    areas_and_periods: TextColumns,
    value: TableColumn,
    numbers: Sequence[Number],
) -> pd.DataFrame:
    """The observations of one column of values, with their attributes."""
    body = rows.body
    texts = read_attributes(body, value) | areas_and_periods | read_last_period(body)
    texts |= {
        "typed": body.texts(value),
        "form": [number.form for number in numbers],
        "understood": [number.understood for number in numbers],
        "cell": body.addresses(value),
        "key_typed": [*rows.typed],
        "key_cell": [*rows.addresses],
    }
    apply_flags(texts, [number.flag for number in numbers])
    texts["form"] = _forms_beside_statuses(texts)
    return _build_table(rows, texts, [number.value for number in numbers])


def _forms_beside_statuses(texts: TextColumns) -> list[str]:
    """The forms; a mark of SDMX or Eurostat for no value is empty beside a status that says why."""
    columns = (texts["form"], texts["typed"], texts["observation_status"])
    return [
        EMPTY.form
        if form == TEXT.form
        and status in WITHOUT_VALUE
        and typed.strip().casefold() in MARKS_OF_NO_VALUE
        else form
        for form, typed, status in zip(*columns, strict=True)
    ]


def _build_table(rows: SeriesRows, texts: TextColumns, values: Sequence[float]) -> pd.DataFrame:
    columns = _spread_keys([*rows.keys])
    columns |= {
        name: pd.array(column, dtype="str")
        for name, column in texts.items()
        if name in OBSERVATION_DTYPES
    }
    columns["sheet"] = pd.array([rows.sheet] * len(values), dtype="str")
    whole = pd.DataFrame(columns)
    numbered = np.array(rows.body.numbers, dtype="int64") + 1
    return whole.assign(value=np.array(values, dtype="float64"), row=numbered)[
        [*OBSERVATION_COLUMNS]
    ]


def _spread_keys(keys: Sequence[SeriesKey]) -> dict[str, ExtensionArray]:
    """The columns of the series: each distinct key is written once, then repeated for its rows."""
    distinct = {id(key): key for key in keys}
    positions = {identity: position for position, identity in enumerate(distinct)}
    taken = np.array([positions[id(key)] for key in keys], dtype=np.intp)
    return {
        name: pd.Series([key.code_in(name) for key in distinct.values()], dtype="str")
        .take(taken)
        .array
        for name in ("indicator", "component", *BREAKDOWNS)
    }


def _parse_values(rows: SeriesRows, value: TableColumn, context: SheetContext) -> list[Number]:
    cells = rows.body.cells(value)
    numbers = parse_numbers(cells, context.decimal_marks)
    for row, key in enumerate(rows.keys):
        if key.component == STEP and cells[row] is not None:
            numbers[row] = _parse_step(cells[row], context.keys, key.indicator)
        elif numbers[row].factor != 1:
            indicator = context.keys.indicators[key.indicator]
            numbers[row] = in_unit_of_row(numbers[row], indicator, key.component)
    return numbers


def _parse_step(cell: object, keys: SeriesKeyReader, indicator: str) -> Number:
    """The position of a step on the indicator's ladder, named in any language or as it was offered.

    A number is asked for in words: people count from 1, and the ladder may have changed.
    """
    text, ladder = cell_text(cell), keys.indicators[indicator].ladder
    code = keys.own.about_of("step", text, ladder) or parse_code(text, "step")
    if code in ladder:
        return Number("number", float(ladder.index(code)), code)
    return TEXT if text.strip() else EMPTY
