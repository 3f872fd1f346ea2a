"""Check code lists: CSV files that somebody may have edited in a spreadsheet program."""

from collections.abc import Collection, Iterator

from metrics.catalogue.checks import DefinitionLocation
from metrics.catalogue.codelists import (
    MISLEADING_LETTERS,
    SINGULAR,
    SPELLINGS,
    codelist,
    fold_spelling,
    letters_by_language,
    names_of_row,
    spellings_by_language,
    written_spellings,
)
from metrics.core.discover import read_csv
from metrics.core.errors import KeyedText
from metrics.messages import ENGLISH, OFFICIAL_LANGUAGES

FIRST_COLUMNS = ["code", ENGLISH]
UNIT_PROPERTIES = {"is_count", "is_divisible", "has_growth"}
YES_OR_NO = {"yes", "no", ""}
OTHERS = {"membership.csv"}  # not a code list: the dates of membership in groups


def check_codelist(file: str) -> Iterator[KeyedText]:
    if file in OTHERS:
        return
    location = DefinitionLocation(f"codelists/{file}")
    rows = read_csv("metrics.catalogue.codelists", file)
    header = list(rows[0])[: len(FIRST_COLUMNS)] if rows else []
    if header != FIRST_COLUMNS:
        yield location.error(
            "header", header, KeyedText.filled("fault_header", columns=",".join(FIRST_COLUMNS))
        )
        return
    yield from check_name_columns(location, rows)
    yield from location.duplicates("code", [row["code"] for row in rows])
    for number, row in enumerate(rows, start=2):
        yield from check_codelist_row(location.within(f"row {number}"), row)
        yield from check_unit_properties(location.within(f"row {number}"), row)
    yield from check_spellings(location, rows, file.removesuffix(".csv"))
    yield from check_written_spellings(file.removesuffix(".csv"), {row["code"] for row in rows})


def check_written_spellings(name: str, codes: Collection[str]) -> Iterator[KeyedText]:
    """The codes and languages of `spellings.yaml` exist."""
    location = DefinitionLocation(f"codelists/{SPELLINGS}").within(name)
    for code, languages in spellings_by_language().get(name, {}).items():
        if code not in codes:
            yield location.error(code, code, KeyedText("fault_no_code_here"))
        for language in languages.keys() - {*OFFICIAL_LANGUAGES}:
            yield location.error(code, language, KeyedText("fault_no_official_language"))


def check_letters() -> Iterator[KeyedText]:
    """The codes and languages of `letters.yaml` exist."""
    for name, by_language in letters_by_language().items():
        location = DefinitionLocation(f"codelists/{MISLEADING_LETTERS}").within(name)
        for language, ways in by_language.items():
            if language not in OFFICIAL_LANGUAGES:
                yield location.error(language, language, KeyedText("fault_no_official_language"))
            for code in {code for way in ways for code in way.values()} - codelist(name).keys():
                yield location.error(language, code, KeyedText("fault_no_code_here"))


def check_name_columns(
    location: DefinitionLocation, rows: list[dict[str, str]]
) -> Iterator[KeyedText]:
    """A list has English names, either all of them or none with a form beside one."""
    for column in filter(None, rows[0]):
        language = column.partition(".")[0]
        if language in OFFICIAL_LANGUAGES and column not in {ENGLISH, SINGULAR}:
            why = KeyedText.filled("fault_belongs_in_po", language=language)
            yield location.error("header", column, why)
    lacking = [row["code"] for row in rows if not row.get(SINGULAR)]
    if SINGULAR in rows[0] and lacking:
        yield location.error(SINGULAR, lacking, KeyedText("fault_needs_singular"))


def check_codelist_row(location: DefinitionLocation, row: dict[str, str]) -> Iterator[KeyedText]:
    if not row["code"] or not row["en"]:
        yield location.error("code", row["code"], KeyedText("fault_needs_code_and_name"))
    if None in row:  # DictReader's key for cells beyond the last column
        yield location.error("code", row["code"], KeyedText("fault_more_cells"))


def check_unit_properties(location: DefinitionLocation, row: dict[str, str]) -> Iterator[KeyedText]:
    """The properties of a unit, in lists that have these columns, are as `units` reads them."""
    for column in UNIT_PROPERTIES & row.keys():
        if row[column] not in YES_OR_NO:
            yield location.error(column, row[column], KeyedText("fault_yes_or_no"))
    largest = row.get("largest") or "1"
    if not largest.isdecimal():
        yield location.error("largest", largest, KeyedText("fault_whole_number"))


def check_spellings(
    location: DefinitionLocation, rows: list[dict[str, str]], name: str
) -> Iterator[KeyedText]:
    """No spelling may mean two codes, or typed text would be understood at random."""
    meaning: dict[str, str] = {}
    for row in rows:
        for spelling in (*spellings_of_row(row, name), *written_spellings(name, row["code"])):
            code = meaning.setdefault(fold_spelling(spelling), row["code"])
            if code != row["code"]:
                why = KeyedText.filled("fault_spelling_of_other", code=code)
                yield location.error(row["code"], spelling, why)


def spellings_of_row(row: dict[str, str], name: str) -> list[str]:
    named = (row["code"], *names_of_row(row, name).values())
    return [spelling for spelling in (*named, *(row.get("also") or "").split("|")) if spelling]
