"""What is advised for a text where a number belongs: the one thing to do, by what was typed."""

import pytest

from metrics.intake.finding_texts import describe_finding
from metrics.intake.findings import Finding
from metrics.intake.number_texts import clock_time_in
from metrics.intake.reading.numbers import parse_number
from metrics.intake.validate import validate
from tests.intake.rules.broken import AA, BROKEN, quoted, typed


def found(text: str, code: str = "AA", *, of_publication: bool = False) -> list[Finding]:
    """The findings on a value that was typed so, but for notes."""
    read = parse_number(text)
    value = "" if read.value != read.value else str(read.value)
    line = f"indicator | typed | form | value | understood\nAA | {text} | {read.form} | {value} | {read.understood}"
    case = quoted(line, AA).case if of_publication else typed(text, read.form, code=code).case
    observations = case.reading.observations.assign(understood=read.understood)
    case.reading.observations[:] = observations
    return [finding for finding in validate(case) if finding.severity != "note"]


def advice(text: str, language: str = "en", *, of_publication: bool = False) -> str:
    (finding,) = found(text, of_publication=of_publication)
    return describe_finding(finding, language).correction


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "<5",
            "empty the cell, choose the observation status Q (suppressed) and the confidentiality status C",
        ),
        ("12*", "Type 12 alone. If the mark is a status, such as s (estimated) or r (revised)"),
        ("ca. 40", "Type 40 alone, and choose E (estimated value)"),
        ("40 (provisional)", "Type 40 alone, and choose P (provisional value)"),
        ("5 or fewer", "empty the cell, choose the observation status Q (suppressed)"),
        ("100 und mehr", "type your best estimate and choose the observation status E"),
        ("over 900 cases", "If you know only that it is 901 or more"),
        ("<5", "If it is at most 4 and confidential"),
        ("fewer than 5", "If it is at most 4 and confidential"),
        ("5 alatt", "If it is at most 4 and confidential"),
        ("≤5", "If it is at most 5 and confidential"),
        (">100", "If you know only that it is 101 or more"),
        ("over 12", "If you know only that it is 13 or more"),
        ("under 5 (c)", "If it is at most 4 and confidential"),
        ("12 E", "Type 12 alone, and choose E (estimated value)"),
        ("12 U", "Type 12 alone, and choose U (low reliability)"),
        (
            "12N",
            "If you mean the confidentiality status not for publication (N), choose that instead",
        ),
        ("zero", "Type 0 if there were none"),
        ("ΜΗΔΕΝ", "Type 0 if there were none"),
        ("няма", "Type 0 if there were none"),
        ("ei yhtään", "Type 0 if there were none"),
        (
            "120)",
            "if it refers to a footnote, put what this says into the remark. If it has no meaning",
        ),
        ("най-много 5", "If it is at most 5 and confidential because it is small"),
        ("väh. 2", "If you know only that it is 2 or more"),
        ("2 or 3", "Type the one number that is reported, and put the others into the remark"),
        ("1,2 mil.", "Type the full number in digits"),
        ("ок. 5", "Type 5 alone, and choose E (estimated value)"),
        ("40 (e)", "Type 40 alone, and choose E (estimated value)"),
        ("40 [p]", "Type 40 alone, and choose P (provisional value)"),
        ("40 (a)", "Type 40 alone. If the mark is a status, such as s (estimated)"),
        ("40±2", "Type the one number that is reported, and put the others into the remark"),
        ("NaN", "choose O (missing value)"),
        ("#N/A", "choose O (missing value)"),
        ("10-20", "Type the one number that is reported, and put the others into the remark"),
        ("40 kpl", "Convert it first if its unit is another"),
        ("12 (Αττική)", "If the note names a part of the State"),
        ("40 προσωρινά", "choose P (provisional value) as the observation status"),
        ("40 (εμπιστευτικό)", "choose the confidentiality status C (confidential)"),
        ("12 + 3", "If the numbers are added, it is 15."),
        ("3x4", "Type the result. If the numbers in the calculation matter"),
        ("31/12", "set the format of the cell to number"),
        ("12 out of 15", "For a count that is 12; 15 belongs in the row of the whole"),
        ("12:30", "Type one number in the unit of the row"),
        ("З2", "Type 32 if you mean it"),
        ("O", "If you mean the observation status O (missing value)"),
        ("kesken", "choose O (missing value)"),
        ("52 thousand", "Type the full number in digits"),
        ("４０", "Type 40."),
        ("k.A.", "choose O (missing value)"),
        ("nie dotyczy", "choose M (not applicable: the value cannot exist)"),
        ("n/a", "If the value cannot exist, choose M instead"),
        ("zaupno", "Choose C as the confidentiality status too"),
        ("about forty", "Type the number in digits only"),
    ],
)
def test_the_advice_fits_what_was_typed(text: str, words: str) -> None:
    assert words in advice(text)


@pytest.mark.parametrize(
    ("unit", "typed", "number"),
    [("HOURS", "12:30", "12.5"), ("DAYS", "36:00", "1.5"), ("HOURS", "12 h 30 min", "")],
)
def test_a_time_is_stated_in_the_unit_of_the_row(unit: str, typed: str, number: str) -> None:
    assert clock_time_in(unit, typed) == number


def test_a_part_of_a_whole_is_stated_in_per_cent_where_the_row_asks_for_it() -> None:
    (finding,) = found("12 out of 15", code="RATIO")
    assert "In per cent it is 80." in describe_finding(finding, "en").correction
    assert "per cent" not in advice("12 out of 15")


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("З2", "en", "З (Cyrillic letter, U+0417)"),
        ("4Ο", "fi", "Ο (kreikkalainen kirjain, U+039F)"),
        ("1l", "el", "l (λατινικό γράμμα, U+006C)"),
    ],
)
def test_the_letter_that_was_typed_is_named(text: str, language: str, words: str) -> None:
    (finding,) = found(text)
    assert words in describe_finding(finding, language).what


def test_only_tables_of_publications_have_a_column_for_limits() -> None:
    assert "Limit" not in advice("<5")
    assert "type 5 and choose UPPER in the column Limit" in advice("<5", of_publication=True)
    assert "choose LOWER in the column Limit" in advice("5+", of_publication=True)
    assert "choose UPPER in the column Limit" in advice("5 or fewer", of_publication=True)
    assert "choose LOWER in the column Limit" in advice("5 ou plus", of_publication=True)


def test_other_words_get_no_advice_on_confidentiality() -> None:
    assert "confidentiality" not in advice("brak danych")
    assert "cannot exist" not in advice("brak danych")


def test_advice_is_given_in_the_language_of_the_reader() -> None:
    assert (
        advice("noin 40", "fi")
        == "Kirjoita pelkästään 40 ja valitse havainnon tilaksi E (estimoitu arvo)."
    )
    assert "Πληκτρολογήστε μόνο 12" in advice("12*", "el")


def test_a_mark_of_confidentiality_beside_a_value_is_moved_to_its_own_column() -> None:
    found = validate(BROKEN["value_with_missing_status"].case)
    (finding,) = (one for one in found if one.rule == "value_with_missing_status")

    assert (
        "move the mark to the column of confidentiality"
        in describe_finding(finding, "en").correction
    )
