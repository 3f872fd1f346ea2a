"""Find and match the rows of tables by their codes.

With many columns of text, sets of Python tuples are five times as fast as a pandas MultiIndex.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator

import pandas as pd

Key = tuple[Hashable, ...]


def keys_of_rows(table: pd.DataFrame, columns: Iterable[str]) -> Iterator[Key]:
    """The codes of each row in these columns."""
    return zip(*(table[name].tolist() for name in columns), strict=True)


def has_key(table: pd.DataFrame, columns: Iterable[str], keys: Collection[Key]) -> pd.Series:
    """Which rows have one of the keys in these columns."""
    if not keys:
        return pd.Series(data=False, index=table.index)
    known = frozenset(keys)
    found = [key in known for key in keys_of_rows(table, columns)]
    return pd.Series(found, table.index, dtype=bool)


def is_among(table: pd.DataFrame, others: pd.DataFrame, columns: Iterable[str]) -> pd.Series:
    """Which rows agree in all these columns with any of the others."""
    names = list(columns)
    return has_key(table, names, frozenset(keys_of_rows(others, names)))


def match_rows(
    table: pd.DataFrame, others: pd.DataFrame, columns: Iterable[str]
) -> Iterator[tuple[int, int]]:
    """The labels of each row and of each other one with the same key, as an inner join has them."""
    if table.empty or others.empty:
        return
    names = list(columns)
    labels: dict[Key, list[int]] = {}
    for key, label in zip(keys_of_rows(others, names), others.index.tolist(), strict=True):
        labels.setdefault(key, []).append(label)
    for key, label in zip(keys_of_rows(table, names), table.index.tolist(), strict=True):
        yield from ((label, other) for other in labels.get(key, ()))
