"""The figures of a release that an address asks for, in words."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.context import PageContext
from dashboard.released.explored_figures import code_in_words, figures_of
from dashboard.released.series import read_series
from dashboard.texts import Text
from metrics.core.series import parse_codes
from metrics.core.tables import NORMAL


def entries_found(found: pd.DataFrame, context: PageContext) -> str:
    """`2,633 of 83,499 entries`: how many have all that the address asks for."""
    text = context.text
    everything = len(figures_of(context.release)) if context.release else 0
    return text.counted("explore.finding", len(found), all=text.number(everything, 0))


def flag_in_words(status: str, text: Text) -> str:
    """Nothing of a normal value, as most are."""
    return "" if status == NORMAL else code_in_words("flag", status, text)


def printed_figure(row: Mapping[str, Any], context: PageContext) -> str:
    codes = parse_codes(str(row["series"]))
    series = read_series(
        context.release, str(row["indicator"]), str(row["area"]), codes, str(row["component"])
    )
    return series.format_figure(row, context.text, period=str(row["period"]))
