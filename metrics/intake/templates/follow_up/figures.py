"""A sheet of figures: one row for each series, one cell for each thing that may be said of it."""

from collections.abc import Callable, Sequence
from itertools import product

from metrics.catalogue.definitions import Indicator, Kind
from metrics.core.tables import STEP
from metrics.intake.templates.follow_up.asked import is_whole, lines, periods
from metrics.intake.templates.follow_up.book import Book, Page, height
from metrics.intake.templates.follow_up.checks import (
    CheckedColumn,
    CheckedRow,
    mark_values,
    validations,
)
from metrics.intake.templates.follow_up.reported import (
    explanations_before,
    period_before,
    values_before,
)

COMMENT = {"author": "empact", "width": 320, "height": 120}
HEADER = 3  # the row of the headings, counted from 0, below the title
WIDTHS = {
    "series": 15, "indicator": 42, "breakdown": 40, "unit": 19, "period": 10, "previous": 14,
    "value": 16, "observation_status": 25, "confidentiality_status": 25, "since": 13,
    "reference": 32, "remark": 44,
}  # fmt: skip
SAID = ("value", "observation_status", "confidentiality_status", "since", "reference", "remark")


def add_figures(book: Book, place: str, indicators: Sequence[Indicator]) -> None:
    rows = _rows(book, indicators)
    columns = _columns(book, indicators)
    sheet = book.sheet(place or book.words["sheets"]["other"])
    _head(book, sheet, place, columns)
    for number, column in enumerate(columns):
        _fill(book, sheet, (number, column), rows)
    for row in rows:
        sheet.set_row(row.number, _height(book, row))
    mark_values(book, sheet, columns, rows)
    _offer(book, sheet, [column.name for column in columns].index("remark"), rows)
    sheet.freeze_panes(HEADER + 1, 2)
    sheet.repeat_rows(HEADER)
    sheet.autofilter(HEADER, 0, rows[-1].number, len(columns) - 1)


def _offer(book: Book, sheet: Page, remark: int, rows: Sequence[CheckedRow]) -> None:
    """Where a warning was explained last time, its explanation as a comment on the remark."""
    explained = explanations_before(book)
    said = book.words["messages"]["explained"]
    for row in rows:
        if text := explained.get(row.line.series):
            comment = said.format(period=period_before(book), remark=text)
            sheet.write_comment(row.number, remark, comment, COMMENT)


def _rows(book: Book, indicators: Sequence[Indicator]) -> list[CheckedRow]:
    once = "period" in _needless(indicators)
    asked = [
        (line, period)
        for each in indicators
        for period in (("",) if once else periods(book.order, each.frequency))
        for line in lines(each)
    ]
    return [CheckedRow(number, *row) for number, row in enumerate(asked, start=HEADER + 1)]


def _columns(book: Book, indicators: Sequence[Indicator]) -> list[CheckedColumn]:
    needless = _needless(indicators)
    names = [name for name in WIDTHS if name not in needless]
    said = [name for name in names if name in SAID]
    # Where rows have periods of their own, there is one value a row.
    asked = product(book.order.periods if "period" in needless else ("",), said)
    return [
        *map(CheckedColumn, names[: -len(said)]),
        *(CheckedColumn(name, period) for period, name in asked),
    ]


def _needless(indicators: Sequence[Indicator]) -> set[str]:
    """Periods where all is asked once a round, days and references where nothing has steps."""
    yearly = {each.frequency for each in indicators} == {"A"}
    steps = Kind.MILESTONE in {each.kind for each in indicators}
    return {*(("period",) if yearly else ()), *(() if steps else ("since", "reference"))}


def _head(book: Book, sheet: Page, place: str, columns: Sequence[CheckedColumn]) -> None:
    sheet.write(0, 0, title(book, place), book.style("title"))
    sheet.set_row(HEADER, 48)
    for number, column in enumerate(columns):
        sheet.set_column(number, number, WIDTHS[column.name])
        sheet.write(HEADER, number, _heading(book, column), book.style("header"))


def title(book: Book, place: str) -> str:
    """What a sheet is about, in the words of its framework."""
    frameworks = book.order.frameworks.values()
    names = {each.code: each.name for each in frameworks}
    names |= {target.code: target.name for each in frameworks for target in each.policy_targets}
    other = book.words["sheets"]["other"]
    return f"{place} – {names[place](book.order.language)}" if place in names else place or other


def _heading(book: Book, column: CheckedColumn) -> str:
    name = book.words["observations"][column.name]
    if column.name == "previous":
        return f"{name} ({before})" if (before := period_before(book)) else name
    # Only the value names its period, unless there are several of them.
    return f"{name} {column.period}" if _names_period(book, column) else name


def _names_period(book: Book, column: CheckedColumn) -> bool:
    return bool(column.period) and (column.name == "value" or len(book.order.periods) > 1)


def _fill(
    book: Book, sheet: Page, place: tuple[int, CheckedColumn], rows: Sequence[CheckedRow]
) -> None:
    number, column = place
    texts = _texts(book, column, rows)
    for row, text in zip(rows, texts, strict=True):
        sheet.write(row.number, number, text, book.style(_style(column, row)))
    for first, last, rule in validations(book, column, rows):
        sheet.data_validation(first, number, last, number, rule)


def _height(book: Book, row: CheckedRow) -> float:
    language, line = book.order.language, row.line
    said = {"breakdown": line.label(language), "unit": line.unit(language)}
    if not line.by:  # where the name is repeated it is cut off
        said["indicator"] = line.indicator.name(language)
    return height((text, WIDTHS[name]) for name, text in said.items())


def _texts(book: Book, column: CheckedColumn, rows: Sequence[CheckedRow]) -> list[object]:
    language = book.order.language
    if column.name in SAID:
        return [None] * len(rows)
    if column.name == "previous":
        reported = values_before(book)
        return [reported.get(row.line.series) for row in rows]
    say: dict[str, Callable[[CheckedRow], str | None]] = {
        "series": lambda row: row.line.series,
        "indicator": lambda row: row.line.indicator.name(language),
        "breakdown": lambda row: None if row.line.chosen else row.line.label(language),
        "unit": lambda row: row.line.unit(language),
        "period": lambda row: row.period,
    }
    return [say[column.name](row) for row in rows]


def _style(column: CheckedColumn, row: CheckedRow) -> str:
    if column.name in SAID:
        return _open_style(column, row)
    if column.name == "breakdown" and row.line.chosen:
        return "open"
    name, words = ("again", "part") if row.line.by else ("first", "first")
    named = {"series": "key", "previous": "before", "indicator": name, "breakdown": words}
    return named.get(column.name, "cell")


def _open_style(column: CheckedColumn, row: CheckedRow) -> str:
    """Of what is filled in: days and references belong to milestones only."""
    if column.name in {"observation_status", "confidentiality_status", "remark"}:
        return "open"
    if row.line.component == STEP:
        return "day" if column.name == "since" else "open"
    if column.name != "value":
        return "closed"
    return "whole" if is_whole(row.line) else "measured"
