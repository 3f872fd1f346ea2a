"""The columns of every released table: name, type, source, and whether pages show it.

Columns are declared here only: steps that make a table, the writer and the one reader of releases,
pages and exports all use this module. `docs/tables.md` says what the columns mean.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pandas.api.extensions import ExtensionDtype
from pandas.api.types import is_object_dtype, is_string_dtype, pandas_dtype

from metrics.core.tables import ATTRIBUTES, BREAKDOWNS, KEY, STATUSES, TOTAL

DECLARED_ACTION = (
    "policy_target", "goals", "status", "description", "timeframe", "progress", "partner", "theme",
)  # fmt: skip
ACTION_CELLS = tuple(f"{name}_cell" for name in ("area", *DECLARED_ACTION))
SUBMITTED_CELL = ("submission", "sheet", "cell")  # where a reported value was read
ORIGIN = (*SUBMITTED_CELL, "vintage")
TARGETED_SERIES = ("goal", "target", "indicator", *BREAKDOWNS, "area")
OVERRIDE = ("override_status", "override_reason", "override_by", "override_on")

# Field metadata on the source: "computed", or "submitter" for what a workbook may state.
FILLED_BY = b"filled_by"
# Field metadata: "no" for columns that pages leave out; `empact lineage` and `export` show them.
ON_PAGES = b"on_pages"

EMPTY_VALUES: Mapping[pa.DataType, str | float] = {
    pa.large_string(): "",
    pa.bool_(): False,
    pa.int64(): 0,
    pa.float64(): np.nan,
}
DTYPES = {
    pa.large_string(): "str", pa.bool_(): "bool", pa.int64(): "int64", pa.float64(): "float64",
}  # fmt: skip
ColumnType = np.dtype[Any] | ExtensionDtype


def _fields(data_type: pa.DataType, *names: str, on_pages: bool = True) -> list[pa.Field]:
    return [
        pa.field(
            name,
            data_type,
            metadata={
                FILLED_BY: b"submitter" if name in ATTRIBUTES else b"computed",
                ON_PAGES: b"yes" if on_pages else b"no",
            },
        )
        for name in names
    ]


def _texts(*names: str, on_pages: bool = True) -> list[pa.Field]:
    return _fields(pa.large_string(), *names, on_pages=on_pages)


def _numbers(*names: str) -> list[pa.Field]:
    return _fields(pa.float64(), *names)


def _counts(*names: str, on_pages: bool = True) -> list[pa.Field]:
    return _fields(pa.int64(), *names, on_pages=on_pages)


def _flags(*names: str) -> list[pa.Field]:
    return _fields(pa.bool_(), *names)


SCHEMAS: Mapping[str, pa.Schema] = {
    "indicator_values": pa.schema([
        *_texts(*KEY), *_numbers("value"), *_texts(*STATUSES, *ATTRIBUTES),
        *_texts(*ORIGIN, on_pages=False), *_counts("areas_reporting", "areas_expected"),
        *_counts("areas_withheld"), *_flags("late"), *_texts("materiality"),
    ]),
    "period_changes": pa.schema([
        *_texts(*KEY, "base_period"), *_numbers("index", "change"),
        *_texts("limit", "materiality"), *_counts("areas_reporting"),
    ]),
    "assessments": pa.schema([
        *_texts(*TARGETED_SERIES, "method"), *_flags("official"),
        *_texts("status", "category", "reason", "period"), *_numbers("value"),
        *_texts("baseline_period"),
        *_numbers("baseline_value", "expected_value", "gap", "months_late", "score"),
        *_texts("path", "arithmetic"), *_numbers("relative_gap"), *_texts(*OVERRIDE),
    ]),
    "trajectory": pa.schema([
        *_texts(*TARGETED_SERIES, "method", "period"),
        *_numbers("time", "value", "expected_value", "gap", "relative_gap"),
    ]),
    "status_history": pa.schema([
        *_texts(*TARGETED_SERIES, "method", "period", "status", "category", "reason"),
        *_numbers("value"), *_texts("baseline_period"), *_numbers("expected_value", "gap"),
        *_numbers("relative_gap"), *_counts("areas_reporting", "areas_expected"),
        *_texts("arithmetic"),
    ]),
    "outlook": pa.schema([
        *_texts(*TARGETED_SERIES, "reason"), *_counts("points"), *_numbers("change_a_year"),
        *_texts("path", "meets", "meets_in"),
    ]),
    "actions": pa.schema([
        *_texts("area", *DECLARED_ACTION), *_texts("sheet", on_pages=False),
        *_counts("row", on_pages=False), *_texts("cell", *ACTION_CELLS, on_pages=False),
        *_texts("collection", on_pages=False), *_texts("round", "vintage"),
        *_texts("submission", on_pages=False), *_texts("first_round"),
    ]),
    "reporting": pa.schema([
        *_texts("area", "round", "status", "received", "due", "submission", "vintage"),
        *_counts("n_observations", "days_late"),
    ]),
    "timeliness": pa.schema([
        *_texts("round", "due"), *_counts("on_time", "late", "missing", "withdrawn", "awaited"),
        *_numbers("share_on_time"),
    ]),
    "revisions": pa.schema([
        *_texts(*KEY), *_numbers("previous_value", "value"),
        *_texts("previous_vintage", "vintage", "previous_observation_status", *STATUSES),
    ]),
    "revision_summary": pa.schema([
        *_texts("area", "indicator", "component"),
        *_counts("figures", "upward", "downward", "uncompared"),
        *_numbers("mean_revision", "mean_absolute_revision"),
        *_numbers("mean_relative_revision", "mean_absolute_relative_revision"),
    ]),
    "withdrawals": pa.schema([
        *_texts(*KEY, "round", "reason"), *_texts("submission", on_pages=False), *_texts("vintage"),
    ]),
}  # fmt: skip


def columns_of(name: str) -> list[str]:
    """All columns of a released table, in order."""
    return list(SCHEMAS[name].names)


def page_columns(name: str) -> list[str]:
    """The columns of a released table that pages and their downloads may show."""
    return [field.name for field in SCHEMAS[name] if field.metadata[ON_PAGES] == b"yes"]


def text_columns(name: str) -> list[str]:
    """The columns of a released table that hold text: codes, names, dates, JSON."""
    return [field.name for field in SCHEMAS[name] if field.type == pa.large_string()]


def is_text(column: pd.Series) -> bool:
    """Whether a column holds text, including text in a column of plain objects."""
    return is_object_dtype(column) or is_string_dtype(column)


def conform_table(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Give a released table its declared columns, in their order and types.

    A missing column or cell becomes empty: `""`, NaN, 0 or False; a missing breakdown is the total.
    Undeclared columns are dropped.
    """
    if table.empty:
        return _without_rows(name).set_axis(table.index)
    columns = {
        column: _conform_column(table[column], empty, dtype)
        if column in table
        else pd.Series(empty, table.index, dtype=dtype)
        for column, (empty, dtype) in _empty_cells(name).items()
    }
    return pd.DataFrame(columns, index=table.index)


@cache
def _empty_cells(name: str) -> Mapping[str, tuple[str | float, ColumnType]]:
    """The content of an empty cell of each column, and the type of the column."""
    return {
        field.name: (
            TOTAL if field.name in BREAKDOWNS else EMPTY_VALUES[field.type],
            pandas_dtype(DTYPES[field.type]),
        )
        for field in SCHEMAS[name]
    }


def _conform_column(column: pd.Series, empty: str | float, dtype: ColumnType) -> pd.Series:
    filled = column.fillna(empty) if column.hasnans else column
    return filled if filled.dtype == dtype else filled.astype(dtype)


def empty_table(name: str) -> pd.DataFrame:
    """A released table without rows."""
    return _without_rows(name).copy()


@cache
def _without_rows(name: str) -> pd.DataFrame:
    columns = _empty_cells(name).items()
    return pd.DataFrame({column: pd.Series(dtype=dtype) for column, (_, dtype) in columns})
