"""A code list held against itself: a CSV file that a person may have edited in a spreadsheet."""

from collections.abc import Iterator

from metrics.catalogue.checks import DefinitionLocation
from metrics.catalogue.codelists import fold_text
from metrics.core.discover import read_csv
from metrics.messages import OFFICIAL_LANGUAGES

LANGUAGE_LETTERS = 2
FIRST_COLUMNS = ["code", "en"]  # names in other languages follow
OTHERS = {"membership.csv"}  # since when each state belongs to a group: a table, not a list


def check_codelist(file: str) -> Iterator[str]:
    if file in OTHERS:
        return
    location = DefinitionLocation(f"codelists/{file}")
    rows = read_csv("metrics.catalogue.codelists", file)
    header = list(rows[0])[: len(FIRST_COLUMNS)] if rows else []
    if header != FIRST_COLUMNS:
        yield location.wrong("header", header, f"must begin with {','.join(FIRST_COLUMNS)}")
        return
    for column in rows[0]:
        if column and len(column) == LANGUAGE_LETTERS and column not in OFFICIAL_LANGUAGES:
            yield location.wrong("header", column, "is no official language of the Union")
    yield from location.twice("code", [row["code"] for row in rows])
    for number, row in enumerate(rows, start=2):
        yield from check_codelist_row(location.within(f"row {number}"), row)
    yield from check_spellings(location, rows)


def check_codelist_row(location: DefinitionLocation, row: dict[str, str]) -> Iterator[str]:
    if not row["code"] or not row["en"]:
        yield location.wrong("code", row["code"], "needs both a code and an English name")
    if None in row:  # where DictReader puts the cells that no column has
        why = "is followed by more cells than columns; put a name with a comma in quotation marks"
        yield location.wrong("code", row["code"], why)


def check_spellings(location: DefinitionLocation, rows: list[dict[str, str]]) -> Iterator[str]:
    """No spelling may mean two codes, or what a submitter typed would be understood by chance."""
    meaning: dict[str, str] = {}
    for row in rows:
        for spelling in spellings_of_row(row):
            code = meaning.setdefault(fold_text(spelling), row["code"])
            if code != row["code"]:
                yield location.wrong(row["code"], spelling, f"is written for {code} too")


def spellings_of_row(row: dict[str, str]) -> list[str]:
    named = [row.get(column) or "" for column in ("code", *OFFICIAL_LANGUAGES)]
    return [spelling for spelling in (*named, *(row.get("also") or "").split("|")) if spelling]
