"""Each cause is named once: what only follows from an error is left out until it is corrected."""

import pytest

from metrics.catalogue.loader import catalogue
from metrics.intake.findings import Severity
from metrics.intake.validate import validate
from metrics.submissions.accepted_before import PriorData
from metrics.submissions.validation_contexts import validation_context
from tests.sheets import BELONGS, read
from tests.tables import observations

HEADINGS = "Indicator | Sex | Period | Unit | Value"


def asked(*rows: str, previous: str = "") -> list[tuple[str, str]]:
    """The rule and cell of every error and warning."""
    reading = read("\n".join([HEADINGS, *rows]))
    prior = PriorData(previous=observations(previous) if previous else None)
    whole = validation_context(reading, BELONGS, prior, catalogue())
    found = (one for one in validate(whole) if one.severity is not Severity.NOTE)
    return [(one.rule, one.cell) for one in found]


def row(sex: str, value: object, period: str = "2024", unit: str = "persons") -> str:
    return f"ICSE_VICTIMS | {sex} | {period} | {unit} | {value}"


def test_parts_that_exceed_their_total_are_told() -> None:
    assert asked(row("total", 10), row("F", 8), row("M", 7)) == [("parts_above_total", "E2")]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        # Two periods that are not understood are not one in which parts and total are compared.
        (
            (row("total", 10, "the year"), row("F", 8, "this year"), row("M", 7, "this year")),
            [("period_not_understood", f"C{number}") for number in (2, 3, 4)],
        ),
        # A total in thousands is below its parts only because of its unit.
        ((row("total", 10, unit="thousand persons"), row("F", 8), row("M", 7)), [("unit_differs", "D2")]),
        ((row("total", 10), row("F", 8, unit="thousand persons"), row("M", 7)), [("unit_differs", "D3")]),
        ((row("total", "ca. 10"), row("F", 8), row("M", 7)), [("status_beside_number", "E2")]),
    ],
)  # fmt: skip
def test_what_follows_from_an_error_is_not_told_beside_it(
    rows: tuple[str, ...], told: list[tuple[str, str]]
) -> None:
    assert asked(*rows) == told


def test_another_row_with_a_contradiction_of_its_own_is_told_too() -> None:
    users = ["ICSE_USERS | | 2024 | users | ca. 5"]

    assert asked(row("total", 10), row("F", 8), row("M", 7), *users) == [
        ("parts_above_total", "E2"),
        ("status_beside_number", "E5"),
    ]


def test_a_figure_of_a_period_that_is_not_understood_is_not_called_withdrawn() -> None:
    before = "indicator | sex | period | value\nICSE_VICTIMS | F | 2024 | 8"

    assert asked(row("F", 8, "this year"), previous=before) == [("period_not_understood", "C2")]
