"""Lists of goals in one cell, and actions that must not be published."""

import pytest

from tests.sheets import odd, read


@pytest.mark.parametrize(
    "typed",
    ["GA-1.1, GA-2.1", "GA-1.1; GA-2.1", "GA-1.1/GA-2.1", "GA-1.1 και GA-2.1", "ga-1.1,ga-2.1"],
)
def test_goals_in_one_cell_are_read(typed: str) -> None:
    reading = read(f"Goals|Status|Description\n{typed}|undertaken|Training")

    assert reading.actions["goals"].tolist() == ["GA-1.1;GA-2.1"]
    assert odd(reading) == []


def test_a_list_with_an_unknown_goal_is_named_as_it_was_typed() -> None:
    reading = read("Goals|Status|Description\nGA-1.1, GA-9.9|undertaken|Training")

    assert odd(reading, "typed") == [("goal_unknown", "GA-1.1, GA-9.9")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Training of judges - do not publish", "do not publish"),
        ("Confidential: training of judges", "confidential"),
        ("Training of judges (vertraulich)", "vertraulich"),
        ("Strictly confidential", "confidential"),
        ("Εκπαίδευση – να μη δημοσιευθεί", "να μη δημοσιευθει"),
        ("Не за публикуване: обучение", "не за публикуване"),
        ("Koulutus, ei saa julkaista", "ei saa julkaista"),
        ("Szkolenie – nie publikować", "nie publikowac"),
        ("Formation. Ne pas diffuser", "ne pas diffuser"),
        ("Confidential helpline for children", ""),
        ("A confidential hotline and its staff", ""),
        ("Publication of a handbook", ""),
    ],
)
def test_an_action_that_must_not_be_published_is_asked_about(text: str, words: str) -> None:
    reading = read(f"Status|Description|Progress\nundertaken|{text}|ongoing")

    assert odd(reading, "cell", "typed") == ([("action_withheld", "B2", words)] if words else [])


def test_a_column_of_answers_may_keep_an_action_back() -> None:
    reading = read("Status|Description|Publication\nundertaken|Training|no\nplanned|Guide|yes")

    assert ("action_withheld", "C2", "Publication: no") in odd(reading, "cell", "typed")
