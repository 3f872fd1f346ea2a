"""Institutions that bear the names of persons refuse no workbook; a bare full name does."""

import pytest

from metrics.catalogue.loader import catalogue
from metrics.intake.rules import rules
from tests.intake.rules.test_identifying import around

PERSON_NAMED = rules()["person_named"]

# Real ones and others like them, as they are written in remarks; by language.
INSTITUTIONS = {
    "en": ["Marie Curie Fellowship", "Robert Koch Institute", "the Jean Monnet chair in Turku",
           "funded by Marie Skłodowska-Curie Actions", "Anna Freud Centre", "Sarah Lawrence College",
           "Daniel Morcombe Foundation's toolkit", "Elizabeth Garrett Anderson Hospital",
           "Jean Monnet European Centre of Excellence", "Paul Hamlyn Foundation", "John Lewis Trust"],
    "de": ["Sophie Scholl Gymnasium", "Sophie-Scholl-Gymnasium Berlin", "Robert Koch-Institut",
           "Robert-Bosch-Krankenhaus Stuttgart", "Max Planck Institut", "Felix Burda Stiftung",
           "Martin Luther Universität", "Karl Marx Straße", "Peter Pan Kinderklinik"],
    "fr": ["Lycée Jean Moulin", "École primaire Jean Jaurès", "Fondation Jean Dausset", "rue Jean Jaurès",
           "Hôpital Pierre Wertheimer", "Centre hospitalier Robert Ballanger", "collège Marie Curie"],
    "it": ["Fondazione Carlo Bianchi e Fondazione Giovanni Agnelli", "Istituto Paolo Borsellino",
           "Scuola media Anna Frank", "Ospedale Maria Vittoria", "Associazione Luca Coscioni",
           'Fondazione "Roberto Franceschi"', "Liceo Giuseppe Parini", "Premio Paolo Borsellino"],
    "es": ["Fundación Ana Bella", "Instituto Carlos Tercero", "Universidad Carlos Tercero de Madrid",
           "Hospital Universitario José Molina", "Colegio Miguel Hernández", "Premio Carmen Goes"],
    "pt": ["Fundação José Saramago", "Escola Secundária José Régio", "Instituto Miguel Torga",
           "Hospital Pedro Hispano", "Agrupamento de Escolas Manuel Ferreira"],
    "nl": ["Anne Frank Stichting", "Jan Ligthart basisschool", "Peter Pannekoek Ziekenhuis",
           "Willem Lodewijk Gymnasium", "Stichting Peter Stuyvesant"],
    "fi": ["Maria Jotunin koulu", "Marie Curie -apuraha", "Anna Lindhin säätiön hanke", "Johanna Nurmen lastensairaala"],
    "sv": ["Anna Lindh-stiftelsen", "Astrid Lindgrens barnsjukhus", "Anna Lindhs bibliotek", "Karl Johans skola"],
    "da": ["Mary Fonden og Mary Elisabeths Hospital", "Niels Bohr Institutet", "Peter Sabroe Skolen"],
    "pl": ["Szkoła Podstawowa im. Jana Kochanowskiego", "Fundacja Jan Kanty", "Szpital im. Jana Pawła Drugiego",
           "Instytut Jana Sehna"],
    "cs": ["Základní škola Jan Werich", "Nadace Petr Kellner", "Nemocnice Jan Nepomuk"],
    "hr": ["Osnovna škola Josip Račić", "Zaklada Ana Rukavina", "Zavod Ivan Filipović"],
    "hu": ["Petra László Alapítvány", "István Király Egyetem", "János Pál Kórház"],
    "ro": ["Spitalul Maria Curie", "Fundația Ana Aslan", "Școala Ion Creangă"],
    "bg": ["Фондация Иван Вазов", "ОУ „Иван Вазов“", "болница Мария Луиза"],
    "el": ["Ίδρυμα Μαρία Κάλλας", "Ίδρυμα Νίκος Καζαντζάκης", "Νοσοκομείο Ελένη Βενιζέλου"],
    "et": ["Anne Vahtra põhikool", "Jaan Kross fond", "Anne Veski gümnaasium"],
    "lt": ["Jonas Basanavičius gimnazija", "Antanas Baranauskas mokykla"],
    "lv": ["Jānis Rainis pamatskola", "Kristīne Balode slimnīca"],
    "sl": ["Osnovna šola Anton Aškerc", "Zavod Janez Levec", "bolnišnica Franc Derganc"],
    "sk": ["Nadácia Martin Šimko", "Gymnázium Jozef Gregor", "nemocnica Ján Jessenius"],
    "ga": ["Scoil Mary Immaculate", "Ospidéal Mary Murphy"],
    "mt": ["Skola Maria Regina", "Fondazzjoni Joseph Calleja"],
}  # fmt: skip
PERSONS = (
    "Anna Virtanen", "Marie Curie", "Jean Monnet", "Counted by Anna Virtanen in the hospital",
    "the hospital asked Anna Virtanen", "Anna Virtanen was asked by the institute",
    "Institute: Anna Virtanen", "Hospital, Anna Virtanen", "Hospital\nAnna Virtanen",
    "Anna Virtanen (Institute of Health)", "Anna Virtanen, Robert Koch Institute",
    "Anna Virtanen hospitalised", "Robert Koch Institute, by Anna Virtanen", "found Anna Virtanen",
    "Peter Neuhaus", "Anna Uusitalo", "Johanna Schulz", "Petra Schulte", "Hans Universal",
    "Μαρία Παπαδοπούλου, Ίδρυμα", "Иван Петров", "Fondazione; Paolo Bianchi", "Anne Kool",
    "the school of Anna Virtanen", "act of Maria Rossi", "Johanna Skolnik",
    "Contact Anna Virtanen", "the chair Anna Virtanen", "I trust Anna Virtanen", "Dear Maria Rossi",
)  # fmt: skip


@pytest.mark.parametrize("text", [text for texts in INSTITUTIONS.values() for text in texts])
def test_an_institution_named_after_a_person_is_no_person(text: str) -> None:
    assert PERSON_NAMED.offends(around("remark", text)).empty


@pytest.mark.parametrize("text", PERSONS)
def test_a_full_name_is_refused_wherever_an_institution_stands(text: str) -> None:
    assert list(PERSON_NAMED.offends(around("remark", text))["cell"]) == ["A2"]


def test_nothing_that_the_catalogue_says_is_a_person() -> None:
    known = catalogue()
    said = [
        text for definition in known.indicators.values() for text in _texts(definition.model_dump())
    ]

    assert len(said) > 100
    assert PERSON_NAMED.offends(around(*said)).empty


def _texts(value: object) -> list[str]:
    if isinstance(value, dict | list | tuple):
        inner = value.values() if isinstance(value, dict) else value
        return [text for part in inner for text in _texts(part)]
    return [value] if isinstance(value, str) else []
