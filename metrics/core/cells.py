"""Addresses of cells in a spreadsheet: C17 is row 17 of the third column."""

from collections.abc import Iterable, Iterator

DIGITS_OF_A_ROW = "0123456789"
# Patterns of addresses, to the last row of any sheet and little beyond.
ROW_SHAPE = r"(?:104[0-8][0-9]{3}|10[0-3][0-9]{4}|[0-9]{1,6})"
CELL_SHAPE = rf"\$?[A-Z]{{1,3}}\$?{ROW_SHAPE}"
RANGES_SHAPE = rf"{CELL_SHAPE}(?::{CELL_SHAPE})?(?: {CELL_SHAPE}(?::{CELL_SHAPE})?)*"


def column_of(cell: str) -> str:
    """The letters of the column: C of C17."""
    return cell.rstrip(DIGITS_OF_A_ROW)


def column_number(letters: str) -> int:
    """A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 is A."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_address(row: int, column: int) -> str:
    """Row and column count from 0: (16, 2) is C17."""
    return f"{column_letters(column + 1)}{row + 1}"


def row_and_column(cell: str) -> tuple[int, int]:
    """Row and column, counted from 0: C17 is (16, 2)."""
    letters = column_of(cell)
    return int(cell[len(letters) :]) - 1, column_number(letters) - 1


def positions_of_range(cell: str) -> list[tuple[int, int]]:
    """The positions of `B3`, or of each cell of `B3:B5`; none without an address."""
    if ":" not in cell:
        return [row_and_column(cell)] if cell else []
    (top, left), (bottom, right) = map(row_and_column, cell.split(":"))
    return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]


def positions_within(ranges: str, height: int, width: int) -> Iterator[tuple[int, int]]:
    """The positions in ranges such as `A1:B9 D4`, as far as a sheet of this size reaches."""
    for cells in ranges.replace("$", "").split():
        rows, columns = zip(*map(row_and_column, cells.split(":")), strict=True)
        for row in range(max(min(rows), 0), min(max(rows) + 1, height)):
            for column in range(min(columns), min(max(columns) + 1, width)):
                yield row, column


def ranges_of(positions: Iterable[tuple[int, int]]) -> str:
    """Positions as ranges such as `A1:A9 B4`, each of cells below one another."""
    found: list[list[int]] = []  # column, first and last row
    for row, column in sorted(positions, key=lambda position: (position[1], position[0])):
        if found and found[-1][0] == column and found[-1][2] == row - 1:
            found[-1][2] = row
        else:
            found.append([column, row, row])
    return " ".join(
        cell_address(first, column)
        if first == last
        else f"{cell_address(first, column)}:{cell_address(last, column)}"
        for column, first, last in found
    )
