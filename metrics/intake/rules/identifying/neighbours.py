"""Assess a cell by its column: a code among codes, or a place among places, is not a person."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from metrics.core.cells import DIGITS_OF_A_ROW, column_letters
from metrics.intake.findings import ValidationContext
from metrics.intake.rules.identifying.headings import sheet_columns
from metrics.intake.rules.identifying.places import searchable_text

SHORTEST_NUMBER, SHORTEST_CODE = 9, 5  # digits
LONGEST_LABEL = 4  # words


@dataclass(frozen=True)
class ColumnKind:
    """A kind of text, how many make a column of it, and the share below which hits are chance."""

    is_alike: Callable[[str], bool]
    enough: int
    least_share: float


def is_number(text: str) -> bool:
    return text.isdigit() and len(text) >= SHORTEST_NUMBER


def is_label(text: str) -> bool:
    return 0 < len(text.split()) <= LONGEST_LABEL and not any(map(str.isdigit, text))


def is_code(text: str) -> bool:
    return text.isdigit() and len(text) >= SHORTEST_CODE


NUMBERS = ColumnKind(is_number, 3, 0.5)
CODES = ColumnKind(is_code, 3, 0.5)
LABELS = ColumnKind(is_label, 100, 0.05)


def among_other_numbers(context: ValidationContext, places: pd.DataFrame) -> pd.Series:
    """Cells of digits alone in a column where most such numbers are not found."""
    candidates = places["text"].str.isdigit() & (places["where"] == "cell")
    codes = candidates & places["text"].str.startswith("0")  # no count has a zero before it
    is_one_of_codes = _is_rare(context, places, codes, CODES)
    return _is_rare(context, places, candidates, NUMBERS) | is_one_of_codes


def among_other_labels(context: ValidationContext, places: pd.DataFrame) -> pd.Series:
    """Cells of a few words in a long column of different labels, hardly any of which is found."""
    candidates = places["text"].map(is_label).astype(bool) & (places["where"] == "cell")
    return _is_rare(context, places, candidates, LABELS)


def _is_rare(
    context: ValidationContext, places: pd.DataFrame, candidates: pd.Series, kind: ColumnKind
) -> pd.Series:
    """The candidates whose column has enough texts alike, of which few are candidates."""
    if not candidates.any():
        return candidates
    column = places["sheet"] + "!" + places["cell"].str.rstrip(DIGITS_OF_A_ROW)
    found = places[candidates].groupby(column[candidates])["text"].nunique()
    wanted = {*column[candidates]}
    alike = column.map(_count_alike(context, wanted, kind.is_alike)).fillna(0)
    share = column.map(found).fillna(0) / alike.where(alike > 0, 1)
    return candidates & (alike >= kind.enough) & (share < kind.least_share)


def _count_alike(
    context: ValidationContext, columns: set[str], is_alike: Callable[[str], bool]
) -> dict[str, int]:
    """How many different texts of a kind each of the columns holds."""
    workbook, counted = context.reading.workbook, {}
    for sheet, grid in zip(workbook.sheets, sheet_columns(workbook), strict=True):
        for number, cells in enumerate(grid):
            name = f"{sheet.name}!{column_letters(number + 1)}"
            if name in columns:
                texts = {searchable_text(cell).strip() for cell in cells}
                counted[name] = sum(map(is_alike, texts))
    return counted
