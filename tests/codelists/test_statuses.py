"""What becomes of the statuses when several values make one."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.codelists import codelist
from metrics.codelists.statuses import (
    CONFIDENTIALITY_ORDER,
    OBSERVATION_ORDER,
    named,
    ranks,
    united,
    united_by,
)
from metrics.tables import FREE, NORMAL, STATUSES

OBSERVATION, CONFIDENTIALITY = STATUSES
PAIRS = st.tuples(st.sampled_from(OBSERVATION_ORDER), st.sampled_from(CONFIDENTIALITY_ORDER))


def part(*pairs: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(pairs), columns=list(STATUSES), dtype="str")


def of_one(*pairs: tuple[str, str]) -> tuple[str, str]:
    """What becomes of one row of several tables."""
    row = united([part(each) for each in pairs]).iloc[0]
    return row[OBSERVATION], row[CONFIDENTIALITY]


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("A", "A", "A"), ("A", "P", "P"), ("P", "E", "E"), ("E", "B", "B"), ("B", "O", "O"),
        ("O", "Q", "Q"), ("M", "O", "O"), ("U", "N", "N"), ("P", "F", "F"),
    ],
)  # fmt: skip
def test_a_value_is_as_provisional_as_anything_it_is_made_of(
    one: str, other: str, both: str
) -> None:
    assert of_one((one, FREE), (other, FREE)) == (both, FREE)


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [("F", "F", "F"), ("F", "C", "C"), ("F", "N", "N"), ("N", "C", "C"), ("S", "D", "D")],
)
def test_a_value_is_as_confidential_as_anything_it_is_made_of(
    one: str, other: str, both: str
) -> None:
    assert of_one((NORMAL, one), (NORMAL, other)) == (NORMAL, both)


@pytest.mark.parametrize(
    ("order", "column"),
    [(OBSERVATION_ORDER, OBSERVATION), (CONFIDENTIALITY_ORDER, CONFIDENTIALITY)],
)
def test_every_status_of_the_code_list_has_its_place(order: str, column: str) -> None:
    assert {*codelist(column)} == {*order}
    assert len(order) == len({*order})


@pytest.mark.parametrize("column", STATUSES)
def test_a_place_is_named_as_it_was_ranked(column: str) -> None:
    codes = pd.Series([*codelist(column)], dtype="str")

    assert named(ranks(codes, column), column).tolist() == codes.tolist()


@pytest.mark.parametrize(("column", "usual"), [(OBSERVATION, NORMAL), (CONFIDENTIALITY, FREE)])
def test_a_status_that_nobody_knows_is_the_weakest(column: str, usual: str) -> None:
    assert named(ranks(pd.Series(["?"]), column), column).tolist() == [usual]


@settings(max_examples=10, deadline=None)
@given(PAIRS, PAIRS)
def test_which_comes_first_does_not_matter(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert of_one(one, other) == of_one(other, one)


@settings(max_examples=10, deadline=None)
@given(PAIRS, PAIRS, PAIRS)
def test_nor_in_which_steps_they_are_united(
    one: tuple[str, str], other: tuple[str, str], third: tuple[str, str]
) -> None:
    assert of_one(of_one(one, other), third) == of_one(one, of_one(other, third))


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("xy"), PAIRS), min_size=1, max_size=8))
def test_by_group_is_the_same_as_one_by_one(rows: list[tuple[str, tuple[str, str]]]) -> None:
    table = part(*(pair for _, pair in rows)).assign(key=[key for key, _ in rows])
    found = united_by(table, ["key"])

    for key in {key for key, _ in rows}:
        pairs = [pair for other, pair in rows if other == key]
        assert tuple(found.loc[key, list(STATUSES)]) == of_one(*pairs)
