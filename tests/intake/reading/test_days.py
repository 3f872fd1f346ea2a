"""Days in the words of each language, and years that are named by a day."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import product
from pathlib import Path
from unicodedata import normalize

import pytest
from babel.dates import format_date
from openpyxl.workbook import Workbook as Book

from metrics.catalogue.codelists import fold_spelling
from metrics.catalogue.loader import catalogue
from metrics.intake.reading import ingest
from metrics.intake.reading.days import parse_day, whole_year
from metrics.intake.reading.named_periods import months_by_name
from metrics.intake.sandbox import unpack
from metrics.messages import OFFICIAL_LANGUAGES, month_names
from tests.sheets import BELONGS, figures, odd, read


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (date(2012, 6, 8), "2012-06-08"),
        (datetime.fromisoformat("2012-06-08"), "2012-06-08"),
        ("2012-06-08", "2012-06-08"),
        ("8.6.2012", "2012-06-08"),
        ("13/6/2012", "2012-06-13"),
        ("6/13/2012", "2012-06-13"),
        ("6/6/2012", "2012-06-06"),
        ("2012/06/08", "2012-06-08"),
        ("2012. 06. 08.", "2012-06-08"),
        ("2012.06.08.", "2012-06-08"),
        ("2012-06-08T00:00:00", "2012-06-08"),
        ("2012. gada 8. jūnijs", "2012-06-08"),
        ("2012 m. birželio 8 d.", "2012-06-08"),
        ("2012. június 8.", "2012-06-08"),
        ("8 ta’ Ġunju 2012", "2012-06-08"),
        ("8-Jun-2012", "2012-06-08"),
        ("6/8/2012", ""),
        ("06-08-2012", ""),
        ("6.8.12", "2012-08-06"),
        ("06.08.12", ""),
        ("8 June 2012", "2012-06-08"),
        ("8. kesäkuuta 2012", "2012-06-08"),
        ("8 de junio de 2012", "2012-06-08"),
        ("8 Ιουνίου 2012", "2012-06-08"),
        ("June 8, 2012", "2012-06-08"),
        ("31 June 2012", ""),
        ("2012", ""),
        ("June 2012", ""),
        (41068.0, ""),
    ],
)
def test_days_are_read_where_they_are_clear(cell: object, day: str) -> None:
    assert parse_day(cell) == day


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_every_month_is_read_with_its_accents_composed_or_apart(language: str) -> None:
    names = {
        (name, month)
        for name, month in month_names(language)
        if len(months_by_name()[fold_spelling(name).strip(" .")]) == 1  # listopad is two
    }
    written = {
        (normalize(form, own), month)
        for name, month in names
        for own in (name, name.upper(), name.capitalize())
        for form in ("NFC", "NFD")
    }

    assert {(name, month) for name, month in written if parse_day(f"12 {name} 2014") != f"2014-{month:02}-12"} == set()  # fmt: skip


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_the_ends_of_a_year_name_it_as_each_language_writes_days(language: str) -> None:
    days = (date(2025, 1, 1), date(2025, 12, 31))
    widths = ("short", "medium", "long")
    written = {format_date(day, width, locale=language) for day, width in product(days, widths)}

    assert {text: whole_year(text) for text in written} == dict.fromkeys(written, "2025")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1.1.–31.12.2025", "2025"),
        ("01/01/2025-31/12/2025", "2025"),
        ("1 January – 31 December 2025", "2025"),
        ("1/1/2025 έως 31/12/2025", "2025"),
        ("tammikuu–joulukuu 2025", "2025"),
        ("1-12/2025", "2025"),
        ("2025-01-01/2025-12-31", "2025"),
        ("2025-01-01/P1Y", "2025"),
        ("2025-12-31 23:59:59", "2025"),
        ("as at 31.12.2025", "2025"),
        ("tilanne 31.12.2025", "2025"),
        ("към 31.12.2025 г.", "2025"),
        ("1.7.2024–30.6.2025", ""),
        ("1.1.–30.9.2025", ""),
        ("January–November 2025", ""),
        ("30.6.2025", ""),
        ("2025", ""),
        ("no day", ""),
    ],
)
def test_a_span_of_a_whole_year_names_it(text: str, year: str) -> None:
    assert whole_year(text) == year


def typed(*periods: str) -> tuple[list[object], list[tuple[object, ...]]]:
    rows = "\n".join(f"ICSE_VICTIMS{sex}|{period}|12" for sex, period in zip(
        ("", "[sex=F]", "[sex=M]", "[sex=U]"), periods, strict=False))  # fmt: skip
    reading = read(f"Indicator|Year|Value\n{rows}")
    issues = odd(reading, "cell", "typed", "understood")
    return [period for (period,) in figures(reading, "period")], issues


def test_the_last_day_of_a_year_is_read_as_that_year_with_one_note() -> None:
    assert typed("31.12.2024", "31.12.2024", "2024") == (
        ["2024", "2024", "2024"],
        [("year_read_from_day", "B2", "31.12.2024", "2024")],
    )


@pytest.mark.parametrize("text", ["2 024", "'2.024", "2024,0", "2\u00a0024"])
def test_a_year_that_a_program_wrote_as_a_number_is_read(text: str) -> None:
    assert typed(text) == (["2024"], [])


def test_another_day_is_asked() -> None:
    periods, issues = typed("30.6.2024")

    assert periods == [""]
    assert issues == [("day_instead_of_period", "B2", "30.6.2024", "2024")]


@pytest.mark.parametrize("others", [["30.6.2024"], ["30.11.2024"], ["15/3/2024"]])
def test_beside_other_days_the_last_day_of_a_year_may_be_that_of_a_month(
    others: Sequence[str],
) -> None:
    periods, issues = typed("31.12.2024", *others)

    assert periods[0] == ""
    assert {rule for rule, *_ in issues} == {"day_instead_of_period"}


def saved_dates(path: Path, *days: date) -> Path:
    book = Book()
    assert book.active is not None
    book.active.append(["Indicator", "Year", "Value"])
    for sex, day in zip(("", "[sex=F]", "[sex=M]"), days, strict=False):
        book.active.append([f"ICSE_VICTIMS{sex}", day, 12])
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("days", "periods"),
    [
        ([date(2024, 12, 31)], ["2024"]),
        ([date(2024, 1, 1)], ["2024"]),
        ([date(2024, 1, 1), date(2024, 12, 31)], ["2024", "2024"]),
        ([date(2024, 1, 1), date(2024, 2, 1)], ["2024-01", "2024-02"]),
        ([date(2024, 1, 1), date(2024, 4, 1)], ["", ""]),
        ([date(2024, 6, 30)], [""]),
    ],
)
def test_date_cells_in_a_column_of_years(
    days: list[date], periods: list[str], tmp_path: Path
) -> None:
    workbook = unpack(saved_dates(tmp_path / "dates.xlsx", *days))

    reading = ingest(workbook, catalogue(), BELONGS)

    read_as = [*reading.observations["period"], *reading.other_periods["period"]]
    assert sorted(read_as) == sorted(periods)


def test_a_heading_may_name_its_year_by_the_last_day() -> None:
    reading = read("Indicator|Value 31.12.2023|31.12.2024\nICSE_VICTIMS|11|12")

    assert figures(reading, "period", "value") == [("2024", 12.0)]
    assert ("year_read_from_day", "C1", "31.12.2024") in odd(reading, "cell", "typed")
