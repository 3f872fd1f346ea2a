"""Figures of an earlier year that were typed as this year's."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from metrics.catalogue.loader import catalogue
from metrics.intake.reading import ingest
from metrics.intake.sandbox import unpack
from metrics.submissions.accepted_before import PriorData
from metrics.submissions.validation_contexts import validation_context
from tests.intake.rules.broken import AA
from tests.intake.rules.offences import find_offences
from tests.sheets import fill, heading_rows, order, saved, series_keys, written
from tests.tables import case, indicator, observations

RULE = "figures_of_earlier_year"
ROW = "indicator | sheet | cell | period | value"
CODES = tuple(f"N{number}" for number in range(10))
KNOWN = [indicator(code) for code in CODES]


def drawn(period: str, values: Sequence[object], sheets: str = "") -> str:
    """A figure of each indicator, one below the other in the column F of its sheet."""
    named = zip(CODES, values, sheets or "S" * len(values), strict=False)
    rows = [
        f"{code} | {sheet} | F{5 + row} | {period} | {value}"
        for row, (code, value, sheet) in enumerate(named)
    ]
    return "\n".join([ROW, *rows])


BEFORE = (20, 31, 44, 58, 67, 12, 90, 105, 11, 240)
OTHERS = (22, 30, 47, 50, 69, 15, 91, 99, 18, 260)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (BEFORE, ("10", "10", "S!F5:F14")),
        ((*BEFORE[:7], *OTHERS[7:]), ("7", "10", "S!F5:F11")),
        ((*BEFORE[:5], *OTHERS[5:]), None),  # half of them
        ((*BEFORE[:5], "", "", "", "", ""), ("5", "5", "S!F5:F9")),
        ((*BEFORE[:4], "", "", "", "", "", ""), None),  # too few to say
        (OTHERS, None),
    ],
)
def test_most_figures_of_a_sheet_are_those_of_the_year_before(
    now: Sequence[object], told: tuple[str, str, str] | None
) -> None:
    whole = case(drawn("2024", now), *KNOWN, history=observations(drawn("2023", BEFORE)))

    found = [
        (one["cell"], one["when"], one["equal"], one["compared"], one["cells"])
        for one in find_offences(RULE, whole)
    ]
    assert found == ([("F5", "2023", *told)] if told else [])


def test_zeros_and_small_counts_are_often_the_same() -> None:
    few = (0, 3, 9, 1, 0, 2, 7, 5, 4, 6)
    whole = case(drawn("2024", few), *KNOWN, history=observations(drawn("2023", few)))

    assert find_offences(RULE, whole) == []


def test_one_copied_sheet_among_others_is_found_with_all_its_cells() -> None:
    sheets = "SSSSSTTTTT"
    mixed = (*OTHERS[:5], *BEFORE[5:])
    whole = case(
        drawn("2024", mixed, sheets), *KNOWN, history=observations(drawn("2023", BEFORE, sheets))
    )

    [found] = find_offences(RULE, whole)
    assert (found["sheet"], found["cell"], found["cells"]) == ("T", "F10", "T!F10:F14")


def test_one_question_names_the_copied_cells_of_every_sheet() -> None:
    sheets = "SSSSSTTTTT"
    whole = case(
        drawn("2024", BEFORE, sheets), *KNOWN, history=observations(drawn("2023", BEFORE, sheets))
    )

    [found] = find_offences(RULE, whole)
    assert (found["equal"], found["cells"]) == ("10", "S!F5:F9; T!F10:F14")


def test_figures_of_two_years_ago_are_recognised_too() -> None:
    history = f"{drawn('2022', BEFORE)}\n{drawn('2023', OTHERS).partition(chr(10))[2]}"
    whole = case(drawn("2024", BEFORE), *KNOWN, history=observations(history))

    assert [found["when"] for found in find_offences(RULE, whole)] == ["2022"]


def test_a_column_of_the_year_before_in_the_file_itself_is_enough() -> None:
    """A first report in a table of one's own, with a column for each year."""
    whole = case(drawn("2024", BEFORE), *KNOWN, other_periods=observations(drawn("2023", BEFORE)))

    assert [found["equal"] for found in find_offences(RULE, whole)] == ["10"]


PARTS = """
    indicator | sex | sheet | cell | period | value
    AA        | _T  | S     | F20  | {0}    | 114
    AA        | F   | S     | F21  | {0}    | 25
    AA        | M   | S     | F22  | {0}    | 31
    AA        | O   | S     | F23  | {0}    | 18
    AA        | U   | S     | F24  | {0}    | 40
"""


def test_parts_of_one_indicator_are_found_among_other_figures() -> None:
    now = pd.concat([observations(drawn("2024", OTHERS)), observations(PARTS.format(2024))])
    before = pd.concat([observations(drawn("2023", BEFORE)), observations(PARTS.format(2023))])
    whole = case(now.reset_index(drop=True), AA, *KNOWN, history=before)

    [found] = find_offences(RULE, whole)
    assert (found["equal"], found["compared"], found["cells"]) == ("5", "5", "S!F20:F24")


def test_in_our_workbook_one_question_names_the_figures_of_every_sheet(tmp_path: Path) -> None:
    readings = []
    for year in ("2024", "2025"):
        book = written(order(round_=year))
        keys = [key for key in series_keys(book) if "component" not in key]
        fill(book, dict.fromkeys(keys, 41.0), f"Value {year}")
        readings.append(ingest(unpack(saved(book, tmp_path / f"{year}.xlsx")), catalogue(), {}))
    before, now = readings
    prior = PriorData(history=before.observations)

    [found] = find_offences(RULE, validation_context(now, {}, prior, catalogue()))

    assert found["equal"] == str(len(keys))
    assert found["sheet"] == next(iter(heading_rows(book)))
    assert found["cells"].count("!") > 1
