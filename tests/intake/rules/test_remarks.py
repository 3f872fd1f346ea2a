"""A remark beside no figure is lost, so it is questioned; beside a figure it is not."""

import pytest

from tests.intake.rules.broken import AA
from tests.intake.rules.offences import find_offences
from tests.tables import case

HEAD = "indicator | period | value | form | status | confidentiality | remark | remark_cell"


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        (["AA | 2024 | | empty | A | F | in June | H5"], ["H5"]),
        (["AA | 2024 | | empty | L | F | in June | H5"], []),
        (["AA | 2024 | 1 | number | A | F | in June | H5"], []),
        (["AA | 2024 | | empty | A | F | | H5"], []),
        # One column of remarks beside the values of two periods.
        (
            ["AA | 2023 | 1 | number | A | F | new | H5", "AA | 2024 | | empty | A | F | new | H5"],
            [],
        ),
    ],
)
def test_a_remark_beside_no_figure_is_questioned(rows: list[str], cells: list[str]) -> None:
    whole = case("\n".join([HEAD, *rows]), AA)

    assert [found["cell"] for found in find_offences("remark_without_value", whole)] == cells


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| empty | | N | under revision", ["I5"]),
        ("| empty | | C |", ["H5"]),
        ("| empty | | F |", []),
        ("| empty | Q | C | small", []),
        ("1 | number | | N |", []),
    ],
)
def test_a_confidentiality_beside_no_figure_is_questioned(row: str, cells: list[str]) -> None:
    value, form, status, code, remark = (part.strip() for part in row.split("|"))
    whole = case(
        "indicator | value | form | status | confidentiality_status | confidentiality_status_typed |"
        " confidentiality_status_cell | remark | remark_cell\n"
        f"AA | {value} | {form} | {status} | {code} | {code} | H5 | {remark} | I5",
        AA,
    )

    assert [found["cell"] for found in find_offences("remark_without_value", whole)] == cells
