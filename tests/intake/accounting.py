"""Account for the cells of a submission drawn in a test."""

from collections.abc import Mapping

import pandas as pd

from metrics.catalogue.loader import catalogue
from metrics.intake.accounted_cells import account_for_cells
from metrics.intake.reading import find_tables, ingest
from metrics.intake.validate import validate
from metrics.intake.workbook import Sheet, Workbook
from metrics.submissions.accepted_before import PriorData
from metrics.submissions.validation_contexts import validation_context
from tests.sheets import BELONGS, sheet


def account_for(
    *sheets: Sheet | str, asked: Mapping[str, str] = BELONGS, stamp: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """The cells of drawn sheets, as they are accounted for without any earlier submission."""
    drawn = tuple(sheet(content) if isinstance(content, str) else content for content in sheets)
    return account_for_workbook(Workbook("drawn.xlsx", "xlsx", drawn, stamp=stamp or {}), asked)


def account_for_workbook(workbook: Workbook, asked: Mapping[str, str] = BELONGS) -> pd.DataFrame:
    found = find_tables(workbook)
    reading = ingest(workbook, catalogue(), asked, found)
    findings = validate(validation_context(reading, asked, PriorData(), catalogue()))
    return account_for_cells(reading, found.layouts, findings, catalogue())


def handled(cells: pd.DataFrame) -> dict[str, str]:
    """How each cell is handled, with the reason: `D2` → `asked: number_not_shown`."""
    rows = zip(cells["cell"], cells["handling"], cells["reason"], strict=True)
    return {cell: f"{how}: {why}".removesuffix(": ") for cell, how, why in rows}
