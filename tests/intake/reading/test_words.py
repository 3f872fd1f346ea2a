"""Headings and periods in the words of the 24 official languages."""

import pytest

from metrics.catalogue.codelists import fold_spelling
from metrics.core.tables import BREAKDOWNS
from metrics.intake.reading.days import parse_day
from metrics.intake.reading.headings import Heading, may_be_heading, parse_heading, period_in_text
from metrics.intake.templates import headings, words_by_language
from metrics.messages import OFFICIAL_LANGUAGES

ROLES = (
    "indicator", "area", "period", "value", "unit", "sex", "age", "confidentiality_status", "remark", "source",
)  # fmt: skip
HEADINGS = {
    "bg": "Показател|Държава|Година|Стойност|Мерна единица|Пол|Възраст|Поверителност|Забележка|Източник",
    "cs": "Ukazatel|Země|Rok|Hodnota|Měrná jednotka|Pohlaví|Věk|Důvěrnost|Poznámka|Zdroj",
    "da": "Indikator|Land|År|Værdi|Enhed|Køn|Alder|Fortrolighed|Bemærkning|Kilde",
    "de": "Indikator|Land|Jahr|Wert|Maßeinheit|Geschlecht|Alter|Geheimhaltung|Anmerkung|Quelle",
    "el": "ΔΕΙΚΤΗΣ|ΧΩΡΑ|ΕΤΟΣ|ΤΙΜΗ|ΜΟΝΑΔΑ|ΦΥΛΟ|ΗΛΙΚΙΑ|ΕΜΠΙΣΤΕΥΤΙΚΟΤΗΤΑ|ΠΑΡΑΤΗΡΗΣΗ|ΠΗΓΗ",
    "en": "Indicator|Country|Year|Value|Unit|Gender|Age group|Confidentiality|Remark|Source",
    "es": "Indicador|País|Año|Valor|Unidad|Sexo|Edad|Confidencialidad|Observaciones|Fuente",
    "et": "Näitaja|Riik|Aasta|Väärtus|Ühik|Sugu|Vanus|Konfidentsiaalsus|Märkused|Allikas",
    "fi": "Mittari|Maa|Vuosi|Arvo|Mittayksikkö|Sukupuoli|Ikä|Luottamuksellisuus|Huomautus|Lähde",
    "fr": "Indicateur|Pays|Année|Valeur|Unité|Sexe|Âge|Confidentialité|Remarque|Source",
    "ga": "Táscaire|Tír|Bliain|Luach|Aonad|Gnéas|Aois|Rúndacht|Nóta|Foinse",
    "hr": "Pokazatelj|Država|Godina|Vrijednost|Jedinica mjere|Spol|Starost|Povjerljivost|Napomena|Izvor",
    "hu": "Mutató|Ország|Év|Érték|Mértékegység|Nem|Korcsoport|Bizalmas|Megjegyzés|Forrás",
    "it": "Indicatore|Paese|Anno|Valore|Unità di misura|Sesso|Età|Riservatezza|Nota|Fonte",
    "lt": "Rodiklis|Šalis|Metai|Reikšmė|Matavimo vienetas|Lytis|Amžius|Konfidencialumas|Pastaba|Šaltinis",
    "lv": "Rādītājs|Valsts|Gads|Vērtība|Mērvienība|Dzimums|Vecums|Konfidencialitāte|Piezīme|Avots",
    "mt": "Indikatur|Pajjiż|Sena|Valur|Unità|Sess|Età|Kunfidenzjalità|Nota|Sors",
    "nl": "Indicator|Land|Jaar|Waarde|Eenheid|Geslacht|Leeftijd|Vertrouwelijkheid|Opmerking|Bron",
    "pl": "Wskaźnik|Kraj|Rok|Wartość|Jednostka miary|Płeć|Wiek|Poufność|Uwagi|Źródło",
    "pt": "Indicador|País|Ano|Valor|Unidade|Sexo|Idade|Confidencialidade|Observações|Fonte",
    "ro": "Indicator|Țara|Anul|Valoare|Unitate de măsură|Sex|Vârsta|Confidențialitate|Observații|Sursa",
    "sk": "Ukazovateľ|Krajina|Rok|Hodnota|Merná jednotka|Pohlavie|Vek|Dôvernosť|Poznámka|Zdroj",
    "sl": "Kazalnik|Država|Leto|Vrednost|Enota|Spol|Starost|Zaupnost|Opomba|Vir",
    "sv": "Indikator|Land|År|Värde|Enhet|Kön|Ålder|Sekretess|Anmärkning|Källa",
}
# The second quarter and May, as each language writes them.
PERIODS = {
    "bg": "2. тримесечие 2024|II трим. 2024|май 2024 г.", "cs": "2. čtvrtletí 2024|Květen 2024",
    "da": "2. kvartal 2024|2024K2|maj 2024", "de": "2. Quartal 2024|II. Vj. 2024|Mai 2024",
    "el": "2ο τρίμηνο 2024|Τ2 2024|Μάιος 2024", "en": "2nd quarter 2024|2Q 2024|May 2024",
    "es": "2.º trimestre de 2024|Trim. 2 2024|mayo de 2024", "et": "II kvartal 2024|mai 2024",
    "fi": "2. neljännes 2024|toukokuu 2024", "fr": "2e trimestre 2024|mai 2024",
    "ga": "2ú ráithe 2024|Bealtaine 2024", "hr": "2. tromjesečje 2024|svibanj 2024",
    "hu": "2024. II. negyedév|2024. május", "it": "II trimestre 2024|maggio 2024",
    "lt": "2024 m. II ketvirtis|2024 II ketv.|2024 m. gegužė", "lv": "2024. gada 2. ceturksnis|2024. gada maijs",
    "mt": "2ni kwart 2024|Mejju 2024", "nl": "2e kwartaal 2024|K2 2024|mei 2024",
    "pl": "II kwartał 2024|II kw. 2024 r.|maj 2024 r.", "pt": "2º trimestre de 2024|maio de 2024",
    "ro": "trimestrul II 2024|trimestrul al II-lea 2024|mai 2024", "sk": "2. štvrťrok 2024|máj 2024",
    "sl": "2. četrtletje 2024|2024 2. čet.|maj 2024", "sv": "2:a kvartalet 2024|kv. 2 2024|maj 2024",
}  # fmt: skip


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_headings_are_known_in_every_language(language: str) -> None:
    typed = HEADINGS[language].split("|")

    assert all(map(may_be_heading, typed))
    assert [parse_heading(text, "observations") for text in typed] == [*map(Heading, ROLES)]


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_quarters_and_months_are_known_in_every_language(language: str) -> None:
    *quarters, month = PERIODS[language].split("|")

    assert {*map(period_in_text, quarters)} == {"2024-Q2"}
    assert period_in_text(month) == "2024-05"
    assert parse_heading(month, "observations") == Heading("value", "2024-05")


@pytest.mark.parametrize("word", ["avg", "avg.", "set", "out", "fra", "svi"])
def test_an_abbreviation_that_is_another_word_elsewhere_is_no_month(word: str) -> None:
    for text in (f"2024 {word}", f"{word} 2024"):
        assert period_in_text(text) == ""
        assert parse_heading(text, "observations") is None
    assert parse_day(f"12 {word} 2024") != ""


HALVES = {
    "bg": "2. полугодие 2024|II полуг. 2024", "cs": "2. pololetí 2024", "da": "2. halvår 2024",
    "de": "2. Halbjahr 2024|II. Hj. 2024", "el": "2ο εξάμηνο 2024",
    "en": "2024 H2|2nd half 2024|2H 2024|2nd half-year of 2024", "es": "2.º semestre de 2024",
    "et": "II poolaasta 2024", "fi": "2. puolivuosi 2024|2024 II vuosipuolisko", "fr": "2e semestre 2024",
    "ga": "2ú leathbhliain 2024", "hr": "2. polugodište 2024", "hu": "2024. II. félév",
    "it": "II semestre 2024", "lt": "2024 m. II pusmetis", "lv": "2024. gada 2. pusgads",
    "mt": "2ni semestru 2024", "nl": "2e halfjaar 2024", "pl": "II półrocze 2024|II półrocze 2024 r.",
    "pt": "2º semestre de 2024", "ro": "semestrul II 2024|semestrul al II-lea 2024",
    "sk": "2. polrok 2024", "sl": "2. polletje 2024", "sv": "2:a halvåret 2024",
}  # fmt: skip


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_half_years_are_known_in_every_language(language: str) -> None:
    halves = HALVES[language].split("|")

    assert {*map(period_in_text, halves)} == {"2024-S2"}
    assert parse_heading(halves[0], "observations") == Heading("value", "2024-S2")


# The second half of the year, and the third quarter.
IN_WORDS = {
    "bg": "второто полугодие на 2024|третото тримесечие на 2024",
    "cs": "druhá polovina roku 2024|třetí čtvrtletí 2024", "da": "andet halvår 2024|tredje kvartal 2024",
    "de": "zweite Hälfte des Jahres 2024|zweites Halbjahr 2024|drittes Quartal 2024",
    "el": "δεύτερο εξάμηνο του 2024|Β΄ εξάμηνο 2024|Β' εξάμηνο 2024|Γ’ τρίμηνο 2024",
    "en": "second half of 2024|second half of the year 2024|third quarter of 2024",
    "es": "segundo semestre de 2024|segunda mitad del año 2024|tercer trimestre de 2024",
    "et": "2024. aasta teine poolaasta|2024. aasta kolmas kvartal",
    "fi": "toinen vuosipuolisko 2024|vuoden 2024 toisella puoliskolla|2024 kolmas neljännes",
    "fr": "second semestre 2024|deuxième semestre de 2024|troisième trimestre 2024",
    "ga": "an dara leath de 2024|an tríú ráithe 2024", "hr": "druga polovica 2024.|treće tromjesečje 2024.",
    "hu": "2024 második féléve|2024. harmadik negyedév",
    "it": "secondo semestre 2024|seconda metà del 2024|terzo trimestre 2024",
    "lt": "2024 m. antrasis pusmetis|2024 m. trečiasis ketvirtis",
    "lv": "2024. gada otrais pusgads|2024. gada trešais ceturksnis",
    "mt": "it-tieni nofs tal-2024|it-tielet kwart 2024", "nl": "tweede helft van 2024|derde kwartaal 2024",
    "pl": "drugie półrocze 2024|druga połowa 2024 r.|trzeci kwartał 2024",
    "pt": "segundo semestre de 2024|terceiro trimestre de 2024",
    "ro": "al doilea semestru 2024|a doua jumătate a anului 2024|al treilea trimestru 2024",
    "sk": "druhý polrok 2024|druhá polovica roku 2024|tretí štvrťrok 2024",
    "sl": "druga polovica leta 2024|tretje četrtletje 2024",
    "sv": "andra halvåret 2024|andra hälften av 2024|tredje kvartalet 2024",
}  # fmt: skip


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_parts_of_a_year_may_be_numbered_in_words(language: str) -> None:
    *halves, quarter = map(period_in_text, IN_WORDS[language].split("|"))

    assert ({*halves}, quarter) == ({"2024-S2"}, "2024-Q3")


@pytest.mark.parametrize(
    "text",
    ["T1 2024 T2 2024", "second 2024", "third half of 2024", "III 2024", "2024 IV", "listopad 2024", "5. Quartal 2024", "2024 q 5", "kv 2024", "3. Halbjahr 2024"],
)  # fmt: skip
def test_what_may_be_two_periods_is_no_quarter(text: str) -> None:
    assert period_in_text(text) == ""


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("Year / Année", Heading("period")), ("Année | Jahr", Heading("period")),
        ("Jaar (Year)", Heading("period")), ("Rok\nYear", Heading("period")),
        ("Wert – Valeur – Valore", Heading("value")), ("Value / Valeur 2024", Heading("value", "2024")),
        ("Стойност 1)", Heading("value")), ("Value (1)", Heading("value")),
        ("Sex / Age", None), ("Year / Favourite colour", None), ("Country/Region", None),
    ],
)  # fmt: skip
def test_a_heading_may_stand_in_several_languages(text: str, heading: Heading | None) -> None:
    assert parse_heading(text, "observations") == heading


@pytest.mark.parametrize("section", ["observations", "actions", "labels", "dimensions", "words"])
def test_no_heading_means_two_columns(section: str) -> None:
    columns = headings(section)
    spoken = [
        (fold_spelling(text), name)
        for name, by_language in words_by_language(section).items()
        for texts in by_language.values()
        for text in texts
    ]
    assert [(text, name) for text, name in spoken if columns[text] != name] == []


@pytest.mark.parametrize("section", ["observations", "dimensions", "words"])
@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_each_column_has_words_in_every_language(section: str, language: str) -> None:
    assert all(words[language] for words in words_by_language(section).values())


def test_a_breakdown_is_headed_by_no_other_column() -> None:
    breakdowns = {word for word, name in headings("dimensions").items() if name in BREAKDOWNS}

    assert breakdowns & {*headings("observations")} == {"time"}  # of a period


@pytest.mark.parametrize(
    "text",
    ["2024. a", "2024. a.", "2024 a.", "2024. aasta", "2024 god.", "god. 2024", "2024. leta", "vuonna 2024",
     "v. 2024", "2024 год", "2024 m.", "2024. gada", "r. 2024"],
)  # fmt: skip
def test_a_year_with_its_word_is_that_year(text: str) -> None:
    assert period_in_text(text) == "2024"
    assert parse_heading(text, "observations") == Heading("value", "2024")


@pytest.mark.parametrize("text", ["2024a", "2024. area", "2024 god", "2024 gr.", "12. a"])
def test_other_words_beside_a_year_are_none_of_it(text: str) -> None:
    assert period_in_text(text) == ""
