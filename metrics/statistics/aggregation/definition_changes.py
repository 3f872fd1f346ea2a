"""Mark a break in each series where the definition of its indicator changed."""

from collections.abc import Iterator

import pandas as pd

from metrics.catalogue.definition_breaks import definition_breaks
from metrics.core.period import ReferencePeriod, parse_periods
from metrics.core.tables import BREAK, SERIES
from metrics.statistics.aggregation.rates import Indicators


def mark_definition_changes(values: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """Give the first value under a new definition the status of a break.

    Only where the series has a value under the old definition, and not across a change after which
    figures are comparable. The remark says what changed, unless the submitter wrote one; that of a
    published value is the publisher's name for it.
    """
    known = values[values["value"].notna()]
    marked = values.copy()
    for rows, start in definition_breaks(known, indicators):
        note = change_note(indicators, rows, start)
        first = [*first_rows_after(rows, start)]
        marked.loc[first, "observation_status"] = BREAK
        is_unexplained = (
            marked["remark"].eq("") & marked["source"].eq("") & marked.index.isin(first)
        )
        marked.loc[is_unexplained, "remark"] = note
    return marked


def change_note(indicators: Indicators, rows: pd.DataFrame, start: ReferencePeriod) -> str:
    indicator = indicators[rows["indicator"].iloc[0]]
    return next(change.note.en for change in indicator.changes if change.since == start)


def first_rows_after(rows: pd.DataFrame, start: ReferencePeriod) -> Iterator[int]:
    """The first row of each series from a period on, if the series has an earlier one."""
    periods = parse_periods(rows["period"].unique())
    order = {text: (period.year, period.first_month) for text, period in periods.items()}
    ordered = rows.assign(begins=rows["period"].map(order)).sort_values("begins", kind="stable")
    is_old = ordered["begins"] < (start.year, start.first_month)
    for _, series in ordered.groupby(list(SERIES), sort=False):
        new = series.index[~is_old[series.index]]
        if len(new) and is_old[series.index].any():
            yield new[0]
