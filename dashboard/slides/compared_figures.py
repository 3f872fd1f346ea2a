"""What decides whether a figure of a slide changed between two releases, however it is printed."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.charts.marks import mark_of_value, reservation
from dashboard.released.series import AssessedSeries
from dashboard.slides.content import SlideFigure
from dashboard.texts import Text

SIGNIFICANT = 12  # digits of a value, as the last ones depend on the order of a sum


def figure_of_series(
    words: str, series: AssessedSeries | None, row: Mapping[str, Any] | None, mark: str = ""
) -> SlideFigure:
    """The words of a row, and its value, flags, status and gap."""
    exact = exact_facts(series, row, mark) if series is not None and row else ()
    return SlideFigure(words, exact=exact)


def exact_facts(series: AssessedSeries, row: Mapping[str, Any], mark: str) -> tuple[object, ...]:
    gap = series.official.verdict.gap if series.official else None
    flag = mark_of_value(row)
    return (
        mark, series.name, series.area, str(row["period"]), shortened(row["value"]),
        flag.code, flag.is_limit, str(row.get("observation_status") or ""), bool(row.get("late")),
        shortened(gap),
    )  # fmt: skip


def shortened(value: float | None) -> str:
    return "" if value is None or pd.isna(value) else f"{value:.{SIGNIFICANT}g}"


def with_flags(words: str, row: Mapping[str, Any] | None, text: Text) -> str:
    """`8,824 persons, provisional value`: with what qualifies the figure."""
    flags = reservation(row, text) if row is not None else ""
    return ", ".join(filter(None, [words, flags]))
