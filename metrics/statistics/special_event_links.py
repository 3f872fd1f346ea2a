"""Continue the indices of groups across years of a special event."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import pandas as pd

from metrics.core.keys import Key, keys_of_rows
from metrics.core.tables import BREAK, NORMAL, SERIES, SPECIAL_EVENT

COVERED_PART = "part"  # the part of the year that a figure covers

INDEX_START = 100.0
SUM_KEY = [*(name for name in SERIES if name != "component"), COVERED_PART]


@dataclass(frozen=True)
class GroupFigure:
    """The released figure of a group in one year."""

    value: float
    status: str
    limit: str
    areas: str  # in it, by their codes

    @property
    def is_special(self) -> bool:
        return self.status == SPECIAL_EVENT


FiguresOfSeries: TypeAlias = Mapping[Key, Mapping[int, GroupFigure]]  # by year


@dataclass(frozen=True)
class IndexRow:
    """The index of one series in one year."""

    series: Key
    year: int
    index: float
    status: str

    @property
    def is_restart(self) -> bool:
        return self.status == BREAK


def link_special_years(indices: pd.DataFrame, sums: pd.DataFrame, areas: pd.Series) -> pd.DataFrame:
    """Continue an index after years of a special event, instead of starting again at 100.

    The link is the growth from the figure before these years to the one after them, if both are of
    the same `areas` and the later one has no break. Only released figures are used, so nothing is
    disclosed.
    """
    figures = figures_by_year(sums, areas)
    ordered = indices.sort_values([*SUM_KEY, "year"])
    of_series = [ordered[name] for name in SUM_KEY]
    restarts = ordered["observation_status"].eq(BREAK).groupby(of_series, sort=False)
    interrupted = ordered[restarts.transform("any")]
    if interrupted.empty:
        return indices
    cells = (interrupted[name].tolist() for name in ("year", "value", "observation_status"))
    rows = map(IndexRow, keys_of_rows(interrupted, SUM_KEY), *cells)
    linked = pd.DataFrame(
        [*continue_indices(rows, figures)], interrupted.index, ["value", "observation_status"]
    )
    return indices.assign(
        value=linked["value"].combine_first(indices["value"]),
        observation_status=linked["observation_status"].combine_first(
            indices["observation_status"]
        ),
    )


def figures_by_year(
    sums: pd.DataFrame, areas: pd.Series
) -> Mapping[Key, Mapping[int, GroupFigure]]:
    by_series: dict[Key, dict[int, GroupFigure]] = {}
    cells = (sums[name].tolist() for name in ("value", "observation_status", "limit"))
    figures = map(GroupFigure, *cells, areas[sums.index].tolist())
    years = sums["year"].tolist()
    for key, year, figure in zip(keys_of_rows(sums, SUM_KEY), years, figures, strict=True):
        by_series.setdefault(key, {})[year] = figure
    return by_series


def continue_indices(
    rows: Iterable[IndexRow], figures: FiguresOfSeries
) -> Iterator[tuple[float, str]]:
    """The index and status of each row; the rows of a series must be in order of the years."""
    before, before_index, scale = None, INDEX_START, 1.0
    for row in rows:
        is_first = before is None or before.series != row.series
        link = None
        if before is not None and not is_first and row.is_restart:
            link = growth_across(figures.get(row.series, {}), before.year, row.year)
        if is_first or row.is_restart:
            scale = 1.0 if link is None else before_index * link / INDEX_START
        before, before_index = row, row.index * scale
        yield before_index, row.status if link is None else NORMAL


def growth_across(figures: Mapping[int, GroupFigure], first: int, last: int) -> float | None:
    """From the figure of one year to that of another, if only special years are between."""
    start, end = figures.get(first), figures.get(last)
    between = [figures.get(year) for year in range(first + 1, last)]
    if start is None or end is None or not between:
        return None
    is_special = all(figure is not None and figure.is_special for figure in between)
    is_whole = not start.limit and not end.limit and start.areas == end.areas
    is_compared = end.status != BREAK and start.value > 0 and end.value == end.value
    return end.value / start.value if is_special and is_whole and is_compared else None
