"""List what a person must check in a release: unexplained jumps, indicators never shown."""

from collections.abc import Iterator, Mapping

import pandas as pd

from metrics.catalogue.definitions.collections import Collection
from metrics.catalogue.definitions.indicators import Indicator
from metrics.core.errors import KeyedText
from metrics.core.series import format_series
from metrics.core.tables import BREAKDOWNS, WITHHELD
from metrics.intake.rules.plausibility.jumps import find_jumps


def review_notes(
    values: pd.DataFrame, collection: Collection, indicators: Mapping[str, Indicator]
) -> Iterator[KeyedText]:
    """The notes, as keys of texts of the command line."""
    yield from fully_withheld_indicators(values)
    if collection.nature == "published":
        yield from unexplained_jumps(values, indicators)


def fully_withheld_indicators(values: pd.DataFrame) -> Iterator[KeyedText]:
    """A note for each indicator of which something is suppressed and nothing is shown."""
    for code, rows in values.groupby("indicator"):
        if rows["value"].isna().all() and (rows["observation_status"] == WITHHELD).any():
            yield KeyedText.filled("all_withheld", indicator=str(code))


def unexplained_jumps(
    values: pd.DataFrame, indicators: Mapping[str, Indicator]
) -> Iterator[KeyedText]:
    """A note for each published count that more than doubles or halves without a stated reason."""
    jumps = find_jumps(values[values["submission"] != ""], indicators)
    for row in jumps[~jumps["is_explained"]].to_dict("records"):
        codes = {by: str(row[by]) for by in BREAKDOWNS}
        series = format_series(row["indicator"], codes=codes)
        yield KeyedText.filled(
            "unexplained",
            series=series,
            area=row["area"],
            period=row["period"],
            before=row["value_was"],
            now=row["value"],
        )
