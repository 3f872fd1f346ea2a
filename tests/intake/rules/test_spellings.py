"""The same finding however a text is typed, wherever it is, and whatever is beside it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.intake.findings import ValidationContext
from metrics.intake.rules.identifying.normalisation import normalise_text
from metrics.intake.workbook import Sheet, TextFragment, Workbook
from tests.intake.rules.test_identifying import EXAMPLES, FAMILY, NATIONAL, around, holding, kinds
from tests.intake.rules.test_partial_names import DESCRIBED, INITIALLED
from tests.tables import workbook

FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
# How word processors, spreadsheets and other scripts write the same signs.
SPELLINGS = {
    "no-break space": str.maketrans(" ", "\u00a0"),
    "thin space": str.maketrans(" ", "\u2009"),
    "narrow no-break space": str.maketrans(" ", "\u202f"),
    "ideographic space": str.maketrans(" ", "\u3000"),
    "en dash": str.maketrans("-", "\u2013"),
    "non-breaking hyphen": str.maketrans("-", "\u2011"),
    "minus": str.maketrans("-", "\u2212"),
    "full width": FULL_WIDTH,
    "Arabic digits": {ord("0") + digit: 0x0660 + digit for digit in range(10)},
}
HIDDEN = ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u200e"]
PLAIN_TEXTS = {
    **{text: kind for kind, text in EXAMPLES},
    **{f"suspect {number}": "national_number" for number in NATIONAL.values()},
}
NAMES = [
    "Anna Virtanen", "Virtanen Anna", "Virtanen, Anna", "ANNA VIRTANEN", "VIRTANEN ANNA",
    "anna virtanen", "Anna  Virtanen", "Anna\nVirtanen", "Victim Virtanen Anna",
    "victim anna virtanen", "Victim: Virtanen, Anna", "counted by Virtanen Anna in May",
    "VICTIM ANNA VIRTANEN WAS COUNTED", "ΜΑΡΙΑ ΠΑΠΑΔΟΠΟΥΛΟΥ", "Παπαδοπούλου Μαρία",
    "Anna O'Brien", "Петров Иван", "Anna_Virtanen", "anna-maria virtanen",
    "Anna.Virtanen", "anna.virtanen", "AnnaVirtanen", "Virtanen,Anna", "Virtanen/Anna",
    "Олександр Шевченко", "Сергей Смирнов", "Ayşe Yılmaz", "محمد الحسيني", "יוסף כהן",
]  # fmt: skip
BIRTHS = [
    "born on 1 January 1990", "syntynyt 1. tammikuuta 1990", "född den 1 januari 1990",
    "født 1. januar 1990", "geboren am 1. Januar 1990", "geboren op 1 januari 1990",
    "né le 1er janvier 1990", "nato il 1 gennaio 1990", "nacido el 1 de enero de 1990",
    "nascido a 1 de janeiro de 1990", "γεννήθηκε 1η Ιανουαρίου 1990", "роден на 1 януари 1990 г.",
    "narozen 1. ledna 1990", "narodený 1. januára 1990", "urodzony 1 stycznia 1990",
    "rojen 1. januarja 1990", "rođen 1. siječnja 1990.", "născut la 1 ianuarie 1990",
    "született 1990. január 1.", "sündinud 1. jaanuar 1990", "dzimis 1990. gada 1. janvārī",
    "gimęs 1990 m. sausio 1 d.", "twieled 1 ta' Jannar 1990", "dob 1 Jan 90", "born 1-Jan-1990",
    "born January 1, 1990",
]  # fmt: skip
DISGUISED = [
    ("email_address", "anna (at) example (dot) org"),
    ("email_address", "anna[at]example[dot]org"),
    ("email_address", "anna at example dot org"),
    ("email_address", "mailto:anna.virtanen%40example.org"),
    ("email_address", "anna*at*example*dot*org"),
    ("phone_number", "+358*40*123*4567"),
    ("web_address", "example[.]org/x"),
    ("web_address", "hxxps[:]//example[.]org"),
    ("web_address", "www (dot) example (dot) org"),
    ("ip_address", "203[.]0[.]113[.]77"),
    ("ip_address", "203 (dot) 0 (dot) 113 (dot) 77"),
]
# The same name, hidden from a plain search.
HIDDEN_NAMES = {
    "Cyrillic letter": "\u0410nna Virtanen",
    "Greek letters": "\u0391nna Virt\u03b1nen",
    "underlined": "A\u0332n\u0332n\u0332a\u0332 Virtanen",
    "encircled": "A\u20ddnna Virtanen",
    "small capitals": "\u1d00\u0274\u0274\u1d00 \u1d20\u026a\u0280\u1d1b\u1d00\u0274\u1d07\u0274",
    "in squares": "\U0001f170\U0001f17d\U0001f17d\U0001f170 Virtanen",
    "letters of flags": "\U0001f1e6\U0001f1f3\U0001f1f3\U0001f1e6 Virtanen",
    "spaced": "A n n a  V i r t a n e n",
    "HTML": "&#65;nna&nbsp;Virtanen",
    "HTML in hexadecimal": "&#x41;nna Virtanen",
    "address": "Anna%20Virtanen",
    "program": "\\u0041nna Virtanen",
    "Excel": "_x0041_nna Virtanen",
    "backwards": "\u202enenatriV annA\u202c",
    "base64": "QW5uYSBWaXJ0YW5lbg==",
    "hexadecimal": "416e6e612056697274616e656e",
    "base64 in lines": "QW5uYSBW\naXJ0YW5l\nbg==",
    "base64 of base64": "UVc1dVlTQldhWEowWVc1bGJnPT0=",
    "base64 of UTF-16": "QQBuAG4AYQAgAFYAaQByAHQAYQBuAGUAbgA=",
    "base64, compressed": "eJxzzMtLVAjLLCpJzEvNAwAgqwTm",
    "the twenty-first in base64": "QUJDREVGR0hJSktMTU5P " * 20 + "QW5uYSBWaXJ0YW5lbg==",
    "base32": "IFXG4YJAKZUXE5DBNZSW4===",
    "numbers of letters": "65 110 110 97 32 86 105 114 116 97 110 101 110",
    "hexadecimal numbers": "0x41 0x6e 0x6e 0x61 0x20 0x56 0x69 0x72 0x74 0x61 0x6e 0x65 0x6e",
    "numbers of Unicode": "U+0041 U+006E U+006E U+0061 U+0020 U+0056 U+0069 U+0072 U+0074 U+0061",
    "bytes": "41:6e:6e:61:20:56:69:72:74:61:6e:65:6e",
    "bits": "01000001 01101110 01101110 01100001 00100000 01010110 01101001 01110010",
    "C": "\\x41nna Virtanen",
    "JavaScript": "%u0041nna \\u{56}irtanen",
    "octal": "\\101nna Virtanen",
    "mail": "Anna=20Virtanen",
    "address, twice": "Anna%2520Virtanen",
    "HTML, twice": "&amp;#65;nna Virtanen",
    "HTML without an end": "&#65nna Virtanen",
    "beside an address": "&#65;nna Virtanen https://stat.fi",
    "low line beside an address": "Anna_Virtanen https://stat.fi",
    "tags": "<b>An</b>na <i>Virt</i>anen",
    "tags of a forum": "[b]A[/b]nna Virtanen",
    "comment of HTML": "An<!-- -->na Virtanen",
    "bold": "**A**nna **V**irtanen",
    "letters of flags nobody sees": "ok"
    + "".join(chr(0xE0000 + ord(letter)) for letter in "Anna Virtanen"),
    "the same, each by itself": "".join(
        "x" + chr(0xE0000 + ord(letter)) for letter in "Anna Virtanen"
    ),
    "selectors of variants": "ok"
    + "".join(chr(0xE00F0 + ord(letter)) for letter in "Anna Virtanen"),
    "bits of no width": "ok"
    + "".join(
        "\u200b\u200c"[bit == "1"] for letter in "Anna Virtanen" for bit in f"{ord(letter):08b}"
    ),
    "parted by no width": "anna\u200bvirtanen",
    "UTF-8 read as Windows 1252": "P\u00c3\u00a4ivi M\u00c3\u00a4kinen",
    "the same twice": "P\u00c3\u0192\u00c2\u00a4ivi Virtanen",
    "UTF-7": "P+AOQ-ivi M+AOQ-kinen",
    "all in UTF-7": "+AEEAbgBuAGEAIABWAGkAcgB0AGEAbgBlAG4-",
    "hyphens between letters": "A-n-n-a V-i-r-t-a-n-e-n",
    "full stops between letters": "A.n.n.a V.i.r.t.a.n.e.n",
    "letters in lines": "A\nn\nn\na V\ni\nr\nt\na\nn\ne\nn",
    "Cherokee letter": "\u13aanna Virtanen",
    "Lisu letter": "\ua4eenna Virtanen",
    "phonetic letters": "\u0251nn\u0251 virtanen",
    "in brackets": "\U0001f110\U0001f11d\U0001f11d\U0001f110 Virtanen",
    "between brackets": "[Anna] [Virtanen]",
    "between quotation marks": "'Anna' 'Virtanen'",
    "other signs": "Anna#Virtanen",
    "arrow": "Anna\u2192Virtanen",
    "digit": "Anna1Virtanen",
    "letter of a font": "Anna\ue000Virtanen",
}
NUMBERS = [
    ("national_number", "131052 - 308T"),
    ("national_number", "131052\u2796308T"),
    ("national_number", "131052 308T"),
    ("national_number", "131052.308T"),
    ("national_number", "131052/308T"),
    ("national_number", "SSN 123-45-6789"),
    ("payment_card", "4111.1111.1111.1111"),
    ("email_address", "anna . virtanen @ example . org"),
    ("email_address", '"anna v"@example.org'),
    ("email_address", "anna&#64;example.org"),
    ("date_of_birth", "born 19900131"),
    ("date_of_birth", "born 31.I.1990"),
    ("date_of_birth", "born 01/31/1990"),
    ("date_of_birth", "1.1.1990 (date of birth)"),
    ("national_number", "010101-900R"),
    ("national_number", "passport P1234567"),
    ("national_number", "identity card: AB 123456"),
    ("payment_card", "card 4111111111111111"),
    ("ip_address", "IP 85.76.12.3"),
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_spelling_hides_nothing(spelling: str) -> None:
    table = SPELLINGS[spelling]

    assert missed({text.translate(table): kind for text, kind in PLAIN_TEXTS.items()}) == []


@pytest.mark.parametrize("sign", HIDDEN)
def test_invisible_signs_hide_nothing(sign: str) -> None:
    assert missed({sign.join(text): kind for text, kind in PLAIN_TEXTS.items()}) == []


@pytest.mark.parametrize("disguise", HIDDEN_NAMES)
def test_a_disguise_hides_no_name(disguise: str) -> None:
    assert "person_named" in kinds(around(HIDDEN_NAMES[disguise]))


def missed(texts: dict[str, str]) -> list[str]:
    """The texts in which the rule that they belong to finds nothing."""
    whole = around(*texts)
    found = {kind: set(FAMILY[kind].offends(whole)["cell"]) for kind in set(texts.values())}
    rows = enumerate(texts.items(), 1)
    return [normalise_text(text) for row, (text, kind) in rows if f"A{row}" not in found[kind]]


# Of those that statistics offices list as the most frequent of their country.
FREQUENT_NAMES = (
    "Łukasz", "Stanisław", "Małgorzata", "Elżbieta", "Václav", "Kateřina", "Péter", "Éva", "Olavi", "Liisa",
    "Lennart", "Åsa", "Hanne", "Marianne", "Günter", "Gisela", "André", "Françoise", "Francisco", "Raquel",
    "Luca", "Federica", "António", "Joana", "Gheorghe", "Ștefan", "Христо", "Йорданка", "Χρήστος", "Δήμητρα",
    "Željko", "Vesna", "Andrej", "Mojca", "Štefan", "Ľudmila", "Mindaugas", "Rūta", "Pēteris", "Guntis",
    "Margus", "Sirje", "Gerrit", "Cornelia", "Pádraig", "Sinéad", "Ġorġ", "Ċensu", "Claude", "Christian",
)  # fmt: skip


@pytest.mark.parametrize("name", FREQUENT_NAMES)
def test_frequent_names_of_every_state_are_known(name: str) -> None:
    assert kinds(around(f"{name} Virtanen")) == {"person_named"}


def test_a_name_is_found_in_any_order_and_case() -> None:
    assert missed(dict.fromkeys(NAMES, "person_named")) == []


def test_a_date_of_birth_may_name_its_month_in_any_language() -> None:
    assert missed(dict.fromkeys(BIRTHS, "date_of_birth")) == []


@pytest.mark.parametrize(("kind", "text"), [*DISGUISED, *NUMBERS])
def test_a_disguised_or_announced_address_is_found(kind: str, text: str) -> None:
    assert kind in kinds(around(text))


def test_a_column_of_greek_tax_numbers_is_found() -> None:
    numbers = ["094019245", "094259216", "090000045"]

    assert "national_number" in kinds(around("Number", *numbers))


PERSONS = {
    "email_address": "anna@example.org",
    "phone_number": "+358 40 123 4567",
    "national_number": "131052-308T",
    "person_named": "Victim Anna Virtanen",
    "surname_with_initial": INITIALLED[0],
    "person_described": DESCRIBED[0],
    "date_of_birth": BIRTHS[0],
    "bank_account": "FI21 1234 5600 0007 85",
}
FRAGMENTS = ("comment", "name", "property", "header", "drawing", "part")


@pytest.mark.parametrize("where", [*FRAGMENTS, "sheet", "file", "property name"])
@pytest.mark.parametrize("kind", PERSONS)
def test_every_rule_searches_every_kind_of_place(kind: str, where: str) -> None:
    found = FAMILY[kind].offends(holding(book_with(PERSONS[kind], where)))

    assert list(found["where"]) == [where.partition(" ")[0]]


def book_with(text: str, where: str) -> Workbook:
    """A workbook whose only text about a person is in one kind of place."""
    if where == "file":
        return Workbook(f"{text.replace(' ', '_')}.xlsx", "xlsx", (Sheet("A", []),))
    if where == "sheet":
        return workbook(Sheet(text, []))
    if where == "property name":
        fragment = TextFragment("property", "", text, "x")
    else:
        fragment = TextFragment(where, "", "", f"&L{text}" if where == "header" else text)  # type: ignore[arg-type]
    return workbook(Sheet("A", []), text_fragments=(fragment,))


def test_each_of_several_web_addresses_is_named() -> None:
    hidden = "https://zz.example.org/users/elina-t"
    texts = [hidden, "https://aa.example.org/report", "https://mm.example.org/x", "a text"]

    assert list(FAMILY["web_address"].offends(around(*texts))["cell"]) == ["A1"]
    assert list(FAMILY["web_address_in_doubt"].offends(around(*texts))["cell"]) == ["A2", "A3"]


ANYTHING = st.one_of(
    st.sampled_from([*PLAIN_TEXTS, *NAMES, *BIRTHS, "https://a.example.org/x", "a", "1", ""]),
    st.text(alphabet="aA1 .-@:/+\u00a0(#,", max_size=12),
)


@given(st.lists(ANYTHING, min_size=1, max_size=5, unique_by=normalise_text))
@settings(deadline=None, max_examples=8)
def test_the_findings_of_texts_are_those_of_each(texts: list[str]) -> None:
    """Rules about columns look at neighbours, so each text stands on a sheet of its own."""
    alone = {(kind, text) for text in texts for kind in kinds(on_sheets(text))}
    together = on_sheets(*texts)
    found = {
        (kind, texts[int(sheet.removeprefix("S"))])
        for kind, member in FAMILY.items()
        for sheet in member.offends(together)["sheet"]
    }

    assert found == alone


def on_sheets(*texts: str) -> ValidationContext:
    return holding(workbook(*(Sheet(f"S{n}", [[text]]) for n, text in enumerate(texts))))
