"""The way back from a figure to the submission, sheet and cell that it was read from."""

import pandas as pd

from dashboard.data import Release
from metrics.core.schemas import ORIGIN
from metrics.core.series import codes_of_rows

FIGURE = ["component", "area", "series", "period"]  # of one indicator


def add_origins(table: pd.DataFrame, indicator: str, release: Release) -> pd.DataFrame:
    """Name the origin of each reported figure; a computed one has none of its own."""
    values = release.stored.table("indicator_values")
    rows = values[(values["indicator"] == indicator) & values["area"].isin({*table["area"]})]
    origins = rows.assign(series=codes_of_rows(rows))[[*FIGURE, *ORIGIN]].astype(object)
    found = table.merge(origins, on=FIGURE, how="left")
    return found.fillna(dict.fromkeys(ORIGIN, ""))
