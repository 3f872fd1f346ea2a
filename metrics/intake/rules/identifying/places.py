"""Search all texts of a workbook for a pattern, and locate the texts that match.

All distinct texts are joined into one, so that one call searches them all, and a text in a thousand
cells is searched once. Only texts that match are located.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

import pandas as pd

from metrics.core.cells import cell_address
from metrics.intake.findings import ValidationContext
from metrics.intake.rules import remember_result
from metrics.intake.workbook import Sheet, TextFragment, Workbook

SEPARATOR = "\0"  # occurs in no text and matches no pattern
# With fewer digits a number identifies nobody; with more a float is not exact.
LONG_NUMBER = (10**8, 10**15)
SUFFIX = re.compile(r"\.(?:xls[xm]?|ods|csv|tsv|txt)$", re.IGNORECASE)
PLACE_COLUMNS = ["sheet", "cell", "where"]
# Properties that programs write: the author, and sensitivity labels, which contain identifiers of
# the organisation.
WRITTEN_BY_PROGRAM = re.compile(r"creator|lastModifiedBy|MSIP_Label_.*|ContentTypeId|_dlc_DocId.*")

REFERENCES = ("reference", "source", "address")
WEB_ADDRESS = re.compile(r"https?://\S+")
# A reference to a publication may be a web address, but not of a person's page.
PERSONAL_PAGE = re.compile(
    r"[\w.+-]+@[\w-]+\.\w"
    r"|/(?:user|users|profile|profiles|member|members|people|u|channel|~\w+|@\w+)(?:/|\?|$)"
    r"|[?&](?:user|uid|user_?id|profile|email|e-?mail|name|phone)="
    r"|//(?:www\.|m\.)?(?:facebook|instagram|tiktok|t|telegram|vk|snapchat|discord)\.\w+/",
    re.IGNORECASE,
)

TextPlace = tuple[str, str, str]  # sheet, cell, and what it is of: "cell", "comment" …
MatchFilter = Callable[[re.Match[str]], bool]


@dataclass(frozen=True)
class Texts:
    """The distinct texts, joined, and the position at which each begins."""

    distinct: tuple[str, ...]
    joined: str
    starts: tuple[int, ...]

    def with_match(self, pattern: re.Pattern[str], genuine: MatchFilter) -> set[str]:
        starts = (match.start() for match in pattern.finditer(self.joined) if genuine(match))
        return {self.distinct[bisect_right(self.starts, start) - 1] for start in starts}

    def only(self, pattern: re.Pattern[str]) -> "Texts":
        """The texts that match the pattern: others need not be searched again."""
        return join_texts(self.with_match(pattern, accept_any))


@remember_result
def workbook_texts(workbook: Workbook) -> Texts:
    return join_texts(_distinct_texts(workbook))


def _distinct_texts(workbook: Workbook) -> set[str]:
    distinct = {fragment.text for fragment in workbook.text_fragments}
    distinct |= {sheet.name for sheet in workbook.sheets}
    for sheet in workbook.sheets:
        for row in sheet.rows:
            distinct.update(text for text in map(searchable_text, row) if text)
    return distinct


def join_texts(distinct: Iterable[str]) -> Texts:
    ordered = tuple(sorted(text.replace(SEPARATOR, " ") for text in distinct))
    lengths = (len(text) + 1 for text in ordered)
    return Texts(ordered, SEPARATOR.join(ordered), (0, *accumulate(lengths)))


def searchable_text(value: object) -> str:
    """A text, or an integer long enough to identify somebody; `""` for other cells."""
    if type(value) is str:
        return value
    # Not `in range(…)`, which is slow for a float.
    if type(value) is float and value.is_integer() and LONG_NUMBER[0] <= value < LONG_NUMBER[1]:
        return str(int(value))
    return ""


def accept_any(_match: re.Match[str]) -> bool:
    return True


def find_matches(
    case: ValidationContext, pattern: re.Pattern[str], genuine: MatchFilter = accept_any
) -> pd.DataFrame:
    """Locate every text that matches, except values that were asked for."""
    return locate_texts(case, workbook_texts(case.reading.workbook).with_match(pattern, genuine))


def place_table(places: Iterable[TextPlace]) -> pd.DataFrame:
    return pd.DataFrame(sorted(set(places)), columns=PLACE_COLUMNS, dtype="str")


def find_in_file_name(case: ValidationContext, pattern: re.Pattern[str]) -> pd.DataFrame:
    """Search the name of the file, which is stored with it."""
    name = SUFFIX.sub("", case.reading.workbook.file)
    return place_table([("", "", "file")] if pattern.search(name) else [])


def locate_texts(case: ValidationContext, texts: Collection[str]) -> pd.DataFrame:
    """Every place of any of the texts."""
    return locate_with_text(case, texts)[PLACE_COLUMNS]


def locate_with_text(case: ValidationContext, texts: Collection[str]) -> pd.DataFrame:
    """As `locate_texts`, with the text itself, which findings must not repeat."""
    texts = set(texts) - publication_addresses(case) if texts else texts
    places = list(_text_places(case, texts)) if texts else []
    return pd.DataFrame(places, columns=[*PLACE_COLUMNS, "text"], dtype="str")


def _text_places(
    case: ValidationContext, texts: Collection[str]
) -> Iterator[tuple[str, str, str, str]]:
    workbook = case.reading.workbook
    for number, sheet in enumerate(workbook.sheets, 1):
        if sheet.name in texts:
            yield f"#{number}", "", "sheet", sheet.name
    counts = value_cells(case)
    for sheet in workbook.sheets:
        for cell, text in _matching_cells(sheet, texts):
            if (sheet.name, cell) not in counts:
                yield sheet.name, cell, "cell", text
    for fragment in workbook.text_fragments:
        if fragment.text in texts and is_written_by_person(fragment):
            # A property's name takes the place of the cell.
            cell = "" if fragment.kind == "property" else fragment.cell
            yield fragment.sheet, cell, fragment.kind, fragment.text


def _matching_cells(sheet: Sheet, texts: Collection[str]) -> Iterator[tuple[str, str]]:
    for row, values in enumerate(sheet.rows):
        for column, value in enumerate(values):
            if (text := searchable_text(value)) in texts:
                yield cell_address(row, column), text


def is_written_by_person(snippet: TextFragment) -> bool:
    """Whether a person wrote it: neither the program, nor a repeated sheet name."""
    by_program = snippet.kind == "property" and WRITTEN_BY_PROGRAM.fullmatch(snippet.cell)
    return not by_program and not (snippet.kind == "name" and snippet.text == snippet.sheet)


def publication_addresses(case: ValidationContext) -> set[str]:
    """Web addresses in the columns for references: their numbers identify pages."""
    cells = case.reading.observations
    texts = {text for name in REFERENCES for text in cells[name].unique()}
    return {
        text for text in texts if WEB_ADDRESS.fullmatch(text) and not PERSONAL_PAGE.search(text)
    }


def value_cells(case: ValidationContext) -> set[tuple[str, str]]:
    """Cells with a number where one was asked for: such a count is never suspected."""
    cells = case.reading.observations
    cells = cells[cells["form"].isin(["number", "percent"])]
    return set(zip(cells["sheet"], cells["cell"], strict=True))
