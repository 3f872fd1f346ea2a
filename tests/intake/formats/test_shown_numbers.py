"""OpenDocument stores what a cell shows beside its value: the two must say the same."""

import pytest

from metrics.intake.formats.shared.shown_numbers import shows_number


@pytest.mark.parametrize(
    ("text", "number", "shows"),
    [
        ("14", 14, True),
        ("41", 14, False),
        ("c", 2, False),
        ("", 2, True),  # some programs write no text at all
        ("-", 0, True),
        ("-", 3, False),
        ("1 234,5", 1234.5, True),
        ("1.234,50", 1234.5, True),
        ("1,234", 1234, True),
        ("1.2", 1.23, True),
        ("1.3", 1.23, False),
        ("12", 12000, False),
        ("-12", -12, True),
        ("12 €", 12, True),
        ("12 2", 12, False),
        ("0,3", 0.1 + 0.2, True),
    ],
)
def test_what_a_text_shows(text: str, number: float, shows: bool) -> None:
    assert shows_number(text, number) is shows
