"""What a State reported last, to stand beside the cell for the new figure."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from metrics.catalogue.codelists import codelist
from metrics.core.period import ReferencePeriod
from metrics.core.series import format_series
from metrics.core.tables import STEP
from metrics.intake.templates.follow_up.book import Book


def previous_period(book: Book) -> str:
    """The last period with reported values, as long as the periods of the round if possible."""
    previous = book.request.previous
    if previous is None or previous.empty:
        return ""
    first = ReferencePeriod.parse(book.request.periods[0])
    periods = map(ReferencePeriod.parse, set(previous["period"]))
    earlier = [period for period in periods if period < first]
    same_length = [period for period in earlier if period.months == first.months]
    return str(max(same_length or earlier)) if earlier else ""


def previous_values(book: Book) -> dict[str, object]:
    """The value of each series in that period; of a milestone the name of its step."""
    rows = (row for row in _previous_rows(book) if pd.notna(row["value"]))
    return {_series(row): _cell_value(book, row) for row in rows}


def previous_explanations(book: Book) -> dict[str, str]:
    """The remark with which a warning about that value was explained, by series."""
    return {_series(row): row["explained"] for row in _previous_rows(book) if row.get("explained")}


def _previous_rows(book: Book) -> list[dict[Hashable, Any]]:
    previous, period = book.request.previous, previous_period(book)
    if previous is None or not period:
        return []
    return previous[previous["period"] == period].to_dict("records")


def _series(row: Mapping[Any, str]) -> str:
    return format_series(row["indicator"], row["component"], row)


def _cell_value(book: Book, row: Mapping[Any, str]) -> object:
    value = float(row["value"])
    if row["component"] != STEP:
        return value
    ladder = book.request.indicators[row["indicator"]].ladder
    step = ladder[int(value)] if 0 <= value < len(ladder) else ""
    return codelist("step")[step].name(book.request.language) if step else None
