"""Report figures that are displayed with another unit, or that nobody sees on the sheet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from math import nan

import pandas as pd

from metrics.catalogue.definitions.indicators import Indicator
from metrics.core.cells import cell_address, row_and_column
from metrics.core.shared_texts import shared_texts
from metrics.intake.issue_names import IssueName
from metrics.intake.reading.issues import ReadIssue
from metrics.intake.reading.numbers import cell_text
from metrics.intake.reading.qualifiers import Qualified, unit_issue
from metrics.intake.workbook import CellDisplay, Sheet, Workbook

POSSIBLE_YEARS = range(1900, 2101)
CHANGING: Mapping[str, IssueName] = {"volatile": "result_changes", "circular": "formula_circular"}
IN_DOUBT = {"volatile", "circular", "outdated", "outdated_text"}
MOST_NAMED_CELLS = 20  # cells


def display_issues(
    workbook: Workbook, observations: pd.DataFrame, indicators: Mapping[str, Indicator]
) -> Iterator[ReadIssue]:
    """Units in the formats of figures, and what is hidden or displayed otherwise than it is."""
    if not workbook.displays:
        return
    stated = observations[observations["typed"] != ""]
    yield from _display_issues_by_cell(workbook, stated, indicators)
    yield from _hidden_issues(workbook, stated)
    yield from _struck_issues(workbook, stated)
    yield from _zero_issues(workbook, stated)
    yield from _text_issues(workbook, stated)
    yield from _formula_issues(workbook, stated)


def with_outdated_results(workbook: Workbook, observations: pd.DataFrame) -> pd.DataFrame:
    """The observations; a result that its formula does not give has what is stored, and that."""
    results = {
        (own.sheet, cell_address(own.row, own.column)): own.text.partition(" ")
        for own in workbook.displays
        if own.kind == "outdated"
    }
    if not results:
        return observations
    cells = zip(observations["sheet"], observations["cell"], strict=True)
    found = [results.get(cell, ("", "", "")) for cell in cells]
    texts = pd.DataFrame(found, observations.index, ["typed", "form", "understood"], dtype="str")
    is_outdated = (texts["typed"] != "") & (observations["form"] == "formula")
    texts["form"] = "outdated"
    return observations.assign(
        **{str(name): observations[name].mask(is_outdated, texts[name]) for name in texts}
    )


def without_years_of_dates(workbook: Workbook, observations: pd.DataFrame) -> pd.DataFrame:
    """The observations; one whose number is displayed as the year of a date has a date instead."""
    years = {
        (own.sheet, cell_address(own.row, own.column)): own.text
        for own in workbook.displays
        if own.kind == "year"
    }
    if not years:
        return observations
    cells = zip(observations["sheet"], observations["cell"], strict=True)
    texts = pd.Series([years.get(cell, "") for cell in cells], index=observations.index)
    is_year = (texts != "") & (observations["form"] == "number")
    without = {"typed": texts, "form": "date", "value": nan, "understood": ""}
    return observations.assign(
        **{name: observations[name].mask(is_year, other) for name, other in without.items()}
    )


def _display_issues_by_cell(
    workbook: Workbook, stated: pd.DataFrame, indicators: Mapping[str, Indicator]
) -> Iterator[ReadIssue]:
    texts = {
        (own.sheet, cell_address(own.row, own.column), own.kind): own.text
        for own in workbook.displays
        if own.kind in {"unit", "unseen"}
    }
    named = (shared_texts(stated[name]) for name in ("sheet", "cell", "indicator", "component"))
    for sheet, cell, indicator, component in zip(*named, strict=True) if texts else ():
        if (sheet, cell, "unseen") in texts:
            yield ReadIssue("figure_unseen", sheet, cell)
        if unit := texts.get((sheet, cell, "unit")):
            row = Qualified(indicators[indicator], component, unit)
            yield from unit_issue(row, sheet, cell)


def _hidden_issues(workbook: Workbook, stated: pd.DataFrame) -> Iterator[ReadIssue]:
    """One issue for each sheet, at the first of its hidden figures."""
    rows, columns = (
        {(own.sheet, getattr(own, way)) for own in workbook.displays if own.kind == f"hidden_{way}"}
        for way in ("row", "column")
    )
    hidden = []
    for sheet, cell in zip(stated["sheet"], stated["cell"], strict=True) if rows | columns else ():
        row, column = row_and_column(cell)
        if (sheet, row) in rows or (sheet, column) in columns:
            hidden.append((sheet, cell))
    return _issues_of_sheets("figures_hidden", hidden)


def _zero_issues(workbook: Workbook, stated: pd.DataFrame) -> Iterator[ReadIssue]:
    """One issue for each sheet, at the first zero that is displayed as a dash or not at all."""
    unseen = {
        (own.sheet, cell_address(own.row, own.column))
        for own in workbook.displays
        if own.kind == "zero"
    }
    sheets = {own.sheet for own in workbook.displays if own.kind == "all_zeros"}
    zeros = stated[(stated["value"] == 0) & (stated["form"] == "number")]
    cells = zip(zeros["sheet"], zeros["cell"], strict=True) if unseen or sheets else ()
    found = (cell for cell in cells if cell[0] in sheets or cell in unseen)
    return _issues_of_sheets("zeros_not_shown", found)


def _text_issues(workbook: Workbook, stated: pd.DataFrame) -> Iterator[ReadIssue]:
    """One issue for each sheet, at the first text or day that is displayed otherwise.

    So is a year with a word beside it. A figure typed as such a text is asked about in its cell.
    """
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    others = [
        (own.sheet, cell_address(own.row, own.column))
        for own in workbook.displays
        if own.kind == "other_text"
        or _is_year_with_unit(own, sheets)
        or _is_unseen_text(own, sheets)
    ]
    figures = stated[stated["form"].isin(["disguised", "number"])] if others else stated[:0]
    asked = set(zip(figures["sheet"], figures["cell"], strict=True))
    return _issues_of_sheets("texts_not_shown", (cell for cell in others if cell not in asked))


def _is_unseen_text(own: CellDisplay, sheets: Mapping[str, Sheet]) -> bool:
    value = sheets[own.sheet].rows[own.row][own.column] if own.kind == "unseen" else None
    return isinstance(value, str) and any(map(str.isalnum, value))


def _is_year_with_unit(own: CellDisplay, sheets: Mapping[str, Sheet]) -> bool:
    value = sheets[own.sheet].rows[own.row][own.column] if own.kind == "unit" else None
    return isinstance(value, float) and value.is_integer() and value in POSSIBLE_YEARS


def _formula_issues(workbook: Workbook, stated: pd.DataFrame) -> Iterator[ReadIssue]:
    """Figures whose formula is doubtful or was not verified, and other formulas in doubt."""
    figures = set(zip(stated["sheet"], stated["cell"], strict=True))
    sheets = {*stated["sheet"]}
    unchecked: dict[str, list[str]] = defaultdict(list)
    zeros, others = [], []
    for own in workbook.displays:
        cell = own.sheet, cell_address(own.row, own.column)
        if own.kind == "unchecked" and cell in figures:
            unchecked[own.sheet].append(cell[1])
        elif own.kind == "zero_of_nothing" and cell in figures:
            zeros.append(cell)
        elif own.kind in CHANGING and cell in figures:
            yield ReadIssue(CHANGING[own.kind], *cell)
        elif own.kind in IN_DOUBT and cell not in figures and own.sheet in sheets:
            others.append(cell)
    for sheet, cells in unchecked.items():
        more = [f"(+{len(cells) - MOST_NAMED_CELLS})"] if len(cells) > MOST_NAMED_CELLS else []
        named = " ".join([", ".join(cells[:MOST_NAMED_CELLS]), *more])
        yield ReadIssue("results_may_be_old", sheet, cells[0], detail=named)
    yield from _issues_of_sheets("zero_of_empty_cells", zeros)
    yield from _issues_of_sheets("formulas_in_doubt", others)


def _issues_of_sheets(rule: IssueName, cells: Iterable[tuple[str, str]]) -> Iterator[ReadIssue]:
    """One issue for each sheet, at the first of its cells, with their number."""
    by_sheet: dict[str, list[str]] = defaultdict(list)
    for sheet, cell in cells:
        by_sheet[sheet].append(cell)
    for sheet, found in by_sheet.items():
        yield ReadIssue(rule, sheet, found[0], detail=str(len(found)))


def _struck_issues(workbook: Workbook, stated: pd.DataFrame) -> Iterator[ReadIssue]:
    """Figures beside texts that are struck through, to their left: the row may be withdrawn.

    So may a step, which is a text itself.
    """
    struck: dict[tuple[str, int], CellDisplay] = {}
    for own in workbook.displays:
        if own.kind == "struck":
            struck.setdefault((own.sheet, own.row), own)
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    named = zip(stated["sheet"], stated["cell"], stated["form"], strict=True)
    for sheet, cell, form in named if struck else ():
        row, column = row_and_column(cell)
        label = struck.get((sheet, row))
        is_asked = form == "marked"  # a number that is struck through itself
        if label and (label.column < column or (label.column == column and not is_asked)):
            typed = cell_text(sheets[sheet].rows[row][label.column])
            yield ReadIssue("row_deleted", sheet, cell, typed)
