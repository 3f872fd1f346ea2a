"""CSV: every column as it stands in the release, and on every row what the release is."""

from collections.abc import Mapping

import pandas as pd

from metrics.exports import Export

# A spreadsheet takes a cell that begins so for a formula, whoever wrote it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(values: pd.DataFrame, stated: Mapping[str, str]) -> bytes:
    """UTF-8, a header, one row a value. A value that is not shown is empty: its status says why."""
    texts = [str(name) for name, kind in values.dtypes.items() if kind == "str"]
    table = values.assign(**stated, **{name: harmless(values[name]) for name in texts})
    ordered = table[[*stated, *values.columns]]
    return ordered.to_csv(index=False, lineterminator="\n").encode()


def harmless(texts: "pd.Series[str]") -> "pd.Series[str]":
    """Text with an apostrophe before what would be run as a formula."""
    return texts.mask(texts.str.startswith(FORMULA), "'" + texts)


CSV = Export("csv", ".csv", "text/csv; charset=utf-8", to_csv)
