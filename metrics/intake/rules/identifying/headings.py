"""Detect from headings, or from preceding words, what kind of data follows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from metrics.catalogue.codelists import fold_text
from metrics.core.cells import cell_address
from metrics.core.discover import read_yaml
from metrics.intake.rules import remember_result
from metrics.intake.rules.identifying.normalisation import normalise_text
from metrics.intake.rules.identifying.places import distinct_cells, workbook_texts
from metrics.intake.workbook import Workbook

HEADING_KINDS = (
    "name", "person_name", "born", "phone", "id", "record", "age", "sex", "latitude", "longitude",
    "other_day", "source", "count", "role", "residence", "plate", "account",
)  # fmt: skip
LONGEST_HEADING = 60
LONGEST_DISTANCE_TO_NUMBER = 40  # characters searched for a word before a number
EDGES = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True)
class TextColumn:
    """The non-empty cells below a heading, as pairs of address and value."""

    sheet: str
    cells: Sequence[tuple[str, object]]


@cache
def listed_words(kind: str) -> frozenset[str]:
    return frozenset(_all_words()[kind])


@cache
def given_names() -> frozenset[str]:
    return frozenset(map(fold_text, listed_words("given_names")))


@cache
def _all_words() -> dict[str, list[str]]:
    return read_yaml(__package__, "words.yaml")


@cache
def known_headings() -> dict[str, list[str]]:
    """The kinds of each case-folded heading, also with suffixes such as "of the victim"."""
    owners = ["", *(f" {word}" for word in listed_words("person_of"))]
    kinds: dict[str, list[str]] = {}
    for kind in HEADING_KINDS:
        for heading in {
            fold_text(f"{EDGES.sub('', word)}{owner}")
            for word in listed_words(kind)
            if len(EDGES.sub("", word)) > 1
            for owner in owners
        }:
            kinds.setdefault(heading, []).append(kind)
    return kinds


def heading_kinds(value: object) -> Sequence[str]:
    """The kinds of heading that a text such as `first_name`, `Surname:` or `Name *` may be."""
    if type(value) is not str or len(value) > LONGEST_HEADING:
        return ()
    return _kinds_of(normalise_text(value))


def _kinds_of(plain: str) -> Sequence[str]:
    return known_headings().get(fold_text(EDGES.sub("", plain)), ())


@remember_result
def sheet_columns(workbook: Workbook) -> list[list[tuple[object, ...]]]:
    """The cells of each sheet, column by column."""
    return [list(zip_longest(*sheet.rows)) for sheet in workbook.sheets]


@remember_result
def workbook_headings(workbook: Workbook) -> dict[str, Sequence[str]]:
    """The texts that may be headings or labels, with their kinds."""
    texts = {cell for sheet in workbook.sheets for cell in distinct_cells(sheet)
             if type(cell) is str and len(cell) <= LONGEST_HEADING}  # fmt: skip
    plain = workbook_texts(workbook).plain
    return {text: kinds for text in texts if (kinds := _kinds_of(plain(text)))}


@remember_result
def _columns_by_kind(workbook: Workbook) -> dict[str, list[TextColumn]]:
    found: dict[str, list[TextColumn]] = {kind: [] for kind in HEADING_KINDS}
    headings = workbook_headings(workbook)
    for sheet, grid in zip(workbook.sheets, sheet_columns(workbook), strict=True):
        for number, cells in enumerate(grid if headings else []):
            rows = [row for row, cell in enumerate(cells, 1)
                    if type(cell) is str and cell in headings]  # fmt: skip
            for row in rows:
                column = TextColumn(sheet.name, filled_cells(cells, number, row))
                for kind in headings[str(cells[row - 1])]:
                    found[kind].append(column)
    return found


def find_columns(workbook: Workbook, kind: str) -> list[TextColumn]:
    """Every column of the workbook below a heading of this kind."""
    return _columns_by_kind(workbook)[kind]


def filled_cells(cells: Sequence[object], number: int, row: int = 0) -> list[tuple[str, object]]:
    """The filled cells of a column below a row, with their addresses."""
    filled = enumerate(cells[row:], row)
    return [
        (cell_address(at, number), cell) for at, cell in filled if cell is not None and cell != ""
    ]


@cache
def announcing_words(kind: str) -> re.Pattern[str]:
    """A pattern of the words, in small letters, that say what number or address follows.

    Not s. in v.s. To ignore the case of letters instead would take ten times as long.
    """
    words = "|".join(sorted({re.escape(word.lower()) for word in listed_words(kind)},
                            key=len, reverse=True))  # fmt: skip
    return re.compile(rf"(?<!\w)(?<!\w\.)(?:{words})(?!\w)")


def is_announced(
    kind: str, match: re.Match[str], distance: int = LONGEST_DISTANCE_TO_NUMBER
) -> bool:
    """Whether a word of this kind precedes the match closely in the same text."""
    near = match.string[max(0, match.start() - distance) : match.start()]
    return bool(announcing_words(kind).search(near.lower()))


def is_followed_by(kind: str, match: re.Match[str], distance: int) -> bool:
    """Whether a word of this kind follows the match closely in the same text."""
    near = match.string[match.end() : match.end() + distance]
    return bool(announcing_words(kind).search(near.lower()))
