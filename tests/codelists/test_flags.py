"""Which flag an aggregate bears: the published vectors of eurostat/flagr, and its laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.codelists.flags import (
    EUROSTAT_HIERARCHY,
    THRESHOLD,
    heaviest,
    most_frequent,
    strongest,
    weighted,
)
from metrics.codelists.statuses import HIERARCHY

# eurostat/flagr at b933128, tests/testthat.
FLAGS, WEIGHTS = ["pe", "b", "p", "p", "u", "e", "d"], [10.0, 3.0, 7.0, 12.0, 31.0, 9.0, 54.0]
BORNE = st.lists(
    st.tuples(st.text(EUROSTAT_HIERARCHY, max_size=2), st.integers(1, 100)), min_size=1, max_size=8
)


def parted(borne: list[tuple[str, int]]) -> tuple[list[str], list[float]]:
    return [flag for flag, _ in borne], [float(weight) for _, weight in borne]


@pytest.mark.parametrize(
    ("flags", "letter", "weight"),
    [
        (FLAGS, "d", 54),
        (["pe", "b", "p", "p", "up", "e", "d"], "p", 60),
        (["", "", "", "", "", "", "d"], "d", 54),
        (["p", "p", "p", "p", "p", "p", "p"], "p", 126),
        ([""] * 7, "", 0),
    ],
)
def test_each_letter_bears_the_weight_of_all_that_have_it(
    flags: list[str], letter: str, weight: float
) -> None:
    assert heaviest(flags, WEIGHTS) == (letter, weight)


@pytest.mark.parametrize(
    ("threshold", "flag"), [(0.3, "d"), (54 / 126, "d"), (0.43, ""), (THRESHOLD, ""), (1, "")]
)
def test_a_flag_needs_its_share_of_the_weight(threshold: float, flag: str) -> None:
    assert weighted(FLAGS, WEIGHTS, threshold) == flag


@pytest.mark.parametrize(
    ("flags", "flag"),
    [
        (FLAGS, "b"), (["p", "e"], "e"), (["u", "n"], "n"), (["pe"], "e"), (["u"], "u"),
        (["", "f", "d"], "d"), ([""], ""), ([], ""),
    ],
)  # fmt: skip
def test_the_hierarchy_of_eurostat(flags: list[str], flag: str) -> None:
    assert strongest(flags, EUROSTAT_HIERARCHY) == flag


@pytest.mark.parametrize(
    ("flags", "found"),
    [(FLAGS, ("p", 3)), (["b", "e"], ("b", 1)), (["e", "b", "e"], ("e", 2)), ([], ("", 0))],
)
def test_the_most_frequent_letter(flags: list[str], found: tuple[str, int]) -> None:
    assert most_frequent(flags) == found


@pytest.mark.parametrize("place", range(len(HIERARCHY) - 1))
def test_a_letter_yields_to_every_one_before_it(place: int) -> None:
    assert strongest(list(reversed(HIERARCHY[place:]))) == HIERARCHY[place]


@given(st.permutations(FLAGS))
def test_the_strongest_does_not_depend_on_the_order(flags: list[str]) -> None:
    assert strongest(flags, EUROSTAT_HIERARCHY) == "b"


@given(BORNE)
def test_no_flag_comes_from_nowhere(borne: list[tuple[str, int]]) -> None:
    flags, weights = parted(borne)
    letters = {*"".join(flags), ""}

    assert strongest(flags, EUROSTAT_HIERARCHY) in letters
    assert {heaviest(flags, weights)[0], weighted(flags, weights)} <= letters
    assert most_frequent(flags)[0] in letters


@given(BORNE)
def test_what_all_bear_the_aggregate_bears(borne: list[tuple[str, int]]) -> None:
    flags, weights = parted(borne)

    assert weighted(["p"] * len(flags), weights) == "p"


@given(BORNE)
def test_no_letter_outweighs_all_rows(borne: list[tuple[str, int]]) -> None:
    flags, weights = parted([("".join({*flag}), weight) for flag, weight in borne])

    assert 0 <= heaviest(flags, weights)[1] <= sum(weights)


def test_as_many_weights_as_flags() -> None:
    with pytest.raises(ValueError, match="shorter"):
        heaviest(["p", "e"], [1.0])
