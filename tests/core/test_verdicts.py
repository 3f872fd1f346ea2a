"""A verdict is written to the cells of a table, and read back as it was."""

import json
from dataclasses import replace
from math import inf, nan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.core.verdicts import (
    CalculationStep,
    Status,
    Verdict,
    arithmetic_from_cell,
    finite_or_symbol,
    verdict_as_record,
    verdict_as_row,
    verdict_from_row,
)

NUMBERS = st.none() | st.floats(-1e12, 1e12)
PLAIN = (
    st.none()
    | st.integers(-9, 10**9)
    | st.floats(-1e12, 1e12)
    | st.text(max_size=5)
    | st.lists(st.text(max_size=2), max_size=2).map(tuple)
)
STEPS = st.builds(
    CalculationStep,
    st.text(max_size=5),
    PLAIN,
    st.text(max_size=5),
    st.dictionaries(st.text(max_size=3), PLAIN, max_size=2),
)
VERDICTS = st.builds(
    Verdict,
    status=st.sampled_from(Status),
    category=st.text(max_size=5),
    reason=st.text(max_size=5),
    period=st.text(max_size=5),
    value=NUMBERS,
    baseline_value=NUMBERS,
    expected_value=NUMBERS,
    gap=NUMBERS,
    months_late=NUMBERS,
    score=NUMBERS,
    path=st.lists(st.tuples(st.floats(2000, 2050), st.floats(-1e9, 1e9)), max_size=3).map(tuple),
    arithmetic=st.lists(STEPS, max_size=3).map(tuple),
)
STORED: dict[str, Any] = {
    "status": "on_track", "category": "on_path", "reason": "matched_panel", "period": "2025",
    "value": 22.0, "baseline_period": "2020", "baseline_value": 9.0, "expected_value": 9.0,
    "gap": 13.0, "months_late": None, "score": None,
    "path": "[[2020.5, 9.0], [2025.5, 9.0]]",
    "arithmetic": '[{"key": "value", "value": 9.0, "formula": "period", '
    '"parameters": {"period": "2020"}}, '
    '{"key": "states_reporting", "value": 26, "formula": "period", '
    '"parameters": {"period": "2021"}}, '
    '{"key": "states_reporting", "value": "all", "formula": "period", '
    '"parameters": {"period": "2022"}}, '
    '{"key": "states_not_bound", "value": ["DK"], "formula": "", "parameters": {}}, '
    '{"key": "wanted_direction", "value": "↑", "formula": "", "parameters": {}}]',
}  # fmt: skip


@given(VERDICTS)
def test_what_was_written_is_read_back(verdict: Verdict) -> None:
    row = verdict_as_row(verdict)
    calculation = arithmetic_from_cell(row["arithmetic"])

    assert replace(verdict_from_row(row), arithmetic=calculation) == verdict


def test_a_stored_row_is_read_and_written_again_byte_for_byte() -> None:
    calculation = arithmetic_from_cell(STORED["arithmetic"])

    assert verdict_as_row(replace(verdict_from_row(STORED), arithmetic=calculation)) == STORED


def test_a_verdict_is_read_without_its_calculation() -> None:
    assert verdict_from_row({**STORED, "arithmetic": "not read"}).arithmetic == ()


def test_a_count_of_states_stays_a_whole_number() -> None:
    reporting = arithmetic_from_cell(STORED["arithmetic"])[1]

    assert (reporting.value, type(reporting.value)) == (26, int)


def test_an_empty_number_of_a_table_is_none() -> None:
    verdict = verdict_from_row({**STORED, "gap": nan, "path": nan, "arithmetic": "", "goal": "G"})

    assert (verdict.gap, verdict.path, verdict.arithmetic) == (None, (), ())


@pytest.mark.parametrize(("value", "expected"), [(inf, "∞"), (-inf, "−∞"), (1.5, 1.5), ("a", "a")])
def test_an_infinity_is_written_as_people_write_it(value: object, expected: object) -> None:
    verdict = Verdict(Status.BEHIND, arithmetic=(CalculationStep("", value),))  # type: ignore[arg-type]  # any of the kinds

    assert finite_or_symbol(value) == expected  # type: ignore[arg-type]  # any of the kinds
    assert json.loads(verdict_as_row(verdict)["arithmetic"])[0]["value"] == expected


def test_a_record_holds_lists_and_plain_values() -> None:
    record = verdict_as_record(verdict_from_row(STORED))

    assert json.loads(json.dumps(record, allow_nan=False)) == record
    assert type(record["status"]) is str
