"""What a heading, or the words before a number, say about what follows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from metrics.catalogue.codelists import folded
from metrics.core.cells import address
from metrics.core.discover import yaml_of
from metrics.intake.rules import once
from metrics.intake.workbook import Workbook

KINDS = (
    "name", "person_name", "born", "phone", "id", "age", "sex", "latitude", "longitude",
    "other_day",
)  # fmt: skip
LONGEST_HEADING = 60
NEAR = 40  # characters before a number in which a word says what it is
EDGES = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True)
class TextColumn:
    """The filled cells below a heading, as pairs of address and value."""

    sheet: str
    cells: Sequence[tuple[str, object]]


@cache
def words(kind: str) -> frozenset[str]:
    return frozenset(_written()[kind])


@cache
def _written() -> dict[str, list[str]]:
    return yaml_of(__package__, "words.yaml")


@cache
def headings() -> dict[str, list[str]]:
    """What each heading may mean, folded; each also with “of the victim” and the like behind it."""
    of = ["", *(f" {each}" for each in words("person_of"))]
    known: dict[str, list[str]] = {}
    for kind in KINDS:
        for heading in {folded(f"{word}{owner}") for word in words(kind) for owner in of}:
            known.setdefault(heading, []).append(kind)
    return known


def meanings(value: object) -> Sequence[str]:
    """The kinds of heading that a cell may be: `first_name`, `Surname:`, `Name *`."""
    if type(value) is not str or len(value) > LONGEST_HEADING:
        return ()
    return headings().get(folded(EDGES.sub("", value).replace("_", " ")), ())


@once
def grids(workbook: Workbook) -> list[list[tuple[object, ...]]]:
    """The cells of each sheet, column by column."""
    return [list(zip_longest(*sheet.rows)) for sheet in workbook.sheets]


@once
def _headed(workbook: Workbook) -> dict[str, list[TextColumn]]:
    found: dict[str, list[TextColumn]] = {kind: [] for kind in KINDS}
    for sheet, grid in zip(workbook.sheets, grids(workbook), strict=True):
        for number, cells in enumerate(grid):
            known = {cell: kinds for cell in _texts(cells) if (kinds := meanings(cell))}
            rows = [row for row, cell in enumerate(cells, 1) if known and cell in known]
            for row in rows:
                column = TextColumn(sheet.name, below(cells, number, row))
                for kind in known[str(cells[row - 1])]:
                    found[kind].append(column)
    return found


def _texts(cells: Sequence[object]) -> set[str]:
    return {cell for cell in cells if type(cell) is str}


def columns(workbook: Workbook, kind: str) -> list[TextColumn]:
    """Every column of the workbook that stands under a heading of the kind."""
    return _headed(workbook)[kind]


def below(cells: Sequence[object], number: int, row: int = 0) -> list[tuple[str, object]]:
    """The filled cells of a column under a row, with their addresses."""
    filled = enumerate(cells[row:], row)
    return [(address(at, number), cell) for at, cell in filled if cell is not None and cell != ""]


@cache
def _before(kind: str) -> re.Pattern[str]:
    known = "|".join(sorted(map(re.escape, words(kind)), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{known})(?!\w)", re.IGNORECASE)


def said_before(kind: str, match: re.Match[str]) -> bool:
    """Does a word of the kind stand shortly before, in the same text?"""
    near = match.string[max(0, match.start() - NEAR) : match.start()]
    return bool(_before(kind).search(near.rpartition("\0")[2]))
