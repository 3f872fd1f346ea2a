"""A name of which two cells of a row hold a part each; all persons are invented."""

import pytest

from metrics.intake.rules import rules
from metrics.intake.workbook import Sheet
from tests.intake.rules.test_identifying import holding, kinds
from tests.tables import workbook

Rows = list[list[object]]

PERSONS: dict[str, Rows] = {
    "after a word for a person": [["victim", "Hanna", "Testinen"]],
    "before one": [["Testinen", "Hanna", "(suspect)"]],
    "with an empty cell between": [[None, "Uhri:", None, "TESTINEN", None, "HANNA"]],
    "in the row of a form": [["Unit", "Prosecution", "North"], ["Victim", "Hanna", "Testinen"]],
    "below a heading over both": [["Victim", None, "Cases"], ["Hanna", "Testinen", 1.0]],
    "below two headings": [["Suspect", "Name"], ["Testinen", "Hanna"]],
    "in Greek": [["θύμα", "Ελένη", "Δοκιμάκη"]],
    "disguised": [["victim", "H a n n a", "Test\u00adinen"]],
}
OTHERS: dict[str, Rows] = {
    "without a word for a person": [["row", "Hanna", "Testinen"]],
    "names by place": [["Sex", "Name", "City"], ["girl", "Hanna", "Turku"]],
    "names by State": [["girl", "Hanna", "Finland"]],
    "names of girls and boys": [["Name", "Name"], ["Hanna", "Eeli"], ["Elena", "Aatu"]],
    "names below a heading over both": [
        ["Name", None], ["Girls", "Boys"], ["Hanna", "Eeli"], ["Elena", "Aatu"]],
    "a place and its region": [["Victim", "Region"], ["Martina", "Franca"], ["Total", "Hanna"]],
    "how many bear a name": [["Name", "Births"], ["Hanna", 400.0], ["Elena", 400.0],
                             ["Teresa", 400.0], ["Birgitta", 400.0]],
    "words of statistics": [["Hanna", "Total", "victim"], ["Elena", "School", "child"]],
    "small letters": [["victim", "hanna", "testinen"]],
}  # fmt: skip


def found_in(rows: Rows) -> list[str]:
    found = rules()["person_named"].offends(holding(workbook(Sheet("Notes", rows))))
    return sorted(found["cell"])


@pytest.mark.parametrize("name", PERSONS)
def test_a_name_in_two_cells_is_found_beside_or_below_a_word_for_a_person(name: str) -> None:
    assert len(found_in(PERSONS[name])) == 2


@pytest.mark.parametrize("name", OTHERS)
def test_two_words_side_by_side_are_no_name(name: str) -> None:
    assert kinds(holding(workbook(Sheet("Notes", OTHERS[name])))) == set()


def test_a_heading_holds_for_its_own_columns_only() -> None:
    rows: Rows = [["Case", "Victim", None], [1.0, "Hanna", "Testinen"], ["Elena", "Kuvitelma", 2.0]]

    assert found_in(rows) == ["B2", "C2"]
