"""What a State reported last, to stand beside the cell for the new figure."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from metrics.catalogue.codelists import codelist
from metrics.core.period import ReferencePeriod
from metrics.core.series import written
from metrics.core.tables import STEP
from metrics.intake.templates.follow_up.book import Book


def period_before(book: Book) -> str:
    """The last period of which values were reported, as long as those of the round if any is."""
    previous = book.order.previous
    if previous is None or previous.empty:
        return ""
    first = ReferencePeriod.parse(book.order.periods[0])
    earlier = [each for each in map(ReferencePeriod.parse, set(previous["period"])) if each < first]
    alike = [each for each in earlier if each.months == first.months]
    return str(max(alike or earlier)) if earlier else ""


def values_before(book: Book) -> dict[str, object]:
    """The value of each series in that period; a milestone's in the words of its step."""
    rows = (row for row in _rows_before(book) if pd.notna(row["value"]))
    return {_series(row): _shown(book, row) for row in rows}


def explanations_before(book: Book) -> dict[str, str]:
    """The remark with which a warning about that value was explained, by series."""
    return {_series(row): row["explained"] for row in _rows_before(book) if row.get("explained")}


def _rows_before(book: Book) -> list[dict[Hashable, Any]]:
    previous, before = book.order.previous, period_before(book)
    if previous is None or not before:
        return []
    return previous[previous["period"] == before].to_dict("records")


def _series(row: Mapping[Any, str]) -> str:
    return written(row["indicator"], row["component"], row)


def _shown(book: Book, row: Mapping[Any, str]) -> object:
    value = float(row["value"])
    if row["component"] != STEP:
        return value
    ladder = book.order.indicators[row["indicator"]].ladder
    step = ladder[int(value)] if 0 <= value < len(ladder) else ""
    return codelist("step")[step].name(book.order.language) if step else None
