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
