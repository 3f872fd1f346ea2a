"""The rows of a table by a key, kept as columns: a dictionary for each row takes ten times more."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from zlib import compress, decompress

import numpy as np
import pandas as pd

Record = Mapping[str, Any]  # a row of a table
Key = tuple[str, ...]
FASTEST = 1  # of the levels of compression; the best takes five times longer for a fifth less


@dataclass(frozen=True, slots=True)
class PackedText:
    """A long text that few readers want, compressed to a quarter; `str` gives it."""

    packed: bytes

    @classmethod
    def pack(cls, text: str) -> Self:
        return cls(compress(text.encode(), FASTEST))

    def __str__(self) -> str:
        return decompress(self.packed).decode()


@dataclass(frozen=True)
class CodedColumn:
    """A column of texts: each text once, and for each row its number."""

    texts: np.ndarray
    numbers: np.ndarray

    def cells(self, rows: slice) -> list[Any]:
        cells: list[Any] = self.texts[self.numbers[rows]].tolist()
        return cells


@dataclass(frozen=True)
class NumberColumn:
    """A column of numbers or truth values."""

    numbers: np.ndarray

    def cells(self, rows: slice) -> list[Any]:
        cells: list[Any] = self.numbers[rows].tolist()
        return cells


@dataclass(frozen=True, eq=False)
class KeyedRows:
    """Rows sorted by a key of several columns; those of one key are made when they are asked for.

    The rows of a key keep the order of the table, and keys that of their first rows.
    """

    columns: Mapping[str, CodedColumn | NumberColumn]
    spans: Mapping[Key, slice]

    @classmethod
    def of_table(
        cls, table: pd.DataFrame, key: Sequence[str], left_out: Collection[str] = ()
    ) -> Self:
        """The rows of a table, without the columns that are left out."""
        group = table.groupby(list(key), sort=False, observed=True).ngroup().to_numpy()
        order = np.argsort(group, kind="stable")
        starts = np.flatnonzero(np.diff(group[order], prepend=-1))
        keys = table[list(key)].iloc[order[starts]].itertuples(index=False, name=None)
        ends = [*starts[1:].tolist(), len(table)]
        spans = map(slice, starts.tolist(), ends)
        columns = {str(name): column_of(table[name], order) for name in table
                   if name not in left_out}  # fmt: skip
        return cls(columns, dict(zip(keys, spans, strict=True)))

    def __iter__(self) -> Iterator[Key]:
        return iter(self.spans)

    def __contains__(self, key: Key) -> bool:
        return key in self.spans

    def cells_of(self, name: str, *key: str) -> list[Any]:
        """One column of the rows of a key."""
        span = self.spans.get(key)
        return self.columns[name].cells(span) if span else []

    def rows_of(self, *key: str) -> list[Record]:
        """The rows of a key; none of an unknown one."""
        span = self.spans.get(key)
        if span is None:
            return []
        names = tuple(self.columns)
        cells = (column.cells(span) for column in self.columns.values())
        return [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]


def column_of(column: pd.Series, order: np.ndarray) -> CodedColumn | NumberColumn:
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "fib":
        return NumberColumn(column.to_numpy()[order])
    coded = column if isinstance(column.dtype, pd.CategoricalDtype) else code_texts(column)
    texts = np.asarray(coded.cat.categories, dtype=object)
    return CodedColumn(texts, coded.cat.codes.to_numpy()[order])


def code_texts(column: pd.Series) -> pd.Series:
    """The column as categories, so that each text is kept once."""
    numbers, texts = pd.factorize(column, use_na_sentinel=False)
    categories = pd.Index(np.asarray(texts, dtype=object), dtype=object)
    coded = pd.Categorical.from_codes(numbers, categories)
    return pd.Series(coded, column.index, name=column.name)


def compact_table(table: pd.DataFrame, long_texts: Collection[str] = ()) -> pd.DataFrame:
    """The table with its texts as categories: a tenth of the memory."""
    texts = table.select_dtypes(include=["str", "object"]).columns
    coded = {name: code_texts(table[name]) for name in texts}
    packed = {name: pack_texts(coded[name]) for name in long_texts if name in coded}
    return table.assign(**coded | packed)


def pack_texts(coded: pd.Series) -> pd.Series:
    """The categories of a column, each packed."""
    return coded.cat.rename_categories([PackedText.pack(text) for text in coded.cat.categories])
