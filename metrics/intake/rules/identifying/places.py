"""Every text of a workbook, wherever it stands, searched once for each pattern.

A text that stands in a thousand cells is searched once: all distinct texts are joined into one, so
that a pattern runs over them in a single call. Where the texts stand is looked up only for those
that a pattern has found.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

import pandas as pd

from metrics.core.cells import address
from metrics.intake.findings import ValidationContext
from metrics.intake.rules import once
from metrics.intake.workbook import Sheet, TextFragment, Workbook

SEPARATOR = "\0"  # in no text, and matched by no pattern
# Numbers with fewer digits are no number of a person; with more they are not exact.
LONG_NUMBER = (10**8, 10**15)
SUFFIX = re.compile(r"\.(?:xls[xm]?|ods|csv|tsv|txt)$", re.IGNORECASE)
COLUMNS = ["sheet", "cell", "where"]
# Properties that a program writes by itself: its author, and the labels of the organisation's
# document protection, which carry identifiers of the organisation.
WRITTEN_BY_PROGRAM = re.compile(r"creator|lastModifiedBy|MSIP_Label_.*|ContentTypeId|_dlc_DocId.*")

REFERENCES = ("reference", "source", "address")
WEB_ADDRESS = re.compile(r"https?://\S+")
# A reference to a publication may be an address, but not one of a person's page.
PERSONAL_PAGE = re.compile(
    r"[\w.+-]+@[\w-]+\.\w"
    r"|/(?:user|users|profile|profiles|member|members|people|u|channel|~\w+|@\w+)(?:/|\?|$)"
    r"|[?&](?:user|uid|user_?id|profile|email|e-?mail|name|phone)="
    r"|//(?:www\.|m\.)?(?:facebook|instagram|tiktok|t|telegram|vk|snapchat|discord)\.\w+/",
    re.IGNORECASE,
)

Place = tuple[str, str, str]  # sheet, cell, and what it is of: "cell", "comment" …
Genuine = Callable[[re.Match[str]], bool]


@dataclass(frozen=True)
class Texts:
    """The distinct texts, one after the other, and where each begins."""

    distinct: tuple[str, ...]
    joined: str
    starts: tuple[int, ...]

    def with_match(self, pattern: re.Pattern[str], genuine: Genuine) -> set[str]:
        matches = (each for each in pattern.finditer(self.joined) if genuine(each))
        return {self.distinct[bisect_right(self.starts, each.start()) - 1] for each in matches}

    def only(self, pattern: re.Pattern[str]) -> "Texts":
        """The texts in which the pattern matches: the others need not be searched again."""
        return joined(self.with_match(pattern, anything))


@once
def texts_of(workbook: Workbook) -> Texts:
    return joined(_distinct(workbook))


def _distinct(workbook: Workbook) -> set[str]:
    distinct = {each.text for each in workbook.snippets} | {each.name for each in workbook.sheets}
    for sheet in workbook.sheets:
        for row in sheet.rows:
            distinct.update(text for text in map(text_of, row) if text)
    return distinct


def joined(distinct: Iterable[str]) -> Texts:
    ordered = tuple(sorted(text.replace(SEPARATOR, " ") for text in distinct))
    lengths = (len(text) + 1 for text in ordered)
    return Texts(ordered, SEPARATOR.join(ordered), (0, *accumulate(lengths)))


def text_of(value: object) -> str:
    """Texts, and whole numbers long enough to identify somebody; nothing of any other cell."""
    if type(value) is str:
        return value
    # Never `in range(…)`: for a float it counts from one end to the other.
    if type(value) is float and value.is_integer() and LONG_NUMBER[0] <= value < LONG_NUMBER[1]:
        return str(int(value))
    return ""


def anything(_match: re.Match[str]) -> bool:
    return True


def found(
    case: ValidationContext, pattern: re.Pattern[str], genuine: Genuine = anything
) -> pd.DataFrame:
    """Every place with a text in which the pattern matches, values that were asked for aside."""
    return standing(case, texts_of(case.reading.workbook).with_match(pattern, genuine))


def table(places: Iterable[Place]) -> pd.DataFrame:
    return pd.DataFrame(sorted(set(places)), columns=COLUMNS, dtype="str")


def in_file_name(case: ValidationContext, pattern: re.Pattern[str]) -> pd.DataFrame:
    """The name that the sender gave the file is kept with it."""
    name = SUFFIX.sub("", case.reading.workbook.file)
    return table([("", "", "file")] if pattern.search(name) else [])


def standing(case: ValidationContext, texts: Collection[str]) -> pd.DataFrame:
    """Where any of the texts stands."""
    return located(case, texts)[COLUMNS]


def located(case: ValidationContext, texts: Collection[str]) -> pd.DataFrame:
    """Where any of the texts stands, and which: not for a finding, which never repeats it."""
    texts = set(texts) - references(case) if texts else texts
    places = list(_places(case, texts)) if texts else []
    return pd.DataFrame(places, columns=[*COLUMNS, "text"], dtype="str")


def _places(case: ValidationContext, texts: Collection[str]) -> Iterator[tuple[str, str, str, str]]:
    workbook = case.reading.workbook
    for number, sheet in enumerate(workbook.sheets, 1):
        if sheet.name in texts:
            yield f"#{number}", "", "sheet", sheet.name
    asked = value_cells(case)
    for sheet in workbook.sheets:
        for cell, text in _cells(sheet, texts):
            if (sheet.name, cell) not in asked:
                yield sheet.name, cell, "cell", text
    for each in workbook.snippets:
        if each.text in texts and is_own(each):
            # The cell of a property is its name.
            cell = "" if each.kind == "property" else each.cell
            yield each.sheet, cell, each.kind, each.text


def _cells(sheet: Sheet, texts: Collection[str]) -> Iterator[tuple[str, str]]:
    for row, values in enumerate(sheet.rows):
        for column, value in enumerate(values):
            if (text := text_of(value)) in texts:
                yield address(row, column), text


def is_own(snippet: TextFragment) -> bool:
    """Written by a person: not by the program, and not the name of a sheet over again."""
    by_program = snippet.kind == "property" and WRITTEN_BY_PROGRAM.fullmatch(snippet.cell)
    return not by_program and not (snippet.kind == "name" and snippet.text == snippet.sheet)


def references(case: ValidationContext) -> set[str]:
    """Addresses of publications, in the columns for them: their numbers are those of a page."""
    cells = case.reading.observations
    given = {text for name in REFERENCES for text in cells[name].unique()}
    return {
        text for text in given if WEB_ADDRESS.fullmatch(text) and not PERSONAL_PAGE.search(text)
    }


def value_cells(case: ValidationContext) -> set[tuple[str, str]]:
    """Where a number was asked for and one stands: a count is never taken for anything else."""
    cells = case.reading.observations
    cells = cells[cells["form"].isin(["number", "percent"])]
    return set(zip(cells["sheet"], cells["cell"], strict=True))
