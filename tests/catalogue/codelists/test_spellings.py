"""Words of official statistics in the 24 official languages, as people type them in cells."""

import pytest

from metrics.catalogue.checks import codelists as checks
from metrics.catalogue.codelists import (
    CLDR_TERRITORIES,
    LISTS_OF_COUNTRIES,
    code_by_spelling,
    codelist,
    find_code,
    fold_spelling,
    member_states,
    official_names,
    official_names_by_language,
    spellings_by_language,
)
from metrics.messages import OFFICIAL_LANGUAGES, country_names

# Women, men, persons, hours, per cent; provisional, estimated, not available, confidential.
LISTS = (
    "sex", "sex", "unit", "unit", "unit", "observation_status", "observation_status",
    "observation_status", "confidentiality_status",
)  # fmt: skip
CODES = ("F", "M", "PERSONS", "HOURS", "PC", "P", "E", "O", "C")
WORDS = {
    "bg": "жени мъже лица часове процент предварителен оценка няма_данни поверително",
    "cs": "ženy muži osoby hodiny procenta předběžný_údaj odhad není_k_dispozici důvěrné",
    "da": "kvinder mænd personer timer procent foreløbig skøn ikke_tilgængelig fortrolig",
    "de": "Frauen Männer Personen Stunden Prozent vorläufig Schätzung keine_Angabe vertraulich",
    "el": "ΓΥΝΑΙΚΕΣ ΑΝΔΡΕΣ ΑΤΟΜΑ ΩΡΕΣ ΠΟΣΟΣΤΟ προσωρινή εκτίμηση μη_διαθέσιμο ΕΜΠΙΣΤΕΥΤΙΚΟ",
    "en": "women men persons hours per_cent provisional estimated not_available confidential",
    "es": "mujeres hombres personas horas porcentaje provisional estimación no_disponible confidencial",
    "et": "naised mehed isikud tunnid protsent esialgne hinnang andmed_puuduvad konfidentsiaalne",
    "fi": "naiset miehet henkilöä tuntia prosenttia ennakkotieto arvio ei_tietoa luottamuksellinen",
    "fr": "femmes hommes personnes heures pourcentage provisoire estimation non_disponible confidentiel",
    "ga": "mná fir daoine uaireanta faoin_gcéad sealadach meastachán níl_ar_fáil rúnda",
    "hr": "žene muškarci osobe sati postotak privremeni_podaci procjena nema_podataka povjerljivo",
    "hu": "nők férfiak fő óra százalék előzetes becslés nincs_adat bizalmas",
    "it": "femmine maschi persone ore percentuale provvisorio stima non_disponibile riservato",
    "lt": "moterys vyrai asmenys valandos procentai išankstiniai_duomenys įvertis nėra_duomenų konfidencialu",
    "lv": "sievietes vīrieši personas stundas procenti provizoriski_dati novērtējums nav_datu konfidenciāls",
    "mt": "nisa irġiel persuni sigħat perċentwal provviżorju stima mhux_disponibbli kunfidenzjali",
    "nl": "vrouwen mannen personen uren procent voorlopig schatting niet_beschikbaar vertrouwelijk",
    "pl": "kobiety mężczyźni osoby godziny procent dane_wstępne szacunek brak_danych poufne",
    "pt": "mulheres homens pessoas horas percentagem provisório estimativa não_disponível confidencial",
    "ro": "femei bărbați persoane ore procent provizoriu estimare indisponibil confidențial",
    "sk": "ženy muži osoby hodiny percento predbežný_údaj odhad nie_je_k_dispozícii dôverné",
    "sl": "ženske moški osebe ure odstotek začasni_podatki ocena ni_podatka zaupno",
    "sv": "kvinnor män personer timmar procent preliminär uppskattning uppgift_saknas sekretess",
}  # fmt: skip
# Germany, Greece, Finland, the Netherlands.
COUNTRIES = {
    "bg": "Германия Гърция Финландия Нидерландия", "cs": "Německo Řecko Finsko Nizozemsko",
    "da": "Tyskland Grækenland Finland Nederlandene", "de": "Deutschland Griechenland Finnland Niederlande",
    "el": "ΓΕΡΜΑΝΙΑ ΕΛΛΑΔΑ ΦΙΝΛΑΝΔΙΑ ΚΑΤΩ_ΧΩΡΕΣ", "en": "Germany Greece Finland Holland",
    "es": "Alemania Grecia Finlandia Países_Bajos", "et": "Saksamaa Kreeka Soome Holland",
    "fi": "Saksa Kreikka Suomi Alankomaat", "fr": "Allemagne Grèce Finlande Pays-Bas",
    "ga": "an_Ghearmáin an_Ghréig an_Fhionlainn an_Ísiltír", "hr": "Njemačka Grčka Finska Nizozemska",
    "hu": "Németország Görögország Finnország Hollandia", "it": "Germania Grecia Finlandia Paesi_Bassi",
    "lt": "Vokietija Graikija Suomija Nyderlandai", "lv": "Vācija Grieķija Somija Nīderlande",
    "mt": "il-Ġermanja Greċja il-Finlandja in-Netherlands", "nl": "Duitsland Griekenland Finland Nederland",
    "pl": "Niemcy Grecja Finlandia Holandia", "pt": "Alemanha Grécia Finlândia Países_Baixos",
    "ro": "Germania Grecia Finlanda Țările_de_Jos", "sk": "Nemecko Grécko Fínsko Holandsko",
    "sl": "Nemčija Grčija Finska Nizozemska", "sv": "Tyskland Grekland Finland Nederländerna",
}  # fmt: skip


def _words(line: str) -> list[str]:
    return [word.replace("_", " ") for word in line.split()]


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_codes_are_known_by_the_words_of_every_language(language: str) -> None:
    words = _words(WORDS[language])

    assert [find_code(word, name) for word, name in zip(words, LISTS, strict=True)] == [*CODES]
    assert [find_code(word.upper(), name) for word, name in zip(words, LISTS, strict=True)] == [
        *CODES
    ]


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_states_are_known_by_their_names_in_every_language(language: str) -> None:
    names = _words(COUNTRIES[language])

    assert [find_code(name, "area") for name in names] == ["DE", "EL", "FI", "NL"]


@pytest.mark.parametrize(
    ("typed", "name", "code"),
    [
        ("Türkei", "partner", "TR"), ("Филипини", "partner", "PH"), ("Storbritannien", "area", "GB"),
        ("Niger", "partner", "NE"), ("Nigeria", "partner", "NG"), ("Maailm", "area", "W0"),
    ],
)  # fmt: skip
def test_countries_outside_the_union_are_known_too(typed: str, name: str, code: str) -> None:
    assert find_code(typed, name) == code


@pytest.mark.parametrize("name", LISTS_OF_COUNTRIES)
def test_no_name_of_a_country_means_two(name: str) -> None:
    names = [
        (fold_spelling(country), code)
        for code in codelist(name)
        for country in (*country_names(CLDR_TERRITORIES.get(code, code)), *official_names(code))
    ]
    meant = {**dict(names), **code_by_spelling(name)}

    assert len(names) > 24 * 27
    assert [(country, code) for country, code in names if meant[country] != code] == []


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_each_state_has_a_name_beside_its_short_one_in_each_language(language: str) -> None:
    """Romania, Hungary and, in Irish and Maltese, some others have no longer name."""
    named = [code for code, names in official_names_by_language().items() if language in names]

    assert {*member_states()} - {*named} <= {"HU", "RO"}
    for code in named:
        for name in official_names_by_language()[code][language]:
            assert find_code(name, "area") == find_code(name, "member_state") == code


@pytest.mark.parametrize("name", sorted(spellings_by_language()))
def test_spellings_belong_to_codes_and_languages_that_exist(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = {name: {"NO_CODE": {"fi": ["sana"]}, "A": {"xx": ["word"]}}}
    assert list(checks.check_written_spellings(name, spellings_by_language()[name])) == []

    monkeypatch.setattr(checks, "spellings_by_language", lambda: written)

    found = [*map(str, checks.check_written_spellings(name, {"A"}))]
    assert ["not a code" in found[0], "not an official language" in found[1]] == [True, True]


def test_letters_are_written_for_existing_codes_and_languages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert list(checks.check_letters()) == []

    wrong = {"sex": {"xx": [{"H": "Z", "M": "F"}]}}
    monkeypatch.setattr(checks, "letters_by_language", lambda: wrong)
    assert len([*checks.check_letters()]) == 2
