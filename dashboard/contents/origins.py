"""The way back from a figure to the submission, sheet and cell that it was read from."""

import pandas as pd

from dashboard.data import Release, values_of_indicators
from dashboard.intake import may_see_submissions
from metrics.core.schemas import ORIGIN, SUBMITTED_CELL
from metrics.core.series import codes_of_rows

FIGURE = ["component", "area", "series", "period"]  # of one indicator


def add_origins(table: pd.DataFrame, indicator: str, release: Release) -> pd.DataFrame:
    """Name the origin of each reported figure; a computed one has none of its own."""
    values = values_of_indicators([indicator], release)
    rows = values[values["area"].isin({*table["area"]})]
    origins = rows.assign(series=codes_of_rows(rows))[[*FIGURE, *ORIGIN]].astype(object)
    found = table.merge(origins, on=FIGURE, how="left")
    return found.fillna(dict.fromkeys(ORIGIN, ""))


def with_permitted_columns(table: pd.DataFrame) -> pd.DataFrame:
    """The table of a file without submission, sheet and cell, unless its reader may see them."""
    return (
        table if may_see_submissions() else table.drop(columns=[*SUBMITTED_CELL], errors="ignore")
    )
