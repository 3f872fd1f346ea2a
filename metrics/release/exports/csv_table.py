"""CSV: every column as it stands in the release, and on every row what the release is."""

from collections.abc import Mapping

import pandas as pd
from pandas.api.types import is_object_dtype, is_string_dtype

from metrics.catalogue.codelists import codelist
from metrics.release.exports import Export

# A spreadsheet takes a cell that begins so for a formula, whoever wrote it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(values: pd.DataFrame, stated: Mapping[str, str]) -> bytes:
    """UTF-8, a header, one row a value. One that is not shown is empty: `absent` says why."""
    table = harmless(values).assign(**stated, absent=absent(values))
    ordered = table[[*stated, *values.columns, "absent"]]
    return ordered.to_csv(index=False, lineterminator="\n").encode()


def absent(values: pd.DataFrame) -> pd.Series:
    """In words why there is no value; empty beside a value, a zero among them."""
    names = {code: status.en for code, status in codelist("observation_status").items()}
    return values["observation_status"].map(names).where(values["value"].isna(), "")


def harmless(table: pd.DataFrame) -> pd.DataFrame:
    """Every text with an apostrophe before what would be run as a formula."""
    texts = {str(name): table[name].astype("str") for name in table if is_text(table[name])}
    runs = {name: text.str.startswith(FORMULA) for name, text in texts.items()}
    return table.assign(**{name: table[name].mask(runs[name], "'" + texts[name]) for name in texts})


def is_text(column: pd.Series) -> bool:
    return is_object_dtype(column) or is_string_dtype(column)


CSV = Export("csv", ".csv", "text/csv; charset=utf-8", to_csv)
