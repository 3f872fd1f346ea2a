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
    [(FLAGS, ("p", 3)), (["b", "e"], ("be", 1)), (["e", "b", "e"], ("e", 2)), ([], ("", 0))],
)
def test_the_most_frequent_letter(flags: list[str], found: tuple[str, int]) -> None:
    assert most_frequent(flags) == found


# The rest of the vectors; what is NA there is an empty flag, or a weight of nothing.
WEIGHTED = [
    (["", "b", "", ""], [0, 0, 0, 0], ("", 0)),
    (["", "b", "", "b"], [0, 0, 0, 8], ("b", 8)),
    (["", "bd", "", ""], [0, 9, 0, 7], ("bd", 9)),
    (["", "bd", "", "be"], [0, 9, 0, 7], ("b", 16)),
    (["", "bde", "", ""], [0, 10, 0, 7], ("bde", 10)),
    (["", "bd", "", "d"], [0, 9, 0, 7], ("d", 16)),
    (["", "bde", "deu", "peb"], [0, 9, 5, 7], ("e", 21)),
    (["", "bde", "deu", "peb"], [0, 9, 5, 0], ("de", 14)),
]


@pytest.mark.parametrize(("flags", "weights", "found"), WEIGHTED)
def test_level_letters_are_all_given(
    flags: list[str], weights: list[float], found: tuple[str, float]
) -> None:
    assert heaviest(flags, weights) == found


@pytest.mark.parametrize(
    ("flags", "weights", "flag"),
    [
        (["", "sf", "", "bs"], [0, 0, 0, 0.1], "bs"),
        (["", "sf", "", "bs"], [11, 12, 8, 9], "s"),  # 21 of 40
        (["sdc", "scf", "cbd", ""], [0.4, 0.1, 0.3, 0.2], "c"),
        (["", "sf", "", "bs"], [0, 0, 0, 0], ""),
        (["", "sf", "", "bs"], [0.3, 0.2, 0, 0.1], "s"),  # exactly half
    ],
)
def test_a_period_is_flagged_from_half_of_its_weight_on(
    flags: list[str], weights: list[float], flag: str
) -> None:
    assert weighted(flags, weights) == flag


@pytest.mark.parametrize(("flags", "found"), [("pbsbueb", "b"), ("pucdub", "u"), ("pbpub", "bp")])
def test_the_published_frequencies(flags: str, found: str) -> None:
    assert most_frequent(list(flags))[0] == found


@pytest.mark.parametrize(("flags", "found"), [("pbsbueb", "e"), ("pbsbub", "s"), ("pbbub", "")])
def test_an_order_of_ones_own(flags: str, found: str) -> None:
    assert strongest(list(flags), "est") == found


@pytest.mark.parametrize("place", range(len(HIERARCHY) - 1))
def test_a_letter_yields_to_every_one_before_it(place: int) -> None:
    assert strongest(list(reversed(HIERARCHY[place:]))) == HIERARCHY[place]


@given(st.permutations(FLAGS))
def test_the_strongest_does_not_depend_on_the_order(flags: list[str]) -> None:
    assert strongest(flags, EUROSTAT_HIERARCHY) == "b"


@given(BORNE)
def test_no_flag_comes_from_nowhere(borne: list[tuple[str, int]]) -> None:
    flags, weights = parted(borne)
    found = (heaviest(flags, weights)[0], weighted(flags, weights), most_frequent(flags)[0])

    assert {*strongest(flags, EUROSTAT_HIERARCHY), *"".join(found)} <= {*"".join(flags)}


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
