"""Sheets drawn in a test: one line a row, cells between bars, numbers as numbers."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.workbook import Workbook as Book
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet

from metrics.catalogue.loader import catalogue
from metrics.intake.reading import ingest
from metrics.intake.templates import TemplateRequest, templates
from metrics.intake.workbook import ParsedSubmission, Sheet, Workbook

BELONGS = {"collection": "empact-cse", "area": "FI", "round": "2024"}


def drawn(text: str) -> list[list[object]]:
    """Every line is a row and every part between bars a cell; A1 is the first part."""
    lines = [line.strip() for line in text.strip("\n").splitlines()]
    return [[_cell(part.strip()) for part in line.split("|")] for line in lines]


def _cell(text: str) -> object:
    if text.startswith("'"):  # as in a spreadsheet: a number that was typed as text
        return text[1:]
    try:
        return float(text)
    except ValueError:
        return text or None


def sheet(text: str, name: str = "Figures") -> Sheet:
    return Sheet(name, drawn(text))


def read(
    *sheets: Sheet | str,
    asked: Mapping[str, str] | None = None,
    stamp: Mapping[str, str] | None = None,
) -> ParsedSubmission:
    drawn_sheets = tuple(
        sheet(content) if isinstance(content, str) else content for content in sheets
    )
    workbook = Workbook("drawn.xlsx", "xlsx", drawn_sheets, stamp=stamp or {})
    return ingest(workbook, catalogue(), BELONGS if asked is None else asked)


def figures(reading: ParsedSubmission, *columns: str) -> list[tuple[object, ...]]:
    """Some columns of the observations, row by row."""
    return [*reading.observations[[*columns]].itertuples(index=False, name=None)]


def odd(reading: ParsedSubmission, *columns: str) -> list[tuple[object, ...]]:
    return [*reading.issues[["rule", *columns]].itertuples(index=False, name=None)]


def order(language: str = "en", round_: str = "2024", area: str = "FI") -> TemplateRequest:
    known = catalogue()
    collection = known.collections["empact-cse"]
    asked = next(known_round for known_round in collection.rounds if known_round.code == round_)
    return TemplateRequest(
        collection, area, asked, known.indicators, known.goals, known.frameworks, known.version,
        language,
    )  # fmt: skip


def written(asked: TemplateRequest) -> Book:
    """The ordinary workbook, opened as an analyst's program would."""
    return load_workbook(BytesIO(templates()["follow_up"].write(asked)))


def heading_rows(book: Book) -> dict[str, tuple[int, dict[str, int]]]:
    """For each sheet with figures the row of its headings, and the column of each of them."""
    found = {}
    for page in book.worksheets:
        for cells in page.iter_rows(max_row=10):
            texts = {str(cell.value): cell.column for cell in cells if cell.value}
            if texts and cells[0].value in {"Series", "Sarja", "Σειρά"}:
                found[page.title] = (cells[0].row, texts)
    return found


def series_keys(book: Book) -> list[str]:
    """The key of every row with a figure, in the order of the sheets."""
    return [
        str(cells[0].value)
        for title, (row, _) in heading_rows(book).items()
        for cells in book[title].iter_rows(min_row=row + 1)
        if cells[0].value
    ]


def fill(book: Book, values: Mapping[str, str | float | date], column: str) -> None:
    """Write values, by series, into the column of that heading."""
    for title, (row, columns) in heading_rows(book).items():
        for cells in book[title].iter_rows(min_row=row + 1):
            key = str(cells[0].value)
            if key in values:
                book[title].cell(cells[0].row or 0, columns[column], values[key])


def saved(book: Book, path: Path) -> Path:
    book.save(path)
    return path


def row_of_headings(page: Worksheet) -> int:
    """The row of the headings in the list of findings, which has as many cells as the list."""
    return next(row for row in range(1, page.max_row + 1) if page.cell(row, 6).value)


def listed_cells(page: Worksheet, column: int) -> list[Cell | MergedCell]:
    """The cells of a column of the list of findings, below its headings."""
    first = row_of_headings(page) + 1
    return [page.cell(row, column) for row in range(first, page.max_row + 1)]


def listed_forms(page: Worksheet) -> list[RowDimension]:
    """The form of each row of the list of findings: height, level in the outline, hidden or not."""
    first = row_of_headings(page) + 1
    return [page.row_dimensions[row] for row in range(first, page.max_row + 1)]


def listed_levels(page: Worksheet) -> list[int | None]:
    """How deep each row of the list is in the outline."""
    return [form.outlineLevel for form in listed_forms(page)]
