"""Rows of one table among those of another."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.core.keys import has_key, is_among, match_rows

CODES = st.sampled_from(["A", "B", ""])
TABLES = st.lists(st.tuples(CODES, CODES, st.integers(0, 2)), max_size=6).map(
    lambda rows: pd.DataFrame(rows, columns=["area", "sex", "order"])
)


@settings(max_examples=30, deadline=None)
@given(TABLES, TABLES, st.permutations(["area", "sex", "order"]), st.integers(1, 3))
def test_rows_are_found_in_any_columns(
    table: pd.DataFrame, others: pd.DataFrame, names: list[str], count: int
) -> None:
    columns = names[:count]
    theirs = {tuple(row) for row in others[columns].to_numpy().tolist()}

    found = is_among(table, others, columns)

    assert [*found] == [tuple(row) in theirs for row in table[columns].to_numpy().tolist()]
    assert found.dtype == bool


def test_the_answer_has_the_index_of_the_rows() -> None:
    table = pd.DataFrame({"area": ["FI", "SE", "FI"]}, index=[7, 3, 5])

    assert has_key(table, ["area"], [("FI",)]).to_dict() == {7: True, 3: False, 5: True}
    assert has_key(table, ["area"], []).to_dict() == {7: False, 3: False, 5: False}


@settings(max_examples=30, deadline=None)
@given(TABLES, TABLES, st.permutations(["area", "sex", "order"]), st.integers(1, 3))
def test_rows_are_matched_as_by_an_inner_join(
    table: pd.DataFrame, others: pd.DataFrame, names: list[str], count: int
) -> None:
    columns = names[:count]
    left = table[columns].assign(left=table.index)
    joined = left.merge(others[columns].assign(right=others.index), on=columns)

    found = [*match_rows(table, others, columns)]

    assert sorted(found) == sorted(map(tuple, joined[["left", "right"]].to_numpy().tolist()))
