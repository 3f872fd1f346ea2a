"""Rows of a table by a key, made from columns that hold each text once."""

import math

import pandas as pd

from dashboard.rows_by_key import KeyedRows, compact_table

TABLE = pd.DataFrame({
    "area": ["FI", "SE", "FI", "FI"],
    "period": ["2023", "2023", "2022", "2024"],
    "value": [1.5, 2.0, math.nan, 4.0],
    "late": [False, True, False, False],
    "number": [1, 2, 3, 4],
})  # fmt: skip


def rows_of(area: str, table: pd.DataFrame = TABLE) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in KeyedRows.of_table(table, ["area"]).rows_of(area)]


def test_rows_of_a_key_are_in_the_order_of_the_table_and_plain() -> None:
    first, absent, last = rows_of("FI")

    assert (first, last) == (("FI", "2023", 1.5, False, 1), ("FI", "2024", 4.0, False, 4))
    assert math.isnan(float(str(absent[2])))
    assert [type(cell) for cell in first] == [str, str, float, bool, int]
    assert rows_of("XX") == []


def test_a_table_with_its_texts_kept_once_has_the_same_rows() -> None:
    compact = compact_table(TABLE)

    assert isinstance(compact["area"].dtype, pd.CategoricalDtype)
    assert repr(rows_of("FI", compact)) == repr(rows_of("FI"))


def test_a_long_text_is_packed_and_given_as_it_was() -> None:
    steps = '[{"value": "∞ ≥ −1"}]' * 50
    table = TABLE.assign(steps=[steps, "", steps, "[]"])

    packed, *_ = KeyedRows.of_table(compact_table(table, ["steps"]), ["area"]).cells_of(
        "steps", "FI"
    )

    assert str(packed) == steps
    assert len(packed.packed) < len(steps.encode()) / 4


def test_keys_come_in_the_order_of_their_first_rows() -> None:
    rows = KeyedRows.of_table(TABLE, ["area", "period"])

    assert list(rows) == [("FI", "2023"), ("SE", "2023"), ("FI", "2022"), ("FI", "2024")]
    assert rows.cells_of("value", "SE", "2023") == [2.0]
    assert ("SE", "2024") not in rows
    assert rows.cells_of("value", "SE", "2024") == []


def test_a_table_without_rows_has_no_keys() -> None:
    assert list(KeyedRows.of_table(TABLE.iloc[:0], ["area"])) == []


def test_columns_that_say_the_key_again_can_be_left_out() -> None:
    rows = KeyedRows.of_table(TABLE, ["area"], left_out={"area", "late", "number"})

    assert rows.rows_of("SE") == [{"period": "2023", "value": 2.0}]
