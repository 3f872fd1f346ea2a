"""The table behind the list of withdrawn figures: one row for each, with the reason."""

import pandas as pd

from dashboard.context import PageContext
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
