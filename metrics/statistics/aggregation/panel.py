"""Growth of the areas that report in two consecutive years, and the index chained from it.

g(t) = sum of y(i, t) / sum of y(i, t-1) over the areas i that report both; I(t) = I(t-1) * g(t).
Of a share, d(t) is the change in percentage points of those areas; I(t) = I(t-1) + d(t).
`areas_reporting` is the number of areas in the panel.
"""

import pandas as pd

from metrics.core.period import parse_periods
from metrics.core.tables import BREAK, CHAINED_INDEX, CHANGE_IN_POINTS, KEY, NORMAL, SERIES
from metrics.statistics.aggregation.rates import (
    OTHER_SUFFIX,
    Indicators,
    changes,
    derived_rows,
    drop_incomparable,
    move_to_next_year,
    pair_rows,
)

INDEX_START = 100.0


def match_areas(parts: pd.DataFrame) -> pd.DataFrame:
    """Join each area's value with its value a year earlier, if the two can be compared."""
    pairs = pair_rows(parts, move_to_next_year(parts), KEY, "inner")
    return drop_incomparable(pairs)


def panel_growth(now: pd.DataFrame, before: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """The changes between two tables of sums over the same panel.

    Not applicable on a base of zero: see `rates.year_on_year`.
    """
    bases = before[[*KEY, "value", "limit"]]
    rows = now[now["value"].notna()].merge(bases, on=list(KEY), suffixes=("", OTHER_SUFFIX))
    return changes(rows, indicators)


def chain_index(links: pd.DataFrame) -> pd.DataFrame:
    """An index by series from yearly changes: 100 in the year before the first.

    After a missing link, or one that is only a limit, the index restarts at 100, with the status
    of a break.
    """
    runs = _number_runs(links[links["value"].notna() & links["limit"].eq("")])
    in_points = runs["component"] == CHANGE_IN_POINTS
    factor = (1 + runs["value"] / INDEX_START).mask(in_points, 1.0)
    index = INDEX_START * factor.groupby(runs["run"], sort=False).cumprod()
    points = runs["value"].where(in_points, 0.0).groupby(runs["run"], sort=False).cumsum()
    starts = runs.drop_duplicates("run")
    status = starts.duplicated(CHAIN_KEY).map({True: BREAK, False: NORMAL})
    bases = starts.assign(period=starts["before"], observation_status=status.astype("str"))
    return pd.concat(
        [
            derived_rows(bases, CHAINED_INDEX, pd.Series(INDEX_START, bases.index)),
            derived_rows(runs, CHAINED_INDEX, index + points),
        ],
        ignore_index=True,
    )


CHAIN_KEY = [*(name for name in SERIES if name != "component"), "part"]


def _number_runs(links: pd.DataFrame) -> pd.DataFrame:
    """Sort the links and number the runs of consecutive years."""
    periods = parse_periods(links["period"].unique())
    dated = links.assign(
        year=[periods[text].year for text in links["period"]],
        part=[periods[text].first_month * 100 + periods[text].months for text in links["period"]],
        before=[str(periods[text].year_before) for text in links["period"]],
    ).sort_values([*CHAIN_KEY, "year"], ignore_index=True)
    follows = dated.duplicated(CHAIN_KEY) & (dated["year"].astype(int).diff() == 1)
    return dated.assign(run=(~follows).cumsum())
