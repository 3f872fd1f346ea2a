"""The equations of this release and of earlier ones."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.catalogue.definitions.collections import DisclosurePolicy
from metrics.statistics.disclosure import equations
from metrics.statistics.disclosure.disclose import disclose
from metrics.statistics.disclosure.equations import build_equations
from metrics.statistics.disclosure.relations import linked_by_sums
from tests.statistics.disclosure.invented import CATALOGUE, values
from tests.tables import indicator

INDICATORS = CATALOGUE.indicators


def test_sums_link_an_indicator_with_its_parts_and_their_parts() -> None:
    parts = [indicator("ALL"), indicator("CHILD", parts_of="ALL"), indicator("APART")]
    codes = {one.code: one for one in (*parts, indicator("GIRL", parts_of="CHILD"))}

    family = frozenset({"ALL", "CHILD", "GIRL"})
    assert linked_by_sums(codes) == {**dict.fromkeys(family, family), "APART": {"APART"}}


@settings(max_examples=5, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    changed=st.sets(st.sampled_from([*INDICATORS])),
    gone=st.sets(st.sampled_from([*INDICATORS])),
)
def test_indicators_that_did_not_change_add_no_equation(
    seed: int, changed: set[str], gone: set[str]
) -> None:
    before = values(seed, 9.0)
    released = disclose(before, DisclosurePolicy(minimum_frequency=3), CATALOGUE)
    other = values(seed + 1, 9.0)
    now = pd.concat(
        [
            before[~before["indicator"].isin(changed)],
            other[other["indicator"].isin(changed) & ~is_gone(other, gone)],
        ],
        ignore_index=True,
    )

    fewer = build_equations(now, INDICATORS, [released])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(equations, "_rows_of_changed_indicators", lambda rows, *_: rows)
        every = build_equations(now, INDICATORS, [released])

    pd.testing.assert_frame_equal(fewer.cells, every.cells)
    np.testing.assert_array_equal(fewer.shown_before, every.shown_before)
    np.testing.assert_array_equal(fewer.system.matrix.toarray(), every.system.matrix.toarray())
    np.testing.assert_array_equal(fewer.system.constants, every.system.constants)
    np.testing.assert_array_equal(fewer.system.values, every.system.values)


def is_gone(rows: pd.DataFrame, indicators: set[str]) -> pd.Series:
    """Rows of one State that are missing in the second release, as if it had not reported."""
    return rows["indicator"].isin(indicators) & rows["area"].eq("MT")
