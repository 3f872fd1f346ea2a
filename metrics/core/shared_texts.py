"""Texts of many rows, each made once and shared by all rows that have it."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.core.series import format_series
from metrics.core.tables import BREAKDOWNS

Texts = NDArray[np.object_]


def shared_texts(column: pd.Series) -> Texts:
    """A column as objects, with one object for all rows of one text."""
    codes, distinct = pd.factorize(column)
    return distinct.to_numpy(dtype=object)[codes]


def texts_of_rows(table: pd.DataFrame, names: Sequence[str], function: Callable[..., str]) -> Texts:
    """The text of each row, made by a function of these columns once for all rows that agree."""
    numbers = table.groupby([*names], sort=False).ngroup()
    distinct = table.loc[~numbers.duplicated(), [*names]]
    texts = [function(*row) for row in distinct.itertuples(index=False, name=None)]
    return np.array(texts, object)[numbers.to_numpy()]


def series_of_rows(table: pd.DataFrame) -> Texts:
    """The series of each row: `ICSE_VICTIMS[sex=F]`."""

    def series(indicator: str, component: str, *codes: str) -> str:
        return format_series(indicator, component, dict(zip(BREAKDOWNS, codes, strict=True)))

    return texts_of_rows(table, ("indicator", "component", *BREAKDOWNS), series)
