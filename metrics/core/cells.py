"""Addresses of cells in a spreadsheet: C17 is row 17 of the third column."""

DIGITS_OF_A_ROW = "0123456789"


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
