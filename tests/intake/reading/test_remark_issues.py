"""A short remark that says another figure is asked about; one that explains the figure is not."""

import pytest

from tests.sheets import odd, read


@pytest.mark.parametrize(
    ("remark", "is_asked"),
    [
        ("in thousands", True),
        ("tuhansina", True),
        ("average of 2022-2024", True),
        ("kolmen vuoden keskiarvo", True),
        ("σωρευτικά από το 2020", True),
        ("от началото на годината", True),
        ("figure of 2023", True),
        ("2023", True),
        ("2024", False),
        ("estimate", True),
        ("luottamuksellinen", True),
        ("first count", False),
        ("Higher than the average of the years before", False),
        ("New method since the law of 2019 entered into force", False),
    ],
)
def test_a_remark_by_which_the_figure_is_another_one_is_asked_about(
    remark: str, is_asked: bool
) -> None:
    reading = read(f"Indicator|Value|Remark\nICSE_VICTIMS|12|'{remark}")

    assert odd(reading, "cell", "typed") == (
        [("remark_on_figure", "C2", remark)] if is_asked else []
    )


def test_a_remark_that_repeats_the_status_is_no_question() -> None:
    reading = read("Indicator|Value|Status|Remark\nICSE_VICTIMS|12|E|estimate")

    assert odd(reading) == []
