"""Published tables whose suppression patterns and intervals are known; see each test's docstring."""

from fractions import Fraction

import numpy as np
import pytest

from metrics.statistics.disclosure.constraint_system import ConstraintSystem, Flags
from metrics.statistics.disclosure.controlled_rounding import round_system
from metrics.statistics.disclosure.primary import dominance_protection, p_percent_protection
from tests.statistics.disclosure.drawn import (
    exact_intervals,
    grid,
    hidden,
    hidden_cells,
    suppression_problem,
    system,
)
from tests.statistics.disclosure.handbook import (
    cell_key,
    equivalent_k,
    is_dominated,
    is_estimable,
    open_interval,
    perturbed_count,
    rounding_odds,
)

GEURTS = "4 P | 3 P | 7 \n 2 P | 1 P | 3 \n 3 | 3 | 6 \n 9 | 7 | 16"
SDC_TABLE = """
30 P | 47 P  | 64 P | 89    | 230
90 P | 124   | 5 P  | 31    | 250
92   | 100 P | 59   | 85 P  | 336
800  | 991 P | 651  | 685 P | 3127
1012 | 1262  | 779  | 890   | 3943
"""
REGION_BY_SEX = "18|2 P|20 \n 14|19|33 \n 12|10|22 \n 11|14|25 \n 55|45|100"
NORWAY = "2|0 P|5|7 \n 3|4|6|13 \n 5|4|11|20"
ABS = "20|50|10|80 \n 8|19|22 P|49 \n 17|32|12|61 \n 45|101|44|190"
HANDBOOK_ROUNDING = "1|0|1 \n 3|3|6 \n 12|20|32 \n 16|23|39"
SMALL_COUNTS = "6|0|1|3|4|14 \n 1|2|3|1|2|9 \n 0|1|1|0|2|4 \n 7|3|5|4|8|27"


def ends(drawn: ConstraintSystem, cells: Flags, cell: int) -> list[float]:
    return [round(float(end), 6) for end in exact_intervals(drawn, cells)[cell]]


def pattern(drawn: str) -> list[int]:
    table, primary = grid(drawn)
    return np.flatnonzero(hidden_cells(suppression_problem(table, primary))).tolist()


@pytest.mark.parametrize(("cell", "expected"), [(0, [3, 6]), (1, [1, 4]), (3, [0, 3]), (4, [0, 3])])
def test_geurts_interval(cell: int, expected: list[float]) -> None:
    """A. Geurts (1992), table 10, in the handbook's chapter 4.2."""
    table, primary = grid(GEURTS)

    assert ends(table, primary, cell) == expected


def test_one_contributor_works_the_other_cell_out() -> None:
    """A. The handbook's note: who is alone in X12 can compute X11."""
    table, primary = grid(GEURTS)
    known_to_insider = primary & ~hidden(table, 1)

    assert ends(table, known_to_insider, 0) == [4, 4]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (0, [25, 94]), (1, [47, 47]), (2, [0, 69]), (5, [26, 95]), (7, [0, 69]), (11, [0, 185]),
        (13, [0, 185]), (16, [906, 1091]), (18, [585, 770]),
    ],
)  # fmt: skip
def test_two_in_every_line_are_not_enough(cell: int, expected: list[float]) -> None:
    """B. sdcTable, test-simpleheuristic.R."""
    table, primary = grid(SDC_TABLE)

    assert ends(table, primary, cell) == expected


@pytest.mark.parametrize(
    ("extra", "high"), [(3, 136), (6, 141), (8, 78), (10, 141), (12, 116), (15, 141), (17, 116)]
)
def test_one_more_cell_opens_the_interval(extra: int, high: float) -> None:
    table, primary = grid(SDC_TABLE)

    assert ends(table, primary | hidden(table, extra), 1) == [0, high]


def test_the_cheapest_further_cell_is_found() -> None:
    """B. The published answer: exactly one more, after which the cell may be 0 to 78."""
    _, primary = grid(SDC_TABLE)

    assert pattern(SDC_TABLE) == sorted([*np.flatnonzero(primary), 8])


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [(REGION_BY_SEX, [0, 1, 6, 7]), (NORWAY, [0, 1, 4, 5]), (ABS, [4, 6, 8, 10])],
    ids=["sdcTable: region by sex", "GaussSuppression: table 1", "ABS, Fischetti and Salazar"],
)
def test_published_optimal_pattern(drawn: str, expected: list[int]) -> None:
    """C, D, E. Each is the only pattern of least sum."""
    assert pattern(drawn) == expected


@pytest.mark.parametrize(
    ("drawn", "cell", "expected"),
    [
        (REGION_BY_SEX, 1, [0, 12]), (REGION_BY_SEX, 0, [8, 20]), (REGION_BY_SEX, 6, [10, 22]),
        (REGION_BY_SEX, 7, [0, 12]), (NORWAY, 1, [0, 2]), (NORWAY, 0, [0, 2]),
        (NORWAY, 4, [3, 5]), (NORWAY, 5, [2, 4]), (ABS, 6, [5, 30]), (ABS, 4, [0, 25]),
        (ABS, 8, [0, 25]), (ABS, 10, [4, 29]),
    ],
)  # fmt: skip
def test_intervals_of_published_patterns(drawn: str, cell: int, expected: list[float]) -> None:
    table, primary = grid(drawn)

    assert ends(table, hidden_cells(suppression_problem(table, primary)), cell) == expected


def test_a_primary_cell_alone_is_recovered() -> None:
    """E. 49 - 19 - 8 = 22, published."""
    table, primary = grid(ABS)

    assert ends(table, primary, 6) == [22, 22]


def test_a_published_total_gives_its_only_hidden_part_back() -> None:
    """F. The handbook's example 1a: 56 600 - 47 600 - 8 002 = 998."""
    sums = [{"all": 1, "a": -1, "b": -1, "c": -1}]
    table = system(sums, {"all": 56_600, "a": 998, "b": 47_600, "c": 8_002})

    assert ends(table, hidden(table, 1), 1) == [998, 998]


LINKED = [
    {"county-1": 1, "A": -1, "B": -1, "I": -1, "J": -1},
    {"county-2": 1, "K": -1, "L": -1, "M": -1, "N": -1},
    {"big": 1, "L": -1, "M": -1},
    {"small": 1, "A": -1, "B": -1, "I": -1, "J": -1, "K": -1, "N": -1},
    {"all": 1, "county-1": -1, "county-2": -1},
    {"all": 1, "big": -1, "small": -1},
]
TOWNS = {"A": 2, "B": 2, "I": 8, "J": 8, "K": 3, "L": 3, "M": 3, "N": 7}
SUMS = {"county-1": 20, "county-2": 16, "big": 6, "small": 30, "all": 36}
SMALL = [0, 1, 4, 5, 6]


@pytest.mark.parametrize("one_table", [LINKED[:2], LINKED[2:4]], ids=["county", "size"])
def test_each_of_two_linked_tables_seems_safe(one_table: list[dict[str, int]]) -> None:
    """G. sdcTable, test-linked-tables.r: alone neither needs anything more."""
    table = system(one_table, TOWNS | SUMS)

    assert hidden_cells(suppression_problem(table, hidden(table, *SMALL))).sum() == len(SMALL)


def test_linked_tables_reveal_a_cell_between_them() -> None:
    table = system(LINKED, TOWNS | SUMS)

    assert ends(table, hidden(table, *SMALL), 4) == [3, 3]


def test_linked_tables_are_protected_together() -> None:
    """G. Published: exactly N is added; then K and N may each be 0 to 10."""
    table = system(LINKED, TOWNS | SUMS)

    found = hidden_cells(suppression_problem(table, hidden(table, *SMALL)))

    assert np.flatnonzero(found).tolist() == [*SMALL, 7]
    assert [ends(table, found, cell) for cell in (4, 7)] == [[0, 10], [0, 10]]


@pytest.mark.parametrize(
    ("contributions", "n", "k", "unsafe"),
    [
        ([50_000, 49_000, 1_000], 1, 90, False),
        ([52_000, 50_000, 8_000], 2, 90.9, True),
        ([300, 20, 10], 1, 85, True),
    ],
)
def test_dominance(contributions: list[float], n: int, k: float, unsafe: bool) -> None:
    """H. The handbook's chapter 4.2."""
    assert is_dominated(contributions, n, k) == unsafe


def test_p_percent() -> None:
    """H. x1 can be estimated as 60 000, which is 15.4 % too much: safe at 10 %."""
    assert not is_estimable([52_000, 50_000, 8_000], 10)
    assert is_estimable([52_000, 50_000, 8_000], 16)
    assert p_percent_protection([52_000, 50_000, 8_000], 16) == pytest.approx(320)


def test_the_upper_bound_of_a_dominated_cell() -> None:
    """H. At least 352.94 must seem possible of 330."""
    assert 330 + dominance_protection([300, 20, 10], 1, 85) == pytest.approx(352.94, abs=0.005)


@pytest.mark.parametrize(("p", "k"), [(25, 80), (5.26, 95)])
def test_p_percent_is_as_strict_as_a_dominance_rule(p: float, k: float) -> None:
    assert equivalent_k(p) == pytest.approx(k, abs=0.01)


def test_controlled_rounding_changes_least() -> None:
    """I. The handbook's chapter 5.5: its own table changes 22 in all, the least is 18."""
    table, _ = grid(HANDBOOK_ROUNDING)

    rounded = round_system(table, 5)

    assert rounded.tolist() == [0, 0, 0, 5, 5, 10, 10, 20, 30, 15, 25, 40]
    assert np.abs(rounded - table.values).sum() == 18


@pytest.mark.parametrize("drawn", [HANDBOOK_ROUNDING, SMALL_COUNTS], ids=["I", "J"])
def test_a_rounded_table_adds_up_and_has_no_small_count(drawn: str) -> None:
    """I, J. SmallCountRounding (Statistics Norway), base 5."""
    table, _ = grid(drawn)

    rounded = round_system(table, 5)

    assert not (table.matrix @ rounded).any()
    assert not ((rounded > 0) & (rounded < 5)).any()


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, {0: Fraction(2, 3), 3: Fraction(1, 3)}), (2, {0: Fraction(1, 3), 3: Fraction(2, 3)}),
        (4, {3: Fraction(2, 3), 6: Fraction(1, 3)}), (5, {3: Fraction(1, 3), 6: Fraction(2, 3)}),
        (6, {6: Fraction(1)}),
    ],
)  # fmt: skip
def test_random_rounding_to_three(count: int, expected: dict[int, Fraction]) -> None:
    assert rounding_odds(count, 3) == expected


@pytest.mark.parametrize(("rounded", "expected"), [(0, (0, 4)), (15, (11, 19))])
def test_what_a_rounded_count_leaves_open(rounded: int, expected: tuple[int, int]) -> None:
    """I. Of a count rounded to a multiple of 5 next to it."""
    assert open_interval(rounded, 5) == expected


def test_cell_key() -> None:
    """K. The handbook's chapter 5.4: 0.9 + 0.3 + 0.6 = 1.8, so a count of 3 becomes 4."""
    key = cell_key([0.9, 0.3, 0.6])

    assert key == pytest.approx(0.8)
    assert perturbed_count(3, key, {0.3: -1, 0.7: 0, 1.0: 1}) == 4
