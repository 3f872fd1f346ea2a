"""The figures that were withdrawn: as a table for a file, and in words for pages and documents."""

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from dashboard.context import PageContext
from dashboard.data import Release
from dashboard.released.series import read_series
from dashboard.texts import Text
from metrics.core.series import parse_codes
from metrics.core.shared_texts import series_of_rows

COLUMNS = (
    "collection", "release", "area", "series", "indicator_name", "period", "round", "vintage",
    "reason",
)  # fmt: skip


def withdrawal_rows(context: PageContext) -> pd.DataFrame:
    """The figures that were withdrawn and not sent again; the reason is empty if it has a number.

    No row without a release.
    """
    if context.release is None:
        return pd.DataFrame(columns=[*COLUMNS])
    withdrawn = context.release.stored.table("withdrawals")
    names = {
        code: indicator.name(context.language)
        for code, indicator in context.definitions.indicators.items()
    }
    described = withdrawn.assign(
        collection=context.collection.code,
        release=context.release.label,
        series=series_of_rows(withdrawn),
        indicator_name=withdrawn["indicator"].map(names),
    )
    return described[[*COLUMNS]]


class WithdrawnFigure(NamedTuple):
    """A figure that was withdrawn and not sent again, in words: a row of a table."""

    area: str
    series: str
    period: str
    day: str  # of the withdrawal
    reason: str


HEADINGS = WithdrawnFigure(
    area="report.revised_area",
    series="report.revised_series",
    period="report.revised_period",
    day="report.withdrawn_day",
    reason="report.withdrawn_reason",
)


def withdrawn_headings(text: Text) -> list[str]:
    """The heading of each part of a withdrawn figure."""
    return [*map(text, HEADINGS)]


def withdrawn_in_words(release: Release, text: Text) -> Iterator[WithdrawnFigure]:
    for (indicator, component, area, codes), withdrawn in release.withdrawals.items():
        series = read_series(release, indicator, area, parse_codes(codes), component)
        for row in withdrawn:
            yield WithdrawnFigure(
                text.code("area", area),
                series.title(text),
                text.period(row["period"]),
                text.date(row["vintage"]),
                str(row["reason"]) or text("report.withdrawn_unpublished"),
            )
