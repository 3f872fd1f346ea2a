"""A part of a report replaces the figures that it states; all others stay as they are."""

import pandas as pd

from metrics.core.keys import is_among
from metrics.core.tables import FREE, KEY, NORMAL

CARRIED_FROM = "carried_from"  # the vintage whose file holds a figure; "" for the own file


def stated_rows(observations: pd.DataFrame) -> pd.DataFrame:
    """The keys of the figures that a file states, with a value, a status or an error.

    `observations` are all rows that were read, empty ones too: of a workbook of which only some
    rows are filled in, the others state nothing. A figure is taken back by a withdrawal.
    """
    is_stated = (
        (observations["typed"] != "")
        | ~observations["observation_status"].isin(["", NORMAL])
        | ~observations["confidentiality_status"].isin(["", FREE])
    )
    return observations.loc[is_stated, list(KEY)].drop_duplicates(ignore_index=True)


def is_stated_in(observations: pd.DataFrame, stated: pd.DataFrame) -> pd.Series:
    """Which observations are among the stated ones."""
    return is_among(observations, stated, KEY)


def carry_over(earlier: pd.DataFrame, vintage: str) -> pd.DataFrame:
    """Figures of an earlier vintage in a later one, each with the vintage whose file holds it."""
    if CARRIED_FROM not in earlier:
        return earlier.assign(**{CARRIED_FROM: vintage})
    origins = earlier[CARRIED_FROM]
    return earlier.assign(**{CARRIED_FROM: origins.mask(origins == "", vintage)})


def is_carried(table: pd.DataFrame) -> pd.Series:
    """Which figures are in the file of an earlier vintage; none of a table of whole reports."""
    if CARRIED_FROM not in table:
        return pd.Series(data=False, index=table.index)
    return table[CARRIED_FROM].fillna("") != ""


def name_origins(table: pd.DataFrame) -> pd.DataFrame:
    """Give carried rows the vintage and the submission whose file holds them."""
    if CARRIED_FROM not in table:
        return table
    carried = is_carried(table)
    if not carried.any():
        return table.drop(columns=CARRIED_FROM)
    vintages = table["vintage"].mask(carried, table[CARRIED_FROM])
    return table.drop(columns=CARRIED_FROM).assign(
        vintage=vintages, submission=table["submission"].str.rpartition("/")[0] + "/" + vintages
    )
