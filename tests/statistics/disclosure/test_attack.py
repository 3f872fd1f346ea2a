"""An attacker with a solver and every released table recovers nothing that was suppressed."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.catalogue.definitions.collections import DisclosurePolicy
from metrics.catalogue.released_remarks import ROUNDED
from metrics.core.tables import WITHHELD
from metrics.statistics.disclosure.audit import audit_release
from metrics.statistics.disclosure.disclose import disclose
from tests.statistics.disclosure.attacker import Attacker, Cell, cells_of
from tests.statistics.disclosure.invented import CATALOGUE, STATES, values

POLICY = DisclosurePolicy(minimum_frequency=3)
COUNTS = ["value", "numerator", "denominator", "cases"]


def withheld_counts(table: pd.DataFrame) -> pd.DataFrame:
    rows = table[table["component"].isin(COUNTS) & (table["observation_status"] == WITHHELD)]
    return rows[(rows["indicator"] != "HELPED") | (rows["component"] != "value")]


SOME = 20  # cells of a release that are attacked: each takes two programmes


@settings(max_examples=2, deadline=None)
@given(seed=st.integers(0, 10_000), size=st.sampled_from([3.0, 5.0, 9.0]))
def test_nothing_withheld_is_recovered(seed: int, size: float) -> None:
    """At least one other whole number stays possible for each suppressed count."""
    table = values(seed, size)
    released = disclose(table, POLICY, CATALOGUE)

    attacker = Attacker(released)

    for cell in some(withheld_counts(released)):
        low, high = attacker.interval(cell, zeros(table))
        assert high - low >= 1 - 1e-6, cell


@settings(max_examples=2, deadline=None)
@given(seed=st.integers(0, 10_000), state=st.sampled_from(STATES))
def test_no_state_recovers_a_small_count_of_another(seed: int, state: str) -> None:
    """It knows its own figures, whatever is shown of them."""
    table = values(seed)
    released = disclose(table, POLICY, CATALOGUE)

    attacker = Attacker(released, own=table[table["area"] == state])

    small = withheld_counts(released)["area"].isin(STATES) & table["value"].between(1, 2)
    others = released[small & (table["area"] != state)]
    for cell in some(others):
        low, high = attacker.interval(cell, zeros(table))
        assert high - low >= 1 - 1e-6, cell


def some(rows: pd.DataFrame) -> list[Cell]:
    return cells_of(rows.sample(min(SOME, len(rows)), random_state=0))


def zeros(table: pd.DataFrame) -> set[Cell]:
    return set(cells_of(table[table["value"] == 0]))


def test_without_secondary_suppression_the_attacker_succeeds() -> None:
    """The test above would fail without what it tests."""
    table = values(1)
    small = table["component"].isin(["value", "cases"]) & table["value"].between(1, 2)
    released = table.assign(value=table["value"].mask(small & (table["indicator"] == "VICTIMS")))

    attacker = Attacker(released[released["component"] == "value"])

    widths = [
        np.ptp(attacker.interval(cell))
        for cell in cells_of(released[small])
        if cell in attacker.unknown
    ]
    assert min(widths) == pytest.approx(0)


@pytest.mark.parametrize("seed", [2, 3])
def test_what_a_release_withholds_an_earlier_one_does_not_give_back(seed: int) -> None:
    """Nothing was revised; the sender of one total has since made it confidential."""
    table = values(seed)
    first = disclose(table, POLICY, CATALOGUE)
    second = disclose(now_confidential(table, first), POLICY, CATALOGUE, first)

    attacker = Attacker(first, second)

    for cell in sorted(set(cells_of(withheld_counts(second))) & set(attacker.unknown))[:SOME]:
        low, high = attacker.interval(cell, zeros(table))
        assert high - low >= 1 - 1e-6, cell


def now_confidential(table: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    """A count that the first release suppressed only to protect others is now primary."""
    gone = withheld_counts(shown).index
    row = next(row for row in gone if table["value"][row] not in {1, 2})
    marks = table["confidentiality_status"].copy()
    marks[row] = "C"
    return table.assign(confidentiality_status=marks)


def test_a_revision_alone_gives_nothing_back() -> None:
    """One shown count is corrected, and with it its totals: the difference is no way round."""
    table = values(5)
    first = disclose(table, POLICY, CATALOGUE)
    second = disclose(values(5).assign(value=revised(table)), POLICY, CATALOGUE, [first])

    verdicts = audit_release(
        table.assign(value=revised(table)), second, POLICY, CATALOGUE.indicators, [first]
    )

    assert set(verdicts["verdict"]) <= {"protected", "shown_before", "known_before"}


def revised(table: pd.DataFrame) -> pd.Series:
    """Twenty more girls of the older age in Finland in 2024, in every sum they belong to."""
    counted = (table["indicator"] == "VICTIMS") & (table["component"] == "value")
    place = table["area"].isin(["FI", "EU27_2020"]) & (table["period"] == "2024")
    girls = table["sex"].isin(["F", "_T"]) & table["age"].isin(["Y13T15", "_T"])
    return table["value"].where(~(counted & place & girls), table["value"] + 20)


@pytest.mark.parametrize("seed", range(2))
def test_the_audit_agrees_with_the_attacker(seed: int) -> None:
    """Two ways to the same intervals: the product's, and the plain one of the test."""
    table = values(seed)
    released = disclose(table, POLICY, CATALOGUE)

    found = audit_release(table, released, POLICY, CATALOGUE.indicators)

    sample = found[(found["indicator"] == "VICTIMS") & (found["high"] < 50)].head(4)
    attacker = Attacker(released)
    expected = [attacker.interval(cell, zeros(table)) for cell in cells_of(sample)]
    assert sample[["low", "high"]].to_numpy().tolist() == pytest.approx(
        np.array(expected), abs=1e-4
    )


def test_the_audit_finds_a_count_that_can_be_worked_out() -> None:
    table = values(1)
    primary_only = table["value"].between(1, 2) & (table["indicator"] == "VICTIMS")
    shown = table.assign(value=table["value"].mask(primary_only))

    found = audit_release(table, shown, POLICY, CATALOGUE.indicators)

    assert (found["verdict"] == "exact").any()


@pytest.mark.parametrize("seed", range(3))
def test_rounded_counts_and_all_made_of_them_are_multiples(seed: int) -> None:
    """A share of true counts would give the counts behind rounded ones back (case L)."""
    policy = DisclosurePolicy(minimum_frequency=3, method="rounding")

    shown = disclose(values(seed), policy, CATALOGUE)

    counts = shown[shown["component"].isin(["numerator", "denominator"]) & shown["value"].notna()]
    assert not (counts["value"] % 5).any()
    assert ROUNDED.format(base=5) in {*shown["remark"]}
    wide = counts.pivot(index=["area", "sex", "period"], columns="component", values="value")
    ratio = shown[(shown["indicator"] == "HELPED") & (shown["component"] == "value")]
    again = 100 * wide["numerator"] / wide["denominator"]
    stated = ratio.set_index(["area", "sex", "period"])["value"].dropna()
    assert stated.to_dict() == pytest.approx(again[stated.index].to_dict())
    assert (stated <= 100).all()
