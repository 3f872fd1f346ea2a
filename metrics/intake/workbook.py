"""A submitted file as opened, and as understood."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import pandas as pd


class MergedCells(NamedTuple):
    """A block of cells that is shown as one, by its first and last row and column from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """A sheet of the submitter's file: rows[0][0] is A1."""

    name: str
    rows: list[list[object]]  # None, bool, float, str, date, datetime, `Percent`, `NonValue`
    visible: bool = True
    merged: tuple[MergedCells, ...] = ()

    @cached_property
    def merged_by_column(self) -> Mapping[int, list[MergedCells]]:
        """The merged cells that begin in each column, from the first row on."""
        found: dict[int, list[MergedCells]] = {}
        for block in sorted(self.merged):
            found.setdefault(block.left, []).append(block)
        return found


# "disguised": a number, also one typed as text, whose format shows something else; "marked": a
# number of which a part is raised, lowered, struck through or unseen, shown as 40[2]
WithoutValue = Literal["error", "formula", "disguised", "marked"]
# A text that holds a number and says more than it: <5, ca. 40, 10-20, 12/15, 12 + 3, 12:30, 12*,
# 40 (estimate), 40 (c), 40 kpl, 12 (Attica), 40 thousand, digits of another script, and a letter
# for a digit: 4O.
BesideNumber = Literal[
    "limit", "estimate", "range", "fraction", "calculation", "time", "footnoted", "with_status",
    "with_confidentiality", "with_unit", "with_note", "multiplied", "other_digits", "with_letters",
]  # fmt: skip
# How the cell of a figure was understood; "rounded": a program dropped digits when it saved it;
# "outdated": a stored result that its formula does not give.
CellForm = Literal[
    "empty", "number", "percent", "text", "ambiguous", "rounded", "outdated", "date", "bool",
    BesideNumber, WithoutValue,
]  # fmt: skip


@dataclass(frozen=True)
class NonValue:
    """A cell without a usable value: an error such as #N/A, or an uncalculated formula."""

    what: WithoutValue
    text: str


class Percent(str):
    """A number that the sheet shows in per cent, as it was typed: 12.5%.

    The decimal point is ours, so it does not show how the submitter writes decimals.
    """

    __slots__ = ()


@dataclass(frozen=True)
class TextFragment:
    """A text outside the cells: a comment, defined name, document property or sheet name."""

    # "hint": shown at a cell, such as an input message; "part": of another part of the file that
    # the clean copy leaves out
    kind: Literal["comment", "name", "property", "header", "drawing", "hint", "part"]
    sheet: str
    cell: str
    text: str


@dataclass(frozen=True)
class CellDisplay:
    """How a cell is displayed where that may change what it means; rows and columns from 0.

    "unit": a text beside the number, by its format. "unseen": in the colour of its background.
    "year": a number that is displayed as the year of a date, with both.
    "struck": a text that is struck through as a whole.
    "other_text": a text or day that is displayed as another one or not at all, by its format.
    "zero": a 0 that is displayed as a dash or not at all. "all_zeros": so is any of the sheet.
    "outdated": a number that its formula does not give, with both; "outdated_text": such a text.
    "volatile" and "circular": a formula of chance or of the day, or of its own result.
    "unchecked": a formula that could not be calculated again. "zero_of_nothing": one that gives 0
    and refers to cells of which none has a number.
    "hidden_row" and "hidden_column": of all cells of the row, or of the column.
    """

    kind: Literal[
        "unit", "unseen", "year", "struck", "other_text", "zero", "all_zeros", "hidden_row",
        "hidden_column", "outdated", "outdated_text", "volatile", "circular", "unchecked",
        "zero_of_nothing",
    ]  # fmt: skip
    sheet: str
    row: int
    column: int
    text: str = ""


@dataclass(frozen=True)
class Workbook:
    """The content of a submitted file, whatever its format."""

    file: str
    format: str
    sheets: tuple[Sheet, ...]
    text_fragments: tuple[TextFragment, ...] = ()
    displays: tuple[CellDisplay, ...] = ()
    stamp: Mapping[str, str] = field(default_factory=dict)  # the stamp of our template
    remarks: tuple[str, ...] = ()  # "macros", "external_links": ignored, and said so


@dataclass(frozen=True)
class ParsedSubmission:
    """A workbook as understood: its scope, observations and actions (docs/tables.md)."""

    workbook: Workbook
    collection: str
    area: str
    round: str
    observations: "pd.DataFrame"
    actions: "pd.DataFrame"
    issues: "pd.DataFrame"  # what could not be read: rule, sheet, cell and values
    other_periods: "pd.DataFrame"  # observations of periods that the round does not ask for
