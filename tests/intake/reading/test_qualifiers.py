"""What beside a value changes its meaning is asked, and what does not is left alone."""

import pytest

from metrics.catalogue.codelists import codelist, spellings_by_language
from metrics.catalogue.loader import catalogue
from metrics.intake.reading.qualifiers import Qualified, check_stated_unit, names_a_multiplier
from tests.sheets import odd, read


def issues(indicator: str, heading: str, typed: str) -> list[tuple[object, ...]]:
    table = f"Indicator|{heading}|Value\n{indicator}|{typed}|12\n{indicator}[sex=F]||"
    return [issue for issue in odd(read(table), "cell", "typed") if issue[1] == "B2"]


@pytest.mark.parametrize(
    ("indicator", "typed"),
    [
        ("ICSE_VICTIMS", "persons"),
        ("ICSE_VICTIMS", "Person"),
        ("ICSE_VICTIMS", "PERSONS"),
        ("ICSE_VICTIMS", "henkilöä"),
        ("ICSE_VICTIMS", "ΑΤΟΜΑ"),
        ("ICSE_VICTIMS", "number"),
        ("DATA_VOLUME_EXAMINED", "million items"),
        ("SCHOOLS_REACHED[component=numerator]", "number"),
        ("ICSE_VICTIMS", "(persons)"),
        ("ICSE_VICTIMS", "in Personen"),
        ("ICSE_VICTIMS", "number of persons"),
        ("ICSE_VICTIMS", "Αριθμός ατόμων"),
        ("ICSE_VICTIMS", "henkilöitä"),
        ("ICSE_VICTIMS", "брой лица"),
        ("ICSE_VICTIMS", "nombre de personnes"),
        ("TAKEDOWN_TIME[component=median]", "hours"),
    ],
)
def test_the_unit_of_the_indicator_is_no_question(indicator: str, typed: str) -> None:
    assert issues(indicator, "Unit", typed) == []


@pytest.mark.parametrize(
    ("indicator", "typed", "rule"),
    [
        ("PEOPLE_REACHED", "thousand", "unit_differs"),
        ("PEOPLE_REACHED", "Tsd. Personen", "unit_differs"),
        ("PEOPLE_REACHED", "1 000 henkilöä", "unit_differs"),
        ("PEOPLE_REACHED", "σε χιλιάδες", "unit_differs"),
        ("DATA_VOLUME_EXAMINED", "thousand items", "unit_differs"),
        ("DATA_VOLUME_EXAMINED", "items", "unit_differs"),
        ("ICSE_VICTIMS", "%", "unit_differs"),
        ("ICSE_VICTIMS", "per 100 000 children", "unit_differs"),
        ("PEOPLE_REACHED", "tys. osób", "unit_differs"),
        ("PEOPLE_REACHED", "tis. osob", "unit_differs"),
        ("PEOPLE_REACHED", "mil pessoas", "unit_differs"),
        ("TAKEDOWN_TIME[component=median]", "days", "unit_differs"),
        ("ICSE_VICTIMS", "dossiers", "unit_unknown"),
        ("ICSE_VICTIMS", "number of cases", "unit_of_other_counts"),
        ("ICSE_VICTIMS", "in hours", "unit_differs"),
        ("JOINT_INVESTIGATION_TEAMS", "teams", "unit_of_other_counts"),
        ("DATA_VOLUME_EXAMINED", "dossiers", "unit_differs"),
    ],
)
def test_another_unit_is_asked(indicator: str, typed: str, rule: str) -> None:
    assert issues(indicator, "Unit", typed) == [(rule, "B2", typed)]


@pytest.mark.parametrize(
    ("heading", "typed", "rule"),
    [
        ("UNIT_MULT", "3", "multiplier_stated"),
        ("FREQ", "Q", "row_marked"),
        ("Frequency", "monthly", "row_marked"),
        ("deleted", "true", "row_deleted"),
        ("ACTION", "D", "row_deleted"),
        ("Region", "North", "part_of_area"),
        ("Bundesland", "Bayern", "part_of_area"),
        ("ΠΕΡΙΦΕΡΕΙΑ", "Αττική", "part_of_area"),
    ],
)
def test_what_changes_the_meaning_of_a_row_is_asked(heading: str, typed: str, rule: str) -> None:
    assert [issue[0] for issue in issues("ICSE_VICTIMS", heading, typed)] == [rule]


@pytest.mark.parametrize(
    ("heading", "typed"),
    [
        ("UNIT_MULT", "0"),
        ("FREQ", "A"),
        ("FREQ", "A: Annual"),
        ("deleted", "false"),
        ("ACTION", "A"),
        ("ACTION", "Replace"),
    ],
)
def test_what_changes_nothing_is_left_alone(heading: str, typed: str) -> None:
    assert issues("ICSE_VICTIMS", heading, typed) == []


def test_an_older_workbook_of_ours_may_name_other_units() -> None:
    table = "Indicator|Unit|Value\nJOINT_INVESTIGATION_TEAMS|teams|3\nPEOPLE_REACHED|thousand|4"

    older = [rule for (rule,) in odd(read(table, stamp={"catalogue": "older"}))]

    assert older == ["unit_differs"]
    assert "unit_of_other_counts" in {rule for (rule,) in odd(read(table))}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Reports in thousands", True),
        ("(1 000)", True),
        ("x1000", True),
        ("Mio. €", True),
        ("persons", False),
        ("per 100 000 children", False),
        ("2,000 persons", False),
    ],
)
def test_a_text_that_names_a_multiplier(text: str, named: bool) -> None:
    assert names_a_multiplier(text) == named


LANGUAGES = ("en", "fi", "el", "de", "fr", "bg")


def words_for(unit: str) -> set[str]:
    """What a unit is called in these languages; one without a word in one of them is a fault."""
    names, written = codelist("unit")[unit].names, spellings_by_language()["unit"].get(unit, {})
    by_language = {
        language: [*filter(None, [names.get(language)]), *written.get(language, ())]
        for language in LANGUAGES
    }
    assert all(by_language.values()), unit
    return {str(word) for words in by_language.values() for word in words}


@pytest.mark.parametrize("unit", sorted({own.unit for own in catalogue().indicators.values()}))
def test_each_unit_beside_a_value_of_every_other_is_called_by_its_name(unit: str) -> None:
    """In any of the languages it is the unit of the indicator, or said to be another one."""
    indicator = next(own for own in catalogue().indicators.values() if own.unit == unit)

    for other in codelist("unit"):
        for word in words_for(other):
            issue = check_stated_unit(Qualified(indicator, "value", word))
            may_fit = other in {unit, "NUMBER"}
            known = {None} if other == unit else {"unit_differs", "unit_of_other_counts"}
            assert issue in known | ({None} if may_fit else set()), (other, word, issue)


@pytest.mark.parametrize(
    ("heading", "rule"),
    [("Value (persons)", ""), ("Τιμή (άτομα)", ""), ("Value, cases", "unit_of_other_counts")],
)
def test_the_unit_in_the_heading_of_values_is_compared(heading: str, rule: str) -> None:
    issues = odd(read(f"Indicator|{heading}\nICSE_VICTIMS|12\nVIDTF_EXPERTS|"), "cell")

    assert issues == ([(rule, "B2")] if rule else [])
