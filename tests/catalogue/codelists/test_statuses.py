"""What becomes of the statuses when several values make one."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.catalogue.codelists import codelist
from metrics.catalogue.codelists.statuses import (
    CONFIDENTIALITY_ORDER,
    HIERARCHY,
    OBSERVATION_ORDER,
    is_withheld,
    share_of_weight,
    status_ranks,
    statuses_at_ranks,
    unite_statuses,
    unite_statuses_by,
)
from metrics.core.period import ReferencePeriod
from metrics.core.series_window import is_suppressed
from metrics.core.tables import FREE, NORMAL, STATUSES
from metrics.core.verdicts import Point

OBSERVATION, CONFIDENTIALITY = STATUSES
THRESHOLD = 0.5  # of the weight: `weighted` in flagr
PAIRS = st.tuples(st.sampled_from(OBSERVATION_ORDER), st.sampled_from(CONFIDENTIALITY_ORDER))


def part(*pairs: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(pairs), columns=list(STATUSES), dtype="str")


def of_one(*pairs: tuple[str, str]) -> tuple[str, str]:
    """What becomes of one row of several tables."""
    row = unite_statuses([part(pair) for pair in pairs]).iloc[0]
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

    assert statuses_at_ranks(status_ranks(codes, column), column).tolist() == codes.tolist()


@pytest.mark.parametrize(("column", "usual"), [(OBSERVATION, NORMAL), (CONFIDENTIALITY, FREE)])
def test_a_status_that_nobody_knows_is_the_weakest(column: str, usual: str) -> None:
    assert statuses_at_ranks(status_ranks(pd.Series(["?"]), column), column).tolist() == [usual]


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
    found = unite_statuses_by(table, ["key"])

    for key in {key for key, _ in rows}:
        pairs = [pair for other, pair in rows if other == key]
        assert tuple(found.loc[key, list(STATUSES)]) == of_one(*pairs)


# The published cases, eurostat/flagr at b933128, tests/testthat. A row may bear several letters;
# what is NA there is none, or a weight of nothing.
FLAGS, WEIGHTS = ["pe", "b", "p", "p", "u", "e", "d"], [10.0, 3.0, 7.0, 12.0, 31.0, 9.0, 54.0]
HEAVIEST = [
    (FLAGS, WEIGHTS, "d", 54),
    (["pe", "b", "p", "p", "up", "e", "d"], WEIGHTS, "p", 60),
    (["", "", "", "", "", "", "d"], WEIGHTS, "d", 54),
    (["p"] * 7, WEIGHTS, "p", 126),
    (["", "b", "", "b"], [0, 0, 0, 8], "b", 8),
    (["", "bd", "", ""], [0, 9, 0, 7], "bd", 9),
    (["", "bd", "", "be"], [0, 9, 0, 7], "b", 16),
    (["", "bde", "", ""], [0, 10, 0, 7], "bde", 10),
    (["", "bd", "", "d"], [0, 9, 0, 7], "d", 16),
    (["", "bde", "deu", "peb"], [0, 9, 5, 7], "e", 21),
    (["", "bde", "deu", "peb"], [0, 9, 5, 0], "de", 14),
]
WEIGHTED = [
    (FLAGS, WEIGHTS, 0.3, "d"),
    (FLAGS, WEIGHTS, 54 / 126, "d"),
    (FLAGS, WEIGHTS, 0.43, ""),
    (FLAGS, WEIGHTS, THRESHOLD, ""),
    (["", "sf", "", "bs"], [0, 0, 0, 0.1], THRESHOLD, "bs"),
    (["", "sf", "", "bs"], [11, 12, 8, 9], THRESHOLD, "s"),  # 21 of 40
    (["sdc", "scf", "cbd", ""], [0.4, 0.1, 0.3, 0.2], THRESHOLD, "c"),
    (["", "sf", "", "bs"], [0, 0, 0, 0], THRESHOLD, ""),
    (["", "sf", "", "bs"], [0.3, 0.2, 0, 0.1], THRESHOLD, "s"),  # exactly half
]


def shares(flags: list[str], weights: list[float]) -> dict[str, float]:
    """What share of the weight bears each letter, beside a group that bears all of them."""
    keys = pd.Series([*"x" * len(flags), "y"])
    weight = pd.Series([*weights, 1000.0])
    bearing = {
        flag: pd.Series([*(flag in letters for letters in flags), True]) for flag in "bcdefpsu"
    }
    return {
        flag: float(share_of_weight(bears, weight, [keys]).iloc[0])
        for flag, bears in bearing.items()
    }


@pytest.mark.parametrize(("flags", "weights", "letters", "weight"), HEAVIEST)
def test_each_letter_bears_the_weight_of_all_that_have_it(
    flags: list[str], weights: list[float], letters: str, weight: float
) -> None:
    found = shares(flags, weights)
    heaviest = max(found.values())

    assert heaviest == pytest.approx(weight / sum(weights))
    assert "".join(status for status in found if found[status] == heaviest) == letters


@pytest.mark.parametrize(("flags", "weights", "threshold", "letters"), WEIGHTED)
def test_the_whole_is_flagged_from_the_threshold_on(
    flags: list[str], weights: list[float], threshold: float, letters: str
) -> None:
    reached = {flag for flag, share in shares(flags, weights).items() if share >= threshold}

    assert reached >= {*letters}
    assert bool(reached) == bool(letters)


# A letter for each row; `s` of Eurostat is none of SDMX.
@pytest.mark.parametrize(
    ("letters", "flag"),
    [("pebppued", "B"), ("pe", "E"), ("un", "N"), ("u", "U"), ("fd", "D"), ("bdfepnu", "B"), ("pucub", "B")],
)  # fmt: skip
def test_the_hierarchy_of_eurostat(letters: str, flag: str) -> None:
    rows = part(*((letter, FREE) for letter in letters.upper() if letter in HIERARCHY))

    assert list(unite_statuses_by(rows.assign(key="x"), ["key"])[OBSERVATION]) == [flag]


def test_the_letters_of_eurostat_stand_in_its_order() -> None:
    assert [status for status in HIERARCHY if status in "BDFEPNU"] == [*"BDFEPNU"]


@pytest.mark.parametrize(
    ("observation", "confidentiality", "withheld"),
    [("A", "F", False), ("Q", "F", True), ("A", "C", True), ("O", "F", False), ("Q", "N", True)],
)
def test_a_value_is_withheld_by_either_status_in_a_row_as_in_a_point(
    observation: str, confidentiality: str, withheld: bool
) -> None:
    point = Point(ReferencePeriod(2024), 1.0, observation, confidentiality)

    assert is_withheld(part((observation, confidentiality))).tolist() == [withheld]
    assert is_suppressed(point) is withheld
