"""A small workbook for a test: a handful of indicators, written, and looked at cell by cell."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.workbook import Workbook as Book
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import Indicator
from metrics.intake.templates import TemplateRequest
from tests.sheets import heading_rows, order, written
from tests.tables import indicator

# One of each kind, with crossed parts, parts that overlap, and parts that are chosen.
KINDS = (
    "ICSE_VICTIMS", "ICSE_USERS", "ISPS_FILTERING", "TAKEDOWN_TIME", "LEGAL_INSTRUMENT",
    "THIRD_COUNTRY_ACTIONS", "SPECIALISED_STAFF", "WEPROTECT_PARTICIPATION",
)  # fmt: skip

AA = indicator("AA", by=("sex",), codes={"sex": ("F", "M")})
LAW = indicator("LAW", kind="milestone", unit="STEP", ladder=("not_started", "in_force"))
STAFF = indicator("STAFF", unit="FTE")


def asking(*codes: str, language: str = "en") -> TemplateRequest:
    """An order for these indicators of the catalogue only."""
    whole = order(language)
    return replace(whole, indicators={code: whole.indicators[code] for code in codes or KINDS})


def of(*indicators: Indicator, goals: Iterable[Goal] = (), language: str = "en") -> TemplateRequest:
    """An order for indicators that a test draws."""
    return replace(
        order(language),
        indicators={definition.code: definition for definition in indicators},
        goals={goal.code: goal for goal in goals},
    )


def only_sheet(asked: TemplateRequest) -> tuple[Worksheet, int, Mapping[str, int]]:
    """The one sheet of figures, the row of its headings, and their columns."""
    book = written(asked)
    ((title, (row, columns)),) = heading_rows(book).items()
    return book[title], row, columns


def below(page: Worksheet, row: int, column: int) -> list[object]:
    """What stands under a heading."""
    return [page.cell(number, column).value for number in range(row + 1, page.max_row + 1)]


def rule_at(page: Worksheet, cell: Cell | MergedCell) -> DataValidation | None:
    """What the spreadsheet checks when the cell is filled in."""
    rules = page.data_validations.dataValidation
    return next((validation for validation in rules if cell.coordinate in validation.sqref), None)


def offered(book: Book, rule: DataValidation | None) -> list[object]:
    """The texts of a list to choose from, as they stand on the hidden sheet."""
    if rule is None or rule.type != "list":
        return []
    sheet, _, place = str(rule.formula1).replace("'", "").lstrip("=").partition("!")
    cells = book[sheet][place]
    return [cell.value for (cell,) in cells] if isinstance(cells, tuple) else [cells.value]
