"""The observations of one table: a row for each cell where a value belongs.

Columns are built whole, and whatever is typed is read once for each different text.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions import Indicator
from metrics.core.cells import address
from metrics.core.tables import BREAKDOWNS, STEP
from metrics.intake.reading.attributes import (
    SAID,
    Texts,
    area_of,
    as_code,
    flagged,
    period_of_rows,
    said_beside,
)
from metrics.intake.reading.issues import Read, ReadIssue
from metrics.intake.reading.layout import Column, Table
from metrics.intake.reading.numbers import Number, as_typed, number, numbers, read_each
from metrics.intake.reading.series_keys import ROLES, Keys, SeriesKey, Unknown
from metrics.intake.reading.table_body import Body

# The columns as `docs/tables.md` lists them.
COLUMNS = (
    "indicator", "component", "area", *BREAKDOWNS, "period", "typed", "form", "value", "understood",
    *SAID, "key_typed", "area_typed", "period_typed", "observation_status_typed",
    "confidentiality_status_typed", "since_typed", "sheet", "row", "cell", "key_cell", "area_cell",
    "period_cell", "observation_status_cell", "confidentiality_status_cell", "since_cell",
    "remark_cell",
)  # fmt: skip
KINDS = dict.fromkeys(COLUMNS, "str") | {"value": "float64", "row": "int64"}


@dataclass(frozen=True)
class Context:
    """What a table alone does not say."""

    keys: Keys
    area: str  # of the whole submission, where it is known
    period: str  # the only one of the round; empty where there are several
    mark: str = ""  # the decimal mark that the sheet proves


@dataclass(frozen=True)
class Rows:
    """The rows of a table that have a series, with the text that names it and its address."""

    body: Body
    keys: Sequence[SeriesKey]
    typed: Sequence[str]
    places: Sequence[str]

    @property
    def sheet(self) -> str:
        return self.body.table.sheet.name


def no_observations() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in KINDS.items()})


def observations(table: Table, context: Context) -> Read:
    """Every cell of the table in which a value belongs, empty ones included."""
    body = Body.of(table)
    found, typed, places = _series(body, context.keys)
    known = [isinstance(key, SeriesKey) for key in found]
    keys = [key for key in found if isinstance(key, SeriesKey)]
    rows = Rows(body.where(known), keys, *(list(compress(each, known)) for each in (typed, places)))
    area = area_of(rows.body, context.area)
    values = table.of("value")
    tables = [_with_values(rows, area, value, context) for value in values]
    odd = (
        *_unknown(body, found), *_unasked(rows), *_odd_areas(rows, area, context),
        *_odd_periods(rows, tables),
    )  # fmt: skip
    return Read(in_order(tables), odd)


def in_order(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Tables of observations as one, row by row as they stand on the sheet."""
    filled = [each for each in tables if len(each)]
    if not filled:
        return no_observations()
    whole = pd.concat(filled, ignore_index=True)
    return whole.sort_values("row", kind="stable", ignore_index=True) if filled[1:] else whole


def _series(body: Body, keys: Keys) -> tuple[list[SeriesKey | Unknown], list[str], list[str]]:
    """The series of each row, with the text that names it and where that stands."""
    table = body.table
    texts = {role: body.texts(column) for role in ROLES if (column := table.one(role))}
    merged, places = body.merged(table.one("indicator"))
    named = texts["indicator"] = [as_typed(cell) for cell in merged]
    rows = list(zip(*texts.values(), strict=True))
    found = read_each(rows, lambda row: keys.read(dict(zip(texts, row, strict=True))))
    if not (column := table.one("series")):
        return found, named, places
    both = zip(texts["series"], body.places(column), named, places, strict=True)
    keyed = [(key, place) if key else (name, other) for key, place, name, other in both]
    return found, [text for text, _ in keyed], [place for _, place in keyed]


def _unknown(body: Body, found: Sequence[SeriesKey | Unknown]) -> Iterator[ReadIssue]:
    """Rows without a series. Where nothing is said in such a row, it holds but a text."""
    lost = body.where([isinstance(key, Unknown) for key in found])
    unknown = [key for key in found if isinstance(key, Unknown)]
    rows = zip(unknown, lost.numbers, lost.filled("value"), lost.filled(*SAID), strict=True)
    for key, at, has_value, has_words in rows:
        if has_value or key.typed:
            yield _lost(key, _place(body.table, key, at), is_row=has_value or has_words)


def _place(table: Table, key: Unknown, row: int) -> tuple[str, str]:
    column = table.one(key.role) or table.key
    return table.sheet.name, address(row, column.index)


def _lost(key: Unknown, place: tuple[str, str], *, is_row: bool) -> ReadIssue:
    if not is_row:
        return ReadIssue("text_outside_table", *place, detail="text")
    return ReadIssue(key.rule, *place, key.typed, "", key.expected, key.nearest, key.detail)


def _unasked(rows: Rows) -> Iterator[ReadIssue]:
    for key, typed, cell in zip(rows.keys, rows.typed, rows.places, strict=True):
        if key.unasked:
            yield ReadIssue("breakdown_not_asked", rows.sheet, cell, typed, key.unasked)


def _odd_areas(rows: Rows, area: Texts, context: Context) -> Iterator[ReadIssue]:
    """Rows of no area that exists, or of another one than the submission."""
    said = (each for each in zip(*area.values(), strict=True) if each[1])
    for code, typed, cell in said:
        if not code:
            near = context.keys.hints.of(typed, "area")
            yield ReadIssue("area_unknown", rows.sheet, cell, typed, nearest=near)
        elif context.area not in {"", code}:
            yield ReadIssue("area_mismatch", rows.sheet, cell, typed, code, context.area)


def _odd_periods(rows: Rows, tables: Sequence[pd.DataFrame]) -> Iterator[ReadIssue]:
    """One for each cell that is no period; one a table where no period is named at all."""
    for table in tables:
        said = (table["typed"] != "") | (table["period_typed"] != "")
        odd = table[said & (table["period"] == "")]
        places = zip(odd["period_typed"], odd["period_cell"], strict=True)
        for typed, cell in dict.fromkeys(places):
            yield ReadIssue("period_not_understood", rows.sheet, cell, typed)


def _with_values(rows: Rows, area: Texts, value: Column, context: Context) -> pd.DataFrame:
    """The observations of one column of values, with what stands beside it."""
    body = rows.body
    read = _values(rows, value, context)
    texts = said_beside(body, value) | area | period_of_rows(body, value, context.period)
    texts |= {
        "typed": body.texts(value),
        "form": [each.form for each in read],
        "understood": [each.understood for each in read],
        "cell": body.places(value),
        "key_typed": [*rows.typed],
        "key_cell": [*rows.places],
    }
    flagged(texts, [each.flag for each in read])
    return _table(rows, texts, [each.value for each in read])


def _table(rows: Rows, texts: Texts, values: Sequence[float]) -> pd.DataFrame:
    """All columns in order; the key is written once a series, then spread over the rows."""
    columns = _spread([*rows.keys])
    columns |= {name: pd.array(texts[name], dtype="str") for name in texts if name in KINDS}
    columns["sheet"] = pd.array([rows.sheet] * len(values), dtype="str")
    whole = pd.DataFrame(columns)
    numbered = np.array(rows.body.numbers, dtype="int64") + 1
    return whole.assign(value=np.array(values, dtype="float64"), row=numbered)[[*COLUMNS]]


def _spread(keys: Sequence[SeriesKey]) -> dict[str, ExtensionArray]:
    different = {id(key): key for key in keys}
    position = {identity: at for at, identity in enumerate(different)}
    at = np.array([position[id(key)] for key in keys], dtype=np.intp)
    return {
        name: pd.Series([key.of(name) for key in different.values()], dtype="str").take(at).array
        for name in ("indicator", "component", *BREAKDOWNS)
    }


def _values(rows: Rows, value: Column, context: Context) -> list[Number]:
    cells = rows.body.cells(value)
    read = numbers(cells, context.mark)
    for at, key in enumerate(rows.keys):
        if key.component == STEP and isinstance(text := cells[at], str):
            read[at] = _step(text, context.keys.indicators[key.indicator])
    return read


def _step(text: str, indicator: Indicator) -> Number:
    """The position of a step on the indicator's ladder, in any language, or as a number."""
    code = as_code(text, "step")
    if code in indicator.ladder:
        return Number("number", float(indicator.ladder.index(code)), codelist("step")[code].en)
    return number(text)
