"""One person in a remark without a full name, and remarks that only look alike."""

import pytest

from metrics.intake.workbook import TextFragment
from tests.intake.rules.test_identifying import around, kinds

DESCRIBED = [
    "The girl Zosia from Radom, aged 7, is counted twice",
    "Anna, aged 7, is counted twice",
    "counted 7-year-old Anna twice",
    "the boy, whose name is Matti, is 9 years old",
    "dziewczynka Zosia, 7 lat, policzona dwa razy",
    "7-vuotias tyttö Helmi laskettiin kahdesti",
    "tyttö Helmi (7 vuotias)",
    "Το κορίτσι Ελένη, 7 ετών, μετρήθηκε δύο φορές",
    "das Mädchen Lena, 7 Jahre alt",
    "la fillette Camille, 7 ans",
    "flickan Ebba är 7-årig",
    "Girl, 9, from Tampere",
    "boy, 12, Lahti, rescued in March",
    "Case of a 9-year-old girl in Tampere",
    "Tyttö, 9 v, Tampereelta",
    "poika 12 v. Lahdesta",
    "Κορίτσι, 9, από την Πάτρα",
    "Mädchen, 9, aus Köln",
    "Junge (12) aus Bonn",
    "garçon de 12 ans, Lille",
    "niña, 9 años, de Sevilla",
    "ragazzo di 12 anni, Bari",
    "pojke 12 år, Lund",
    "dziewczynka, 9 lat, z Gdańska",
    "момче на 12 години, Варна",
    "jongen van 12, Breda",
    "lány, 9 éves, Szegedről",
    "the suspect J.K. was heard",
    "uhri A.K. (14 v)",
    "podejrzany J.K., ur. 3.04.1987",
]
INITIALLED = [
    "Kowalska A.",
    "Virtanen, M.",
    "Παπαδόπουλος Γ.",
    "asked of inspector M. Virtanen",
    "counted by Virtanen M. in May",
    "see the note of A. Kowalska",
    "A. Mallikas (victim)",
    "Mallikas A. (uhri)",
    "victim: A. Mallikas",
    "the suspect Mallikas, A. was heard",
    "A. Mallikas, θύμα",
    "1 opfer (A. Mallikas)",
]
HARMLESS = [
    "Boy, 14, Unknown",
    "Girl, 9, Boy, 12",
    "Kind (9) in Heimen",
    "Mädchen von 9 bis 12 Jahren aus Köln",
    "enfant de 12 ans, Code pénal art. 227-25",
    "niño de 12 años, Ley 8/2021",
    "dziecko 15 lat, Kodeks karny",
    "barnet 15 år, Brottsbalken",
    "flicka 12 år, pojke 9 år, Totalt",
    "a child of 15 years in Finland may consent",
    "Victim of trafficking, 15 cases in Helsinki",
    "the victim U.S. citizen; suspect: N.A.",
    "girl, 12, March 2025",
    "Girls aged 7 to 12 are counted once",
    "A girl aged 7 is counted in the band of 4 to 8",
    "The age group 4-8 is new; children aged 13 in Radom were counted twice",
    "Run with the Anna Lindh Foundation for every child aged 7",
    "Children under 18 years of age, by the unit in Victoria",
    "Each child is counted once; the Ministry trains staff aged 7 and over",
    "Lapset, 7 vuotta, Helsinki",
    "Annex A.",
    "Table B.",
    "A. Victims",
    "B. Offenders by age",
    "See Annex A. of Directive 2011/93/EU",
    "Alaska B.",
    "Counted in the U.S. and Canada",
    "e.g. Helsinki",
    "in Part B. Figures follow",
    "A. Girls (victim)",
    "child A. Total",
    "Group A. Figures by victim and suspect",
    "A. Grooming (child abuse)",
    "for each victim. A. Figures of 2024",
]


@pytest.mark.parametrize("text", DESCRIBED)
def test_a_given_name_with_an_age_is_about_a_person(text: str) -> None:
    assert "person_described" in kinds(around(text))


@pytest.mark.parametrize("text", INITIALLED)
def test_a_surname_with_an_initial_names_a_person(text: str) -> None:
    assert "surname_with_initial" in kinds(around(text))


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_alike_is_left_alone(text: str) -> None:
    assert kinds(around(text)) == set()


def test_letters_that_number_a_list_are_no_initials() -> None:
    listed = ("A. Grooming (child)", "B. Coercion (child)", "C. Extortion (child)")

    assert kinds(around(*listed)) == set()
    assert kinds(around(listed[0])) == {"surname_with_initial"}


def test_a_name_and_an_age_of_different_cells_are_not_put_together() -> None:
    assert kinds(around("the girl Zosia", "aged 7")) == set()


def test_a_comment_may_describe_a_person_too() -> None:
    comment = TextFragment("comment", "Notes", "B7", DESCRIBED[0])

    assert kinds(around("Note", text_fragments=(comment,))) == {"person_described"}
