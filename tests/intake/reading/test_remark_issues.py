"""A short remark that says another figure is asked about; one that explains the figure is not."""

import pytest
from babel.units import format_unit

from metrics.intake.reading.figure_words import find_meaning
from metrics.intake.reading.partial_figures import names_a_part
from metrics.messages import OFFICIAL_LANGUAGES
from tests.sheets import odd, read


@pytest.mark.parametrize(
    ("remark", "is_asked"),
    [
        ("in thousands", True),
        ("tuhansina", True),
        ("average of 2022-2024", True),
        ("kolmen vuoden keskiarvo", True),
        ("σωρευτικά από το 2020", True),
        ("от началото на годината", True),
        ("figure of 2023", True),
        ("2023", True),
        ("2024", False),
        ("estimate", True),
        ("luottamuksellinen", True),
        ("väh.", True),
        ("at least", True),
        ("between 10 and 14", True),
        ("13", True),
        ("12", False),
        ("<5", True),
        ("unverified", True),
        ("break in series", True),
        ("p", True),
        ("%", True),
        ("in euro", True),
        ("persons", False),
        ("Sweden", True),
        ("as at 31.12.2023", True),
        ("στις 31.12.2023", True),
        ("as at 31.12.2024", False),
        ("Extracted on 31.12.2025", False),
        ("should be 54", True),
        ("η σωστή τιμή είναι 54", True),
        ("pitäisi olla 54", True),
        ("трябва да е 54", True),
        ("Should be higher in 2026", False),
        ("fiscal year", True),
        ("σχολικό έτος", True),
        ("lukuvuosi 2023/24", True),
        ("учебна година", True),
        ("not final", True),
        ("ei lopullinen", True),
        ("Suomi", False),
        ("???", True),
        ("none", False),
        ("OK", False),
        ("ok.", False),
        ("n/a", False),
        ("-", False),
        ("up by 20 %", False),
        ("2 authorities", False),
        ("first count", False),
        ("Higher than the average of the years before", False),
        ("New method since the law of 2019 entered into force", False),
    ],
)
def test_a_remark_by_which_the_figure_is_another_one_is_asked_about(
    remark: str, is_asked: bool
) -> None:
    reading = read(f"Indicator|Value|Remark\nICSE_VICTIMS|12|'{remark}")

    assert odd(reading, "cell", "typed") == (
        [("remark_on_figure", "C2", remark)] if is_asked else []
    )


UNCONFIRMED = {
    "bg": "подлежи на уточнение", "cs": "bude upřesněno", "da": "kan blive ændret",
    "de": "vorl. Erg.", "el": "υπό επεξεργασία", "en": "to be confirmed",
    "es": "pendiente de validar", "et": "võib muutuda", "fi": "luku voi muuttua",
    "fr": "chiffre à confirmer", "ga": "sealadach", "hr": "podložno promjeni",
    "hu": "változhat", "it": "dato da consolidare", "lt": "bus patikslinta", "lv": "var mainīties",
    "mt": "jista' jinbidel", "nl": "onder voorbehoud", "pl": "do weryfikacji",
    "pt": "a confirmar", "ro": "urmează a fi confirmat", "sk": "môže sa zmeniť",
    "sl": "se lahko spremeni", "sv": "kan komma att ändras",
}  # fmt: skip


def test_a_remark_that_repeats_the_status_is_no_question() -> None:
    reading = read("Indicator|Value|Status|Remark\nICSE_VICTIMS|12|E|estimate")

    assert odd(reading) == []


# Only one region, without December, ten months, and: excluding what was counted twice.
PARTIAL_REMARKS = {
    "bg": "само област София|без декември|10 месеца|без дублиране",
    "cs": "pouze kraj Praha|bez prosince|10 měsíců|bez duplicit",
    "da": "kun region Syddanmark|uden december|10 måneder|uden dobbelttælling",
    "de": "nur Bayern|ohne Dezember|10 Monate|ohne Doppelzählungen",
    "el": "μόνο η Αττική|χωρίς τον Δεκέμβριο|10 μήνες|χωρίς διπλές καταμετρήσεις",
    "en": "only Sofia region|excl. islands|estimates aside: 10 months|excluding double counts",
    "es": "solo Madrid|sin diciembre|10 meses|sin duplicados",
    "et": "ainult Tallinn|ilma detsembrita|10 kuud|ilma topeltarvestuseta",
    "fi": "vain Helsinki|ilman joulukuuta|10 kuukautta|ilman päällekkäisyyksiä",
    "fr": "seulement Paris|sans décembre|10 mois|hors doublons",
    "ga": "Baile Átha Cliath amháin|gan Nollaig|10 mí|gan dúbailt",
    "hr": "samo Zagreb|bez prosinca|10 mjeseci|bez dvostrukih unosa",
    "hu": "csak Budapest|december nélkül|10 hónap|ismétlődések nélkül",
    "it": "solo Roma|senza dicembre|10 mesi|senza doppi conteggi",
    "lt": "tik Vilnius|be gruodžio|10 mėnesių|be pasikartojimų",
    "lv": "tikai Rīga|bez decembra|10 mēneši|bez dubultas uzskaites",
    "mt": "Malta biss|mingħajr Diċembru|10 xhur|mingħajr repetizzjoni",
    "nl": "alleen Amsterdam|zonder december|10 maanden|zonder dubbeltellingen",
    "pl": "tylko Warszawa|bez grudnia|10 miesięcy|bez podwójnego liczenia",
    "pt": "apenas Lisboa|sem dezembro|10 meses|sem duplicações",
    "ro": "numai București|fără decembrie|10 luni|fără dublări",
    "sk": "iba Bratislava|bez decembra|10 mesiacov|bez duplicít",
    "sl": "samo Ljubljana|brez decembra|10 mesecev|brez dvojnega štetja",
    "sv": "endast Stockholm|utan december|10 månader|utan dubbelräkning",
}


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_a_remark_that_leaves_something_out_is_known_in_every_language(language: str) -> None:
    *partial, whole = PARTIAL_REMARKS[language].split("|")

    assert [text for text in partial if not names_a_part(text)] == []
    assert not names_a_part(whole)


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_months_are_known_as_cldr_writes_them(language: str) -> None:
    written = [format_unit(number, "duration-month", locale=language) for number in (2, 10)]

    assert [text for text in written if not names_a_part(text)] == []


@pytest.mark.parametrize(
    ("remark", "is_asked"),
    [
        ("only first half of 2024", True),
        ("1. Halbjahr", True),
        ("H1", True),
        ("January–October", True),
        ("Jan-Oct", True),
        ("1-9/2024", True),
        ("1–12/2024", False),
        ("10μηνο", True),
        ("9μηνο", True),
        ("12μηνο", False),
        ("όχι πλήρη", True),
        ("ei täydellinen", True),
        ("awaiting 2 courts", True),
        ("до октомври", True),
        ("9 of 12 months", True),
        ("first nine months", True),
        ("για εννέα μήνες", True),
        ("za devět měsíců", True),
        ("3 от 5 области", True),
        ("3 of 3 districts answered", False),
        ("do końca września", True),
        ("Stand 30.9.2024", True),
        ("police region North", True),
        ("New database; regions not included", True),
        ("1.1.2024–30.9.2024", True),
        ("figures of the capital region", True),
        ("1.1.2024–31.12.2024", False),
        ("Stand 31.12.2024", False),
        ("January–December", False),
        ("12 months", False),
        ("New law 1.3.2024", False),
        ("without changes", False),
        ("checked by unit K3", False),
        ("K3 2024", True),
        ("Not only the police but also customs", False),
        ("as at 30.9.2024", True),
        ("Luku kasvoi, kun uusi laki tuli voimaan", False),
        ("May be revised", False),
        ("Without the new unit the figure would be as low as in 2022 and 2023", False),
    ],
)
def test_a_remark_on_a_part_is_asked_about(remark: str, is_asked: bool) -> None:
    reading = read(f"Indicator|Value|Remark\nICSE_VICTIMS|12|'{remark}")

    expected = [("remark_on_part", "C2", remark)] if is_asked else []
    assert odd(reading, "cell", "typed") == expected


NOT_COUNTED = {
    "bg": "не се регистрира", "cs": "neevidujeme", "da": "registreres ikke", "de": "nicht erfasst",
    "el": "δεν καταγράφεται", "en": "not recorded", "es": "no se registra", "et": "ei registreerita",
    "fi": "ei tilastoida", "fr": "non enregistrés", "ga": "ní thaifeadtar", "hr": "ne evidentira se",
    "hu": "nem rögzítjük", "it": "non rilevato", "lt": "neregistruojama", "lv": "netiek reģistrēts",
    "mt": "mhux irreġistrat", "nl": "niet geregistreerd", "pl": "nie rejestruje się",
    "pt": "não registado", "ro": "nu se înregistrează", "sk": "neeviduje sa", "sl": "se ne evidentira",
    "sv": "registreras inte",
}  # fmt: skip


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_a_zero_that_nobody_counted_is_asked_about(language: str) -> None:
    remark = NOT_COUNTED[language]
    zero, figure, missing = (
        odd(read(f"Indicator|Value|Status|Remark\nICSE_VICTIMS|{cells}|{remark}"), "cell")
        for cells in ("0|", "12|", "|L")
    )

    assert (zero, missing) == ([("remark_on_figure", "D2")], [])
    assert "remark_on_figure" not in {rule for rule, _ in figure}


@pytest.mark.parametrize("remark", ["unknown offenders only", "no cases known to the police"])
def test_a_zero_with_a_remark_on_something_else_is_read(remark: str) -> None:
    reading = read(f"Indicator|Value|Remark\nICSE_VICTIMS|0|{remark}")

    assert "remark_on_figure" not in {rule for (rule,) in odd(reading)}


def test_months_of_a_figure_of_these_months_are_no_part() -> None:
    reading = read("Indicator|Period|Value|Remark\nICSE_VICTIMS|2024-S1|12|January–June")

    assert "remark_on_part" not in {rule for (rule,) in odd(reading)}


def test_a_part_that_its_status_states_is_no_question() -> None:
    reading = read("Indicator|Value|Status|Remark\nICSE_VICTIMS|12|D|only Sofia region")

    assert odd(reading) == []


def test_what_a_step_covers_is_no_part_of_a_figure() -> None:
    reading = read("Indicator|Value|Remark\nFILTERING_FRAMEWORK|in_force|only for access providers")

    assert odd(reading) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [("without December", "remark_on_part"), ("estimate", "remark_on_figure"), ("checked", "text_outside_table")],
)  # fmt: skip
def test_a_text_beside_a_figure_is_read_like_a_remark(text: str, rule: str) -> None:
    reading = read(f"Indicator|Value||\nICSE_VICTIMS|12||'{text}\nTRAININGS_HELD|3||")

    assert odd(reading, "cell") == [(rule, "D2")]


@pytest.mark.parametrize(
    ("day", "is_asked"), [("30.9.2024", True), ("31.12.2024", False), ("15.1.2025", False)]
)
def test_an_unread_column_may_hold_a_day_within_the_period(day: str, is_asked: bool) -> None:
    reading = read(f"Indicator|Value|As at\nICSE_VICTIMS|12|'{day}")

    assert (("remark_on_part", "C2") in odd(reading, "cell")) == is_asked


def test_an_unread_column_may_leave_out_a_part() -> None:
    reading = read("Indicator|Value|Police\nICSE_VICTIMS|12|only Sofia\nTRAININGS_HELD|3|all")

    assert ("remark_on_part", "C2") in odd(reading, "cell")


# Do not publish this; must not be published, or not public; for official or internal use only.
WITHHELD = {
    "bg": "не се публикува|Данните не трябва да се публикуват.|само за служебно ползване",
    "cs": "nezveřejňovat|Údaj nesmí být zveřejněn před rokem 2030.|pouze pro služební potřebu",
    "da": "ikke offentligt|Tallet må ikke offentliggøres på nogen måde.|kun til tjenestebrug",
    "de": "nicht veröffentlichen|Die Zahl darf nicht veröffentlicht werden.|nur für den Dienstgebrauch",
    "el": "να μη δημοσιευθεί|Να μη δημοσιευθεί το στοιχείο.|μόνο για υπηρεσιακή χρήση",
    "en": "Do not publish this figure.|The figure is confidential and must not be published.|for official use only",
    "es": "no publicar|El dato no debe publicarse bajo ningún concepto.|solo para uso oficial",
    "et": "mitte avaldada|Arvu ei tohi avaldada enne otsust.|ainult ametialaseks kasutamiseks",
    "fi": "ei julkisuuteen|Lukua ei saa julkaista.|vain viranomaiskäyttöön",
    "fr": "ne pas publier|Ce chiffre ne doit pas être publié.|usage officiel uniquement",
    "ga": "ná foilsigh|Tá an figiúr seo rúnda go fóill.|úsáid oifigiúil amháin",
    "hr": "nije za objavu|Podatak se ne smije objaviti, ne objavljivati.|samo za službenu uporabu",
    "hu": "nem nyilvános|Az adat nem hozható nyilvánosságra.|csak hivatali használatra",
    "it": "non pubblicare|Il dato non deve essere pubblicato.|solo per uso ufficiale",
    "lt": "neskelbti|Šio skaičiaus negalima skelbti viešai.|tik tarnybiniam naudojimui",
    "lv": "nepublicēt|Šo skaitli nedrīkst publicēt.|tikai dienesta vajadzībām",
    "mt": "mhux għall-pubblikazzjoni|Din iċ-ċifra ma għandhiex tiġi ppubblikata.|użu uffiċjali biss",
    "nl": "niet publiceren|Het cijfer mag niet worden gepubliceerd.|alleen voor officieel gebruik",
    "pl": "nie publikować|Dana nie może zostać opublikowana.|tylko do użytku służbowego",
    "pt": "não publicar|O valor não deve ser publicado.|apenas para uso oficial",
    "ro": "a nu se publica|Cifra nu trebuie publicată.|numai pentru uz oficial",
    "sk": "nezverejňovať|Údaj nesmie byť zverejnený.|len na služobné použitie",
    "sl": "ni za objavo|Podatek ne sme biti objavljen.|samo za uradno uporabo",
    "sv": "ej för publicering|Siffran får inte publiceras.|endast för tjänstebruk",
}  # fmt: skip


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_a_figure_that_must_not_be_published_is_known_in_every_language(language: str) -> None:
    texts = WITHHELD[language].split("|")

    assert [text for text in texts if not find_meaning(text, "confidential")] == []
    assert [text for text in texts if names_a_part(text)] == []


@pytest.mark.parametrize(
    ("remark", "is_asked"),
    [
        ("The figure is confidential and must not be published.", True),
        ("This was counted by two authorities, and the figure is not to be published yet.", True),
        ("restricted", True),
        ("for official use only", True),
        ("ei julkiseen käyttöön", True),
        ("да не се публикува", True),
        ("provisional, do not publish", True),
        ("may be published", False),
        ("published in the annual report", False),
        ("No longer confidential since the judgment", False),
        ("Hotlines whose service is restricted to children", False),
    ],
)
def test_a_remark_against_publication_is_asked_about(remark: str, is_asked: bool) -> None:
    asked = odd(read(f"Indicator|Value|Remark\nICSE_VICTIMS|12|'{remark}"), "cell")
    answered = read(
        f"Indicator|Value|Status|Confidentiality status|Remark\nICSE_VICTIMS|12|P|C|'{remark}"
    )

    assert asked == ([("remark_on_figure", "C2")] if is_asked else [])
    assert odd(answered) == []


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Publish", "no"),
        ("δημοσίευση", "όχι"),
        ("Source", "do not publish"),
        ("Office", "Lukua ei saa julkaista ennen vuotta 2030."),
    ],
)
def test_a_column_against_publication_is_asked_about(heading: str, text: str) -> None:
    reading = read(f"Indicator|Value|{heading}\nICSE_VICTIMS|12|'{text}")
    answered = read(f"Indicator|Value|Confidentiality status|{heading}\nICSE_VICTIMS|12|C|'{text}")

    assert ("row_marked", "C2") in odd(reading, "cell")
    assert "row_marked" not in {rule for (rule,) in odd(answered)}


LONG = " The office that sends these figures has asked to be told of every use of them." * 2


@pytest.mark.parametrize(
    "sentence", ["Do not publish these figures.", f"Not to be published.{LONG}"]
)
@pytest.mark.parametrize(
    "table",
    ["{}|\nIndicator|Value\nICSE_VICTIMS|12", "Indicator|Value\nICSE_VICTIMS|12\n|\n|\n{}|"],
)
def test_a_text_above_or_below_against_publication_is_asked_about(
    table: str, sentence: str
) -> None:
    assert "title_with_status" in {rule for (rule,) in odd(read(table.format(sentence)))}


@pytest.mark.parametrize(
    ("text", "is_part"),
    [
        ("per 30-06-2025", True),
        ("pr. 30. juni 2025", True),
        ("pr. 31. december 2025", False),
        ("2025 m. birželio 30 d. duomenys", True),
        ("2025. június 30-i állapot", True),
        ("2025. gada 30. jūnijs, stāvoklis uz", True),
        ("Stand: 30.06.2025", True),
        ("Stand: 31.12.2025", False),
        ("Extracted in Rome, 3 March 2025", False),
        ("t.o.m. juni", True),
        ("1.–3. ceturksnis", True),
        ("1.–4. ceturksnis", False),
        ("IV ketvirtis", True),
        ("I–IV ketvirtis", False),
        ("4. čtvrtletí", True),
        ("Prva tri tromjesečja", True),
        ("I–XI 2025", True),
        ("I–XII 2025", False),
        ("m.u.v. Limburg", True),
        ("Luvuissa ei ole mukana Ahvenanmaata", True),
    ],
)
def test_a_part_of_the_year_or_state_is_known_as_offices_write_it(text: str, is_part: bool) -> None:
    assert names_a_part(text, "2025") == is_part


@pytest.mark.parametrize("language", UNCONFIRMED)
def test_a_figure_that_is_not_confirmed_is_known_in_every_language(language: str) -> None:
    remark = UNCONFIRMED[language]

    assert ("remark_on_figure",) in odd(read(f"Indicator|Value|Remark\nICSE_VICTIMS|12|'{remark}"))


@pytest.mark.parametrize(
    ("text", "is_part"),
    [
        ("Dyzurnet.pl / NASK", False), ("www.helpline.eu", False),
        ("pl. alaikäiset", True), ("excl.minors", True), ("hotline.org only Sofia", True),
    ],
)  # fmt: skip
def test_the_end_of_the_name_of_a_site_is_no_word(text: str, is_part: bool) -> None:
    assert names_a_part(text) == is_part
