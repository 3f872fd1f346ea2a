"""An attacker with a solver and every released table recovers nothing that was withheld."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.definitions import DisclosurePolicy
from metrics.disclose import disclose
from metrics.tables import WITHHELD
from tests.disclosure.attacker import Attacker, _cells
from tests.disclosure.invented import CATALOGUE, values

POLICY = DisclosurePolicy(minimum_frequency=3)
COUNTS = ["value", "numerator", "denominator", "cases"]


def withheld_counts(table: pd.DataFrame) -> pd.DataFrame:
    rows = table[table["component"].isin(COUNTS) & (table["observation_status"] == WITHHELD)]
    return rows[(rows["indicator"] != "HELPED") | (rows["component"] != "value")]


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10_000), size=st.sampled_from([1.5, 4.0, 9.0]))
def test_nothing_withheld_is_recovered(seed: int, size: float) -> None:
    """At least one other whole number stays possible for each withheld count."""
    released = disclose(values(seed, size), POLICY, CATALOGUE)

    attacker = Attacker(released)

    for cell in _cells(withheld_counts(released)):
        low, high = attacker.interval(cell)
        assert high - low >= 1 - 1e-6, cell


def test_without_secondary_suppression_the_attacker_succeeds() -> None:
    """The test above would fail without what it tests."""
    table = values(1)
    small = table["component"].isin(["value", "cases"]) & table["value"].between(1, 2)
    released = table.assign(value=table["value"].mask(small & (table["indicator"] == "VICTIMS")))

    attacker = Attacker(released[released["component"] == "value"])

    widths = [
        np.ptp(attacker.interval(cell))
        for cell in _cells(released[small])
        if cell in attacker.unknown
    ]
    assert min(widths) == pytest.approx(0)
