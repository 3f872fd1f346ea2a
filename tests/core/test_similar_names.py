"""Only a name that can have been meant is suggested."""

import pytest

from metrics.core.similar_names import nearest_name

NAMES = ("events", "hours", "persons", "spain", "icse_victims")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("event", "events"),
        ("huors", "hours"),
        ("spania", "spain"),
        ("icse_victimes", "icse_victims"),
        ("percent", ""),
        ("days", ""),
        ("", ""),
    ],
)
def test_a_slip_has_a_suggestion_and_another_word_has_none(typed: str, meant: str) -> None:
    assert nearest_name(typed, NAMES) == meant


@pytest.mark.parametrize(("typed", "meant"), [
    ("2019", "2020"), ("2027", "2025"), ("2031", ""), ("2022", "2022"), ("1919", ""), ("20222", "2022"),
])  # fmt: skip
def test_the_nearest_year_is_the_nearest_in_time(typed: str, meant: str) -> None:
    assert nearest_name(typed, ["2025", "2022", "2021", "2020"]) == meant
