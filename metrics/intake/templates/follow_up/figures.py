"""A sheet of figures: one row for each series, one column for each field."""

from collections.abc import Callable, Sequence
from itertools import product

from metrics.catalogue.definitions.indicators import Indicator, Kind
from metrics.core.tables import STEP
from metrics.intake.own_texts import component_of_row
from metrics.intake.templates.follow_up.book import Book, Page, row_height
from metrics.intake.templates.follow_up.checks import (
    CheckedColumn,
    CheckedRow,
    mark_values,
    validations,
)
from metrics.intake.templates.follow_up.reported import (
    is_comparable,
    previous_explanations,
    previous_period,
    previous_values,
)
from metrics.intake.templates.follow_up.requested_lines import requested_lines, requested_periods

COMMENT = {"author": "empact", "width": 320, "height": 120}
HEADER = 3  # the row of the headings, counted from 0, below the title
FIGURE_WIDTHS = {
    "series": 15, "indicator": 42, "breakdown": 40, "unit": 19, "period": 10, "previous": 14,
    "value": 16, "observation_status": 25, "confidentiality_status": 25, "since": 13,
    "reference": 32, "remark": 44,
}  # fmt: skip
OPEN_COLUMNS = (
    "value", "observation_status", "confidentiality_status", "since", "reference", "remark",
)  # fmt: skip


def add_figures(book: Book, name: str, indicators: Sequence[Indicator]) -> None:
    rows = _numbered_rows(book, indicators)
    columns = _requested_columns(book, indicators)
    sheet = book.add_sheet(name or book.words["sheets"]["other"])
    book.write_scope(sheet, 1)
    _write_headings(book, sheet, sheet_title(book, name), columns)
    for number, column in enumerate(columns):
        _write_column(book, sheet, number, column, rows)
    for row in rows:
        sheet.set_row(row.number, _height(book, row))
        _remember_texts(book, row)
    mark_values(book, sheet, columns, rows)
    remark = [column.name for column in columns].index("remark")
    _offer_explanations(book, sheet, remark, rows)
    sheet.freeze_panes(HEADER + 1, 2)
    sheet.repeat_rows(HEADER)
    sheet.autofilter(HEADER, 0, rows[-1].number, len(columns) - 1)


def _remember_texts(book: Book, row: CheckedRow) -> None:
    """The name and the unit of a row, which may have other words when the workbook comes back."""
    language, line = book.request.language, row.line
    code = line.indicator.code
    book.remember("indicator", line.indicator.name(language), about=code)
    book.remember("unit", line.unit(language), about=component_of_row(code, line.component))


def _offer_explanations(book: Book, sheet: Page, remark: int, rows: Sequence[CheckedRow]) -> None:
    """Show the previous explanation of a warning as a comment on the remark cell."""
    explanations, message = previous_explanations(book), book.words["messages"]["explained"]
    for row in rows:
        if text := explanations.get(row.line.series):
            comment = message.format(period=previous_period(book), remark=text)
            sheet.write_comment(row.number, remark, comment, COMMENT)


def _numbered_rows(book: Book, indicators: Sequence[Indicator]) -> list[CheckedRow]:
    yearly = "period" in _unneeded_columns(book, indicators)
    requested = [
        (line, period)
        for indicator in indicators
        for period in (("",) if yearly else requested_periods(book.request, indicator.frequency))
        for line in requested_lines(book.request.definition(indicator, period))
    ]
    return [CheckedRow(number, *row) for number, row in enumerate(requested, start=HEADER + 1)]


def _requested_columns(book: Book, indicators: Sequence[Indicator]) -> list[CheckedColumn]:
    unneeded = _unneeded_columns(book, indicators)
    names = [name for name in FIGURE_WIDTHS if name not in unneeded]
    closed = [name for name in names if name not in OPEN_COLUMNS]
    # If rows have their own periods, there is one value per row.
    periods = book.request.periods if "period" in unneeded else ("",)
    repeated = product(periods, names[len(closed) :])
    return [
        *map(CheckedColumn, closed),
        *(CheckedColumn(name, period) for period, name in repeated),
    ]


def _unneeded_columns(book: Book, indicators: Sequence[Indicator]) -> set[str]:
    """Period if all rows are asked once a round; day and reference without milestones.

    If the definition of an indicator changes within the round, its rows differ by period.
    """
    changed = any(len(book.request.definitions(indicator)) > 1 for indicator in indicators)
    yearly = {indicator.frequency for indicator in indicators} == {"A"} and not changed
    steps = Kind.MILESTONE in {indicator.kind for indicator in indicators}
    return {*(("period",) if yearly else ()), *(() if steps else ("since", "reference"))}


def _write_headings(book: Book, sheet: Page, title: str, columns: Sequence[CheckedColumn]) -> None:
    book.write_title(sheet, title)
    sheet.set_row(HEADER, 48)
    for number, column in enumerate(columns):
        sheet.set_column(number, number, FIGURE_WIDTHS[column.name])
        sheet.write(HEADER, number, _heading(book, column), book.style("header"))
        book.remember_heading("observations", column.name)


def sheet_title(book: Book, name: str) -> str:
    """Name the policy target or framework that a sheet is about."""
    frameworks = book.request.frameworks.values()
    names = {framework.code: framework.name for framework in frameworks} | {
        target.code: target.name for framework in frameworks for target in framework.policy_targets
    }
    if name in names:
        return f"{name} – {names[name](book.request.language)}"
    return name or book.words["sheets"]["other"]


def _heading(book: Book, column: CheckedColumn) -> str:
    name = book.words["observations"][column.name]
    if column.name == "previous":
        return f"{name} ({period})" if (period := previous_period(book)) else name
    # Only the value's heading names the period, unless there are several.
    names_period = column.name == "value" or len(book.request.periods) > 1
    return f"{name} {column.period}" if column.period and names_period else name


def _write_column(
    book: Book, sheet: Page, number: int, column: CheckedColumn, rows: Sequence[CheckedRow]
) -> None:
    for row, content in zip(rows, _column_contents(book, column, rows), strict=True):
        sheet.write(row.number, number, content, book.style(_style(column, row)))
    for first, last, validation in validations(book, column, rows):
        sheet.data_validation(first, number, last, number, validation)


def _height(book: Book, row: CheckedRow) -> float:
    language, line = book.request.language, row.line
    texts = {"breakdown": line.label(language), "unit": line.unit(language)}
    if not line.by:  # repeated names are clipped
        texts["indicator"] = line.indicator.name(language)
    return row_height((text, FIGURE_WIDTHS[name]) for name, text in texts.items())


def _column_contents(book: Book, column: CheckedColumn, rows: Sequence[CheckedRow]) -> list[object]:
    language = book.request.language
    if column.name in OPEN_COLUMNS:
        return [None] * len(rows)
    if column.name == "previous":
        reported = previous_values(book)
        return [
            reported.get(row.line.series) if is_comparable(book, row.line, row.period) else None
            for row in rows
        ]
    contents: dict[str, Callable[[CheckedRow], str | None]] = {
        "series": lambda row: row.line.series,
        "indicator": lambda row: row.line.indicator.name(language),
        "breakdown": lambda row: None if row.line.chosen else row.line.label(language),
        "unit": lambda row: row.line.unit(language),
        "period": lambda row: row.period,
    }
    return [contents[column.name](row) for row in rows]


def _style(column: CheckedColumn, row: CheckedRow) -> str:
    if column.name in OPEN_COLUMNS:
        return _open_style(column, row)
    if column.name == "breakdown" and row.line.chosen:
        return "open"
    indicator, breakdown = ("again", "part") if row.line.by else ("first", "first")
    styles = {
        "series": "key", "previous": f"{_number_style(row)}_before",
        "indicator": indicator, "breakdown": breakdown,
    }  # fmt: skip
    return styles.get(column.name, "cell")


def _open_style(column: CheckedColumn, row: CheckedRow) -> str:
    """Days and references can be filled in for milestones only."""
    if column.name in {"observation_status", "confidentiality_status", "remark"}:
        return "open"
    if row.line.component == STEP:
        return "day" if column.name == "since" else "open"
    if column.name != "value":
        return "closed"
    return _number_style(row)


def _number_style(row: CheckedRow) -> str:
    return "whole" if row.line.takes_whole_numbers else "measured"
