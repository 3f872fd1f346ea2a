"""What a State reported last, shown beside the cell for the new figure."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from metrics.catalogue.codelists import codelist
from metrics.core.period import ReferencePeriod
from metrics.core.series import format_series
from metrics.core.tables import BREAKDOWNS, STEP
from metrics.intake.templates.follow_up.book import Book
from metrics.intake.templates.follow_up.requested_lines import RequestedLine


def previous_period(book: Book) -> str:
    """The last period with reported values, preferably of the round's own length."""
    previous = book.request.previous
    if previous is None or previous.empty:
        return ""
    first = ReferencePeriod.parse(book.request.periods[0])
    periods = map(ReferencePeriod.parse, set(previous["period"]))
    earlier = [period for period in periods if period < first]
    same_length = [period for period in earlier if period.months == first.months]
    return str(max(same_length or earlier)) if earlier else ""


def previous_values(book: Book) -> dict[str, object]:
    """The value of each series in that period; for milestones, the name of the step."""
    return {
        series: _cell_value(book, row)
        for series, row in _previous_rows(book)
        if pd.notna(row["value"])
    }


def is_comparable(book: Book, line: RequestedLine, period: str) -> bool:
    """Whether the previous value was counted as the new one will be."""
    indicator, previous = book.request.indicators[line.indicator.code], previous_period(book)
    if not indicator.changes or not previous:
        return True
    before = ReferencePeriod.parse(previous)
    now = ReferencePeriod.parse(period or book.request.periods[0])
    breaks = indicator.breaks(line.by)
    return not any(before.begins_before(start) and not now.begins_before(start) for start in breaks)


def previous_explanations(book: Book) -> dict[str, str]:
    """The remark that explained a warning about that value, by series."""
    return {
        series: row["explained"] for series, row in _previous_rows(book) if row.get("explained")
    }


def _previous_rows(book: Book) -> list[tuple[str, dict[str, Any]]]:
    """The rows of that period with their series, cached for all sheets of a workbook."""
    if book.previous_rows is None:
        book.previous_rows = _find_previous_rows(book)
    return book.previous_rows


def _find_previous_rows(book: Book) -> list[tuple[str, dict[str, Any]]]:
    previous, period = book.request.previous, previous_period(book)
    if previous is None or not period:
        return []
    names = ["indicator", "component", *BREAKDOWNS, "value", "explained"]
    columns = [name for name in names if name in previous]
    found = previous.loc[previous["period"] == period, columns].to_dict("records")
    rows = ({str(name): value for name, value in row.items()} for row in found)
    return [(format_series(row["indicator"], row["component"], row), row) for row in rows]


def _cell_value(book: Book, row: Mapping[Any, str]) -> object:
    value = float(row["value"])
    if row["component"] != STEP:
        return value
    ladder = book.request.indicators[row["indicator"]].ladder
    step = ladder[int(value)] if 0 <= value < len(ladder) else ""
    return codelist("step")[step].name(book.request.language) if step else None
