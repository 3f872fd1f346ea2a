"""A part of a report replaces what its filled sheets ask about; the rest stays as it is."""

import pandas as pd

from metrics.core.keys import is_among
from metrics.core.tables import FREE, NORMAL

# Rows that are equal in these are covered together: an indicator, or the part of one authority.
COVERED_BY = ("indicator", "area", "period", "authority")
CARRIED_FROM = "carried_from"  # the vintage whose file holds a figure; "" for the own file


def covered_rows(observations: pd.DataFrame) -> pd.DataFrame:
    """What a file asks about: a row for each indicator, area, period and authority of its sheets.

    `observations` are all rows that were read, empty ones too. A sheet in which nothing is stated
    covers nothing, so that the whole workbook can be sent with one sheet filled in.
    """
    is_stated = (
        (observations["typed"] != "")
        | ~observations["observation_status"].isin(["", NORMAL])
        | ~observations["confidentiality_status"].isin(["", FREE])
    )
    filled = observations["sheet"].isin(observations.loc[is_stated, "sheet"].unique())
    return observations.loc[filled, list(COVERED_BY)].drop_duplicates(ignore_index=True)


def is_covered(observations: pd.DataFrame, coverage: pd.DataFrame) -> pd.Series:
    """Which observations a part asks about."""
    return is_among(observations, coverage, COVERED_BY)


def carry_over(earlier: pd.DataFrame, vintage: str) -> pd.DataFrame:
    """Figures of an earlier vintage in a later one, each with the vintage whose file holds it."""
    if CARRIED_FROM not in earlier:
        return earlier.assign(**{CARRIED_FROM: vintage})
    origins = earlier[CARRIED_FROM]
    return earlier.assign(**{CARRIED_FROM: origins.mask(origins == "", vintage)})


def name_origins(table: pd.DataFrame) -> pd.DataFrame:
    """Give carried rows the vintage and the submission whose file holds them."""
    if CARRIED_FROM not in table:
        return table
    is_carried = table[CARRIED_FROM].fillna("") != ""
    if not is_carried.any():
        return table.drop(columns=CARRIED_FROM)
    vintages = table["vintage"].mask(is_carried, table[CARRIED_FROM])
    return table.drop(columns=CARRIED_FROM).assign(
        vintage=vintages, submission=table["submission"].str.rpartition("/")[0] + "/" + vintages
    )
