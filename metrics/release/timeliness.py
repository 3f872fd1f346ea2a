"""How late each report was, and how many reports of each round were on time."""

import pandas as pd

from metrics.core.schemas import conform_table

ON_TIME, LATE, NOT_RECEIVED, AWAITED = "on_time", "late", "missing", "awaited"
WITHDRAWN = "withdrawn"  # the latest submission was withdrawn as a whole
ANSWERS = (ON_TIME, LATE, NOT_RECEIVED, WITHDRAWN, AWAITED)
ROUND = ["round", "due"]


def days_late(reporting: pd.DataFrame) -> pd.Series:
    """The number of days from the due date to a late report; 0 for all others."""
    received, due = (
        pd.to_datetime(reporting[name], errors="coerce") for name in ("received", "due")
    )
    days = (received - due).dt.days.where(reporting["status"].eq(LATE), 0)
    return days.fillna(0).astype("int64")


def tabulate_timeliness(reporting: pd.DataFrame) -> pd.DataFrame:
    """One row for each round of `reporting`: reports by status, and the share that were on time.

    The share is in per cent of all reports; a round that is open, with reports awaited, has none.
    """
    if reporting.empty:
        return conform_table("timeliness", reporting)
    counts = reporting.groupby([*ROUND, "status"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=[*ANSWERS], fill_value=0)
    share = 100 * counts[ON_TIME] / counts.sum(axis=1)
    share = share.where(counts[AWAITED] == 0)
    rounds = counts.assign(share_on_time=share).reset_index().sort_values(["due", "round"])
    return conform_table("timeliness", rounds.reset_index(drop=True))
