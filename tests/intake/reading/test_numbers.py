"""Numbers as typed: what is clear is read, what is ambiguous is asked."""

import math
from datetime import date, datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.intake.reading.numbers import (
    cell_text,
    decimal_marks,
    parse_number,
    parse_numbers,
)
from metrics.intake.workbook import CellForm, NonValue
from metrics.messages import OFFICIAL_LANGUAGES

NARROW, NO_BREAK, THIN, MINUS = "\u202f", "\u00a0", "\u2009", "\u2212"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1234", 1234),
        ("0", 0),
        (" 17 ", 17),
        ("1 234,5", 1234.5),
        (f"1{NO_BREAK}234,5", 1234.5),
        (f"1{NARROW}234{NARROW}567", 1234567),
        (f"12{THIN}345", 12345),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234.567", 1234567),
        ("1,234,567.8", 1234567.8),
        ("1.234,567", 1234.567),
        ("1'234.50", 1234.5),
        ("1’234’567", 1234567),
        ("1 234.567", 1234.567),
        ("12.5", 12.5),
        ("12,5", 12.5),
        ("0.123", 0.123),
        ("0,123", 0.123),
        ("1234.567", 1234.567),
        (".5", 0.5),
        ("-5", -5),
        (f"{MINUS}5,5", -5.5),
        ("- 5", -5),
        ("+5", 5),
        ("1,234e3", 1234),
        ("1.23456E+05", 123456),
        ("12E-3", 0.012),
        ("-0", 0),
    ],
)
def test_a_clear_number_is_read(typed: str, value: float) -> None:
    read = parse_number(typed)

    assert (read.form, read.value) == ("number", value)


@pytest.mark.parametrize(
    ("typed", "value"), [("12 %", 12.0), ("12%", 12.0), ("-1,5 %", -1.5), (f"99{NO_BREAK}%", 99.0)]
)
def test_a_percentage_keeps_its_own_form(typed: str, value: float) -> None:
    read = parse_number(typed)

    assert (read.form, read.value) == ("percent", value)


@pytest.mark.parametrize("typed", ["1.234", "1,234", "12.345", "999,999", "-1.234", "1.234 %"])
def test_what_may_be_thousands_or_decimals_is_not_guessed(typed: str) -> None:
    read = parse_number(typed)

    assert read.form == "ambiguous"
    assert math.isnan(read.value)


def test_both_readings_of_an_ambiguous_number_are_shown() -> None:
    assert parse_number("1.234").understood == "1234 / 1.234"


@pytest.mark.parametrize("typed", ["(123)", "(1 234,5)"])
def test_brackets_mean_negative_to_some_and_doubtful_to_others(typed: str) -> None:
    assert parse_number(typed).form == "ambiguous"


@pytest.mark.parametrize(
    "typed",
    [
        ":", "n/a", "-", "–", "..", "nil", "none", "c", "ei tietoa", "δ.υ.", "1,23.4",
        "1.2.3", "1,2,3", "1e999", "0x1F", "about forty", "1½", "<", "~", "see note 3", "covid-19",
        "9" * 400, "1" + " 234" * 200,
    ],
)  # fmt: skip
def test_words_and_marks_are_text(typed: str) -> None:
    read = parse_number(typed)

    assert (read.form, read.understood) == ("text", "")


@pytest.mark.parametrize(
    ("typed", "form", "number"),
    [
        ("<5", "limit", "5"), ("≥ 5", "limit", "5"), ("5+", "limit", "5"), ("alle 5", "limit", "5"),
        ("less than 1 200", "limit", "1200"), ("więcej niż 5", "limit", "5"),
        ("ca. 40", "estimate", "40"), ("~40", "estimate", "40"), ("noin 40", "estimate", "40"),
        ("περίπου 40", "estimate", "40"), ("приблизително 40", "estimate", "40"),
        ("10-20", "range", "10"), ("40/50", "fraction", "40"), ("40?", "footnoted", "40"), ("[40]", "footnoted", "40"),
        ("12 - 14 cases", "range", "12"), ("5 or so", "estimate", "5"), ("<5 (c)", "limit", "5"), ("5 min", "with_unit", "5"), ("1.234*", "ambiguous", "1234 / 1.234"), ("1.240.", "ambiguous", "1240 / 1.24"),
        ("10 – 20", "range", "10"), ("10 bis 20", "range", "10"),
        ("12*", "footnoted", "12"), ("12 1)", "footnoted", "12"), ("12²", "footnoted", "12"),
        ("120)", "footnoted", "120"), ("12)", "footnoted", "12"), ("1 234 1)", "footnoted", "1234"), ("12.", "footnoted", "12"),
        ("12;", "footnoted", "12"), ("12 (of which 3 girls)", "with_note", "12"), ("12 E", "with_status", "12"), ("12P", "with_status", "12"),
        ("5\u041a", "multiplied", "5"), ("5\u039a", "multiplied", "5"),
        ("12 (a)", "footnoted", "12"), ("123 r", "footnoted", "123"), ("123 bp", "footnoted", "123"),
        ("40 (estimate)", "with_status", "40"), ("40 provisoire", "with_status", "40"),
        ("40 kpl", "with_unit", "40"), ("12 h", "with_unit", "12"), ("12 Personen.", "with_unit", "12"),
        ("40 000 €", "with_unit", "40000"),
        ("52 thousand", "multiplied", "52"), ("3,6 Mio.", "multiplied", "3.6"), ("40k", "multiplied", "40"),
        ("52 tisíc", "multiplied", "52"), ("14 x1000", "multiplied", "14"),
        ("14·10³", "multiplied", "14"), ("1.5 × 10^6", "multiplied", "1.5"),
        ("14 x 100", "multiplied", "14"), ("3 x 12", "calculation", "3"),
        ("Q2: 42", "with_note", "42"), ("2023: 42", "with_note", "42"),
        ("12 (Αττική)", "with_note", "12"), ("12, of which 3 girls", "with_note", "12"), ("12 (80 %)", "with_note", "12"),
        ("80 % (12/15)", "with_note", "80"), ("Helsinki: 12", "with_note", "12"), ("5 in 2024", "with_note", "5"),
        ("40 προσωρινά", "with_status", "40"), ("12 (alustava)", "with_status", "12"), ("12 kpl (arvio)", "with_status", "12"),
        ("12 (c)", "with_confidentiality", "12"), ("12 (luottamuksellinen)", "with_confidentiality", "12"),
        ("12 + 3", "calculation", "12"), ("12*5", "calculation", "12"), ("3x4", "calculation", "3"), ("=12+3", "calculation", "12"),
        ("31/12", "fraction", "31"), ("12 out of 15", "fraction", "12"), ("12 от 15", "fraction", "12"), ("12/2025", "fraction", "12"),
        ("12:30", "time", "12"), ("1:12:30", "time", "1"), ("12 h 30 min", "time", "12"), ("2 päivää 3 tuntia", "time", "2"),
        ("1,5 M€", "multiplied", "1.5"), ("12‰", "with_unit", "12"), ("n=12", "footnoted", "12"), ("12≈", "estimate", "12"),
        ("не повече от 5", "limit", "5"), ("1 23", "range", "1"), ("2 of 3", "range", "2"), ("€12", "with_unit", "12"), ("a) 12", "footnoted", "12"), ("12!", "footnoted", "12"),
        ("З2", "with_letters", "32"), ("1З", "with_letters", "13"), ("1б", "with_letters", "16"), ("О", "with_letters", "0"),
        ("45O", "with_letters", "450"), ("6o", "with_letters", "60"), ("45Ο", "with_letters", "450"),
        ("6О", "with_letters", "60"), ("1l", "with_letters", "11"), ("I2", "with_letters", "12"),
        ("1 OOO", "with_letters", "1000"), ("12 l", "footnoted", "12"), ("12 o", "footnoted", "12"),
        ("١٢٣", "other_digits", "123"), ("４０", "other_digits", "40"),
    ],
)  # fmt: skip
def test_what_stands_beside_a_number_is_recognised(typed: str, form: str, number: str) -> None:
    read = parse_number(typed)

    assert (read.form, read.understood) == (form, number)
    assert math.isnan(read.value)


# About 5, at most 5, at least 5, 2 or 3, 2 to 3, 1.5 million and 12 thousand.
BESIDE_NUMBERS = {
    "bg": "ок. 5|най-много 5|най-малко 5|2 или 3|от 2 до 3|1,5 млн.|12 хил.",
    "cs": "cca 5|nejvýše 5|alespoň 5|2 nebo 3|2 až 3|1,5 milionu|12 tis.",
    "da": "ca. 5|højst 5|mindst 5|2 eller 3|2 til 3|1,5 mio.|12 tusind",
    "de": "ca. 5|höchstens 5|mind. 5|2 oder 3|2 bis 3|1,5 Mio.|12 Tsd.",
    "el": "περ. 5|έως 5|τουλ. 5|2 ή 3|2 έως 3|1,5 εκατ.|12 χιλ.",
    "en": "approx. 5|max. 5|at least 5|2 or 3|between 2 and 3|1.5 million|12k",
    "es": "aprox. 5|como máximo 5|al menos 5|2 o 3|entre 2 y 3|1,5 millones|12 miles",
    "et": "u. 5|kuni 5|väh. 5|2 või 3|2 kuni 3|1,5 mln|12 tuh",
    "fi": "n. 5|enint. 5|väh. 5|2 tai 3|2–3|1,5 milj.|12 tuhatta",
    "fr": "env. 5|jusqu’à 5|au moins 5|2 ou 3|de 2 à 3|1,5 million|12 milliers",
    "ga": "timpeall 5|suas le 5|ar a laghad 5|2 nó 3|idir 2 agus 3|1.5 milliún|12 míle",
    "hr": "cca 5|najviše 5|najmanje 5|2 ili 3|2 do 3|1,5 milijuna|12 tis.",
    "hu": "kb. 5|legfeljebb 5|legalább 5|2 vagy 3|2-3|1,5 millió|12 ezer",
    "it": "circa 5|al massimo 5|almeno 5|2 o 3|tra 2 e 3|1,5 mln|12 mila",
    "lt": "apie 5|ne daugiau kaip 5|bent 5|2 arba 3|nuo 2 iki 3|1,5 mln.|12 tūkst.",
    "lv": "apm. 5|līdz 5|vismaz 5|2 vai 3|no 2 līdz 3|1,5 milj.|12 tūkst.",
    "mt": "madwar 5|sa 5|mill-inqas 5|2 jew 3|bejn 2 u 3|1.5 miljun|12 elf",
    "nl": "ong. 5|maximaal 5|ten minste 5|2 of 3|2 tot 3|1,5 mln|12 duizend",
    "pl": "ok. 5|maks. 5|co najmniej 5|2 lub 3|od 2 do 3|1,5 mln|12 tys.",
    "pt": "cerca de 5|até 5|pelo menos 5|2 ou 3|entre 2 e 3|1,5 milhões|12 milhares",
    "ro": "cca 5|cel mult 5|cel puțin 5|2 sau 3|2 până 3|1,5 milioane|12 mii",
    "sk": "cca 5|najviac 5|aspoň 5|2 alebo 3|2 až 3|1,5 milióna|12 tis.",
    "sl": "pribl. 5|največ 5|vsaj 5|2 ali 3|od 2 do 3|1,5 milijona|12 tis.",
    "sv": "c:a 5|högst 5|minst 5|2 eller 3|2 till 3|1,5 milj.|12 tusen",
}


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_what_is_typed_with_a_number_is_recognised_in_every_language(language: str) -> None:
    about, most, least, *ranges, millions, thousands = map(
        parse_number, BESIDE_NUMBERS[language].split("|")
    )

    assert (about.form, about.understood) == ("estimate", "5")
    assert [(limit.form, limit.understood) for limit in (most, least)] == [("limit", "5")] * 2
    assert {both.form for both in ranges} == {"range"}
    assert (millions.understood, millions.factor) == ("1.5", 1_000_000)
    assert (thousands.understood, thousands.factor) == ("12", 1_000)


@pytest.mark.parametrize("typed", ["1,2 mil.", "3 m", "1 billion", "1.234 milj.", "2 mil millones"])
def test_a_factor_that_is_not_certain_is_none(typed: str) -> None:
    assert math.isnan(parse_number(typed).factor)


@pytest.mark.parametrize("typed", ["40\u200e", "\u202a40\u202c", "4\u00ad0", "\u200b40"])
def test_what_cannot_be_seen_does_not_matter(typed: str) -> None:
    assert parse_number(typed).value == 40


@pytest.mark.parametrize(
    "typed", ["12.3.2024", "1/2/2024", "2024-03-12", "31.12.24", "4.2.", "31.12."]
)
def test_a_day_is_no_number(typed: str) -> None:
    assert parse_number(typed).form == "date"


@pytest.mark.parametrize("typed", ["\u202e41", "1e-999", "1e999"])
def test_a_number_that_is_shown_backwards_or_beyond_the_smallest_is_asked_about(typed: str) -> None:
    assert parse_number(typed).form == "text"


@pytest.mark.parametrize("typed", ["", " ", NO_BREAK, "\u200b"])
def test_what_cannot_be_seen_is_empty(typed: str) -> None:
    assert parse_number(typed).form == "empty"


@pytest.mark.parametrize(
    ("typed", "value", "flag"),
    [
        ("123 p", 123, "p"),
        ("123b", 123, "b"),
        ("1 234,5 e", 1234.5, "e"),
        ("12 c", 12, "c"),
        ("4u", 4, "u"),
    ],
)
def test_a_flag_behind_a_number_is_read(typed: str, value: float, flag: str) -> None:
    read = parse_number(typed)

    assert (read.form, read.value, read.flag) == ("number", value, flag)


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        (None, "empty"),
        (True, "bool"),
        (12.5, "number"),
        (7, "number"),
        (date(2024, 3, 1), "date"),
        (datetime.fromisoformat("2024-03-01T12:30"), "date"),
        (NonValue("error", "#N/A"), "error"),
        (NonValue("formula", "=A1+B1"), "formula"),
    ],
)
def test_cells_that_hold_no_text(typed: object, form: str) -> None:
    assert parse_numbers([typed])[0].form == form


def test_a_number_cell_is_never_ambiguous() -> None:
    assert parse_numbers([1.234])[0].value == 1.234


@pytest.mark.parametrize(
    ("companion", "value"),
    [("1 234,5", 1234), ("0,25", 1234), ("1.000.000", 1234), ("1,234.5", 1.234), ("7.5", 1.234)],
)
def test_another_cell_of_the_column_decides(companion: str, value: float) -> None:
    first, _ = parse_numbers(["1.234", companion])

    assert (first.form, first.value) == ("number", value)


def test_the_sheet_decides_where_the_column_proves_nothing() -> None:
    assert parse_numbers(["1.234"], ",")[0].value == 1234


def test_column_and_sheet_that_contradict_one_another_decide_nothing() -> None:
    assert parse_numbers(["1.234", "7.5"], ",")[0].form == "ambiguous"


@pytest.mark.parametrize("typed", ["1234.567", "1 234.567", "1'234,567"])
def test_three_decimals_may_be_thousands_where_the_marks_are_mixed(typed: str) -> None:
    first, *_ = parse_numbers([typed, "7.5", "7,5"])

    assert first.form == "ambiguous"


@pytest.mark.parametrize("typed", ["1,234.567", "0.567", "1 234.56", "1234.5678", "1 234"])
def test_what_has_one_meaning_is_read_where_the_marks_are_mixed(typed: str) -> None:
    first, *_ = parse_numbers([typed, "7.5", "7,5"])

    assert first.form == "number"


@pytest.mark.parametrize("typed", ["12\n345", "12\r\n345", "12\t345", "12 \u2028 345"])
def test_numbers_below_one_another_are_not_joined(typed: str) -> None:
    assert parse_number(typed).form == "text"


def test_cells_that_contradict_one_another_decide_nothing() -> None:
    assert parse_numbers(["1.234", "7,5", "7.5"])[0].form == "ambiguous"


@pytest.mark.parametrize("proof", ["1234", "1 234", "1.234", "12 %", "n/a"])
def test_most_texts_prove_no_decimal_mark(proof: str) -> None:
    assert decimal_marks([proof]) == ""


CONVENTIONS = {
    "English": (",", "."),
    "German": (".", ","),
    "Finnish": (NO_BREAK, ","),
    "French": (NARROW, ","),
    "Swiss": ("’", "."),
    "plain point": ("", "."),
    "plain comma": ("", ","),
}


def spelt(value: float, convention: str) -> str:
    """A number in the convention, with up to three decimals."""
    group, mark = CONVENTIONS[convention]
    whole, _, decimals = f"{value:,.3f}".partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", group) + (mark + decimals if decimals else "")


@given(
    value=st.integers(-(10**12), 10**12).map(lambda thousandths: thousandths / 1000),
    convention=st.sampled_from(sorted(CONVENTIONS)),
)
def test_every_convention_reads_back_beside_a_cell_that_proves_it(
    value: float, convention: str
) -> None:
    companion = spelt(1234567.25, convention)

    read, _ = parse_numbers([spelt(value, convention), companion])

    assert read.form == "number"
    assert read.value == pytest.approx(value)


@given(
    st.lists(
        st.tuples(st.integers(0, 10**9), st.sampled_from(sorted(CONVENTIONS))),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["", ",", "."]),
)
def test_in_any_mixture_of_conventions_what_is_read_in_silence_is_right(
    written: list[tuple[int, str]], sheet_marks: str
) -> None:
    values = [thousandths / 1000 for thousandths, _ in written]
    texts = [spelt(value, own) for value, (_, own) in zip(values, written, strict=True)]

    read = parse_numbers(texts, sheet_marks)

    for value, text, number in zip(values, texts, read, strict=True):
        is_asked = number.form == "ambiguous"
        is_noted = number.is_doubtful or text != number.understood
        assert is_asked or is_noted or number.value == value


@given(st.floats(-1e300, 1e300))
def test_a_cell_with_a_number_is_that_number(value: float) -> None:
    read = parse_numbers([value])[0]

    assert read.value == pytest.approx(value, rel=1e-14)  # as many digits as spreadsheets display
    assert float(read.understood) == read.value


@pytest.mark.parametrize(("stored", "displayed"), [(124599.99999999999, 124600), (0.1 + 0.2, 0.3)])
def test_a_binary_fraction_is_read_as_it_is_displayed(stored: float, displayed: float) -> None:
    assert parse_numbers([stored])[0].value == displayed


@pytest.mark.parametrize(("typed", "read_as"), [("1.2E+06", "1200000"), ("1,23E+05", "123000")])
def test_digits_that_a_program_dropped_are_asked_for(typed: str, read_as: str) -> None:
    (number,) = parse_numbers([typed])

    assert (number.form, number.understood) == ("rounded", read_as)


@given(st.text(max_size=80))
def test_any_text_has_a_form(typed: str) -> None:
    read = parse_number(typed)

    assert read.form in get_args(CellForm)
    assert math.isnan(read.value) == (read.form not in {"number", "percent"})


@pytest.mark.parametrize(
    ("cell", "typed"),
    [
        (1234.0, "1234"),
        (0.1, "0.1"),
        (1e20, "1e+20"),
        (True, "TRUE"),
        (None, ""),
        (" 12 ", " 12 "),
        (NonValue("error", "#DIV/0!"), "#DIV/0!"),
        (date(2024, 3, 1), "2024-03-01"),
        (datetime.fromisoformat("2024-03-01"), "2024-03-01"),
        (datetime.fromisoformat("2024-03-01T08:30"), "2024-03-01 08:30:00"),
    ],
)
def test_what_was_typed_is_shown_as_it_was(cell: object, typed: str) -> None:
    assert cell_text(cell) == typed


@pytest.mark.parametrize(
    ("typed", "form"),
    [("3 May 2024", "date"), ("12-Jan", "date"), ("Jan-25", "date"), ("12. tammi", "date"),
     ("#REF!", "error"), ("#ARVO!", "error"), ("May", "text"), ("12 mars bars", "with_note")],
)  # fmt: skip
def test_days_and_errors_as_programs_display_them(typed: str, form: str) -> None:
    assert parse_number(typed).form == form


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12,-", 12), ("12.-", 12), ("12,--", 12), ("12:-", 12), ("1.234,-", 1234), ("5 000,–", 5000),
        ('"12"', 12), ("“12”", 12), ("„12“", 12), ("«12»", 12), ('="12"', 12), ("'12'", 12),
        ('"1 234"', 1234), ("5_000", 5000), ("1_234_567", 1234567),
    ],
)  # fmt: skip
def test_a_number_with_ornaments_is_read_and_shown_as_it_was_read(typed: str, value: float) -> None:
    number = parse_number(typed)

    assert (number.form, number.value, number.is_doubtful) == ("number", value, True)


@pytest.mark.parametrize("typed", ["1_2", "12,-5", "'12", '"12', "12-", '"twelve"', "5_00"])
def test_other_signs_beside_a_number_are_no_ornaments(typed: str) -> None:
    assert parse_number(typed).form != "number"
