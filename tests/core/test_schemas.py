"""A released table has the columns and types that its schema declares, whatever made it."""

import pandas as pd
import pytest

from metrics.core.schemas import (
    SCHEMAS,
    columns_of,
    conform_table,
    empty_table,
    is_text,
    page_columns,
    text_columns,
)
from metrics.core.tables import ATTRIBUTES, BREAKDOWNS, KEY

TABLES = pytest.mark.parametrize("name", SCHEMAS)


@TABLES
def test_a_column_is_declared_once(name: str) -> None:
    assert len(set(columns_of(name))) == len(columns_of(name))


@TABLES
def test_a_table_without_rows_has_every_column_in_its_type(name: str) -> None:
    table = empty_table(name)

    assert list(table) == columns_of(name)
    assert [column for column in table if is_text(table[column])] == text_columns(name)


def test_columns_come_in_the_declared_order_and_types() -> None:
    incomplete = pd.DataFrame(
        {"n_observations": [12.0], "area": ["FI"], "round": pd.Series([None])}
    )

    table = conform_table("reporting", incomplete)

    assert list(table) == columns_of("reporting")
    assert table.to_dict("records") == [
        {
            **dict.fromkeys(columns_of("reporting"), ""),
            "area": "FI",
            "n_observations": 12,
            "days_late": 0,
        }
    ]
    assert table["n_observations"].dtype == "int64"


def test_where_a_row_says_nothing_a_count_is_zero_and_a_flag_is_false() -> None:
    said_of_one = pd.DataFrame({"areas_reporting": [20.0, None], "late": [True, None]})

    table = conform_table("indicator_values", said_of_one)

    assert table["areas_reporting"].tolist() == [20, 0]
    assert table["late"].tolist() == [True, False]


def test_a_number_that_is_not_there_stays_apart_from_zero() -> None:
    table = conform_table("revisions", pd.DataFrame({"value": [0.0, None]}))

    assert table["value"].eq(0).tolist() == [True, False]
    assert table["previous_value"].isna().all()


def test_what_an_earlier_release_did_not_have_is_empty_and_opens() -> None:
    """The status history of before had neither baselines nor coverage."""
    table = conform_table("status_history", pd.DataFrame({"period": ["2024"], "value": [1.0]}))

    row = table[["baseline_period", "areas_reporting", "areas_expected"]].iloc[0]
    assert row.tolist() == ["", 0, 0]


def test_a_column_that_no_schema_declares_is_left_out() -> None:
    assert "reviewer_mail" not in conform_table("actions", pd.DataFrame({"reviewer_mail": ["x"]}))


def test_what_a_submitter_may_say_beside_a_value_is_released_and_shown() -> None:
    assert set(ATTRIBUTES) <= set(page_columns("indicator_values"))


def test_pages_do_not_load_where_a_value_stands_in_a_file() -> None:
    left_out = {"submission", "sheet", "cell", "vintage"}

    assert set(columns_of("indicator_values")) - set(page_columns("indicator_values")) == left_out


@pytest.mark.parametrize("name", ["trajectory", "status_history", "assessments", "outlook"])
def test_a_row_about_a_target_names_its_series(name: str) -> None:
    assert {"goal", "target", "indicator", "area", *BREAKDOWNS} <= set(columns_of(name))


def test_a_value_has_the_whole_key() -> None:
    assert columns_of("indicator_values")[: len(KEY)] == list(KEY)
